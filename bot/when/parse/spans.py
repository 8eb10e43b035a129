"""Lengths of time and daily windows: "3d 4h", « 2 semaines », « 20h à 22h », « lun-ven 9h-17h »."""

import re
from datetime import time, timedelta

from bot.when.parse.clock import AMPM, on_24
from bot.when.parse.words import LONGEST, NUMBER, SHORT_WEEKDAYS, WEEKDAYS, line_of, number_of
from bot.when.working import Hours

_SECONDS = {
    "s": 1,
    "min": 60,
    "h": 3_600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 30 * 86_400,
    "year": 365 * 86_400,
}
_PIECE = re.compile(
    rf"(?:(?P<half>une demi.heure|half an hour)|(?P<number>[0-9]{{1,4}}[.,][0-9]{{1,2}}|{NUMBER})"
    r"\s*(?:(?P<s>s|sec|secondes?|seconds?)|(?P<min>m|min|mins|minutes?)|(?P<h>h|heures?|hours?)"
    r"|(?P<day>d|j|jours?|days?)|(?P<week>w|sem|semaines?|weeks?)|(?P<month>mois|months?)"
    r"|(?P<year>ans?|annees?|years?))(?:(?<=h)\s*(?P<more>[0-9]{2})(?:\s*min)?)?)"
    r"(?![^\W\d])\s*(?:(?:,|et|and)(?!\w))?\s*"
)
_HOUR = (
    rf"(?:(?P<_word>midi|noon|minuit|midnight)|(?P<_h>[0-9]{{1,2}})"
    rf"(?:\s*(?:h(?:eures?)?|:)\s*(?P<_m>[0-9]{{2}})?)?(?:\s*(?P<_ampm>{AMPM}))?)"
)
_HOURS = re.compile(
    r"(?<!\w)(?:(?:de|from|entre|between)\s+)?"
    + _HOUR.replace("<_", "<from_")
    + r"\s*(?:-|a|to|et|and|jusqu'a|until)\s*"
    + _HOUR.replace("<_", "<to_")
    + r"(?!\w)"
)
_ALL_DAYS = re.compile(
    r"(?:tous les jours|chaque jour|every day|daily|7 (?:jours sur|days out of) 7|7/7)"
)
_DAY_WORD = re.compile(r"[a-z]+|-|[^\s]")


def parse_duration(text: str) -> timedelta | None:
    """A length such as "3d 4h", "90 min", « 1 h 30 » or « 2 semaines »; None for anything else.

    A month is 30 days and a year 365: a pause needs no more.
    """
    folded = line_of(text).folded.strip()
    if not folded or len(text) > LONGEST:
        return None
    total, place = timedelta(0), 0
    while place < len(folded):
        match = _PIECE.match(folded, place)
        if match is None:
            return None
        total += _length(match)
        place = match.end()
    return total


def parse_hours(text: str) -> Hours | None:
    """A daily window such as "20:00-22:00", « 20h à 22h » or « lundi au jeudi 9h-17h ».

    Without days it is Monday to Friday; None for anything else, and for a window without length
    (0 h to 24 h is the whole day).
    """
    folded = line_of(text).folded
    everyday = _ALL_DAYS.search(folded)
    if everyday:
        folded = folded[: everyday.start()] + " " + folded[everyday.end() :]
    match = _HOURS.search(folded)
    if match is None or len(text) > LONGEST:
        return None
    around = folded[: match.start()] + " " + folded[match.end() :]
    days = days_named(around)
    if days is None or (everyday and days):
        return None
    try:
        start, end = _shown(match, "from_"), _shown(match, "to_")
    except ValueError:
        # No clock shows that hour.
        return None
    if start == end and not (match["to_h"] == "24" and start == time(0)):
        return None
    if everyday:
        days = frozenset(range(7))
    return Hours(start, end, days) if days else Hours(start, end)


def days_named(folded: str) -> frozenset[int] | None:
    """The weekdays of « lundi au jeudi », "mon, wed"; none for no words, None for other words."""
    names = {**SHORT_WEEKDAYS["fr"], **SHORT_WEEKDAYS["en"], **WEEKDAYS}
    names |= {f"{name}s": number for name, number in WEEKDAYS.items()}
    found: list[int] = []
    through = False
    for word in _DAY_WORD.findall(folded):
        if word in names:
            number = names[word]
            if through and found:
                first = found[-1]
                found += [(first + n) % 7 for n in range(1, (number - first) % 7 + 1)]
            else:
                found.append(number)
            through = False
        elif word in {"-", "au", "a", "to", "through"}:
            through = bool(found)
        elif word not in {"et", "and", "du", "le", "les", "on", "from", "de", ",", ";", ".", ":"}:
            return None
    return frozenset(found)


def _length(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return timedelta(minutes=30)
    unit = next(name for name in _SECONDS if match[name])
    more = timedelta(minutes=int(match["more"] or 0))
    written = match["number"].replace(",", ".")
    number = float(written) if "." in written else number_of(written)
    return timedelta(seconds=_SECONDS[unit] * number) + more


def _shown(match: re.Match[str], side: str) -> time:
    if word := match[f"{side}word"]:
        return time(12 if word in {"midi", "noon"} else 0)
    hour, minute = int(match[f"{side}h"]), int(match[f"{side}m"] or 0)
    if ampm := match[f"{side}ampm"]:
        hour = on_24(hour, ampm)
    # Midnight at the end of a day is written 24 h.
    return time(0) if side == "to_" and (hour, minute) == (24, 0) else time(hour, minute)
