"""Rooms as the bot knows them: which are spaces, which are somebody's private conversation.

A private conversation is a room in which nobody but one person and the bot are. Rooms that we make
carry in their creation content whose they are, so that a kill between making one and noting it
does not make a second [RE-2]; `m.direct` notes those that others made. Nothing of this is kept but
on the homeserver: it comes back with the first sync.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nio import AsyncClient, MatrixRoom

from adapters.matrix.wire import Refused, Wire, path
from bot.errors import Rejected, RetryLater

MARK = "ca.copain.dm"
"""In the creation content of a private room: the id of the person whose it is."""
DIRECT = "m.direct"
APPEARS = 20.0
"""Seconds until a room we made must have come with a sync."""
MAKING = 90.0
"""Seconds that making one may take: a server does not stop when nobody waits any more."""
ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}
OPENNESS = frozenset({"m.room.join_rules", "m.room.history_visibility"})


@dataclass(slots=True)
class Rooms:
    """The rooms we are in, from syncs. `tracked` are the ids of the rooms that are spaces."""

    client: AsyncClient
    wire: Wire
    me: str
    encryption: bool
    tracked: set[str] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)
    """Room we made -> whose it is."""
    direct: dict[str, list[str]] = field(default_factory=dict)
    """The account data `m.direct`: person -> rooms, the one used last at the end."""
    history: dict[str, str] = field(default_factory=dict)
    facts: dict[tuple[str, str], str] = field(default_factory=dict)
    """(room, type of state) -> id of the event that set it; of `OPENNESS` alone."""
    _remembered: dict[str, str] = field(default_factory=dict, init=False)
    """Room -> whose, as we noted it in `m.direct`: a sync may still tell what stood before."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _unsure: set[str] = field(default_factory=set, init=False)
    """People for whom a room may have been made without our knowing."""
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition, init=False)

    def note(self, room_id: str, event: Mapping[str, Any]) -> None:
        """Takes in an event of a room's state."""
        kind, content = event.get("type"), event.get("content")
        # Under another key anybody may write what resembles them, and it means nothing.
        if event.get("state_key") != "" or not isinstance(content, Mapping):
            return
        if isinstance(kind, str) and kind in OPENNESS and isinstance(event.get("event_id"), str):
            self.facts[room_id, kind] = event["event_id"]
        if kind == "m.room.create" and event.get("sender") == self.me:
            mark = content.get(MARK)
            if isinstance(mark, str):
                self.marks[room_id] = mark
        elif kind == "m.room.history_visibility":
            self.history[room_id] = str(content.get("history_visibility", "shared"))

    def note_direct(self, content: Any) -> None:
        """Takes in the account data `m.direct`."""
        if isinstance(content, Mapping):
            self.direct = {
                person: [each for each in rooms if isinstance(each, str)]
                for person, rooms in content.items()
                if isinstance(person, str) and isinstance(rooms, list)
            }
            for room_id, person in self._remembered.items():
                if room_id not in self.direct.setdefault(person, []):
                    self.direct[person].append(room_id)

    async def arrived(self) -> None:
        """Wakes whoever waits for a room: a sync was taken in."""
        async with self._arrived:
            self._arrived.notify_all()

    def get(self, room_id: str) -> MatrixRoom | None:
        """The room, when we are in it."""
        return self.client.rooms.get(room_id)

    def join_rule(self, room_id: str) -> str:
        """Who may enter, in the words of the specification."""
        room = self.get(room_id)
        return str(room.join_rule or "invite") if room else "invite"

    def open_to_all(self, room_id: str) -> bool:
        """Whether anybody may enter, or read without entering."""
        readable = self.history.get(room_id) == "world_readable"
        return readable or self.join_rule(room_id) == "public"

    def owner(self, room_id: str) -> str | None:
        """Whose private conversation with us this room is; None where anybody else could read."""
        room = self.get(room_id)
        if room is None or room_id in self.tracked or self.open_to_all(room_id):
            return None
        others = set(room.users) - {self.me}
        marked = self.marks.get(room_id) or self._directed(room_id)
        if marked is None or others - {marked}:
            return None
        return marked

    def _directed(self, room_id: str) -> str | None:
        return next((who for who, rooms in self.direct.items() if room_id in rooms), None)

    def beside(self, user_id: str) -> Iterable[str]:
        """The rooms, private ones apart, in which somebody is with us."""
        return [
            room_id
            for room_id, room in self.client.rooms.items()
            if user_id in room.users
            and user_id not in room.invited_users
            and self.owner(room_id) is None
        ]

    def name_of(self, room_id: str, user_id: str) -> str:
        """How somebody is called in a room, else the first part of their id."""
        room = self.get(room_id)
        user = room.users.get(user_id) if room else None
        return str((user and user.display_name) or user_id[1:].partition(":")[0])

    def title(self, room_id: str) -> str:
        """How a room is called, "" when it has no name."""
        room = self.get(room_id)
        return str((room and room.name) or "")

    def my_names(self, room_id: str) -> tuple[str, ...]:
        """How the bot may be called in a room."""
        return tuple(dict.fromkeys((self.name_of(room_id, self.me), self.me)))

    async def used(self, user_id: str, room_id: str) -> None:
        """Somebody wrote in this private room: answers go there from now on."""
        mine = self.direct.get(user_id, [])
        if len(mine) > 1 and mine[-1] != room_id:
            await self.remember(user_id, room_id)

    async def remember(self, user_id: str, room_id: str) -> None:
        """Notes on the homeserver that this is a private room of theirs, used last."""
        mine = [each for each in self.direct.get(user_id, []) if each != room_id]
        self.direct[user_id] = [*mine, room_id]
        self._remembered[room_id] = user_id
        # It is written as a whole: an older one must not arrive after a newer one.
        async with self._turn:
            ask = path("user", self.me, "account_data", DIRECT)
            await self.wire.call("PUT", ask, self.direct)

    async def private(self, user_id: str) -> str:
        """The private room of somebody, found or made. Raises RetryLater, Rejected."""
        found = self._found(user_id)
        if found is None and user_id in self._unsure:
            await self._look_for(user_id)
            # A sync may have told of it while we asked.
            found = self._found(user_id)
        if found is None:
            found = await self._made(user_id)
        if self.encryption and found in self.marks and not self.client.rooms[found].encrypted:
            await self._encrypt(found)
        if user_id not in self.client.rooms[found].users:
            await self._asked_back(found, user_id)
        return found

    def _found(self, user_id: str) -> str | None:
        mine = [each for each, whose in self.marks.items() if whose == user_id]
        mine = [*mine, *self.direct.get(user_id, [])]
        fit = [each for each in mine if self.owner(each) == user_id]
        # Where they are comes before where they are only invited or have been.
        rank = {each: (self._inside(each, user_id), number) for number, each in enumerate(fit)}
        return max(fit, key=lambda each: rank[each], default=None)

    def _inside(self, room_id: str, user_id: str) -> int:
        room = self.client.rooms[room_id]
        if user_id not in room.users:
            return 0
        return 1 if user_id in room.invited_users else 2

    async def _made(self, user_id: str) -> str:
        state = []
        if self.encryption:
            state = [{"type": "m.room.encryption", "state_key": "", "content": ENCRYPTION}]
        try:
            made = await self.wire.call(
                "POST",
                path("createRoom"),
                {
                    "is_direct": True,
                    "preset": "trusted_private_chat",
                    "invite": [user_id],
                    "creation_content": {MARK: user_id},
                    "initial_state": state,
                },
                patience=MAKING,
            )
        except Refused as refusal:
            raise Rejected(refusal.code or "no_private_room") from None
        except BaseException:
            # The answer is lost; the room may stand, or be in the making.
            self._unsure.add(user_id)
            raise
        room_id = str(made["room_id"])
        self.marks[room_id] = user_id
        # A server tells of a room while it is being made: without the invitation, which comes last,
        # it may not yet be known to be encrypted.
        await self._until(lambda: self._whole(room_id, user_id))
        await self.remember(user_id, room_id)
        return room_id

    async def _look_for(self, user_id: str) -> None:
        """Asks whether a room of theirs stands of which no sync told. Raises RetryLater."""
        try:
            joined = await self.wire.call("GET", path("joined_rooms"))
            for room_id in joined.get("joined_rooms", ()):
                if self.get(room_id) is None:
                    ask = path("rooms", room_id, "state", "m.room.create")
                    made = await self.wire.call("GET", ask)
                    if made.get(MARK) == user_id:
                        raise RetryLater(1)
        except Refused:
            raise RetryLater(1) from None
        self._unsure.discard(user_id)

    async def _encrypt(self, room_id: str) -> None:
        """Finishes a room of ours that was cut off in the making, before anybody writes in it."""
        ask = path("rooms", room_id, "state", "m.room.encryption", "")
        try:
            await self.wire.call("PUT", ask, ENCRYPTION)
        except Refused as refusal:
            raise Rejected(refusal.code) from None
        await self._until(lambda: bool(self.client.rooms[room_id].encrypted))

    def _whole(self, room_id: str, user_id: str) -> bool:
        room = self.get(room_id)
        return room is not None and user_id in room.users and room.encrypted is self.encryption

    async def _until(self, true: Callable[[], bool]) -> None:
        """Waits until a sync brought what makes that true. Raises RetryLater."""
        try:
            async with asyncio.timeout(APPEARS), self._arrived:
                await self._arrived.wait_for(true)
        except TimeoutError:
            raise RetryLater(1) from None

    async def _asked_back(self, room_id: str, user_id: str) -> None:
        """Invites somebody who left again: the room of each is theirs for ever."""
        try:
            await self.wire.call("POST", path("rooms", room_id, "invite"), {"user_id": user_id})
        except Refused as refusal:
            # Synapse says so too of whom it knows to be inside, when we do not know it yet.
            if refusal.code != "M_FORBIDDEN" or not await self.inside(room_id, user_id):
                raise Rejected(refusal.code) from None
        await self._until(lambda: user_id in self.client.rooms[room_id].users)

    async def inside(self, room_id: str, user_id: str) -> bool:
        """Whether the server has somebody in a room, or invited to it."""
        try:
            member = await self.wire.call(
                "GET", path("rooms", room_id, "state", "m.room.member", user_id)
            )
        except Refused:
            return False
        return member.get("membership") in ("join", "invite")
