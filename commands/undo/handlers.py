"""Taking back a message of the bot, or correcting it, from the message itself [AT-6].

One tap on every platform: 🗑️ on the message. Then the shortcut in its menu, a reply, and the button
that whoever posted it was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.events import Deleted, Picked, Reacted, Undelivered
from bot.messages import AskForm, Button, Line, Reply, Say, ToAnimators
from bot.people import Role
from bot.ports import Receipt
from bot.registry import Arg, Field, button, command, form, on
from commands.undo import service
from storage import undo

BIN = "🗑"
SHOWN = 5
"""Messages that are offered when none was pointed at, the newest first."""


@on(Reacted)
async def binned(call: Call) -> Reply:
    """🗑️ by an animator takes the message back; anybody else's is a sign like others."""
    event, receipt = call.event, call.receipt
    assert isinstance(event, Reacted)
    if event.key.replace("\ufe0f", "") != BIN or receipt is None or call.role < Role.ANIMATOR:
        return None
    if receipt.place.dm or receipt.gone:
        return None
    return await service.take_back(call, await service.public(call, receipt))


@command("remove", "retirer", who=Role.ANIMATOR, on_ours=True)
async def remove_typed(call: Call) -> Reply:
    """Takes back the message it replies to; without one, offers the newest."""
    receipt = await service.meant(call)
    if receipt is None:
        return await _offered(call, "undo.remove")
    return await service.take_back(call, receipt)


@button("undo.remove", who=Role.ANIMATOR, lasting=True, shortcut=True)
async def remove(call: Call, *which: str | int) -> Reply:
    """The same, of the message in whose menu it stands, or of the one that it names."""
    return await service.take_back(call, await _meant(call, which))


@command(
    "correct",
    "corriger",
    who=Role.ANIMATOR,
    args=(Arg("new_text", "text", optional=True),),
    on_ours=True,
)
async def correct_typed(call: Call, new_text: str | None = None) -> Reply:
    """Gives the message it replies to other words, or asks for them."""
    receipt = await service.meant(call)
    if receipt is None:
        return await _offered(call, "undo.correct")
    if new_text is None:
        return await _asked(call, receipt)
    return await service.correct(call, receipt, new_text)


@button("undo.correct", who=Role.ANIMATOR, lasting=True, shortcut=True)
async def correct(call: Call, *which: str | int) -> Reply:
    """Asks for the other words of the message in whose menu it stands, or that it names."""
    return await _asked(call, await _meant(call, which))


async def fields(call: Call, state: Any) -> Sequence[Field]:
    """The new words, with those of today where they are kept."""
    receipt = await undo.kept(call.session, call.here.id, int(state.args[0]))
    longest = service.longest_of(call, receipt) if receipt is not None else service.LONGEST
    now = {"now": state.values.get("text", "")}
    return (Field("text", longest=longest, values=now),)


@form("correct", fields=fields, who=Role.ANIMATOR, visible="form-correct-visible")
async def corrected(call: Call, values: Mapping[str, str], number: int) -> Reply:
    """The form is complete."""
    return await service.correct(call, await service.numbered(call, number), values["text"])


@on(Deleted)
async def deleted_by_hand(call: Call) -> Reply:
    """Somebody who moderates the room deleted what the bot had said: it is left alone from now on.

    What it caused stays, for the platform does not tell whether they meant that too.
    """
    if call.receipt is not None and not call.receipt.place.dm:
        await call.tx.mailbox.take_back([call.receipt])
    return None


@on(Undelivered)
async def refused(call: Call) -> Reply:
    """The platform did not let the bot change what it had said: people still can, by hand."""
    event = call.event
    assert isinstance(event, Undelivered)
    kind = event.args.get(service.REFUSED)
    if kind is None or call.community is None:
        return None
    space = await call.tx.people.space_at(event.place)
    told = {"space": (space.title if space else "") or event.place.id}
    return Say(f"undo-refused-{kind}", told, ToAnimators(), kind="alert")


async def _meant(call: Call, which: Sequence[str | int]) -> Receipt:
    match which:
        case [int(number)]:
            return await service.numbered(call, number)
        case [str(name), int(number)]:
            return await service.named(call, f"{name}:{number}")
    found = await service.meant(call) if isinstance(call.event, Picked) else None
    if found is None:
        raise Complaint("answers-expired-button", {"state": ""})
    return found


async def _asked(call: Call, receipt: Receipt) -> AskForm:
    service.require_ours(call, receipt)
    now = await service.words_of(call, receipt)
    return AskForm("correct", (receipt.id,), prefill={"text": now} if now else {})


async def _offered(call: Call, action: str) -> Say:
    """The newest public messages, each with its button; their words are not kept."""
    found = await undo.newest(call.session, call.here.id, most=SHOWN)
    if not found:
        raise Complaint("undo-nothing")
    lines = []
    for number, receipt in enumerate(found, start=1):
        told = await service.about(call, receipt)
        lines.append(
            Line("undo-line-words" if told["words"] else "undo-line", {"n": number, **told})
        )
    removes = action == "undo.remove"
    label = "button-undo-which" if removes else "button-undo-which-correct"
    buttons = [
        Button(action, (receipt.id,), label=label, values={"n": number})
        for number, receipt in enumerate(found, start=1)
    ]
    key = "undo-which" if removes else "undo-which-correct"
    return Say(key, lines=tuple(lines), buttons=tuple(buttons))
