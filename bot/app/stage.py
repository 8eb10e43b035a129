"""The terminal's stage: a house behind the chat server of a folder, with a simulated clock."""

from __future__ import annotations

import base64
import secrets as os_secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.terminal.adapter import CAPABILITIES, TerminalAdapter
from adapters.terminal.play import Stage, last_instant
from adapters.terminal.server import Server
from bot.app.house import House, open_house
from bot.app.rehearsal import Original
from bot.attachments import Attachments
from bot.chance import SeededChance
from bot.clock import FrozenClock
from bot.events import Account
from bot.log import Log
from bot.ports import Adapter, Tx
from bot.world import World, ready_made
from commands import founding
from storage import people
from storage.database import Database

BEGIN = datetime.fromisoformat("2026-03-02T09:00")
"""When the demo's clock begins, in community time (contracts §4)."""
SEED = 1


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

    def adapters(_database: Database, attachments: Attachments) -> dict[str, Adapter]:
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


def original(folder: Path) -> tuple[Original, datetime]:
    """What a rehearsal of a demo's folder is a copy of, and where its clock stands."""
    path = folder / "platform" / "language"
    world = ready_made(path.read_text("utf-8").strip() if path.is_file() else "fr")
    zone = ZoneInfo(world.communities[0].timezone)
    found = Original(
        url=f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        communities=world.communities,
        chance=SeededChance(SEED),
        abilities={"terminal": CAPABILITIES},
        language=world.language,
        prefix=f"/{world.command}",
        seal=_own_secret(folder),
    )
    return found, last_instant(folder) or BEGIN.replace(tzinfo=zone)


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
