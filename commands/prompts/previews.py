"""What animators do with a turn: publish it as it is, replace it, skip it [PR-2].

One tap each, and never a comment on skipping. Of two who press, the second reads who was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Effect, Line, Reply, Say, Void
from bot.people import Role
from bot.registry import Item, button, command, section
from bot.values import Key, Moment, Value
from commands.prompts import cards, coming, service, turns, wording
from storage import rhythms
from storage.rhythms import PENDING, WAITING, RhythmRow, TurnRow

OPEN = ("open",)
SKIPPED = (*PENDING, *WAITING, "given")


@button("prompt.turn", who=Role.ANIMATOR, states=OPEN, shows=True, lasting=True)
async def look(call: Call, turn_id: int) -> Reply:
    """The card of a turn, from the page of what waits."""
    return await cards.say(call, await cards.get(call, turn_id))


@button("prompt.approve", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def approve(call: Call, turn_id: int, code: str) -> Reply:
    """*Publier tel quel*: it leaves at its hour; at once when the hour has passed."""
    turn = await _with(call, turn_id, code)
    if turn.state in WAITING:
        return await publish(call, turn_id, code)
    if not await rhythms.move(
        call.session,
        turn_id,
        "approved",
        among=("planned", "previewed"),
        now=call.now,
        by=call.account_id,
    ):
        raise await cards.taken(call, await cards.get(call, turn_id))
    return await cards.edit(call, turn_id)


@button("prompt.publish", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def publish(call: Call, turn_id: int, code: str) -> Reply:
    """*Publier quand même*, or a yes after the hour: it leaves now, as a person asked."""
    service.require_on(call)
    turn = await _with(call, turn_id, code)
    if not await rhythms.move(
        call.session, turn_id, "posted", among=WAITING, now=call.now, by=call.account_id
    ):
        raise await cards.taken(call, await cards.get(call, turn_id))
    entry = await cards.entry_of(call, turn)
    if entry is None:
        raise Complaint("prompts-unknown", {"typed": code})
    posting, said = await service.post_now(call, entry)
    await rhythms.posted(call.session, turn_id, wording.number(posting))
    return [*said, await cards.edit(call, turn_id)]


@button("prompt.replace", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def replace(call: Call, turn_id: int, code: str = "") -> Reply:
    """*Remplacer*: draws another, or the first where there is none, and writes it on the card."""
    turn = await _with(call, turn_id, code)
    if turn.state not in (*PENDING, *WAITING):
        raise await cards.taken(call, turn)
    return await drawn_anew(call, turn)


@command("prompt skip", "amorce sauter", who=Role.ANIMATOR, states=OPEN)
async def skip_next(call: Call) -> Reply:
    """Skips the turn that waits, or the next one."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None:
        raise Complaint("rhythm-none")
    # What courtesy dropped meanwhile is over: the turn that is meant is still to come.
    ended = await turns.settled(call)
    newest = await _newest(call)
    if newest is None or newest.state not in (*WAITING, "given"):
        due = await next_due(call, rhythm)
        if due is None:
            raise Complaint("rhythm-none-left")
        newest = await rhythms.turn_at(call.session, rhythm, due, now=call.now)
    return [*ended, *await _skip(call, newest), await _told(call, newest)]


@button("prompt.skip_due", who=Role.ANIMATOR, states=OPEN)
async def skip_due(call: Call, rhythm_id: int, due: int) -> Reply:
    """Skips this turn of the rhythm shown."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None or rhythm.id != rhythm_id:
        raise Complaint("answers-expired-button", {"state": Key("rhythm-state-replaced")})
    ahead = await coming.coming(call, rhythm, most=8)
    at = next((each.due for each in ahead if int(each.due.timestamp()) == due), None)
    if at is None:
        raise Complaint("answers-expired-button", {"state": Key("rhythm-state-missed")})
    turn = await rhythms.turn_at(call.session, rhythm, at, now=call.now)
    return [*await _skip(call, turn), await _told(call, turn)]


@button("prompt.skip", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def skip(call: Call, turn_id: int) -> Reply:
    """*Sauter*: one tap, and nothing is said of it."""
    return await _skip(call, await cards.get(call, turn_id))


@section("todo", order=35, who=Role.ANIMATOR)
async def waiting(call: Call) -> Sequence[Item]:
    """The turn that waits for somebody: for a yes in launch, for a look, or for quiet."""
    newest = await _newest(call)
    if newest is None or turns.asleep(call):
        return ()
    if newest.state == "previewed":
        launching = await coming.launching(call, newest.at)
        if not launching and await coming.has_room(call):
            return ()
    elif newest.state not in WAITING:
        return ()
    entry = await cards.entry_of(call, newest)
    values: dict[str, Value] = {
        **await cards.when(call, newest),
        "question": entry.question if entry else Key("rhythm-undrawn"),
    }
    args = (newest.id or 0,)
    act = Button("prompt.turn", args)
    if newest.state == "lively":
        anyway = "button-prompt-publish-anyway"
        act = Button("prompt.publish", (*args, newest.code or ""), label=anyway)
    return (Item(Line(f"rhythm-item-{newest.state}", values), act, newest.since),)


async def _newest(call: Call) -> TurnRow | None:
    """The last turn that came to its hour or was shown for it; not what was decided far ahead."""
    rows = await rhythms.turns(call.session, call.here.id)
    return next((each for each in rows if each.at <= call.now or each.state in cards.BEFORE), None)


async def next_due(call: Call, rhythm: RhythmRow) -> datetime | None:
    """The next turn that may be skipped: the next that would leave, or else the next of all."""
    found = await coming.coming(call, rhythm, most=8)
    free = [each for each in found if each.row is None or each.row.state in PENDING]
    return next((each.due for each in [*(e for e in free if e.leaves), *free]), None)


async def drawn_anew(call: Call, turn: TurnRow) -> list[Effect]:
    """Another prompt for a turn, shown on its cards. Raises the Complaint when there is none."""
    rhythm = await rhythms.current(call.session, call.here.id)
    assert turn.id is not None
    if rhythm is None:
        raise Complaint("answers-expired-button", {"state": Key("rhythm-state-replaced")})
    entry = await turns.draw(call, rhythm, turn)
    if entry is None:
        raise Complaint("rhythm-no-other", {"code": turn.code or ""})
    refused = [*turn.refused, *([turn.code] if turn.code else [])]
    if not await rhythms.choose(
        call.session, turn.id, entry.code, instead_of=turn.code, refused=refused
    ):
        raise await cards.taken(call, await cards.get(call, turn.id))
    if turn.state == "approved":
        # The yes was for the other one.
        await rhythms.move(call.session, turn.id, "previewed", among=("approved",), now=call.now)
    return [await cards.edit(call, turn.id)]


async def without(call: Call, code: str) -> list[Effect]:
    """What was to leave next is not this prompt any more: it was set aside."""
    found: list[Effect] = []
    for turn in await rhythms.turns(call.session, call.here.id, states=(*PENDING, *WAITING)):
        if turn.code == code:
            try:
                found += await drawn_anew(call, turn)
            except Complaint:
                found += await _skip(call, turn)
    return found


async def rewritten(call: Call, code: str) -> list[Effect]:
    """The cards of what is to leave next, when its words changed."""
    every = await rhythms.turns(call.session, call.here.id, states=(*PENDING, *WAITING))
    return [await cards.edit(call, turn.id or 0) for turn in every if turn.code == code]


async def _with(call: Call, turn_id: int, code: str) -> TurnRow:
    """The turn, when it still has the prompt that stood on the card."""
    turn = await cards.get(call, turn_id)
    if (turn.code or "") != code:
        raise Complaint("answers-expired-button", {"state": Key("rhythm-state-other")})
    return turn


async def _skip(call: Call, turn: TurnRow) -> list[Effect]:
    number = turn.id or 0
    if not await rhythms.move(
        call.session, number, "skipped", among=SKIPPED, now=call.now, by=call.account_id
    ):
        raise await cards.taken(call, await cards.get(call, number))
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is not None:
        await coming.arm(call, rhythm)
    return [Void(cards.name(turn)), await cards.edit(call, number)]


async def _told(call: Call, turn: TurnRow) -> Say:
    following = await coming.following(call)
    after = Moment(following) if following else None
    return Say("rhythm-skipped", {"when": Moment(turn.at), "next": after})
