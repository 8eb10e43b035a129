"""The buttons that every form has, and the day it is put away (contracts §4)."""

from __future__ import annotations

from bot import forms
from bot.call import Call, enter
from bot.errors import Complaint
from bot.messages import Look, Reply
from bot.pacing import LOOK
from bot.ports import FormState
from bot.registry import button, timer


@button("form.choose")
async def choose(call: Call, form: int, step: int, option: int) -> Reply:
    """One of a question's options."""
    return await forms.choose(call, await _mine(call, form), step, option)


@button("form.keep")
async def keep(call: Call, form: int, step: int) -> Reply:
    """Keeps what stands there already."""
    return await forms.keep_value(call, await _mine(call, form), step)


@button("form.box")
async def box(call: Call, form: int) -> Reply:
    """Ticks the box that rides on a question."""
    return await forms.toggle_box(call, await _mine(call, form))


@button("form.skip")
async def skip(call: Call, form: int, step: int) -> Reply:
    """Leaves an optional question empty."""
    return await forms.skip(call, await _mine(call, form), step)


@button("form.back")
async def back(call: Call, form: int) -> Reply:
    """Asks the question before again."""
    return await forms.back(call, await _mine(call, form))


@button("form.cancel", lasting=True)
async def cancel(call: Call, form: int) -> Reply:
    """Ends the form and gives back what was typed."""
    return await forms.cancel(call, await _mine(call, form))


@button("form.open", lasting=True)
async def open_again(call: Call, form: int) -> Reply:
    """Opens the form in a window, with what was answered so far."""
    return await forms.opened_again(call, form)


@timer("form.away")
async def away(call: Call, form_id: int) -> Reply:
    """Nobody answered for seven days."""
    return await forms.put_away(call, form_id)


@timer(LOOK)
async def look_again(call: Call, audience: str, audience_id: str) -> Reply:
    """Looks again at what waits for one audience."""
    return Look(audience, audience_id)


async def _mine(call: Call, form: int) -> FormState:
    state = await forms.mine(call, form)
    if state is None or state.state in ("away", "modal"):
        raise Complaint("answers-expired-button", {"state": ""})
    if state.state == "waiting":
        raise Complaint("forms-other-first")
    await enter(call, state.community_id)
    return state
