"""Who is *de passage*: seen in a closed space without a request, until animators decide [PV-4].

The rows are `storage.people.PassageRow`; `people.has_visitors` is what the rest of the house asks.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account
from bot.people import Space
from storage import people
from storage.communities import SpaceRow
from storage.people import PassageRow
from storage.types import table_of

_passage = table_of(PassageRow)
_space = table_of(SpaceRow)


async def enter(
    session: AsyncSession, space: Space, account: Account, name: str, *, now: datetime
) -> PassageRow | None:
    """Notes somebody who entered without a request; None when that was known."""
    if not await people.note_passage(session, space, account, name, now):
        return None
    rows = await session.execute(
        select(PassageRow).where(_passage.c.space_id == space.id, *_of(account))
    )
    return rows.scalar_one()


async def passage(session: AsyncSession, community_id: int, passage_id: int) -> PassageRow | None:
    """One passage by its number, within its community."""
    rows = await session.execute(
        select(PassageRow).where(
            _passage.c.id == passage_id, _passage.c.community_id == community_id
        )
    )
    return rows.scalar_one_or_none()


async def undecided(session: AsyncSession, community_id: int) -> list[PassageRow]:
    """Everybody *de passage* in a community, the first to come first."""
    rows = await session.execute(
        select(PassageRow)
        .where(_passage.c.community_id == community_id, _passage.c.decision.is_(None))
        .order_by(_passage.c.since, _passage.c.id)
    )
    return list(rows.scalars())


async def decide(
    session: AsyncSession,
    community_id: int,
    account: Account,
    decision: str,
    *,
    by: int | None,
    now: datetime,
) -> list[PassageRow]:
    """Decides about somebody in every space of a community; returns what was decided just now."""
    result = await session.execute(
        update(_passage)
        .where(
            _passage.c.community_id == community_id,
            _passage.c.decision.is_(None),
            *_of(account),
        )
        .values(decision=decision, decided_by=by, decided=now)
        .returning(_passage.c.id)
    )
    numbers = [row[0] for row in result]
    rows = await session.execute(
        select(PassageRow)
        .where(_passage.c.id.in_(numbers))
        .order_by(_passage.c.id)
        # What the caller holds of other tables stays as it is.
        .execution_options(populate_existing=True)
    )
    return list(rows.scalars())


async def leave(session: AsyncSession, space_id: int, account: Account) -> PassageRow | None:
    """Forgets somebody who left a space; returns what was known."""
    rows = await session.execute(
        select(PassageRow).where(_passage.c.space_id == space_id, *_of(account))
    )
    row = rows.scalar_one_or_none()
    if row is not None:
        session.expunge(row)
        await session.execute(delete(_passage).where(_passage.c.id == row.id))
    return row


async def stop(session: AsyncSession, space_id: int, *, now: datetime) -> bool:
    """Stops a space because nobody decided; false when it had stopped before."""
    return await _set(session, space_id, was=None, stopped="passage", at=now)


async def resume(session: AsyncSession, space_id: int) -> bool:
    """Lets a space go on that had stopped for this reason; false when it had not."""
    return await _set(session, space_id, was="passage", stopped=None, at=None)


async def space(session: AsyncSession, community_id: int, space_id: int) -> SpaceRow | None:
    """A space of a community by its number."""
    row = await session.get(SpaceRow, space_id)
    return row if row is not None and row.community_id == community_id else None


async def _set(
    session: AsyncSession,
    space_id: int,
    *,
    was: str | None,
    stopped: str | None,
    at: datetime | None,
) -> bool:
    before = _space.c.stopped.is_(None) if was is None else _space.c.stopped == was
    result: Any = await session.execute(
        update(_space).where(_space.c.id == space_id, before).values(stopped=stopped, stopped_at=at)
    )
    row = await session.get(SpaceRow, space_id)
    if row is not None:
        await session.refresh(row)
    return bool(result.rowcount == 1)


def _of(account: Account) -> tuple[Any, ...]:
    return (
        _passage.c.platform == account.platform,
        _passage.c.tenant == account.tenant,
        _passage.c.external == account.id,
    )
