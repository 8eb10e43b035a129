"""A message of the bot in Slack, read back as our Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.slack.server.state import Json, Message

_MARKS = {"bold": "**", "italic": "*", "strike": "~~", "code": "`"}


def shown(message: Message) -> str:
    """The words of its blocks, paragraphs apart, marks as we write them; buttons left out."""
    return "\n\n".join(filter(None, map(_block, message.blocks)))


def _block(block: Json) -> str:
    match block["type"]:
        case "rich_text":
            return "\n\n".join("".join(_words(each)) for each in block["elements"])
        case "header":
            return f"# {block['text']['text']}"
        case "context":
            return " ".join(str(each.get("text", "")) for each in block["elements"])
        case "section":
            return str(block["text"]["text"])
    return ""


def _words(node: Json) -> Iterator[str]:
    for each in node["elements"]:
        if "elements" in each:
            yield from _words(each)
        else:
            yield _marked(each)


def _marked(element: Json) -> str:
    text: str = element.get("text") or element.get("url") or element.get("fallback", "")
    styles: dict[str, Any] = element.get("style", {})
    for style, mark in _MARKS.items():
        if styles.get(style):
            text = f"{mark}{text}{mark}"
    return f"[{text}]({element['url']})" if element.get("type") == "link" else text
