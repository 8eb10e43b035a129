"""Events as Element and Synapse make them, and where the bot receives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.matrix.inbound import Where
from bot.events import Event

ROOM = "!tQDbPzXhYcJXUjLQWV:example.org"
ME = "@copain:example.org"
MARIE = "@marie:example.org"
SENT = 1_772_460_000_000
AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
ID = "$4Xb3gEXUpWm9pGqNZbGXwWs2m0pQ9Kq7pW1oXr1vZ0E"
ROOT = "$0wN5p3tJ4x0R0G5mBq1K7Zy8uTjvPq2oS6dEeHfLrMk"
OTHER = "$Zq8mHn2JYkP0cVwT4xRs6uBd1eFg3hLi5jKo7lMp9nQ"
PILL = f'<a href="https://matrix.to/#/{ME}">Copain</a>'
NAMES = {MARIE: "Marie Gagnon"}


def where(**known: Any) -> Where:
    """The room of a community, with what the adapter knows of it unless `known` says otherwise."""
    usual: dict[str, Any] = {
        "room": ROOM,
        "me": ME,
        "command": "copain",
        "instant": lambda stamp: datetime.fromtimestamp(stamp / 1000, UTC),
        "my_names": ("Copain",),
        "name_of": lambda user: NAMES.get(user, ""),
    }
    return Where(**usual | known)


def event(kind: str, content: Any, **rest: Any) -> dict[str, Any]:
    """An event of the timeline."""
    return {
        "type": kind,
        "sender": MARIE,
        "content": content,
        "event_id": ID,
        "origin_server_ts": SENT,
        "unsigned": {"age": 412, "membership": "join"},
    } | rest


def text(body: str, **rest: Any) -> dict[str, Any]:
    """The content of a message that Element sends today."""
    return {"msgtype": "m.text", "body": body, "m.mentions": {}} | rest


def old(body: str, **rest: Any) -> dict[str, Any]:
    """The content of a message from a client that does not know `m.mentions`."""
    return {"msgtype": "m.text", "body": body} | rest


def html(body: str) -> dict[str, str]:
    """What stands beside a body that has more than words."""
    return {"format": "org.matrix.custom.html", "formatted_body": body}


def to_me() -> dict[str, Any]:
    """The mentions of a message with the bot's pill."""
    return {"m.mentions": {"user_ids": [ME]}}


def reply_to(message: str) -> dict[str, Any]:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": message}}}


def in_thread(root: str, newest: str | None = None, *, fallback: bool = True) -> dict[str, Any]:
    relation: dict[str, Any] = {"rel_type": "m.thread", "event_id": root}
    if newest:
        relation |= {"m.in_reply_to": {"event_id": newest}, "is_falling_back": fallback}
    return {"m.relates_to": relation}


def replacing(target: str, new: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an edit: for old clients the new text behind a star, then the new content."""
    return {
        **new,
        "body": f"* {new['body']}",
        "m.new_content": dict(new),
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }


def vote(poll: str, *answers: str) -> dict[str, Any]:
    """A vote as Element sends it."""
    return event(
        "org.matrix.msc3381.poll.response",
        {
            "org.matrix.msc3381.poll.response": {"answers": list(answers)},
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
        },
    )


def state(kind: str, content: Any, before: Any = None, **rest: Any) -> dict[str, Any]:
    """A state event of the room, with the content it had before."""
    unsigned: dict[str, Any] = {"age": 88}
    if before is not None:
        unsigned |= {"prev_content": before, "replaces_state": OTHER, "prev_sender": MARIE}
    return event(kind, content, **{"state_key": "", "unsigned": unsigned} | rest)


def member(membership: str, before: str | None = None, **rest: Any) -> dict[str, Any]:
    """Marie's membership of the room changes."""
    shown = {"displayname": "Marie Gagnon", "avatar_url": None}
    then = None if before is None else {"membership": before, **shown}
    return state(
        "m.room.member", {"membership": membership, **shown}, then, **{"state_key": MARIE} | rest
    )


def fields(found: Event | None) -> dict[str, Any]:
    """The fields of an event by name."""
    assert found is not None
    return {name: getattr(found, name) for name in type(found).__dataclass_fields__}
