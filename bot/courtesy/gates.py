"""The rules that need no slot: what may not leave at all now, and what leaves at any hour."""

from datetime import datetime, timedelta
from typing import Literal

from bot.courtesy.facts import Drop, Facts, Hold, Intent, Move, Pace
from bot.courtesy.kinds import Family, Leaves
from bot.when.wall import local_day
from bot.when.working import is_open, next_opening

_DAY = timedelta(hours=24)
_MISSED = timedelta(hours=1)
"""So long after its instant a message is no answer any more to what somebody just did."""


def gate(
    intent: Intent, facts: Facts, *, now: datetime
) -> Drop | Hold | Move | Literal["at-once", "waits"]:
    """What is certain without looking at the other intents."""
    end = intent.useful_until
    if end is not None and now > end:
        return Drop(intent.id, why("expired"))
    pace = facts.paces[intent.community]
    held = _held(intent, facts, pace=pace)
    if held is not None:
        return Hold(intent.id, why(held))
    if pace.state == "closed" and not (intent.rules.closed or intent.cause == "asked"):
        return Drop(intent.id, why("closed"))
    if intent.private:
        quiet = _quiet(intent, facts, now=now)
        if quiet is not None:
            return quiet
    if _at_once(intent, facts, now=now):
        if intent.earliest > now:
            return Move(intent.id, intent.earliest, why("scheduled"))
        opening = _after_a_pause(intent, facts, now=now)
        return "at-once" if opening is None else Move(intent.id, opening, why("window"))
    crisis = pace.mode_on(local_day(now, pace.calendar.zone)) == "crisis"
    if crisis and not intent.rules.crisis:
        return Hold(intent.id, why("crisis"))
    return "waits"


def why(reason: str) -> str:
    """The text key that explains a decision to animators."""
    return f"courtesy-why-{reason}"


def _held(intent: Intent, facts: Facts, *, pace: Pace) -> str | None:
    if facts.stopped and not intent.private:
        return "stopped"
    if intent.held:
        return "held"
    if facts.visitor and intent.rules.words and not intent.private:
        return "visitor"
    preparing = pace.state == "preparation" and intent.cause != "asked"
    return "preparation" if preparing and not intent.rules.preparation else None


def _quiet(intent: Intent, facts: Facts, *, now: datetime) -> Drop | Move | None:
    silent = facts.silent_until
    legal = intent.rules.family is Family.LEGAL
    # Legal notices cannot be silenced (e.2); nothing else passes unless the person said so.
    if silent is not None and now < silent and not legal and not intent.through_pause:
        end = intent.useful_until
        keeps = intent.rules.keeps or intent.cause == "asked"
        if intent.earliest >= silent:
            return None
        if keeps and (end is None or end >= silent):
            return Move(intent.id, silent, why("pause"))
        return Drop(intent.id, why("pause"))
    if intent.kind in facts.muted and intent.rules.mutable:
        return Drop(intent.id, why("muted"))
    return None


def _after_a_pause(intent: Intent, facts: Facts, *, now: datetime) -> datetime | None:
    """When it leaves that missed its instant: nobody who acted waits for it at midnight."""
    missed = now - max(intent.earliest, intent.created) > _MISSED
    if not missed or not intent.private or intent.cause == "asked":
        return None
    if intent.rules.family is Family.LEGAL or intent.deadline is not None:
        return None
    calendar = facts.calendar_for(intent)
    return None if is_open(now, calendar) else next_opening(now, calendar)


def _at_once(intent: Intent, facts: Facts, *, now: datetime) -> bool:
    leaves = intent.rules.leaves
    if intent.cause == "asked" or leaves is Leaves.AT_ONCE:
        return True
    if leaves is Leaves.AT_ONCE_FOR_ANIMATORS:
        return intent.audience == "space" and facts.use == "animators"
    if intent.rules.family is not Family.CHANGE or intent.deadline is None:
        return False
    # A window would come too late for what begins before it, or within a day (e.3.9, e.4).
    opening = next_opening(now, facts.calendar_for(intent))
    return intent.deadline <= max(now + _DAY, opening)
