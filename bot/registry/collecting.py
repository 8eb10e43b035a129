"""What the features offer together: their marks, collected and looked up by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from bot.people import Role
from bot.registry.decorators import MARK
from bot.registry.marks import (
    Command,
    Composer,
    Correct,
    Done,
    Due,
    Form,
    On,
    Press,
    Section,
    TaskWork,
    Under,
    Undo,
    View,
)


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
