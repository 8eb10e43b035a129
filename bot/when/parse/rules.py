"""Recurrences in words: « chaque mardi 9h30 », "every 2 weeks on monday at 9".

Every word becomes one letter, its role; a rule is a pattern over the letters. A word without a
role, or an order of roles that is not listed, is not understood: better to ask than to guess.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.when.parse.clock import find_time
from bot.when.parse.days import find_day
from bot.when.parse.words import (
    LONGEST,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SHORT_WEEKDAYS,
    TAKEN,
    WEEKDAYS,
    Line,
    line_of,
)
from bot.when.recur import Freq, Rule

# E every, d w m y units, B working day, N number, O ordinal, W weekday, P weekdays in the plural,
# M month of the year, X other, A and, R through, V « sur » (un lundi sur deux), D « du ».
_ROLES = {
    word: role
    for role, words in {
        "E": "chaque tous toutes every each aux",
        "d": "jour jours day days",
        "w": "semaine semaines week weeks",
        "m": "mois month months",
        "y": "an ans annee annees year years",
        "B": "ouvrable ouvrables ouvre ouvres weekday weekdays",
        "X": "other autre alternate",
        "A": "et and , & +",
        "R": "au to - through",
        "V": "sur",
        "D": "du of",
        "": "le la les l the on in a at de d en",
    }.items()
    for word in words.split()
}
_WHOLE = {
    "quotidien": "Ed",
    "daily": "Ed",
    "hebdomadaire": "Ew",
    "weekly": "Ew",
    "biweekly": "EXw",
    "mensuel": "Em",
    "monthly": "Em",
    "annuel": "Ey",
    "yearly": "Ey",
    "annually": "Ey",
}
_DAYS = r"(?P<days>[WP](?:A*[WP])*)"
_STEP = r"(?P<step>[NX])"
_MONTHLY = rf"(?:DE?|E){_STEP}?m"
_SHAPES: tuple[tuple[Freq, str], ...] = (
    ("day", rf"E{_STEP}?d"),
    ("week", r"E?d?(?P<business>B)|D?E?D?(?P<range>[WP]R[WP])"),
    ("week", rf"E(?P<step>X)?{_DAYS}"),
    ("week", r"(?P<days>P(?:A*P)*)"),
    ("week", rf"E{_STEP}?w{_DAYS}?"),
    ("week", rf"{_DAYS}E{_STEP}?w"),
    ("week", r"N(?P<days>W)V(?P<step>N)"),
    ("week", r"NwV(?P<step>N)(?P<days>W)?"),
    ("week", r"(?P<days>W)NwV(?P<step>N)"),
    ("month_nth", rf"E?(?P<nth>O)(?P<days>W){_MONTHLY}"),
    ("month_nth", rf"E{_STEP}?m(?P<nth>O)(?P<days>W)"),
    ("month_day", rf"(?P<nth>[NO])(?P<last>d)?{_MONTHLY}"),
    ("month_day", rf"E{_STEP}?m(?:(?P<nth>[NO])(?P<last>d)?)?"),
    ("year", rf"E{_STEP}?y(?:(?P<nth>[NO])D?(?P<month>M)|(?P<first>M)(?P<day>[NO]))?"),
    ("year", rf"(?P<nth>[NO])D?(?P<month>M)D?E{_STEP}?y"),
)
_PATTERNS = tuple((freq, re.compile(shape)) for freq, shape in _SHAPES)
_WORD = re.compile(r"[0-9]+(?:er|e|eme|st|nd|rd|th)?(?!\w)|[a-z]+|[^\s\w']")
_UNTIL = re.compile(r"(?<!\w)(?:jusqu'(?:au?|en)|until|till)(?!\w)")
_TIMES = re.compile(r"(?<!\w)(?:pendant\s+|for\s+)?(?P<count>[0-9]{1,3})\s+(?:fois|times)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Roles:
    letters: str
    values: tuple[int, ...]


def parse_rule(
    text: str, now: datetime, *, zone: ZoneInfo, language: str = "fr", at: time | None = None
) -> Rule | None:
    """The recurrence that a text tells, or None.

    `at` stands in for an hour that is not said; without either there is no rule. An end may
    follow: "until 30 June", « 10 fois ».
    """
    if len(text) > LONGEST:
        return None
    known = "en" if language.lower().startswith("en") else "fr"
    try:
        line = line_of(text)
        until, line = _until(line, now.astimezone(zone).date(), language=known)
        count = _TIMES.search(line.folded)
        line = line.without(count) if count else line
        said, line = find_time(line)
        roles = _roles_of(line, language=known)
        hour = said or at
        if roles is None or hour is None:
            return None
        return _rule(roles, hour, zone=zone, until=until, count=int(count["count"]) if count else 0)
    except (ValueError, OverflowError):
        # A number in it fits no calendar and no clock.
        return None


def _until(line: Line, today: date, *, language: str) -> tuple[date | None, Line]:
    match = _UNTIL.search(line.folded)
    if match is None:
        return None, line
    start = match.start()
    tail = Line(line.text[match.end() :], line.folded[match.end() :])
    day, tail = find_day(tail, today=today, language=language)
    if day is None:
        raise ValueError("an end that is no date")
    gap = TAKEN * (match.end() - start)
    return day, Line(line.text, line.folded[:start] + gap + tail.folded)


def _roles_of(line: Line, *, language: str) -> _Roles | None:
    letters, values = "", list[int]()
    for word in _WORD.findall(line.folded.replace(TAKEN, " ")):
        found = _WHOLE.get(word) or _role(word, language=language)
        if found is None:
            return None
        letters += found if isinstance(found, str) else found[0]
        values += [0] * len(found) if isinstance(found, str) else [found[1]]
    return _Roles(letters, tuple(values))


def _role(word: str, *, language: str) -> str | tuple[str, int] | None:
    if word in _ROLES:
        return _ROLES[word]
    if word in ORDINALS:
        return "O", ORDINALS[word]
    if word in MONTHS:
        return "M", MONTHS[word]
    if word[0] in "0123456789":
        digits = re.sub(r"[^0-9]", "", word)
        return ("N" if digits == word else "O"), int(digits)
    if word in NUMBERS:
        return "N", NUMBERS[word]
    weekday = WEEKDAYS.get(word, SHORT_WEEKDAYS[language].get(word))
    if weekday is not None:
        return "W", weekday
    return ("P", WEEKDAYS[word[:-1]]) if word[:-1] in WEEKDAYS else None


def _rule(
    roles: _Roles, at: time, *, zone: ZoneInfo, until: date | None, count: int
) -> Rule | None:
    # « every second monday » means every two weeks; with a month after it, the second one.
    letters, values = _second(roles)
    for freq, pattern in _PATTERNS:
        if match := pattern.fullmatch(letters):
            return Rule(
                freq=freq,
                at=at,
                zone=zone,
                every=_step(match, values),
                weekdays=_weekdays(match, values),
                nth=_first(match, values, names=("nth", "day")),
                month=_first(match, values, names=("month", "first")),
                until=until,
                count=count or None,
            )
    return None


def _second(roles: _Roles) -> tuple[str, tuple[int, ...]]:
    match = re.fullmatch(r"EO([WP]|w[WP]?)", roles.letters)
    if match and roles.values[1] == 2:
        return "EX" + match[1], roles.values
    return roles.letters, roles.values


def _step(match: re.Match[str], values: tuple[int, ...]) -> int:
    step = match.groupdict().get("step")
    if step is None:
        return 1
    return 2 if step == "X" else values[match.start("step")]


def _weekdays(match: re.Match[str], values: tuple[int, ...]) -> frozenset[int]:
    found = match.groupdict()
    if found.get("business"):
        return frozenset(range(5))
    if found.get("range"):
        first, last = values[match.start("range")], values[match.end("range") - 1]
        return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
    if not found.get("days"):
        return frozenset()
    span = range(*match.span("days"))
    return frozenset(values[n] for n in span if match.string[n] in "WP")


def _first(match: re.Match[str], values: tuple[int, ...], *, names: tuple[str, ...]) -> int:
    found = match.groupdict()
    name = next((name for name in names if found.get(name)), None)
    return values[match.start(name)] if name else 0
