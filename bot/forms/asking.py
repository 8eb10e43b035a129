"""One question of a form as a message, with its buttons."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.forms.sheet import Sheet, choices, confirms, is_visitor, key_of, to
from bot.forms.windows import fits
from bot.messages import Button, Effect, Line, Say
from bot.values import Typed

WHO = "who_will_see"
"""The button under a first question that tells who will see the answers [§12]."""
OWN = frozenset({"form.keep", "form.box", WHO})
"""What a question offers beside its options: their numbers come first, and press them."""


async def question(
    call: Call, sheet: Sheet, *, complaint: Complaint | None = None, typed: str = ""
) -> list[Effect]:
    """The question that the form has come to; a complaint says what to mend."""
    state, field = sheet.state, sheet.field
    lines: list[Line] = []
    if complaint is not None:
        lines.append(Line(complaint.key, complaint.values))
        if typed and not (is_visitor(call) or sheet.form.traceless):
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
        key_of(state.form, field),
        field.values,
        lines=tuple(lines),
        buttons=tuple(_buttons(call, sheet)),
        kind="form",
        name=f"form:{state.id}",
        form=meta,
        community=state.community_id,
        kept=not sheet.form.traceless,
    )
    return [to(state.place, say)]


def numbered(call: Call, sheet: Sheet, text: str) -> Button | None:
    """The button of the question whose number was typed, or None."""
    typed = text.strip()
    buttons = _buttons(call, sheet)
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(buttons)):
        return None
    return buttons[int(typed[:4]) - 1]


def _buttons(call: Call, sheet: Sheet) -> list[Button]:
    state, field = sheet.state, sheet.field
    step = state.step
    buttons = [*_options(sheet), *_kept(sheet)]
    if field.box:
        ticked = "ticked" if state.values.get(field.box) else "empty"
        label = f"form-{state.form}-{field.box}-{ticked}"
        buttons.append(Button("form.box", (state.id,), label=label))
    if not field.required:
        buttons.append(Button("form.skip", (state.id, step)))
    if step > 0:
        buttons.append(Button("form.back", (state.id,)))
    if _has_windows(call, sheet):
        # With all the answers before one's eyes there is nothing left to fill in.
        label = "button-form-change" if confirms(field) else "button-form-open"
        buttons.append(Button("form.open", (state.id,), label=label))
    buttons.append(Button("form.cancel", (state.id,)))
    if step == 0 and sheet.form.visible and call.registry.has(WHO):
        buttons.append(Button(WHO, ("form", state.form)))
    return buttons


def _options(sheet: Sheet) -> list[Button]:
    state, field = sheet.state, sheet.field
    chosen = state.values.get(field.name, "").split(",")
    buttons = []
    for index, (value, label) in enumerate(choices(field)):
        data = value in dict(field.labels)
        mark = "☑ " if field.kind == "choices" and value in chosen else ""
        buttons.append(
            Button(
                "form.choose",
                (state.id, state.step, index),
                label=None if data else label,
                text=mark + label if data else None,
            )
        )
    return buttons


def _kept(sheet: Sheet) -> list[Button]:
    state, field = sheet.state, sheet.field
    chosen = state.values.get(field.name, "")
    if not chosen or field.kind not in ("text", "choices"):
        return []
    at = (state.id, state.step)
    if field.kind == "text" and len(chosen) <= 40:
        return [Button("form.keep", at, values={"value": chosen})]
    return [Button("form.keep", at, label="button-form-keep-all")]


def _has_windows(call: Call, sheet: Sheet) -> bool:
    """Whether who is asked could fill it in at once: `able` is of the platform of who acts."""
    here = call.actor is not None and call.actor.account == sheet.state.place.account
    return here and call.able.modals and fits(sheet)
