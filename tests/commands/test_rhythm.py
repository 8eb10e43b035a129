"""The words of a rhythm and the wordings of a *relance*: what is read, told again and chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chance import SeededChance
from bot.content import Content
from bot.texts import Texts, Voice
from bot.values import TimeOfDay
from bot.when import Calendar, Hours, Rule, local_day, next_turn, turns
from commands.prompts import schedule
from commands.prompts.relance import fitting
from commands.prompts.rules import Entry
from commands.prompts.schedule import Fault
from storage import rhythms
from storage.rhythms import RhythmRow

ZONE = ZoneInfo("America/Toronto")
CALENDAR = Calendar(ZONE)
NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""A Wednesday."""
DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday"),
}
NTH = {"fr": ("premier", "deuxième", "troisième"), "en": ("first", "second", "third")}
TEXTS = Texts.load()
FOLLOW_UPS = Content().follow_ups()
languages = st.sampled_from(["fr", "en"])
hours = st.builds(time, st.integers(9, 15), st.sampled_from([0, 15, 30]))
instants = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


def read(text: str, now: datetime = NOW, slot: int = 1) -> Rule | Fault:
    return schedule.read(text, now, calendar=CALENDAR, languages=("fr",), slot=slot)


def rule(text: str, now: datetime = NOW, slot: int = 1) -> Rule:
    found = read(text, now, slot)
    assert isinstance(found, Rule), text
    return found


@given(
    languages,
    st.sets(st.integers(0, 4), min_size=1, max_size=3),
    hours,
    st.integers(1, 4),
    instants,
)
def test_what_is_typed_is_when_it_leaves(
    language: str, weekdays: set[int], at: time, every: int, now: datetime
) -> None:
    typed = _weekly(language, sorted(weekdays), at, every)
    found = rule(typed, now)
    ahead = list(islice(turns(found, schedule.first_day(found, now), after=now), 6))
    local = [each.at.astimezone(ZONE) for each in ahead]
    assert {each.time() for each in local} == {at}
    assert {each.weekday() for each in local} <= weekdays
    # The first turn comes within a week, whatever « every two » skips afterwards.
    assert timedelta() < ahead[0].at - now <= timedelta(days=8)
    mondays = sorted({each.day - timedelta(days=each.day.weekday()) for each in ahead})
    assert all((b - a).days == 7 * every for a, b in pairwise(mondays))


@given(languages, st.integers(1, 3), st.integers(0, 4), hours, instants)
def test_the_nth_weekday_of_a_month_is_that(
    language: str, nth: int, weekday: int, at: time, now: datetime
) -> None:
    day, which = DAYS[language][weekday], NTH[language][nth - 1]
    month = "du mois" if language == "fr" else "of the month"
    found = rule(f"{which} {day} {month} {at:%H:%M}", now)
    for turn in islice(turns(found, local_day(now, ZONE), after=now), 4):
        assert turn.day.weekday() == weekday
        assert (turn.day.day - 1) // 7 + 1 == nth


@given(languages, hours, st.sets(st.integers(0, 4), min_size=1), st.integers(1, 4))
def test_a_rhythm_is_told_in_whole_sentences_and_kept_as_it_was(
    language: str, at: time, weekdays: set[int], every: int
) -> None:
    found = rule(_weekly(language, sorted(weekdays), at, every))
    for reader in ("fr", "en"):
        voice = Voice(language=reader, zone=ZONE, today=NOW.date(), region="CA", words={})
        said = TEXTS.render("rhythm-set", {"rhythm": schedule.told(found)}, voice)
        days = DAYS[reader]
        named = {n for n in range(5) if days[n] in said.casefold()}
        assert named == weekdays or (len(weekdays) == 5 and named <= {0, 4})
    row = RhythmRow(
        community_id=1, rule=rhythms.as_json(found), start=NOW.date(), set_at=NOW, set_by=1
    )
    assert rhythms.rule_of(row, ZONE) == found


@given(st.text(max_size=300))
def test_no_words_break_the_reading(text: str) -> None:
    found = read(text)
    if isinstance(found, Rule):
        assert next_turn(found, schedule.first_day(found, NOW), after=NOW) is not None
        assert schedule.told(found).key.startswith("rhythm-")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mardi", "3 10"),
        ("chaque semaine 10h", "3 10"),
        ("hebdomadaire", "3 10"),
        ("aux deux semaines le mardi 9h30", "3 17"),
        ("un mardi sur deux à 9h30", "3 17"),
        ("every other tuesday at 9:30", "3 17"),
        ("le dernier vendredi du mois 14h", "27 24"),
        ("every last friday of the month 14:00", "27 24"),
        ("le 15 du mois 10h", "15 15"),
        ("chaque jour ouvrable 9h", "3 4"),
    ],
)
def test_the_next_turns_of_what_people_say(typed: str, days: str) -> None:
    monday = datetime(2026, 3, 2, 15, tzinfo=UTC)
    found = rule(typed, monday)
    ahead = islice(turns(found, schedule.first_day(found, monday), after=monday), 2)
    assert " ".join(str(each.day.day) for each in ahead) == days


def test_an_hour_outside_the_window_is_refused_with_one_that_fits() -> None:
    late = read("chaque mardi 22h")
    assert isinstance(late, Fault)
    assert late.values["near"] == TimeOfDay(time(15, 30))
    early = read("chaque mardi 6h")
    assert isinstance(early, Fault)
    assert early.values["near"] == TimeOfDay(time(8, 30))
    night = Calendar(ZONE, Hours(time(20), time(4)))
    found = schedule.read("chaque mardi 22h", NOW, calendar=night, languages=("fr",), slot=1)
    assert isinstance(found, Rule)


@given(st.integers(0, 9), st.booleans(), st.sampled_from([None, *(e.id for e in FOLLOW_UPS)]))
def test_a_relance_fits_how_many_answered_and_is_not_the_last_one(
    people: int, poll: bool, last: str | None
) -> None:
    entry = Entry(code="C01", text="?", options=("a", "b") if poll else None)
    seen = {
        fitting(FOLLOW_UPS, people, entry=entry, last=last, chance=SeededChance(n, "e")).id
        for n in range(12)
    }
    if people >= 3:
        assert seen == {"R7"}
    else:
        assert "R7" not in seen
        assert last not in seen
    assert people == 2 or "R1" not in seen
    assert not (poll and "R2" in seen)


def _weekly(language: str, weekdays: Sequence[int], at: time, every: int) -> str:
    joiner = " et " if language == "fr" else " and "
    days = joiner.join(DAYS[language][n] for n in weekdays)
    if language == "fr":
        step = "chaque" if every == 1 else f"toutes les {every} semaines le"
        return f"{step} {days} {at.hour}h{at.minute:02}"
    step = "every" if every == 1 else f"every {every} weeks on"
    return f"{step} {days} {at:%H:%M}"
