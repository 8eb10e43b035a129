"""Who and where: roles, the person who acts, communities and their spaces, as the core sees them.

A person may have several accounts; what a person is (role, language, hours) belongs to the person,
what a person does is noted under the account (architecture §1.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.events import Account, Place


class Role(IntEnum):
    """What somebody may do in one community; each role may do all that the ones before it may."""

    VISITOR = 0
    MEMBER = 1
    ANIMATOR = 2
    COORDINATOR = 3

    @property
    def word(self) -> str:
        """The name used in storage, texts (`role-…`) and commands."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `account_id` and `person_id` are None for somebody of whom nothing is kept."""

    account: Account
    name: str
    account_id: int | None = None
    person_id: int | None = None
    language: str | None = None
    zone: ZoneInfo | None = None
    current_community: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A channel or room that belongs to a community, with its one use."""

    id: int
    community_id: int
    place: Place
    use: str
    title: str
    stopped: str | None = None
    """Why nothing is posted there (`public`, `passage`), or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """One community with its settings, as it stands now."""

    id: int
    slug: str
    name: str
    purpose: str
    language: str
    zone: ZoneInfo
    state: str
    mode: str
    join: str
    holidays: tuple[str, ...] = ()
    origin: str = "intentional"
    format: str = "mixed"
    launched: date | None = None
    working_hours: tuple[str, str] = ("08:30", "16:30")
    contacts: Mapping[str, str] = field(default_factory=dict)
    host: str = ""
    hosting: str = ""
    external_report: str = "none"
    form: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    summary: tuple[str, str] = ("monday", "09:00")
    """Day and time of the weekly summary, in the community's time."""

    @property
    def region(self) -> Literal["CA", "FR"]:
        """`FR` when its first calendar is a French one, else `CA` (typography)."""
        return "FR" if self.holidays and self.holidays[0].startswith("FR") else "CA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody to whom something private is said: where, and in which voice."""

    account: Account
    person_id: int | None
    name: str
    language: str | None
    zone: ZoneInfo | None
    pause_until: datetime | None = None
