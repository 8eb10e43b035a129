"""What was said before rendering, made comparable between platforms (architecture §5).

A form counts once with its questions, whether they were asked one by one or all in a window.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.speaking import ScoreLine

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


def _form_of(line: ScoreLine) -> str | None:
    """The number of the form of which this is a question, or the window."""
    if line.kind != "form":
        return None
    mine = (button.split(":") for button in line.buttons if button.startswith("form."))
    return next(args[0] for _, *args in mine)


def _questions(line: ScoreLine) -> list[str]:
    fields: Any = line.values.get("fields")
    return [key for key, _ in fields] if isinstance(fields, list) else [line.key]
