"""Rooms become spaces where a coordinator says so; a space that opens to the world stops at once.

A room has one use. Freed, it is nobody's business any more; public, while the community is closed,
nothing is posted there until it is private again and somebody takes it up [CO-9, PV-4].
"""

from __future__ import annotations

from dataclasses import replace

from bot.call import Call
from bot.errors import Complaint
from bot.events import Place, SpaceChanged
from bot.messages import (
    Button,
    Edit,
    Effect,
    Intend,
    Line,
    Reply,
    Say,
    ToAnimators,
    ToPlace,
    ToRole,
)
from bot.people import Role
from bot.registry import Arg, Item, button, command, on, section
from bot.values import Key
from commands.home import offered
from storage import communities, people, spaces
from storage.communities import FREED, SpaceRow

USES = {
    "discussion": ("discussions", "echanges"),
    "announcements": ("annonces", "annonce"),
    "animators": ("animateurs", "animation", "animatrices"),
    FREED: ("aucun", "aucune"),
}


@command(
    "space",
    "salon",
    who=Role.COORDINATOR,
    args=(Arg("use", "choice", optional=True, choices=USES),),
)
async def space(call: Call, use: str | None = None) -> Reply:
    """Makes the room where it is said a space, changes its use, or frees it."""
    if use is None:
        return await every(call)
    if call.place is None or call.place.dm:
        raise Complaint("spaces-say-it-there", {"prefix": call.prefix})
    return await (_free(call, call.place) if use == FREED else _track(call, call.place, use))


@button("space.list", who=Role.COORDINATOR, shows=True)
async def every(call: Call) -> Reply:
    """The spaces of this community, their use, and whether anything is posted there."""
    rows = await spaces.every(call.session, call.here.id)
    stopped = [row for row in rows if row.stopped in ("public", "archived")]
    return Say(
        "spaces-list" if rows else "spaces-none",
        {"prefix": call.prefix},
        lines=tuple(_line(row) for row in rows),
        buttons=tuple(_resume_button(row) for row in stopped),
    )


@button("space.resume", who=Role.ANIMATOR, lasting=True)
async def resume(call: Call, space_id: int) -> Reply:
    """Takes a space up again that had stopped."""
    row = await spaces.of(call.session, call.here.id, space_id)
    if row is None:
        raise Complaint("answers-expired-button", {"state": ""})
    if row.stopped == "passage":
        raise Complaint("spaces-passage-first", {"space": row.title})
    if row.public and call.here.join == "closed":
        raise Complaint("spaces-still-public", {"space": row.title})
    title, why = row.title, row.stopped or ""
    if not await spaces.resume(call.session, space_id):
        raise Complaint("spaces-running", {"space": title})
    await _note(call, "space-resume", before=why, after=title)
    values = {"space": title, "who": call.who.name}
    told: list[Effect] = [
        Edit(_card(space_id), "spaces-resumed", values),
        Say("spaces-resumed", values),
    ]
    return [*told, *(await introductions(call) if call.here.state == "open" else [])]


@section("todo", order=10, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """Spaces that are private again and wait for somebody's word."""
    rows = await spaces.every(call.session, call.here.id)
    return [
        Item(
            Line("spaces-waiting", {"space": row.title}),
            Button("space.resume", (row.id or 0,)),
            row.stopped_at or call.now,
        )
        for row in rows
        if row.stopped == "public" and not row.public
    ]


@on(SpaceChanged)
async def changed(call: Call) -> Reply:
    """What the platform says of a space of ours."""
    event = call.event
    assert isinstance(event, SpaceChanged)
    row = await spaces.at(call.session, event.place)
    if row is None or row.use == FREED or row.id is None:
        return None
    match event.change:
        case "public":
            return await _turned_public(call, row)
        case "private":
            return await _private_again(call, row)
        case "renamed":
            await spaces.describe(call.session, row.id, title=event.title or row.title)
        case "archived" | "deleted":
            return await _gone(call, row, event.change)
    return None


async def introductions(call: Call) -> list[Effect]:
    """The one public message of each discussion space that has not heard it yet."""
    rows = await spaces.every(call.session, call.here.id)
    wanting = [row for row in rows if row.use == "discussion" and row.stopped is None]
    places = {row.id or 0: place_of(row) for row in wanting if row.introduced is None}
    said: list[Effect] = []
    for number, place in places.items():
        if await spaces.introduce(call.session, number, call.now):
            said.append(await _introduction(call, place))
    return said


async def contact(call: Call) -> str:
    """Whom to ask about the bot: the contact for data, else the coordinators by name."""
    for kind in ("privacy", "coach", "technical"):
        if said := call.here.contacts.get(kind):
            return said
    rows = await people.members(call.session, call.here.id, least=Role.COORDINATOR)
    return ", ".join(row.name for row in rows) or call.here.name


async def _track(call: Call, place: Place, use: str) -> Reply:
    known = await call.tx.people.space_at(place)
    if known is not None and known.use == use:
        raise Complaint("spaces-same", {"space": known.title, "use": _use(use)})
    title = getattr(call.event, "title", "")
    row = await spaces.track(call.session, call.here.id, place, use, title=title)
    number, title = row.id or 0, row.title
    await _note(call, "space", before=known.use if known else "", after=f"{title}: {use}")
    if row.public and call.here.join == "closed":
        await spaces.stop(call.session, number, "public", call.now)
        raise Complaint("spaces-still-public", {"space": title})
    said: list[Effect] = [Say("spaces-tracked", {"space": title, "use": _use(use)})]
    if call.here.state == "open":
        said += await introductions(call)
    return said


async def _free(call: Call, place: Place) -> Reply:
    known = await call.tx.people.space_at(place)
    if known is None:
        raise Complaint("spaces-not-one")
    await spaces.track(call.session, call.here.id, place, FREED)
    await _note(call, "space", before=f"{known.title}: {known.use}", after=FREED)
    return Say("spaces-freed", {"space": known.title})


async def _turned_public(call: Call, row: SpaceRow) -> Reply:
    number, title, place = row.id or 0, row.title, place_of(row)
    await spaces.describe(call.session, number, public=True)
    if call.here.join == "open" or not await spaces.stop(call.session, number, "public", call.now):
        return None
    await spaces.take_back(call.session, place, call.now)
    await _note(call, "space-public", after=title)
    told = Say(
        "spaces-turned-public",
        {"space": title, "community": call.here.name},
        to=ToAnimators(),
        buttons=(Button("space.resume", (number,)),),
        kind="incident",
        name=_card(number),
    )
    return [told, *await _to_coordinators(call, told)]


async def _to_coordinators(call: Call, told: Say) -> list[Effect]:
    """Coordinators read it themselves too, unless it goes to everybody's DM already."""
    rooms = await call.tx.people.spaces(call.here.id, "animators")
    if all(room.stopped for room in rooms):
        return []
    return [Intend("incident", replace(told, to=ToRole(Role.COORDINATOR)), subject=told.name)]


async def _private_again(call: Call, row: SpaceRow) -> Reply:
    number, title, why, was = row.id or 0, row.title, row.stopped, row.public
    await spaces.describe(call.session, number, public=False)
    # Platforms tell it at every start: it is said when it changes.
    if why != "public" or not was:
        return None
    return Say(
        "spaces-private-again",
        {"space": title},
        to=ToAnimators(),
        buttons=(Button("space.resume", (number,)),),
        kind="incident",
        name=_card(number),
    )


async def _gone(call: Call, row: SpaceRow, change: str) -> Reply:
    number, title = row.id or 0, row.title
    if not await spaces.stop(call.session, number, change, call.now):
        return None
    await _note(call, f"space-{change}", after=title)
    again = (Button("space.resume", (number,)),) if change == "archived" else ()
    return Say(
        f"spaces-{change}",
        {"space": title},
        to=ToAnimators(),
        buttons=again,
        kind="alert",
        name=_card(number),
    )


async def _introduction(call: Call, place: Place) -> Say:
    return Say(
        "guide-existing-room",
        {
            "bot": Key("community-bot"),
            "community": call.here.name,
            "inviter": call.who.name,
            "contact": await contact(call),
        },
        to=ToPlace(place),
        buttons=offered(call, "guide-existing-room", ("take_part", "read_charter", "who_sees")),
        kind="announcement",
    )


async def _note(call: Call, act: str, *, before: str = "", after: str = "") -> None:
    by = call.actor.account_id if call.actor else None
    await communities.note(
        call.session, call.here.id, act, at=call.now, by=by, before=before, after=after
    )


def _resume_button(row: SpaceRow) -> Button:
    return Button(
        "space.resume", (row.id or 0,), label="spaces-resume-one", values={"space": row.title}
    )


def _line(row: SpaceRow) -> Line:
    state = Key(f"spaces-state-{row.stopped}" if row.stopped else "spaces-state-runs")
    return Line("spaces-line", {"space": row.title, "use": _use(row.use), "state": state})


def _use(use: str) -> Key:
    return Key(f"spaces-use-{use}")


def place_of(row: SpaceRow) -> Place:
    """Where a space is."""
    return Place(row.platform, row.tenant, row.external)


def _card(space_id: int) -> str:
    return f"space-stopped:{space_id}"
