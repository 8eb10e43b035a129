"""The one file that asks the time, and the clock that stands still."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, FrozenClock, SystemClock

MORNING = datetime(2026, 3, 2, 14, tzinfo=UTC)


def test_the_system_clock_speaks_utc_and_moves_on() -> None:
    clock: Clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
    assert clock.monotonic() <= clock.monotonic()


def test_a_frozen_clock_stands_still_until_told() -> None:
    clock = FrozenClock(MORNING)
    assert clock.now() == clock.now() == MORNING
    clock.advance(timedelta(hours=3))
    assert clock.now() == MORNING + timedelta(hours=3)


def test_a_frozen_clock_takes_any_zone_and_answers_in_utc() -> None:
    montreal = timezone(timedelta(hours=-5))
    clock = FrozenClock(datetime(2026, 3, 2, 9, tzinfo=montreal))
    assert clock.now() == MORNING
    assert clock.now().tzinfo is UTC
    clock.set(datetime(2026, 3, 2, 10, tzinfo=montreal))
    assert clock.now().isoformat() == "2026-03-02T15:00:00+00:00"


@pytest.mark.parametrize("door", ["start", "set"])
def test_a_frozen_clock_refuses_a_time_without_a_zone(door: str) -> None:
    naive = datetime(2026, 3, 2, 9)
    with pytest.raises(ValueError, match="zone"):
        FrozenClock(naive) if door == "start" else FrozenClock(MORNING).set(naive)


def test_monotonic_seconds_survive_a_jump_backwards() -> None:
    clock = FrozenClock(MORNING)
    clock.advance(timedelta(minutes=1))
    clock.set(MORNING - timedelta(days=1))
    assert clock.monotonic() == 60
    clock.advance(timedelta(seconds=5))
    assert clock.monotonic() == 65


def test_time_does_not_pass_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        FrozenClock(MORNING).advance(timedelta(seconds=-1))


def test_errors_clock_and_chance_start_without_any_heavy_library() -> None:
    code = (
        "import sys, bot.errors, bot.clock, bot.chance, bot.log;"
        "print(*[m for m in ('pydantic', 'structlog', 'rapidfuzz', 'dotenv') if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.strip() == ""
