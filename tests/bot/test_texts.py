"""A key and values in, a sentence out: languages, words, dates, people's writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Node, tree
from bot.texts import MissingText, Texts, Voice
from bot.values import (
    Day,
    Handle,
    Key,
    Lines,
    Link,
    Md,
    Moment,
    Names,
    Span,
    TimeOfDay,
    Typed,
    Value,
    Word,
)

FR = Voice("fr", zone=ZoneInfo("America/Toronto"), today=date(2026, 3, 2))
EN = replace(FR, language="en")

FRENCH = """
# Un commentaire
plain = L'équipe d'animation : « oui »?
hello = Bonjour { $name }!
seats = { $n ->
    [0] Complet, l'attente commence
    [one] { $n } place
   *[other] { $n } places
}
when = Le { $day }, à { $at }
again = { hello } Et { plain }
mine = { WORD("prompt", first: "upper") } et { WORD("prompt") }
word-prompt = question du moment
list-and = { $first } et { $last }
list-or = { $first } ou { $last }
yes = oui
no = non
optional = Première.
    Lien : { $link }
    Fin.
sure = { $sure ->
    [yes] Certain
   *[no] Pas sûr
}
alone =
    Avant

    { $text }
step = Tapez `{ $text }`
starts = { $name } arrive
-brand = Copain
branded = { -brand }, c'est moi
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """A catalogue of its own with the supplied content."""
    for language in ("fr", "en"):
        folder = tmp_path / "locale" / language
        folder.mkdir(parents=True)
        (folder / "some.ftl").write_text(FRENCH, "utf-8")
    (tmp_path / "content").symlink_to(Path(__file__).parents[2] / "bot" / "content")
    return Texts.load(tmp_path)


def test_french_is_set_in_type_when_it_is_loaded(texts: Texts) -> None:
    assert texts.render("plain", {}, FR) == "L’équipe d’animation\u00a0: «\u00a0oui\u00a0»?"
    assert texts.render("plain", {}, replace(FR, region="FR")).endswith("»\u202f?")
    assert texts.render("plain", {}, EN) == "L'équipe d'animation : « oui »?"


def test_typography_reaches_variants_and_sees_across_values(texts: Texts) -> None:
    assert texts.render("seats", {"n": 0}, FR) == "Complet, l’attente commence"
    assert texts.render("hello", {"name": "Léa"}, replace(FR, region="FR")) == (
        "Bonjour Léa\u202f!"
    )


def test_numbers_choose_their_plural(texts: Texts) -> None:
    assert texts.render("seats", {"n": 1}, FR) == "1 place"
    assert texts.render("seats", {"n": 2}, FR) == "2 places"
    assert texts.render("seats", {"n": 1}, EN) == "1 place"


def test_what_a_person_typed_keeps_its_apostrophes_and_becomes_no_markup(texts: Texts) -> None:
    assert texts.render("hello", {"name": "*L'ami* ?"}, FR) == r"Bonjour \*L'ami\* ?!"


def test_a_message_may_quote_another_and_a_term(texts: Texts) -> None:
    assert texts.render("again", {"name": "Léa"}, EN).startswith("Bonjour Léa! Et L'équipe")
    assert texts.render("branded", {}, FR) == "Copain, c’est moi"
    assert texts.placeholders("again") == {"name"}


def test_a_missing_text_or_value_is_named(texts: Texts) -> None:
    with pytest.raises(MissingText, match="nowhere"):
        texts.render("nowhere", {}, FR)
    with pytest.raises(MissingText, match="name"):
        texts.render("hello", {}, FR)
    with pytest.raises(MissingText, match="who"):
        texts.render("guide-waiting", {"name": "Léa", "date": "demain"}, FR)


def test_dates_and_hours_are_told_in_the_readers_language_and_zone(texts: Texts) -> None:
    values: dict[str, Value] = {"day": Day(date(2026, 3, 12)), "at": TimeOfDay(time(12, 30))}
    assert texts.render("when", values, FR) == "Le jeudi 12 mars, à 12\u00a0h\u00a030"
    instant = Moment(datetime(2026, 3, 12, 17, 30, tzinfo=UTC))
    assert "13:30" in texts.render("hello", {"name": instant}, EN)
    assert "20" in texts.render("hello", {"name": Span(20)}, EN)


def test_an_instant_is_marked_where_each_reader_is_shown_their_own_hour(texts: Texts) -> None:
    at = datetime(2026, 3, 12, 17, 30, tzinfo=UTC)
    values: dict[str, Value] = {"name": Moment(at), "text": Moment(at)}
    marked = replace(FR, dates=True)
    words = "jeudi 12 mars à 13\u00a0h\u00a030"
    link = f"[{words}](time:{int(at.timestamp())})"
    assert texts.render("hello", values, marked) == f"Bonjour {link}!"
    assert texts.render("hello", {"name": Key("hello", values)}, marked).count(link) == 1
    assert texts.render("starts", values, FR) == f"{words} arrive"
    # Not on a button, nor where marks are letters, nor a day, which is nobody's hour.
    assert texts.label("hello", values, marked) == f"Bonjour {words}!"
    assert texts.render("step", values, marked) == f"Tapez `{words}`"
    day: dict[str, Value] = {"name": Day(date(2026, 3, 12))}
    assert texts.render("hello", day, marked) == texts.render("hello", day, FR)


def test_an_account_is_marked_where_its_own_platform_shows_it_by_name(texts: Texts) -> None:
    values: dict[str, Value] = {"name": Handle("slack", "U012"), "text": Handle("slack", "U012")}
    on_slack = replace(FR, accounts="slack")
    assert texts.render("hello", values, on_slack) == "Bonjour [U012](account:U012)!"
    assert texts.render("hello", values, FR) == "Bonjour U012!"
    assert texts.render("hello", values, replace(FR, accounts="zulip")) == "Bonjour U012!"
    # Not on a button, nor where marks are letters, nor what cannot be an id.
    assert texts.label("hello", values, on_slack) == "Bonjour U012!"
    assert texts.render("step", values, on_slack) == "Tapez `U012`"
    odd: dict[str, Value] = {"name": Handle("slack", "U0](time:1)")}
    assert texts.render("hello", odd, on_slack) == "Bonjour U0\\](time:1)!"


def test_a_community_says_its_own_words(texts: Texts) -> None:
    assert texts.render("mine", {}, FR) == "Question du moment et question du moment"
    own = replace(FR, words={"prompt": "étincelle *1*"})
    assert texts.render("mine", {}, own) == r"Étincelle \*1\* et étincelle \*1\*"
    assert texts.render("hello", {"name": Word("prompt")}, own) == r"Bonjour étincelle \*1\*!"


def test_names_are_joined_as_a_sentence_would(texts: Texts) -> None:
    def joined(*names: str, joiner: str = "and") -> str:
        value = Names(names, "or" if joiner == "or" else "and")
        return texts.render("hello", {"name": value}, FR)

    assert joined("A") == "Bonjour A!"
    assert joined("A", "B", "C_") == r"Bonjour A, B et C\_!"
    assert joined("A", "B", joiner="or") == "Bonjour A ou B!"


def test_a_line_without_its_value_goes_away(texts: Texts) -> None:
    assert texts.render("optional", {"link": None}, FR) == "Première.\nFin."
    assert texts.render("optional", {"link": ""}, FR) == "Première.\nFin."
    filled = texts.render("optional", {"link": Link("https://exemple.org", "Guide")}, FR)
    assert filled == "Première.\nLien\u00a0: [Guide](https://exemple.org)\nFin."


def test_a_card_reads_well_without_its_last_line(texts: Texts) -> None:
    assert "**Ici**" in texts.render("cards-f1", {"purpose": "Apprendre."}, FR)
    assert texts.render("cards-f1", {"purpose": None}, FR).endswith("Qui peut m’aider?")


def test_truth_chooses_a_variant_and_can_be_said(texts: Texts) -> None:
    assert texts.render("sure", {"sure": True}, FR) == "Certain"
    assert texts.render("sure", {"sure": False}, FR) == "Pas sûr"
    assert texts.render("hello", {"name": True}, FR) == "Bonjour oui!"


def test_what_was_typed_comes_back_as_a_quotation_with_all_its_lines(texts: Texts) -> None:
    assert texts.render("alone", {"text": Typed("un\n\n# deux")}, FR) == (
        "Avant\n\n> un\n> \n> \\# deux"
    )
    given_back = texts.render("answers-form-cancelled", {"typed": Typed("un\ndeux *")}, FR)
    assert given_back.endswith("> un\n> deux \\*")


def test_a_value_at_the_start_of_a_line_makes_no_heading_and_no_list(texts: Texts) -> None:
    for name in ("# Chef", "1. Un", "- Deux", "> Trois"):
        node = tree(texts.render("starts", {"name": name}, FR)).children[0]
        assert node.kind == "paragraph"


def test_between_backticks_nothing_is_escaped_and_nothing_escapes(texts: Texts) -> None:
    assert texts.render("step", {"text": "amorce_x `*`"}, FR) == "Tapez `amorce_x '*'`"


def test_texts_stand_in_texts_and_under_one_another(texts: Texts) -> None:
    lines = Lines((Key("hello", {"name": "A"}), None, Md("**b**\nc")), "- ")
    assert texts.render("alone", {"text": lines}, FR) == "Avant\n\n- Bonjour A!\n- **b**\n  c"


@pytest.mark.parametrize(
    "written",
    [
        "[vous](account:U0123)",
        "[vous](Account:U0123)",
        "[vous](&#97;ccount:U0123)",
        "> - [demain](time:1700000000)",
    ],
)
def test_no_link_that_people_write_passes_for_one_of_ours(texts: Texts, written: str) -> None:
    def links(node: Node) -> list[str]:
        own = [node.url] if node.kind == "link" else []
        return own + [url for child in node.children for url in links(child)]

    assert links(tree(written))
    shown = texts.render("alone", {"text": Md(written)}, FR)
    assert links(tree(shown)) == []
    assert "U0123" in shown or "1700000000" in shown
    kept = "La [charte](https://exemple.org) : **à lire**"
    assert kept in texts.render("alone", {"text": Md(kept)}, FR).replace("\u00a0", " ")


def test_a_label_is_one_short_line_without_marks(texts: Texts) -> None:
    assert texts.label("hello", {"name": "*a*"}, FR) == "Bonjour *a*!"
    assert texts.label("alone", {"text": Md("**b**")}, FR) == "Avant b"
    assert len(texts.label("hello", {"name": "x" * 200}, FR)) == 75


def test_long_values_are_never_refused(texts: Texts) -> None:
    assert len(texts.render("hello", {"name": "x" * 9000}, FR)) > 9000


@given(st.text(max_size=40))
def test_no_typed_value_breaks_out_of_the_bold_it_stands_in(typed: str) -> None:
    shown = Texts.load().render("activities-activity-moved", _MOVED | {"title": typed}, FR)
    kinds = {node.kind for block in tree(shown).children for node in block.children}
    assert kinds <= {"bold", "text", "break"}


_MOVED: dict[str, Value] = {"old_when": "hier", "when": "demain"}


def test_a_key_defined_twice_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "fr"
    folder.mkdir(parents=True)
    (folder / "a.ftl").write_text("x = 1\n", "utf-8")
    (folder / "b.ftl").write_text("x = 2\n", "utf-8")
    with pytest.raises(ValueError, match="x is already defined"):
        Texts.load(tmp_path).has("x")
