"""Answers *sans mon nom*: when they leave, in which order, and what they wait for [PR-3].

What is kept of them, from whom, and what can still betray: docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.call import Call
from bot.chance import Chance
from bot.messages import Effect, Reply, Say, ToThread
from bot.people import Space
from bot.registry import timer
from bot.values import Typed
from bot.when import Calendar, add_working, is_open, working_time
from commands.prompts import service, wording
from storage import nameless, passage, postings, timers
from storage.nameless import NamelessRow
from storage.paces import calendar_of
from storage.postings import PostingRow

ACTION = "prompt.nameless"
"""One timer for each community, at the moment of the first that waits. It is there before anything
waits, for the number of a timer of its own would tell when an answer was given.
"""
NAME = "nameless"
"""What the receipt of such an answer begins with."""
WITHIN = timedelta(hours=2)
"""Working hours within which an answer leaves."""
TOGETHER = timedelta(minutes=20)
"""One that finds others with at least this much time left leaves among them, in random order."""
NEVER = datetime(2999, 1, 1, tzinfo=UTC)
"""Where the timer stands while nothing waits: the same for all, so that it tells no hour either."""
NUMBERS = 31
"""Bits of a number that is drawn: all that a column of numbers holds."""


def moment(
    now: datetime, last: datetime | None, *, calendar: Calendar, chance: Chance
) -> tuple[datetime, bool]:
    """When one leaves that is given now, and whether among those that wait until `last`."""
    left = working_time(now, last, calendar=calendar) if last is not None else timedelta()
    joins = left >= TOGETHER
    span = int((left if joins else WITHIN).total_seconds())
    drawn = timedelta(seconds=1 + chance.randrange(span, "nameless-moment"))
    return add_working(now, drawn, calendar=calendar), joins


async def ready(call: Call) -> None:
    """Sees to it that the timer is there: asked whenever the form opens, whatever comes of it."""
    key = str(call.here.id)
    await timers.ensure(call.session, ACTION, due=NEVER, key=key, community=call.here.id)


async def confide(call: Call, posting: PostingRow, text: str) -> None:
    """Keeps the text, without anything about who gave it, until a random moment."""
    which = wording.number(posting)
    rows = await nameless.waiting(call.session, call.here.id, posting_id=which)
    newest = max(rows, key=lambda row: row.due, default=None)
    due, joins = moment(
        call.now,
        newest.due if newest else None,
        calendar=calendar_of(call.here),
        chance=call.chance,
    )
    number = call.chance.bits(NUMBERS, "nameless-number")
    batch = newest.batch if newest and joins else call.chance.bits(NUMBERS, "nameless-batch")
    await nameless.confide(
        call.session,
        call.here.id,
        which,
        number=number,
        batch=batch,
        text=text,
        due=due,
    )
    together = [row for row in rows if row.batch == batch]
    moments = call.chance.shuffled([due, *(row.due for row in together)], "nameless-order")
    numbers = [number, *(row.id for row in together)]
    await nameless.appoint(call.session, list(zip(numbers, moments, strict=True)))
    await _wind(call)


@timer(ACTION)
async def leave(call: Call) -> Reply:
    """Posts those whose moment has come."""
    said = await _posted(call, await nameless.waiting(call.session, call.here.id, due=call.now))
    await _wind(call)
    return said


async def leave_now(call: Call, posting: PostingRow | None = None) -> list[Effect]:
    """Posts all that wait, under one posting or in the whole community, which is about to close."""
    which = None if posting is None else wording.number(posting)
    rows = await nameless.waiting(call.session, call.here.id, posting_id=which)
    return await _posted(call, rows, asked=True)


async def answered(call: Call, posting: PostingRow) -> bool:
    """Whether such an answer stands in the thread."""
    said = await call.tx.mailbox.under(wording.name(posting))
    return any((each.name or "").startswith(f"{NAME}:") for each in said)


async def _posted(call: Call, rows: Sequence[NamelessRow], *, asked: bool = False) -> list[Effect]:
    """What leaves of these, in random order; what may not be posted now stays as it is."""
    found: list[Effect] = []
    for row in call.chance.shuffled(rows, "nameless-leaving"):
        posting = await postings.get(call.session, call.here.id, row.posting_id)
        spaces = await service.where(call, posting) if posting is not None else []
        if posting is not None and spaces and await _held(call, spaces, asked=asked):
            continue
        await nameless.wipe(call.session, [row.id])
        if posting is None or not spaces:
            # Its posting was taken back, and everything under it.
            continue
        await postings.first_elsewhere(call.session, posting)
        text = {"text": Typed(row.text)}
        to = ToThread(wording.name(posting))
        found.append(Say("prompts-nameless-answer", text, to, name=f"{NAME}:{row.id}"))
    return found


async def _held(call: Call, spaces: Sequence[Space], *, asked: bool) -> bool:
    """Whether nobody's words are posted there now: somebody is *de passage*, all stopped, the
    community sleeps, or after an outage it is night.
    """
    if not asked and not is_open(call.now, calendar_of(call.here)):
        return True
    if call.here.state != "open" or all(space.stopped is not None for space in spaces):
        return True
    return any([await passage.has_visitors(call.session, space.id) for space in spaces])


async def _wind(call: Call) -> None:
    """Sets the timer to the first that waits, or to never; its number stays the same.

    What was held has its moment behind it: another is drawn for the next look.
    """
    rows = await nameless.waiting(call.session, call.here.id)
    coming = [row.due for row in rows if row.due > call.now]
    if len(coming) < len(rows):
        drawn, _ = moment(call.now, None, calendar=calendar_of(call.here), chance=call.chance)
        coming.append(drawn)
    due, key = min(coming, default=NEVER), str(call.here.id)
    if not await timers.retime(call.session, ACTION, key, due):
        await call.tx.timers.set(ACTION, key, due=due, community=call.here.id)
