"""The bot's own page for each person, shown when it is opened and renewed while it is looked at.

Slack does not tell when a page is closed: one that was opened in the last ten minutes counts as
looked at. A page is published when what stands on it differs from what was published last.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.slack import home
from adapters.slack.inbound import account
from adapters.slack.names import Names
from adapters.slack.wire import Refused, Wire
from bot.chance import Chance, SecretChance
from bot.clock import Clock
from bot.errors import RetryLater
from bot.events import Account
from bot.log import Log
from bot.ports import Homes

LOOKED_AT = 600.0
"""Seconds after it was opened during which a page follows what happens."""
TOGETHER = 0.5
"""Seconds in which changes are gathered into one publication."""
KEPT = 10_000
"""People whose page is known."""


@dataclass(slots=True)
class _Page:
    opened: float
    shown: str = ""


@dataclass(slots=True, kw_only=True)
class Pages:
    """The pages of one run; `homes` says what stands on them, once somebody furnished them."""

    wire: Wire
    names: Names
    clock: Clock
    log: Log
    chance: Chance = field(default_factory=SecretChance)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    homes: Homes | None = None
    _pages: dict[str, _Page] = field(default_factory=dict, init=False)
    _due: dict[str, None] = field(default_factory=dict, init=False)
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def opened(self, by: Account) -> None:
        """Somebody opened their page."""
        page = self._pages.pop(by.id, None)
        now = self.clock.monotonic()
        self._pages[by.id] = _Page(now, page.shown if page else "")
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        self._ask(by.id)

    def changed(self, by: Account | None) -> None:
        """Something was done: by somebody who has opened their page, or while others look on."""
        if by is not None and by.id in self._pages:
            self._ask(by.id)
        now = self.clock.monotonic()
        # The newest stand last, and those who look on are few.
        for user, page in reversed(self._pages.items()):
            if now - page.opened > LOOKED_AT:
                break
            self._ask(user)

    async def run(self) -> None:
        """Publishes until it is cancelled."""
        while True:
            await self._woken.wait()
            await self.pause(TOGETHER)
            await self.publish()

    async def publish(self) -> None:
        """Publishes every page that may have changed, and did."""
        self._woken.clear()
        due, self._due = self._due, {}
        for user in due:
            try:
                await self._publish(user)
            except RetryLater as later:
                self._ask(user)
                await self.pause(max(later.after, TOGETHER))
            except Refused as refusal:
                self.log.warning("slack-home-refused", code=refusal.code)
            except Exception as error:  # noqa: BLE001 - the other pages are published
                self.log.failure("slack-home-failed", error, chance=self.chance)

    def _ask(self, user: str) -> None:
        self._due[user] = None
        self._woken.set()

    async def _publish(self, user: str) -> None:
        page = self._pages.get(user)
        if page is None or self.homes is None:
            return
        parts = await self.homes(account(user), self.names.known(user))
        view = home.view(parts)
        drawn = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
        if drawn != page.shown:
            await self.wire.call("views.publish", user_id=user, view=view)
            page.shown = drawn
