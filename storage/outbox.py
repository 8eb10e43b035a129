"""The outbox as delivery sees it: what may leave now, and how each try ended.

`mailbox` has the table, and writes its rows inside the events' transactions; these are transactions
of delivery's own, so that no event waits for a platform.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Event, Place, Undelivered
from bot.messages import Parcel
from bot.ports import Settled
from storage.mailbox import OutboxRow, ThreadRow
from storage.types import insert_new, table_of

MOST_TRIES = 8
PATIENCE = timedelta(days=1)
"""How long a platform may ask us to wait before a parcel goes to the dead letters."""

_outbox = table_of(OutboxRow)
_thread = table_of(ThreadRow)
# Written out, for SQLite uses a partial index only where the query says its condition literally.
_waits = _outbox.c.state == literal_column("'waiting'")
_dead = _outbox.c.state == literal_column("'dead'")


class Outbox:
    """The port `bot.ports.Outbox`: what delivery reads and notes, in transactions of its own."""

    def __init__(self, begin: Callable[[], Any], reading: Callable[[], Any]) -> None:
        self.begin = begin
        self.reading = reading

    async def heads(
        self,
        now: datetime,
        busy: frozenset[str],
        most: int,
        *,
        platforms: Collection[str] | None = None,
        in_order: bool = False,
    ) -> list[Parcel]:
        """The first waiting parcel of each lane that is free and due, answers to people first.

        `platforms` are those one can send to, all unless said; `in_order` goes by number alone.
        """
        order = [_outbox.c.id] if in_order else [_outbox.c.urgent.desc(), _outbox.c.id]
        query = _first_of_lanes(select(OutboxRow), platforms).where(_outbox.c.not_before <= now)
        if busy:
            query = query.where(_outbox.c.lane.not_in(busy))
        async with self.reading() as tx:
            rows = list((await tx.session.execute(query.order_by(*order).limit(most))).scalars())
            return [await _parcel(tx.session, row) for row in rows]

    async def settle(self, settled: Sequence[Settled], now: datetime) -> list[Event]:
        """Notes how tries ended, all in one commit; returns what the bot must hear of it."""
        heard: list[Event] = []
        numbers = [end.parcel.id for end in settled]
        async with self.begin() as session:
            # Fetched together: one by one would hold the writer longer than events should wait.
            found = await session.execute(select(OutboxRow).where(_outbox.c.id.in_(numbers)))
            rows = {row.id: row for row in found.scalars()}
            for end in settled:
                row = rows.get(end.parcel.id)
                if row is not None and row.state == "waiting":
                    heard += await _settle(session, row, end, now)
        return heard

    async def next_at(
        self, now: datetime, *, platforms: Collection[str] | None = None
    ) -> datetime | None:
        """When the next parcel that must still wait may be tried, or None; later than now."""
        query = _first_of_lanes(select(func.min(_outbox.c.not_before)), platforms)
        async with self.reading() as tx:
            rows = await tx.session.execute(query.where(_outbox.c.not_before > now))
            found: datetime | None = rows.scalar_one_or_none()
            return found

    async def dead(self) -> list[Event]:
        """Every dead letter that is kept, as it was told when it died; a claim stops repeats."""
        async with self.reading() as tx:
            rows = await tx.session.execute(select(OutboxRow).where(_dead).order_by(_outbox.c.id))
            return [_undelivered(row) for row in rows.scalars()]


async def files(session: AsyncSession) -> frozenset[str]:
    """The hashes of the files that waiting parcels name."""
    rows = await session.execute(select(_outbox.c.body).where(_waits))
    return frozenset(
        file["sha256"] for body in rows.scalars() if body for file in body.get("files", ())
    )


def _first_of_lanes(query: Any, platforms: Collection[str] | None) -> Any:
    earlier = _outbox.alias("earlier")
    query = query.where(
        _waits,
        ~exists().where(
            and_(
                earlier.c.lane == _outbox.c.lane,
                earlier.c.id < _outbox.c.id,
                earlier.c.state == literal_column("'waiting'"),
            )
        ),
    )
    if platforms is None:
        return query
    return query.where(
        or_(
            False,
            *(_outbox.c.lane.startswith(f"{name}:", autoescape=True) for name in sorted(platforms)),
        )
    )


async def _parcel(session: AsyncSession, row: OutboxRow) -> Parcel:
    thread, target = row.thread, None
    if row.thread_of is not None:
        thread = await _message_of(session, row.thread_of, row.lane)
    if row.target_of is not None:
        target = await _message_of(session, row.target_of, row.lane)
    operation = row.operation
    # Its original is a dead letter, or was never there: nothing is left to change or to add to.
    orphan = (row.target_of is not None and target is None) or (
        row.thread_of is not None and thread is None and operation in {"attach", "poll"}
    )
    if orphan and operation != "say":
        operation = "nothing"
    return Parcel(
        id=row.id or 0,
        token=row.token,
        operation=operation,
        place=Place.of(row.lane),
        at=row.at,
        body=row.body or {},
        thread=thread,
        target=target,
        tries=row.tries,
    )


async def _message_of(session: AsyncSession, name: str, lane: str) -> str | None:
    rows = await session.execute(
        select(_outbox.c.message)
        .where(
            _outbox.c.name == name,
            _outbox.c.lane == lane,
            _outbox.c.operation == "say",
            _outbox.c.state == "sent",
        )
        .order_by(_outbox.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def _settle(
    session: AsyncSession, row: OutboxRow, end: Settled, now: datetime
) -> list[Event]:
    row.tries += 1 if end.counts else 0
    row.first_try = row.first_try or now
    given_up = row.tries >= MOST_TRIES or now - row.first_try >= PATIENCE
    if end.retry_at is not None and not given_up:
        row.not_before = end.retry_at
        return []
    row.body, row.settled = None, now
    if end.retry_at is not None or end.refused is not None:
        row.state, row.buttons = "dead", []
        return [_undelivered(row)]
    row.state, row.message, row.args = "sent", end.message, {}
    if row.operation == "say" and row.subject and row.message and row.thread is None:
        await insert_new(session, _thread, lane=row.lane, root=row.message, subject=row.subject)
    if not row.keep and not row.buttons:
        await session.delete(row)
    return []


def _undelivered(row: OutboxRow) -> Undelivered:
    return Undelivered(
        id=f"dead:{row.id}",
        at=row.settled or row.at,
        parcel=row.id or 0,
        operation=row.operation,
        place=Place.of(row.lane),
        args=row.args,
        community=row.community_id,
    )
