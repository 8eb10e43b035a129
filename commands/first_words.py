"""The first private message to whoever is given a role: once, in the words of the guide [CO-8]."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.call import Call
from bot.messages import Button, Effect, Intend, Say, ToPerson, Void
from bot.people import Role
from bot.registry import timer
from bot.values import Key, TimeOfDay
from commands.home import offered
from commands.month import Month, month
from storage import people

ADOPTED = "community.first-words"
"""The timer that `commands.founding` sets when a community comes from the file in preparation."""


@timer(ADOPTED)
async def adopted(call: Call) -> list[Effect]:
    """Everybody with a role in a community in preparation hears what comes next."""
    if call.here.state != "preparation":
        return []
    rows = await people.members(call.session, call.here.id, least=Role.ANIMATOR)
    coming = await month(call)
    said: list[Effect] = []
    for row in rows:
        said += await first_words(call, row.person_id, Role[row.role.upper()], coming)
    return said


async def first_words(
    call: Call, person_id: int, role: Role, coming: Month | None = None
) -> list[Effect]:
    """What somebody reads when this role is given to them, in the state the community is in.

    Words of an earlier role that still wait are untrue now and are dropped.
    """
    reader = await call.tx.people.reader(person_id)
    if reader is None:
        return []
    subject = role_subject(call.here.id, person_id)
    say = await _say(call, role, reader.name, coming)
    words = Intend("first-words", replace(say, to=ToPerson(person_id)), subject=subject)
    return [Void(subject, "first-words"), words]


def role_subject(community_id: int, person_id: int) -> str:
    """What first words are about: the role of one person in one community."""
    return f"role:{community_id}:{person_id}"


async def _say(call: Call, role: Role, name: str, coming: Month | None) -> Say:
    values = {"name": name, "community": call.here.name}
    preparing = call.here.state == "preparation"
    if role is Role.COORDINATOR and preparing:
        day, at = call.here.summary
        moment = {"day": Key(f"settings-value-{day}"), "time": TimeOfDay(time.fromisoformat(at))}
        buttons = _setup_buttons(call)
        return Say("guide-coordinator-first", {**values, **moment}, buttons=buttons)
    if role is Role.ANIMATOR and preparing:
        counts = coming or await month(call)
        numbers = {"n_space": counts.in_spaces, "n_private": counts.in_private}
        actions = ("see_month", "see_as_newcomer", "first_question")
        buttons = offered(call, "guide-animator-first", actions)
        return Say("guide-animator-first", {**values, **numbers}, buttons=buttons)
    if role is Role.ANIMATOR:
        actions = ("see_month", "waiting_list", "coach")
        return Say(
            "guide-animator-first-open",
            values,
            buttons=offered(call, "guide-animator-first-open", actions),
        )
    return Say(f"roles-now-{role.word}", values)


def _setup_buttons(call: Call) -> tuple[Button, ...]:
    text = "guide-coordinator-first-button"
    return (
        Button("setup.begin", label=f"{text}-begin"),
        Button("setup.later", label=f"{text}-later"),
        *offered(call, "guide-coordinator-first", ("who_sees",)),
    )
