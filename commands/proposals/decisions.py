"""What animators make of a proposal: accept it, mend it first, or decline it kindly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import AskForm, Button, Effect, Intend, Line, Reply, Say, ToPerson
from bot.people import Role
from bot.registry import Field, Item, button, form, section
from bot.values import Typed
from commands.prompts import rules as prompt_rules
from commands.proposals import rules, service
from commands.proposals.service import OPEN
from storage import admission, prompts, proposals
from storage.proposals import ProposalRow

SHOWN = 8
SHORT = 140
"""Characters of a question on a page that names several."""


@button("proposals", who=Role.ANIMATOR, states=OPEN, shows=True)
async def waiting_list(call: Call) -> Reply:
    """What members proposed and nobody decided, oldest first, each with its button."""
    rows = await proposals.waiting(call.session, call.here.id)
    if not rows:
        bank = Button("prompt.list", (1,), label="proposals-bank")
        return Say("proposals-nothing", buttons=(bank, Button("home")))
    shown = rows[:SHOWN]
    lines = [
        Line(
            "proposals-waiting",
            {"n": n, "text": cut(row.text, SHORT), "asked": service.day(call, row)},
        )
        for n, row in enumerate(shown, 1)
    ]
    if len(rows) > SHOWN:
        lines.append(Line("proposals-others", {"n": len(rows) - SHOWN}))
    buttons = tuple(
        Button("proposal.card", service.number(row), label="proposals-number", values={"n": n})
        for n, row in enumerate(shown, 1)
    )
    return Say("proposals-list", {"n": len(rows)}, lines=tuple(lines), buttons=buttons)


@button("proposal.card", who=Role.ANIMATOR, lasting=True, shows=True)
async def show(call: Call, proposal_id: int) -> Reply:
    """One proposal in private, with what may be done with it."""
    row = await service.undecided(call, proposal_id)
    say = await service.card(call, row)
    return Say(say.key, say.values, lines=say.lines, buttons=say.buttons, kind="card")


@button("proposal.accept", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def accept(call: Call, proposal_id: int) -> Reply:
    """Puts it into the bank as it is; the first decision wins."""
    row = await service.undecided(call, proposal_id)
    return await _accepted(call, row, row.text, row.tags)


@button("proposal.modify", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def modify(call: Call, proposal_id: int) -> Reply:
    """Asks for the words and tags in which it goes into the bank."""
    row = await service.undecided(call, proposal_id)
    now = {"text": row.text, "tags": " ".join(row.tags)}
    return AskForm("proposal-modify", (proposal_id,), prefill=now)


async def modify_fields(call: Call, state: Any) -> Sequence[Field]:
    """The words, then the tags."""
    text, tags = ({"now": state.values.get(name, "")} for name in ("text", "tags"))
    return (
        Field("text", check=_worded, longest=rules.LONGEST, values=text),
        Field("tags", required=False, longest=200, key="form-prompt-tags", values=tags),
    )


@form(
    "proposal-modify",
    fields=modify_fields,
    who=Role.ANIMATOR,
    visible="form-proposal-modify-visible",
    states=OPEN,
)
async def modified(call: Call, values: Mapping[str, str], proposal_id: int) -> Reply:
    """It goes into the bank in these words."""
    row = await service.undecided(call, proposal_id)
    tags = prompt_rules.tags_of(values.get("tags", ""))
    return await _accepted(call, row, values["text"], tags)


@button("proposal.decline", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def decline(call: Call, proposal_id: int) -> Reply:
    """Asks for a short reason, which may be left out."""
    await service.undecided(call, proposal_id)
    return AskForm("proposal-decline", (proposal_id,))


async def decline_fields(call: Call, state: Any) -> Sequence[Field]:
    """The reason, beside what it is about."""
    row = await proposals.get(call.session, call.here.id, int(state.args[0]))
    about = {"text": Typed(row.text)} if row else {"text": ""}
    return (Field("reason", required=False, longest=rules.LONGEST_REASON, values=about),)


@form(
    "proposal-decline",
    fields=decline_fields,
    who=Role.ANIMATOR,
    visible="form-proposal-decline-visible",
    states=OPEN,
)
async def declined(call: Call, values: Mapping[str, str], proposal_id: int) -> Reply:
    """It does not go into the bank; its author is thanked, and reads the reason."""
    row = await service.undecided(call, proposal_id)
    reason = values.get("reason", "")
    by = call.account_id
    if not await proposals.decide(call.session, row, "declined", by=by, at=call.now, reason=reason):
        raise await service.taken(call, row)
    await service.note(call, "proposal-decline")
    values_ = {"text": Typed(row.text), "reason": reason}
    again = (Button("proposal.new"),)
    told = await _author(call, row, Say("proposals-told-declined", values_, buttons=again))
    return [*await service.edited(call, row), *told, *_done(call, row, Say("proposals-declined"))]


@section("todo", order=40, who=Role.ANIMATOR)
async def to_decide(call: Call) -> list[Item]:
    """The proposals that wait, where they can be decided."""
    if call.here.state not in OPEN or not call.here.settings.get("prompts", True):
        return []
    return [
        Item(
            Line("proposals-todo", {"text": cut(row.text, SHORT)}),
            Button("proposal.card", service.number(row)),
            row.at,
        )
        for row in await proposals.waiting(call.session, call.here.id)
    ]


async def _accepted(call: Call, row: ProposalRow, text: str, tags: Sequence[str]) -> list[Effect]:
    by, before = call.account_id, row.text
    if not await proposals.decide(call.session, row, "accepted", by=by, at=call.now):
        raise await service.taken(call, row)
    # The bank knows its author until they go, and nobody afterwards.
    code = await prompts.add(
        call.session, call.here.id, text=text, tags=tags, by=row.account_id, at=call.now
    )
    await proposals.in_bank(call.session, row, code=code, text=text, tags=tags)
    await service.note(call, "proposal-accept", code)
    key = "proposals-told-accepted" if text == before else "proposals-told-mended"
    told = await _author(call, row, Say(key, {"text": Typed(text)}))
    values = {"code": code, "text": Typed(text)}
    here = (Button("prompt.post", (code,)), Button("prompt.edit", (code,)))
    done = Say("proposals-accepted", values, buttons=here)
    return [*await service.edited(call, row), *told, *_done(call, row, done)]


async def _author(call: Call, row: ProposalRow, say: Say) -> list[Effect]:
    """Tells who proposed it, at once; nobody is told their own decision."""
    person = await admission.owner_of(call.session, row.account_id)
    if person is None or person == call.person_id:
        return []
    said = Say(say.key, say.values, ToPerson(person), buttons=say.buttons, kind="decision")
    return [Intend("decision", said, subject=service.name_of(row))]


def _done(call: Call, row: ProposalRow, say: Say) -> list[Effect]:
    """An answer, unless the card that was pressed says it all."""
    pressed = call.receipt.name if call.receipt else None
    return [] if pressed == service.name_of(row) else [say]


def _worded(typed: str) -> str:
    """The words in which it is kept. Complaint when there are none."""
    if not rules.plain(typed):
        raise Complaint("proposals-blank")
    return typed
