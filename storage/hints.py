"""How many private hints were shown on a day: a number, and nothing else [PR-3].

No table says to whom, about which message, or in which space: the count stands beside no person.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.types import insert_new, table_of

KEPT = timedelta(days=5 * 365)
"""As other figures without names (g.2)."""
FOUR_WEEKS = 28


class HintDayRow(SQLModel, table=True):
    """One day of a community, in its own time, with the number of hints shown."""

    __tablename__ = "hint_day"

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    day: date = Field(primary_key=True)
    shown: int = 0


_day = table_of(HintDayRow)


async def count(session: AsyncSession, community_id: int, day: date) -> None:
    """One hint more on that day."""
    await insert_new(session, _day, community_id=community_id, day=day, shown=0)
    await session.execute(
        update(_day)
        .where(_day.c.community_id == community_id, _day.c.day == day)
        .values(shown=_day.c.shown + 1)
    )


async def shown(session: AsyncSession, community_id: int, today: date) -> int:
    """How many in the 28 days that end with this one: the signal `privacy_hints_28d` (c-8)."""
    found = await session.execute(
        select(func.coalesce(func.sum(_day.c.shown), 0)).where(
            _day.c.community_id == community_id,
            _day.c.day > today - timedelta(days=FOUR_WEEKS),
            _day.c.day <= today,
        )
    )
    return int(found.scalar_one())


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes the days of five years ago; counts them."""
    result: Any = await session.execute(delete(_day).where(_day.c.day < (now - KEPT).date()))
    return int(result.rowcount)
