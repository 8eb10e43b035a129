"""Small notes of adapters and jobs: cursors, tokens of a sync, when a job last ran.

Most stay for good. Those that come in numbers hold the day they were made as their third part, and
go with it: a note is a list then, `[…, …, "2026-03-02"]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.types import json_column, table_of, upsert

PASSING: Mapping[str, timedelta] = {
    "matrix.reaction.": timedelta(days=30),
    "slack.reactions.": timedelta(days=30),
}
"""How long notes are kept whose key begins so: a reaction taken back later changes nothing."""


class NoteRow(SQLModel, table=True):
    """One note by its key."""

    __tablename__ = "note"

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=json_column(nullable=True))


_note = table_of(NoteRow)


class Notebook:
    """The port `bot.ports.Notebook` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def read(self, key: str) -> Any:
        """What was noted, or None."""
        rows = await self.session.execute(select(_note.c.value).where(_note.c.key == key))
        return rows.scalar_one_or_none()

    async def write(self, key: str, value: Any) -> None:
        """Notes it, in place of what was there."""
        await upsert(self.session, _note, ["key"], key=key, value=value)

    async def remove(self, key: str) -> None:
        """Notes it no more."""
        await self.session.execute(delete(_note).where(_note.c.key == key))


class Notes:
    """The port `bot.ports.Notes`: the notebook of an adapter, each writing a commit of its own."""

    def __init__(self, begin: Callable[[], Any], reading: Callable[[], Any]) -> None:
        self.begin = begin
        self.reading = reading

    async def read(self, key: str) -> Any:
        """What was noted, or None."""
        async with self.reading() as tx:
            return await tx.notebook.read(key)

    async def write(self, key: str, value: Any) -> None:
        """Notes it for good, in place of what was there."""
        async with self.begin() as tx:
            await tx.notebook.write(key, value)


async def forget(session: AsyncSession, prefix: str, before: date) -> int:
    """Removes the notes whose key begins so and that were made before that day; counts them."""
    day = _note.c.value[2].as_string()
    done: Any = await session.execute(
        delete(_note).where(
            _note.c.key.startswith(prefix, autoescape=True), day < before.isoformat()
        )
    )
    return int(done.rowcount)


async def forget_old(session: AsyncSession, now: datetime) -> dict[str, int]:
    """Removes the notes that were kept long enough; counts them."""
    return {
        "note": sum(
            [await forget(session, prefix, (now - kept).date()) for prefix, kept in PASSING.items()]
        )
    }
