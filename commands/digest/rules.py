"""What stands in a digest, how long it may be, and when it is worth sending. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import timedelta

from bot.messages import Button, Line

WORDS = 120
"""A digest is shorter than this, with its reason and the way to stop it (SU-4)."""
LINES = 10
"""Lines of the digest after a pause (e.4)."""
AUTHORS = 3
"""A topic is named when so many people wrote of it: fewer would be pointing at somebody."""
LENGTHS = {"week": timedelta(weeks=1), "fortnight": timedelta(weeks=2)}
EXCERPT = 25
"""Words that are given back of what somebody wrote."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature has to say: its lines, the most important first, and their buttons.

    `new`: it happened since the last digest. What is not new rides along, and sends none.
    """

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()
    _: KW_ONLY
    new: bool = True


def fitting(parts: Sequence[Part], count: Callable[[Sequence[Part]], int], most: int) -> list[Part]:
    """As much of the parts as `count` lets through: further lines go first, the last parts first.

    A part keeps its first line as long as it stays; of the first part that line always stays.
    """
    kept = list(parts)
    while count(kept) > most:
        longer = [n for n, part in enumerate(kept) if len(part.lines) > 1]
        if longer:
            kept[longer[-1]] = replace(kept[longer[-1]], lines=kept[longer[-1]].lines[:-1])
        elif len(kept) > 1:
            kept.pop()
        else:
            break
    return kept


def words_in(text: str) -> int:
    """How many words people would count: signs that stand alone are none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def short(text: str, words: int = EXCERPT) -> str:
    """The first words of a text, on one line, with an ellipsis when more came."""
    found = text.split()
    return " ".join(found) if len(found) <= words else " ".join(found[:words]) + "…"


def topics(written: Mapping[str, Collection[int]], most: int = 3) -> list[str]:
    """The topics that three people at least wrote of, those of most people first."""
    named = [topic for topic, authors in written.items() if len(set(authors)) >= AUTHORS]
    return sorted(named, key=lambda topic: (-len(set(written[topic])), topic))[:most]
