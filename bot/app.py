"""Joins everything: the only file that imports every folder.

`open_house` builds what every way of running needs; `open_stage` puts the terminal's chat before
it. The sub-commands of `bot.cli` open what they need.
"""

from __future__ import annotations

import base64
import secrets as os_secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import commands
from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.play import Stage, last_instant
from adapters.terminal.server import Server
from bot.attachments import Attachments
from bot.chance import Chance, SeededChance
from bot.clock import Clock, FrozenClock, SystemClock
from bot.config import Community
from bot.delivery import Delivery
from bot.dispatch import Dispatch, Outcome
from bot.events import Account, Event
from bot.limits import PerPerson
from bot.log import Log, open_log
from bot.ports import Adapter, Tx
from bot.registry import Registry
from bot.texts import Texts
from bot.world import World, configured, ready_made
from commands import founding
from scheduler.housekeeping import NIGHT, Night, forget_wal, next_night
from scheduler.ring import Ring, settle, until
from storage import intents, migrate, people, timers
from storage.afresh import empty
from storage.database import Database

__all__ = [
    "House",
    "World",
    "configured",
    "open_house",
    "open_stage",
    "quiet_log",
    "ready_made",
]

BEGIN = datetime.fromisoformat("2026-03-02T09:00")
"""When the demo's clock begins, in community time (contracts §4)."""
SEED = 1
BEGUN = "world.begun"

Founding = Callable[[Tx, datetime], Awaitable[None]]
"""Brings what was there from the start into the database, at that time; harmless when it is."""


@dataclass(slots=True, kw_only=True)
class House:
    """The running program: its parts, joined."""

    database: Database
    registry: Registry
    texts: Texts
    dispatch: Dispatch
    delivery: Delivery
    ring: Ring
    clock: Clock
    attachments: Attachments
    log: Log
    found: Founding

    async def hear(self, event: Event) -> Outcome:
        """Takes an event to its outcome."""
        return await self.dispatch(event)

    async def settle(self) -> None:
        """Tasks and deliveries that can happen now have happened."""
        assert isinstance(self.clock, FrozenClock)
        # Only a commit can make something ready; looking for nothing costs as much as finding it.
        while self.delivery.woken:
            await settle(self.ring, self.delivery, self.clock)

    async def pass_time(self, end: datetime, settled: Callable[[], Awaitable[None]]) -> None:
        """Everything due happens in order at its own time; then the clock stands at `end`."""
        assert isinstance(self.clock, FrozenClock)
        await until(self.ring, self.delivery, self.clock, end, settled=settled)

    async def begin_at(self, instant: datetime) -> None:
        """The same world, begun at another time: only where nothing has happened yet."""
        async with self.database.begin() as tx:
            # Done twice, it would draw new numbers, and a continued demo must not.
            if await tx.notebook.read(BEGUN) == instant.isoformat():
                return
            await empty(tx.session)
            await self.found(tx, instant)
            await tx.notebook.write(BEGUN, instant.isoformat())

    async def rest(self) -> None:
        """Nothing happens any more: what was wiped is gone from the disk [SE-10]."""
        await forget_wal(self.database)

    async def held(self) -> tuple[int, datetime | None]:
        """How many messages courtesy holds, and when the next one leaves."""
        async with self.database.reading() as tx:
            return await intents.held_by_courtesy(tx.session, self.clock.now())


@asynccontextmanager
async def open_house(
    *,
    url: str,
    folder: Path,
    clock: Clock,
    chance: Chance,
    log: Log,
    adapters: Callable[[Attachments], dict[str, Adapter]],
    communities: Sequence[Community],
    language: str = "fr",
    prefix: str = "/copain",
    per_person: str = "40/min",
    seal: bytes = b"",
    seat: Founding | None = None,
) -> AsyncIterator[House]:
    """Opens the database (brought up to date), and joins the parts; closes them at the end.

    `seat` brings in who is there from the start, once the communities stand.
    """
    database = Database.open(url)
    registry = Registry.of(commands.load())
    texts = Texts.load()
    attachments = Attachments(folder / "attachments")
    try:
        await migrate.upgrade(database)
        zone = ZoneInfo(communities[0].timezone)

        async def found(tx: Tx, now: datetime) -> None:
            for community in communities:
                await founding.adopt(tx, community, now=now)
            if seat is not None:
                await seat(tx, now)
            await timers.ensure(tx.session, NIGHT, due=next_night(now, zone))

        async with database.begin() as tx:
            await found(tx, clock.now())
        dispatch = Dispatch(
            registry=registry,
            store=database,
            texts=texts,
            chance=chance,
            log=log,
            attachments=attachments,
            limits=PerPerson.of(per_person),
            wake=lambda: None,
            language=language,
            prefix=prefix,
            seal=seal,
        )
        delivery = Delivery(
            outbox=database.outbox,
            adapters=adapters(attachments),
            clock=clock,
            log=log,
            hear=dispatch,
        )
        dispatch.wake = delivery.wake
        delivery.wake()
        night = Night(database=database, attachments=attachments, zone=zone, log=log)
        ring = Ring(
            database=database,
            hear=dispatch,
            work_of=registry.tasks,
            log=log,
            chores={NIGHT: night},
            chance=chance,
        )
        await ring.begin(clock.now())
        yield House(
            database=database,
            registry=registry,
            texts=texts,
            dispatch=dispatch,
            delivery=delivery,
            ring=ring,
            clock=clock,
            attachments=attachments,
            log=log,
            found=found,
        )
        await forget_wal(database)
    finally:
        await database.close()


@asynccontextmanager
async def open_stage(
    folder: Path,
    world: World,
    *,
    log: Log,
    show: Callable[[dict[str, Any]], None],
    url: str | None = None,
    per_person: str = "40/min",
) -> AsyncIterator[tuple[House, Stage]]:
    """The terminal chat of a folder, where its last instruction left it."""
    seal = _own_secret(folder)
    zone = ZoneInfo(world.communities[0].timezone)
    clock = FrozenClock(last_instant(folder) or BEGIN.replace(tzinfo=zone))
    server = Server.open(folder)

    def adapters(attachments: Attachments) -> dict[str, Adapter]:
        return {"terminal": TerminalAdapter(server, clock, zone, attachments.read)}

    async with open_house(
        url=url or f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        folder=folder,
        clock=clock,
        chance=SeededChance(SEED),
        log=log,
        adapters=adapters,
        communities=world.communities,
        language=world.language,
        prefix=f"/{world.command}",
        per_person=per_person,
        seal=seal,
        seat=lambda tx, now: _seat(tx, world, now),
    ) as house:
        _furnish(server, world, clock.now())
        stage = Stage(server, clock, house, zone, world.command)
        stage.load()
        _remember_pace(house, stage)
        server.show = show
        await stage.resume()
        yield house, stage


def _furnish(server: Server, world: World, at: datetime) -> None:
    """Rooms of a fresh folder, and who is in them; harmless when they are there."""
    for community in world.communities:
        staff = [str(ref.id) for ref in community.roles]
        members = [str(each["account"]) for each in world.people] or staff
        for space in community.spaces:
            server.happen(f"world:{space.id}", "room", at, room=space.id)
        for space in community.spaces:
            for name in staff if space.use == "animators" else members:
                server.happen(f"world:{space.id}:{name}", "join", at, by=name, room=space.id)


async def _seat(tx: Tx, world: World, at: datetime) -> None:
    """The people of the ready-made world, who have been here for long."""
    if not world.people or await tx.notebook.read("world") is not None:
        return
    since = world.communities[0].launched
    begun = datetime(since.year, since.month, since.day, 13, tzinfo=UTC) if since else at
    row = await founding.row_of(tx, world.communities[0].slug)
    for member in world.people:
        account = Account("terminal", "", str(member["account"]))
        await founding.seat(tx, row, account, member, since=begun)
    for each in await people.members(tx.session, row.id or 0):
        await founding.settled(tx, row, each, since=begun)
    await tx.notebook.write("world", "ready")


def _remember_pace(house: House, stage: Stage) -> None:
    """The per-person limit counts what was said in the clock's last minute before a kill."""
    for entry in stage.done[-200:]:
        at = datetime.fromisoformat(entry["at"])
        if (house.clock.now() - at).total_seconds() < 60:
            stage.recount(entry, house.dispatch.limits)


def _own_secret(folder: Path) -> bytes:
    """The folder's COPAIN_SECRET, made with the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret"
    if not path.exists():
        # A kill leaves a whole secret or none.
        draft = folder / "secret.new"
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(os_secrets.token_bytes(32)).decode() + "\n")
        draft.replace(path)
    return base64.b64decode(path.read_text())


def quiet_log(stream: TextIO, clock: Clock | None = None) -> Log:
    """The log of a demo: only what went wrong, for people."""
    return open_log(stream, clock or SystemClock(), style="human", level="warning")
