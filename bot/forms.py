"""Forms without a modal: one question at a time in the private conversation (contracts §4).

One form per conversation is active; others wait and are announced at its end, a form the person
opened before one the bot asks for. Drafts live in rows, so a restart loses nothing. These functions
return effects; `dispatch` carries them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.call import Call, within
from bot.errors import Complaint
from bot.events import Place
from bot.messages import (
    AskForm,
    Button,
    Effect,
    EndButtons,
    Line,
    Say,
    ToAccount,
    ToPerson,
    effects,
)
from bot.parsing import fold, words
from bot.permissions import require
from bot.ports import FormState
from bot.registry import Field, Form
from bot.values import Key, Typed

PUT_AWAY = timedelta(days=7)
OWN = frozenset({"form.keep", "form.box"})
"""What a question offers beside its options: their numbers come first, and press them."""
CANCEL = ("annuler", "cancel")
BACK = ("retour", "back")
SKIP = ("passer", "skip")
AGAIN = "again"
"""The form that asks whether a command of long ago still holds [RE-3]."""
_YES, _NO = ("oui", "o", "yes", "y"), ("non", "n", "no")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form's state with its questions as they stand for this person."""

    form: Form
    state: FormState
    fields: Sequence[Field]

    @property
    def field(self) -> Field:
        return self.fields[min(self.state.step, len(self.fields) - 1)]


async def ask(call: Call, wish: AskForm) -> list[Effect]:
    """Opens a form: asks its first question, or says that it waits its turn."""
    form = call.registry.forms[wish.form]
    place, by = await _where(call, wish)
    if wish.of is None:
        require(call.standing, form)
    states = call.tx.forms
    active = await states.active(place)
    here = call.community.id if call.community else None
    asked = (wish.form, wish.args, here)
    if active and (active.form, active.args, active.community_id) == asked:
        return await _question(call, await _sheet(call, active))
    kept = [
        s for s in await states.away(place, wish.form) if (s.form, s.args, s.community_id) == asked
    ]
    if kept:
        state = kept[0]
        state.state = "active"
    else:
        state = await states.open(
            FormState(
                id=0,
                place=place,
                community_id=here,
                form=wish.form,
                args=wish.args,
                values=dict(wish.prefill),
                step=0,
                state="active",
                asked_by=by,
                touched=call.now,
            )
        )
    if active and not (by == "person" and active.asked_by == "bot"):
        state.state = "waiting"
        await _keep(call, state)
        return [_to(place, Say("forms-waits", {"form": Key(form.title)}))]
    if active:
        active.state = "waiting"
        await _keep(call, active)
    await _keep(call, state)
    sheet = await _sheet(call, state)
    again = [_to(place, Say("forms-resumed", {"form": Key(form.title)}))]
    return [*(again if kept else []), *await _question(call, sheet)]


async def active(call: Call) -> FormState | None:
    """The form that a line typed in the actor's private conversation answers, or None."""
    state = await call.tx.forms.active(call.who.account.dm)
    # What was typed before the bot was back is no answer to what it asks on coming back.
    return None if state is not None and call.late and state.form == AGAIN else state


async def hear(call: Call, state: FormState, text: str) -> list[Effect]:
    """A line typed while this form is active: a word that acts on it, or an answer."""
    word = words(text)
    if word in [words(w) for w in CANCEL]:
        return await cancel(call, state)
    if word in [words(w) for w in BACK]:
        return await back(call, state)
    sheet = await _sheet(call, state)
    if word in [words(w) for w in SKIP]:
        return await skip(call, state, state.step)
    pressed = _numbered(sheet, text)
    if pressed is not None and (sheet.field.presses or pressed.action in OWN):
        return await _press(call, state, pressed)
    try:
        value = _understand(call, sheet, text)
    except Complaint as complaint:
        state.error = complaint.key
        await _keep(call, state)
        return await _question(call, sheet, complaint=complaint, typed=text)
    if not _choices(sheet.field) and sheet.field.name not in state.typed:
        state.typed.append(sheet.field.name)
    return await _take(call, sheet, value)


async def choose(call: Call, state: FormState, step: int, option: int) -> list[Effect]:
    """A press on an option of a question, also of an earlier one while the form is open."""
    sheet = await _sheet(call, state, step)
    choices = _choices(sheet.field)
    if not 0 <= option < len(choices):
        raise Complaint("answers-expired-button", {"state": ""})
    if sheet.field.kind == "choices":
        chosen = [v for v in state.values.get(sheet.field.name, "").split(",") if v]
        value = choices[option][0]
        chosen = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
        state.values[sheet.field.name] = ",".join(chosen)
        await _keep(call, state)
        return await _question(call, sheet)
    return await _take(call, sheet, choices[option][0])


async def keep_value(call: Call, state: FormState, step: int) -> list[Effect]:
    """Keeps what stands there already (a prefilled name, several choices made)."""
    sheet = await _sheet(call, state, step)
    value = state.values.get(sheet.field.name, "")
    if not value and sheet.field.required:
        return await _question(call, sheet, complaint=Complaint("forms-required"))
    return await _take(call, sheet, value)


async def toggle_box(call: Call, state: FormState) -> list[Effect]:
    """Ticks or unticks the box that rides on a question, and asks the question again."""
    sheet = await _sheet(call, state)
    name = next((f.box for f in sheet.fields if f.box), None)
    if name is None:
        raise Complaint("answers-expired-button", {"state": ""})
    state.values[name] = "" if state.values.get(name) else "yes"
    await _keep(call, state)
    return await _question(call, sheet)


async def skip(call: Call, state: FormState, step: int) -> list[Effect]:
    """Leaves an optional question empty."""
    sheet = await _sheet(call, state, step)
    if sheet.field.required:
        return await _question(call, sheet, complaint=Complaint("forms-required"))
    return await _take(call, sheet, "")


async def back(call: Call, state: FormState) -> list[Effect]:
    """Asks the question before again; the answer given stays until it is replaced."""
    state.step = max(0, state.step - 1)
    state.error = None
    await _keep(call, state)
    return await _question(call, await _sheet(call, state))


async def cancel(call: Call, state: FormState) -> list[Effect]:
    """Ends the form, keeps nothing, and gives back what was typed."""
    typed = "\n".join(state.values.get(name, "") for name in state.typed)
    dropped = await _dropped(call, state)
    await _end(call, state)
    visitor = call.actor is None or call.actor.account_id is None
    said = (
        Say("answers-form-cancelled-empty")
        if not typed or visitor
        else Say("answers-form-cancelled", {"typed": Typed(typed)})
    )
    return [*dropped, EndButtons(f"form:{state.id}"), said, *await _next(call, state.place)]


async def complete(call: Call, state: FormState) -> list[Effect]:
    """Hands the answers to the feature. Its Complaint leaves the draft as it is."""
    form = call.registry.forms[state.form]
    require(call.standing, form)
    reply = effects(await form.filled(call, dict(state.values), *state.args))
    await _end(call, state)
    return [EndButtons(f"form:{state.id}"), *reply, *await _next(call, state.place)]


async def again(call: Call, state: FormState, complaint: Complaint) -> list[Effect]:
    """The feature refused the answers: the draft stays, the question says what to mend."""
    state.error = complaint.key
    await _keep(call, state)
    return await _question(call, await _sheet(call, state), complaint=complaint)


async def end(call: Call, state: FormState) -> list[Effect]:
    """Closes a form with its draft, and takes up the one that waits."""
    await _end(call, state)
    return [EndButtons(f"form:{state.id}"), *await _next(call, state.place)]


async def put_away(call: Call, form_id: int) -> list[Effect]:
    """Nobody answered for seven days: the draft is kept aside and offered again later.

    What is asked once is never offered again, so nothing of it is kept.
    """
    state = await call.tx.forms.get(form_id)
    if state is None or state.state == "away":
        return []
    turn = state.state == "active"
    dropped = await _dropped(call, state)
    if call.registry.forms[state.form].once:
        await _end(call, state)
    else:
        state.state = "away"
        await call.tx.forms.save(state)
    ended = [*dropped, EndButtons(f"form:{state.id}")]
    return [*ended, *await _next(call, state.place)] if turn else ended


async def _take(call: Call, sheet: _Sheet, value: str) -> list[Effect]:
    state = sheet.state
    state.values[sheet.field.name] = value
    state.error = None
    # An earlier question answered again does not lose what came after it.
    state.step = min(state.step + 1, len(sheet.fields))
    fresh = await _sheet(call, state)
    if state.step >= len(fresh.fields):
        state.step = len(fresh.fields) - 1
        await _keep(call, state)
        return await complete(call, state)
    await _keep(call, state)
    return await _question(call, fresh)


async def _question(
    call: Call, sheet: _Sheet, *, complaint: Complaint | None = None, typed: str = ""
) -> list[Effect]:
    state, field = sheet.state, sheet.field
    key = field.key or f"form-{state.form}-{field.name.replace('_', '-')}"
    lines: list[Line] = []
    if complaint is not None:
        lines.append(Line(complaint.key, complaint.values))
        visitor = call.actor is None or call.actor.account_id is None
        if typed and not visitor:
            lines.append(Line("forms-typed", {"typed": Typed(typed[:2000])}))
    if state.step == 0 and sheet.form.visible:
        lines.append(Line(sheet.form.visible))
    if len(sheet.fields) > 1:
        lines.append(Line("forms-progress", {"step": state.step + 1, "of": len(sheet.fields)}))
    meta = {
        "name": state.form,
        "field": field.name,
        "step": state.step + 1,
        "of": len(sheet.fields),
        "required": field.required,
        "error": complaint.key if complaint else None,
    }
    say = Say(
        key,
        field.values,
        lines=tuple(lines),
        buttons=tuple(_buttons(sheet)),
        kind="form",
        name=f"form:{state.id}",
        form=meta,
        community=state.community_id,
    )
    return [_to(state.place, say)]


def _buttons(sheet: _Sheet) -> list[Button]:
    state, field = sheet.state, sheet.field
    step = state.step
    chosen = state.values.get(field.name, "")
    buttons = []
    for index, (value, label) in enumerate(_choices(field)):
        data = value in dict(field.labels)
        mark = "☑ " if field.kind == "choices" and value in chosen.split(",") else ""
        buttons.append(
            Button(
                "form.choose",
                (state.id, step, index),
                label=None if data else label,
                text=mark + label if data else None,
            )
        )
    if chosen and field.kind in ("text", "choices"):
        if field.kind == "text" and len(chosen) <= 40:
            buttons.append(Button("form.keep", (state.id, step), values={"value": chosen}))
        else:
            buttons.append(Button("form.keep", (state.id, step), label="button-form-keep-all"))
    if field.box:
        ticked = "ticked" if state.values.get(field.box) else "empty"
        label = f"form-{state.form}-{field.box}-{ticked}"
        buttons.append(Button("form.box", (state.id,), label=label))
    if not field.required:
        buttons.append(Button("form.skip", (state.id, step)))
    if step > 0:
        buttons.append(Button("form.back", (state.id,)))
    buttons.append(Button("form.cancel", (state.id,)))
    return buttons


def _numbered(sheet: _Sheet, text: str) -> Button | None:
    typed = text.strip()
    buttons = _buttons(sheet)
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(buttons)):
        return None
    return buttons[int(typed[:4]) - 1]


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
        case _:
            return await cancel(call, state)


def _choices(field: Field) -> list[tuple[str, str]]:
    if field.kind == "yesno":
        return [("yes", "button-yes"), ("no", "button-no")]
    return [*field.options, *field.labels]


def _understand(call: Call, sheet: _Sheet, text: str) -> str:
    field = sheet.field
    typed = text.replace("\x00", "").strip()
    choices = _choices(field)
    if choices:
        return _chosen(call, field, choices, typed)
    if not typed:
        raise Complaint("forms-empty")
    if len(typed) > field.longest:
        raise Complaint("forms-too-long", {"longest": field.longest, "length": len(typed)})
    return field.check(typed) if field.check else typed


def _chosen(call: Call, field: Field, choices: list[tuple[str, str]], typed: str) -> str:
    if field.kind == "yesno" and fold(typed) in (*_YES, *_NO):
        return "yes" if fold(typed) in _YES else "no"
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(choices):
        return choices[int(typed[:4]) - 1][0]
    voice = call.voice(call.actor)
    for value, label in choices:
        shown = label if value in dict(field.labels) else call.texts.label(label, {}, voice)
        if words(shown) == words(typed) or words(value) == words(typed):
            return value
    raise Complaint("forms-not-a-choice")


async def _sheet(call: Call, state: FormState, step: int | None = None) -> _Sheet:
    form = call.registry.forms[state.form]
    if step is not None:
        state.step = step
    return _Sheet(form, state, await form.fields(call, state))


async def _keep(call: Call, state: FormState) -> None:
    state.touched = call.now
    await call.tx.forms.save(state)
    await call.tx.timers.set(
        "form.away",
        str(state.id),
        due=call.now + PUT_AWAY,
        args={"form_id": state.id},
        community=state.community_id,
    )


async def _end(call: Call, state: FormState) -> None:
    await call.tx.forms.close(state.id)
    await call.tx.timers.clear("form.away", str(state.id))


async def _dropped(call: Call, state: FormState) -> list[Effect]:
    heard = call.registry.forms[state.form].dropped
    return effects(await heard(call, state)) if heard is not None else []


async def _next(call: Call, place: Place) -> list[Effect]:
    waiting = await call.tx.forms.waiting(place)
    if not waiting:
        return []
    state = waiting[0]
    state.state = "active"
    await _keep(call, state)
    said = _to(place, Say("forms-turn", {"form": Key(call.registry.forms[state.form].title)}))
    async with within(call, state.community_id):
        return [said, *await _question(call, await _sheet(call, state))]


async def _where(call: Call, wish: AskForm) -> tuple[Place, str]:
    if isinstance(wish.of, ToAccount):
        return wish.of.account.dm, "bot"
    if isinstance(wish.of, ToPerson):
        reader = await call.tx.people.reader(wish.of.person_id)
        if reader is None:
            raise Complaint("permissions-no-community")
        return reader.account.dm, "bot"
    return call.who.account.dm, "person"


def _to(place: Place, say: Say) -> Say:
    return replace(say, to=ToAccount(place.account))
