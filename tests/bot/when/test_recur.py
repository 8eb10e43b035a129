"""Recurrence on wall time: changes of clocks, leap days, the 31st, the new year (RE-8)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when.recur import LAST, Freq, Rule, days_of, next_turn, turns

TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def rule(freq: Freq, at: str = "09:00", zone: ZoneInfo = TORONTO, **parts: object) -> Rule:
    return Rule(freq=freq, at=time.fromisoformat(at), zone=zone, **parts)  # type: ignore[arg-type]


def first(rule: Rule, start: str, count: int) -> list[str]:
    return [day.isoformat() for day in islice(days_of(rule, date.fromisoformat(start)), count)]


rules = st.builds(
    Rule,
    freq=st.sampled_from(["day", "week", "month_nth", "month_day", "year"]),
    at=st.times().map(lambda at: at.replace(microsecond=0)),
    zone=st.sampled_from([TORONTO, PARIS]),
    every=st.integers(1, 5),
    weekdays=st.frozensets(st.integers(0, 6)),
    nth=st.integers(-1, 5),
    month=st.integers(0, 12),
)
starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_the_hour_on_the_wall_stays_over_both_changes_of_clocks() -> None:
    daily = rule("day", "09:00")
    for start in ("2026-03-06", "2026-10-30"):
        found = list(islice(turns(daily, date.fromisoformat(start), after=LONG_AGO), 5))
        assert {turn.at.astimezone(TORONTO).time() for turn in found} == {time(9)}


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        (TORONTO, date(2026, 3, 8), "02:30", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (PARIS, date(2026, 3, 29), "02:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (TORONTO, date(2026, 11, 1), "01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (PARIS, date(2026, 10, 25), "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_night_of_a_change_has_one_turn(
    zone: ZoneInfo, day: date, at: str, instant: datetime
) -> None:
    nightly = rule("day", at, zone)
    around = islice(turns(nightly, day - timedelta(days=1), after=LONG_AGO), 3)
    assert [turn.at for turn in around if turn.day == day] == [instant]


def test_after_the_first_of_two_equal_hours_comes_the_next_day() -> None:
    nightly = rule("day", "01:30")
    done = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    turn = next_turn(nightly, date(2026, 10, 1), after=done)
    assert turn is not None
    assert turn.day == date(2026, 11, 2)


def test_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    assert first(rule("month_day", nth=31), "2027-12-31", 5) == [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]
    assert first(rule("month_day"), "2026-01-31", 2) == ["2026-01-31", "2026-02-28"]
    assert first(rule("month_day", nth=LAST), "2026-04-01", 2) == ["2026-04-30", "2026-05-31"]


def test_a_leap_day_falls_on_28_february_in_common_years() -> None:
    found = first(rule("year"), "2024-02-29", 5)
    assert found == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_weekday_is_counted_in_its_month() -> None:
    thursdays = rule("month_nth", weekdays=frozenset({3}), nth=2)
    assert first(thursdays, "2026-11-01", 3) == ["2026-11-12", "2026-12-10", "2027-01-14"]
    last_friday = rule("month_nth", weekdays=frozenset({4}), nth=LAST)
    assert first(last_friday, "2026-02-01", 2) == ["2026-02-27", "2026-03-27"]
    fifth = rule("month_nth", weekdays=frozenset({0}), nth=5)
    assert first(fifth, "2026-02-01", 2) == ["2026-02-23", "2026-03-30"]
    assert first(rule("month_nth"), "2026-03-12", 2) == ["2026-03-12", "2026-04-09"]


def test_every_second_week_is_counted_from_the_week_of_the_start() -> None:
    fortnight = rule("week", every=2, weekdays=frozenset({0, 3}))
    assert first(fortnight, "2026-12-23", 4) == [
        "2026-12-24",
        "2027-01-04",
        "2027-01-07",
        "2027-01-18",
    ]


def test_a_rule_ends_at_its_last_date_or_after_its_count() -> None:
    assert first(rule("week", until=date(2026, 3, 17)), "2026-03-03", 9)[-1] == "2026-03-17"
    assert len(first(rule("day", count=3), "2026-03-03", 9)) == 3


def test_turns_that_have_passed_still_count() -> None:
    three = rule("day", count=3)
    late = datetime(2026, 3, 4, 20, tzinfo=UTC)
    assert [turn.day for turn in turns(three, date(2026, 3, 3), after=late)] == [date(2026, 3, 5)]
    assert next_turn(three, date(2026, 3, 3), after=late + timedelta(days=1)) is None


@pytest.mark.parametrize(
    "parts",
    [
        {"every": 0},
        {"every": 1001},
        {"weekdays": frozenset({7})},
        {"nth": 32},
        {"nth": -2},
        {"month": 13},
        {"count": 0},
        {"count": 2, "until": date(2026, 1, 1)},
    ],
)
def test_a_rule_out_of_range_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="range"):
        rule("month_day", **parts)  # type: ignore[arg-type]


@given(rules, starts)
@settings(max_examples=80, deadline=None)
def test_dates_and_instants_go_up_and_no_date_comes_twice(rule: Rule, start: date) -> None:
    found = list(islice(turns(rule, start, after=LONG_AGO), 15))
    assert len(found) == 15
    assert found[0].day >= start
    for one, other in pairwise(found):
        assert one.day < other.day
        assert one.at < other.at
    for turn in found:
        assert turn.at.astimezone(rule.zone).date() == turn.day


@given(rules, starts, st.timedeltas(timedelta(0), timedelta(days=900)))
@settings(max_examples=60, deadline=None)
def test_wherever_the_clock_jumps_the_next_turn_is_the_first_later_one(
    rule: Rule, start: date, jump: timedelta
) -> None:
    after = datetime(start.year, start.month, start.day, tzinfo=UTC) + jump
    turn = next_turn(rule, start, after=after)
    everything = turns(rule, start, after=LONG_AGO)
    assert turn == next(one for one in everything if one.at > after)
    assert turn is not None
    again = next_turn(rule, start, after=turn.at)
    assert again is not None
    assert again.day > turn.day


@given(rules, starts)
@settings(max_examples=20, deadline=None)
def test_the_order_in_which_one_asks_changes_nothing(rule: Rule, start: date) -> None:
    days = [turn.day for turn in islice(turns(rule, start, after=LONG_AGO), 8)]
    walked, after = [], LONG_AGO
    for _ in days:
        turn = next_turn(rule, start, after=after)
        assert turn is not None
        walked.append(turn.day)
        after = turn.at
    assert walked == days


def test_an_endless_rule_stops_before_the_calendar_of_python_does() -> None:
    assert first(rule("week", every=1000), "9890-01-01", 9)[-1] < "9999-12-31"
    assert first(rule("year", every=1000), "9890-01-01", 9) == ["9890-01-01"]
