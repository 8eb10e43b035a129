"""What is known of persons: one declaration per table, used by export, erasure and `data-map`.

A table that has a column for an account, a person or a private place and no `Knows` fails the
contract test; so nobody can forget one [SE-8, PV-3].
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account
from bot.lanes import lanes_of

BY = ("person_id", "account_id", "external", "place")

VERSION = 1
"""Of the shape of an export."""


@dataclass(frozen=True, slots=True)
class Knows:
    """That a table knows a person, through `column`.

    `by` says what the column holds: `person_id` (a person), `account_id` (an account),
    `external` (the platform's id, with platform and tenant beside it) or `place` (the key of a
    private conversation). `why`, `kept`, `seen_by` are ends of text keys (`data-why-…`,
    `data-kept-…`, `data-seen-…`). Erasure goes by `rank`, low first; with `keeps` the row stays
    and the column is emptied, and so are the `wipes`, columns that speak of the person. `secret`
    columns are left out of an export. `cards` are the beginnings of the receipt names of messages
    that speak of the person, before the row's number: `request` for `request:12`.
    """

    table: Any
    _: KW_ONLY
    why: str
    kept: str
    seen_by: str
    by: str
    column: str
    rank: int = 50
    keeps: bool = False
    wipes: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Under what a human being stands in the tables."""

    persons: tuple[int, ...] = ()
    account_ids: tuple[int, ...] = ()
    accounts: tuple[Account, ...] = ()


def ordered(declared: Iterable[Knows]) -> list[Knows]:
    """The declarations in the order in which erasure must go."""
    return sorted(declared, key=lambda knows: (knows.rank, knows.table.__tablename__))


def data_map(declared: Iterable[Knows]) -> list[tuple[str, str, str, str, str]]:
    """For each declaration its table, its column, and the text keys of why, how long, who sees."""
    return sorted(
        (
            knows.table.__tablename__,
            knows.column,
            f"data-why-{knows.why}",
            f"data-kept-{knows.kept}",
            f"data-seen-{knows.seen_by}",
        )
        for knows in declared
    )


async def traces_of(session: AsyncSession, person_id: int) -> Traces:
    """What belongs to a person: of all the persons merged into one, and of all their accounts."""
    person, account = _tables("person", "account")
    row = (
        await session.execute(select(person.c.merged_into).where(person.c.id == person_id))
    ).first()
    root = row[0] if row and row[0] is not None else person_id
    persons = await session.execute(
        select(person.c.id)
        .where((person.c.id == root) | (person.c.merged_into == root))
        .order_by(person.c.id)
    )
    numbers = tuple(each[0] for each in persons)
    rows = list(
        await session.execute(
            select(account.c.id, account.c.platform, account.c.tenant, account.c.external)
            .where(account.c.person_id.in_(numbers))
            .order_by(account.c.id)
        )
    )
    return Traces(
        persons=numbers,
        account_ids=tuple(each[0] for each in rows),
        accounts=tuple(Account(*each[1:]) for each in rows),
    )


async def export_person(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """All that is known of a person, ready for JSON: `{"version": 1, "tables": {name: [rows]}}`.

    Every table that may know a person has its list, an empty one too. Instants are ISO 8601.
    """
    return await export_traces(session, await traces_of(session, person_id))


async def export_traces(session: AsyncSession, traces: Traces) -> dict[str, Any]:
    """The same for an account that belongs to no person kept: `Traces(accounts=(account,))`."""
    tables: dict[str, list[dict[str, Any]]] = {}
    declared = sorted(_declared(), key=lambda each: each.table.__tablename__)
    for knows in declared:
        table: Table = knows.table.__table__
        secret = {name for each in declared if each.table is knows.table for name in each.secret}
        rows = await session.execute(
            select(table).where(_condition(knows, traces)).order_by(*table.primary_key)
        )
        known = tables.setdefault(table.name, [])
        for row in rows.mappings():
            shown = {
                column.name: _plain(row[column.name])
                for column in table.c
                if column.name not in secret
            }
            if shown not in known:
                known.append(shown)
    return {"version": VERSION, "tables": tables}


async def kept_of(session: AsyncSession, traces: Traces) -> list[Knows]:
    """The declarations under which something is kept of somebody now, by name of table."""
    found: list[Knows] = []
    for knows in sorted(_declared(), key=lambda each: each.table.__tablename__):
        table: Table = knows.table.__table__
        rows = await session.execute(
            select(*table.primary_key).where(_condition(knows, traces)).limit(1)
        )
        if rows.first() is not None:
            found.append(knows)
    return found


async def cards_of(
    session: AsyncSession, traces: Traces, *, community_id: int | None = None
) -> list[str]:
    """The receipt names of the bot's messages that speak of somebody; before the erasure."""
    names: list[str] = []
    for knows in _declared():
        table: Table = knows.table.__table__
        within = None if community_id is None else _within(table, community_id)
        if not knows.cards or (community_id is not None and within is None):
            continue
        condition = _condition(knows, traces)
        if within is not None:
            condition = and_(condition, within)
        rows = await session.execute(select(table.c.id).where(condition).order_by(table.c.id))
        names += [f"{card}:{row[0]}" for row in rows for card in knows.cards]
    return names


async def erase_person(
    session: AsyncSession, person_id: int, *, community_id: int | None = None
) -> dict[str, int]:
    """Forgets a person in every table; counts the rows deleted or emptied, by table.

    With `community_id`, only what belongs to that community: the person stays for the others.
    `storage.erasures.note_erasure` must come before: afterwards nobody knows the accounts.
    """
    traces = await traces_of(session, person_id)
    return await erase_traces(session, traces, community_id=community_id)


async def erase_traces(
    session: AsyncSession, traces: Traces, *, community_id: int | None = None
) -> dict[str, int]:
    """The same for an account that belongs to no person kept: `Traces(accounts=(account,))`."""
    counts: dict[str, int] = {}
    for knows in ordered(_declared()):
        table: Table = knows.table.__table__
        condition = _condition(knows, traces)
        if community_id is not None:
            within = _within(table, community_id)
            if within is None:
                continue
            condition = and_(condition, within)
        if knows.keeps:
            empty = {name: _empty(table, name) for name in (knows.column, *knows.wipes)}
            result: Any = await session.execute(update(table).where(condition).values(empty))
        else:
            result = await session.execute(delete(table).where(condition))
        counts[table.name] = counts.get(table.name, 0) + result.rowcount
    session.expire_all()
    return {name: count for name, count in counts.items() if count}


def _condition(knows: Knows, traces: Traces) -> ColumnElement[bool]:
    table: Table = knows.table.__table__
    column = table.c[knows.column]
    match knows.by:
        case "person_id":
            return column.in_(traces.persons)
        case "account_id":
            return column.in_(traces.account_ids)
        case "place":
            return column.in_([lane for account in traces.accounts for lane in lanes_of(account)])
        case "external":
            each = [
                and_(
                    table.c.platform == account.platform,
                    table.c.tenant == account.tenant,
                    column == account.id,
                )
                for account in traces.accounts
            ]
            return or_(false(), *each)
    raise ValueError(knows.by)


def _within(table: Table, community_id: int) -> ColumnElement[bool] | None:
    """That a row belongs to a community: by its own column, or by that of what it refers to."""
    if table.name == "community":
        return table.c.id == community_id
    if "community_id" in table.c:
        return table.c.community_id == community_id
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        target = key.column.table
        if target.name in ("person", "account", table.name):
            continue
        within = _within(target, community_id)
        if within is not None:
            return key.parent.in_(select(key.column).where(within))
    return None


def _empty(table: Table, name: str) -> str | None:
    return None if table.c[name].nullable else ""


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    return value


def _declared() -> list[Knows]:
    # The tables declare themselves with this module, so it cannot import them earlier.
    from storage.tables import known

    return known()


def _tables(*names: str) -> list[Table]:
    from storage.tables import metadata

    return [metadata.tables[name] for name in names]
