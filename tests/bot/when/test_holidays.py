"""The holiday table of the domain specification (e.5), its test dates, and slow periods."""

from datetime import date, timedelta

import holidays
import pytest

from bot.when.holidays import (
    CALENDARS,
    default_slow_periods,
    holiday_key,
    holidays_of,
    in_slow_period,
    is_holiday,
)

QC, QC_PUBLIC, FR, FR_AM = CALENDARS


def the(key: str, calendar: str, year: int) -> tuple[int, int]:
    days = [day for day, name in holidays_of(calendar, year).items() if name == key]
    assert len(days) == 1, (key, calendar, year)
    return days[0].month, days[0].day


MOVABLE = {
    "good-friday": (QC, QC_PUBLIC, FR_AM),
    "easter-monday": CALENDARS,
    "patriots-day": (QC, QC_PUBLIC),
    "ascension": (FR, FR_AM),
    "whit-monday": (FR, FR_AM),
    "labour-day": (QC, QC_PUBLIC),
    "thanksgiving": (QC, QC_PUBLIC),
}


@pytest.mark.parametrize(
    ("year", "dates"),
    [
        (2026, "04-03 04-06 05-18 05-14 05-25 09-07 10-12"),
        (2027, "03-26 03-29 05-24 05-06 05-17 09-06 10-11"),
        (2028, "04-14 04-17 05-22 05-25 06-05 09-04 10-09"),
    ],
)
def test_movable_days_fall_where_the_specification_says(year: int, dates: str) -> None:
    for (key, calendars), day in zip(MOVABLE.items(), dates.split(), strict=True):
        for calendar in CALENDARS:
            named = [d for d, name in holidays_of(calendar, year).items() if name == key]
            assert [f"{d:%m-%d}" for d in named] == ([day] if calendar in calendars else [])


@pytest.mark.parametrize(
    ("calendar", "fixed"),
    [
        (QC, "01-01 06-24 07-01 12-25"),
        (QC_PUBLIC, "01-01 01-02 06-24 07-01 12-24 12-25 12-26 12-31"),
        (FR, "01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25"),
        (FR_AM, "01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25 12-26"),
    ],
)
def test_a_calendar_has_its_fixed_days_its_movable_days_and_nothing_else(
    calendar: str, fixed: str
) -> None:
    days = holidays_of(calendar, 2026)
    assert " ".join(f"{day:%m-%d}" for day, key in days.items() if key not in MOVABLE) == fixed
    assert len(days) == len(set(days.values()))


def test_france_keeps_good_friday_for_alsace_moselle_alone() -> None:
    assert not is_holiday(date(2026, 4, 3), [FR])
    assert is_holiday(date(2026, 4, 3), [FR_AM])


def test_a_quebec_feast_on_a_sunday_gives_the_monday() -> None:
    assert the("canada-day", QC, 2029) == (7, 2)
    assert not is_holiday(date(2029, 7, 1), [QC])
    assert is_holiday(date(2029, 6, 24), [QC])
    assert is_holiday(date(2029, 6, 25), [QC])
    assert not is_holiday(date(2028, 6, 25), [QC])


@pytest.mark.parametrize("day", [date(2027, 12, 27), date(2028, 1, 3)])
def test_no_other_day_is_shifted_as_observed(day: date) -> None:
    assert not is_holiday(day, CALENDARS)


def test_the_library_agrees_where_it_is_right() -> None:
    years = range(2020, 2041)
    france = holidays.country_holidays("FR", years=years, observed=False)
    alsace = holidays.country_holidays("FR", subdiv="57", years=years, observed=False)
    quebec = holidays.country_holidays("CA", subdiv="QC", years=years, observed=False)
    assert set(france) == {day for year in years for day in holidays_of(FR, year)}
    assert set(alsace) == {day for year in years for day in holidays_of(FR_AM, year)}
    ours = {day: key for year in years for day, key in holidays_of(QC, year).items()}
    assert set(quebec) <= set(ours) | {date(y, 7, 1) for y in years}
    extra = {ours[day] for day in set(ours) - set(quebec)}
    assert extra <= {"easter-monday", "quebec-day", "canada-day"}


def test_a_typed_date_is_a_holiday_of_its_year_alone() -> None:
    assert is_holiday(date(2026, 9, 30), [QC, "2026-09-30"])
    assert not is_holiday(date(2027, 9, 30), [QC, "2026-09-30"])
    assert holiday_key(date(2026, 9, 30), ["2026-09-30"]) == "local-day"


@pytest.mark.parametrize("entry", ["-2026-04-03", "-good-friday"])
def test_a_day_can_be_taken_back_by_date_or_by_key(entry: str) -> None:
    assert not is_holiday(date(2026, 4, 3), [QC, entry])
    assert is_holiday(date(2026, 4, 6), [QC, entry])


def test_two_calendars_make_their_union() -> None:
    assert is_holiday(date(2026, 5, 8), [QC, FR])
    assert is_holiday(date(2026, 6, 24), [QC, FR])


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        holidays_of("CA-XX", 2026)


@pytest.mark.parametrize(
    ("profile", "inside", "outside"),
    [
        (QC, "06-24 08-15 12-20 12-31 01-01 01-05", "06-23 08-16 12-19 01-06"),
        (FR, "07-14 08-25 12-20 01-05", "07-13 08-26 12-19 01-06"),
        ("school", "07-01 08-31", "06-30 09-01 12-25"),
    ],
)
def test_slow_periods_come_back_every_year_with_both_ends(
    profile: str, inside: str, outside: str
) -> None:
    periods = default_slow_periods(profile)
    for year in (2026, 2028):
        for day in inside.split():
            assert in_slow_period(date.fromisoformat(f"{year}-{day}"), periods)
        for day in outside.split():
            assert not in_slow_period(date.fromisoformat(f"{year}-{day}"), periods)


def test_a_school_in_quebec_has_both_summers() -> None:
    periods = default_slow_periods(QC, "school", "health")
    summer = [date(2026, 6, 24) + timedelta(days=n) for n in range(69)]
    assert summer[-1] == date(2026, 8, 31)
    assert all(in_slow_period(day, periods) for day in summer)
    assert not in_slow_period(date(2026, 9, 1), periods)
