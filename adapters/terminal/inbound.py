"""From what happened on the terminal's server to an event of the core. Pure; None: not for us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.events import (
    Account,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Place,
    Pressed,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from bot.parsing import addressed

PLATFORM = "terminal"
BOT = "copain"


def account(name: str) -> Account:
    """The account of that name."""
    return Account(PLATFORM, "", name)


def place(name: str) -> Place:
    """`general`, or `dm:marie`."""
    if name.startswith("dm:"):
        return account(name[3:]).dm
    return Place(PLATFORM, "", name)


def event_of(happening: dict[str, Any], command: str) -> Event | None:
    """The event this happening is for the bot; `command` is the word after `/`, `!` and `@`."""
    what, by = happening["what"], happening.get("by", "")
    if by == BOT and what != "join":
        return None
    at = datetime.fromisoformat(happening["at"]).astimezone(UTC)
    key = f"{happening['key']}"
    match what:
        case "say":
            return _said(happening, key, at, command)
        case "edit":
            return Edited(
                id=key,
                at=at,
                place=place(happening["place"]),
                by=account(by),
                name=by,
                message=str(happening["message"]),
                text=happening["text"],
            )
        case "remove":
            return Deleted(
                id=key,
                at=at,
                place=place(happening["place"]),
                by=account(by),
                name=by,
                message=str(happening["message"]),
            )
        case "press":
            return Pressed(
                id=key,
                at=at,
                place=place(happening["place"]),
                by=account(by),
                name=by,
                message=str(happening["message"]),
                action=happening["action"],
            )
        case "react" | "unreact":
            kind = Reacted if what == "react" else Unreacted
            return kind(
                id=key,
                at=at,
                place=place(happening["place"]),
                by=account(by),
                name=by,
                message=str(happening["message"]),
                key=happening["emoji"],
            )
        case "join":
            return Joined(id=key, at=at, place=place(happening["room"]), by=account(by), name=by)
        case "leave":
            return Left(
                id=key,
                at=at,
                place=place(happening["room"]),
                by=account(by),
                name=by,
                everywhere=happening["everywhere"],
            )
        case "visibility":
            return SpaceChanged(
                id=key,
                at=at,
                place=place(happening["room"]),
                change="public" if happening["public"] else "private",
            )
        case _:
            return None


def _said(happening: dict[str, Any], key: str, at: datetime, command: str) -> Said:
    text = happening["text"]
    bare = addressed(text, command)
    thread = happening.get("thread")
    return Said(
        id=key,
        at=at,
        place=place(happening["place"]),
        by=account(happening["by"]),
        name=happening["by"],
        text=text if bare is None else bare,
        addressed=bare is not None,
        message=str(happening["n"]),
        thread=str(thread) if thread else None,
    )
