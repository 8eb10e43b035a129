"""Questions that members propose for the bank, from their first word to the decision [PR-1].

An accepted one lives on in the bank; what stays here then is who proposed it, while that person is
known. What was withdrawn keeps no words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.privacy import Knows
from storage.types import instant, json_column, table_of

KEPT = timedelta(days=30)
"""After a decision that was no, or after it was withdrawn."""
UNSENT = timedelta(days=7)
"""How long one waits for its author to choose, having been shown its twin."""
SETTLED = ("declined", "withdrawn", "left")


class ProposalRow(SQLModel, table=True):
    """One proposal; its author and the animators read its words."""

    __tablename__ = "proposal"
    # Buttons name its number, also when it is gone: it is given to nobody else.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    text: str
    tags: list[str] = Field(default_factory=list, sa_column=json_column())
    twin: str = ""
    """The code of what it resembles in the bank, when its author chose to propose it all the same.
    """
    state: str = "waiting"
    """unsent, waiting, accepted, declined, withdrawn; left: with its author."""
    at: datetime = Field(sa_column=instant())
    decided: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    reason: str = ""
    code: str = ""
    """Under which it stands in the bank."""


_proposal = table_of(ProposalRow)

KNOWS = (
    Knows(
        ProposalRow,
        why="proposal",
        kept="proposal",
        seen_by="animators",
        by="account_id",
        column="account_id",
        rank=20,
        cards=("proposal",),
    ),
    Knows(
        ProposalRow,
        why="proposal-decided",
        kept="proposal",
        seen_by="animators",
        by="account_id",
        column="decided_by",
        rank=21,
        keeps=True,
        cards=("proposal",),
    ),
)


async def add(
    session: AsyncSession,
    community_id: int,
    *,
    account_id: int,
    text: str,
    tags: Sequence[str] = (),
    at: datetime,
    twin: str = "",
    sent: bool = True,
) -> ProposalRow:
    """Keeps a proposal; one that is not `sent` waits for its author alone."""
    row = ProposalRow(
        community_id=community_id,
        account_id=account_id,
        text=text,
        tags=list(tags),
        twin=twin,
        state="waiting" if sent else "unsent",
        at=at,
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, community_id: int, proposal: int) -> ProposalRow | None:
    """One proposal of this community."""
    rows = await session.execute(
        select(ProposalRow).where(
            _proposal.c.id == proposal, _proposal.c.community_id == community_id
        )
    )
    return rows.scalar_one_or_none()


async def waiting(session: AsyncSession, community_id: int) -> list[ProposalRow]:
    """What waits for a decision, oldest first."""
    rows = await session.execute(
        select(ProposalRow)
        .where(_proposal.c.community_id == community_id, _proposal.c.state == "waiting")
        .order_by(_proposal.c.at, _proposal.c.id)
    )
    return list(rows.scalars())


async def of(
    session: AsyncSession, community_id: int, accounts: Sequence[int]
) -> list[ProposalRow]:
    """What somebody proposed and can still read, newest first."""
    rows = await session.execute(
        select(ProposalRow)
        .where(
            _proposal.c.community_id == community_id,
            _proposal.c.account_id.in_(accounts),
            _proposal.c.state.not_in(("unsent", "withdrawn")),
        )
        .order_by(_proposal.c.at.desc(), _proposal.c.id.desc())
    )
    return list(rows.scalars())


async def sent_since(
    session: AsyncSession, community_id: int, accounts: Sequence[int], since: datetime
) -> int:
    """How many somebody sent since then, whatever became of them."""
    found = await session.execute(
        select(func.count()).where(
            _proposal.c.community_id == community_id,
            _proposal.c.account_id.in_(accounts),
            _proposal.c.state != "unsent",
            _proposal.c.at >= since,
        )
    )
    return int(found.scalar_one())


async def send(session: AsyncSession, row: ProposalRow, *, at: datetime) -> bool:
    """It waits for a decision from now on; false when it did already, or is gone."""
    return await _change(session, row, ("unsent", "left"), state="waiting", at=at, decided=None)


async def decide(
    session: AsyncSession,
    row: ProposalRow,
    state: str,
    *,
    by: int,
    at: datetime,
    reason: str = "",
) -> bool:
    """Accepts or declines it; false when somebody was first."""
    return await _change(
        session, row, ("waiting",), state=state, decided=at, decided_by=by, reason=reason
    )


async def in_bank(
    session: AsyncSession, row: ProposalRow, *, code: str, text: str, tags: Sequence[str]
) -> None:
    """Notes under which code it stands in the bank, and in which words."""
    row.code, row.text, row.tags = code, text, list(tags)
    await session.flush()


async def withdraw(session: AsyncSession, row: ProposalRow, *, at: datetime) -> bool:
    """Takes it back and wipes its words; false when it no longer waits."""
    gone = {"state": "withdrawn", "decided": at, "text": "", "tags": []}
    return await _change(session, row, ("unsent", "waiting", "left"), **gone)


async def leave(
    session: AsyncSession, community_id: int, accounts: Sequence[int], *, at: datetime
) -> list[ProposalRow]:
    """What of somebody's waited waits no more, for they left; returns it."""
    mine = [r for r in await waiting(session, community_id) if r.account_id in accounts]
    for row in mine:
        row.state, row.decided = "left", at
    await session.flush()
    return mine


async def authors(session: AsyncSession, community_id: int) -> Mapping[str, int]:
    """The account that proposed each code of the bank which was a proposal."""
    rows = await session.execute(
        select(_proposal.c.code, _proposal.c.account_id).where(
            _proposal.c.community_id == community_id, _proposal.c.state == "accepted"
        )
    )
    return {str(row[0]): int(row[1]) for row in rows}


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes what was declined or withdrawn 30 days ago, and what was never sent; counts it."""
    settled = and_(_proposal.c.state.in_(SETTLED), _proposal.c.decided < now - KEPT)
    unsent = and_(_proposal.c.state == "unsent", _proposal.c.at < now - UNSENT)
    result: Any = await session.execute(delete(_proposal).where(or_(settled, unsent)))
    return int(result.rowcount)


async def _change(
    session: AsyncSession, row: ProposalRow, states: Sequence[str], **values: Any
) -> bool:
    result: Any = await session.execute(
        update(_proposal)
        .where(_proposal.c.id == row.id, _proposal.c.state.in_(states))
        .values(**values)
    )
    await session.refresh(row)
    return bool(result.rowcount == 1)
