"""Leaving a community, and coming back within the time in which nothing is erased yet [ON-7]."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.communities import CommunityRow
from storage.forms import FormRow
from storage.people import MembershipRow, PersonRow
from storage.privacy import traces_of
from storage.timers import TimerRow
from storage.types import table_of

KEPT = timedelta(days=30)
"""Between leaving and the day on which all of it is erased (g.2)."""

_membership = table_of(MembershipRow)
_person = table_of(PersonRow)
_community = table_of(CommunityRow)
_timer = table_of(TimerRow)
_form = table_of(FormRow)


async def leave(session: AsyncSession, person_id: int, community_id: int, now: datetime) -> bool:
    """Ends a membership and its role; stops its timers and forms; false when there was none."""
    traces = await traces_of(session, person_id)
    result: Any = await session.execute(
        update(_membership)
        .where(
            _membership.c.person_id.in_(traces.persons),
            _membership.c.community_id == community_id,
            _membership.c.state == "active",
        )
        .values(state="left", ended=now, role="member")
    )
    await session.execute(
        delete(_timer).where(
            _timer.c.person_id.in_(traces.persons), _timer.c.community_id == community_id
        )
    )
    lanes = [account.dm.key for account in traces.accounts]
    await session.execute(
        delete(_form).where(_form.c.place.in_(lanes), _form.c.community_id == community_id)
    )
    await session.execute(
        update(_person)
        .where(_person.c.id.in_(traces.persons), _person.c.current_community == community_id)
        .values(current_community=None)
    )
    session.expire_all()
    return bool(result.rowcount)


async def come_back(session: AsyncSession, person_id: int, community_id: int) -> bool:
    """Restores, as a member, a membership that the person ended; false when there is none."""
    traces = await traces_of(session, person_id)
    result: Any = await session.execute(
        update(_membership)
        .where(
            _membership.c.person_id.in_(traces.persons),
            _membership.c.community_id == community_id,
            _membership.c.state == "left",
        )
        .values(state="active", ended=None)
    )
    session.expire_all()
    return bool(result.rowcount)


async def ended_at(session: AsyncSession, person_id: int, community_id: int) -> datetime | None:
    """When somebody left a community, or was removed from it; None while they belong to it."""
    traces = await traces_of(session, person_id)
    rows = await session.execute(
        select(_membership.c.ended).where(
            _membership.c.person_id.in_(traces.persons),
            _membership.c.community_id == community_id,
            _membership.c.state != "active",
        )
    )
    return rows.scalars().first()


async def belongs_elsewhere(session: AsyncSession, person_id: int, community_id: int) -> bool:
    """Whether another community still keeps this person, as a member or in the time after."""
    traces = await traces_of(session, person_id)
    rows = await session.execute(
        select(_membership.c.id)
        .where(
            _membership.c.person_id.in_(traces.persons),
            _membership.c.community_id != community_id,
        )
        .limit(1)
    )
    return rows.first() is not None


async def memberships(
    session: AsyncSession, persons: Sequence[int], community_id: int | None
) -> list[MembershipRow]:
    """The memberships, ended or not, of these persons, in one community or in all."""
    query = select(MembershipRow).where(_membership.c.person_id.in_(persons))
    if community_id is not None:
        query = query.where(_membership.c.community_id == community_id)
    return list((await session.execute(query.order_by(_membership.c.id))).scalars())


async def led_alone(session: AsyncSession, person_id: int) -> list[int]:
    """The communities, not closed, of which this person is the only coordinator, in order."""
    traces = await traces_of(session, person_id)
    rows = await session.execute(
        select(_membership.c.community_id, _membership.c.person_id)
        .join(_community, _community.c.id == _membership.c.community_id)
        .where(
            _membership.c.role == "coordinator",
            _membership.c.state == "active",
            _community.c.state != "closed",
        )
    )
    holders: dict[int, set[int]] = {}
    for number, holder in rows:
        holders.setdefault(number, set()).add(holder)
    mine = set(traces.persons)
    return sorted(number for number, persons in holders.items() if persons <= mine)
