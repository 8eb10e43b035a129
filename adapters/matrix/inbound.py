"""From a readable event of a Matrix room to an event of the core. Pure; None: not for us.

Relations may be forged and types wrong: nothing here raises, whatever the JSON. The names of fields
are those of the client-server API 1.11.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.matrix.raw import UNSTABLE_VOTE, VOTES, event_id, is_user, mapping, relation, string
from adapters.matrix.words import FILES, meant, pointed, without_fallback, written
from bot.events import (
    Account,
    AccountChanged,
    Chosen,
    Deleted,
    Edited,
    Event,
    Joined,
    Knocked,
    Left,
    Place,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from bot.markup import clean_name, cleaned

PLATFORM = "matrix"
LONGEST_KEY = 64
"""Characters kept of a reaction; longer ones are no emoji, and no button has them."""

_LATEST = 253_402_300_799_000


def _local(user: str) -> str:
    return user[1:].partition(":")[0]


def _nothing_known(_event: str) -> None:
    return None


def _numbered(_poll: str) -> Sequence[str]:
    return [str(number) for number in range(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What the adapter knows of the room, and of what the bot did there, when an event arrives."""

    room: str
    me: str
    command: str
    instant: Callable[[int], datetime]
    """From `origin_server_ts`, in milliseconds, to an aware instant in UTC."""
    dm_of: str | None = None
    """Whose private room with the bot this is, as a user id."""
    my_names: tuple[str, ...] = ()
    name_of: Callable[[str], str] = _local
    """The name a user shows in this room."""
    reaction: Callable[[str], tuple[str, str] | None] = _nothing_known
    """From the id of a reaction to what `reaction_of` said of it."""
    poll_options: Callable[[str], Sequence[str] | None] = _numbered
    """From the id of a poll to the ids of its answers, in order; None when it is not ours."""
    join_rule: str = ""
    """As it was before this event, like `history`."""
    history: str = ""


def account(user_id: str) -> Account:
    """The account of a user id; its tenant is the homeserver."""
    return Account(PLATFORM, user_id.partition(":")[2], user_id)


def room(room_id: str) -> Place:
    """The place of a room id. Rooms belong to no server."""
    return Place(PLATFORM, "", room_id)


def openness(join_rule: str, history_visibility: str) -> str:
    """`public` when strangers can walk in or read, else `private` [PV-4].

    Guests need no look of their own: they come in or read where one of these two lets them.
    """
    is_open = join_rule == "public" or history_visibility == "world_readable"
    return "public" if is_open else "private"


def reaction_of(raw: Mapping[str, Any]) -> tuple[str, str] | None:
    """The message and the key of a reaction; None for anything else, a redacted one too."""
    if raw.get("type") != "m.reaction":
        return None
    related = relation(mapping(raw.get("content")))
    message = event_id(related.get("event_id"), raw.get("event_id"))
    key = related.get("key")
    if related.get("rel_type") != "m.annotation" or message is None:
        return None
    # Not every database keeps a NUL, and no emoji has one.
    if not isinstance(key, str) or not key or "\0" in key:
        return None
    return message, key[:LONGEST_KEY]


def event_of(raw: Mapping[str, Any], where: Where) -> Event | None:
    """What a `/sync` event of this room is for the bot.

    `Left.everywhere` is always False: one room knows nothing of the others. `Edited` and
    `Unreacted` are by whoever sent the change; whose message or reaction it was is not known here.
    """
    if not isinstance(raw.get("content"), Mapping):
        return None
    kind, sender, number = raw.get("type"), raw.get("sender"), event_id(raw.get("event_id"))
    at = raw.get("origin_server_ts")
    if not isinstance(kind, str) or not is_user(sender):
        return None
    if number is None or not isinstance(at, int) or isinstance(at, bool) or sender == where.me:
        return None
    common: dict[str, Any] = {"id": number, "at": where.instant(min(max(at, 0), _LATEST))}
    if "state_key" in raw:
        # A message may bear the type of a state event; only a state key makes it one.
        return _state(raw, kind, where, common)
    if where.dm_of not in (None, sender):
        return None
    common |= {"place": _place(where), "by": account(sender), "name": _name(where, sender)}
    if kind == "m.room.redaction":
        return _redaction(raw, where, common)
    if mapping(raw.get("unsigned")).get("redacted_because"):
        return None
    if kind == "m.room.message":
        return _message(raw["content"], where, common)
    if kind in VOTES:
        return _vote(raw["content"], where, common)
    found = reaction_of(raw)
    return Reacted(**common, message=found[0], key=found[1]) if found else None


def _message(
    content: Mapping[str, Any], where: Where, common: dict[str, Any]
) -> Said | Edited | None:
    related = relation(content)
    if related.get("rel_type") == "m.replace":
        # Never heard as words, even when it is broken: a command would run twice.
        target = event_id(related.get("event_id"), common["id"])
        changed = written(mapping(content.get("m.new_content")))
        if target is None or changed is None or written(content) is None:
            return None
        return Edited(**common, message=target, text=changed)
    text = written(content)
    if text is None:
        return None
    thread, quotes, reply = _answered(related, common["id"])
    text = without_fallback(text) if reply else text
    bare = meant(
        text,
        content,
        me=where.me,
        names=where.my_names,
        command=where.command,
        reply=reply,
    )
    if bare is None and where.dm_of is not None:
        # In private all words are for the bot, and there too two people may show the same name.
        text = pointed(text, content, where.me)
    return Said(
        **common,
        message=common["id"],
        text=text if bare is None else bare,
        addressed=bare is not None,
        thread=thread,
        quotes=quotes,
        has_file=content.get("msgtype") in FILES,
    )


def _answered(related: Mapping[str, Any], own: str) -> tuple[str | None, str | None, bool]:
    """The root of the thread, the message quoted, and whether this answers anything.

    In a thread most clients point at its newest message for those that know no threads:
    `is_falling_back` says that nothing is quoted.
    """
    quotes = event_id(mapping(related.get("m.in_reply_to")).get("event_id"), own)
    if related.get("rel_type") != "m.thread":
        return None, quotes, quotes is not None
    thread = event_id(related.get("event_id"), own)
    if related.get("is_falling_back") is True and thread is not None:
        return thread, None, True
    return thread, quotes, (thread or quotes) is not None


def _redaction(
    raw: Mapping[str, Any], where: Where, common: dict[str, Any]
) -> Deleted | Unreacted | None:
    # Inside the content since room version 11; before, what stands there proves nothing.
    named = raw["redacts"] if "redacts" in raw else raw["content"].get("redacts")
    target = event_id(named, common["id"])
    if target is None:
        return None
    reaction = where.reaction(target)
    if reaction is not None:
        return Unreacted(**common, message=reaction[0], key=reaction[1])
    return Deleted(**common, message=target)


def _vote(content: Mapping[str, Any], where: Where, common: dict[str, Any]) -> Chosen | None:
    related = relation(content)
    poll = event_id(related.get("event_id"), common["id"])
    if related.get("rel_type") != "m.reference" or poll is None:
        return None
    options = where.poll_options(poll)
    if options is None:
        return None
    answers = content.get("m.selections")
    if answers is None:
        answers = mapping(content.get(UNSTABLE_VOTE)).get("answers")
    # An answer that does not exist spoils the vote, and so takes back the one before.
    first = answers[0] if isinstance(answers, list) and answers else None
    option = options.index(first) if isinstance(first, str) and first in options else None
    return Chosen(**common, message=poll, option=option)


def _state(
    raw: Mapping[str, Any], kind: str, where: Where, common: dict[str, Any]
) -> Joined | Left | Knocked | AccountChanged | SpaceChanged | None:
    if kind == "m.room.member":
        return _membership(raw, where, common)
    if raw["state_key"] != "" or where.dm_of is not None:
        return None
    changed, title = _space(raw["content"], kind, where)
    if changed is None:
        return None
    return SpaceChanged(**common, place=room(where.room), change=changed, title=title)


def _space(content: Mapping[str, Any], kind: str, where: Where) -> tuple[str | None, str]:
    match kind:
        case "m.room.join_rules":
            return openness(string(content.get("join_rule")), where.history), ""
        case "m.room.history_visibility":
            return openness(where.join_rule, string(content.get("history_visibility"))), ""
        case "m.room.name":
            title = " ".join(cleaned(string(content.get("name"))).split())[:255]
            return ("renamed", title) if title else (None, "")
        case "m.room.tombstone":
            # An empty one was redacted; the rules above keep theirs, and stay in force.
            return ("archived" if content else None), ""
        case _:
            return None, ""


def _membership(
    raw: Mapping[str, Any], where: Where, common: dict[str, Any]
) -> Joined | Left | Knocked | AccountChanged | None:
    user, content = raw["state_key"], raw["content"]
    before = mapping(mapping(raw.get("unsigned")).get("prev_content"))
    if not is_user(user) or user == where.me or where.dm_of not in (None, user):
        return None
    shown = clean_name(string(content.get("displayname")))
    now, then = content.get("membership"), before.get("membership")
    if now == then == "join":
        if content.get("displayname") == before.get("displayname"):
            return None
        return AccountChanged(**common, by=account(user), name=shown or _local(user))
    if where.dm_of is not None:
        return None
    common |= {"place": room(where.room), "by": account(user), "name": shown or _name(where, user)}
    if now == "join":
        return Joined(**common)
    if now == "knock" and then != "knock":
        return Knocked(**common)
    return Left(**common) if now in ("leave", "ban") and then == "join" else None


def _place(where: Where) -> Place:
    return room(where.room) if where.dm_of is None else account(where.dm_of).dm


def _name(where: Where, user: str) -> str:
    return clean_name(where.name_of(user)) or _local(user)
