"""When a waiting message may leave: inside windows, at a fitting minute (e.3.8, e.4)."""

from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.courtesy.facts import Intent
from bot.courtesy.kinds import Family
from bot.when.holidays import is_holiday
from bot.when.wall import instant_of, local_day
from bot.when.working import (
    Calendar,
    Window,
    is_open,
    is_working_day,
    last_window_before,
    next_opening,
    spread_minute,
    window_of,
)

LATE = timedelta(minutes=5)
"""How long after its minute a message may still leave; after that the minute is missed."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LOTS = 60
_WALL_DAYS = 14
_AS_SOON_AS_OPEN = frozenset({Family.ROLE, Family.DIRECT, Family.PUBLISHED, Family.CHANGE})


def first_slot(intent: Intent, calendar: Calendar, *, now: datetime) -> datetime:
    """The slot that suits the intent best, caps aside; a missed one is replaced by the next."""
    since = max(intent.earliest, now - LATE)
    if intent.rules.backwards and not is_open(intent.earliest, calendar):
        before = _slot_before(intent, calendar)
        if before >= now - LATE:
            return before
    if leaves_when_open(intent) and on_time(intent, now):
        at = max(intent.earliest, now)
        return at if is_open(at, calendar) else next_slot(intent, at, calendar=calendar)
    return next_slot(intent, since, calendar=calendar)


def next_slot(intent: Intent, at: datetime, *, calendar: Calendar) -> datetime:
    """The first slot at or after `at`: the minute somebody chose, else one of the key's own."""
    if intent.cause == "chosen-minute":
        chosen = _same_wall_time(intent, at, calendar=calendar)
        if chosen is not None:
            return chosen
    while True:
        opening = next_opening(at, calendar)
        window = _window_at(opening, calendar)
        for slot in _spread(_lot(intent), window, calendar.zone):
            if slot >= opening:
                return slot
        at = window.end


def leaves_when_open(intent: Intent) -> bool:
    """Whether somebody waits for it, so that it takes no minute of its own."""
    return intent.cause == "bot" and intent.rules.family in _AS_SOON_AS_OPEN


def on_time(intent: Intent, now: datetime) -> bool:
    """Whether its hour has not been missed: the bot was up when it came."""
    return intent.earliest >= now - LATE


def may_leave(intent: Intent, at: datetime, *, calendar: Calendar) -> bool:
    """Whether `at` lies in the window, or is the hour a person chose for what they read."""
    return is_open(at, calendar) or (
        _keeps_any_hour(intent) and is_working_day(local_day(at, calendar.zone), calendar)
    )


def why_closed(at: datetime, calendar: Calendar) -> str:
    """The reason why nothing leaves at `at`, as the end of a text key."""
    return "holiday" if is_holiday(local_day(at, calendar.zone), calendar.holidays) else "window"


def _keeps_any_hour(intent: Intent) -> bool:
    # The hour of one's own digest is the member's choice, evening included (e.4).
    return intent.cause == "chosen-minute" and intent.rules.family is Family.SUBSCRIBED


def _same_wall_time(intent: Intent, at: datetime, *, calendar: Calendar) -> datetime | None:
    wall = intent.earliest.astimezone(calendar.zone)
    day = local_day(at, calendar.zone)
    for _ in range(_WALL_DAYS):
        same_day = day == wall.date()
        chosen = intent.earliest if same_day else instant_of(day, wall.time(), zone=calendar.zone)
        if chosen >= at and may_leave(intent, chosen, calendar=calendar):
            return chosen
        day += _DAY
    return None


def _slot_before(intent: Intent, calendar: Calendar) -> datetime:
    window = last_window_before(intent.earliest, calendar)
    wall = intent.earliest.astimezone(calendar.zone).time()
    aim = max(window.start, instant_of(window.day, wall, zone=calendar.zone))
    if intent.cause == "chosen-minute" and aim < window.end:
        return aim
    slots = _spread(_lot(intent), window, calendar.zone)
    return next((slot for slot in slots if slot >= aim), slots[-1])


def _lot(intent: Intent) -> str:
    """What the minute is drawn from: the message, so that it stays the same at each look.

    One of few lots, so that a fan-out to thousands of people computes each window once.
    """
    key = f"{intent.kind}:{intent.subject}:{intent.audience_id}:{intent.id}"
    return str(sha256(key.encode()).digest()[0] % _LOTS)


@lru_cache(maxsize=4096)
def _spread(lot: str, window: Window, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every minute of the window that one lot may use, in order; at least one."""
    found: list[datetime] = []
    slot = spread_minute(lot, window.start, window=window, zone=zone)
    while slot is not None:
        found.append(slot)
        slot = spread_minute(lot, slot + _MINUTE, window=window, zone=zone)
    return tuple(found)


def _window_at(opening: datetime, calendar: Calendar) -> Window:
    window = window_of(opening, calendar)
    if window is None:
        raise AssertionError("an opening lies in its window")
    return window
