"""What Slack makes of what a person types: escaped text with mentions, and a rich_text block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.slack.server.state import Json
from tests.slack.server.workspace import Workspace

_TOKEN = re.compile(r"(?P<url>https?://[^\s<>]+)|@(?P<at>[\w.-]+)|#(?P<hash>[\w-]+)")
_BROADCASTS = ("channel", "here", "everyone")


@dataclass(frozen=True, slots=True)
class Typed:
    text: str
    blocks: list[Json]


def typed(workspace: Workspace, line: str) -> Typed:
    """The message that stands once a person sent this line."""
    text, elements, end = "", [], 0
    for match in _TOKEN.finditer(line):
        found = _special(workspace, match)
        if found is None:
            continue
        plain = line[end : match.start()]
        if plain:
            elements.append({"type": "text", "text": plain})
        elements.append(found[1])
        text += _escaped(plain) + found[0]
        end = match.end()
    if rest := line[end:]:
        elements.append({"type": "text", "text": rest})
    section = {"type": "rich_text_section", "elements": elements}
    block = {"type": "rich_text", "block_id": workspace.new_id("b"), "elements": [section]}
    return Typed(text + _escaped(rest), [block])


def _special(workspace: Workspace, match: re.Match[str]) -> tuple[str, Json] | None:
    if url := match["url"]:
        return f"<{_escaped(url)}>", {"type": "link", "url": url}
    if name := match["hash"]:
        for channel in workspace.channels.values():
            if channel.name == name:
                return f"<#{channel.id}|{name}>", {"type": "channel", "channel_id": channel.id}
        return None
    name = match["at"]
    if name in _BROADCASTS:
        return f"<!{name}>", {"type": "broadcast", "range": name}
    for user in workspace.users.values():
        if user.name == name:
            return f"<@{user.id}>", {"type": "user", "user_id": user.id}
    return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
