"""SQLite's driver with one way to its thread and back for each statement.

aiosqlite goes there four times for a query: for a cursor, to execute, to fetch, to close. Here it
is once, unless there are many rows. Much of what a small transaction costs is the going [PE-1].
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self, TypeVar

import aiosqlite

T = TypeVar("T")
AT_ONCE = 100
"""Rows that come back with their statement; further ones are fetched when they are asked for."""


def connect(path: str, **options: Any) -> Connection:
    """A connection to a file, opened when it is awaited (see `sqlite3.connect` for `options`)."""
    return Connection(partial(sqlite3.connect, path, **options), AT_ONCE)


# It inherits because SQLAlchemy takes hold of the inside of aiosqlite's own.
class Connection(aiosqlite.Connection):
    """aiosqlite's connection with the cursors of this module."""

    def __init__(self, opened: Callable[[], sqlite3.Connection], at_once: int) -> None:
        super().__init__(opened, at_once)
        # Whoever forgets to close one may still end the process.
        self._thread.daemon = True

    def cursor(self) -> Cursor:  # type: ignore[override]
        """A cursor; nothing is asked of the thread for it."""
        return Cursor(self)

    async def rollback(self) -> None:
        """Rolls back what was begun, if anything was."""
        # A pool does it each time a connection comes back, mostly after a commit.
        if self.in_transaction:
            await super().rollback()

    async def inside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What that returns, done in the thread of the connection."""
        found: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return found


class Cursor:
    """One statement and its rows: what SQLAlchemy asks of an asynchronous cursor."""

    def __init__(self, connection: Connection) -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1
        self._connection = connection
        self._rows: list[Any] = []
        self._rest: sqlite3.Cursor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> Self:
        """Carries a statement out and keeps its first rows."""
        await self._connection.inside(lambda opened: self._note(opened.execute(sql, values)))
        return self

    async def executemany(self, sql: str, values: Sequence[Sequence[Any]]) -> Self:
        """Carries a statement out for each of the values."""
        await self._connection.inside(lambda opened: self._note(opened.executemany(sql, values)))
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, so many at most."""
        size = self.arraysize if size is None else size
        if (rest := self._rest) is not None and len(self._rows) < size:
            missing = size - len(self._rows)
            self._rows += await self._connection.inside(lambda _: rest.fetchmany(missing))
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    async def fetchall(self) -> list[Any]:
        """All rows that were not taken yet."""
        if (rest := self._rest) is not None:
            self._rows += await self._connection.inside(lambda _: rest.fetchall())
        taken, self._rows = self._rows, []
        return taken

    async def close(self) -> None:
        """Lets the statement go, where not all of its rows came with it."""
        if (rest := self._rest) is not None:
            self._rest = None
            await self._connection.inside(lambda _: rest.close())

    def _note(self, done: sqlite3.Cursor) -> None:
        """Takes over what a statement gave; in the thread."""
        self.description = done.description
        self._rows = done.fetchmany(AT_ONCE) if done.description else []
        # What a statement with RETURNING did is counted with its last row.
        self.rowcount, self.lastrowid = done.rowcount, done.lastrowid
        whole = len(self._rows) < AT_ONCE
        self._rest = None if whole else done
        if whole:
            done.close()
