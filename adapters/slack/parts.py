"""A long text in messages that Slack accepts, cut where a reader would pause.

Slack tells no length for all blocks of a message together; it refused some from about 11 000
letters on, and takes fewer the more blocks there are (slackapi/bolt-js#2509 and #2867). So what is
measured here is everything, marks included, and the limit stays clear of that.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.slack.rich import Piece, Run, blocks, said, units, words

SIZE = 10_000
"""Bytes of JSON of all blocks of a message."""
TEXT = 3_800
"""Letters of the fallback, escaped: beyond 4 000 Slack may split or refuse a text, and a screen
reader that reads it must find in it all that the blocks say."""
BLOCKS = 50
"""Blocks of a message (docs.slack.dev, « Blocks »)."""
_TITLE = 100
_PAUSES = ("\n", ". ", "! ", "? ", "; ", " ")
# What belongs to the letter before it: joiners, selectors, skin tones.
_JOINED = ("\u200d", "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of everything there is place for."""

    size: int = SIZE
    text: int = TEXT
    blocks: int = BLOCKS

    def holds(self, found: Sequence[Piece]) -> bool:
        """Whether these pieces fit."""
        if units(escaped(said(found))) > self.text:
            return False
        shown = blocks(found)
        return len(shown) <= self.blocks and size(shown) <= self.size

    @property
    def is_full(self) -> bool:
        """Whether more was taken than there is."""
        return min(self.size, self.text, self.blocks) < 0

    def less(self, other: Room) -> Room:
        """What is left beside the other."""
        return Room(
            size=self.size - other.size,
            text=self.text - other.text,
            blocks=self.blocks - other.blocks,
        )

    def without(self, taken: Sequence[object]) -> Room:
        """What is left beside these blocks."""
        return self.less(Room(size=size(taken), text=0, blocks=len(taken)))


ONE = Room(size=4_500, text=2_900)
"""What one piece may take: fewer letters than a text object, and less than half of a message."""


def size(found: object) -> int:
    """Bytes of JSON."""
    return len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())


def escaped(text: str) -> str:
    """The text as `text` of a message takes it, without a mention or a link in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parts(found: Sequence[Piece], room: Room) -> list[list[Piece]]:
    """The pieces as messages, in order; at least one, which may be empty.

    They end at a piece where possible, else at a line, a sentence, a word.
    """
    messages: list[list[Piece]] = [[]]
    left = room
    for piece in found:
        first, *rest = _short(piece)
        # Together pieces take less than each alone: that is measured only where it matters.
        left = left.less(_alone(first))
        if messages[-1] and left.is_full and not room.holds([*messages[-1], first]):
            messages.append(_leading(messages[-1], first))
            left = _left(room, [*messages[-1], first])
        messages[-1].append(first)
        for more in rest:
            # Below its first part it would look like a paragraph of its own.
            messages.append([more])
            left = _left(room, [more])
    return messages


def _left(room: Room, taken: Sequence[Piece]) -> Room:
    """What is surely left of a message that begins with these."""
    for piece in taken:
        room = room.less(_alone(piece))
    return room


def _alone(piece: Piece) -> Room:
    """What a piece takes when nothing is shared with others."""
    return Room(size=size(blocks([piece])) + 8, text=units(escaped(said([piece]))) + 2, blocks=1)


def _leading(before: list[Piece], item: Piece) -> list[Piece]:
    """What stands over a list that begins in a new message, taken from the one before."""
    title = item.kind == "item" and len(before) > 1 and before[-1].kind in ("text", "header")
    return [before.pop()] if title and len(words(before[-1])) <= _TITLE else []


def _short(piece: Piece) -> list[Piece]:
    """The piece as pieces of which each fits."""
    done = []
    rest = piece
    while not ONE.holds([rest]):
        at = _cut(rest)
        done.append(replace(rest, runs=_between(rest.runs, 0, at)))
        rest = _after(rest, at)
    return [*done, rest] if words(rest).strip() or not done else done


def _after(piece: Piece, at: int) -> Piece:
    """What follows the cut, without the blank it was made at. An item has its mark only once."""
    text = words(piece)
    blank = at < len(text) and text[at] in " \n"
    kind = "text" if piece.kind == "item" else piece.kind
    return replace(piece, kind=kind, runs=_between(piece.runs, at + blank, len(text)))


def _cut(piece: Piece) -> int:
    """Where the first part that fits ends; at least one letter is in it."""
    runs = _between(piece.runs, 0, ONE.text + 1)
    text = "".join(run.text for run in runs)

    def too_much(at: int) -> bool:
        return not ONE.holds([replace(piece, runs=_between(runs, 0, at))])

    most = max(bisect_right(range(len(text)), False, key=too_much) - 1, 1)
    links = _links(piece.runs)
    for pause in _PAUSES[:-1]:
        at = _last(text, pause, links=links, least=most // 2, most=most)
        if at:
            return at
    before = next((start for start, end in links if start < most < end), most)
    return _last(text, " ", links=links, least=1, most=most) or _inside(text, before or most)


def _last(
    text: str, pause: str, *, links: Sequence[tuple[int, int]], least: int, most: int
) -> int | None:
    """The last place of that pause which is in no link: before its blank."""
    at = most + 1
    while True:
        at = text.rfind(pause[-1], least, at)
        if at < 1:
            return None
        if text[: at + 1].endswith(pause) and not any(start < at < end for start, end in links):
            return at


def _inside(text: str, most: int) -> int:
    """A word, or the words of a link, longer than a piece: cut at a blank, or between letters."""
    blank = text.rfind(" ", 1, most)
    if blank > 0:
        return blank
    at = most
    while at > max(most - 40, 1) and _belongs(text, at):
        at -= 1
    return at


def _belongs(text: str, at: int) -> bool:
    """Whether the letter there is one with the letter before it."""
    return text[at] in _JOINED or text[at - 1] == "\u200d" or unicodedata.combining(text[at]) > 0


def _links(runs: Sequence[Run]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start, url = 0, ""
    for run in runs:
        end = start + len(run.text)
        if run.url and run.url == url and found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif run.url:
            found.append((start, end))
        start, url = end, run.url
    return found


def _between(runs: Sequence[Run], first: int, last: int) -> tuple[Run, ...]:
    """The runs of the letters from `first` up to `last`."""
    found = []
    start = 0
    for run in runs:
        if start >= last:
            break
        text = run.text[max(first - start, 0) : max(last - start, 0)]
        if text:
            found.append(replace(run, text=text))
        start += len(run.text)
    return tuple(found)
