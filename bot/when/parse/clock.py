"""Hours of the day in a line: « 13h30 », « 9 h du matin », "1:30 pm", « midi »."""

import re
from datetime import time

from bot.when.parse.words import TAKEN, Line

AMPM = r"(?:am|pm|a\.m\.?|p\.m\.?)"

_PART = re.compile(
    r"(?<!\w)(?:(?:du|de l'|cet?|in the|this)\s*)?"
    r"(?P<part>matin|morning|apres.midi|afternoon|soir|evening)(?!\w)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"(?<!\w)(?<!apres[ -])(?P<word>midi|noon|minuit|midnight)(?!\w)"
            r"(?:\s+et\s+(?P<more>demie?))?"
        ),
        (
            r"(?<![\w:.,/-])(?P<h>[0-9]{1,2})\s*(?:h|heures?)(?:\s*(?P<m>[0-9]{2}))?"
            r"(?:\s+et\s+(?P<more>demie?|quart))?(?!\w)"
        ),
        (
            rf"(?<![\w:.,/-])(?P<h>[0-9]{{1,2}}):(?P<m>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9:])"
            rf"(?:\s*(?P<ampm>{AMPM})(?!\w))?"
        ),
        rf"(?<![\w:.,/-])(?P<h>[0-9]{{1,2}})\s*(?P<ampm>{AMPM})(?!\w)",
        r"(?:(?<!\w)at|@)\s*(?P<h>[0-9]{1,2})(?:\s*o'?clock)?(?![\w:/-])",
        rf"(?<!\w)a\s+(?P<h>[0-9]{{1,2}})(?=\s*(?:$|[,.;{TAKEN}]))",
    )
)


def find_time(line: Line) -> tuple[time | None, Line]:
    """The first hour of the line and what is left of it; a part of the day goes with it.

    Raises ValueError when there is one that no clock shows, such as 25 h.
    """
    match = next((m for pattern in _PATTERNS if (m := pattern.search(line.folded))), None)
    if match is not None:
        line = line.without(match)
    part = _PART.search(line.folded)
    if part is not None:
        line = line.without(part)
    if match is None:
        return None, line
    return _shown(match.groupdict(), part["part"] if part else "matin"), line


def on_24(hour: int, ampm: str) -> int:
    """The hour of the day of a twelve-hour clock. Raises ValueError outside 1 to 12."""
    if not 1 <= hour <= 12:
        raise ValueError("a twelve-hour clock goes from 1 to 12")
    return hour % 12 + (12 if ampm.startswith("p") else 0)


def _shown(found: dict[str, str | None], part: str) -> time:
    if word := found.get("word"):
        hour, minute = (12 if word in {"midi", "noon"} else 0), 0
    else:
        hour, minute = int(found["h"] or 0), int(found.get("m") or 0)
    minute += {"demi": 30, "demie": 30, "quart": 15}.get(found.get("more") or "", 0)
    if ampm := found.get("ampm"):
        hour = on_24(hour, ampm)
    elif part not in {"matin", "morning"} and 1 <= hour < 12:
        hour += 12
    return time(hour, minute)
