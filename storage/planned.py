"""What will speak to people in the coming weeks, as far as rows know it today [CO-8, AT-2]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.intents import IntentRow
from storage.timers import TimerRow
from storage.types import table_of

_intent = table_of(IntentRow)
_timer = table_of(TimerRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One message to come. `audience` is `space` or `person`; its id a place's key or a person.

    `why` is the text key of what it waits for; None before anybody looked.
    """

    at: datetime
    kind: str
    audience: str
    audience_id: str
    number: int = 0
    subject: str | None = None
    held: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A timer of the community that falls due; its action says what it is."""

    at: datetime
    action: str


async def intents(session: AsyncSession, community_id: int, until: datetime) -> list[Planned]:
    """What waits to be said in a community until then, in order of time."""
    rows = await session.execute(
        select(_intent)
        .where(
            _intent.c.community_id == community_id,
            _intent.c.state == "waiting",
            or_(_intent.c.earliest <= until, _intent.c.look <= until),
        )
        .order_by(_intent.c.earliest, _intent.c.id)
    )
    return [
        Planned(
            at=max(row.earliest, row.look or row.earliest),
            kind=row.kind,
            audience=row.audience,
            audience_id=row.audience_id,
            number=row.id,
            subject=row.subject,
            held=row.held,
            why=row.why,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of one message that was meant: `state` is released, dropped or void.

    `why` is the text key of what it waited for, or why it was dropped; None: it left as it was
    meant. `with_` is the number of the one in whose message it left. `meant` is when it was due.
    """

    number: int
    kind: str
    audience: str
    audience_id: str
    subject: str | None
    meant: datetime
    ended: datetime
    state: str
    why: str | None
    with_: int | None


async def lately(session: AsyncSession, community_id: int, since: datetime) -> list[Became]:
    """What became of the messages that a community meant, since then, the newest first."""
    rows = await session.execute(
        select(_intent)
        .where(
            _intent.c.community_id == community_id,
            _intent.c.state != "waiting",
            _intent.c.ended >= since,
            # One that was spread over many persons stands for itself in a row for each.
            _intent.c.audience != "role",
        )
        .order_by(_intent.c.ended.desc(), _intent.c.id.desc())
    )
    return [
        Became(
            number=row.id,
            kind=row.kind,
            audience=row.audience,
            audience_id=row.audience_id,
            subject=row.subject,
            meant=row.earliest,
            ended=row.ended,
            state=row.state,
            why=row.why,
            with_=row.merged_with,
        )
        for row in rows
    ]


async def turns(session: AsyncSession, community_id: int, until: datetime) -> list[Turn]:
    """The timers of a community that concern nobody in particular, until then."""
    rows = await session.execute(
        select(_timer.c.due, _timer.c.action)
        .where(
            _timer.c.community_id == community_id,
            _timer.c.person_id.is_(None),
            _timer.c.parked.is_(False),
            _timer.c.due <= until,
        )
        .order_by(_timer.c.due, _timer.c.id)
    )
    return [Turn(at=row.due, action=row.action) for row in rows]
