"""What stood when the bot last looked: who is in its channels, what they are called, reactions.

Slack tells of changes and repeats none after a while: what happened in a gap is found by comparing
what stands with what is noted here. Whoever was in a channel before the bot is nobody's business,
so people are noted as digests: they can be known again, and not be read out [CO-9].
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.slack.raw import instant, items, mapping, string
from bot.ports import Notes

MEMBERS = "slack.members."
SPACE = "slack.space."
REACTIONS = "slack.reactions."
"""Notes of reactions: [complete, [[sign, digest of who, when]], day of the message]; `notebook`."""

Mark = tuple[str, str]
"""A sign and the digest of whose reaction it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How a channel stands: its title, and whether anybody may walk in or nobody writes any more.

    `since` is when the bot first looked: nothing is known of what was before.
    """

    title: str
    public: bool
    archived: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Stood:
    """The reactions that stood on a message, each with when that was noted.

    It is not `complete` where the message is older than the bot's first look, and some may stand
    that were never seen.
    """

    marks: Mapping[Mark, datetime]
    complete: bool


@dataclass(frozen=True, slots=True)
class Noting:
    """What is noted, by channel and by message."""

    notes: Notes

    async def facts(self, channel: str) -> Facts | None:
        """How it stood; None where nobody looked yet."""
        found = mapping(await self.notes.read(SPACE + channel))
        if not found:
            return None
        return Facts(
            title=string(found.get("title")),
            public=found.get("public") is True,
            archived=found.get("archived") is True,
            since=datetime.fromisoformat(found["since"]),
        )

    async def note_facts(self, channel: str, facts: Facts) -> None:
        """Notes how it stands."""
        await self.notes.write(
            SPACE + channel,
            {
                "title": facts.title,
                "public": facts.public,
                "archived": facts.archived,
                "since": facts.since.isoformat(),
            },
        )

    async def members(self, channel: str) -> frozenset[str] | None:
        """The digests of who was in it; None where nobody looked yet."""
        found = await self.notes.read(MEMBERS + channel)
        return frozenset(found) if isinstance(found, list) else None

    async def note_members(self, channel: str, digests: Iterable[str]) -> None:
        """Notes who is in it."""
        await self.notes.write(MEMBERS + channel, sorted(digests))

    async def reactions(self, channel: str, message: str) -> Stood | None:
        """The reactions that stood on a message; None where none ever did."""
        found = items(await self.notes.read(f"{REACTIONS}{channel}:{message}"))
        if not found:
            return None
        complete, rows, _day = found
        marks = {(sign, who): datetime.fromisoformat(at) for sign, who, at in rows}
        return Stood(marks, complete is True)

    async def note_reactions(self, channel: str, message: str, stood: Stood) -> None:
        """Notes which stand. The note goes thirty days after the message."""
        rows: list[Any] = [[sign, who, at.isoformat()] for (sign, who), at in stood.marks.items()]
        day = instant(message).date().isoformat()
        await self.notes.write(f"{REACTIONS}{channel}:{message}", [stood.complete, rows, day])


def digest(where: str, user: str) -> str:
    """What stands for somebody in a note about that channel or message."""
    return hashlib.sha256(f"{where} {user}".encode("utf-8", "replace")).hexdigest()[:32]
