"""What a window sends: its answers, or that it was closed; and what it must mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import markup
from bot.call import Call, enter
from bot.errors import Complaint, Unfit
from bot.events import FormClosed, FormFilled
from bot.forms.answers import draft, in_window, sent
from bot.forms.hearing import complete, mine
from bot.forms.keeping import keep, seat, set_aside
from bot.forms.sheet import choices, confirms, is_visitor, sheet_of
from bot.messages import Button, Effect, Line, Say
from bot.permissions import require
from bot.ports import FormState
from bot.refusals import OFFERS, told
from bot.registry import Field
from bot.values import Typed


async def filled(call: Call, event: FormFilled) -> list[Effect]:
    """Takes the answers. Raises Unfit with all that must be mended, or the feature's Complaint."""
    state = await mine(call, event.form)
    if state is None:
        home = [Button("home")] if call.registry.has("home") else []
        return [_given_back(call, Say("forms-window-gone", buttons=tuple(home)), event.values)]
    await enter(call, state.community_id)
    require(call.standing, call.registry.forms[state.form])
    sheet = await sheet_of(call, state)
    values, faults = sent(in_window(sheet.fields), event.values)
    if faults:
        raise Unfit(faults)
    _take(state, in_window(sheet.fields), values)
    state.error = None
    for step, field in enumerate(sheet.fields):
        if confirms(field):
            state.step = step
            return await seat(call, state)
    return await complete(call, state)


async def closed(call: Call, event: FormClosed) -> list[Effect]:
    """The draft is kept aside; a question that stands open in the conversation stays."""
    state = await mine(call, event.form)
    if state is None or state.state != "modal":
        return []
    await enter(call, state.community_id)
    return await set_aside(call, state)


async def mend(
    call: Call, event: FormFilled, complaint: Complaint, *, ends: bool = True
) -> dict[str, str]:
    """What the window must say beside which field, "" for the whole; what was typed is kept.

    Nothing when there is nothing in it to mend: then the window closes. A complaint `ends` what is
    asked once, unless it is one about the answers themselves.
    """
    state = await mine(call, event.form)
    if state is None or complaint.key in OFFERS:
        return {}
    if ends and call.registry.forms[state.form].once and not isinstance(complaint, Unfit):
        return {}
    await enter(call, state.community_id)
    await _keep_draft(call, state, event.values)
    faults = complaint.faults if isinstance(complaint, Unfit) else {"": complaint}
    voice = call.voice(call.actor)
    return {
        name: markup.plain(call.texts.render(each.key, each.values, voice))
        for name, each in faults.items()
    }


async def refused(call: Call, event: FormFilled, complaint: Complaint) -> list[Effect]:
    """A refusal that no other answer would change is told in private; the draft is kept aside."""
    found: list[Effect] = []
    state = await mine(call, event.form)
    if state is not None and state.state == "modal":
        await _keep_draft(call, state, event.values)
        found = await set_aside(call, state)
    return [*found, _given_back(call, told(call, complaint), event.values)]


async def _keep_draft(call: Call, state: FormState, values: Mapping[str, str]) -> None:
    """Keeps what nobody has checked yet, so that each question is asked anew before it counts.

    Of a question that stands open in the conversation nothing changes underneath: the window, which
    stays, has what was typed.
    """
    if state.state in ("active", "waiting"):
        return
    try:
        fields = in_window((await sheet_of(call, state)).fields)
    except Complaint:
        # What it is about is gone, and with it the questions.
        return
    _take(state, fields, draft(fields, values))
    state.step = 0
    await keep(call, state)


def _take(state: FormState, fields: list[Field], values: Mapping[str, str]) -> None:
    """The values become those of the form; it is noted which of them somebody typed."""
    for field in fields:
        value = values.get(field.name, "")
        typed = value and not choices(field) and value != state.values.get(field.name)
        if typed and field.name not in state.typed:
            state.typed.append(field.name)
    state.values.update(values)


def _given_back(call: Call, say: Say, values: Mapping[str, str]) -> Say:
    """With what was typed, but to a visitor; a single word is no loss, or was none of theirs."""
    typed = "\n".join(value.strip() for value in values.values() if len(value.split()) > 1)
    if not typed or is_visitor(call):
        return say
    return replace(say, lines=(*say.lines, Line("answers-typed-back", {"typed": Typed(typed)})))
