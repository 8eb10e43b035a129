"""Words become a command with typed arguments, whatever the keyboard [CO-7, contracts §6]."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing import LONGEST, addressed, find, fold, nearest, parse, tokens, words
from bot.people import Role
from bot.registry import ANY_STATE, Arg, Command


async def nothing(*_: Any) -> None:
    """A handler that is never run here."""


def command(*names: str, args: tuple[Arg, ...] = ()) -> Command:
    return Command(
        names=names,
        who=Role.VISITOR,
        args=args,
        help=None,
        states=ANY_STATE,
        shows=False,
        handler=nothing,
    )


PENDING = command("members pending", "membres en-attente")
MEMBERS = command("members", "membres")
DATA = command("privacy", "mes-donnees")
ASK = command(
    "question", "question", args=(Arg("text", "text"), Arg("tags", "tags", optional=True))
)
RSVP = command(
    "rsvp",
    "participer",
    args=(
        Arg("id", "number"),
        Arg("answer", "choice", choices={"yes": ("oui",), "maybe": ("peut-être",), "no": ("non",)}),
    ),
)
ALL = (MEMBERS, PENDING, DATA, ASK, RSVP)


def values(line: str) -> dict[str, Any]:
    found = find(line, ALL)
    assert found is not None
    entry, rest = found
    return dict(parse(entry, rest, line, lambda _arg, text: text).values)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("membres", MEMBERS),
        ("MEMBRE", MEMBERS),
        ("Membres en-attente", PENDING),
        ("membres en attente", PENDING),
        ("membres en\u00a0attente", PENDING),
        ("members pending", PENDING),
        ("mes-données", DATA),
        ("mes donnees", DATA),
        ("mes\u2011données", DATA),
        ("membres, s’il vous plaît", MEMBERS),
    ],
)
def test_a_name_is_found_however_it_is_typed(line: str, expected: Command) -> None:
    found = find(line, ALL)
    assert found is not None
    assert found[0] is expected


@pytest.mark.parametrize("line", ["", "   ", "bonjour", "en attente membres", "« membres »"])
def test_what_is_no_command_is_none(line: str) -> None:
    assert find(line, ALL) is None


@pytest.mark.parametrize(
    "quoted",
    ['"Une question?"', "“Une question?”", "« Une question? »", "«\u00a0Une question?\u00a0»"],
)
def test_every_kind_of_quote_holds_a_text(quoted: str) -> None:
    assert values(f"question {quoted} #its") == {"text": "Une question?", "tags": ("its",)}


def test_an_unclosed_quote_runs_to_the_end() -> None:
    assert values('question "sans fin, voyez-vous')["text"] == "sans fin, voyez-vous"


def test_a_text_without_quotes_is_all_that_is_left() -> None:
    assert values("question comment faites-vous?")["text"] == "comment faites-vous?"


@pytest.mark.parametrize(("typed", "meant"), [("oui", "yes"), ("Peut-être", "maybe"), ("NO", "no")])
def test_an_option_is_a_word_of_either_language(typed: str, meant: str) -> None:
    assert values(f"participer #7 {typed}") == {"id": 7, "answer": meant}


def test_what_is_missing_is_named_and_what_is_left_over_is_kept() -> None:
    entry, rest = find("participer sept oui", ALL) or (None, [])
    assert entry is not None
    parsed = parse(entry, rest, "participer sept oui", lambda _arg, text: text)
    assert parsed.missing[0].name == "id"
    entry, rest = find("membres tous", ALL) or (None, [])
    assert entry is not None
    assert parse(entry, rest, "membres tous", lambda _arg, text: text).surplus == "tous"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("/copain aide", "aide"),
        ("!copain aide", "aide"),
        ("/Copain", ""),
        ("@copain aide", "aide"),
        ("dis, @copain, aide-moi", "dis, aide-moi"),
        ("/copainage", None),
        ("copain aide", None),
        ("mon@copain.org", None),
        ("un simple message", None),
    ],
)
def test_a_line_is_meant_for_the_bot_by_prefix_or_mention(text: str, rest: str | None) -> None:
    assert addressed(text, "copain") == rest


def test_a_near_miss_suggests_the_name_that_was_meant() -> None:
    assert nearest("membrs", ["membres", "aide", "question"])[0] == "membres"
    assert nearest("🙂", ["membres", "aide"]) == []
    assert nearest("xylophone", ["membres", "aide"]) == []


@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
    addressed(text, "copain")
    found = find(text, ALL)
    if found is not None:
        parse(found[0], found[1], text, lambda _arg, each: each)
    assert all(word == fold(word) for word in words(text))


def test_forty_thousand_signs_are_looked_at_only_in_part() -> None:
    line = "question " + "a" * 40_000
    assert find(line, ALL) is not None
    assert tokens(line[:LONGEST])[-1].end == LONGEST
