"""From a payload of Slack to an event of the core. Pure; None: not for us.

Here stands what happened in the workspace (Events API); `messages` has what was written, which the
history tells too, and `acts` what people do with the bot's own things. Fields may be missing or of
another shape: nothing here raises, whatever the JSON. Source of the fields: Slack's pages "Events".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adapters.slack.acts import closed, commanded, filled, picked, pressed
from adapters.slack.emoji import sign
from adapters.slack.messages import event_of, shown, written
from adapters.slack.names import called
from adapters.slack.places import (
    PLATFORM,
    Ours,
    account,
    channel,
    for_us,
    is_person,
    is_private,
    place,
)
from adapters.slack.raw import identifier, instant, items, mapping, stamp, string
from adapters.slack.words import NameOf, unknown
from bot.events import (
    AccountChanged,
    Event,
    HomeOpened,
    Joined,
    Left,
    Reacted,
    SpaceChanged,
    Unreacted,
)
from bot.markup import clean_name, cleaned

__all__ = [
    "PLATFORM",
    "Ours",
    "account",
    "authors",
    "channel",
    "closed",
    "commanded",
    "ending",
    "filled",
    "happened",
    "picked",
    "pressed",
    "title",
    "written",
]

GONE = {
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_deleted": "deleted",
    "group_deleted": "deleted",
}
ENDINGS = frozenset({"app_uninstalled", "tokens_revoked"})


def happened(body: Mapping[str, Any], ours: Ours, *, name_of: NameOf = unknown) -> Event | None:
    """What an event of the Events API is for the bot. `Left.everywhere` is always False here."""
    event, kind = mapping(body.get("event")), mapping(body.get("event")).get("type")
    if not for_us(body, ours) or not isinstance(kind, str):
        return None
    if kind in ("message", "app_mention"):
        return event_of(event, identifier(event.get("channel")), ours, name_of=name_of)
    found = _common(body, event)
    if found is None:
        return None
    match kind:
        case "reaction_added" | "reaction_removed":
            return _reaction(event, ours, name_of)
        case "member_joined_channel" | "member_left_channel":
            return _membership(event, ours, name_of, found)
        case "user_change":
            return _changed(mapping(event.get("user")), ours, found)
        case "app_home_opened":
            return _home(event, ours, name_of, found)
    return _space(event, kind, found)


def authors(body: Mapping[str, Any]) -> list[str]:
    """Whose names an event shows: who acted, and who is mentioned in what they wrote."""
    event = mapping(body.get("event", body))
    message = mapping(event.get("message", event))
    acted = identifier(message.get("user")) or identifier(event.get("user"))
    mentioned = [
        identifier(part.partition(">")[0].partition("|")[0])
        for part in string(message.get("text")).split("<@")[1:20]
    ]
    return list(dict.fromkeys(each for each in (acted, *mentioned) if each))


def ending(body: Mapping[str, Any]) -> bool:
    """Whether this says that our token is worth nothing any more: the platform is unusable."""
    event = mapping(body.get("event"))
    if event.get("type") == "tokens_revoked":
        # Tokens of single people are revoked too; the bot has none of those.
        return bool(items(mapping(event.get("tokens")).get("bot")))
    return string(event.get("type")) in ENDINGS


def title(name: object) -> str:
    """A channel's name as a title: one line."""
    return " ".join(cleaned(string(name)).split())[:255]


def _common(body: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, Any] | None:
    """The id of the event and when it happened."""
    number, at = string(body.get("event_id")), stamp(event.get("event_ts"))
    whole = body.get("event_time")
    if not at and isinstance(whole, int) and not isinstance(whole, bool):
        at = stamp(f"{whole}.000000")
    return {"id": number, "at": instant(at)} if number and at else None


def _reaction(event: Mapping[str, Any], ours: Ours, name_of: NameOf) -> Reacted | Unreacted | None:
    item, user = mapping(event.get("item")), identifier(event.get("user"))
    channel_id, message = identifier(item.get("channel")), stamp(item.get("ts"))
    name, at = string(event.get("reaction")), stamp(event.get("event_ts"))
    if not channel_id or not message or not name or not at or not is_person(user, ours):
        return None
    added = event.get("type") == "reaction_added"
    kind: Callable[..., Reacted | Unreacted] = Reacted if added else Unreacted
    return kind(
        id=f"{channel_id}:{message}:{'+' if added else '-'}{user}:{name}:{at}",
        at=instant(at),
        place=place(channel_id, user),
        by=account(user),
        name=shown(user, name_of),
        message=message,
        key=sign(name),
    )


def _membership(
    event: Mapping[str, Any], ours: Ours, name_of: NameOf, common: dict[str, Any]
) -> Joined | Left | None:
    user, channel_id = identifier(event.get("user")), identifier(event.get("channel"))
    if not channel_id or is_private(channel_id) or not is_person(user, ours):
        return None
    where = channel(channel_id)
    who: dict[str, Any] = {"place": where, "by": account(user), "name": shown(user, name_of)}
    if event.get("type") == "member_joined_channel":
        return Joined(**common, **who)
    return Left(**common, **who)


def _changed(user: Mapping[str, Any], ours: Ours, common: dict[str, Any]) -> AccountChanged | None:
    number = identifier(user.get("id"))
    if not is_person(number, ours) or user.get("is_bot") is True:
        return None
    shut = user.get("deleted") is True
    name = clean_name(called(user)) or ""
    if not name and not shut:
        return None
    return AccountChanged(**common, by=account(number), name=name, closed=shut)


def _home(
    event: Mapping[str, Any], ours: Ours, name_of: NameOf, common: dict[str, Any]
) -> HomeOpened | None:
    user = identifier(event.get("user"))
    if event.get("tab") != "home" or not is_person(user, ours):
        return None
    by = account(user)
    return HomeOpened(**common, place=by.dm, by=by, name=shown(user, name_of))


def _space(event: Mapping[str, Any], kind: str, common: dict[str, Any]) -> SpaceChanged | None:
    if kind in ("channel_rename", "group_rename"):
        renamed = mapping(event.get("channel"))
        number, name = identifier(renamed.get("id")), title(renamed.get("name"))
        if not number or not name:
            return None
        return SpaceChanged(**common, place=channel(number), change="renamed", title=name)
    number = identifier(event.get("channel"))
    if kind not in GONE or not number:
        return None
    return SpaceChanged(**common, place=channel(number), change=GONE[kind])
