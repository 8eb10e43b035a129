"""Time that passes on a copy, and platforms that only list what they are given [AT-5]."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app.house import House
from bot.clock import Clock, FrozenClock
from bot.dispatch import Done, Outcome
from bot.events import Event
from bot.messages import Capabilities, Parcel
from bot.ports import Hears, Settled
from bot.speaking import ScoreLine
from scheduler.ring import MOST_AT_ONCE

SAYS = ("say", "form", "whisper")
"""What leaves a message somebody reads; the rest changes, adds to or stands beside one."""
AT_ONCE = 200
"""Parcels that are listed together."""
LISTED = 10_000
"""Lines of the score that wait for their parcel."""

Tell = Callable[[datetime], None]
"""Hears how far time has passed."""


class Stopped(Exception):
    """Nobody waits for this rehearsal any more."""


@dataclass(slots=True)
class Lister:
    """What was delivered when, each with the line of the score that says what it was."""

    clock: Clock
    given: list[tuple[datetime, Parcel, ScoreLine | None]] = field(default_factory=list)
    lines: dict[tuple[str, datetime], deque[ScoreLine]] = field(default_factory=dict)

    def note(self, outcome: Outcome, at: datetime) -> None:
        """Keeps what an event said, until its parcels come by."""
        for line in outcome.score if isinstance(outcome, Done) else ():
            if len(self.lines) < LISTED:
                self.lines.setdefault((line.place, at), deque()).append(line)

    def take(self, parcel: Parcel) -> None:
        """Lists a parcel. Within a conversation they come in the order of their lines."""
        if parcel.operation not in SAYS:
            return
        key = (parcel.place.key, parcel.at)
        waiting = self.lines.get(key)
        line = waiting.popleft() if waiting else None
        if not waiting:
            self.lines.pop(key, None)
        self.given.append((max(parcel.at, self.clock.now()), parcel, line))


@dataclass(slots=True)
class Listing:
    """A `bot.ports.Adapter` that sends nothing, and gives each message an invented number."""

    name: str
    capabilities: Capabilities
    lister: Lister
    count: int = 0

    async def deliver(self, parcel: Parcel) -> str | None:
        self.lister.take(parcel)
        if parcel.target is not None:
            return parcel.target
        self.count += 1
        return f"rehearsed-{self.count}"

    async def run(self, hear: Hears) -> None:
        """Nobody says anything in the coming days, as far as anybody knows."""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True, kw_only=True)
class Play:
    """Time passing on a copy: all that is due in order, at its own time, as `ring.until` has it.

    Faster than that, for every send succeeds and nobody will want to go on from a kill.
    """

    house: House
    clock: FrozenClock
    lister: Lister
    tell: Tell
    stop: threading.Event | None
    woken: bool = True
    retried: datetime | None = None
    """When the next parcel may be tried that a real send did not get rid of."""

    async def until(self, end: datetime) -> None:
        """Lets time pass; raises Stopped."""
        house = self.house
        house.listen(self.hear)
        house.dispatch.wake = self.wake
        self.retried = await house.delivery.next_at()
        still = 0
        while still < MOST_AT_ONCE:
            await self.settle()
            times = [at for at in (await house.ring.next_at(), self.retried) if at is not None]
            coming = min(times, default=end + timedelta(days=1))
            if coming > end:
                return
            still += 1
            if coming > self.clock.now():
                still = 0
                self.move(coming)
            if not await house.ring.turn(self.clock.now(), most=1):
                self.wake()
            if self.retried is not None and self.retried <= self.clock.now():
                self.wake()
                self.retried = await house.delivery.next_at()
        raise RuntimeError("a timer sets itself again at the instant at which it is due")

    def move(self, to: datetime) -> None:
        """Sets the clock, unless nobody waits any more."""
        if self.stop is not None and self.stop.is_set():
            raise Stopped
        self.clock.set(to)
        self.tell(to)

    def wake(self) -> None:
        """Says that something may wait now."""
        self.woken = True

    async def hear(self, event: Event) -> Outcome:
        """Handles an event and keeps what it said."""
        outcome = await self.house.dispatch(event)
        self.lister.note(outcome, self.clock.now())
        return outcome

    async def settle(self) -> None:
        """Parcels first, then tasks and what they cause."""
        while self.woken:
            self.woken = False
            await self.drain()
            while await self.house.ring.work(self.clock.now()):
                await self.drain()

    async def drain(self) -> None:
        """Delivers what may leave, many at a time: each is first in its own conversation."""
        outbox, adapters = self.house.delivery.outbox, self.house.delivery.adapters
        now, platforms = self.clock.now(), tuple(adapters)
        while parcels := await outbox.heads(now, AT_ONCE, platforms=platforms):
            ends = []
            for each in parcels:
                sent = each.operation != "nothing"
                adapter = adapters[each.place.platform]
                ends.append(Settled(each, await adapter.deliver(each) if sent else None))
            for event in await outbox.settle(ends, now):
                await self.hear(event)
