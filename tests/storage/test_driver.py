"""SQLite in its own thread keeps order, transactions and errors as SQLAlchemy expects them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.driver import Connection


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    found = await Connection.open(str(tmp_path / "x.db"), pragmas=["journal_mode=WAL"])
    await found.cursor().execute("CREATE TABLE word (it TEXT PRIMARY KEY)")
    yield found
    await found.close()


async def words(connection: Connection) -> list[str]:
    cursor = await connection.cursor().execute("SELECT it FROM word ORDER BY it")
    return [row[0] for row in await cursor.fetchall()]


async def test_a_statement_and_its_rows_are_one_trip(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips: list[Any] = []
    submit = connection.thread.submit

    def counted(work: Callable[[], Any]) -> Any:
        trips.append(work)
        return submit(work)

    monkeypatch.setattr(connection.thread, "submit", counted)
    cursor = await connection.cursor().__aenter__()
    await cursor.execute("INSERT INTO word VALUES ('a'), ('b') RETURNING it")
    assert await cursor.fetchall() == [("a",), ("b",)]
    await cursor.close()
    await connection.rollback()
    assert len(trips) == 1


async def test_what_was_asked_first_is_done_first_even_when_nobody_waits_for_it(
    connection: Connection,
) -> None:
    cursor = connection.cursor()
    await cursor.execute("BEGIN IMMEDIATE")
    first = asyncio.ensure_future(cursor.execute("INSERT INTO word VALUES ('a')"))
    await asyncio.sleep(0)
    first.cancel()
    await connection.rollback()
    assert await words(connection) == []


async def test_a_connection_that_is_stopped_keeps_nothing_uncommitted(tmp_path: Path) -> None:
    opened = await Connection.open(str(tmp_path / "x.db"), pragmas=[])
    await opened.cursor().execute("CREATE TABLE word (it TEXT)")
    await opened.cursor().execute("BEGIN IMMEDIATE")
    await opened.cursor().execute("INSERT INTO word VALUES ('a')")
    opened.stop()
    again = await Connection.open(str(tmp_path / "x.db"), pragmas=["busy_timeout=10000"])
    await again.cursor().execute("BEGIN IMMEDIATE")
    assert await words(again) == []
    await again.close()


async def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await Connection.open(str(tmp_path / "nowhere" / "x.db"), pragmas=[])


async def test_a_wait_cut_short_rolls_back_and_the_database_goes_on(
    sqlite_database: Database,
) -> None:
    async def write() -> None:
        async with sqlite_database.begin() as tx:
            await tx.notebook.write("cut", "short")
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(write(), 0.05)
    async with sqlite_database.begin() as tx:
        assert await tx.notebook.read("cut") is None
        await tx.notebook.write("cut", "again")


async def test_a_statement_cut_short_leaves_a_writer_that_works(sqlite_database: Database) -> None:
    slow = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
        " SELECT count(*) FROM n"
    )

    async def write() -> None:
        async with sqlite_database.session() as session:
            await session.execute(slow)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(write(), 0.005)
    async with sqlite_database.begin() as tx:
        await tx.notebook.write("after", "all")


async def test_sqlalchemy_knows_a_broken_rule_by_its_name(sqlite_database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with sqlite_database.session() as session:
            await session.execute(text("INSERT INTO person (name, muted, notes) VALUES (NULL,1,1)"))
