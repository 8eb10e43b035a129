"""Plays conversation scripts on a real homeserver (contracts §4, architecture §5).

The terminal's own stage reads the script, numbers the lines and finds what they name, on a server
of its own that is told what really stands on Matrix. What its people do there is done by people
with clients: a press becomes the number of the button, typed in reply, or a vote where the message
has a poll.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.matrix.adapter import CAPABILITIES, MatrixAdapter
from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.inbound import place as placed
from adapters.terminal.play import Stage
from adapters.terminal.server import Server
from bot.attachments import Attachments
from bot.clock import FrozenClock
from bot.events import (
    Chosen,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Place,
    Pressed,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from bot.messages import Capabilities, Parcel
from bot.ports import Adapter, Hears
from bot.speaking import ScoreLine
from tests.conversation import played
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.member import Member
from tests.real.synapse import Refused, Synapse
from tests.scores import steady

WORDS = {"form.skip": "passer", "form.back": "retour", "form.cancel": "annuler"}
"""What one types for a button of a form whose question wants words (contracts §4)."""


@dataclass(slots=True)
class Twin:
    """The Matrix adapter, and a terminal's server that is told what it made stand there."""

    real: MatrixAdapter
    noted: TerminalAdapter
    names: dict[str, str] = field(default_factory=dict)
    """Room or account on Matrix -> its name in the script."""
    events: dict[int, str] = field(default_factory=dict)
    """Number of a message in the script -> its event on Matrix."""
    polls: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Event of a message -> its poll, and what each answer does."""
    name: str = "matrix"
    capabilities: Capabilities = CAPABILITIES

    async def deliver(self, parcel: Parcel) -> str | None:
        """Delivers on Matrix, then notes what stands there now."""
        message = await self.real.deliver(parcel)
        if parcel.operation == "poll":
            actions = [str(button["action"]) for button in parcel.body["buttons"]]
            self.polls[str(parcel.thread)] = (str(message), actions)
        if parcel.operation == "remove" and parcel.target not in self.events.values():
            # A poll: the script has no line for it.
            return message
        number = await self.noted.deliver(self._translated(parcel))
        if number is not None and message is not None:
            self.events[int(number)] = message
        return message

    async def run(self, hear: Hears) -> None:
        """Listens on Matrix."""
        await self.real.run(hear)

    async def close(self) -> None:
        """Closes the real one."""
        await self.real.close()

    def place(self, place: Place) -> Place:
        """A place of Matrix by its name in the script."""
        name = self.names[place.id]
        return placed(f"dm:{name}" if place.dm else name)

    def _translated(self, parcel: Parcel) -> Parcel:
        numbers = {event: str(number) for number, event in self.events.items()}
        body = dict(parcel.body)
        if "account" in body:
            body |= {"id": self.names[str(body["id"])]}
        return replace(
            parcel,
            place=self.place(parcel.place),
            body=body,
            thread=numbers[parcel.thread] if parcel.thread else None,
            target=numbers.get(parcel.target) if parcel.target else None,
        )


@dataclass(slots=True)
class Hands:
    """What the people of a script do, done on Matrix: the `Bot` of the terminal's stage."""

    made: Community
    twin: Twin
    dms: dict[str, str] = field(default_factory=dict)
    doing: Event | None = None

    async def hear(self, event: Event) -> Any:
        """Does on Matrix what happened in the script; returns when the bot has handled it."""
        if isinstance(event, SpaceChanged):
            await self._door(event)
            return
        name = event.by.id  # type: ignore[union-attr]
        known = name in self.made.members
        member = self.made.members[name] if known else await self._newcomer(name)
        since, ears = len(self.made.ears.heard), self.made.ears
        self.doing = event
        kinds = await self._act(event, member)

        def theirs(each: Event) -> bool:
            return isinstance(each, kinds) and getattr(each, "by", None) == account

        account = self.made.account(name)
        await ears.until(theirs, since)
        self.doing = None

    async def settle(self) -> None:
        """What the bot had to say was said, and whom it wrote to has opened that."""
        await self.made.house.settle()
        for message in list(self.twin.noted.server.messages.values()):
            name = message.place.removeprefix("dm:")
            if name != message.place and name not in self.dms and message.by == "copain":
                self.dms[name] = await self.made.members[name].dm(self.made.bot.user_id)

    async def pass_time(self, end: datetime, settled: Callable[[], Awaitable[None]]) -> None:
        await self.made.house.pass_time(end, settled)

    async def rest(self) -> None:
        await self.made.house.rest()

    async def held(self) -> tuple[int, datetime | None]:
        return await self.made.house.held()

    async def begin_at(self, instant: datetime) -> None:
        await self.made.house.begin_at(instant)

    def as_played(self, event: Event) -> Event:
        """The event under the id it has in the script: chance is drawn from it."""
        doing = self.doing
        if doing is None or getattr(event, "by", None) is None:
            return steady(event)
        if event.by != self.made.account(doing.by.id):  # type: ignore[union-attr]
            return event
        return replace(event, id=doing.id)

    async def _act(self, event: Event, member: Member) -> tuple[type[Event], ...]:
        """Carries an act out; what kinds of event the bot may hear of it."""
        match event:
            case Said():
                return await self._say(event, member)
            case Pressed():
                return await self._press(event, member)
            case Reacted():
                await member.react(*await self._message(event, member), event.key)
                return (Reacted,)
            case Unreacted():
                await member.unreact(*await self._message(event, member), event.key)
                return (Unreacted,)
            case Edited():
                await member.edit(*await self._message(event, member), event.text)
                return (Edited,)
            case Deleted():
                await member.redact(*await self._message(event, member))
                return (Deleted,)
            case Joined(place=place):
                await self._enter(member, self.made.rooms[place.id])
                return (Joined,)
            case Left(place=place):
                await member.leave(self.made.rooms[place.id])
                return (Left,)
            case _:
                raise NotImplementedError(type(event).__name__)

    async def _say(self, event: Said, member: Member) -> tuple[type[Event], ...]:
        number = int(event.message)
        text = self.twin.noted.server.messages[number].text
        if text.startswith("/copain"):
            text = "!" + text[1:]
        room = await self._room(event.place, member)
        if event.thread:
            sent = await member.in_thread(room, self.twin.events[int(event.thread)], text)
        else:
            sent = await member.say(room, text)
        self.twin.events[number] = sent
        return (Said,)

    async def _press(self, event: Pressed, member: Member) -> tuple[type[Event], ...]:
        room, message = await self._message(event, member)
        shown = self.twin.noted.server.messages[int(event.message)]
        # Somebody may still see a legend that was replaced since.
        offered = [self.twin.noted.server.buttons_on(line) for line in shown.lines]
        rows = [[str(button["action"]) for button in row] for row in offered]
        actions = next(row for row in reversed(rows) if event.action in row)
        poll, answers = self.twin.polls.get(message, ("", []))
        if event.action in answers:
            await member.listening.event(room, poll)
            await member.vote(room, poll, answers.index(event.action))
            return (Chosen,)
        number = str(actions.index(event.action) + 1)
        if (word := WORDS.get(event.action.partition(":")[0])) is not None:
            await member.say(room, word)
            return (Said,)
        standing = self.twin.noted.server.standing(shown.place)
        newest = [each.n for each in standing if each.by == "copain" and each.buttons]
        keeps = event.action.startswith(("form.keep", "form.box"))
        if event.place.dm and newest[-1:] == [shown.n] and not keeps:
            # What one types under the last question is short; further up, one quotes.
            await member.say(room, number)
        else:
            await member.reply(room, message, number)
        return (Said,)

    async def _message(self, event: Any, member: Member) -> tuple[str, str]:
        return await self._room(event.place, member), self.twin.events[int(event.message)]

    async def _room(self, place: Place, member: Member) -> str:
        if not place.dm:
            return self.made.rooms[place.id]
        if place.id not in self.dms:
            bot = self.made.bot.user_id
            room = self.dms[place.id] = await member.create_dm_with(bot)
            await member.until(lambda: bot in member.inside(room), why="for the bot to come")
        return self.dms[place.id]

    async def _newcomer(self, name: str) -> Member:
        member = await self.made.arrive(name)
        self.twin.names[member.id] = name
        return member

    async def _enter(self, member: Member, room: str) -> None:
        """By the bot's invitation, or else by that of somebody who is inside."""
        claire = self.made.members["claire"]
        if room not in member.listening.invitations and not await self._invited(member, room):
            await claire.invite(room, member.id)
        await member.accept(room)

    async def _invited(self, member: Member, room: str) -> bool:
        path = f"/_matrix/client/v3/rooms/{room}/state/m.room.member/{member.id}"
        token = self.made.members["claire"].login.access_token
        state = await asyncio.to_thread(self._state, path, token)
        return bool(state == "invite")

    def _state(self, path: str, token: str) -> str:
        try:
            return str(self.made.synapse.request("GET", path, token=token)["membership"])
        except Refused:
            return ""

    async def _door(self, event: SpaceChanged) -> None:
        claire, room = self.made.members["claire"], self.made.rooms[event.place.id]
        rule = {"join_rule": "public" if event.change == "public" else "invite"}
        since = len(self.made.ears.heard)
        await claire.client.room_put_state(room, "m.room.join_rules", rule)
        await self.made.ears.until(lambda each: isinstance(each, SpaceChanged), since)


@dataclass(slots=True)
class Playing:
    """A script being played on Matrix."""

    made: Community
    stage: Stage
    twin: Twin

    async def play(self, script: str) -> None:
        """Plays the lines of a script."""
        await played(script, self.stage, self.twin.noted.server)

    @property
    def score(self) -> dict[str, list[Any]]:
        """What was said in each place, before rendering, under the names of the script."""
        # The only text that names the platform itself, and the values that do.
        ours = {
            "privacy-platform-matrix": "privacy-platform-terminal",
            '["matrix",': '["terminal",',
        }
        return scored(self.made.ears.score, {**ours, **self.twin.names})


@asynccontextmanager
async def playing(
    synapse: Synapse, people: People, folder: Path, **options: Any
) -> AsyncIterator[Playing]:
    """The ready-made community on Matrix, ready for a script."""
    twins: list[Twin] = []

    def wrap(
        real: MatrixAdapter, clock: FrozenClock, zone: ZoneInfo, attachments: Attachments
    ) -> Adapter:
        server = Server.open(folder / "script")
        twins.append(Twin(real, TerminalAdapter(server, clock, zone, attachments.read)))
        return twins[0]

    async with community(synapse, people, folder, wrap=wrap, **options) as made:
        twin = twins[0]
        twin.names |= {member.id: name for name, member in made.members.items()}
        twin.names |= {room: name for name, room in made.rooms.items()}
        _furnish(twin.noted.server, made)
        hands = Hands(made, twin)
        made.ears.rename = hands.as_played
        yield Playing(made, Stage(twin.noted.server, made.clock, hands, made.zone), twin)


def scored(score: list[ScoreLine], names: dict[str, str]) -> dict[str, list[Any]]:
    """The score by place, with the names of the script for rooms and accounts."""
    found: dict[str, list[Any]] = {}
    for line in score:
        place = Place.of(line.place)
        where = ("@" if place.dm else "#") + names.get(place.id, place.id)
        found.setdefault(where, []).append(
            (line.kind, line.key, _plain(line.values, names), line.subject, line.buttons)
        )
    return found


def _plain(values: Any, names: dict[str, str]) -> Any:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    for name, plain in names.items():
        text = text.replace(name, plain)
    return json.loads(text)


def _furnish(server: Server, made: Community) -> None:
    """Rooms of the script, and who is in them."""
    at = made.clock.now()
    for name in made.rooms:
        server.happen(f"world:{name}", "room", at, room=name)
        for each in made.members:
            if name != "animateurs" or each in ("claire", "antoine"):
                server.happen(f"world:{name}:{each}", "join", at, by=each, room=name)
