"""What animators do with a request: accept it, refuse it together, ask for one detail [ON-2]."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot import markup
from bot.call import Call
from bot.errors import Complaint
from bot.events import Undelivered
from bot.markup import cut
from bot.messages import AskForm, Button, Edit, Effect, Line, Reply, Say, ToAccount, ToAnimators
from bot.people import Role
from bot.registry import Arg, Field, Item, button, command, form, on, section
from bot.values import Day, Handle, Key, Names
from commands.admission import cards, rules, service
from storage import admission, communities
from storage.admission import RequestRow
from storage.paces import calendar_of

OPEN = ("open",)
WHO = (Arg("request", "text"),)


@command("accept", "accepter", who=Role.ANIMATOR, args=WHO, states=OPEN)
async def accept_command(call: Call, request: str) -> Reply:
    """Accepts the request of somebody named."""
    return await _named(call, request, "request.accept", accept)


@command("decline", "refuser", who=Role.ANIMATOR, args=WHO, states=OPEN)
async def decline_command(call: Call, request: str) -> Reply:
    """Refuses the request of somebody named."""
    return await _named(call, request, "request.decline", decline)


@button("request.accept", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def accept(call: Call, request_id: int) -> Reply:
    """Makes the applicant a member; the first decision wins."""
    request = await service.undecided(call, request_id)
    by = call.account_id
    if not await admission.decide(call.session, request, "accepted", by=by, now=call.now):
        raise await service.taken(call, request)
    effects = await service.admitted(call, request, by=by)
    return [*effects, *_told(call, request, "admission-done-accepted")]


@button("request.decline", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def decline(call: Call, request_id: int) -> Reply:
    """Asks for the reason; when somebody already gave one, for the second opinion."""
    request = await service.undecided(call, request_id)
    if request.state == "refused":
        return await uphold(call, request_id)
    if request.proposed_by is not None:
        return await _second_card(call, request, private=True)
    return AskForm("decline", (request_id,))


async def _decline_fields(call: Call, state: Any) -> Sequence[Field]:
    row = await admission.request(call.session, call.here.id, int(state.args[0]))
    name = {"name": row.name if row else ""}
    return [
        Field("reason", check=_text, longest=600, values=name),
        Field("alternative", check=_text, longest=600, required=False),
    ]


@form("decline", fields=_decline_fields, who=Role.ANIMATOR, visible="form-decline-visible")
async def declined(call: Call, values: dict[str, str], request_id: int) -> Reply:
    """Refuses at once when nobody else can give a second opinion, else waits for it."""
    request = await service.undecided(call, request_id)
    reason, other = values["reason"], values.get("alternative", "")
    if not await service.second_needed(call):
        await admission.give_reason(call.session, request, reason=reason, alternative=other)
        return await _refuse(call, request)
    by = call.account_id
    if not await admission.propose(call.session, request, by=by, reason=reason, alternative=other):
        return await _second_card(call, request, private=True)
    second = await _second_card(call, request, private=False)
    return [
        *await cards.edited(call, request),
        await cards.once(call, second),
        Say("admission-second-asked"),
    ]


@button("request.confirm", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def confirm(call: Call, request_id: int) -> Reply:
    """The second opinion: it is a refusal."""
    request = await service.undecided(call, request_id)
    if request.state != "waiting" or request.proposed_by is None:
        raise Complaint("answers-expired-button", {"state": Key("admission-not-proposed")})
    proposer = await admission.owner_of(call.session, request.proposed_by)
    if proposer == call.person_id and await service.second_needed(call):
        raise Complaint("admission-second-needed")
    return await _refuse(call, request)


@button("request.keep", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def keep(call: Call, request_id: int) -> Reply:
    """The second opinion: let us not refuse yet."""
    request = await service.undecided(call, request_id)
    if not await admission.drop_proposal(call.session, request):
        raise Complaint("answers-expired-button", {"state": Key("admission-not-proposed")})
    ended = Edit(cards.second_of(request), "admission-second-kept", {"name": request.name})
    return [*await cards.edited(call, request), ended]


@button("request.uphold", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def uphold(call: Call, request_id: int) -> Reply:
    """After a second look the refusal stands; the applicant is told, and the 30 days begin anew."""
    request = await service.undecided(call, request_id)
    if not await admission.uphold(call.session, request, by=call.account_id, now=call.now):
        raise Complaint("answers-expired-button", {"state": Key("admission-not-proposed")})
    await communities.note(
        call.session, call.here.id, "decline-upheld", at=call.now, by=call.account_id
    )
    effects = await service.upheld(call, request)
    return [*effects, *_told(call, request, "admission-done-refused")]


@button("request.precision", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def precision(call: Call, request_id: int) -> Reply:
    """Asks which detail is missing."""
    await service.undecided(call, request_id)
    return AskForm("precision", (request_id,))


async def _precision_fields(call: Call, state: Any) -> Sequence[Field]:
    row = await admission.request(call.session, call.here.id, int(state.args[0]))
    return [Field("question", check=_text, longest=300, values={"name": row.name if row else ""})]


@form("precision", fields=_precision_fields, who=Role.ANIMATOR, visible="form-precision-visible")
async def asked(call: Call, values: dict[str, str], request_id: int) -> Reply:
    """The applicant gets one question, and time to answer it."""
    request = await service.undecided(call, request_id)
    text, by = values["question"], call.account_id
    if not await admission.question(call.session, request, text=text, by=by, now=call.now):
        raise await service.taken(call, request)
    await service.clock_stopped(call, request)
    key = "letters-more-information"
    until = Day(rules.silence_after(call.now, calendar_of(call.here)))
    answer = Button("request.answer", (request_id,), label=f"{key}-button-answer")
    values_ = {"name": request.name, "community": call.here.name, "question": text, "until": until}
    buttons = (answer, *cards.own_buttons(call, request, key))
    subject = f"request-answer:{request_id}"
    letter = Say(key, values_, cards.to(request), buttons=buttons, kind="question", subject=subject)
    done = service.done("admission-done-asked", request)
    return [*await cards.edited(call, request), letter, done]


@button("request.card", who=Role.ANIMATOR, lasting=True, shows=True)
async def show(call: Call, request_id: int) -> Reply:
    """One request in private, with what may be done with it."""
    request = await service.undecided(call, request_id)
    if request.state == "waiting" and request.proposed_by is not None:
        return await _second_card(call, request, private=True)
    lines = await cards.lines(call, request)
    buttons = cards.buttons(request) or cards.appeal_buttons(request)
    values = {"name": request.name, "account": Handle(request.platform, request.external)}
    return Say("admission-card", values, lines=lines, buttons=buttons, kind="card")


@section("todo", order=10, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """The requests that wait for a decision; the daily bundle is silent after the one reminder."""
    rows = await admission.waiting(call.session, call.here.id)
    return [
        Item(
            Line("admission-todo", {"name": row.name, "asked_on": cards.asked_on(call, row)}),
            Button("request.card", (row.id or 0,)),
            row.asked,
            told=bool(row.reminded),
        )
        for row in rows
        if not row.question or row.answer
    ]


@on(Undelivered)
async def not_invited(call: Call) -> Reply:
    """The platform lets the bot invite nobody: somebody must do it, and the newcomer knows who."""
    event = call.event
    assert isinstance(event, Undelivered)
    number = event.args.get("request")
    if event.operation != "invite" or number is None or call.community is None:
        return None
    request = await admission.request(call.session, call.here.id, int(number))
    space = await call.tx.people.space_at(event.place)
    if request is None or space is None:
        return None
    first = await admission.not_invited(call.session, request, space.title or space.place.id)
    values = {"name": request.name, "spaces": Names(tuple(request.uninvited))}
    done = (Button("request.opened", (request.id or 0,)),)
    if not first:
        return Edit(cards.task_of(request), "admission-task", values, buttons=done)
    task = Say(
        "admission-task", values, ToAnimators(), buttons=done, kind="card",
        name=cards.task_of(request), subject=cards.task_of(request),
    )  # fmt: skip
    who = {"who": await cards.who_answers(call)}
    return [task, Say("admission-by-hand", who, ToAccount(request.account), kind="welcome")]


@button("request.opened", who=Role.ANIMATOR, lasting=True)
async def opened(call: Call, request_id: int) -> Reply:
    """*C'est fait*: the newcomer is in the spaces."""
    request = await service.found(call, request_id)
    if not await admission.opened(call.session, request, by=call.account_id):
        name = await cards.who_did(call, request.opened_by)
        raise Complaint(
            "answers-expired-button", {"state": Key("admission-opened-state", {"name": name})}
        )
    spaces = Names(tuple(request.uninvited))
    values = {"name": request.name, "spaces": spaces, "by": call.who.name}
    return [
        Edit(cards.task_of(request), "admission-task-done", values),
        Say("admission-opened", {"spaces": spaces}, ToAccount(request.account), kind="welcome"),
    ]


async def _refuse(call: Call, request: RequestRow) -> list[Effect]:
    by = call.account_id
    if not await admission.decide(call.session, request, "refused", by=by, now=call.now):
        raise await service.taken(call, request)
    effects = await service.refused(call, request)
    return [*effects, *_told(call, request, "admission-done-refused")]


async def _second_card(call: Call, request: RequestRow, *, private: bool) -> Say:
    if not private:
        await communities.note(
            call.session, call.here.id, "decline-proposed", at=call.now, by=call.account_id
        )
    values = {
        "name": request.name,
        "by": await cards.who_did(call, request.proposed_by),
        "reason": request.reason,
    }
    buttons, lines = cards.second_buttons(request), tuple(cards.answers(request))
    if private:
        return Say("admission-second", values, lines=lines, buttons=buttons, kind="card")
    name = cards.second_of(request)
    return Say(
        "admission-second", values, ToAnimators(), lines=lines, buttons=buttons, kind="card",
        name=name, subject=cards.name_of(request),
    )  # fmt: skip


def _told(call: Call, request: RequestRow, key: str) -> list[Effect]:
    """An answer, unless the card that was pressed says it all."""
    name = call.receipt.name if call.receipt else None
    if name in (cards.name_of(request), cards.second_of(request), cards.appeal_of(request)):
        return []
    return [service.done(key, request)]


async def _named(call: Call, text: str, action: str, act: Callable[..., Any]) -> Reply:
    rows = await admission.named(call.session, call.here.id, text)
    if not rows:
        raise Complaint("admission-nobody", {"name": cut(text, 80)})
    if len(rows) > 1:
        choices = tuple(
            Button(action, (row.id or 0,), text=f"{row.name} · {row.external}"[:75])
            for row in rows[:10]
        )
        return Say("admission-which-one", {"name": cut(text, 80)}, buttons=choices)
    reply: Reply = await act(call, rows[0].id or 0)
    return reply


def _text(typed: str) -> str:
    text = markup.cleaned(typed).strip()
    if not text:
        raise Complaint("forms-empty")
    return text
