"""The ring: due rows become events, in the order in which they fell due.

It asks no clock and knows no scheduler: in a service `engine` turns it, in the demo `until` does.
What fails is put off with growing delay and, in the end, parked and told once [RE-7, RE-9].
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.chance import Chance, SecretChance
from bot.clock import FrozenClock
from bot.delivery import Delivery
from bot.dispatch import HandlerFailed
from bot.events import Event, TaskDone, TaskParked, TimerDue
from bot.log import Log
from bot.ports import Hears
from bot.registry import TaskWork
from storage import tasks, timers
from storage.database import Database
from storage.tasks import TaskRow

Chore = Callable[[datetime], Awaitable[datetime | None]]
"""Work of a timer that speaks to nobody: given now, it says when it is next due."""

NOTED = "ring.clock"
MOST_AT_ONCE = 10_000
"""Timers at one instant in the demo, after which one that sets itself again is suspected."""


@dataclass(slots=True, kw_only=True)
class Ring:
    """Turns due timers and waiting tasks into events that `hear` (dispatch) takes.

    `chores` are the timers that need no handler: they run outside any transaction of an event.
    """

    database: Database
    hear: Hears
    work_of: Mapping[str, TaskWork]
    log: Log
    chores: Mapping[str, Chore] = field(default_factory=dict)
    chance: Chance = field(default_factory=SecretChance)

    async def begin(self, now: datetime) -> None:
        """Takes up what the last process left: its leases, and failures it could not tell.

        For the only process on this database, before anything turns.
        """
        async with self.database.begin() as tx:
            await tasks.release_all(tx.session)
        async with self.database.reading() as tx:
            parked = await timers.parked(tx.session, now)
        for event in parked:
            await self._tell(event)

    async def turn(self, now: datetime, most: int = 200) -> int:
        """Handles up to `most` timers that are due, earliest first; says how many there were.

        Each is heard as a thing of now; `TimerDue.due` tells when it should have been [AT-4].
        """
        async with self.database.reading() as tx:
            found = await timers.due(tx.session, now, most)
        for event in found:
            try:
                await self._ring(event, now)
            except HandlerFailed as failed:
                await self._snooze(event, now, str(failed))
            except Exception as error:  # noqa: BLE001 - one timer must not stop all others
                await self._snooze(event, now, self._note("timer-failed", event, error))
        return len(found)

    async def work(self, now: datetime, most: int = 1) -> int:
        """Takes up to `most` tasks, works on them and hears their ends; says how many there were.

        One after another and outside any write transaction; call it twice to work on two.
        """
        upcoming = await self._next_task()
        if upcoming is None or upcoming > now:
            return 0
        async with self.database.begin() as tx:
            rows = await tasks.lease(tx.session, now, most)
        for row in rows:
            await self._carry_out(row, now)
        return len(rows)

    async def next_at(self) -> datetime | None:
        """When a timer or a task is next due, or None; in the past when one is due already."""
        async with self.database.reading() as tx:
            return _earliest(await timers.next_due(tx.session), await tasks.next_at(tx.session))

    async def _next_task(self) -> datetime | None:
        async with self.database.reading() as tx:
            return await tasks.next_at(tx.session)

    async def _ring(self, event: TimerDue, now: datetime) -> None:
        chore = self.chores.get(event.action)
        if chore is None:
            await self.hear(event)
            return
        again = await chore(now)
        async with self.database.begin() as tx:
            if again is None:
                await tx.timers.take(event.timer)
            else:
                await timers.move(tx.session, event.timer, again)

    async def _snooze(self, event: TimerDue, now: datetime, reference: str) -> None:
        async with self.database.begin() as tx:
            parked = await timers.snooze(tx.session, event.timer, now, reference)
            told = await timers.parked(tx.session, now) if parked else []
        for each in told:
            if each.timer == event.timer:
                await self._tell(each)

    async def _carry_out(self, row: TaskRow, now: datetime) -> None:
        number = row.id or 0
        try:
            # Shorter than the lease: nobody else may have begun it while we still work.
            async with asyncio.timeout(tasks.LEASE.total_seconds() * 0.9):
                async with self.database.reading() as tx:
                    result = await self.work_of[row.action].work(tx, **row.args)
            await self.hear(
                TaskDone(
                    id=f"task:{number}",
                    at=now,
                    task=number,
                    action=row.action,
                    args=row.args,
                    result=result,
                    community=row.community_id,
                )
            )
        except HandlerFailed as failed:
            await self._postpone(row, now, str(failed))
        except Exception as error:  # noqa: BLE001 - one task must not stop all others
            await self._postpone(row, now, self._note("task-failed", row, error))

    async def _postpone(self, row: TaskRow, now: datetime, reference: str) -> None:
        number = row.id or 0
        async with self.database.begin() as tx:
            if await tasks.postpone(tx.session, number, now):
                return
        # Told before the row goes: a kill in between tells it again, and the claim says Already.
        await self._tell(
            TaskParked(
                id=f"parked:task:{number}",
                at=now,
                task=number,
                action=row.action,
                reference=reference,
                args=row.args,
                community=row.community_id,
            )
        )
        async with self.database.begin() as tx:
            await tx.tasks.finish(number)

    async def _tell(self, event: Event) -> None:
        try:
            await self.hear(event)
        except Exception as error:  # noqa: BLE001 - the row stands, and the log tells it
            self.log.failure("parked-untold", error, chance=self.chance)

    def _note(self, code: str, about: TimerDue | TaskRow, error: Exception) -> str:
        chance = self.chance.for_event(f"{code}:{about.id}")
        return self.log.failure(code, error, chance=chance, timer_action=about.action)


async def until(
    ring: Ring,
    delivery: Delivery,
    clock: FrozenClock,
    end: datetime,
    *,
    settled: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Lets simulated time pass: all that is due happens in order, at its own time, to its end.

    `settled` takes the place of `settle` where a platform answers at once to what is delivered.

    Tasks and parcels that an event caused are done before the next event. Killed in the middle and
    called again, with the clock at or after where it began, it goes on with what was left: the
    time it had come to is noted in the database, so that nothing happens at another time.
    """
    async with ring.database.reading() as tx:
        noted = await tx.notebook.read(NOTED)
    if noted is not None and clock.now() < datetime.fromisoformat(noted) <= end:
        clock.set(datetime.fromisoformat(noted))
        # What was being sent then was looked for before its time, and waits for no commit.
        delivery.wake()
    here = 0
    while True:
        await (settled() if settled else settle(ring, delivery, clock))
        if await ring.turn(clock.now(), most=1):
            here += 1
            if here > MOST_AT_ONCE:
                raise RuntimeError("a timer sets itself again at the instant at which it is due")
            continue
        if clock.now() >= end:
            break
        retried = await delivery.next_at()
        coming = _earliest(await ring.next_at(), retried)
        if coming is None or coming > end:
            break
        # A task that failed is due again by time alone: no commit tells of it.
        if coming == retried or coming <= clock.now():
            delivery.wake()
        async with ring.database.begin() as tx:
            await tx.notebook.write(NOTED, coming.isoformat())
        clock.set(coming)
        here = 0
    clock.set(max(end, clock.now()))


async def settle(ring: Ring, delivery: Delivery, clock: FrozenClock) -> None:
    """Does all that waits for no time: parcels first, then tasks and what they cause."""
    await delivery.drain()
    while await ring.work(clock.now()):
        await delivery.drain()


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((each for each in instants if each is not None), default=None)
