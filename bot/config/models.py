"""The configuration as frozen values: one class for each table of `config.toml`.

Every key has its meaning beside it in `config.example.toml`, in French and in English. All of them
can be built in Python too, which is how the demo and the tests make their worlds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

from pydantic import (
    BaseModel,
    Field,
    InstanceOf,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.config import fields as f
from bot.config.fields import AccountRef, FormField, Language, Platform, Rate, Weekday
from bot.config.secrets import Secrets

_JOIN_FORM = (
    FormField("profession"),
    FormField("organisation"),
    FormField("criteria", required=False),
    FormField("hopes", required=False),
)


class Bot(BaseModel, frozen=True, extra="forbid"):
    """The table [bot]."""

    command: f.Command = "copain"
    language: Language = "fr"
    timezone: f.Zone = "America/Toronto"
    database: f.DatabaseUrl = "sqlite+aiosqlite:///copain.db"
    proxy: f.Proxy = ""


class Limits(BaseModel, frozen=True, extra="forbid"):
    """The table [limits]."""

    per_person: f.RateLimit = Rate(40)


class Slack(BaseModel, frozen=True, extra="forbid"):
    """The table [slack]; its absence switches Slack off."""

    mode: Literal["socket"] = "socket"
    api_url: f.BaseUrl = "https://slack.com/api/"


class Matrix(BaseModel, frozen=True, extra="forbid"):
    """The table [matrix]; its absence switches Matrix off."""

    homeserver: f.Url
    user_id: f.MatrixUser
    device_name: f.Text = "copain"
    store: Path = Path("matrix-store")
    encryption: StrictBool = True


class Web(BaseModel, frozen=True, extra="forbid"):
    """The table [web]; its absence opens no port at all."""

    host: f.Text = "127.0.0.1"
    port: f.Port = 8080


class Space(BaseModel, frozen=True, extra="forbid"):
    """A channel or a room of the community, and what it is for."""

    platform: Platform
    id: f.Text
    use: Literal["discussion", "announcements", "animators"]

    @model_validator(mode="after")
    def _id_fits_the_platform(self) -> Self:
        if not f.space_id_fits(self.platform, self.id):
            raise f.wrong("space-id", platform=self.platform, found=self.id, part="id")
        return self


class Summary(BaseModel, frozen=True, extra="forbid"):
    """When the weekly summary leaves, in the community's time."""

    day: Weekday = "monday"
    at: f.WallTime = time(9)


class WorkingHours(BaseModel, frozen=True, extra="forbid", validate_by_name=True):
    """When the bot may speak by itself; written `from` and `to`, the first of which is Python's."""

    start: f.WallTime = Field(time(8, 30), validation_alias="from")
    end: f.WallTime = Field(time(16, 30), validation_alias="to")

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.start >= self.end:
            raise f.wrong("hours", found=f"{self.start:%H:%M} - {self.end:%H:%M}")
        return self


class Contacts(BaseModel, frozen=True, extra="forbid"):
    """Whom members may turn to; "" where nobody is named yet."""

    privacy: str = ""
    technical: str = ""
    coach: str = ""
    appeal: str = ""


class Community(BaseModel, frozen=True, extra="forbid"):
    """One of [[communities]]."""

    slug: f.Slug
    name: f.Text
    purpose: str = ""
    # Those of [bot] unless said, see `Config`.
    language: Language = "fr"
    timezone: f.Zone = "America/Toronto"
    holidays: tuple[f.Holiday, ...] = ()
    origin: Literal["intentional", "spontaneous"] = "intentional"
    format: Literal["virtual", "mixed", "in-person"] = "mixed"
    mode: Literal["launch", "cruise", "slow"] = "launch"
    launched: date | None = None
    state: Literal["preparation", "open", "closed"] = "preparation"
    join: Literal["closed", "open"] = "closed"
    form: tuple[f.JoinField, ...] = _JOIN_FORM
    strangers: tuple[f.Homeserver, ...] = ()
    coordinators: tuple[f.Account, ...] = ()
    animators: tuple[f.Account, ...] = ()
    spaces: tuple[Space, ...] = ()
    summary: Summary = Summary()
    working_hours: WorkingHours = WorkingHours()
    contacts: Contacts = Contacts()
    host: str = ""
    hosting: str = ""
    external_report: Literal["none", "figures", "figures_and_stories"] = "none"
    words: f.Words = Field(default_factory=lambda: MappingProxyType({}))
    settings: f.Settings = Field(default_factory=lambda: MappingProxyType({}))

    @field_validator("form")
    @classmethod
    def _is_short(cls, form: tuple[FormField, ...]) -> tuple[FormField, ...]:
        if len(form) > f.MOST_FIELDS:
            raise f.wrong("form-long", n=len(form), most=f.MOST_FIELDS)
        if len({field.name for field in form}) < len(form):
            raise f.wrong("form-twice")
        return form

    @property
    def roles(self) -> Mapping[AccountRef, Literal["coordinator", "animator"]]:
        """Who has which role; a coordinator named twice is a coordinator."""
        roles: dict[AccountRef, Literal["coordinator", "animator"]] = {}
        roles |= dict.fromkeys(self.animators, "animator")
        roles |= dict.fromkeys(self.coordinators, "coordinator")
        return roles


class Config(BaseModel, frozen=True, extra="forbid"):
    """The whole of `config.toml`, and the secrets of the environment beside it."""

    bot: Bot = Bot()
    limits: Limits = Limits()
    slack: Slack | None = None
    matrix: Matrix | None = None
    web: Web | None = None
    communities: tuple[Community, ...] = ()
    secrets: InstanceOf[Secrets] = Field(Secrets(), repr=False, exclude=True)

    @field_validator("communities")
    @classmethod
    def _take_after_the_bot(
        cls, communities: tuple[Community, ...], info: ValidationInfo
    ) -> tuple[Community, ...]:
        bot = info.data.get("bot")
        if bot is None:  # it has faults of its own, which stop the start anyway
            return communities
        inherited = {"language": bot.language, "timezone": bot.timezone}
        return tuple(
            each.model_copy(
                update={k: v for k, v in inherited.items() if k not in each.model_fields_set}
            )
            for each in communities
        )

    @property
    def database(self) -> str:
        """The database's address, of the environment first. May hold a password."""
        url = self.secrets.copain_database_url
        return url.reveal() if url else self.bot.database

    @property
    def proxy(self) -> str:
        """The proxy's address or "", of the environment first. May hold a password."""
        url = self.secrets.copain_proxy
        return url.reveal() if url else self.bot.proxy
