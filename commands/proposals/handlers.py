"""What a member does: propose a question, choose when it has a twin, follow it, take it back."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from bot import markup
from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import AskForm, Button, Effect, Line, Reply, Say
from bot.people import Role
from bot.registry import Arg, Field, button, command, form, section
from bot.values import Key, Typed
from commands.prompts import service as prompts
from commands.proposals import rules, service
from commands.proposals.service import OPEN
from storage import people, proposals
from storage.proposals import ProposalRow

SHOWN = 8
SHORT = 140
"""Characters of a question on a page that names several."""
MINE = Button("proposal.mine")
ANOTHER = Button("proposal.new")


@command(
    "suggest",
    "proposer",
    who=Role.MEMBER,
    states=OPEN,
    help="member",
    args=(
        Arg("prompt_tag", "tags", optional=True),
        Arg("prompt_text", "text", optional=True),
    ),
)
async def suggest_typed(
    call: Call, prompt_tag: Sequence[str] = (), prompt_text: str | None = None
) -> Reply:
    """Shows what would be sent; without words, one's own proposals or the form."""
    if prompt_text is None:
        return await suggest(call)
    prompts.require_on(call)
    text, inside = rules.parted(_text(prompt_text))
    (await service.checked(call))(text)
    tags = " ".join(dict.fromkeys([*prompt_tag, *inside]))
    return AskForm("suggest-words", (_mark(text),), prefill={"text": text, "tags": tags})


@button("suggest", who=Role.MEMBER, states=OPEN)
async def suggest(call: Call) -> Reply:
    """One's own proposals when there are any, with the way to one more; else the form."""
    prompts.require_on(call)
    if await _mine(call):
        return await mine(call)
    return await another(call)


@button("proposal.new", who=Role.MEMBER, states=OPEN, lasting=True)
async def another(call: Call) -> Reply:
    """The form."""
    await service.require_room(call)
    return AskForm("suggest")


@button("proposal.mine", who=Role.MEMBER, lasting=True, shows=True)
async def mine(call: Call) -> Reply:
    """What one proposed, and what became of each."""
    rows = (await _mine(call))[:SHOWN]
    new = (ANOTHER,) if call.here.state in OPEN else ()
    if not rows:
        return Say("proposals-none", buttons=(*new, Button("home")))
    lines, buttons = [], []
    for n, row in enumerate(rows, 1):
        lines.append(_line(call, row, n))
        if row.state in ("waiting", "left"):
            action = "proposal.withdraw" if row.state == "waiting" else "proposal.again"
            label = f"proposals-number-{action.removeprefix('proposal.')}"
            buttons.append(Button(action, service.number(row), label=label, values={"n": n}))
    return Say("proposals-mine", lines=tuple(lines), buttons=(*buttons, *new, Button("home")))


@section("me", order=60, who=Role.MEMBER)
async def on_me(call: Call) -> list[Line | Button]:
    """How many wait, with the way to all of them."""
    rows = await _mine(call)
    waiting = sum(row.state == "waiting" for row in rows)
    return [Line("proposals-me", {"n": waiting}), MINE] if rows else []


async def fields(call: Call, state: Any) -> Sequence[Field]:
    """One question: the proposal in its author's words.

    What is refused is refused here: the question then gives the words back.
    """
    check = await service.checked(call)

    def readable(typed: str) -> str:
        text = _text(typed)
        check(rules.parted(text)[0])
        return text

    now = {"now": state.values.get("text", "")}
    return (Field("text", check=readable, longest=rules.LONGEST, values=now),)


@form("suggest", fields=fields, who=Role.MEMBER, visible="form-suggest-visible", states=OPEN)
async def suggested(call: Call, values: Mapping[str, str], *mark: str | int) -> Reply:
    """The words were typed under the line that says who reads them: they are sent."""
    text, tags = rules.parted(values["text"])
    return await _sent(call, text, [*tags, *rules.tags_kept(values)])


async def words_fields(call: Call, state: Any) -> Sequence[Field]:
    """Whether to send what was typed after the command."""
    said = {
        "text": Typed(state.values.get("text", "")),
        "tags": service.tags(rules.tags_kept(state.values)),
    }
    options = (("send", "form-suggest-words-send-yes"), ("change", "form-suggest-words-send-no"))
    return (Field("send", "choice", options=options, values=said),)


@form(
    "suggest-words",
    fields=words_fields,
    who=Role.MEMBER,
    visible="form-suggest-visible",
    states=OPEN,
)
async def worded(call: Call, values: Mapping[str, str], mark: int) -> Reply:
    """Sends them, or asks for them anew with these standing there."""
    text = _text(values.get("text", ""))
    if values["send"] == "change":
        kept = {"text": text, "tags": values.get("tags", "")}
        return AskForm("suggest", (mark,), prefill=kept)
    return await _sent(call, text, rules.tags_kept(values))


@button("proposal.send", who=Role.MEMBER, states=OPEN, lasting=True)
@button("proposal.again", who=Role.MEMBER, states=OPEN, lasting=True)
async def send_it(call: Call, proposal_id: int) -> Reply:
    """Its author has seen the twin and proposes it all the same, or came back and does so anew."""
    row = await service.own(call, proposal_id)
    await service.require_room(call)
    if not await proposals.send(call.session, row, at=call.now):
        raise _past(row)
    return await _told(call, row)


@button("proposal.leave", who=Role.MEMBER, lasting=True)
async def leave_it(call: Call, proposal_id: int) -> Reply:
    """Its author has seen the twin, and leaves it at that: nothing is kept, nothing is lost."""
    row = await service.own(call, proposal_id)
    if row.state != "unsent":
        raise _past(row)
    text = row.text
    await proposals.withdraw(call.session, row, at=call.now)
    return Say("proposals-left-it", {"text": Typed(text)}, buttons=(ANOTHER, Button("home")))


@button("proposal.withdraw", who=Role.MEMBER, lasting=True)
async def withdraw(call: Call, proposal_id: int) -> Reply:
    """Takes one's own back while it waits; the words are given back, and wiped."""
    row = await service.own(call, proposal_id)
    text, waited = row.text, row.state == "waiting"
    if not waited or not await proposals.withdraw(call.session, row, at=call.now):
        raise _past(row)
    told = Say("proposals-withdrawn", {"text": Typed(text)}, buttons=(ANOTHER, Button("home")))
    return [*await service.edited(call, row), told]


@section("left", order=60, who=Role.COORDINATOR)
async def left(call: Call, person_id: int) -> Reply:
    """What somebody proposed waits no more once they left."""
    accounts = await people.account_ids_of(call.session, person_id)
    rows = await proposals.leave(call.session, call.here.id, accounts, at=call.now)
    return [effect for row in rows for effect in await service.edited(call, row)]


async def _sent(call: Call, text: str, tags: Sequence[str]) -> Reply:
    prompts.require_on(call)
    found = (await service.checked(call))(text)
    row = await proposals.add(
        call.session,
        call.here.id,
        account_id=call.account_id,
        text=text,
        tags=list(dict.fromkeys(tags))[: rules.MOST_TAGS],
        at=call.now,
        twin=found.known.code if found else "",
        sent=found is None,
    )
    if found is None:
        return await _told(call, row)
    values = {
        "code": found.known.code,
        "twin": service.quoted(found.known.words),
        "text": Typed(text),
    }
    number = service.number(row)
    buttons = (Button("proposal.leave", number), Button("proposal.send", number))
    key = "proposals-twin" if found.known.code else "proposals-twin-waiting"
    return Say(key, values, buttons=buttons)


async def _told(call: Call, row: ProposalRow) -> list[Effect]:
    take_back = Button("proposal.withdraw", service.number(row))
    sent = Say("proposals-sent", {"text": Typed(row.text)}, buttons=(take_back, MINE))
    return [sent, *await service.shown(call, row)]


async def _mine(call: Call) -> list[ProposalRow]:
    return await proposals.of(call.session, call.here.id, await service.mine(call))


def _line(call: Call, row: ProposalRow, n: int) -> Line:
    values = {
        "n": n,
        "text": cut(row.text, SHORT),
        "asked": service.day(call, row),
        "decided": service.day(call, row, decided=True),
        "reason": row.reason,
    }
    return Line(f"proposals-mine-{row.state}", values)


def _past(row: ProposalRow) -> Complaint:
    """What became of one's own proposal meanwhile."""
    state = "withdrawn" if row.state in ("left", "unsent") else row.state
    return Complaint(
        "answers-expired-button", {"state": Key(f"proposals-is-{state}", {"code": row.code})}
    )


def _text(typed: str) -> str:
    """The words of a question. Complaint when there are none, or too many."""
    text = markup.cleaned(typed).strip()
    if not rules.plain(rules.parted(text)[0]):
        raise Complaint("proposals-blank")
    if len(text) > rules.LONGEST:
        raise Complaint("forms-too-long", {"longest": rules.LONGEST, "length": len(text)})
    return text


def _mark(text: str) -> int:
    """Tells the form of these words from that of others begun before: none replaces another."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
