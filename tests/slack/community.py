"""The ready-made community in channels of the local Slack, and the whole bot in them.

The house, its database and its frozen clock are those of every other test, and the workspace shares
that clock; Bolt and the SDK talk to it over loopback. Nothing here waits by sleeping: an act is
acknowledged once the bot has handled it, and what it causes is sent at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import commands
from adapters.slack.adapter import Settings, SlackAdapter
from adapters.slack.manifest import manifest
from adapters.slack.tiers import Tiers
from bot.app import House, World, open_house, quiet_log, ready_made
from bot.attachments import Attachments
from bot.chance import SeededChance
from bot.cli.words import Words
from bot.clock import FrozenClock
from bot.config import AccountRef
from bot.config import Community as Configured
from bot.config.models import Space
from bot.dispatch import Done, Outcome
from bot.events import Account, Event, Place, SpaceChanged
from bot.home import Pages
from bot.ports import Adapter, Tx
from bot.registry import Registry
from bot.speaking import ScoreLine
from commands import founding
from storage import people
from storage.database import Database
from storage.doors import Doors
from storage.notebook import Notes
from tests.slack.server.app import App
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace

BEGIN = datetime.fromisoformat("2026-03-02T09:00")
SEAL = b"0" * 32
CHANNELS = ("general", "annonces", "animateurs")

Others = Callable[[FrozenClock, Database, Attachments], dict[str, Adapter]]
Wrap = Callable[[SlackAdapter, FrozenClock, ZoneInfo, Attachments], Adapter]


@dataclass(slots=True)
class Ears:
    """Hears for the house, and keeps what it heard and what it said to that (the score)."""

    dispatch: Callable[[Event], Awaitable[Outcome]]
    workspace: Workspace
    heard: list[Event] = field(default_factory=list)
    score: list[ScoreLine] = field(default_factory=list)
    rename: Callable[[Event], Event] = lambda event: event

    async def __call__(self, event: Event) -> Outcome:
        """Takes an event to its outcome."""
        event = self.rename(event)
        outcome = await self.dispatch(event)
        if isinstance(outcome, Done):
            self.score += outcome.score
        self.heard.append(event)
        self.workspace.changed()
        return outcome


@dataclass(slots=True, kw_only=True, repr=False)
class Community:
    """The people and channels of the ready-made world by their names there, and the bot."""

    workspace: Workspace
    house: House
    clock: FrozenClock
    zone: ZoneInfo
    ears: Ears
    adapter: SlackAdapter

    def person(self, name: str, **more: Any) -> Person:
        """Somebody at their screen; a new account, in no channel, when nobody is called so."""
        return self.workspace.person(name, **more)

    def account(self, name: str) -> Account:
        """The account of somebody."""
        return Account("slack", "", self.workspace.user(name).id)

    def channel(self, name: str) -> Place:
        """The place of a channel."""
        return Place("slack", "", self.workspace.channel(name).id)

    async def pass_until(self, at: str) -> None:
        """Everything due happens in order; then it is that time in the community."""
        end = datetime.fromisoformat(at).replace(tzinfo=self.zone)
        await self.settle()
        await self.house.pass_time(end.astimezone(UTC), self.settle)

    async def done(self, act: Awaitable[Ack]) -> Ack:
        """Waits until what somebody does was heard, and all that it causes was sent."""
        ack = await act
        await self.settle()
        return ack

    async def settle(self) -> None:
        """All that can happen now has happened: what was sent makes events of its own."""
        while True:
            await self.house.settle()
            await self.workspace.delivery.settled()
            if not self.house.delivery.woken:
                return

    async def page(self, name: str) -> str:
        """What stands on somebody's own page, after they opened it."""
        person = self.person(name)
        await self.done(person.open_home())
        await self.adapter._pages.publish()  # noqa: SLF001 - it would gather changes for a moment
        assert person.home is not None
        return person.home.read


@asynccontextmanager
async def community(
    folder: Path,
    *,
    lang: str = "fr",
    features: tuple[ModuleType, ...] = (),
    wrap: Wrap | None = None,
    others: Others = lambda _clock, _database, _attachments: {},
    also: Callable[[Configured], Configured] = lambda found: found,
    beside: Sequence[tuple[Account, Mapping[str, Any]]] = (),
) -> AsyncIterator[Community]:
    """Opens the ready-made community: everybody in their channels, the bot connected.

    `features` are those that only this test knows; `others` are further platforms, which `also`
    adds to the configuration, and `beside` are the members there.
    """
    world = ready_made(lang)
    zone = ZoneInfo(world.communities[0].timezone)
    clock = FrozenClock(BEGIN.replace(tzinfo=zone))
    registry = Registry.of([*commands.load(), *features])
    workspace = furnished(world, clock, registry)
    built: list[SlackAdapter] = []

    def adapters(database: Database, attachments: Attachments) -> dict[str, Adapter]:
        real = _adapter(workspace, clock, database, attachments)
        built.append(real)
        mine = wrap(real, clock, zone, attachments) if wrap else real
        return {"slack": mine, **others(clock, database, attachments)}

    async with (
        serving(workspace),
        open_house(
            url=f"sqlite+aiosqlite:///{folder / 'copain.db'}",
            folder=folder,
            clock=clock,
            chance=SeededChance(1),
            log=quiet_log(sys.stderr),
            adapters=adapters,
            communities=(also(_on_slack(world, workspace)),),
            language=lang,
            prefixes={"matrix": "!copain"},
            seal=SEAL,
            seat=lambda tx, now: _seat(tx, world, (*_members(world, workspace), *beside)),
        ) as house,
    ):
        house.dispatch.registry = registry
        house.ring.work_of = {**house.ring.work_of, **registry.tasks}
        ears = Ears(house.dispatch, workspace)
        house.listen(ears)
        built[0].furnish(Pages(house.dispatch.looking, clock))
        made = Community(
            workspace=workspace, house=house, clock=clock, zone=zone, ears=ears, adapter=built[0]
        )
        async with _listening(made):
            yield made


def furnished(world: World, clock: FrozenClock, registry: Registry) -> Workspace:
    """A workspace with the people and channels of the world, where our app is installed as its
    manifest says.
    """
    words = Words(world.communities[0].language, now=clock.now())

    def say(key: str, values: Mapping[str, Any] | None = None) -> str:
        # What only a test knows has no label.
        return words.plain(key, values) if words.texts.has(key) else key

    shortcuts = [each.action for each in registry.buttons.values() if each.shortcut]
    workspace = Workspace(clock, App.from_manifest(manifest("copain", shortcuts, say=say)))
    for member in world.people:
        workspace.add_user(str(member["account"]), real_name=str(member["name"]))
    names = [str(member["account"]) for member in world.people]
    for channel in CHANNELS:
        inside = ("claire", "antoine") if channel == "animateurs" else names
        workspace.add_channel(channel, *inside, kind="group")
    return workspace


def _adapter(
    workspace: Workspace, clock: FrozenClock, database: Database, attachments: Attachments
) -> SlackAdapter:
    doors = Doors(database)
    return SlackAdapter(
        settings=Settings(
            api_url=workspace.url,
            bot_token=workspace.app.bot_token,
            app_token=workspace.app.app_token,
        ),
        clock=clock,
        log=quiet_log(sys.stderr, clock),
        notes=Notes(database.begin, database.reading),
        doors=doors,
        following=doors,
        read_file=attachments.read,
        # On a clock that stands still nobody would ever be let go on.
        tiers=Tiers(clock, {}, 0),
    )


@asynccontextmanager
async def _listening(made: Community) -> AsyncIterator[None]:
    running = asyncio.create_task(made.adapter.run(made.ears))
    # Whoever waits for the link learns that there will be none.
    running.add_done_callback(lambda _ended: made.workspace.changed())
    try:
        await made.workspace.until(lambda: running.done() or made.workspace.delivery.ready)
        if running.done():
            running.result()
        await made.adapter.caught_up()
        # Weeks pass here between two looks at the link, which stands.
        listening = made.adapter._listening  # noqa: SLF001
        assert listening is not None
        listening.alive = _unnoticed
        await made.workspace.until(lambda: _looked_at(made))
        await made.settle()
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await made.adapter.close()


def _looked_at(made: Community) -> bool:
    """Whether the bot knows how every channel is called and whether it is open: it looks beside
    what it hears.
    """
    told = [each for each in made.ears.heard if isinstance(each, SpaceChanged)]
    named = {(each.place.id, bool(each.title)) for each in told}
    ours = made.workspace.channels.values()
    return all((each.id, title) in named for each in ours for title in (True, False))


async def _unnoticed(_standing: bool) -> None:
    return


def _on_slack(world: World, workspace: Workspace) -> Configured:
    said = world.communities[0]

    def there(refs: tuple[AccountRef, ...]) -> tuple[AccountRef, ...]:
        return tuple(AccountRef("slack", workspace.user(ref.id).id) for ref in refs)

    spaces = tuple(
        Space(platform="slack", id=workspace.channel(space.id).id, use=space.use)
        for space in said.spaces
    )
    update = {
        "spaces": spaces,
        "coordinators": there(said.coordinators),
        "animators": there(said.animators),
    }
    return said.model_copy(update=update)


def _members(world: World, workspace: Workspace) -> Iterator[tuple[Account, Mapping[str, Any]]]:
    for member in world.people:
        yield Account("slack", "", workspace.user(str(member["account"])).id), member


async def _seat(tx: Tx, world: World, members: Iterable[tuple[Account, Mapping[str, Any]]]) -> None:
    """The people of the ready-made world, who have been here for long."""
    if await tx.notebook.read("world") is not None:
        return
    said = world.communities[0]
    assert said.launched is not None
    since = datetime(said.launched.year, said.launched.month, said.launched.day, 13, tzinfo=UTC)
    row = await founding.row_of(tx, said.slug)
    for account, member in members:
        await founding.seat(tx, row, account, member, since=since)
    for each in await people.members(tx.session, row.id or 0):
        await founding.settled(tx, row, each, since=since)
    await tx.notebook.write("world", "ready")
