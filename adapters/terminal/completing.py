"""What the Tab key offers in the chat: orders, commands, names, places, labels of buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.parsing import fold

NAMED = ("@as", "@leave", "@join")


@dataclass(frozen=True, slots=True)
class Completing(Completer):
    """Completion for one moment of the chat: it knows who is there and what the speaker sees."""

    orders: Sequence[str]
    commands: Sequence[str]
    names: Sequence[str]
    rooms: Sequence[str]
    labels_of: Callable[[str], Sequence[str]]
    speaker: str

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Whatever may stand at the cursor."""
        typed = document.text_before_cursor.lstrip()
        begun, choices = self._choices(typed)
        seen: set[str] = set()
        for choice in choices:
            if choice not in seen and fold(choice).startswith(fold(begun)):
                seen.add(choice)
                yield Completion(choice, start_position=-len(begun))

    def _choices(self, typed: str) -> tuple[str, Iterable[str]]:
        """What is begun at the cursor, and all that it could become."""
        words = typed.split()
        last = "" if not words or typed[-1:].isspace() else words[-1]
        before = words[: len(words) - bool(last)]
        if "[" in typed and "]" not in typed:
            who, _, label = typed.partition("[")
            labels = self.labels_of(who.strip() or self.speaker)
            return label, [f"{each}]" for each in labels]
        if typed.startswith("@"):
            return self._order(last, before)
        if len(before) == 1 and last.startswith("@") and before[0] in self.names:
            return last, [f"@{place}:" for place in ("dm", *self.rooms)]
        # A command may be several words: the whole line is what is begun.
        return typed, [*self.commands, *(f"{name}:" for name in self.names)]

    def _order(self, last: str, before: Sequence[str]) -> tuple[str, Iterable[str]]:
        match before:
            case []:
                return last, self.orders
            case [order] if order in NAMED:
                return last, self.names
            case ["@as", _]:
                return last, ("dm", *self.rooms)
            case ["@join", _] | ["@space"]:
                return last, self.rooms
            case ["@space", _]:
                return last, ("public", "private")
            case _:
                return last, ()
