"""Joins courtesy's rules to the rows: an intent is kept, looked at, and said or not.

An audience is looked at when something new waits for it, and when its `courtesy` timer falls due.
What is released is rendered then, in the reader's language of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.call import within
from bot.courtesy import KINDS, Drop, Hold, Intent, Move, Release, decide, next_look
from bot.events import Place
from bot.messages import (
    Button,
    Effect,
    Intend,
    Line,
    Say,
    ToPerson,
    ToPlace,
    ToRole,
    ToThread,
    ToUse,
    effects,
)
from bot.packing import pack_wish, unpack
from bot.people import Role
from bot.ports import Waiting

if TYPE_CHECKING:
    from bot.call import Call
    from bot.registry import Registry
    from bot.speaking import Speaker
    from bot.texts import Texts

LOOK = "courtesy.look"
"""The timer's action; its key is the audience."""
UNTRUE = "courtesy-why-untrue"
"""The text key of an intent that had nothing left to say when it could leave."""
FAN_OUT = "fan-out"
"""The task's action that spreads one intent over everybody of a role."""


async def intend(speaker: Speaker, wish: Intend) -> None:
    """Keeps the intent, one per person or space it is for, and looks at each audience."""
    call = speaker.call
    if isinstance(wish.say.to, ToRole) and wish.say.to.role < Role.ANIMATOR:
        await _spread(speaker, wish, wish.say.to)
        return
    for audience, audience_id in await _audiences(speaker, wish):
        intent = _intent(call, wish, audience, audience_id)
        if intent.can_wait:
            intent = await call.tx.intents.riding(intent, call.here, call.now)
        await call.tx.intents.add(intent, pack_wish(wish), now=call.now)
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
    call, intents = speaker.call, speaker.call.tx.intents
    # Of all that waits for a person, some is of another community than the one that looked.
    async with within(call, together[0].intent.community):
        to = _audience(audience, audience_id)
        parts = [(each.intent, await _composed(call, each, to)) for each in together]
        for intent, found in parts:
            if not any(isinstance(effect, Say) for effect in found):
                await intents.drop(intent.id, UNTRUE, call.now)
        said = [each for each in parts if any(isinstance(effect, Say) for effect in each[1])]
        if not said:
            return
        await intents.release([intent.id for intent, _ in said], call.now)
        before = len(speaker.score)
        await _said(speaker, to, [(intent.kind, found) for intent, found in said])
        speaker.meant([intent.id for intent, _ in said], since=before)


async def _composed(call: Call, waits: Waiting, to: ToPerson | ToPlace) -> list[Effect]:
    """What an intent says now: as it was meant, or as its composer writes it today."""
    if "compose" not in waits.say:
        return [unpack(waits.say)]
    name, *args = waits.say["compose"]
    return effects(await call.registry.composers[name].handler(call, to, *args))


async def _said(
    speaker: Speaker, to: ToPerson | ToPlace, parts: Sequence[tuple[str, Sequence[Effect]]]
) -> None:
    """One message of all parts, the first leading, then what stands beside each."""
    call = speaker.call
    lead, *others = (
        next(effect for effect in found if isinstance(effect, Say)) for _, found in parts
    )
    lines, buttons = list(lead.lines), list(lead.buttons)
    for part in others:
        lines += [Line(part.key, part.values), *part.lines]
        buttons += [button for button in part.buttons if button not in buttons]
    say = replace(lead, lines=tuple(lines), buttons=tuple(buttons))
    kinds = [kind for kind, _ in parts]
    if isinstance(to, ToPlace):
        say = dressed(call.texts, call.registry, say, kinds, call.here.language)
        await speaker.say(say if isinstance(say.to, ToThread) else replace(say, to=to))
    else:
        reader = await call.tx.people.reader(to.person_id)
        if reader is None:
            return
        voice = call.voice(reader)
        say = dressed(call.texts, call.registry, say, kinds, voice.language)
        await speaker.private(say, reader.account.dm, voice)
    for _, found in parts:
        leading = next(effect for effect in found if isinstance(effect, Say))
        await speaker.carry_out(effect for effect in found if effect is not leading)


def _audience(audience: str, audience_id: str) -> ToPerson | ToPlace:
    if audience == "person":
        return ToPerson(int(audience_id))
    return ToPlace(Place.of(audience_id))


def dressed(texts: Texts, registry: Registry, say: Say, kinds: Sequence[str], language: str) -> Say:
    """What the bot starts by itself says why it came, and offers *Moins de ceci* [AT-3]."""
    why = [Line(key, say.values) for kind in kinds if texts.has(key := f"why-{kind}", language)]
    less = [Button("less", (kind,)) for kind in kinds if KINDS[kind].mutable]
    return replace(
        say,
        lines=(*say.lines, *why[:1]),
        buttons=(*say.buttons, *(less[:1] if registry.has("less") else [])),
        started_by="bot",
    )


async def _spread(speaker: Speaker, wish: Intend, to: ToRole) -> None:
    """One intent for everybody of a role; a task finds out who reads it when."""
    call = speaker.call
    intent = _intent(call, wish, "role", to.role.word)
    number = await call.tx.intents.add(intent, pack_wish(wish), now=call.now)
    args = {
        "intent": number,
        "community": call.here.id,
        "role": to.role.word,
        "after": 0,
        "now": call.now.isoformat(),
    }
    if to.only is not None:
        args["only"] = to.only
    await call.tx.tasks.add(FAN_OUT, f"{number}:0", args, now=call.now, community=call.here.id)


def _intent(call: Call, wish: Intend, audience: str, audience_id: str) -> Intent:
    return Intent(
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
