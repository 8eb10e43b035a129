"""Timer rows: the truth about time. One row per (action, key); the ring looks for what is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import TimerDue, TimerParked
from storage.privacy import Knows
from storage.types import insert_new, instant, json_column, table_of, upsert

SNOOZES = (60, 300, 1800, 7200, 43200)
"""Seconds before a failing timer is tried again; after the last it is parked and reported."""


class TimerRow(SQLModel, table=True):
    """Something that falls due. Deleted inside the transaction that handles it."""

    __tablename__ = "timer"
    # A number is never given twice: what is drawn at random for a timer hangs on it.
    __table_args__ = (UniqueConstraint("action", "key"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    action: str
    key: str
    due: datetime = Field(sa_column=instant())
    args: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    community_id: int | None = None
    person_id: int | None = Field(default=None, index=True)
    tries: int = 0
    parked: bool = False
    reference: str | None = None


_timer = table_of(TimerRow)
Index(
    "timer_due",
    _timer.c.due,
    sqlite_where=_timer.c.parked.is_(False),
    postgresql_where=_timer.c.parked.is_(False),
)
Index(
    "timer_parked",
    _timer.c.id,
    sqlite_where=_timer.c.parked.is_(True),
    postgresql_where=_timer.c.parked.is_(True),
)

KNOWS = (
    Knows(
        TimerRow,
        why="timer",
        kept="until-due",
        seen_by="nobody",
        by="person_id",
        column="person_id",
        rank=12,
    ),
)


class Timers:
    """The port `bot.ports.Timers` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def set(
        self,
        action: str,
        key: str,
        *,
        due: datetime,
        args: Mapping[str, Any] | None = None,
        community: int | None = None,
        person: int | None = None,
    ) -> None:
        """Sets the timer (action, key), or moves the one that is there."""
        await upsert(
            self.session,
            _timer,
            ["action", "key"],
            action=action,
            key=key,
            due=due,
            args=dict(args or {}),
            community_id=community,
            person_id=person,
            tries=0,
            parked=False,
            reference=None,
        )

    async def clear(self, action: str, key: str | None = None) -> None:
        """Takes a timer away, or all of that action."""
        query = delete(_timer).where(_timer.c.action == action)
        if key is not None:
            query = query.where(_timer.c.key == key)
        await self.session.execute(query)

    async def take(self, timer: int, due: datetime | None = None) -> bool:
        """Deletes the row for the handler's transaction; false when somebody was first.

        With `due` it must still be due then: whoever moved it meanwhile wants it later.
        """
        query = delete(_timer).where(_timer.c.id == timer)
        if due is not None:
            query = query.where(_timer.c.due == due)
        result: Any = await self.session.execute(query)
        return bool(result.rowcount == 1)


async def due(session: AsyncSession, now: datetime, most: int = 200) -> list[TimerDue]:
    """The timers that are due, as events of now, in the order in which they fell due."""
    rows = await session.execute(
        select(TimerRow)
        .where(_timer.c.parked.is_(False), _timer.c.due <= now)
        .order_by(_timer.c.due, _timer.c.id)
        .limit(most)
    )
    return [
        TimerDue(
            id=f"timer:{row.id}:{row.due.timestamp():.0f}",
            at=now,
            timer=row.id or 0,
            action=row.action,
            args=row.args,
            community=row.community_id,
            due=row.due,
        )
        for row in rows.scalars()
    ]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next timer falls due, or None."""
    rows = await session.execute(select(func.min(_timer.c.due)).where(_timer.c.parked.is_(False)))
    found: datetime | None = rows.scalar_one_or_none()
    return found


async def parked(session: AsyncSession, now: datetime) -> list[TimerParked]:
    """The timers that are tried no more, as events that are the same each time they are asked."""
    rows = await session.execute(
        select(TimerRow).where(_timer.c.parked.is_(True)).order_by(_timer.c.id)
    )
    return [
        TimerParked(
            id=f"parked:timer:{row.id}:{row.reference}",
            at=now,
            timer=row.id or 0,
            action=row.action,
            reference=row.reference or "",
            args=row.args,
            community=row.community_id,
        )
        for row in rows.scalars()
    ]


async def ensure(
    session: AsyncSession,
    action: str,
    *,
    due: datetime,
    key: str = "",
    community: int | None = None,
) -> bool:
    """Sets a timer unless there is one, however long overdue; says whether it did."""
    known = await session.execute(
        select(_timer.c.id).where(_timer.c.action == action, _timer.c.key == key)
    )
    # An insert that is ignored would still draw a number, and a continued demo must not.
    if known.first() is not None:
        return False
    return await insert_new(
        session,
        _timer,
        action=action,
        key=key,
        due=due,
        args={},
        community_id=community,
        tries=0,
        parked=False,
    )


async def retime(session: AsyncSession, action: str, key: str, due: datetime) -> bool:
    """Moves the timer (action, key) without drawing a number; says whether there is one."""
    result: Any = await session.execute(
        update(_timer)
        .where(_timer.c.action == action, _timer.c.key == key)
        .values(due=due, tries=0, parked=False, reference=None)
    )
    return bool(result.rowcount)


async def move(session: AsyncSession, timer: int, due: datetime) -> None:
    """Sets when a timer that did its work is due again."""
    await session.execute(
        update(_timer).where(_timer.c.id == timer).values(due=due, tries=0, reference=None)
    )


async def snooze(session: AsyncSession, timer: int, now: datetime, reference: str) -> bool:
    """Puts a failing timer off with growing delay; true when it is parked for good."""
    row = await session.get(TimerRow, timer)
    if row is None:
        return False
    parked = row.tries >= len(SNOOZES)
    delay = SNOOZES[min(row.tries, len(SNOOZES) - 1)]
    await session.execute(
        update(_timer)
        .where(_timer.c.id == timer)
        .values(
            tries=row.tries + 1,
            due=now + timedelta(seconds=delay),
            parked=parked,
            reference=reference,
        )
    )
    return parked
