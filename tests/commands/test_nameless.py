"""When an answer *sans mon nom* leaves: at random, soon, and in working hours [PR-3]."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chance import SeededChance
from bot.when import Calendar, add_working, is_working_day, local_day, working_time
from commands.prompts.nameless import TOGETHER, WITHIN, moment

CALENDAR = Calendar(ZoneInfo("America/Toronto"), holidays=("CA-QC",))
FRIDAY_EVENING = datetime(2026, 4, 2, 20, 25, tzinfo=UTC)
"""Thursday 16:25 before Good Friday and Easter Monday."""


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.integers(0, 2**32),
)
@example(FRIDAY_EVENING.replace(tzinfo=None), 1)
def test_it_lies_in_the_next_two_working_hours(wall: datetime, seed: int) -> None:
    now = wall.replace(tzinfo=UTC)
    due, joins = moment(now, None, calendar=CALENDAR, chance=SeededChance(seed))
    assert now < due <= add_working(now, WITHIN, calendar=CALENDAR)
    assert not joins
    assert is_working_day(local_day(due, CALENDAR.zone), CALENDAR)
    assert timedelta() < working_time(now, due, calendar=CALENDAR) <= WITHIN


@given(st.integers(0, 2**32), st.integers(1, 119))
def test_one_that_finds_others_leaves_among_them_or_after(seed: int, minutes: int) -> None:
    now = datetime(2026, 3, 2, 14, tzinfo=UTC)
    last = now + timedelta(minutes=minutes)
    due, joins = moment(now, last, calendar=CALENDAR, chance=SeededChance(seed))
    assert joins is (last - now >= TOGETHER)
    assert now < due <= (last if joins else now + WITHIN)


def test_no_part_of_the_two_hours_is_favoured() -> None:
    now = datetime(2026, 3, 2, 14, tzinfo=UTC)
    drawn = [
        moment(now, None, calendar=CALENDAR, chance=SeededChance(seed))[0] for seed in range(2000)
    ]
    quarters = [int((due - now) / (WITHIN / 4) - 1e-9) for due in drawn]
    assert all(420 < quarters.count(each) < 580 for each in range(4)), "5 σ around 500"
