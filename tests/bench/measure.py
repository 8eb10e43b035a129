"""What all measurements share: percentiles, a table with the goal beside the figure, the house.

Figures are printed and never asserted: the machine may be busy, so every promise that is a ratio is
measured side by side with its bare minimum in the same run.
"""

from __future__ import annotations

import asyncio
import gc
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import event, text

from bot.app import House
from bot.events import Account, Place, Said
from storage.database import Database, Tx
from tests.conversation import Conversation, conversation

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""The beginning of every measurement: that of the demo."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table: what was measured, how much it was, and what was promised."""

    what: str
    measured: str
    goal: str = ""


def show(figures: Sequence[Figure]) -> None:
    """Prints the machine and a table."""
    print(machine())
    rows = [("", "measured", "goal"), *((f.what, f.measured, f.goal) for f in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for what, measured, goal in rows:
        print(f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {goal}".rstrip())


def machine() -> str:
    """What the figures were measured on, and how busy it was with something else."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f},"
        f" Python {version}, SQLite {sqlite3.sqlite_version}"
    )


def percentile(samples: Sequence[float], share: float) -> float:
    """The sample below which that share of all lies (nearest rank)."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(samples: Sequence[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    return f"{percentile(samples, 0.5) * 1000:.2f} / {percentile(samples, 0.99) * 1000:.2f} ms"


def resident() -> float:
    """Memory of this process, in MiB."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def worked(process: psutil.Process) -> float:
    """Seconds of a core that a process and its children used so far."""
    return float(sum(sum(each.cpu_times()[:2]) for each in _family(process)))


def weight(process: psutil.Process) -> float:
    """Memory of a process and its children, in MiB."""
    return float(sum(each.memory_info().rss for each in _family(process))) / 2**20


async def rested(process: psutil.Process) -> None:
    """Returns when a process that was just started does nothing any more."""
    for _ in range(60):
        before = worked(process)
        await asyncio.sleep(0.5)
        if worked(process) - before < 0.03:
            return


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


@dataclass(slots=True)
class Watched:
    """A store that notes how long each write transaction lasts, from begin to commit.

    `held` is the part of it in which nobody else could write.
    """

    database: Database
    lasted: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        began = time.perf_counter()
        async with self.database.session() as session:
            await session.connection()
            locked = time.perf_counter()
            yield Tx(session)
        ended = time.perf_counter()
        self.lasted.append(ended - began)
        self.held.append(ended - locked)

    def reading(self) -> Any:
        return self.database.reading()

    async def forget_wal(self) -> bool:
        return await self.database.forget_wal()

    @property
    def outbox(self) -> Any:
        return self.database.outbox


@dataclass(slots=True)
class Delay:
    """How long the event loop was kept from turning, at worst.

    `late` counts all that passed meanwhile, other programs on the machine too; `busy` only what
    the loop's own thread worked without a pause.
    """

    late: float = 0.0
    busy: float = 0.0

    async def watch(self, every: float = 0.001) -> None:
        """Looks at the loop until it is cancelled."""
        while True:
            asked, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(every)
            self.late = max(self.late, time.perf_counter() - asked - every)
            self.busy = max(self.busy, time.thread_time() - worked)

    def __str__(self) -> str:
        return f"{self.late * 1000:.1f} ms, working {self.busy * 1000:.1f} ms"


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that reach the database meanwhile, with their values."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        found.append((sql, values))

    engines = (database.write.sync_engine, database.read.sync_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


async def plan(database: Database, sql: str, values: Any) -> list[str]:
    """How SQLite would carry a statement out (EXPLAIN QUERY PLAN)."""
    async with database.read.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        return [str(tuple(row)[-1]) for row in rows]


@asynccontextmanager
async def ready_house(folder: Path | None = None) -> AsyncIterator[House]:
    """The demo's program on a real file at full durability, without the limit per person."""
    with tempfile.TemporaryDirectory(prefix="copain-bench-") as temporary:
        async with conversation(folder or Path(temporary), per_person="0") as talk:
            yield _checked(talk)


def _checked(talk: Conversation) -> House:
    assert talk.house.database.sqlite
    assert talk.house.dispatch.limits.most == 0
    return talk.house


async def durability(database: Database) -> str:
    """How the writer's connection keeps what it commits: `wal, synchronous 2`."""
    async with database.write.connect() as connection:
        journal = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
        synchronous = (await connection.execute(text("PRAGMA synchronous"))).scalar_one()
    return f"{journal}, synchronous {synchronous}"


def command(number: int, line: str = "home", who: str = "marie") -> Said:
    """A command in the private conversation of a member."""
    account = Account("terminal", "", who)
    return Said(
        id=f"bench:command:{number}",
        at=AT,
        place=account.dm,
        by=account,
        name=who,
        text=line,
        message=f"c{number}",
        addressed=True,
    )


def remark(number: int, who: str = "marie") -> Said:
    """A message in a space, of which only that it was written is noted."""
    return Said(
        id=f"bench:remark:{number}",
        at=AT,
        place=Place("terminal", "", "general"),
        by=Account("terminal", "", who),
        name=who,
        text="Bonjour",
        message=f"r{number}",
    )
