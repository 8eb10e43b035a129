"""The turns of a rhythm come to their hour, and leave when courtesy lets them [PR-2].

Nothing is posted before courtesy releases: a turn that never leaves has used no prompt.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from bot.call import Call
from bot.courtesy.slots import LATE
from bot.errors import Complaint
from bot.messages import Effect, Intend, Reply, Say, ToAnimators, ToPlace, ToUse
from bot.registry import composer, timer
from bot.values import Day
from bot.when import add_working_days, instant_of, local_day, turns
from commands.prompts import cards, coming, service, wording
from commands.prompts.rules import Entry
from storage import observation, postings, rhythms
from storage.paces import calendar_of
from storage.postings import PostingRow
from storage.rhythms import PENDING, RhythmRow, TurnRow

USEFUL = timedelta(days=3)
"""How long after its hour a turn may still leave, as courtesy has it for prompts."""
LIVELY = timedelta(hours=2)
"""A member's post this recent says that nobody waits for a question."""


@timer(coming.PREVIEW)
async def preview(call: Call, rhythm: int, due: str) -> Reply:
    """Draws the prompt of the next turn and shows it to the animators, the working day before."""
    row = await _in_force(call, rhythm)
    if row is None or asleep(call):
        return None
    at = datetime.fromisoformat(due)
    ended = await settled(call)
    if (await coming.fate(call, at)).leaves is None:
        # Courtesy will say at its hour why it does not leave: nobody need look at it.
        return ended
    turn = await rhythms.turn_at(call.session, row, at, now=call.now)
    return [*ended, *(await show(call, row, turn) if turn.state == "planned" else ())]


@timer(coming.TURN)
async def turn_due(call: Call, rhythm: int, due: str) -> Reply:
    """The hour of a turn: it is given to courtesy, or waits, or is held back."""
    row = await _in_force(call, rhythm)
    if row is None:
        return None
    turn = await _missed(call, row, datetime.fromisoformat(due))
    found = await settled(call)
    if turn is not None:
        found += await _at_its_hour(call, row, turn)
    await coming.arm(call, row)
    return found


@composer(coming.TURN)
async def leave(call: Call, to: ToPlace, turn_id: int) -> Reply:
    """Posts a turn's prompt in this space: the first space makes the posting, others find it."""
    turn = await rhythms.turn(call.session, call.here.id, turn_id)
    if turn is None or asleep(call):
        return None
    if turn.posting_id is not None:
        return await _in_another_space(call, to, turn.posting_id)
    moved = call.now - turn.at > LATE
    if turn.state != "given" or (moved and await _held_back(call, turn)):
        return None
    drawn = await _drawn(call, turn)
    if drawn is None:
        return None
    entry, number = drawn
    posting = await service.begin(call, entry, number=number, by=None)
    await rhythms.posted(call.session, turn_id, wording.number(posting))
    await rhythms.move(call.session, turn_id, "posted", among=("given",), now=call.now)
    return [*await _said(call, to, posting, entry), await cards.edit(call, turn_id)]


async def show(call: Call, rhythm: RhythmRow, turn: TurnRow) -> list[Effect]:
    """Gives a turn its prompt and shows it where the animators are; alone, the page tells it."""
    number = turn.id or 0
    chosen = await draw(call, rhythm, turn)
    if chosen is None:
        why = "rhythm-why-empty"
        await rhythms.move(call.session, number, "dropped", among=PENDING, now=call.now, why=why)
    else:
        await rhythms.choose(call.session, number, chosen.code, instead_of=turn.code)
        await rhythms.move(call.session, number, "previewed", among=PENDING, now=call.now)
    await coming.arm(call, rhythm)
    return await tell(call, number)


async def tell(call: Call, turn_id: int) -> list[Effect]:
    """The card of a turn in the animators' space, if they have one."""
    if not await coming.has_room(call):
        return []
    say = await cards.say(call, await cards.get(call, turn_id))
    return [Say(say.key, say.values, ToAnimators(), lines=say.lines, buttons=say.buttons,
                kind=say.kind, name=say.name, started_by="bot")]  # fmt: skip


async def settled(call: Call) -> list[Effect]:
    """The cards of turns that courtesy dropped meanwhile, with its reason."""
    ended = await rhythms.settle(call.session, call.here.id, call.now)
    return [await cards.edit(call, number) for number in ended]


async def draw(call: Call, rhythm: RhythmRow, turn: TurnRow) -> Entry | None:
    """The next prompt for a turn: of its rhythm's tag while one is left, else any; None if none."""
    refused = {*turn.refused, *([turn.code] if turn.code else [])}
    for tag in dict.fromkeys([rhythm.tag or None, None]):
        try:
            return (await service.draw(call, tag, refused=refused)).entry
        except Complaint:
            continue
    return None


def asleep(call: Call) -> str | None:
    """Why the rhythm sleeps in this community now: a text key, or None."""
    if call.here.state != "open":
        return f"courtesy-why-{call.here.state}"
    if not call.here.settings.get("prompts", True):
        return "rhythm-why-off"
    return "courtesy-why-crisis" if call.here.mode == "crisis" else None


async def _in_force(call: Call, rhythm: int) -> RhythmRow | None:
    row = await rhythms.current(call.session, call.here.id)
    return row if row is not None and row.id == rhythm else None


async def _missed(call: Call, rhythm: RhythmRow, due: datetime) -> TurnRow | None:
    """The one turn that counts after downtime, the others noted as missed (RE-3)."""
    every = turns(coming.rule_of(call, rhythm), rhythm.start, after=due)
    passed = [each.at for each in takewhile(lambda each: each.at <= call.now, every)]
    first = await rhythms.turn_at(call.session, rhythm, due, now=call.now)
    if not passed:
        return first
    await _end(call, first, "missed", "rhythm-why-missed")
    last = await rhythms.turn_at(call.session, rhythm, passed[-1], now=call.now)
    return last if last.state in PENDING else None


async def _at_its_hour(call: Call, rhythm: RhythmRow, turn: TurnRow) -> list[Effect]:
    number, why = turn.id or 0, asleep(call)
    if not await call.tx.people.spaces(call.here.id, service.USE):
        why = why or "rhythm-why-space"
    if turn.state not in PENDING:
        return []
    if why is not None:
        return await _end(call, turn, "dropped", why)
    if call.now > turn.due + USEFUL:
        return await _end(call, turn, "missed", "rhythm-why-missed")
    if turn.state == "planned" and (await coming.fate(call, call.now)).leaves is not None:
        return await _seen_first(call, rhythm, turn)
    if turn.state == "previewed" and await coming.launching(call, turn.at):
        await rhythms.move(call.session, number, "waiting", among=PENDING, now=call.now)
        return [await cards.edit(call, number)]
    if turn.state == "previewed" and await _held_back(call, turn):
        return [await cards.edit(call, number)]
    await rhythms.move(call.session, number, "given", among=PENDING, now=call.now)
    entry = await cards.entry_of(call, turn)
    told = {"code": turn.code or "", "question": entry.question if entry else None}
    return [
        Intend(
            "prompt",
            Say("rhythm-planned", told, to=ToUse(service.USE), kind="prompt"),
            earliest=turn.at,
            chosen_minute=True,
            subject=cards.name(turn),
            compose=coming.TURN,
            args=(number,),
        )
    ]


async def _seen_first(call: Call, rhythm: RhythmRow, turn: TurnRow) -> list[Effect]:
    """Nobody could look at it, for the bot was away: shown now, it leaves a working day later."""
    calendar = calendar_of(call.here)
    day = add_working_days(local_day(call.now, calendar.zone), 1, calendar=calendar)
    wall = turn.due.astimezone(calendar.zone).time()
    at = instant_of(day, wall, zone=calendar.zone)
    following = next(turns(coming.rule_of(call, rhythm), rhythm.start, after=turn.due), None)
    if at > turn.due + USEFUL or (following is not None and at >= following.at):
        return await _end(call, turn, "missed", "rhythm-why-missed")
    await rhythms.put_off(call.session, turn.id or 0, at)
    return await show(call, rhythm, await cards.get(call, turn.id or 0))


async def _held_back(call: Call, turn: TurnRow) -> bool:
    """Whether members are talking, so that the question waits; never two turns running."""
    before = await rhythms.before(call.session, call.here.id, turn.due)
    if turn.by is not None or (before is not None and before.state == "lively"):
        return False
    for space in await call.tx.people.spaces(call.here.id, service.USE):
        last = await observation.last_message(
            call.session, call.here.id, space.id, since=call.now - LIVELY
        )
        if last is not None and call.now - last < LIVELY:
            return await rhythms.move(
                call.session,
                turn.id or 0,
                "lively",
                among=(*PENDING, "given"),
                now=call.now,
                why="rhythm-why-lively",
            )
    return False


async def _end(call: Call, turn: TurnRow, state: str, why: str) -> list[Effect]:
    if not await rhythms.move(
        call.session, turn.id or 0, state, among=PENDING, now=call.now, why=why
    ):
        return []
    return [await cards.edit(call, turn.id or 0)]


async def _drawn(call: Call, turn: TurnRow) -> tuple[Entry, int] | None:
    """The prompt of a turn with its round; another one when it may be posted no more."""
    entry, used = await cards.entry_of(call, turn), await postings.used(call.session, call.here.id)
    still_open = await postings.latest(call.session, call.here.id, still_open=True)
    gone = entry is None or entry.archived or entry.code in {each.code for each in still_open}
    if entry is not None and not gone and entry.code not in used.now:
        return entry, used.round
    rhythm = await rhythms.current(call.session, call.here.id)
    for tag in dict.fromkeys([rhythm.tag or None if rhythm else None, None]):
        try:
            chosen = await service.draw(call, tag)
        except Complaint:
            continue
        # What came back with a new round stays as it was shown.
        kept = entry if entry is not None and chosen.new_round and not gone else chosen.entry
        await rhythms.choose(call.session, turn.id or 0, kept.code, instead_of=turn.code)
        return kept, used.round + chosen.new_round
    return None


async def _in_another_space(call: Call, to: ToPlace, posting_id: int) -> Reply:
    posting = await postings.get(call.session, call.here.id, posting_id)
    if posting is None or posting.closed_at is not None:
        return None
    return await _said(call, to, posting, await service.posted(call, posting))


async def _said(call: Call, to: ToPlace, posting: PostingRow, entry: Entry) -> list[Effect]:
    following = await coming.following(call, leaving=True)
    date = Day(local_day(following, call.here.zone)) if following else None
    return [
        service.said(posting, entry, to, {"date": date, **await service.footer(call)}),
        *wording.poll(call, posting, entry, only=to.place),
    ]
