"""The participation charter: read, agreed to in one tap, written by coordinators [ON-3]."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.messages import (
    AskForm,
    Button,
    Effect,
    EndButtons,
    Intend,
    Line,
    Reply,
    Say,
    ToAnimators,
    ToPerson,
    effects,
)
from bot.people import Role
from bot.ports import FormState
from bot.registry import Field, button, command, form, kit_section, section
from bot.values import Day, Key, Md, Typed
from bot.when import local_day
from commands.charter import service
from storage import charter, people
from storage.charter import Version
from storage.people import MembershipRow


@command("charter", "charte")
async def read(call: Call) -> Reply:
    """The charter in force, in the reader's language when it has it."""
    row, version = await service.standing(call)
    if version is None:
        edits = (Button("charter.edit"),) if call.role is Role.COORDINATOR else ()
        return Say("charter-none", buttons=edits)
    language = version.language(call.language, call.here.language)
    lines = [] if language == call.language else [Line("charter-other-language")]
    text = {"text": Md(version.texts[language])}
    if row is None:
        return Say("charter-shown", text, lines=tuple(lines), kind="charter")
    steps = {**row.steps, "charter_asked": version.version}
    row.steps = {"charter": "read", **steps}
    agreed = await charter.agreement(call.session, call.person_id, call.here.id)
    if agreed is not None and agreed.version >= version.version:
        on = Day(local_day(agreed.at, call.here.zone))
        lines.append(Line("charter-agreed-on", {"version": _number(agreed), "date": on}))
        return Say("charter-shown", text, lines=tuple(lines), kind="charter")
    buttons = ask_buttons(version)[1:]
    name = f"charter:{row.id}"
    return Say(
        "charter-shown", text, lines=tuple(lines), buttons=buttons, kind="charter", name=name
    )


@button("read_charter", lasting=True)
async def read_charter(call: Call) -> Reply:
    """The same, from a button."""
    return await read(call)


@command("charter accept", "charte accepter", who=Role.MEMBER, states=("preparation", "open"))
async def accept(call: Call) -> Reply:
    """Agrees to the version in force."""
    return await accept_charter(call)


@button("accept_charter", who=Role.MEMBER, states=("preparation", "open"))
async def accept_charter(call: Call, asked: int | None = None) -> Reply:
    """Agrees to the version that was asked for; a newer one is shown first."""
    row, version = await service.standing(call)
    if version is None or row is None:
        return Say("charter-none")
    agreed = await charter.agreement(call.session, call.person_id, call.here.id)
    if agreed is not None and (agreed.version, agreed.minor) >= (version.version, version.minor):
        on = Day(local_day(agreed.at, call.here.zone))
        return [*_settled(row), Say("charter-already", {"version": _number(agreed), "date": on})]
    if asked is not None and asked != version.version:
        return [*_settled(row), Say("charter-newer"), *effects(await read(call))]
    language = await service.agree(call, row, version)
    values = {"version": version.number, "language": Key(f"charter-in-{language}")}
    return [*_settled(row), Say("charter-accepted", {**values, "date": _today(call)})]


@button("not_now", who=Role.MEMBER)
async def not_now(call: Call) -> Reply:
    """Later is a good answer: the charter stays where one finds it."""
    row, _ = await service.standing(call)
    return [*(_settled(row) if row else []), Say("charter-not-now")]


@button("charter_question", who=Role.MEMBER)
async def charter_question(call: Call) -> Reply:
    """One question, for the animators."""
    return AskForm("charter-question")


async def question_fields(call: Call, state: FormState) -> Sequence[Field]:
    """The one question of that form."""
    return (Field("question"),)


@form(
    "charter-question",
    fields=question_fields,
    who=Role.MEMBER,
    visible="form-charter-question-visible",
)
async def question_asked(call: Call, values: dict[str, str]) -> Reply:
    """The question goes to the animators; nothing of it is kept."""
    card = {"name": call.who.name, "question": Typed(values["question"])}
    return [
        Say("charter-question-card", card, to=ToAnimators(), kind="alert"),
        Say("charter-question-sent"),
    ]


@section("after", order=10, who=Role.MEMBER)
async def ask_once(call: Call) -> Reply:
    """Each version is offered once, after what the person came for."""
    if call.here.state != "open":
        return None
    found = await service.unasked(call)
    if found is None:
        return None
    row, version, earlier = found
    if earlier:
        return _asked(row, version, Say("charter-new-version", {"version": version.number}))
    return _asked(row, version, Say("guide-charter-ask"))


@section("journey", order=14, who=Role.MEMBER)
async def ask_again(call: Call, row: MembershipRow) -> Reply:
    """Once more on day 14, if it was never opened."""
    version = await charter.current(call.session, call.here.id)
    person = await people.person(call.session, row.person_id)
    if version is None or person is None or person.id is None:
        return None
    agreed = await charter.agreement(call.session, person.id, call.here.id)
    if agreed is not None or row.steps.get("charter"):
        return None
    say = _asked(row, version, Say("guide-charter-ask", to=ToPerson(person.id)))
    return Intend("charter-again", say, subject=f"welcome:{row.id}")


@kit_section(20)
async def kit(call: Call) -> list[Line]:
    """Where the charter stands, for the welcome kit."""
    version = await charter.current(call.session, call.here.id)
    if version is None:
        return []
    agreed = await charter.agreement(call.session, call.person_id, call.here.id)
    if agreed is not None and agreed.version >= version.version:
        return [Line("charter-kit-agreed", {"version": _number(agreed)})]
    return [Line("charter-kit-open")]


def _asked(row: MembershipRow, version: Version, say: Say) -> Say:
    return Say(
        say.key,
        say.values,
        to=say.to,
        buttons=ask_buttons(version),
        kind="charter",
        name=f"charter-ask:{row.id}",
        started_by=say.started_by,
    )


def ask_buttons(version: Version) -> tuple[Button, ...]:
    """Read, accept, ask, later: what stands under every question about the charter."""
    text = "guide-charter-ask-button"
    return (
        Button("read_charter", label=f"{text}-read-charter"),
        Button("accept_charter", (version.version,), label=f"{text}-accept-charter"),
        Button("charter_question", label=f"{text}-charter-question"),
        Button("not_now", label=f"{text}-not-now"),
    )


def _settled(row: MembershipRow) -> list[Effect]:
    """The question was answered: its buttons end, wherever they stand."""
    return [EndButtons(f"charter-ask:{row.id}"), EndButtons(f"charter:{row.id}")]


def _number(agreed: charter.AgreementRow) -> str:
    return f"{agreed.version}.{agreed.minor}" if agreed.minor else str(agreed.version)


def _today(call: Call) -> Day:
    return Day(local_day(call.now, call.who.zone or call.here.zone))
