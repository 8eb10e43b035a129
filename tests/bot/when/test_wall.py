"""A wall time becomes an instant, on every date, in both zones that change their clocks."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when.wall import instant_of, local_day

TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")

zones = st.sampled_from([TORONTO, PARIS, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kolkata")])
walls = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2026, 3, 8), TORONTO, datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (date(2026, 3, 29), PARIS, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_that_spring_skips_is_the_first_instant_after_it(
    day: date, zone: ZoneInfo, instant: datetime
) -> None:
    assert instant_of(day, time(2, 0), zone=zone) == instant
    assert instant_of(day, time(2, 30), zone=zone) == instant
    assert instant_of(day, time(2, 59, 59), zone=zone) == instant
    assert instant_of(day, time(3, 0), zone=zone) == instant


def test_an_hour_that_autumn_shows_twice_is_the_first_of_both() -> None:
    toronto = instant_of(date(2026, 11, 1), time(1, 30), zone=TORONTO)
    assert toronto == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    paris = instant_of(date(2026, 10, 25), time(2, 30), zone=PARIS)
    assert paris == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(walls, walls, zones)
@settings(max_examples=100)
def test_a_later_wall_time_is_never_an_earlier_instant(
    one: datetime, other: datetime, zone: ZoneInfo
) -> None:
    first, second = sorted([one, other])
    a = instant_of(first.date(), first.time(), zone=zone)
    b = instant_of(second.date(), second.time(), zone=zone)
    assert a <= b


@given(walls, zones)
@settings(max_examples=100)
def test_a_clock_at_that_instant_shows_that_time_or_the_end_of_a_gap(
    wall: datetime, zone: ZoneInfo
) -> None:
    instant = instant_of(wall.date(), wall.time(), zone=zone)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    assert instant.utcoffset() == UTC.utcoffset(None)
    assert shown == wall or (shown > wall and (shown - wall).total_seconds() <= 3600)
    assert local_day(instant, zone) == wall.date()
