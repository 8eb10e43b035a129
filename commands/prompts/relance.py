"""The one *relance* of a prompt that found little echo [PR-4].

It speaks of the question, never of people, and stands in the thread wherever the question does.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.chance import Chance
from bot.content import FollowUp
from bot.errors import Complaint
from bot.messages import Effect, Intend, Line, Reply, Say, ToPlace, ToThread, Void
from bot.people import Role
from bot.registry import Arg, button, command, composer, timer
from bot.values import Key
from commands.prompts import handlers, rules, service, turns, wording
from commands.prompts.rules import Entry
from storage import postings
from storage.postings import PostingRow

OPEN = ("open",)
EMOJI = "R2"
"""Speaks of the three one-tap answers, which a prompt with options has not."""
STILL_OPEN = "prompts-r5"
"""Says itself that the question is still open, which is why any relance comes."""


@timer(service.RELANCE)
async def quiet(call: Call, posting: int) -> Reply:
    """Two working days after a prompt: when fewer than three answered, it means to say one word."""
    found = await postings.get(call.session, call.here.id, posting)
    if found is None or turns.asleep(call) or not await _wanted(call, found):
        return None
    entry = await service.posted(call, found)
    told = {"code": found.code, "question": entry.question}
    return [
        Intend(
            "relance",
            Say("rhythm-relance-planned", told, ToPlace(space.place)),
            subject=wording.name(found),
            compose=service.RELANCE,
            args=(posting,),
        )
        for space in await service.where(call, found)
    ]


@composer(service.RELANCE)
async def say(call: Call, to: ToPlace, posting: int) -> Reply:
    """Chooses the wording at the first space; the others say the same, while it is still right."""
    found = await postings.get(call.session, call.here.id, posting)
    if found is None or turns.asleep(call) or found.closed_at is not None:
        return None
    many = await postings.people(call.session, found)
    if many >= rules.QUIET:
        return None
    key = f"prompts-{(found.relance or '').lower()}"
    if found.relance is None:
        chosen = await _choose(call, found, many)
        await postings.nudge(call.session, found, chosen.id)
        key = chosen.key
    return Say(
        key,
        to=ToThread(wording.name(found), only=to.place),
        lines=(Line("rhythm-relance-once" if key == STILL_OPEN else "why-prompt-followup"),),
        kind="relance",
        name=f"relance:{posting}",
    )


@command(
    "prompt nudge",
    "amorce relance",
    who=Role.ANIMATOR,
    states=OPEN,
    args=(Arg("prompt_code", optional=True),),
)
async def nudge(call: Call, prompt_code: str | None = None) -> Reply:
    """Says it now: of the prompt named, the one of the thread, or the only one that is open."""
    found = await handlers.meant(call, prompt_code)
    if len(found) == 1:
        return await nudge_one(call, found[0].id or 0)
    return await service.which(call, found, "rhythm-nudge-which", "prompt.nudge")


@button("prompt.nudge", who=Role.ANIMATOR, states=OPEN)
async def nudge_one(call: Call, posting_id: int) -> Reply:
    """The one *relance* of this prompt, at once."""
    service.require_on(call)
    posting = await service.still_open(call, posting_id)
    chosen = await _choose(call, posting, await postings.people(call.session, posting))
    told = {"code": posting.code}
    if not await postings.nudge(call.session, posting, chosen.id):
        raise Complaint("rhythm-nudged-already", told)
    await call.tx.timers.clear(service.RELANCE, str(posting_id))
    await service.note(call, "prompt-nudge", posting.code)
    said: list[Effect] = [
        Void(wording.name(posting), "relance"),
        Say(
            chosen.key,
            to=ToThread(wording.name(posting)),
            kind="relance",
            name=f"relance:{posting_id}",
        ),
    ]
    return [*said, Say("rhythm-nudged", {**told, "said": Key(chosen.key)})]


def fitting(
    wordings: Sequence[FollowUp], people: int, *, entry: Entry, last: str | None, chance: Chance
) -> FollowUp:
    """A wording that fits how many answered, another than the last one where there is one.

    The one that speaks of the end is for a thread with answers, and then for nobody else's.
    """
    fit = [
        each
        for each in wordings
        if each.at_least <= people <= each.at_most
        and each.closing == (people >= rules.QUIET)
        and not (each.id == EMOJI and entry.labels)
    ]
    fresh = [each for each in fit if each.id != last] or fit
    return chance.choice(fresh, "relance")


async def _choose(call: Call, posting: PostingRow, people: int) -> FollowUp:
    return fitting(
        call.texts.content.follow_ups(),
        people,
        entry=await service.posted(call, posting),
        last=await postings.last_wording(call.session, call.here.id),
        chance=call.chance,
    )


async def _wanted(call: Call, posting: PostingRow) -> bool:
    few = await postings.people(call.session, posting) < rules.QUIET
    return posting.closed_at is None and posting.relance is None and few
