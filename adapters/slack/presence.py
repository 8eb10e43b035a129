"""When the bot was last there, and what that means for what happened meanwhile [RE-3].

Slack sends again what was not acknowledged for about five minutes. After a longer gap the history
is read, through the same inbound and under the same ids, so that what was heard stays heard once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.ports import Notes

ALIVE = "slack.alive"
GAP = timedelta(minutes=5)
"""Slack's last repeat of an event comes that long after the first try."""
NOTED = timedelta(minutes=1)
"""How often it is noted that the bot is there."""

ReadAgain = Callable[[datetime, datetime], Coroutine[Any, Any, None]]
"""Hears what happened between two instants."""


@dataclass(slots=True)
class Presence:
    """Told at each look whether the link stands; `read` catches up."""

    notes: Notes
    clock: Clock
    read: ReadAgain
    caught_up: asyncio.Event = field(default_factory=asyncio.Event)
    _last: datetime | None = field(default=None, init=False)
    """What happened until then was heard, or is being read."""
    _noted: datetime | None = field(default=None, init=False)
    _reading: asyncio.Task[None] | None = field(default=None, init=False)

    async def begin(self) -> None:
        """Reads when the bot was last there, in its life before."""
        noted = await self.notes.read(ALIVE)
        self._last = self._noted = datetime.fromisoformat(noted) if noted else None

    async def alive(self, standing: bool) -> None:
        """The link stands, or does not."""
        now = self.clock.now()
        if self._reading is not None:
            if standing and self._last is not None and now - self._last <= GAP:
                # What happens meanwhile comes over the link.
                self._last = now
            if not self._reading.done():
                return
            task, self._reading = self._reading, None
            task.result()
        if not standing:
            return
        if self._last is not None and now - self._last > GAP:
            self._reading = asyncio.create_task(self.read(self._last, now))
            self._last = now
            return
        self._last = now
        self.caught_up.set()
        if self._noted is None or abs(now - self._noted) >= NOTED:
            await self._note(now)

    def stop(self) -> None:
        """Reads no more; the next life does."""
        self.caught_up.clear()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def _note(self, now: datetime) -> None:
        # Not while something is read again: died in the middle, it begins where it began.
        with suppress(Exception):
            # Where the database is away it is noted at the next look: the link stands all the same.
            await self.notes.write(ALIVE, now.isoformat())
            self._noted = now
