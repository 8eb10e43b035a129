"""In whose ears a text sounds right: language, region, clock, and a community's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.typography import Region


@dataclass(frozen=True, slots=True)
class Voice:
    """What rendering needs to know of the reader and of their community.

    A public text takes the community's language, a private one the reader's (CO-6). `today` is
    the reader's day: dates of another year name it. `words` are the community's own (CO-1). With
    `dates`, instants are marked, so that the platform shows each reader their own hour (AC-2), and
    so are the accounts of the platform `accounts`, which shows them by name.
    """

    language: str
    _: KW_ONLY
    zone: ZoneInfo
    today: date
    region: Region = "CA"
    words: Mapping[str, str] = field(default_factory=dict)
    dates: bool = False
    accounts: str = ""

    def spoken(self, language: str | None, zone: str) -> Voice:
        """The same for a reader of another language or zone ("" keeps it)."""
        own = language or self.language
        return replace(
            self,
            language=own,
            zone=ZoneInfo(zone) if zone else self.zone,
            words=self.words if own == self.language else {},
        )
