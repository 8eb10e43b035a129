"""Every row from one database to another, whichever of the two kinds each is.

Tables are taken as they stand, not as this version's models say: a copy is made of an older
database too, before it is brought forward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    ForeignKey,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.types import Instant

AT_ONCE = 500
"""Rows that are read, and written, together."""
REVISION = "alembic_version"
"""The one table that is not copied: the migrations write it themselves."""


async def transfer(
    source: AsyncConnection, target: AsyncConnection, tell: Callable[[int, int], None]
) -> int:
    """Copies every row into the same tables, which are empty; returns how many there were.

    Both must be at the same revision. `tell` hears how many rows of how many are done. The caller
    holds both transactions, so that the copy is of one instant and arrives whole.
    """
    tables = (await source.run_sync(found_tables)).sorted_tables
    total = sum([await _count(source, table) for table in tables])
    done = 0
    for table in tables:
        pointers: list[dict[str, Any]] = []
        within = [column.name for column in table.c if _points_within(column)]
        rows = await source.stream(select(table).order_by(*table.primary_key))
        async for chunk in rows.mappings().partitions(AT_ONCE):
            values = [dict(row) for row in chunk]
            pointers += [dict(each) for each in values if any(each[name] for name in within)]
            # A row may point at a later one of its own table: pointers come after all rows.
            await target.execute(insert(table), [each | dict.fromkeys(within) for each in values])
            done += len(values)
            tell(done, total)
        if pointers:
            await target.execute(_point(table, within), [_bound(each) for each in pointers])
    await _carry_numbers(source, target)
    return done


def found_tables(connection: Connection) -> MetaData:
    """The tables that stand in a database, with the types under which both kinds keep the same."""
    found, metadata = inspect(connection), MetaData()
    for name in found.get_table_names():
        if name != REVISION:
            Table(name, metadata, *_columns(found, name))
    return metadata


def _columns(found: Any, name: str) -> Iterator[Column[Any]]:
    keys = found.get_pk_constraint(name)["constrained_columns"]
    refers = {
        each["constrained_columns"][0]: f"{each['referred_table']}.{each['referred_columns'][0]}"
        for each in found.get_foreign_keys(name)
    }
    for each in found.get_columns(name):
        kind = each["type"]
        if isinstance(kind, DateTime):
            kind = Instant()
        elif isinstance(kind, JSON):
            kind = JSON(none_as_null=True)
        reference = [ForeignKey(refers[each["name"]])] if each["name"] in refers else []
        yield Column(each["name"], kind, *reference, primary_key=each["name"] in keys)


def _points_within(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _point(table: Table, within: list[str]) -> Any:
    statement = update(table).values({name: bindparam(f"to_{name}") for name in within})
    return statement.where(*(key == bindparam(f"to_{key.name}") for key in table.primary_key))


def _bound(row: dict[str, Any]) -> dict[str, Any]:
    # A name of its own: SQLAlchemy keeps those of the columns for itself.
    return {f"to_{name}": value for name, value in row.items()}


async def _count(connection: AsyncConnection, table: Table) -> int:
    counted = await connection.execute(select(func.count()).select_from(table))
    return int(counted.scalar_one())


async def _carry_numbers(source: AsyncConnection, target: AsyncConnection) -> None:
    """A number that was once given is not given again, though its row is long gone."""
    given = await _numbers(source)
    for name, table in (await target.run_sync(found_tables)).tables.items():
        if list(table.primary_key.columns.keys()) != ["id"]:
            continue
        newest = (await target.execute(select(func.max(table.c.id)))).scalar_one() or 0
        number = max(given.get(name, 0), newest)
        if number:
            await _set_number(target, name, number)


async def _numbers(connection: AsyncConnection) -> dict[str, int]:
    """The last number that each table gave, where the database keeps count of it."""
    if connection.dialect.name == "sqlite":
        rows = await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    else:
        rows = await connection.execute(
            text(
                "SELECT t.relname, s.last_value FROM pg_sequences s"
                " JOIN pg_class q ON q.oid ="
                " (quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename))::regclass"
                " JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i')"
                " JOIN pg_class t ON t.oid = d.refobjid"
                " WHERE s.last_value IS NOT NULL AND s.schemaname = current_schema()"
            )
        )
    return {row[0]: int(row[1]) for row in rows}


async def _set_number(connection: AsyncConnection, table: str, number: int) -> None:
    values = {"name": table, "number": number}
    if connection.dialect.name == "postgresql":
        await connection.execute(
            text("SELECT setval(pg_get_serial_sequence(quote_ident(:name), 'id'), :number)"), values
        )
        return
    counts = text("SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name = :name")
    if (await connection.execute(counts, values)).scalar_one():
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        await connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values
        )
