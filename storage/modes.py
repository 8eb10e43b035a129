"""The mode of a community: set by hand, interrupted by a crisis, braked by what members say [AT-1].

Each change is one conditional update, so that of two people who act at once one is first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courtesy import KINDS, Pace
from storage.communities import CommunityRow
from storage.intents import IntentRow
from storage.paces import pace_of
from storage.types import table_of

_community = table_of(CommunityRow)
_intent = table_of(IntentRow)

CRISIS = "courtesy-why-crisis"
HELD = "courtesy-why-held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """The row's part about the mode."""

    mode: str
    before: str | None
    until: datetime | None
    crisis_since: datetime | None
    crisis_before: str | None
    slow_told: str | None
    brake_until: datetime | None


async def regime(session: AsyncSession, community_id: int) -> Regime:
    """How the community speaks now, and what it goes back to."""
    row = await session.get_one(CommunityRow, community_id, populate_existing=True)
    return Regime(
        mode=row.mode,
        before=row.mode_before,
        until=row.mode_until,
        crisis_since=row.crisis_since,
        crisis_before=row.crisis_before,
        slow_told=row.slow_told,
        brake_until=row.brake_until,
    )


async def pace(session: AsyncSession, community_id: int, now: datetime) -> Pace:
    """The same as courtesy knows it, with settings and calendar."""
    return pace_of(await session.get_one(CommunityRow, community_id), now)


async def turn_to(
    session: AsyncSession,
    community_id: int,
    mode: str,
    *,
    among: str,
    until: datetime | None = None,
) -> bool:
    """Moves from the mode `among` to another; false when somebody was first.

    *slow* remembers what it goes back to, also when its end is moved.
    """
    before = _community.c.mode_before if among == "slow" else among
    values = {"mode_until": until, "mode_before": before if mode == "slow" else None}
    return await _changed(
        session, community_id, _community.c.mode == among, {"mode": mode, **values}
    )


async def begin_crisis(session: AsyncSession, community_id: int, now: datetime) -> bool:
    """Interrupts the mode; false when a crisis is on."""
    values = {"mode": "crisis", "crisis_before": _community.c.mode, "crisis_since": now}
    return await _changed(session, community_id, _community.c.mode != "crisis", values)


async def end_crisis(session: AsyncSession, community_id: int) -> bool:
    """Takes up the mode that was interrupted; false when no crisis is on."""
    values = {
        "mode": func.coalesce(_community.c.crisis_before, "cruise"),
        "crisis_before": None,
        "crisis_since": None,
    }
    return await _changed(session, community_id, _community.c.mode == "crisis", values)


async def end_slow(session: AsyncSession, community_id: int, now: datetime) -> str:
    """Ends *slow* whose time has come: `ended`, `silently` in a crisis, `no` when it was moved."""
    due = _community.c.mode_until <= now
    back = func.coalesce(_community.c.mode_before, "cruise")
    over = {"mode_before": None, "mode_until": None}
    slow = due & (_community.c.mode == "slow")
    if await _changed(session, community_id, slow, {"mode": back, **over}):
        return "ended"
    interrupted = due & (_community.c.crisis_before == "slow")
    done = await _changed(session, community_id, interrupted, {"crisis_before": back, **over})
    return "silently" if done else "no"


async def tell_slow(session: AsyncSession, community_id: int, told: str | None) -> None:
    """Notes which slow period was announced and has not been ended."""
    await _changed(session, community_id, _community.c.id == community_id, {"slow_told": told})


async def brake(session: AsyncSession, community_id: int, until: datetime) -> None:
    """Halves the caps until then."""
    await _changed(session, community_id, _community.c.id == community_id, {"brake_until": until})


async def end_brake(session: AsyncSession, community_id: int, now: datetime) -> bool:
    """Takes the brake off when its time has come; false when it was drawn again meanwhile."""
    due = _community.c.brake_until <= now
    return await _changed(session, community_id, due, {"brake_until": None})


async def void_suspended(session: AsyncSession, community_id: int, now: datetime) -> int:
    """What waits and may not leave in a crisis never leaves; says how much it was.

    What is owed to one person once (a step of their welcome, a charter to read) waits on.
    """
    owed = [name for name, kind in KINDS.items() if kind.keeps and not kind.mutable]
    may = [name for name, kind in KINDS.items() if kind.crisis]
    done: Any = await session.execute(
        update(_intent)
        .where(
            _intent.c.community_id == community_id,
            _intent.c.state == "waiting",
            _intent.c.cause != "asked",
            _intent.c.kind.not_in([*owed, *may]),
        )
        .values(state="void", why=CRISIS, ended=now, say=None, look=None)
    )
    session.expire_all()
    return int(done.rowcount)


async def held(
    session: AsyncSession, community_id: int, intent_id: int, *, hold: bool
) -> list[str]:
    """Holds or releases a post that waits, with what was meant beside it for other spaces.

    Answers its places; none when it waits no more, is no post, or was so already.
    """
    found = await _posts(session, community_id, intent_id)
    done = await session.execute(
        update(_intent)
        .where(_intent.c.id.in_(found), _intent.c.held.is_(not hold))
        .values(held=hold, why=HELD if hold else None)
        .returning(_intent.c.audience_id)
    )
    places = [row[0] for row in done]
    session.expire_all()
    return places


async def dropped(
    session: AsyncSession, community_id: int, intent_id: int, *, why: str, now: datetime
) -> bool:
    """Drops a post that waits, with what was meant beside it; false when it waits no more."""
    found = await _posts(session, community_id, intent_id)
    done: Any = await session.execute(
        update(_intent)
        .where(_intent.c.id.in_(found))
        .values(state="dropped", why=why, ended=now, say=None, look=None)
    )
    session.expire_all()
    return bool(done.rowcount)


async def _posts(session: AsyncSession, community_id: int, intent_id: int) -> list[int]:
    """A waiting post in a space of this community, and its likes in other spaces."""
    waits = (
        _intent.c.community_id == community_id,
        _intent.c.audience == "space",
        _intent.c.state == "waiting",
    )
    row = (await session.execute(select(_intent).where(_intent.c.id == intent_id, *waits))).first()
    if row is None:
        return []
    alike = (
        _intent.c.kind == row.kind,
        _intent.c.subject == row.subject,
        _intent.c.earliest == row.earliest,
    )
    same = _intent.c.id == intent_id
    if row.subject:
        same = or_(same, and_(*alike))
    rows = await session.execute(select(_intent.c.id).where(same, *waits))
    return [each[0] for each in rows]


async def _changed(
    session: AsyncSession, community_id: int, where: Any, values: Mapping[str, Any]
) -> bool:
    done: Any = await session.execute(
        update(_community).where(_community.c.id == community_id, where).values(**values)
    )
    session.expire_all()
    return bool(done.rowcount == 1)
