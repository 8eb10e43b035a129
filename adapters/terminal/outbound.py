"""From a parcel to what the terminal's server is told. Pure."""

from __future__ import annotations

from typing import Any

from adapters.terminal.inbound import BOT
from bot.events import Place
from bot.messages import Parcel


def name_of(place: Place) -> str:
    """`general`, or `dm:marie`."""
    return f"dm:{place.id}" if place.dm else place.id


def said(parcel: Parcel, files: list[dict[str, str]]) -> dict[str, Any]:
    """The details of a message."""
    body = parcel.body
    return {
        "place": name_of(parcel.place),
        "by": BOT,
        "text": body.get("text", ""),
        "thread": int(parcel.thread) if parcel.thread else None,
        "buttons": list(body.get("buttons", [])),
        "files": files,
        "kind": body.get("kind"),
        "started_by": body.get("started_by"),
        "form": body.get("form"),
    }


def edited(parcel: Parcel, replaced: int, thread: int | None) -> dict[str, Any]:
    """The details of an edit: the same message again, and the line it replaces."""
    body = parcel.body
    return {
        "place": name_of(parcel.place),
        "by": BOT,
        "text": body.get("text", ""),
        "thread": thread,
        "buttons": list(body.get("buttons", [])),
        "files": [],
        "kind": body.get("kind"),
        "started_by": body.get("started_by"),
        "form": body.get("form"),
        "message": int(parcel.target or 0),
        "edits": replaced,
    }


def removed(parcel: Parcel, line: int, *, thread: int | None, kind: str | None) -> dict[str, Any]:
    """The details of a deletion: an empty text, and the line it takes back."""
    return {
        "place": name_of(parcel.place),
        "by": BOT,
        "text": "",
        "thread": thread,
        "buttons": [],
        "files": [],
        "kind": kind,
        "started_by": None,
        "form": None,
        "message": int(parcel.target or 0),
        "removes": line,
    }
