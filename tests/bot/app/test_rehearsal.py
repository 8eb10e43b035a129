"""What a rehearsal foresees is what a real run then sends, and nothing of it is real."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.call import Call
from bot.foreseen import REHEARSE, REHEARSE_AS, Foreseen, Load, fullest
from bot.messages import Intend, Reply, Say, ToPerson, ToPlace, ToRole, ToUse
from bot.people import Role
from bot.registry import command, composer, timer
from storage import rehearsing
from storage.lock import alone_on
from tests.conversation import Conversation, conversation, feature
from tests.databases import Databases

DAYS = 28


@command("plan", "prevoir")
async def plan(call: Call) -> Reply:
    """Sets a turn of every fourth day, a letter to all members, and one that waits."""
    await call.tx.timers.set(
        "plans.turn", "1", due=call.now + timedelta(days=1), args={"n": 1}, community=call.here.id
    )
    return [
        Intend(
            "follow-up",
            Say("help-me", to=ToPerson(call.person_id)),
            earliest=call.now + timedelta(days=9),
            subject="posting:1",
        ),
        Intend("pace-notice", Say("help-home", to=ToRole(Role.MEMBER))),
    ]


@timer("plans.turn")
async def turn(call: Call, n: int) -> Reply:
    """Means to post what is drawn by lot, and sets the next turn."""
    await call.tx.timers.set(
        "plans.turn",
        "1",
        due=call.now + timedelta(days=4),
        args={"n": n + 1},
        community=call.here.id,
    )
    drawn = call.chance.choice(range(1000), "turn")
    say = Say("prompts-unknown", {"typed": "?"}, to=ToUse("discussion"))
    return Intend("prompt", say, compose="plans.turn", args=(n, drawn), subject=f"turn:{n}")


@composer("plans.turn")
async def composed(call: Call, to: ToPlace, n: int, drawn: int) -> Reply:
    """Says what was drawn, and something drawn now."""
    again = call.chance.choice(range(1000), "again")
    typed = f"{n} {drawn} {again}"
    values = {
        "typed": typed,
        "reason": typed,
        "tag": typed,
        "code": typed,
        "title": typed,
        "date": typed,
    }
    return Say("prompts-unknown", values, subject=f"posting:{n}")


@pytest.fixture(autouse=True)
def _unthreaded(unthreaded: None) -> None:
    """What people say comes one after another."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def talk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Conversation]:
    """The ready-made community, on each database, with plans."""
    folder = tmp_path / "demo"
    folder.mkdir()
    async with (
        databases.opened(request.param, folder) as database,
        conversation(folder, url=database.url) as found,
    ):
        found.add(feature("plans", plan, turn, composed))
        yield found


@pytest.fixture(autouse=True)
def temporary(talk: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where rehearsals of this test alone put their copies: others run beside it.

    After `talk`, whose server of PostgreSQL wants a short path.
    """
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


LIFE = """nadia @dm: rejoindre
nadia @dm: Nadia Roy
nadia @dm: infirmière
nadia @dm: CLSC
nadia @dm: apprendre
nadia @dm: passer
oscar @dm: rejoindre
claire @dm: amorce planifier "chaque jeudi 10h"
marie @dm: moi
marie [Un résumé chaque mardi, 13 h]
ibrahim @general: quelqu'un a un gabarit de compte rendu?
marie @dm: prevoir
@skip 50m
claire [Accepter]
"""


async def test_a_real_run_sends_exactly_what_was_foreseen(
    talk: Conversation, temporary: Path
) -> None:
    await talk.play(LIFE)
    found = await _rehearsed(talk)
    told = [Foreseen.from_json(each) for each in found["foreseen"]]
    assert [each.as_json() for each in told] == found["foreseen"]
    assert Load.from_json(found["load"]).as_json() == found["load"]
    # Asked again, it answers the same: nothing of it is kept.
    again = (await _rehearsed(talk, days=4))["foreseen"]
    assert again == found["foreseen"][: len(again)]
    assert list(temporary.iterdir()) == []
    start, names = len(talk.lines), await _names(talk)
    await talk.play(f"@skip {DAYS}d")
    sent = [each for each in talk.lines[start:] if _says(each)]
    assert _shape_sent(sent) == [_shape(talk, each, names) for each in told]
    assert {each.kind for each in told} >= {"prompt", "follow-up", "welcome-line"}
    # What waits today is known by its number.
    (waits,) = [each for each in told if each.kind == "follow-up"]
    assert waits.intent is not None
    assert waits.key == "help-me"
    assert waits.subject == "posting:1"


async def test_who_reads_how_much_is_counted_by_the_fullest_seven_days(
    talk: Conversation,
) -> None:
    await talk.play(LIFE)
    found = await _rehearsed(talk, days=8)
    load = Load.from_json(found["load"])
    told = [Foreseen.from_json(each) for each in found["foreseen"]]
    private = [each.audience_id for each in told if each.audience == "person"]
    assert load.members == 6
    assert sum(each.count for each in load.people.values()) == len(
        [each for each in private if each]
    )
    assert all(1 <= each.week <= each.count for each in load.people.values())
    assert fullest([date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)]) == 2
    assert fullest([]) == 0


async def test_a_rehearsal_in_a_rehearsal_is_left_out_and_timers_can_be(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: prevoir")
    async with talk.house.database.begin() as tx:
        now = talk.house.clock.now()
        for action in (REHEARSE, REHEARSE_AS):
            await tx.tasks.add(action, "x", {"community": 1, "days": 1}, now=now, community=1)
    found = await _rehearsed(talk, days=10, without=["plans.turn"])
    kinds = [Foreseen.from_json(each).kind for each in found["foreseen"]]
    assert "follow-up" in kinds
    assert "prompt" not in kinds


async def test_what_a_killed_rehearsal_left_goes_and_a_living_one_stays(
    talk: Conversation, temporary: Path
) -> None:
    dead, alive = (temporary / f"copain-rehearsal-{name}" for name in ("dead", "alive"))
    for each in (dead, alive):
        each.mkdir()
        (each / "rehearsal.lock").touch()
    with alone_on(alive / "rehearsal"):
        await _rehearsed(talk, days=1)
    assert list(temporary.iterdir()) == [alive]


async def test_a_house_that_opens_writes_over_what_a_killed_one_had_copied(
    temporary: Path, tmp_path: Path
) -> None:
    dead, foreign = (temporary / f"copain-rehearsal-{name}" for name in ("dead", "link"))
    dead.mkdir()
    kept, blocks = tmp_path / "own.txt", tmp_path / "blocks"
    kept.write_text("Ma phrase.")
    for each in (dead / "rehearsal.lock", tmp_path / "rehearsal.lock"):
        each.touch()
    foreign.symlink_to(tmp_path)
    (dead / "copain.db").write_text("Tout ce que la base savait.")
    # What stays of a file whose name is gone.
    blocks.hardlink_to(dead / "copain.db")
    async with conversation(tmp_path / "other"):
        assert not dead.exists()
    assert set(blocks.read_bytes()) == {0}
    assert kept.read_text() == "Ma phrase."


async def _rehearsed(talk: Conversation, days: int = DAYS, **more: Any) -> dict[str, Any]:
    """What the work of the task returns."""
    async with talk.house.database.reading() as tx:
        work = talk.house.ring.work_of[REHEARSE].work
        found: dict[str, Any] = await work(tx, community=1, days=days, **more)
    return found


def _says(line: dict[str, Any]) -> bool:
    return line["by"] == "copain" and not (line.get("edits") or line.get("removes"))


def _shape_sent(lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(line["at"][:16], line["place"], line["text"]) for line in lines]


async def _names(talk: Conversation) -> dict[str, str]:
    """The private conversation of each person, and each place as the terminal calls it."""
    async with talk.house.database.reading() as tx:
        found = await rehearsing.persons(talk.house.database)
        spaces = await tx.people.spaces(1)
    people = {str(number): f"dm:{account.id}" for account, number in found.items()}
    return people | {space.place.key: space.place.id for space in spaces}


def _shape(talk: Conversation, each: Foreseen, names: dict[str, str]) -> tuple[str, str, str]:
    place = names[each.audience_id]
    return each.at.astimezone(talk.stage.zone).isoformat()[:16], place, each.text
