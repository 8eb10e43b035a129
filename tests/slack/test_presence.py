"""After a gap what happened meanwhile is read, once, and what is due waits for it [RE-3]."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.slack.presence import ALIVE, Presence
from bot.clock import FrozenClock
from bot.events import Lost, Said
from tests.slack.adapted import AT, Adapted, Kept, Watch, made, running
from tests.slack.server.workspace import Workspace


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK looks at its link in real time; seconds would only be waited for."""
    monkeypatch.setattr("adapters.slack.listening.PING", 0.2)
    monkeypatch.setattr("adapters.slack.listening.BEAT", 0.05)


def away(workspace: Workspace, **gap: float) -> None:
    assert isinstance(workspace.clock, FrozenClock)
    workspace.clock.advance(timedelta(**gap))


def tracked(workspace: Workspace, notes: Kept | None = None) -> Adapted:
    adapted = made(workspace, notes=notes)
    return made(workspace, notes=notes, watch=Watch(places=[adapted.room]))


def texts(adapted: Adapted) -> list[str]:
    return [each.text for each in adapted.heard if isinstance(each, Said)]


async def test_the_first_start_reads_nothing(workspace: Workspace) -> None:
    await workspace.person("marie").say("#general", "avant")
    async with running(tracked(workspace)) as slack:
        await slack.adapter.caught_up()
        assert slack.heard == []
        assert slack.notes.notes[ALIVE] == AT.isoformat()


async def test_ten_minutes_away_are_read_before_what_is_due_is_looked_at(
    workspace: Workspace,
) -> None:
    async with running(tracked(workspace)) as slack:
        await slack.adapter.caught_up()
        await slack.person("marie").say("#general", "avant")
    away(workspace, minutes=10)
    await workspace.person("marie").say("#general", "pendant")
    async with running(tracked(workspace, slack.notes)) as again:
        again.claimed = set(slack.claimed)
        await again.adapter.caught_up()
        assert texts(again) == ["pendant"]
        assert [each.since for each in again.heard if isinstance(each, Lost)] == [AT]
        await again.person("marie").say("#general", "après")
        assert texts(again) == ["pendant", "après"]


async def test_a_short_gap_is_left_to_what_slack_sends_again(workspace: Workspace) -> None:
    async with running(tracked(workspace)) as slack:
        await slack.adapter.caught_up()
    away(workspace, minutes=4)
    async with running(tracked(workspace, slack.notes)) as again:
        await again.adapter.caught_up()
    assert again.heard == []
    assert workspace.calls("conversations.history") == []


async def test_a_link_that_was_gone_for_long_is_a_gap_too(workspace: Workspace) -> None:
    async with running(tracked(workspace)) as slack:
        await slack.adapter.caught_up()
        workspace.delivery.drop()
        away(workspace, minutes=10)
        await workspace.person("marie").say("#general", "pendant")
        await slack.until(Lost)
        await workspace.until(lambda: "pendant" in texts(slack))


class Reading:
    """Reads as slowly as one likes."""

    def __init__(self, faults: list[Exception] | None = None) -> None:
        self.read: list[tuple[datetime, datetime]] = []
        self.faults = faults or []
        self.go = asyncio.Event()

    async def __call__(self, since: datetime, until: datetime) -> None:
        self.read.append((since, until))
        await self.go.wait()
        if self.faults:
            raise self.faults.pop()


async def test_nothing_is_noted_while_it_is_read() -> None:
    clock, reading = FrozenClock(AT), Reading()
    before = (AT - timedelta(hours=1)).isoformat()
    notes = Kept({ALIVE: before})
    presence = Presence(notes, clock, reading)
    await presence.begin()
    for _ in range(3):
        await presence.alive(True)
        await asyncio.sleep(0)
        clock.advance(timedelta(minutes=2))
    assert notes.notes == {ALIVE: before}
    assert not presence.caught_up.is_set()
    assert len(reading.read) == 1
    reading.go.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    clock.set(AT + timedelta(minutes=4))
    await presence.alive(True)
    assert presence.caught_up.is_set()
    assert notes.notes == {ALIVE: (AT + timedelta(minutes=4)).isoformat()}


async def test_what_fails_in_reading_ends_the_run_and_the_gap_stays() -> None:
    before = (AT - timedelta(hours=1)).isoformat()
    notes, reading = Kept({ALIVE: before}), Reading([OSError("disk")])
    presence = Presence(notes, FrozenClock(AT), reading)
    await presence.begin()
    reading.go.set()
    await presence.alive(True)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    with pytest.raises(OSError, match="disk"):
        await presence.alive(True)
    assert notes.notes == {ALIVE: before}


async def test_it_is_noted_once_a_minute_while_the_link_stands() -> None:
    clock = FrozenClock(AT)
    written: list[Any] = []

    class Counted(Kept):
        async def write(self, key: str, value: Any) -> None:
            written.append(value)

    presence = Presence(Counted(), clock, Reading())
    await presence.begin()
    for second in range(121):
        clock.set(AT + timedelta(seconds=second))
        await presence.alive(second % 2 == 0)
    assert len(written) == 3


async def test_a_reading_that_takes_long_is_not_begun_again_for_what_came_over_the_link() -> None:
    clock, reading = FrozenClock(AT), Reading()
    presence = Presence(Kept({ALIVE: (AT - timedelta(hours=1)).isoformat()}), clock, reading)
    await presence.begin()
    for _ in range(12):
        await presence.alive(True)
        await asyncio.sleep(0)
        clock.advance(timedelta(minutes=1))
    reading.go.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await presence.alive(True)
    assert presence.caught_up.is_set()
    assert len(reading.read) == 1


async def test_a_link_that_was_gone_while_it_was_read_leaves_a_gap_of_its_own() -> None:
    clock, reading = FrozenClock(AT), Reading()
    presence = Presence(Kept({ALIVE: (AT - timedelta(hours=1)).isoformat()}), clock, reading)
    await presence.begin()
    await presence.alive(True)
    await asyncio.sleep(0)
    clock.advance(timedelta(minutes=1))
    await presence.alive(True)
    clock.advance(timedelta(minutes=9))
    await presence.alive(False)
    clock.advance(timedelta(minutes=1))
    await presence.alive(True)
    reading.go.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await presence.alive(True)
    await asyncio.sleep(0)
    gap = (AT + timedelta(minutes=1), AT + timedelta(minutes=11))
    assert reading.read[1:] == [gap]


async def test_a_clock_that_was_put_back_goes_on_being_noted() -> None:
    clock, notes = FrozenClock(AT + timedelta(days=1)), Kept()
    presence = Presence(notes, clock, Reading())
    await presence.begin()
    await presence.alive(True)
    clock.set(AT)
    await presence.alive(True)
    assert notes.notes == {ALIVE: AT.isoformat()}


async def test_a_database_that_is_away_for_a_moment_does_not_cost_the_link() -> None:
    class Failing(Kept):
        async def write(self, key: str, value: Any) -> None:
            if clock.now() == AT:
                raise OSError("disk")
            await super().write(key, value)

    clock, notes = FrozenClock(AT), Failing()
    presence = Presence(notes, clock, Reading())
    await presence.begin()
    await presence.alive(True)
    assert presence.caught_up.is_set()
    clock.advance(timedelta(seconds=1))
    await presence.alive(True)
    assert notes.notes == {ALIVE: clock.now().isoformat()}
