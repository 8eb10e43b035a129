"""What a person sees of a room: from its events, edits and deletions applied, to lines. Pure.

It reads events as Element does, so that a test asserts what stands before somebody's eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

POLL_START = ("org.matrix.msc3381.poll.start", "m.poll.start")
POLL_RESPONSE = ("org.matrix.msc3381.poll.response", "m.poll.response")
POLL_END = ("org.matrix.msc3381.poll.end", "m.poll.end")
_TEXT = ("org.matrix.msc1767.text", "m.text")

Raw = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Line:
    """One message as it stands now. `thread` is the root's id, `quotes` the message replied to.

    `reactions` maps each sign to who put it; `votes` each voter to the ids of their answers.
    `readable` is False where the client has no key.
    """

    id: str
    sender: str
    at: int
    kind: str
    content: Raw
    first: Raw
    """The content before any edit."""
    edited: bool = False
    readable: bool = True
    ended: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    votes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The plain body; the question of a poll."""
        if self.options:
            return _plain(_any(_any(self.content, POLL_START), ("question",)))
        return str(self.content.get("body", ""))

    @property
    def html(self) -> str:
        """The formatted body, or ""."""
        return str(self.content.get("formatted_body", ""))

    @property
    def thread(self) -> str | None:
        """The root of the thread it stands in."""
        relation = self.first.get("m.relates_to") or {}
        return relation["event_id"] if relation.get("rel_type") == "m.thread" else None

    @property
    def quotes(self) -> str | None:
        """The message it answers by quoting; a thread's own fallback is none."""
        relation = self.first.get("m.relates_to") or {}
        answered = (relation.get("m.in_reply_to") or {}).get("event_id")
        return None if self.thread and relation.get("is_falling_back") else answered

    @property
    def mentions(self) -> list[str]:
        """Whom it calls."""
        return list((self.content.get("m.mentions") or {}).get("user_ids", []))

    @property
    def file(self) -> str | None:
        """The name of the attached file."""
        if self.content.get("msgtype") not in ("m.file", "m.image"):
            return None
        return str(self.content.get("filename", self.content.get("body")))

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers of a poll: id and label."""
        answers = _any(self.content, POLL_START).get("answers", [])
        return [(str(each["id"]), _plain(each)) for each in answers]


def lines(events: Iterable[Raw]) -> list[Line]:
    """The messages of a room in its order, as they stand after all these events."""
    found: dict[str, Line] = {}
    acts: dict[str, Raw] = {}
    for event in events:
        content = event.get("content") or {}
        relation = content.get("m.relates_to") or {}
        match event["type"]:
            case "m.room.redaction":
                gone = str(event.get("redacts") or content.get("redacts"))
                found.pop(gone, None)
                acts.pop(gone, None)
            case "m.room.message" if relation.get("rel_type") != "m.replace":
                _add(found, event)
            case "m.room.encrypted":
                _add(found, event)
            case kind if kind in POLL_START:
                _add(found, event)
            case _:
                acts[event["event_id"]] = event
    for event in acts.values():
        _apply(found, event)
    return list(found.values())


def _add(found: dict[str, Line], event: Raw) -> None:
    content = event.get("content") or {}
    if not content:
        return  # redacted before it was read
    found[event["event_id"]] = Line(
        id=event["event_id"],
        sender=event["sender"],
        at=int(event["origin_server_ts"]),
        kind=event["type"],
        content=content,
        first=content,
        readable=event["type"] != "m.room.encrypted",
    )


def _apply(found: dict[str, Line], event: Raw) -> None:
    """An edit, a reaction, a vote: it changes how another message looks."""
    content = event.get("content") or {}
    relation = content.get("m.relates_to") or {}
    line, sender = found.get(str(relation.get("event_id"))), str(event["sender"])
    if line is None:
        return
    match event["type"]:
        case "m.room.message" if sender == line.sender and "m.new_content" in content:
            line.content, line.edited = content["m.new_content"], True
        case "m.reaction":
            line.reactions.setdefault(str(relation["key"]), []).append(sender)
        case kind if kind in POLL_RESPONSE and not line.ended:
            answers = _any(content, POLL_RESPONSE).get("answers", [])
            line.votes[sender] = tuple(answers)
        case kind if kind in POLL_END and sender == line.sender:
            line.ended = True


def _any(content: Raw, names: Iterable[str]) -> Raw:
    """What stands under the first of these names."""
    return next((content[name] for name in names if name in content), {})


def _plain(block: Raw) -> str:
    """The text of an extensible event, in the unstable or the stable form."""
    for name in _TEXT:
        match block.get(name):
            case str(text):
                return text
            case [{"body": str(text)}, *_]:
                return text
    return str(block.get("body", ""))
