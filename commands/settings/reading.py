"""What somebody typed for a setting, as the configuration would hold it.

A word that means nothing raises a Complaint `settings-bad-<kind>`, with what was typed and what may
stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot import zones
from bot.config import fields
from bot.errors import Complaint
from bot.markup import cut
from bot.parsing import fold, words
from bot.values import Key, Names
from bot.when import CALENDARS, Hours, parse_hours
from bot.when.parse.words import MONTHS, WEEKDAYS
from commands.settings.table import EVERY_DAY, Setting, choice_key, either

MOST_PERIODS = 6

_NONE = ("aucun", "aucune", "none", "non", "no", "rien", "nothing")
_MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fr": ("francais", "french"),
        "en": ("anglais", "english"),
        "intentional": ("intentionnelle", "voulue"),
        "spontaneous": ("spontanee",),
        "virtual": ("virtuel", "virtuelle", "a distance", "en ligne", "online"),
        "mixed": ("mixte", "hybride", "hybrid"),
        "in-person": ("en personne", "en presence", "presentiel"),
        "closed": ("fermee", "sur demande"),
        "open": ("ouverte", "libre"),
        "private": ("prive", "en prive", "in private"),
        "space": ("salon", "dans le salon", "room", "in the room"),
        "week": ("semaine", "chaque semaine", "weekly", "every week"),
        "fortnight": ("quinzaine", "toutes les deux semaines", "every second week", "fortnightly"),
        "none": ("rien", "aucun", "nothing"),
        "figures": ("chiffres",),
        "figures_and_stories": ("chiffres et recits", "figures and stories"),
    }
)
_DAYS_MEANT = {day: tuple(w for w, n in WEEKDAYS.items() if n == i) for i, day in
               enumerate(EVERY_DAY)}  # fmt: skip
_TIME = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?(?:\s*min)?")
_YEARLY = re.compile(r"(?:le |the |from |du )?(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of )?([a-z.]+)")
_MONTH_FIRST = re.compile(r"(?:the |from )?([a-z.]+)\s+(\d{1,2})(?:st|nd|rd|th)?")
_NUMBERS = re.compile(r"(\d{1,2})-(\d{1,2})")
_BETWEEN = re.compile(r"\s+(?:au|a|to|until|jusqu'au|-|–)\s+|\s*/\s*")


def read(setting: Setting, typed: str) -> Any:
    """What is kept for what somebody typed, as JSON. Raises Complaint when it means nothing."""
    return _READERS[setting.kind](setting, typed.replace("\x00", "").strip())


def _text(setting: Setting, typed: str) -> str:
    if not typed:
        raise Complaint("forms-empty")
    if len(typed) > setting.longest:
        values = {"longest": setting.longest, "length": len(typed)}
        raise Complaint("forms-too-long", values)
    return " ".join(typed.split()) if setting.longest <= 80 else typed


def _choice(setting: Setting, typed: str) -> str:
    said = words(typed)
    for value in setting.choices:
        meant = (value, *_MEANT.get(value, ()), *_DAYS_MEANT.get(value, ()))
        if any(words(each) == said for each in meant):
            return value
    choices = either([choice_key(each) for each in setting.choices])
    raise Complaint("settings-bad-choice", {"choices": choices, "typed": cut(typed)})


def _switch(setting: Setting, typed: str) -> bool:
    said = fold(typed)
    if said in ("on", "oui", "yes", "active", "activee", "vrai", "true", "1"):
        return True
    if said in ("off", "non", "no", "desactive", "desactivee", "faux", "false", "0", "arrete"):
        return False
    raise Complaint("settings-bad-switch", {"label": Key(setting.key), "typed": cut(typed)})


def _number(setting: Setting, typed: str) -> int:
    if typed.isascii() and typed.isdigit() and setting.least <= int(typed[:6]) <= setting.most:
        return int(typed)
    bounds = {"least": setting.least, "most": setting.most, "typed": cut(typed)}
    raise Complaint("settings-bad-number", bounds)


def _time(setting: Setting, typed: str) -> str:
    match = _TIME.fullmatch(fold(typed))
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise Complaint("settings-bad-time", {"typed": cut(typed)})
    return f"{int(match[1]):02}:{int(match[2] or 0):02}"


def _hours(setting: Setting, typed: str) -> dict[str, str]:
    found = parse_hours(typed)
    # The days of a community are Monday to Friday: what would be lost is refused, not dropped.
    if found is None or found.start >= found.end or found.days != Hours().days:
        raise Complaint("settings-bad-hours", {"typed": cut(typed)})
    return {"from": f"{found.start:%H:%M}", "to": f"{found.end:%H:%M}"}


def _zone(setting: Setting, typed: str) -> str:
    found = zones.resolve(typed)
    if found is None:
        near = fields.nearest(typed, tuple(zones.targets())) or "America/Toronto"
        raise Complaint("settings-bad-zone", {"typed": cut(typed), "near": near})
    return found


def _holidays(setting: Setting, typed: str) -> list[str]:
    if fold(typed) in _NONE:
        return []
    named = {fold(name): name for name in CALENDARS}
    found: list[str] = []
    for part in re.split(r"[,;\s]+", typed):
        try:
            value = named.get(fold(part)) or date.fromisoformat(part).isoformat()
        except ValueError:  # neither a name nor a day: told with what may stand there
            known = Names(CALENDARS, "or")
            raise Complaint("settings-bad-holidays", {"typed": cut(part), "known": known}) from None
        if value not in found:
            found.append(value)
    return found


def _slow(setting: Setting, typed: str) -> str:
    if fold(typed) in _NONE:
        return ""
    parts = [each for each in re.split(r"[,;\n]+|\s(?:et|and)\s", fold(typed)) if each.strip()]
    if not 0 < len(parts) <= MOST_PERIODS:
        raise Complaint("settings-bad-slow", {"typed": cut(typed)})
    found = []
    for part in parts:
        ends = [_day_of_year(end) for end in _BETWEEN.split(part.strip())]
        if len(ends) != 2 or None in ends:
            raise Complaint("settings-bad-slow", {"typed": cut(part.strip())})
        found.append(f"{ends[0]}/{ends[1]}")
    return ",".join(found)


def _day_of_year(text: str) -> str | None:
    text = text.strip()
    if match := _NUMBERS.fullmatch(text):
        month, day = int(match[1]), int(match[2])
    elif match := _YEARLY.fullmatch(text):
        month, day = MONTHS.get(match[2], 0), int(match[1])
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day = MONTHS.get(match[1], 0), int(match[2])
    else:
        return None
    try:
        # A leap year: a period may well begin on 29 February.
        return f"{date(2028, month, day):%m-%d}"
    except ValueError:  # no such day in any year
        return None


def _form(setting: Setting, typed: str) -> list[str]:
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    reader = TypeAdapter[fields.FormField](fields.JoinField)
    try:
        read_ = [reader.validate_python(part) for part in parts]
    except ValidationError:
        read_ = []
    names = {each.name for each in read_}
    if not 0 < len(read_) <= fields.MOST_FIELDS or len(names) < len(read_):
        raise Complaint("settings-bad-form", {"typed": typed[:120], "most": fields.MOST_FIELDS})
    return [each.name + ("" if each.required else "?") for each in read_]


_READERS: Mapping[str, Callable[[Setting, str], Any]] = MappingProxyType(
    {
        "text": _text,
        "choice": _choice,
        "switch": _switch,
        "number": _number,
        "time": _time,
        "hours": _hours,
        "zone": _zone,
        "holidays": _holidays,
        "slow": _slow,
        "form": _form,
    }
)
