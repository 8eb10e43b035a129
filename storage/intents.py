"""What the bot means to say by itself, and what it said lately: courtesy's rows and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.courtesy import Facts, Intent, Pace, Sent
from bot.events import Place
from bot.people import Community
from bot.ports import Waiting
from storage import communities, digests, people
from storage.communities import CommunityRow
from storage.paces import own_calendar, pace_of
from storage.passage import PassageRow
from storage.privacy import Knows
from storage.types import instant, json_column, table_of

REMEMBERED = timedelta(days=31)
RIDE = timedelta(days=7)
"""What can wait for a digest waits no longer than this."""
BOARDING = timedelta(minutes=2)


class IntentRow(SQLModel, table=True):
    """One message the bot means to send to one audience; a log of what left, for 90 days."""

    __tablename__ = "intent"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    audience: str
    """person, space or role."""
    audience_id: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    community_id: int = Field(foreign_key="community.id")
    say: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    subject: str | None = Field(default=None, index=True)
    merge_key: str | None = None
    cause: str = "bot"
    priority: int = 0
    created: datetime = Field(sa_column=instant())
    earliest: datetime = Field(sa_column=instant())
    latest: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    deadline: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    state: str = "waiting"
    """waiting, released, dropped, void."""
    held: bool = False
    look: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    why: str | None = None
    """The text key of why it waits, had waited, or was dropped."""
    merged_with: int | None = None
    """The intent that led the message in which this one left too."""
    ended: datetime | None = Field(default=None, sa_column=instant(nullable=True))


_intent = table_of(IntentRow)
_passage = table_of(PassageRow)

Index("intent_audience", _intent.c.audience, _intent.c.audience_id, _intent.c.state)
Index(
    "intent_waiting",
    _intent.c.look,
    sqlite_where=_intent.c.state == "waiting",
    postgresql_where=_intent.c.state == "waiting",
)
Index("intent_ended", _intent.c.community_id, _intent.c.ended)

KNOWS = (
    Knows(
        IntentRow,
        why="intent",
        kept="bot-messages",
        seen_by="animators",
        by="person_id",
        column="person_id",
        rank=13,
        secret=("say",),
    ),
)


class Intents:
    """The port `bot.ports.Intents` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, intent: Intent, say: Mapping[str, Any], *, now: datetime) -> int:
        """Keeps an intent and gives it its number."""
        row = IntentRow(
            kind=intent.kind,
            audience=intent.audience,
            audience_id=intent.audience_id,
            person_id=int(intent.audience_id) if intent.audience == "person" else None,
            community_id=intent.community,
            say=dict(say),
            subject=intent.subject,
            merge_key=intent.merge_key,
            cause=intent.cause,
            priority=intent.priority,
            created=now,
            earliest=intent.earliest,
            latest=intent.latest,
            deadline=intent.deadline,
            look=intent.earliest,
        )
        self.session.add(row)
        await self.session.flush()
        assert row.id is not None
        return row.id

    async def waiting(self, audience: str, audience_id: str) -> list[Waiting]:
        """What waits for one audience, oldest first."""
        rows = await self.session.execute(
            select(IntentRow)
            .where(
                _intent.c.audience == audience,
                _intent.c.audience_id == audience_id,
                _intent.c.state == "waiting",
            )
            .order_by(_intent.c.id)
        )
        return [Waiting(intent=as_intent(row), say=row.say or {}) for row in rows.scalars()]

    async def facts(
        self, audience: str, audience_id: str, community: Community, now: datetime
    ) -> Facts:
        """What courtesy must know of one audience, in all communities that wait for it."""
        paces = await self._paces(audience, audience_id, community, now)
        sent = await self._sent(audience, audience_id, now)
        if audience == "person":
            row = await people.person(self.session, int(audience_id))
            if row is None:
                return Facts(paces=paces, sent=sent)
            return Facts(
                paces=paces,
                sent=sent,
                own=own_calendar(row, community),
                pause_until=row.pause_until,
                pause_set_at=row.pause_set_at,
                muted=frozenset(row.muted),
            )
        space = await communities.space_at(self.session, Place.of(audience_id))
        if space is None:
            return Facts(paces=paces, sent=sent, stopped=True)
        visitors = await self.session.execute(
            select(_passage.c.id)
            .where(_passage.c.space_id == space.id, _passage.c.decision.is_(None))
            .limit(1)
        )
        return Facts(
            paces=paces,
            sent=sent,
            use=space.use,
            stopped=space.stopped is not None,
            visitor=visitors.first() is not None,
        )

    async def riding(self, intent: Intent, community: Community, now: datetime) -> Intent:
        """The same, to leave with the person's next digest; as it is when none comes in time."""
        person_id = int(intent.audience_id)
        found = await digests.coming(
            self.session, community.id, [person_id], community.zone.key, now
        )
        return aboard(intent, found.get(person_id), now)

    async def release(self, ids: Sequence[int], now: datetime) -> None:
        """Notes that these left now in one message, the first leading, and wipes what they said.

        Why they had waited stays: `pace` tells it.
        """
        await self.session.execute(
            update(_intent)
            .where(_intent.c.id.in_(ids))
            .values(
                state="released",
                ended=now,
                say=None,
                look=None,
                merged_with=case((_intent.c.id != ids[0], ids[0]), else_=None),
            )
        )
        self.session.expire_all()

    async def move(self, intent: int, until: datetime, why: str) -> None:
        """Notes when to look at it again, and why it waits."""
        await self.session.execute(
            update(_intent).where(_intent.c.id == intent).values(look=until, why=why)
        )

    async def drop(self, intent: int, why: str, now: datetime) -> None:
        """Notes that it never leaves, and why."""
        await self.session.execute(
            update(_intent)
            .where(_intent.c.id == intent)
            .values(state="dropped", why=why, ended=now, say=None, look=None)
        )
        self.session.expire_all()

    async def void(self, subject: str, kind: str | None, now: datetime) -> None:
        """What was meant about this subject is untrue now."""
        query = update(_intent).where(_intent.c.subject == subject, _intent.c.state == "waiting")
        if kind is not None:
            query = query.where(_intent.c.kind == kind)
        await self.session.execute(query.values(state="void", ended=now, say=None, look=None))
        self.session.expire_all()

    async def void_person(self, person_id: int, community_id: int, now: datetime) -> None:
        """Nothing more is meant for this person in this community."""
        await self.session.execute(
            update(_intent)
            .where(
                _intent.c.person_id == person_id,
                _intent.c.community_id == community_id,
                _intent.c.state == "waiting",
            )
            .values(state="void", ended=now, say=None, look=None)
        )
        self.session.expire_all()

    async def _paces(
        self, audience: str, audience_id: str, community: Community, now: datetime
    ) -> dict[int, Pace]:
        rows = await self.session.execute(
            select(_intent.c.community_id)
            .distinct()
            .where(
                _intent.c.audience == audience,
                _intent.c.audience_id == audience_id,
                _intent.c.state == "waiting",
            )
        )
        numbers = {row[0] for row in rows} | {community.id}
        found: dict[int, Pace] = {}
        for number in sorted(numbers):
            row = await self.session.get(CommunityRow, number)
            if row is not None:
                found[number] = pace_of(row, now)
        return found

    async def _sent(self, audience: str, audience_id: str, now: datetime) -> tuple[Sent, ...]:
        rows = await self.session.execute(
            select(_intent.c.kind, _intent.c.ended, _intent.c.subject, _intent.c.cause)
            .where(
                _intent.c.audience == audience,
                _intent.c.audience_id == audience_id,
                _intent.c.state == "released",
                _intent.c.ended > now - REMEMBERED,
            )
            .order_by(_intent.c.ended, _intent.c.id)
        )
        return tuple(
            Sent(kind=row[0], at=row[1], subject=row[2], asked=row[3] == "asked") for row in rows
        )


def aboard(intent: Intent, digest: datetime | None, now: datetime) -> Intent:
    """The intent as it rides in a digest: of the coming week, and while it is useful.

    It is due a little after, so that it never leaves alone while the digest is being written.
    """
    if digest is None or not intent.earliest <= digest < now + RIDE:
        return intent
    end = intent.useful_until
    at = digest + BOARDING
    if end is not None and end < at:
        return intent
    return replace(intent, earliest=at, merge_key=intent.news)


async def held_by_courtesy(session: AsyncSession, now: datetime) -> tuple[int, datetime | None]:
    """How many intents wait, and when the next one is looked at."""
    rows = list(await session.execute(select(_intent.c.look).where(_intent.c.state == "waiting")))
    looks = [row[0] for row in rows if row[0] is not None]
    return len(rows), min(looks, default=None)


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes the log of what left after 90 days."""
    result: Any = await session.execute(
        delete(_intent).where(
            _intent.c.state != "waiting", _intent.c.ended < now - timedelta(days=90)
        )
    )
    return int(result.rowcount)


def as_intent(row: IntentRow) -> Intent:
    """What courtesy decides on: the row without its words."""
    return Intent(
        id=row.id or 0,
        kind=row.kind,
        audience=row.audience,
        audience_id=row.audience_id,
        community=row.community_id,
        earliest=row.earliest,
        created=row.created,
        latest=row.latest,
        deadline=row.deadline,
        priority=row.priority,
        merge_key=row.merge_key,
        cause=row.cause,  # type: ignore[arg-type]
        subject=row.subject,
        held=row.held,
    )
