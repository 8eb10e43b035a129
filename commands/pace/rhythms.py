"""The turns of the community's rhythm, as the list of what is to come needs them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice, takewhile

from bot.call import Call
from bot.messages import Effect
from bot.when import turns
from commands.pace.listing import STAMP, Due
from commands.pace.rules import DROPPED
from commands.prompts import cards, coming
from commands.prompts.turns import USEFUL
from storage import rhythms
from storage.rhythms import PENDING, RhythmRow, TurnRow

MOST = 60
UNDECIDED = (*PENDING, "waiting", "lively", "held")
"""States of a turn about which somebody may still decide."""


async def dues(call: Call, until: datetime) -> list[Due]:
    """The turns until then; `asks` when nothing leaves before somebody says yes."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None or rhythm.id is None:
        return []
    rows = await rhythms.turns(call.session, call.here.id, since=call.now - USEFUL)
    known = {row.due: row for row in rows if row.rhythm_id == rhythm.id}
    put_off = [row for row in known.values() if row.due <= call.now < row.at]
    ahead = islice(turns(coming.rule_of(call, rhythm), rhythm.start, after=call.now), MOST)
    late = [
        Due(rhythm=row.rhythm_id, at=row.due, state=await _state(call, row, row.at), later=row.at)
        for row in put_off
    ]
    return late + [
        Due(
            rhythm=rhythm.id,
            at=turn.at,
            state=await _state(call, known.get(turn.at), turn.at),
        )
        for turn in takewhile(lambda turn: turn.at <= until, ahead)
    ]


async def hold(call: Call, ref: str) -> list[Effect] | None:
    """Keeps a turn back until it is released; None when it is decided already."""
    return await _move(call, ref, "held", among=PENDING)


async def release(call: Call, ref: str) -> list[Effect] | None:
    """Gives a turn that was held back to its rhythm."""
    return await _move(call, ref, "planned", among=("held",))


async def drop(call: Call, ref: str) -> list[Effect] | None:
    """Takes one turn out of its rhythm."""
    return await _move(call, ref, "skipped", among=UNDECIDED, why=DROPPED)


async def _move(
    call: Call, ref: str, state: str, *, among: tuple[str, ...], why: str | None = None
) -> list[Effect] | None:
    """The turn's cards as they are now."""
    found = await _turn(call, ref)
    if found is None:
        return None
    rhythm, turn = found
    number = turn.id or 0
    # What was drawn and shown for it stands again once it is released.
    state = "previewed" if state == "planned" and turn.code else state
    done = await rhythms.move(
        call.session, number, state, among=among, now=call.now, by=call.account_id, why=why
    )
    if not done:
        return None
    await coming.arm(call, rhythm)
    return [await cards.edit(call, number)] if turn.code else []


async def _turn(call: Call, ref: str) -> tuple[RhythmRow, TurnRow] | None:
    """The turn of a ref, with a row from now on; None when it is no turn of the rhythm in force."""
    number, _, stamp = ref.partition(":")
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None or str(rhythm.id) != number:
        return None
    try:
        due = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    fits = any(due_.at == due for due_ in await dues(call, due))
    return (
        (rhythm, await rhythms.turn_at(call.session, rhythm, due, now=call.now)) if fits else None
    )


async def _state(call: Call, row: TurnRow | None, at: datetime) -> str:
    if row is not None and row.state == "held":
        return "held"
    if row is not None and row.state not in PENDING:
        return "gone"
    approved = row is not None and row.state == "approved"
    return "asks" if not approved and await coming.launching(call, at) else ""
