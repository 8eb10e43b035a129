"""Which invitations are taken [SE-3]; `copain check` counts those that stay unanswered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.inbound import account, room
from adapters.matrix.rooms import Rooms
from adapters.matrix.wire import Refused, Wire, path
from bot.errors import RetryLater
from bot.log import Log
from bot.ports import Doors


@dataclass(slots=True)
class Doorway:
    """Answers those who ask the bot in."""

    wire: Wire
    rooms: Rooms
    doors: Doors
    log: Log
    _later: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def invited(self, room_id: str, state: Iterable[Mapping[str, Any]]) -> None:
        """Enters a room that is a space, or a private one of somebody who may write to us.

        Where the server asks for patience it tries again meanwhile.
        """
        told = list(state)
        asked = _invitation(told, self.rooms.me)
        if asked is None:
            return
        inviter, direct = asked
        try:
            if await self.doors.is_space(room(room_id)):
                await self._enter(room_id)
            elif direct and await self._may_write(inviter):
                # Noted first: a room entered and not noted would be nobody's.
                await self.rooms.remember(inviter, room_id)
                await self._enter(room_id)
            elif not direct and await self.doors.has_role(account(inviter)):
                # A room that somebody with a role wants to make a space, by saying so in it.
                await self._enter(room_id)
        except Refused as refusal:
            self.log.warning("matrix-invitation-refused", code=refusal.code)
        except RetryLater as later:
            # No other sync tells of it, and who follows the rooms must not wait here.
            self.log.warning("matrix-invitation-later", after=later.after)
            task = asyncio.create_task(self._again(room_id, told, later.after))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    def close(self) -> None:
        """Lets the invitations go that wait; the next start finds them again."""
        for task in self._later:
            task.cancel()

    async def _again(self, room_id: str, state: list[Mapping[str, Any]], after: float) -> None:
        await asyncio.sleep(after)
        await self.invited(room_id, state)

    async def _may_write(self, user_id: str) -> bool:
        beside = set(self.rooms.beside(user_id)) & self.rooms.tracked
        return bool(beside) or await self.doors.may_write(account(user_id))

    async def _enter(self, room_id: str) -> None:
        await self.wire.call("POST", path("join", room_id), {})


def _invitation(state: Iterable[Mapping[str, Any]], me: str) -> tuple[str, bool] | None:
    """Who invited us, and whether to a private conversation."""
    for event in state:
        content, sender = event.get("content"), event.get("sender")
        if event.get("type") != "m.room.member" or event.get("state_key") != me:
            continue
        if not isinstance(content, Mapping) or not isinstance(sender, str) or ":" not in sender:
            continue
        if content.get("membership") == "invite":
            return sender, content.get("is_direct") is True
    return None
