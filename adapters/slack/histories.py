"""What stands in Slack, read page by page: messages, replies, people, how channels are called.

Whatever Slack asks to wait is waited: nobody waits for these answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from adapters.slack.raw import identifier, items, mapping, stamp, string
from bot.errors import RetryLater
from bot.log import Log

PAGE = 200
"""What Slack recommends to ask for at most."""
MOST = 1000
"""Messages of a conversation that are read at most, the newest."""
REPLIES = 5000
"""Replies of a thread that are read at most, the oldest: Slack gives those first."""
PEOPLE = 200_000
"""People of a workspace that are looked through at most."""
SHORTEST = 0.1

Message = Mapping[str, Any]


class Calls(Protocol):
    """Calls a method of Slack's Web API. Raises RetryLater and `wire.Refused`."""

    def __call__(self, method: str, **arguments: Any) -> Awaitable[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """Reads through `call`."""

    call: Calls
    log: Log
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def messages(self, channel: str, oldest: datetime, latest: datetime) -> list[Message]:
        """The messages of a conversation between these, the oldest first, replies left out."""
        found = await self._paged(
            "conversations.history",
            "messages",
            most=MOST,
            channel=channel,
            oldest=_ts(oldest),
            # Without it Slack begins with the oldest (slackhq/slack-api-docs#4).
            latest=_ts(latest),
        )
        return sorted(_stamped(found), key=_number)

    async def replies(self, channel: str, root: str, oldest: datetime) -> list[Message]:
        """The replies in a thread since then, the oldest first."""
        found = await self._paged(
            "conversations.replies",
            "messages",
            most=REPLIES,
            channel=channel,
            ts=root,
            oldest=_ts(oldest),
        )
        # The root always comes with them.
        return sorted((each for each in _stamped(found) if each["ts"] != root), key=_number)

    async def members(self, channel: str) -> list[str]:
        """The ids of who is in a channel."""
        found = await self._paged("conversations.members", "members", most=PEOPLE, channel=channel)
        return [user for each in found if (user := identifier(each))]

    async def people(self) -> list[str]:
        """The ids of everybody in the workspace."""
        found = await self._paged("users.list", "members", most=PEOPLE)
        return [user for each in found if (user := identifier(mapping(each).get("id")))]

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """What Slack knows of a channel."""
        answer = await self.ask("conversations.info", channel=channel)
        return mapping(answer.get("channel"))

    async def reactions(self, channel: str, message: Message) -> Mapping[str, list[str]]:
        """The reactions on a message: the users of each name.

        The history leaves users out where they are many, and tells it by their number.
        """
        found = items(message.get("reactions"))
        if any(_cut(mapping(each)) for each in found):
            answer = await self.ask(
                "reactions.get", channel=channel, timestamp=message["ts"], full=True
            )
            found = items(mapping(answer.get("message")).get("reactions"))
        return {
            name: [user for one in items(each.get("users")) if (user := identifier(one))]
            for each in map(mapping, found)
            if (name := string(each.get("name")))
        }

    async def ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One call, as often as it takes. Raises `wire.Refused`, Unusable."""
        return dict(await self.patiently(lambda: self.call(method, **arguments)))

    async def patiently(self, attempt: Callable[[], Awaitable[Any]]) -> Any:
        """What an attempt gives in the end."""
        while True:
            try:
                return await attempt()
            except RetryLater as later:
                self.log.info("slack-catch-up-later", after=later.after)
                await self.pause(max(later.after, SHORTEST))

    async def _paged(self, method: str, part: str, *, most: int, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        while True:
            answer = await self.ask(method, limit=PAGE, **arguments)
            found += items(answer.get(part))
            cursor = string(mapping(answer.get("response_metadata")).get("next_cursor"))
            if not cursor:
                return found
            if len(found) >= most:
                self.log.warning("slack-catch-up-cut", method=method, read=len(found))
                return found
            arguments["cursor"] = cursor


def _stamped(found: list[Any]) -> list[Message]:
    return [each for each in map(mapping, found) if stamp(each.get("ts"))]


def _number(message: Message) -> float:
    return float(message["ts"])


def _cut(reaction: Mapping[str, Any]) -> bool:
    count = reaction.get("count")
    return isinstance(count, int) and count > len(items(reaction.get("users")))


def _ts(at: datetime) -> str:
    return f"{max(at.timestamp(), 0):.6f}"
