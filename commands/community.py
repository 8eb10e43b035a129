"""The states of a community, and which of theirs somebody speaks of [CO-5, CO-8].

In preparation only answers, previews and the first words leave; *Ouvrir* begins; once closed the
memory stays readable and exportable, and nothing else is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.events import Pressed
from bot.markup import cut
from bot.messages import Button, Effect, Line, Reply, Say, ToAnimators, ToPlace, Void, effects
from bot.parsing import nearest, words
from bot.people import Community, Role
from bot.registry import Arg, button, command, section
from bot.routing import press
from bot.values import Day, Key, Names
from bot.when import local_day
from commands import spaces as rooms
from commands.first_words import role_subject
from commands.prompts import nameless, rhythm
from storage import communities, roles, spaces

MOST_SHOWN = 10
"""Communities that are named to whoever belongs to none of them."""


@command("open", "ouvrir", who=Role.COORDINATOR)
async def open_typed(call: Call) -> Reply:
    """Opens a community in preparation, or one that was closed."""
    return await open_(call)


@button("open", who=Role.COORDINATOR, lasting=True)
async def open_(call: Call) -> Reply:
    """*Ouvrir*: from here on the community lives."""
    was = call.here.state
    if was == "open":
        raise Complaint("community-already-open", {"community": call.here.name})
    rows = await spaces.every(call.session, call.here.id)
    if not [row for row in rows if row.use == "discussion"]:
        raise Complaint("community-no-space", {"prefix": call.prefix})
    await _move(call, "open")
    if was == "preparation":
        day = local_day(call.now, call.here.zone)
        await communities.begin_launch(call.session, call.here.id, day=day, by=call.account_id)
    await _refresh(call)
    values = {"who": call.who.name, "community": call.here.name}
    offer = await rhythm.offer(call)
    next_steps = (*([offer] if offer else ()), Button("see_month"), Button("home"))
    if was == "closed":
        return [
            *await rooms.introductions(call),
            *await _everywhere(call, "community-reopened", values),
            Say("community-reopened-team", values, ToAnimators(), kind="alert"),
            Say("community-open-again", values, buttons=next_steps),
        ]
    return [
        *await _preparing_no_more(call),
        *await rooms.introductions(call),
        Say("community-opened-team", values, ToAnimators(), kind="alert"),
        Say("community-opened", values, buttons=next_steps),
    ]


@command("close-community", "fermer-communaute", who=Role.COORDINATOR, shows=True)
async def close_typed(call: Call) -> Reply:
    """Says what closing is; asks for a yes."""
    return await close_asked(call)


@button("community.close", who=Role.COORDINATOR, shows=True)
async def close_asked(call: Call) -> Reply:
    """The first of two taps."""
    if call.here.state == "closed":
        raise Complaint("community-already-closed", {"community": call.here.name})
    return Say(
        "community-close-confirm",
        {"community": call.here.name},
        buttons=(
            Button("community.close_yes"),
            Button("home", label="button-community-keep"),
        ),
    )


@button("community.close_yes", who=Role.COORDINATOR)
async def close(call: Call) -> Reply:
    """Closes: one farewell where the bot had introduced itself, then silence."""
    was = call.here.state
    if was == "closed":
        raise Complaint("community-already-closed", {"community": call.here.name})
    confided = await nameless.leave_now(call)
    await _move(call, "closed")
    await _refresh(call)
    values = {"who": call.who.name, "community": call.here.name}
    said: list[Effect] = []
    if was == "open":
        said = await _everywhere(
            call, "community-farewell", {**values, "contact": await rooms.contact(call)}
        )
    return [*confided, *said, Say("community-closed", values, buttons=(Button("open"),))]


@command("community", "communaute", args=(Arg("community", "text", optional=True),))
async def community(call: Call, community: str | None = None) -> Reply:
    """Which community is spoken of here, its state, and the way to another."""
    mine = await _mine(call)
    if community is not None:
        return await choose(call, _named(mine, community).id)
    return await which(call) if len(mine) > 1 else await about(call)


@button("community.which", shows=True)
async def which(call: Call) -> Reply:
    """Asks which community somebody speaks of, by buttons."""
    mine = await _mine(call)
    if not mine:
        joining = (Button("join"),) if call.registry.has("join") else ()
        return Say("home-elsewhere", buttons=joining)
    current = call.community.name if call.community else ""
    return Say(
        "community-which-now" if current else "community-which",
        {"community": current},
        buttons=_choices(mine),
    )


@button("community.choose", lasting=True)
async def choose(call: Call, community_id: int) -> Reply:
    """From now on this person speaks of that community in private."""
    if not await roles.choose_community(call.session, call.person_id, community_id):
        raise Complaint("answers-expired-button", {"state": ""})
    call.community = await call.tx.people.community(community_id)
    call.role = await call.tx.people.role(call.person_id, community_id)
    chosen = Say("community-chosen", {"community": call.here.name})
    if isinstance(call.event, Pressed) and call.event.home:
        # The page where it was chosen shows that community next.
        return chosen
    return [chosen, *await press(call, "home")]


@section("home", order=5)
async def whose_page(call: Call) -> Sequence[Say]:
    """Whoever speaks of no community yet chooses one, or reads how to enter one."""
    if call.community is not None:
        return ()
    mine = await _mine(call)
    if mine:
        return (Say("community-which", buttons=_choices(mine)),)
    every = [one for one in await call.tx.people.communities() if one.state == "open"]
    if not every:
        return (Say("home-elsewhere"),)
    names = Names(tuple(one.name for one in every[:MOST_SHOWN]))
    return (Say("community-page-none", {"names": names}, buttons=(Button("join"),)),)


@section("home", order=50, who=Role.MEMBER)
async def mine_on_page(call: Call) -> Sequence[Say]:
    """The way to one's other communities."""
    mine = await _mine(call)
    others = [one for one in mine if one.id != call.here.id]
    if not others:
        return ()
    return (Say("community-page", {"community": call.here.name}, buttons=_choices(others)),)


async def about(call: Call) -> Reply:
    """One community: what for, in which state, since when."""
    if call.community is None or call.role is Role.VISITOR:
        return effects(await press(call, "home"))
    here = call.here
    lines = [Line(f"community-state-{here.state}")]
    if here.launched is not None:
        lines.append(Line("community-since", {"day": Day(here.launched)}))
    lines.append(Line("community-role", {"role": Key(f"role-{call.role.word}")}))
    buttons = [Button("settings.show")]
    if call.role >= Role.COORDINATOR:
        closing = Button("community.close")
        buttons.append(closing if here.state == "open" else Button("open"))
    return Say(
        "community-about",
        {"community": here.name, "purpose": here.purpose or Key("settings-value-unset")},
        lines=tuple(lines),
        buttons=tuple(buttons),
    )


async def _move(call: Call, state: str) -> None:
    was = call.here.state
    if not await communities.change_state(call.session, call.here.id, state, among=(was,)):
        raise Complaint("community-someone-first", {"community": call.here.name})
    await communities.note(
        call.session,
        call.here.id,
        "state",
        at=call.now,
        by=call.account_id,
        before=was,
        after=state,
    )


async def _refresh(call: Call) -> None:
    call.community = await call.tx.people.community(call.here.id)


async def _preparing_no_more(call: Call) -> list[Effect]:
    """First words that still wait say that nothing has left yet: that is untrue now."""
    holders = await call.tx.people.holders(call.here.id, Role.ANIMATOR)
    return [Void(role_subject(call.here.id, person), "first-words") for person in holders]


async def _everywhere(call: Call, key: str, values: Mapping[str, str]) -> list[Effect]:
    """One line in each space where the bot had introduced itself."""
    rows = await spaces.every(call.session, call.here.id)
    return [
        Say(key, values, ToPlace(rooms.place_of(row)), kind="farewell")
        for row in rows
        if row.use != "animators" and row.introduced is not None and row.stopped is None
    ]


def _choices(communities: Sequence[Community]) -> tuple[Button, ...]:
    return tuple(Button("community.choose", (one.id,), text=one.name) for one in communities)


async def _mine(call: Call) -> list[Community]:
    if call.who.person_id is None:
        return []
    return await call.tx.people.communities_of(call.who.person_id)


def _named(mine: list[Community], typed: str) -> Community:
    for one in mine:
        if words(typed) in (words(one.name), words(one.slug)):
            return one
    near = nearest(typed, [one.name for one in mine])
    if len(near) == 1:
        return next(one for one in mine if one.name == near[0])
    names = Names(tuple(one.name for one in mine), "or")
    raise Complaint("community-unknown", {"typed": cut(typed), "names": names})
