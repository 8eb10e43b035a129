"""Keeps the notes of what stands true, as things are heard, and tells what they show changed.

What is heard is noted afterwards: died in between, it comes again, is known by its id, and is noted
then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from adapters.slack.noting import Facts, Mark, Noting, Stood, digest
from adapters.slack.places import account, channel
from adapters.slack.raw import instant
from adapters.slack.words import NameOf
from bot.events import Event, Joined, Left, Reacted, SpaceChanged, Unreacted
from bot.markup import clean_name
from bot.ports import Hears

Tell = Callable[[Event], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """From when to when nobody listened."""

    since: datetime
    until: datetime

    @property
    def mark(self) -> str:
        """What the ids of events carry that Slack gave none: read again, they are the same."""
        return self.since.isoformat()


@dataclass(slots=True, kw_only=True)
class Standing:
    """What stands in the `tracked` channels, which are channel ids."""

    noting: Noting
    name_of: NameOf
    tracked: frozenset[str] = frozenset()
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _live: set[str] | None = field(default=None, init=False)
    """What was heard since the reading began, while it lasts: what was read is older than that."""

    def begin(self) -> None:
        """From here on what is read may be older than what is heard."""
        self._live = set()

    def end(self) -> None:
        """Nothing is read any more."""
        self._live = None

    async def heard(self, event: Event, hear: Hears) -> Any:
        """Has an event heard and keeps the notes true; returns its outcome.

        A reaction that is noted already was told when the history was read: it is told no more.
        """
        where = getattr(event, "place", None)
        if where is None or where.dm or where.id not in self.tracked:
            return await hear(event)
        match event:
            case Reacted() | Unreacted():
                async with self._one:
                    return await self._reaction(event, hear)
            case Joined() | Left():
                async with self._one:
                    return await self._membership(event, hear)
            case SpaceChanged():
                outcome = await hear(event)
                await self._changed(event)
                return outcome
        return await hear(event)

    # --- What was read ------------------------------------------------------------------------

    async def reactions(
        self,
        place: tuple[str, str],
        stand: Collection[tuple[str, str]],
        *,
        gap: Gap,
        looked: datetime | None,
        known: Collection[str],
        tell: Tell,
    ) -> None:
        """Tells which reactions on a message (channel, ts) came and went; `stand` is sign, user.

        `looked` is when the bot first looked at the channel: what stood on an older message was
        never told, and is not now. `known` are the people among whom the one is looked for who took
        a reaction back.
        """
        message = place[1]
        marks = {(sign, digest(message, user)): user for sign, user in stand}
        async with self._one:
            found = await self.noting.reactions(*place)
            if found is None and not marks:
                return
            noted = dict(found.marks) if found else {}
            live = {mark for mark in {*marks, *noted} if self._is_live(_key(place, mark))}
            if looked is not None and (instant(message) >= looked or (found and found.complete)):
                for mark in sorted(marks.keys() - noted.keys() - live):
                    await tell(self._reacted(Reacted, place, (mark[0], marks[mark]), gap))
            for mark, user in _found(message, noted.keys() - marks.keys() - live, known):
                await tell(self._reacted(Unreacted, place, (mark[0], user), gap))
            now = {mark: at for mark, at in noted.items() if mark in marks or mark in live}
            now |= {mark: gap.until for mark in marks if mark not in live and mark not in noted}
            stood = Stood(now, complete=True)
            if stood != found:
                await self.noting.note_reactions(*place, stood)

    def digests(self, channel_id: str, users: Collection[str]) -> frozenset[str]:
        """What stands for these people in the notes of a channel."""
        return frozenset(digest(channel_id, user) for user in users)

    async def remember(self, channel_id: str, users: Collection[str]) -> None:
        """Notes who is in a channel, and tells nobody of it."""
        async with self._one:
            await self.noting.note_members(channel_id, self.digests(channel_id, users))

    async def new(self, channel_id: str, users: Collection[str]) -> list[str]:
        """Those of `users` who were not in the channel; nobody where nobody looked before."""
        noted = await self.noting.members(channel_id)
        return [
            user for user in users if noted is not None and digest(channel_id, user) not in noted
        ]

    async def missing(self, channel_id: str, users: Collection[str]) -> set[str]:
        """The digests of those who were in a channel and are not among `users`."""
        noted = await self.noting.members(channel_id) or frozenset()
        return set(noted - {digest(channel_id, user) for user in users})

    async def members(
        self,
        channel_id: str,
        users: Collection[str],
        *,
        gap: Gap,
        known: Collection[str],
        elsewhere: Callable[[str], bool],
        tell: Tell,
    ) -> None:
        """Tells who came and who left; nothing where nobody looked before."""
        now = {digest(channel_id, user): user for user in users}
        async with self._one:
            noted = await self.noting.members(channel_id)
            if noted is None:
                await self.noting.note_members(channel_id, now)
                return
            live = {who for who in {*now, *noted} if self._is_live(f"{channel_id}:{who}")}
            for who in now.keys() - noted - live:
                await tell(Joined(**self._passage(channel_id, now[who], "joined", gap)))
            gone = {("", who) for who in noted - now.keys() - live}
            for _, user in _found(channel_id, gone, known):
                left = self._passage(channel_id, user, "left", gap)
                await tell(Left(**left, everywhere=not elsewhere(user)))
            kept = {who for who in now if who not in live} | (noted & live)
            if kept != noted:
                await self.noting.note_members(channel_id, kept)

    async def facts(self, channel_id: str, facts: Facts, *, mark: str, tell: Tell) -> None:
        """Tells how a channel is called and whether it is open or ended, where that changed."""
        noted = await self.noting.facts(channel_id)
        changes = []
        if facts.title and (noted is None or noted.title != facts.title):
            changes.append(("renamed", facts.title))
        if noted is None or noted.public != facts.public:
            changes.append(("public" if facts.public else "private", ""))
        if facts.archived and not (noted and noted.archived):
            changes.append(("archived", ""))
        for change, title in changes:
            await tell(
                SpaceChanged(
                    id=f"{channel_id}:{change}:{digest(title, mark)}",
                    at=facts.since,
                    place=channel(channel_id),
                    change=change,
                    title=title,
                )
            )
        if noted is None or changes or noted.archived != facts.archived:
            since = noted.since if noted else facts.since
            await self.noting.note_facts(channel_id, replace(facts, since=since))

    # --- What was heard -----------------------------------------------------------------------

    async def _reaction(self, event: Reacted | Unreacted, hear: Hears) -> Any:
        where = event.place.id, event.message
        mark: Mark = (event.key, digest(event.message, event.by.id))
        found = await self.noting.reactions(*where)
        marks = dict(found.marks) if found else {}
        noted = marks.get(mark)
        if isinstance(event, Reacted) and noted is not None and noted >= event.at:
            return None
        outcome = await hear(event)
        if isinstance(event, Reacted):
            marks[mark] = event.at
        elif noted is not None and noted <= event.at:
            del marks[mark]
        self._hold(_key(where, mark))
        await self.noting.note_reactions(
            *where, Stood(marks, complete=found is not None and found.complete)
        )
        return outcome

    async def _membership(self, event: Joined | Left, hear: Hears) -> Any:
        here, user = event.place.id, event.by.id
        if isinstance(event, Left):
            event = replace(event, everywhere=not await self._elsewhere(here, user))
        outcome = await hear(event)
        who = digest(here, user)
        self._hold(f"{here}:{who}")
        noted = await self.noting.members(here)
        if noted is not None:
            now = noted | {who} if isinstance(event, Joined) else noted - {who}
            await self.noting.note_members(here, now)
        return outcome

    async def _elsewhere(self, here: str, user: str) -> bool:
        for other in self.tracked - {here}:
            if digest(other, user) in (await self.noting.members(other) or ()):
                return True
        return False

    async def _changed(self, event: SpaceChanged) -> None:
        noted = await self.noting.facts(event.place.id)
        if noted is None:
            return
        match event.change:
            case "renamed":
                noted = replace(noted, title=event.title)
            case "public" | "private":
                noted = replace(noted, public=event.change == "public")
            case "archived":
                noted = replace(noted, archived=True)
        await self.noting.note_facts(event.place.id, noted)

    def _hold(self, what: str) -> None:
        if self._live is not None:
            self._live.add(what)

    def _is_live(self, what: str) -> bool:
        return self._live is not None and what in self._live

    # --- Pieces -------------------------------------------------------------------------------

    def _reacted(
        self,
        kind: type[Reacted | Unreacted],
        where: tuple[str, str],
        who: tuple[str, str],
        gap: Gap,
    ) -> Reacted | Unreacted:
        (channel_id, message), (sign, user) = where, who
        way = "+" if kind is Reacted else "-"
        return kind(
            id=f"{channel_id}:{message}:{way}{user}:{sign}:{gap.mark}",
            at=gap.until,
            place=channel(channel_id),
            by=account(user),
            name=self._shown(user),
            message=message,
            key=sign,
        )

    def _passage(self, channel_id: str, user: str, way: str, gap: Gap) -> dict[str, Any]:
        return {
            "id": f"{channel_id}:{way}:{user}:{gap.mark}",
            "at": gap.until,
            "place": channel(channel_id),
            "by": account(user),
            "name": self._shown(user),
        }

    def _shown(self, user: str) -> str:
        return clean_name(self.name_of(user)) or ""


def _key(where: tuple[str, str], mark: Mark) -> str:
    return ":".join((*where, *mark))


def _found(
    where: str, marks: Collection[Mark], known: Collection[str]
) -> Iterator[tuple[Mark, str]]:
    """Whose digests these are; somebody nobody knows any more is left out."""
    if not marks:
        return
    users: Mapping[str, str] = {digest(where, user): user for user in known}
    for mark in sorted(marks):
        if mark[1] in users:
            yield mark, users[mark[1]]
