"""A person's own page of the bot: its parts one under the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.buttons import actions
from adapters.slack.parts import Room, parts, size
from adapters.slack.rich import Block, blocks, pieces

BLOCKS = 100
"""Blocks of a view (docs.slack.dev, « Views »)."""
SIZE = 100_000
"""Bytes of JSON of them: Slack refuses a view of 250 KB, by its own count (`view_too_large`)."""
CALLBACK = "home"


def view(found: Sequence[Mapping[str, Any]]) -> Block:
    """The page; of one too long, the parts that fit from the top."""
    given = [part for part in map(_part, found) if part]
    apart = sum(map(len, given)) + len(given) <= BLOCKS
    shown: list[Block] = []
    for part in given:
        more = [{"type": "divider"}, *part] if apart and shown else part
        if len(shown) + len(more) > BLOCKS or size([*shown, *more]) > SIZE:
            break
        shown += more
    # A view has at least one block, also one that says nothing.
    shown = shown or [{"type": "divider"}]
    numbered = [_unique(block, number) for number, block in enumerate(shown)]
    return {"type": "home", "callback_id": CALLBACK, "blocks": numbered}


def _part(part: Mapping[str, Any]) -> list[Block]:
    text = pieces(str(part.get("text") or ""))
    # A page has no second message that goes on with a text: it gets as much as one would hold.
    first, *rest = parts(text, Room())
    more = pieces("…") if rest else []
    return [*blocks([*first, *more]), *actions(part.get("buttons") or ())]


def _unique(block: Block, number: int) -> Block:
    """Buttons of the same action in two parts are told apart by their block."""
    return {**block, "block_id": f"home-{number}"} if block["type"] == "actions" else block
