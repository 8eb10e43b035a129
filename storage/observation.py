"""What is observed in the spaces: who did what kind of thing, where and when; never what was said.

Source: domain specification c-0 and PV-2. A row knows the platform's message only to be forgotten
with it: a message deleted within ten minutes never was a contribution, and a reaction may be taken
back. Of visitors, and of members who said « do not count me », there is no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, and_, column, delete, func, or_, select, table, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.people import MembershipRow, PersonRow, root_of
from storage.privacy import Knows
from storage.types import instant, table_of

KEPT = timedelta(days=215)
SECOND_THOUGHTS = timedelta(minutes=10)
"""A message deleted within this time is not a contribution (c-0)."""
NEWCOMER = timedelta(days=30)

CONTRIBUTIONS = ("message", "reply")
LIGHT = ("reaction", "vote", "rsvp", "used", "helpful")


class ObservationRow(SQLModel, table=True):
    """One thing a member did in a space. `message` is the platform's id of what it was done to."""

    __tablename__ = "observation"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    space_id: int | None = Field(default=None, foreign_key="space.id")
    """None: on a message of the bot in private (a vote, an RSVP)."""
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str
    at: datetime = Field(sa_column=instant())
    message: str = ""
    root: str = ""
    """The message whose thread this reply stands in, or that it names as answered."""
    answered: bool = False
    """Whether somebody answered of whom no row is kept."""


_seen = table_of(ObservationRow)
_membership = table_of(MembershipRow)
_person = table_of(PersonRow)
_root = table("account_root", column("account_id"), column("person_id"))

Index("observation_when", _seen.c.community_id, _seen.c.at)
Index("observation_message", _seen.c.space_id, _seen.c.message)
Index("observation_thread", _seen.c.space_id, _seen.c.root)

KNOWS = (
    Knows(
        ObservationRow,
        why="observation",
        kept="observation",
        seen_by="nobody",
        by="account_id",
        column="account_id",
        rank=30,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessage:
    """A newcomer's first contribution that nobody has answered yet."""

    person_id: int
    account_id: int
    space_id: int
    message: str
    at: datetime


async def note(
    session: AsyncSession,
    kind: str,
    *,
    community_id: int,
    space_id: int | None,
    account_id: int,
    at: datetime,
    message: str = "",
    root: str = "",
) -> None:
    """Notes that a member did something of this kind (`CONTRIBUTIONS`, `LIGHT`)."""
    session.add(
        ObservationRow(
            kind=kind,
            community_id=community_id,
            space_id=space_id,
            account_id=account_id,
            at=at,
            message=message,
            root=root,
        )
    )
    await session.flush()


async def note_answered(session: AsyncSession, space_id: int, message: str) -> None:
    """Somebody of whom nothing is kept answered this message: that it was answered is no trace."""
    await session.execute(
        update(_seen)
        .where(
            _seen.c.space_id == space_id,
            _seen.c.message == message,
            _seen.c.kind.in_(CONTRIBUTIONS),
        )
        .values(answered=True)
    )


async def take_back(
    session: AsyncSession, kind: str, *, space_id: int, account_id: int, message: str
) -> bool:
    """Forgets the newest thing of this kind somebody did to a message; false when none."""
    newest = (
        select(func.max(_seen.c.id))
        .where(
            _seen.c.kind == kind,
            _seen.c.space_id == space_id,
            _seen.c.account_id == account_id,
            _seen.c.message == message,
        )
        .scalar_subquery()
    )
    result: Any = await session.execute(delete(_seen).where(_seen.c.id == newest))
    return bool(result.rowcount)


async def forget_message(
    session: AsyncSession, space_id: int, message: str, *, deleted: datetime
) -> bool:
    """Forgets a contribution deleted within ten minutes; a later deletion changes nothing."""
    result: Any = await session.execute(
        delete(_seen).where(
            _seen.c.space_id == space_id,
            _seen.c.message == message,
            _seen.c.kind.in_(CONTRIBUTIONS),
            _seen.c.at >= deleted - SECOND_THOUGHTS,
        )
    )
    return bool(result.rowcount)


async def forget_accounts(
    session: AsyncSession, account_ids: Sequence[int], community_id: int
) -> int:
    """Forgets all that these accounts did in a community: « do not count me » is said once."""
    result: Any = await session.execute(
        delete(_seen).where(
            _seen.c.account_id.in_(account_ids), _seen.c.community_id == community_id
        )
    )
    return int(result.rowcount)


async def last_message(
    session: AsyncSession, community_id: int, space_id: int, *, since: datetime
) -> datetime | None:
    """When a member last wrote in this space, or None: not since then."""
    rows = await session.execute(
        select(func.max(_seen.c.at)).where(
            _seen.c.community_id == community_id,
            _seen.c.at >= since,
            _seen.c.space_id == space_id,
            _seen.c.kind.in_(CONTRIBUTIONS),
        )
    )
    found: datetime | None = rows.scalar_one_or_none()
    return found


async def active_people(
    session: AsyncSession, community_id: int, *, since: datetime, kinds: Sequence[str]
) -> set[int]:
    """The root persons who did something of these kinds since then."""
    rows = await session.execute(
        select(_root.c.person_id)
        .distinct()
        .join(_seen, _seen.c.account_id == _root.c.account_id)
        .where(_seen.c.community_id == community_id, _seen.c.at >= since, _seen.c.kind.in_(kinds))
    )
    return {row[0] for row in rows}


async def repliers(
    session: AsyncSession, community_id: int, space_id: int, message: str
) -> dict[int, datetime]:
    """The root persons who replied under a message, each with the time of the first reply."""
    rows = await session.execute(
        select(_root.c.person_id, func.min(_seen.c.at))
        .join(_seen, _seen.c.account_id == _root.c.account_id)
        .where(
            _seen.c.community_id == community_id,
            _seen.c.space_id == space_id,
            _seen.c.root == message,
            _seen.c.kind == "reply",
        )
        .group_by(_root.c.person_id)
    )
    return {row[0]: row[1] for row in rows}


async def people_in_thread(
    session: AsyncSession, community_id: int, space_id: int, root: str
) -> int:
    """How many people whose activity counts wrote in a thread, its first message included."""
    rows = await session.execute(
        select(func.count(_root.c.person_id.distinct()))
        .join(_seen, _seen.c.account_id == _root.c.account_id)
        .where(
            _seen.c.community_id == community_id,
            _seen.c.space_id == space_id,
            _seen.c.kind.in_(CONTRIBUTIONS),
            or_(_seen.c.root == root, _seen.c.message == root),
        )
    )
    return int(rows.scalar_one())


async def unanswered_first_messages(
    session: AsyncSession, community_id: int, *, now: datetime
) -> list[FirstMessage]:
    """First contributions of people here for 30 days at most, without a reply or a reaction.

    How long they have waited is the caller's to measure, in working time (T04). Oldest first.
    """
    firsts = await _firsts(session, community_id, now=now)
    numbers = [first.id for first in firsts.values()]
    answered = await _answered(session, numbers)
    waiting = [
        FirstMessage(
            person_id=person_id,
            account_id=row.account_id,
            space_id=row.space_id,
            message=row.message,
            at=row.at,
        )
        for person_id, row in firsts.items()
        if not row.answered and row.id not in answered
    ]
    return sorted(waiting, key=lambda first: (first.at, first.person_id))


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes what is older than 215 days (g.2); counts it."""
    result: Any = await session.execute(delete(_seen).where(_seen.c.at < now - KEPT))
    return int(result.rowcount)


async def _firsts(session: AsyncSession, community_id: int, *, now: datetime) -> dict[int, Any]:
    """The first contribution of each newcomer since they are a member, by root person."""
    rows = await session.execute(
        select(
            _root.c.person_id,
            _seen.c.id,
            _seen.c.account_id,
            _seen.c.space_id,
            _seen.c.message,
            _seen.c.at,
            _seen.c.answered,
        )
        .join(_seen, _seen.c.account_id == _root.c.account_id)
        .join(_person, root_of(_person.c.id) == _root.c.person_id)
        .join(_membership, _membership.c.person_id == _person.c.id)
        .where(
            _seen.c.community_id == community_id,
            _seen.c.kind.in_(CONTRIBUTIONS),
            _seen.c.at >= _membership.c.since,
            _membership.c.community_id == community_id,
            _membership.c.state == "active",
            _membership.c.since > now - NEWCOMER,
        )
        .order_by(_seen.c.at, _seen.c.id)
    )
    firsts: dict[int, Any] = {}
    for row in rows:
        firsts.setdefault(row.person_id, row)
    return firsts


async def _answered(session: AsyncSession, numbers: Sequence[int | None]) -> set[int]:
    """Those of these contributions that another person replied or reacted to."""
    other = _seen.alias("other")
    by, by_other = _root.alias("by"), _root.alias("by_other")
    reply = and_(
        other.c.kind == "reply",
        or_(
            other.c.root == _seen.c.message, and_(_seen.c.root != "", other.c.root == _seen.c.root)
        ),
        other.c.id > _seen.c.id,
    )
    reaction = and_(other.c.kind == "reaction", other.c.message == _seen.c.message)
    rows = await session.execute(
        select(_seen.c.id)
        .distinct()
        .join(other, other.c.space_id == _seen.c.space_id)
        .join(by, by.c.account_id == _seen.c.account_id)
        .join(by_other, by_other.c.account_id == other.c.account_id)
        .where(
            _seen.c.id.in_(numbers),
            by.c.person_id != by_other.c.person_id,
            or_(reply, reaction),
        )
    )
    return {row[0] for row in rows}
