"""An answer in the private conversation: typed, pressed, or a word that acts on the form."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.events import FormFilled, Pressed, Said
from bot.forms import asking, keeping
from bot.forms.answers import understand
from bot.forms.asking import OWN, numbered, question
from bot.forms.keeping import keep, turn
from bot.forms.sheet import Sheet, choices, is_visitor, sheet_of
from bot.messages import AskForm, Button, Effect, EndButtons, Say, effects
from bot.parsing import words
from bot.permissions import require
from bot.ports import FormState
from bot.values import Typed

CANCEL = ("annuler", "cancel")
BACK = ("retour", "back")
SKIP = ("passer", "skip")
AGAIN = "again"
"""The form that asks whether a command of long ago still holds [RE-3]."""


async def active(call: Call) -> FormState | None:
    """The form that a line typed in the actor's private conversation answers, or None."""
    state = await call.tx.forms.active(call.who.account.dm)
    # What was typed before the bot was back is no answer to what it asks on coming back.
    return None if state is not None and call.late and state.form == AGAIN else state


async def in_hand(call: Call) -> FormState | None:
    """The form that this event answers, or None."""
    event = call.event
    if isinstance(event, FormFilled):
        return await mine(call, event.form)
    if isinstance(event, Said) and event.place.dm and not event.addressed:
        return await active(call)
    if isinstance(event, Pressed) and event.action.startswith("form."):
        return await _pressed_in(call, event)
    return None


async def mine(call: Call, form_id: int) -> FormState | None:
    """A form of who acts, or None: that of anybody else is not there [SE-1]."""
    state = await call.tx.forms.get(form_id)
    return state if state is not None and state.place == call.who.account.dm else None


async def hear(call: Call, state: FormState, text: str) -> list[Effect]:
    """A line typed while this form is active: a word that acts on it, or an answer."""
    word = words(text)
    if word in [words(w) for w in CANCEL]:
        return await cancel(call, state)
    if word in [words(w) for w in BACK]:
        return await back(call, state)
    sheet = await sheet_of(call, state)
    if word in [words(w) for w in SKIP]:
        return await skip(call, state, state.step)
    pressed = numbered(call, sheet, text)
    if pressed is not None and (sheet.field.presses or pressed.action in OWN):
        return await _press(call, state, pressed)
    try:
        value = understand(call, sheet.field, text)
    except Complaint as complaint:
        state.error = complaint.key
        await keep(call, state)
        return await question(call, sheet, complaint=complaint, typed=text)
    if not choices(sheet.field) and sheet.field.name not in state.typed:
        state.typed.append(sheet.field.name)
    return await _take(call, sheet, value)


async def choose(call: Call, state: FormState, step: int, option: int) -> list[Effect]:
    """A press on an option of a question, also of an earlier one while the form is open."""
    sheet = await sheet_of(call, state, step)
    offered = choices(sheet.field)
    if not 0 <= option < len(offered):
        raise Complaint("answers-expired-button", {"state": ""})
    if sheet.field.kind == "choices":
        chosen = [v for v in state.values.get(sheet.field.name, "").split(",") if v]
        value = offered[option][0]
        chosen = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
        state.values[sheet.field.name] = ",".join(chosen)
        await keep(call, state)
        return await question(call, sheet)
    return await _take(call, sheet, offered[option][0])


async def keep_value(call: Call, state: FormState, step: int) -> list[Effect]:
    """Keeps what stands there already (a prefilled name, several choices made)."""
    sheet = await sheet_of(call, state, step)
    field = sheet.field
    value = state.values.get(field.name, "")
    try:
        if not value and field.required:
            raise Complaint("forms-required")
        if value and field.name in state.typed:
            # It may be what a window was to mend.
            value = understand(call, field, value)
    except Complaint as complaint:
        return await question(call, sheet, complaint=complaint)
    return await _take(call, sheet, value)


async def toggle_box(call: Call, state: FormState) -> list[Effect]:
    """Ticks or unticks the box that rides on a question, and asks the question again."""
    sheet = await sheet_of(call, state)
    name = next((f.box for f in sheet.fields if f.box), None)
    if name is None:
        raise Complaint("answers-expired-button", {"state": ""})
    state.values[name] = "" if state.values.get(name) else "yes"
    await keep(call, state)
    return await question(call, sheet)


async def skip(call: Call, state: FormState, step: int) -> list[Effect]:
    """Leaves an optional question empty."""
    sheet = await sheet_of(call, state, step)
    if sheet.field.required:
        return await question(call, sheet, complaint=Complaint("forms-required"))
    return await _take(call, sheet, "")


async def back(call: Call, state: FormState) -> list[Effect]:
    """Asks the question before again; the answer given stays until it is replaced."""
    state.step = max(0, state.step - 1)
    state.error = None
    await keep(call, state)
    return await question(call, await sheet_of(call, state))


async def cancel(call: Call, state: FormState) -> list[Effect]:
    """Ends the form, keeps nothing, and gives back what was typed."""
    typed = "\n".join(state.values.get(name, "") for name in state.typed)
    dropped = await keeping.dropped(call, state)
    await keeping.end(call, state)
    traceless = call.registry.forms[state.form].traceless
    said = (
        Say("answers-form-cancelled-empty", kept=not traceless)
        if not typed or traceless or is_visitor(call)
        else Say("answers-form-cancelled", {"typed": Typed(typed)})
    )
    return [*dropped, EndButtons(f"form:{state.id}"), said, *await turn(call, state.place)]


async def complete(call: Call, state: FormState) -> list[Effect]:
    """Hands the answers to the feature. Its Complaint leaves the draft as it is."""
    form = call.registry.forms[state.form]
    require(call.standing, form)
    was_active = state.state == "active"
    reply = effects(await form.filled(call, dict(state.values), *state.args))
    await keeping.end(call, state)
    ended = [EndButtons(f"form:{state.id}"), *reply]
    return [*ended, *await turn(call, state.place)] if was_active else ended


async def again(call: Call, state: FormState, complaint: Complaint) -> list[Effect]:
    """The feature refused the answers: the draft stays, the question says what to mend."""
    state.error = complaint.key
    await keep(call, state)
    return await question(call, await sheet_of(call, state), complaint=complaint)


async def end(call: Call, state: FormState) -> list[Effect]:
    """Closes a form with its draft, and takes up the one that waits."""
    await keeping.end(call, state)
    return [EndButtons(f"form:{state.id}"), *await turn(call, state.place)]


async def _pressed_in(call: Call, event: Pressed) -> FormState | None:
    """The active form; not one that is asked only once, for a button of another must not end it."""
    state = await call.tx.forms.active(event.place)
    if state is None or event.action.split(":")[1:2] == [str(state.id)]:
        return state
    return None if call.registry.forms[state.form].once else state


async def _take(call: Call, sheet: Sheet, value: str) -> list[Effect]:
    state = sheet.state
    state.values[sheet.field.name] = value
    state.error = None
    # An earlier question answered again does not lose what came after it.
    state.step = min(state.step + 1, len(sheet.fields))
    fresh = await sheet_of(call, state)
    if state.step >= len(fresh.fields):
        state.step = len(fresh.fields) - 1
        await keep(call, state)
        return await complete(call, state)
    await keep(call, state)
    return await question(call, fresh)


async def _press(call: Call, state: FormState, button: Button) -> list[Effect]:
    match button.action:
        case "form.choose":
            return await choose(call, state, state.step, int(button.args[2]))
        case "form.keep":
            return await keep_value(call, state, state.step)
        case "form.box":
            return await toggle_box(call, state)
        case "form.skip":
            return await skip(call, state, state.step)
        case "form.back":
            return await back(call, state)
        case "form.open":
            return [AskForm(state.form, state.args)]
        case asking.WHO:
            # It only tells; the question still waits.
            return effects(await call.registry.buttons[asking.WHO].handler(call, *button.args))
        case _:
            return await cancel(call, state)
