"""Whoever has every byte and the log cannot tell who answered *sans mon nom* (decision 0013)."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from bot.app import open_stage, quiet_log, ready_made
from bot.limits import PerPerson
from bot.log import capture_standard_logging
from scheduler.housekeeping import forget_wal
from storage.tables import metadata
from tests.conversation import Conversation
from tests.conversations.test_nameless import ALLOW, POST, TEXT, confided

PAGE, FRAME, HEADER = 4096, 4096 + 24, 32
"""Bytes of a page, of a page in the WAL, and of the WAL's head (sqlite.org/fileformat)."""
PEOPLE = ("claire", "antoine", "marie", "ibrahim", "lea")
Rows = Mapping[str, list[tuple[str, ...]]]


@asynccontextmanager
async def heard(folder: Path) -> AsyncIterator[tuple[Conversation, StringIO]]:
    """The ready-made community with a secret that is always the same, and all that it logs."""
    folder.mkdir()
    (folder / "secret").write_text("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")
    lines: list[dict[str, Any]] = []
    log = StringIO()
    quiet = quiet_log(log)
    with capture_standard_logging(quiet, "debug"):
        async with open_stage(
            folder, ready_made(), log=quiet, show=lines.append, url=None, per_person="4000/min"
        ) as (house, stage):
            yield Conversation(house, stage, folder, lines), log


async def dump(talk: Conversation) -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, and the counters of numbers given."""
    found: dict[str, list[tuple[str, ...]]] = {}
    async with talk.house.database.reading() as tx:
        for table in metadata.sorted_tables:
            rows = await tx.session.execute(select(table))
            found[table.name] = [tuple(map(str, row)) for row in rows]
        counted = await tx.session.execute(text("SELECT name, seq FROM sqlite_sequence ORDER BY 1"))
        found["sqlite_sequence"] = [tuple(map(str, row)) for row in counted]
    return found


@pytest.mark.parametrize("other", ["cancelled before", "cancelled after", "did nothing"])
async def test_two_worlds_that_differ_in_who_wrote_it_keep_the_same(
    tmp_path: Path, other: str
) -> None:
    async def world(author: str, bystander: str) -> tuple[Rows, str, bytes]:
        async with heard(tmp_path / author) as (talk, log):
            await talk.play(f"{ALLOW}\nmarie @dm: aide\nibrahim @dm: aide\n{POST}\n@skip 20m")
            asked = confided(author).replace("]\n", f"]\n{author} [Qui verra ça?]\n", 1)
            acts = [asked]
            if other != "did nothing":
                after = other == "cancelled after"
                acts.insert(after, confided(bystander, "Rien de spécial", "Annuler"))
            await talk.play("\n@skip 1m\n".join(acts) + "\n@skip 3h")
            await forget_wal(talk.house.database)
            assert "sans son nom" in talk.everything("general")
            return await dump(talk), log.getvalue(), talk.kept_bytes()

    rows, log, kept = await world("marie", "ibrahim")
    others, other_log, other_kept = await world("ibrahim", "marie")
    assert rows == others
    assert log == other_log
    for word in (TEXT, "Rien de spécial"):
        assert word.encode() not in kept + other_kept


async def test_while_it_waits_the_text_stands_alone(tmp_path: Path) -> None:
    """At every commit, from the first word typed to the last moment before it leaves."""
    async with heard(tmp_path / "demo") as (talk, log):
        await talk.play(f"{ALLOW}\n{POST}\nmarie @dm: aide")
        seen: list[set[tuple[str, int]]] = []
        engine = talk.house.database.write.sync_engine

        def look(*_: Any) -> None:
            seen.append(_places(talk.folder, TEXT))

        event.listen(engine, "commit", look)
        event.listen(engine, "checkin", look)
        await talk.play(f"marie [Répondre en privé]\nmarie @dm: {TEXT}\nibrahim @dm: aide")
        assert seen
        assert not any(seen), "not even a draft is there in the open"
        before = len(seen)
        await talk.play("marie [Publier sans mon nom]\nibrahim @dm: aide\nlea @dm: aide")
        after = seen[before:]
        assert any(after)
        assert len({page for pages in after for name, page in pages if name == "copain.db"}) == 1
        event.remove(engine, "commit", look)
        event.remove(engine, "checkin", look)
        await talk.play("@skip 2h")
        assert "sans son nom" in talk.everything("general")
        await forget_wal(talk.house.database)
        assert TEXT.encode() not in talk.kept_bytes()
        assert TEXT not in log.getvalue()


def _places(folder: Path, words: str) -> set[tuple[str, int]]:
    """The pages in which these words stand; AssertionError when an account stands there too."""
    found: set[tuple[str, int]] = set()
    for path in folder.glob("copain.db*"):
        raw = path.read_bytes()
        wal = path.name.endswith("-wal")
        for match in re.finditer(re.escape(words.encode()), raw):
            size, head = (FRAME, HEADER) if wal else (PAGE, 0)
            page = (match.start() - head) // size
            held = raw[head + page * size : head + (page + 1) * size]
            assert b"terminal:" not in held, (path.name, page)
            assert not any(name.encode() in held.lower() for name in PEOPLE)
            found.add((path.name, page))
    return found


async def test_a_refusal_repeats_nothing_beside_its_author(tmp_path: Path) -> None:
    async with heard(tmp_path / "demo") as (talk, _):
        await talk.play(f"{ALLOW}\n{POST}\nmarie [Répondre en privé]")
        said: list[bytes] = []
        event.listen(
            talk.house.database.write.sync_engine,
            "checkin",
            lambda *_: said.append(talk.kept_bytes()),
        )
        talk.house.dispatch.limits = PerPerson.of("1/min")
        await talk.play(f"marie @dm: {TEXT}\nmarie @dm: cucurbitacée {'long ' * 500}")
        assert "cucurbit" not in talk.everything("dm:marie")
        assert not any("cucurbitacée".encode() in each or TEXT.encode() in each for each in said)


# --- Guessing.


@dataclass
class Round:
    """What an attacker has of one prompt: the rows that are new since, and the answers in order."""

    fresh: list[tuple[str, ...]]
    kept: bytes
    log: str
    posted: list[str]
    suspects: list[str]
    """Those who opened the form and whose name is not under an answer."""
    authors: dict[str, str] = field(default_factory=dict)
    """The truth, for the score alone."""


Guess = Callable[[Round, str, int], dict[str, float]]
"""For the answer at this place in the thread: how strongly each suspect is suspected."""


def most_rows(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whoever left the most new rows."""
    return {
        who: sum(any(f"@{who}" in cell for cell in row) for row in each.fresh)
        for who in each.suspects
    }


def newest_row(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whose newest row has the highest number: the last to come leaves last."""
    found = {}
    for who in each.suspects:
        numbers = [
            int(row[1]) for row in each.fresh if f"@{who}" in "".join(row) if row[1].isdigit()
        ]
        found[who] = float(max(numbers, default=0))
    return found


def same_order(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whoever stands at the same place in the file, counting from the newest bytes."""
    order = sorted(each.suspects, key=lambda who: each.kept.rfind(f"@{who}".encode()))
    return {who: -abs(order.index(who) - place) for who in each.suspects}


def nearest_bytes(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whose account stands nearest to what is left of the answer, or of its receipt."""
    at = each.kept.rfind(b"nameless:")
    found = {}
    for who in each.suspects:
        places = [m.start() for m in re.finditer(f"@{who}".encode(), each.kept)]
        found[who] = -float(min((abs(p - at) for p in places), default=10**9))
    return found


def same_length(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whose rows have numbers near the length of the answer."""
    sizes = (len(answer), len(answer.encode()))
    return {
        who: -min(
            (
                abs(len(cell) - size)
                for row in each.fresh
                if f"@{who}" in "".join(row)
                for cell in row
                for size in sizes
            ),
            default=10**6,
        )
        for who in each.suspects
    }


def named_in_log(each: Round, answer: str, place: int) -> dict[str, float]:
    """Who is spoken of in the log."""
    return {who: float(each.log.count(who)) for who in each.suspects}


def touched(each: Round, answer: str, place: int) -> dict[str, float]:
    """Whose rows of any table changed: a person's, a membership's, a setting's."""
    changed = [row for row in each.fresh if row[0] in ("person", "account", "membership", "form")]
    return {
        who: float(sum(who in "".join(row).lower() for row in changed)) for who in each.suspects
    }


ATTACKS: tuple[Guess, ...] = (
    most_rows, newest_row, same_order, nearest_bytes, same_length, named_in_log, touched,
)  # fmt: skip
DAYS = [f"2026-03-{day:02}" for day in range(3, 14) if day not in (7, 8)]
"""Of March 2026, without the weekend."""


async def test_the_best_guesses_are_no_better_than_chance(tmp_path: Path) -> None:
    """Everybody opens the form, in random order: one signs, two do not, two give it up."""
    dice = random.Random(20260302)
    async with heard(tmp_path / "demo") as (talk, log):
        await talk.play(ALLOW)
        await talk.play("\n".join(f"{who} @dm: aide" for who in PEOPLE))
        rounds = [await _round(talk, log, dice, number) for number in range(1, len(DAYS) + 1)]
    # 18 guesses among 4 suspects: 13 right ones come by chance less than once in 10,000.
    for attack in ATTACKS:
        right = sum(_hits(each, attack, dice) for each in rounds)
        assert right < 13, attack.__doc__
        # Nor worse: who is never right names the innocent.
        assert right > 0, attack.__doc__


def _hits(each: Round, attack: Guess, dice: random.Random) -> int:
    hits = 0
    for place, answer in enumerate(each.posted):
        scores = attack(each, answer, place)
        best = max(scores.values())
        guess = dice.choice([who for who in each.suspects if scores[who] == best])
        hits += each.authors[answer] == guess
    return hits


async def _round(talk: Conversation, log: StringIO, dice: random.Random, number: int) -> Round:
    await talk.play(f"@until {DAYS[number - 1]}T09:00\nclaire: /copain amorce publier P{number:02}")
    before = await dump(talk)
    order = dice.sample(PEOPLE, len(PEOPLE))
    ends = dice.sample(["named", "nameless", "nameless", "cancels", "cancels"], len(PEOPLE))
    authors: dict[str, str] = {}
    for who, end in zip(order, ends, strict=True):
        words = f"Réponse {number} {dice.randrange(10**6)} " + "mot " * dice.randrange(1, 40)
        words = words.strip()
        if end == "nameless":
            authors[words] = who
        await talk.play(_acts(who, words, end))
        await talk.play(f"@skip {dice.randrange(1, 15)}m")
        if dice.random() < 0.5:
            await talk.play(f"{dice.choice(PEOPLE)} @dm: aide")
    await talk.play("@skip 2h 30m")
    posted = [
        said for said in (line["text"] for line in talk.said("general")) if "sans son nom" in said
    ]
    found = [words for said in posted for words in authors if words in said]
    assert sorted(found) == sorted(authors)
    suspects = [who for who, end in zip(order, ends, strict=True) if end != "named"]
    dice.shuffle(suspects)
    old = {(table, *row) for table, rows in before.items() for row in rows}
    now = [(table, *row) for table, rows in (await dump(talk)).items() for row in rows]
    fresh = [row for row in now if row not in old]
    return Round(fresh, talk.kept_bytes(), log.getvalue(), found, suspects, authors)


def _acts(who: str, words: str, end: str) -> str:
    english = who == "lea"
    labels = {
        "named": "Publish with my name" if english else "Publier avec mon nom",
        "nameless": "Publish without my name" if english else "Publier sans mon nom",
        "cancels": "Cancel" if english else "Annuler",
    }
    return f"{who} [Répondre en privé]\n{who} @dm: {words}\n{who} [{labels[end]}]"
