"""The language of scripts: one instruction a line (contracts §4). Pure.

Names and labels compare without case, accents, kind of apostrophe or space. What a line names (a
message, a person, a button) is looked for by `named`, which knows the server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.parsing import fold


class ScriptError(Exception):
    """A line that cannot be carried out. `key` is a text key (`demo-fault-…`)."""

    def __init__(self, key: str, **values: str) -> None:
        self.key = key
        self.values = values
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class SetClock:
    """The line `@clock 2026-03-02T09:00`."""

    at: str


@dataclass(frozen=True, slots=True)
class Skip:
    """`@skip 3d 4h`: calendar days and weeks on the wall, the rest as elapsed time."""

    days: int
    rest: timedelta


@dataclass(frozen=True, slots=True)
class Until:
    """The line `@until 2026-03-09T08:30`."""

    at: str


@dataclass(frozen=True, slots=True)
class Speak:
    """The line `marie @animateurs ^12: text`; `place` is None for `general`."""

    name: str
    place: str | None
    reply: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Enter:
    """The line `@join nadia [space]`."""

    name: str
    space: str


@dataclass(frozen=True, slots=True)
class GoAway:
    """The line `@leave marie`."""

    name: str


@dataclass(frozen=True, slots=True)
class Press:
    """The line `marie [Accepter] 12`."""

    name: str
    label: str
    message: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """`marie +12 📌`, or `marie -12 📌` to take it back."""

    name: str
    message: int
    emoji: str
    on: bool


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The line `marie ~12: text`."""

    name: str
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """The line `marie -12`."""

    name: str
    message: int


@dataclass(frozen=True, slots=True)
class Down:
    """`@down`: the bot is stopped."""


@dataclass(frozen=True, slots=True)
class Up:
    """`@up`: the bot is back."""


@dataclass(frozen=True, slots=True)
class Show:
    """The line `@space general public`."""

    space: str
    public: bool


@dataclass(frozen=True, slots=True)
class Become:
    """`@as marie [place]`: only in the interactive chat."""

    name: str
    place: str | None


Instruction = (
    SetClock
    | Skip
    | Until
    | Speak
    | Enter
    | GoAway
    | Press
    | Mark
    | Rewrite
    | Erase
    | Down
    | Up
    | Show
    | Become
)

_NAME = r"(?P<name>[^\s:@\[\]^~+#]+)"
_SPEAK = re.compile(
    rf"{_NAME}(?:[ \t]+@(?P<place>[^\s:^]+))?(?:[ \t]+\^(?P<reply>-?\d{{1,9}}))?"
    r"[ \t]*:[ \t]?(?P<text>.*)",
    re.DOTALL,
)
_PRESS = re.compile(rf"{_NAME}[ \t]+\[(?P<label>.+)\](?:[ \t]+(?P<message>\d{{1,9}}))?[ \t]*")
_MARK = re.compile(rf"{_NAME}[ \t]+(?P<sign>[+-])(?P<message>\d{{1,9}})[ \t]+(?P<emoji>\S+)[ \t]*")
_REWRITE = re.compile(rf"{_NAME}[ \t]+~(?P<message>\d{{1,9}})[ \t]*:[ \t]?(?P<text>.*)", re.DOTALL)
_ERASE = re.compile(rf"{_NAME}[ \t]+-(?P<message>\d{{1,9}})[ \t]*")
_STEP = re.compile(r"(\d{1,6})([wdhms])")
_APOSTROPHES = re.compile("[‘’ʼ`´′]")
# How a keyboard asks for the colourful form of a sign; the sign is the same.
_COLOURFUL = "\ufe0f"
# French puts a no-break space there or none at all, which nobody can see.
_BESIDE_SIGNS = re.compile(r" (?=[?!;:»])|(?<=«) ")

FIRST_YEAR, LAST_YEAR = 2000, 2199
LONGEST = timedelta(days=3660)
"""How far one `@skip` goes: every working day in between is lived through."""


def read(line: str) -> Instruction | None:
    """The instruction of a line; None for an empty line or a comment. Raises ScriptError."""
    bare = line.strip("\r\n")
    if not bare.strip() or bare.lstrip().startswith("#"):
        return None
    if bare.lstrip().startswith("@"):
        return _order(bare.split())
    for pattern, make in (
        (_PRESS, _press),
        (_REWRITE, _rewrite),
        (_MARK, _mark),
        (_ERASE, _erase),
        (_SPEAK, _speak),
    ):
        match = pattern.fullmatch(bare.strip() if pattern is not _SPEAK else bare.lstrip())
        if match:
            return make(match)
    raise ScriptError("demo-fault-line")


def same(left: str, right: str) -> bool:
    """Whether two names or labels are the same to a reader."""
    return _plain(left) == _plain(right)


def local(text: str, zone: ZoneInfo) -> datetime:
    """`2026-03-02T09:00` in the community's zone. Raises ScriptError."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise ScriptError("demo-fault-time", found=text) from None
    # An offset would contradict the community's zone, and at the ends of the calendar one step
    # further has no date.
    if wall.tzinfo is not None or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise ScriptError("demo-fault-time", found=text)
    return wall.replace(tzinfo=zone)


def _plain(text: str) -> str:
    bare = _APOSTROPHES.sub("'", text).replace(_COLOURFUL, "")
    words = " ".join(fold(bare).replace("…", "...").split())
    return _BESIDE_SIGNS.sub("", words)


def _order(words: list[str]) -> Instruction:
    match words:
        case ["@clock", at]:
            return SetClock(at)
        case ["@skip", *steps] if steps:
            return _skip(steps)
        case ["@until", at]:
            return Until(at)
        case ["@join", name]:
            return Enter(name, "general")
        case ["@join", name, space]:
            return Enter(name, space.removeprefix("@"))
        case ["@leave", name]:
            return GoAway(name)
        case ["@down"]:
            return Down()
        case ["@up"]:
            return Up()
        case ["@space", space, ("public" | "private") as change]:
            return Show(space, change == "public")
        case ["@as", name]:
            return Become(name, None)
        case ["@as", name, place]:
            return Become(name, place.removeprefix("@"))
        case _:
            raise ScriptError("demo-fault-order", found=" ".join(words)[:80])


def _skip(steps: list[str]) -> Skip:
    days, rest = 0, timedelta()
    for step in steps:
        match = _STEP.fullmatch(step)
        if match is None:
            raise ScriptError("demo-fault-duration", found=" ".join(steps)[:80])
        number, unit = int(match[1]), match[2]
        if unit in "wd":
            days += number * (7 if unit == "w" else 1)
        else:
            rest += timedelta(**{{"h": "hours", "m": "minutes", "s": "seconds"}[unit]: number})
    if timedelta(days=days) + rest > LONGEST:
        raise ScriptError("demo-fault-long", found=" ".join(steps)[:80])
    return Skip(days, rest)


def _speak(match: re.Match[str]) -> Instruction:
    reply = match["reply"]
    return Speak(
        match["name"], match["place"], int(reply) if reply else None, _unescape(match["text"])
    )


def _press(match: re.Match[str]) -> Instruction:
    message = match["message"]
    return Press(match["name"], match["label"], int(message) if message else None)


def _mark(match: re.Match[str]) -> Instruction:
    return Mark(match["name"], int(match["message"]), match["emoji"], match["sign"] == "+")


def _rewrite(match: re.Match[str]) -> Instruction:
    return Rewrite(match["name"], int(match["message"]), _unescape(match["text"]))


def _erase(match: re.Match[str]) -> Instruction:
    return Erase(match["name"], int(match["message"]))


def _unescape(text: str) -> str:
    signs = {"n": "\n", "0": "\0", "\\": "\\"}
    return re.sub(r"\\([n0\\])", lambda m: signs[m[1]], text)
