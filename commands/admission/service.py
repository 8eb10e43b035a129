"""Carries decisions about a request out: what is written, who is told, what stops waiting."""

from __future__ import annotations

from datetime import datetime

from bot.call import Call
from bot.errors import Complaint
from bot.events import Account
from bot.messages import Button, Edit, Effect, Expel, Invite, Line, Say, Void
from bot.people import Role, Space
from bot.values import Day, Key, TimeOfDay
from commands import passage, welcome
from commands.admission import cards, rules
from commands.home import offered
from storage import admission, communities, people
from storage import passage as visitors
from storage.admission import RequestRow
from storage.paces import calendar_of

TIMERS = ("request.late", "request.silence")


async def found(call: Call, request_id: int) -> RequestRow:
    """The request of this number. Raises the Complaint that it is gone."""
    row = await admission.request(call.session, call.here.id, request_id)
    if row is None:
        raise Complaint("answers-expired-button", {"state": Key("admission-gone")})
    return row


async def undecided(call: Call, request_id: int) -> RequestRow:
    """The request, when it can still be decided. Raises the Complaint that says who was first."""
    row = await found(call, request_id)
    if row.state == "waiting" or (row.state == "refused" and row.appealed is not None):
        return row
    raise await taken(call, row)


async def taken(call: Call, request: RequestRow) -> Complaint:
    """What the second one reads: who was first, when, and what was decided [RE-5]."""
    line = await cards.state(call, request)
    state = Key(line.key, line.values)
    decided = request.decided or request.asked
    mine = call.who.person_id is not None and call.who.person_id == await admission.owner_of(
        call.session, request.decided_by
    )
    local = [at.astimezone(call.here.zone) for at in (decided, call.now)]
    name = await admission.name_of(call.session, call.here.id, request.decided_by)
    if mine or not name or local[0].date() != local[1].date():
        return Complaint("answers-expired-button", {"state": state})
    values = {"name": name, "time": TimeOfDay(local[0].time()), "state": Key("admission-kept")}
    return Complaint("answers-expired-button-someone-first", values)


async def second_needed(call: Call) -> bool:
    """Whether somebody else may give a second opinion."""
    team = await call.tx.people.holders(call.here.id, Role.ANIMATOR)
    return any(person_id != call.person_id for person_id in team)


async def received(call: Call, request: RequestRow) -> list[Effect]:
    """A request has arrived: its author knows who answers and by when; the animators get a card."""
    calendar = calendar_of(call.here)
    await _set(call, "request.late", request, rules.late_at(request.asked, calendar))
    values = {
        "name": request.name,
        "date": Day(rules.promised(request.asked, calendar)),
        "who": await cards.who_answers(call),
    }
    sees = offered(call, "guide-waiting", ("who_sees",))
    waits = Say(
        "guide-waiting",
        values,
        cards.to(request),
        buttons=(*cards.own_buttons(call, request, "guide-waiting"), *sees),
        kind="waiting",
    )
    return [waits, await cards.card(call, request)]


async def admitted(call: Call, request: RequestRow, *, by: int | None) -> list[Effect]:
    """The applicant becomes a member: account, person and membership are made here and now."""
    # The invitations answer the knocks.
    await admission.answer_knocks(call.session, request)
    account_id, person_id = await people.keep_account(call.session, request.account, request.name)
    row = await people.admit(
        call.session,
        person_id,
        call.here.id,
        now=call.now,
        name=request.name,
        profession=request.answers.get("profession", ""),
        organisation=request.answers.get("organisation", ""),
        supervises=request.supervises,
    )
    await communities.note(
        call.session,
        call.here.id,
        "accept",
        at=call.now,
        by=by,
        about=account_id,
        before="waiting",
        after="member",
    )
    known = await passage.settle(call, request.account, "member", by=by)
    return [
        *await _ended(call, request),
        *known.effects,
        *await _invitations(call, request, known.spaces),
        *await welcome.begin(call, row),
    ]


async def refused(call: Call, request: RequestRow) -> list[Effect]:
    """The applicant reads the reason, to whom to appeal, and when the form is erased."""
    due = call.now + rules.KEPT
    await _set(call, "request.erase", request, due)
    await communities.note(
        call.session,
        call.here.id,
        "decline",
        at=call.now,
        by=request.decided_by,
        before="waiting",
        after="refused",
    )
    known = await passage.settle(call, request.account, "declined", by=request.decided_by)
    number = (request.id or 0,)
    letter = Say(
        "letters-decline",
        {
            "name": request.name,
            "community": call.here.name,
            "reason": _whole(request.reason),
            "appeal": cards.contact_of(call) or Key("admission-team"),
            "alternative": _whole(request.alternative) or None,
            "erase_date": Day(rules.erased_on(call.now, calendar_of(call.here))),
        },
        cards.to(request),
        buttons=(
            Button("request.appeal", number, label="letters-decline-button-appeal"),
            Button("request.erase", number, label="letters-decline-button-erase-now"),
        ),
        kind="decision",
    )
    return [*await _ended(call, request), *known.effects, *await _door(call, request), letter]


async def upheld(call: Call, request: RequestRow) -> list[Effect]:
    """The refusal was read again and stands: its author reads so, and the 30 days begin anew."""
    await _set(call, "request.erase", request, call.now + rules.KEPT)
    values = {
        "name": request.name,
        "community": call.here.name,
        "erase_date": Day(rules.erased_on(call.now, calendar_of(call.here))),
    }
    label = "letters-decline-button-erase-now"
    buttons = (Button("request.erase", (request.id or 0,), label=label),)
    told = Say("admission-upheld", values, cards.to(request), buttons=buttons, kind="decision")
    return [*await _ended(call, request), told]


async def left(call: Call, request: RequestRow) -> list[Effect]:
    """The request was taken back: its card says so, and it is erased after 30 days."""
    await _set(call, "request.erase", request, call.now + rules.KEPT)
    return [*await _ended(call, request), *await _door(call, request)]


async def erased(call: Call, request: RequestRow) -> list[Effect]:
    """The request goes for good, and the cards that repeat it are rewritten."""
    names = [of(request) for of in (cards.name_of, cards.second_of, cards.appeal_of, cards.note_of)]
    for action in (*TIMERS, "request.erase"):
        await call.tx.timers.clear(action, str(request.id))
    effects: list[Effect] = [Void(cards.name_of(request))]
    effects += [
        Edit(name, "admission-card-erased")
        for name in names
        if await call.tx.mailbox.receipts(name)
    ]
    effects += await _door(call, request)
    await admission.erase(call.session, request)
    return effects


async def clock_restarted(call: Call, request: RequestRow) -> None:
    """The applicant has answered: the team has three working days again."""
    await call.tx.timers.clear("request.silence", str(request.id))
    if not request.reminded:
        due = rules.late_at(call.now, calendar_of(call.here))
        await _set(call, "request.late", request, due)


async def clock_stopped(call: Call, request: RequestRow) -> None:
    """A question is out: the team waits, and so does the clock."""
    await call.tx.timers.clear("request.late", str(request.id))
    due = rules.silent_at(call.now, calendar_of(call.here))
    await _set(call, "request.silence", request, due)


async def _ended(call: Call, request: RequestRow) -> list[Effect]:
    """Nothing waits any more: neither timers nor intents nor the buttons of any card."""
    for action in TIMERS:
        await call.tx.timers.clear(action, str(request.id))
    if request.state == "accepted":
        await call.tx.timers.clear("request.erase", str(request.id))
    effects: list[Effect] = [Void(cards.name_of(request)), *await cards.edited(call, request)]
    line = await cards.state(call, request)
    for name in (cards.second_of(request), cards.appeal_of(request), cards.note_of(request)):
        if await call.tx.mailbox.receipts(name):
            head = {"name": request.name}
            effects.append(Edit(name, "admission-second-ended", head, lines=(line,)))
    return effects


def refuse_knock(account: Account, space: Space) -> Expel:
    """The answer to a knock where nobody is let in."""
    return Expel(space.place, account, {"knock": space.id})


async def doors(call: Call, community_id: int, account: Account, numbers: str) -> list[Effect]:
    """Answers knocks of which nobody has to decide: members come in, others need not wait.

    `numbers` are those of the spaces. Who is inside by now, in another way, stays.
    """
    who = await call.tx.people.actor(account, "")
    member = await call.tx.people.role(who.person_id, community_id) >= Role.MEMBER
    inside = {
        row.space_id
        for row in await visitors.undecided(call.session, community_id)
        if Account(row.platform, row.tenant, row.external) == account
    }
    return [
        Invite(space.place, account, {"knock": space.id})
        if member
        else refuse_knock(account, space)
        for space in await call.tx.people.spaces(community_id)
        if str(space.id) in numbers.split() and space.id not in inside
    ]


async def _door(call: Call, request: RequestRow) -> list[Effect]:
    """Their knocks are answered, once: nobody waits at a door for nothing."""
    numbers = await admission.answer_knocks(call.session, request)
    return [
        refuse_knock(request.account, space)
        for space in await call.tx.people.spaces(call.here.id)
        if space.id in numbers
    ]


async def _invitations(call: Call, request: RequestRow, inside: frozenset[int]) -> list[Effect]:
    account = request.account
    return [
        Invite(space.place, account, {"request": request.id})
        for use in ("discussion", "announcements")
        for space in await call.tx.people.spaces(call.here.id, use)
        if space.place.platform == account.platform and space.id not in inside
    ]


async def _set(call: Call, action: str, request: RequestRow, due: datetime) -> None:
    await call.tx.timers.set(
        action,
        str(request.id),
        due=due,
        args={"request_id": request.id},
        community=call.here.id,
    )


def _whole(text: str) -> str:
    """A sentence that ends like one: others follow it."""
    text = text.strip()
    return text if not text or text[-1] in '.!?…»"”)' else f"{text}."


def done(key: str, request: RequestRow, *lines: Line) -> Say:
    """What an animator reads who decided somewhere else than on the card."""
    return Say(key, {"name": request.name}, lines=lines)
