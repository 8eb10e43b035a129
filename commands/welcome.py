"""The welcome: first words, one public line a day, and the guide [ON-4, ON-6].

The journey of a newcomer is the page `journey`, filled by features: the order of a section is its
day, counted from the acceptance. One timer per step; each looks again whether it may still speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.call import Call
from bot.content import GuideStep
from bot.errors import Complaint
from bot.messages import (
    Button,
    Edit,
    Effect,
    EndButtons,
    Intend,
    Remove,
    Reply,
    Say,
    ToPerson,
    ToUse,
    Void,
)
from bot.people import Role
from bot.registry import button, section, timer
from bot.values import Day, Key, Names, Value
from bot.when import Calendar, instant_of, local_day, next_opening, window_of
from commands import home
from commands.charter.rules import pointed
from storage import leaving, people
from storage.paces import calendar_of
from storage.people import MembershipRow
from storage.privacy import Traces

NAME = "Copain"
STEP, AGAIN, LINE = "welcome.step", "welcome.guide-again", "welcome.line"
BEFORE_CLOSING = timedelta(hours=2)
"""The public line leaves when the day's newcomers are known, and people are still there."""
GUIDE_AGAIN = timedelta(days=7)
ENOUGH = 2
"""So many « Plus tard » end the journey for good."""
SHOWN = 5
"""So many newcomers are greeted by name; of more, two at least are counted."""


async def begin(call: Call, membership: MembershipRow) -> list[Effect]:
    """The first words to somebody just accepted; sets all that follows."""
    zone = await _zone_of(call, membership)
    for entry in call.registry.page("journey", Role.MEMBER):
        day = local_day(call.now, zone) + timedelta(days=entry.order)
        await call.tx.timers.set(
            STEP,
            f"{membership.id}:{entry.order}",
            due=instant_of(day, time(), zone=zone),
            args={"person_id": membership.person_id, "day": entry.order},
            community=call.here.id,
            person=membership.person_id,
        )
    if membership.greeted and call.here.settings.get("welcome_line", True):
        membership.steps = {**membership.steps, "greet": "waiting"}
        due = greeting_at(call.now, calendar_of(call.here))
        await call.tx.timers.set(LINE, str(call.here.id), due=due, community=call.here.id)
    return [first_words(call, membership)]


async def stop(call: Call, membership: MembershipRow) -> list[Effect]:
    """Ends somebody's journey: they left, paused, or said « Plus tard » often enough."""
    for entry in call.registry.page("journey", Role.MEMBER):
        await call.tx.timers.clear(STEP, f"{membership.id}:{entry.order}")
    await call.tx.timers.clear(AGAIN, str(membership.id))
    return [Void(f"welcome:{membership.id}")]


def first_words(call: Call, membership: MembershipRow) -> Say:
    """The one message of the acceptance, with the doors that exist."""
    text = "guide-member-first"
    fewer = next((each for each in ("fewer", "pace", "me") if call.registry.has(each)), None)
    calmer = (Button(fewer, label=f"{text}-button-fewer"),) if fewer else ()
    return Say(
        text,
        {
            "name": membership.name,
            "community": call.here.name,
            "purpose": pointed(call.here.purpose),
            "bot": NAME,
        },
        to=ToPerson(membership.person_id),
        buttons=(
            *home.offered(call, text, ("ask", "find_doc", "who")),
            *calmer,
            *home.offered(call, text, ("who_sees",)),
        ),
        kind="welcome",
    )


async def to(call: Call, membership: MembershipRow) -> ToPerson:
    """The root person of a membership: courtesy counts what one human being receives."""
    person = await people.person(call.session, membership.person_id)
    root = person.id if person else None
    return ToPerson(membership.person_id if root is None else root)


def greeting_at(now: datetime, calendar: Calendar) -> datetime:
    """When the line for those accepted now leaves: on a working day, before it closes."""
    at = now
    while True:
        window = window_of(next_opening(at, calendar), calendar)
        assert window is not None
        moment = max(window.start, window.end - BEFORE_CLOSING)
        if moment > now:
            return moment
        at = window.end


def greeting(names: Sequence[str]) -> tuple[str, dict[str, Value]]:
    """The one line for all newcomers: its text key and values."""
    if len(names) == 1:
        return "guide-newcomers-public-one", {"names": Names(tuple(names))}
    if len(names) <= SHOWN:
        return "guide-newcomers-public", {"names": Names(tuple(names))}
    shown = min(SHOWN, len(names) - 2)
    named: dict[str, Value] = {"names": Names((", ".join(names[:shown]),))}
    return "guide-newcomers-public-many", {**named, "more": len(names) - shown}


@timer(LINE)
async def greet(call: Call) -> Reply:
    """One line for all who came since the last one and may be named."""
    rows = await people.members(call.session, call.here.id)
    waiting = [row for row in rows if row.steps.get("greet") == "waiting"]
    name = f"greeting:{call.here.id}:{call.now:%Y-%m-%d}"
    for row in waiting:
        named_in = {"greeting": name} if row.greeted else {}
        row.steps = {**row.steps, "greet": "done", **named_in}
    named = [row.name for row in waiting if row.greeted]
    if not named or not call.here.settings.get("welcome_line", True):
        return None
    return _line(call, named, name)


@section("erase", order=10)
async def greeted_no_more(call: Call, traces: Traces, community_id: int | None) -> list[Effect]:
    """The public line that named somebody who is erased names the others alone."""
    told: list[Effect] = []
    for row in await leaving.memberships(call.session, traces.persons, community_id):
        name = row.steps.get("greeting")
        if name is None:
            continue
        others = [
            each.name
            for each in await people.members(call.session, row.community_id)
            if each.steps.get("greeting") == name and each.person_id not in traces.persons
        ]
        if await call.tx.mailbox.receipts(name):
            rewritten = Edit(name, *greeting(others), forget=True) if others else Remove(name)
            told.append(rewritten)
        elif await _waits(call, name):
            told += [Void(name), *([_line(call, others, name)] if others else [])]
    return told


async def _waits(call: Call, name: str) -> bool:
    """Whether that line has not been said yet."""
    spaces = await call.tx.people.spaces(call.here.id, "discussion")
    found = [await call.tx.intents.waiting("space", space.place.key) for space in spaces]
    return any(each.intent.subject == name for waiting in found for each in waiting)


def _line(call: Call, names: Sequence[str], name: str) -> Intend:
    key, values = greeting(names)
    say = Say(key, values, to=ToUse("discussion"), kind="welcome", name=name)
    return Intend("welcome-line", say, merge_key=f"welcome:{call.here.id}", subject=name)


@timer(STEP)
async def step(call: Call, person_id: int, day: int) -> Reply:
    """One day of the journey, for somebody who is still on it."""
    membership = await _on_the_way(call, person_id)
    if membership is None:
        return None
    if await _paused(call, membership):
        return await stop(call, membership)
    found: list[Effect] = []
    for entry in call.registry.page("journey", Role.MEMBER):
        if entry.order == day:
            said = await entry.handler(call, membership)
            found += [said] if said is not None else []
    return found


# --- The guide ----------------------------------------------------------------------------------


@section("journey", order=2, who=Role.MEMBER)
async def guide_day(call: Call, membership: MembershipRow) -> Effect | None:
    """Day 2: the navigation guide, one message."""
    if membership.steps.get("guide"):
        return None
    say = replace(_guide(call, membership, 0), to=await to(call, membership))
    return Intend("guide", say, subject=f"welcome:{membership.id}")


@timer(AGAIN)
async def guide_again(call: Call, person_id: int) -> Reply:
    """The guide once more, for somebody who said « Plus tard » once."""
    membership = await _on_the_way(call, person_id)
    if membership is None or membership.steps.get("guide") == "done":
        return None
    if await _paused(call, membership):
        return await stop(call, membership)
    shown = _guide(call, membership, int(membership.steps.get("guide") or 0))
    say = replace(shown, to=await to(call, membership))
    return Intend("guide-again", say, subject=f"welcome:{membership.id}")


@button("guide", who=Role.MEMBER)
async def guide(call: Call) -> Reply:
    """The guide from its first step, on demand."""
    return _guide(call, await mine(call), 0)


@button("guide.next", who=Role.MEMBER)
async def guide_next(call: Call, index: int) -> Reply:
    """The next step, in the same message."""
    steps = _steps(call)
    if not 0 <= index < len(steps):
        raise Complaint("answers-expired-button", {"state": ""})
    membership = await mine(call)
    done = index == len(steps) - 1
    membership.steps = {**membership.steps, "guide": "done" if done else index}
    say = _guide(call, membership, index)
    return Edit(str(say.name), say.key, say.values, buttons=say.buttons, kind="guide")


@button("guide.later", who=Role.MEMBER)
async def guide_later(call: Call) -> Reply:
    """« Plus tard »: once brings the guide back in a week, twice ends the journey."""
    membership = await mine(call)
    times = int(membership.steps.get("later", 0)) + 1
    membership.steps = {**membership.steps, "later": times}
    ended = EndButtons(f"guide:{membership.id}")
    if times >= ENOUGH:
        return [ended, *await stop(call, membership), Say("welcome-later-ends")]
    due = call.now + GUIDE_AGAIN
    await call.tx.timers.set(
        AGAIN,
        str(membership.id),
        due=due,
        args={"person_id": membership.person_id},
        community=call.here.id,
        person=membership.person_id,
    )
    day = Day(local_day(due, call.who.zone or call.here.zone))
    return [ended, Say("welcome-later", {"date": day})]


def _guide(call: Call, membership: MembershipRow, index: int) -> Say:
    steps = _steps(call)
    here = steps[min(index, len(steps) - 1)]
    buttons = [Button(here.button, label=here.button_key)]
    if index + 1 < len(steps):
        buttons += [
            Button("guide.next", (index + 1,), label="guide-button-next"),
            Button("guide.later", label="guide-button-later"),
        ]
    return Say(
        "welcome-guide",
        {"step": index + 1, "of": len(steps), "name": here.id, "text": Key(here.key)},
        to=ToPerson(membership.person_id),
        buttons=tuple(buttons),
        kind="guide",
        name=f"guide:{membership.id}",
    )


def _steps(call: Call) -> list[GuideStep]:
    """The steps whose own button exists: the guide speaks of nothing that is not there yet."""
    return [step for step in call.texts.content.guide() if call.registry.has(step.button)]


async def mine(call: Call) -> MembershipRow:
    """The membership of whoever acts. Complaint for somebody who has none."""
    row = await people.membership(call.session, call.person_id, call.here.id)
    if row is None:
        raise Complaint("answers-not-a-member")
    return row


async def _on_the_way(call: Call, person_id: int) -> MembershipRow | None:
    person = await people.person(call.session, person_id)
    if person is None or person.id is None:
        return None
    row = await people.membership(call.session, person.id, call.here.id)
    if row is None or row.state != "active" or int(row.steps.get("later", 0)) >= ENOUGH:
        return None
    return row


async def _paused(call: Call, membership: MembershipRow) -> bool:
    """Whether they took a pause since they came, even one that is over."""
    person = await people.person(call.session, membership.person_id)
    if person is None:
        return True
    now_paused = person.pause_until is not None and person.pause_until > call.now
    return now_paused or (
        person.pause_set_at is not None and person.pause_set_at >= membership.since
    )


async def _zone_of(call: Call, membership: MembershipRow) -> ZoneInfo:
    reader = await call.tx.people.reader(membership.person_id)
    return (reader.zone if reader else None) or call.here.zone
