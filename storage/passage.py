"""Who is *de passage*: seen in a closed space without a request, until animators decide [PV-4].

`has_visitors` is what the rest of the house asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account, Place
from bot.people import Space
from storage.communities import SpaceRow
from storage.parcels import OutboxRow, where
from storage.privacy import Knows
from storage.types import insert_new, instant, table_of


class PassageRow(SQLModel, table=True):
    """Somebody seen in a closed space without a request: *de passage* [PV-4]."""

    __tablename__ = "passage"
    # Buttons name its number, also when it is gone: it is given to nobody else.
    __table_args__ = (
        UniqueConstraint("space_id", "platform", "tenant", "external"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    platform: str
    tenant: str
    external: str
    name: str
    since: datetime = Field(sa_column=instant())
    decision: str | None = None
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided: datetime | None = Field(default=None, sa_column=instant(nullable=True))


KNOWS = (
    Knows(
        PassageRow,
        why="passage",
        kept="decision",
        seen_by="animators",
        by="external",
        column="external",
        rank=10,
        cards=("passage", "passage-hand"),
    ),
    Knows(
        PassageRow,
        why="decided-by",
        kept="decision",
        seen_by="animators",
        by="account_id",
        column="decided_by",
        rank=20,
        keeps=True,
    ),
)

_passage = table_of(PassageRow)
_space = table_of(SpaceRow)
_outbox = table_of(OutboxRow)


async def enter(
    session: AsyncSession, space: Space, account: Account, name: str, *, now: datetime
) -> PassageRow | None:
    """Notes somebody who entered without a request; None when that was known."""
    if not await note(session, space, account, name, now):
        return None
    rows = await session.execute(
        select(PassageRow).where(_passage.c.space_id == space.id, *_of(account))
    )
    return rows.scalar_one()


async def note(
    session: AsyncSession, space: Space, account: Account, name: str, now: datetime
) -> bool:
    """Notes somebody who entered without a request; says whether that is new."""
    return await insert_new(
        session,
        _passage,
        community_id=space.community_id,
        space_id=space.id,
        platform=account.platform,
        tenant=account.tenant,
        external=account.id,
        name=name,
        since=now,
    )


async def has_visitors(session: AsyncSession, space_id: int) -> bool:
    """Whether somebody *de passage* is in a space: no member's words are posted there [PV-4]."""
    rows = await session.execute(
        select(_passage.c.id)
        .where(_passage.c.space_id == space_id, _passage.c.decision.is_(None))
        .limit(1)
    )
    return rows.first() is not None


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


async def refused(session: AsyncSession, community_id: int, args: Mapping[str, Any]) -> list[Place]:
    """Where a platform would not let the bot take somebody out; `args` are those of the `Expel`."""
    rows = await session.execute(
        select(OutboxRow)
        .where(
            _outbox.c.community_id == community_id,
            _outbox.c.operation == "expel",
            _outbox.c.state == "dead",
        )
        .order_by(_outbox.c.id)
    )
    return [where(row) for row in rows.scalars() if row.args == args]
