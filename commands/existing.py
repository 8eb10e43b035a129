"""People who were in a room before the bot: one button makes them members, animators see the list.

The core does not know who is in a room, so it says once what it does there and waits. For thirty
days whoever was there may press *Je participe* and is a member; until then nothing of them is
counted or kept. The decision stands in docs/decisions (CO-9).
"""

from __future__ import annotations

from datetime import datetime

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Effect, Intend, Line, Reply, Say, ToPerson, effects
from bot.people import Role
from bot.registry import Item, button, section
from commands import leaving, passage
from commands.home import offered
from commands.spaces import contact
from storage import communities, existing, people, spaces


@button("take_part", states=("open",), lasting=True)
async def take_part(call: Call) -> Reply:
    """*Je participe*: whoever was in the room before the bot becomes a member."""
    if call.role is Role.VISITOR:
        if not await _was_here(call):
            return await _by_request(call)
        settled = await _admit(call)
    else:
        settled = ()
        await existing.count_again(call.session, call.person_id, call.here.id)
    thanks = Say(
        "guide-took-part",
        {"name": call.who.name},
        buttons=offered(call, "guide-took-part", ("read_charter", "pace", "do_not_count")),
        kind="welcome",
    )
    return [*settled, thanks]


@section("todo", order=30, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """The list of those who said *Je participe*, until somebody ticked it."""
    rows = await existing.unticked(call.session, call.here.id)
    if not rows:
        return []
    line = Line("existing-waiting", {"n": len(rows)})
    return [Item(line, Button("existing.list"), rows[0].since)]


@button("existing.list", who=Role.ANIMATOR, shows=True)
async def listed(call: Call) -> Reply:
    """Everybody who said *Je participe* and is not ticked yet."""
    rows = await existing.unticked(call.session, call.here.id)
    if not rows:
        return Say("existing-none")
    people_ = [Button("existing.one", (row.id or 0,), text=row.name) for row in rows[:20]]
    return Say(
        "existing-list",
        {"n": len(rows)},
        lines=tuple(Line("existing-line", {"name": row.name}) for row in rows[:20]),
        buttons=(Button("existing.all"), *people_),
    )


@button("existing.all", who=Role.ANIMATOR)
async def tick_all(call: Call) -> Reply:
    """Ticks the whole list as it stands now."""
    rows = await existing.unticked(call.session, call.here.id)
    for row in rows:
        await existing.tick(call.session, row)
    await _note(call, "existing-ticked", after=str(len(rows)))
    return Say("existing-ticked", {"n": len(rows)})


@button("existing.one", who=Role.ANIMATOR, shows=True)
async def one(call: Call, membership_id: int) -> Reply:
    """One person, with the two answers there are."""
    row = await _row(call, membership_id)
    return Say(
        "existing-one",
        {"name": row.name},
        buttons=(
            Button("existing.tick", (membership_id,)),
            Button("existing.not_one", (membership_id,)),
            Button("existing.list"),
        ),
    )


@button("existing.tick", who=Role.ANIMATOR)
async def tick(call: Call, membership_id: int) -> Reply:
    """Ticks one person."""
    row = await _row(call, membership_id)
    name, person_id = row.name, row.person_id
    await existing.tick(call.session, row)
    await _note(call, "existing-ticked", about=person_id)
    return [Say("existing-ticked-one", {"name": name}), *await _rest(call)]


@button("existing.not_one", who=Role.ANIMATOR)
async def not_one(call: Call, membership_id: int) -> Reply:
    """Somebody who is not of this community: told kindly, with whom to write to."""
    row = await _row(call, membership_id)
    name, person_id = row.name, row.person_id
    await _note(call, "existing-removed", about=person_id)
    ended = await leaving.gone(call, person_id, call.here)
    await existing.remove(call.session, membership_id)
    told = Say(
        "existing-not-one",
        {"name": name, "community": call.here.name, "contact": await _appeal(call)},
        to=ToPerson(person_id),
        kind="decision",
        buttons=_join_button(call),
    )
    return [
        *ended,
        Intend("decision", told, subject=f"existing:{membership_id}"),
        Say("existing-removed", {"name": name}),
        *await _rest(call),
    ]


async def _was_here(call: Call) -> bool:
    """Whether the room was introduced within thirty days, and this account was in it before."""
    if call.here.join == "open":
        return True
    since = await _introduced(call)
    if since is None or call.now - since > spaces.EXISTING:
        return False
    account = call.who.account
    if await existing.was_removed(call.session, account, call.here.id):
        return False
    return not await spaces.entered_since(call.session, call.here.id, account, since)


async def _introduced(call: Call) -> datetime | None:
    row = await spaces.at(call.session, call.place) if call.place else None
    return row.introduced if row is not None else None


async def _by_request(call: Call) -> Reply:
    return Say("existing-by-request", {"community": call.here.name}, buttons=_join_button(call))


def _join_button(call: Call) -> tuple[Button, ...]:
    return (Button("join", (call.here.id,)),) if call.registry.has("join") else ()


async def _admit(call: Call) -> tuple[Effect, ...]:
    account_id, person_id = await people.keep_account(
        call.session, call.who.account, call.who.name, language=call.who.language
    )
    row = await people.admit(
        call.session, person_id, call.here.id, now=call.now, name=call.who.name
    )
    await existing.begin(call.session, row)
    await communities.note(
        call.session, call.here.id, "take-part", at=call.now, by=account_id, about=account_id
    )
    call.actor = await call.tx.people.actor(call.who.account, call.who.name)
    call.role = Role.MEMBER
    known = await passage.settle(call, call.who.account, "member", by=account_id)
    return known.effects


async def _row(call: Call, membership_id: int) -> people.MembershipRow:
    row = await existing.one(call.session, call.here.id, membership_id)
    if row is None:
        raise Complaint("existing-done")
    return row


async def _rest(call: Call) -> list[Effect]:
    if not await existing.unticked(call.session, call.here.id):
        return []
    return effects(await listed(call))


async def _appeal(call: Call) -> str:
    return call.here.contacts.get("appeal") or await contact(call)


async def _note(call: Call, act: str, *, about: int | None = None, after: str = "") -> None:
    """`about` is a person: the journal names them by account, so that erasing reaches it."""
    numbers = await people.account_ids_of(call.session, about) if about is not None else []
    await communities.note(
        call.session,
        call.here.id,
        act,
        at=call.now,
        by=call.account_id,
        about=numbers[0] if numbers else None,
        after=after,
    )
