"""A burst is acknowledged in time, heard in order, and no crash loses or doubles a part of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.turns import AT_ONCE, KEPT, NOTED, STUBBORN, Turns, packed, unpacked
from bot.clock import FrozenClock
from bot.events import Account, Event, FormFilled, Place, Said, SpaceChanged
from bot.log import open_log
from tests.slack.adapted import AT, Kept, made, running
from tests.slack.server.workspace import Workspace

MARIE = Account("slack", "", "U1")


def said(number: int) -> Said:
    return Said(id=f"t{number}", at=AT, place=MARIE.dm, by=MARIE, text=f"mot {number}", message="")


class Core:
    """Hears what it is given when it is let, once per id."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.most = 0
        self.now = 0
        self.open = asyncio.Event()
        self.faults: list[Exception] = []
        self.faulty = ""

    async def __call__(self, event: Event) -> str:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.open.wait()
            if self.faults:
                raise self.faults.pop()
            if event.id == self.faulty:
                raise KeyError(event.id)
        finally:
            self.now -= 1
        if event.id not in self.heard:
            self.heard.append(event.id)
        return f"done {event.id}"


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
async def turns(core: Core, workspace: Workspace) -> AsyncIterator[Turns]:
    made = Turns(core, Kept(), open_log(io.StringIO(), workspace.clock), patience=0)
    await made.begin()
    made.wake()
    yield made
    core.open.set()
    await made.rest()


async def turned(rounds: int = 20) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


async def test_what_is_heard_in_time_has_its_own_outcome_and_leaves_no_note(
    turns: Turns, core: Core
) -> None:
    core.open.set()
    assert await turns(said(1)) == "done t1"
    assert turns.notes == Kept()


async def test_what_waits_too_long_is_noted_acknowledged_and_heard_in_its_turn(
    turns: Turns, core: Core
) -> None:
    asked = [asyncio.create_task(turns(said(n))) for n in range(30)]
    done, _ = await asyncio.wait(asked[AT_ONCE:], timeout=20)
    assert [each.result() for each in done] == [None] * (30 - AT_ONCE)
    assert core.heard == []
    core.open.set()
    assert await asyncio.gather(*asked[:AT_ONCE]) == [f"done t{n}" for n in range(AT_ONCE)]
    await turned(200)
    assert core.heard == [f"t{n}" for n in range(30)]
    assert core.most == AT_ONCE
    assert await turns.notes.read(KEPT) == []


async def test_after_a_crash_what_was_acknowledged_is_heard_from_the_note(
    turns: Turns, core: Core, workspace: Workspace
) -> None:
    asked = [asyncio.create_task(turns(said(n))) for n in range(12)]
    await asyncio.wait(asked[AT_ONCE:], timeout=20)
    for each in asked[:AT_ONCE]:
        each.cancel()
    again = Core()
    again.open.set()
    next_life = Turns(again, turns.notes, open_log(io.StringIO(), workspace.clock))
    await next_life.begin()
    next_life.wake()
    await turned(100)
    assert again.heard == [f"t{n}" for n in range(AT_ONCE, 12)]
    assert await turns.notes.read(KEPT) == []


async def test_a_form_that_is_sent_goes_first_and_is_never_acknowledged_early(
    turns: Turns, core: Core
) -> None:
    asked = [asyncio.create_task(turns(said(n))) for n in range(12)]
    await turned(2)
    filled = FormFilled(id="v1:h", at=AT, place=MARIE.dm, by=MARIE, form=1, values={})
    form = asyncio.create_task(turns(filled))
    await asyncio.wait(asked[AT_ONCE:], timeout=20)
    assert not form.done()
    core.open.set()
    assert await form == "done v1:h"
    assert core.heard[AT_ONCE] == "v1:h"


async def test_what_fails_in_time_is_told_and_what_was_acknowledged_is_heard_again(
    turns: Turns, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.turns.AGAIN", 0)
    core.faults = [OSError("disk") for _ in range(12)]
    asked = [asyncio.create_task(turns(said(n))) for n in range(12)]
    await asyncio.wait(asked[AT_ONCE:], timeout=20)
    core.open.set()
    failed = await asyncio.gather(*asked[:AT_ONCE], return_exceptions=True)
    assert all(isinstance(each, OSError) for each in failed)
    await turned(200)
    assert sorted(core.heard) == sorted(f"t{n}" for n in range(AT_ONCE, 12))


async def test_where_nothing_can_be_noted_nothing_is_acknowledged(core: Core) -> None:
    class Broken(Kept):
        async def write(self, key: str, value: Any) -> None:
            raise OSError("disk")

    turns = Turns(core, Broken(), open_log(io.StringIO(), FrozenClock(AT)), patience=0)
    await turns.begin()
    turns.wake()
    asked = [asyncio.create_task(turns(said(n))) for n in range(12)]
    await turned()
    assert not any(each.done() for each in asked)
    core.open.set()
    assert await asyncio.gather(*asked) == [f"done t{n}" for n in range(12)]


async def test_at_rest_nothing_new_begins_and_what_was_noted_stays(
    turns: Turns, core: Core
) -> None:
    asked = [asyncio.create_task(turns(said(n))) for n in range(12)]
    await asyncio.wait(asked[AT_ONCE:], timeout=20)
    late = asyncio.create_task(turns(said(99)))
    await asyncio.sleep(0)
    core.open.set()
    await turns.rest()
    assert len(core.heard) == AT_ONCE
    with pytest.raises(asyncio.CancelledError):
        await late
    turns.wake()
    await turned(100)
    assert core.heard == [f"t{n}" for n in range(12)]


texts = st.text(max_size=20)
places = st.builds(Place, st.just("slack"), st.just(""), texts, dm=st.booleans())
accounts = st.builds(Account, st.just("slack"), st.just(""), texts)
instants = st.datetimes(timezones=st.just(UTC))


@given(st.data())
def test_what_is_noted_is_read_back_as_it_was(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(NOTED.values(), key=lambda each: each.__name__)))
    known: dict[str, Any] = {
        "at": instants,
        "place": places,
        "by": accounts,
        "author": st.none() | accounts,
    }
    options = {"thread": st.none() | texts, "quotes": st.none() | texts, "form": st.integers()}
    flags = {name: st.booleans() for name in ("addressed", "has_file", "home", "everywhere")}
    values: dict[str, Any] = {
        each.name: data.draw({**known, **options, **flags}.get(each.name, texts))
        for each in fields(kind)
    }
    event: Event = kind(**values)
    assert unpacked(packed(event)) == event


async def test_a_burst_of_commands_is_acknowledged_whatever_the_core_takes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.turns.PATIENCE", 0.05)
    go = asyncio.Event()

    async def answer(_event: Event) -> None:
        await go.wait()

    async with running(made(workspace), answer=answer) as slack:
        marie = slack.person("marie")
        burst = [
            asyncio.create_task(marie.slash("#general", f"/copain aide {n}")) for n in range(60)
        ]
        await workspace.until(lambda: sum(each.done() for each in burst) >= 60 - AT_ONCE)
        go.set()
        acks = await asyncio.gather(*burst)
        assert all(each.acked for each in acks)
        await workspace.until(lambda: len(slack.heard) == 60)
        await workspace.until(lambda: slack.notes.notes.get(KEPT) == [])
        assert [each.text for each in slack.heard if isinstance(each, Said)] == [
            f"aide {n}" for n in range(60)
        ]


async def test_a_note_of_another_version_is_passed_over_and_the_others_are_heard(
    core: Core, workspace: Workspace
) -> None:
    log = io.StringIO()
    notes = Kept({KEPT: [{"kind": "Gone", "id": "t0"}, {"kind": "Said"}, packed(said(1))]})
    turns = Turns(core, notes, open_log(log, workspace.clock))
    await turns.begin()
    assert notes.notes == {KEPT: [packed(said(1))]}
    core.open.set()
    turns.wake()
    await turned()
    assert core.heard == ["t1"]
    assert notes.notes == {KEPT: []}
    assert log.getvalue().count("slack-waiting-unread") == 2


async def test_what_fails_for_ever_though_the_database_works_is_given_up(
    core: Core, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.turns.AGAIN", 0)
    log = io.StringIO()
    notes = Kept({KEPT: [packed(said(0)), packed(said(1))]})
    turns = Turns(core, notes, open_log(log, workspace.clock))
    core.faulty = "t0"
    core.open.set()
    await turns.begin()
    turns.wake()
    await turned(200)
    assert core.heard == ["t1"]
    assert notes.notes == {KEPT: []}
    assert log.getvalue().count("slack-event-failed") == STUBBORN
    assert log.getvalue().count("slack-event-given-up") == 1


async def test_a_note_that_could_not_be_taken_away_is_taken_away_later(
    core: Core, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(Kept):
        faults = 2

        async def write(self, key: str, value: Any) -> None:
            if not value and self.faults:
                self.faults -= 1
                raise OSError("disk")
            await super().write(key, value)

    monkeypatch.setattr("adapters.slack.turns.AGAIN", 0)
    notes = Failing({KEPT: [packed(said(0))]})
    turns = Turns(core, notes, open_log(io.StringIO(), workspace.clock))
    core.open.set()
    await turns.begin()
    turns.wake()
    await turned(100)
    assert core.heard == ["t0"]
    assert notes.notes == {KEPT: []}


async def test_what_is_noted_outlives_an_older_note_that_is_taken_away_slowly(
    core: Core, workspace: Workspace
) -> None:
    gate = asyncio.Event()

    class Slow(Kept):
        async def write(self, key: str, value: Any) -> None:
            if not value:
                await gate.wait()
            await super().write(key, value)

    notes = Slow({KEPT: [packed(said(0))]})
    turns = Turns(core, notes, open_log(io.StringIO(), workspace.clock), patience=0)
    core.open.set()
    await turns.begin()
    turns.wake()
    await turned()
    core.open.clear()
    asked = [asyncio.create_task(turns(said(n))) for n in range(1, AT_ONCE + 2)]
    await turned()
    gate.set()
    await asyncio.wait(asked[-2:], timeout=20)
    assert notes.notes == {KEPT: [packed(said(n)) for n in (AT_ONCE, AT_ONCE + 1)]}
    core.open.set()
    await asyncio.gather(*asked)
    await turned()
    assert notes.notes == {KEPT: []}


async def test_changes_of_a_space_keep_their_order_in_a_burst(turns: Turns, core: Core) -> None:
    where = Place("slack", "", "C1")
    crowd = [asyncio.create_task(turns(said(n))) for n in range(AT_ONCE)]
    await turned()
    renamed = [
        SpaceChanged(id=f"r{n}", at=AT, place=where, change="renamed", title=f"nom {n}")
        for n in range(3)
    ]
    crowd += [asyncio.create_task(turns(each)) for each in renamed]
    await turned()
    core.open.set()
    await asyncio.gather(*crowd)
    assert core.heard[AT_ONCE:] == ["r0", "r1", "r2"]
