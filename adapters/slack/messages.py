"""From a message, live or in the history, to what was said, changed or taken back. Pure.

The same message has the same ids wherever it comes from, so that what was heard is not heard again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack.places import Ours, account, by_program, channel, is_person, is_private, place
from adapters.slack.raw import identifier, instant, items, mapping, stamp, string
from adapters.slack.words import NameOf, meant, plain, unknown
from bot.events import Deleted, Edited, Event, Said, SpaceChanged
from bot.markup import clean_name

WRITTEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of what a person wrote."""
CONVERTED = {
    "channel_convert_to_private": "private",
    "channel_convert_to_public": "public",
}
"""Subtypes that say that a channel was opened or closed; no event of its own does [PV-4]."""


def written(
    message: Mapping[str, Any], channel_id: str, ours: Ours, *, name_of: NameOf = unknown
) -> list[Event]:
    """What a message of `conversations.history` or `.replies` is: what was said, and if edited.

    The ids are those of the live events, so that what was heard is not heard again.
    """
    found = event_of(message, identifier(channel_id), ours, name_of=name_of)
    if not isinstance(found, Said):
        return [found] if isinstance(found, SpaceChanged) else []
    edited = _edit(message, identifier(channel_id), ours, name_of)
    return [found, edited] if edited else [found]


def event_of(
    event: Mapping[str, Any], channel_id: str, ours: Ours, *, name_of: NameOf = unknown
) -> Said | Edited | Deleted | SpaceChanged | None:
    """What a message event, or a message of the history, is for the bot."""
    event = mapping(event)
    subtype = string(event.get("subtype"))
    number = stamp(event.get("ts"))
    if not channel_id or not number:
        return None
    if subtype in CONVERTED and not is_private(channel_id):
        return SpaceChanged(
            id=f"{channel_id}:{number}",
            at=instant(number),
            place=channel(channel_id),
            change=CONVERTED[subtype],
        )
    if subtype == "message_changed":
        return _change(event, channel_id, ours, name_of)
    if subtype == "message_deleted":
        before = mapping(event.get("previous_message"))
        gone = stamp(event.get("deleted_ts")) or stamp(before.get("ts"))
        return _deleted(before, gone, channel_id, ours, name_of, at=number)
    user = identifier(event.get("user"))
    if subtype not in WRITTEN or by_program(event) or not is_person(user, ours):
        return None
    raw = string(event.get("text"))
    bare = meant(raw, bot_user=ours.bot_user, command=ours.command, name_of=name_of)
    return Said(
        id=f"{channel_id}:{number}",
        at=instant(number),
        place=place(channel_id, user),
        by=account(user),
        name=shown(user, name_of),
        text=plain(raw, name_of) if bare is None else bare,
        message=number,
        thread=_thread(event, number),
        addressed=bare is not None,
        has_file=subtype == "file_share" or bool(items(event.get("files"))),
    )


def shown(user: str, name_of: NameOf) -> str:
    """The name of somebody as it may be shown, "" when it is not known."""
    return clean_name(name_of(user)) or ""


def _thread(message: Mapping[str, Any], own: str) -> str | None:
    # The root of a thread names itself.
    root = stamp(message.get("thread_ts"))
    return root if root and root != own else None


def _change(
    event: Mapping[str, Any], channel_id: str, ours: Ours, name_of: NameOf
) -> Edited | Deleted | None:
    now, before = mapping(event.get("message")), mapping(event.get("previous_message"))
    if now.get("subtype") == "tombstone":
        # A deleted message with replies stays as the root of its thread.
        gone = stamp(now.get("ts")) or stamp(before.get("ts"))
        at = stamp(event.get("ts")) or gone
        return _deleted(before, gone, channel_id, ours, name_of, at=at)
    if before and now.get("text") == before.get("text"):
        # Slack looked up an address, counted a reply, pinned: nobody changed a word.
        return None
    return _edit(now, channel_id, ours, name_of)


def _edit(
    message: Mapping[str, Any], channel_id: str, ours: Ours, name_of: NameOf
) -> Edited | None:
    user, number = identifier(message.get("user")), stamp(message.get("ts"))
    at = stamp(mapping(message.get("edited")).get("ts"))
    if not number or not at or by_program(message) or not is_person(user, ours):
        return None
    if string(message.get("subtype")) not in WRITTEN:
        return None
    return Edited(
        id=f"{channel_id}:{number}:edited:{at}",
        at=instant(at),
        place=place(channel_id, user),
        by=account(user),
        name=shown(user, name_of),
        message=number,
        text=plain(string(message.get("text")), name_of),
    )


def _deleted(
    before: Mapping[str, Any],
    number: str,
    channel_id: str,
    ours: Ours,
    name_of: NameOf,
    *,
    at: str,
) -> Deleted | None:
    user = identifier(before.get("user"))
    if not number or by_program(before) or not is_person(user, ours):
        return None
    if string(before.get("subtype")) not in WRITTEN:
        return None
    return Deleted(
        id=f"{channel_id}:{number}:deleted",
        at=instant(at),
        place=place(channel_id, user),
        by=account(user),
        name=shown(user, name_of),
        message=number,
    )
