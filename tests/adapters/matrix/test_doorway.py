"""Who asks the bot in waits for nobody else, and is not forgotten at the first fault."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from nio import AsyncClient

from adapters.matrix.doorway import TRIES, Doorway
from adapters.matrix.rooms import Rooms
from adapters.matrix.wire import Wire
from bot.app import quiet_log
from bot.clock import FrozenClock
from bot.errors import RetryLater
from bot.events import Account, Place

ME = "@copain:example.org"
SLOW, DEAD, NEAR = "!slow:far.org", "!dead:far.org", "!near:example.org"


@dataclass(slots=True)
class Server:
    """Lets the bot in, unless a room's own server is slow or dead."""

    client: AsyncClient
    slow: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0
    asked: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(
        self, _method: str, path: str, _body: Mapping[str, Any] | None = None, **_: float
    ) -> dict[str, Any]:
        room = unquote(path.rpartition("/")[2])
        self.asked.append(room)
        if room == SLOW:
            await self.slow.wait()
        if room == DEAD:
            raise RetryLater(5, whole=True, away=True)
        if self.busy:
            self.busy -= 1
            raise RetryLater(3, whole=True)
        self.entered.append(room)
        self.done.set()
        return {}


@dataclass(slots=True)
class Open:
    """Every room is a space, once the database is back."""

    down: int = 0

    async def is_space(self, place: Place) -> bool:
        if self.down:
            self.down -= 1
            raise OSError
        return True

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        return {}

    async def has_role(self, account: Account) -> bool:
        return False

    async def may_write(self, account: Account) -> bool:
        return False


@dataclass(slots=True)
class At:
    """A doorway that waits for nothing, and what it would have waited."""

    server: Server
    doorway: Doorway
    waits: list[float]
    lines: io.StringIO


@asynccontextmanager
async def at(doors: Open) -> AsyncIterator[At]:
    waits: list[float] = []

    def later(after: float, call: Any, /, *args: Any) -> None:
        waits.append(after)
        asyncio.get_running_loop().call_soon(call, *args)

    async def track() -> None:
        return None

    client, lines = AsyncClient("http://localhost", ME), io.StringIO()
    server = Server(client)
    wire: Any = server
    doorway = Doorway(
        wire=wire,
        rooms=Rooms(client, Wire(client), ME, encryption=True),
        doors=doors,
        log=quiet_log(lines, FrozenClock(datetime(2026, 3, 2, tzinfo=UTC))),
        track=track,
        later=later,
    )
    task = asyncio.create_task(doorway.run())
    try:
        async with asyncio.timeout(5):
            yield At(server, doorway, waits, lines)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def asks(room: str, made: At) -> None:
    content = {"membership": "invite"}
    member = {"type": "m.room.member", "state_key": ME, "sender": "@a:far.org", "content": content}
    made.doorway.invited(room, [member])


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - it passes the turn and takes no time
        await asyncio.sleep(0)


async def test_a_slow_server_holds_up_nobody_who_follows_the_rooms() -> None:
    async with at(Open()) as made:
        asks(SLOW, made)
        await until(lambda: bool(made.server.asked))
        # The sync loop goes on, and tells of the next one.
        asks(NEAR, made)
        assert not made.server.entered
        made.server.slow.set()
        await until(lambda: NEAR in made.server.entered)


async def test_a_dead_server_is_asked_ever_more_seldom_and_not_for_ever() -> None:
    async with at(Open()) as made:
        asks(DEAD, made)
        await until(lambda: "given-up" in made.lines.getvalue())
        assert made.server.asked == [DEAD] * TRIES
        assert made.waits == sorted(made.waits)
        assert made.waits[-1] > 60 * made.waits[0]


async def test_an_error_is_logged_and_the_invitation_tried_again() -> None:
    async with at(Open(down=2)) as made:
        asks(NEAR, made)
        await made.server.done.wait()
        assert made.lines.getvalue().count("matrix-invitation-failed") == 2


async def test_the_limit_of_the_account_costs_no_try() -> None:
    async with at(Open()) as made:
        made.server.busy = 3 * TRIES
        asks(NEAR, made)
        await made.server.done.wait()
        assert made.server.asked == [NEAR] * (3 * TRIES + 1)
