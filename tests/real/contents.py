"""What an Element-like client puts into its events. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

ENCRYPTION = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


def text_of(text: str) -> dict[str, Any]:
    """The content of a message that is only text."""
    return {"msgtype": "m.text", "body": text, "m.mentions": {}}


def plain(text: str) -> str:
    """A text with ordinary spaces and apostrophes, to compare by eye."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def calling(text: str, mention: str) -> dict[str, Any]:
    """A message that begins with somebody's pill."""
    pill = f'<a href="https://matrix.to/#/{mention}">{escape(mention)}</a>'
    return {
        **text_of(f"{mention}: {text}"),
        "format": "org.matrix.custom.html",
        "formatted_body": f"{pill}: {escape(text)}",
        "m.mentions": {"user_ids": [mention]},
    }


def quoting(event: Mapping[str, Any], room: str, text: str) -> dict[str, Any]:
    """A reply that repeats what it answers, as Element wrote it until 2025."""
    sender, body = event["sender"], str(event["content"].get("body", ""))
    first, *others = body.split("\n")
    quoted = "\n".join([f"> <{sender}> {first}", *(f"> {other}" for other in others)])
    return {
        **text_of(f"{quoted}\n\n{text}"),
        "format": "org.matrix.custom.html",
        "formatted_body": (
            "<mx-reply><blockquote>"
            f'<a href="https://matrix.to/#/{room}/{event["event_id"]}">In reply to</a> '
            f'<a href="https://matrix.to/#/{sender}">{sender}</a><br>{escape(body)}'
            f"</blockquote></mx-reply>{escape(text)}"
        ),
    }
