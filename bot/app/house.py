"""The house: what every way of running needs, joined, and taken apart at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import commands
from bot.attachments import Attachments
from bot.chance import Chance
from bot.clock import Clock, FrozenClock, SystemClock
from bot.config import Community
from bot.delivery import Delivery
from bot.dispatch import Dispatch, Outcome
from bot.events import Event
from bot.foreseen import REHEARSE, REHEARSE_AS
from bot.limits import PerPerson
from bot.log import Log, open_log
from bot.ports import Adapter, Hears, Tx
from bot.registry import Registry, TaskWork
from bot.texts import Texts
from commands import founding
from scheduler.housekeeping import NIGHT, Night, forget_wal, next_night
from scheduler.ring import Ring, settle, until
from storage import copies, erasures, intents, migrate, outbox, timers
from storage.afresh import empty
from storage.database import Database
from storage.lock import alone

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

    def listen(self, hear: Hears) -> None:
        """From now on time and dead letters are heard by `hear`, which ends in the dispatch."""
        self.ring.hear = hear
        self.delivery.hear = hear

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


Adapters = Callable[[Database, Attachments], dict[str, Adapter]]
"""Builds the platforms, by name, once the database is open."""


@asynccontextmanager
async def open_house(
    *,
    url: str,
    folder: Path,
    clock: Clock,
    chance: Chance,
    log: Log,
    adapters: Adapters,
    communities: Sequence[Community],
    language: str = "fr",
    prefix: str = "/copain",
    prefixes: Mapping[str, str] | None = None,
    per_person: str = "40/min",
    seal: bytes = b"",
    seat: Founding | None = None,
    registry: Registry | None = None,
    texts: Texts | None = None,
    rehearses: bool = True,
) -> AsyncIterator[House]:
    """Opens the database (brought up to date), and joins the parts; closes them at the end.

    `prefixes` names the platforms where another `prefix` stands before a command. `seat` brings in
    who is there from the start, once the communities stand. `registry` and `texts` are read anew
    unless they are given. A house that `rehearses` can be asked what is to come; a rehearsal is
    not. Raises Busy when another process has the database.
    """
    zone = ZoneInfo(communities[0].timezone)
    found = _founder(communities, zone, seat)
    if rehearses:
        # A killed process leaves its copy, which holds everything, until somebody takes it away.
        await asyncio.to_thread(copies.sweep)
    async with alone(url), _open(url) as database:
        database.erasures_list, database.log = folder / erasures.LIST, log
        database.seal = seal
        async with database.begin() as tx:
            await found(tx, clock.now())
            await erasures.reconcile(tx.session, database.erasures_list, clock.now())
            await outbox.doubt_old(tx.session, clock.now())
        dispatch = Dispatch(
            registry=registry or Registry.of(commands.load()),
            store=database,
            texts=texts or Texts.load(),
            chance=chance,
            clock=clock,
            log=log,
            attachments=Attachments(folder / "attachments"),
            limits=PerPerson.of(per_person),
            wake=lambda: None,
            language=language,
            prefix=prefix,
            prefixes=prefixes or {},
            seal=seal,
        )
        platforms = adapters(database, dispatch.attachments)
        async with database.begin() as tx:
            forgetful = [name for name, each in platforms.items() if not each.capabilities.recalls]
            await outbox.begin_anew(tx.session, forgetful=forgetful)
        house = _join(dispatch, database, clock=clock, platforms=platforms, zone=zone, found=found)
        if rehearses:
            house.ring.work_of = {**house.ring.work_of, **_rehearsals(house, communities)}
        await house.ring.begin(clock.now())
        yield house
        await forget_wal(database)


def quiet_log(stream: TextIO, clock: Clock | None = None) -> Log:
    """The log of a demo: only what went wrong, for people."""
    return open_log(stream, clock or SystemClock(), style="human", level="warning")


@asynccontextmanager
async def _open(url: str) -> AsyncIterator[Database]:
    database = Database.open(url)
    try:
        await migrate.upgrade(database)
        yield database
    finally:
        await database.close()


def _founder(communities: Sequence[Community], zone: ZoneInfo, seat: Founding | None) -> Founding:
    async def found(tx: Tx, now: datetime) -> None:
        for community in communities:
            await founding.adopt(tx, community, now=now)
        if seat is not None:
            await seat(tx, now)
        await timers.ensure(tx.session, NIGHT, due=next_night(now, zone))

    return found


def _rehearsals(house: House, communities: Sequence[Community]) -> dict[str, TaskWork]:
    """The work of showing what the coming days bring, on a copy of what stands then."""

    async def work(_tx: Tx, **args: Any) -> dict[str, Any]:
        # Imported when it is asked for: a service that starts has no use for it [PE-7].
        from bot.app import rehearsal

        told = house.dispatch
        original = rehearsal.Original(
            url=house.database.url,
            communities=communities,
            chance=told.chance,
            abilities=told.abilities,
            language=told.language,
            prefix=told.prefix,
            prefixes=told.prefixes,
            seal=told.seal,
            registry=told.registry,
            texts=told.texts,
        )
        return await rehearsal.work(original, now=house.clock.now(), **args)

    return {each: TaskWork(action=each, work=work) for each in (REHEARSE, REHEARSE_AS)}


def _join(
    dispatch: Dispatch,
    database: Database,
    *,
    clock: Clock,
    platforms: Mapping[str, Adapter],
    zone: ZoneInfo,
    found: Founding,
) -> House:
    log, attachments = dispatch.log, dispatch.attachments
    delivery = Delivery(
        outbox=database.outbox, adapters=platforms, clock=clock, log=log, hear=dispatch
    )
    dispatch.wake = delivery.wake
    dispatch.abilities = {name: each.capabilities for name, each in platforms.items()}
    delivery.wake()
    night = Night(database=database, attachments=attachments, zone=zone, log=log)
    ring = Ring(
        database=database,
        hear=dispatch,
        work_of=dispatch.registry.tasks,
        log=log,
        chores={NIGHT: night},
        chance=dispatch.chance,
    )
    return House(
        database=database,
        registry=dispatch.registry,
        texts=dispatch.texts,
        dispatch=dispatch,
        delivery=delivery,
        ring=ring,
        clock=clock,
        attachments=attachments,
        log=log,
        found=found,
    )
