"""One message to many persons, a chunk at a time: the facts of a chunk in one query each [PE-4]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courtesy import Facts, Intent, Sent
from bot.events import Account
from bot.people import Community, Reader, Role
from storage import digests, people
from storage.communities import CommunityRow, as_community
from storage.intents import BOARDING, REMEMBERED, IntentRow, aboard, as_intent
from storage.paces import own_calendar, pace_of
from storage.parcels import OutboxRow
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
    rides: datetime | None = None
    """Until when it waits, to share one message with something else of theirs."""


async def intent(session: AsyncSession, intent_id: int) -> tuple[Intent, dict[str, Any]] | None:
    """The intent to a role that is being spread, and what it says; None when it was voided."""
    row = await session.get(IntentRow, intent_id)
    if row is None or row.state != "waiting":
        return None
    found = replace(as_intent(row), audience="person", audience_id="", held=False)
    return found, row.say or {}


async def chunk(
    session: AsyncSession,
    community_id: int,
    role: Role,
    *,
    after: int,
    most: int,
    now: datetime,
    wish: Intent | None = None,
    only: str | None = None,
) -> list[Recipient]:
    """The next persons who hold at least this role, in order of their number.

    `only` is the slot of a digest: those who chose it before it was due. With `wish` it is told who
    has something waiting that shares its message, or a digest that it can ride in.
    """
    roles = [each.word for each in Role if each >= role and each > Role.VISITOR]
    row = await session.get(CommunityRow, community_id)
    if row is None:
        return []
    community, pace = as_community(row), pace_of(row, now)
    chosen: Any = true()
    if only is not None and wish is not None:
        slot, zone = digests.Slot.of(only), community.zone.key
        chosen = digests.reads(slot, community_id, zone, at=wish.earliest)
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
            chosen,
        )
        .order_by(_person.c.id, _account.c.id)
        .limit(most)
    )
    persons = {person.id or 0: (person, Account(*rest)) for person, *rest in reversed(found.all())}
    sent = await _sent(session, list(persons), now)
    rides = await _rides(session, community, wish, list(persons), now=now)
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
            rides=rides.get(number),
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
    """Sets the timers of those for whom it waits, or moves those that would look too late."""
    if looks:
        dialect: Any = _dialect(session)
        statement = dialect(_timer)
        sooner = statement.excluded.due
        statement = statement.on_conflict_do_update(
            index_elements=["action", "key"], set_={"due": sooner}, where=sooner < _timer.c.due
        )
        await session.execute(statement, [dict(each) for each in looks])


async def finish(session: AsyncSession, intent_id: int, now: datetime) -> None:
    """The whole audience has been seen: what the intent said is wiped."""
    row = await session.get(IntentRow, intent_id)
    if row is not None:
        row.state, row.ended, row.say, row.look = "released", now, None, None
        await session.flush()


async def _rides(
    session: AsyncSession,
    community: Community,
    wish: Intent | None,
    persons: Sequence[int],
    *,
    now: datetime,
) -> dict[int, datetime]:
    if wish is None:
        return {}
    if wish.can_wait:
        coming = await digests.coming(session, community.id, persons, community.zone.key, now)
        found = {number: aboard(wish, digest, now).earliest for number, digest in coming.items()}
        return {number: at for number, at in found.items() if at > now}
    rows = await session.execute(
        select(_intent.c.person_id, func.max(_intent.c.earliest))
        .where(
            _intent.c.person_id.in_(persons),
            _intent.c.community_id == community.id,
            _intent.c.state == "waiting",
            _intent.c.merge_key == wish.merge_key,
            _intent.c.earliest < now + 2 * BOARDING,
        )
        .group_by(_intent.c.person_id)
    )
    return {number: max(at, now) for number, at in rows}


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
