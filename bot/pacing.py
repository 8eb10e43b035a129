"""Joins courtesy's rules to the rows: an intent is kept, looked at, and said or not.

An audience is looked at when something new waits for it, and when its `courtesy` timer falls due.
What is released is rendered then, in the reader's language of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.courtesy import KINDS, Drop, Hold, Intent, Move, Release, decide, next_look
from bot.events import Place
from bot.messages import Button, Intend, Line, ToPerson, ToPlace, ToRole, ToUse
from bot.ports import Waiting

if TYPE_CHECKING:
    from bot.speaking import Speaker

LOOK = "courtesy.look"
"""The timer's action; its key is the audience."""


async def intend(speaker: Speaker, wish: Intend) -> None:
    """Keeps the intent, one per person or space it is for, and looks at each audience."""
    from bot.speaking import pack

    call = speaker.call
    for audience, audience_id in await _audiences(speaker, wish):
        intent = Intent(
            id=0,
            kind=wish.kind,
            audience=audience,
            audience_id=audience_id,
            community=call.here.id,
            earliest=max(wish.earliest or call.now, call.now),
            created=call.now,
            latest=wish.latest,
            deadline=wish.deadline,
            priority=wish.priority or 0,
            merge_key=wish.merge_key,
            subject=wish.subject,
            cause="chosen-minute" if wish.chosen_minute else "bot",
        )
        await call.tx.intents.add(intent, pack(wish.say), now=call.now)
        await look(speaker, audience, audience_id)


async def look(speaker: Speaker, audience: str, audience_id: str) -> None:
    """Decides over all that waits for one audience, and sets when to look again."""
    call, intents = speaker.call, speaker.call.tx.intents
    waiting = await intents.waiting(audience, audience_id)
    key = f"{audience}:{audience_id}"
    if not waiting:
        await call.tx.timers.clear(LOOK, key)
        return
    facts = await intents.facts(audience, audience_id, call.here, call.now)
    by_id = {each.intent.id: each for each in waiting}
    for decision in decide([each.intent for each in waiting], facts, call.now):
        match decision:
            case Release(ids):
                await _release(speaker, audience, audience_id, [by_id[i] for i in ids])
                await intents.release(ids, call.now)
            case Move(number, until, why):
                await intents.move(number, until, why)
            case Drop(number, why):
                await intents.drop(number, why, call.now)
            case Hold(number, why):
                await intents.move(number, call.now + timedelta(days=1), why)
    left = await intents.waiting(audience, audience_id)
    facts = await intents.facts(audience, audience_id, call.here, call.now)
    again = next_look([each.intent for each in left], facts, call.now)
    if again is None:
        await call.tx.timers.clear(LOOK, key)
        return
    await call.tx.timers.set(
        LOOK,
        key,
        due=again,
        community=call.here.id,
        person=int(audience_id) if audience == "person" else None,
        args={"audience": audience, "audience_id": audience_id},
    )


async def _release(
    speaker: Speaker, audience: str, audience_id: str, together: Sequence[Waiting]
) -> None:
    from bot.speaking import unpack

    parts = [unpack(each.say) for each in together]
    lead = parts[0]
    lines = list(lead.lines)
    buttons = list(lead.buttons)
    for part in parts[1:]:
        lines += [Line(part.key, part.values), *part.lines]
        buttons += [button for button in part.buttons if button not in buttons]
    say = replace(
        lead,
        lines=(*lines, *_why(speaker, together)),
        started_by="bot",
        buttons=(*buttons, *_less(speaker, together)),
    )
    call = speaker.call
    if audience == "person":
        reader = await call.tx.people.reader(int(audience_id))
        if reader is not None:
            await speaker.private(say, reader.account.dm, call.voice(reader))
        return
    place = Place.of(audience_id)
    await speaker.say(replace(say, to=ToPlace(place)))


def _why(speaker: Speaker, together: Sequence[Waiting]) -> list[Line]:
    """Why it came, once: the first kind among them that has such a line [AT-3]."""
    language = speaker.call.language
    for each in together:
        key = f"why-{each.intent.kind}"
        if speaker.call.texts.has(key, language):
            return [Line(key, each.say.get("why", {}))]
    return []


def _less(speaker: Speaker, together: Sequence[Waiting]) -> list[Button]:
    kinds = [e.intent.kind for e in together if KINDS[e.intent.kind].mutable]
    if not kinds or not speaker.call.registry.has("less"):
        return []
    return [Button("less", (kinds[0],))]


async def _audiences(speaker: Speaker, wish: Intend) -> list[tuple[str, str]]:
    call = speaker.call
    match wish.say.to:
        case ToPerson(person_id):
            return [("person", str(person_id))]
        case ToPlace(place):
            return [("space", place.key)]
        case ToUse(use):
            spaces = await call.tx.people.spaces(call.here.id, use)
            return [("space", space.place.key) for space in spaces]
        case ToRole(role):
            holders = await call.tx.people.holders(call.here.id, role)
            return [("person", str(number)) for number in holders]
        case _:
            raise TypeError(type(wish.say.to).__name__)
