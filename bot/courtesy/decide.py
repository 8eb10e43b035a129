"""All waiting intents of one audience and the facts about it -> what happens to each now.

Higher priorities choose their slot first and keep it in the ledger; so the answer does not depend
on the order in which intents came, and one look plans what `pace` shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.courtesy.facts import Decision, Drop, Facts, Hold, Intent, Move, Release
from bot.courtesy.gates import gate, why
from bot.courtesy.kinds import Row
from bot.courtesy.ledger import Block, Ledger
from bot.courtesy.slots import (
    first_slot,
    leaves_when_open,
    may_leave,
    next_slot,
    on_time,
    why_closed,
)

_TOGETHER = timedelta(hours=24)
_HOLD_LOOK = timedelta(days=1)
_AN_INSTANT = timedelta(seconds=1)
_FAR = timedelta(days=400)
_TRIES = 120
_NEXT_SLOT = timedelta(minutes=30)
_PROMPT_PRIORITY = 5

Cluster = tuple[Intent, ...]


def decide(intents: Iterable[Intent], facts: Facts, now: datetime) -> list[Decision]:
    """Exactly one decision for each intent; all are for one audience, whose facts these are.

    What is released counts as sent at `now`. Raises KeyError for a kind or a community that
    is not known.
    """
    waiting: list[Intent] = []
    decisions: list[Decision] = []
    ordered = sorted(intents, key=_order)
    for intent in ordered:
        answer = gate(intent, facts, now=now)
        if answer == "at-once":
            decisions.append(Release((intent.id,)))
        elif answer == "waits":
            waiting.append(intent)
        else:
            decisions.append(answer)
    if waiting:
        zone = facts.calendar_for(min(waiting, key=lambda one: one.community)).zone
        ledger = Ledger(facts, audience=waiting[0].audience, zone=zone)
        at_once = {n for one in decisions if isinstance(one, Release) for n in one.ids}
        for intent in ordered:
            if intent.id in at_once:
                ledger.reserve((intent,), now)
        for cluster in _clusters(waiting):
            decisions += _place(cluster, facts, now=now, ledger=ledger)
    return decisions


def next_look(intents: Sequence[Intent], facts: Facts, now: datetime) -> datetime | None:
    """When this audience must be looked at again if nothing happens before; None: never."""
    ends = {intent.id: intent.useful_until for intent in intents}
    looks: list[datetime] = []
    for decision in decide(intents, facts, now):
        match decision:
            case Move(until=until):
                looks.append(until)
            case Hold(id=id_):
                end = ends[id_]
                again = now + _HOLD_LOOK
                looks.append(again if end is None else min(again, end + _AN_INSTANT))
            case Release():
                # What stood in its way was dropped after all.
                looks.append(now)
            case _:
                pass
    return min(looks, default=None)


def _order(intent: Intent) -> tuple[int, datetime, datetime, int]:
    priority = intent.priority or intent.rules.priority
    rank = priority * 2
    if intent.rules.row is Row.PULSE:
        # A prompt comes back in a week, a pulse in four: by priority alone, prompts by rhythm
        # would keep every pulse from starting (e.3.5).
        rank = min(priority, _PROMPT_PRIORITY) * 2 - 1
    return rank, intent.earliest, intent.created, intent.id


def _clusters(waiting: Sequence[Intent]) -> Iterator[Cluster]:
    """What may share one message, led by its first; in the order of `waiting`."""
    taken: set[int] = set()
    for lead in waiting:
        if lead.id in taken:
            continue
        cluster = [lead]
        for other in waiting:
            if other.id not in taken and other.id != lead.id and _joins(other, cluster):
                cluster.append(other)
        taken.update(intent.id for intent in cluster)
        yield tuple(cluster)


def _joins(other: Intent, cluster: Sequence[Intent]) -> bool:
    lead = cluster[0]
    if other.merge_key is None or other.merge_key != lead.merge_key:
        return False
    if other.rules.group is None or other.rules.group != lead.rules.group:
        return False
    together = [*cluster, other]
    first = min(intent.earliest for intent in together)
    last = max(intent.earliest for intent in together)
    return last - first < _TOGETHER and all(
        (intent.useful_until is None or last <= intent.useful_until)
        and (intent.cause != "chosen-minute" or intent.earliest == last)
        for intent in together
    )


def _place(cluster: Cluster, facts: Facts, *, now: datetime, ledger: Ledger) -> list[Decision]:
    slot, blocked = _find(cluster, facts, now=now, ledger=ledger)
    if len(cluster) > 1:
        alone, _ = _find(cluster[:1], facts, now=now, ledger=ledger)
        if slot is None or (alone is not None and slot - alone >= _TOGETHER):
            # Together they would wait for the slowest: each goes its own way.
            return [
                decision
                for intent in cluster
                for decision in _place((intent,), facts, now=now, ledger=ledger)
            ]
    lead = _pacesetter(cluster)
    calendar = facts.calendar_for(lead)
    if slot is None:
        return [_without_slot(lead, facts, now=now, blocked=blocked)]
    if slot <= now and may_leave(lead, now, calendar=calendar):
        ledger.reserve(cluster, now)
        return [Release(tuple(intent.id for intent in cluster))]
    if slot <= now:
        slot = next_slot(lead, now, calendar=calendar)
    ledger.reserve(cluster, slot)
    return [
        Move(intent.id, slot, why(_reason(intent, facts, now=now, blocked=blocked)))
        for intent in cluster
    ]


def _pacesetter(cluster: Cluster) -> Intent:
    """Whose hour the cluster takes: a chosen one, else the lead's once the last is due."""
    chosen = (intent for intent in cluster if intent.cause == "chosen-minute")
    last = max(intent.earliest for intent in cluster)
    return next(chosen, replace(cluster[0], earliest=last))


def _without_slot(
    intent: Intent, facts: Facts, *, now: datetime, blocked: Block | None
) -> Decision:
    reason = why(blocked.why if blocked else "expired")
    if blocked and blocked.until is None and (blocked.by_act or intent.rules.keeps):
        return Hold(intent.id, reason)
    if intent.earliest <= now:
        return Drop(intent.id, reason)
    # It is not due yet, and what is in its way may go.
    natural = first_slot(intent, facts.calendar_for(intent), now=now)
    return Move(intent.id, natural if natural > now else intent.earliest, reason)


def _find(
    cluster: Cluster, facts: Facts, *, now: datetime, ledger: Ledger
) -> tuple[datetime | None, Block | None]:
    """The first slot with room for all of the cluster, and what stood in the way of the best."""
    lead = _pacesetter(cluster)
    calendar = facts.calendar_for(lead)
    ends = [end for end in (intent.useful_until for intent in cluster) if end is not None]
    latest = min(ends, default=now + _FAR)
    shares = lead.cause == "chosen-minute" or (leaves_when_open(lead) and on_time(lead, now))
    slot = first_slot(lead, calendar, now=now)
    if any(slot < intent.earliest and not intent.rules.backwards for intent in cluster):
        # A reminder goes back before a closed day, what it would travel with cannot.
        return None, None
    found: datetime | None = None
    first: Block | None = None
    for _ in range(_TRIES):
        if max(slot, now) > latest:
            break
        block = ledger.block(cluster, max(slot, now))
        if block is None:
            found = found or slot
            if shares or not ledger.crowded(slot):
                return slot, first
            block = Block("spread", slot + _NEXT_SLOT)
        first = first or block
        if block.until is None:
            break
        slot = next_slot(lead, max(block.until, slot + _AN_INSTANT), calendar=calendar)
    if found is None and lead.cause == "chosen-minute" and not on_time(lead, now):
        # The chosen minute was missed and does not come back in time: any minute is better.
        any_minute = tuple(replace(intent, cause="bot") for intent in cluster)
        return _find(any_minute, facts, now=now, ledger=ledger)
    # Sharing a slot is better than coming too late.
    return found, first


def _reason(intent: Intent, facts: Facts, *, now: datetime, blocked: Block | None) -> str:
    if blocked is not None:
        return blocked.why
    calendar = facts.calendar_for(intent)
    if not may_leave(intent, intent.earliest, calendar=calendar):
        return why_closed(intent.earliest, calendar)
    return "scheduled" if intent.earliest > now else "spread"
