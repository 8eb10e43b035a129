"""Recurrence on wall time: "every second Thursday at 12:30" is a promise about a clock on a wall.

Turns are dates first and instants last, so that a change of clocks moves neither the hour
that people read nor the number of turns (AC-2, AC-3). One date gives one turn at most, and
can serve as its key.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from bot.when.wall import instant_of, local_day

Freq = Literal["day", "week", "month_nth", "month_day", "year"]

LAST = -1
"""The `nth` that means the last weekday, or the last day, of a month."""

_DAY = timedelta(days=1)
_MOST = 1000
_END = 9900  # one longest step before the last year that a date can have
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When something comes back, in wall time.

    - `every`: each day, week, month or year that many apart, counted from the first date.
    - `weekdays` (Monday = 0): for `week` and `month_nth`; of several, `month_nth` takes the
      nth day that is one of them. Empty: the weekday of the first date.
    - `nth`: for `month_nth` 1 to 5 or LAST; for `month_day` and `year` the day of the month,
      1 to 31 or LAST. 0: as the first date has it.
    - `month`: for `year`, 1 to 12. 0: the month of the first date.
    - `until`: last date possible; `count`: how many turns in all. At most one of the two.

    A day that a month lacks is its last day: the 31st is 30 April, 29 February is 28 February in
    common years, a fifth Thursday is the last one. Raises ValueError when a part is out of range.
    """

    freq: Freq
    at: time
    zone: ZoneInfo
    every: int = 1
    weekdays: frozenset[int] = frozenset()
    nth: int = 0
    month: int = 0
    until: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        highest = 5 if self.freq == "month_nth" else 31
        fair = (
            1 <= self.every <= _MOST
            and self.weekdays <= frozenset(range(7))
            and LAST <= self.nth <= highest
            and 0 <= self.month <= _MONTHS_A_YEAR
            and (self.count is None or (self.count >= 1 and self.until is None))
        )
        if not fair:
            raise ValueError("a part of this recurrence is out of range")


@dataclass(frozen=True, slots=True)
class Turn:
    """One occurrence: its local date, which is its key, and its instant in UTC."""

    day: date
    at: datetime


def turns(rule: Rule, start: date, *, after: datetime) -> Iterator[Turn]:
    """The turns later than `after`, in order; `start` is the first date possible.

    The turns before `after` still count for `count` and for the rhythm of `every`. Endless when
    the rule is.
    """
    near = local_day(after, rule.zone) - _DAY
    for day in days_of(rule, start):
        if day < near:
            continue
        at = instant_of(day, rule.at, zone=rule.zone)
        if at > after:
            yield Turn(day, at)


def next_turn(rule: Rule, start: date, *, after: datetime) -> Turn | None:
    """The first turn later than `after`, or None when the rule has ended."""
    return next(turns(rule, start, after=after), None)


def days_of(rule: Rule, start: date) -> Iterator[date]:
    """Every local date of the rule from `start` on, in order, none twice."""
    days: Iterator[date] = (day for day in _candidates(rule, start) if day >= start)
    if rule.until is not None:
        last = rule.until
        days = takewhile(lambda day: day <= last, days)
    return islice(days, rule.count)


def nth_weekday(year: int, month: int, *, weekdays: frozenset[int], nth: int) -> date:
    """The nth day of a month that is one of the weekdays; the last one when it has fewer."""
    length = monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    fitting = [day for day in days if day.weekday() in weekdays]
    return fitting[-1] if nth == LAST or nth > len(fitting) else fitting[nth - 1]


def _candidates(rule: Rule, start: date) -> Iterator[date]:
    match rule.freq:
        case "day":
            yield from _steps(start, rule.every)
        case "week":
            monday = start - _DAY * start.weekday()
            weekdays = sorted(rule.weekdays or {start.weekday()})
            for week in _steps(monday, 7 * rule.every):
                yield from (week + _DAY * weekday for weekday in weekdays)
        case "month_nth":
            weekdays_of_month = rule.weekdays or frozenset({start.weekday()})
            nth = rule.nth or (start.day - 1) // 7 + 1
            for year, month in _months(start.year, start.month, step=rule.every):
                yield nth_weekday(year, month, weekdays=weekdays_of_month, nth=nth)
        case "month_day":
            for year, month in _months(start.year, start.month, step=rule.every):
                yield _day_of_month(year, month, rule.nth or start.day)
        case "year":
            first = rule.month or start.month
            for year, month in _months(start.year, first, step=_MONTHS_A_YEAR * rule.every):
                yield _day_of_month(year, month, rule.nth or start.day)


def _steps(first: date, days: int) -> Iterator[date]:
    day = first
    step = timedelta(days=days)
    while day.year < _END:
        yield day
        day += step


def _months(year: int, month: int, *, step: int) -> Iterator[tuple[int, int]]:
    number = year * _MONTHS_A_YEAR + month - 1
    while number // _MONTHS_A_YEAR < _END:
        yield number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1
        number += step


def _day_of_month(year: int, month: int, number: int) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, last if number == LAST else min(number, last))
