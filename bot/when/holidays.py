"""Days off and slow periods of a community, so that nobody is written to on a holiday.

The table of the domain specification (e.5) is computed here rather than taken from the
`holidays` library: for Québec the library lacks Easter Monday and adds "observed" days, and
its values are sentences. A test compares both where they should agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

QUEBEC = "CA-QC"
QUEBEC_PUBLIC = "CA-QC-public"
FRANCE = "FR"
ALSACE_MOSELLE = "FR-Alsace-Moselle"

CALENDARS = (QUEBEC, QUEBEC_PUBLIC, FRANCE, ALSACE_MOSELLE)
"""The names that a configuration may use; dates are typed beside them."""

_MONDAY = 0
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class SlowPeriod:
    """Weeks that come back every year, as (month, day) pairs, both ends included."""

    start: tuple[int, int]
    end: tuple[int, int]


_YEAR_END = SlowPeriod((12, 20), (1, 5))
_SLOW: Mapping[str, tuple[SlowPeriod, ...]] = MappingProxyType(
    {
        QUEBEC: (SlowPeriod((6, 24), (8, 15)), _YEAR_END),
        QUEBEC_PUBLIC: (SlowPeriod((6, 24), (8, 15)), _YEAR_END),
        FRANCE: (SlowPeriod((7, 14), (8, 25)), _YEAR_END),
        ALSACE_MOSELLE: (SlowPeriod((7, 14), (8, 25)), _YEAR_END),
        "school": (SlowPeriod((7, 1), (8, 31)),),
    }
)


@lru_cache(maxsize=256)
def holidays_of(calendar: str, year: int) -> Mapping[date, str]:
    """The days off of one calendar in one year, in order, each with a stable key.

    The key (`good-friday`) names a text in the locale files. A calendar may also be one ISO
    date that somebody typed; its key is `local-day`. Raises ValueError for any other name.
    """
    if calendar not in CALENDARS:
        typed = date.fromisoformat(calendar)
        return MappingProxyType({typed: "local-day"} if typed.year == year else {})
    quebec = calendar in {QUEBEC, QUEBEC_PUBLIC}
    days = dict(_quebec(year) if quebec else _france(year))
    if calendar == QUEBEC_PUBLIC:
        days |= _public_service(year)
    if calendar == ALSACE_MOSELLE:
        days |= _alsace_moselle(year)
    return MappingProxyType(dict(sorted(days.items())))


def is_holiday(day: date, calendars: Sequence[str]) -> bool:
    """Whether `day` is off in one of the calendars.

    An entry that begins with "-" takes a day back, by date (`-2026-04-03`) or by key
    (`-good-friday`): each employer's agreement prevails (e.5).
    """
    return holiday_key(day, calendars) is not None


def holiday_key(day: date, calendars: Sequence[str]) -> str | None:
    """The key of the holiday on `day`, or None; see `is_holiday` for what counts."""
    kept = (name for name in calendars if not name.startswith("-"))
    key = next((key for name in kept if (key := holidays_of(name, day.year).get(day))), None)
    if key is None or f"-{key}" in calendars or f"-{day.isoformat()}" in calendars:
        return None
    return key


def default_slow_periods(*profiles: str) -> tuple[SlowPeriod, ...]:
    """The slow periods to propose for a calendar, a kind of community (`school`), or both.

    A profile that has none of its own adds nothing.
    """
    found = (period for profile in profiles for period in _SLOW.get(profile, ()))
    return tuple(dict.fromkeys(found))


def in_slow_period(day: date, periods: Iterable[SlowPeriod]) -> bool:
    """Whether `day` lies in one of the periods; a period may pass over the new year."""
    return any(_holds(period, (day.month, day.day)) for period in periods)


def _holds(period: SlowPeriod, day: tuple[int, int]) -> bool:
    if period.start <= period.end:
        return period.start <= day <= period.end
    return day >= period.start or day <= period.end


def _quebec(year: int) -> dict[date, str]:
    canada_day = date(year, 7, 1)
    if canada_day.weekday() == _SUNDAY:
        canada_day = date(year, 7, 2)
    days = {
        date(year, 1, 1): "new-year",
        _easter(year, -2): "good-friday",
        _easter(year, 1): "easter-monday",
        _monday_on_or_before(date(year, 5, 24)): "patriots-day",
        date(year, 6, 24): "quebec-day",
        canada_day: "canada-day",
        _monday_on_or_before(date(year, 9, 7)): "labour-day",
        _monday_on_or_before(date(year, 10, 14)): "thanksgiving",
        date(year, 12, 25): "christmas",
    }
    if date(year, 6, 24).weekday() == _SUNDAY:
        # The law gives the Monday to those who never work on Sundays; the feast stays.
        days[date(year, 6, 25)] = "quebec-day"
    return days


def _public_service(year: int) -> dict[date, str]:
    # Regulation J-3, r. 3 (administrative tribunal).
    return {
        date(year, 1, 2): "day-after-new-year",
        date(year, 12, 24): "christmas-eve",
        date(year, 12, 26): "day-after-christmas",
        date(year, 12, 31): "new-year-eve",
    }


def _france(year: int) -> dict[date, str]:
    # Ascension is written last: in 2008 it fell on 1 May, and one name is enough.
    return {
        date(year, 1, 1): "new-year",
        _easter(year, 1): "easter-monday",
        date(year, 5, 1): "may-day",
        date(year, 5, 8): "victory-day",
        _easter(year, 50): "whit-monday",
        date(year, 7, 14): "bastille-day",
        date(year, 8, 15): "assumption",
        date(year, 11, 1): "all-saints",
        date(year, 11, 11): "armistice",
        date(year, 12, 25): "christmas",
        _easter(year, 39): "ascension",
    }


def _alsace_moselle(year: int) -> dict[date, str]:
    return {_easter(year, -2): "good-friday", date(year, 12, 26): "day-after-christmas"}


def _easter(year: int, offset: int) -> date:
    from dateutil.easter import easter

    return easter(year) + timedelta(days=offset)


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _MONDAY) % 7)
