"""Transactions: who may write, who waits for whom, and what stays on the disk."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.events import Account
from bot.ports import Draft, Settled
from storage.database import Database
from storage.notebook import NoteRow
from storage.timers import TimerRow

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
PLACE = Account("slack", "T1", "U1").dm


async def test_a_fresh_database_is_migrated_and_empty(database: Database) -> None:
    async with database.reading() as tx:
        assert await tx.people.communities() == []
    assert (await database.check()).split()[0] in {"sqlite", "postgresql"}


async def test_a_fresh_sqlite_database_is_a_file_with_a_write_ahead_log(
    sqlite_database: Database,
) -> None:
    assert sqlite_database.path is not None
    assert sqlite_database.path.exists()
    async with sqlite_database.session() as session:
        assert (await session.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await session.execute(text("PRAGMA synchronous"))).scalar_one() == 2  # full
        assert (await session.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
        assert (await session.execute(text("PRAGMA secure_delete"))).scalar_one() == 1


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        Database.open("sqlite+aiosqlite://")


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as tx:
            await tx.notebook.write("a", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as tx:
        assert await tx.notebook.read("a") is None


async def test_what_is_noted_again_replaces_what_was_there(database: Database) -> None:
    async with database.begin() as tx:
        await tx.notebook.write("cursor", {"at": 1})
        await tx.notebook.write("cursor", {"at": 2})
    async with database.reading() as tx:
        assert await tx.notebook.read("cursor") == {"at": 2}


async def test_what_was_left_open_is_rolled_back_when_its_connection_comes_back(
    sqlite_database: Database,
) -> None:
    connection = await sqlite_database.write.raw_connection()
    driver: Any = connection.driver_connection
    await driver.execute("BEGIN IMMEDIATE")
    await driver.execute("INSERT INTO note (key, value) VALUES ('left', '1')")
    connection.close()
    async with sqlite_database.begin() as tx:
        assert await tx.notebook.read("left") is None


async def test_a_read_session_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        async with database.reading() as tx:
            await tx.notebook.write("a", 1)
    async with database.reading() as tx:
        assert await tx.notebook.read("a") is None


async def test_a_reader_does_not_wait_for_an_open_write_transaction(database: Database) -> None:
    async with database.begin() as tx:
        await tx.notebook.write("a", 1)
        async with asyncio.timeout(5), database.reading() as reader:
            assert await reader.notebook.read("a") is None
    async with database.reading() as reader:
        assert await reader.notebook.read("a") == 1


async def test_a_reader_sees_one_moment_although_somebody_writes(database: Database) -> None:
    async with database.reading() as reader:
        assert await reader.notebook.read("a") is None
        async with database.begin() as tx:
            await tx.notebook.write("a", 1)
        assert await reader.notebook.read("a") is None


async def test_no_update_is_lost_when_fifty_transactions_read_then_write(
    database: Database,
) -> None:
    async with database.begin() as tx:
        await tx.notebook.write("count", 0)

    async def add_one() -> None:
        async with database.begin() as tx:
            found = await tx.notebook.read("count")
            await asyncio.sleep(0)
            await tx.notebook.write("count", found + 1)

    await asyncio.gather(*(add_one() for _ in range(50)))
    async with database.reading() as tx:
        assert await tx.notebook.read("count") == 50


async def test_no_update_is_lost_between_two_that_opened_the_same_database(
    database: Database,
) -> None:
    other = Database.open(database.url)
    async with database.begin() as tx:
        await tx.notebook.write("count", 0)

    async def add_one(mine: Database) -> None:
        async with mine.begin() as tx:
            found = await tx.notebook.read("count")
            await asyncio.sleep(0)
            await tx.notebook.write("count", found + 1)

    await asyncio.gather(*(add_one((database, other)[turn % 2]) for turn in range(20)))
    async with other.reading() as tx:
        assert await tx.notebook.read("count") == 20
    await other.close()


async def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 15)
    with pytest.raises((StatementError, ValueError), match=r"time ?zone"):
        async with database.begin() as tx:
            await tx.timers.set("a", "k", due=naive)


async def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    montreal = datetime.fromisoformat("2026-03-02T10:00:00.123456-05:00")
    async with database.begin() as tx:
        await tx.timers.set("a", "k", due=montreal)
    async with database.reading() as tx:
        row = (await tx.session.execute(select(TimerRow))).scalar_one()
    assert row.due == montreal
    assert row.due.tzinfo is UTC


async def test_a_reference_to_nobody_is_refused(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        async with database.session() as session:
            await session.execute(
                text(
                    "INSERT INTO account (platform, tenant, external, person_id, preferred)"
                    " VALUES ('slack', 'T1', 'U1', 12345, true)"
                )
            )


async def test_a_delivered_body_is_in_no_byte_on_the_disk(sqlite_database: Database) -> None:
    """SE-10: rows are overwritten, and the log that has copies of them is emptied."""
    database, marker = sqlite_database, "an unmistakable sentence " * 20
    draft = Draft(operation="say", place=PLACE, body={"text": marker}, at=NOW)
    async with database.begin() as tx:
        await tx.mailbox.post([draft] * 20, lambda: "t")
    assert _bytes_with(database, marker)
    for number in range(20):
        parcels = await database.outbox.heads(NOW, 1)
        await database.outbox.settle([Settled(parcels[0], message=f"m{number}")], NOW)
    assert _bytes_with(database, marker), "the log must still have it, or this proves nothing"
    await database.forget_wal()
    assert _bytes_with(database, marker) == []
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(PLACE, "m3")
    assert receipt is not None


async def test_forgetting_the_log_works_again_and_again(database: Database) -> None:
    for number in range(3):
        async with database.begin() as tx:
            await tx.notebook.write("a", number)
        await database.forget_wal()
    async with database.reading() as tx:
        assert await tx.notebook.read("a") == 2


async def test_rows_deleted_by_the_session_are_gone_from_the_disk(
    sqlite_database: Database,
) -> None:
    async with sqlite_database.session() as session:
        session.add(NoteRow(key="k", value="x" * 50 + "secret words" + "y" * 50))
    async with sqlite_database.session() as session:
        await session.delete(await session.get_one(NoteRow, "k"))
    await sqlite_database.forget_wal()
    assert _bytes_with(sqlite_database, "secret words") == []


def _bytes_with(database: Database, words: str) -> list[str]:
    """The files beside the database that contain these words."""
    assert database.path is not None
    needle = words.strip().encode()
    return [
        path.name
        for path in Path(database.path).parent.rglob("*")
        if path.is_file() and needle in path.read_bytes()
    ]
