"""Nothing a person types is ever markup or a mention in what the bot says [SE-2].

Every command and every form of the registry is given nasty words by somebody who may do all, and
so is every name; then all that the bot said is read: marks stand there as they were typed, and
nothing rings, links or hides.
"""

from __future__ import annotations

import asyncio
import inspect
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

import commands
from bot.events import Account
from bot.markup import Node, clean_name, cleaned, plain, tree
from bot.ports import FormState
from bot.registry import Form, Registry
from storage.communities import every
from storage.people import MembershipRow, PersonRow
from tests.conversation import Conversation, conversation
from tests.databases import unthreaded_sqlite

people = PersonRow.__table__  # type: ignore[attr-defined]
memberships = MembershipRow.__table__  # type: ignore[attr-defined]
REGISTRY = Registry.of(commands.load())

# Each holds a word of its own (zq…), by which it is found again wherever the bot repeats it.
FRAGMENTS = (
    "**zqa**",
    "_zqb_",
    "`zqc`",
    "~~zqd~~",
    "[zqe](https://evil.example)",
    "![zqf](https://evil.example/x.png)",
    "<b>zqg</b>",
    "<!channel|zqh>",
    "<@U0ZQI> zqi",
    "@channel zqj",
    "@room zqk",
    "@here zql",
    "&lt;zqm&gt;",
    "# zqn",
    "- zqo",
    "> zqp",
    "1. zqr",
    "```zqs```",
    "||zqt||",
    "\u202ezqu",
    "\\*zqv\\*",
    "<https://evil.example|zqw>",
    "https://matrix.to/#/@zqx:evil.example",
    "שלום zqy",
    "{$zqz}",
)
WORD = re.compile(r"zq[a-z]")
RINGS = re.compile(r"@(?:channel|everyone|here|room)\b", re.IGNORECASE)
HIDES = re.compile(r"[\x00\u202a-\u202e\u2066\u2067]")
STRINGS = st.lists(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3, unique=True).flatmap(
        lambda chosen: st.sampled_from([" ", "\n", "\n\n", "\0", "\t"]).map(
            lambda between: between.join(chosen)
        )
    ),
    min_size=3,
    max_size=6,
)
STEPS = 12
"""More than any form has questions."""


@pytest.fixture(autouse=True, scope="module")
def _unthreaded() -> Iterator[None]:
    with unthreaded_sqlite():
        yield


def test_each_nasty_word_is_repeated_as_it_was_typed() -> None:
    said = asyncio.run(_said(FRAGMENTS))
    repeated = {word for text in said for word in WORD.findall(text)}
    assert len(repeated) > len(FRAGMENTS) / 2, "the bot gives back what people type"
    for text in said:
        assert_inert(text)


@settings(max_examples=2, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(STRINGS)
def test_mixtures_of_nasty_words_are_as_inert(typed: list[str]) -> None:
    for text in asyncio.run(_said(typed)):
        assert_inert(text)


def test_the_test_finds_markup_and_mentions() -> None:
    for bad in (
        "Bonjour **zqa**",
        "[zqe](https://evil.example)",
        "@channel zqj",
        "ici \u202ezqu",
        "# zqn",
    ):
        try:
            assert_inert(bad)
        except AssertionError:
            continue
        raise AssertionError(bad)


def assert_inert(text: str) -> None:
    """Nothing rings, hides or links, and marks that were typed are there to be read."""
    assert not RINGS.search(text), text
    assert not HIDES.search(text), ascii(text)
    assert not [url for url in _links(text) if "evil.example" in url], text
    assert not [title for title in _headings(text) if WORD.search(title)], text
    shown = _seen(plain(text))
    for fragment in FRAGMENTS:
        if " " in fragment:
            continue  # a command takes it apart at the blank, word by word
        word = WORD.search(fragment)
        assert word is not None
        wanted = _seen(cleaned(fragment))
        before, _, after = wanted.partition(word[0])
        for found in re.finditer(word[0], shown):
            # What is cut to fit loses its end, and an address becomes its words; never its marks.
            # A list of choices is taken apart at a semicolon.
            rest, part = shown[found.end() : found.end() + len(after)], after.partition(";")[0]
            assert shown[: found.start()].endswith(before.rpartition(";")[2]), (fragment, text)
            assert after.startswith(rest.split("…")[0]) or rest.startswith(part), (fragment, text)


async def _said(typed: Sequence[str]) -> list[str]:
    """All the bot says when these strings are typed everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        async with conversation(Path(folder), per_person="0") as talk:
            strings = cycle(typed)
            await _named(talk, next(strings))
            for line in _commands(strings):
                await talk.play(f"claire @dm: {line}\nclaire @dm: annuler")
            for form in _alone():
                await _filled(talk, form, strings)
            for each in typed:
                await _named(talk, each)
                await talk.play("marie @dm: problème\nmarie @dm: 4\nmarie @dm: Rien ne va")
                await talk.play(f"nadia @dm: {_line(each)}\nmarie: {_line(each)}")
                await talk.play("claire @dm: animer\nmarie @dm: moi\nmarie @dm: bilan\n@skip 1d")
            return [str(line["text"]) for line in talk.lines if line["by"] == "copain"]


def _commands(strings: Iterator[str]) -> Iterable[str]:
    for command in REGISTRY.commands:
        yield f"/copain {command.name} {_line(next(strings))}"
        yield f'/copain {command.names[-1]} "{_line(next(strings))}" @{_line(next(strings))}'
    yield from (f"/copain {_line(next(strings))}" for _ in range(len(FRAGMENTS)))


def _alone() -> Iterable[Form]:
    """The forms about nothing in particular: the others need a thing that is there."""
    forms = REGISTRY.forms.values()
    return [form for form in forms if len(inspect.signature(form.filled).parameters) == 2]


async def _filled(talk: Conversation, form: Form, strings: Iterator[str]) -> None:
    """Answers every question of a form, choices by their number."""
    place = Account("terminal", "", "claire").dm
    async with talk.house.database.begin() as tx:
        here = (await every(tx.session))[0]
        await tx.forms.open(
            FormState(
                id=0,
                place=place,
                community_id=here.id,
                form=form.name,
                args=(),
                values={},
                step=0,
                state="active",
                asked_by="person",
                touched=talk.stage.clock.now(),
            )
        )
    for _ in range(STEPS):
        async with talk.house.database.reading() as tx:
            if await tx.forms.active(place) is None:
                return
        await talk.play(f"claire @dm: {_line(next(strings))}\nclaire @dm: 1")
    await talk.play("claire @dm: annuler")


async def _named(talk: Conversation, typed: str) -> None:
    """Marie is called that, as far as a name may be."""
    name = clean_name(typed) or "Marie"
    async with talk.house.database.begin() as tx:
        person = (await tx.people.actor(Account("terminal", "", "marie"), "")).person_id
        await tx.session.execute(update(people).where(people.c.id == person).values(name=name))
        await tx.session.execute(
            update(memberships).where(memberships.c.person_id == person).values(name=name)
        )


def _line(typed: str) -> str:
    """The string as a script writes it, in one line."""
    return typed.replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "\\0")


def _links(text: str) -> Iterator[str]:
    return (node.url for node in _nodes(tree(text)) if node.kind == "link")


def _headings(text: str) -> Iterator[str]:
    for node in _nodes(tree(text)):
        if node.kind in ("heading", "code_block"):
            yield "".join(each.text for each in _nodes(node))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _seen(text: str) -> str:
    """What an eye reads, without blanks; a backtick within code is shown as an apostrophe."""
    return "".join(
        "'" if char == "`" else char
        for char in text
        if not char.isspace() and unicodedata.category(char) != "Cf"
    )
