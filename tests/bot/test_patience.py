"""What a platform's refusals teach about its limit, against a bucket as Synapse keeps it [RE-4]."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.patience import MOST_TRUST, Patience

TOGETHER = 16
PAUSE = 0.5
"""How long Synapse keeps a refused request waiting."""


@dataclass
class Bucket:
    """A limit of a whole account: `burst` at once, `rate` a second for ever."""

    rate: float
    burst: float
    full: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """0 when one more passes, else how long until it would."""
        self.full = max(0.0, self.full - (now - self.at) * self.rate)
        self.at = now
        if self.full <= self.burst - 1:
            self.full += 1
            return 0
        return (self.full - self.burst + 1) / self.rate


@dataclass
class Traffic:
    """Sends under a patience, in a time of its own."""

    bucket: Bucket
    patience: Patience = field(default_factory=Patience)
    takes: float = 0.015
    now: float = 0.0
    refusals: int = 0
    passed: list[float] = field(default_factory=list)

    def send(self, many: int) -> float:
        """Sends so many as delivery does; returns how long it took."""
        began, waiting, numbers = self.now, many, count()
        on_its_way: list[tuple[float, int, int, float]] = []
        while waiting or on_its_way:
            room = (1 if self.patience.narrow else TOGETHER) - len(on_its_way)
            may = self.patience.next_at(self.now)
            if waiting and room > 0 and may <= self.now:
                waiting -= 1
                ticket, wait = self.patience.begin(self.now), self.bucket.wait(self.now)
                ends = self.now + self.takes + (PAUSE if wait else 0)
                heapq.heappush(on_its_way, (ends, next(numbers), ticket, wait))
                continue
            times = [on_its_way[0][0]] if on_its_way else []
            self.now = min([*times, *([may] if waiting and room > 0 else [])])
            while on_its_way and on_its_way[0][0] <= self.now:
                _, _, ticket, wait = heapq.heappop(on_its_way)
                if wait:
                    self.refusals += 1
                    waiting += 1
                    self.patience.refused(self.now, wait, began=ticket)
                else:
                    self.passed.append(self.now)
                    self.patience.accepted(self.now)
        return self.now - began


def test_forty_messages_at_twenty_a_second_leave_within_three_seconds() -> None:
    traffic = Traffic(Bucket(20, 10))
    assert 1.5 <= traffic.send(40) <= 3


def test_at_one_message_in_five_seconds_nearly_every_turn_is_used() -> None:
    traffic = Traffic(Bucket(0.2, 10))
    took = traffic.send(110)
    assert took <= 1.1 * (110 - 10) / 0.2
    # Those that left together at first, one to learn the rate, and a try now and then.
    assert traffic.refusals <= TOGETHER + 3


def test_the_rate_is_known_after_two_refusals_in_a_row() -> None:
    traffic = Traffic(Bucket(0.2, 10))
    traffic.send(14)
    assert traffic.patience.gap == pytest.approx(5, rel=0.05)
    known = traffic.refusals
    traffic.send(15)
    assert traffic.refusals == known


def test_without_a_limit_nothing_is_held_back() -> None:
    traffic = Traffic(Bucket(1e9, 1e9))
    assert traffic.send(160) == pytest.approx(160 / TOGETHER * traffic.takes)


def test_a_limit_that_was_lifted_is_found_out() -> None:
    traffic = Traffic(Bucket(0.2, 10))
    traffic.send(15)
    traffic.bucket = Bucket(1e9, 1e9)
    traffic.send(250)
    assert not traffic.patience.narrow


def test_after_a_rest_some_may_leave_at_once() -> None:
    traffic = Traffic(Bucket(0.2, 10))
    traffic.send(14)
    traffic.now += 3600
    assert traffic.send(5) < 1


def test_a_rest_is_not_taken_for_a_slow_platform() -> None:
    traffic = Traffic(Bucket(20, 3))
    for _ in range(5):
        traffic.send(8)
        traffic.now += 300
    assert (traffic.patience.gap or 0) < 0.2


def test_a_platform_that_was_away_for_an_hour_is_soon_sent_to_as_before() -> None:
    traffic = Traffic(Bucket(1e9, 1e9))
    patience = traffic.patience
    for hour in (600.0, 600.0, 2400.0):
        patience.refused(traffic.now, hour, began=patience.begin(traffic.now))
        assert patience.next_at(traffic.now) == traffic.now + hour
        traffic.now += hour
    traffic.send(50)
    assert not patience.narrow


def test_a_platform_that_comes_and_goes_is_not_taken_for_a_slow_one() -> None:
    traffic = Traffic(Bucket(1e9, 1e9))
    patience = traffic.patience
    for _ in range(5):
        traffic.send(1)
        patience.refused(traffic.now, 5, began=patience.begin(traffic.now), away=True)
        traffic.now += 5
    assert patience.gap is None
    before = traffic.now
    traffic.send(50)
    assert traffic.now - before < 5
    assert not patience.narrow


@given(st.floats(0.2, 40), st.integers(1, 20), st.integers(1, 60))
def test_whatever_the_limit_all_pass_without_hammering(rate: float, burst: int, many: int) -> None:
    traffic = Traffic(Bucket(rate, burst))
    traffic.send(many)
    assert len(traffic.passed) == many
    assert traffic.refusals <= TOGETHER + many


def test_what_was_too_much_is_tried_ever_more_rarely() -> None:
    traffic = Traffic(Bucket(1, 1))
    traffic.send(2000)
    assert traffic.refusals <= TOGETHER + 12 + 2 * 2000 / MOST_TRUST
