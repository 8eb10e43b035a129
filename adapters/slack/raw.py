"""What may be believed of a payload: the fields of the right shape, and nothing else.

What is in a payload was written by others, and Slack adds and leaves out fields as it likes. These
functions take any JSON and never raise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_ID = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_TS = re.compile(r"[0-9]{1,11}\.[0-9]{1,9}")


def mapping(value: object) -> Mapping[str, Any]:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[Any]:
    """The value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def string(value: object) -> str:
    """The value when it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """The id of a user, a channel, a team or an event; "" when it cannot be one."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def stamp(value: object) -> str:
    """The `ts` of a message or an event: seconds, a point, a number; "" when it is none."""
    return value if isinstance(value, str) and _TS.fullmatch(value) else ""


def instant(value: str) -> datetime:
    """When that was; `value` is a `stamp`."""
    return datetime.fromtimestamp(float(value), UTC)
