"""Where transactions come from: two engines on one file, or one PostgreSQL.

On SQLite *write* has a pool of one and begins with `BEGIN IMMEDIATE`, so that two transactions
never lose each other's updates; on PostgreSQL an advisory lock does the same. *read* has four
connections that cannot write. WAL with full durability, `secure_delete`, and a checkpoint that
truncates the WAL soon after a body was wiped [RE-6, SE-10]. Source of the measured traps:
platform facts §5, §7.
"""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolResetState

from bot.log import Log
from storage import erasures
from storage.actors import People
from storage.forms import FormStates
from storage.intents import Intents
from storage.mailbox import Mailbox
from storage.notebook import Notebook
from storage.outbox import Outbox
from storage.tasks import Tasks
from storage.timers import Timers

BUSY = 10_000
"""Milliseconds a connection waits for the one writer."""
BRIEFLY = 50
"""Milliseconds the clean-up of the WAL waits for readers: events wait behind it meanwhile."""


class Tx:
    """One transaction with every port on it (see `bot.ports.Tx`)."""

    __slots__ = ("forms", "intents", "mailbox", "notebook", "people", "session", "tasks", "timers")

    def __init__(self, session: AsyncSession, seal: bytes = b"") -> None:
        self.session = session
        self.mailbox = Mailbox(session)
        self.timers = Timers(session)
        self.tasks = Tasks(session)
        self.intents = Intents(session)
        self.forms = FormStates(session, seal)
        self.people = People(session)
        self.notebook = Notebook(session)


@dataclass(slots=True)
class Database:
    """The store: `begin` to write, `reading` to read; `close` ends every connection."""

    url: str
    write: AsyncEngine
    read: AsyncEngine
    erasures_list: Path | None = None
    """The list in which every erasure is written once more, after its commit [SE-8]."""
    log: Log | None = None
    seal: bytes = b""
    """The key of drafts that are kept sealed."""

    @classmethod
    def open(cls, url: str) -> Database:
        """Opens engines for a URL such as `sqlite+aiosqlite:///copain.db`; connects lazily."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise ValueError("a file is needed: transactions interleave in memory")
            return cls(url, _on_file(url, reading=False), _on_file(url, reading=True))
        write = create_async_engine(
            url, pool_size=1, max_overflow=0, pool_timeout=60, pool_pre_ping=True
        )
        _one_writer(write)
        read = create_async_engine(
            url,
            pool_size=4,
            pool_pre_ping=True,
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        )
        return cls(url, write, read)

    @property
    def sqlite(self) -> bool:
        """Whether this is a file of SQLite."""
        return self.write.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file, or None for a server."""
        name = make_url(self.url).database
        return Path(name) if self.sqlite and name else None

    @property
    def outbox(self) -> Outbox:
        """The outbox as delivery sees it."""
        return Outbox(self.session, self.reading)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A write session: commits at its end, rolls back on any error."""
        async with AsyncSession(self.write, expire_on_commit=False) as session, session.begin():
            yield session
        if self.erasures_list is not None and (erased := session.info.get(erasures.ERASED)):
            self._list(self.erasures_list, erased)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        """A transaction with every port on it."""
        async with self.session() as session:
            yield Tx(session, self.seal)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """The same ports over a session that cannot write."""
        async with AsyncSession(self.read, expire_on_commit=False) as session, session.begin():
            yield Tx(session, self.seal)

    def _list(self, path: Path, erased: Mapping[str, datetime]) -> None:
        """Writes erasures in the list. They are done: a fault here must not make it seem else."""
        try:
            erasures.append(path, erased)
        except OSError as error:
            # The table has them: the next start or night adds them to the list.
            if self.log is not None:
                cause = errno.errorcode.get(error.errno or 0, "unknown")
                self.log.warning("erasures-unlisted", cause=cause, count=len(erased), error=error)

    async def forget_wal(self) -> bool:
        """Empties the WAL, where copies of wiped text would outlive their row [SE-10].

        False when somebody was reading: then it is for the next time, for nobody may wait for it.
        """
        if not self.sqlite:
            return True
        async with self.write.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.execute(f"PRAGMA busy_timeout={BRIEFLY}")
            try:
                cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                row = await cursor.fetchone()
                await cursor.close()
            finally:
                await driver.execute(f"PRAGMA busy_timeout={BUSY}")
        return bool(row[0] == 0)

    async def check(self) -> str:
        """Asks the database for its name and version."""
        async with self.read.connect() as connection:
            query = "select sqlite_version()" if self.sqlite else "show server_version"
            version = (await connection.execute(text(query))).scalar_one()
        return f"{self.write.dialect.name} {version}"

    async def close(self) -> None:
        """Ends every connection."""
        await self.read.dispose()
        await self.write.dispose()


def _on_file(url: str, *, reading: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=4 if reading else 1,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,
    )

    @event.listens_for(engine.sync_engine, "reset")
    def reset(connection: Any, _record: Any, state: PoolResetState) -> None:
        # The pool would roll back after every commit too, and each way to SQLite's thread costs.
        if not state.terminate_only and connection.driver_connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # Python's sqlite3 would begin transactions by itself, too late and in the wrong mode.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _pragmas(reading=reading):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _one_writer(engine: AsyncEngine) -> None:
    """One write transaction at a time on PostgreSQL too, whichever process it comes from."""

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('copain'))")


def _pragmas(*, reading: bool) -> list[str]:
    common = [f"busy_timeout={BUSY}", "foreign_keys=ON", "secure_delete=ON"]
    if reading:
        return [*common, "query_only=ON"]
    return ["journal_mode=WAL", "synchronous=FULL", *common]
