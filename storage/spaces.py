"""What happens to a space: it is made one, freed, stopped, taken up again, introduced [CO-9, PV-4].

The table stands in `storage.communities`, beside the community whose spaces these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account, Place
from bot.lanes import WHISPER
from storage.communities import FREED, SpaceRow
from storage.parcels import OutboxRow, where
from storage.passage import PassageRow
from storage.types import table_of

EXISTING = timedelta(days=30)
"""How long people who were in a room before the bot may simply say *Je participe*."""

_space = table_of(SpaceRow)
_outbox = table_of(OutboxRow)
_passage = table_of(PassageRow)


async def at(session: AsyncSession, place: Place) -> SpaceRow | None:
    """The row of a room, also of one that was freed."""
    rows = await session.execute(
        select(SpaceRow).where(
            _space.c.platform == place.platform,
            _space.c.tenant == place.tenant,
            _space.c.external == place.id,
        )
    )
    return rows.scalar_one_or_none()


async def of(session: AsyncSession, community_id: int, space_id: int) -> SpaceRow | None:
    """One space of this community, or None."""
    rows = await session.execute(
        select(SpaceRow).where(
            _space.c.id == space_id,
            _space.c.community_id == community_id,
            _space.c.use != FREED,
        )
    )
    return rows.scalar_one_or_none()


async def every(session: AsyncSession, community_id: int) -> list[SpaceRow]:
    """The spaces of a community, oldest first."""
    rows = await session.execute(
        select(SpaceRow)
        .where(_space.c.community_id == community_id, _space.c.use != FREED)
        .order_by(_space.c.id)
    )
    return list(rows.scalars())


async def track(
    session: AsyncSession, community_id: int, place: Place, use: str, *, title: str = ""
) -> SpaceRow:
    """Makes a room a space of this community, or changes its one use; `title` is what it shows."""
    row = await at(session, place)
    if row is None:
        row = SpaceRow(
            community_id=community_id,
            platform=place.platform,
            tenant=place.tenant,
            external=place.id,
            use=use,
            title=title or place.id,
        )
        session.add(row)
    elif row.use == FREED and row.community_id != community_id:
        row.community_id, row.introduced = community_id, None
    row.use = use
    await session.flush()
    return row


async def stop(session: AsyncSession, space_id: int, why: str, now: datetime) -> bool:
    """Nothing is posted there any more; False when it was stopped already."""
    return await _change(
        session, _space.c.id == space_id, _space.c.stopped.is_(None),
        values={"stopped": why, "stopped_at": now},
    )  # fmt: skip


async def resume(session: AsyncSession, space_id: int) -> bool:
    """Posting goes on; False when somebody was first."""
    return await _change(
        session, _space.c.id == space_id, _space.c.stopped.is_not(None),
        values={"stopped": None, "stopped_at": None},
    )  # fmt: skip


async def introduce(session: AsyncSession, space_id: int, now: datetime) -> bool:
    """Notes that the one public message is being said; False when it was before."""
    return await _change(
        session, _space.c.id == space_id, _space.c.introduced.is_(None),
        values={"introduced": now},
    )  # fmt: skip


async def describe(session: AsyncSession, space_id: int, **values: Any) -> None:
    """Notes what the platform says of a space: `title`, `public`."""
    await _change(session, _space.c.id == space_id, values=values)


async def take_back(session: AsyncSession, place: Place, now: datetime) -> None:
    """What was on its way to a room that stopped never leaves."""
    await session.execute(
        update(_outbox)
        .where(
            _outbox.c.lane == place.key,
            _outbox.c.state == "waiting",
            _outbox.c.operation.not_in(("remove", "unreact", "end-poll")),
        )
        .values(state="void", settled=now)
    )
    # A whisper waits in the lane of whom it is for.
    whispers = await session.execute(
        select(OutboxRow).where(_outbox.c.state == "waiting", _outbox.c.operation == WHISPER)
    )
    for row in whispers.scalars():
        if where(row) == place:
            await session.delete(row)


async def entered_since(
    session: AsyncSession, community_id: int, account: Account, since: datetime
) -> bool:
    """Whether this account entered one of the spaces, without a request, after that instant."""
    rows = await session.execute(
        select(_passage.c.id)
        .where(
            _passage.c.community_id == community_id,
            _passage.c.platform == account.platform,
            _passage.c.tenant == account.tenant,
            _passage.c.external == account.id,
            _passage.c.since > since,
        )
        .limit(1)
    )
    return rows.first() is not None


async def _change(session: AsyncSession, *where: Any, values: Mapping[str, Any]) -> bool:
    done: Any = await session.execute(update(_space).where(*where).values(**values))
    session.expire_all()
    return bool(done.rowcount == 1)
