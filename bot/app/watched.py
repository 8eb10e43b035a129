"""An adapter as a service holds it: started again when it falls, stopped when it cannot go on.

A fault of one platform stays there: the others and the core never notice [RE-7].
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.chance import Chance
from bot.clock import Clock
from bot.errors import Rejected, RetryLater, Unusable
from bot.events import Account
from bot.health import CatchesUp, Ending, Measures, PlatformHealth, TellsHealth
from bot.log import Log
from bot.messages import Capabilities, Parcel
from bot.ports import Adapter, HasHome, Hears, Homes

FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
"""Seconds before a platform that fell is started again: doubled each time, up to the longest."""
STEADY = 60.0
"""Seconds after which a platform that runs is counted as recovered."""
LATER = 60.0
"""Seconds that parcels wait for a platform that cannot go on."""
SILENT = timedelta(minutes=5)
"""How long a platform may say nothing at all and still count as connected."""


@dataclass(slots=True, kw_only=True)
class Watched:
    """A `bot.ports.Adapter` around another; `pause` lets time pass before it is started again."""

    adapter: Adapter
    clock: Clock
    log: Log
    chance: Chance
    measures: Measures
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    name: str = field(init=False)
    capabilities: Capabilities = field(init=False)
    _fallen: bool = field(default=False, init=False)
    _fault: Unusable | None = field(default=None, init=False)
    _broken: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def __post_init__(self) -> None:
        self.name, self.capabilities = self.adapter.name, self.adapter.capabilities

    @property
    def stopped(self) -> bool:
        """Whether it cannot go on until somebody mends something."""
        return self._broken.is_set()

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out. While the platform cannot go on, it costs a parcel no try."""
        if self.stopped:
            raise RetryLater(LATER, whole=True, away=True)
        ending: Ending = "retry"
        began = self.clock.monotonic()
        try:
            message = await self.adapter.deliver(parcel)
            ending = "ok"
        except Rejected:
            ending = "dead"
            raise
        except Unusable as fault:
            self._break(fault)
            raise RetryLater(LATER, whole=True, away=True) from None
        finally:
            self.measures.delivered(self.name, ending, self.clock.monotonic() - began)
        return message

    async def run(self, hear: Hears) -> None:
        """Reports events until it is cancelled, whatever falls meanwhile.

        Raises Unusable when it cannot go on until somebody mends something.
        """
        delay = FIRST_DELAY
        while True:
            began = self.clock.monotonic()
            await self._once(hear)
            if self._fault is not None:
                raise self._fault
            if self.clock.monotonic() - began >= STEADY:
                delay = FIRST_DELAY
            self._fallen = True
            await self.pause(delay)
            self._fallen = False
            delay = min(delay * 2, LONGEST_DELAY)

    async def caught_up(self) -> None:
        """Returns when what happened while the bot was away was heard, or will not be for long."""
        if not isinstance(self.adapter, CatchesUp):
            return
        heard = asyncio.ensure_future(self.adapter.caught_up())
        broken = asyncio.ensure_future(self._broken.wait())
        await _first(heard, broken)

    def furnish(self, homes: Homes) -> bool:
        """Says who knows what stands on somebody's page; whether this platform has such pages."""
        if not isinstance(self.adapter, HasHome):
            return False
        self.adapter.furnish(homes)
        return True

    async def changed(self, by: Account | None) -> None:
        """Something was done: open pages may be out of date. A fault in it is logged, no more."""
        if self.stopped or not isinstance(self.adapter, HasHome):
            return
        try:
            await self.adapter.changed(by)
        except Exception as error:  # noqa: BLE001 - a page that stays as it was harms nobody
            self.log.failure("pages-failed", error, chance=self.chance, platform=self.name)

    async def close(self) -> None:
        await self.adapter.close()

    def health(self) -> PlatformHealth:
        """How the platform is now."""
        if self.stopped:
            return PlatformHealth(state="stopped")
        told = self.adapter.health() if isinstance(self.adapter, TellsHealth) else {}
        last = told.get("last_sync")
        heard = datetime.fromisoformat(last) if isinstance(last, str) else None
        if self._fallen or (heard is not None and self.clock.now() - heard > SILENT):
            return PlatformHealth(state="waiting", heard=heard)
        return PlatformHealth(state="ok" if told.get("ready", True) else "starting", heard=heard)

    async def _once(self, hear: Hears) -> None:
        """Runs until it falls, or until sending finds that it cannot go on."""
        running = asyncio.ensure_future(self.adapter.run(hear))
        broken = asyncio.ensure_future(self._broken.wait())
        try:
            await _first(running, broken)
        except Unusable as fault:
            self._break(fault)
        except Exception as error:  # noqa: BLE001 - it is logged, and the platform starts again
            self.log.failure("platform-failed", error, chance=self.chance, platform=self.name)
        else:
            if not self.stopped:
                self.log.warning("platform-ended", platform=self.name)

    def _break(self, fault: Unusable) -> None:
        self._fault = self._fault or fault
        self._broken.set()


async def _first(*awaited: asyncio.Future[Any]) -> None:
    """Waits for the first of these and takes back the others; raises what the first raised."""
    try:
        done, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in awaited:
            each.cancel()
        await asyncio.gather(*awaited, return_exceptions=True)
    for each in done:
        if each.cancelled():
            # By something within it: nobody asked for that, and it must not end us in silence.
            raise RuntimeError("cancelled from within")
        each.result()
