"""Reactions put under a message so that pressing one is a tap; a comfort, and the first to go.

They are sent when nothing else waits for the account's limit, are forgotten at the first refusal,
and never outlive the process: the numbered legend always works [RE-4].
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.outbound import reaction
from adapters.matrix.wire import Refused
from bot.errors import CopainError
from bot.messages import Parcel

MOST = 200
"""Seeds that wait at most; older ones are dropped."""
CALM = 0.25
"""Seconds between two."""
Send = Callable[[str, str, Mapping[str, Any], str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Seed:
    """One emoji that waits to be put under a message."""

    room: str
    message: str
    emoji: str
    token: str


@dataclass(slots=True)
class Seeds:
    """Seeds that wait, sent one by one by `run` whenever nothing else is (`calm`)."""

    send: Send
    calm: Callable[[], bool]
    waiting: deque[Seed] = field(default_factory=lambda: deque(maxlen=MOST))
    _planted: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def plant(self, room: str, message: str, parcel: Parcel) -> None:
        """Lets the buttons of a message be pressed by a tap, in a while; never those of a pulse."""
        if str(parcel.body.get("kind", "")).startswith("pulse"):
            return
        for number, button in enumerate(parcel.body.get("buttons", ()), start=1):
            emoji = button.get("emoji")
            if emoji:
                self.waiting.append(Seed(room, message, emoji, f"{parcel.token}-seed-{number}"))
        self._planted.set()

    def drop(self, message: str) -> None:
        """The buttons of a message ended before they were planted."""
        kept = [seed for seed in self.waiting if seed.message != message]
        self.waiting.clear()
        self.waiting.extend(kept)

    async def run(self) -> None:
        """Sends what waits until it is cancelled."""
        while True:
            await self._planted.wait()
            self._planted.clear()
            while self.waiting:
                await asyncio.sleep(CALM)
                if self.calm() and self.waiting:
                    await self._sow(self.waiting.popleft())

    async def _sow(self, seed: Seed) -> None:
        content = reaction(seed.message, seed.emoji, seed.token)
        try:
            await self.send(seed.room, "m.reaction", content, seed.token)
        except (CopainError, Refused):
            # The limit is for words; whoever wants to press has the number.
            self.waiting.clear()
