"""Dates, hours and lengths as they are shown, in French and in English."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.when.format import format_day, format_duration, format_moment, format_time, zone_name

TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")
THIS_YEAR = date(2026, 1, 15)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "language", "shown"),
    [
        (date(2026, 3, 12), "fr", "jeudi 12 mars"),
        (date(2026, 5, 1), "fr", "vendredi 1er mai"),
        (date(2027, 3, 12), "fr", "vendredi 12 mars 2027"),
        (date(2026, 3, 12), "en", "Thursday 12 March"),
        (date(2026, 5, 1), "en", "Friday 1 May"),
        (date(2027, 3, 12), "en", "Friday 12 March 2027"),
        (date(2026, 8, 3), "fr-CA", "lundi 3 août"),
    ],
)
def test_a_day_has_its_year_only_when_it_is_another(day: date, language: str, shown: str) -> None:
    assert format_day(day, language, today=THIS_YEAR) == shown


def test_a_day_has_its_year_when_nobody_knows_which_year_it_is() -> None:
    assert format_day(date(2026, 3, 12), "fr") == "jeudi 12 mars 2026"


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        (time(9), "9 h", "9:00"),
        (time(13, 30), "13 h 30", "13:30"),
        (time(9, 5), "9 h 05", "9:05"),
        (time(0), "0 h", "0:00"),
    ],
)
def test_hours_follow_the_usage_of_each_language(at: time, french: str, english: str) -> None:
    assert plain(format_time(at, "fr")) == french
    assert format_time(at, "en") == english


def test_a_french_hour_is_never_cut_at_the_end_of_a_line() -> None:
    assert " " not in format_time(time(13, 30), "fr")
    assert " " not in format_duration(timedelta(seconds=20), "fr")


def test_a_moment_is_shown_on_the_wall_of_its_reader() -> None:
    instant = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
    shown = format_moment(instant, TORONTO, language="fr", today=THIS_YEAR)
    assert plain(shown) == "jeudi 12 mars à 12 h 30"
    shown = format_moment(instant, PARIS, language="fr", today=THIS_YEAR)
    assert plain(shown) == "jeudi 12 mars à 17 h 30"
    shown = format_moment(instant, TORONTO, language="en", today=THIS_YEAR)
    assert shown == "Thursday 12 March at 12:30"


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (timedelta(seconds=20), "20 secondes", "20 seconds"),
        (timedelta(seconds=1), "1 seconde", "1 second"),
        (timedelta(0), "0 seconde", "0 seconds"),
        (timedelta(minutes=90), "1 heure et 30 minutes", "1 hour, 30 minutes"),
        (timedelta(days=3), "3 jours", "3 days"),
        (timedelta(days=3, hours=1, minutes=5), "3 jours et 1 heure", "3 days, 1 hour"),
        (-timedelta(hours=2), "2 heures", "2 hours"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(
    amount: timedelta, french: str, english: str
) -> None:
    assert plain(format_duration(amount, "fr")) == french
    assert plain(format_duration(amount, "en")) == english


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        ("America/Toronto", "heure de l’Est", "Eastern Time"),
        ("America/Montreal", "heure de l’Est", "Eastern Time"),
        ("Europe/Paris", "heure de l’Europe centrale", "Central European Time"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_has_a_name_that_holds_all_year(zone: str, french: str, english: str) -> None:
    assert zone_name(ZoneInfo(zone), "fr") == french
    assert zone_name(ZoneInfo(zone), "en") == english
