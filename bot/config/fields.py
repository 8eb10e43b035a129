"""The small types of the configuration: each turns what is written into what the program uses.

What cannot be turned raises a PydanticCustomError whose type is the end of a text key
(`zone` → `config-fault-zone`) and whose context holds the values of that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from bot import zones
from bot.when.holidays import CALENDARS

Platform = Literal["slack", "matrix", "terminal"]
Language = Literal["fr", "en"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SettingValue = str | int | float | bool | date | time | tuple[str, ...]

MOST_FIELDS = 4

# A Matrix server name: spec.matrix.org, appendices, "Server name".
_SERVER = r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?"
_HOMESERVER = re.compile(_SERVER)
_MATRIX_USER = re.compile(rf"@[^\s:]+:{_SERVER}")
# Rooms of version 12 have no server in their id (spec.matrix.org, "Room IDs").
_SPACE_IDS: Mapping[str, re.Pattern[str]] = {
    "slack": re.compile(r"[CG][A-Z0-9]{2,}"),
    "matrix": re.compile(rf"!(?:[^\s:]+:{_SERVER}|[A-Za-z0-9_-]{{43}})"),
    "terminal": re.compile(r"[^\s@:/][^\s:]*"),
}
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_RATE = re.compile(r"(\d{1,6}) ?/ ?min")
_TIME = re.compile(r"(\d{2}):(\d{2})")
_DATABASES = ("sqlite+aiosqlite://", "postgresql+asyncpg://")
_PROXIES = ("http", "https", "socks5", "socks5h")


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account as the configuration writes it; the tenant is not known before the platform is."""

    platform: Platform
    id: str

    def __str__(self) -> str:
        return self.id if self.platform == "matrix" else f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a minute; 0 is no limit at all."""

    per_minute: int

    @property
    def off(self) -> bool:
        return self.per_minute == 0


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of the form for joining."""

    name: str
    required: bool = True


def wrong(slug: str, **values: str | int) -> PydanticCustomError:
    """The error behind `config-fault-<slug>`."""
    # The first argument of both is the slug: nobody ever reads pydantic's own message.
    return PydanticCustomError(slug, slug, values)


def _matching(pattern: str, slug: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise wrong(slug)
        return value

    return check


def account(value: Any) -> AccountRef:
    """`slack:U012ABC`, `terminal:claire` or `@claire:example.org`."""
    if isinstance(value, AccountRef):
        return value
    if isinstance(value, str):
        platform, _, name = value.partition(":")
        if _MATRIX_USER.fullmatch(value):
            return AccountRef("matrix", value)
        if platform == "slack" and _SLACK_USER.fullmatch(name):
            return AccountRef("slack", name)
        if platform == "terminal" and _SPACE_IDS["terminal"].fullmatch(name):
            return AccountRef("terminal", name)
    raise wrong("account")


def _matrix_user(value: Any) -> str:
    if not isinstance(value, str) or not _MATRIX_USER.fullmatch(value):
        raise wrong("matrix-user")
    return value


def _zone(value: Any) -> str:
    target = zones.resolve(value) if isinstance(value, str) else None
    if target is None:
        raise wrong("zone", nearest=nearest(value, tuple(zones.targets())))
    return target


def _holiday(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if value in CALENDARS:
        return str(value)
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):  # neither a name nor a day: told below
        names = ", ".join(CALENDARS)
        raise wrong("holiday", allowed=names, nearest=nearest(value, CALENDARS)) from None


def _rate(value: Any) -> Rate:
    if isinstance(value, Rate):
        return value
    if value in {0, "0"} and not isinstance(value, bool):
        return Rate(0)
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise wrong("rate")
    return Rate(int(match[1]))


def _wall_time(value: Any) -> time:
    if isinstance(value, time) and value.tzinfo is None and value == value.replace(second=0):
        return value
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong("time")
    return time(int(match[1]), int(match[2]))


def _port(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 65535:
        raise wrong("port")
    return value


def _database(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith(_DATABASES):
        raise wrong("database")
    return value


def _url(value: Any) -> str:
    return _address(value, ("http", "https"), "url")


def _base_url(value: Any) -> str:
    # The Slack SDK appends the method's name as it is: without the slash it would stick to "api".
    return _url(value).rstrip("/") + "/"


def _proxy(value: Any) -> str:
    return "" if value == "" else _address(value, _PROXIES, "proxy")


def _address(value: Any, schemes: Sequence[str], slug: str) -> str:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        fine = parts.scheme in schemes and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets or a port that urlsplit cannot read
        fine = False
    if not fine or any(letter.isspace() for letter in value):
        raise wrong(slug)
    return str(value)


def _field(value: Any) -> FormField:
    if isinstance(value, FormField):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[^\W\d_][\w -]{0,39}\??", value):
        raise wrong("form-field")
    field = FormField(value.removesuffix("?"), required=not value.endswith("?"))
    if field.name == "name":
        raise wrong("form-name")
    return field


def _settings(value: Any) -> Mapping[str, SettingValue]:
    if not isinstance(value, Mapping):
        raise wrong("type", expected="table")
    return MappingProxyType({key: _setting(key, each) for key, each in value.items()})


def _setting(key: str, value: Any) -> SettingValue:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, str | int | float | bool | date | time):
        return value
    raise wrong("setting", setting=key)


def _words(value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise wrong("type", expected="table")
    for name, word in value.items():
        if not isinstance(word, str) or not word.strip():
            raise wrong("word", word=name)
    return MappingProxyType({name: word.strip() for name, word in value.items()})


def _said(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise wrong("blank")
    return value.strip() if isinstance(value, str) else value


def space_id_fits(platform: str, id: str) -> bool:
    """Whether a space of that platform can have this id."""
    return bool(_SPACE_IDS[platform].fullmatch(id))


def nearest(word: Any, among: Sequence[str]) -> str:
    """The one that was probably meant, or "" when none is near."""
    if not isinstance(word, str):
        return ""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        word, among, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return found[0] if found else ""


Account = Annotated[AccountRef, PlainValidator(account)]
BaseUrl = Annotated[str, PlainValidator(_base_url)]
Command = Annotated[str, PlainValidator(_matching(r"[a-z][a-z0-9_-]{0,30}", "command"))]
DatabaseUrl = Annotated[str, PlainValidator(_database)]
JoinField = Annotated[FormField, PlainValidator(_field)]
Holiday = Annotated[str, PlainValidator(_holiday)]
Homeserver = Annotated[str, PlainValidator(_matching(_SERVER, "homeserver"))]
MatrixUser = Annotated[str, PlainValidator(_matrix_user)]
Port = Annotated[int, PlainValidator(_port)]
Proxy = Annotated[str, PlainValidator(_proxy)]
RateLimit = Annotated[Rate, PlainValidator(_rate)]
Settings = Annotated[Mapping[str, SettingValue], PlainValidator(_settings)]
Slug = Annotated[str, PlainValidator(_matching(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", "slug"))]
Text = Annotated[str, BeforeValidator(_said)]
Url = Annotated[str, PlainValidator(_url)]
WallTime = Annotated[time, PlainValidator(_wall_time)]
Words = Annotated[Mapping[str, str], PlainValidator(_words)]
Zone = Annotated[str, PlainValidator(_zone)]
