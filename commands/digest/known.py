"""What a digest says of prompts, syntheses and the charter, on both its pages."""

from __future__ import annotations

from datetime import datetime

from bot.call import Call
from bot.messages import Button, Line
from bot.people import Role
from bot.registry import section
from commands.digest import rules
from commands.digest.rules import Part
from commands.prompts import service, wording
from storage import charter, postings, syntheses
from storage.syntheses import SynthesisRow

PROMPTS = 3
CHARTER = "guide-existing-room-button-read-charter"
RETURNED = 2
"""Syntheses that somebody reads who comes back."""


@section("digest", order=10, who=Role.MEMBER)
async def synthesis(call: Call, since: datetime) -> Part | None:
    """The last thing that somebody summed up."""
    found = await syntheses.latest(call.session, call.here.id, most=1)
    return Part((_summed_up(found[0]),), new=found[0].at > since) if found else None


@section("digest", order=50, who=Role.MEMBER)
async def prompts(call: Call, since: datetime) -> Part | None:
    """One question to answer in one tap, and the others that are open."""
    found = await postings.latest(call.session, call.here.id, most=PROMPTS, still_open=True)
    if not found or call.here.state != "open":
        return None
    asked, *others = await service.all_posted(call, found)
    lines = [Line("digest-question", {"question": asked.question})]
    people = await postings.people(call.session, found[0])
    if people >= rules.AUTHORS:
        lines.append(Line("digest-answered", {"n": people}))
    lines += [Line("digest-open", {"question": each.question}) for each in others]
    taps = [each for each in wording.buttons(found[0], asked) if each.action == "prompt.tap"]
    more = (Button("current_prompt", label="digest-button-prompts"),) if others else ()
    return Part(
        tuple(lines),
        (*taps, *more),
        new=any(posting.posted_at > since for posting in found),
    )


@section("return", order=10, who=Role.MEMBER)
async def charter_changed(call: Call, since: datetime) -> Part | None:
    """A charter that was published meanwhile."""
    version = await charter.current(call.session, call.here.id)
    if version is None or version.published < since:
        return None
    line = Line("return-charter", {"version": version.number})
    return Part((line,), (Button("read_charter", label=CHARTER),))


@section("return", order=20, who=Role.MEMBER)
async def pace_changed(call: Call, since: datetime) -> Part | None:
    """That the community is in a crisis: much stands still."""
    if call.here.mode != "crisis":
        return None
    return Part((Line("return-crisis"),))


@section("return", order=50, who=Role.MEMBER)
async def summed_up(call: Call, since: datetime) -> Part | None:
    """What was summed up meanwhile."""
    found = await syntheses.latest(call.session, call.here.id, most=RETURNED)
    lines = tuple(_summed_up(row) for row in found if row.at >= since)
    return Part(lines) if lines else None


@section("return", order=60, who=Role.MEMBER)
async def still_open(call: Call, since: datetime) -> Part | None:
    """The prompts that can still be answered, of those that came meanwhile."""
    found = await postings.latest(call.session, call.here.id, most=PROMPTS, still_open=True)
    found = [posting for posting in found if posting.posted_at >= since]
    lines = tuple(
        Line("return-open", {"question": each.question})
        for each in await service.all_posted(call, found)
    )
    more = (Button("current_prompt", label="digest-button-prompts"),)
    return Part(lines, more) if lines else None


def _summed_up(row: SynthesisRow) -> Line:
    """One synthesis: what it was about, and what people agree on, or what stays open."""
    question = rules.short(row.words.get("question", ""), 15)
    kept = row.words.get("agreed") or row.words.get("open") or row.words.get("link") or ""
    values = {"question": question, "kept": rules.short(kept)}
    return Line("digest-synthesis" if question and kept else "digest-kept", values)
