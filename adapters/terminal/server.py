"""The chat server of the terminal: rooms, who is in them, what was said; kept in a folder.

It holds what a Slack or a Matrix would hold, so it is apart from what the bot keeps. Everything
that happens is one line of `transcript.jsonl`, written once per key: a person's act has the number
of its instruction, the bot's the token of its parcel. Reading the file again rebuilds the server,
so a kill at any moment loses nothing and doubles nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

GENERAL = "general"


@dataclass(slots=True)
class Message:
    """A message as it stands now. `n` is its first line, `lines` every line it was shown on."""

    n: int
    place: str
    by: str
    thread: int | None
    text: str
    buttons: list[dict[str, Any]]
    lines: list[int]
    removed: bool = False
    kind: str | None = None
    reactions: set[tuple[str, str]] = field(default_factory=set)

    @property
    def newest(self) -> int:
        """The line that shows it as it is now."""
        return self.lines[-1]


@dataclass(slots=True)
class Server:
    """Rooms, accounts and messages, rebuilt from `folder`; `show` hears every new line."""

    folder: Path
    show: Callable[[dict[str, Any]], None] = lambda _line: None
    happenings: list[dict[str, Any]] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    by_line: dict[int, int] = field(default_factory=dict)
    offered: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    rooms: dict[str, set[str]] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)
    accounts: list[str] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    last: int = 0
    size: int = 0
    """Bytes of the whole lines that `read` found."""

    @classmethod
    def open(cls, folder: Path) -> Server:
        """The server of this folder, as far as it got. A line cut short by a kill never was."""
        (folder / "platform").mkdir(parents=True, exist_ok=True)
        server = cls.read(folder)
        if server.path.exists() and server.path.stat().st_size != server.size:
            with server.path.open("r+b") as file:
                file.truncate(server.size)
        return server

    @classmethod
    def read(cls, folder: Path) -> Server:
        """The same for a reader: nothing in the folder is touched."""
        server = cls(folder)
        if server.path.exists():
            whole = server.path.read_bytes()
            server.size = whole.rfind(b"\n") + 1
            for line in whole[: server.size].split(b"\n")[:-1]:
                server._take(json.loads(line.decode("utf-8", "surrogatepass")))
        return server

    @property
    def path(self) -> Path:
        """The file of everything that happened."""
        return self.folder / "platform" / "transcript.jsonl"

    def lines(self) -> Iterator[dict[str, Any]]:
        """Every line a reader of the transcript sees, in order."""
        for happening in self.happenings:
            if happening["what"] in ("say", "edit", "remove"):
                yield public_line(happening)

    def happen(self, key: str, what: str, at: datetime, **details: Any) -> dict[str, Any]:
        """Notes something, once per key: repeated, it gives back what was noted."""
        if key in self.keys:
            return self.happenings[self.keys[key]]
        happening = {"what": what, "key": key, "at": at.isoformat(), **details}
        if what in ("say", "edit", "remove"):
            happening["n"] = self.last + 1
        data = (json.dumps(happening, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # One write, so that a kill leaves a whole line or a cut one, never two mixed.
            os.write(descriptor, data)
        finally:
            os.close(descriptor)
        self._take(happening)
        if "n" in happening:
            self.show(public_line(happening))
        return happening

    def _take(self, happening: dict[str, Any]) -> None:
        self.keys[happening["key"]] = len(self.happenings)
        self.happenings.append(happening)
        match happening["what"]:
            case "say":
                self._said(happening)
            case "edit":
                self._edited(happening)
            case "remove":
                message = self.messages[happening["message"]]
                message.removed = True
                self._line(happening["n"], message)
            case "react":
                mark = (happening["by"], happening["emoji"])
                self.messages[happening["message"]].reactions.add(mark)
            case "unreact":
                mark = (happening["by"], happening["emoji"])
                self.messages[happening["message"]].reactions.discard(mark)
            case "join":
                self._account(happening["by"])
                self.rooms.setdefault(happening["room"], set()).add(happening["by"])
            case "leave" | "expel":
                self.rooms.get(happening["room"], set()).discard(happening["by"])
            case "account":
                self._account(happening["by"])
            case "room":
                self.rooms.setdefault(happening["room"], set())
            case "visibility":
                (self.public.add if happening["public"] else self.public.discard)(happening["room"])

    def _said(self, happening: dict[str, Any]) -> None:
        n = happening["n"]
        message = Message(
            n=n,
            place=happening["place"],
            by=happening["by"],
            thread=happening.get("thread"),
            text=happening["text"],
            buttons=happening.get("buttons", []),
            lines=[],
            kind=happening.get("kind"),
        )
        self.messages[n] = message
        self.offered[n] = message.buttons
        self._line(n, message)

    def _edited(self, happening: dict[str, Any]) -> None:
        message = self.messages[happening["message"]]
        message.text = happening["text"]
        message.buttons = self.offered[happening["n"]] = happening.get("buttons", [])
        self._line(happening["n"], message)

    def _line(self, n: int, message: Message) -> None:
        message.lines.append(n)
        self.by_line[n] = message.n
        self.last = n

    def _account(self, name: str) -> None:
        if name not in self.accounts:
            self.accounts.append(name)

    def sees(self, name: str, place: str) -> bool:
        """Whether this account can read that place."""
        if place.startswith("dm:"):
            return place == f"dm:{name}"
        return name in self.rooms.get(place, set())

    def visible(self, name: str, place: str | None = None) -> list[Message]:
        """What this account sees, newest last, without what was removed."""
        return [message for message in self.standing(place) if self.sees(name, message.place)]

    def standing(self, place: str | None = None) -> list[Message]:
        """What stands in a place, or anywhere, newest last: an edit makes a message new."""
        found = (
            message
            for message in self.messages.values()
            if not message.removed and place in (None, message.place)
        )
        return sorted(found, key=lambda message: message.newest)

    def message_at(self, n: int) -> Message | None:
        """The message that line `n` shows."""
        return self.messages.get(self.by_line.get(n, 0))

    def buttons_on(self, n: int) -> list[dict[str, Any]]:
        """The buttons of that very line, also when it was replaced since."""
        return self.offered.get(n, [])

    def root(self, message: Message) -> int:
        """The root of the thread in which a reply to this message stands."""
        return message.thread or message.n


def public_line(happening: dict[str, Any]) -> dict[str, Any]:
    """A happening as a reader of the JSON lines sees it (contracts §4)."""
    return {
        "n": happening["n"],
        "at": happening["at"],
        "place": happening["place"],
        "thread": happening.get("thread"),
        "by": happening["by"],
        "text": happening["text"],
        "buttons": [button["label"] for button in happening.get("buttons", [])],
        "files": happening.get("files", []),
        "edits": happening.get("edits"),
        "removes": happening.get("removes"),
        "kind": happening.get("kind"),
        "started_by": happening.get("started_by"),
        "form": happening.get("form"),
    }
