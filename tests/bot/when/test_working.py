"""Working time and windows: the vectors of c-7, the scenarios of g.5, and what must always hold."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when.working import (
    Calendar,
    Hours,
    Window,
    add_working,
    add_working_days,
    is_open,
    last_window_before,
    next_opening,
    spread_minute,
    window_of,
    working_minutes,
    working_time,
)

TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")
QUEBEC = Calendar(TORONTO, holidays=("CA-QC",))
FRANCE = Calendar(PARIS, holidays=("FR",))
NIGHT = Calendar(TORONTO, Hours(time(22), time(2), frozenset(range(7))), ("CA-QC",))
CHANGE = Calendar(PARIS, Hours(time(1), time(4), frozenset({6})))
ALWAYS = Calendar(TORONTO, Hours(time(0), time(0), frozenset(range(7))))


def at(text: str, zone: ZoneInfo = TORONTO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


calendars = st.sampled_from([QUEBEC, FRANCE, NIGHT, CHANGE, ALWAYS])
instants = st.datetimes(
    datetime(2026, 1, 1), datetime(2029, 1, 15), timezones=st.just(UTC)
) | st.sampled_from(
    [
        at("2026-03-08 01:30"),
        at("2026-11-01 01:30"),
        at("2026-03-29 01:30", PARIS),
        at("2026-10-25 02:30", PARIS),
        at("2028-02-29 12:00"),
        at("2027-12-31 23:59"),
    ]
)
stretches = st.timedeltas(timedelta(0), timedelta(days=40))
amounts = st.timedeltas(timedelta(0), timedelta(hours=80))


def test_from_friday_half_past_three_to_monday_ten_is_two_hours_and_a_half() -> None:
    start, end = at("2026-03-13 15:30"), at("2026-03-16 10:00")
    assert working_minutes(start, end, calendar=QUEBEC) == 150


def test_a_holiday_on_monday_stops_the_clock_until_tuesday() -> None:
    start, end = at("2026-05-15 15:30"), at("2026-05-19 10:00")
    assert working_minutes(start, end, calendar=QUEBEC) == 150


def test_eight_working_hours_after_friday_four_is_monday_four() -> None:
    due = add_working(at("2026-03-13 16:00"), timedelta(hours=8), calendar=QUEBEC)
    assert due == at("2026-03-16 16:00")


def test_eight_working_hours_are_right_over_both_changes_of_clocks() -> None:
    for friday, monday in (("2026-03-06", "2026-03-09"), ("2026-10-30", "2026-11-02")):
        due = add_working(at(f"{friday} 16:00"), QUEBEC.hours.length, calendar=QUEBEC)
        assert due == at(f"{monday} 16:00")
    for friday, monday in (("2026-03-27", "2026-03-30"), ("2026-10-23", "2026-10-26")):
        start = at(f"{friday} 16:00", PARIS)
        due = add_working(start, FRANCE.hours.length, calendar=FRANCE)
        assert due == at(f"{monday} 16:00", PARIS)


def test_a_window_over_a_change_of_clocks_has_its_real_length() -> None:
    def length(day: str) -> timedelta:
        window = window_of(at(f"{day} 01:30", PARIS), CHANGE)
        assert window is not None
        return window.end - window.start

    assert length("2026-03-22") == timedelta(hours=3)
    assert length("2026-03-29") == timedelta(hours=2)
    assert length("2026-10-25") == timedelta(hours=4)


def test_a_window_that_spring_swallows_does_not_open() -> None:
    swallowed = Calendar(PARIS, Hours(time(2, 10), time(2, 50), frozenset({6})))
    assert next_opening(at("2026-03-28 12:00", PARIS), swallowed) == at("2026-04-05 02:10", PARIS)


def test_a_prompt_due_on_patriots_day_opens_on_tuesday() -> None:
    assert next_opening(at("2026-05-18 09:00"), QUEBEC) == at("2026-05-19 08:30")


def test_an_open_instant_is_its_own_opening_and_the_end_is_closed() -> None:
    assert next_opening(at("2026-03-10 10:07"), QUEBEC) == at("2026-03-10 10:07")
    assert is_open(at("2026-03-10 08:30"), QUEBEC)
    assert not is_open(at("2026-03-10 16:30"), QUEBEC)
    assert not is_open(at("2026-03-14 10:00"), QUEBEC)


def test_a_window_may_cross_midnight_and_belongs_to_the_day_it_began() -> None:
    window = window_of(at("2026-12-26 01:00"), NIGHT)
    assert window is None
    window = window_of(at("2026-12-25 01:00"), NIGHT)
    assert window is not None
    assert window.day == date(2026, 12, 24)
    assert NIGHT.hours.length == timedelta(hours=4)


def test_the_same_time_twice_is_a_whole_day() -> None:
    assert ALWAYS.hours.length == timedelta(days=1)
    assert is_open(at("2026-03-14 23:59"), ALWAYS)


def test_a_reminder_in_quiet_hours_moves_to_the_last_window_before() -> None:
    window = last_window_before(at("2026-05-19 07:00"), QUEBEC)
    assert (window.day, window.end) == (date(2026, 5, 15), at("2026-05-15 16:30"))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 0, date(2026, 3, 16)),
        (date(2026, 3, 14), -1, date(2026, 3, 13)),
        (date(2026, 5, 15), 1, date(2026, 5, 19)),
        (date(2026, 4, 8), -3, date(2026, 4, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(
    start: date, days: int, end: date
) -> None:
    assert add_working_days(start, days, calendar=QUEBEC) == end


def test_an_instant_keeps_its_wall_time_when_days_are_added() -> None:
    moved = add_working_days(at("2026-03-06 12:00"), 1, calendar=QUEBEC)
    assert moved == at("2026-03-09 12:00")


def test_hours_without_a_weekday_are_refused() -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Hours(days=frozenset())
    with pytest.raises(ValueError, match="weekdays"):
        Hours(days=frozenset({7}))


def test_working_time_is_added_never_taken_away() -> None:
    with pytest.raises(ValueError, match="added"):
        add_working(at("2026-03-13 16:00"), -timedelta(hours=1), calendar=QUEBEC)


@given(calendars, instants, stretches, stretches)
@settings(max_examples=60, deadline=None)
def test_working_time_adds_up(
    calendar: Calendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    middle, end = start + one, start + one + other
    whole = working_time(start, end, calendar=calendar)
    parts = working_time(start, middle, calendar=calendar)
    parts += working_time(middle, end, calendar=calendar)
    assert whole == parts
    assert timedelta(0) <= whole <= end - start


@given(calendars, instants, stretches)
@settings(max_examples=40, deadline=None)
def test_a_clock_that_jumps_back_makes_no_negative_wait(
    calendar: Calendar, start: datetime, back: timedelta
) -> None:
    assert working_time(start, start - back, calendar=calendar) == timedelta(0)


@given(calendars, instants, amounts)
@settings(max_examples=60, deadline=None)
def test_adding_working_time_is_the_inverse_of_measuring_it(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    end = add_working(start, amount, calendar=calendar)
    assert working_time(start, end, calendar=calendar) == amount
    if amount:
        earlier = end - timedelta(microseconds=1)
        assert working_time(start, earlier, calendar=calendar) < amount


@given(calendars, instants)
@settings(max_examples=60, deadline=None)
def test_an_opening_is_open_and_nothing_is_open_before_it(
    calendar: Calendar, start: datetime
) -> None:
    opening = next_opening(start, calendar)
    assert opening >= start
    assert is_open(opening, calendar)
    assert working_time(start, opening, calendar=calendar) == timedelta(0)


@given(calendars, instants)
@settings(max_examples=60, deadline=None)
def test_nothing_is_open_between_the_last_window_and_a_closed_instant(
    calendar: Calendar, moment: datetime
) -> None:
    window = last_window_before(moment, calendar)
    assert window.end <= moment
    if not is_open(moment, calendar):
        assert working_time(window.end, moment, calendar=calendar) == timedelta(0)


@given(calendars, instants, st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_going_back_as_many_working_days_returns_to_a_working_day(
    calendar: Calendar, start: datetime, days: int
) -> None:
    first = add_working_days(start.date(), 0, calendar=calendar)
    there = add_working_days(first, days, calendar=calendar)
    assert add_working_days(there, -days, calendar=calendar) == first


@given(st.text(max_size=20), calendars, instants)
@settings(max_examples=100, deadline=None)
def test_a_spread_post_keeps_off_the_hour_and_off_the_edges(
    key: str, calendar: Calendar, moment: datetime
) -> None:
    opening = next_opening(moment, calendar)
    window = window_of(opening, calendar)
    assert window is not None
    chosen = spread_minute(key, opening, window=window, zone=calendar.zone)
    if chosen is None:
        return
    assert chosen >= opening
    assert 3 <= chosen.astimezone(calendar.zone).minute <= 17
    edge = timedelta(minutes=10)
    assert window.start + edge <= chosen < window.end - edge
    assert chosen == spread_minute(key, opening, window=window, zone=calendar.zone)


def morning(start: str, end: str) -> Window:
    return Window(date(2026, 3, 10), at(f"2026-03-10 {start}"), at(f"2026-03-10 {end}"))


def test_keys_spread_over_the_minutes() -> None:
    window = morning("08:30", "16:30")
    chosen = {spread_minute(f"k{n}", window.start, window=window, zone=TORONTO) for n in range(200)}
    assert {at(f"2026-03-10 09:{minute:02}") for minute in range(3, 18)} == chosen


def test_a_window_with_no_minute_left_says_so() -> None:
    window = morning("08:30", "16:30")
    assert spread_minute("k", at("2026-03-10 16:21"), window=window, zone=TORONTO) is None


def test_a_window_too_short_for_the_rule_uses_its_middle() -> None:
    window = morning("20:00", "20:16")
    chosen = spread_minute("k", window.start, window=window, zone=TORONTO)
    assert chosen == at("2026-03-10 20:08")
