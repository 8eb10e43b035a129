"""Whom the bot forgot, without knowing who: so that a restored backup forgets them again [SE-8]."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account
from storage.people import AccountRow, PersonRow
from storage.types import insert_new, table_of

KEPT = timedelta(days=60)
"""Longer than the oldest backup."""


class ErasureRow(SQLModel, table=True):
    """That somebody was erased on a day. Only who holds the secret can tell that it was them."""

    __tablename__ = "erasure"

    digest: str = Field(primary_key=True)
    """HMAC-SHA256 of the account's key, in hex."""
    day: date = Field(index=True)


_erasure = table_of(ErasureRow)
_account = table_of(AccountRow)
_person = table_of(PersonRow)


async def note_erasure(
    session: AsyncSession, accounts: Iterable[Account], secret: bytes, now: datetime
) -> None:
    """Notes that these accounts are erased today; before the erasure, while they are known."""
    for account in accounts:
        digest = digest_of(account, secret)
        await session.execute(delete(_erasure).where(_erasure.c.digest == digest))
        await insert_new(session, _erasure, digest=digest, day=now.date())


async def noted(session: AsyncSession) -> dict[str, date]:
    """Every erasure still noted: its digest and its day. What `restore` carries over."""
    rows = await session.execute(select(_erasure.c.digest, _erasure.c.day))
    return {row[0]: row[1] for row in rows}


async def keep(session: AsyncSession, notes: dict[str, date]) -> None:
    """Takes over the notes of another database."""
    for digest, day in notes.items():
        await insert_new(session, _erasure, digest=digest, day=day)


async def still_known(session: AsyncSession, digests: Collection[str], secret: bytes) -> list[int]:
    """The root persons of whom an account was erased and who are (again) in this database."""
    rows = await session.execute(
        select(
            _account.c.platform,
            _account.c.tenant,
            _account.c.external,
            func.coalesce(_person.c.merged_into, _person.c.id),
        ).join(_person, _person.c.id == _account.c.person_id)
    )
    found = {row[3] for row in rows if digest_of(Account(*row[:3]), secret) in digests}
    return sorted(found)


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes the notes after 60 days."""
    result: Any = await session.execute(
        delete(_erasure).where(_erasure.c.day < (now - KEPT).date())
    )
    return int(result.rowcount)


def digest_of(account: Account, secret: bytes) -> str:
    """What stands for an account: nobody without the secret can find out by trying names."""
    return hmac.new(secret, account.key.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
