"""A long message in pieces that a homeserver accepts, cut where a reader would pause.

A whole event has at most 65 536 bytes (spec.matrix.org, « Size limits »), and encryption makes
four bytes of three.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from adapters.matrix.html import html_of, text_of
from bot.markup import Node

LIMIT = 40_000
"""Bytes of JSON of one content: encrypted and signed, that is still an event."""
OVERHEAD = 2_000
"""Bytes that everything but the words may take: relations, the token, mentions."""


def size(content: object) -> int:
    """Bytes of JSON as nio writes it before it encrypts: every letter beyond ASCII is escaped."""
    return len(json.dumps(content, separators=(",", ":")))


def parts(blocks: Sequence[Node], room: int) -> list[Node]:
    """The blocks of a message as documents of at most `room` bytes each, in order.

    They end at a paragraph where possible, else at a line, an item, a word, a letter.
    """
    found: list[Node] = []
    taken: list[Node] = []
    used = 0
    waiting = deque(blocks)
    while waiting:
        block = waiting.popleft()
        cost = weight(block)
        if cost > room:
            halves = _halves(block)
            if halves is not None:
                waiting.extendleft(reversed(halves))
                continue
        if taken and used + cost > room:
            found.append(Node("document", tuple(taken)))
            taken, used = [], 0
        taken.append(block)
        used += cost
    if taken or not found:
        found.append(Node("document", tuple(taken)))
    return found


def weight(block: Node) -> int:
    """Bytes of a block in both its forms; the HTML is counted even where it can be left out."""
    document = Node("document", (block,))
    # Two line ends in the text, and a tag of a paragraph that stands alone without it.
    return size(text_of(document)) + size(html_of(document) or text_of(document)) + 20


def _halves(node: Node) -> tuple[Node, Node] | None:
    """The node in two, cut near its middle. None when there is nothing to cut."""
    if node.text:
        return _halved_text(node)
    if len(node.children) == 1:
        inner = _halves(node.children[0])
        if inner is None:
            return None
        return replace(node, children=inner[:1]), replace(node, children=inner[1:])
    if not node.children:
        return None
    at = _cut(node)
    first, second = node.children[:at], tuple(_without_break(node.children[at:]))
    if not second:
        return replace(node, children=first), replace(node, children=node.children[at - 1 : at])
    start = None if node.start is None else node.start + at
    return replace(node, children=first), replace(node, children=second, start=start)


def _cut(node: Node) -> int:
    """Where its children part: at the line break nearest to the middle, when it has one."""
    middle = len(node.children) / 2
    breaks = [at for at, child in enumerate(node.children) if child.kind == "break" and at > 0]
    return min(breaks or range(1, len(node.children)), key=lambda at: abs(at - middle))


def _without_break(children: Sequence[Node]) -> Iterator[Node]:
    yield from children[1:] if children[0].kind == "break" else children


def _halved_text(node: Node) -> tuple[Node, Node] | None:
    text = node.text
    if len(text) < 2:
        return None
    middle = len(text) // 2
    blank = "\n" if node.kind == "code_block" else " "
    before, after = text.rfind(blank, 1, middle), text.find(blank, middle, len(text) - 1)
    blanks = [at for at in (before, after) if at > 0]
    if blanks:
        at = min(blanks, key=lambda each: abs(each - middle))
        return replace(node, text=text[:at]), replace(node, text=text[at + 1 :])
    return replace(node, text=text[:middle]), replace(node, text=text[middle:])
