"""Invitations that Copain leaves unanswered [SE-3]: somebody waits, and nobody would know. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from adapters.asking import table, text
from adapters.matrix.checks.lines import Line, fine, warning

_NAMED = 5
_NOTHING = {"not_types": ["*"], "types": []}
FILTER: Mapping[str, Any] = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "account_data": _NOTHING,
        "ephemeral": _NOTHING,
        "state": {**_NOTHING, "lazy_load_members": True},
        "timeline": {**_NOTHING, "limit": 1},
    },
}
"""A sync that tells of invitations and hardly anything else."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who asks us where; `direct` when it is for a conversation of two."""

    room: str
    sender: str
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Whose invitations are answered, as in `adapters.matrix.doorway`.

    Into `rooms` anybody's; into any room that of `roles`; to a conversation of two that of `people`
    and of accounts on these `servers` too.
    """

    rooms: Collection[str]
    roles: Collection[str]
    people: Collection[str]
    servers: Collection[str]

    def takes(self, one: Invitation) -> bool:
        known = one.sender in self.people or one.sender.partition(":")[2] in self.servers
        return one.room in self.rooms or one.sender in self.roles or (one.direct and known)


def found(sync: Mapping[str, Any], user: str) -> Iterator[Invitation]:
    """The invitations of a sync."""
    for room, told in table(table(sync, "rooms"), "invite").items():
        state = table(told if isinstance(told, dict) else {}, "invite_state")
        events = state.get("events")
        for event in events if isinstance(events, list) else []:
            # The state of an invitation has our own membership in it; who wrote that, invited us.
            if isinstance(event, dict) and event.get("state_key") == user:
                content = table(event, "content")
                if content.get("membership") == "invite":
                    direct = content.get("is_direct") is True
                    yield Invitation(room, text(event, "sender"), direct)


def verdict(all_of_them: Collection[Invitation], welcome: Welcome) -> Line:
    """How many wait in vain, and of whom the first are."""
    waiting = [one for one in all_of_them if not welcome.takes(one)]
    if not waiting:
        return fine("matrix-check-no-invitation")
    senders = list(dict.fromkeys(one.sender for one in waiting))
    rest = len(senders) - _NAMED
    named = ", ".join(senders[:_NAMED]) + (" …" if rest > 0 else "")
    return warning("matrix-check-invitations", {"n_waiting": len(waiting), "people": named})


def query() -> str:
    """The filter as a part of the address."""
    import json

    return quote(json.dumps(FILTER, separators=(",", ":")), safe="")
