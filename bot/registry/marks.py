"""What a function of a feature can be: the marks that decorators leave and dispatch reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from bot.messages import Line, Reply
from bot.people import Role

Handler = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a command.

    kind: `word` one word or quoted text; `text` a quoted text or all that is left; `person` @name;
    `number` a whole number, `#` allowed; `tags` every #tag; `moment` a human date, all that is
    left; `choice` one of `choices` (value -> the words that mean it).
    `key` names it in texts: `arg-<name>` unless said.
    """

    name: str
    kind: str = "word"
    _: KW_ONLY
    optional: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The text key that says what is missing."""
        return f"arg-{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command. `names` are all its phrases, the English one first, then the French ones.

    `shows`: it changes nothing, so that whoever missed the answer may ask again [RE-2].
    `on_ours`: alone, or with a quoted text, in reply to a message of the bot it needs no prefix.
    """

    names: tuple[str, ...]
    who: Role
    args: tuple[Arg, ...]
    help: str | None
    """`member`, `animator`: shown by short help; None: only by the full list."""
    states: tuple[str, ...]
    shows: bool
    on_ours: bool = False
    handler: Handler

    @property
    def name(self) -> str:
        """Its first English phrase: the id in help, texts (`help-<name>`) and logs."""
        return self.names[0]

    @property
    def key(self) -> str:
        """Its part of a text key."""
        return self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button's action. `lasting`: right also when its message was replaced meanwhile.

    `option`: an answer to the question it stands under; a number in that thread presses it.
    `shows`: it changes nothing, so that whoever missed the answer may press again [RE-2].
    `shortcut`: it stands in the menu of every message too, where a platform has one, labelled
    `shortcut-<action>`; its handler then finds the message in `call.event`, a `Picked`.
    """

    action: str
    who: Role
    states: tuple[str, ...]
    lasting: bool
    option: bool
    shows: bool
    shortcut: bool
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a timer of this action does."""

    action: str
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class On:
    """A handler that hears every event of one kind, in the community it happened in."""

    event: type
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A handler of what is written in the thread of a subject (`posting:3` -> `posting`).

    `words`: a number is an answer there too, and presses none of the message's buttons.
    """

    subject: str
    who: Role
    words: bool
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWork:
    """Slow work outside any transaction; `done` hears its result inside one."""

    action: str
    work: Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What happens when a task of this action has ended."""

    action: str
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An answer to a question from outside that is no event."""

    name: str
    handler: Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Writes what an intent says when it leaves. Hears `(call, to, *args)`; see `composer`."""

    name: str
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What goes with a message that is taken back: `effects`, and `lines` that say so.

    `what` is the text key of what it was; `about` names it in the journal, with no word of it.
    """

    what: str
    about: str = ""
    effects: tuple[Any, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What a message of this name (`posting:3` -> `posting`) caused. Hears `(call, number)`."""

    name: str
    handler: Callable[..., Awaitable[Aftermath]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """How a message of this name gets other words. Hears `(call, number, text)`.

    `known(call, number)` are its words of today, for a form. `longest` in characters. `refused` is
    the text key of why its words are not the animators' to change.
    """

    name: str
    known: Callable[..., Awaitable[str]]
    longest: int
    refused: str | None
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a page that several features fill: `page` (kit, todo, me, after, …), in order."""

    page: str
    order: int
    who: Role
    handler: Callable[..., Awaitable[Any]]


Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; its text key is `form-<form>-<name>` unless `key` says another.

    kind: text (up to `longest` characters), choice, choices (several, ended by a button),
    yesno. `options` are (value, text key) pairs; `check` returns the value to keep or raises
    Complaint. `box` is a yes/no that rides on this question as a toggle button.
    """

    name: str
    kind: str = "text"
    _: KW_ONLY
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """Options whose label is data: (value, label)."""
    check: Check | None = None
    longest: int = 1000
    key: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    box: str | None = None
    presses: bool = False
    """A bare number is no answer here: it presses that button of the question."""


class Fields(Protocol):
    """The questions of a form for this call: they may depend on the community and the draft."""

    def __call__(self, call: Any, state: Any) -> Awaitable[Sequence[Field]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: its questions, who may fill it, and what happens with the answers."""

    name: str
    who: Role
    fields: Fields
    filled: Handler
    visible: str | None
    """Text key of « Visible par : … · Conservé : … », shown before anything is typed [PV-2]."""
    states: tuple[str, ...]
    title: str
    """Text key of what it is called when it waits, or is taken up again."""
    once: bool
    """A refusal of the answers ends it: there is nothing in it to mend."""
    dropped: Handler | None = None
    """Hears `(call, state)` when it is cancelled or put away, and may change what is kept of it."""
    traceless: bool = False
    """Once it ended, nothing kept tells that this person had it: no receipt of its questions, and
    its draft was sealed. What it says itself has `kept=False` (docs/decisions/0013).
    """


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for animators: a line, its button, and since when."""

    line: Line
    button: Any
    since: Any
    wait: timedelta | None = None
    in_crisis: bool = False
    """Whether it is told in a crisis too: only what concerns a question is."""
    told: bool = False
    """Whether all is said about it: the page lists it, and no bundle does any more."""
