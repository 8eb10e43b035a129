"""Removals that wait for a second animator or coordinator [CO-10]."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.people import MembershipRow
from storage.privacy import Knows
from storage.types import insert_new, instant, table_of

_membership = table_of(MembershipRow)


class RemovalRow(SQLModel, table=True):
    """That somebody proposed to remove a member, and why; gone as soon as it is settled."""

    __tablename__ = "removal"
    # Buttons name its number, also when it is gone: it is given to nobody else.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    membership_id: int = Field(foreign_key="membership.id", unique=True)
    reason: str
    proposed_by: int | None = Field(default=None, foreign_key="account.id")
    proposed: datetime = Field(sa_column=instant())


KNOWS = (
    Knows(
        RemovalRow,
        why="removal",
        kept="decision",
        seen_by="animators",
        by="person_id",
        column="person_id",
        rank=10,
    ),
    Knows(
        RemovalRow,
        why="decided-by",
        kept="decision",
        seen_by="animators",
        by="account_id",
        column="proposed_by",
        rank=20,
        keeps=True,
    ),
)

_removal = table_of(RemovalRow)


async def member(
    session: AsyncSession, community_id: int, membership_id: int
) -> MembershipRow | None:
    """An active membership by its number, within its community."""
    rows = await session.execute(
        select(MembershipRow).where(
            _membership.c.id == membership_id,
            _membership.c.community_id == community_id,
            _membership.c.state == "active",
        )
    )
    return rows.scalar_one_or_none()


async def name_of(session: AsyncSession, community_id: int, membership_id: int) -> str:
    """How a member, or who was one, is called; "" when nobody knows any more."""
    rows = await session.execute(
        select(_membership.c.name).where(
            _membership.c.id == membership_id, _membership.c.community_id == community_id
        )
    )
    return rows.scalar_one_or_none() or ""


async def propose(
    session: AsyncSession, row: MembershipRow, *, reason: str, by: int, now: datetime
) -> RemovalRow | None:
    """Proposes a removal; None when one waits already for this member."""
    new = await insert_new(
        session,
        _removal,
        community_id=row.community_id,
        person_id=row.person_id,
        membership_id=row.id,
        reason=reason,
        proposed_by=by,
        proposed=now,
    )
    return await proposed_for(session, row) if new else None


async def proposed_for(session: AsyncSession, row: MembershipRow) -> RemovalRow | None:
    """The removal that waits for this member."""
    rows = await session.execute(select(RemovalRow).where(_removal.c.membership_id == row.id))
    return rows.scalar_one_or_none()


async def proposed(session: AsyncSession, community_id: int, removal_id: int) -> RemovalRow | None:
    """A removal that waits, by its number."""
    rows = await session.execute(
        select(RemovalRow).where(
            _removal.c.id == removal_id, _removal.c.community_id == community_id
        )
    )
    return rows.scalar_one_or_none()


async def waiting(session: AsyncSession, community_id: int) -> list[RemovalRow]:
    """The removals that wait for a second opinion, oldest first."""
    rows = await session.execute(
        select(RemovalRow)
        .where(_removal.c.community_id == community_id)
        .order_by(_removal.c.proposed, _removal.c.id)
    )
    return list(rows.scalars())


async def settle(session: AsyncSession, removal_id: int) -> bool:
    """Ends a proposal; true for the one who ended it [RE-5]."""
    result: Any = await session.execute(delete(_removal).where(_removal.c.id == removal_id))
    return bool(result.rowcount == 1)


async def removed(session: AsyncSession, membership_id: int) -> None:
    """Marks an ended membership as one that was taken away: nobody comes back by a button."""
    await session.execute(
        update(_membership).where(_membership.c.id == membership_id).values(state="removed")
    )
