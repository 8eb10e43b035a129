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
from adapters.matrix.batch import events_of, merged, parsed, rooms_of, since_our_join
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
UNREAD = 200
"""Messages of one room that wait for their keys at most; older ones are given up."""
REFUSALS = 7
"""Times a token is refused, over a minute, before the server is asked without it."""
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


class TokenRefused(Exception):
    """The server takes this token no more, as after it was rebuilt."""

    def __init__(self, token: str, code: str) -> None:
        self.token = token
        self.code = code
        super().__init__(code)


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
    invited: Callable[[str, Iterable[Mapping[str, Any]]], None]
    missed: Callable[[str], Awaitable[None]]
    begun: Callable[[], Awaitable[None]]
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    last: datetime | None = None
    """When the server last answered."""
    caught_up: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    """Set when what happened while nobody followed has been handed on."""
    _unread: list[Unread] = field(default_factory=list, init=False)
    _noted: datetime | None = field(default=None, init=False)
    _inside: set[str] | None = field(default=None, init=False)
    """The rooms we were in before the sync that is handed on; None when nobody knows."""
    _holes: set[str] = field(default_factory=set, init=False)
    """Rooms of which this sync does not tell all."""

    async def run(self) -> None:
        """Follows until it is cancelled. Raises Unusable when the server knows us no more."""
        note = await self.notes.read(NOTE) or {}
        since: str | None = note.get("token")
        while True:
            raw, since = await self._begin(since, note.get("unread", []))
            note = {}
            try:
                while True:
                    raw, since = await self._step(raw, since)
            except TokenRefused as refusal:
                since = refusal.token

    async def _begin(
        self, since: str | None, unread: Iterable[Any]
    ) -> tuple[dict[str, Any], str | None]:
        """Takes everything in: the first sync, and the token that it goes on from."""
        door = await self._door()
        raw, since = await self._first(since)
        here = {room_id for room_id, _ in rooms_of(raw, "join")}
        for room_id in set(self.client.rooms) - here:
            self.client.rooms.pop(room_id)
        await self._take(raw)
        self._inside = None
        await self.begun()
        for room_id, asked in rooms_of(door, "invite"):
            self.invited(room_id, events_of(asked.get("invite_state")))
        await self._recover(unread)
        return raw, since

    async def _first(self, since: str | None) -> tuple[dict[str, Any], str | None]:
        """The first sync, from the token on unless the server takes that no more."""
        while since is not None:
            try:
                return await self._asked(since, full=True), since
            except TokenRefused as refusal:
                code = refusal.code
            try:
                # It may refuse everything for a while: then the token is still worth something.
                raw = await self._fetch(None, full=True)
            except (Refused, RetryLater):
                continue
            self.log.error("matrix-sync-begun-anew", code=code)
            self._holes |= self.rooms.tracked
            return raw, None
        return await self._patiently(lambda: self._fetch(None, full=True)), None

    async def _step(self, raw: dict[str, Any], since: str | None) -> tuple[dict[str, Any], str]:
        """Hands a sync on while the next one is asked for, and takes that in."""

        def ask() -> asyncio.Task[dict[str, Any]]:
            return asyncio.create_task(self._asked(str(raw["next_batch"])))

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

    async def _asked(self, since: str, *, full: bool = False) -> dict[str, Any]:
        """What came since that token. Raises TokenRefused when the server keeps saying no."""
        try:
            return await self._patiently(lambda: self._fetch(since, full=full), refusals=REFUSALS)
        except Refused as refusal:
            raise TokenRefused(since, refusal.code) from None

    async def _patiently(
        self, ask: Callable[[], Awaitable[T]], *, refusals: int | None = None
    ) -> T:
        """Asks until there is an answer, waiting longer each time. Raises Refused at the last."""
        wait, refused = 1.0, 0
        while True:
            try:
                return await ask()
            except RetryLater as later:
                self.log.warning("matrix-sync-later", after=later.after)
                await self.pause(min(max(later.after, wait), LONGEST_WAIT))
            except Refused as refusal:
                refused += 1
                self.log.warning("matrix-sync-refused", code=refusal.code)
                if refused == refusals:
                    raise
                await self.pause(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _take(self, raw: dict[str, Any]) -> None:
        """Takes a sync in: rooms, members, keys. Nothing is handed on yet."""
        self._inside = set(self.client.rooms)
        for event in events_of(raw.get("account_data")):
            if event.get("type") == DIRECT:
                self.rooms.note_direct(event.get("content"))
        for room_id, joined in rooms_of(raw, "join"):
            for event in (*events_of(joined.get("state")), *events_of(joined.get("timeline"))):
                self.rooms.note(room_id, event)
        await absorb(self.client, raw, self.log)
        try:
            await self.crypto.tend()
        except Exception as error:  # noqa: BLE001 - the network; the next sync does it again
            self.log.warning("matrix-keys", code=type(error).__name__)
        for room_id, _left in rooms_of(raw, "leave"):
            self.client.rooms.pop(room_id, None)
        await self.rooms.arrived()

    async def _handled(self, raw: dict[str, Any], since: str | None) -> str:
        """Hands on all that a sync brought, then notes its token; returns it."""
        token = str(raw["next_batch"])
        before = list(self._unread)
        for room_id, asked in rooms_of(raw, "invite"):
            self.invited(room_id, events_of(asked.get("invite_state")))
        heard = 0
        if since is not None:
            async for came in self._came(raw, since):
                heard += await self._one(came)
        while self._holes:
            room_id = self._holes.pop()
            await self._patiently(partial(self.missed, room_id), refusals=1)
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
            waiting = [each for each in self._unread if each.room == came.room]
            if len(waiting) >= UNREAD:
                self._unread.remove(waiting[0])
                await self.unreadable(came.room, waiting[0].event)
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
                found = await self._patiently(partial(self.wire.call, "GET", ask), refusals=1)
            except Refused:
                continue
            event = parsed(found, room_id)
            if event is not None:
                await self._one(Came(room_id, event, self.crypto.open(event)))

    async def _door(self) -> dict[str, Any]:
        """Every invitation that stands; `m.direct` is taken in, before anybody adds to it."""
        ask = path("sync", filter=INVITED, timeout="0")
        raw = await self._patiently(lambda: self.wire.call("GET", ask, patience=120))
        for event in events_of(raw.get("account_data")):
            if event.get("type") == DIRECT:
                self.rooms.note_direct(event.get("content"))
        return raw

    async def _came(self, raw: dict[str, Any], since: str) -> AsyncIterator[Came]:
        """What happened in all rooms since that token: in order in each, by time among them."""
        rooms: list[tuple[str, list[Event]]] = []
        for room_id, joined in rooms_of(raw, "join"):
            timeline = joined.get("timeline")
            timeline = timeline if isinstance(timeline, dict) else {}
            events = self._parsed(events_of(timeline), room_id)
            if timeline.get("limited"):
                start = str(timeline.get("prev_batch", ""))
                events = [*await self._gap(room_id, start, since), *events]
            inside = None if self._inside is None else room_id in self._inside
            heard = since_our_join(events, self.rooms.me, inside=inside)
            if len(heard) < len(events):
                self._holes.add(room_id)
            rooms.append((room_id, heard))
        for room_id, left in rooms_of(raw, "leave"):
            rooms.append((room_id, self._parsed(events_of(left.get("timeline")), room_id)))
        for room_id, event in merged(rooms):
            yield Came(room_id, event, self.crypto.open(event))

    async def _gap(self, room_id: str, start: str, since: str) -> list[Event]:
        """What lies between two syncs of a room, oldest first."""
        found: list[Event] = []
        for _ in range(PAGES):
            query = {"dir": "b", "from": start, "to": since, "limit": str(LIMIT)}
            try:
                ask = path("rooms", room_id, "messages", **query)
                page = await self._patiently(
                    partial(self.wire.call, "GET", ask, patience=60), refusals=1
                )
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
