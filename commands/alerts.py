"""Alerts to the animators: what no tip can wait with (tips.yaml, `kind: alert`; T04).

They ride in the daily bundle and stand on the page `todo`; they leave by themselves when somebody
answers.
"""

from __future__ import annotations

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role, Space
from bot.registry import Item, button, section
from bot.values import Moment
from bot.when import add_working
from commands.todo import waited
from storage import observation, people
from storage.observation import FirstMessage
from storage.paces import calendar_of


@section("todo", order=20, who=Role.ANIMATOR)
async def newcomers(call: Call) -> list[Item]:
    """First messages of newcomers that nobody answered for one working day (T04)."""
    calendar = calendar_of(call.here)
    first = await observation.unanswered_first_messages(call.session, call.here.id, now=call.now)
    due = [
        each
        for each in first
        if add_working(each.at, calendar.hours.length, calendar=calendar) <= call.now
    ]
    return [await _item(call, each) for each in due]


@button("newcomer.message", who=Role.ANIMATOR, shows=True)
async def message(call: Call, person_id: int) -> Reply:
    """Where the first message stands, and why to answer it today."""
    every = await observation.unanswered_first_messages(call.session, call.here.id, now=call.now)
    first = next((each for each in every if each.person_id == person_id), None)
    if first is None:
        return Say("alerts-newcomer-answered")
    space = await _space(call, first)
    where = {
        "name": await _name(call, first),
        "at": Moment(first.at),
        "space": space.title if space else "",
    }
    return Say("tips-t04", lines=(Line("alerts-newcomer-where", where),))


async def _item(call: Call, first: FirstMessage) -> Item:
    values = {"name": await _name(call, first), "days": waited(call, first.at)}
    return Item(
        Line("alerts-newcomer", values), Button("newcomer.message", (first.person_id,)), first.at
    )


async def _name(call: Call, first: FirstMessage) -> str:
    row = await people.membership(call.session, first.person_id, call.here.id)
    return row.name if row else ""


async def _space(call: Call, first: FirstMessage) -> Space | None:
    spaces = await call.tx.people.spaces(call.here.id)
    return next((space for space in spaces if space.id == first.space_id), None)
