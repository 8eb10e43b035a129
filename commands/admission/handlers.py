"""What somebody does who asks to join: the form, and all that may be done with it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import markup
from bot.call import Call
from bot.errors import Complaint
from bot.events import Said
from bot.messages import AskForm, Button, Reply, Say, ToAnimators
from bot.people import Role
from bot.ports import FormState
from bot.registry import Field, button, command, form, under
from bot.values import Day, Key
from commands.admission import cards, rules, service
from storage import admission, people
from storage.admission import RequestRow
from storage.paces import calendar_of

KNOCKED = "*knocked"
"""In a draft: the spaces at whose door the person knocked. No field can be named so."""
ONCE = timedelta(days=1)
"""Somebody of another homeserver, in none of our spaces, asks once in that time [SE-3]."""


@command("join", "rejoindre", "adherer", states=("open",))
async def join_command(call: Call) -> Reply:
    """Asks to join the community of this place, or the only one there is."""
    return await join(call)


@button("join", states=("open",), lasting=True)
async def join(call: Call, community_id: int | None = None) -> Reply:
    """Opens the form, or says kindly why there is nothing to ask."""
    if community_id is not None:
        await _enter(call, community_id)
    if call.community is None:
        return await _which(call)
    return await ask(call)


async def ask(call: Call, *, knocked: int | None = None) -> Say | AskForm:
    """The form of this community, or why there is nothing to ask; `knocked` is a space."""
    if call.role > Role.VISITOR:
        return Say("admission-already-member", {"community": call.here.name})
    waiting = await admission.newest(call.session, call.here.id, call.who.account)
    if waiting is not None and waiting.state == "waiting":
        return _seen(call, waiting, "admission-already-asked")
    if waiting is not None and await _too_soon(call, waiting):
        return Say("admission-once-a-day", {"community": call.here.name})
    prefill = await _known(call)
    if knocked is not None:
        prefill |= {KNOCKED: str(knocked)}
        await _knock_on(call, str(knocked))
    return AskForm("join", (call.here.id,), prefill=prefill)


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    """The name, then what the community asks; the box rides on the last question [ON-1]."""
    community = await call.tx.people.community(int(state.args[0]))
    fields = [Field("name", check=_name, longest=markup.NAME_LENGTH, presses=True)]
    for word in community.form if community else ():
        name = word.removesuffix("?")
        known = name in rules.KNOWN_FIELDS
        fields.append(
            Field(
                name,
                required=name == word,
                check=_text,
                longest=rules.LONGEST.get(name, 1000),
                key=None if known else "form-join-other",
                values={} if known else {"field": name},
                presses=known,
            )
        )
    fields[-1] = replace(fields[-1], box="supervises")
    return fields


async def _dropped(call: Call, state: FormState) -> Reply:
    """Nobody waits at a door for a form that is not filled any more."""
    account = state.place.account
    return await service.doors(call, int(state.args[0]), account, state.values.pop(KNOCKED, ""))


@form("join", fields=_fields, visible="form-join-visible", dropped=_dropped)
async def asked(call: Call, values: dict[str, str], community_id: int) -> Reply:
    """Keeps the form, and nothing else of whoever sent it."""
    await _enter(call, community_id)
    if call.role > Role.VISITOR:
        knocks = values.get(KNOCKED, "")
        answers = await service.doors(call, community_id, call.who.account, knocks)
        return [*answers, Say("admission-already-member", {"community": call.here.name})]
    request = await admission.file(
        call.session,
        call.here.id,
        call.who.account,
        name=values["name"],
        answers={f: values[f] for w in call.here.form if values.get(f := w.removesuffix("?"))},
        supervises=bool(values.get("supervises")),
        now=call.now,
    )
    if request is None:
        raise Complaint("admission-already-waiting")
    # A number may have been another request's before.
    await admission.answer_knocks(call.session, request)
    for number in filter(str.isdigit, values.get(KNOCKED, "").split()):
        await admission.knock(call.session, request, int(number))
    if call.here.join == "open":
        await admission.decide(call.session, request, "accepted", by=None, now=call.now)
        return await service.admitted(call, request, by=None)
    return await service.received(call, request)


@button("request.see", lasting=True, shows=True)
async def see(call: Call, request_id: int) -> Reply:
    """What the applicant's own request holds, and where it stands."""
    return _seen(call, await _own(call, request_id), "admission-own")


@button("request.withdraw", lasting=True)
async def withdraw(call: Call, request_id: int) -> Reply:
    """Takes one's own request back."""
    request = await _own(call, request_id)
    if not await admission.withdraw(call.session, request, now=call.now):
        raise _settled(request)
    effects = await service.left(call, request)
    date = Day(rules.erased_on(call.now, calendar_of(call.here)))
    label = "letters-decline-button-erase-now"
    buttons = (Button("request.erase", (request_id,), label=label), Button("join"))
    return [*effects, Say("admission-withdrawn", {"date": date}, buttons=buttons)]


async def _answer_fields(call: Call, state: Any) -> Sequence[Field]:
    row = await admission.request(call.session, call.here.id, int(state.args[0]))
    asked = {"question": row.question if row else ""}
    return [Field("answer", check=_text, values=asked)]


@button("request.answer", lasting=True)
async def answer(call: Call, request_id: int) -> Reply:
    """Answers the one question the team has."""
    request = await _own(call, request_id)
    if request.state != "waiting" or not request.question:
        raise _settled(request)
    return AskForm("request-answer", (request_id,))


@form("request-answer", fields=_answer_fields, visible="form-join-visible")
async def answered(call: Call, values: dict[str, str], request_id: int) -> Reply:
    """The answer stands on the card, and the animators are told that it does."""
    return await _answered(call, request_id, values["answer"])


@under("request-answer", who=Role.VISITOR, words=True)
async def replied(call: Call, request_id: int) -> Reply:
    """A reply in the question's thread is an answer too."""
    event = call.event
    assert isinstance(event, Said)
    return await _answered(call, request_id, _text(event.text[:1000]))


async def _answered(call: Call, request_id: int, text: str) -> Reply:
    request = await _own(call, request_id)
    if not await admission.answer(call.session, request, text=text):
        raise _settled(request)
    await service.clock_restarted(call, request)
    told = Say(
        "admission-answered",
        {"name": request.name, "answer": request.answer},
        ToAnimators(),
        buttons=cards.buttons(request),
        kind="card",
        name=cards.note_of(request),
        subject=cards.name_of(request),
    )
    date = Day(rules.promised(call.now, calendar_of(call.here)))
    thanks = Say("admission-thanks", {"date": date})
    return [*await cards.edited(call, request), await cards.once(call, told), thanks]


@button("request.appeal", lasting=True)
async def appeal(call: Call, request_id: int) -> Reply:
    """Asks for a second look at a refusal; nothing is erased until it is settled."""
    request = await _own(call, request_id)
    if not await admission.appeal(call.session, request, now=call.now):
        raise _settled(request)
    await call.tx.timers.clear("request.erase", str(request_id))
    look = Say(
        "admission-appeal-card",
        {"name": request.name, "reason": request.reason},
        ToAnimators(),
        lines=tuple(cards.answers(request)),
        buttons=cards.appeal_buttons(request),
        kind="card",
        name=cards.appeal_of(request),
        subject=cards.name_of(request),
    )
    said = Say("admission-appealed", {"who": await cards.who_answers(call)})
    return [*await cards.edited(call, request), await cards.once(call, look), said]


@button("request.erase", lasting=True)
async def erase(call: Call, request_id: int) -> Reply:
    """Erases one's own request now, when nobody has to decide on it any more."""
    request = await _own(call, request_id)
    if request.state == "waiting":
        return _seen(call, request, "admission-still-waiting")
    if request.state == "accepted":
        raise _settled(request)
    return [*await service.erased(call, request), Say("admission-erased")]


def _seen(call: Call, request: RequestRow, key: str) -> Say:
    date = Day(rules.promised(request.asked, calendar_of(call.here)))
    waits = request.state == "waiting"
    text = "guide-waiting"
    withdraw = Button("request.withdraw", (request.id or 0,), label=f"{text}-button-withdraw")
    values = {
        "community": call.here.name,
        "name": request.name,
        "asked_on": cards.asked_on(call, request),
        "date": date,
        "state": Key(f"admission-own-{request.state}"),
    }
    lines = tuple(cards.answers(request)) if key == "admission-own" else ()
    return Say(key, values, lines=lines, buttons=(withdraw,) if waits else ())


async def _own(call: Call, request_id: int) -> RequestRow:
    """One's own request. To anybody else it is not there [SE-1]."""
    row = await service.found(call, request_id)
    accounts = [call.who.account]
    if call.who.person_id is not None:
        accounts += await people.accounts_of(call.session, call.who.person_id)
    if row.account not in accounts:
        raise Complaint("answers-expired-button", {"state": Key("admission-gone")})
    return row


def _settled(request: RequestRow) -> Complaint:
    return Complaint("answers-expired-button", {"state": Key(f"admission-own-{request.state}")})


async def _knock_on(call: Call, space: str) -> None:
    """Notes a knock on a form that was begun already."""
    states, dm = call.tx.forms, call.who.account.dm
    active = await states.active(dm)
    apart = [*await states.windows(dm), *await states.away(dm)]
    begun = [*([active] if active else []), *await states.waiting(dm), *apart]
    for state in begun:
        if (state.form, state.args) == ("join", (call.here.id,)):
            doors = state.values.get(KNOCKED, "").split()
            state.values[KNOCKED] = " ".join(dict.fromkeys([*doors, space]))
            await states.save(state)


async def _too_soon(call: Call, last: RequestRow) -> bool:
    stranger = call.who.account.tenant in call.here.strangers
    return stranger and call.now - last.asked < ONCE


async def _known(call: Call) -> dict[str, str]:
    """What stands in the form beforehand: the name shown, and what a former member had said."""
    found = {"name": markup.clean_name(call.who.name) or ""}
    if call.who.person_id is not None:
        row = await people.membership(call.session, call.who.person_id, call.here.id)
        if row is not None:
            found |= {"profession": row.profession, "organisation": row.organisation}
    return {field: text for field, text in found.items() if text}


async def _enter(call: Call, community_id: int) -> None:
    """The community this is about, whatever others the person belongs to."""
    call.community = await call.tx.people.community(community_id)
    call.role = await call.tx.people.role(call.who.person_id, community_id)
    if call.here.state != "open":
        raise Complaint(f"permissions-state-{call.here.state}", {"community": call.here.name})


async def _which(call: Call) -> Say:
    platform = call.who.account.platform
    choices = []
    for each in await call.tx.people.communities():
        spaces = await call.tx.people.spaces(each.id)
        if each.state == "open" and any(s.place.platform == platform for s in spaces):
            choices.append(Button("join", (each.id,), text=each.name))
    return Say("admission-which" if choices else "home-elsewhere", buttons=tuple(choices))


def _name(typed: str) -> str:
    name = markup.clean_name(typed)
    if name is None:
        raise Complaint("admission-name-blank")
    return name


def _text(typed: str) -> str:
    text = markup.cleaned(typed).strip()
    if not text:
        raise Complaint("forms-empty")
    return text
