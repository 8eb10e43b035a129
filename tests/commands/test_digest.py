"""A digest is short, names no topic that points at somebody, and comes at the hour one chose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Line
from commands.digest import rules
from commands.digest.rules import Part
from storage.digests import Slot, week_of

LINES = st.lists(st.integers(1, 40), min_size=1, max_size=5)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
SLOTS = st.builds(
    Slot,
    every=st.sampled_from(["week", "fortnight"]),
    parity=st.integers(0, 1),
    weekday=st.integers(0, 6),
    at=st.sampled_from(["00:00", "02:30", "13:00", "23:59"]),
    zone=st.sampled_from(["America/Toronto", "Europe/Paris"]),
)


def part(*words: int) -> Part:
    """A part of lines of so many words."""
    return Part(tuple(Line("x" * 1, {"n": number}) for number in words))


def count(parts: object) -> int:
    """The words of all their lines."""
    return sum(line.values["n"] for each in parts for line in each.lines)  # type: ignore[attr-defined]


@given(st.lists(LINES, min_size=1, max_size=6), st.integers(0, 120))
def test_what_does_not_fit_is_left_out_and_nothing_else(words: list[list[int]], most: int) -> None:
    whole = [part(*each) for each in words]
    kept = rules.fitting(whole, count, most)
    assert count(kept) <= most or [len(each.lines) for each in kept] == [1]
    assert [each.lines for each in kept] == [
        before.lines[: len(each.lines)] for before, each in zip(whole, kept, strict=False)
    ]
    if count(whole) <= most:
        assert kept == whole


def test_the_first_lines_of_all_parts_go_last() -> None:
    kept = rules.fitting([part(10, 10), part(10, 10)], count, 25)
    assert [len(each.lines) for each in kept] == [1, 1]


def test_a_topic_is_named_when_three_people_wrote_of_it() -> None:
    written = {"rare": [1, 1, 2], "sommeil": [1, 2, 3], "écrans": [4, 5, 6, 7]}
    assert rules.topics(written) == ["écrans", "sommeil"]


def test_words_are_counted_as_people_count_them() -> None:
    assert rules.words_in("**À retenir** · 8 h 30 → oui, « non »") == 7


def test_what_somebody_wrote_is_given_back_in_few_words_on_one_line() -> None:
    assert rules.short("un\ndeux  trois", 2) == "un deux…"
    assert rules.short("un\ndeux", 2) == "un deux"


@given(SLOTS, MOMENTS)
def test_a_slot_comes_on_its_day_at_its_hour_and_never_twice(slot: Slot, now: datetime) -> None:
    last, following = slot.until(now), slot.after(now)
    assert last <= now < following
    weeks = 1 if slot.every == "week" else 2
    days = (
        following.astimezone(ZoneInfo(slot.zone)).date()
        - last.astimezone(ZoneInfo(slot.zone)).date()
    )
    assert days == timedelta(weeks=weeks)
    assert slot.after(following) > following
    assert slot.until(following) == following
    assert following.astimezone(ZoneInfo(slot.zone)).weekday() == slot.weekday
    assert Slot.of(slot.key) == slot


def test_fortnights_go_on_across_years() -> None:
    mondays = [date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11)]
    assert [week_of(day) - week_of(mondays[0]) for day in mondays] == [0, 1, 2]
    assert week_of(date(2027, 1, 3)) == week_of(mondays[0])
