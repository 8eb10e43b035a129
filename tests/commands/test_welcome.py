"""When the public welcome line leaves, and whom it names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.values import Names
from bot.when import Calendar, is_open
from commands.welcome import greeting, greeting_at

QUEBEC = Calendar(zone=ZoneInfo("America/Toronto"), holidays=("CA-QC",))


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_the_line_leaves_later_in_a_window_and_within_a_working_week(now: datetime) -> None:
    at = greeting_at(now, QUEBEC)
    assert at > now
    assert is_open(at, QUEBEC)
    assert at - now < timedelta(days=7)


def test_newcomers_of_one_morning_share_their_moment() -> None:
    first = datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert greeting_at(first, QUEBEC) == greeting_at(first + timedelta(hours=3), QUEBEC)


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=12))
def test_everybody_is_named_or_counted(names: list[str]) -> None:
    key, values = greeting(names)
    shown = values["names"]
    assert isinstance(shown, Names)
    more = values.get("more", 0)
    assert isinstance(more, int)
    named = len(shown.names[0].split(", ")) if more else len(shown.names)
    assert named + more == len(names)
    assert key.endswith("-many") == (len(names) > 5)
    assert more != 1
