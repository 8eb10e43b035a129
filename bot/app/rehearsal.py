"""The rehearsal: what the coming days would bring, played on a copy; nothing is sent [AT-5].

The database is copied into a fresh temporary folder. On the copy a real house lets time pass: its
ring, handlers, courtesy, fan-out and delivery, with platforms that only list what they are given.
It opens no connection but to the database that it copies, and leaves no file behind; what a killed
one left is removed by the next.
"""

from __future__ import annotations

import asyncio
import io
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import house as houses
from bot.chance import Chance
from bot.clock import Clock, FrozenClock
from bot.config import Community as Configured
from bot.courtesy import Cap, Row, cap_of
from bot.dispatch import Done, Outcome
from bot.events import Event
from bot.foreseen import GUEST, REHEARSE, REHEARSE_AS, Foreseen, Load, load_of
from bot.log import Log, open_log
from bot.messages import Capabilities, Parcel
from bot.people import Community, Role
from bot.ports import Hears, Settled, Tx
from bot.registry import Registry
from bot.speaking import ScoreLine
from bot.texts import Texts
from scheduler.ring import MOST_AT_ONCE
from storage import rehearsing
from storage.backup import url_of
from storage.lock import Busy, alone_on
from storage.rehearsing import Meant

PREFIX = "copain-rehearsal-"
FILE, HELD = "copain.db", "rehearsal"
SAYS = ("say", "form", "whisper")
"""What leaves a message somebody reads; the rest changes, adds to or stands beside one."""
WELL_BEFORE = timedelta(days=3650)
"""Before whatever else is due."""
LONGEST = 366
"""Days that one rehearsal may last."""
AT_ONCE = 200
"""Parcels that are listed together."""
LISTED = 10_000
"""Lines of the score that wait for their parcel."""

Tell = Callable[[datetime], None]
"""Hears how far time has passed."""


class Stopped(Exception):
    """Nobody waits for this rehearsal any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a rehearsal is a copy of: a database, and how the house on it was opened."""

    url: str
    communities: Sequence[Configured]
    chance: Chance
    abilities: Mapping[str, Capabilities]
    """What each platform can do that a real run would send to."""
    language: str = "fr"
    prefix: str = "/copain"
    prefixes: Mapping[str, str] = field(default_factory=dict)
    seal: bytes = b""
    registry: Registry | None = None
    texts: Texts | None = None
    log: Log | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A community: the role of each person, the title of each space by its key, and its caps."""

    slug: str
    name: str
    zone: ZoneInfo
    roles: Mapping[int, Role]
    spaces: Mapping[str, str]
    private_cap: Cap
    posts_cap: Cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What would be sent, in order of time, and of each community by its number what is told of it.

    `guest` is who was brought in by the first timer, in the copy alone.
    """

    foreseen: tuple[Foreseen, ...]
    communities: Mapping[int, Known]
    guest: int | None = None

    def of(self, community: int) -> tuple[Foreseen, ...]:
        """What concerns one community [SE-1]."""
        return tuple(each for each in self.foreseen if each.community == community)

    def load(self, community: int) -> Load:
        """How much of it reaches each of its members and spaces."""
        members = self.communities[community].roles
        return load_of(self.of(community), [each for each in members if each != self.guest])


async def rehearse(
    original: Original,
    *,
    now: datetime,
    days: int,
    first: tuple[str, Mapping[str, Any]] | None = None,
    community: int | None = None,
    tell: Tell = lambda _: None,
    stop: threading.Event | None = None,
) -> Rehearsed:
    """Lets `days` pass from `now` on a copy and returns what would be sent meanwhile.

    `first` is the action and the args of a timer of `community` that falls due before all else.
    Raises LookupError where there is no database, Unreachable, Stopped once `stop` is set.
    """
    _sweep()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder, alone_on(Path(folder) / HELD):
        path = Path(folder) / FILE
        await rehearsing.copy(original.url, path)
        clock = FrozenClock(now)
        lister = _Lister(clock)
        async with houses.open_house(
            url=url_of(path),
            folder=Path(folder),
            clock=clock,
            chance=original.chance,
            log=original.log or open_log(io.StringIO(), clock, level="error"),
            adapters=lambda *_: {
                name: _Platform(name, able, lister) for name, able in original.abilities.items()
            },
            communities=original.communities,
            language=original.language,
            prefix=original.prefix,
            prefixes=original.prefixes,
            seal=original.seal,
            registry=original.registry,
            texts=original.texts,
            rehearses=False,
        ) as house:
            newest = await rehearsing.begin(house.database, (REHEARSE, REHEARSE_AS))
            if first is not None:
                async with house.database.begin() as tx:
                    await tx.timers.set(
                        first[0], "", due=now - WELL_BEFORE, args=first[1], community=community
                    )
            play = _Play(house=house, clock=clock, lister=lister, tell=tell, stop=stop)
            await play.until(now + timedelta(days=min(days, LONGEST)))
            return await _found(house, lister, now, newest)


def work(original: Callable[[], Original], clock: Clock) -> Callable[..., Any]:
    """The work of the task `REHEARSE`, in a thread and a loop of its own: nobody waits for it."""

    async def rehearsed(_tx: Tx, *, community: int, days: int, **more: Any) -> dict[str, Any]:
        stop, first = threading.Event(), more.get("first")
        made = rehearse(
            original(),
            now=clock.now(),
            days=days,
            first=(first[0], first[1]) if first else None,
            community=community,
            stop=stop,
        )
        try:
            found = await asyncio.to_thread(asyncio.run, made)
        finally:
            stop.set()
        return {
            "foreseen": [each.as_json() for each in found.of(community)],
            "load": found.load(community).as_json(),
            "guest": found.guest,
        }

    return rehearsed


@dataclass(slots=True)
class _Lister:
    """What was delivered when, each with the line of the score that says what it was."""

    clock: Clock
    given: list[tuple[datetime, Parcel, ScoreLine | None]] = field(default_factory=list)
    lines: dict[tuple[str, datetime], deque[ScoreLine]] = field(default_factory=dict)

    def note(self, outcome: Outcome, at: datetime) -> None:
        """Keeps what an event said, until its parcels come by."""
        for line in outcome.score if isinstance(outcome, Done) else ():
            if len(self.lines) < LISTED:
                self.lines.setdefault((line.place, at), deque()).append(line)

    def take(self, parcel: Parcel) -> None:
        """Lists a parcel. Within a conversation they come in the order of their lines."""
        if parcel.operation not in SAYS:
            return
        key = (parcel.place.key, parcel.at)
        waiting = self.lines.get(key)
        line = waiting.popleft() if waiting else None
        if not waiting:
            self.lines.pop(key, None)
        self.given.append((max(parcel.at, self.clock.now()), parcel, line))


@dataclass(slots=True)
class _Platform:
    """A `bot.ports.Adapter` that sends nothing, and gives each message an invented number."""

    name: str
    capabilities: Capabilities
    lister: _Lister
    count: int = 0

    async def deliver(self, parcel: Parcel) -> str | None:
        self.lister.take(parcel)
        if parcel.target is not None:
            return parcel.target
        self.count += 1
        return f"rehearsed-{self.count}"

    async def run(self, hear: Hears) -> None:
        """Nobody says anything in the coming days, as far as anybody knows."""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True, kw_only=True)
class _Play:
    """Time passing on a copy: all that is due in order, at its own time, as `ring.until` has it.

    Faster than that, for every send succeeds and nobody will want to go on from a kill.
    """

    house: houses.House
    clock: FrozenClock
    lister: _Lister
    tell: Tell
    stop: threading.Event | None
    woken: bool = True
    retried: datetime | None = None
    """When the next parcel may be tried that a real send did not get rid of."""

    async def until(self, end: datetime) -> None:
        """Lets time pass; raises Stopped."""
        house = self.house
        house.listen(self.hear)
        house.dispatch.wake = self.wake
        self.retried = await house.delivery.next_at()
        still = 0
        while still < MOST_AT_ONCE:
            await self.settle()
            times = [at for at in (await house.ring.next_at(), self.retried) if at is not None]
            coming = min(times, default=end + WELL_BEFORE)
            if coming > end:
                return
            still += 1
            if coming > self.clock.now():
                still = 0
                self.move(coming)
            if not await house.ring.turn(self.clock.now(), most=1):
                self.wake()
            if self.retried is not None and self.retried <= self.clock.now():
                self.wake()
                self.retried = await house.delivery.next_at()
        raise RuntimeError("a timer sets itself again at the instant at which it is due")

    def move(self, to: datetime) -> None:
        """Sets the clock, unless nobody waits any more."""
        if self.stop is not None and self.stop.is_set():
            raise Stopped
        self.clock.set(to)
        self.tell(to)

    def wake(self) -> None:
        """Says that something may wait now."""
        self.woken = True

    async def hear(self, event: Event) -> Outcome:
        """Handles an event and keeps what it said."""
        outcome = await self.house.dispatch(event)
        self.lister.note(outcome, self.clock.now())
        return outcome

    async def settle(self) -> None:
        """Parcels first, then tasks and what they cause."""
        while self.woken:
            self.woken = False
            await self.drain()
            while await self.house.ring.work(self.clock.now()):
                await self.drain()

    async def drain(self) -> None:
        """Delivers what may leave, many at a time: each is first in its own conversation."""
        outbox, adapters = self.house.delivery.outbox, self.house.delivery.adapters
        now, platforms = self.clock.now(), tuple(adapters)
        while parcels := await outbox.heads(now, AT_ONCE, platforms=platforms):
            ends = []
            for each in parcels:
                sent = each.operation != "nothing"
                adapter = adapters[each.place.platform]
                ends.append(Settled(each, await adapter.deliver(each) if sent else None))
            for event in await outbox.settle(ends, now):
                await self.hear(event)


async def _found(house: houses.House, lister: _Lister, since: datetime, newest: int) -> Rehearsed:
    persons = await rehearsing.persons(house.database)
    meant = await rehearsing.left(house.database, since)
    by_number = {each.number: each for each in meant}
    spread: dict[tuple[str, datetime], deque[Meant]] = {}
    for each in meant:
        if each.audience == "person" and each.led:
            spread.setdefault((each.audience_id, each.ended), deque()).append(each)
    listed = []
    for at, parcel, line in sorted(lister.given, key=lambda each: (each[0], each[1].id)):
        dm = parcel.place.dm
        number = persons.get(parcel.place.account) if dm else None
        who = "" if number is None else str(number)
        intents = [by_number[each] for each in line.intents if each in by_number] if line else []
        if not intents and line is None:
            # What goes to everybody of a role is written many at a time, without a score.
            intents = [each for each in [_next(spread, who, parcel.at)] if each is not None]
        one = _one(parcel, line, intents, newest=newest, who=who if dm else None)
        listed.append(replace(one, at=at))
    async with house.database.reading() as tx:
        known = {each.id: await _known(tx, each, since) for each in await tx.people.communities()}
        guest = await tx.notebook.read(GUEST)
    return Rehearsed(
        foreseen=tuple(listed), communities=known, guest=int(guest) if guest is not None else None
    )


async def _known(tx: Tx, community: Community, now: datetime) -> Known:
    roles: dict[int, Role] = {}
    for role in (Role.MEMBER, Role.ANIMATOR, Role.COORDINATOR):
        roles |= dict.fromkeys(await tx.people.holders(community.id, role), role)
    spaces = await tx.people.spaces(community.id)
    pace = await rehearsing.pace(tx.session, community.id, now)
    return Known(
        slug=community.slug,
        name=community.name,
        zone=community.zone,
        roles=roles,
        spaces={each.place.key: each.title for each in spaces},
        private_cap=cap_of(Row.PRIVATE_WEEK, now, pace=pace),
        posts_cap=cap_of(Row.POSTS_ALL, now, pace=pace),
    )


def _next(
    spread: Mapping[tuple[str, datetime], deque[Meant]], who: str, at: datetime
) -> Meant | None:
    waiting = spread.get((who, at))
    return waiting.popleft() if waiting else None


def _one(
    parcel: Parcel,
    line: ScoreLine | None,
    intents: Sequence[Meant],
    *,
    newest: int,
    who: str | None,
) -> Foreseen:
    body = parcel.body
    text = body.get("text") or body.get("modal", {}).get("title", "")
    lead = intents[0] if intents else None
    today = [each.number for each in intents if each.number <= newest]
    own = line.subject if line else parcel.subject
    return Foreseen(
        at=parcel.at,
        community=parcel.community,
        audience="space" if who is None else "person",
        audience_id=parcel.place.key if who is None else who,
        kind=lead.kind if lead else str(body.get("kind") or "answer"),
        key=line.key if line else "",
        values=line.values if line else {},
        text=str(text),
        buttons=tuple(str(each["label"]) for each in body.get("buttons", ())),
        subject=(lead.subject if lead else None) or own,
        intent=today[0] if today else None,
        also=tuple(today[1:]),
        why=lead.why if lead else None,
        thread=parcel.thread is not None,
    )


def _sweep() -> None:
    """Removes what rehearsals left that were killed: a living one holds the lock of its folder."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, Busy):
            if (folder / f"{HELD}.lock").exists():
                with alone_on(folder / HELD):
                    shutil.rmtree(folder, ignore_errors=True)
