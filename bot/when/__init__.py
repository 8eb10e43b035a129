"""Human time: what people say about dates, and what is promised to them. Pure, no clock inside.

- `wall`: a date, an hour and a zone become an instant, right through changes of clocks;
- `holidays`: days off and slow periods; `working`: windows, working time, the courteous minute;
- `recur`: what comes back, as dates; `parse` and `format`: words to time, time to words.
"""

from bot.when.format import format_day, format_duration, format_moment, format_time, zone_name
from bot.when.holidays import (
    CALENDARS,
    SlowPeriod,
    default_slow_periods,
    holiday_key,
    holidays_of,
    in_slow_period,
    is_holiday,
)
from bot.when.parse import Understood, parse_duration, parse_hours, parse_moment, parse_rule
from bot.when.recur import LAST, Rule, Turn, days_of, next_turn, nth_weekday, turns
from bot.when.wall import instant_of, local_day
from bot.when.working import (
    Calendar,
    Hours,
    Window,
    add_working,
    add_working_days,
    is_open,
    is_working_day,
    last_window_before,
    next_opening,
    spread_minute,
    window_of,
    working_minutes,
    working_time,
)

__all__ = [
    "CALENDARS",
    "LAST",
    "Calendar",
    "Hours",
    "Rule",
    "SlowPeriod",
    "Turn",
    "Understood",
    "Window",
    "add_working",
    "add_working_days",
    "days_of",
    "default_slow_periods",
    "format_day",
    "format_duration",
    "format_moment",
    "format_time",
    "holiday_key",
    "holidays_of",
    "in_slow_period",
    "instant_of",
    "is_holiday",
    "is_open",
    "is_working_day",
    "last_window_before",
    "local_day",
    "next_opening",
    "next_turn",
    "nth_weekday",
    "parse_duration",
    "parse_hours",
    "parse_moment",
    "parse_rule",
    "spread_minute",
    "turns",
    "window_of",
    "working_minutes",
    "working_time",
    "zone_name",
]
