"""Crisis: everything stops but questions, until somebody says that it is over [AT-2, e.1].

Nothing that was suspended is sent afterwards: what waits when it begins or ends is void.
"""

from __future__ import annotations

from datetime import timedelta

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Edit, Effect, EndButtons, Reply, Say, ToAnimators, Void
from bot.people import Role
from bot.registry import button, command, timer
from bot.values import Key, Moment
from bot.when import next_opening
from commands import spaces as rooms
from commands.pace.telling import announce_now, next_date
from storage import communities, modes
from storage.paces import calendar_of

OPEN = ("open",)
ASK = "crisis.ask"
"""The timer that asks whether it is still right; its key is the community's number."""
EVERY = timedelta(days=14)


@command("crisis", "crise", who=Role.ANIMATOR, states=OPEN, shows=True)
async def crisis(call: Call) -> Reply:
    """Says what it does and asks for a yes; while one is on, says since when."""
    now = await modes.regime(call.session, call.here.id)
    if now.mode == "crisis":
        return Say(
            "crisis-on",
            {"since": Moment(now.crisis_since or call.now)},
            buttons=(Button("crisis.end"), Button("home")),
        )
    return Say(
        "crisis-confirm",
        {"community": call.here.name},
        buttons=(Button("crisis.begin"), Button("home", label="button-crisis-not-now")),
    )


@button("crisis", who=Role.ANIMATOR, states=OPEN, shows=True)
async def asked(call: Call) -> Reply:
    """The same, by button."""
    return await crisis(call)


@button("crisis.begin", who=Role.ANIMATOR, states=OPEN)
async def begin(call: Call) -> Reply:
    """The yes: told in every space at once."""
    if not await modes.begin_crisis(call.session, call.here.id, call.now):
        now = await modes.regime(call.session, call.here.id)
        raise Complaint("crisis-already", {"since": Moment(now.crisis_since or call.now)})
    await _note(call, "crisis", before=call.here.mode, after="crisis")
    count = await modes.void_suspended(call.session, call.here.id, call.now)
    await _ask_in(call, 1)
    start = {"contact": await rooms.contact(call)}
    return [
        *announce_now("modes-crisis-start", start),
        Say("crisis-team", {"who": call.who.name}, ToAnimators(), kind="alert"),
        Say("crisis-begun", {"n": count}, buttons=(Button("crisis.end"),)),
    ]


@command("crisis end", "crise fin", who=Role.ANIMATOR, states=OPEN)
async def end_typed(call: Call) -> Reply:
    """The pace before the crisis again."""
    return await end(call)


@button("crisis.end", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def end(call: Call) -> Reply:
    """The same, by its button."""
    asked = await _asked(call)
    await modes.void_suspended(call.session, call.here.id, call.now)
    if not await modes.end_crisis(call.session, call.here.id):
        raise Complaint("crisis-none", {"prefix": call.prefix})
    after = await modes.regime(call.session, call.here.id)
    await _note(call, "crisis-end", before="crisis", after=after.mode)
    await call.tx.timers.clear(ASK, str(call.here.id))
    pause = Button("pause", label="modes-crisis-end-button-pause")
    told = {"next_date": await next_date(call)}
    return [
        *asked,
        *announce_now("modes-crisis-end", told, (pause,)),
        Say("crisis-team-over", {"who": call.who.name}, ToAnimators(), kind="alert"),
        Say(
            "crisis-over",
            {"mode": Key(f"pace-mode-{after.mode}")},
            buttons=(Button("pace.page"),),
        ),
    ]


@timer(ASK)
async def ask(call: Call, number: int = 1) -> Reply:
    """Every fourteen days: is it still the right pace? Nothing changes by itself."""
    now = await modes.regime(call.session, call.here.id)
    if now.mode != "crisis":
        return None
    await _ask_in(call, number + 1)
    days = (call.now - (now.crisis_since or call.now)).days
    return Say(
        "modes-crisis-14-days" if number == 1 else "crisis-still",
        {} if number == 1 else {"days": days},
        ToAnimators(),
        buttons=(
            Button("crisis.keep", (number,), label="modes-crisis-14-days-button-crisis-keep"),
            Button("crisis.end", label="modes-crisis-14-days-button-crisis-end"),
        ),
        kind="alert",
        name=_card(call, number),
    )


@button("crisis.keep", who=Role.ANIMATOR, states=OPEN)
async def keep(call: Call, number: int) -> Reply:
    """It goes on; asked again in fourteen days."""
    if call.here.mode != "crisis":
        raise Complaint("crisis-none", {"prefix": call.prefix})
    await _note(call, "crisis-kept", before="crisis", after="crisis")
    card = _card(call, number)
    return [
        Void(card, "alert"),
        Edit(card, "crisis-kept-card", {"who": call.who.name}),
        Say("crisis-kept", buttons=(Button("crisis.end"),)),
    ]


async def _ask_in(call: Call, number: int) -> None:
    due = next_opening(call.now + EVERY, calendar_of(call.here))
    await call.tx.timers.set(
        ASK, str(call.here.id), due=due, args={"number": number}, community=call.here.id
    )


async def _asked(call: Call) -> list[Effect]:
    """The questions that were asked meanwhile ask no more."""
    now = await modes.regime(call.session, call.here.id)
    times = (call.now - now.crisis_since) // EVERY if now.crisis_since else 0
    cards = [_card(call, number) for number in range(1, times + 1)]
    return [effect for card in cards for effect in (Void(card, "alert"), EndButtons(card))]


def _card(call: Call, number: int) -> str:
    return f"crisis-ask:{call.here.id}:{number}"


async def _note(call: Call, act: str, *, before: str, after: str) -> None:
    await communities.note(
        call.session, call.here.id, act, at=call.now, by=call.account_id, before=before, after=after
    )
