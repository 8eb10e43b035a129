"""What goes wrong behind the scenes is told once, to somebody who can do something [RE-4, RE-7]."""

from __future__ import annotations

from bot.call import Call
from bot.events import TaskParked, TimerParked, Undelivered, Unreadable
from bot.messages import Reply, Say, ToAnimators, ToPlace
from bot.people import Role
from bot.registry import on
from bot.values import Key


@on(Undelivered)
async def undelivered(call: Call) -> Reply:
    """A message could not be delivered: the animators know where, never what it said."""
    event = call.event
    assert isinstance(event, Undelivered)
    if event.operation == "invite" and "knock" in event.args and call.community is not None:
        return await _door(call, event)
    # What a decision set off has its own way out (admission, members, passage); and what cannot
    # reach the animators themselves would only come back here.
    if call.community is None or event.operation != "say" or await _to_animators(call, event):
        return None
    where = (
        Key("troubles-in-private")
        if event.place.dm
        else Key("troubles-in-space", {"space": event.place.id})
    )
    return Say("troubles-undelivered", {"where": where}, ToAnimators(), kind="alert")


@on(TimerParked)
async def timer_parked(call: Call) -> Reply:
    """Something that was due failed too many times."""
    event = call.event
    assert isinstance(event, TimerParked)
    return _parked(call, event.reference)


@on(TaskParked)
async def task_parked(call: Call) -> Reply:
    """A piece of slow work failed too many times."""
    event = call.event
    assert isinstance(event, TaskParked)
    return _parked(call, event.reference)


@on(Unreadable)
async def unreadable(call: Call) -> Reply:
    """An encrypted message came without its key: said once where it stands, with the cure.

    Once, because the event's id is the place and is claimed.
    """
    event = call.event
    assert isinstance(event, Unreadable)
    if event.place.dm:
        return Say("troubles-unreadable-private")
    return Say("troubles-unreadable-space", to=ToPlace(event.place))


async def _door(call: Call, event: Undelivered) -> Reply:
    """A member knocks, and the platform lets the bot open to nobody."""
    space = await call.tx.people.space_at(event.place)
    title = space.title or space.place.id if space is not None else event.place.id
    return Say("troubles-door", {"space": title}, ToAnimators(), kind="alert")


def _parked(call: Call, reference: str) -> Reply:
    if call.community is None:
        return None
    return Say(
        "troubles-parked",
        {"reference": reference, "technical": call.community.contacts.get("technical", "")},
        ToAnimators(),
        kind="alert",
    )


async def _to_animators(call: Call, event: Undelivered) -> bool:
    if event.place.dm:
        actor = await call.tx.people.actor(event.place.account, "")
        return await call.tx.people.role(actor.person_id, call.here.id) >= Role.ANIMATOR
    space = await call.tx.people.space_at(event.place)
    return space is not None and space.use == "animators"
