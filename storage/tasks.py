"""Slow work as rows: leased, repeatable, ended by one event [RE-9]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.types import insert_new, instant, json_column, table_of

LEASE = timedelta(minutes=5)
MOST_TRIES = 5
DELAYS = (10, 60, 300, 1800)
"""Seconds before a task that failed is tried again."""


class TaskRow(SQLModel, table=True):
    """One piece of slow work. `lease` is until when somebody works on it."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("action", "key"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    action: str
    key: str
    args: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    community_id: int | None = None
    created: datetime = Field(sa_column=instant())
    lease: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    not_before: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    tries: int = 0


_task = table_of(TaskRow)


class Tasks:
    """The port `bot.ports.Tasks` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(
        self,
        action: str,
        key: str,
        args: Mapping[str, Any],
        *,
        now: datetime,
        community: int | None = None,
    ) -> None:
        """Adds the work, once per (action, key)."""
        await insert_new(
            self.session,
            _task,
            action=action,
            key=key,
            args=dict(args),
            community_id=community,
            created=now,
            tries=0,
        )

    async def finish(self, task: int) -> bool:
        """Deletes the row for the transaction that hears its end; false when it was gone."""
        result: Any = await self.session.execute(delete(_task).where(_task.c.id == task))
        return bool(result.rowcount == 1)


async def lease(session: AsyncSession, now: datetime, most: int = 4) -> list[TaskRow]:
    """Takes free tasks, oldest first, for the time of a lease."""
    free = (
        select(_task.c.id)
        .where(
            _task.c.lease.is_(None) | (_task.c.lease <= now),
            _task.c.not_before.is_(None) | (_task.c.not_before <= now),
        )
        .order_by(_task.c.id)
        .limit(most)
    )
    rows = await session.execute(
        update(_task)
        .where(_task.c.id.in_(free))
        .values(lease=now + LEASE, tries=_task.c.tries + 1)
        .returning(_task.c.id)
    )
    ids = [row[0] for row in rows]
    found = await session.execute(select(TaskRow).where(_task.c.id.in_(ids)).order_by(_task.c.id))
    return list(found.scalars())


async def release_all(session: AsyncSession) -> None:
    """Frees every lease: the only process that works on this database has just begun.

    A kill is not the task's failure, so it costs it no try.
    """
    await session.execute(
        update(_task).where(_task.c.lease.is_not(None)).values(lease=None, tries=_task.c.tries - 1)
    )


async def postpone(session: AsyncSession, task: int, now: datetime) -> bool:
    """Gives a task that failed back, for later; false when it has failed often enough."""
    row = await session.get(TaskRow, task)
    if row is None:
        return True
    if row.tries >= MOST_TRIES:
        return False
    delay = DELAYS[min(row.tries, len(DELAYS)) - 1]
    row.lease, row.not_before = None, now + timedelta(seconds=delay)
    return True


async def busy(session: AsyncSession, now: datetime) -> bool:
    """Whether somebody works on a task now."""
    rows = await session.execute(select(_task.c.id).where(_task.c.lease > now).limit(1))
    return rows.first() is not None


async def next_at(session: AsyncSession) -> datetime | None:
    """When the next task may be taken (an instant long past for one that is free), or None."""
    until = case(
        (_task.c.lease.is_not(None), _task.c.lease),
        else_=func.coalesce(_task.c.not_before, _task.c.created),
    )
    rows = await session.execute(select(func.min(until)))
    found: datetime | None = rows.scalar_one_or_none()
    return found
