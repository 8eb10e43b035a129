"""The named values of a text: what a sentence is given, kept until it is rendered.

Intents and outbox rows hold a text key and these values, so each of them survives JSON; how one
looks is decided late, in the reader's language, zone and region (`bot.texts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    date: date


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown as date and time in the reader's zone. Aware, else ValueError."""

    instant: datetime

    def __post_init__(self) -> None:
        if self.instant.tzinfo is None:
            raise ValueError("a Moment needs a zone")


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A wall-clock time."""

    time: time


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, in seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called, or words they typed, joined as a sentence would: « A, B et C »."""

    names: tuple[str, ...]
    joiner: Literal["and", "or"] = "and"


@dataclass(frozen=True, slots=True)
class Key:
    """Another text, rendered in the same voice."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """Values one under the other, each after `mark` (« - » makes a list). Empty ones go."""

    items: tuple[Value, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Md:
    """Markdown that is ours (a charter, a prompt of the bank): put in as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, given back as a quotation: every line of it, none of it markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words one presses; without words, the address itself."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Handle:
    """An account, by the id that its platform gives it or, where it can, as people know it."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Word:
    """A community's own word for something (`prompt`), or the default `word-<name>`."""

    name: str


# A plain str was typed by somebody and is escaped. None and "" drop the line they stand in.
Value = (
    str | int | float | bool | None
    | Day | Moment | TimeOfDay | Span | Names | Key | Lines | Md | Typed | Link | Handle | Word
)  # fmt: skip


def encode(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as JSON can hold them. TypeError for anything that is no `Value`."""
    return {name: _encode_one(value) for name, value in values.items()}


def decode(stored: Mapping[str, Any]) -> dict[str, Value]:
    """What `encode` was given. ValueError for a kind nobody knows."""
    return {name: _decode_one(value) for name, value in stored.items()}


def _encode_one(value: Value) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    for kind in _KINDS:
        if isinstance(value, kind.type):
            return {kind.name: kind.dump(value)}
    raise TypeError(f"not a value of a text: {value!r}")


def _decode_one(stored: Any) -> Value:
    if stored is None or isinstance(stored, str | bool | int | float):
        return stored
    for kind in _KINDS:
        if kind.name in stored:
            return kind.build(stored[kind.name])
    raise ValueError(f"unknown kind of value: {sorted(stored)}")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    type: type
    dump: Callable[[Any], Any]
    build: Callable[[Any], Value]


_KINDS = (
    _Kind("day", Day, lambda v: v.date.isoformat(), lambda s: Day(date.fromisoformat(s))),
    _Kind(
        "moment",
        Moment,
        lambda v: v.instant.isoformat(),
        lambda s: Moment(datetime.fromisoformat(s)),
    ),
    _Kind(
        "time", TimeOfDay, lambda v: v.time.isoformat(), lambda s: TimeOfDay(time.fromisoformat(s))
    ),
    _Kind("span", Span, lambda v: v.seconds, Span),
    _Kind("names", Names, lambda v: [v.joiner, *v.names], lambda s: Names(tuple(s[1:]), s[0])),
    _Kind("key", Key, lambda v: [v.key, encode(v.values)], lambda s: Key(s[0], decode(s[1]))),
    _Kind(
        "lines",
        Lines,
        lambda v: [v.mark, *map(_encode_one, v.items)],
        lambda s: Lines(tuple(map(_decode_one, s[1:])), s[0]),
    ),
    _Kind("md", Md, lambda v: v.text, Md),
    _Kind("typed", Typed, lambda v: v.text, Typed),
    _Kind("link", Link, lambda v: [v.url, v.label], lambda s: Link(*s)),
    _Kind("handle", Handle, lambda v: [v.platform, v.id], lambda s: Handle(*s)),
    _Kind("word", Word, lambda v: v.name, Word),
)
