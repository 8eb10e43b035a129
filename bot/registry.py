"""What the features offer: decorators that mark functions, and the registry that collects them.

A decorator only writes what a function is on the function itself, so importing a feature does
nothing. `Registry.of(features)` reads the modules listed in `commands.FEATURES`, in that order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any, Protocol

from bot.messages import Line, Reply
from bot.people import Role

Handler = Callable[..., Awaitable[Reply]]
MARK = "__copain__"
ANY_STATE = ("preparation", "open", "closed")
RUNNING = ("preparation", "open")


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


def command(
    *names: str,
    who: Role = Role.VISITOR,
    args: Sequence[Arg] = (),
    help: str | None = None,
    states: tuple[str, ...] = ANY_STATE,
    shows: bool = False,
    on_ours: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers a command under every phrase of `names` (English first, then French)."""
    return _mark(
        lambda f: Command(
            names=names,
            who=who,
            args=tuple(args),
            help=help,
            states=states,
            shows=shows,
            on_ours=on_ours,
            handler=f,
        )
    )


def button(
    action: str,
    *,
    who: Role = Role.VISITOR,
    states: tuple[str, ...] = ANY_STATE,
    lasting: bool = False,
    option: bool = False,
    shows: bool = False,
    shortcut: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers what a button does; its arguments arrive as str, whole numbers as int."""
    return _mark(
        lambda f: Press(
            action=action,
            who=who,
            states=states,
            lasting=lasting,
            option=option,
            shows=shows,
            shortcut=shortcut,
            handler=f,
        )
    )


def timer(action: str) -> Callable[[Handler], Handler]:
    """Registers what a due timer does; its args arrive as keywords."""
    return _mark(lambda f: Due(action=action, handler=f))


def on(event: type) -> Callable[[Handler], Handler]:
    """Registers a handler that hears every event of that kind in a tracked space."""
    return _mark(lambda f: On(event=event, handler=f))


def under(
    subject: str, *, who: Role = Role.MEMBER, words: bool = False
) -> Callable[[Handler], Handler]:
    """Registers what a message in the thread of a subject does; the subject's id arrives."""
    return _mark(lambda f: Under(subject=subject, who=who, words=words, handler=f))


def task(action: str) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Registers slow work: it gets a read-only Tx, its arguments, and returns JSON."""
    return _mark(lambda f: TaskWork(action=action, work=f))


def done(action: str) -> Callable[[Handler], Handler]:
    """Registers what happens with a task's result; `result` and the arguments arrive."""
    return _mark(lambda f: Done(action=action, handler=f))


def view(name: str) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Registers an answer to a question that is no event, in a read-only session."""
    return _mark(lambda f: View(name=name, handler=f))


def composer(name: str) -> Callable[[Handler], Handler]:
    """Registers what writes an intent's message when courtesy lets it leave.

    It hears `(call, to, *args)`, `to` a ToPerson or a ToPlace, and returns effects. The first Say
    is the message, said to `to` (or into a thread, when it is a ToThread); what stands beside it is
    carried out after it. Without a Say nothing leaves, and nothing else is carried out.
    """
    return _mark(lambda f: Composer(name=name, handler=f))


def undo(
    name: str,
) -> Callable[
    [Callable[..., Awaitable[Aftermath]]],
    Callable[..., Awaitable[Aftermath]],
]:
    """Registers what goes with a message of this name when an animator takes it back [AT-6].

    The message itself, its copies in other spaces and all the bot said under it go in any case. It
    raises the Complaint that somebody was first where a row of its own says so.
    """
    return _mark(lambda f: Undo(name=name, handler=f))


def correct(
    name: str,
    *,
    known: Callable[..., Awaitable[str]],
    longest: int = 2000,
    refused: str | None = None,
) -> Callable[[Handler], Handler]:
    """Registers how a message of this name is corrected; its effects rewrite it [AT-6]."""
    return _mark(
        lambda f: Correct(name=name, known=known, longest=longest, refused=refused, handler=f)
    )


def section(
    page: str, *, order: int, who: Role = Role.VISITOR
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Registers one part of a page that several features fill."""
    return _mark(lambda f: Section(page=page, order=order, who=who, handler=f))


def kit_section(
    order: int,
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Registers one part of the welcome kit: returns Lines and Buttons for who reads it."""
    return section("kit", order=order, who=Role.MEMBER)


def form(
    name: str,
    *,
    fields: Fields,
    who: Role = Role.VISITOR,
    visible: str | None = None,
    states: tuple[str, ...] = ANY_STATE,
    title: str | None = None,
    once: bool = False,
    dropped: Handler | None = None,
    traceless: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers a form; the function hears `(call, values, *args)` when it is complete."""
    return _mark(
        lambda f: Form(
            name=name,
            who=who,
            fields=fields,
            filled=f,
            visible=visible,
            states=states,
            title=title or f"form-{name}-title",
            once=once,
            dropped=dropped,
            traceless=traceless,
        )
    )


def _mark(entry: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(function: Any) -> Any:
        marks = [*getattr(function, MARK, ()), entry(function)]
        setattr(function, MARK, marks)
        return function

    return decorate


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for animators: a line, its button, and since when."""

    line: Line
    button: Any
    since: Any
    wait: timedelta | None = None
    in_crisis: bool = False
    """Whether it is told in a crisis too: only what concerns a question is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything the features offer, looked up by dispatch and by help."""

    commands: tuple[Command, ...]
    buttons: Mapping[str, Press]
    timers: Mapping[str, Due]
    heard: Mapping[type, tuple[On, ...]]
    under: Mapping[str, Under]
    tasks: Mapping[str, TaskWork]
    done: Mapping[str, Done]
    views: Mapping[str, View]
    composers: Mapping[str, Composer]
    undoes: Mapping[str, Undo]
    corrects: Mapping[str, Correct]
    forms: Mapping[str, Form]
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, features: Iterable[ModuleType]) -> Registry:
        """Collects the marked functions. Raises ValueError when a name stands twice."""
        marks = list(_marks(features))
        heard: dict[type, list[On]] = {}
        for entry in _kind(marks, On):
            heard.setdefault(entry.event, []).append(entry)
        return cls(
            commands=tuple(_kind(marks, Command)),
            buttons=_unique(marks, Press, "action"),
            timers=_unique(marks, Due, "action"),
            heard={kind: tuple(entries) for kind, entries in heard.items()},
            under=_unique(marks, Under, "subject"),
            tasks=_unique(marks, TaskWork, "action"),
            done=_unique(marks, Done, "action"),
            views=_unique(marks, View, "name"),
            composers=_unique(marks, Composer, "name"),
            undoes=_unique(marks, Undo, "name"),
            corrects=_unique(marks, Correct, "name"),
            forms=_unique(marks, Form, "name"),
            sections=tuple(sorted(_kind(marks, Section), key=lambda s: (s.page, s.order))),
        )

    def page(self, page: str, role: Role) -> list[Section]:
        """The parts of a page that this role may see, in order."""
        return [s for s in self.sections if s.page == page and role >= s.who]

    def has(self, action: str) -> bool:
        """Whether a button of this action exists: pages show only what does."""
        return action in self.buttons


def _marks(features: Iterable[ModuleType]) -> Iterable[Any]:
    seen: set[int] = set()
    for module in features:
        for value in vars(module).values():
            if getattr(value, "__module__", None) != module.__name__ or id(value) in seen:
                continue
            seen.add(id(value))
            yield from getattr(value, MARK, ())


def _kind(marks: Sequence[Any], kind: type) -> list[Any]:
    return [mark for mark in marks if isinstance(mark, kind)]


def _unique(marks: Sequence[Any], kind: type, by: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mark in _kind(marks, kind):
        name = getattr(mark, by)
        if name in found:
            raise ValueError(f"{kind.__name__} {name!r} is registered twice")
        found[name] = mark
    return found
