"""Answers given *sans mon nom* that wait for their moment: no table knows less of a person [PR-3].

A row has neither author nor hour. Its number is drawn at random, for one that counts would tell
in which order they came; so is its place among those that wait with it (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.types import instant, table_of

KEPT = timedelta(days=30)
"""How long one waits at most where nothing may be posted."""


class NamelessRow(SQLModel, table=True):
    """One text that waits; deleted in the transaction that posts it."""

    __tablename__ = "nameless"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id", index=True)
    posting_id: int = Field(foreign_key="posting.id", index=True)
    batch: int
    """Those of one batch leave in random order."""
    text: str
    due: datetime = Field(sa_column=instant())


_nameless = table_of(NamelessRow)


async def confide(
    session: AsyncSession,
    community_id: int,
    posting_id: int,
    *,
    number: int,
    batch: int,
    text: str,
    due: datetime,
) -> None:
    """Keeps a text until its moment. `number` is drawn at random."""
    await session.execute(
        insert(_nameless).values(
            id=number,
            community_id=community_id,
            posting_id=posting_id,
            batch=batch,
            text=text,
            due=due,
        )
    )


async def waiting(
    session: AsyncSession,
    community_id: int,
    *,
    posting_id: int | None = None,
    due: datetime | None = None,
) -> list[NamelessRow]:
    """Those that wait in a community, under one posting, or whose moment has come."""
    query = select(NamelessRow).where(_nameless.c.community_id == community_id)
    if posting_id is not None:
        query = query.where(_nameless.c.posting_id == posting_id)
    if due is not None:
        query = query.where(_nameless.c.due <= due)
    rows = await session.execute(query.order_by(_nameless.c.due, _nameless.c.id))
    return list(rows.scalars())


async def appoint(session: AsyncSession, moments: Sequence[tuple[int, datetime]]) -> None:
    """Gives each of these numbers its moment."""
    for number, due in moments:
        await session.execute(update(_nameless).where(_nameless.c.id == number).values(due=due))


async def wipe(session: AsyncSession, numbers: Collection[int]) -> None:
    """These are over."""
    await session.execute(delete(_nameless).where(_nameless.c.id.in_(list(numbers))))


async def wipe_posting(session: AsyncSession, posting_id: int) -> int:
    """What waits under a posting that was taken back goes unread; how many."""
    result: Any = await session.execute(
        delete(_nameless).where(_nameless.c.posting_id == posting_id)
    )
    return int(result.rowcount)


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes what could not be posted for 30 days."""
    result: Any = await session.execute(delete(_nameless).where(_nameless.c.due < now - KEPT))
    return int(result.rowcount)
