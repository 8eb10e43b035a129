"""The turns to come: when each would leave, what courtesy will make of it, when to look at it.

What is foretold is asked of courtesy's own rules, with the messages that left and those that the
turns before will have been; so it is right as long as nothing else is said meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.call import Call
from bot.courtesy import Facts, Intent, Move, Release, Sent, decide
from bot.people import Space
from bot.when import Rule, Turn, add_working_days, instant_of, local_day, turns
from storage import rhythms
from storage.paces import calendar_of
from storage.rhythms import PENDING, RhythmRow, TurnRow

TURN = "prompt.turn"
PREVIEW = "prompt.preview"
USE = "discussion"
LOOKED_AT = 60
"""Turns of a rhythm that are looked at, at most, for the next that somebody did not skip."""
BEFORE = timedelta(minutes=1)
"""How long before the opening a turn is drawn where nothing is said then: the bundle tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A turn to come: `leaves` is when it is expected in the space, None when it will not be.

    `why` is the text key of what moves it or keeps it from leaving.
    """

    due: datetime
    leaves: datetime | None
    why: str | None = None
    row: TurnRow | None = None


async def coming(
    call: Call,
    rhythm: RhythmRow,
    *,
    most: int = 3,
    until: datetime | None = None,
    leaving: bool = False,
) -> list[Coming]:
    """The next turns of a rhythm, each with what is known of it today."""
    rule = rhythms.rule_of(rhythm, call.here.zone)
    ahead = list(islice(turns(rule, rhythm.start, after=call.now), most))
    if until is not None:
        ahead = [each for each in ahead if each.at <= until]
    rows = await rhythms.turns(call.session, call.here.id, since=call.now, most=most * 2)
    known = {row.due: row for row in rows if row.rhythm_id == rhythm.id}
    return await foretold(call, ahead, known, leaving=leaving)


async def foretold(
    call: Call,
    ahead: Sequence[Turn],
    known: Mapping[datetime, TurnRow],
    *,
    leaving: bool = False,
) -> list[Coming]:
    """What becomes of these turns in whichever space takes them first."""
    free = [turn for turn in ahead if _open(known.get(turn.at))]
    by_space = [
        _fates(call, await _facts(call, space), space, free, leaving)
        for space in await _spaces(call)
    ]
    found: list[Coming] = []
    for turn in ahead:
        row = known.get(turn.at)
        if not _open(row):
            assert row is not None
            found.append(Coming(due=turn.at, leaves=None, why=_reason(row), row=row))
            continue
        fates = [fates[turn.at] for fates in by_space]
        best = min((f for f in fates if f.leaves), key=_leaves, default=None)
        best = best or next(iter(fates), Coming(due=turn.at, leaves=None, why="rhythm-why-space"))
        found.append(replace(best, row=row))
    return found


async def fate(call: Call, at: datetime) -> Coming:
    """What becomes of one turn at this instant."""
    return (await foretold(call, [Turn(local_day(at, call.here.zone), at)], {}))[0]


async def launching(call: Call, at: datetime) -> bool:
    """Whether a turn of that instant waits for a yes: silence means no in launch."""
    for space in await _spaces(call):
        facts = await _facts(call, space)
        return facts.paces[call.here.id].mode_on(local_day(at, call.here.zone)) == "launch"
    return call.here.mode == "launch"


async def next_of(call: Call, rhythm: RhythmRow) -> TurnRow | Turn | None:
    """The next turn that nobody skipped or held: its row, or the turn when it has none yet."""
    rows = await rhythms.turns(
        call.session, call.here.id, since=rhythm.set_at - timedelta(days=400)
    )
    rows = [row for row in rows if row.rhythm_id == rhythm.id]
    pending = [row for row in rows if row.state in PENDING and row.at > call.now]
    taken = {row.due for row in rows}
    rule = rhythms.rule_of(rhythm, call.here.zone)
    later = islice(turns(rule, rhythm.start, after=call.now), LOOKED_AT)
    fresh = next((turn for turn in later if turn.at not in taken), None)
    first = min(pending, key=lambda row: row.at, default=None)
    return fresh if first is None or (fresh and fresh.at < first.at) else first


async def arm(call: Call, rhythm: RhythmRow) -> None:
    """Sets the two timers of a rhythm for its next turn, or takes them away."""
    assert rhythm.id is not None
    key, turn = str(rhythm.id), await next_of(call, rhythm)
    if turn is None or rhythm.ended is not None:
        await call.tx.timers.clear(TURN, key)
        await call.tx.timers.clear(PREVIEW, key)
        return
    due = turn.due if isinstance(turn, TurnRow) else turn.at
    args = {"rhythm": rhythm.id, "due": due.isoformat()}
    await call.tx.timers.set(TURN, key, due=turn.at, args=args, community=call.here.id)
    if isinstance(turn, TurnRow) and turn.state != "planned":
        await call.tx.timers.clear(PREVIEW, key)
        return
    look = max(await looked_at(call, turn.at), call.now)
    await call.tx.timers.set(PREVIEW, key, due=look, args=args, community=call.here.id)


async def looked_at(call: Call, at: datetime) -> datetime:
    """When animators see a turn: at the opening of the working day before."""
    calendar = calendar_of(call.here)
    day = add_working_days(local_day(at, calendar.zone), -1, calendar=calendar)
    opening = instant_of(day, calendar.hours.start, zone=calendar.zone)
    return opening if await has_room(call) else opening - BEFORE


async def has_room(call: Call) -> bool:
    """Whether the animators have a space of their own that is not stopped."""
    spaces = await call.tx.people.spaces(call.here.id, "animators")
    return any(space.stopped is None for space in spaces)


async def following(call: Call, *, leaving: bool = False) -> datetime | None:
    """When the next prompt of the rhythm is expected in the space, as far as anybody can tell.

    With `leaving` one is on its way out and counts already.
    """
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None:
        return None
    found = await coming(call, rhythm, most=8, leaving=leaving)
    return next((each.leaves for each in found if each.leaves), None)


def every_other(found: Iterable[Coming]) -> tuple[int, int]:
    """How many of these turns the caps will skip, and of how many that could leave else."""
    fit = [each for each in found if each.leaves or _capped(each.why)]
    return sum(_capped(each.why) and each.leaves is None for each in fit), len(fit)


def _capped(why: str | None) -> bool:
    return why in {"courtesy-why-prompt", "courtesy-why-posts", "courtesy-why-posts-all"}


def _fates(
    call: Call, facts: Facts, space: Space, ahead: Sequence[Turn], leaving: bool
) -> dict[datetime, Coming]:
    found: dict[datetime, Coming] = {}
    sent = [*facts.sent, *([Sent(kind="prompt", at=call.now)] if leaving else [])]
    for number, turn in enumerate(ahead, 1):
        intent = Intent(
            id=-number,
            kind="prompt",
            audience="space",
            audience_id=space.place.key,
            community=call.here.id,
            earliest=turn.at,
            created=call.now,
            cause="chosen-minute",
        )
        one = Coming(due=turn.at, leaves=None, why="courtesy-why-expired")
        match decide([intent], replace(facts, sent=tuple(sent)), turn.at):
            case [Release()]:
                one = Coming(due=turn.at, leaves=turn.at)
            case [Move(until=until, why=why)]:
                one = Coming(due=turn.at, leaves=until, why=why)
            case [other]:
                one = Coming(due=turn.at, leaves=None, why=getattr(other, "why", None))
        if one.leaves is not None:
            sent.append(Sent(kind="prompt", at=one.leaves))
        found[turn.at] = one
    return found


async def _facts(call: Call, space: Space) -> Facts:
    """The facts of a space, as they are once the community is open."""
    facts = await call.tx.intents.facts("space", space.place.key, call.here, call.now)
    here = facts.paces[call.here.id]
    open_ = replace(here, state="open") if here.state == "preparation" else here
    return replace(facts, paces={**facts.paces, call.here.id: open_})


async def _spaces(call: Call) -> list[Space]:
    found = await call.tx.people.spaces(call.here.id, USE)
    return [space for space in found if space.stopped is None]


def _open(row: TurnRow | None) -> bool:
    return row is None or row.state in PENDING


def _reason(row: TurnRow) -> str:
    return row.why or f"rhythm-why-{row.state}"


def _leaves(each: Coming) -> datetime:
    assert each.leaves is not None
    return each.leaves


def rule_of(call: Call, rhythm: RhythmRow) -> Rule:
    """The rule of a rhythm on this community's walls."""
    return rhythms.rule_of(rhythm, call.here.zone)
