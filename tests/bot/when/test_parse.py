"""Human dates, hours, lengths and recurrences, French and English; nothing else is guessed."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.when.format import format_day, format_moment
from bot.when.parse import Understood, parse_duration, parse_hours, parse_moment, parse_rule
from bot.when.recur import LAST
from bot.when.working import Hours

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # Tuesday 10 March 2026, 10:00 in Montréal


def moment(text: str, language: str = "fr", now: datetime = NOW) -> str | None:
    found = parse_moment(text, now, zone=TORONTO, language=language)
    if found is None:
        return None
    hour = f" {found.at:%H:%M}" if found.at is not None else ""
    rest = f" ({found.rest})" if found.rest else ""
    return f"{found.day}{hour}{rest}"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("demain 14h", "2026-03-11 14:00"),
        ("jeudi prochain 13h30", "2026-03-12 13:30"),
        ("lundi", "2026-03-16"),
        ("vendredi", "2026-03-13"),
        ("mardi", "2026-03-17"),
        ("ce mardi", "2026-03-10"),
        ("lundi en huit", "2026-03-23"),
        ("lundi de la semaine prochaine 10 h", "2026-03-16 10:00"),
        ("le 12 mars", "2026-03-12"),
        ("le 9 mars", "2027-03-09"),
        ("12 mars 2026 à 9 h", "2026-03-12 09:00"),
        ("9 h, le 12 mars", "2026-03-12 09:00"),
        ("jeu. 12 mars 13 h", "2026-03-12 13:00"),
        ("2026-03-12 12:00", "2026-03-12 12:00"),
        ("2026-03-12T12:00", "2026-03-12 12:00"),
        ("12/03/2026 14:30", "2026-03-12 14:30"),
        ("03/04", "2026-04-03"),
        ("dans 3 jours", "2026-03-13"),
        ("dans deux semaines à 9 h", "2026-03-24 09:00"),
        ("dans un mois", "2026-04-10"),
        ("dans 1 h 30", "2026-03-10 11:30"),
        ("dans une demi-heure", "2026-03-10 10:30"),
        ("fin du mois", "2026-03-31"),
        ("fin février", "2027-02-28"),
        ("mi-avril", "2026-04-15"),
        ("1er mai", "2026-05-01"),
        ("29 février", "2028-02-29"),
        ("le 31", "2026-03-31"),
        ("le 5 à 14h", "2026-04-05 14:00"),
        ("jeudi 12", "2026-03-12"),
        ("le 2e jeudi du mois", "2026-03-12"),
        ("premier lundi du mois 9h", "2026-04-06 09:00"),
        ("le dernier vendredi de février", "2027-02-26"),
        ("midi", "2026-03-10 12:00"),
        ("minuit", "2026-03-11 00:00"),
        ("14h", "2026-03-10 14:00"),
        ("9h", "2026-03-11 09:00"),
        ("demain à 9 h et demie", "2026-03-11 09:30"),
        ("ce soir à 8 h", "2026-03-10 20:00"),
        ("demain après-midi", "2026-03-11"),
        ("aujourd’hui à 16\u00a0h\u00a030", "2026-03-10 16:30"),
        ("APRÈS-DEMAIN 8H30", "2026-03-12 08:30"),
        ("Réunion ITSS demain 14h avec Luc", "2026-03-11 14:00 (Réunion ITSS avec Luc)"),
    ],
)
def test_french_moments_are_understood(text: str, understood: str) -> None:
    assert moment(text) == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("in 2 weeks", "2026-03-24"),
        ("next Thursday 1:30 pm", "2026-03-12 13:30"),
        ("tomorrow", "2026-03-11"),
        ("noon", "2026-03-10 12:00"),
        ("12am", "2026-03-11 00:00"),
        ("March 12 at 9", "2026-03-12 09:00"),
        ("12th of March, 2027 9am", "2027-03-12 09:00"),
        ("March 12, 2026 12:30", "2026-03-12 12:30"),
        ("Thursday the 12th at 3 p.m.", "2026-03-12 15:00"),
        ("03/04", "2027-03-04"),
        ("13/04", "2026-04-13"),
        ("mon 9:30", "2026-03-16 09:30"),
        ("Monday next week", "2026-03-16"),
        ("the first Monday of May 2027", "2027-05-03"),
        ("2nd Thursday of next month at noon", "2026-04-09 12:00"),
        ("end of next month", "2026-04-30"),
        ("end of the year", "2026-12-31"),
        ("in half an hour", "2026-03-10 10:30"),
        ("3 days ago", "2026-03-07"),
        ("in a fortnight", "2026-03-24"),
        ("Webinar on Friday at noon with food", "2026-03-13 12:00 (Webinar with food)"),
        ("demain 14h", "2026-03-11 14:00"),
    ],
)
def test_english_moments_are_understood(text: str, understood: str) -> None:
    assert moment(text, "en") == understood


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "5",
        "bonjour tout le monde",
        "31 février",
        "30 février 2026",
        "2026-13-45",
        "jeudi 13 mars",
        "vendredi 12",
        "25h",
        "9h75",
        "13 pm",
        "dans 9999 ans",
        "le 45",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en", "fr-CA", "xx"])
def test_what_cannot_be_is_not_understood(text: str, language: str) -> None:
    assert moment(text, language) is None


def test_today_is_the_date_of_the_zone_not_of_greenwich() -> None:
    late = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)  # still Tuesday evening in Montréal
    assert moment("demain", now=late) == "2026-03-11"


@pytest.mark.parametrize(
    ("now", "text", "understood"),
    [
        ("2026-12-31", "demain 9h", "2027-01-01 09:00"),
        ("2026-12-31", "le 2 janvier", "2027-01-02"),
        ("2026-12-31", "fin du mois", "2026-12-31"),
        ("2028-02-28", "demain", "2028-02-29"),
        ("2028-02-29", "dans un an", "2029-02-28"),
        ("2026-01-31", "dans 1 mois", "2026-02-28"),
        ("2026-01-31", "le mois prochain", "2026-02-01"),
        ("2026-02-28", "le 31", "2026-03-31"),
    ],
)
def test_new_year_leap_days_and_short_months_are_right(
    now: str, text: str, understood: str
) -> None:
    noon = datetime.fromisoformat(now).replace(hour=12, tzinfo=TORONTO)
    assert moment(text, now=noon) == understood


def test_in_two_hours_means_two_hours_over_a_change_of_clocks() -> None:
    before = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 1:30, and 2:00 will be 3:00
    assert moment("dans 2 h", now=before) == "2026-03-08 04:30"


def test_an_instant_follows_the_zone_and_a_missing_hour_has_a_stand_in() -> None:
    said = Understood(date(2026, 7, 1))
    assert said.instant(TORONTO) == datetime(2026, 7, 1, 4, tzinfo=UTC)
    assert said.instant(TORONTO, otherwise=time(9)) == datetime(2026, 7, 1, 13, tzinfo=UTC)
    midnight = Understood(date(2026, 7, 1), time(0))
    assert midnight.instant(TORONTO, otherwise=time(9)) == datetime(2026, 7, 1, 4, tzinfo=UTC)


def test_words_beyond_the_cap_are_given_back_unread() -> None:
    found = parse_moment("demain 9h " + "mot " * 100, NOW, zone=TORONTO)
    assert found is not None
    assert found.rest.split() == ["mot"] * 100


@given(
    st.datetimes(datetime(2026, 3, 11), datetime(2031, 12, 31)),
    st.sampled_from(["fr", "en"]),
)
@example(datetime(2026, 11, 1, 1, 30), "fr")
@example(datetime(2028, 2, 29, 12, 0), "en")
@example(datetime(2026, 12, 31, 23, 59), "fr")
@settings(max_examples=100, deadline=None)
def test_what_is_shown_can_be_typed_back(wall: datetime, language: str) -> None:
    instant = Understood(wall.date(), time(wall.hour, wall.minute)).instant(TORONTO)
    shown = format_moment(instant, TORONTO, language=language, today=date(2026, 3, 10))
    found = parse_moment(shown, NOW, zone=TORONTO, language=language)
    assert found is not None, shown
    assert found.instant(TORONTO) == instant
    assert found.rest == ""


@given(st.dates(date(2026, 3, 10), date(2027, 3, 9)), st.sampled_from(["fr", "en"]))
@settings(max_examples=100, deadline=None)
def test_a_day_without_its_year_comes_back_within_a_year(day: date, language: str) -> None:
    shown = format_day(day, language, today=day)
    found = parse_moment(shown, NOW, zone=TORONTO, language=language)
    assert found == Understood(day)


WORDS = [
    *("demain", "lundi", "le", "12", "31", "mars", "2026", "9h", "25h", "à", "prochain", "dans"),
    *("3", "jours", "semaines", "fin", "du", "mois", "every", "2", "weeks", "on", "at", "until"),
    *("jusqu'au", "10", "fois", "chaque", "2e", "second", "-", "/", ":", "h", "9999", "\x00", "é"),
]
texts = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(texts, st.sampled_from(["fr", "en"]))
@example("１２ mars ９h", "fr")
@example("²h ½ ﷺ İ 12 mars", "en")
@example("1 mars 0000", "fr")
@settings(max_examples=200, deadline=None)
def test_any_text_is_understood_or_not_and_never_an_error(text: str, language: str) -> None:
    found = parse_moment(text, NOW, zone=TORONTO, language=language)
    assert found is None or len(found.rest) <= len(text)
    parse_duration(text)
    parse_hours(text)
    parse_rule(text, NOW, zone=TORONTO, language=language, at=time(9))


@pytest.mark.parametrize(
    "piece", ["9", " ", "le ", "lundi ", "1 ", "12 mars ", "a", "9h", "é", "-"]
)
def test_forty_thousand_characters_cost_no_more_than_a_line(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    parse_moment("x", NOW, zone=TORONTO)  # what is imported late is imported now
    start = perf_counter()
    parse_moment(text, NOW, zone=TORONTO)
    parse_rule(text, NOW, zone=TORONTO, at=time(9))
    assert parse_duration(text) is None
    assert parse_hours(text) is None
    assert perf_counter() - start < 1


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d 4h", timedelta(days=3, hours=4)),
        ("2 semaines", timedelta(weeks=2)),
        ("60min", timedelta(hours=1)),
        ("90 min", timedelta(minutes=90)),
        ("1 h 30", timedelta(minutes=90)),
        ("1h30", timedelta(minutes=90)),
        ("1,5 h", timedelta(minutes=90)),
        ("1 hour, 30 minutes", timedelta(minutes=90)),
        ("une demi-heure", timedelta(minutes=30)),
        ("3 jours et 4 heures", timedelta(days=3, hours=4)),
        ("a week", timedelta(weeks=1)),
        ("2 j", timedelta(days=2)),
        ("1 mois", timedelta(days=30)),
        ("20 secondes", timedelta(seconds=20)),
    ],
)
def test_lengths_are_understood(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "5", "h", "3 bananes", "3 jours bananes", "-3 j", "99999 j"])
def test_other_words_are_no_length(text: str) -> None:
    assert parse_duration(text) is None


WEEK = frozenset(range(7))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("20:00-22:00", Hours(time(20), time(22))),
        ("20h à 22h", Hours(time(20), time(22))),
        ("8 h 30 – 16 h 30", Hours()),
        ("from 8:30 to 16:30", Hours()),
        ("9am-5pm", Hours(time(9), time(17))),
        ("9-17", Hours(time(9), time(17))),
        ("midi à 18h", Hours(time(12), time(18))),
        ("22h-2h", Hours(time(22), time(2))),
        ("tous les jours 22h-2h", Hours(time(22), time(2), WEEK)),
        ("every day 20:00 to 22:00", Hours(time(20), time(22), WEEK)),
        ("lundi au jeudi de 9h à 17h", Hours(time(9), time(17), frozenset(range(4)))),
        ("samedi et dimanche 10h-12h", Hours(time(10), time(12), frozenset({5, 6}))),
        ("friday to monday 9-5pm", Hours(time(9), time(17), frozenset({4, 5, 6, 0}))),
        ("0h-24h", Hours(time(0), time(0))),
    ],
)
def test_daily_hours_are_understood(text: str, hours: Hours) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["", "20h", "9h-9h", "25h-26h", "24h-8h", "bananes 9h-17h"])
def test_other_words_are_no_daily_hours(text: str) -> None:
    assert parse_hours(text) is None


def rule(text: str, language: str = "fr", at: time | None = None) -> tuple[object, ...] | None:
    found = parse_rule(text, NOW, zone=TORONTO, language=language, at=at)
    if found is None:
        return None
    assert found.zone is TORONTO
    days = "".join(map(str, sorted(found.weekdays)))
    return found.freq, found.every, days, found.nth, found.month, f"{found.at:%H:%M}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("chaque mardi 9h30", ("week", 1, "1", 0, 0, "09:30")),
        ("tous les mardis et jeudis 9h", ("week", 1, "13", 0, 0, "09:00")),
        ("tous les jours 8h", ("day", 1, "", 0, 0, "08:00")),
        ("chaque jour ouvrable 9h", ("week", 1, "01234", 0, 0, "09:00")),
        ("du lundi au jeudi à 9h", ("week", 1, "0123", 0, 0, "09:00")),
        ("aux deux semaines le lundi 9h", ("week", 2, "0", 0, 0, "09:00")),
        ("un lundi sur deux 9h", ("week", 2, "0", 0, 0, "09:00")),
        ("une semaine sur deux le mardi 9h", ("week", 2, "1", 0, 0, "09:00")),
        ("le lundi toutes les 3 semaines 9h", ("week", 3, "0", 0, 0, "09:00")),
        ("le 2e jeudi du mois 12h", ("month_nth", 1, "3", 2, 0, "12:00")),
        ("dernier vendredi de chaque mois 15h", ("month_nth", 1, "4", LAST, 0, "15:00")),
        ("le 15 de chaque mois à midi", ("month_day", 1, "", 15, 0, "12:00")),
        ("le 1er tous les 3 mois 9h", ("month_day", 3, "", 1, 0, "09:00")),
        ("dernier jour du mois 9h", ("month_day", 1, "", LAST, 0, "09:00")),
        ("chaque année le 12 mars 9h", ("year", 1, "", 12, 3, "09:00")),
        ("mensuel 9h", ("month_day", 1, "", 0, 0, "09:00")),
    ],
)
def test_french_recurrences_are_understood(text: str, parts: tuple[object, ...]) -> None:
    assert rule(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("every tuesday 9:30", ("week", 1, "1", 0, 0, "09:30")),
        ("every 2 weeks on monday at 9", ("week", 2, "0", 0, 0, "09:00")),
        ("every other monday 9:00", ("week", 2, "0", 0, 0, "09:00")),
        ("every second monday 9:00", ("week", 2, "0", 0, 0, "09:00")),
        ("every mon, wed and fri 9:00", ("week", 1, "024", 0, 0, "09:00")),
        ("mondays at 9", ("week", 1, "0", 0, 0, "09:00")),
        ("every weekday 9:00", ("week", 1, "01234", 0, 0, "09:00")),
        ("the second thursday of every month at noon", ("month_nth", 1, "3", 2, 0, "12:00")),
        ("every second thursday of the month 9:00", ("month_nth", 1, "3", 2, 0, "09:00")),
        ("every 3 months on the 1st 9am", ("month_day", 3, "", 1, 0, "09:00")),
        ("every year on march 12 at 9", ("year", 1, "", 12, 3, "09:00")),
        ("daily 9:00", ("day", 1, "", 0, 0, "09:00")),
    ],
)
def test_english_recurrences_are_understood(text: str, parts: tuple[object, ...]) -> None:
    assert rule(text, "en") == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lundi 9h",
        "2 mois 9h",
        "chaque banane 9h",
        "every 0 days 9:00",
        "le 99 du mois 9h",
        "chaque mardi 25h",
        "chaque mardi jusqu'au 31 février 9h",
        "chaque mardi 9h jusqu'à plus soif",
        "every five minutes",
    ],
)
def test_other_words_are_no_recurrence(text: str) -> None:
    assert rule(text, at=time(9)) is None


def test_an_hour_that_is_not_said_needs_a_stand_in() -> None:
    assert rule("chaque mardi") is None
    assert rule("chaque mardi", at=time(13)) == ("week", 1, "1", 0, 0, "13:00")


@pytest.mark.parametrize(
    ("text", "until", "count"),
    [
        ("chaque mardi 9h jusqu’au 30 juin", date(2026, 6, 30), None),
        ("every tuesday 9:30 until 2026-06-30", date(2026, 6, 30), None),
        ("chaque mardi jusqu'au 30 juin à 9h", date(2026, 6, 30), None),
        ("chaque mardi 9h 10 fois", None, 10),
        ("every tuesday 9:30 for 10 times", None, 10),
    ],
)
def test_a_recurrence_may_have_an_end(text: str, until: date | None, count: int | None) -> None:
    found = parse_rule(text, NOW, zone=TORONTO, language="fr")
    assert found is not None
    assert (found.until, found.count) == (until, count)
