"""The acceptance scenarios of the domain specification (g.5) that courtesy alone can keep."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.courtesy import (
    BRAKE,
    Drop,
    Facts,
    Hold,
    Intent,
    Move,
    Pace,
    Release,
    Sent,
    brakes,
    decide,
    next_look,
)
from bot.when.holidays import default_slow_periods
from bot.when.working import Calendar, Hours

MONTREAL = ZoneInfo("America/Toronto")
QUEBEC = Calendar(MONTREAL, Hours(), ("CA-QC",))
CRUISE = Pace(calendar=QUEBEC, slow=default_slow_periods("CA-QC"))


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MONTREAL).astimezone(UTC)


def wants(kind: str, earliest: datetime, **more: Any) -> Intent:
    where = {"audience": "space", "audience_id": "7", "community": 1, "created": earliest}
    return Intent(**{"id": 1, "kind": kind, "earliest": earliest, **where, **more})


def lived(
    intents: Sequence[Intent], facts: Facts, *, start: datetime, end: datetime
) -> dict[int, datetime | str]:
    """What became of each intent when the ring looks whenever it was told to: when, or why not."""
    now, waiting = start, list(intents)
    ends: dict[int, datetime | str] = {}
    while waiting and now <= end:
        for decision in decide(waiting, facts, now):
            match decision:
                case Release(ids=ids):
                    ends |= dict.fromkeys(ids, now)
                    left = tuple(
                        Sent(kind=one.kind, at=now, subject=one.subject, asked=one.cause == "asked")
                        for one in waiting
                        if one.id in ids
                    )
                    facts = replace(facts, sent=facts.sent + left)
                case Drop(id=number, why=why):
                    ends[number] = why.removeprefix("courtesy-why-")
                case Move(until=until):
                    assert until > now
                case Hold():
                    pass
        waiting = [intent for intent in waiting if intent.id not in ends]
        look = next_look(waiting, facts, now)
        if look is None:
            break
        assert look > now
        now = look
    return ends


def test_scenario_3_nobody_is_reminded_of_an_accepted_activity_during_a_pause() -> None:
    person = {"audience": "person", "audience_id": "42"}
    day_before = wants("private-reminder", at(3, 10, 9), deadline=at(3, 11, 12), **person)
    asked_for = replace(day_before, id=2, earliest=at(3, 11, 11, 30), cause="asked")
    facts = Facts(paces={1: CRUISE}, pause_set_at=at(3, 2, 9), pause_until=at(4, 1))
    ends = lived([day_before, asked_for], facts, start=at(3, 10, 8), end=at(4, 30))
    assert ends == {1: "pause", 2: "pause"}


def test_scenario_4_a_prompt_due_on_a_holiday_leaves_on_the_next_working_day() -> None:
    prompt = wants("prompt", at(5, 18, 9, 30), cause="chosen-minute")
    ends = lived([prompt], Facts(paces={1: CRUISE}), start=at(5, 18, 9, 30), end=at(5, 30))
    assert ends == {1: at(5, 19, 9, 30)}


@pytest.mark.parametrize("day", [24, 25, 29])
def test_scenario_4_a_prompt_that_falls_in_the_slow_period_is_dropped(day: int) -> None:
    prompt = wants("prompt", at(6, day, 9, 30), cause="chosen-minute")
    ends = lived([prompt], Facts(paces={1: CRUISE}), start=at(6, 22), end=at(9, 30))
    assert ends == {1: "slow"}


def test_scenario_5_of_two_posts_within_a_day_the_lower_priority_moves() -> None:
    prompt = wants("prompt", at(3, 3, 9, 30), cause="chosen-minute")
    reminder = wants(
        "activity-reminder", at(3, 3, 14), id=2, cause="chosen-minute", subject="activity:1"
    )
    facts = Facts(paces={1: CRUISE})
    ends = lived([prompt, reminder], facts, start=at(3, 3, 8), end=at(3, 30))
    assert ends == {2: at(3, 3, 14), 1: at(3, 5, 9, 30)}


def test_scenario_5_of_two_posts_that_may_share_a_message_one_goes_out() -> None:
    reminder = wants("activity-reminder", at(3, 3, 9), merge_key="news", subject="activity:1")
    news = wants(
        "activity-announcement", at(3, 3, 10), id=2, merge_key="news", subject="activity:2"
    )
    ends = lived([reminder, news], Facts(paces={1: CRUISE}), start=at(3, 3, 8), end=at(3, 30))
    assert ends[1] == ends[2]


def test_scenario_9_three_who_find_it_too_much_brake_when_ten_answered() -> None:
    assert not brakes(3, 9)
    assert brakes(3, 10)
    assert not brakes(2, 10)
    assert brakes(5, 20)


def test_scenario_9_the_brake_lasts_28_days_and_halves_the_posts() -> None:
    facts = Facts(paces={1: replace(CRUISE, brake_until=at(3, 2) + BRAKE)})
    digests = [
        wants("space-digest", at(3, day, 13), id=day, cause="chosen-minute", latest=at(4, 30))
        for day in (3, 5, 10, 12)
    ]
    ends = lived(digests, facts, start=at(3, 2), end=at(4, 30))
    days = sorted(left.date() for left in ends.values() if isinstance(left, datetime))
    assert days == [date(2026, 3, day) for day in (3, 10, 17, 24)]


def test_scenario_10_in_crisis_questions_go_on_and_nothing_else_leaves() -> None:
    crisis = Facts(paces={1: replace(CRUISE, mode="crisis")})
    now = at(3, 3, 10, 15)
    stopped = [
        "prompt",
        "tip",
        "pulse",
        "pulse-invitation",
        "activity-reminder",
        "private-reminder",
    ]
    for number, kind in enumerate([*stopped, "relance", "space-digest", "guide"]):
        assert decide([wants(kind, now, id=number)], crisis, now) == [
            Hold(number, "courtesy-why-crisis")
        ]
    for kind in ["question", "answer", "helper-offer", "follow-up", "request-card", "cancellation"]:
        ends = lived([wants(kind, now)], crisis, start=now, end=at(3, 4))
        assert isinstance(ends[1], datetime), kind
    assert decide([wants("question", now, cause="asked")], crisis, now) == [Release((1,))]


def test_scenario_10_what_a_crisis_held_too_long_is_dropped_when_it_ends() -> None:
    prompt = wants("prompt", at(3, 3, 9, 30), cause="chosen-minute")
    assert decide([prompt], Facts(paces={1: CRUISE}), at(3, 10, 9, 30)) == [
        Drop(1, "courtesy-why-expired")
    ]


def test_scenario_14_after_three_days_down_no_backlog_leaves() -> None:
    person = {"audience": "person", "audience_id": "42"}
    down = at(3, 2, 18)
    stale = [
        wants("private-reminder", at(3, 3, 9), id=1, deadline=at(3, 4, 12), **person),
        wants("digest", at(3, 3, 9), id=2, latest=at(3, 4), **person),
    ]
    useful = [
        wants("private-reminder", at(3, 4, 9), id=n, deadline=at(3, 10, 12), **person)
        for n in (3, 4, 5)
    ] + [wants("request-card", at(3, 4, 9), id=n, **person) for n in (6, 7)]
    back = down + timedelta(days=3)
    ends = lived([*stale, *useful], Facts(paces={1: CRUISE}), start=back, end=at(3, 30))
    assert (ends[1], ends[2]) == ("expired", "expired")
    left = sorted(end for end in ends.values() if isinstance(end, datetime))
    assert len(left) == 5
    assert all(after - before > timedelta(minutes=30) for before, after in pairwise(left))
    assert all(left[0].date() == day.date() for day in left)


def test_scenario_14_posts_that_piled_up_are_days_apart() -> None:
    news = [
        wants("activity-announcement", at(3, 3, 9), id=n, subject=f"activity:{n}") for n in range(4)
    ]
    ends = lived(news, Facts(paces={1: CRUISE}), start=at(3, 6, 10), end=at(4, 30))
    days = [end.date() for end in ends.values() if isinstance(end, datetime)]
    assert len(set(days)) == 4
    assert max(days) - min(days) >= timedelta(days=7)
