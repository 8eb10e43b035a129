"""Which invitations are taken [SE-3]; `copain check` counts those that stay unanswered.

Entering a room of another server may take half a minute, or never end: one task does it, beside
whoever follows the rooms. Invitations wait in memory; the next start finds them again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from adapters.matrix.inbound import account, room
from adapters.matrix.rooms import Rooms
from adapters.matrix.wire import Refused, Wire, path
from bot.errors import RetryLater
from bot.log import Log
from bot.ports import Doors

TRIES = 10
"""How often an invitation is tried whose server is away: for about an hour and a half."""
FIRST_WAIT = 10.0
LONGEST_WAIT = 1800.0


class Later(Protocol):
    """Calls something after so many seconds, as `loop.call_later` does."""

    def __call__(self, after: float, call: Callable[..., object], /, *args: Any) -> object: ...


@dataclass(slots=True, kw_only=True)
class Doorway:
    """Answers those who ask the bot in. `track` learns anew which rooms are spaces."""

    wire: Wire
    rooms: Rooms
    doors: Doors
    log: Log
    track: Callable[[], Awaitable[None]]
    later: Later | None = None
    _asked: dict[str, tuple[str, bool]] = field(default_factory=dict, init=False)
    """Room -> who asks us in, and whether to a private conversation."""
    _queue: asyncio.Queue[tuple[str, int]] = field(default_factory=asyncio.Queue, init=False)
    """Room, and how often it was tried."""

    def invited(self, room_id: str, state: Iterable[Mapping[str, Any]]) -> None:
        """Takes in an invitation, as its state tells it; `run` answers it."""
        asked = _invitation(state, self.rooms.me)
        if asked is None:
            return
        if room_id not in self._asked:
            self._queue.put_nowait((room_id, 0))
        self._asked[room_id] = asked

    async def run(self) -> None:
        """Answers invitations, one at a time, until it is cancelled."""
        later = self.later or asyncio.get_running_loop().call_later
        while True:
            room_id, tries = await self._queue.get()
            asked = self._asked.pop(room_id, None)
            if asked is None:
                continue
            wait, tries = await self._tried(room_id, asked, tries)
            if wait is None:
                continue
            if tries >= TRIES:
                self.log.error("matrix-invitation-given-up", tries=tries)
                continue
            self._asked.setdefault(room_id, asked)
            later(wait, self._queue.put_nowait, (room_id, tries))

    async def _tried(
        self, room_id: str, asked: tuple[str, bool], tries: int
    ) -> tuple[float | None, int]:
        """Answers an invitation; how long to wait, if it is to be tried again, and the tries."""
        grown = min(FIRST_WAIT * 2**tries, LONGEST_WAIT)
        try:
            await self._answer(room_id, *asked)
        except Refused as refusal:
            self.log.warning("matrix-invitation-refused", code=refusal.code)
        except RetryLater as later:
            self.log.warning("matrix-invitation-later", after=later.after, tries=tries)
            if not later.away:
                # The account's own limit, which is no fault of this invitation.
                return later.after, tries
            return max(later.after, grown), tries + 1
        except Exception as error:  # noqa: BLE001 - the others still wait to be answered
            self.log.error("matrix-invitation-failed", error=error)  # noqa: TRY400 - the house's log
            return grown, tries + 1
        return None, tries

    async def _answer(self, room_id: str, inviter: str, direct: bool) -> None:
        """Enters a room that is a space, or a private one of somebody who may write to us."""
        await self.track()
        if await self.doors.is_space(room(room_id)):
            await self._enter(room_id)
        elif direct and await self._may_write(inviter):
            # Noted first: a room entered and not noted would be nobody's.
            await self.rooms.remember(inviter, room_id)
            await self._enter(room_id)
        elif not direct and await self.doors.has_role(account(inviter)):
            # A room that somebody with a role wants to make a space, by saying so in it.
            await self._enter(room_id)

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
