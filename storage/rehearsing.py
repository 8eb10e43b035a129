"""The copy of a database in which a rehearsal lets time pass, and what is read from it [AT-5].

Only the copy is ever written to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MethodType
from typing import Any

from sqlalchemy import delete, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courtesy import Pace
from bot.events import Account
from storage import backup
from storage.communities import CommunityRow
from storage.database import Database
from storage.intents import IntentRow
from storage.nameless import NamelessRow
from storage.paces import pace_of
from storage.people import AccountRow, PersonRow
from storage.probe import probe
from storage.rhythms import TurnRow
from storage.tasks import TaskRow
from storage.types import table_of

_intent = table_of(IntentRow)
_task = table_of(TaskRow)
_turn = table_of(TurnRow)
_nameless = table_of(NamelessRow)
_account = table_of(AccountRow)
_person = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """An intent of the copy that has left."""

    number: int
    kind: str
    audience: str
    audience_id: str
    subject: str | None
    why: str | None
    ended: datetime
    led: bool
    """Whether it led the message in which it left."""


async def copy(url: str, path: Path) -> None:
    """Copies a database that others may write to meanwhile, as of one instant, into a new file.

    Raises Unreachable; LookupError where there is no database yet.
    """
    stands = await probe(url)
    if stands.revision is None:
        raise LookupError(url)
    await backup.copy_database(url, path, stands.revision)


@dataclass(frozen=True, slots=True)
class Before:
    """What a copy held before time passed: its newest intent, and the subjects that have words."""

    newest: int
    worded: frozenset[str]


async def begin(database: Database, actions: Sequence[str]) -> Before:
    """Readies a copy and returns what it holds.

    No task of these actions waits in it any more, and nothing in it has to reach the disk. What was
    confided without a name is not foreseen: to see it wait is to learn when it was given.
    """
    async with database.session() as session:
        await session.execute(delete(_task).where(_task.c.action.in_(actions)))
        await session.execute(delete(_nameless))
        newest = (await session.execute(select(func.max(_intent.c.id)))).scalar_one()
        drawn = await session.execute(select(_turn.c.id).where(_turn.c.code.is_not(None)))
        worded = frozenset(f"turn:{number}" for number in drawn.scalars())
    for engine in (database.write, database.read):
        event.listen(engine.sync_engine, "connect", _hurry)
        # What is open already was opened without it.
        await engine.dispose()
    return Before(newest or 0, worded)


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()
    # Nothing else happens in the loop of a rehearsal: waking a thread for each statement would take
    # half of its time.
    driver = connection.driver_connection
    driver._execute = MethodType(_at_once, driver)  # noqa: SLF001 - aiosqlite has no other way


async def _at_once(connection: Any, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return act(*args, **named)


async def persons(database: Database) -> Mapping[Account, int]:
    """The root person of every account."""
    async with database.reading() as tx:
        rows = await tx.session.execute(
            select(
                _account.c.platform,
                _account.c.tenant,
                _account.c.external,
                func.coalesce(_person.c.merged_into, _person.c.id),
            ).join(_person, _person.c.id == _account.c.person_id)
        )
        return {Account(*rest): number for *rest, number in rows}


async def pace(session: AsyncSession, community_id: int, now: datetime) -> Pace:
    """How a community wants to be spoken to."""
    row = await session.get(CommunityRow, community_id)
    assert row is not None
    return pace_of(row, now)


async def left(database: Database, since: datetime) -> Sequence[Meant]:
    """The intents that left since then, in the order in which they did."""
    async with database.reading() as tx:
        rows = await tx.session.execute(
            select(_intent)
            .where(
                _intent.c.state == "released",
                _intent.c.ended >= since,
                _intent.c.audience != "role",
            )
            .order_by(_intent.c.ended, _intent.c.id)
        )
        return [
            Meant(
                number=row.id,
                kind=row.kind,
                audience=row.audience,
                audience_id=row.audience_id,
                subject=row.subject,
                why=row.why,
                ended=row.ended,
                led=row.merged_with is None,
            )
            for row in rows
        ]
