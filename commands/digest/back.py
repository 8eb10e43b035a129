"""Back from a break: the essentials once, in ten lines at most, and never sixty messages [AT-3]."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.call import Call, within
from bot.courtesy.facts import FIRST_SILENCE
from bot.messages import Button, Effect, Intend, Line, Reply, Say, ToPerson, Void
from bot.people import Role
from bot.registry import composer
from commands.digest import rules, service
from commands.digest.rules import Part

KIND = "return-digest"


def expected(call: Call, person_id: int, until: datetime, begun: datetime) -> list[Effect]:
    """A break begins, or ends at another time: its digest leaves after the end, and not before."""
    return [
        *called_off(person_id),
        Intend(
            KIND,
            Say("return-title", {"community": call.here.name}, to=ToPerson(person_id)),
            earliest=max(until, call.now + FIRST_SILENCE),
            subject=_subject(person_id),
            merge_key=_subject(person_id),
            compose="digest.back",
            args=(begun.isoformat(),),
        ),
    ]


def called_off(person_id: int) -> list[Effect]:
    """The break has no end any more, or has ended by hand."""
    return [Void(_subject(person_id), KIND)]


@composer("digest.back")
async def back(call: Call, to: ToPerson, begun: str) -> Reply:
    """What somebody reads whose break ended by itself."""
    found = await essentials(call, to.person_id, datetime.fromisoformat(begun))
    return None if found is None else _with(found, Line("why-pause-over"))


async def essentials(call: Call, person_id: int, since: datetime) -> Say | None:
    """What happened since then and still matters, in all communities of this person."""
    lines: list[Line] = []
    buttons: list[Button] = []
    found = await _found(call, person_id, since)
    if not found:
        return None
    # The title, and why it came.
    room = (rules.LINES - 2) // len(found)
    for community_id, name, parts in found:
        kept = rules.fitting(parts, _count, room - (len(found) > 1))
        if len(found) > 1:
            lines.append(Line("return-community", {"community": name}))
        lines += [line for part in kept for line in part.lines]
        if community_id == call.here.id:
            buttons += [button for part in kept for button in part.buttons]
        else:
            buttons.append(Button("community.choose", (community_id,), text=name))
    values = {"community": found[0][1]}
    title = "return-title" if len(found) == 1 else "return-title-several"
    return Say(
        title,
        values,
        lines=tuple(lines),
        buttons=tuple({each.key: each for each in buttons}.values()),
        kind=KIND,
    )


async def _found(
    call: Call, person_id: int, since: datetime
) -> list[tuple[int, str, Sequence[Part]]]:
    found: list[tuple[int, str, Sequence[Part]]] = []
    for community in await call.tx.people.communities_of(person_id):
        async with within(call, community.id):
            role = await call.tx.people.role(person_id, community.id)
            if role < Role.MEMBER or community.state != "open":
                continue
            parts = await service.parts(call, "return", since)
            if parts:
                found.append((community.id, community.name, parts))
    return found


def _count(parts: Sequence[Part]) -> int:
    return sum(len(part.lines) for part in parts)


def _with(say: Say, line: Line) -> Say:
    return Say(say.key, say.values, lines=(*say.lines, line), buttons=say.buttons, kind=say.kind)


def _subject(person_id: int) -> str:
    return f"return:{person_id}"
