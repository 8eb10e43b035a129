"""Which channel the private conversation with somebody is.

The core knows it by the person. Most of Slack's methods want the id of the channel (`D…`), which
comes with the answer to what was said there; it is noted, for asking again costs a call.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from adapters.slack.noting import digest
from adapters.slack.wire import Wire
from bot.ports import Notes

KEPT = 10_000
"""Conversations known without a look at the notes."""


@dataclass(slots=True)
class Dms:
    """The channels of private conversations, by user id."""

    wire: Wire
    notes: Notes
    _known: dict[str, str] = field(default_factory=dict, init=False)

    async def learn(self, user: str, channel: str) -> None:
        """Notes the channel, where it is news."""
        if self._known.get(user) == channel:
            return
        # What cannot be noted costs a call later; whoever tells it has just said something there.
        with suppress(Exception):
            if await self.notes.read(_key(user)) != channel:
                await self.notes.write(_key(user), channel)
            self._keep(user, channel)

    async def channel(self, user: str) -> str:
        """The channel, opened where none is known. Raises as `Wire.call` does."""
        found = self._known.get(user) or await self.notes.read(_key(user))
        if not found:
            answer = await self.wire.call("conversations.open", users=user)
            found = str(answer["channel"]["id"])
            await self.learn(user, found)
        self._keep(user, found)
        return str(found)

    def _keep(self, user: str, channel: str) -> None:
        self._known[user] = channel
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]


def _key(user: str) -> str:
    # Notes stay for good, and whoever is forgotten may not be read out of them.
    return f"slack.dm.{digest('dm', user)}"
