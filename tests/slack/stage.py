"""Plays conversation scripts on the local Slack (contracts §4, architecture §5).

The terminal's own stage reads the script, numbers the lines and finds what they name, on a server
of its own that is told what really stands on Slack. What its people do there is done by people of
the workspace: a command becomes a slash command, or a mention where Slack knows none; a press is a
press; answers to a form that opened in a window are gathered, and sent with it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack import emoji
from adapters.slack.adapter import CAPABILITIES, SlackAdapter
from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.inbound import place as placed
from adapters.terminal.play import Stage
from adapters.terminal.server import Server
from bot.attachments import Attachments
from bot.clock import FrozenClock
from bot.events import (
    Deleted,
    Edited,
    Event,
    FormFilled,
    Joined,
    Left,
    Place,
    Pressed,
    Reacted,
    Said,
    Unreacted,
)
from bot.messages import Capabilities, Parcel
from bot.ports import Adapter, Hears
from bot.texts import Voice
from tests.conversation import played
from tests.scores import steady
from tests.slack.community import Community, community
from tests.slack.filling import Filling, Opened
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person
from tests.slack.server.state import Message, elements_of
from tests.slack.server.workspace import Workspace


@dataclass(slots=True)
class Twin:
    """The Slack adapter, and a terminal's server that is told what it made stand there."""

    real: SlackAdapter
    noted: TerminalAdapter
    workspace: Workspace | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Channel or user on Slack -> its name in the script."""
    pointers: frozenset[str] = frozenset()
    """What is whispered on Slack alone: that the answer is in private."""
    stamps: dict[int, str] = field(default_factory=dict)
    """Number of a message in the script -> its `ts`."""
    seen: dict[int, list[Message]] = field(default_factory=dict)
    """Number of a message in the script -> what it looked like, the newest last."""
    opened: Opened = lambda _name, _parcel: None
    name: str = "slack"
    capabilities: Capabilities = CAPABILITIES

    async def deliver(self, parcel: Parcel) -> str | None:
        """Delivers on Slack, then notes what stands there now."""
        message = await self.real.deliver(parcel)
        if parcel.operation == "form" and message is None:
            self.opened(self.names[parcel.place.id], parcel)
            return None
        if parcel.operation == "whisper" and parcel.body["text"] in self.pointers:
            return message
        number = await self.noted.deliver(self._translated(parcel))
        stamp = message or parcel.target
        if number is not None and stamp is not None:
            self.stamps[int(number)] = stamp
            shown = self.standing(stamp)
            self.seen.setdefault(int(number), []).extend([deepcopy(shown)] if shown else [])
        return message

    async def run(self, hear: Hears) -> None:
        """Listens on Slack."""
        await self.real.run(hear)

    async def close(self) -> None:
        """Closes the real one."""
        await self.real.close()

    def standing(self, stamp: str) -> Message | None:
        """The message of that number, whoever sees it."""
        assert self.workspace is not None
        places = [channel.messages for channel in self.workspace.channels.values()]
        kept = [messages[stamp] for messages in places if stamp in messages]
        whispered = [each for each in self.workspace.ephemerals if each.ts == stamp]
        return next(iter([*kept, *whispered]), None)

    def last(self, number: int) -> list[Message]:
        """The last part of a message that was too long for one, which has its buttons."""
        assert self.workspace is not None
        mark = f"of:{self.stamps[number]}:"
        return [
            message
            for channel in self.workspace.channels.values()
            for message in channel.messages.values()
            if any(str(block.get("block_id", "")).startswith(mark) for block in message.blocks)
        ]

    def place(self, place: Place) -> Place:
        """A place of Slack by its name in the script."""
        name = self.names[place.id]
        return placed(f"dm:{name}" if place.dm else name)

    def _translated(self, parcel: Parcel) -> Parcel:
        numbers = {stamp: str(number) for number, stamp in self.stamps.items()}
        body = dict(parcel.body)
        if "account" in body:
            body |= {"id": self.names[str(body["id"])]}
        # What one person alone sees is in their private conversation there.
        private = parcel.operation in ("whisper", "form")
        place = parcel.place
        if private and not place.dm:
            place = Place("slack", "", str(body["to"]), dm=True)
        return replace(
            parcel,
            operation="say" if private else parcel.operation,
            place=self.place(place),
            body=body,
            thread=numbers[parcel.thread] if parcel.thread and not private else None,
            target=numbers.get(parcel.target) if parcel.target else None,
        )


@dataclass(slots=True)
class Hands:
    """What the people of a script do, done on Slack: the `Bot` of the terminal's stage."""

    made: Community
    twin: Twin
    fillings: dict[str, Filling] = field(default_factory=dict)
    """Who has a form open in a window, and how far they have come."""
    doing: Event | None = None

    async def hear(self, event: Event) -> Any:
        """Does on Slack what happened in the script; returns when the bot has handled it."""
        name = event.by.id  # type: ignore[union-attr]
        if name not in self.twin.names.values():
            self._newcomer(name)
        person = self.made.person(name)
        self.doing = event
        filling = self.fillings.get(name)
        if filling is not None and filling.takes(event):
            ack = await filling.answer(event)
            if filling.sent:
                del self.fillings[name]
        else:
            ack = await self._act(event, person)
        assert ack is None or ack.acked, ack
        self.doing = None

    def opened(self, name: str, parcel: Parcel) -> None:
        """A form opened in a window before that person."""
        person = self.made.person(name)
        self.fillings[name] = Filling(person, parcel, self.twin.noted.server, self.made.house.texts)
        self.fillings[name].ask()

    async def settle(self) -> None:
        """What the bot had to say was said."""
        await self.made.settle()

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
        kinds = (type(doing), FormFilled)
        if doing is None or not isinstance(event, kinds) or getattr(event, "by", None) is None:
            return steady(event)
        if event.by != self.made.account(doing.by.id):  # type: ignore[union-attr]
            return event
        return replace(event, id=doing.id)

    async def _act(self, event: Event, person: Person) -> Ack | None:
        match event:
            case Said():
                return await self._say(event, person)
            case Pressed():
                return await self._press(event, person)
            case Reacted():
                return await person.react(self._message(event), emoji.name(event.key) or "")
            case Unreacted():
                return await person.unreact(self._message(event), emoji.name(event.key) or "")
            case Edited():
                return await person.edit(self._message(event), event.text)
            case Deleted():
                return await person.delete(self._message(event))
            case Joined(place=place):
                channel = self.made.workspace.channel(place.id)
                # Whom the bot let in is there already, and Slack said so.
                inside = person.id in channel.members
                return (
                    None if inside else await person.join(channel, self.made.account("claire").id)
                )
            case Left(place=place):
                return await person.leave(place.id)
            case _:
                raise NotImplementedError(type(event).__name__)

    async def _say(self, event: Said, person: Person) -> Ack:
        number = int(event.message)
        text = self.twin.noted.server.messages[number].text
        thread = self.twin.stamps[int(event.thread)] if event.thread else None
        where = "@copain" if event.place.dm else event.place.id
        if text.startswith("/copain") and thread is None:
            return await person.slash(where, text)
        if text.startswith("/copain") and not event.place.dm:
            # Slack has no slash commands in threads.
            ack = await person.mention(where, text.removeprefix("/copain").strip(), thread)
        elif event.place.dm:
            ack = await person.dm(text, thread)
        else:
            ack = await person.say(where, text, thread)
        self.twin.stamps[number] = str(ack.sent["event"]["ts"])
        return ack

    async def _press(self, event: Pressed, person: Person) -> Ack:
        # Somebody may still see a message that was replaced since.
        number = int(event.message)
        for shown in [*reversed(self.twin.seen[number]), *self.twin.last(number)]:
            for element in elements_of(shown.blocks):
                values = [element.get("value"), *_values(element)]
                if event.action in values:
                    button = element["type"] == "button"
                    return await person.press(
                        shown, element["action_id"] if button else event.action
                    )
        raise AssertionError(f"{event.action} stands nowhere in {self._message(event).read}")

    def _message(self, event: Any) -> Message:
        found = self.twin.standing(self.twin.stamps[int(event.message)])
        assert found is not None, event
        return found

    def _newcomer(self, name: str) -> None:
        user = self.made.workspace.add_user(name, real_name=name)
        self.twin.names[user.id] = name


@dataclass(slots=True)
class Playing:
    """A script being played on Slack."""

    made: Community
    stage: Stage
    twin: Twin

    async def play(self, script: str) -> None:
        """Plays the lines of a script."""
        await played(script, self.stage, self.twin.noted.server)

    @property
    def names(self) -> dict[str, str]:
        """What stands on Slack -> what the script calls it."""
        # The only text that names the platform itself, and the values that do.
        ours = {"privacy-platform-slack": "privacy-platform-terminal", '["slack",': '["terminal",'}
        return {**ours, **self.twin.names}


@asynccontextmanager
async def playing(folder: Path, **options: Any) -> AsyncIterator[Playing]:
    """The ready-made community on Slack, ready for a script."""
    twins: list[Twin] = []

    def wrap(
        real: SlackAdapter, clock: FrozenClock, zone: ZoneInfo, attachments: Attachments
    ) -> Adapter:
        server = Server.open(folder / "script")
        twins.append(Twin(real, TerminalAdapter(server, clock, zone, attachments.read)))
        return twins[0]

    async with community(folder, wrap=wrap, **options) as made:
        twin, texts = twins[0], made.house.texts
        twin.workspace = made.workspace
        for name, user in _people(made).items():
            twin.names[user] = name
        for channel in made.workspace.channels.values():
            twin.names[channel.id] = channel.name
        today = made.clock.now().date()
        twin.pointers = frozenset(
            texts.render("answers-in-private", {}, Voice(language, zone=made.zone, today=today))
            for language in texts.languages()
        )
        _furnish(twin.noted.server, made)
        hands = Hands(made, twin)
        twin.opened = hands.opened
        made.ears.rename = hands.as_played
        yield Playing(made, Stage(twin.noted.server, made.clock, hands, made.zone), twin)


def _values(element: dict[str, Any]) -> list[str]:
    return [str(option.get("value")) for option in element.get("options", [])]


def _people(made: Community) -> dict[str, str]:
    users = made.workspace.users.values()
    return {user.name: user.id for user in users if not user.is_bot}


def _furnish(server: Server, made: Community) -> None:
    """Rooms of the script, and who is in them."""
    at, people = made.clock.now(), _people(made)
    for channel in made.workspace.channels.values():
        if channel.kind == "im":
            continue
        server.happen(f"world:{channel.name}", "room", at, room=channel.name)
        for name, user in people.items():
            if user in channel.members:
                key = f"world:{channel.name}:{name}"
                server.happen(key, "join", at, by=name, room=channel.name)
