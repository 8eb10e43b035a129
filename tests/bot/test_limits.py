"""How many events a minute are heard of one person [SE-6]."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.limits import PerDay, PerPerson

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def test_the_limit_opens_again_after_a_minute() -> None:
    limits = PerPerson(2)
    waits = [limits.take("marie", AT + timedelta(seconds=n)) for n in (0, 1, 2, 61)]
    assert [wait is None for wait in waits] == [True, True, False, True]


def test_times_that_run_backwards_open_no_new_minute() -> None:
    limits = PerPerson(2)
    waits = [limits.take("mallory", AT - timedelta(hours=n)) for n in range(5)]
    assert [wait is None for wait in waits] == [True, True, False, False, False]
    assert [wait.tell for wait in waits if wait] == [True, False, False]
    assert all(wait.seconds <= 60 for wait in waits if wait)


def test_a_day_has_its_share_and_the_next_one_too() -> None:
    days, monday = PerDay(), date(2026, 3, 2)
    assert [days.take("marie", monday, 2) for _ in range(3)] == [True, True, False]
    assert days.take("lea", monday, 2)
    assert days.take("marie", monday + timedelta(days=1), 2)


def test_a_day_that_is_past_opens_no_new_share() -> None:
    days, monday = PerDay(), date(2026, 3, 2)
    taken = [days.take("mallory", monday - timedelta(days=n), 2) for n in range(4)]
    assert taken == [True, True, False, False]
