"""The outbox as delivery sees it: what may leave now, and how each try ended.

`mailbox` writes its rows inside the events' transactions; these are transactions of delivery's own,
so that no event waits for a platform.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    delete,
    exists,
    false,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Event
from bot.lanes import WHISPER
from bot.messages import Parcel
from bot.ports import OF, REMEMBERED, Lane, Runs, Settled
from storage.parcels import STANDS, OutboxRow, ThreadRow, where
from storage.settling import ended, undelivered
from storage.types import table_of

CANDIDATES, AT_ONCE, LOOKS = 64, 200, 4
"""Lanes to choose among, so that every one has its turn; rows looked at to find them, and how often
where few lanes hold them all.
"""

_outbox = table_of(OutboxRow)
_thread = table_of(ThreadRow)
# Written out, for SQLite uses a partial index only where the query says its condition literally.
_waits = _outbox.c.state == literal_column("'waiting'")
_dead = _outbox.c.state == literal_column("'dead'")
# The table once more, for what stands before a row in its lane; making it costs more than a query.
_other = _outbox.alias("other")
_other_waits = _other.c.state == literal_column("'waiting'")


class Outbox:
    """The port `bot.ports.Outbox`: what delivery reads and notes, in transactions of its own."""

    def __init__(self, begin: Callable[[], Any], reading: Callable[[], Any]) -> None:
        self.begin = begin
        self.reading = reading

    async def heads(
        self, now: datetime, most: int, *, platforms: Collection[str] | None = None
    ) -> list[Parcel]:
        """The first waiting parcel of each lane, where it is due, by number.

        `platforms` are those one can send to, all unless said.
        """
        query = (
            select(OutboxRow)
            .where(_waits, _outbox.c.not_before <= now, _is_first(), _on(platforms))
            .order_by(_outbox.c.id)
            .limit(most)
        )
        async with self.reading() as tx:
            rows = list((await tx.session.execute(query)).scalars())
            return [await _parcel(tx.session, row, now) for row in rows]

    async def runs(
        self,
        now: datetime,
        choose: Callable[[Sequence[Lane]], Sequence[Lane]],
        *,
        platform: str,
        busy: Collection[str] = (),
        ended: Collection[int] = (),
        longest: int = 1,
    ) -> Runs:
        """The next parcels of the lanes that `choose` takes among those that may send now.

        `ended` are parcels whose end is about to be noted: what comes after them in their lane may
        leave, except what hangs on one of them.
        """
        async with self.reading() as tx:
            lanes = await _lanes(tx.session, _free(now, platform, busy, ended))
            chosen = choose(lanes)
            if not chosen:
                return Runs([])
            found = await tx.session.execute(_next(chosen, ended, longest))
            waiting: dict[str, list[OutboxRow]] = {lane.key: [] for lane in chosen}
            for row in found.scalars():
                waiting[row.lane].append(row)
            runs = [await _run(tx.session, each, now) for each in waiting.values()]
        full = any(len(rows) == longest for rows in waiting.values())
        held = sum(map(len, runs)) < sum(map(len, waiting.values()))
        left = held or full or len(chosen) < len(lanes)
        return Runs([run for run in runs if run], left=left, held=held)

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
                    heard += await ended(session, row, end, now)
        return heard

    async def next_at(
        self, now: datetime, *, platforms: Collection[str] | None = None
    ) -> datetime | None:
        """When the next parcel that must still wait may be tried, or None; later than now."""
        due = _outbox.c.not_before
        query = select(due).where(_waits, due > now, _is_first(), _on(platforms))
        async with self.reading() as tx:
            rows = await tx.session.execute(query.order_by(due).limit(1))
            found: datetime | None = rows.scalar_one_or_none()
            return found

    async def dead(self) -> list[Event]:
        """Every dead letter that is kept, as it was told when it died; a claim stops repeats."""
        async with self.reading() as tx:
            rows = await tx.session.execute(select(OutboxRow).where(_dead).order_by(_outbox.c.id))
            return [undelivered(row) for row in rows.scalars()]


async def files(session: AsyncSession) -> frozenset[str]:
    """The hashes of the files that waiting parcels name."""
    rows = await session.execute(select(_outbox.c.body).where(_waits))
    return frozenset(
        file["sha256"] for body in rows.scalars() if body for file in body.get("files", ())
    )


async def doubt(session: AsyncSession) -> None:
    """After a restore: what waits may have left since the backup, and is looked for first."""
    await session.execute(update(_outbox).where(_waits).values(uncertain=True))


async def doubt_old(session: AsyncSession, now: datetime) -> None:
    """At a start: what waits for long may have left in the moment when the last process died."""
    old = _outbox.c.at < now - REMEMBERED
    await session.execute(update(_outbox).where(_waits, old).values(uncertain=True))


async def begin_anew(session: AsyncSession, *, forgetful: Collection[str]) -> None:
    """At a start, once it is known what the platforms can do [RE-2].

    What waits for a `forgetful` one, which knows no token again, may stand there and is looked for.
    A whisper cannot be looked for, and whoever waited for it has asked again: it is dropped.
    """
    await session.execute(delete(_outbox).where(_waits, _outbox.c.operation == WHISPER))
    if forgetful:
        await session.execute(update(_outbox).where(_waits, _on(forgetful)).values(uncertain=True))


def _is_first() -> Any:
    """That nothing waits before it in its lane."""
    same = (_other.c.lane == _outbox.c.lane, _other_waits, _other.c.id < _outbox.c.id)
    return ~exists().where(*same)


def _on(platforms: Collection[str] | None) -> Any:
    if platforms is None:
        return true()
    starts = [_outbox.c.lane.startswith(f"{name}:", autoescape=True) for name in sorted(platforms)]
    return or_(false(), *starts)


def _free(now: datetime, platform: str, busy: Collection[str], ended: Collection[int]) -> Any:
    """What waits in lanes that may send, the best first; a lane may when its first row is due."""
    query = select(_outbox.c.lane, _outbox.c.rank, _outbox.c.id).where(_waits, _on([platform]))
    due = (
        select(_other.c.not_before)
        .where(_other.c.lane == _outbox.c.lane, _other_waits, _other.c.id <= _outbox.c.id)
        .order_by(_other.c.id)
        .limit(1)
        .correlate(_outbox)
        .scalar_subquery()
    )
    if ended:
        query = query.where(_outbox.c.id.not_in(ended))
    if busy:
        query = query.where(_outbox.c.lane.not_in(busy))
    return query.where(due <= now).order_by(_outbox.c.rank, _outbox.c.id).limit(AT_ONCE)


async def _lanes(session: AsyncSession, query: Any) -> list[Lane]:
    """Each lane once, by the best of its rows.

    An answer behind something of a lower rank takes the whole lane forward, for order holds in it.
    """
    found: dict[str, Lane] = {}
    for _ in range(LOOKS):
        rest = query.where(_outbox.c.lane.not_in(list(found))) if found else query
        rows = (await session.execute(rest)).all()
        for key, rank, first in rows:
            found.setdefault(key, Lane(key, rank, first))
        if len(rows) < AT_ONCE or len(found) >= CANDIDATES:
            break
    return list(found.values())


def _next(lanes: Sequence[Lane], ended: Collection[int], longest: int) -> Any:
    """The first waiting rows of each of these lanes, by number."""
    numbers = []
    for lane in lanes:
        own = select(_outbox.c.id).where(_outbox.c.lane == lane.key, _waits)
        if ended:
            own = own.where(_outbox.c.id.not_in(ended))
        numbers.append(select(own.order_by(_outbox.c.id).limit(longest).subquery().c.id))
    return select(OutboxRow).where(_outbox.c.id.in_(union_all(*numbers))).order_by(_outbox.c.id)


async def _run(session: AsyncSession, rows: Sequence[OutboxRow], now: datetime) -> list[Parcel]:
    """What may leave together: up to the first that is not due, or that hangs on one before it."""
    found: list[Parcel] = []
    for row in rows:
        if row.not_before > now or await _hangs(session, row):
            break
        found.append(await _parcel(session, row, now))
    return found


async def _hangs(session: AsyncSession, row: OutboxRow) -> bool:
    """Whether the message it is about has not been noted yet."""
    names = [name for name in (row.thread_of, row.target_of) if name is not None]
    of = row.args.get(OF)
    if not names and of is None:
        return False
    rows = await session.execute(
        select(_outbox.c.id).where(
            or_(_outbox.c.name.in_(names), _outbox.c.id == of),
            _outbox.c.lane == row.lane,
            _outbox.c.operation.in_(STANDS),
            _waits,
            _outbox.c.id < row.id,
        )
    )
    return rows.first() is not None


async def _parcel(session: AsyncSession, row: OutboxRow, now: datetime) -> Parcel:
    thread, target = row.thread, None
    if row.thread_of is not None:
        thread = await _message_of(session, row.thread_of, row.lane)
    if row.target_of is not None:
        target = await _message_of(session, row.target_of, row.lane, number=row.args.get(OF))
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
        place=where(row),
        lane=row.lane,
        at=row.at,
        community=row.community_id,
        subject=row.subject,
        body=row.body or {},
        thread=thread,
        target=target,
        tries=row.tries,
        uncertain=row.uncertain or (row.first_try is not None and now - row.first_try > REMEMBERED),
    )


async def _message_of(
    session: AsyncSession, name: str, lane: str, *, number: int | None = None
) -> str | None:
    """The newest message of that name in the lane, or the one of that row."""
    rows = await session.execute(
        select(_outbox.c.message)
        .where(
            _outbox.c.name == name if number is None else _outbox.c.id == number,
            _outbox.c.lane == lane,
            _outbox.c.operation.in_(STANDS),
            _outbox.c.state == "sent",
        )
        .order_by(_outbox.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()
