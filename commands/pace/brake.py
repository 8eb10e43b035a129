"""The brake: a quarter of members say it is too much, and the bot halves what it says [SA-6, e.1].

Pulses feed it. Nobody takes it off before its time: it protects those who answered.
"""

from __future__ import annotations

from bot.call import Call
from bot.courtesy import BRAKE, brakes
from bot.messages import Button, Effect, Reply
from bot.registry import timer
from bot.values import Day
from bot.when import local_day
from commands.pace.telling import announce
from storage import communities, modes

OVER = "pace.brake_over"
OWN = "modes-brake-{}-button-pace"


async def reported_load(call: Call, too_much: int, answers: int) -> list[Effect]:
    """What members said of the load in a pulse: how many say « trop », of how many answers.

    A second report during a brake draws it again, for four weeks from then, and tells the new day.
    """
    if not brakes(too_much, answers):
        return []
    until = call.now + BRAKE
    await modes.brake(call.session, call.here.id, until)
    await call.tx.timers.set(OVER, str(call.here.id), due=until, community=call.here.id)
    await communities.note(
        call.session, call.here.id, "brake", at=call.now, by=None, after=until.date().isoformat()
    )
    values = {"date": Day(local_day(until, call.here.zone))}
    own = (Button("pace", label=OWN.format("start")),)
    return announce(call, "modes-brake-start", values, about="brake", buttons=own)


@timer(OVER)
async def over(call: Call) -> Reply:
    """Four weeks later the usual pace resumes."""
    if not await modes.end_brake(call.session, call.here.id, call.now):
        return None
    await communities.note(call.session, call.here.id, "brake-end", at=call.now, by=None)
    own = (Button("pace", label=OWN.format("end")),)
    return announce(call, "modes-brake-end", {}, about="brake", buttons=own)
