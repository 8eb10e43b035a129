"""Who leads a community, and which of theirs somebody speaks of in private [CO-4, CO-5]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import people
from storage.people import MembershipRow
from storage.types import table_of

_membership = table_of(MembershipRow)


async def another_coordinator(session: AsyncSession, row: MembershipRow) -> bool:
    """Whether somebody else coordinates too; waits for whoever is changing roles meanwhile."""
    rows: Any = await session.execute(
        select(_membership.c.person_id)
        .where(
            _membership.c.community_id == row.community_id,
            _membership.c.state == "active",
            _membership.c.role == "coordinator",
            _membership.c.id != row.id,
        )
        .order_by(_membership.c.id)
        .with_for_update()
    )
    own = await people.person(session, row.person_id)
    for (person_id,) in rows.all():
        other = await people.person(session, person_id)
        if other is not None and own is not None and other.id != own.id:
            return True
    return False


async def choose_community(session: AsyncSession, person_id: int, community_id: int) -> bool:
    """Notes which of their communities somebody speaks of in private; False when not theirs."""
    found = await people.membership(session, person_id, community_id)
    row = await people.person(session, person_id)
    if found is None or found.state != "active" or row is None:
        return False
    row.current_community = community_id
    await session.flush()
    return True
