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

from adapters.terminal import named, script
from adapters.terminal.acts import act
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
)
from adapters.terminal.server import Server
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

    async def begin_at(self, instant: datetime) -> None:
        """The same world, begun at another time: only where nothing has happened yet."""


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
    moving: bool = False
    """Whether this run has carried out or skipped an instruction: `@clock` comes before them."""
    down_since: int | None = None
    heard: int = 0
    done: list[dict[str, Any]] = field(default_factory=list)
    begun: dict[str, Any] | None = None
    resumed: dict[str, Any] | None = None
    """The instruction that this run finished for one that was killed."""

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
        for line in kept.split(b"\n")[:-1]:
            entry = json.loads(line.decode("utf-8", "surrogatepass"))
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
        self.resumed = entry

    async def carry_out(self, text: str, *, source: str = "script", line: int = 0) -> None:
        """One instruction, to its end. Raises ScriptError before anything is noted."""
        instruction = script.read(text)
        if instruction is None:
            return
        self._verify(instruction)
        self.moving = True
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
                await self._set_clock(script.local(at, self.zone))
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
            case None:
                pass
            case _ if key not in self.server.keys:
                act(self.server, instruction, key=key, now=self._now(), since=entry["from"])
        # What falls due at this very instant happens now, and not when time moves again.
        await self._pass(self._now())
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

    async def _set_clock(self, instant: datetime) -> None:
        """In a fresh folder the world begins then; in a continued one time passes until then."""
        if not self._fresh():
            await self._pass(instant)
            return
        self.clock.set(instant.astimezone(UTC))
        await self.bot.begin_at(self.clock.now())

    def _fresh(self) -> bool:
        return not self.done

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
        if not skip.days:
            return self.clock.now() + skip.rest
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
        server = self.server
        match instruction:
            case SetClock(at):
                wanted = script.local(at, self.zone)
                if self.moving:
                    raise ScriptError("demo-fault-clock-first")
                if not self._fresh() and wanted < self._now():
                    raise ScriptError("demo-fault-clock-back")
            case Until(at):
                if script.local(at, self.zone) < self._now():
                    raise ScriptError("demo-fault-past", found=at)
            case Speak():
                named.destination(server, instruction)
            case Enter(name, space):
                named.newcomer(server, name)
                named.room(server, space)
            case Show(space, _):
                named.room(server, space)
            case GoAway(name):
                named.account(server, name)
            case Press():
                named.button(server, instruction)
            case Mark(name, number, _, _):
                named.message(server, name, number)
            case Rewrite(name, number, _) | Erase(name, number):
                named.own(server, name, number)
            case Become(name, where):
                who = named.newcomer(server, name)
                at_place = named.place(server, who, where or "dm")
                if who in server.accounts and not server.sees(who, at_place):
                    raise ScriptError("demo-fault-unseen", found=at_place)
            case _:
                pass


def last_instant(folder: Path) -> datetime | None:
    """Where the clock of a folder stands, or None for a fresh one."""
    path = folder / "platform" / "instructions.jsonl"
    whole = [line for line in path.read_bytes().split(b"\n")[:-1] if line] if path.exists() else []
    return datetime.fromisoformat(json.loads(whole[-1])["at"]) if whole else None
