"""Whose a private room is stays known, in whatever order the server tells of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nio import AsyncClient

from adapters.matrix.rooms import Rooms

ANNA, BO = "@anna:example.org", "@bo:example.org"


@dataclass(slots=True)
class Server:
    """Keeps the account data as it was written last; an earlier request takes longer."""

    turns: int = 5
    stands: list[dict[str, Any]] = field(default_factory=list)

    async def call(
        self, _method: str, _path: str, body: Mapping[str, Any], **_: float
    ) -> dict[str, Any]:
        sent = {person: list(rooms) for person, rooms in body.items()}
        turns, self.turns = self.turns, 0
        for _turn in range(turns):
            await asyncio.sleep(0)
        self.stands.append(sent)
        return {}


async def test_two_private_rooms_noted_at_once_are_both_noted() -> None:
    server = Server()
    rooms = _rooms(server)
    await asyncio.gather(rooms.remember(ANNA, "!a:x"), rooms.remember(BO, "!b:x"))
    assert server.stands[-1] == {ANNA: ["!a:x"], BO: ["!b:x"]}


async def test_a_sync_that_tells_what_stood_before_takes_no_room_away() -> None:
    server = Server()
    rooms = _rooms(server)
    await rooms.remember(ANNA, "!a:x")
    rooms.note_direct({})
    await rooms.remember(BO, "!b:x")
    assert server.stands[-1] == {ANNA: ["!a:x"], BO: ["!b:x"]}


def _rooms(server: Server) -> Rooms:
    wire: Any = server
    return Rooms(AsyncClient("http://localhost", ANNA), wire, "@copain:x", encryption=True)
