"""How people are called, kept for a while: payloads of messages hold their ids alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.wire import Refused, Wire
from bot.clock import Clock
from bot.errors import CopainError

KEPT = 10_000
"""People whose names are kept."""
FRESH = 24 * 3600.0
"""Seconds a name is believed; a change comes as an event, unless nobody listened."""
PATIENCE = 1.0
"""Seconds an event may wait for a name: the person waits for its acknowledgement."""


@dataclass(slots=True)
class Names:
    """Names by user id. `learn` takes them from payloads that hold them anyway."""

    wire: Wire
    clock: Clock
    _known: dict[str, tuple[str, float]] = field(default_factory=dict, init=False)
    _asked: dict[str, asyncio.Task[None]] = field(default_factory=dict, init=False)

    def known(self, user: str) -> str:
        """Their name, "" while it is not known."""
        return self._known.get(user, ("", 0.0))[0]

    def learn(self, user: str, name: str) -> None:
        """Keeps a name."""
        self._known.pop(user, None)
        self._known[user] = (name, self.clock.monotonic())
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]

    async def find(self, users: Iterable[str], *, patience: float = PATIENCE) -> None:
        """Asks for those who are not known; after `patience` seconds nobody waits any longer."""
        asked = [self._ask(user) for user in dict.fromkeys(users) if self._stale(user)]
        if asked:
            # Whatever is answered later is kept for the next time.
            await asyncio.wait(asked, timeout=patience)

    def close(self) -> None:
        """Lets go of what was asked and not answered."""
        for task in self._asked.values():
            task.cancel()

    def _stale(self, user: str) -> bool:
        found = self._known.get(user)
        return found is None or self.clock.monotonic() - found[1] > FRESH

    def _ask(self, user: str) -> asyncio.Task[None]:
        task = self._asked.get(user)
        if task is None:
            task = self._asked[user] = asyncio.create_task(self._fetch(user))
        return task

    async def _fetch(self, user: str) -> None:
        try:
            answer = await self.wire.call("users.info", user=user)
        except (Refused, CopainError):
            # Without a name an event is as good; who sends next finds out what is wrong.
            return
        finally:
            del self._asked[user]
        self.learn(user, called(answer.get("user")))


def called(user: Any) -> str:
    """What somebody is called: the name they chose to be shown, else their full name.

    Takes a `user` object; "" where it holds no name. Source: Slack's page "User object".
    """
    if not isinstance(user, Mapping):
        return ""
    profile = user.get("profile")
    profile = profile if isinstance(profile, Mapping) else {}
    found = (
        profile.get("display_name"),
        profile.get("real_name"),
        user.get("real_name"),
        user.get("name"),
    )
    return next((each.strip() for each in found if isinstance(each, str) and each.strip()), "")
