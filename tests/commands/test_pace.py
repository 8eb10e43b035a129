"""Slow periods as days of one year, and the list of what is to come, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.courtesy import KINDS
from bot.foreseen import Foreseen
from bot.texts import Texts
from bot.when import Calendar, Hours, SlowPeriod, default_slow_periods
from commands.pace.listing import Due, Post, excerpt, known, posts
from commands.pace.periods import Weeks, announced_on, back_on, coming, notice
from storage.planned import Planned

CALENDAR = Calendar(ZoneInfo("America/Toronto"), Hours(), ("CA-QC",))
QUEBEC = default_slow_periods("CA-QC")
SUMMER = Weeks(date(2026, 6, 24), date(2026, 8, 15))
YEAR_END = Weeks(date(2026, 12, 20), date(2027, 1, 5))
NOON = datetime(2026, 3, 10, 16, tzinfo=UTC)
TITLES = {"terminal::general": "general", "terminal::salon": "salon"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_message_has_a_name_that_people_understand(language: str) -> None:
    texts = Texts.load()
    assert sorted(name for name in KINDS if not texts.has(f"kind-{name}", language)) == []


def test_a_slow_period_is_told_the_working_day_before_and_ends_on_the_next_one() -> None:
    assert coming(QUEBEC, date(2026, 3, 2)) == SUMMER
    assert announced_on(SUMMER, CALENDAR) == date(2026, 6, 23)
    assert back_on(SUMMER, CALENDAR) == date(2026, 8, 17), "the 15th is a Saturday"
    assert coming(QUEBEC, date(2026, 12, 31)) == YEAR_END
    assert coming(QUEBEC, date(2027, 1, 2)) == YEAR_END, "also from within, over the new year"
    assert announced_on(YEAR_END, CALENDAR) == date(2026, 12, 18)
    assert YEAR_END.year_end
    assert not SUMMER.year_end


def test_periods_that_touch_are_one_and_a_year_of_quiet_has_an_end() -> None:
    both = default_slow_periods("CA-QC", "FR")
    assert coming(both, date(2026, 3, 2)) == Weeks(date(2026, 6, 24), date(2026, 8, 25))
    assert coming((), date(2026, 3, 2)) is None
    always = coming((SlowPeriod((1, 1), (12, 31)),), date(2026, 3, 2))
    assert always is not None
    assert (always.last - always.first).days <= 3 * 366


def test_each_period_is_told_once_and_its_end_once() -> None:
    told: Weeks | None = None
    heard: list[tuple[date, str]] = []
    day = date(2026, 3, 2)
    while day < date(2027, 2, 1):
        found = notice(told, QUEBEC, day, calendar=CALENDAR)
        if isinstance(found, Weeks):
            told = found
            heard.append((day, str(found)))
        elif found is not None:
            told = None
            heard.append((day, found))
        day += timedelta(days=1)
    assert heard == [
        (date(2026, 6, 23), str(SUMMER)),
        (date(2026, 8, 17), "over"),
        (date(2026, 12, 18), str(YEAR_END)),
        (date(2027, 1, 6), "over"),
    ]


def test_a_period_that_was_taken_back_or_is_long_over_is_not_told_as_ended() -> None:
    assert notice(SUMMER, (), date(2026, 6, 23), calendar=CALENDAR) == "forgotten"
    assert notice(SUMMER, (), date(2026, 7, 10), calendar=CALENDAR) == "over"
    assert notice(SUMMER, QUEBEC, date(2026, 9, 20), calendar=CALENDAR) == "forgotten"
    assert Weeks.of(str(SUMMER)) == SUMMER


def test_one_post_of_two_rooms_is_one_line_and_its_turn_is_what_is_held() -> None:
    due = Due(rhythm=4, at=NOON)
    skipped = Due(rhythm=4, at=NOON + timedelta(days=7), state="gone")
    asks = Due(rhythm=4, at=NOON + timedelta(days=14), state="asks")
    found = posts(
        [foreseen("general"), foreseen("salon"), foreseen("elsewhere")],
        [due, skipped, asks],
        [held("general", 7), held("elsewhere", 8)],
        TITLES,
    )
    assert [(each.where, each.ref, each.state) for each in found] == [
        (("general", "salon"), "turn:4:20260310T160000Z", ""),
        (("general",), "intent:7", "held"),
        ((), "turn:4:20260324T160000Z", "asks"),
    ]
    assert [Post.of(each.as_json()) for each in found] == found
    assert ":" not in found[0].ref.split(":", 2)[2], "a button's arguments stand between colons"


def test_without_a_rehearsal_what_is_known_today_is_listed() -> None:
    due = Due(rhythm=4, at=NOON)
    found = known([held("general", 7), held("salon", 9)], [due], TITLES)
    assert [each.ref for each in found] == ["turn:4:20260310T160000Z", "intent:7"]
    assert found[1].where == ("general", "salon")


def test_a_post_is_shown_by_its_own_words_without_its_title() -> None:
    assert excerpt("**Question du moment** · Outils\n\nQuel *outil* vous sert?") == (
        "Quel outil vous sert?"
    )
    assert excerpt("**Une seule ligne.**") == "Une seule ligne."
    assert excerpt("") == ""
    assert len(excerpt("mot " * 100)) <= 90


def foreseen(room: str) -> Foreseen:
    return Foreseen(
        at=NOON,
        community=1,
        audience="space",
        audience_id=f"terminal::{room}",
        kind="prompt",
        key="prompts-posting",
        values={},
        text="**Question du moment**\n\nUn geste?",
        subject="turn:12",
    )


def held(room: str, number: int) -> Planned:
    return Planned(
        at=NOON + timedelta(days=1),
        kind="space-digest",
        audience="space",
        audience_id=f"terminal::{room}",
        number=number,
        subject="digest:1",
        held=True,
    )
