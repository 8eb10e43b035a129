"""From the outbox to the platforms: in order within a conversation, and nobody waits for another.

A lane is one conversation. One parcel per lane is on its way at a time, so order holds; lanes know
nothing of one another, so a slow or refused one holds back itself alone [RE-4, RE-7]. A parcel that
was sent and not yet noted when the process died is sent again under the same token [RE-2].
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chance import Chance, SecretChance
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.events import Event
from bot.log import Log
from bot.messages import Parcel
from bot.ports import Adapter, Hears, Outbox, Settled

LANES = 16
"""Parcels on their way at once, per platform: one that hangs leaves the others their share."""
TOGETHER = 50
"""Ends of sends noted in one commit at most [PE-3]."""
LONGEST = 120.0
"""Seconds after which a send without an answer counts as failed."""
SHORTEST = 0.1
"""Seconds between two tries at least, whatever a platform says."""
FIRST_DELAY, GROWTH = 5, 3
"""Seconds after the first failed try, and how much longer each next wait is: 8 tries in 1.5 h."""
STOPPING = 8.0
"""Seconds that sends on their way are given when the bot stops, of the 10 it has in all."""
RECOVERY = 5.0
"""Seconds before the next look when the database itself failed."""


@dataclass(slots=True)
class Delivery:
    """Carries out what the outbox holds.

    Parcels for a platform without an adapter stay where they are and cost no tries: they leave when
    the platform is configured again. `hear` is dispatch: it is told what became a dead letter.
    """

    outbox: Outbox
    adapters: Mapping[str, Adapter]
    clock: Clock
    log: Log
    hear: Hears
    chance: Chance = field(default_factory=SecretChance)
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False, repr=False)
    _stopping: bool = field(default=False, init=False)
    _reminded: bool = field(default=False, init=False)
    _sending: dict[asyncio.Task[Settled], Parcel] = field(default_factory=dict, init=False)

    def wake(self) -> None:
        """Says that something may wait now: the commit of an event did it."""
        self._woken.set()

    @property
    def woken(self) -> bool:
        """Whether something was committed since the last look."""
        return self._woken.is_set()

    async def stop(self) -> None:
        """Lets `run` end: what is on its way is finished and noted, nothing new leaves."""
        self._stopping = True
        self.wake()

    async def next_at(self) -> datetime | None:
        """When the next parcel that must still wait may be tried, or None."""
        return await self.outbox.next_at(self.clock.now(), platforms=tuple(self.adapters))

    async def drain(self) -> int:
        """Delivers all that may leave now, one by one in the order of their numbers; counts them.

        What is caused by a dead letter is delivered too. For the demo and tests, where the same
        script must always print the same lines.
        """
        # Cleared before the look: what is committed during it wakes us again.
        self._woken.clear()
        await self._remind()
        count = 0
        while parcels := await self.outbox.heads(
            self.clock.now(), frozenset(), 1, platforms=tuple(self.adapters), in_order=True
        ):
            await self._settle([await self._send(parcels[0])])
            count += 1
        return count

    async def run(self) -> None:
        """Delivers until `stop`, woken by `wake` and by time. When cancelled, sends are cut off."""
        try:
            while not self._stopping:
                # Cleared before the look: what is committed during it wakes us again.
                self._woken.clear()
                await self._guarded(self._turn)
            if self._sending:
                await asyncio.wait(self._sending, timeout=STOPPING)
            await self._guarded(self._collect)
        finally:
            for task in self._sending:
                task.cancel()
            await asyncio.gather(*self._sending, return_exceptions=True)
            self._sending.clear()

    async def _turn(self) -> None:
        await self._remind()
        await self._collect()
        roomy = await self._fill()
        # A full platform wakes us by the end of a send; the others must not wait for that.
        after = await self.outbox.next_at(self.clock.now(), platforms=roomy) if roomy else None
        delay = None if after is None else (after - self.clock.now()).total_seconds()
        await self._sleep(delay, until=self._sending)

    async def _guarded(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except Exception as error:
            self.log.failure("delivery-failed", error, chance=self.chance)
            if not self._stopping:
                await self._sleep(RECOVERY)

    async def _sleep(
        self, seconds: float | None, until: Iterable[asyncio.Task[Settled]] = ()
    ) -> None:
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait(
                {woken, *until}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            woken.cancel()

    async def _fill(self) -> list[str]:
        """Sends off the heads of free lanes; names the platforms that had room for more."""
        roomy: list[str] = []
        for name in self.adapters:
            lanes = frozenset(
                parcel.place.key
                for parcel in self._sending.values()
                if parcel.place.platform == name
            )
            room = LANES - len(lanes)
            if not room:
                continue
            heads = await self.outbox.heads(self.clock.now(), lanes, room, platforms=(name,))
            for parcel in heads:
                self._sending[asyncio.create_task(self._send(parcel))] = parcel
            if len(heads) < room:
                roomy.append(name)
        return roomy

    async def _collect(self) -> None:
        """Notes what has ended. A lane is free again only when its end stands in the database."""
        done = [task for task in self._sending if task.done()]
        for start in range(0, len(done), TOGETHER):
            some = done[start : start + TOGETHER]
            await self._settle([task.result() for task in some])
            for task in some:
                del self._sending[task]

    async def _settle(self, ends: Sequence[Settled]) -> None:
        for event in await self.outbox.settle(ends, self.clock.now()):
            await self._tell(event)

    async def _remind(self) -> None:
        """Tells once more of every dead letter: the last process may have died before it could.

        A claim makes each count once, so an animator is told once [RE-4].
        """
        if self._reminded:
            return
        for event in await self.outbox.dead():
            await self._tell(event)
        self._reminded = True

    async def _tell(self, event: Event) -> None:
        try:
            await self.hear(event)
        except Exception as error:
            # The row stands among the dead letters; it is told at the next start.
            self.log.failure("dead-letter-untold", error, chance=self.chance)

    async def _send(self, parcel: Parcel) -> Settled:
        if parcel.operation == "nothing":
            return Settled(parcel)
        about = {
            "parcel": parcel.id,
            "operation": parcel.operation,
            "platform": parcel.place.platform,
        }
        try:
            async with asyncio.timeout(LONGEST):
                message = await self.adapters[parcel.place.platform].deliver(parcel)
        except RetryLater as wait:
            self.log.debug("outbox-retry", after=wait.after, **about)
            return Settled(parcel, retry_at=self._in(wait.after), counts=False)
        except Rejected as refusal:
            self.log.warning("outbox-refused", error=refusal, **about)
            return Settled(parcel, refused=refusal.reason)
        except Exception as error:
            self.log.failure("outbox-failed", error, chance=self.chance, **about)
            return Settled(parcel, retry_at=self._in(FIRST_DELAY * GROWTH**parcel.tries))
        return Settled(parcel, message)

    def _in(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=max(seconds, SHORTEST))
