"""The rehearsal: what the coming days would bring, played on a copy; nothing is sent [AT-5].

The database is copied into a fresh temporary folder. On the copy a real house lets time pass: its
ring, handlers, courtesy, fan-out and delivery, with platforms that only list what they are given.
It opens no connection but to the database that it copies, and leaves no file behind; what a killed
one left is removed by the next.
"""

from __future__ import annotations

import asyncio
import io
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import house as houses
from bot.app.playing import Lister, Listing, Play, Tell
from bot.chance import Chance
from bot.clock import FrozenClock
from bot.config import Community as Configured
from bot.courtesy import Cap, Row, cap_of
from bot.foreseen import DRAWN, GUEST, REHEARSE, REHEARSE_AS, Foreseen, Load, load_of
from bot.log import Log, open_log
from bot.messages import Capabilities, Parcel
from bot.people import Community, Role
from bot.ports import Tx
from bot.registry import Registry
from bot.speaking import ScoreLine
from bot.texts import Texts
from storage import copies, rehearsing
from storage.backup import url_of
from storage.rehearsing import Before, Meant

FILE = "copain.db"
WELL_BEFORE = timedelta(days=3650)
"""Before whatever else is due."""
LONGEST = 366
"""Days that one rehearsal may last."""


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
        known = self.communities[community]
        members = [each for each in known.roles if each != self.guest]
        return load_of(self.of(community), members, known.zone)


async def rehearse(
    original: Original,
    *,
    now: datetime,
    days: int,
    first: tuple[str, Mapping[str, Any]] | None = None,
    community: int | None = None,
    without: Sequence[str] = (),
    tell: Tell = lambda _: None,
    stop: threading.Event | None = None,
) -> Rehearsed:
    """Lets `days` pass from `now` on a copy and returns what would be sent meanwhile.

    `first` is the action and the args of a timer of `community` that falls due before all else;
    timers of the actions `without` do not fall due at all.
    Raises LookupError where there is no database, Unreachable, Stopped once `stop` is set.
    """
    with copies.folder() as folder:
        path = folder / FILE
        await rehearsing.copy(original.url, path)
        clock = FrozenClock(now)
        lister = Lister(clock)
        async with houses.open_house(
            url=url_of(path),
            folder=folder,
            clock=clock,
            chance=original.chance,
            log=original.log or open_log(io.StringIO(), clock, level="error"),
            adapters=lambda *_: {
                name: Listing(name, able, lister) for name, able in original.abilities.items()
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
            before = await rehearsing.begin(house.database, (REHEARSE, REHEARSE_AS))
            async with house.database.begin() as tx:
                for action in without:
                    await tx.timers.clear(action)
            if first is not None:
                async with house.database.begin() as tx:
                    await tx.timers.set(
                        first[0], "", due=now - WELL_BEFORE, args=first[1], community=community
                    )
            play = Play(house=house, clock=clock, lister=lister, tell=tell, stop=stop)
            await play.until(now + timedelta(days=min(days, LONGEST)))
            return await _found(house, lister, now, before)


async def work(
    original: Original,
    *,
    now: datetime,
    community: int,
    days: int,
    first: Sequence[Any] | None = None,
    without: Sequence[str] = (),
    **_: Any,
) -> dict[str, Any]:
    """The work of a task, in a thread and a loop of its own: nobody waits for it."""
    stop = threading.Event()
    made = rehearse(
        original,
        now=now,
        days=days,
        first=(first[0], first[1]) if first else None,
        community=community,
        without=without,
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


async def _found(house: houses.House, lister: Lister, since: datetime, before: Before) -> Rehearsed:
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
        one = _one(parcel, line, intents, before=before, who=who if dm else None)
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
    before: Before,
    who: str | None,
) -> Foreseen:
    body = parcel.body
    text = body.get("text") or body.get("modal", {}).get("title", "")
    lead = intents[0] if intents else None
    today = [each.number for each in intents if each.number <= before.newest]
    subject = (lead.subject if lead else None) or (line.subject if line else parcel.subject)
    kind = lead.kind if lead else str(body.get("kind") or "answer")
    return Foreseen(
        at=parcel.at,
        community=parcel.community,
        audience="space" if who is None else "person",
        audience_id=parcel.place.key if who is None else who,
        kind=kind,
        key=line.key if line else "",
        values=line.values if line else {},
        text=str(text),
        buttons=tuple(str(each["label"]) for each in body.get("buttons", ())),
        subject=subject,
        intent=today[0] if today else None,
        also=tuple(today[1:]),
        why=lead.why if lead else None,
        thread=parcel.thread is not None,
        drawn=kind in DRAWN and subject not in before.worded,
    )
