"""From the outbox to the platforms: in order within a conversation, and nobody waits for another.

A lane is one conversation. Its parcels leave one after another, some in one go, so order holds;
lanes know nothing of one another, so a slow or refused one holds back itself alone [RE-4, RE-7].
Ends are noted while the next are on their way. What was sent and not yet noted when the process
died is sent again under the same token [RE-2].
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.chance import Chance, SecretChance
from bot.clock import Clock
from bot.events import Event
from bot.log import Log
from bot.messages import Parcel
from bot.ports import Adapter, Hears, Lane, Outbox, Settled
from bot.runs import Post, Run
from bot.sending import Sender

LANES = 16
"""Parcels on their way at once, per platform: one that hangs leaves the others their share."""
RUN, RUN_SECONDS = 10, 0.25
"""Parcels of one lane that leave in one go at most, and how long a go may last before its next."""
TOGETHER = 50
"""Ends of sends noted in one commit at most [PE-3]."""
UNNOTED = 4 * TOGETHER
"""Ends that may wait to be noted: more, and nothing leaves until the database has caught up."""
LULL = 0.03
"""Seconds until the next look when one found nothing but what is on its way: in a burst each commit
wakes us, and most belong to the same conversation.
"""
SERVED = 4096
"""Lanes of which it is known when they were last served."""
STOPPING = 5.0
"""Seconds that sends on their way are given when the bot stops; then those that ended are noted."""
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
    _posts: dict[str, Post] = field(default_factory=dict, init=False)
    _sending: dict[asyncio.Task[None], Run] = field(default_factory=dict, init=False)
    _ended: list[Settled] = field(default_factory=list, init=False)
    _noting: asyncio.Task[None] | None = field(default=None, init=False)
    _blocked: set[str] = field(default_factory=set, init=False)
    _served: dict[str, int] = field(default_factory=dict, init=False)
    _turns: int = field(default=0, init=False)
    _sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self._sender = Sender(self.clock, self.log, self.chance)
        self._posts = {name: Post() for name in self.adapters}

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
        now, elapsed = self.clock.now(), self.clock.monotonic()
        found = [await self.outbox.next_at(now, platforms=self._open())]
        for name, post in self._posts.items():
            if not post.patience.paused(elapsed):
                continue
            after = now + timedelta(seconds=post.patience.next_at(elapsed) - elapsed)
            waits = await self.outbox.heads(now, 1, platforms=(name,))
            later = None if waits else await self.outbox.next_at(now, platforms=(name,))
            found.append(after if waits else later and max(later, after))
        return min((each for each in found if each is not None), default=None)

    async def drain(self) -> int:
        """Delivers all that may leave now, one by one in the order of their numbers; counts them.

        What is caused by a dead letter is delivered too. For the demo and tests, where the same
        script must always print the same lines.
        """
        # Cleared before the look: what is committed during it wakes us again.
        self._woken.clear()
        await self._remind()
        count = 0
        while parcels := await self.outbox.heads(self.clock.now(), 1, platforms=self._open()):
            end = await self._send(parcels[0])
            if end is not None:
                await self._settle([end])
            count += 1
        return count

    async def run(self) -> None:
        """Delivers until `stop`, woken by `wake` and by time. When cancelled, sends are cut off."""
        try:
            while not self._stopping:
                await self._guarded(self._turn)
            if self._sending:
                await asyncio.wait(self._sending, timeout=STOPPING)
            await self._guarded(self._finish)
        finally:
            tasks = [*self._sending, *([self._noting] if self._noting else [])]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._sending.clear()

    async def _turn(self) -> None:
        if self._woken.is_set():
            # Cleared before the look: what is committed during it wakes us again.
            self._woken.clear()
            for post in self._posts.values():
                post.stale, post.dated = True, False
        await self._remind()
        self._collect()
        await self._fill()
        await self._sleep(self._delay(), until=[*self._sending, *filter(None, [self._noting])])

    async def _finish(self) -> None:
        self._collect()
        while self._noting is not None:
            await asyncio.wait([self._noting])
            self._collect()

    async def _guarded(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except Exception as error:
            self.log.failure("delivery-failed", error, chance=self.chance)
            if not self._stopping:
                await self._sleep(RECOVERY)

    async def _sleep(self, seconds: float | None, until: Iterable[asyncio.Task[None]] = ()) -> None:
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait(
                {woken, *until}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            woken.cancel()

    def _delay(self) -> float | None:
        """Seconds until time alone lets something leave; the end of a send wakes us by itself."""
        now = self.clock.monotonic()
        times = [post.due for post in self._posts.values() if post.due is not None]
        for name, post in self._posts.items():
            coming = post.next_at(now)
            if post.stale and coming > now and self._room(name, post) > 0:
                times.append(coming)
        return max(min(times) - now, 0) if times else None

    async def _fill(self) -> None:
        """Sends off the next of free lanes, where something changed since the last look."""
        for name, post in self._posts.items():
            now = self.clock.monotonic()
            if post.due is not None and post.due <= now:
                post.stale, post.dated, post.due = True, False, None
            room = self._room(name, post) if post.next_at(now) <= now else 0
            if post.stale and room > 0 and len(self._ended) < UNNOTED:
                # Before the look: what changes during it makes us look again.
                post.stale = False
                await self._look(name, post, room)

    def _room(self, name: str, post: Post) -> int:
        """How many lanes more may be on their way, were it time."""
        # What left before a platform refused may hang for long: the one that may go is another.
        narrow = post.patience.narrow
        runs = [run for run in self._sending.values() if run.platform == name]
        return (1 if narrow else LANES) - sum(run.narrow or not narrow for run in runs)

    async def _look(self, name: str, post: Post, room: int) -> None:
        now, narrow = self.clock.now(), post.patience.narrow
        ended = self._unnoted()
        for run in self._sending.values():
            # A look passes over lanes that are on their way: what came for them meanwhile, and woke
            # us, is looked for when they end.
            run.more = run.more or run.platform == name
        found = await self.outbox.runs(
            now,
            partial(self._choose, room=room),
            platform=name,
            busy=self._blocked.union(run.lane for run in self._sending.values()),
            ended=ended,
            longest=1 if narrow else RUN,
        )
        post.held = found.held
        if found.held and not ended <= self._unnoted():
            # What holds it may have been noted while we looked, and nothing will tell so again.
            post.stale = True
        for parcels in found.runs:
            run = Run(parcels[0].lane, name, parcels, more=found.left, narrow=narrow)
            self._sending[asyncio.create_task(self._carry(run, post))] = run
        waits = not found.runs and not post.stale
        if waits and any(run.platform == name for run in self._sending.values()):
            post.lull = self.clock.monotonic() + LULL
        if len(found.runs) < room and not post.dated:
            post.dated = True
            after = await self.outbox.next_at(now, platforms=(name,))
            seconds = None if after is None else (after - now).total_seconds()
            post.due = None if seconds is None else self.clock.monotonic() + seconds
        if found.held:
            # What is first in its lane then may have to wait for its time.
            post.dated = False

    def _unnoted(self) -> frozenset[int]:
        return frozenset(end.parcel.id for end in self._ended)

    def _choose(self, lanes: Sequence[Lane], *, room: int) -> Sequence[Lane]:
        """Answers first, and among equals the lane that was served the longest ago [RE-4]."""

        def turn(lane: Lane) -> tuple[Any, ...]:
            yields = self._sender.yields(lane.key)
            return yields, lane.rank, self._served.get(lane.key, 0), lane.first

        chosen = sorted(lanes, key=turn)[:room]
        for lane in chosen:
            self._turns += 1
            self._served.pop(lane.key, None)
            self._served[lane.key] = self._turns
        while len(self._served) > SERVED:
            del self._served[next(iter(self._served))]
        return chosen

    async def _carry(self, run: Run, post: Post) -> None:
        """Sends a lane's parcels one after another, up to the first that is not carried out."""
        began = self.clock.monotonic()
        for parcel in run.parcels:
            now = self.clock.monotonic()
            late = self._stopping or now - began > RUN_SECONDS
            if run.ended and (late or post.patience.narrow or post.patience.paused(now)):
                return
            end = await self._send(parcel)
            if end is None:
                return
            run.ended.append(end)
            if not end.done:
                self._blocked.add(run.lane)
                return

    def _collect(self) -> None:
        """Takes over what has ended, and has it noted while the next leave.

        Raises what kept the last ends from being noted: they are noted again. A lane whose last
        parcel was not carried out stays closed until that stands in the database.
        """
        for task in [task for task in self._sending if task.done()]:
            run = self._sending.pop(task)
            task.result()
            self._ended += run.ended
            post = self._posts[run.platform]
            post.lull = 0.0
            post.stale = post.stale or run.more or len(run.ended) < len(run.parcels)
        noting = self._noting
        if noting is not None and noting.done():
            self._noting = None
            noting.result()
        if self._noting is None and self._ended:
            self._noting = asyncio.create_task(self._note())

    async def _note(self) -> None:
        some = self._ended[:TOGETHER]
        await self._settle(some)
        del self._ended[: len(some)]
        for end in some:
            post = self._posts[end.parcel.place.platform]
            if post.held or not end.done:
                post.stale, post.lull = True, 0.0
            if not end.done:
                post.dated = False
                self._blocked.discard(end.parcel.lane)

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

    async def _send(self, parcel: Parcel) -> Settled | None:
        name = parcel.place.platform
        return await self._sender.send(parcel, self.adapters[name], self._posts[name].patience)

    def _open(self) -> tuple[str, ...]:
        """The platforms that may be sent to now."""
        now = self.clock.monotonic()
        return tuple(name for name, post in self._posts.items() if not post.patience.paused(now))
