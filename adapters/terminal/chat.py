"""The interactive chat: one person at the keyboard plays everybody (contracts §4).

A line is an order (`@skip 1d`), an instruction for somebody who is there (`marie: bonjour`), or is
said by the current speaker in the current place, which the prompt shows. prompt_toolkit and Rich
are imported here alone, and this file only when somebody is really there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from adapters.terminal import named
from adapters.terminal.completing import Completing
from adapters.terminal.inbound import BOT
from adapters.terminal.play import Stage
from adapters.terminal.screen import Screen
from adapters.terminal.script import (
    Become,
    Enter,
    Erase,
    GoAway,
    Instruction,
    Press,
    Rewrite,
    ScriptError,
    SetClock,
    Skip,
    Speak,
    Until,
    read,
    same,
)
from bot.values import Md, Moment

NEWCOMER = "vous"
ORDERS = ("@aide", "@as", "@clock", "@down", "@help", "@join", "@leave", "@skip", "@space",
          "@until", "@up")  # fmt: skip
HELP = ("@aide", "@help")

Offers = Callable[[str], Awaitable[Sequence[str]]]
"""What commands the account of that name may type, in its language."""


@dataclass(slots=True)
class Speaker:
    """Who says a bare line, and where: `dm` or a space."""

    name: str = NEWCOMER
    place: str = "dm"


@dataclass(slots=True)
class Chat:
    """A stage, a screen, and whoever sits before it."""

    stage: Stage
    screen: Screen
    offers: Offers
    session: PromptSession[str] | None = None
    speaker: Speaker = field(default_factory=Speaker)

    async def run(self) -> None:
        """Until Ctrl-D. Ctrl-C clears the line."""
        session = self.session or self._session()
        self.screen.note("demo-chat-greeting", {"name": NEWCOMER})
        while True:
            completing = await self.completing()
            try:
                typed = await session.prompt_async(
                    FormattedText(self._prompt()),
                    completer=completing,
                    complete_while_typing=False,
                    bottom_toolbar=self._toolbar(),
                )
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            # What is pasted may hold several lines: each is carried out like a typed one.
            for line in typed.splitlines():
                await self.take(line)

    async def take(self, typed: str) -> None:
        """Carries one typed line out; what cannot be done is said kindly."""
        if typed.split(maxsplit=1)[:1] and typed.split(maxsplit=1)[0] in HELP:
            self.screen.note("demo-chat-orders", {"names": Md(", ".join(self._names()))})
            return
        try:
            text = meant(typed, self.speaker, self.stage)
            instruction = read(text)
            await self.stage.carry_out(text, source="chat", line=len(self.stage.done) + 1)
        except ScriptError as fault:
            self.screen.note(fault.key, fault.values, "fault")
            return
        self._tell(instruction)

    def _tell(self, instruction: Instruction | None) -> None:
        """What changed that is no message: who speaks, what time it is, who came or went."""
        server = self.stage.server
        match instruction:
            case Become(name, where):
                who = named.account(server, name)
                place = named.place(server, who, where or "dm")
                self.speaker = Speaker(who, "dm" if place.startswith("dm:") else place)
                self.screen.note("demo-chat-speaker", {"name": who})
            case Skip() | Until() | SetClock():
                self.screen.note("demo-chat-clock", {"now": Moment(self.stage.clock.now())})
            case Enter(name, space):
                room = named.room(server, space)
                self.screen.note("demo-chat-joined", {"name": name, "space": room})
            case GoAway(name):
                self.screen.note("demo-chat-left", {"name": name})
            case None | Speak() | Press() | Rewrite() | Erase():
                pass
            case _:
                self.screen.note("demo-chat-done")

    def _prompt(self) -> list[tuple[str, str]]:
        return [
            ("bold", self.speaker.name),
            ("", " "),
            ("fg:ansimagenta", f"@{self.speaker.place}"),
            ("", "> "),
        ]

    def _toolbar(self) -> str:
        say = self.screen.say
        return " " + say("demo-chat-toolbar", {"now": Moment(self.stage.clock.now())})

    def _names(self) -> list[str]:
        return list(self.stage.server.accounts)

    async def completing(self) -> Completing:
        """What the Tab key knows at this moment."""
        name = self.speaker.name
        server = self.stage.server
        return Completing(
            orders=ORDERS,
            commands=tuple(await self.offers(name)),
            names=tuple(server.accounts),
            rooms=tuple(server.rooms),
            labels_of=lambda who: [
                str(button["label"])
                for message in reversed(server.visible(named.known(server, who) or who))
                for button in message.buttons
            ],
            speaker=name,
        )

    def _session(self) -> PromptSession[str]:
        history = InMemoryHistory()
        for entry in self.stage.done:
            if entry["source"] == "chat":
                history.append_string(entry["text"])
        # The typed line goes away: the transcript shows it again, with its number.
        return PromptSession(history=history, erase_when_done=True)


def meant(typed: str, speaker: Speaker, stage: Stage) -> str:
    """The instruction a typed line means. Raises ScriptError for an order nobody knows."""
    bare = typed.strip()
    server = stage.server
    if not bare or bare.startswith("#"):
        return ""
    if bare.startswith("@"):
        word = bare.split(maxsplit=1)[0]
        if word in ORDERS:
            return bare
        mentioned = word[1:].rstrip(",.:;!?")
        if not same(mentioned, BOT) and named.known(server, mentioned) is None:
            raise ScriptError("demo-fault-chat-order", found=word)
    elif (found := _instruction(bare)) and named.known(server, _name(found)):
        return bare
    elif bare[0] in "[^~" and _instruction(f"{speaker.name} {bare}"):
        return f"{speaker.name} {bare}"
    return f"{speaker.name} @{speaker.place}: {bare}"


def _instruction(text: str) -> Instruction | None:
    try:
        return read(text)
    except ScriptError:
        return None


def _name(instruction: Any) -> str:
    return str(getattr(instruction, "name", ""))


def paint(screen: Screen) -> Screen:
    """The same screen with colours, as far as the terminal and NO_COLOR allow."""
    console = Console(file=screen.out, highlight=False, markup=False, emoji=False)
    screen.console = console
    return screen
