"""How to be left in peace: hours of one's own, pauses, and the kinds one does without [AT-3].

What a person chooses here wins over every community (e.4), and is looked at again at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.call import Call
from bot.courtesy import KINDS
from bot.errors import Complaint
from bot.messages import AskForm, Button, Line, Look, Reply, Say
from bot.people import Role
from bot.registry import Arg, Field, button, command, form
from bot.values import Key
from bot.when import parse_hours
from commands.digest import back, choosing
from commands.me import rules
from commands.me.screen import BACK, mine

LENGTHS = {"week": 7, "fortnight": 14, "month": 30}
"""The pauses that have a button, in days."""


@button("pace", who=Role.MEMBER, shows=True)
async def pace(call: Call) -> Reply:
    """When and what the bot may write to this person."""
    person, _ = await mine(call)
    lines = (
        Line("me-hours", {"hours": rules.hours_text(person.hours, call)}),
        Line("me-pause", {"pause": rules.pause_text(person.pause_until, call)}),
        Line("me-muted", {"kinds": rules.kinds_text(rules.muted(person.muted), call)}),
    )
    hours = tuple(
        Button("hours", (name,), label=f"button-hours-{name}")
        for name in ("community", "evening", "night", "other")
    )
    more = (Button("notifications"), Button("pause", label="guide-me-button-pause"))
    return Say("pace-own", lines=lines, buttons=(*hours, *more, *BACK))


@button("fewer", who=Role.MEMBER, shows=True)
async def fewer(call: Call) -> Reply:
    """« Moins de messages » of the first message: the same page."""
    return await pace(call)


@button("hours", who=Role.MEMBER, lasting=True)
async def hours(call: Call, which: str) -> Reply:
    """Hours that were offered, or a form for others."""
    if which == "other":
        return AskForm("hours")
    person, _ = await mine(call)
    person.hours = rules.hours_kept(rules.HOURS[which]) if which in rules.HOURS else None
    return await _hours_changed(call, person)


async def _hours_fields(call: Call, state: Any) -> Sequence[Field]:
    return (Field("hours", check=_readable_hours, longest=100),)


@form("hours", fields=_hours_fields, who=Role.MEMBER, visible="form-hours-visible")
async def hours_filled(call: Call, values: dict[str, str]) -> Reply:
    """Hours typed, such as « 20 h à 22 h »."""
    person, _ = await mine(call)
    found = parse_hours(_readable_hours(values["hours"]))
    assert found is not None
    person.hours = rules.hours_kept(found)
    return await _hours_changed(call, person)


async def _hours_changed(call: Call, person: Any) -> Reply:
    await call.session.flush()
    told = Say("hours-changed", {"hours": rules.hours_text(person.hours, call)}, buttons=BACK)
    return [told, _look(call)]


def _readable_hours(text: str) -> str:
    if parse_hours(text) is None:
        raise Complaint("hours-unreadable")
    return text


@command("pause", who=Role.MEMBER, args=(Arg("until", "text", optional=True),))
async def pause_typed(call: Call, until: str | None = None) -> Reply:
    """A pause until a date, for a length of time, or its end; alone, the choices."""
    if until is None:
        return await pause(call)
    zone = call.voice(call.actor).zone
    return await _pause(call, rules.understand_pause(until, call.now, zone, call.language))


@button("pause", who=Role.MEMBER, shows=True)
async def pause(call: Call) -> Reply:
    """How long? With the way to end a pause that has begun."""
    person, _ = await mine(call)
    under_way = person.pause_until is not None and person.pause_until > call.now
    choices = [
        Button("pause.for", (name,), label=f"button-pause-for-{name}")
        for name in (*LENGTHS, "other", "endless")
    ]
    end = [Button("pause.end")] if under_way else []
    value = {"pause": rules.pause_text(person.pause_until, call)}
    return Say("pause-choose", value, buttons=(*end, *choices, *BACK))


@button("pause.for", who=Role.MEMBER, lasting=True)
async def pause_for(call: Call, length: str) -> Reply:
    """One of the lengths offered, a date to type, or no end."""
    if length == "other":
        return AskForm("pause")
    if length == "endless":
        return await _pause(call, rules.NO_END)
    if length not in LENGTHS:
        raise Complaint("answers-expired-button", {"state": ""})
    zone = call.voice(call.actor).zone
    return await _pause(call, rules.ends_after(timedelta(days=LENGTHS[length]), call.now, zone))


@button("pause.end", who=Role.MEMBER, lasting=True)
async def pause_end(call: Call) -> Reply:
    """Ends the pause now."""
    return await _pause(call, None)


async def _pause_fields(call: Call, state: Any) -> Sequence[Field]:
    def readable(text: str) -> str:
        rules.understand_pause(text, call.now, call.voice(call.actor).zone, call.language)
        return text

    return (Field("until", check=readable, longest=100),)


@form("pause", fields=_pause_fields, who=Role.MEMBER, visible="form-pause-visible")
async def pause_filled(call: Call, values: dict[str, str]) -> Reply:
    """A date typed after the question."""
    return await pause_typed(call, values["until"])


async def _pause(call: Call, until: datetime | None) -> Reply:
    person, _ = await mine(call)
    paused = person.pause_until is not None and person.pause_until > call.now
    begun = rules.away_since(person.notes, call.now) if paused else call.now
    person.notes = {**person.notes, rules.AWAY: begun.isoformat()}
    person.pause_until = until
    person.pause_set_at = call.now if until is not None else None
    await call.session.flush()
    if until is None:
        key = "pause-ended" if paused else "pause-none"
        told = Say(key, {"hours": rules.hours_text(person.hours, call)}, buttons=BACK)
        found = await back.essentials(call, call.person_id, begun) if paused else None
        essentials = [found] if found is not None else []
        return [told, *essentials, *back.called_off(call.person_id), _look(call)]
    told = Say(
        "pause-begun",
        {"pause": rules.pause_text(until, call)},
        buttons=(Button("pause.end"), *BACK),
    )
    if until >= rules.NO_END:
        return [told, *back.called_off(call.person_id), _look(call)]
    return [told, *back.expected(call, call.person_id, until, begun), _look(call)]


@command("notifications", who=Role.MEMBER, shows=True)
async def notifications_typed(call: Call) -> Reply:
    """The kinds of message this person receives, each with its switch."""
    return await notifications(call)


@button("notifications", who=Role.MEMBER, shows=True)
async def notifications(call: Call) -> Reply:
    """The same, by its button."""
    person, _ = await mine(call)
    offered = rules.choosable(call.role)
    wanted = [kind for kind in offered if kind not in person.muted]
    unwanted = [kind for kind in offered if kind in person.muted]
    switches = [
        Button(
            "kind",
            (kind, "no" if kind in wanted else "yes"),
            label="button-kind-on" if kind in wanted else "button-kind-off",
            values={"kind": Key(f"kind-{kind}")},
        )
        for kind in offered
    ]
    return Say(
        "notifications-title",
        lines=(
            Line("notifications-wanted", {"kinds": rules.kinds_text(wanted, call)}),
            Line("notifications-unwanted", {"kinds": rules.kinds_text(unwanted, call)}),
            Line("notifications-always"),
        ),
        buttons=(*switches, *BACK),
    )


@button("kind", who=Role.MEMBER, lasting=True)
async def kind_switched(call: Call, kind: str, wanted: str) -> Reply:
    """Receives a kind again, or no longer."""
    await _mute(call, kind, off=wanted != "yes")
    key = "notifications-on" if wanted == "yes" else "notifications-off"
    told = Say(key, {"kind": Key(f"kind-{kind}")}, buttons=(Button("notifications"), *BACK))
    return [told, _look(call)]


@button("less", who=Role.MEMBER, lasting=True)
async def less(call: Call, kind: str) -> Reply:
    """« Moins de ceci », under a message that the bot began."""
    if kind == "digest":
        await choosing.stop(call)
        buttons = (Button("digest", label="button-kind-again"), Button("me"))
        return [Say("why-less-done", lines=(Line("less-digest"),), buttons=buttons), _look(call)]
    await _mute(call, kind, off=True)
    again = Button("kind", (kind, "yes"), label="button-kind-again")
    pace_ = Button("pace", label="guide-me-button-pace")
    line = Line("less-kind", {"kind": Key(f"kind-{kind}")})
    return [Say("why-less-done", lines=(line,), buttons=(again, pace_)), _look(call)]


async def _mute(call: Call, kind: str, *, off: bool) -> None:
    if kind not in KINDS or not KINDS[kind].mutable:
        raise Complaint("answers-expired-button", {"state": ""})
    person, _ = await mine(call)
    others = [each for each in person.muted if each != kind]
    person.muted = [*others, kind] if off else others
    await call.session.flush()


def _look(call: Call) -> Look:
    """What waits for this person is decided again, with what was just chosen."""
    return Look("person", str(call.person_id))
