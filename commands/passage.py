"""Somebody in a closed space whom nobody admitted: *de passage*, until animators decide [PV-4].

Of such a person only the account, the name shown and the day are kept. Until a decision the bot
posts no member's words there; after three working days without one it posts nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.call import Call
from bot.errors import Complaint
from bot.events import Account, Joined, Left, Undelivered
from bot.messages import (
    Button,
    Edit,
    Effect,
    Expel,
    Line,
    Look,
    Reply,
    Say,
    ToAccount,
    ToAnimators,
    Void,
)
from bot.people import Role
from bot.registry import Item, button, on, section, timer
from bot.values import Day, Handle, Key, Names, Value
from bot.when import add_working_days, is_open, local_day, next_opening
from storage import admission, communities
from storage import passage as passages
from storage.paces import calendar_of
from storage.passage import PassageRow

DAYS = 3
"""Working days after which a space stops when nobody decided."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of somebody's passages: what to say of it, and the spaces they are in."""

    effects: tuple[Effect, ...]
    spaces: frozenset[int]


@on(Joined)
async def entered(call: Call) -> Reply:
    """Somebody entered a closed space: a card to the animators, once, unless they are known."""
    event = call.event
    assert isinstance(event, Joined)
    space = await call.tx.people.space_at(event.place)
    if space is None or space.use == "animators" or call.role > Role.VISITOR:
        return None
    if call.here.join == "open" or call.here.state != "open":
        return None
    request = await admission.newest(call.session, call.here.id, event.by)
    if request is not None and request.state == "waiting":
        return None
    row = await passages.enter(
        call.session, space, event.by, event.name or event.by.id, now=call.now
    )
    if row is None:
        return None
    calendar = calendar_of(call.here)
    due = next_opening(add_working_days(call.now, DAYS, calendar=calendar), calendar)
    await _set(call, "passage.stop", row, due)
    date = Day(local_day(due, call.here.zone))
    account = Handle(row.platform, row.external)
    return Say(
        "passage-card",
        {"name": row.name, "account": account, "space": space.title, "date": date},
        ToAnimators(),
        buttons=_buttons(row),
        kind="card",
        name=_name(row),
        subject=_name(row),
    )


@on(Left)
async def gone(call: Call) -> Reply:
    """Who leaves the space is forgotten, and the space may go on."""
    event = call.event
    assert isinstance(event, Left)
    space = await call.tx.people.space_at(event.place)
    row = await passages.leave(call.session, space.id, event.by) if space else None
    if row is None:
        return None
    await call.tx.timers.clear("passage.stop", str(row.id))
    values = {"name": row.name, "space": await _title(call, row)}
    ended = Edit(_name(row), "passage-left", values, buttons=await _resume_button(call, row))
    return [*([] if row.decision else [ended]), Look("space", event.place.key)]


@button("passage.ask", who=Role.ANIMATOR, states=("open",), lasting=True)
async def ask(call: Call, passage_id: int) -> Reply:
    """Writes to the person how to ask; not yet a decision, so the card keeps its other buttons."""
    row = await _undecided(call, passage_id)
    values = {"name": row.name, "space": await _title(call, row), "by": call.who.name}
    rest = tuple(each for each in _buttons(row) if each.action != "passage.ask")
    asked = Edit(_name(row), "passage-asked", values, buttons=rest)
    calendar = calendar_of(call.here)
    if is_open(call.now, calendar):
        return [asked, await _invitation(call, row)]
    await _set(call, "passage.write", row, next_opening(call.now, calendar))
    return asked


@timer("passage.write")
async def write(call: Call, passage_id: int) -> Reply:
    """The invitation to ask, in a working hour, when it is still needed."""
    row = await passages.passage(call.session, call.here.id, passage_id)
    if row is None or row.decision is not None or call.here.state != "open":
        return None
    return await _invitation(call, row)


@button("passage.guest", who=Role.ANIMATOR, states=("open",), lasting=True)
async def guest(call: Call, passage_id: int) -> Reply:
    """An invited person: they may stay, and everything goes on."""
    row = await _undecided(call, passage_id)
    await _noted(call, "guest")
    return (await settle(call, account_of(row), "guest", by=call.account_id)).effects


@button("passage.expel", who=Role.ANIMATOR, states=("open",), lasting=True)
async def expel(call: Call, passage_id: int) -> Reply:
    """Takes the person out of every space they are *de passage* in."""
    row = await _undecided(call, passage_id)
    await _noted(call, "expel")
    known = await settle(call, account_of(row), "expelled", by=call.account_id)
    out = [
        Expel(space.place, account_of(row), {"passage": row.id})
        for space in await call.tx.people.spaces(call.here.id)
        if space.id in known.spaces
    ]
    return [*known.effects, *out]


@on(Undelivered)
async def not_expelled(call: Call) -> Reply:
    """The platform lets the bot take nobody out: the animators are told that it is theirs to do."""
    event = call.event
    assert isinstance(event, Undelivered)
    number = event.args.get("passage")
    if event.operation != "expel" or number is None or call.community is None:
        return None
    row = await passages.passage(call.session, call.here.id, int(number))
    return None if row is None else await by_hand(call, f"passage-hand:{row.id}", row.name)


async def by_hand(call: Call, card: str, name: str) -> list[Effect]:
    """Asks the animators to take somebody out where the platform would not let the bot.

    It is one message, in which the next space is added to those before.
    """
    event = call.event
    assert isinstance(event, Undelivered)
    places = await passages.refused(call.session, call.here.id, event.args)
    spaces = [(await call.tx.people.space_at(place), place.id) for place in places]
    titles = tuple(space.title or number if space else number for space, number in spaces)
    values = {"name": name, "spaces": Names(titles)}
    if await call.tx.mailbox.receipts(card):
        return [Edit(card, "passage-by-hand", values)]
    say = Say("passage-by-hand", values, ToAnimators(), kind="alert", name=card, subject=card)
    return [Void(card), say]


@timer("passage.stop")
async def stop(call: Call, passage_id: int) -> Reply:
    """Three working days without a decision: nothing more is posted there."""
    row = await passages.passage(call.session, call.here.id, passage_id)
    if row is None or row.decision is not None or call.here.state != "open":
        return None
    if not await passages.stop(call.session, row.space_id, now=call.now):
        return None
    values = {"name": row.name, "space": await _title(call, row)}
    return Say(
        "passage-stopped", values, ToAnimators(), buttons=_buttons(row), kind="alert",
        name=f"passage-stop:{row.space_id}", subject=_name(row), started_by="bot",
    )  # fmt: skip


@button("passage.resume", who=Role.ANIMATOR, states=("open",), lasting=True)
async def resume(call: Call, space_id: int) -> Reply:
    """After the decision the space goes on."""
    space = await passages.space(call.session, call.here.id, space_id)
    if space is None:
        raise Complaint("answers-expired-button", {"state": Key("passage-no-space")})
    every = await passages.undecided(call.session, call.here.id)
    left = [row for row in every if row.space_id == space_id]
    title = space.title
    if left:
        return Say("passage-first-decide", {"name": left[0].name}, buttons=_buttons(left[0]))
    if not await passages.resume(call.session, space_id):
        raise Complaint("answers-expired-button", {"state": Key("passage-goes-on")})
    await _noted(call, "resume")
    values = {"space": title, "by": call.who.name}
    looks = [
        Look("space", each.place.key)
        for each in await call.tx.people.spaces(call.here.id)
        if each.id == space_id
    ]
    return [Say("passage-resumed", values, ToAnimators()), *looks]


@section("todo", order=15, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """The persons *de passage* on whom nobody decided."""
    return [
        Item(
            Line("passage-todo", {"name": row.name, "space": await _title(call, row)}),
            Button("passage.card", (row.id or 0,)),
            row.since,
        )
        for row in await passages.undecided(call.session, call.here.id)
    ]


@button("passage.card", who=Role.ANIMATOR, lasting=True, shows=True)
async def show(call: Call, passage_id: int) -> Reply:
    """The card of one person, in private."""
    row = await _undecided(call, passage_id)
    calendar = calendar_of(call.here)
    due = next_opening(add_working_days(row.since, DAYS, calendar=calendar), calendar)
    values = {
        "name": row.name,
        "account": Handle(row.platform, row.external),
        "space": await _title(call, row),
        "date": Day(local_day(due, call.here.zone)),
    }
    return Say("passage-card", values, buttons=_buttons(row), kind="card")


async def settle(call: Call, account: Account, decision: str, *, by: int | None) -> Settled:
    """Decides about somebody in all spaces of the community; nothing when they were not seen.

    decision: member, declined, guest, expelled.
    """
    rows = await passages.decide(call.session, call.here.id, account, decision, by=by, now=call.now)
    places = {space.id: space.place for space in await call.tx.people.spaces(call.here.id)}
    name = await admission.name_of(call.session, call.here.id, by)
    effects: list[Effect] = []
    for row in rows:
        await call.tx.timers.clear("passage.stop", str(row.id))
        values: dict[str, Value] = {
            "name": row.name,
            "space": await _title(call, row),
            "by": name or Key("admission-team"),
        }
        key = f"passage-decided-{decision}"
        again = await _resume_button(call, row)
        effects.append(Edit(_name(row), key, values, buttons=again))
        stopped = f"passage-stop:{row.space_id}"
        if again and await call.tx.mailbox.receipts(stopped):
            effects.append(Edit(stopped, key, values, buttons=again))
        effects.append(Look("space", places[row.space_id].key))
    return Settled(tuple(effects), frozenset(row.space_id for row in rows))


def account_of(row: PassageRow) -> Account:
    """Whose passage it is."""
    return Account(row.platform, row.tenant, row.external)


async def _invitation(call: Call, row: PassageRow) -> Say:
    values = {
        "name": row.name,
        "space": await _title(call, row),
        "community": call.here.name,
        "purpose": call.here.purpose,
    }
    to = ToAccount(account_of(row), name=row.name)
    return Say("passage-invitation", values, to, buttons=(Button("join"),), kind="welcome")


async def _undecided(call: Call, passage_id: int) -> PassageRow:
    row = await passages.passage(call.session, call.here.id, passage_id)
    if row is None:
        raise Complaint("answers-expired-button", {"state": Key("passage-gone")})
    if row.decision is not None:
        name = await admission.name_of(call.session, call.here.id, row.decided_by)
        values = {
            "name": row.name,
            "space": await _title(call, row),
            "by": name or Key("admission-team"),
        }
        state = Key(f"passage-decided-{row.decision}", values)
        raise Complaint("answers-expired-button", {"state": state})
    return row


async def _resume_button(call: Call, row: PassageRow) -> tuple[Button, ...]:
    space = await passages.space(call.session, call.here.id, row.space_id)
    if space is None or space.stopped != "passage":
        return ()
    others = await passages.undecided(call.session, call.here.id)
    if any(other.space_id == row.space_id for other in others):
        return ()
    return (Button("passage.resume", (row.space_id,)),)


async def _title(call: Call, row: PassageRow) -> str:
    space = await passages.space(call.session, call.here.id, row.space_id)
    return space.title if space else ""


async def _noted(call: Call, act: str) -> None:
    await communities.note(
        call.session, call.here.id, f"passage-{act}", at=call.now, by=call.account_id
    )


async def _set(call: Call, action: str, row: PassageRow, due: datetime) -> None:
    await call.tx.timers.set(
        action,
        str(row.id),
        due=due,
        args={"passage_id": row.id},
        community=call.here.id,
    )


def _buttons(row: PassageRow) -> tuple[Button, ...]:
    number = (row.id or 0,)
    return (
        Button("passage.ask", number),
        Button("passage.guest", number),
        Button("passage.expel", number),
    )


def _name(row: PassageRow) -> str:
    return f"passage:{row.id}"
