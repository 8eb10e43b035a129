"""What a parcel does on the homeserver: which events it becomes, where, and each of them once.

The transaction id of an event is its parcel's token, so a repeated send gives back the event that
stands (platform facts §7). Where the server may have forgotten it, the room is looked through for
the token first [RE-2].
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from nio import AsyncClient, UploadResponse

from adapters.matrix import outbound
from adapters.matrix.crypto import Crypto
from adapters.matrix.looking import Looking, emoji
from adapters.matrix.outbound import KEY
from adapters.matrix.rooms import Rooms
from adapters.matrix.seeds import Seeds
from adapters.matrix.wire import UNASKED, Refused, Wire, path
from bot.errors import Rejected, RetryLater
from bot.events import Place
from bot.log import Log
from bot.messages import Parcel

MESSAGE, REACTION = "m.room.message", "m.reaction"
UNSEALED = frozenset({REACTION, "m.room.redaction"})
"""What travels in clear even in encrypted rooms (platform facts §7)."""


@dataclass(slots=True, kw_only=True)
class Sending:
    """Carries parcels out in rooms. `read_file` gives the content of an attachment by its hash."""

    client: AsyncClient
    wire: Wire
    rooms: Rooms
    crypto: Crypto
    log: Log
    read_file: Callable[[str], bytes]
    seeds: Seeds = field(init=False)
    looking: Looking = field(init=False)
    _under_way: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.looking = Looking(self.wire, self.rooms.me)
        self.seeds = Seeds(self.send, lambda: self._under_way == 0)

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out. Raises RetryLater, Rejected, Refused, Unusable."""
        self._under_way += 1
        try:
            return await self._deliver(parcel)
        finally:
            self._under_way -= 1

    async def _deliver(self, parcel: Parcel) -> str | None:
        room_id = await self._room(parcel.place)
        match parcel.operation:
            case "say" | "attach":
                return await self._say(room_id, parcel)
            case "edit":
                return await self._edit(room_id, parcel)
            case "remove":
                await self._remove(room_id, parcel)
            case "react":
                await self._react(room_id, parcel)
            case "unreact":
                await self._unreact(room_id, parcel)
            case "poll" | "end-poll":
                return await self._poll(room_id, parcel)
            case "end-buttons":
                await self._unseed(room_id, parcel)
            case "invite" | "expel":
                await self._move(room_id, parcel)
            case _:
                return None
        return parcel.target

    async def send(self, room_id: str, kind: str, content: Mapping[str, Any], token: str) -> str:
        """Sends one event, sealed where the room is, and returns its id."""
        room = self.rooms.get(room_id)
        if room is not None and room.encrypted and kind not in UNSEALED:
            kind, content = await self.crypto.seal(room_id, kind, content)
        answer = await self.wire.call("PUT", path("rooms", room_id, "send", kind, token), content)
        return str(answer["event_id"])

    async def _room(self, place: Place) -> str:
        if place.dm:
            return await self.rooms.private(place.id)
        if self.rooms.get(place.id) is None:
            if await self.rooms.inside(place.id, self.rooms.me):
                # We entered it this moment; the next sync tells who else is there.
                raise RetryLater(1)
            raise Rejected("not_in_room")
        return place.id

    async def _once(
        self, room_id: str, parcel: Parcel, kind: str, content: Mapping[str, Any]
    ) -> str:
        """Sends an event unless it may stand there already, and does."""
        token = str(content[KEY])
        found = await self.looking.standing(room_id, token, parcel.at) if parcel.uncertain else None
        return found or await self.send(room_id, kind, content, token)

    async def _say(self, room_id: str, parcel: Parcel) -> str:
        first: str | None = None
        if parcel.body.get("text") or parcel.body.get("buttons"):
            for content in outbound.said(parcel):
                part = content if first is None else outbound.belonging(content, first)
                sent = await self._once(room_id, parcel, MESSAGE, part)
                first = first or sent
        # Numbers are given once, whatever the text became: they make the tokens of the files.
        for number, file in enumerate(parcel.body.get("files", ()), start=100):
            sent = await self._attach(room_id, parcel, file, number, message=first)
            first = first or sent
        if first is None:
            raise Rejected("empty_message")
        if parcel.body.get("use") == "animators":
            self.seeds.plant(room_id, first, parcel)
        return first

    async def _attach(
        self,
        room_id: str,
        parcel: Parcel,
        file: Mapping[str, Any],
        number: int,
        *,
        message: str | None,
    ) -> str:
        """A file of the parcel as an event of its own; it is not uploaded twice."""
        if parcel.uncertain:
            # Its content may be gone: what was delivered before a backup is in none.
            found = await self.looking.standing(room_id, f"{parcel.token}-{number}", parcel.at)
            if found is not None:
                return found
        uploaded = await self._upload(room_id, file)
        content = outbound.attached(parcel, file, uploaded, number, message=message)
        return await self.send(room_id, MESSAGE, content, str(content[KEY]))

    async def _upload(self, room_id: str, file: Mapping[str, Any]) -> dict[str, Any]:
        try:
            content = self.read_file(str(file["sha256"]))
        except FileNotFoundError:
            raise Rejected("file_gone") from None
        room = self.rooms.get(room_id)
        sealed = bool(room is not None and room.encrypted)
        try:
            answer, keys = await self.client.upload(
                io.BytesIO(content),
                content_type="application/octet-stream" if sealed else str(file["type"]),
                # The server need not know the name of what it cannot read.
                filename=None if sealed else str(file["name"]),
                encrypt=sealed,
                filesize=len(content),
            )
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise RetryLater(UNASKED, whole=True, away=True) from None
        if not isinstance(answer, UploadResponse):
            code = str(getattr(answer, "status_code", "") or "upload")
            if code in ("M_TOO_LARGE", "M_FORBIDDEN"):
                raise Rejected(code)
            wait = getattr(answer, "retry_after_ms", None)
            raise RetryLater(wait / 1000 if wait else 5)
        if keys is None:
            return {"url": answer.content_uri, "size": len(content)}
        return {"file": {**keys, "url": answer.content_uri}, "size": len(content)}

    async def _edit(self, room_id: str, parcel: Parcel) -> str:
        target = _target(parcel)
        if parcel.body.get("forget"):
            # Clients show what a message said before each edit; a redaction leaves nothing of it.
            await self._remove(room_id, parcel)
            return target
        await self._once(room_id, parcel, MESSAGE, outbound.edited(parcel))
        if not parcel.body.get("buttons"):
            await self._unseed(room_id, parcel)
        return target

    async def _remove(self, room_id: str, parcel: Parcel) -> None:
        target = _target(parcel)
        edits = [
            str(each["event_id"]) async for each in self.looking.own(room_id, target, "m.replace")
        ]
        # The message itself comes last: once it is gone, nothing tells any more what came with it.
        for event_id in [*edits, *await self.looking.parts(room_id, target), target]:
            await self._redact(room_id, event_id, parcel.token)

    async def _redact(self, room_id: str, event_id: str, token: str) -> None:
        # Never by its number: tried again, there are fewer left, and a number used before would
        # give back the redaction of another event.
        of_this = hashlib.sha256(event_id.encode()).hexdigest()[:16]
        ask = path("rooms", room_id, "redact", event_id, f"{token}-{of_this}")
        await self.wire.call("PUT", ask, {})

    async def _react(self, room_id: str, parcel: Parcel) -> None:
        key = str(parcel.body["emoji"])
        content = outbound.reaction(_target(parcel), key, parcel.token)
        try:
            await self.send(room_id, REACTION, content, parcel.token)
        except Refused as refusal:
            # It stands there already, which is what was wanted (platform facts §7).
            if refusal.code != "M_DUPLICATE_ANNOTATION":
                raise

    async def _unreact(self, room_id: str, parcel: Parcel) -> None:
        await self._take_back(room_id, parcel, str(parcel.body["emoji"]))

    async def _unseed(self, room_id: str, parcel: Parcel) -> None:
        self.seeds.drop(_target(parcel))
        if parcel.body.get("use") == "animators" or parcel.operation == "end-buttons":
            await self._take_back(room_id, parcel, None)

    async def _take_back(self, room_id: str, parcel: Parcel, sign: str | None) -> None:
        """Redacts our reactions on a message: those with this emoji, or all."""
        mine = [
            each["event_id"]
            async for each in self.looking.own(room_id, _target(parcel), "m.annotation")
            if sign in (None, emoji(each))
        ]
        for event_id in mine:
            await self._redact(room_id, str(event_id), parcel.token)

    async def _poll(self, room_id: str, parcel: Parcel) -> str:
        if parcel.operation == "end-poll":
            target = _target(parcel)
            kind, content = outbound.poll_end(parcel)
            await self._once(room_id, parcel, kind, content)
            return target
        kind, content = outbound.poll(parcel)
        return await self._once(room_id, parcel, kind, content)

    async def _move(self, room_id: str, parcel: Parcel) -> None:
        user_id = str(parcel.body["id"])
        room = self.rooms.get(room_id)
        inside = room is not None and user_id in room.users
        if parcel.operation == "invite":
            if not inside:
                await self._invite(room_id, user_id)
            return
        try:
            await self.wire.call("POST", path("rooms", room_id, "kick"), {"user_id": user_id})
        except Refused:
            if inside:
                raise

    async def _invite(self, room_id: str, user_id: str) -> None:
        try:
            await self.wire.call("POST", path("rooms", room_id, "invite"), {"user_id": user_id})
        except RetryLater as later:
            # Invitations have a limit of their own; messages need not wait for it.
            raise RetryLater(later.after) from None
        except Refused as refusal:
            # Synapse refuses who is in already with this code; the room's state says if it is so.
            if refusal.code != "M_FORBIDDEN" or not await self.rooms.inside(room_id, user_id):
                raise


def _target(parcel: Parcel) -> str:
    """The event a parcel is about. Raises Rejected for what can be none."""
    target = parcel.target or ""
    if not target.startswith("$"):
        raise Rejected("no_such_message")
    return target
