"""What already stands in a room: looked for before it would be said twice, or to take it away.

Only clear parts of events are looked at, so no key is needed: the token of a parcel, relations.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.matrix.outbound import BELONGS, KEY
from adapters.matrix.raw import mapping, relation, string
from adapters.matrix.wire import V1, Refused, Wire, path

BEFORE = timedelta(hours=1)
"""How much earlier than its parcel an event may seem to be: clocks differ."""
PAGES = 50
"""Pages of 100 events of our own looked through for a token at most."""
FEW = 20
"""Pages of relations looked through at most."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks for what `me` said."""

    wire: Wire
    me: str

    async def standing(self, room_id: str, token: str, since: datetime) -> str | None:
        """Our event of this token that stands in the room, newest first; None when none does."""
        oldest = (since - BEFORE).timestamp() * 1000
        # Of our own alone: in a busy room others' would fill page after page.
        query = {"dir": "b", "limit": "100", "filter": json.dumps({"senders": [self.me]})}
        for _ in range(PAGES):
            page = await self.wire.call("GET", path("rooms", room_id, "messages", **query))
            chunk = [each for each in page.get("chunk", ()) if isinstance(each, dict)]
            for event in chunk:
                if event.get("sender") == self.me and _carries(event, token):
                    return str(event["event_id"])
            end = page.get("end")
            # A filtered page may be empty, and older ones hold something.
            if not end or (chunk and chunk[-1].get("origin_server_ts", 0) < oldest):
                return None
            query["from"] = str(end)
        return None

    async def parts(self, room_id: str, target: str) -> list[str]:
        """Files and further pieces of a text that came with a message of ours."""
        root, token = target, ""
        with contextlib.suppress(Refused):
            event = await self.wire.call("GET", path("rooms", room_id, "event", target))
            content = mapping(event.get("content"))
            token = string(content.get(KEY))
            if relation(content).get("rel_type") == "m.thread":
                # In a thread they point at its root; the parcel's token tells whose they are.
                root = str(relation(content).get("event_id"))
        kind = BELONGS if root == target else "m.thread"
        return [
            str(each["event_id"])
            async for each in self.own(room_id, root, kind)
            if kind == BELONGS
            or string(mapping(each.get("content")).get(KEY)).startswith(f"{token}-")
        ]

    async def own(self, room_id: str, event_id: str, kind: str) -> AsyncIterator[Mapping[str, Any]]:
        """Our events that relate so to an event; those are few, so a few pages do."""
        query: dict[str, str] = {"limit": "100"}
        for _ in range(FEW):
            ask = path("rooms", room_id, "relations", event_id, kind, base=V1, **query)
            page = await self.wire.call("GET", ask)
            for each in page.get("chunk", ()):
                if isinstance(each, dict) and each.get("sender") == self.me:
                    yield each
            if not page.get("next_batch"):
                return
            query["from"] = str(page["next_batch"])


def emoji(event: Mapping[str, Any]) -> str:
    """The sign of a reaction, "" of what is none."""
    return string(relation(mapping(event.get("content"))).get("key"))


def _carries(event: Mapping[str, Any], token: str) -> bool:
    if mapping(event.get("content")).get(KEY) == token:
        return True
    return mapping(event.get("unsigned")).get("transaction_id") == token
