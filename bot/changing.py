"""What stands already: edited, taken back, reacted to, added to, and what is pressed there ended.

A receipt's name says what is meant, wherever it stands. Like `speaking`, of which this is the other
half, it runs inside the event's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.messages import (
    Attach,
    Edit,
    Effect,
    EndButtons,
    EndPoll,
    Poll,
    Rank,
    React,
    Remove,
    Say,
    Unreact,
)
from bot.packing import acts, labelled
from bot.ports import OF, Draft, Receipt

if TYPE_CHECKING:
    from bot.events import Place
    from bot.speaking import Speaker
    from bot.texts import Voice


async def change(speaker: Speaker, effect: Effect) -> None:
    """Writes the rows of such an effect. Raises TypeError for any other."""
    mailbox = speaker.call.tx.mailbox
    match effect:
        case Edit():
            await _edit(speaker, effect)
        case EndButtons():
            await _unseed(speaker, effect.name)
            await mailbox.end_buttons(effect.name)
        case Remove():
            await _remove(speaker, effect)
        case React() | Unreact():
            operation = "react" if isinstance(effect, React) else "unreact"
            await _to_all(speaker, effect.name, operation, {"emoji": effect.emoji})
        case Attach():
            files = {"files": [speaker.file(effect.file)]}
            await _to_all(speaker, effect.name, "attach", files, in_thread=True)
        case Poll():
            await _poll(speaker, effect)
        case EndPoll():
            await _to_all(speaker, _poll_of(effect.name), "end-poll", {})
            await mailbox.end_buttons(_poll_of(effect.name))
        case _:
            raise TypeError(type(effect).__name__)


async def _edit(speaker: Speaker, edit: Edit) -> None:
    call = speaker.call
    for receipt in await call.tx.mailbox.receipts(edit.name):
        if edit.public and receipt.place.dm:
            continue
        voice = call.dated(await _voice_of(speaker, receipt), receipt.place)
        say = Say(
            edit.key,
            edit.values,
            lines=edit.lines,
            buttons=edit.buttons,
            kind=edit.kind or receipt.kind,
        )
        space = await speaker.space_at(receipt.place)
        await speaker.write(
            Draft(
                operation="edit",
                place=receipt.place,
                body={**speaker.body(say, voice, space), "forget": edit.forget},
                at=call.now,
                community_id=receipt.community_id,
                target_of=edit.name,
                args={**edit.args, OF: receipt.id},
                kind=say.kind,
                rank=speaker.rank(receipt.place, reply=_pressed(speaker, receipt.place)),
            )
        )
    if not any(button.emoji for button in edit.buttons):
        await _unseed(speaker, edit.name)
    shown = labelled(call.texts, edit.buttons, call.voice())
    await call.tx.mailbox.change_buttons(edit.name, acts(shown))


async def _remove(speaker: Speaker, effect: Remove) -> None:
    """What hangs on a message goes first: gone itself, it would be nobody's any more."""
    call, mailbox = speaker.call, speaker.call.tx.mailbox
    found = [*(await mailbox.under(effect.name) if effect.under else [])]
    found += await mailbox.receipts(effect.name)
    taken = [each for each in found if not (effect.public and each.place.dm)]
    for receipt in taken:
        await speaker.write(
            Draft(
                operation="remove",
                place=receipt.place,
                body={},
                at=call.now,
                community_id=receipt.community_id,
                thread=receipt.thread,
                target_of=receipt.name or effect.name,
                args={**effect.args, OF: receipt.id},
                rank=speaker.rank(receipt.place, reply=_pressed(speaker, receipt.place)),
            )
        )
    await mailbox.take_back(taken)


async def _to_all(
    speaker: Speaker,
    name: str,
    operation: str,
    body: Mapping[str, Any],
    *,
    in_thread: bool = False,
) -> None:
    for receipt in await speaker.call.tx.mailbox.receipts(name):
        await speaker.write(
            Draft(
                operation=operation,
                place=receipt.place,
                body=body,
                at=speaker.call.now,
                community_id=receipt.community_id,
                thread_of=name if in_thread else None,
                target_of=None if in_thread else name,
                args={} if in_thread else {OF: receipt.id},
                rank=speaker.rank(receipt.place, reply=_pressed(speaker, receipt.place)),
            )
        )


async def _unseed(speaker: Speaker, name: str) -> None:
    """What a platform put under messages of that name for pressing their buttons goes."""
    for receipt in await speaker.call.tx.mailbox.receipts(name):
        if any(button.get("emoji") for button in receipt.buttons):
            await speaker.write(
                Draft(
                    operation="end-buttons",
                    place=receipt.place,
                    body={},
                    at=speaker.call.now,
                    community_id=receipt.community_id,
                    target_of=name,
                    args={OF: receipt.id},
                    rank=Rank.BY_ITSELF,
                )
            )


async def _poll(speaker: Speaker, poll: Poll) -> None:
    """The platform's own poll in each thread; a vote finds its button by the receipt's name."""
    call = speaker.call
    shown = labelled(call.texts, poll.options, call.voice())
    for receipt in await call.tx.mailbox.receipts(poll.name):
        if poll.only not in (None, receipt.place):
            continue
        await speaker.write(
            Draft(
                operation="poll",
                place=receipt.place,
                body={"text": poll.question, "kind": "poll", "buttons": shown},
                at=call.now,
                community_id=receipt.community_id,
                name=_poll_of(poll.name),
                subject=receipt.subject,
                thread_of=poll.name,
                buttons=tuple(acts(shown)),
                kind="poll",
                rank=speaker.rank(receipt.place),
            )
        )


async def _voice_of(speaker: Speaker, receipt: Receipt) -> Voice:
    call = speaker.call
    if not receipt.place.dm:
        return call.voice()
    return call.voice(await call.tx.people.actor(receipt.place.account, ""))


def _pressed(speaker: Speaker, place: Place) -> bool:
    """Whether this is where the person who acts will see what came of it."""
    actor = speaker.call.actor
    return place == speaker.call.place or (actor is not None and place == actor.account.dm)


def _poll_of(name: str) -> str:
    """The receipt name of the poll in the thread of that one."""
    return f"poll:{name}"
