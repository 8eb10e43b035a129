"""Working windows: when a community, or a person, may be written to, and how long a wait was.

Definitions: domain specification c-0 (working day, working time), e.3.8 and e.4. Every instant
that comes in or goes out is an aware datetime; what goes out is in UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from typing import overload
from zoneinfo import ZoneInfo

from bot.when.holidays import is_holiday
from bot.when.wall import instant_of, local_day

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta(0)
_EDGE = timedelta(minutes=10)

WEEKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Hours:
    """A daily window in wall time, and the weekdays (Monday = 0) on which it opens.

    An end at or before the start is on the next day; the same time twice is a whole day.
    Raises ValueError when no weekday is left: such a window would never open.
    """

    start: time = time(8, 30)
    end: time = time(16, 30)
    days: frozenset[int] = WEEKDAYS

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("weekdays go from 0 to 6, and at least one is needed")

    @property
    def length(self) -> timedelta:
        """One working day, as working time (8 h by default)."""
        return _on_clock(self.end) - _on_clock(self.start) + (_DAY if self._late else _NOTHING)

    @property
    def _late(self) -> bool:
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where, at which hours and on which days somebody works.

    `holidays` holds names of calendars and ISO dates, as `holidays.is_holiday` reads them.
    """

    zone: ZoneInfo
    hours: Hours = Hours()
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """One opening: from `start` to `end`, the end left out. `day` is the local date it began."""

    day: date
    start: datetime
    end: datetime


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether a window opens on `day`."""
    return day.weekday() in calendar.hours.days and not is_holiday(day, calendar.holidays)


def window_of(at: datetime, calendar: Calendar) -> Window | None:
    """The window that `at` lies in, or None."""
    window = next(_ending_after(at, calendar))
    return window if window.start <= at else None


def is_open(at: datetime, calendar: Calendar) -> bool:
    """Whether `at` lies in a window."""
    return window_of(at, calendar) is not None


def next_opening(at: datetime, calendar: Calendar) -> datetime:
    """The first instant of a window at or after `at`: `at` itself when it is open."""
    return max(next(_ending_after(at, calendar)).start, at.astimezone(UTC))


def last_window_before(at: datetime, calendar: Calendar) -> Window:
    """The last window that has ended by `at`, where a reminder that falls in quiet hours moves."""
    day = local_day(at, calendar.zone)
    while True:
        window = _window_on(day, calendar)
        if window is not None and window.end <= at:
            return window
        day -= _DAY


def working_time(start: datetime, end: datetime, *, calendar: Calendar) -> timedelta:
    """The time inside windows between two instants; nothing when `end` is not after `start`."""
    total = _NOTHING
    if end <= start:
        return total
    for window in _ending_after(start, calendar):
        if window.start >= end:
            break
        total += min(window.end, end) - max(window.start, start)
    return total


def working_minutes(start: datetime, end: datetime, *, calendar: Calendar) -> int:
    """`working_time` in whole minutes."""
    return working_time(start, end, calendar=calendar) // _MINUTE


def add_working(start: datetime, amount: timedelta, *, calendar: Calendar) -> datetime:
    """The first instant by which `amount` of working time has passed since `start`.

    Nothing added gives `start`. Raises ValueError for a negative amount.
    """
    if amount < _NOTHING:
        raise ValueError("working time is added, never taken away")
    left = amount
    at = start.astimezone(UTC)
    windows = _ending_after(at, calendar)
    while left:
        window = next(windows)
        begin = max(window.start, at)
        at = min(window.end, begin + left)
        left -= at - begin
    return at


@overload
def add_working_days(start: datetime, days: int, *, calendar: Calendar) -> datetime: ...
@overload
def add_working_days(start: date, days: int, *, calendar: Calendar) -> date: ...
def add_working_days(start: date, days: int, *, calendar: Calendar) -> date:
    """The date that many working days later, or earlier when negative.

    A day off counts for nothing: one working day after a Saturday is Monday, one before it
    Friday; none after it is Monday too. An instant keeps its wall time and moves to that date.
    """
    if isinstance(start, datetime):
        local = start.astimezone(calendar.zone)
        moved = _step(local.date(), days, calendar=calendar)
        if moved == local.date():
            return start.astimezone(UTC)
        return instant_of(moved, local.time(), zone=calendar.zone)
    return _step(start, days, calendar=calendar)


def spread_minute(key: str, at: datetime, *, window: Window, zone: ZoneInfo) -> datetime | None:
    """The minute at or after `at` for a post whose minute nobody chose (e.3.8).

    From 3 to 17 minutes past the hour, the same for the same key, never in the first or last
    ten minutes of the window; None when none is left in it. A window too short for that has
    one minute, its middle.
    """
    draw = int.from_bytes(sha256(key.encode()).digest()[:8])
    for chosen in _drawn(draw, window, zone=zone):
        if chosen >= at:
            return chosen
    return None


def _drawn(draw: int, window: Window, *, zone: ZoneInfo) -> Iterator[datetime]:
    # Every hour is drawn from all its minutes, whatever `at` is, or late posts would crowd.
    minutes = (window.end - _EDGE - (window.start + _EDGE)) // _MINUTE
    inside = (window.start + _EDGE + _MINUTE * n for n in range(max(0, minutes)))
    allowed = [m for m in inside if 3 <= m.astimezone(zone).minute <= 17]
    hours = groupby(allowed, key=lambda m: m - _MINUTE * m.astimezone(zone).minute)
    for _, group in hours:
        choices = list(group)
        yield choices[draw % len(choices)]
    if not allowed:
        yield window.start + (window.end - window.start) // 2


def _step(day: date, days: int, *, calendar: Calendar) -> date:
    direction = _DAY if days >= 0 else -_DAY
    left = abs(days)
    while left or not is_working_day(day, calendar):
        day += direction
        if left and is_working_day(day, calendar):
            left -= 1
    return day


def _ending_after(at: datetime, calendar: Calendar) -> Iterator[Window]:
    # A window that crosses midnight belongs to the day before, hence the step back.
    day = local_day(at, calendar.zone) - _DAY
    while True:
        window = _window_on(day, calendar)
        if window is not None and window.end > at:
            yield window
        day += _DAY


def _window_on(day: date, calendar: Calendar) -> Window | None:
    if not is_working_day(day, calendar):
        return None
    hours = calendar.hours
    last = day + _DAY if hours.end <= hours.start else day
    start = instant_of(day, hours.start, zone=calendar.zone)
    end = instant_of(last, hours.end, zone=calendar.zone)
    # A short window can fall whole into the hour that spring skips.
    return Window(day, start, end) if start < end else None


def _on_clock(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
