"""Slow periods of the calendar: told the working day before, and again when they are over (e.5)."""

from __future__ import annotations

from datetime import time, timedelta

from bot.call import Call
from bot.messages import Effect, Reply
from bot.people import Role
from bot.registry import section, timer
from bot.values import Day
from bot.when import instant_of, local_day, next_opening
from commands.pace import periods
from commands.pace.modes import slow_ended
from commands.pace.periods import Weeks
from commands.pace.telling import announce
from commands.settings.table import Setting
from storage import modes
from storage.paces import calendar_of, slow_periods

WATCH = "pace.watch"
"""The timer of every working day's opening; its key is the community's number."""
READS = ("slow_periods", "holidays", "timezone", "working_hours")
"""The settings that decide when a slow period is told."""


@timer(WATCH)
async def watch(call: Call) -> Reply:
    """Tells what begins or is over, once for each period."""
    calendar = calendar_of(call.here)
    tomorrow = local_day(call.now, calendar.zone) + timedelta(days=1)
    due = next_opening(instant_of(tomorrow, time(), zone=calendar.zone), calendar)
    await call.tx.timers.set(WATCH, str(call.here.id), due=due, community=call.here.id)
    return await _notice(call)


@section("setting", order=40, who=Role.COORDINATOR)
async def watch_again(call: Call, setting: Setting) -> None:
    """A setting changed that decides it: looked at now."""
    if setting.name in READS:
        await call.tx.timers.set(WATCH, str(call.here.id), due=call.now, community=call.here.id)


async def _notice(call: Call) -> list[Effect]:
    now = await modes.regime(call.session, call.here.id)
    if call.here.state != "open" or now.mode in ("slow", "crisis"):
        return []
    told = Weeks.of(now.slow_told) if now.slow_told else None
    today = local_day(call.now, call.here.zone)
    calendar = calendar_of(call.here)
    found = periods.notice(told, slow_periods(call.here), today, calendar=calendar)
    match found:
        case None:
            return []
        case Weeks():
            await modes.tell_slow(call.session, call.here.id, str(found))
            back = Day(periods.back_on(found, calendar))
            ends = {"start": Day(found.first), "end": Day(found.last)}
            if found.year_end:
                return announce(
                    call, "modes-year-end-pause", {**ends, "next_date": back}, about="slow"
                )
            return announce(call, "modes-slow-start", ends, about="slow")
        case "over":
            return await slow_ended(call)
        case _:
            await modes.tell_slow(call.session, call.here.id, None)
            return []
