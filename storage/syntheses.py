"""What humans wrote to sum up a thread, on purpose and for everybody [PR-5]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.privacy import Knows
from storage.types import instant, json_column, table_of


class SynthesisRow(SQLModel, table=True):
    """One synthesis: of a posted prompt, or of the thread under `root` in a space."""

    __tablename__ = "synthesis"
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    posting_id: int | None = Field(default=None, foreign_key="posting.id")
    space_id: int | None = Field(default=None, foreign_key="space.id")
    root: str = ""
    people: int = 0
    words: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    """question, agreed, open, link; the empty ones are left out. None at all: it was taken back,
    and its row only keeps its number from being given again.
    """
    written_by: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_column=instant())


KNOWS = (
    Knows(
        SynthesisRow,
        why="synthesis",
        kept="community",
        seen_by="members",
        by="account_id",
        column="written_by",
        rank=20,
        keeps=True,
    ),
)

_synthesis = table_of(SynthesisRow)


async def keep(
    session: AsyncSession,
    community_id: int,
    words: Mapping[str, str],
    *,
    people: int,
    by: int,
    at: datetime,
    posting_id: int | None = None,
    space_id: int | None = None,
    root: str = "",
) -> int:
    """Keeps a synthesis of a posting, or of a thread; returns its number."""
    row = SynthesisRow(
        community_id=community_id,
        posting_id=posting_id,
        space_id=space_id,
        root=root,
        people=people,
        words=dict(words),
        written_by=by,
        at=at,
    )
    session.add(row)
    await session.flush()
    assert row.id is not None
    return row.id


async def remove(session: AsyncSession, community_id: int, number: int) -> None:
    """A synthesis that was taken back is kept no more."""
    await session.execute(
        update(_synthesis)
        .where(_synthesis.c.id == number, _synthesis.c.community_id == community_id)
        .values(words={}, people=0)
    )


async def remove_of(session: AsyncSession, posting_id: int) -> None:
    """What summed up a posting that was taken back goes with it."""
    await session.execute(
        update(_synthesis).where(_synthesis.c.posting_id == posting_id).values(words={}, people=0)
    )


async def latest(session: AsyncSession, community_id: int, *, most: int = 20) -> list[SynthesisRow]:
    """The newest syntheses of a community that stand."""
    rows = await session.execute(
        select(SynthesisRow)
        .where(_synthesis.c.community_id == community_id)
        .order_by(_synthesis.c.id.desc())
        .limit(2 * most)
    )
    return [row for row in rows.scalars() if row.words][:most]
