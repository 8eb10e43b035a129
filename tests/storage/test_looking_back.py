"""Looking back reads the days that are asked for, however old the database is [PE-8]."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account, Place
from storage import observation, planned, undo
from storage.database import Database

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


async def plans(database: Database, asked: Any) -> list[str]:
    """How SQLite carries out what is read."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        seen.append((statement, values))

    event.listen(database.read.sync_engine, "before_cursor_execute", note)
    async with database.reading() as tx:
        answer: Awaitable[Any] = asked(tx.session)
        await answer
    event.remove(database.read.sync_engine, "before_cursor_execute", note)
    found: list[str] = []
    async with database.read.connect() as connection:
        for statement, values in seen:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            found += [row["detail"] for row in rows.mappings()]
    return found


async def test_what_became_of_messages_is_read_since_a_day(sqlite_database: Database) -> None:
    def asked(session: AsyncSession) -> Awaitable[Any]:
        return planned.lately(session, 1, NOW - timedelta(days=7))

    seen = await plans(sqlite_database, asked)
    assert any("intent_ended (community_id=? AND ended>?)" in line for line in seen), seen


async def test_whether_members_are_talking_is_read_since_an_hour(sqlite_database: Database) -> None:
    def asked(session: AsyncSession) -> Awaitable[Any]:
        return observation.last_message(session, 1, 1, since=NOW - timedelta(hours=2))

    seen = await plans(sqlite_database, asked)
    assert any("(community_id=? AND at>?)" in line for line in seen), seen


async def test_a_message_to_take_back_is_found_by_an_index(sqlite_database: Database) -> None:
    place = Place.of(Account("terminal", "", "marie").dm.key)

    async def asked(session: AsyncSession) -> None:
        await undo.kept(session, 1, 7)
        await undo.of_name(session, 1, "posting:7")
        await undo.newest_under(session, 1, place, "7")
        await undo.newest(session, 1, most=5)

    seen = await plans(sqlite_database, asked)
    assert len(seen) >= 4
    assert all(line.startswith("SEARCH outbox") for line in seen), seen
