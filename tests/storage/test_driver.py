"""The driver's cursors give what aiosqlite's do, few rows or many."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage import driver

FEW, MANY = 3, driver.AT_ONCE * 2 + 1


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    """A connection whose table `n` holds the numbers up to `MANY`."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path / 'numbers.db'}",
        connect_args={"async_creator_fn": driver.connect},
    )
    async with engine.connect() as opened:
        await opened.execute(text("CREATE TABLE n (i INTEGER PRIMARY KEY)"))
        rows = [{"i": number} for number in range(1, MANY + 1)]
        await opened.execute(text("INSERT INTO n VALUES (:i)"), rows)
        await opened.commit()
        yield opened
    await engine.dispose()


@pytest.mark.parametrize("most", [0, FEW, driver.AT_ONCE, driver.AT_ONCE + 1, MANY])
async def test_every_row_comes_once_and_in_order(connection: AsyncConnection, most: int) -> None:
    query = text("SELECT i FROM n WHERE i <= :most ORDER BY i")
    found = await connection.execute(query, {"most": most})
    assert found.scalars().all() == list(range(1, most + 1))


@pytest.mark.parametrize("most", [FEW, driver.AT_ONCE, MANY])
async def test_rows_can_be_taken_as_they_are_needed(connection: AsyncConnection, most: int) -> None:
    query = text("SELECT i FROM n WHERE i <= :most ORDER BY i")
    found = await connection.stream_scalars(query, {"most": most})
    assert [number async for number in found] == list(range(1, most + 1))


async def test_a_stream_that_is_left_lets_others_write(connection: AsyncConnection) -> None:
    found = await connection.stream_scalars(text("SELECT i FROM n ORDER BY i"))
    assert await found.first() == 1
    await connection.execute(text("DROP TABLE n"))


@pytest.mark.parametrize("most", [FEW, MANY])
async def test_what_a_statement_changed_is_counted(connection: AsyncConnection, most: int) -> None:
    moved = text("UPDATE n SET i = i + 1000 WHERE i <= :most")
    assert (await connection.execute(moved, {"most": most})).rowcount == most
    returned = text("DELETE FROM n WHERE i > 1000 RETURNING i")
    assert len((await connection.execute(returned)).all()) == most


async def test_what_a_statement_did_wrong_is_said(connection: AsyncConnection) -> None:
    with pytest.raises(Exception, match="UNIQUE constraint failed") as caught:
        await connection.execute(text("INSERT INTO n VALUES (1)"))
    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)


async def test_what_was_begun_is_rolled_back_and_what_was_not_is_left(
    connection: AsyncConnection,
) -> None:
    await connection.execute(text("DELETE FROM n"))
    await connection.rollback()
    await connection.rollback()
    assert (await connection.execute(text("SELECT count(*) FROM n"))).scalar_one() == MANY
