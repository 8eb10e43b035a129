"""The bank of prompts: a community's own, and what it changed of the supplied ones [PR-1].

A supplied prompt (`P07`) has a row only once it was edited or archived here; a column that is None
then says « as supplied ». A community's own prompts are `C01`, `C02`, …
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.privacy import Knows
from storage.types import instant, json_column, table_of


class PromptRow(SQLModel, table=True):
    """One prompt of a community's own, or what it changed of a supplied one."""

    __tablename__ = "prompt"
    __table_args__ = (UniqueConstraint("community_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    code: str
    number: int = 0
    """Its number among the community's own; 0 for a supplied one."""
    text: str | None = None
    options: list[str] | None = Field(default=None, sa_column=json_column(nullable=True))
    tags: list[str] | None = Field(default=None, sa_column=json_column(nullable=True))
    effort: int | None = None
    single_use: bool | None = None
    archived: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    written_by: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_column=instant())


KNOWS = (
    Knows(
        PromptRow,
        why="prompt",
        kept="community",
        seen_by="animators",
        by="account_id",
        column="written_by",
        rank=20,
        keeps=True,
    ),
)

_prompt = table_of(PromptRow)


async def every(session: AsyncSession, community_id: int) -> list[PromptRow]:
    """What a community wrote or changed, its own prompts in order."""
    rows = await session.execute(
        select(PromptRow)
        .where(_prompt.c.community_id == community_id)
        .order_by(_prompt.c.number, _prompt.c.code)
    )
    return list(rows.scalars())


async def of(session: AsyncSession, community_id: int, code: str) -> PromptRow | None:
    """What a community wrote or changed under that code, or None."""
    rows = await session.execute(
        select(PromptRow).where(_prompt.c.community_id == community_id, _prompt.c.code == code)
    )
    return rows.scalar_one_or_none()


async def add(
    session: AsyncSession,
    community_id: int,
    *,
    text: str,
    options: Sequence[str] = (),
    tags: Sequence[str] = (),
    effort: int = 2,
    single_use: bool = False,
    by: int,
    at: datetime,
) -> str:
    """Adds a prompt of the community's own and returns its code."""
    last = await session.execute(
        select(func.max(_prompt.c.number)).where(_prompt.c.community_id == community_id)
    )
    number = (last.scalar_one_or_none() or 0) + 1
    row = PromptRow(community_id=community_id, code=f"C{number:02}", number=number, at=at)
    session.add(row)
    _write(row, text, options, tags=tags, effort=effort, single_use=single_use, by=by, at=at)
    await session.flush()
    return row.code


async def change(
    session: AsyncSession,
    community_id: int,
    code: str,
    *,
    text: str | None,
    options: Sequence[str] | None,
    tags: Sequence[str],
    effort: int,
    single_use: bool,
    by: int,
    at: datetime,
) -> None:
    """Gives a prompt other words. None leaves the supplied text or the supplied options."""
    row = await _row(session, community_id, code, at)
    _write(row, text, options, tags=tags, effort=effort, single_use=single_use, by=by, at=at)
    await session.flush()


async def archive(
    session: AsyncSession, community_id: int, code: str, *, at: datetime, back: bool = False
) -> None:
    """Takes a prompt out of the bank, or puts it back in."""
    row = await _row(session, community_id, code, at)
    row.archived = None if back else at
    await session.flush()


async def _row(session: AsyncSession, community_id: int, code: str, at: datetime) -> PromptRow:
    row = await of(session, community_id, code)
    if row is None:
        row = PromptRow(community_id=community_id, code=code, at=at)
        session.add(row)
    return row


def _write(
    row: PromptRow,
    text: str | None,
    options: Sequence[str] | None,
    *,
    tags: Sequence[str],
    effort: int,
    single_use: bool,
    by: int,
    at: datetime,
) -> None:
    row.text = text
    row.options = None if options is None else list(options)
    row.tags, row.effort, row.single_use = list(tags), effort, single_use
    row.written_by, row.at = by, at
