"""What was said before rendering, made comparable between platforms (architecture §5).

A form counts once with its questions, whether they were asked one by one or all in a window.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.dispatch import Done
from bot.events import Event, Place, TimerDue
from bot.speaking import ScoreLine
from tests.conversation import conversation

Line = tuple[str, str, tuple[str, ...]]


def folded(score: Iterable[ScoreLine]) -> list[Line]:
    """Each line as (kind, text key, names of buttons); a form as ("form", "", its questions).

    It stands where its first question was asked, and each question once, in the order in which
    they were asked first.
    """
    found: list[Line | str] = []
    asked: dict[str, list[str]] = {}
    for line in score:
        number = _form_of(line)
        if number is None:
            names = tuple(button.partition(":")[0] for button in line.buttons)
            found.append((line.kind, line.key, names))
            continue
        if number not in asked:
            found.append(number)
            asked[number] = []
        asked[number] += [key for key in _questions(line) if key not in asked[number]]
    return [("form", "", tuple(asked[each])) if isinstance(each, str) else each for each in found]


def by_place(score: Iterable[ScoreLine], names: Mapping[str, str]) -> dict[str, list[Any]]:
    """What was said in each place, with all its values, and each form once with its questions.

    `names` are what the script calls rooms and accounts.
    """
    places: dict[str, list[ScoreLine]] = {}
    for line in score:
        place = Place.of(line.place)
        where = ("@" if place.dm else "#") + names.get(place.id, place.id)
        places.setdefault(where, []).append(line)
    return {where: _whole(lines, names) for where, lines in places.items()}


async def on_the_terminal(folder: Path, script: str, lang: str = "fr") -> list[ScoreLine]:
    """What a script says on the terminal."""
    score: list[ScoreLine] = []
    async with conversation(folder, lang=lang) as talk:
        house = talk.house

        async def hear(event: Event) -> Any:
            outcome = await house.dispatch(steady(event))
            if isinstance(outcome, Done):
                score.extend(outcome.score)
            return outcome

        house.listen(hear)
        talk.stage.bot = _Listening(house, hear)
        await talk.play(script)
    return score


def steady(event: Event) -> Event:
    """The event under an id by which chance draws the same everywhere.

    The number of a timer, and the minute that courtesy finds for a place, differ with the platform.
    """
    if not isinstance(event, TimerDue) or event.due is None:
        return event
    return replace(event, id=f"timer:{event.action}:{event.due.date()}")


class _Listening:
    """A house whose every event goes by `hear`."""

    def __init__(self, house: Any, hear: Any) -> None:
        self.house, self.hear = house, hear

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)


def _whole(lines: Iterable[ScoreLine], names: Mapping[str, str]) -> list[Any]:
    found: list[Any] = []
    asked: dict[str, list[Any]] = {}
    for line in lines:
        number = _form_of(line)
        if number is None:
            shown = _renamed(line.values, names)
            found.append((line.kind, line.key, shown, line.subject, line.buttons))
            continue
        if number not in asked:
            asked[number] = []
            found.append(("form", asked[number]))
        of_window = isinstance(line.values.get("fields"), list)
        each = line.values["fields"] if of_window else [[line.key, line.values]]
        questions = _renamed(each, names)
        asked[number] += [one for one in questions if one not in asked[number]]
    return found


def _renamed(values: Any, names: Mapping[str, str]) -> Any:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    for name, plain in names.items():
        text = text.replace(name, plain)
    return json.loads(text)


def _form_of(line: ScoreLine) -> str | None:
    """The number of the form of which this is a question, or the window."""
    if line.kind != "form":
        return None
    mine = (button.split(":") for button in line.buttons if button.startswith("form."))
    return next(args[0] for _, *args in mine)


def _questions(line: ScoreLine) -> list[str]:
    fields: Any = line.values.get("fields")
    return [key for key, _ in fields] if isinstance(fields, list) else [line.key]
