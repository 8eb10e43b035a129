"""A platform that falls starts again, one that cannot go on is left alone [RE-7]."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app.watched import LONGEST_DELAY, SILENT, Watched
from bot.chance import SecretChance
from bot.clock import FrozenClock
from bot.errors import Rejected, RetryLater, Unusable
from bot.events import Account, Place
from bot.health import Ending
from bot.log import open_log
from bot.messages import Capabilities, Parcel
from bot.ports import Hears

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
PARCEL = Parcel(
    id=1, token="t", operation="say", place=Place("fake", "", "general"), at=AT, body={}
)


@dataclass
class Fake:
    """A platform whose runs go as `plays` says, one after another; the last one is repeated."""

    plays: list[Callable[[], Exception | None]]
    name: str = "fake"
    capabilities: Capabilities = field(default_factory=Capabilities)
    runs: int = 0
    trouble: Exception | None = None
    ready: bool = True

    async def deliver(self, parcel: Parcel) -> str | None:
        if self.trouble is not None:
            raise self.trouble
        return "m1"

    async def run(self, hear: Hears) -> None:
        self.runs += 1
        error = self.plays[min(self.runs, len(self.plays)) - 1]()
        if error is not None:
            raise error
        await asyncio.Event().wait()

    async def close(self) -> None: ...

    def health(self) -> dict[str, object]:
        return {"ready": self.ready, "last_sync": AT.isoformat()}


@dataclass
class Counting:
    deliveries: list[tuple[str, Ending]] = field(default_factory=list)

    def heard(self, kind: str, outcome: str, seconds: float) -> None: ...

    def delivered(self, platform: str, ending: Ending, seconds: float) -> None:
        self.deliveries.append((platform, ending))


@dataclass
class Seat:
    fake: Fake
    enough: int = 10
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(AT))
    out: io.StringIO = field(default_factory=io.StringIO)
    counting: Counting = field(default_factory=Counting)
    pauses: list[float] = field(default_factory=list)
    rested: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.watched = Watched(
            adapter=self.fake,
            clock=self.clock,
            log=open_log(self.out, self.clock),
            chance=SecretChance(),
            measures=self.counting,
            pause=self.pause,
        )

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == self.enough:
            self.rested.set()
            await asyncio.Event().wait()

    async def run(self) -> None:
        await self.watched.run(_deaf)

    async def until_rested(self) -> None:
        running = asyncio.create_task(self.run())
        await self.rested.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]


async def _deaf(event: object) -> None: ...


def _falls() -> Exception:
    return OSError("gone")


async def test_a_platform_that_falls_again_and_again_is_started_after_growing_delays() -> None:
    seat = Seat(Fake([_falls]))
    await seat.until_rested()
    assert seat.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60, LONGEST_DELAY]
    assert seat.fake.runs == 10
    assert seat.watched.health().state == "waiting"
    assert all(line["action"] == "platform-failed" and line["reference"] for line in seat.log())


async def test_a_platform_that_ran_for_a_minute_begins_again_at_the_shortest_delay() -> None:
    def lasts() -> Exception:
        seat.clock.advance(timedelta(minutes=2))
        return OSError("gone")

    seat = Seat(Fake([_falls, _falls, lasts, _falls]), enough=4)
    await seat.until_rested()
    assert seat.pauses == [1, 2, 1, 2]


async def test_a_platform_that_is_cancelled_from_within_is_started_again() -> None:
    """Something it waited for was cancelled, and not by us."""

    class Torn(Fake):
        async def run(self, hear: Hears) -> None:
            self.runs += 1
            raise asyncio.CancelledError

    seat = Seat(Torn([]), enough=2)
    async with asyncio.timeout(5):
        await seat.until_rested()
    assert seat.fake.runs == 2
    assert [line["action"] for line in seat.log()] == ["platform-failed"] * 2


async def test_a_platform_that_cannot_go_on_is_not_started_again() -> None:
    seat = Seat(Fake([_falls, lambda: Unusable("config-cure-seal")]))
    with pytest.raises(Unusable):
        await seat.run()
    assert seat.fake.runs == 2
    assert seat.watched.health().state == "stopped"


async def test_a_fault_that_sending_finds_ends_listening_too_and_costs_no_parcel_a_try() -> None:
    seat = Seat(Fake([lambda: None]))
    running = asyncio.create_task(seat.run())
    await asyncio.sleep(0)
    seat.fake.trouble = Unusable("config-cure-seal")
    for _ in range(2):
        with pytest.raises(RetryLater) as later:
            await seat.watched.deliver(PARCEL)
        assert later.value.whole
        seat.fake.trouble = None
    with pytest.raises(Unusable):
        await running


@pytest.mark.parametrize(
    ("trouble", "ending"),
    [
        (None, "ok"),
        (RetryLater(1), "retry"),
        (OSError(), "retry"),
        (Rejected("no_room"), "dead"),
        (Unusable("config-cure-seal"), "retry"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else str(each),
)
async def test_every_try_is_counted_by_its_ending(trouble: Exception | None, ending: str) -> None:
    seat = Seat(Fake([lambda: None], trouble=trouble))
    with suppress(RetryLater, Rejected, OSError):
        await seat.watched.deliver(PARCEL)
    assert seat.counting.deliveries == [("fake", ending)]


async def test_health_is_what_the_platform_says_of_itself() -> None:
    seat = Seat(Fake([lambda: None], ready=False))
    assert seat.watched.health().state == "starting"
    seat.fake.ready = True
    assert seat.watched.health().state == "ok"
    assert seat.watched.health().heard == AT
    seat.clock.advance(SILENT + timedelta(seconds=1))
    assert seat.watched.health().state == "waiting", "nobody was heard for too long"


async def test_a_platform_without_pages_is_asked_for_none() -> None:
    async def nobody(account: Account, name: str) -> list[dict[str, Any]]:
        raise AssertionError(account)

    seat = Seat(Fake([_falls]))
    assert not seat.watched.furnish(nobody)
    await seat.watched.changed(None)
    assert seat.log() == []
