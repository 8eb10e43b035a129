"""What a workspace remembers: users, channels, messages, views and files, as Slack keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

_MENTIONED = re.compile(r"<(@[UW][A-Z0-9]+|![a-z]+)(?:\|[^>]*)?>")


@dataclass(slots=True)
class User:
    """One account; `team` is another workspace's for a person of a shared channel."""

    id: str
    name: str
    real_name: str
    team: str
    tz: str = "America/Toronto"
    locale: str = "fr-FR"
    is_bot: bool = False
    is_admin: bool = False
    guest: bool = False
    deleted: bool = False
    updated: int = 0
    title: str = ""


@dataclass(slots=True)
class Message:
    """One message that stands; `body` holds what Slack shows of it whatever its kind."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    subtype: str = ""
    broadcast: bool = False
    bot: Json | None = None
    metadata: Json | None = None
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str = ""
    team: str = ""
    ephemeral_to: str = ""
    sent_at: datetime | None = None

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts

    @property
    def buttons(self) -> list[str]:
        """The labels a person could press, in reading order."""
        return [shown_label(e) for e in elements_of(self.blocks) if e.get("type") == "button"]

    @property
    def read(self) -> str:
        """The whole of it as a person reads it: the blocks when there are, else the text."""
        return "\n".join(readable(self.blocks)) if self.blocks else self.text

    @property
    def calls_for(self) -> list[str]:
        """Whom the message notifies: user ids, "here", "channel", "everyone" (spec SE-2)."""
        found = [m.group(1).lstrip("@!") for m in _MENTIONED.finditer(self._live_text())]
        for node in _nodes(self.blocks):
            if node.get("type") == "user" and "user_id" in node:
                found.append(str(node["user_id"]))
            elif node.get("type") == "broadcast":
                found.append(str(node["range"]))
        return list(dict.fromkeys(found))

    def _live_text(self) -> str:
        # The fallback text is parsed for mentions only when no block replaces it.
        if not self.blocks:
            return self.text
        return " ".join(str(n["text"]) for n in _nodes(self.blocks) if n.get("type") == "mrkdwn")


@dataclass(slots=True)
class Channel:
    """A conversation of any kind; `kind` is channel, group, im or mpim as in `channel_type`."""

    id: str
    name: str
    kind: str
    created: int
    creator: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    archived: bool = False
    shared: bool = False
    with_user: str = ""
    previous_names: list[str] = field(default_factory=list)

    @property
    def shown_name(self) -> str:
        """What slash commands and actions call it."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)

    def add(self, message: Message) -> None:
        self.messages[message.ts] = message
        if message.is_reply:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)

    def drop(self, message: Message) -> None:
        del self.messages[message.ts]
        if message.is_reply:
            self.threads[message.thread_ts].remove(message.ts)

    def replies(self, ts: str) -> list[Message]:
        """The replies to a root, oldest first."""
        return [self.messages[each] for each in self.threads.get(ts, [])]

    def standing(self) -> list[Message]:
        """What the channel itself shows, oldest first: replies only when broadcast."""
        return [m for m in self.messages.values() if not m.is_reply or m.broadcast]


@dataclass(slots=True)
class View:
    """A modal or an App Home tab, with what its person has typed and the errors beside fields."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str = ""
    typed: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def buttons(self) -> list[str]:
        return [shown_label(e) for e in elements_of(self.blocks) if e.get("type") == "button"]

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in reading order."""
        return [str(b["label"]["text"]) for b in self.blocks if b["type"] == "input"]

    @property
    def read(self) -> str:
        return "\n".join(readable(self.blocks))


@dataclass(slots=True)
class Upload:
    """A file on its way: asked for, received, then shared by completeUploadExternal."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    complete: bool = False


def elements_of(blocks: list[Json]) -> Iterator[Json]:
    """Every interactive element of blocks, with the id of its block under "block_id"."""
    for block in blocks:
        inside = list(block.get("elements", [])) if block["type"] == "actions" else []
        inside += [block[name] for name in ("accessory", "element") if name in block]
        for element in inside:
            if "action_id" in element:
                yield {**element, "block_id": block.get("block_id", "")}


def shown_label(element: Json) -> str:
    """What a button or an option says."""
    return str(element.get("text", {}).get("text", ""))


def readable(blocks: list[Json]) -> list[str]:
    """The lines a person reads in blocks, without the looks."""
    return [line for block in blocks if (line := _line(block))]


def _line(node: Any) -> str:
    if isinstance(node, list):
        return " ".join(filter(None, map(_line, node)))
    if not isinstance(node, dict):
        return ""
    match node.get("type"):
        case "user":
            return f"<@{node['user_id']}>"
        case "broadcast":
            return f"<!{node['range']}>"
        case "emoji":
            return f":{node['name']}:"
        case "link":
            return str(node.get("text") or node["url"])
        case "date":
            return str(node.get("fallback", ""))
        case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
            return "".join(_line(part) for part in node["elements"])
        case "rich_text" | "rich_text_list":
            return "\n".join(_line(part) for part in node["elements"])
        case "image":
            return str(node.get("alt_text", ""))
    if isinstance(node.get("text"), str):
        return str(node["text"])
    names = ("label", "text", "fields", "elements", "accessory", "element", "hint")
    return " ".join(filter(None, (_line(node[name]) for name in names if name in node)))


def _nodes(node: Any) -> Iterator[Json]:
    if isinstance(node, list):
        for part in node:
            yield from _nodes(part)
    elif isinstance(node, dict):
        yield node
        for part in node.values():
            yield from _nodes(part)
