"""*Qui verra ça?* under every form and every message with an answer: who reads it, by name [§12].

Who reads what stands here once, in the terms of `bot.permissions`; everything else is computed from
the roles and spaces of this community at the moment somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.permissions import (
    ANSWERED_BY_TEAM,
    EVERY_MEMBER,
    IN_DISCUSSION,
    SELF,
    TEAM,
    Readers,
)
from bot.registry import button
from bot.values import Key, Names, Value
from commands.privacy import admin_reads, hosts
from storage import people, spaces

FORMS: Mapping[str, Readers] = {
    "charter": EVERY_MEMBER,
    "charter-question": TEAM,
    "correct": IN_DISCUSSION,
    "decline": ANSWERED_BY_TEAM,
    "digest-hour": SELF,
    "hours": SELF,
    "join": TEAM,
    "pause": SELF,
    "precision": ANSWERED_BY_TEAM,
    "problem": TEAM,
    "profile": EVERY_MEMBER,
    "prompt-add": IN_DISCUSSION,
    "prompt-answer": IN_DISCUSSION,
    "prompt-edit": IN_DISCUSSION,
    "prompt-schedule": TEAM,
    "proposal-decline": ANSWERED_BY_TEAM,
    "proposal-modify": IN_DISCUSSION,
    "remove": ANSWERED_BY_TEAM,
    "request-answer": TEAM,
    "setup": EVERY_MEMBER,
    "suggest": IN_DISCUSSION,
    "suggest-words": IN_DISCUSSION,
    "synthesis": IN_DISCUSSION,
    "write": TEAM,
    "write-back": ANSWERED_BY_TEAM,
}
"""Who reads what is answered in each form; its `visible` line says how long it is kept."""


@button("who_will_see", lasting=True, shows=True)
async def who_will_see(call: Call, about: str, which: str | int) -> Reply:
    """Who reads what one answers there, where it stands, and who could read it besides."""
    if about == "posting":
        return await _said(call, IN_DISCUSSION, [Line(f"who-will-see-{way}") for way in WAYS])
    form, readers = call.registry.forms.get(str(which)), FORMS.get(str(which))
    if form is None or form.visible is None or readers is None:
        raise Complaint("answers-expired-button", {"state": ""})
    said = await _said(call, readers, [Line(form.visible)])
    # What can be pressed keeps its receipt, and such a form leaves none.
    return replace(said, buttons=()) if form.traceless else said


WAYS = ("tap", "thread", "private")
"""The ways of answering a prompt: each is seen by others."""


async def _said(call: Call, readers: Readers, first: Sequence[Line]) -> Say:
    lines = [*first, *await _readers(call, readers), *await _rooms(call, readers)]
    bot = Key("privacy-bot")
    reads = Key(admin_reads(call), {"bot": bot})
    lines += [
        Line("who-will-see-server", {"reads": reads}),
        Line("who-sees-what-after", hosts(call)),
    ]
    return Say(
        "who-will-see-title",
        lines=tuple(lines),
        buttons=(Button("who_sees", label="guide-me-button-who-sees"),),
        kept=False,
    )


async def _readers(call: Call, readers: Readers) -> list[Line]:
    if readers.least is None:
        return [Line("who-will-see-self")]
    rows = await people.members(call.session, call.here.id, least=readers.least)
    found = [Line("who-will-see-addressee")] if readers.addressee else []
    if readers.least >= Role.ANIMATOR:
        names: Value = Names(tuple(row.name for row in rows if row.name))
        return [*found, Line("who-will-see-team", {"names": names})]
    return [*found, Line("who-will-see-members", {"n": len(rows)})]


async def _rooms(call: Call, readers: Readers) -> list[Line]:
    every = await spaces.every(call.session, call.here.id)
    return [
        Line(
            "who-will-see-room-public" if row.public else "who-will-see-room",
            {"space": row.title or row.external},
        )
        for row in every
        if row.use in readers.uses and row.stopped is None
    ]
