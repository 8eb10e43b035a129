"""What time does to a request: told late once, closed in silence, erased [ON-1, ON-2, g.2]."""

from __future__ import annotations

from datetime import timedelta

from bot.call import Call
from bot.messages import Button, Effect, Intend, Reply, Say, ToPerson, ToRole
from bot.people import Role
from bot.registry import timer
from bot.values import Key
from bot.when import is_open, next_opening
from commands import todo
from commands.admission import cards, service
from storage import admission, people
from storage.admission import RequestRow
from storage.paces import calendar_of


@timer("request.late")
async def late(call: Call, request_id: int) -> Reply:
    """Three working days without a decision: both sides are told, once [ON-1, ON-2]."""
    request = await admission.request(call.session, call.here.id, request_id)
    if request is None or call.here.state != "open":
        return None
    calendar = calendar_of(call.here)
    if not is_open(call.now, calendar):
        # After downtime the timer falls due at any hour; people are written to in theirs.
        due = next_opening(call.now, calendar)
        args = {"request_id": request_id}
        await call.tx.timers.set(
            "request.late", str(request_id), due=due, args=args, community=call.here.id
        )
        return None
    if not await admission.remind(call.session, request):
        return None
    return [await _not_lost(call, request), await _reminder(call, request)]


@timer("request.silence")
async def silence(call: Call, request_id: int) -> Reply:
    """A question stayed without an answer for thirty days: the request is over, and erased."""
    request = await admission.request(call.session, call.here.id, request_id)
    if request is None or request.state != "waiting" or request.answer:
        return None
    await admission.withdraw(call.session, request, now=call.now)
    values = {"name": request.name, "community": call.here.name}
    over = Say(
        "admission-silence", values, cards.to(request), buttons=(Button("join"),), started_by="bot"
    )
    return [over, *await service.erased(call, request)]


@timer("request.erase")
async def erase_old(call: Call, request_id: int) -> Reply:
    """Thirty days after a refusal or a withdrawal the form is erased; never one that waits."""
    request = await admission.request(call.session, call.here.id, request_id)
    if request is None or request.state not in ("refused", "withdrawn") or request.appealed:
        return None
    return await service.erased(call, request)


async def _not_lost(call: Call, request: RequestRow) -> Effect:
    text = "guide-waiting-3-days"
    say = Say(
        text,
        {
            "name": request.name,
            "asked_on": cards.asked_on(call, request),
            "contact": cards.contact_of(call) or Key("admission-team"),
        },
        cards.to(request),
        buttons=cards.own_buttons(call, request, text),
        kind="waiting",
        started_by="bot",
    )
    known = await people.find_account(call.session, request.account)
    if known is None:
        return say
    mine = Say(say.key, say.values, ToPerson(known[1]), buttons=say.buttons, kind=say.kind)
    return Intend("waiting-update", mine, subject=cards.name_of(request))


async def _reminder(call: Call, request: RequestRow) -> Intend:
    say = Say(
        "admission-reminder",
        {"name": request.name, "asked_on": cards.asked_on(call, request)},
        ToRole(Role.ANIMATOR),
        buttons=cards.buttons(request) or cards.second_buttons(request),
        kind="reminder",
    )
    # It rides in the next morning's bundle where there is one: one message a day [AT-7].
    return Intend(
        "request-reminder",
        say,
        earliest=todo.next_day(call) + timedelta(minutes=1),
        merge_key=todo.MORNING,
        subject=cards.name_of(request),
    )
