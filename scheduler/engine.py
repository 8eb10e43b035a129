"""The engine: a few cranks, turned every so often. The only file that knows APScheduler.

What happens when is decided by rows, never here: its own job store drops what is late, cannot join
our transactions and fires twice or not at all around clock changes (platform facts §4).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from bot.chance import Chance, SecretChance
from bot.clock import Clock
from bot.delivery import Delivery
from bot.log import Log
from scheduler.housekeeping import forget_wal
from scheduler.ring import Ring
from storage.database import Database

WORKERS = 4
"""Tasks worked on at once: a slow one keeps one crank, not the others."""
STOPPING = 6.0
"""Seconds that turns under way are given when the bot stops, of the 10 it has in all."""


@dataclass(frozen=True, slots=True)
class Crank:
    """Something to do every so many seconds, never twice at the same time."""

    name: str
    every: float
    turn: Callable[[], Awaitable[object]]


def cranks(ring: Ring, delivery: Delivery, database: Database, clock: Clock) -> tuple[Crank, ...]:
    """What must be turned in a service."""

    async def rings() -> None:
        # A full round means that more is due: after downtime there may be thousands.
        while await ring.turn(clock.now()):
            pass

    async def works() -> None:
        while await ring.work(clock.now()):
            pass

    async def forgets() -> None:
        await forget_wal(database)

    async def delivers() -> None:
        # Commits wake it; this is for a parcel that another process wrote.
        delivery.wake()

    workers = (Crank(f"work-{number}", 1, works) for number in range(WORKERS))
    return (
        Crank("ring", 1, rings),
        *workers,
        Crank("wal", 20, forgets),
        Crank("delivery", 30, delivers),
    )


@dataclass(slots=True)
class Engine:
    """Turns cranks from `start` to `stop`; a turn that fails is logged and comes again."""

    cranks: Sequence[Crank]
    log: Log
    clock: Clock
    chance: Chance = field(default_factory=SecretChance)
    _scheduler: Any = field(default=None, init=False)
    _turning: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    def start(self) -> None:
        """Begins at once, in the running loop."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # A turn that lasts is no news; it would say so every second.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
            },
        )
        for crank in self.cranks:
            scheduler.add_job(
                self._turn,
                "interval",
                args=(crank,),
                id=crank.name,
                seconds=crank.every,
                next_run_time=self.clock.now(),
            )
        scheduler.start()
        self._scheduler = scheduler

    async def stop(self) -> None:
        """Turns no more; what is under way is given 6 seconds, then cut off."""
        if self._scheduler is None:
            return
        self._scheduler.pause()
        if self._turning:
            await asyncio.wait(set(self._turning), timeout=STOPPING)
        self._scheduler.shutdown(wait=False)
        self._scheduler = None
        # The scheduler ends by a callback of the loop.
        await asyncio.sleep(0)

    async def _turn(self, crank: Crank) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._turning.add(task)
        try:
            await crank.turn()
        except Exception as error:  # noqa: BLE001 - it is logged, and the crank turns again
            self.log.failure("crank-failed", error, chance=self.chance, crank=crank.name)
        finally:
            self._turning.discard(task)
