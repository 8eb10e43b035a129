"""The words of a rhythm: read, given back, and told again as a sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.parsing import fold, words
from bot.values import Day, Key, TimeOfDay, Value
from bot.when import Calendar, Hours, Rule, local_day, next_turn, parse_rule

STOP = ("stop", "off", "arret", "arreter", "arrete", "fin", "none", "aucun")
USUAL = time(9, 30)
"""The hour of a rhythm whose hour nobody said."""
LONGEST = 200
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_TAG = re.compile(r"(?<!\S)#[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why words are no rhythm: the end of a text key, with its values."""

    key: str
    values: dict[str, Value]


def is_stop(text: str) -> bool:
    """Whether these words end the rhythm."""
    return words(text.strip(" .!")) in [words(each) for each in STOP]


def read(
    text: str, now: datetime, *, calendar: Calendar, languages: Sequence[str], slot: int
) -> Rule | Fault:
    """The rhythm that these words tell, or what is wrong with them.

    `slot` is the weekday for who says « chaque semaine » and no day.
    """
    bare = _TAG.sub(" ", text).strip()
    rule = _rule(bare, now, calendar=calendar, languages=languages)
    # « mardi 9 h 30 » means every Tuesday here: nothing else can.
    rule = rule or _rule(f"every {bare}", now, calendar=calendar, languages=languages)
    if rule is None:
        return Fault("unread", {"understood": understood(bare, now, calendar, languages)})
    rule = _filled(rule, now, slot)
    if next_turn(rule, first_day(rule, now), after=now) is None:
        return Fault("over", {})
    if not _inside(rule.at, calendar.hours):
        return Fault("hours", _hours(rule.at, calendar.hours))
    if rule.freq == "week" and not rule.weekdays & calendar.hours.days and rule.weekdays:
        return Fault("weekend", {"days": days(rule.weekdays)})
    return rule


def first_day(rule: Rule, now: datetime) -> date:
    """The day from which a rhythm counts: that of its first turn, whatever « every two » skips."""
    today = local_day(now, rule.zone)
    if rule.every == 1:
        return today
    first = next_turn(replace(rule, every=1, count=None), today, after=now)
    return first.day if first else today


def understood(text: str, now: datetime, calendar: Calendar, languages: Sequence[str]) -> Value:
    """What could be read in words that are no rhythm: days, then an hour. None when nothing."""
    parts: list[Value] = []
    tokens = [each.strip("\"',.;«»“”") for each in text[:LONGEST].split()][:20]
    for token in tokens:
        found = _rule(f"every {token}", now, calendar=calendar, languages=languages)
        if found is not None and found.freq == "week" and len(found.weekdays) == 1:
            parts.append(days(found.weekdays))
    hour = next((at for each in _runs(tokens) if (at := _hour(each, now, calendar))), None)
    if hour is not None:
        parts.append(TimeOfDay(hour))
    return joined(parts, "rhythm-comma")


def told(rule: Rule) -> Key:
    """A rhythm as a sentence's end: « chaque mardi à 9 h 30 »."""
    values: dict[str, Value] = {
        "every": rule.every,
        "days": days(rule.weekdays),
        "nth": rule.nth,
        "month": rule.month,
    }
    shape = rule.freq.replace("_", "-")
    if rule.freq == "week" and rule.weekdays == frozenset(range(5)):
        shape = "business"
    at: dict[str, Value] = {"days": Key(f"rhythm-{shape}", values), "at": TimeOfDay(rule.at)}
    if rule.until is not None:
        return Key("rhythm-until", {**at, "until": Day(rule.until)})
    return Key("rhythm-times", {**at, "count": rule.count}) if rule.count else Key("rhythm-at", at)


def days(weekdays: frozenset[int]) -> Value:
    """The names of weekdays: « mardi et jeudi »; None for none."""
    return joined([Key("rhythm-weekday", {"n": n}) for n in sorted(weekdays)], "rhythm-and")


def joined(parts: Sequence[Value], last: str) -> Value:
    """Values one after the other, with `last` before the last one."""
    if not parts:
        return None
    *head, tail = parts
    if not head:
        return tail
    before = joined(head, "rhythm-comma")
    return Key(last, {"head": before, "last": tail})


def proposed(slot: str, mode: str, *, hours: Hours) -> str:
    """The words of the rhythm that fits a community's slot: weekly in launch, else every two."""
    at = USUAL if _inside(USUAL, hours) else hours.start
    step = "every" if mode == "launch" else "every 2 weeks"
    return f"{step} {slot} {at:%H:%M}"


def tags(text: str) -> list[str]:
    """The tags among the words, without their sign."""
    return [fold(found[1:]) for found in _TAG.findall(text)]


def _filled(rule: Rule, now: datetime, slot: int) -> Rule:
    """The rule with every part said that its words left open."""
    today = local_day(now, rule.zone)
    match rule.freq:
        case "week" if not rule.weekdays:
            return replace(rule, weekdays=frozenset({slot}))
        case "month_nth" if not rule.nth:
            return replace(rule, nth=1)
        case "month_day" if not rule.nth:
            return replace(rule, nth=today.day)
        case "year":
            return replace(rule, nth=rule.nth or today.day, month=rule.month or today.month)
        case _:
            return rule


def _rule(text: str, now: datetime, *, calendar: Calendar, languages: Sequence[str]) -> Rule | None:
    for language in dict.fromkeys([*languages, "fr", "en"]):
        found = parse_rule(text, now, zone=calendar.zone, language=language, at=USUAL)
        if found is not None:
            return found
    return None


def _hour(text: str, now: datetime, calendar: Calendar) -> time | None:
    rule = parse_rule(f"every day {text}", now, zone=calendar.zone)
    return rule.at if rule is not None else None


def _runs(tokens: Sequence[str]) -> list[str]:
    """Every run of three words, of two, of one: the longest say most."""
    return [
        " ".join(tokens[start : start + size])
        for size in (3, 2, 1)
        for start in range(len(tokens) - size + 1)
    ]


def _inside(at: time, hours: Hours) -> bool:
    if hours.start < hours.end:
        return hours.start <= at < hours.end
    return at >= hours.start or at < hours.end


def _hours(at: time, hours: Hours) -> dict[str, Value]:
    near = hours.start
    if at >= hours.end > hours.start:
        near = time(max(hours.end.hour - 1, hours.start.hour), hours.end.minute)
    return {
        "at": TimeOfDay(at),
        "from": TimeOfDay(hours.start),
        "to": TimeOfDay(hours.end),
        "near": TimeOfDay(max(near, hours.start)),
    }
