"""How a person's settings read, and what the words they type for them mean. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.call import Call
from bot.courtesy import KINDS
from bot.errors import Complaint
from bot.messages import Line
from bot.parsing import fold, words
from bot.people import Actor, Role
from bot.values import Day, Key, Moment, Names, TimeOfDay, Value
from bot.when import Hours, instant_of, parse_duration, parse_moment, zone_name

NO_END = datetime(2999, 1, 1, tzinfo=UTC)
"""The end of a pause that has none: nobody waits for it, and every calendar reaches it."""
AWAY = "away"
"""The person's note of when their break began, however often its end was moved."""
HOURS = {"evening": Hours(time(17), time(21)), "night": Hours(time(20), time(22))}
WORKDAYS = frozenset(range(5))
KINDS_OF_ANIMATORS = ("tip", "quiet-week")
_ELSEWHERE = (*KINDS_OF_ANIMATORS, "digest")
"""A digest is chosen with its day and hour, on a page of its own."""
KINDS_OF_MEMBERS = tuple(kind for kind in KINDS if KINDS[kind].mutable and kind not in _ELSEWHERE)

_END = ("fin", "finir", "terminer", "end", "stop", "off", "non", "no")
_ENDLESS = ("sans fin", "sans date", "no end", "without end", "indefinite", "indefinie")
_LEAD = re.compile(
    r"^\s*(?:jusqu'?\s*(?:au|aux|à|a|en)?|until|till|pendant|durant|for|pour)\s+", re.IGNORECASE
)


def values(person: Any, membership: Any, call: Call) -> list[Line]:
    """One line a setting, with its value."""
    zone = person.zone or call.here.zone.key
    return [
        Line("me-language", {"language": Key(f"me-language-{call.language}")}),
        Line("me-hours", {"hours": hours_text(person.hours, call)}),
        Line(
            "me-zone",
            {
                "zone": zone_name(ZoneInfo(zone), call.language),
                "holidays": holidays_text(person.holidays, call),
            },
        ),
        Line("me-pause", {"pause": pause_text(person.pause_until, call)}),
        Line("me-muted", {"kinds": kinds_text(muted(person.muted), call)}),
        Line("me-profile", profile_values(membership)),
        Line("me-counted", {"counted": "yes" if membership.counted else "no"}),
        Line("me-greeted", {"greeted": "yes" if membership.greeted else "no"}),
    ]


def profile_values(membership: Any) -> dict[str, Value]:
    """Name, profession and organisation, those that are there, on one line."""
    parts = (membership.name, membership.profession, membership.organisation)
    return {"profile": " · ".join(part for part in parts if part)}


def hours_text(hours: dict[str, Any] | None, call: Call) -> Value:
    """When private messages may come: the person's own hours, or those of the community."""
    if not hours:
        start, end = (TimeOfDay(time.fromisoformat(each)) for each in call.here.working_hours)
        return Key("me-hours-community", {"from": start, "to": end})
    days = frozenset(hours.get("days", WORKDAYS))
    return Key(
        "me-hours-own",
        {
            "from": TimeOfDay(time.fromisoformat(hours["from"])),
            "to": TimeOfDay(time.fromisoformat(hours["to"])),
            "days": _days_text(days, call),
        },
    )


def hours_kept(hours: Hours) -> dict[str, Any]:
    """A window as the person's row holds it."""
    return {"from": f"{hours.start:%H:%M}", "to": f"{hours.end:%H:%M}", "days": sorted(hours.days)}


def holidays_text(own: Sequence[str] | None, call: Call) -> Value:
    """The calendars of days off that hold for this person."""
    calendars = tuple(own) if own is not None else call.here.holidays
    if not calendars:
        return Key("me-nothing")
    return Names(tuple(_rendered(call, f"me-holidays-{name.lower()}") for name in calendars))


def pause_text(until: datetime | None, call: Call) -> Value:
    """The end of a pause, as a day when it ends with a day."""
    if until is None or until <= call.now:
        return Key("me-pause-none")
    if until >= NO_END:
        return Key("me-pause-endless")
    zone = call.voice(call.actor).zone
    local = until.astimezone(zone)
    if local.time() == time(0):
        return Key("me-pause-day", {"day": Day((local - timedelta(days=1)).date())})
    return Key("me-pause-moment", {"moment": Moment(until)})


def muted(kinds: Sequence[str]) -> list[str]:
    """The kinds somebody muted that can still be muted, in the order of the table."""
    return [kind for kind in KINDS if KINDS[kind].mutable and kind in kinds]


def choosable(role: Role) -> list[str]:
    """The kinds that somebody in this role may receive and may mute."""
    return [*KINDS_OF_MEMBERS, *(KINDS_OF_ANIMATORS if role >= Role.ANIMATOR else ())]


def kinds_text(kinds: Sequence[str], call: Call) -> Value:
    """Kinds by their names, joined as in a sentence."""
    if not kinds:
        return Key("me-kinds-none")
    return Names(tuple(_rendered(call, f"kind-{kind}") for kind in kinds))


def known_language(word: str) -> str:
    """One of the languages there are. Complaint for any other."""
    if word not in ("fr", "en"):
        raise Complaint("answers-expired-button", {"state": ""})
    return word


def speaking(actor: Actor, language: str) -> Actor:
    """The actor, spoken to in this language from now on."""
    return replace(actor, language=language)


def away_since(notes: Mapping[str, Any], now: datetime) -> datetime:
    """When the break that goes on now began."""
    found = notes.get(AWAY)
    return datetime.fromisoformat(found) if found else now


def understand_pause(text: str, now: datetime, zone: ZoneInfo, language: str) -> datetime | None:
    """When a pause ends, None to end it now. Complaint when it cannot be understood, or is over.

    « jusqu'au 20 mars » holds through the 20th: it ends with that day, in the person's zone.
    """
    typed = text.strip()
    if words(typed) in [words(each) for each in _END]:
        return None
    if fold(typed) in _ENDLESS:
        return NO_END
    bare = _LEAD.sub("", typed.replace("’", "'"))
    length = parse_duration(bare)
    if length is not None:
        return ends_after(length, now, zone)
    found = parse_moment(bare, now, zone, language)
    if found is None:
        raise Complaint("pause-unreadable")
    day = found.day if found.at else found.day + timedelta(days=1)
    end = instant_of(day, found.at or time(0), zone=zone)
    if end <= now:
        raise Complaint("pause-past", {"day": Day(found.day)})
    return min(end, NO_END)


def ends_after(length: timedelta, now: datetime, zone: ZoneInfo) -> datetime:
    """The end of a pause of this length: with a day when it is of days, else to the minute."""
    if length <= timedelta(0):
        raise Complaint("pause-unreadable")
    if length >= timedelta(days=365 * 20):
        return NO_END
    if length % timedelta(days=1):
        return now + length
    return instant_of(
        (now.astimezone(zone) + length).date() + timedelta(days=1), time(0), zone=zone
    )


def _days_text(days: frozenset[int], call: Call) -> Value:
    if days == WORKDAYS:
        return Key("me-days-working")
    if len(days) == 7:
        return Key("me-days-all")
    return Names(tuple(_rendered(call, f"me-day-{day}") for day in sorted(days)))


def _rendered(call: Call, key: str) -> str:
    return call.texts.render(key, {}, call.voice(call.actor))
