"""The public messages of the bot, as those see them who may take them back or correct them [AT-6].

Every receipt is kept for 90 days, whether or not a feature gave its message a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Place
from bot.ports import Receipt
from storage.parcels import GONE, STANDS, OutboxRow, receipt_of
from storage.types import table_of

LOOKED_AT = 60
"""Rows of a community that are looked at to find its newest messages that stand."""

_outbox = table_of(OutboxRow)


async def kept(session: AsyncSession, community_id: int, number: int) -> Receipt | None:
    """The public message of that receipt, whether it stands or was taken back."""
    found = await _found(session, _public(community_id), _outbox.c.id == number)
    return found[0] if found else None


async def of_name(session: AsyncSession, community_id: int, name: str) -> Receipt | None:
    """The first public message of that name, one that stands before one that was taken back."""
    found = await _found(session, _public(community_id), _outbox.c.name == name)
    return min(found, key=lambda each: each.gone, default=None)


async def newest_under(
    session: AsyncSession, community_id: int, place: Place, root: str
) -> Receipt | None:
    """The newest message of the bot that stands in the thread under somebody's words."""
    within = (_outbox.c.lane == place.key, _outbox.c.thread == root)
    found = await _found(session, _public(community_id), *within, newest=True)
    return next((each for each in found if not each.gone), None)


async def newest(session: AsyncSession, community_id: int, *, most: int) -> list[Receipt]:
    """The newest public messages that stand; one of each name, wherever else it stands."""
    found: dict[str, Receipt] = {}
    for each in await _found(session, _public(community_id), newest=True):
        if not each.gone and each.message is not None and not _is_poll(each):
            found.setdefault(each.name or str(each.id), each)
    return list(found.values())[:most]


async def named(session: AsyncSession, receipt: Receipt) -> str:
    """The name under which it can be changed; it is given one where it has none."""
    if receipt.name is not None:
        return receipt.name
    name = f"said:{receipt.id}"
    await session.execute(update(_outbox).where(_outbox.c.id == receipt.id).values(name=name))
    return name


async def hold(session: AsyncSession, receipt: Receipt) -> bool:
    """Whether it stands; whoever else asks about the same message waits for this transaction."""
    same = _outbox.c.id == receipt.id
    if receipt.name is not None:
        same = or_(same, _outbox.c.name == receipt.name)
    rows = await session.execute(
        select(OutboxRow)
        .where(same, _outbox.c.operation.in_(STANDS))
        .order_by(_outbox.c.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return any(row.id == receipt.id and not row.args.get(GONE) for row in rows.scalars())


def _public(community_id: int) -> Any:
    private = _outbox.c.lane.like("%/@%")
    return (_outbox.c.community_id == community_id) & ~private


async def _found(session: AsyncSession, *where: Any, newest: bool = False) -> Sequence[Receipt]:
    query = select(OutboxRow).where(
        *where, _outbox.c.operation.in_(STANDS), _outbox.c.state.in_(("waiting", "sent"))
    )
    order = _outbox.c.id.desc() if newest else _outbox.c.id
    rows = await session.execute(query.order_by(order).limit(LOOKED_AT))
    return [receipt_of(row) for row in rows.scalars()]


def _is_poll(receipt: Receipt) -> bool:
    # It goes with its question.
    return receipt.kind == "poll"
