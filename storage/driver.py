"""SQLite beside the event loop: one trip to another thread for each statement.

The usual driver goes there four times for a query (cursor, execute, fetch, close), and a trip costs
more than most of our statements. This speaks the part of its interface that SQLAlchemy calls, but
for streaming, and is handed to it as `async_creator` [PE-3].
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self, TypeVar

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Connection:
    """A connection to a file, and the one thread in which it works."""

    raw: sqlite3.Connection
    thread: ThreadPoolExecutor

    @property
    def _connection(self) -> sqlite3.Connection:
        # SQLAlchemy looks here whether a connection of its usual driver is open.
        return self.raw

    @classmethod
    async def open(cls, path: str, *, pragmas: Sequence[str]) -> Connection:
        """Connects, and sets what holds for the whole connection."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        try:
            raw = await _in(thread, partial(_connect, path, pragmas))
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(raw, thread)

    async def run(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """What this work with the connection answers, done in its thread after all before it."""
        return await _in(self.thread, partial(work, self.raw))

    def cursor(self) -> Cursor:
        """Something to execute one statement after another with."""
        return Cursor(self)

    async def commit(self) -> None:
        await self.run(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        # Asked each time a connection goes back to its pool, mostly after a commit.
        if self.raw.in_transaction:
            await self.run(sqlite3.Connection.rollback)

    async def create_function(
        self, name: str, count: int, function: Any, deterministic: bool = False
    ) -> None:
        await self.run(
            lambda raw: raw.create_function(name, count, function, deterministic=deterministic)
        )

    async def close(self) -> None:
        """Ends the connection after all that it was asked to do."""
        try:
            await self.run(sqlite3.Connection.close)
        finally:
            self.thread.shutdown(wait=False)

    def stop(self) -> None:
        """The same without waiting for it: the loop has ended, or the wait was cut short."""
        self.thread.submit(self.raw.close)
        self.thread.shutdown(wait=False)


@dataclass(slots=True)
class Cursor:
    """One statement and its rows, all of which come with it."""

    connection: Connection
    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1
    rows: list[Any] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        """Carries one statement out."""
        return self._keep(await self.connection.run(partial(_once, sql, values)))

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> Cursor:
        """Carries a statement out once for each of the values."""
        return self._keep(await self.connection.run(partial(_often, sql, values)))

    async def fetchall(self) -> list[Any]:
        rows, self.rows = self.rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open: the rows came with the statement."""

    def _keep(self, came: tuple[Any, int, int | None, list[Any]]) -> Cursor:
        self.description, self.rowcount, self.lastrowid, self.rows = came
        return self


def _connect(path: str, pragmas: Sequence[str]) -> sqlite3.Connection:
    # Python's sqlite3 would begin transactions by itself, too late and in the wrong mode.
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}").close()
    return raw


def _once(sql: str, values: Sequence[Any], raw: sqlite3.Connection) -> Any:
    return _came(raw.execute(sql, values))


def _often(sql: str, values: Iterable[Sequence[Any]], raw: sqlite3.Connection) -> Any:
    return _came(raw.executemany(sql, values))


def _came(cursor: sqlite3.Cursor) -> tuple[Any, int, int | None, list[Any]]:
    rows = cursor.fetchall() if cursor.description else []
    came = cursor.description, cursor.rowcount, cursor.lastrowid, rows
    cursor.close()
    return came


async def _in(thread: ThreadPoolExecutor, work: Callable[[], Answer]) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(thread, work)
