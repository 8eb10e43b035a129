"""What the proofreader is given to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofread.__main__ import Exceptions, Finding, load_exceptions
from tests.proofread.collect import (
    Text,
    fluent_patterns,
    from_fluent,
    from_markdown,
    from_yaml,
    paragraphs,
)


def test_a_message_is_read_once_per_choice_with_stand_ins() -> None:
    source = (
        "seen = { $n ->\n    [one] { $n } réponse\n   *[other] { $n } réponses\n } de { $name }."
    )
    assert [text for _, text in from_fluent(source, {})] == [
        "1 réponse de Camille.",
        "12 réponses de Camille.",
    ]


def test_terms_and_attributes_are_read_too() -> None:
    source = "-bot = Copain\nhello = Bonjour de { -bot }\n    .button = D'accord\n"
    assert dict(from_fluent(source, fluent_patterns(source))) == {
        "-bot": "Copain",
        "hello": "Bonjour de Copain",
        "hello.button": "D'accord",
    }


def test_the_words_of_a_community_are_read_as_they_are_by_default() -> None:
    words = fluent_patterns("word-prompt = question du moment")
    source = 'one = Une { WORD("prompt") }\ntwo = { WORD("prompt", first: "upper") }'
    assert dict(from_fluent(source, words)) == {
        "one": "Une question du moment",
        "two": "Question du moment",
    }


def test_of_a_content_file_only_the_french_is_read() -> None:
    tree = {
        "placeholders": {"n": {"fr": "un nombre"}},
        "items": [
            {"id": "A1", "fr": "Bonjour", "en": "Hello", "note": "x", "theme_fr": "L'accueil"},
            {"id": "A2", "evidence": "texte", "evidence_en": "text"},
        ],
    }
    assert dict(from_yaml(tree)) == {
        "items[A1].fr": "Bonjour",
        "items[A1].theme_fr": "L'accueil",
        "items[A2].evidence": "texte",
    }


def test_a_finding_in_a_page_names_its_line_and_code_is_left_out() -> None:
    page = "# Titre\n\n```\nmake demo\n```\n\nDeuxième\nligne.\n"
    assert [(key, paragraphs(text)) for key, text in from_markdown(page)] == [
        ("line 1", ("Titre",)),
        ("line 7", ("Deuxième ligne.",)),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Une **grande** idée\nsur deux lignes", ("Une grande idée sur deux lignes",)),
        ("- un choix\n- l'autre", ("un choix", "l’autre")),
        ("| un mot | deux mots |", ("un mot", "deux mots")),
        ("Voici [la page](https://exemple.org/a_b).", ("Voici la page.",)),
        ("🌱 { $name } arrive le {date}", ("Camille arrive le 12 mars",)),
        ("{suggestions}\nVous choisissez.", ("Camille", "Vous choisissez.")),
        ("— 3 —", ()),
    ],
)
def test_a_reader_sees_sentences_without_marks(written: str, read: tuple[str, ...]) -> None:
    assert paragraphs(written) == read


def test_an_exception_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "exceptions.toml"
    path.write_text('[[words]]\nwords = ["Slack"]\n', "utf-8")
    with pytest.raises(ValueError, match="without a reason"):
        load_exceptions(path)


def test_an_exception_covers_its_place_and_no_other() -> None:
    exceptions = Exceptions(
        frozenset({"slack"}), (r"Q\d+",), ({"rule": "gn_.*", "at": r"pulse\.yaml: scales"},)
    )
    here, there = Text("pulse.yaml", "scales.fr", ("x",)), Text("tips.yaml", "fr", ("x",))
    assert exceptions.cover(Finding(here, "gn_nombre", "Utile", ""))
    assert not exceptions.cover(Finding(there, "gn_nombre", "Utile", ""))
    assert exceptions.cover(Finding(there, "spelling", "Slack", ""))
    assert exceptions.cover(Finding(there, "spelling", "Q12", ""))
    assert not exceptions.cover(Finding(there, "spelling", "gn_nombre", ""))
