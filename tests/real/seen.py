"""One Matrix adapter in one encrypted room, and the eyes of a person there: for the questions that
every adapter is asked (tests/contracts/test_adapters.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

from adapters.matrix.adapter import MatrixAdapter, Settings
from bot.app import quiet_log
from bot.clock import FrozenClock
from bot.events import Account, Event, Place
from tests.real.member import Member
from tests.real.synapse import Login, Refused, Synapse
from tests.real.timeline import Line

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
MARK = "ca.copain.test.mark"
_LEGEND = re.compile(r"(?:<p>)?((?:<strong>\d+</strong> .+?(?: · |(?=</p>)|$))+)(?:</p>)?$")
_LABEL = re.compile(r"<strong>\d+</strong> (.+?)(?: · |</p>|$)")
_NUMBERS = count(1)


@dataclass(slots=True)
class Shown:
    """A message as somebody sees it: its words as our Markdown, the legend apart as buttons."""

    text: str
    thread: str | None
    buttons: tuple[str, ...]
    file: bytes | None


@dataclass(slots=True)
class Kept:
    """Notes in memory."""

    notes: dict[str, Any] = field(default_factory=dict)

    async def read(self, key: str) -> Any:
        return self.notes.get(key)

    async def write(self, key: str, value: Any) -> None:
        self.notes[key] = value


@dataclass(slots=True)
class OneRoom:
    """Doors to one room; everybody may write."""

    place: Place

    async def is_space(self, place: Place) -> bool:
        return place == self.place

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        return {self.place: "discussion"}

    async def has_role(self, account: Account) -> bool:
        return False

    async def may_write(self, account: Account) -> bool:
        return True


@dataclass(slots=True)
class OnMatrix:
    """The adapter, what it heard, and marie, who made the room."""

    synapse: Synapse
    bot: Login
    marie: Member
    nadia: Login
    adapter: MatrixAdapter
    room: Place
    make: Callable[[], MatrixAdapter]
    heard: list[Event] = field(default_factory=list)
    _told: asyncio.Condition = field(default_factory=asyncio.Condition)
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listens."""
        self._task = asyncio.create_task(self.adapter.run(self.hear))

    async def stop(self) -> None:
        """Ends the adapter; what it keeps stays."""
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self.adapter.close()

    async def restart(self) -> None:
        """Another process on the same store."""
        await self.stop()
        self.adapter = self.make()
        self.start()

    def account(self, name: str) -> Account:
        """Marie's or nadia's."""
        user = self.marie.id if name == "marie" else self.nadia.user_id
        return Account("matrix", "localhost", user)

    async def hear(self, event: Event) -> None:
        """Takes an event."""
        async with self._told:
            self.heard.append(event)
            self._told.notify_all()

    async def hears(self, text: str) -> list[Event]:
        """All that the adapter told until marie said this, without it."""
        room = self.room.id
        await self.marie.say(room, text)

        def said() -> list[int]:
            return [n for n, each in enumerate(self.heard) if getattr(each, "text", "") == text]

        async with asyncio.timeout(20), self._told:
            await self._told.wait_for(said)
            return self.heard[: said()[0]]

    async def seen(self, place: Place) -> list[Shown]:
        """What marie sees of the bot there, when she sees all that was said until now."""
        room = await self.marie.dm(self.bot.user_id) if place.dm else place.id
        mark = await self.marie.send(room, MARK, {"body": "mark"})
        await self.marie.listening.event(room, mark)
        found: dict[str, Shown] = {}
        for line in self.marie.timeline(room):
            assert line.readable
            relation = line.first.get("m.relates_to") or {}
            if line.sender != self.bot.user_id:
                continue
            if relation.get("rel_type") == "ca.copain.file":
                found[relation["event_id"]].file = await self.marie.read_file(line)
            else:
                found[line.id] = _shown(line)
        return list(found.values())

    async def membership(self, account: Account) -> str:
        """`join`, `invite`, `leave`."""
        path = f"/_matrix/client/v3/rooms/{self.room.id}/state/m.room.member/{account.id}"
        try:
            token = self.marie.login.access_token
            found = await asyncio.to_thread(self.synapse.request, "GET", path, token=token)
        except Refused:
            return "leave"
        return str(found["membership"])


@asynccontextmanager
async def on_matrix(
    synapse: Synapse, folder: Path, file: bytes, **more: Any
) -> AsyncIterator[OnMatrix]:
    """Opens the room, with the bot in it by marie's invitation; its settings say `more`."""
    number = next(_NUMBERS)
    bot = synapse.register(f"bot-seen-{number}", shown="copain")
    nadia = synapse.register(f"nadia-seen-{number}", shown="nadia")
    login = synapse.register(f"marie-seen-{number}", shown="marie")
    async with Member(login, folder / "marie") as marie:
        levels = {"users": {bot.user_id: 50, marie.id: 100}}
        room = await marie.make_room("general", bot.user_id, version="10", levels=levels)
        place = Place("matrix", "", room)
        notes = Kept()
        settings = Settings(
            homeserver=synapse.url,
            user_id=bot.user_id,
            store=folder / "store",
            token=bot.access_token,
            **more,
        )

        def make() -> MatrixAdapter:
            return MatrixAdapter(
                settings=settings,
                clock=FrozenClock(AT),
                log=quiet_log(sys.stderr),
                notes=notes,
                doors=OneRoom(place),
                read_file=lambda _digest: file,
            )

        made = OnMatrix(synapse, bot, marie, nadia, make(), place, make)
        made.start()
        try:
            await marie.until(lambda: bot.user_id in marie.inside(room), why="for the bot")
            store = marie.client.device_store
            await marie.until(lambda: any(store.active_user_devices(bot.user_id)), why="for keys")
            await made.hears("bonjour")
            made.heard.clear()
            yield made
        finally:
            await made.stop()


def _shown(line: Line) -> Shown:
    html = line.html or line.text
    legend = _LEGEND.search(html)
    words = html[: legend.start()] if legend else html
    labels = _LABEL.findall(legend[1]) if legend else ()
    text = re.sub(r"</?strong>", "**", re.sub(r"</?p>|<br ?/?>", "\n", words)).strip()
    return Shown(unescape(text), line.thread, tuple(map(unescape, labels)), None)
