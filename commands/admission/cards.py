"""What a request looks like: the animators' card, what its author sees, and by whom it is read."""

from __future__ import annotations

from bot.call import Call
from bot.messages import Button, Edit, Effect, Line, Say, ToAccount, ToAnimators, Void
from bot.people import Role
from bot.values import Day, Handle, Key, Moment, Names, Value
from bot.when import local_day
from commands.admission import rules
from storage import admission, people
from storage.admission import RequestRow
from storage.paces import calendar_of

MOST_NAMES = 3


def name_of(request: RequestRow) -> str:
    """The receipt name of a request's card, and the subject of what is meant about it."""
    return f"request:{request.id}"


def second_of(request: RequestRow) -> str:
    """The receipt name of the card that asks for a second opinion."""
    return f"request-second:{request.id}"


def appeal_of(request: RequestRow) -> str:
    """The receipt name of the card that asks for a second look at a refusal."""
    return f"request-appeal:{request.id}"


def note_of(request: RequestRow) -> str:
    """The receipt name of the message that tells of an answer to a question."""
    return f"request-note:{request.id}"


def task_of(request: RequestRow) -> str:
    """The receipt name of the task to open spaces by hand."""
    return f"request-task:{request.id}"


def to(request: RequestRow) -> ToAccount:
    """The applicant, in private."""
    return ToAccount(request.account, name=request.name)


async def card(call: Call, request: RequestRow) -> Say:
    """The card on which animators decide."""
    return Say(
        "admission-card",
        _head(request),
        ToAnimators(),
        lines=await lines(call, request),
        buttons=buttons(request),
        kind="card",
        name=name_of(request),
        subject=name_of(request),
    )


async def edited(call: Call, request: RequestRow) -> list[Effect]:
    """The card as it stands now, everywhere; where it still waits to be shown, it is shown anew."""
    say = await card(call, request)
    if await call.tx.mailbox.receipts(name_of(request)):
        return [Edit(name_of(request), say.key, say.values, lines=say.lines, buttons=say.buttons)]
    if request.state != "waiting":
        return [Void(name_of(request))]
    return [Void(name_of(request), "request-card"), say]


async def once(call: Call, say: Say) -> Effect:
    """A message of a name said only once: shown again, the one that stands is rewritten."""
    if say.name and await call.tx.mailbox.receipts(say.name):
        return Edit(say.name, say.key, say.values, lines=say.lines, buttons=say.buttons)
    return say


def _head(request: RequestRow) -> dict[str, Value]:
    return {"name": request.name, "account": Handle(request.platform, request.external)}


def buttons(request: RequestRow) -> tuple[Button, ...]:
    """What animators may do with a request as it stands."""
    if request.state != "waiting" or request.proposed_by is not None:
        return ()
    number = (request.id or 0,)
    return (
        Button("request.accept", number),
        Button("request.decline", number),
        Button("request.precision", number),
    )


def second_buttons(request: RequestRow) -> tuple[Button, ...]:
    """What a second person may do with a proposed refusal, or with an appeal."""
    number = (request.id or 0,)
    return (
        Button("request.confirm", number),
        Button("request.accept", number),
        Button("request.keep", number),
    )


def appeal_buttons(request: RequestRow) -> tuple[Button, ...]:
    """What may come of a second look at a refusal."""
    number = (request.id or 0,)
    return (Button("request.accept", number), Button("request.uphold", number))


async def lines(call: Call, request: RequestRow) -> tuple[Line, ...]:
    """The answers of a request, what was asked since, and where it stands."""
    found = answers(request)
    if request.question:
        asked = {"question": request.question}
        found.append(Line("admission-card-question", asked))
        found.append(
            Line("admission-card-answer", {"answer": request.answer})
            if request.answer
            else Line("admission-card-unanswered")
        )
    found.append(await state(call, request))
    return tuple(found)


def answers(request: RequestRow) -> list[Line]:
    """What the form held."""
    found = [
        Line("admission-answer", {"label": rules.label_of(field), "answer": text})
        for field, text in request.answers.items()
        if text
    ]
    if request.supervises:
        found.append(Line("admission-supervises"))
    return found


async def state(call: Call, request: RequestRow) -> Line:
    """Where a request stands, for those who decide."""
    calendar = calendar_of(call.here)
    if request.state == "waiting" and request.proposed_by is None:
        day = rules.promised(request.asked, calendar)
        return Line("admission-state-waiting", {"date": Day(day)})
    by = request.proposed_by if request.state == "waiting" else request.decided_by
    values: dict[str, Value] = {"name": await who_did(call, by), "reason": request.reason}
    if request.state == "waiting":
        return Line("admission-state-proposed", values)
    if request.state == "refused" and request.appealed is not None:
        return Line("admission-state-appealed")
    values["at"] = Moment(request.decided or request.asked)
    return Line(f"admission-state-{request.state}", values)


async def who_did(call: Call, account_id: int | None) -> Value:
    """How somebody is called who acted; the team when nobody knows any more."""
    name = await admission.name_of(call.session, call.here.id, account_id)
    return name or Key("admission-team")


async def who_answers(call: Call) -> Value:
    """Who sees to requests: « Claire ou Antoine », or the team when they are many."""
    team = await people.members(call.session, call.here.id, least=Role.ANIMATOR)
    if not 0 < len(team) <= MOST_NAMES:
        return Key("admission-team")
    return Names(tuple(row.name for row in team), "or")


def contact_of(call: Call) -> str:
    """To whom an applicant may write."""
    contacts = call.here.contacts
    return next((c for kind in ("appeal", "coach", "privacy") if (c := contacts.get(kind))), "")


def asked_on(call: Call, request: RequestRow) -> Day:
    """The day of the request, in the community's time."""
    return Day(local_day(request.asked, call.here.zone))


def own_buttons(call: Call, request: RequestRow, text: str) -> tuple[Button, ...]:
    """What an applicant may do meanwhile, labelled as that supplied text says."""
    number = (request.id or 0,)
    return (
        Button("request.see", number, label=f"{text}-button-see-request"),
        Button("request.withdraw", number, label=f"{text}-button-withdraw"),
    )
