"""Questions at the terminal, for `copain init`.

Answers may come through a pipe: where they end, what is proposed is taken. A secret is typed
unseen.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.cli.check import told
from bot.cli.words import Words
from bot.errors import Complaint, Fault
from bot.parsing import fold

Faults = Callable[[Mapping[str, str], str], list[Fault]]
"""What the configuration would find wrong, given every answer and the key of one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know: its name, the key of the configuration it fills, and what is proposed.

    `read` makes of what was typed what the configuration wants.
    """

    name: str
    key: str
    proposed: str | None = None
    read: Callable[[str], str] = str


def answered(
    question: Question, answers: Mapping[str, str], words: Words, *, faults: Faults
) -> str:
    """An answer that the configuration accepts. Raises Complaint when none comes."""
    proposed = words.language if question.name == "language" else question.proposed
    while True:
        given = asked(f"cli-init-{question.name}", words, proposed)
        if given is None and proposed is None:
            raise Complaint("cli-init-missing", {"question": question.name})
        answer = question.read(given or proposed or "")
        found = faults({**answers, question.name: answer}, question.key)
        if not found and (answer or proposed is not None):
            return answer
        for fault in found:
            key, values = told(fault)
            print(words.plain(key, values))
        if given is None:
            raise Complaint("cli-init-missing", {"question": question.name})


def asked(key: str, words: Words, proposed: str | None) -> str | None:
    """What was typed, "" for nothing; None at the end of the answers."""
    hint = f" [{proposed}]" if proposed else ""
    print(f"{words.plain(key)}{hint} ", end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(line.strip())
    return line.strip() if line else None


def agreed(key: str, values: Mapping[str, str], words: Words) -> bool:
    """Whether the answer was yes."""
    print(words.plain(key, values), end=" ", flush=True)
    given = fold(sys.stdin.readline().strip())
    return given in ("o", "oui", "y", "yes")


def unseen(prompt: str) -> str:
    """What was typed without being shown, "" for nothing."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt} ").strip()
    print(prompt)
    return sys.stdin.readline().strip()
