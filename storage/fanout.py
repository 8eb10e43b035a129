"""One message to many persons, a chunk at a time: the facts of a chunk in one query each [PE-4]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courtesy import Facts, Intent, Sent
from bot.events import Account
from bot.people import Reader, Role
from storage import people
from storage.communities import CommunityRow, as_community
from storage.intents import REMEMBERED, IntentRow, own_calendar, pace_of
from storage.mailbox import OutboxRow
from storage.people import AccountRow, MembershipRow, PersonRow
from storage.timers import TimerRow
from storage.types import table_of

_intent = table_of(IntentRow)
_outbox = table_of(OutboxRow)
_timer = table_of(TimerRow)
_person = table_of(PersonRow)
_account = table_of(AccountRow)
_membership = table_of(MembershipRow)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person of a chunk, with what courtesy must know of them."""

    person_id: int
    reader: Reader
    facts: Facts


async def intent(session: AsyncSession, intent_id: int) -> tuple[Intent, dict[str, Any]] | None:
    """The intent to a role that is being spread, and what it says; None when it was voided."""
    row = await session.get(IntentRow, intent_id)
    if row is None or row.state != "waiting":
        return None
    found = Intent(
        id=intent_id,
        kind=row.kind,
        audience="person",
        audience_id="",
        community=row.community_id,
        earliest=row.earliest,
        created=row.created,
        latest=row.latest,
        deadline=row.deadline,
        priority=row.priority,
        merge_key=row.merge_key,
        cause=row.cause,  # type: ignore[arg-type]
        subject=row.subject,
    )
    return found, row.say or {}


async def chunk(
    session: AsyncSession,
    community_id: int,
    role: Role,
    *,
    after: int,
    most: int,
    now: datetime,
) -> list[Recipient]:
    """The next persons who hold at least this role, in order of their number."""
    roles = [each.word for each in Role if each >= role and each > Role.VISITOR]
    row = await session.get(CommunityRow, community_id)
    if row is None:
        return []
    community, pace = as_community(row), pace_of(row, now)
    found = await session.execute(
        select(PersonRow, _account.c.platform, _account.c.tenant, _account.c.external)
        .join(_membership, _membership.c.person_id == _person.c.id)
        .join(_account, and_(_account.c.person_id == _person.c.id, _account.c.preferred))
        .where(
            _membership.c.community_id == community_id,
            _membership.c.state == "active",
            _membership.c.role.in_(roles),
            _person.c.merged_into.is_(None),
            _person.c.id > after,
        )
        .order_by(_person.c.id, _account.c.id)
        .limit(most)
    )
    persons = {person.id or 0: (person, Account(*rest)) for person, *rest in reversed(found.all())}
    sent = await _sent(session, list(persons), now)
    return [
        Recipient(
            number,
            Reader(
                account=account,
                person_id=number,
                name=person.name,
                language=person.language,
                zone=people.zone_of(person.zone),
            ),
            Facts(
                paces={community_id: pace},
                own=own_calendar(person, community),
                pause_until=person.pause_until,
                pause_set_at=person.pause_set_at,
                muted=frozenset(person.muted),
                sent=sent.get(number, ()),
            ),
        )
        for number, (person, account) in sorted(persons.items())
    ]


async def write_parcels(session: AsyncSession, parcels: Sequence[Mapping[str, Any]]) -> None:
    """Writes outbox rows in one statement; each has the columns of `OutboxRow`."""
    if parcels:
        await session.execute(insert(_outbox), [dict(parcel) for parcel in parcels])


async def write_intents(session: AsyncSession, intents: Sequence[Mapping[str, Any]]) -> None:
    """Writes one intent per person in one statement: the log of what left, or what waits."""
    if intents:
        await session.execute(insert(_intent), [dict(each) for each in intents])


async def write_looks(session: AsyncSession, looks: Sequence[Mapping[str, Any]]) -> None:
    """Sets the timers of those for whom it waits; one that is there already looks soon enough."""
    if looks:
        dialect: Any = _dialect(session)
        await session.execute(
            dialect(_timer).on_conflict_do_nothing(), [dict(each) for each in looks]
        )


async def finish(session: AsyncSession, intent_id: int, now: datetime) -> None:
    """The whole audience has been seen: what the intent said is wiped."""
    row = await session.get(IntentRow, intent_id)
    if row is not None:
        row.state, row.ended, row.say, row.look = "released", now, None, None
        await session.flush()


async def _sent(
    session: AsyncSession, persons: Sequence[int], now: datetime
) -> dict[int, tuple[Sent, ...]]:
    rows = await session.execute(
        select(
            _intent.c.person_id,
            _intent.c.kind,
            _intent.c.ended,
            _intent.c.subject,
            _intent.c.cause,
        )
        .where(
            _intent.c.person_id.in_(persons),
            _intent.c.state == "released",
            _intent.c.ended > now - REMEMBERED,
        )
        .order_by(_intent.c.ended, _intent.c.id)
    )
    found: dict[int, list[Sent]] = {}
    for person_id, kind, ended, subject, cause in rows:
        found.setdefault(person_id, []).append(
            Sent(kind=kind, at=ended, subject=subject, asked=cause == "asked")
        )
    return {person_id: tuple(each) for person_id, each in found.items()}


def _dialect(session: AsyncSession) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    name = session.get_bind().dialect.name
    return postgresql.insert if name == "postgresql" else sqlite.insert
