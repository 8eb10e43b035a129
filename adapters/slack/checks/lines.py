"""One line of a look: how bad, the key of its text, and its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Level = Literal["ok", "warning", "fault"]
Line = tuple[Level, str, Mapping[str, Any]]


def fine(key: str, values: Mapping[str, Any] | None = None) -> Line:
    """Something is as it should be."""
    return ("ok", key, values or {})


def warning(key: str, values: Mapping[str, Any] | None = None) -> Line:
    """Something deserves a look; the text says which."""
    return ("warning", key, values or {})


def fault(key: str, values: Mapping[str, Any] | None = None) -> Line:
    """Something stands in the way; the text says the cure."""
    return ("fault", key, values or {})
