"""How much one person may ask, and how often they are told something unasked [SE-6, PR-3].

A bucket per account, answered once a minute, kindly.

Kept in memory: it protects the others' time, and forgetting it at a restart harms nobody. In the
demo `run` feeds it the instructions that were already carried out, so that a continued run counts
as one that was never killed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

MOST_KNOWN = 10_000
"""Accounts remembered at once."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too fast: come back after `seconds`; `tell` when this is the minute's one answer."""

    seconds: int
    tell: bool


@dataclass(slots=True)
class _Bucket:
    started: datetime
    count: int = 0
    told: bool = False


@dataclass(slots=True)
class PerPerson:
    """At most `most` events a minute from one account; 0 lifts the limit (benches)."""

    most: int = 40
    buckets: dict[str, _Bucket] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> PerPerson:
        """From the configuration: `40/min`, or `0`."""
        return cls(int(text.partition("/")[0]))

    def take(self, who: str, at: datetime) -> Wait | None:
        """Counts one event; None when it may be handled."""
        if self.most == 0:
            return None
        bucket = self.buckets.get(who)
        # A time that runs backwards, which a homeserver may tell, opens no new minute.
        if bucket is None or at - bucket.started >= timedelta(minutes=1):
            if len(self.buckets) > MOST_KNOWN:
                self.buckets.clear()
            bucket = self.buckets[who] = _Bucket(at)
        bucket.count += 1
        if bucket.count <= self.most:
            return None
        tell = not bucket.told
        bucket.told = True
        left = timedelta(minutes=1) - max(at - bucket.started, timedelta(0))
        return Wait(max(1, int(left.total_seconds())), tell)


@dataclass(slots=True)
class PerDay:
    """At most so many of one thing a day for one account, where no row may say to whom [PR-3]."""

    counts: dict[str, tuple[date, int]] = field(default_factory=dict)

    def take(self, who: str, day: date, most: int) -> bool:
        """Counts one more; false when that day, or a later one, had its share."""
        last, count = self.counts.get(who, (day, 0))
        if day > last:
            last, count = day, 0
        if count >= most:
            return False
        if len(self.counts) > MOST_KNOWN:
            self.counts.clear()
        self.counts[who] = last, count + 1
        return True
