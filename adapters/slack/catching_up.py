"""What happened while no socket stood: read from what stands, and told as if it had been heard.

Messages have the ids of the live events, so that what was heard is not heard again. Reactions, who
is in a channel and how it is called have none of their own: they are compared with what is noted.
Died in the middle, all of it is read again, for the same gap under the same ids [RE-3].
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from adapters.slack.emoji import sign
from adapters.slack.histories import Calls, Histories, Message
from adapters.slack.inbound import authors, title, written
from adapters.slack.noting import Facts, Noting
from adapters.slack.places import PLATFORM, Ours, is_person
from adapters.slack.raw import instant, stamp
from adapters.slack.standing import Gap, Standing
from adapters.slack.wire import Refused
from bot.clock import Clock
from bot.events import Event, Lost, Pressed, Reacted, Said
from bot.log import Log
from bot.ports import Doors, Following, Hears, Notes
from bot.telling import Telling

BACK = timedelta(days=30)
"""How far back anything is read: claims, and notes of reactions, are kept as long."""
MARGIN = timedelta(minutes=1)
"""How much earlier than our clock says something may have happened: clocks differ."""
AHEAD = timedelta(days=1)
"""How much later: whatever stands there is read."""
BETWEEN = 1.0
"""Seconds between two looks at which channels are spaces, however much is said meanwhile."""
READING = "slack.reading"
"""When something was last read again."""
NAMES, PATIENCE = 20, 30.0
"""People whose names are asked for at once, and the seconds this may take."""


class People(Protocol):
    """How people are called: `names.Names`."""

    def known(self, user: str) -> str: ...
    async def find(self, users: Iterable[str], *, patience: float) -> None: ...


@dataclass(slots=True, kw_only=True)
class CatchingUp:
    """Reads what was missed. `conversation` gives the channel of a private conversation (`D…`)."""

    histories: Histories
    standing: Standing
    conversation: Callable[[str], Awaitable[str]]
    names: People
    doors: Doors
    following: Following
    hear: Hears
    tell: Telling
    ours: Ours
    clock: Clock
    log: Log
    _looking: asyncio.Task[None] | None = field(default=None, init=False)
    _wanted: bool = field(default=False, init=False)
    _looked: bool = field(default=False, init=False)

    async def begin(self) -> None:
        """Learns which channels are spaces, and looks by and by at those nothing is noted of."""
        await self._is_news()
        self._look_soon()

    async def heard(self, event: Event) -> Any:
        """Has an event of the socket heard, and noted where it changes what stands."""
        outcome = await self.standing.heard(event, self.hear)
        if _may_change_spaces(event):
            self._look_soon()
        return outcome

    async def look(self) -> None:
        """Tells how the spaces are called and stand of which nothing is noted yet, and notes it."""
        await self._is_news()
        self._looked = True
        for channel_id in sorted(self.standing.tracked):
            if await self.standing.noting.facts(channel_id) is not None:
                continue
            try:
                users = await self._members(channel_id)
                await self.standing.remember(channel_id, users)
                await self._facts(channel_id, self.clock.now().isoformat())
            except Refused as refusal:
                self.log.warning("slack-space-unread", code=refusal.code)

    def close(self) -> None:
        """Looks no more."""
        if self._looking is not None:
            self._looking.cancel()

    def _look_soon(self) -> None:
        # Whoever acted waits for the acknowledgement, and the look takes calls.
        self._wanted = True
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_quietly())

    async def _look_quietly(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                if await self._is_news() or not self._looked:
                    await self.look()
            except Exception as error:  # noqa: BLE001 - the next look may go better
                self.log.warning("slack-look-failed", error=type(error).__name__)
            await asyncio.sleep(BETWEEN)

    async def read(self, since: datetime, until: datetime) -> None:
        """Tells what happened between two instants. Raises Unusable."""
        self.standing.begin()
        try:
            await self._read(Gap(since=since, until=until))
        finally:
            self.standing.end()

    async def _read(self, gap: Gap) -> None:
        await self._is_news()
        await self.tell(Lost(id=f"lost:{gap.mark}", at=gap.until, since=gap.since))
        members = await self._every_member()
        known = await self._known(members)
        told = 0
        for channel_id in sorted(members):
            told += await self._channel(channel_id, gap, members=members, known=known)
        for private in await self.following.asked(PLATFORM):
            told += await self._private(private.id, gap)
        await self.look()
        self.log.info("slack-caught-up", channels=len(members), messages=told)

    # --- A conversation -----------------------------------------------------------------------

    async def _channel(
        self, channel_id: str, gap: Gap, *, members: Mapping[str, list[str]], known: set[str]
    ) -> int:
        try:
            return await self._read_channel(channel_id, gap, members=members, known=known)
        except Refused as refusal:
            # The bot was taken out of it, or it is gone: the others are read all the same.
            self.log.warning("slack-space-unread", code=refusal.code)
            return 0

    async def _read_channel(
        self, channel_id: str, gap: Gap, *, members: Mapping[str, list[str]], known: set[str]
    ) -> int:
        await self.standing.members(
            channel_id,
            members[channel_id],
            gap=gap,
            known=known,
            elsewhere=lambda user: any(
                user in there for each, there in members.items() if each != channel_id
            ),
            tell=self.tell,
        )
        messages = await self.histories.messages(channel_id, gap.until - BACK, gap.until + AHEAD)
        roots = {str(each["ts"]) for each in messages if _answered(each, gap)}
        roots |= {
            root
            for space, root in await self.following.threads(PLATFORM, gap.until - BACK)
            if space.id == channel_id and stamp(root)
        }
        found = await self._with_replies(channel_id, messages, roots, gap)
        told = await self._tell_written(channel_id, found, gap)
        facts = await self.standing.noting.facts(channel_id)
        looked = facts.since if facts else None
        for message in found:
            if instant(str(message["ts"])) > gap.until - BACK:
                await self._reactions(channel_id, message, gap, looked=looked, known=known)
        await self._facts(channel_id, gap.mark)
        return told

    async def _private(self, user: str, gap: Gap) -> int:
        try:
            channel_id = await self.histories.patiently(lambda: self.conversation(user))
            messages = await self.histories.messages(
                channel_id, gap.since - MARGIN, gap.until + AHEAD
            )
            roots = {str(each["ts"]) for each in messages if _answered(each, gap)}
            found = await self._with_replies(channel_id, messages, roots, gap)
        except Refused as refusal:
            self.log.warning("slack-private-unread", code=refusal.code)
            return 0
        return await self._tell_written(channel_id, found, gap)

    async def _with_replies(
        self, channel_id: str, messages: list[Message], roots: set[str], gap: Gap
    ) -> list[Message]:
        """The messages with the replies of those threads, each once, the oldest first."""
        found = {str(each["ts"]): each for each in messages}
        for root in sorted(roots):
            try:
                replies = await self.histories.replies(channel_id, root, gap.until - BACK)
            except Refused as refusal:
                # Its root was deleted meanwhile.
                self.log.info("slack-thread-unread", code=refusal.code)
                continue
            found |= {str(each["ts"]): each for each in replies if each["ts"] not in found}
        return [found[number] for number in sorted(found, key=float)]

    async def _tell_written(self, channel_id: str, messages: list[Message], gap: Gap) -> int:
        new = [each for each in messages if _touched(each, gap)]
        await self._learn(user for each in new for user in authors(each))
        known = self.names.known
        events = [
            event
            for each in new
            for event in written(each, channel_id, self.ours, name_of=known)
            if event.at > gap.since - MARGIN
        ]
        for event in sorted(events, key=lambda each: each.at):
            await self.tell(event)
        return len(events)

    async def _reactions(
        self,
        channel_id: str,
        message: Message,
        gap: Gap,
        *,
        looked: datetime | None,
        known: set[str],
    ) -> None:
        found = await self.histories.reactions(channel_id, message)
        stand = {
            (sign(name), user)
            for name, users in found.items()
            for user in users
            if is_person(user, self.ours)
        }
        people = {user for _, user in stand}
        await self._learn(sorted(people))
        await self.standing.reactions(
            (channel_id, str(message["ts"])),
            stand,
            gap=gap,
            looked=looked,
            known=known | people,
            tell=self.tell,
        )

    async def _facts(self, channel_id: str, mark: str) -> None:
        found = await self.histories.channel(channel_id)
        facts = Facts(
            title=title(found.get("name")),
            public=found.get("is_private") is False,
            archived=found.get("is_archived") is True,
            since=self.clock.now(),
        )
        await self.standing.facts(channel_id, facts, mark=mark, tell=self.tell)

    # --- People -------------------------------------------------------------------------------

    async def _every_member(self) -> dict[str, list[str]]:
        """Who is in each channel; one that the bot cannot see is left out."""
        found: dict[str, list[str]] = {}
        for channel_id in sorted(self.standing.tracked):
            try:
                found[channel_id] = await self._members(channel_id)
            except Refused as refusal:
                self.log.warning("slack-space-unread", code=refusal.code)
        return found

    async def _members(self, channel_id: str) -> list[str]:
        users = await self.histories.members(channel_id)
        return [user for user in users if is_person(user, self.ours)]

    async def _known(self, members: Mapping[str, list[str]]) -> set[str]:
        """The people who may have left or taken something back; whoever came gets a name."""
        known = {user for users in members.values() for user in users}
        missing: set[str] = set()
        for channel_id, users in members.items():
            missing |= await self.standing.missing(channel_id, users)
            missing -= set(self.standing.digests(channel_id, known))
            await self._learn(await self.standing.new(channel_id, users))
        if missing:
            try:
                known |= set(await self.histories.people())
            except Refused as refusal:
                self.log.warning("slack-people-unread", code=refusal.code)
        return known

    async def _learn(self, users: Iterable[str]) -> None:
        wanted = list(dict.fromkeys(users))
        for start in range(0, len(wanted), NAMES):
            await self.names.find(wanted[start : start + NAMES], patience=PATIENCE)

    async def _is_news(self) -> bool:
        """Learns anew which channels are spaces; whether one is that was none."""
        before = self.standing.tracked
        spaces = await self.doors.spaces(PLATFORM)
        self.standing.tracked = frozenset(place.id for place in spaces)
        return bool(self.standing.tracked - before)


def catching_up(
    call: Calls,
    notes: Notes,
    *,
    conversation: Callable[[str], Awaitable[str]],
    names: People,
    doors: Doors,
    following: Following,
    hear: Hears,
    ours: Ours,
    clock: Clock,
    log: Log,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> CatchingUp:
    """One for a run: `call` is `Wire.call`, `conversation` is `Dms.channel`, `names` is `Names`."""
    return CatchingUp(
        histories=Histories(call=call, log=log, pause=pause),
        standing=Standing(noting=Noting(notes), name_of=names.known),
        conversation=conversation,
        names=names,
        doors=doors,
        following=following,
        hear=hear,
        tell=Telling(
            platform=PLATFORM,
            note=READING,
            hear=hear,
            notes=notes,
            clock=clock,
            log=log,
            pause=pause,
        ),
        ours=ours,
        clock=clock,
        log=log,
    )


def _touched(message: Message, gap: Gap) -> bool:
    """Whether it was written or changed since the gap began."""
    edited = message.get("edited")
    changed = stamp(edited.get("ts")) if isinstance(edited, Mapping) else ""
    return any(instant(each) > gap.since - MARGIN for each in (str(message["ts"]), changed) if each)


def _answered(message: Message, gap: Gap) -> bool:
    latest = stamp(message.get("latest_reply"))
    return bool(latest) and instant(latest) > gap.since - MARGIN


def _may_change_spaces(event: Event) -> bool:
    return isinstance(event, Pressed | Reacted) or (
        isinstance(event, Said) and (event.addressed or event.place.dm)
    )
