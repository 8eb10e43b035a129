"""How many events a minute are heard of one person [SE-6]."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.limits import PerPerson

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
