"""The sync loop: what happened on the homeserver, handed on in order and each thing once.

The token of a sync is noted after the last event of its batch was handled, back-fill included: a
kill before that brings the batch again, and dispatch knows each event by its id [RE-3]. The next
sync is asked for meanwhile, but not taken in. Traps that shaped this: platform facts §2.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from nio import AsyncClient, Event, MegolmEvent

from adapters.matrix.absorb import absorb
from adapters.matrix.crypto import Crypto
from adapters.matrix.rooms import DIRECT, Rooms
from adapters.matrix.wire import Refused, Wire, path
from bot.clock import Clock
from bot.errors import RetryLater
from bot.log import Log
from bot.ports import Notes

T = TypeVar("T")
NOTE = "matrix.sync"
POLL = 30_000
"""Milliseconds the server holds a sync when nothing happens."""
SOON = 1_000
"""The same while a message waits for its key."""
LIMIT = 100
"""Events of a room in one sync; Synapse gives no more (platform facts §2)."""
PAGES = 200
"""Pages of 100 events fetched of one room's gap at most."""
KEY_WAIT = timedelta(seconds=20)
"""How long a message waits for its key before the room is told."""
QUIET = timedelta(seconds=60)
"""How long a token may stay unwritten when nothing happened that concerns anybody."""
LONGEST_WAIT = 60.0
FILTER = json.dumps(
    {
        "room": {
            "timeline": {"limit": LIMIT},
            "ephemeral": {"types": []},
            "account_data": {"types": []},
        },
        "presence": {"types": []},
        "account_data": {"types": [DIRECT]},
    }
)
# What waits at the door, and nothing else: an invitation is told by one sync alone.
INVITED = json.dumps(
    {
        "room": {
            "timeline": {"limit": 0},
            "state": {"types": []},
            "ephemeral": {"types": []},
            "account_data": {"types": []},
        },
        "presence": {"types": []},
        "account_data": {"types": [DIRECT]},
    }
)


@dataclass(frozen=True, slots=True)
class Came:
    """An event of a room as it was written; `raw` is None while nobody can read it."""

    room: str
    event: Event
    raw: dict[str, Any] | None


@dataclass(slots=True)
class Unread:
    """A message without its key, and when we give up on it."""

    room: str
    event: MegolmEvent
    until: datetime


@dataclass(slots=True, kw_only=True)
class Sync:
    """Follows one account. `handle` must return when an event is committed, or has failed for good.

    `unreadable` is told of a message whose key never came, `invited` of rooms that ask us in,
    `missed` of rooms of which something could not be told, and `begun` that the first sync was
    taken in: what the rooms are is known from then on.
    """

    client: AsyncClient
    wire: Wire
    rooms: Rooms
    crypto: Crypto
    notes: Notes
    clock: Clock
    log: Log
    handle: Callable[[str, dict[str, Any]], Awaitable[None]]
    unreadable: Callable[[str, Event], Awaitable[None]]
    invited: Callable[[str, Iterable[Mapping[str, Any]]], Awaitable[None]]
    missed: Callable[[str], Awaitable[None]]
    begun: Callable[[], Awaitable[None]]
    last: datetime | None = None
    """When the server last answered."""
    caught_up: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    """Set when what happened while nobody followed has been handed on."""
    _unread: list[Unread] = field(default_factory=list, init=False)
    _noted: datetime | None = field(default=None, init=False)
    _holes: set[str] = field(default_factory=set, init=False)
    """Rooms of which this sync does not tell all."""

    async def run(self) -> None:
        """Follows until it is cancelled. Raises Unusable when the server knows us no more."""
        note = await self.notes.read(NOTE) or {}
        since: str | None = note.get("token")
        door = await self._door()
        raw = await self._patiently(lambda: self._fetch(since, full=True))
        await self._take(raw)
        await self.begun()
        for room_id, asked in _rooms(door, "invite"):
            await self.invited(room_id, _events(asked.get("invite_state")))
        await self._recover(note.get("unread", []))
        while True:
            raw, since = await self._step(raw, since)

    async def _step(self, raw: dict[str, Any], since: str | None) -> tuple[dict[str, Any], str]:
        """Hands a sync on while the next one is asked for, and takes that in."""

        def ask() -> asyncio.Task[dict[str, Any]]:
            return asyncio.create_task(self._patiently(lambda: self._fetch(raw["next_batch"])))

        ahead, waited = ask(), bool(self._unread)
        try:
            token = await self._handled(raw, since)
            self.caught_up.set()
            if self._unread and not waited:
                # It was asked for when nothing waited for a key, so it may be held for long.
                ahead.cancel()
                ahead = ask()
            following = await ahead
        finally:
            ahead.cancel()
        await self._take(following)
        return following, token

    async def _fetch(self, since: str | None, *, full: bool = False) -> dict[str, Any]:
        query = {"filter": FILTER, "timeout": str(SOON if self._unread else POLL)}
        if since:
            query["since"] = since
        if full:
            # State is not told again with a token alone, and then nobody would be in any room.
            query |= {"full_state": "true", "timeout": "0"}
        answer = await self.wire.call("GET", path("sync", **query), patience=POLL / 1000 + 60)
        if not isinstance(answer.get("next_batch"), str):
            raise RetryLater(5)
        self.last = self.clock.now()
        return answer

    async def _patiently(self, ask: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        """Asks until there is an answer, waiting longer each time."""
        wait = 1.0
        while True:
            try:
                return await ask()
            except RetryLater as later:
                self.log.warning("matrix-sync-later", after=later.after)
                await asyncio.sleep(min(max(later.after, wait), LONGEST_WAIT))
            except Refused as refusal:
                self.log.warning("matrix-sync-refused", code=refusal.code)
                await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _take(self, raw: dict[str, Any]) -> None:
        """Takes a sync in: rooms, members, keys. Nothing is handed on yet."""
        for event in _events(raw.get("account_data")):
            if event.get("type") == DIRECT:
                self.rooms.note_direct(event.get("content"))
        for room_id, joined in _rooms(raw, "join"):
            for event in (*_events(joined.get("state")), *_events(joined.get("timeline"))):
                self.rooms.note(room_id, event)
        await absorb(self.client, raw, self.log)
        try:
            await self.crypto.tend()
        except Exception as error:  # noqa: BLE001 - the network; the next sync does it again
            self.log.warning("matrix-keys", code=type(error).__name__)
        for room_id, _left in _rooms(raw, "leave"):
            self.client.rooms.pop(room_id, None)
        await self.rooms.arrived()

    async def _handled(self, raw: dict[str, Any], since: str | None) -> str:
        """Hands on all that a sync brought, then notes its token; returns it."""
        token = str(raw["next_batch"])
        before = list(self._unread)
        for room_id, asked in _rooms(raw, "invite"):
            await self.invited(room_id, _events(asked.get("invite_state")))
        heard = 0
        if since is not None:
            async for came in self._came(raw, since):
                heard += await self._one(came)
        while self._holes:
            room_id = self._holes.pop()
            await _persist(partial(self.missed, room_id))
            heard += 1
        heard += await self._again()
        now = self.clock.now()
        changed = heard or before != self._unread
        if changed or since is None or self._noted is None or now - self._noted > QUIET:
            await self._note(token)
            self._noted = now
        return token

    async def _note(self, token: str) -> None:
        unread = [[each.room, each.event.event_id] for each in self._unread]
        await self.notes.write(NOTE, {"token": token, "unread": unread})

    async def _one(self, came: Came) -> int:
        """Hands one event on; counts it when it was somebody else's."""
        if came.event.sender == self.rooms.me:
            return 0
        if came.raw is None:
            assert isinstance(came.event, MegolmEvent)
            self._unread.append(Unread(came.room, came.event, self.clock.now() + KEY_WAIT))
            return 0
        await self.handle(came.room, came.raw)
        return 1

    async def _again(self) -> int:
        """Tries what could not be read; the room is told of what never could."""
        heard, still = 0, []
        for each in self._unread:
            raw = self.crypto.open(each.event)
            if raw is not None:
                await self.handle(each.room, raw)
                heard += 1
            elif self.clock.now() >= each.until:
                await self.unreadable(each.room, each.event)
            else:
                still.append(each)
        self._unread = still
        return heard

    async def _recover(self, unread: Iterable[Any]) -> None:
        """Takes up what waited for its key when the last process ended."""
        for room_id, event_id in unread:
            try:
                ask = path("rooms", room_id, "event", event_id)
                found = await _persist(partial(self.wire.call, "GET", ask))
            except Refused:
                continue
            event = parsed(found, room_id)
            if event is not None:
                await self._one(Came(room_id, event, self.crypto.open(event)))

    async def _door(self) -> dict[str, Any]:
        """Every invitation that stands; `m.direct` is taken in, before anybody adds to it."""
        ask = path("sync", filter=INVITED, timeout="0")
        raw = await self._patiently(lambda: self.wire.call("GET", ask, patience=120))
        for event in _events(raw.get("account_data")):
            if event.get("type") == DIRECT:
                self.rooms.note_direct(event.get("content"))
        return raw

    async def _came(self, raw: dict[str, Any], since: str) -> AsyncIterator[Came]:
        """What happened in all rooms since that token: in order in each, by time among them."""
        rooms: list[tuple[str, list[Event]]] = []
        for room_id, joined in _rooms(raw, "join"):
            timeline = joined.get("timeline")
            timeline = timeline if isinstance(timeline, dict) else {}
            events = self._parsed(_events(timeline), room_id)
            if timeline.get("limited"):
                start = str(timeline.get("prev_batch", ""))
                events = [*await self._gap(room_id, start, since), *events]
            heard = _since_our_join(events, self.rooms.me)
            if len(heard) < len(events):
                self._holes.add(room_id)
            rooms.append((room_id, heard))
        for room_id, left in _rooms(raw, "leave"):
            rooms.append((room_id, self._parsed(_events(left.get("timeline")), room_id)))
        for room_id, event in _merged(rooms):
            yield Came(room_id, event, self.crypto.open(event))

    async def _gap(self, room_id: str, start: str, since: str) -> list[Event]:
        """What lies between two syncs of a room, oldest first."""
        found: list[Event] = []
        for _ in range(PAGES):
            query = {"dir": "b", "from": start, "to": since, "limit": str(LIMIT)}
            try:
                ask = path("rooms", room_id, "messages", **query)
                page = await _persist(partial(self.wire.call, "GET", ask, patience=60))
            except Refused as refusal:
                # We are in it no more, or its history is closed to us.
                self.log.warning("matrix-gap-closed", code=refusal.code)
                self._holes.add(room_id)
                break
            chunk = page.get("chunk")
            found += self._parsed(chunk if isinstance(chunk, list) else [], room_id)
            end = page.get("end")
            if not chunk or not isinstance(end, str) or end == start:
                break
            start = end
        else:
            self.log.warning("matrix-gap-long", events=len(found))
            self._holes.add(room_id)
        return found[::-1]

    def _parsed(self, events: Iterable[Any], room_id: str) -> list[Event]:
        """Events as nio knows them; what we said ourselves comes back and is news to nobody."""
        found = (
            parsed(each, room_id)
            for each in events
            if isinstance(each, Mapping)
            and ("state_key" in each or each.get("sender") != self.rooms.me)
        )
        return [each for each in found if each is not None]


async def _persist(ask: Callable[[], Awaitable[T]]) -> T:
    """What comes of asking, as often as the server wants to be asked. Raises Refused."""
    wait = 1.0
    while True:
        try:
            return await ask()
        except RetryLater as later:
            await asyncio.sleep(min(max(later.after, wait), LONGEST_WAIT))
            wait = min(wait * 2, LONGEST_WAIT)


def parsed(raw: Mapping[str, Any], room_id: str) -> Event | None:
    """An event as nio knows it; None for what is none at all."""
    if not isinstance(raw.get("type"), str) or not isinstance(raw.get("event_id"), str):
        return None
    try:
        event = Event.parse_event(dict(raw))
    except Exception:  # noqa: BLE001 - whatever strangers put into an event must not stop the loop
        return None
    if event is None or not isinstance(getattr(event, "sender", None), str):
        return None
    if isinstance(event, MegolmEvent):
        event.room_id = room_id
    return event


def _events(part: Any) -> list[dict[str, Any]]:
    events = part.get("events") if isinstance(part, Mapping) else None
    return [each for each in events if isinstance(each, dict)] if isinstance(events, list) else []


def _rooms(raw: Mapping[str, Any], how: str) -> list[tuple[str, dict[str, Any]]]:
    rooms = raw.get("rooms")
    found = rooms.get(how) if isinstance(rooms, Mapping) else None
    if not isinstance(found, Mapping):
        return []
    return [(room_id, each) for room_id, each in found.items() if isinstance(each, dict)]


def _since_our_join(events: list[Event], me: str) -> list[Event]:
    """Without what was there before we came: it was not said to us."""
    for number in range(len(events) - 1, -1, -1):
        source = events[number].source
        if source.get("type") != "m.room.member" or source.get("state_key") != me:
            continue
        content, unsigned = source.get("content"), source.get("unsigned")
        before = unsigned.get("prev_content") if isinstance(unsigned, dict) else None
        was = before.get("membership") if isinstance(before, dict) else None
        if isinstance(content, dict) and content.get("membership") == "join" and was != "join":
            return events[number + 1 :]
    return events


def _merged(rooms: list[tuple[str, list[Event]]]) -> list[tuple[str, Event]]:
    """The events of all rooms by time; within a room the server's order stands."""
    placed: list[tuple[int, int, str, Event]] = []
    for room_id, events in rooms:
        latest = 0
        for event in events:
            stamp = event.source.get("origin_server_ts")
            latest = max(latest, stamp if isinstance(stamp, int) else 0)
            placed.append((latest, len(placed), room_id, event))
    return [(room_id, event) for _, _, room_id, event in sorted(placed, key=lambda p: p[:2])]
