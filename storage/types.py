"""Columns: aware instants, JSON, names of keys; and the insert that ignores what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# A later migration can only change what has a name, and a name that is the same on every database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, UTC in and out. A naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row class: SQLModel makes it, and its types do not tell so."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column of aware instants."""
    return Column(Instant(), nullable=nullable, index=index)


def json_column(*, nullable: bool = False) -> Any:
    """A column of JSON; None is SQL NULL, so that a wiped body is really empty."""
    return Column(JSON(none_as_null=True), nullable=nullable)


async def insert_new(session: AsyncSession, table: Any, **values: Any) -> bool:
    """Inserts a row unless its unique key stands already; says whether it did. One statement."""
    statement = _insert_new(table, session.get_bind().dialect.name)
    result: Any = await session.execute(statement, values)
    return bool(result.rowcount == 1)


async def upsert(session: AsyncSession, table: Any, keys: list[str], **values: Any) -> None:
    """Inserts a row, or replaces the other columns of the one with these keys."""
    dialect = session.get_bind().dialect.name
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table).values(**values)
    rest = {name: value for name, value in values.items() if name not in keys}
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


@cache
def _insert_new(table: Any, dialect: str) -> Any:
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()
