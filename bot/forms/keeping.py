"""The rows of forms: kept, ended, put away, and whose turn comes next."""

from __future__ import annotations

from datetime import timedelta

from bot.call import Call, within
from bot.events import Place
from bot.forms.asking import question
from bot.forms.sheet import sheet_of, to
from bot.messages import Effect, EndButtons, Say, effects
from bot.ports import FormState
from bot.values import Key

PUT_AWAY = timedelta(days=7)


async def keep(call: Call, state: FormState) -> None:
    """Keeps what changed, and the form open for seven more days."""
    state.touched = call.now
    await call.tx.forms.save(state)
    await call.tx.timers.set(
        "form.away",
        str(state.id),
        due=call.now + PUT_AWAY,
        args={"form_id": state.id},
        community=state.community_id,
    )


async def end(call: Call, state: FormState) -> None:
    """Removes a form with its draft."""
    await call.tx.forms.close(state.id)
    await call.tx.timers.clear("form.away", str(state.id))
    if call.registry.forms[state.form].traceless:
        await call.tx.mailbox.forget(f"form:{state.id}")
        call.traceless = True


async def seat(call: Call, state: FormState) -> list[Effect]:
    """Asks the question it has come to, or says that it waits its turn."""
    active = await call.tx.forms.active(state.place)
    if active is not None and active.id != state.id:
        if not (state.asked_by == "person" and active.asked_by == "bot"):
            state.state = "waiting"
            await keep(call, state)
            form = call.registry.forms[state.form]
            waits = Say("forms-waits", {"form": Key(form.title)}, kept=not form.traceless)
            return [to(state.place, waits)]
        active.state = "waiting"
        await keep(call, active)
    state.state = "active"
    await keep(call, state)
    return await question(call, await sheet_of(call, state))


async def turn(call: Call, place: Place) -> list[Effect]:
    """Takes up the form that waits there, after the active one ended."""
    waiting = await call.tx.forms.waiting(place)
    if not waiting:
        return []
    state = waiting[0]
    state.state = "active"
    await keep(call, state)
    form = call.registry.forms[state.form]
    said = to(place, Say("forms-turn", {"form": Key(form.title)}, kept=not form.traceless))
    async with within(call, state.community_id):
        return [said, *await question(call, await sheet_of(call, state))]


async def put_away(call: Call, form_id: int) -> list[Effect]:
    """Nobody answered for seven days: the draft is kept aside and offered again later.

    What is asked once is never offered again, so nothing of it is kept.
    """
    state = await call.tx.forms.get(form_id)
    if state is None or state.state == "away":
        return []
    was_active = state.state == "active"
    ended = [*await set_aside(call, state), EndButtons(f"form:{state.id}")]
    return [*ended, *await turn(call, state.place)] if was_active else ended


async def set_aside(call: Call, state: FormState) -> list[Effect]:
    """Keeps the draft, of what may be asked again, for who asks for the form once more."""
    found = await dropped(call, state)
    if call.registry.forms[state.form].once:
        await end(call, state)
        return found
    state.state = "away"
    await call.tx.forms.save(state)
    await call.tx.timers.clear("form.away", str(state.id))
    return found


async def dropped(call: Call, state: FormState) -> list[Effect]:
    """What the feature does when its form is given up."""
    heard = call.registry.forms[state.form].dropped
    return effects(await heard(call, state)) if heard is not None else []
