"""Dates in a line of text: « jeudi prochain », « le 12 mars », "in 2 weeks", « fin du mois ».

Each pattern has its reading beside it in one table; the first that is found in the line wins.
A date without a year is the next such date on or after today.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from bot.when.parse.words import (
    MONTHS,
    NUMBER,
    ORDINALS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    Line,
    any_of,
    number_of,
)
from bot.when.recur import nth_weekday

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)

_WEEKDAY = any_of(WEEKDAYS)
_MONTH = any_of(MONTHS)
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})(?![0-9:])"
_UNIT = r"(?P<unit>jours?|j|days?|semaines?|sem|weeks?|mois|months?|ans?|annees?|years?)(?!\w)"
_ORDINAL = r"(?:\s?(?:er|e|eme|st|nd|rd|th))?(?![\w:/])"
_ANY_WEEKDAY = {**SHORT_WEEKDAYS["fr"], **SHORT_WEEKDAYS["en"], **WEEKDAYS}
_LED = rf"(?:(?P<weekday>{any_of(_ANY_WEEKDAY)})(?:[,.]|\s)\s*(?:le\s+|the\s+)?)?"

Reading = Callable[[re.Match[str], date], date]


def find_day(line: Line, *, today: date, language: str) -> tuple[date | None, Line]:
    """The first date of the line and what is left of it.

    Raises ValueError when a date is named that does not exist or contradicts itself.
    """
    for pattern, reading in _READINGS:
        if match := pattern.search(line.folded):
            return reading(match, today), line.without(match)
    numeric = _NUMERIC.search(line.folded)
    # « 10-12 » and « 9.30 » are no dates; only a stroke needs no year.
    if numeric and (numeric["year"] or numeric["sign"] == "/"):
        return _numeric(numeric, today, day_first=language == "fr"), line.without(numeric)
    short = SHORT_WEEKDAYS[language]
    if match := re.search(rf"(?<!\w)(?P<short>{any_of(short)})\.?(?=\s*[0-9\x00])", line.folded):
        return _coming(short[match["short"]], today), line.without(match)
    return None, line


def days_later(today: date, *, count: int, unit: str) -> date:
    """The date so many units later; a day that its month lacks is its last day."""
    if unit.startswith(("j", "d")):
        return today + _DAY * count
    if unit.startswith(("s", "w")):
        return today + _WEEK * count
    months = count if unit.startswith("m") else 12 * count
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _clipped(year, month + 1, today.day)


def _iso(match: re.Match[str], today: date) -> date:
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def _numeric(match: re.Match[str], today: date, *, day_first: bool) -> date:
    first, second = int(match["first"]), int(match["second"])
    if first > 12 or (day_first and second <= 12):
        first, second = second, first
    return _dated(first, second, year=match["year"], today=today)


def _named(match: re.Match[str], today: date) -> date:
    month = MONTHS[match["month"]]
    day = _dated(month, int(match["day"]), year=match["year"], today=today)
    return _agreeing(day, match["weekday"])


def _of_month(match: re.Match[str], today: date) -> date:
    number = int(match["day"])
    months = (days_later(today.replace(day=1), count=n, unit="m") for n in range(3))
    fitting = (m.replace(day=number) for m in months if number <= monthrange(m.year, m.month)[1])
    day = next((day for day in fitting if day >= today), None)
    if day is None:
        raise ValueError("no month has that day")
    return _agreeing(day, match.groupdict().get("weekday"))


def _nth_of_month(match: re.Match[str], today: date) -> date:
    nth = ORDINALS[match["ordinal"]] if match["ordinal"] else int(match["nth"])
    weekdays = frozenset({WEEKDAYS[match["weekday"]]})
    first, step = today.replace(day=1), 1
    if match["month"]:
        first, step = first.replace(month=MONTHS[match["month"]]), 12
        if match["year"]:
            first = first.replace(year=int(match["year"]))
            return nth_weekday(first.year, first.month, weekdays=weekdays, nth=nth)
    elif match["led"] or match["next"]:
        first = days_later(first, count=1, unit="m")
    months = [first, days_later(first, count=step, unit="m")]
    days = [nth_weekday(m.year, m.month, weekdays=weekdays, nth=nth) for m in months]
    return next(day for day in days if day >= today)


def _edge(match: re.Match[str], today: date) -> date:
    place, what = match["edge"], match["what"]
    first = today.replace(day=1)
    if what in MONTHS:
        first = first.replace(month=MONTHS[what])
        if match["year"]:
            first = first.replace(year=int(match["year"]))
        elif _in_month(first, place) < today:
            first = first.replace(year=first.year + 1)
    elif what in {"mois", "month"}:
        first = days_later(first, count=1 if match["next"] or match["led"] else 0, unit="m")
    else:
        later = match["next"] or match["led"]
        return date(today.year + bool(later), *_EDGES_OF_YEAR[_side(place)])
    return _in_month(first, place)


_EDGES_OF_YEAR = {"start": (1, 1), "middle": (7, 1), "end": (12, 31)}


def _side(place: str) -> str:
    if place.startswith(("fin", "end")):
        return "end"
    return "middle" if place.startswith("mi") else "start"


def _in_month(first: date, place: str) -> date:
    number = {"start": 1, "middle": 15, "end": 31}[_side(place)]
    return _clipped(first.year, first.month, number)


def _later(match: re.Match[str], today: date) -> date:
    return days_later(today, count=number_of(match["number"]), unit=match["unit"])


def _earlier(match: re.Match[str], today: date) -> date:
    return days_later(today, count=-number_of(match["number"]), unit=match["unit"])


def _next_week(match: re.Match[str], today: date) -> date:
    weekday = match["weekday"] or match["after"]
    monday = today - _DAY * today.weekday() + _WEEK
    return monday + _DAY * (WEEKDAYS[weekday] if weekday else 0)


def _next_month(match: re.Match[str], today: date) -> date:
    return days_later(today.replace(day=1), count=1, unit="m")


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = WEEKDAYS[match["weekday"]]
    if match["this"] and weekday == today.weekday():
        return today
    weeks = {"huit": 1, "quinze": 2}.get(match["weeks"] or "", 0)
    return _coming(weekday, today) + _WEEK * weeks


def _coming(weekday: int, today: date) -> date:
    # Said on a Monday, « lundi » is the next one: for today people say « aujourd’hui ».
    return today + _DAY * ((weekday - today.weekday() - 1) % 7 + 1)


def _dated(month: int, number: int, *, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, number)
    # Eight years may pass between two 29 February.
    for candidate in range(today.year, today.year + 9):
        if number <= monthrange(candidate, month)[1]:
            day = date(candidate, month, number)
            if day >= today:
                return day
    raise ValueError("no year has that day")


def _agreeing(day: date, weekday: str | None) -> date:
    if weekday and _ANY_WEEKDAY[weekday] != day.weekday():
        raise ValueError("the weekday is not the one of that date")
    return day


def _clipped(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, monthrange(year, month)[1]))


def _shift(days: int) -> Reading:
    return lambda _, today: today + _DAY * days


_NUMERIC = re.compile(
    r"(?<![\w.:/-])(?P<first>[0-9]{1,2})(?P<sign>[/.-])(?P<second>[0-9]{1,2})"
    r"(?:(?P=sign)(?P<year>[0-9]{4}))?(?![\w/:])"
)

_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(rf"(?<!\w){pattern}"), reading)
    for pattern, reading in (
        (
            (
                r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)"
                r"(?P<day>[0-9]{1,2})(?![0-9])(?:t(?=[0-9]))?"
            ),
            _iso,
        ),
        (
            (
                rf"{_LED}(?P<day>[0-9]{{1,2}})(?:\s?(?:er|e|eme|st|nd|rd|th))?(?:\s+|-)"
                rf"(?:de\s+|d'|of\s+)?(?P<month>{_MONTH})(?!\w)\.?(?:(?:,?\s+|-){_YEAR})?"
            ),
            _named,
        ),
        (
            (
                rf"{_LED}(?P<month>{_MONTH})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w|:)"
                rf"(?!\s*(?:h|am|pm)(?!\w))(?:,?\s+{_YEAR})?"
            ),
            _named,
        ),
        (
            (
                r"(?:la\s+)?(?P<edge>fin|debut|mi|milieu|end|beginning|start|middle|mid)[\s-]+"
                r"(?:de\s+|du\s+|d'|of\s+)?(?:l'|the\s+)?(?P<led>next\s+)?"
                rf"(?P<what>{_MONTH}|mois|month|annee|year)(?!\w)"
                rf"(?P<next>\s+prochaine?)?(?:\s+{_YEAR})?"
            ),
            _edge,
        ),
        (rf"(?:dans|d'ici|in|within)\s+(?P<number>{NUMBER})\s*{_UNIT}", _later),
        (rf"(?P<number>{NUMBER})\s*{_UNIT}\s+(?:plus tard|later|from now)(?!\w)", _later),
        (rf"il y a\s+(?P<number>{NUMBER})\s*{_UNIT}", _earlier),
        (rf"(?P<number>{NUMBER})\s*{_UNIT}\s+ago(?!\w)", _earlier),
        (r"(?:apres.demain|(?:the\s+)?day after tomorrow)(?!\w)", _shift(2)),
        (r"(?:avant.hier|(?:the\s+)?day before yesterday)(?!\w)", _shift(-2)),
        (r"(?:demain|tomorrow)(?!\w)", _shift(1)),
        (r"(?:hier|yesterday)(?!\w)", _shift(-1)),
        (r"(?:aujourd'hui|today)(?!\w)", _shift(0)),
        (r"(?:tonight|(?=(?:ce|cet|this)\s+(?:matin|soir|apres|morning|aftern|even)))", _shift(0)),
        (
            (
                rf"(?:(?P<ordinal>{any_of(ORDINALS)})|(?P<nth>[1-5])(?:er|re|e|eme|st|nd|rd|th))"
                rf"\s+(?P<weekday>{_WEEKDAY})\s+(?:du\s+|de\s+|d'|of\s+)(?:the\s+)?"
                rf"(?:(?P<month>{_MONTH})(?:\s+{_YEAR})?|(?P<led>next\s+)?(?:mois|month)"
                r"(?P<next>\s+prochain)?)(?!\w)"
            ),
            _nth_of_month,
        ),
        (
            (
                rf"(?:(?P<weekday>{_WEEKDAY})\s+(?:de\s+|of\s+)?)?(?:(?:la\s+)?semaine prochaine"
                rf"|next week)(?:,?\s+(?:le\s+|on\s+)?(?P<after>{_WEEKDAY}))?(?!\w)"
            ),
            _next_week,
        ),
        (r"(?:(?:le\s+)?mois prochain|next month)(?!\w)", _next_month),
        (
            (
                rf"(?P<weekday>{_WEEKDAY})\s+(?:le\s+|the\s+)?(?P<day>[0-9]{{1,2}}){_ORDINAL}"
                r"(?!\s*(?:h|am|pm|a\.m|p\.m|heures?|o'clock)(?!\w))"
            ),
            _of_month,
        ),
        (
            (
                rf"(?:(?P<this>ce|this)\s+|(?:next|prochain|coming)\s+)?(?P<weekday>{_WEEKDAY})"
                r"(?:\s+(?:prochain|suivant|en\s+(?P<weeks>huit|quinze)))?(?!\w)"
            ),
            _weekday,
        ),
        (
            (
                r"le\s+(?P<day>[0-9]{1,2})(?:er)?(?![\w:/])"
                r"(?!\s*(?:h|heures?)(?!\w))"
            ),
            _of_month,
        ),
        (
            r"(?:on\s+)?the\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?!\w)",
            _of_month,
        ),
    )
)
