"""The real adapter on the local workspace, with the real Bolt and SDK, and what it heard."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from adapters.slack.adapter import Settings, SlackAdapter
from adapters.slack.tiers import Tiers
from bot.dispatch import Mend
from bot.events import Account, Event, Place
from bot.log import open_log
from bot.messages import Parcel
from tests.slack.server.people import Person
from tests.slack.server.state import Message
from tests.slack.server.workspace import Workspace

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
FILE = b"BEGIN:VCALENDAR\r\n"


@dataclass(slots=True)
class Kept:
    """Notes in memory."""

    notes: dict[str, Any] = field(default_factory=dict)

    async def read(self, key: str) -> Any:
        return self.notes.get(key)

    async def write(self, key: str, value: Any) -> None:
        self.notes[key] = value


@dataclass(slots=True)
class Watch:
    """The doors of a community with these spaces, and where it waits for something."""

    places: Sequence[Place] = ()
    dms: Sequence[Place] = ()
    roots: Sequence[tuple[Place, str]] = ()

    async def is_space(self, place: Place) -> bool:
        return place in self.places

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        return dict.fromkeys(self.places, "discussion")

    async def has_role(self, account: Account) -> bool:
        return False

    async def may_write(self, account: Account) -> bool:
        return True

    async def asked(self, platform: str) -> Sequence[Place]:
        return self.dms

    async def threads(self, platform: str, since: datetime) -> Sequence[tuple[Place, str]]:
        return self.roots


@dataclass(slots=True)
class Adapted:
    """An adapter that runs. `answer` is what hearing an event comes to; `claimed` as the core."""

    workspace: Workspace
    adapter: SlackAdapter
    notes: Kept
    log: io.StringIO
    heard: list[Event] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    answer: Callable[[Event], Awaitable[Any]] | None = None
    running: asyncio.Task[None] | None = None

    async def hear(self, event: Event) -> Any:
        outcome = await self.answer(event) if self.answer is not None else None
        # What must be mended is rolled back, its claim too.
        if event.id not in self.claimed and not isinstance(outcome, Mend):
            self.claimed.add(event.id)
            self.heard.append(event)
            self.workspace.changed()
        return outcome

    @property
    def room(self) -> Place:
        return Place("slack", "", self.workspace.channel("#general").id)

    def account(self, name: str) -> Account:
        return Account("slack", "", self.workspace.user(name).id)

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def posts(self) -> list[Message]:
        """What the bot said in the channel, threads included, as it stands."""
        channel = self.workspace.channel("#general")
        bot = self.workspace.app.bot_user
        return [each for each in channel.messages.values() if each.user == bot]

    def parcel(self, operation: str = "say", *, who: str = "", **changes: Any) -> Parcel:
        """A parcel for the channel; `text`, `buttons`, `to` and the like go into its body.

        `who` is the person whom it lets in, or out.
        """
        given: dict[str, Any] = {
            "id": 1,
            "token": "a1b2",
            "operation": operation,
            "place": self.room,
            "at": self.workspace.clock.now(),
        }
        names = {*given, "thread", "target", "uncertain", "lane"}
        given |= {name: value for name, value in changes.items() if name in names}
        body = {"text": "Bonjour", "buttons": [], "kind": "answer", "started_by": "person"}
        body |= {name: value for name, value in changes.items() if name not in names}
        if who:
            body["id"] = self.account(who).id
        return Parcel(body=body, **given)

    async def until(self, *kinds: type) -> Event:
        """The newest event of these kinds, once there is one."""

        def found() -> Event | None:
            return next((each for each in reversed(self.heard) if isinstance(each, kinds)), None)

        event: Event = await self.workspace.until(found)
        return event


def made(
    workspace: Workspace,
    *,
    notes: Kept | None = None,
    watch: Watch | None = None,
    tiers: Tiers | None = None,
    url: str = "",
    bot_token: str = "",
) -> Adapted:
    """An adapter that does not run yet; Slack's tiers hold nothing back unless asked for."""
    watch, notes, log = watch or Watch(), notes or Kept(), io.StringIO()
    adapter = SlackAdapter(
        settings=Settings(
            api_url=url or workspace.url,
            bot_token=bot_token or workspace.app.bot_token,
            app_token=workspace.app.app_token,
        ),
        clock=workspace.clock,
        log=open_log(log, workspace.clock),
        notes=notes,
        doors=watch,
        following=watch,
        read_file=lambda _digest: FILE,
        tiers=tiers or Tiers(workspace.clock, {}, 0),
    )
    return Adapted(workspace, adapter, notes, log)


@asynccontextmanager
async def running(
    adapted: Adapted, *, answer: Callable[[Event], Awaitable[Any]] | None = None
) -> AsyncIterator[Adapted]:
    """It runs, and its socket is open."""
    adapted.answer = answer
    before = len(adapted.workspace.delivery.links)
    adapted.running = asyncio.create_task(adapted.adapter.run(adapted.hear))
    try:
        waiting = asyncio.create_task(
            adapted.workspace.until(lambda: len(adapted.workspace.delivery.links) > before)
        )
        await asyncio.wait([waiting, adapted.running], return_when=asyncio.FIRST_COMPLETED)
        if adapted.running.done():
            waiting.cancel()
            adapted.running.result()
        yield adapted
    finally:
        adapted.running.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await adapted.running
        await adapted.adapter.close()
