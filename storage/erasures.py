"""Whom the bot forgot, without knowing who: so that a restored backup forgets them again [SE-8].

The notes stand in a table, and once more in a list in a file of its own: a backup is older than the
erasures that followed it, and only what outlives the database can tell of them.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account
from storage.people import AccountRow, PersonRow
from storage.types import insert_new, table_of

KEPT = timedelta(days=60)
"""Longer than the oldest backup."""
LIST = "erasures.txt"
"""The name of the list, in the folder of the configuration."""
ERASED = "erased"
"""Under which a session says what it erases: `storage.database` lists it after the commit."""

_LINE = re.compile(r"([0-9a-f]{64}) (\S+)")


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
        session.info.setdefault(ERASED, {})[digest] = now


async def noted(session: AsyncSession) -> dict[str, date]:
    """Every erasure still noted: its digest and its day. What `restore` carries over."""
    rows = await session.execute(select(_erasure.c.digest, _erasure.c.day))
    return {row[0]: row[1] for row in rows}


async def keep(session: AsyncSession, notes: Mapping[str, date]) -> None:
    """Takes over the notes of another database; the later day counts."""
    for digest, day in notes.items():
        await insert_new(session, _erasure, digest=digest, day=day)
        await session.execute(
            update(_erasure)
            .where(_erasure.c.digest == digest, _erasure.c.day < day)
            .values(day=day)
        )


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


def append(path: Path, erased: Mapping[str, datetime]) -> None:
    """Adds erasures to the list; they are on the disk when it returns.

    Raises OSError, and has added nothing then: half a line would spoil the next one.
    """
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "wb", buffering=0) as file:
        stood = os.fstat(opened).st_size
        left = _lines(erased).encode()
        try:
            while left:
                left = left[file.write(left) or 0 :]
            os.fsync(opened)
        except OSError:
            with suppress(OSError):
                os.ftruncate(opened, stood)
            raise


def listed(path: Path) -> dict[str, datetime]:
    """The list: each digest and the latest instant. A line that a kill broke off is left out."""
    found: dict[str, datetime] = {}
    for line in path.read_text("utf-8", "replace").splitlines() if path.is_file() else ():
        match = _LINE.fullmatch(line)
        try:
            at = datetime.fromisoformat(match[2]) if match else None
        except ValueError:
            continue
        if match and at and at.tzinfo:
            found[match[1]] = max(at, found.get(match[1], at))
    return found


async def reconcile(session: AsyncSession, path: Path, now: datetime) -> None:
    """Makes the list whole: what a kill kept from it is added, and what is too old goes."""
    found = listed(path)
    for digest, day in (await noted(session)).items():
        at = datetime.combine(day, time(), UTC)
        found[digest] = max(at, found.get(digest, at))
    rewrite(path, {digest: at for digest, at in found.items() if at >= now - KEPT})


def rewrite(path: Path, erased: Mapping[str, datetime]) -> None:
    """Puts another list in the place of this one, whole or not at all."""
    text = _lines(erased)
    if not path.is_file() and not text:
        return
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    append(half, erased)
    half.replace(path)


def _lines(erased: Mapping[str, datetime]) -> str:
    lines = (f"{each} {at.astimezone(UTC).isoformat()}\n" for each, at in erased.items())
    return "".join(lines)


def digest_of(account: Account, secret: bytes) -> str:
    """What stands for an account: nobody without the secret can find out by trying names."""
    return hmac.new(secret, account.key.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
