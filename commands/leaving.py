"""Leaving: two taps and no question; what is kept is erased 30 days later, or at once [ON-7]."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.events import AccountChanged, Left
from bot.messages import Button, Effect, Line, Look, Reply, Say, ToAnimators, effects
from bot.people import Community, Role
from bot.registry import button, command, on, timer
from bot.values import Day
from commands.home import offered
from commands.privacy import erased, forget_actor, platform, refuse_last_coordinator
from storage import communities, leaving, people, privacy

ERASE, GONE = "leaving.erase", "leaving.gone"
AFTERWARDS = ("forget_now", "without_name", "export", "come_back")


@command("leave", "quitter", who=Role.MEMBER, shows=True)
async def leave_typed(call: Call) -> Reply:
    """The first of two taps."""
    return await leave(call)


@button("leave", who=Role.MEMBER, shows=True)
async def leave(call: Call) -> Reply:
    """Says what leaving is; asks nothing but yes."""
    await refuse_last_coordinator(call, call.here.id)
    return Say(
        "leaving-confirm",
        {"community": call.here.name, "days": leaving.KEPT.days},
        buttons=(
            Button("leave.yes"),
            Button("pause", label="guide-me-button-pause"),
            Button("home", label="button-keep"),
        ),
        kind="goodbye",
    )


@button("leave.yes", who=Role.MEMBER)
async def leave_yes(call: Call) -> Reply:
    """The second tap: it is done."""
    await refuse_last_coordinator(call, call.here.id)
    person_id, name = call.person_id, call.who.name
    stopped = await gone(call, person_id, call.here, by=call.account_id)
    call.role = Role.VISITOR
    day = (call.now + leaving.KEPT).astimezone(call.voice(call.actor).zone).date()
    values = {
        "name": name,
        "community": call.here.name,
        "erase_date": Day(day),
        "platform": platform(call),
    }
    buttons = offered(call, "letters-farewell", AFTERWARDS)
    return [
        *stopped,
        Say("letters-farewell", values, lines=(Line("leaving-spaces"),), buttons=buttons),
    ]


@button("come_back", lasting=True)
async def come_back(call: Call) -> Reply:
    """Within 30 days everything is as it was, but for a role, which the team gives anew."""
    person_id = call.who.person_id
    if person_id is None or not await leaving.come_back(call.session, person_id, call.here.id):
        raise Complaint("leaving-nothing-to-restore", {"community": call.here.name})
    await call.tx.timers.clear(ERASE, _key(person_id, call.here))
    call.role = Role.MEMBER
    return Say(
        "leaving-came-back",
        {"name": call.who.name, "community": call.here.name},
        buttons=(Button("me"), Button("home")),
    )


@button("forget_now", lasting=True)
async def forget_now(call: Call) -> Reply:
    """Erases at once what would be erased in 30 days."""
    person_id = call.who.person_id
    if person_id is None:
        return Say("my-data-none")
    if await leaving.ended_at(call.session, person_id, call.here.id) is None:
        raise Complaint("leaving-still-here", {"community": call.here.name})
    elsewhere = await leaving.belongs_elsewhere(call.session, person_id, call.here.id)
    told = await _erase(call, person_id, call.here.id)
    if elsewhere:
        return [*told, Say("forget-done-here", {"community": call.here.name})]
    forget_actor(call)
    return [*told, Say("forget-done", {"platform": platform(call)})]


@timer(ERASE)
async def erase(call: Call, person_id: int) -> Reply:
    """Thirty days later; silent, for nobody is there any more to be told."""
    ended = await leaving.ended_at(call.session, person_id, call.here.id)
    if ended is None or call.now - ended < leaving.KEPT:
        return None
    return await _erase(call, person_id, call.here.id)


@on(Left)
async def left_everywhere(call: Call) -> Reply:
    """An account in no space any more has left, unless the same person has another one."""
    event = call.event
    assert isinstance(event, Left)
    return await _account_gone(call) if event.everywhere else None


@on(AccountChanged)
async def account_closed(call: Call) -> Reply:
    """An account that the platform closed."""
    event = call.event
    assert isinstance(event, AccountChanged)
    return await _account_gone(call) if event.closed else None


async def _account_gone(call: Call) -> list[Effect]:
    person_id = call.who.person_id
    if person_id is None or len(await people.accounts_of(call.session, person_id)) > 1:
        return []
    args = {"person_id": person_id, "account_id": call.who.account_id, "name": call.who.name}
    for community in await call.tx.people.communities_of(person_id):
        # Each community ends it by itself, in an event of its own: what a feature does then is
        # done, and told, there and nowhere else.
        await call.tx.timers.set(
            GONE, f"{community.id}:{person_id}", due=call.now, args=args, community=community.id
        )
    return []


@timer(GONE)
async def gone_from_here(call: Call, person_id: int, account_id: int | None, name: str) -> Reply:
    """The account left this community's platform; its last coordinator stays one [CO-4]."""
    if call.here.id in await leaving.led_alone(call.session, person_id):
        values = {"name": name, "community": call.here.name}
        return Say("leaving-coordinator-gone", values, ToAnimators(), kind="alert")
    return await gone(call, person_id, call.here, by=account_id)


async def gone(
    call: Call, person_id: int, community: Community, *, by: int | None = None
) -> list[Effect]:
    """Ends the membership, stops all that was meant for this person, and sets the day of erasure.

    `by` is the account that went by itself; the journal notes it when it held a role.

    A feature that must do more has a `@section("left", …)`: a function of `(call, person_id)`.
    """
    role = await call.tx.people.role(person_id, community.id)
    stopped: list[Effect] = []
    for part in call.registry.page("left", Role.COORDINATOR):
        stopped += effects(await part.handler(call, person_id))
    await leaving.leave(call.session, person_id, community.id, call.now)
    await call.tx.intents.void_person(person_id, community.id, call.now)
    if role > Role.MEMBER and by is not None:
        await communities.note(
            call.session,
            community.id,
            "leave",
            at=call.now,
            by=by,
            before=role.word,
        )
    await call.tx.timers.set(
        ERASE,
        _key(person_id, community),
        due=call.now + leaving.KEPT,
        args={"person_id": person_id},
        community=community.id,
        person=person_id,
    )
    # The timer that looked at this person's messages went too; another community may need it.
    return [*stopped, Look("person", str(person_id))]


async def _erase(call: Call, person_id: int, community_id: int) -> list[Effect]:
    elsewhere = await leaving.belongs_elsewhere(call.session, person_id, community_id)
    found = await privacy.traces_of(call.session, person_id)
    return await erased(call, found, community_id if elsewhere else None)


def _key(person_id: int, community: Community) -> str:
    return f"{person_id}:{community.id}"
