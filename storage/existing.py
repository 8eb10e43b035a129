"""Members who said *Je participe* in a room that was there before the bot [CO-9].

`membership.steps["existing"]` is `waiting` until an animator ticked them, then `ticked`.
"""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account
from storage import people
from storage.people import MembershipRow
from storage.types import table_of

STEP = "existing"

_membership = table_of(MembershipRow)


async def begin(session: AsyncSession, row: MembershipRow) -> None:
    """Notes that this member came in by *Je participe*."""
    await _step(session, row, "waiting")


async def tick(session: AsyncSession, row: MembershipRow) -> None:
    """Notes that an animator found them to be one of us."""
    await _step(session, row, "ticked")


async def unticked(session: AsyncSession, community_id: int) -> list[MembershipRow]:
    """Those whom no animator ticked yet, in order of name."""
    rows = await people.members(session, community_id)
    return [row for row in rows if row.steps.get(STEP) == "waiting"]


async def one(session: AsyncSession, community_id: int, membership_id: int) -> MembershipRow | None:
    """One of those, or None when somebody was first."""
    rows = await unticked(session, community_id)
    return next((row for row in rows if row.id == membership_id), None)


async def remove(session: AsyncSession, membership_id: int) -> None:
    """Marks an ended membership as one that was taken away: nobody comes back by a button."""
    await session.execute(
        update(_membership).where(_membership.c.id == membership_id).values(state="removed")
    )
    session.expire_all()


async def was_removed(session: AsyncSession, account: Account, community_id: int) -> bool:
    """Whether animators once ended the membership of this account's person."""
    known = await people.find_account(session, account)
    if known is None:
        return False
    row = await people.membership(session, known[1], community_id)
    return row is not None and row.state == "removed"


async def count_again(session: AsyncSession, person_id: int, community_id: int) -> None:
    """A member's activity is counted from now on."""
    row = await people.membership(session, person_id, community_id)
    if row is not None:
        await session.execute(
            update(_membership).where(_membership.c.id == row.id).values(counted=True)
        )


async def _step(session: AsyncSession, row: MembershipRow, state: str) -> None:
    row.steps = {**row.steps, STEP: state}
    await session.flush()
