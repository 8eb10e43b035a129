"""From a parcel to the arguments of Slack's methods. Pure.

Shapes: docs.slack.dev, `chat.postMessage`, `chat.update`, « Block Kit ». Channel, thread and target
are added by whoever calls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.buttons import actions, labels
from adapters.slack.parts import BLOCKS, SIZE, Room, escaped, parts, size
from adapters.slack.rich import Block, Piece, Run, blocks, clipped, line, pieces
from adapters.slack.rich import said as in_words
from bot.markup import plain
from bot.messages import Parcel

EVENT_TYPE = "copain_message"
"""The type of our metadata; any app of a workspace may read it, so it holds the token alone."""
_FALLBACK = 3_900
_PROGRESS = 60
_NAME = 255
_OF = re.compile(r"of:(\d+\.\d+):\d+")

Arguments = dict[str, Any]


@dataclass(slots=True)
class _Message:
    """One message in the making: its text, and the blocks under it."""

    text: list[Piece] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)
    aside: str = ""


def said(parcel: Parcel) -> list[Arguments]:
    """The message, and what of its text did not fit into one; the buttons end the last.

    The first is the message that edits and presses mean; the others have `token-1`, `token-2`…
    """
    return [
        {
            **_shown(message, token, parcel.body),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": token}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        for message, token in _numbered(parcel)
    ]


def belonging(arguments: Arguments, message: str) -> Arguments:
    """One of the further messages, with buttons that are pressed as those of the first."""
    stamped = [
        {**block, "block_id": f"of:{message}:{number}"} if block["type"] == "actions" else block
        for number, block in enumerate(arguments["blocks"])
    ]
    return {**arguments, "blocks": stamped}


def meant(block_id: str) -> str | None:
    """The message whose button was pressed, when it is not the one that shows it."""
    found = _OF.fullmatch(block_id)
    return found[1] if found is not None else None


def edited(parcel: Parcel) -> Arguments:
    """The new text of a message; of one too long, the beginning, and the buttons that fit.

    Its metadata stay what they were: Slack keeps those that are not given.
    """
    first, *rest = _messages(parcel.body)
    if rest:
        first.text.append(Piece(kind="text", runs=(Run("…"),)))
        for block in (block for message in rest for block in message.below):
            if len(first.below) < BLOCKS // 2 and size([*first.below, block]) < SIZE // 2:
                first.below.append(block)
    # `chat.update` makes mentions of names unless it is told not to.
    return {**_shown(first, parcel.token, parcel.body), "parse": "none"}


def attached(parcel: Parcel, file: Mapping[str, Any], token: str) -> list[Block]:
    """What is written with a file: its name; and the token by which it is found again."""
    name = clipped(line(str(file.get("name", ""))), _NAME) or "…"
    return [{**_context(name), "block_id": token}]


def _numbered(parcel: Parcel) -> list[tuple[_Message, str]]:
    return [
        (message, f"{parcel.token}-{number}" if number else parcel.token)
        for number, message in enumerate(_messages(parcel.body))
    ]


def _messages(body: Mapping[str, Any]) -> list[_Message]:
    """Room for the buttons is kept in each part, so that they find it in the last."""
    text, aside = _apart(body)
    below = [_context(aside)] if aside else []
    below += actions(body.get("buttons") or ())
    if size(below) <= SIZE // 2 and len(below) <= BLOCKS // 2:
        found = [_Message(part) for part in parts(pieces(text), Room().without(below))]
        found[-1].below, found[-1].aside = below, aside
        return found
    found = [_Message(part) for part in parts(pieces(text), Room())]
    for block in below:
        if not found[-1].below or size([*found[-1].below, block]) > SIZE:
            found.append(_Message())
        found[-1].below.append(block)
    return found


def _shown(message: _Message, token: str, body: Mapping[str, Any]) -> Arguments:
    text = "\n\n".join(filter(None, (in_words(message.text), message.aside)))
    text = text or labels(body.get("buttons") or ()) or "…"
    shown = [*blocks(message.text), *message.below]
    if not shown:
        shown = blocks([Piece(kind="text", runs=(Run("…"),))])
    named = [{**shown[0], "block_id": token}, *shown[1:]]
    return {"text": escaped(clipped(text, _FALLBACK)), "blocks": named}


def _context(text: str) -> Block:
    element = {"type": "plain_text", "text": text, "emoji": False}
    return {"type": "context", "elements": [element]}


def _apart(body: Mapping[str, Any]) -> tuple[str, str]:
    """The text without the line that says how far a form is, and that line."""
    text = str(body.get("text") or "")
    form = body.get("form") or {}
    before, _, last = text.rpartition("\n")
    numbers = re.findall(r"\d+", last)
    if before and numbers == [str(form.get("step")), str(form.get("of"))]:
        words = line(plain(last))
        if len(words) <= _PROGRESS:
            return before, words
    return text, ""
