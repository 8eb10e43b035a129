"""What waits in the database, as numbers: for the health page, and nobody is named in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.health import Load
from storage.parcels import OutboxRow
from storage.tasks import TaskRow
from storage.timers import TimerRow
from storage.types import table_of

_outbox, _timer, _task = table_of(OutboxRow), table_of(TimerRow), table_of(TaskRow)
# Written out, for SQLite uses a partial index only where the query says its condition literally.
_waits = _outbox.c.state == literal_column("'waiting'")
_dead = _outbox.c.state == literal_column("'dead'")


async def load(session: AsyncSession, now: datetime, platforms: Collection[str]) -> Load:
    """What waits for these platforms, and what is due by now.

    What waits for a platform that is off is meant to wait.
    """
    of_these = or_(
        False,
        *(_outbox.c.lane.startswith(f"{name}:", autoescape=True) for name in sorted(platforms)),
    )
    waiting = select(func.count(), func.min(_outbox.c.at)).where(_waits, of_these)
    count, oldest = (await session.execute(waiting)).one()
    overdue = (_timer.c.due <= now, _timer.c.parked.is_(False))
    return Load(
        waiting=count,
        oldest=oldest,
        dead=await _count(session, _outbox, _dead, of_these),
        due=await _count(session, _timer, *overdue),
        tasks=await _count(session, _task),
    )


async def _count(session: AsyncSession, table: Any, *where: Any) -> int:
    query = select(func.count()).select_from(table).where(*where)
    return int((await session.execute(query)).scalar_one())
