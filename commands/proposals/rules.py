"""When two questions are the same, or nearly. Pure.

The bank speaks two languages, so a question is compared with both; accents, capitals, signs and
« merci! » around it do not matter. The figures come from the bank itself: no two of its own sixty
are nearer than 70, and a question said in slightly other words is above 85.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.parsing import fold
from bot.values import Value
from commands.prompts.rules import Entry
from storage.proposals import ProposalRow

A_DAY = 3
"""Proposals of one member in one day of the community."""
LONGEST = 600
LONGEST_REASON = 300
MOST_TAGS = 5
NEAR, INSIDE = 80, 92
"""How alike the whole is, of 100, and how alike a part of the longer one."""
ENOUGH = 30
"""Characters under which a part of a question says nothing."""
_TAG = re.compile(r"(?<![\w#])#([^\W_][\w-]*)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A question that stands in the bank, or that waits; `said` are its words in each language."""

    code: str
    words: Value
    said: tuple[str, ...]
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """What a question resembles; `same`: to the word."""

    known: Known
    same: bool


def known(
    entries: Iterable[Entry],
    supplied: Mapping[str, Sequence[str]],
    waiting: Iterable[ProposalRow] = (),
) -> list[Known]:
    """All that a question may resemble; `supplied` are the words of a text key in each language."""
    found = [
        Known(
            code=each.code,
            words=each.question,
            said=tuple(supplied[each.key]) if each.text is None else (each.text,),
            archived=each.archived,
        )
        for each in entries
    ]
    return found + [Known(code="", words=row.text, said=(row.text,)) for row in waiting]


def twin(text: str, among: Iterable[Known]) -> Twin | None:
    """The nearest of what it resembles, or None. What was set aside is never « the same »."""
    bare = plain(text)
    best: tuple[float, Known] | None = None
    for each in among:
        for said in map(plain, each.said):
            if said == bare and bare and not each.archived:
                return Twin(each, same=True)
            near = _near(bare, said)
            if near and (best is None or near > best[0]):
                best = near, each
    return Twin(best[1], same=False) if best else None


def plain(text: str) -> str:
    """The words alone, as they are compared."""
    return " ".join(_WORD.findall(fold(text)))


def parted(typed: str) -> tuple[str, list[str]]:
    """The question without the tags that stand after it, and those tags.

    A tag inside a sentence is one of its words, and stays.
    """
    text = typed.strip()
    tags: list[str] = []
    while match := re.search(r"(?:^|\s)#([^\W_][\w-]*)[.,;]?$", text):
        tags.insert(0, match[1])
        text = text[: match.start()].rstrip()
    tags += [each for each in _TAG.findall(text) if each not in tags]
    return text, list(dict.fromkeys(fold(tag) for tag in tags))[:MOST_TAGS]


def tags_kept(values: Mapping[str, str]) -> list[str]:
    """The tags that a form holds beside its questions."""
    return values.get("tags", "").split()


def _near(left: str, right: str) -> float:
    """How near two questions are, 0 when they are not."""
    # Not at the start of the program: most runs of it compare nothing.
    from rapidfuzz import fuzz

    whole = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    if whole >= NEAR:
        return whole
    part = fuzz.partial_ratio(left, right) if min(len(left), len(right)) >= ENOUGH else 0.0
    return part if part >= INSIDE else 0.0
