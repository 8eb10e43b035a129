"""Votes that no sync told, read once from what points at the polls that are open.

A sync and its gap bring every vote but those cast while we were out of the room, and those beyond a
gap too long to fetch. Of each person only the newest counts, as polls themselves say.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from nio import Event

from adapters.matrix.crypto import Crypto
from adapters.matrix.raw import VOTES, mapping
from adapters.matrix.wire import V1, Refused, Wire, path
from bot.clock import Clock
from bot.log import Log
from bot.messages import Parcel
from bot.ports import Notes

NOTE = "matrix.polls"
"""Open polls: event -> [room, day it was sent]."""
KEPT = timedelta(days=90)
"""How long a poll that nobody ended is looked at."""
PAGES = 100
"""Pages of 100 votes read of one poll at most."""


@dataclass(slots=True, kw_only=True)
class Votes:
    """The polls of ours that are open; `parsed` turns what the server says into nio's event."""

    wire: Wire
    crypto: Crypto
    notes: Notes
    clock: Clock
    log: Log
    parsed: Callable[[Mapping[str, Any], str], Event | None]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def note(self, parcel: Parcel, message: str | None) -> None:
        """Takes in that a parcel was carried out, as this message: it may begin or end a poll."""
        if parcel.operation not in ("poll", "end-poll") or message is None:
            return
        today = self.clock.now().date()
        async with self._turn:
            before = await self._open()
            oldest = (today - KEPT).isoformat()
            polls = {each: said for each, said in before.items() if said[1] >= oldest}
            if parcel.operation == "poll":
                polls[message] = [parcel.place.id, today.isoformat()]
            else:
                polls.pop(str(parcel.target), None)
            if polls != before:
                await self.notes.write(NOTE, polls)

    async def missed(
        self, room_id: str, handle: Callable[[str, dict[str, Any]], Awaitable[None]]
    ) -> None:
        """Hands on the newest vote of each person in this room. Raises RetryLater."""
        for poll, (room, _) in (await self._open()).items():
            if room != room_id:
                continue
            newest: dict[str, dict[str, Any]] = {}
            try:
                async for vote in self._cast(room_id, poll):
                    newest[vote["sender"]] = vote
            except Refused as refusal:
                self.log.warning("matrix-votes-closed", code=refusal.code)
            for vote in newest.values():
                await handle(room_id, vote)

    async def _open(self) -> dict[str, list[str]]:
        found = await self.notes.read(NOTE)
        return dict(found) if isinstance(found, Mapping) else {}

    async def _cast(self, room_id: str, poll: str) -> AsyncIterator[dict[str, Any]]:
        """The votes on a poll that we can read, oldest first; not those that were taken away."""
        query = {"dir": "f", "limit": "100"}
        for _ in range(PAGES):
            ask = path("rooms", room_id, "relations", poll, "m.reference", base=V1, **query)
            page = await self.wire.call("GET", ask)
            for each in page.get("chunk", ()):
                event = self.parsed(each, room_id) if isinstance(each, dict) else None
                raw = self.crypto.open(event) if event is not None else None
                taken = mapping(each).get("unsigned")
                if raw and raw.get("type") in VOTES and "redacted_because" not in mapping(taken):
                    yield raw
            if not page.get("next_batch"):
                return
            query["from"] = str(page["next_batch"])
