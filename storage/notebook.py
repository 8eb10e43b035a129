"""Small notes of adapters and jobs: cursors, tokens of a sync, when a job last ran."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.types import json_column, table_of, upsert


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
