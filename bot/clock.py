"""The only file that asks what time it is; everywhere else `now` is a parameter."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is: an aware instant in UTC, and seconds that never run backwards."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class FrozenClock:
    """A clock that stands still until it is told to move (the demo, tests, the rehearsal).

    Takes aware instants of any zone and gives them back in UTC; ValueError for a naive one.
    """

    def __init__(self, start: datetime) -> None:
        self._now = _utc(start)
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        """Seconds this clock has moved forward; setting it back takes none of them away."""
        return self._elapsed

    def set(self, instant: datetime) -> None:
        """Jumps, forwards or backwards."""
        target = _utc(instant)
        self._elapsed += max(0.0, (target - self._now).total_seconds())
        self._now = target

    def advance(self, by: timedelta) -> None:
        """Lets time pass. ValueError for a negative time: that would be a jump, see `set`."""
        if by < timedelta():
            raise ValueError("time does not pass backwards")
        self.set(self._now + by)


def _utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant without a zone could be any of 24")
    return instant.astimezone(UTC)
