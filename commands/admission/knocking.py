"""Somebody knocks at the door of a closed space: a request to join, made in another way [ON-1].

The knock stands with the request: an acceptance lets the person in, a refusal answers the knock.
"""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.events import Knocked
from bot.messages import Button, Effect, Invite, Reply, Say
from bot.people import Role, Space
from bot.refusals import told
from bot.registry import on
from commands.admission import handlers, service
from storage import admission


@on(Knocked)
async def knocked(call: Call) -> Reply:
    """Lets in who belongs there; asks anybody else what everybody is asked who wants to join."""
    event = call.event
    assert isinstance(event, Knocked)
    space = await call.tx.people.space_at(event.place)
    if space is None:
        return None
    if call.role >= (Role.ANIMATOR if space.use == "animators" else Role.MEMBER):
        return Invite(space.place, event.by, {"knock": space.id})
    if call.here.state != "open":
        # Not raised: a complaint would take the answer at the door back with it.
        shut = Complaint(f"permissions-state-{call.here.state}", {"community": call.here.name})
        return [service.refuse_knock(event.by, space), told(call, shut)]
    if space.use == "animators":
        buttons = () if call.role >= Role.MEMBER else (Button("join", (call.here.id,)),)
        said = Say("knocking-team", {"community": call.here.name}, buttons=buttons)
        return [service.refuse_knock(event.by, space), said]
    return await _asked(call, space)


async def _asked(call: Call, space: Space) -> list[Effect]:
    waiting = await admission.newest(call.session, call.here.id, call.who.account)
    if waiting is not None and waiting.state == "waiting":
        await admission.knock(call.session, waiting, space.id)
    reply = await handlers.ask(call, knocked=space.id)
    if isinstance(reply, Say):
        # There is nothing to fill in: either the request waits, or it is too early for another.
        settled = waiting is None or waiting.state != "waiting"
        return [*([service.refuse_knock(call.who.account, space)] if settled else []), reply]
    values = {"space": space.title, "community": call.here.name, "join": call.here.join}
    return [Say("knocking-heard", values), reply]
