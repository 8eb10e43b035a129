"""Carries out instructions: what people do on the server, and what the bot makes of it.

An instruction is noted in `platform/instructions.jsonl` before it is carried out and marked done
after all that it caused has happened. Everything in between is repeatable (the server notes each
happening once, the bot claims each event once), so a continued run first finishes the instruction
that a kill cut short, and its transcript equals that of a run never killed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from adapters.terminal import script
from adapters.terminal.inbound import event_of
from adapters.terminal.script import (
    Become,
    Down,
    Enter,
    Erase,
    GoAway,
    Instruction,
    Mark,
    Press,
    Rewrite,
    ScriptError,
    SetClock,
    Show,
    Skip,
    Speak,
    Until,
    Up,
    same,
)
from adapters.terminal.server import GENERAL, Message, Server
from bot.clock import FrozenClock
from bot.events import Event, Pressed, Said


class Bot(Protocol):
    """What the terminal needs of the program behind it."""

    async def hear(self, event: Event) -> Any: ...
    async def settle(self) -> None:
        """Everything that can happen now has happened: tasks, deliveries."""

    async def pass_time(self, end: datetime, settled: Callable[[], Awaitable[None]]) -> None:
        """Everything due happens in order at its own time; then the clock stands at `end`."""

    async def rest(self) -> None:
        """Nothing happens any more: what was wiped may go from the disk."""

    async def held(self) -> tuple[int, datetime | None]:
        """How many messages courtesy holds, and when the next one leaves."""


class Limits(Protocol):
    """The bucket of each person (see `bot.limits`)."""

    def take(self, who: str, at: datetime) -> Any: ...


@dataclass(slots=True)
class Stage:
    """A server, a clock and the bot, and how far the instructions have come."""

    server: Server
    clock: FrozenClock
    bot: Bot
    zone: ZoneInfo
    command: str = "copain"
    people: tuple[str, ...] = ()
    down_since: int | None = None
    heard: int = 0
    done: list[dict[str, Any]] = field(default_factory=list)
    begun: dict[str, Any] | None = None

    @property
    def path(self) -> Path:
        """The file of instructions."""
        return self.server.folder / "platform" / "instructions.jsonl"

    def load(self) -> None:
        """Finds what this folder's instructions have come to, and sets the clock there."""
        if not self.path.exists():
            return
        raw = self.path.read_bytes()
        kept = raw[: raw.rfind(b"\n") + 1]
        if kept != raw:
            with self.path.open("r+b") as file:
                file.truncate(len(kept))
        for line in kept.decode().splitlines():
            entry = json.loads(line)
            if entry["state"] == "begun":
                self.begun = entry
            else:
                assert self.begun is not None
                self.done.append(self.begun)
                self.begun = None
            self.clock.set(datetime.fromisoformat(entry["at"]).astimezone(UTC))
            self.down_since = entry["down"]

    async def resume(self) -> None:
        """Finishes the instruction that was begun when the program was killed."""
        if self.begun is None:
            return
        entry = self.begun
        self.clock.set(datetime.fromisoformat(entry["at"]).astimezone(UTC))
        self.down_since = entry["down"]
        await self._carry_out(entry, script.read(entry["text"]))

    async def carry_out(self, text: str, *, source: str = "script", line: int = 0) -> None:
        """One instruction, to its end. Raises ScriptError before anything is noted."""
        instruction = script.read(text)
        if instruction is None:
            return
        self._verify(instruction)
        entry = {
            "state": "begun",
            "i": len(self.done) + 1,
            "line": line,
            "source": source,
            "text": text,
            "at": self._now().isoformat(),
            "from": len(self.server.happenings),
            "down": self.down_since,
        }
        self._note(entry)
        self.begun = entry
        await self._carry_out(entry, instruction)

    async def _carry_out(self, entry: dict[str, Any], instruction: Instruction | None) -> None:
        self.heard = entry["from"]
        key = f"i{entry['i']}"
        match instruction:
            case SetClock(at):
                self.clock.set(script.local(at, self.zone).astimezone(UTC))
            case Skip():
                await self._pass(self._after(instruction))
            case Until(at):
                await self._pass(script.local(at, self.zone))
            case Down():
                if self.down_since is None:
                    self.down_since = len(self.server.happenings)
            case Up():
                if self.down_since is not None:
                    self.heard, self.down_since = self.down_since, None
                    await self._pass(self._now())
            case Show(space, public):
                self.server.happen(
                    key, "visibility", self._now(), room=self._space(space), public=public
                )
            case None | Become():
                pass
            case _:
                self._act(key, instruction)
        await self._settle()
        await self.bot.rest()
        self._note(
            {
                "state": "done",
                "i": entry["i"],
                "at": self._now().isoformat(),
                "down": self.down_since,
            }
        )
        self.done.append(entry)
        self.begun = None

    def recount(self, entry: dict[str, Any], limits: Limits) -> None:
        """Counts what an instruction done before made this person ask of the bot."""
        for happening in self.server.happenings[entry["from"] :]:
            if happening["key"] == f"i{entry['i']}":
                event = event_of(happening, self.command)
                if isinstance(event, Pressed) or (
                    isinstance(event, Said) and (event.addressed or event.place.dm)
                ):
                    limits.take(event.by.key, event.at)

    def _act(self, key: str, instruction: Instruction) -> None:
        now = self._now()
        match instruction:
            case Speak():
                self._speak(key, instruction)
            case Enter(name, space):
                self.server.happen(
                    key, "join", now, by=self._known(name) or name, room=self._space(space)
                )
            case GoAway(name):
                self._leave(key, self._known(name) or name)
            case Press():
                message, button = self._button(instruction)
                self.server.happen(
                    key,
                    "press",
                    now,
                    by=self._known(instruction.name),
                    place=message.place,
                    message=message.n,
                    action=button["action"],
                )
            case Mark(name, number, emoji, on):
                message = self._message(name, number)
                self.server.happen(
                    key,
                    "react" if on else "unreact",
                    now,
                    by=self._known(name),
                    place=message.place,
                    message=message.n,
                    emoji=emoji,
                )
            case Rewrite(name, number, text):
                message = self._own(name, number)
                self.server.happen(
                    key,
                    "edit",
                    now,
                    by=message.by,
                    place=message.place,
                    thread=message.thread,
                    text=text,
                    message=message.n,
                    edits=message.newest,
                )
            case Erase(name, number):
                message = self._own(name, number)
                self.server.happen(
                    key,
                    "remove",
                    now,
                    by=message.by,
                    place=message.place,
                    thread=message.thread,
                    text="",
                    message=message.n,
                    removes=message.newest,
                )

    def _speak(self, key: str, speak: Speak) -> None:
        now = self._now()
        name = self._known(speak.name)
        place = self._place(speak, name or speak.name)
        if name is None:
            name = speak.name
            if place.startswith("dm:"):
                self.server.happen(f"{key}:new", "account", now, by=name)
            else:
                self.server.happen(f"{key}:new", "join", now, by=name, room=place)
        thread = self._replied(speak, name, place)
        self.server.happen(
            key,
            "say",
            now,
            place=place,
            by=name,
            text=speak.text,
            thread=thread,
            kind=None,
            started_by="person",
        )

    def _leave(self, key: str, name: str) -> None:
        rooms = sorted(room for room, inside in self.server.rooms.items() if name in inside)
        # One line per room would say the same thing several times: a platform says it per room.
        for room in rooms or [GENERAL]:
            last = room == (rooms or [GENERAL])[-1]
            self.server.happen(
                f"{key}:{room}", "leave", self._now(), by=name, room=room, everywhere=last
            )

    async def _pass(self, until: datetime) -> None:
        if self.down_since is not None:
            self.clock.set(until.astimezone(UTC))
            return
        await self._settle()
        await self.bot.pass_time(until.astimezone(UTC), self._settle)

    async def _settle(self) -> None:
        """Everything that happened is told to the bot, in order; then all that it causes."""
        if self.down_since is not None:
            return
        while True:
            while self.heard < len(self.server.happenings):
                happening = self.server.happenings[self.heard]
                self.heard += 1
                event = event_of(happening, self.command)
                if event is not None:
                    await self.bot.hear(event)
                    await self.bot.settle()
            await self.bot.settle()
            if self.heard == len(self.server.happenings):
                return

    def _now(self) -> datetime:
        return self.clock.now().astimezone(self.zone)

    def _after(self, skip: Skip) -> datetime:
        wall = self._now().replace(tzinfo=None) + timedelta(days=skip.days)
        # Calendar days keep the wall time; what is left is elapsed time.
        return wall.replace(tzinfo=self.zone).astimezone(UTC) + skip.rest

    def _note(self, entry: dict[str, Any]) -> None:
        data = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)

    def _verify(self, instruction: Instruction) -> None:
        """What a line names must be there, and be seen by who acts. Raises ScriptError."""
        match instruction:
            case SetClock(at):
                wanted = script.local(at, self.zone)
                if self.done and wanted < self._now():
                    raise ScriptError("demo-fault-clock-back")
                if any(not _is_clock(each["text"]) for each in self.done) and wanted > self._now():
                    raise ScriptError("demo-fault-clock-first")
            case Until(at):
                if script.local(at, self.zone) < self._now():
                    raise ScriptError("demo-fault-past", found=at)
            case Speak():
                name = self._known(speak_name := instruction.name)
                place = self._place(instruction, name or speak_name)
                if name is not None and not self.server.sees(name, place):
                    raise ScriptError("demo-fault-unseen", found=place)
                self._replied(instruction, name or speak_name, place)
            case Enter(_, space) | Show(space, _):
                self._space(space)
            case GoAway(name):
                if self._known(name) is None:
                    raise ScriptError("demo-fault-nobody", found=name)
            case Press():
                self._button(instruction)
            case Mark(name, number, _, _):
                self._message(name, number)
            case Rewrite(name, number, _) | Erase(name, number):
                self._own(name, number)
            case _:
                pass

    def _known(self, name: str) -> str | None:
        return next((each for each in self.server.accounts if same(each, name)), None)

    def _space(self, space: str) -> str:
        found = next((room for room in self.server.rooms if same(room, space)), None)
        if found is None:
            raise ScriptError("demo-fault-no-space", found=space)
        return found

    def _place(self, speak: Speak, name: str) -> str:
        if speak.place is None:
            return self._space(GENERAL)
        if same(speak.place, "dm"):
            return f"dm:{name}"
        return self._space(speak.place)

    def _replied(self, speak: Speak, name: str, place: str) -> int | None:
        if speak.reply is None:
            return None
        if speak.reply < 0:
            seen = self.server.visible(name, place)
            if len(seen) < -speak.reply:
                raise ScriptError("demo-fault-no-message", found=str(speak.reply))
            return self.server.root(seen[speak.reply])
        message = self.server.message_at(speak.reply)
        if message is None or message.place != place or message.removed:
            raise ScriptError("demo-fault-no-message", found=str(speak.reply))
        return self.server.root(message)

    def _message(self, name: str, number: int) -> Message:
        who = self._known(name)
        if who is None:
            raise ScriptError("demo-fault-nobody", found=name)
        message = self.server.message_at(number)
        if message is None or message.removed or not self.server.sees(who, message.place):
            raise ScriptError("demo-fault-no-message", found=str(number))
        return message

    def _own(self, name: str, number: int) -> Message:
        message = self._message(name, number)
        if not same(message.by, name):
            raise ScriptError("demo-fault-not-yours", found=str(number))
        return message

    def _button(self, press: Press) -> tuple[Message, dict[str, Any]]:
        who = self._known(press.name)
        if who is None:
            raise ScriptError("demo-fault-nobody", found=press.name)
        if press.message is not None:
            message = self._message(press.name, press.message)
            button = _labelled(self.server.buttons_on(press.message), press.label)
            if button is not None:
                return message, button
        else:
            for message in reversed(self.server.visible(who)):
                button = _labelled(message.buttons, press.label)
                if button is not None:
                    return message, button
        raise ScriptError("demo-fault-no-button", found=press.label)


def _labelled(buttons: list[dict[str, Any]], label: str) -> dict[str, Any] | None:
    for button in buttons:
        if same(str(button["label"]), label):
            return button
    if label.isdigit() and 0 < int(label) <= len(buttons):
        return buttons[int(label) - 1]
    return None


def _is_clock(text: str) -> bool:
    return text.strip().startswith("@clock")
