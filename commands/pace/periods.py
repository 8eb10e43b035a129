"""Slow and busy periods as days of one year: when one is announced, and when its end is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.when import Calendar, SlowPeriod, in_slow_period, is_working_day

_DAY = timedelta(days=1)
_LONGEST = 366
LATE = timedelta(days=14)
"""So long after its end nobody needs to hear that a slow period is over [AT-4]."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """One slow period of one year, both days included."""

    first: date
    last: date

    @property
    def year_end(self) -> bool:
        """Whether 25 December lies in it."""
        return any(
            self.first <= date(year, 12, 25) <= self.last
            for year in {self.first.year, self.last.year}
        )

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"

    @classmethod
    def of(cls, text: str) -> Weeks:
        """What `str` made."""
        first, _, last = text.partition("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last))


def coming(periods: Iterable[SlowPeriod], day: date) -> Weeks | None:
    """The slow period that holds `day`, else the next one; those that touch are one."""
    every = tuple(periods)
    days = (day + _DAY * n for n in range(_LONGEST))
    found = next((each for each in days if in_slow_period(each, every)), None)
    if found is None:
        return None
    first = last = found
    # A year that is slow throughout has no ends.
    while last - first < _DAY * _LONGEST and in_slow_period(last + _DAY, every):
        last += _DAY
    while found == day and last - first < _DAY * _LONGEST and in_slow_period(first - _DAY, every):
        first -= _DAY
    return Weeks(first, last)


def announced_on(weeks: Weeks, calendar: Calendar) -> date:
    """The last working day before it."""
    return _working(weeks.first - _DAY, -_DAY, calendar)


def back_on(weeks: Weeks, calendar: Calendar) -> date:
    """The first working day after it."""
    return _working(weeks.last + _DAY, _DAY, calendar)


def notice(
    told: Weeks | None, periods: Iterable[SlowPeriod], today: date, *, calendar: Calendar
) -> Weeks | str | None:
    """What is to be announced on that day: the weeks that begin, `over`, or nothing.

    `told` is the period whose beginning was announced and whose end was not. `forgotten` when
    its end is so long past, or its beginning so far from true, that nothing is said of it.
    """
    every = tuple(periods)
    if told is None:
        weeks = coming(every, today)
        return weeks if weeks is not None and announced_on(weeks, calendar) <= today else None
    if in_slow_period(today, every) or (today < told.first and in_slow_period(told.first, every)):
        return None
    if today < told.first or today > told.last + LATE:
        return "forgotten"
    return "over" if today >= back_on(told, calendar) or today <= told.last else None


def _working(day: date, step: timedelta, calendar: Calendar) -> date:
    while not is_working_day(day, calendar):
        day += step
    return day
