"""The journal as coordinators read it: who, what, when, before → after [CO-4]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.communities import JournalRow
from storage.people import AccountRow, MembershipRow, PersonRow, root_of
from storage.types import table_of

PAGE = 10

_journal = table_of(JournalRow)
_account = table_of(AccountRow)
_person = table_of(PersonRow)
_membership = table_of(MembershipRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal; a name is None for the bot itself, or when nobody keeps it."""

    at: datetime
    act: str
    by: str | None
    about: str | None
    before: str
    after: str


async def page(session: AsyncSession, community_id: int, number: int) -> tuple[list[Entry], bool]:
    """A page of the journal, newest first from page 1, and whether there are older lines."""
    rows = (
        await session.execute(
            select(_journal)
            .where(_journal.c.community_id == community_id)
            .order_by(_journal.c.at.desc(), _journal.c.id.desc())
            .offset((max(number, 1) - 1) * PAGE)
            .limit(PAGE + 1)
        )
    ).all()
    shown = rows[:PAGE]
    numbers = {n for row in shown for n in (row.account_id, row.about) if n is not None}
    names = await _names(session, community_id, numbers)
    entries = [
        Entry(
            at=row.at,
            act=row.act,
            by=names.get(row.account_id),
            about=names.get(row.about),
            before=row.before,
            after=row.after,
        )
        for row in shown
    ]
    return entries, len(rows) > PAGE


async def newest(
    session: AsyncSession, community_id: int, act: str, *, since: datetime
) -> JournalRow | None:
    """The newest line of an act since that instant, or None."""
    rows = await session.execute(
        select(JournalRow)
        .where(
            _journal.c.community_id == community_id,
            _journal.c.act == act,
            _journal.c.at >= since,
        )
        .order_by(_journal.c.at.desc(), _journal.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def _names(session: AsyncSession, community_id: int, accounts: set[int]) -> dict[Any, str]:
    rows = await session.execute(
        select(_account.c.id, func.coalesce(_membership.c.name, _person.c.name))
        .join(_person, _person.c.id == _account.c.person_id)
        .outerjoin(
            _membership,
            (_membership.c.person_id == root_of(_person.c.id))
            & (_membership.c.community_id == community_id),
        )
        .where(_account.c.id.in_(accounts))
    )
    return {row[0]: row[1] for row in rows}
