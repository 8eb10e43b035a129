"""Fills in a window with the answers that a script gives one by one.

The script was written for questions in private: each field is noted as such a question, with the
buttons it has there, so that numbers and labels of the script mean the same; the last answer sends
the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from adapters.terminal.server import Server
from bot.clock import FrozenClock
from bot.events import Event, Pressed, Said
from bot.messages import Parcel
from bot.parsing import words
from bot.texts import Texts, Voice
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person

SKIP, BACK = ("passer", "skip"), ("retour", "back")
BEGINS = "window."
"""How the actions of the buttons begin that stand in the script alone."""

Opened = Callable[[str, Parcel], None]


@dataclass(slots=True)
class Filling:
    """A window before a person, and the answers to it so far."""

    person: Person
    parcel: Parcel
    server: Server
    texts: Texts
    values: dict[str, Any] = field(default_factory=dict)
    step: int = 0
    sent: bool = False

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The questions, without the boxes that ride on them."""
        return [each for each in self.parcel.body["modal"]["fields"] if each["kind"] != "box"]

    def takes(self, event: Event) -> bool:
        """Whether this is an answer to the window."""
        if isinstance(event, Pressed):
            return event.action.startswith(BEGINS)
        return isinstance(event, Said) and event.place.dm and not event.addressed

    async def answer(self, event: Event) -> Ack | None:
        """Takes an answer; the last one sends all of them."""
        assert isinstance(event, Said | Pressed)
        done = self._press(event) if isinstance(event, Pressed) else self._typed(event.text)
        if done:
            self.step += 1
        if self.step < len(self.fields):
            self.ask()
            return None
        self.sent = True
        ack = await self.person.submit(None, self.values)
        assert ack.payload.get("response_action") is None, ack.payload
        return ack

    def ask(self) -> None:
        """Notes the question it has come to, as it stands in private elsewhere."""
        asked, modal = self.fields[self.step], self.parcel.body["modal"]
        clock = self.person.workspace.clock
        assert isinstance(clock, FrozenClock)
        key = f"window:{modal['id']}:{len(self.server.happenings)}"
        place, name = f"dm:{self.person.user.name}", "copain"
        at, buttons = clock.now(), self._buttons(asked)
        self.server.happen(
            key, "say", at, place=place, by=name, text=asked["label"], thread=None,
            buttons=buttons, kind="form", started_by="person",
        )  # fmt: skip

    def _typed(self, text: str) -> bool:
        """Whether the question is answered with that."""
        asked = self.fields[self.step]
        if words(text) in [words(each) for each in SKIP]:
            return self._take("")
        if words(text) in [words(each) for each in BACK]:
            self.step = max(0, self.step - 1)
            return False
        options = [each["value"] for each in asked["options"]]
        if text.strip().isdecimal() and 0 < int(text) <= len(options):
            return self._choose(int(text) - 1)
        return self._take(text)

    def _press(self, event: Pressed) -> bool:
        what, _, number = event.action.removeprefix(BEGINS).partition(":")
        match what:
            case "choose":
                return self._choose(int(number))
            case "skip":
                return self._take("")
            case "back":
                self.step = max(0, self.step - 1)
                return False
            case "box":
                self.values[number] = [] if self.values.get(number) else ["yes"]
                return False
            case _:
                return True

    def _choose(self, option: int) -> bool:
        asked = self.fields[self.step]
        value = asked["options"][option]["value"]
        if asked["kind"] != "choices":
            return self._take(value)
        chosen = self.values.setdefault(asked["name"], _several(asked))
        chosen.remove(value) if value in chosen else chosen.append(value)
        return False

    def _take(self, value: str) -> bool:
        # An empty menu is none at all, and so is an empty line.
        self.values[self.fields[self.step]["name"]] = value or None
        return True

    def _buttons(self, asked: dict[str, Any]) -> list[dict[str, str]]:
        found = [
            _button(f"choose:{number}", option["label"])
            for number, option in enumerate(asked["options"])
        ]
        kept = self.values.get(asked["name"], asked["value"])
        if kept and asked["kind"] == "text" and len(kept) <= 40:
            found.append(_button("keep", self._label("button-form-keep", value=kept)))
        elif kept and asked["kind"] in ("text", "choices"):
            found.append(_button("keep", self._label("button-form-keep-all")))
        every = self.parcel.body["modal"]["fields"]
        for box in every[every.index(asked) + 1 :][:1]:
            if box["kind"] == "box":
                mark = "☑" if self.values.get(box["name"]) else "☐"
                found.append(_button(f"box:{box['name']}", f"{mark} {box['label']}"))
        if not asked["required"]:
            found.append(_button("skip", self._label("button-form-skip")))
        if self.step:
            found.append(_button("back", self._label("button-form-back")))
        return [*found, _button("cancel", self._label("button-form-cancel"))]

    def _label(self, key: str, **values: Any) -> str:
        """In the language of the window."""
        today = self.person.workspace.clock.now().date()
        send = self.parcel.body["modal"]["send"]
        voices = [Voice(each, zone=ZoneInfo("UTC"), today=today) for each in ("fr", "en")]
        spoken = (v for v in voices if self.texts.label("forms-window-send", {}, v) == send)
        return self.texts.label(key, values, next(spoken))


def _several(asked: dict[str, Any]) -> list[str]:
    return [each for each in asked["value"].split(",") if each]


def _button(action: str, label: str) -> dict[str, str]:
    return {"label": label, "action": BEGINS + action}
