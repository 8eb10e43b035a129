"""Delivers parcels to the terminal's server: the only writing there that the bot does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.terminal import outbound
from adapters.terminal.inbound import BOT, PLATFORM
from adapters.terminal.server import Server
from bot.clock import Clock
from bot.errors import Rejected
from bot.messages import Capabilities, Parcel
from bot.ports import Hears

CAPABILITIES = Capabilities(polls=False, modals=False, invites=True, expels=True)


@dataclass(slots=True)
class TerminalAdapter:
    """The platform `terminal`. `read_file` gives the content of an attachment by its hash."""

    server: Server
    clock: Clock
    zone: ZoneInfo
    read_file: Callable[[str], bytes]
    name: str = PLATFORM
    capabilities: Capabilities = CAPABILITIES

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out, once per token. Raises Rejected for a place that is not there."""
        # What somebody said while the bot was stopped is answered when it is back.
        at = max(parcel.at, self.clock.now()).astimezone(self.zone)
        match parcel.operation:
            case "say" | "attach":
                return self._say(parcel, at)
            case "edit" | "remove":
                return self._change(parcel, at)
            case "react" | "unreact":
                self._react(parcel, at)
            case "invite" | "expel":
                self._move(parcel, at)
            case _:
                # A poll is not this platform's: its options are buttons already.
                return None
        return None

    async def run(self, hear: Hears) -> None:
        """Nothing comes by itself here: `demo` carries out instructions."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing is held open."""

    def _say(self, parcel: Parcel, at: datetime) -> str:
        if not parcel.place.dm:
            self._room(parcel)
        key = f"parcel:{parcel.token}"
        known = self.server.keys.get(key)
        if known is not None:
            return str(self.server.happenings[known]["n"])
        files = [self._file(each) for each in parcel.body.get("files", [])]
        happening = self.server.happen(key, "say", at, **outbound.said(parcel, files))
        return str(happening["n"])

    def _change(self, parcel: Parcel, at: datetime) -> str | None:
        message = self.server.messages.get(int(parcel.target or 0))
        if message is None:
            raise Rejected("no_such_message")
        key = f"parcel:{parcel.token}"
        if key in self.server.keys:
            return parcel.target
        if parcel.operation == "edit":
            details = outbound.edited(parcel, message.newest, message.thread)
        else:
            details = outbound.removed(
                parcel, message.newest, thread=message.thread, kind=message.kind
            )
        self.server.happen(key, parcel.operation, at, **details)
        return parcel.target

    def _react(self, parcel: Parcel, at: datetime) -> None:
        target = int(parcel.target or 0)
        if target not in self.server.messages:
            raise Rejected("no_such_message")
        self.server.happen(
            f"parcel:{parcel.token}",
            parcel.operation,
            at,
            by=BOT,
            place=outbound.name_of(parcel.place),
            message=target,
            emoji=parcel.body["emoji"],
        )

    def _move(self, parcel: Parcel, at: datetime) -> None:
        """Whom the bot invites enters at once; who is there already does not enter again."""
        self._room(parcel)
        name, room = str(parcel.body["id"]), parcel.place.id
        joins = parcel.operation == "invite"
        if (name in self.server.rooms[room]) is not joins:
            what = "join" if joins else "expel"
            self.server.happen(f"parcel:{parcel.token}", what, at, by=name, room=room)

    def _room(self, parcel: Parcel) -> None:
        if parcel.place.id not in self.server.rooms:
            raise Rejected("no_such_room")

    def _file(self, file: dict[str, Any]) -> dict[str, str]:
        name = f"{self.server.last + 1}-{file['name']}"
        folder = self.server.folder / "files"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(self.read_file(str(file["sha256"])))
        return {"name": str(file["name"]), "type": str(file["type"]), "path": f"files/{name}"}
