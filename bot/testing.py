"""Fakes with memory, shipped for whoever tests a feature or writes a platform.

`MemoryAdapter` behaves as a well-mannered platform does: it gives ids, keeps what stands where, and
carries the same token out once. `troubles` makes it refuse or ask for patience.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.clock import FrozenClock
from bot.errors import Rejected
from bot.events import Account, Place
from bot.messages import Capabilities, Parcel
from bot.ports import Hears

__all__ = ["FrozenClock", "MemoryAdapter", "MemoryMessage"]


@dataclass(slots=True)
class MemoryMessage:
    """A message as it stands on the platform now."""

    id: str
    place: Place
    text: str
    thread: str | None
    buttons: list[dict[str, Any]]
    files: list[dict[str, Any]] = field(default_factory=list)
    reactions: set[str] = field(default_factory=set)
    versions: int = 1
    to: str | None = None
    """Of a whisper, the id of the account that alone sees it."""


@dataclass(slots=True)
class MemoryAdapter:
    """A platform in memory. `rooms` are the places that exist; private ones always do."""

    rooms: dict[Place, set[Account]] = field(default_factory=dict)
    name: str = "memory"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(expels=True))
    messages: dict[str, MemoryMessage] = field(default_factory=dict)
    done: dict[str, str | None] = field(default_factory=dict)
    parcels: list[Parcel] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)
    windows: list[Mapping[str, Any]] = field(default_factory=list)
    """The modal forms that were opened, as the platform was given them, oldest first."""
    stale: set[str] = field(default_factory=set)
    """Triggers that open nothing any more; one of nothing never does."""

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out, once per token; raises the next of `troubles` first."""
        self.parcels.append(parcel)
        if self.troubles:
            raise self.troubles.popleft()
        if parcel.token not in self.done:
            self.done[parcel.token] = self._carry_out(parcel)
        return self.done[parcel.token]

    async def run(self, hear: Hears) -> None:
        """Nothing happens here by itself: a test tells dispatch what happened."""

    async def close(self) -> None:
        """Nothing is held open."""

    def said(self, place: Place) -> list[MemoryMessage]:
        """What stands in a place for everybody there, oldest first."""
        return [each for each in self.messages.values() if each.place == place and not each.to]

    def whispered(self, place: Place) -> list[MemoryMessage]:
        """What one person alone was shown there, oldest first."""
        return [each for each in self.messages.values() if each.place == place and each.to]

    def _carry_out(self, parcel: Parcel) -> str | None:
        if not parcel.place.dm and parcel.place not in self.rooms:
            raise Rejected("no_such_room")
        body = parcel.body
        match parcel.operation:
            case "form" if body["trigger"] and body["trigger"] not in self.stale:
                self.windows.append(body["modal"])
                return None
            case "say" | "attach" | "poll" | "form" | "whisper":
                number = str(len(self.done) + 1)
                self.messages[number] = MemoryMessage(
                    number,
                    parcel.place,
                    body.get("text", ""),
                    parcel.thread,
                    list(body.get("buttons", [])),
                    list(body.get("files", [])),
                    to=body.get("to"),
                )
                return number
            case "edit":
                message = self._target(parcel)
                message.text, message.buttons = body["text"], list(body["buttons"])
                message.versions += 1
            case "remove":
                del self.messages[self._target(parcel).id]
            case "react":
                self._target(parcel).reactions.add(body["emoji"])
            case "unreact":
                self._target(parcel).reactions.discard(body["emoji"])
            case "end-poll":
                self._target(parcel).buttons = []
            case "end-buttons":
                self._target(parcel).reactions.clear()
            case "invite" | "expel":
                self._membership(parcel)
            case other:
                raise Rejected(f"unknown_operation_{other}")
        return parcel.target

    def _target(self, parcel: Parcel) -> MemoryMessage:
        message = self.messages.get(parcel.target or "")
        if message is None:
            raise Rejected("no_such_message")
        return message

    def _membership(self, parcel: Parcel) -> None:
        place = parcel.place
        account = Account(place.platform, place.tenant, str(parcel.body["id"]))
        if parcel.operation == "invite":
            self.rooms[place].add(account)
        else:
            self.rooms[place].discard(account)
