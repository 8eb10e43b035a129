"""From « jeudi prochain 13h30 » to a date and an hour, which are echoed before anything is kept.

Our own grammar comes first: dateparser reads « demain 14h » wrongly and « jeudi prochain 13h30 »
not at all. It is only asked, for a date, where the grammar finds none.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.when.parse.clock import find_time
from bot.when.parse.days import find_day
from bot.when.parse.words import LONGEST, NUMBER, Line, line_of, number_of
from bot.when.wall import instant_of

_LONGEST_GUESS = 40
_MIDNIGHT = time(0)
_SOON = re.compile(
    rf"(?<!\w)(?:dans|in|d'ici|within)\s+(?:(?P<half>une demi.heure|half an hour)"
    rf"|(?P<number>{NUMBER})\s*(?P<unit>h|heures?|hours?|min|minutes?)(?:\s*(?P<more>[0-9]{{2}}))?"
    r")(?:\s*min(?:utes?)?)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a person meant, in wall time; `at` is None when no hour was said.

    `rest` holds the words that belong to neither date nor hour.
    """

    day: date
    at: time | None = None
    rest: str = ""

    def instant(self, zone: ZoneInfo, *, otherwise: time = _MIDNIGHT) -> datetime:
        """The moment in UTC; `otherwise` stands in for an hour that was not said."""
        return instant_of(self.day, self.at or otherwise, zone=zone)


def parse_moment(
    text: str, now: datetime, zone: ZoneInfo, language: str = "fr"
) -> Understood | None:
    """The first date and hour of a text, or None when there is none or it cannot be.

    - A date without a year is the next such date on or after today; a weekday is never today,
      unless "ce" or "this" stands before it.
    - An hour alone is the next time a clock of `zone` shows it.
    """
    end = len(text)
    if end > LONGEST:
        # No word is cut in two, or half of it would be read and half given back.
        end = max(text.rfind(" ", 0, LONGEST), 0) or LONGEST
    line = line_of(text[:end])
    try:
        found = _soon(line, now, zone=zone) or _said(
            line, now.astimezone(zone).replace(tzinfo=None), language=_known(language)
        )
    except (ValueError, OverflowError):
        # Whatever the words were, no such date or hour exists.
        return None
    tail = " ".join(text[end:].split())
    if found is None or not tail:
        return found
    return Understood(found.day, found.at, f"{found.rest} {tail}".strip())


def _soon(line: Line, now: datetime, *, zone: ZoneInfo) -> Understood | None:
    match = _SOON.search(line.folded)
    if match is None:
        return None
    if match["half"]:
        wait = timedelta(minutes=30)
    else:
        hours = match["unit"].startswith("h")
        number = number_of(match["number"])
        wait = timedelta(hours=number) if hours else timedelta(minutes=number)
        wait += timedelta(minutes=int(match["more"] or 0))
    local = (now.astimezone(UTC) + wait).astimezone(zone)
    return Understood(local.date(), time(local.hour, local.minute), line.without(match).rest)


def _said(line: Line, now: datetime, *, language: str) -> Understood | None:
    day, line = find_day(line, today=now.date(), language=language)
    at, line = find_time(line)
    if day is None:
        day = _guessed(line.rest, now, language=language)
        if day is not None:
            return Understood(day, at)
    if day is None and at is not None:
        day = now.date() if at > now.time() else now.date() + timedelta(days=1)
    return None if day is None else Understood(day, at, line.rest)


def _guessed(text: str, now: datetime, *, language: str) -> date | None:
    if not text or len(text) > _LONGEST_GUESS:
        return None
    import dateparser

    try:
        found = dateparser.parse(
            text,
            languages=[language],
            settings={
                "RELATIVE_BASE": now,
                "PREFER_DATES_FROM": "future",
                "RETURN_AS_TIMEZONE_AWARE": False,
                "REQUIRE_PARTS": ["day", "month"],
            },
        )
    except Exception:  # noqa: BLE001 - arbitrary text finds its bugs; to us it is "not understood"
        return None
    return found.date() if found else None


def _known(language: str) -> str:
    return "en" if language.lower().startswith("en") else "fr"
