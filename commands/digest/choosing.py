"""Each member's own digest: how often, on which day, at which hour; or none [AT-3, SU-4]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Line, Reply, Say
from bot.people import Role
from bot.registry import Field, button, command, form, kit_section, section
from bot.values import Day, Key, TimeOfDay, Value
from bot.when import local_day
from commands.digest import rules, sending, service
from commands.me.screen import BACK, mine
from commands.settings import table
from commands.settings.reading import read
from storage import digests
from storage.digests import Slot

HOURS = ("08:30", "12:00", "13:00", "16:00", "20:00")
WORKDAYS = (0, 1, 2, 3, 4)


@command("digest", "résumé", who=Role.MEMBER, shows=True)
async def digest_typed(call: Call) -> Reply:
    """What the digest would say now, to be read at once."""
    return await now(call)


@button("digest.now", who=Role.MEMBER, shows=True)
async def now(call: Call) -> Reply:
    """The same, by its button."""
    row = await digests.choice(call.session, call.person_id, call.here.id)
    every = row.every if row else service.said(call, service.EVERY)
    found = await service.compose(call, call.now - rules.LENGTHS[every], quiet=False)
    return found or Say("digest-nothing", buttons=(Button("digest"), Button("home")))


@button("digest", who=Role.MEMBER, shows=True, lasting=True)
async def digest(call: Call) -> Reply:
    """The choices, with what is chosen now."""
    return await _page(call, "digest-page")


@button("digest.every", who=Role.MEMBER, lasting=True)
async def every(call: Call, often: str) -> Reply:
    """Every week, every second week, or not at all."""
    if often not in (*rules.LENGTHS, "none"):
        raise Complaint("answers-expired-button", {"state": ""})
    if often == "none":
        await stop(call)
        return await _page(call, "digest-stopped")
    return await _choose(call, replace(await _slot(call), every=often))


@button("digest.days", who=Role.MEMBER, shows=True)
async def days(call: Call) -> Reply:
    """The days there are to choose from."""
    person, _ = await mine(call)
    offered = (person.hours or {}).get("days", WORKDAYS)
    choices = [Button("digest.on", (day,), label=f"digest-day-{day}") for day in sorted(offered)]
    return Say("digest-days", buttons=(*choices, Button("digest")))


@button("digest.on", who=Role.MEMBER, lasting=True)
async def on_day(call: Call, day: int) -> Reply:
    """On that day of the week."""
    if day not in range(7):
        raise Complaint("answers-expired-button", {"state": ""})
    return await _choose(call, replace(await _slot(call), weekday=day))


@button("digest.hours", who=Role.MEMBER, shows=True)
async def hours(call: Call) -> Reply:
    """The hours there are to choose from."""
    choices = [
        Button(
            "digest.at",
            (hour.replace(":", "h"),),
            label="digest-hour",
            values={"at": TimeOfDay(time.fromisoformat(hour))},
        )
        for hour in HOURS
    ]
    other = Button("digest.at", ("other",), label="button-hours-other")
    return Say("digest-hours", buttons=(*choices, other, Button("digest")))


@button("digest.at", who=Role.MEMBER, lasting=True)
async def at_hour(call: Call, hour: str) -> Reply:
    """At that hour, or at one to be typed."""
    if hour == "other":
        return AskForm("digest-hour")
    return await _choose(call, replace(await _slot(call), at=_readable(hour.replace("h", ":"))))


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    return (Field("at", check=_readable, longest=20),)


@form("digest-hour", fields=_fields, who=Role.MEMBER, visible="form-digest-hour-visible")
async def hour_filled(call: Call, values: dict[str, str]) -> Reply:
    """An hour typed, such as « 18 h 30 »."""
    return await _choose(call, replace(await _slot(call), at=_readable(values["at"])))


@section("me", order=20, who=Role.MEMBER)
async def on_screen(call: Call) -> Sequence[Line | Button]:
    """The line of *Moi*, and its button."""
    if not service.on(call):
        return ()
    row = await digests.choice(call.session, call.person_id, call.here.id)
    return (
        Line("me-digest", {"digest": _told(row)}),
        Button("digest") if row else await _one_tap(call),
    )


@kit_section(75)
async def in_kit(call: Call) -> list[Line | Button]:
    """That there is a digest, and the one tap that chooses it."""
    row = await digests.choice(call.session, call.person_id, call.here.id)
    return [] if row or not service.on(call) else [Line("welcome-kit-digest"), await _one_tap(call)]


async def stop(call: Call) -> bool:
    """No digest here any more for whoever acts; whether there was one."""
    stopped = await digests.stop(call.session, call.person_id, call.here.id)
    await sending.chosen(call)
    return stopped


async def _one_tap(call: Call) -> Button:
    """The digest that the community offers."""
    slot = await _slot(call)
    return Button(
        "digest.every", (slot.every,), label=f"digest-button-{slot.every}", values=_hour(slot)
    )


async def _choose(call: Call, slot: Slot) -> Reply:
    if not service.on(call):
        raise Complaint("digest-off")
    person, _ = await mine(call)
    person.muted = [kind for kind in person.muted if kind != "digest"]
    await digests.choose(call.session, call.person_id, call.here.id, slot, now=call.now)
    await sending.chosen(call)
    return await _page(call, "digest-chosen")


async def _slot(call: Call) -> Slot:
    """What is chosen now, or what the community offers."""
    person, _ = await mine(call)
    offered = service.offered(call, person.zone or call.here.zone.key)
    row = await digests.choice(call.session, call.person_id, call.here.id)
    if row is None:
        return offered
    return replace(offered, every=row.every, parity=row.parity, weekday=row.weekday, at=row.at)


async def _page(call: Call, title: str) -> Say:
    if not service.on(call):
        return Say("digest-off", buttons=BACK)
    row = await digests.choice(call.session, call.person_id, call.here.id)
    slot = await _slot(call)
    lines = [Line("me-digest", {"digest": _told(row)})]
    if row is None:
        often = [Button("digest.every", (each,), label=f"digest-button-{each}",
                        values=_hour(slot)) for each in rules.LENGTHS]  # fmt: skip
        return Say(title, lines=tuple(lines), buttons=(*often, Button("digest.now"), *BACK))
    lines.append(Line("digest-next", {"day": _next(call, slot)}))
    others = [each for each in (*rules.LENGTHS, "none") if each != row.every]
    often = [Button("digest.every", (each,), label=f"digest-button-{each}",
                    values=_hour(slot)) for each in others]  # fmt: skip
    change = (Button("digest.days"), Button("digest.hours"))
    return Say(title, lines=tuple(lines), buttons=(*often, *change, Button("digest.now"), *BACK))


def _next(call: Call, slot: Slot) -> Day:
    return Day(local_day(slot.after(call.now), ZoneInfo(slot.zone)))


def _told(row: digests.DigestRow | None) -> Value:
    return service.told(row.every, row.weekday, row.at) if row else Key("digest-none")


def _hour(slot: Slot) -> dict[str, Value]:
    at = TimeOfDay(time.fromisoformat(slot.at))
    return {"day": Key(f"me-day-{slot.weekday}"), "at": at}


def _readable(text: str) -> str:
    """An hour as it is kept. Complaint when it means nothing."""
    return str(read(table.by_name(service.AT), text))
