"""Access trouble: reported in two questions, told to who can mend it, closed by either side [AN-7].

Anybody may report, a visitor too: whoever cannot get in is the one who needs it most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.events import Account
from bot.messages import (
    AskForm,
    Button,
    Edit,
    Effect,
    Intend,
    Line,
    Reply,
    Say,
    ToAccount,
    ToAnimators,
    ToPerson,
)
from bot.people import Role
from bot.registry import Field, Item, button, command, form, section
from bot.values import Day, Key, TimeOfDay, Typed
from bot.when import local_day
from commands.todo import waited
from storage import people, problems
from storage.problems import ProblemRow

KINDS = ("access", "link", "network", "other")
MOST = 5
"""Open problems of one person: more of them say nothing new."""
_ACCOUNT = re.compile(r"@[^\s(),;]+|\b(?:slack|terminal):[^\s(),;]+")


@command("problem", "probleme")
async def problem(call: Call) -> Reply:
    """The form, or one's own open problems."""
    return await report(call)


@button("problem")
async def report(call: Call) -> Reply:
    """The same, from the door « Qui peut m'aider? »."""
    mine = await _mine(call)
    if not mine:
        return AskForm("problem")
    lines = [Line("problem-own", {**_about(call, row), "n": at}) for at, row in _numbered(mine)]
    closing = [
        Button("problem.close", (row.id or 0,), label="problem-close-one", values={"n": at})
        for at, row in _numbered(mine)
    ]
    return Say("problem-mine", lines=tuple(lines), buttons=(*closing, Button("problem.new")))


@button("problem.new")
async def another(call: Call) -> Reply:
    """One more, beside those that are open."""
    if len(await _mine(call)) >= MOST:
        raise Complaint("problem-enough", {"technical": call.here.contacts.get("technical", "")})
    return AskForm("problem")


async def _fields(call: Call, state: object) -> Sequence[Field]:
    kinds = tuple((kind, f"problem-kind-{kind}") for kind in KINDS)
    return [Field("kind", "choice", options=kinds), Field("words", longest=500)]


@form("problem", fields=_fields, visible="form-problem-visible")
async def noted(call: Call, values: dict[str, str]) -> Reply:
    """Keeps the problem and tells who can mend it."""
    row = await problems.add(
        call.session,
        call.here.id,
        account=call.who.account,
        name=await _name(call),
        kind=values["kind"],
        words=values["words"],
        at=call.now,
    )
    technical = call.here.contacts.get("technical", "")
    thanks = Say(
        "problem-noted",
        {"technical": technical},
        buttons=(Button("problem.close", (row.id or 0,)),),
    )
    return [thanks, await _told(call, row)]


@button("problem.see", who=Role.ANIMATOR, shows=True)
async def see(call: Call, number: int) -> Reply:
    """The problem in its author's words."""
    row = await problems.get(call.session, call.here.id, number)
    if row is None:
        raise Complaint("answers-expired-button", {"state": Key("problem-unknown")})
    if row.solved is not None:
        return Say("problem-card-solved", await _solved(call, row))
    return _card(call, row)


@button("problem.solved", who=Role.ANIMATOR, lasting=True)
async def solved(call: Call, number: int) -> Reply:
    """Somebody of the team has mended it."""
    row = await problems.get(call.session, call.here.id, number)
    if row is None:
        raise Complaint("answers-expired-button", {"state": Key("problem-unknown")})
    return await _close(call, row)


@button("problem.close", lasting=True)
async def close(call: Call, number: int) -> Reply:
    """Its author, or the technical contact, says that it is settled."""
    row = await problems.get(call.session, call.here.id, number)
    mends = call.who.person_id is not None and call.who.person_id == await _technical(call)
    if row is None or not (mends or row.account in await _accounts(call)):
        raise Complaint("answers-expired-button", {"state": Key("problem-unknown")})
    return await _close(call, row)


@section("todo", order=30, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """Problems that nobody has settled, with their age."""
    rows = await problems.waiting(call.session, call.here.id)
    return [
        Item(
            Line("problem-waiting", {**_about(call, row), "name": row.name}),
            Button("problem.see", (row.id or 0,)),
            row.at,
        )
        for row in rows
    ]


async def _close(call: Call, row: ProblemRow) -> list[Effect]:
    own = row.account in await _accounts(call)
    by = None if own else call.account_id
    if not await problems.solve(call.session, row.id or 0, at=call.now, by=by):
        raise await _too_late(call, row)
    await call.session.refresh(row)
    effects: list[Effect] = [Edit(_receipt(row), "problem-card-solved", await _solved(call, row))]
    if own:
        return [*effects, Say("problem-closed")]
    told = Say(
        "problem-told",
        {"name": await _name(call), "at": Day(local_day(row.at, call.here.zone))},
        ToAccount(row.account),
    )
    return [*effects, Say("problem-thanks", {"name": row.name}), told]


async def _too_late(call: Call, row: ProblemRow) -> Complaint:
    await call.session.refresh(row)
    when = row.solved or call.now
    return Complaint(
        "answers-expired-button-someone-first",
        {
            "name": await problems.solver(call.session, row),
            "time": TimeOfDay(when.astimezone(call.here.zone).time()),
            "state": Key("problem-is-solved"),
        },
    )


async def _told(call: Call, row: ProblemRow) -> Effect:
    """The technical contact when they are one of us, else the animators."""
    card = _card(call, row)
    technical = await _technical(call)
    if technical is None or technical == call.who.person_id:
        return Say(
            card.key, card.values, ToAnimators(), buttons=card.buttons, kind="card", name=card.name
        )
    mended = (Button("problem.close", (row.id or 0,)),)
    private = Say(
        card.key, card.values, ToPerson(technical), buttons=mended, kind="card", name=card.name
    )
    return Intend("card", private, subject=_receipt(row))


def _card(call: Call, row: ProblemRow) -> Say:
    return Say(
        "problem-card",
        {**_about(call, row), "name": row.name, "words": Typed(row.words)},
        buttons=(Button("problem.solved", (row.id or 0,)),),
        kind="card",
        name=_receipt(row),
    )


def _about(call: Call, row: ProblemRow) -> dict[str, Key | int]:
    return {"kind": Key(f"problem-kind-{row.kind}"), "days": waited(call, row.at)}


async def _solved(call: Call, row: ProblemRow) -> dict[str, Key | Day | str]:
    return {
        "kind": Key(f"problem-kind-{row.kind}"),
        "name": row.name,
        "by": await problems.solver(call.session, row),
        "at": Day(local_day(row.solved or call.now, call.here.zone)),
    }


def _receipt(row: ProblemRow) -> str:
    return f"problem:{row.id}"


def _numbered(rows: Sequence[ProblemRow]) -> list[tuple[int, ProblemRow]]:
    return list(enumerate(rows, 1))


async def _mine(call: Call) -> list[ProblemRow]:
    return await problems.waiting(call.session, call.here.id, by=await _accounts(call))


async def _accounts(call: Call) -> tuple[Account, ...]:
    if call.who.person_id is None:
        return (call.who.account,)
    return tuple(await people.accounts_of(call.session, call.who.person_id))


async def _name(call: Call) -> str:
    if call.who.person_id is not None:
        row = await people.membership(call.session, call.who.person_id, call.here.id)
        if row is not None and row.name:
            return row.name
    return call.who.name


async def _technical(call: Call) -> int | None:
    """The person behind the technical contact, when exactly one member is meant."""
    for mention in _ACCOUNT.findall(call.here.contacts.get("technical", "")):
        rows = await people.named(call.session, call.here.id, mention)
        person = await people.person(call.session, rows[0].person_id) if len(rows) == 1 else None
        if person is not None:
            return person.id
    return None
