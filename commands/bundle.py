"""At most one private bundle a day for whoever animates, in however many communities [AT-7].

Of all their communities one leads: its working day opens, and the others ride along, each with one
line. In a quiet week there is one line alone, on the day of the weekly slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.call import Call, enter, within
from bot.errors import Complaint
from bot.messages import Button, Effect, Intend, Line, Reply, Say, ToPerson, Void
from bot.people import Community, Role
from bot.registry import Item, button, timer
from bot.values import Day, Moment, Value
from bot.when import in_slow_period, local_day
from commands import todo
from commands.prompts import coming
from commands.settings import table
from storage import people
from storage.paces import slow_periods

BUNDLE = "todo.bundle"
"""The timer of a community's bundle; its key is the community's number."""
KIND, QUIET = "bundle", "quiet-week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What waits for one person in one community; `news`: worth writing today."""

    community: Community
    items: Sequence[Item]
    hidden: int
    news: bool


@timer(BUNDLE)
async def bundle(call: Call, told: Sequence[str] = ()) -> Reply:
    """Tells each animator whom this community leads what waits, when that is worth a message."""
    effects: list[Effect] = [Void(_subject(call), KIND), Void(_subject(call), QUIET)]
    for person_id in await call.tx.people.holders(call.here.id, Role.ANIMATOR):
        theirs = await _animated(call, person_id)
        if theirs and theirs[0].id == call.here.id:
            effects += await _told(call, person_id, theirs)
    due = todo.next_day(call)
    await call.tx.timers.set(BUNDLE, str(call.here.id), due=due, community=call.here.id)
    return effects


@button("todo.of", who=Role.ANIMATOR, shows=True, lasting=True)
async def of_another(call: Call, community_id: int) -> Reply:
    """What waits in another of one's communities."""
    await enter(call, community_id)
    if call.role < Role.ANIMATOR:
        raise Complaint("answers-expired-button", {"state": ""})
    return await todo.page(call, 0)


async def _animated(call: Call, person_id: int) -> list[Community]:
    """The communities this person animates, the one that leads first: an open one, the oldest."""
    found = [
        each
        for each in await call.tx.people.communities_of(person_id)
        if each.state != "closed" and await call.tx.people.role(person_id, each.id) >= Role.ANIMATOR
    ]
    return sorted(found, key=lambda each: (each.state != "open", each.id))


async def _told(call: Call, person_id: int, theirs: Sequence[Community]) -> list[Effect]:
    found = [await _waits(call, person_id, each) for each in theirs]
    if any(each.news for each in found):
        return [_meant(call, KIND, replace(_say(call, found), to=ToPerson(person_id)))]
    if any(each.items or each.hidden for each in found) or not _is_quiet_day(call):
        return []
    values = {"next_date": await _next(call)}
    say = Say("calm-quiet-week", values, ToPerson(person_id), kind=QUIET)
    return [_meant(call, QUIET, say)]


async def _waits(call: Call, person_id: int, community: Community) -> Waits:
    async with within(call, community.id):
        role = await call.tx.people.role(person_id, community.id)
        every = await todo.waiting(call, role)
        if community.mode == "crisis":
            every = [item for item in every if item.in_crisis]
        put_off = await todo.put_off_by(call, person_id)
        items = [each for each in todo.visible(every, put_off, call.now) if not each.told]
        returned = [key for key, until in put_off.items() if until <= call.now]
        await todo.forget(call, person_id, returned)
        told = await _told_before(call, person_id, [item.button.key for item in every])
        waits = [(item.button.key, todo.waited(call, item.since)) for item in items]
        return Waits(
            community=community,
            items=items,
            hidden=len(every) - len(items),
            news=todo.worth_telling(waits, told=told, returned=returned),
        )


def _say(call: Call, found: Sequence[Waits]) -> Say:
    """Five lines at most: what waits here, and one line for each other community."""
    lead, *others = found
    others = [each for each in others if each.items][: todo.SHOWN - 1]
    say = todo.listed(
        call,
        lead.items,
        0,
        title="todo-bundle",
        most=todo.SHOWN - len(others),
        under=tuple(
            Line("todo-elsewhere", {"community": each.community.name, "n": len(each.items)})
            for each in others
        ),
    )
    ways = tuple(
        Button("todo.of", (each.community.id,), values={"community": each.community.name})
        for each in others
    )
    total = len(lead.items) + sum(len(each.items) for each in others)
    return replace(say, values={"n": total}, buttons=(*say.buttons, *ways), kind=KIND)


def _meant(call: Call, kind: str, say: Say) -> Intend:
    return Intend(
        kind, say, latest=todo.next_day(call), merge_key=todo.MORNING, subject=_subject(call)
    )


def _subject(call: Call) -> str:
    return f"bundle:{call.here.id}"


def _is_quiet_day(call: Call) -> bool:
    """Whether it is the day of the weekly slot, in a community where something may be missed."""
    day = local_day(call.now, call.here.zone)
    calm = call.here.mode in ("crisis", "slow") or in_slow_period(day, slow_periods(call.here))
    return call.here.state == "open" and not calm and day.weekday() == _slot(call)


async def _next(call: Call) -> Value:
    """The next turn that members will see, with its hour; else the day of the next slot."""
    today = local_day(call.now, call.here.zone)
    turn = await coming.following(call)
    if turn is not None:
        return Moment(turn)
    days = (_slot(call) - today.weekday() - 1) % 7 + 1
    return Day(today + timedelta(days=days))


def _slot(call: Call) -> int:
    chosen = call.here.settings.get("slot", table.by_name("slot").default)
    return table.EVERY_DAY.index(str(chosen))


async def _told_before(call: Call, person_id: int, now: Sequence[str]) -> Sequence[str]:
    """What was here when this person's bundle was last looked at; from now on, what is now."""
    row = await people.person(call.session, person_id)
    if row is None:
        return ()
    name = f"told:{call.here.id}"
    before: Sequence[str] = row.notes.get(name, ())
    if list(before) != list(now):
        row.notes = {**row.notes, name: list(now)}
    return before
