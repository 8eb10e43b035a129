"""The decorators of features. Each only writes on a function what it is: importing does nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.people import Role
from bot.registry.marks import (
    Aftermath,
    Arg,
    Command,
    Composer,
    Correct,
    Done,
    Due,
    Fields,
    Form,
    Handler,
    On,
    Press,
    Section,
    TaskWork,
    Under,
    Undo,
    View,
)

MARK = "__copain__"
ANY_STATE = ("preparation", "open", "closed")
RUNNING = ("preparation", "open")


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
