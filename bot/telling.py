"""An adapter tells the core what it read, until that is committed or has failed for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

from bot.clock import Clock
from bot.events import Event
from bot.log import Log
from bot.ports import Hears, Notes

STUBBORN = 10
"""Times that an event may fail while the database works: two minutes."""
LONGEST = 30.0
"""Seconds between two tries at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Nobody sends again what was read: while the database is away, it is waited for.

    What still fails when it has long been back would hold up all the rest: it is given up. `note`
    is written to see whether the database takes anything at all.
    """

    platform: str
    note: str
    hear: Hears
    notes: Notes
    clock: Clock
    log: Log
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def __call__(self, event: Event) -> None:
        """Tells one event."""
        wait = 0.5
        for tries in count(1):
            try:
                await self.hear(event)
                return
            except Exception as error:  # noqa: BLE001 - only the database itself should fail so
                code = type(error).__name__
                self.log.warning("event-later", platform=self.platform, error=code)
            if tries >= STUBBORN and await self._database_works():
                kind = type(event).__name__
                self.log.error("event-given-up", platform=self.platform, event=kind)
                return
            await self.pause(wait)
            wait = min(wait * 2, LONGEST)

    async def _database_works(self) -> bool:
        try:
            await self.notes.write(self.note, self.clock.now().isoformat())
        except Exception:  # noqa: BLE001 - whatever it was, it is still away
            return False
        return True
