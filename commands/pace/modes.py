"""The mode set by hand: launch, cruise, or slow until a day [AT-1, e.1]."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.call import Call
from bot.courtesy.facts import LAUNCH
from bot.errors import Complaint
from bot.messages import Button, Effect, Line, Reply, Say, Values
from bot.people import Role
from bot.registry import Arg, button, command, timer
from bot.values import Day, Key
from bot.when import in_slow_period, local_day
from commands.me.rules import NO_END, understand_pause
from commands.pace import periods
from commands.pace.telling import announce, next_date
from storage import communities, modes
from storage.modes import Regime
from storage.paces import slow_periods

OPEN = ("open",)
SLOW_OVER = "pace.slow_over"


@command("pace launch", "rythme lancement", who=Role.ANIMATOR, states=OPEN)
async def launch(call: Call) -> Reply:
    """The pace of the first twelve weeks."""
    launched = call.here.launched
    if launched is not None and local_day(call.now, call.here.zone) >= launched + LAUNCH:
        raise Complaint("pace-launch-over", {"day": Day(launched + LAUNCH)})
    return await _turn(call, "launch", None)


@command("pace cruise", "rythme croisière", who=Role.ANIMATOR, states=OPEN)
async def cruise(call: Call) -> Reply:
    """The usual pace."""
    return await _turn(call, "cruise", None)


@command(
    "pace slow",
    "rythme calme",
    who=Role.ANIMATOR,
    states=OPEN,
    args=(Arg("pace_until", "text", optional=True),),
)
async def slow(call: Call, pace_until: str | None = None) -> Reply:
    """Almost nothing, until a day or until somebody says so; « fin » ends it."""
    if pace_until is None:
        return await _turn(call, "slow", None)
    until = understand_pause(pace_until, call.now, call.here.zone, call.language)
    if until is None:
        return await resume(call)
    return await _turn(call, "slow", None if until >= NO_END else until)


@button("pace.mode", who=Role.ANIMATOR, states=OPEN)
async def choose(call: Call, mode: str) -> Reply:
    """The same, by button."""
    return await {"launch": launch, "cruise": cruise}.get(mode, slow)(call)


@button("pace.resume", who=Role.ANIMATOR, states=OPEN)
async def resume(call: Call) -> Reply:
    """Ends the slow period that somebody set."""
    now = await modes.regime(call.session, call.here.id)
    if now.mode != "slow":
        raise Complaint("pace-not-slow")
    return await _turn(call, now.before or "cruise", None)


@timer(SLOW_OVER)
async def slow_over(call: Call) -> Reply:
    """The day came until which somebody had set it."""
    done = await modes.end_slow(call.session, call.here.id, call.now)
    if done != "ended":
        return None
    now = await modes.regime(call.session, call.here.id)
    await _journal(call, "slow", now.mode)
    return await slow_ended(call)


async def slow_ended(call: Call) -> list[Effect]:
    """Tells that it is over, unless the calendar says that it goes on."""
    if weeks := calendar_slow(call):
        # Its beginning needs no telling: people live it already. Its end will be told.
        await modes.tell_slow(call.session, call.here.id, str(weeks))
        return []
    await modes.tell_slow(call.session, call.here.id, None)
    values = {"next_date": await next_date(call)}
    return announce(call, "modes-slow-end", values, about="slow")


def calendar_slow(call: Call) -> periods.Weeks | None:
    """The slow period of the calendar that holds today."""
    every, today = slow_periods(call.here), local_day(call.now, call.here.zone)
    return periods.coming(every, today) if in_slow_period(today, every) else None


def last_day(until: datetime, call: Call) -> Day:
    """The last day of what ends then: « jusqu'au 20 mars » ends as the 21st begins."""
    return Day(local_day(until - timedelta(seconds=1), call.here.zone))


async def _turn(call: Call, mode: str, until: datetime | None) -> Reply:
    now = await modes.regime(call.session, call.here.id)
    if now.mode == "crisis":
        raise Complaint("pace-in-crisis", {"prefix": call.prefix})
    if (now.mode, now.until) == (mode, until):
        raise Complaint("pace-already", {"mode": Key(f"pace-mode-{mode}")})
    done = await modes.turn_to(call.session, call.here.id, mode, among=now.mode, until=until)
    if not done:
        raise Complaint("pace-someone-first")
    await _journal(call, now.mode, mode)
    if until is None:
        await call.tx.timers.clear(SLOW_OVER, str(call.here.id))
    else:
        await call.tx.timers.set(SLOW_OVER, str(call.here.id), due=until, community=call.here.id)
    return [*await _told(call, now, mode, until), await _done(call, mode, until)]


async def _told(call: Call, before: Regime, mode: str, until: datetime | None) -> list[Effect]:
    if mode != "slow" and before.mode == "slow":
        return await slow_ended(call)
    if mode != "slow":
        return announce(call, f"pace-{mode}-begun", {}, about="slow")
    if until is None:
        return announce(call, "pace-slow-begun", {}, about="slow")
    today = Day(local_day(call.now, call.here.zone))
    values: Values = {"start": today, "end": last_day(until, call)}
    return announce(call, "modes-slow-start", values, about="slow")


async def _done(call: Call, mode: str, until: datetime | None) -> Say:
    if mode == "slow":
        end = {"day": last_day(until, call)} if until else {}
        key = "pace-set-slow-until" if until else "pace-set-slow"
        return Say(key, end, buttons=(Button("pace.resume"), Button("pace.page")))
    weeks = calendar_slow(call)
    still = (Line("pace-calendar-slow", {"day": Day(weeks.last)}),) if weeks else ()
    return Say(
        "pace-set", {"mode": Key(f"pace-mode-{mode}")}, lines=still, buttons=(Button("pace.page"),)
    )


async def _journal(call: Call, before: str, after: str) -> None:
    await communities.note(
        call.session,
        call.here.id,
        "mode",
        at=call.now,
        by=call.account_id if call.actor else None,
        before=before,
        after=after,
    )
