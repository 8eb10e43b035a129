"""Access trouble that somebody reported, until it is solved and 90 days after [AN-7].

Visitors report too, so a row knows its author by the platform's id: nothing else is kept of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account
from storage import people
from storage.people import AccountRow
from storage.privacy import Knows
from storage.types import instant, table_of

KEPT = timedelta(days=90)


class ProblemRow(SQLModel, table=True):
    """One problem in somebody's words. `solved` is when it was closed."""

    __tablename__ = "problem"
    # Buttons name its number, also when it is gone: it is given to nobody else.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    platform: str
    tenant: str
    external: str
    name: str
    kind: str
    words: str
    at: datetime = Field(sa_column=instant())
    solved: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    solved_by: int | None = Field(default=None, foreign_key="account.id")
    """Who closed it, when it was not its author."""

    @property
    def account(self) -> Account:
        """Who reported it."""
        return Account(self.platform, self.tenant, self.external)


_problem = table_of(ProblemRow)

KNOWS = (
    Knows(
        ProblemRow,
        why="problem",
        kept="problem",
        seen_by="animators",
        by="external",
        column="external",
        rank=19,
        cards=("problem",),
    ),
    Knows(
        ProblemRow,
        why="problem-solved",
        kept="problem",
        seen_by="animators",
        by="account_id",
        column="solved_by",
        rank=20,
        keeps=True,
    ),
)


async def add(
    session: AsyncSession,
    community_id: int,
    *,
    account: Account,
    name: str,
    kind: str,
    words: str,
    at: datetime,
) -> ProblemRow:
    """Keeps a problem and gives it its number."""
    row = ProblemRow(
        community_id=community_id,
        platform=account.platform,
        tenant=account.tenant,
        external=account.id,
        name=name,
        kind=kind,
        words=words,
        at=at,
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, community_id: int, problem: int) -> ProblemRow | None:
    """One problem of this community."""
    rows = await session.execute(
        select(ProblemRow).where(_problem.c.id == problem, _problem.c.community_id == community_id)
    )
    return rows.scalar_one_or_none()


async def waiting(
    session: AsyncSession, community_id: int, *, by: tuple[Account, ...] | None = None
) -> list[ProblemRow]:
    """The problems not solved yet, oldest first; with `by`, those of these accounts."""
    query = select(ProblemRow).where(
        _problem.c.community_id == community_id, _problem.c.solved.is_(None)
    )
    if by is not None:
        own = [
            (_problem.c.platform == account.platform)
            & (_problem.c.tenant == account.tenant)
            & (_problem.c.external == account.id)
            for account in by
        ]
        query = query.where(or_(*own))
    rows = await session.execute(query.order_by(_problem.c.at, _problem.c.id))
    return list(rows.scalars())


async def solve(session: AsyncSession, problem: int, *, at: datetime, by: int | None) -> bool:
    """Closes a problem; false when somebody was first."""
    result: Any = await session.execute(
        update(_problem)
        .where(_problem.c.id == problem, _problem.c.solved.is_(None))
        .values(solved=at, solved_by=by)
    )
    session.expire_all()
    return bool(result.rowcount == 1)


async def solver(session: AsyncSession, row: ProblemRow) -> str:
    """What whoever closed it is called in the community; its author's name otherwise."""
    account = await session.get(AccountRow, row.solved_by) if row.solved_by else None
    root = await people.person(session, account.person_id) if account else None
    if root is None or root.id is None:
        return row.name
    known = await people.membership(session, root.id, row.community_id)
    return known.name if known and known.name else root.name


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes what was solved 90 days ago; counts it."""
    result: Any = await session.execute(delete(_problem).where(_problem.c.solved < now - KEPT))
    return int(result.rowcount)
