"""How a try to deliver ended: a receipt, another try later, or a dead letter."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Event, Undelivered
from bot.lanes import ASIDE, FORM, WHISPER
from bot.ports import Settled
from storage.parcels import ENDED, GONE, OutboxRow, ThreadRow, where
from storage.types import insert_new, table_of

MOST_TRIES = 8
PATIENCE = timedelta(days=1)
"""How long a platform may ask us to wait before a parcel goes to the dead letters."""
IDLE = timedelta(hours=1)
"""How late a next try is no patience of ours: the bot, or its whole platform, was away."""
UNTOLD = (FORM, WHISPER)
"""What somebody waits for at that very moment: that it did not arrive is told to nobody later."""

_thread = table_of(ThreadRow)


async def ended(session: AsyncSession, row: OutboxRow, end: Settled, now: datetime) -> list[Event]:
    """Notes how a try ended on its row; returns what the bot must hear of it."""
    row.tries += 1 if end.counts else 0
    late = now - row.not_before
    if row.first_try is not None and late >= IDLE:
        # An outage counts neither as trying nor as time in which the token is remembered.
        row.first_try, row.uncertain = row.first_try + late, True
    row.first_try = row.first_try or now
    given_up = row.tries >= MOST_TRIES or now - row.first_try >= PATIENCE
    if end.retry_at is not None and not given_up:
        row.not_before = end.retry_at
        return []
    row.body, row.settled = None, now
    if end.retry_at is not None or end.refused is not None:
        if row.operation in UNTOLD or ASIDE in row.args:
            await session.delete(row)
            return []
        row.state, row.buttons = "dead", []
        return [undelivered(row)]
    # The rest was for the platform, or in case that it refused.
    row.args = {name: each for name, each in row.args.items() if name in (ENDED, GONE) and each}
    row.state, row.message = "sent", end.message
    if row.operation == "say" and row.subject and row.message and row.thread is None:
        await insert_new(session, _thread, lane=row.lane, root=row.message, subject=row.subject)
    if row.thread_of is not None:
        # What is pressed in a thread is answered in that thread.
        row.thread = end.parcel.thread
    if not _refers(row):
        await session.delete(row)
    return []


def _refers(row: OutboxRow) -> bool:
    """Whether it is a receipt: somebody may refer to what stands there."""
    if row.operation in UNTOLD:
        return bool(row.buttons and row.message)
    return row.keep or bool(row.buttons)


def undelivered(row: OutboxRow) -> Undelivered:
    """What is told of a dead letter."""
    return Undelivered(
        id=f"dead:{row.id}",
        at=row.settled or row.at,
        parcel=row.id or 0,
        operation=row.operation,
        place=where(row),
        args=row.args,
        community=row.community_id,
    )
