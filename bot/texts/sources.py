"""The Fluent files of one language, cut into messages and not yet understood.

Parsing hundreds of messages costs more than all else at start-up (PE-7), and most are never said
in one run: a message is parsed when it is first asked for, and this cut is what makes it possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_ENTRY = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
_COMMENT = re.compile(r"^#.*\n?", re.MULTILINE)
_VARIABLE = re.compile(r"\$([A-Za-z][\w-]*)")
_REFERENCE = re.compile(r"\{\s*(-?[A-Za-z][\w-]*)")


def read(folder: Path) -> dict[str, str]:
    """Message id (a term's begins with « - ») to its source. ValueError when one comes twice."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.ftl")):
        for key, source in _entries(_COMMENT.sub("", path.read_text("utf-8"))):
            if key in found:
                raise ValueError(f"{path.name}: {key} is already defined")
            found[key] = source
    return found


def family(sources: Mapping[str, str], key: str) -> frozenset[str]:
    """A message and all those it refers to, as far as they exist."""
    known: set[str] = set()
    waiting = {key} & sources.keys()
    while waiting:
        known |= waiting
        named = {name for one in waiting for name in _REFERENCE.findall(sources[one])}
        waiting = (named & sources.keys()) - known
    return frozenset(known)


def variables(sources: Mapping[str, str], key: str) -> frozenset[str]:
    """The values a message needs, those of the messages it refers to included."""
    return frozenset(
        name for one in family(sources, key) for name in _VARIABLE.findall(sources[one])
    )


def _entries(text: str) -> Iterator[tuple[str, str]]:
    starts = list(_ENTRY.finditer(text))
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        yield start[1], text[start.start() : following.start() if following else None]
