"""From what happened in rooms to what the core hears, and that it was heard.

`inbound` knows one event; here stands what it takes besides: whose a private room is, whether
somebody is still anywhere, what a reaction was that is taken back, how a room is called and whether
it stands open.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from nio import Event

from adapters.matrix.inbound import PLATFORM, Where, account, event_of, room
from adapters.matrix.raw import event_id
from adapters.matrix.rooms import Rooms
from adapters.matrix.wire import Refused
from bot.clock import Clock
from bot.errors import RetryLater
from bot.events import Chosen, Left, Reacted, Said, SpaceChanged, Unreacted, Unreadable
from bot.events import Event as Happening
from bot.log import Log
from bot.ports import Doors, Hears, Notes
from bot.telling import Telling

REACTION = "matrix.reaction."
"""Notes of what reactions and votes were: [message, sign, day, digest of who]; see `notebook`."""
NOTED = 4
ALIVE = "matrix.alive"
"""Written to see whether the database takes anything at all."""
VOTE = ""


@dataclass(slots=True, kw_only=True)
class Hearing:
    """Tells the core. `instant` turns the server's time of an event (ms) into the event's."""

    rooms: Rooms
    notes: Notes
    doors: Doors
    clock: Clock
    log: Log
    hear: Hears
    command: str
    instant: Callable[[int], datetime] | None = None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _looked_at: set[str] = field(default_factory=set, init=False)
    """The spaces of which the core knows how they are called and whether they stand open."""
    _telling: Telling = field(init=False)

    def __post_init__(self) -> None:
        self._telling = Telling(
            platform=PLATFORM,
            note=ALIVE,
            hear=self.hear,
            notes=self.notes,
            clock=self.clock,
            log=self.log,
            pause=self.pause,
        )

    async def track(self) -> None:
        """Learns anew which rooms are spaces."""
        spaces = await self.doors.spaces(PLATFORM)
        self.rooms.tracked = {place.id for place in spaces}

    async def begin(self) -> None:
        """What changed in the spaces while nobody looked is told first."""
        self._looked_at = set(self.rooms.tracked)
        for room_id in sorted(self.rooms.tracked):
            await self.tell_room(room_id, self._state_id(room_id))

    async def handle(self, room_id: str, raw: dict[str, Any]) -> None:
        """Tells what an event of a room means, as it was written; nothing when it means nothing."""
        event = await self._happening(room_id, raw)
        if event is None:
            return
        if isinstance(event, Said) and event.place.dm:
            await self._using(event.place.id, room_id)
        await self.tell(event)
        if _may_change_spaces(event):
            await self._tracked_since(room_id, event)

    async def _tracked_since(self, room_id: str, event: Happening) -> None:
        """What was done may have made a room a space, this one or another, or freed it."""
        await self.track()
        spaces, known = self.rooms.tracked, self._looked_at
        self._looked_at = set(spaces)
        here = {room_id} if isinstance(event, Said) and event.addressed else set()
        for each in sorted((spaces - known) | (spaces & here)):
            if self.rooms.open_to_all(each):
                mark = event.id if each == room_id else _digest(event.id, each)
                await self.tell_room(each, mark)

    async def unreadable(self, room_id: str, event: Event) -> None:
        """Tells that somebody wrote what the bot has no key for."""
        owner = self.rooms.owner(room_id)
        place = account(owner).dm if owner else room(room_id)
        await self.tell(
            Unreadable(
                id=f"unreadable:{room_id}",
                at=self.clock.now(),
                place=place,
                by=account(event.sender),
                name=self.rooms.name_of(room_id, event.sender),
            )
        )

    async def tell_room(self, room_id: str, mark: str) -> None:
        """Tells how a space is called and whether it stands open; once for each `mark`."""
        if self.rooms.get(room_id) is None:
            return
        title = self.rooms.title(room_id)
        if title:
            renamed = hashlib.sha256(f"{room_id}|{title}".encode()).hexdigest()[:32]
            await self.tell(
                SpaceChanged(
                    id=f"title:{renamed}",
                    at=self.clock.now(),
                    place=room(room_id),
                    change="renamed",
                    title=title,
                )
            )
        change = "public" if self.rooms.open_to_all(room_id) else "private"
        await self.tell(
            SpaceChanged(
                id=f"openness:{mark}", at=self.clock.now(), place=room(room_id), change=change
            )
        )

    async def tell(self, event: Happening) -> None:
        """Tells the core, until it is committed or has failed for good."""
        await self._telling(event)

    def _state_id(self, room_id: str) -> str:
        """What stands for the room's openness as it is: the events that made it so."""
        kinds = ("m.room.join_rules", "m.room.history_visibility")
        facts = "|".join(self.rooms.facts.get((room_id, kind), "") for kind in kinds)
        return hashlib.sha256(f"{room_id}|{facts}".encode()).hexdigest()[:32]

    async def _happening(self, room_id: str, raw: dict[str, Any]) -> Happening | None:
        noted = await self._noted(raw)
        try:
            event = event_of(raw, self._where(room_id, noted))
        except Exception as error:  # noqa: BLE001 - what strangers write must not stop the loop
            self.log.warning("matrix-event-malformed", error=type(error).__name__)
            return None
        if isinstance(event, Reacted | Chosen):
            # Where the database fails the whole sync comes again, and this with it.
            await self._note(event)
        match event:
            case Said():
                return replace(event, title=self.rooms.title(room_id))
            case Left():
                beside = [each for each in self.rooms.beside(event.by.id) if each != room_id]
                return replace(event, everywhere=not beside)
            case Unreacted() if noted is not None:
                return await self._taken_back(room_id, event, noted)
        return event

    async def _note(self, event: Reacted | Chosen) -> None:
        """Notes what a reaction or a vote was: it is taken back by its own id alone.

        Who it was stands in it only as a digest. Of votes the newest of each person is noted too.
        """
        sign = event.key if isinstance(event, Reacted) else VOTE
        day = self.clock.now().date().isoformat()
        who = _digest(event.id, event.by.id)
        await self.notes.write(REACTION + event.id, [event.message, sign, day, who])
        if isinstance(event, Chosen):
            newest = REACTION + _digest(event.message, event.by.id)
            await self.notes.write(newest, [event.id, VOTE, day])

    async def _noted(self, raw: Mapping[str, Any]) -> list[Any] | None:
        if raw.get("type") != "m.room.redaction":
            return None
        content = raw.get("content")
        inside = content.get("redacts") if isinstance(content, Mapping) else None
        target = event_id(raw.get("redacts")) or event_id(inside)
        found = await self.notes.read(REACTION + target) if target else None
        return [target, *found] if isinstance(found, list) and len(found) == NOTED else None

    async def _taken_back(
        self, room_id: str, event: Unreacted, noted: Sequence[Any]
    ) -> Happening | None:
        """What a redaction took back, told as if whoever had done it took it back themselves."""
        target, message, sign, _day, who = noted
        known = self.rooms.get(room_id)
        there = (event.by.id, *(known.users if known else ()))
        owner = next((each for each in there if _digest(str(target), each) == who), None)
        if owner is None:
            return None
        name = self.rooms.name_of(room_id, owner)
        if sign != VOTE:
            return replace(event, by=account(owner), name=name)
        newest = await self.notes.read(REACTION + _digest(str(message), owner))
        if isinstance(newest, list) and newest[0] != target:
            # They have voted again since.
            return None
        return Chosen(
            id=event.id,
            at=event.at,
            place=event.place,
            by=account(owner),
            message=str(message),
            option=None,
            name=name,
        )

    def _where(self, room_id: str, noted: list[Any] | None) -> Where:
        return Where(
            room=room_id,
            me=self.rooms.me,
            command=self.command,
            instant=self.instant or self._at,
            dm_of=self.rooms.owner(room_id),
            my_names=self.rooms.my_names(room_id),
            name_of=lambda user_id: self.rooms.name_of(room_id, user_id),
            reaction=lambda _event: (noted[1], noted[2]) if noted else None,
            join_rule=self.rooms.join_rule(room_id),
            history=self.rooms.history.get(room_id, "shared"),
        )

    def _at(self, stamp: int) -> datetime:
        """The server's time of an event, and never later than now."""
        now = self.clock.now()
        try:
            return min(datetime.fromtimestamp(stamp / 1000, UTC), now)
        except (OverflowError, ValueError, OSError):
            return now

    async def _using(self, user_id: str, room_id: str) -> None:
        try:
            await self.rooms.used(user_id, room_id)
        except (RetryLater, Refused) as error:
            self.log.warning("matrix-direct-unnoted", error=type(error).__name__)


def _may_change_spaces(event: Happening) -> bool:
    """Words to the bot, or a button pressed: by its number, or by the emoji under it."""
    if isinstance(event, Said):
        return event.addressed or event.place.dm or event.text.strip().isdecimal()
    return isinstance(event, Reacted)


def _digest(event_id: str, user_id: str) -> str:
    return hashlib.sha256(f"{event_id} {user_id}".encode("utf-8", "replace")).hexdigest()[:32]
