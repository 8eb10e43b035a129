"""Jobs that speak to nobody: what is no longer needed goes, for good.

The night is a timer row like everything else that falls due, so it comes in the demo too and is
caught up with after downtime. Emptying the WAL is not: it follows writing, not the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.attachments import Attachments
from bot.log import Log
from bot.when import instant_of, local_day
from storage import erasures, outbox, tables, tasks, timers
from storage.database import Database

NIGHT = "housekeeping.night"
"""The action of the nightly clean-up's timer, among the ring's chores."""
AT = time(3, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The nightly clean-up as a chore of the ring, at 03:30 in `zone`."""

    database: Database
    attachments: Attachments
    zone: ZoneInfo
    log: Log

    async def __call__(self, now: datetime) -> datetime:
        """Cleans up and says when the next night is."""
        removed = await clean_up(self.database, now, self.attachments)
        if self.database.erasures_list is not None:
            async with self.database.reading() as tx:
                await erasures.reconcile(tx.session, self.database.erasures_list, now)
        self.log.info("cleaned-up", **removed)
        return next_night(now, self.zone)

    async def ensure(self, now: datetime) -> None:
        """Sets the timer where there is none yet: once, at the start of a process."""
        async with self.database.begin() as tx:
            await timers.ensure(tx.session, NIGHT, due=next_night(now, self.zone))


def next_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The next 03:30 in that zone, strictly later than now."""
    day = local_day(now, zone)
    tonight = instant_of(day, AT, zone=zone)
    return tonight if tonight > now else instant_of(day + timedelta(days=1), AT, zone=zone)


async def clean_up(database: Database, now: datetime, attachments: Attachments) -> dict[str, int]:
    """Removes what has been kept long enough; counts it by kind.

    Every noun of storage with a `forget_old` has its own transaction, so that none waits for
    another. Raises ExceptionGroup at the end when some failed; all others are done by then.
    """
    removed: dict[str, int] = {}
    failed: list[Exception] = []
    for noun in tables.NOUNS:
        forget_old = getattr(noun, "forget_old", None)
        if forget_old is None:
            continue
        try:
            async with database.session() as session:
                found = await forget_old(session, now)
        except Exception as error:  # noqa: BLE001 - it is raised below, after the others
            failed.append(error)
            continue
        name = noun.__name__.rpartition(".")[2]
        removed |= found if isinstance(found, dict) else {name: found}
    removed["attachment"] = await sweep(database, now, attachments)
    if failed:
        raise ExceptionGroup("some of what is old stayed", failed)
    return removed


async def sweep(database: Database, now: datetime, attachments: Attachments) -> int:
    """Removes the files that no waiting parcel names; says how many.

    None while somebody works on a task: its file stands in the folder before a parcel names it.
    """
    # A write session, for the same reason: no event is between its file and its commit meanwhile.
    async with database.session() as session:
        if await tasks.busy(session, now):
            return 0
        return attachments.sweep(await outbox.files(session))


async def forget_wal(database: Database) -> bool:
    """Empties the WAL if anything was written since the last time [SE-10].

    Whatever was written may have wiped something. False when it must be tried again soon.
    """
    if not _written(database):
        return True
    return await database.forget_wal()


def _written(database: Database) -> bool:
    if database.path is None:
        return False
    wal = database.path.with_name(database.path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
