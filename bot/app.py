"""Joins everything: the only file that imports every folder.

`open_house` builds what every way of running needs; `demo` plays it in the terminal.
"""

from __future__ import annotations

import asyncio
import base64
import os
import secrets as os_secrets
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import commands
from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.play import Stage
from adapters.terminal.server import Server
from bot.attachments import Attachments
from bot.chance import Chance, SeededChance
from bot.clock import Clock, FrozenClock
from bot.config import Community, Config
from bot.delivery import Delivery
from bot.dispatch import Dispatch, Outcome
from bot.events import Account, Event
from bot.limits import PerPerson
from bot.log import Log, open_log
from bot.ports import Adapter
from bot.registry import Registry
from bot.texts import Texts
from commands import founding
from scheduler.housekeeping import NIGHT, Night, forget_wal
from scheduler.ring import Ring, settle, until
from storage import intents, migrate, people
from storage.database import Database

BEGIN = datetime(2026, 3, 2, 9)
"""When the demo's clock begins, in community time (contracts §4)."""
SEED = 1


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

    async def hear(self, event: Event) -> Outcome:
        """Takes an event to its outcome."""
        return await self.dispatch(event)

    async def settle(self) -> None:
        """Tasks and deliveries that can happen now have happened."""
        assert isinstance(self.clock, FrozenClock)
        await settle(self.ring, self.delivery, self.clock)

    async def pass_time(self, end: datetime, settled: Callable[[], Awaitable[None]]) -> None:
        """Everything due happens in order at its own time; then the clock stands at `end`."""
        assert isinstance(self.clock, FrozenClock)
        await until(self.ring, self.delivery, self.clock, end, settled=settled)

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
) -> AsyncIterator[House]:
    """Opens the database (brought up to date), and joins the parts; closes them at the end."""
    database = Database.open(url)
    registry = Registry.of(commands.load())
    texts = Texts.load()
    attachments = Attachments(folder / "attachments")
    try:
        await migrate.upgrade(database)
        async with database.begin() as tx:
            for community in communities:
                await founding.adopt(tx, community, now=clock.now())
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
        zone = ZoneInfo(communities[0].timezone)
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
        await night.ensure(clock.now())
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
        )
        await forget_wal(database)
    finally:
        await database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a fresh demo folder begins with."""

    communities: tuple[Community, ...]
    people: tuple[dict[str, Any], ...]
    language: str


def ready_made(language: str = "fr", state: str | None = None) -> World:
    """The community "Demo" of contracts §4."""
    path = Path(__file__).parent / "content" / "demo.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    said = dict(raw["community"])
    english = said.pop("purpose_en")
    if language == "en":
        said |= {"language": "en", "purpose": english}
    said["state"] = state or said["state"]
    members = [dict(each) for each in raw["people"]]
    for member in members:
        if language == "en" and member["account"] != "ibrahim":
            member["language"] = "en"
    return World(
        communities=(Community.model_validate(said),), people=tuple(members), language=language
    )


def configured(config: Config, state: str | None = None) -> World:
    """The communities of a configuration that live in the terminal."""
    chosen = []
    for each in config.communities:
        spaces = tuple(space for space in each.spaces if space.platform == "terminal")
        update: dict[str, Any] = {"spaces": spaces}
        if state is not None:
            update["state"] = state
        chosen.append(each.model_copy(update=update))
    return World(communities=tuple(chosen), people=(), language=config.bot.language)


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
    folder.mkdir(parents=True, exist_ok=True)
    seal = _own_secret(folder)
    zone = ZoneInfo(world.communities[0].timezone)
    clock = FrozenClock(BEGIN.replace(tzinfo=zone).astimezone(UTC))
    server = Server.open(folder)

    def adapters(attachments: Attachments) -> dict[str, Adapter]:
        return {"terminal": TerminalAdapter(server, zone, attachments.read)}

    async with open_house(
        url=url or f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        folder=folder,
        clock=clock,
        chance=SeededChance(SEED),
        log=log,
        adapters=adapters,
        communities=world.communities,
        language=world.language,
        per_person=per_person,
        seal=seal,
    ) as house:
        await _people_the_world(house, server, world)
        stage = Stage(server, clock, house, zone)
        stage.load()
        _remember_pace(house, stage)
        server.show = show
        await stage.resume()
        yield house, stage


async def _people_the_world(house: House, server: Server, world: World) -> None:
    """Rooms and members of a fresh folder; harmless when they are there."""
    at = house.clock.now()
    for community in world.communities:
        for space in community.spaces:
            server.happen(f"world:{space.id}", "room", at, room=space.id)
    async with house.database.begin() as tx:
        if await tx.notebook.read("world") is None:
            await _seat(tx, world, at)
            await tx.notebook.write("world", "ready")
    for community in world.communities:
        staff = [str(ref.id) for ref in community.roles]
        members = [str(each["account"]) for each in world.people] or staff
        for space in community.spaces:
            for name in staff if space.use == "animators" else members:
                server.happen(f"world:{space.id}:{name}", "join", at, by=name, room=space.id)


async def _seat(tx: Any, world: World, at: datetime) -> None:
    since = world.communities[0].launched
    begun = datetime(since.year, since.month, since.day, 13, tzinfo=UTC) if since else at
    row = await founding.row_of(tx, world.communities[0].slug)
    for member in world.people:
        account = Account("terminal", "", str(member["account"]))
        await founding.seat(tx, row, account, member, since=begun)
    for each in await people.members(tx.session, row.id or 0):
        await founding.settled(tx, row, each, since=begun)


def _remember_pace(house: House, stage: Stage) -> None:
    """The per-person limit counts what was said in the clock's last minute before a kill."""
    for entry in stage.done[-200:]:
        at = datetime.fromisoformat(entry["at"])
        if (house.clock.now() - at).total_seconds() < 60:
            stage.recount(entry, house.dispatch.limits)


def _own_secret(folder: Path) -> bytes:
    path = folder / "secret"
    if not path.exists():
        path.write_text(base64.b64encode(os_secrets.token_bytes(32)).decode() + "\n")
        os.chmod(path, 0o600)
    return base64.b64decode(path.read_text())


def quiet_log(stream: TextIO, clock: Clock | None = None) -> Log:
    """The log of a demo: only what went wrong, for people."""
    from bot.clock import SystemClock

    return open_log(stream, clock or SystemClock(), style="human", level="warning")


def play_all(lines: Iterable[str]) -> list[str]:
    """The lines of a script without their ends."""
    return [line.rstrip("\r\n") for line in lines]


def run_async(coroutine: Any) -> Any:
    """Runs the program's one event loop."""
    return asyncio.run(coroutine)


def demo(
    *,
    lang: str,
    data: Path | None,
    script: Path | None,
    json: bool,
    transcript: bool,
    state: str | None,
    config: Path | None,
) -> int:
    """`copain demo`; returns the exit status."""
    import sys
    import tempfile

    from adapters.terminal.session import JsonLines, ScriptStopped, play_file, play_stream

    world = ready_made(lang, state)
    printer = JsonLines(sys.stdout)

    async def play(folder: Path) -> int:
        log = quiet_log(sys.stderr)
        async with open_stage(folder, world, log=log, show=printer.show) as (_house, stage):
            try:
                if script is not None:
                    await play_file(stage, script.read_text(encoding="utf-8").splitlines(), printer)
                else:
                    await play_stream(stage, sys.stdin, printer)
            except ScriptStopped as stopped:
                print(stopped, file=sys.stderr)
                return 2
        return 0

    with tempfile.TemporaryDirectory() as temporary:
        return int(run_async(play(data or Path(temporary))))
