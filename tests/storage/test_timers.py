"""Timers and tasks: one row per key, taken once, tried again with patience."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage import timers
from storage.database import Database

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_timers_fall_due_in_their_order_and_not_before(database: Database) -> None:
    async with database.begin() as tx:
        await tx.timers.set("a", "late", due=NOW)
        await tx.timers.set("a", "early", due=NOW - HOUR, args={"n": 1}, community=None)
        await tx.timers.set("a", "later", due=NOW + HOUR)
    async with database.reading() as tx:
        found = await timers.due(tx.session, NOW)
        assert [event.args for event in found] == [{"n": 1}, {}]
        assert await timers.next_due(tx.session) == NOW - HOUR


async def test_setting_a_timer_again_moves_it(database: Database) -> None:
    async with database.begin() as tx:
        await tx.timers.set("a", "k", due=NOW, args={"n": 1})
        await tx.timers.set("a", "k", due=NOW + HOUR, args={"n": 2})
    async with database.reading() as tx:
        assert await timers.due(tx.session, NOW) == []
        assert [each.args for each in await timers.due(tx.session, NOW + HOUR)] == [{"n": 2}]


async def test_a_moved_timer_is_another_event(database: Database) -> None:
    ids = set()
    for due in (NOW, NOW - HOUR):
        async with database.begin() as tx:
            await tx.timers.set("a", "k", due=due)
        async with database.reading() as tx:
            ids |= {each.id for each in await timers.due(tx.session, NOW)}
    assert len(ids) == 2


async def test_clearing_takes_one_timer_or_all_of_an_action(database: Database) -> None:
    async with database.begin() as tx:
        for action, key in (("a", "1"), ("a", "2"), ("a", "3"), ("b", "1")):
            await tx.timers.set(action, key, due=NOW)
        await tx.timers.clear("a", "2")
        assert len(await timers.due(tx.session, NOW)) == 3
        await tx.timers.clear("a")
        assert [each.action for each in await timers.due(tx.session, NOW)] == ["b"]


async def test_one_of_many_takes_a_timer(database: Database) -> None:
    async with database.begin() as tx:
        await tx.timers.set("a", "k", due=NOW)
        number = (await timers.due(tx.session, NOW))[0].timer

    async def take() -> bool:
        async with database.begin() as tx:
            return await tx.timers.take(number)

    assert sum(await asyncio.gather(*(take() for _ in range(10)))) == 1


async def test_a_timer_taken_by_a_transaction_that_fails_falls_due_again(
    database: Database,
) -> None:
    async with database.begin() as tx:
        await tx.timers.set("a", "k", due=NOW)
    try:
        async with database.begin() as tx:
            assert await tx.timers.take((await timers.due(tx.session, NOW))[0].timer)
            raise RuntimeError
    except RuntimeError:
        pass
    async with database.reading() as tx:
        assert len(await timers.due(tx.session, NOW)) == 1


async def test_looking_for_what_is_due_reads_an_index(sqlite_database: Database) -> None:
    """PE-8: the cost does not grow with the rows that are not due."""
    async with sqlite_database.reading() as tx:
        seen: list[str] = []
        rows = await tx.session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM timer"
                " WHERE timer.parked IS 0 AND timer.due <= '2026-01-01' ORDER BY due, id LIMIT 9"
            )
        )
        seen = [row[3] for row in rows]
    assert any("timer_due" in line for line in seen), seen


async def test_a_task_is_added_once_and_finished_once(database: Database) -> None:
    async with database.begin() as tx:
        await tx.tasks.add("chart", "pulse:3", {"n": 1}, now=NOW)
        await tx.tasks.add("chart", "pulse:3", {"n": 2}, now=NOW)
        rows = list(await tx.session.execute(text("SELECT id FROM task")))
        assert len(rows) == 1
        assert await tx.tasks.finish(rows[0][0])
        assert not await tx.tasks.finish(rows[0][0])
