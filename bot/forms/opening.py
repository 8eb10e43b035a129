"""Opening a form: in a window when one can open now, else by its first question, in its turn."""

from __future__ import annotations

from bot.call import Call, enter
from bot.errors import Complaint
from bot.events import Place
from bot.forms.asking import question
from bot.forms.hearing import mine
from bot.forms.keeping import keep, seat
from bot.forms.sheet import sheet_of, to
from bot.forms.windows import Window, fits, trigger_of
from bot.messages import AskForm, Effect, Say, ToAccount, ToPerson
from bot.permissions import require
from bot.ports import FormState
from bot.values import Key


async def ask(call: Call, wish: AskForm) -> list[Effect | Window]:
    """Opens a form, or takes up the same one begun before, with its draft."""
    form = call.registry.forms[wish.form]
    place, by = await _where(call, wish)
    if wish.of is None:
        require(call.standing, form)
    begun = await _begun(call, place, wish)
    state = begun or FormState(
        id=0,
        place=place,
        community_id=call.community.id if call.community else None,
        form=wish.form,
        args=wish.args,
        values=dict(wish.prefill),
        step=0,
        state="active",
        asked_by=by,
        touched=call.now,
        sealed=form.traceless,
    )
    if wish.of is None and (trigger := trigger_of(call)):
        if state.state in ("modal", "away") and not (state.typed or state.step):
            # Nothing was answered yet: what stands there beforehand is what is true now.
            state.values.update(wish.prefill)
        sheet = await sheet_of(call, state)
        if fits(sheet):
            await _apart(call, state)
            return [Window(sheet, trigger)]
    if begun is not None and begun.state == "active":
        return [*await question(call, await sheet_of(call, begun))]
    before = state.state
    if begun is None:
        await call.tx.forms.open(state)
    asked = await seat(call, state)
    if before in ("away", "modal") and state.state == "active" and (state.typed or state.step):
        resumed = Say("forms-resumed", {"form": Key(form.title)}, kept=not form.traceless)
        asked = [to(place, resumed), *asked]
    return [*asked]


async def opened_again(call: Call, form_id: int) -> AskForm:
    """The same form in its window. Raises the Complaint that there is none any more."""
    state = await mine(call, form_id)
    if state is None or not call.able.modals:
        raise Complaint("answers-expired-button", {"state": ""})
    await enter(call, state.community_id)
    return AskForm(state.form, state.args)


async def _apart(call: Call, state: FormState) -> None:
    """Keeps it beside the conversation, unless it has a turn there already."""
    if state.id == 0 or state.state == "away":
        state.state = "modal"
    if state.id == 0:
        await call.tx.forms.open(state)
    await keep(call, state)


async def _begun(call: Call, place: Place, wish: AskForm) -> FormState | None:
    """The same form, about the same thing in the same community, where it was begun already."""
    states = call.tx.forms
    here = call.community.id if call.community else None
    active = await states.active(place)
    found = [
        *([active] if active else []),
        *await states.waiting(place),
        *await states.windows(place, wish.form),
        *await states.away(place, wish.form),
    ]
    asked = (wish.form, wish.args, here)
    return next((s for s in found if (s.form, s.args, s.community_id) == asked), None)


async def _where(call: Call, wish: AskForm) -> tuple[Place, str]:
    if isinstance(wish.of, ToAccount):
        return wish.of.account.dm, "bot"
    if isinstance(wish.of, ToPerson):
        reader = await call.tx.people.reader(wish.of.person_id)
        if reader is None:
            raise Complaint("permissions-no-community")
        return reader.account.dm, "bot"
    return call.who.account.dm, "person"
