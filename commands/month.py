"""The coming month as members will meet it: what is known to leave, where and when [CO-8].

Known are the intents that wait and the turns of rhythms. A feature whose timer speaks to people
names it with a text `month-<action>` (dots as hyphens); the timers of others are nobody's reading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.call import Call
from bot.events import Place
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import button
from bot.values import Key, Moment, Value
from storage import planned
from storage.planned import Planned

AHEAD = timedelta(days=30)
SHOWN = 25
INSIDE = frozenset({"first-words", "incident", "alert", "bundle", "request-card"})
"""Kinds for those who look after the community: no part of what members will see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What is planned: lines in order of time, and the two numbers that people ask for."""

    lines: tuple[Line, ...]
    in_spaces: int
    in_private: int
    """The most private messages to any one person."""


async def preview(call: Call) -> list[Line]:
    """The lines of the coming thirty days, in order of time."""
    return list((await month(call)).lines)


async def month(call: Call) -> Month:
    """What will speak to people here within thirty days, as far as it is known today."""
    until = call.now + AHEAD
    waiting = [
        each
        for each in await planned.intents(call.session, call.here.id, until)
        if each.kind not in INSIDE
    ]
    found: list[tuple[datetime, Line]] = [(each.at, await _line(call, each)) for each in waiting]
    for turn in await planned.turns(call.session, call.here.id, until):
        key = "month-" + turn.action.replace(".", "-").replace("_", "-")
        if call.texts.has(key):
            found.append((turn.at, Line("month-turn", {"when": Moment(turn.at), "what": Key(key)})))
    private = Counter(each.audience_id for each in waiting if each.audience == "person")
    return Month(
        lines=tuple(line for _, line in sorted(found, key=lambda pair: pair[0])),
        in_spaces=sum(each.audience == "space" for each in waiting),
        in_private=max(private.values(), default=0),
    )


@button("see_month", who=Role.ANIMATOR, lasting=True, shows=True)
async def see_month(call: Call) -> Reply:
    """Shows the coming month."""
    coming = await month(call)
    values = {"n_space": coming.in_spaces, "n_private": coming.in_private}
    more = len(coming.lines) - SHOWN
    rest = (Line("month-more", {"n": more}),) if more > 0 else ()
    seeing = (Button("see_as"),) if call.registry.has("see_as") else ()
    begun = call.here.state == "open" or call.role < Role.COORDINATOR
    return Say(
        "month-title" if coming.lines else "month-empty",
        values,
        lines=(*coming.lines[:SHOWN], *rest),
        buttons=(*seeing, *(() if begun else (Button("open"),))),
    )


async def _line(call: Call, each: Planned) -> Line:
    what: Value = Key("month-message")
    if call.texts.has(f"kind-{each.kind}"):
        what = Key(f"kind-{each.kind}")
    values = {"when": Moment(each.at), "what": what}
    if each.audience != "space":
        return Line("month-private", values)
    space = await call.tx.people.space_at(Place.of(each.audience_id))
    return Line("month-space", {**values, "space": space.title if space else each.audience_id})
