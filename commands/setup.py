"""The guided set-up: eight questions in the coordinator's DM, then the preview and *Ouvrir* [CO-8].

Each answer is one or several settings, so that nothing is asked here that « réglages » cannot
change later. What is already known stands under the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Reply, Say
from bot.people import Role
from bot.registry import Field, button, command, form
from bot.values import Key, Value
from bot.when import CALENDARS
from commands.home import offered
from commands.settings import table
from commands.settings.handlers import keep
from commands.settings.reading import read
from commands.settings.table import CONTACTS
from storage import communities

QUESTIONS = {
    "purpose": "purpose",
    "origin": "origin",
    "format": "format",
    "holidays": "holidays",
    "slow": "slow_periods",
    "slot": "slot",
    "contacts": "contacts",
    "external": "external_report",
}
"""The eight questions in their order, and the setting that each of them answers."""


@command("setup", "mise-en-place", who=Role.COORDINATOR)
async def setup(call: Call) -> Reply:
    """Begins the eight questions, or takes them up where they were."""
    return await begin(call)


@button("setup.begin", who=Role.COORDINATOR, lasting=True)
async def begin(call: Call) -> Reply:
    """*Commencer*."""
    return AskForm("setup", prefill=await _known(call))


@button("setup.later", who=Role.COORDINATOR, shows=True)
async def later(call: Call) -> Reply:
    """*Plus tard*: says how to come back."""
    return Say("setup-later", {"prefix": call.prefix}, buttons=_begin_buttons())


@button("setup.change", who=Role.COORDINATOR, lasting=True, shows=True)
async def change(call: Call) -> Reply:
    """*Changer une réponse*: asks which of the eight."""
    return Say(
        "setup-change",
        buttons=tuple(
            Button("setup.one", (name,), label=f"setup-question-{name}") for name in QUESTIONS
        ),
    )


@button("setup.one", who=Role.COORDINATOR)
async def one(call: Call, question: str) -> Reply:
    """Asks one of the eight questions again."""
    if question not in QUESTIONS:
        raise Complaint("answers-expired-button", {"state": ""})
    known = await _known(call)
    return AskForm("setup", (question,), prefill={k: v for k, v in known.items() if k == question})


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    now = await _now(call)
    fields = [_field(name, now[name]) for name in QUESTIONS]
    asked = state.args[0] if state is not None and state.args else None
    return [each for each in fields if asked in (None, each.name)]


@form("setup", fields=_fields, who=Role.COORDINATOR, visible="form-setup-visible")
async def filled(call: Call, values: dict[str, str], question: str | None = None) -> Reply:
    """Keeps the answers as settings."""
    for name in QUESTIONS:
        if name in values and question in (None, name):
            await _keep(call, name, values[name])
    call.community = await call.tx.people.community(call.here.id)
    if call.here.state != "preparation":
        return Say("setup-saved", buttons=_change_buttons())
    see, opening = offered(call, "guide-coordinator-ready", ("see_month", "open"))
    return Say("guide-coordinator-ready", buttons=(see, *_change_buttons(), opening))


def contacts_of(typed: str) -> tuple[str, ...]:
    """The four contacts of one answer: one line for all, or one line each, in order."""
    lines = [line.strip() for line in re.split(r"[\n;]", typed) if line.strip()]
    if len(lines) == 1:
        return (lines[0],) * len(CONTACTS)
    if len(lines) != len(CONTACTS):
        raise Complaint("setup-contacts-count", {"n": len(lines)})
    return tuple(lines)


async def _keep(call: Call, name: str, answer: str) -> None:
    if name == "contacts":
        for which, said in zip(CONTACTS, contacts_of(answer), strict=True):
            await _keep_one(call, f"contacts.{which}", said)
    elif name == "holidays":
        # Days that somebody typed by hand stay: this question only chooses among calendars.
        days = [each for each in call.here.holidays if each not in CALENDARS]
        await _keep_one(
            call, "holidays", [*(c for c in CALENDARS if c in answer.split(",")), *days]
        )
    elif name != "slow" or answer:
        setting = table.by_name(QUESTIONS[name])
        value = "" if answer == "none" else answer
        await _keep_one(call, setting.name, value if name == "slow" else read(setting, answer))


async def _keep_one(call: Call, name: str, value: Any) -> None:
    setting = table.by_name(name)
    filed, chosen = await communities.chosen(call.session, call.here.id)
    if table.current(setting, filed, chosen)[0] != value:
        await keep(call, setting, value)


def _field(name: str, now: Value) -> Field:
    values = {"now": now}
    setting = None if name == "contacts" else table.by_name(QUESTIONS[name])
    if setting is not None and setting.kind == "choice":
        options = tuple((each, table.choice_key(each).key) for each in setting.choices)
        return Field(name, "choice", options=options, values=values)
    if name == "holidays":
        options = tuple((each, f"setup-calendar-{each.lower()}") for each in CALENDARS)
        return Field(name, "choices", options=options, required=False, values=values)
    if name == "slow":
        return Field(name, required=False, check=_slow, longest=200, values=values)
    if name == "contacts":
        return Field(name, check=_contacts, longest=800, values=values)
    return Field(name, longest=300, values=values)


def _slow(typed: str) -> str:
    # « aucune » is kept as a word: an empty answer means that the question was left out.
    return str(read(table.by_name("slow_periods"), typed)) or "none"


def _contacts(typed: str) -> str:
    contacts_of(typed)
    return typed


async def _known(call: Call) -> dict[str, str]:
    """What stands in the settings, as answers that can be kept by one tap."""
    contacts = [call.here.contacts.get(each, "") for each in CONTACTS]
    known = {"purpose": call.here.purpose, **await _chosen(call)}
    known["holidays"] = ",".join(each for each in call.here.holidays if each in CALENDARS)
    if all(contacts):
        known["contacts"] = contacts[0] if len(set(contacts)) == 1 else "\n".join(contacts)
    return {name: value for name, value in known.items() if value}


async def _chosen(call: Call) -> dict[str, str]:
    filed, chosen = await communities.chosen(call.session, call.here.id)
    asked = {name: table.by_name(at) for name, at in QUESTIONS.items() if name != "contacts"}
    return {
        name: str(table.current(setting, filed, chosen)[0] or "")
        for name, setting in asked.items()
        if setting.kind == "choice"
    }


async def _now(call: Call) -> dict[str, Value]:
    filed, chosen = await communities.chosen(call.session, call.here.id)
    found: dict[str, Value] = {}
    for name, setting_name in QUESTIONS.items():
        if name != "contacts":
            setting = table.by_name(setting_name)
            found[name] = table.shown(setting, table.current(setting, filed, chosen)[0])
    said = list(dict.fromkeys(filter(None, (call.here.contacts.get(each) for each in CONTACTS))))
    found["contacts"] = " · ".join(said) or Key("settings-value-unset")
    return found


def _begin_buttons() -> tuple[Button, ...]:
    return (Button("setup.begin", label="guide-coordinator-first-button-begin"),)


def _change_buttons() -> tuple[Button, ...]:
    return (Button("setup.change", label="guide-coordinator-ready-button-change-setup"),)
