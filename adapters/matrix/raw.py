"""What may be believed of a raw event: the fields of the right shape, and nothing else.

But for its sender, its id and its time, all that is in an event was written by a stranger. These
functions take any JSON and never raise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

UNSTABLE_VOTE = "org.matrix.msc3381.poll.response"
"""A vote as most clients still send it (MSC3381)."""
VOTES = frozenset({"m.poll.response", UNSTABLE_VOTE})

_USER = re.compile(r"@[^:\s]{0,250}:[A-Za-z0-9.:\[\]-]{1,250}")
_OF_MEMBERS = VOTES | {"m.room.message", "m.reaction"}


def mapping(value: object) -> Mapping[str, Any]:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def string(value: object) -> str:
    """The value when it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def relation(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """How a message relates to others; the fields in it are still to be looked at."""
    return mapping(content.get("m.relates_to"))


def event_id(value: object, own: object = None) -> str | None:
    """An id that a server can have given, and that is not the event's `own`."""
    if not isinstance(value, str) or value == own or not 1 < len(value) <= 255:
        return None
    return value if value[0] == "$" and value.isprintable() and " " not in value else None


def is_user(value: object) -> TypeGuard[str]:
    """Whether this can be a user id. Localparts of old accounts hold nearly any sign."""
    return (
        isinstance(value, str)
        and len(value) <= 255
        and value.isprintable()
        and _USER.fullmatch(value) is not None
    )


def unsealed(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> dict[str, Any]:
    """An encrypted event (`outer`) with what was decrypted of it (`inner`) in the place of it.

    The sender alone wrote `inner`, and no server has looked at it: only its type and content count,
    and only a type that any member may send. So a forged membership or redaction stays sealed.
    """
    kind, content = string(inner.get("type")), inner.get("content")
    if kind not in _OF_MEMBERS or not isinstance(content, Mapping) or not _writable(content):
        return dict(outer)
    # The relation stands outside, for the server to see; clients leave it out inside.
    related = mapping(outer.get("content")).get("m.relates_to")
    merged = dict(content) if related is None else {**content, "m.relates_to": related}
    return {**outer, "type": kind, "content": merged}


def _writable(content: Mapping[str, Any]) -> bool:
    """Whether it is text at all: JSON can hold halves of letters, which no server lets through."""
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True
