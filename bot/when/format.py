"""Dates, hours and lengths of time as people read them, in their language.

Names and plurals come from Babel (CLDR). French hours follow the OQLF: « 9 h », « 13 h 30 »,
with no-break spaces. Babel is imported at first use: it costs 0.1 s (PE-7).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.typography import NO_BREAK

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def format_day(day: date, language: str, *, today: date | None = None) -> str:
    """« jeudi 12 mars », "Thursday 12 March"; with the year unless it is that of `today`."""
    from babel.dates import format_date

    number = "d'er'" if _french(language) and day.day == 1 else "d"
    year = "" if today is not None and today.year == day.year else " y"
    return format_date(day, f"EEEE {number} MMMM{year}", locale=_locale(language))


def format_time(at: time, language: str) -> str:
    """« 13 h 30 », « 9 h », "13:30", "9:00". Seconds are left out."""
    if not _french(language):
        return f"{at.hour}:{at.minute:02}"
    hour = f"{at.hour}{NO_BREAK}h"
    return f"{hour}{NO_BREAK}{at.minute:02}" if at.minute else hour


def format_moment(
    instant: datetime, zone: ZoneInfo, *, language: str, today: date | None = None
) -> str:
    """« jeudi 12 mars à 12 h 30 », "Thursday 12 March at 12:30", on a wall in `zone`.

    The pattern is CLDR's `atTime`, which Babel does not carry.
    """
    local = instant.astimezone(zone)
    day = format_day(local.date(), language, today=today)
    at = "à" if _french(language) else "at"
    return f"{day} {at} {format_time(local.time(), language)}"


def format_duration(amount: timedelta, language: str) -> str:
    """« 20 secondes », « 3 jours », « 1 heure et 30 minutes »: the two largest units, cut there.

    A negative length is told like a positive one.
    """
    from babel.lists import format_list
    from babel.units import format_unit

    left = int(abs(amount).total_seconds())
    parts: list[tuple[str, int]] = []
    for unit, seconds in _UNITS:
        count, left = divmod(left, seconds)
        if count and len(parts) < 2:
            parts.append((unit, count))
    locale = _locale(language)
    told = [
        format_unit(count, f"duration-{unit}", length="long", locale=locale)
        for unit, count in parts or [("second", 0)]
    ]
    if _french(language):
        told = [part.replace(" ", NO_BREAK) for part in told]
    return format_list(told, style="unit", locale=locale)


def zone_name(zone: ZoneInfo, language: str) -> str:
    """« heure de l’Est », "Eastern Time": the name that holds in summer and winter.

    A zone without a common name is told by its city.
    """
    from babel import Locale
    from babel.core import get_global
    from babel.dates import get_timezone_location, get_timezone_name

    known = get_global("meta_zones").get(get_global("zone_aliases").get(zone.key, zone.key))
    locale = _locale(language)
    if known and "generic" in Locale.parse(locale).meta_zones.get(known, {}).get("long", {}):
        return get_timezone_name(zone, zone_variant="generic", locale=locale)
    return get_timezone_location(zone, locale=locale, return_city=True)


def _french(language: str) -> bool:
    return language.lower().startswith("fr")


def _locale(language: str) -> str:
    # Canadian usage for both: « heure de l’Est », where France says « de l’Est nord-américain ».
    return "fr_CA" if _french(language) else "en_CA"
