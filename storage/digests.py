"""How members want the digest of a community: how often, on which day, at which hour [SU-4].

Who has no row has no digest: nobody is subscribed who did not choose it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, UniqueConstraint, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.courtesy.slots import LATE
from bot.when import instant_of, local_day
from storage.people import SAME_PERSON, PersonRow
from storage.privacy import Knows
from storage.types import instant, table_of

WEEKS = {"week": 1, "fortnight": 2}
_WEEK = timedelta(weeks=1)
_PREFIX = "digest"


class DigestRow(SQLModel, table=True):
    """One member's choice in one community. `at` is a wall time of their own zone."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("person_id", "community_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    every: str
    """week, fortnight."""
    parity: int = 0
    """Of a fortnight: which weeks, by the number that `week_of` gives them."""
    weekday: int
    at: str
    chosen: datetime = Field(sa_column=instant())


KNOWS = (
    Knows(
        DigestRow,
        why="digest",
        kept="membership",
        seen_by="self",
        by="person_id",
        column="person_id",
        rank=20,
    ),
)

_digest = table_of(DigestRow)
_person = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An hour of the week at which a digest leaves, for all who chose the same."""

    every: str
    parity: int
    weekday: int
    at: str
    zone: str

    @classmethod
    def of(cls, key: str) -> Slot:
        """The slot of a key. ValueError for any other text."""
        prefix, every, parity, weekday, at, zone = key.split(" ")
        if prefix != _PREFIX:
            raise ValueError(key)
        return cls(every=every, parity=int(parity), weekday=int(weekday), at=at, zone=zone)

    @property
    def key(self) -> str:
        """Its name, as a filter of an audience."""
        return f"{_PREFIX} {self.every} {self.parity} {self.weekday} {self.at} {self.zone}"

    def after(self, now: datetime) -> datetime:
        """The first time it comes later than `now`."""
        return self._near(now, +1)

    def until(self, now: datetime) -> datetime:
        """The last time it came, `now` included."""
        return self._near(now, -1)

    def kept(self, due: datetime, now: datetime) -> datetime:
        """`due`, or the same hour of the first day on which it is not missed yet."""
        zone, day = ZoneInfo(self.zone), local_day(due, ZoneInfo(self.zone))
        while due < now - LATE:
            day += timedelta(days=1)
            due = instant_of(day, time.fromisoformat(self.at), zone=zone)
        return due

    def _near(self, now: datetime, way: int) -> datetime:
        zone = ZoneInfo(self.zone)
        today = local_day(now, zone)
        first = today + timedelta(days=self.weekday - today.weekday())
        turns = (first + _WEEK * way * n for n in range(-1, 5))
        return next(
            turn
            for turn in (instant_of(d, time.fromisoformat(self.at), zone=zone)
                         for d in turns if self._on(d))
            if (turn > now if way > 0 else turn <= now)
        )  # fmt: skip

    def _on(self, day: date) -> bool:
        return self.every == "week" or week_of(day) % 2 == self.parity


def week_of(day: date) -> int:
    """A number for each week, Monday to Sunday, that goes on from year to year."""
    return (day.toordinal() - 1) // 7


async def choice(session: AsyncSession, person_id: int, community_id: int) -> DigestRow | None:
    """What a member chose; None: no digest."""
    rows = await session.execute(
        select(DigestRow)
        .where(_digest.c.person_id.in_(SAME_PERSON), _digest.c.community_id == community_id)
        .order_by(_digest.c.id.desc())
        .limit(1),
        {"root": person_id},
    )
    return rows.scalar_one_or_none()


async def choose(
    session: AsyncSession,
    person_id: int,
    community_id: int,
    slot: Slot,
    *,
    now: datetime,
) -> DigestRow:
    """Keeps a choice. Its first digest is the next one: that week begins a fortnight."""
    await stop(session, person_id, community_id)
    first = Slot(every="week", parity=0, weekday=slot.weekday, at=slot.at, zone=slot.zone)
    day = local_day(first.after(now), ZoneInfo(slot.zone))
    row = DigestRow(
        person_id=person_id,
        community_id=community_id,
        every=slot.every,
        parity=week_of(day) % WEEKS[slot.every],
        weekday=slot.weekday,
        at=slot.at,
        chosen=now,
    )
    session.add(row)
    await session.flush()
    return row


async def stop(session: AsyncSession, person_id: int, community_id: int) -> bool:
    """No digest any more; false when there was none."""
    result: Any = await session.execute(
        delete(_digest).where(
            _digest.c.person_id.in_(SAME_PERSON), _digest.c.community_id == community_id
        ),
        {"root": person_id},
    )
    return bool(result.rowcount)


async def slots(session: AsyncSession, community_id: int, zone: str) -> list[Slot]:
    """The hours that somebody chose; `zone` is that of whoever has none of their own."""
    rows = await session.execute(
        select(
            _digest.c.every,
            _digest.c.parity,
            _digest.c.weekday,
            _digest.c.at,
            func.coalesce(_person.c.zone, zone),
        )
        .distinct()
        .join(_person, _person.c.id == _digest.c.person_id)
        .where(_digest.c.community_id == community_id)
    )
    return sorted(
        (Slot(every=e, parity=p, weekday=d, at=at, zone=own) for e, p, d, at, own in rows),
        key=lambda slot: slot.key,
    )


def reads(slot: Slot, community_id: int, zone: str, *, at: datetime) -> ColumnElement[bool]:
    """SQL on `person`: whoever had chosen this slot before `at`."""
    return _person.c.id.in_(
        select(_digest.c.person_id).where(
            _digest.c.community_id == community_id,
            _digest.c.every == slot.every,
            _digest.c.parity == slot.parity,
            _digest.c.weekday == slot.weekday,
            _digest.c.at == slot.at,
            _digest.c.chosen < at,
        )
    ) & (func.coalesce(_person.c.zone, zone) == slot.zone)


async def coming(
    session: AsyncSession, community_id: int, persons: Collection[int], zone: str, now: datetime
) -> dict[int, datetime]:
    """When the next digest of each of these persons leaves, of those who have one."""
    rows = await session.execute(
        select(
            _digest.c.person_id,
            _digest.c.every,
            _digest.c.parity,
            _digest.c.weekday,
            _digest.c.at,
            func.coalesce(_person.c.zone, zone),
        )
        .join(_person, _person.c.id == _digest.c.person_id)
        .where(_digest.c.community_id == community_id, _digest.c.person_id.in_(persons))
    )
    return {
        number: Slot(every=every, parity=parity, weekday=day, at=at, zone=own).after(now)
        for number, every, parity, day, at, own in rows
    }
