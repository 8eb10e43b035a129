"""When an answer is late, and how long a request is kept. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.values import Key, Value
from bot.when import Calendar, add_working_days, instant_of, local_day, next_opening

DAYS = 3
"""Working days within which an answer is promised [ON-1]."""
KEPT = timedelta(days=30)
"""How long a request is kept that was refused, or left by its author (g.2)."""
KNOWN_FIELDS = ("profession", "organisation", "criteria", "hopes")
LONGEST = {"profession": 200, "organisation": 200}


def promised(asked: datetime, calendar: Calendar) -> date:
    """The day by which an answer is promised."""
    return local_day(add_working_days(asked, DAYS, calendar=calendar), calendar.zone)


def late_at(asked: datetime, calendar: Calendar) -> datetime:
    """When both sides are told that the answer is late: in a working hour, never outside."""
    return next_opening(add_working_days(asked, DAYS, calendar=calendar), calendar)


def silence_after(questioned: datetime, calendar: Calendar) -> date:
    """The last day on which a question is still answered."""
    return local_day(questioned + KEPT, calendar.zone)


def silent_at(questioned: datetime, calendar: Calendar) -> datetime:
    """When a question nobody answered ends the request: the first working hour after that day."""
    day = silence_after(questioned, calendar) + timedelta(days=1)
    return next_opening(instant_of(day, time(), zone=calendar.zone), calendar)


def erased_on(settled: datetime, calendar: Calendar) -> date:
    """The day on which a request that was settled so is erased."""
    return local_day(settled + KEPT, calendar.zone)


def label_of(field: str) -> Value:
    """What a field of the form is called: ours by their text, a community's own by its name."""
    return Key(f"admission-field-{field}") if field in KNOWN_FIELDS else field
