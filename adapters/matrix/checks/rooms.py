"""The rooms of the communities: is Copain there, what may it do, who else can read. Pure.

Rights are those of the specification's authorization rules, "m.room.power_levels"; from room
version 12 on, whoever created the room stands above all levels and in no list (MSC4289).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from adapters.asking import table, text
from adapters.matrix.checks.asking import rows
from adapters.matrix.checks.lines import Line, fault, fine, warning

ASKED = (
    "m.room.create",
    "m.room.power_levels",
    "m.room.encryption",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.name",
    "m.room.tombstone",
)
"""The state that is looked at."""

_LISTED_CREATORS = frozenset(map(str, range(1, 12)))
_MODERATOR, _ADMIN = 50, 100


@dataclass(frozen=True, slots=True)
class Tracked:
    """A room of a community; `closed` when the community lets nobody in without a request."""

    id: str
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A room from inside: the content of its state by type, who made it, who is there."""

    state: Mapping[str, Mapping[str, Any]]
    creator: str
    members: frozenset[str] = field(default_factory=frozenset)

    def content(self, kind: str) -> Mapping[str, Any]:
        return self.state.get(kind, {})


def absent(room: Tracked, *, invited: bool, user: str) -> Line:
    """Copain is not in that room."""
    if invited:
        return fine("matrix-check-room-invited", {"room": room.id})
    return fault("matrix-check-room-absent", {"room": room.id, "user": user})


def verdicts(room: Tracked, seen: Seen, *, user: str, encryption: bool) -> Iterator[Line]:
    """What is to be said of a room in which Copain is."""
    named = {"room": _named(room, seen)}
    if "m.room.tombstone" in seen.state:
        new = text(seen.content("m.room.tombstone"), "replacement_room")
        yield fault("matrix-check-room-replaced", {**named, "new": new})
        return
    lines = [*_reading(seen, named, encryption), *_rights(room, seen, named, user)]
    if room.closed:
        lines += _openings(seen, named)
    counted = {"n_members": len(seen.members), "encrypted": _yes("m.room.encryption" in seen.state)}
    yield from lines or [fine("matrix-check-room", {**named, **counted})]


def _reading(seen: Seen, named: Mapping[str, Any], encryption: bool) -> Iterator[Line]:
    if "m.room.encryption" in seen.state and not encryption:
        yield fault("matrix-check-room-unreadable", named)


def _rights(room: Tracked, seen: Seen, named: Mapping[str, Any], user: str) -> Iterator[Line]:
    level = level_of(seen, user)
    said = "m.room.encrypted" if "m.room.encryption" in seen.state else "m.room.message"
    levels = seen.content("m.room.power_levels")
    of_kind = table(levels, "events")
    usual = _number(levels.get("events_default"), 0)
    if level < _number(of_kind.get(said), usual):
        yield fault("matrix-check-room-silent", named)
    elif level < _number(of_kind.get("m.room.redaction"), usual):
        yield warning("matrix-check-room-no-redaction", named)
    # Whoever is accepted is invited, and whoever is taken out is shown the door [ON-2].
    if room.closed and level < _number(levels.get("invite"), 0):
        yield warning("matrix-check-room-no-invite", named)
    if level < _number(levels.get("kick"), _MODERATOR):
        yield warning("matrix-check-room-no-kick", named)


def _openings(seen: Seen, named: Mapping[str, Any]) -> Iterator[Line]:
    """What lets outsiders into a closed community; Copain stops there [PV-4]."""
    if text(seen.content("m.room.join_rules"), "join_rule") == "public":
        yield warning("matrix-check-room-public", named)
    if text(seen.content("m.room.history_visibility"), "history_visibility") == "world_readable":
        yield warning("matrix-check-room-history", named)


def level_of(seen: Seen, user: str) -> float:
    """How much a person may do in the room."""
    create = seen.content("m.room.create")
    above = (text(create, "room_version") or "1") not in _LISTED_CREATORS
    if above and user in (seen.creator, *rows(create, "additional_creators")):
        return inf
    levels = seen.state.get("m.room.power_levels")
    if levels is None:
        return _ADMIN if user == seen.creator else 0
    return _number(table(levels, "users").get(user), _number(levels.get("users_default"), 0))


def _number(value: Any, missing: int) -> int:
    # Rooms before version 10 may hold "50" (specification, "Room version 10").
    try:
        return int(value)
    except (TypeError, ValueError):
        return missing


def _named(room: Tracked, seen: Seen) -> str:
    name = text(seen.content("m.room.name"), "name")
    return f"{name} ({room.id})" if name else room.id


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
