"""What counts as a press besides a button: its number, typed in reply to the message that has it.

Platforms without buttons show them as a numbered legend. A bare number presses when it quotes such
a message, and in its thread when it is one of a question's own options: elsewhere in a thread,
people talk. Before anything else is looked at the number has become a press, so that it is counted,
permitted and answered like one, and is nobody's contribution.
"""

from __future__ import annotations

from bot.events import Event, Pressed, Said
from bot.ports import Receipt, Tx
from bot.registry import Registry


def typed_number(event: Event) -> int | None:
    """The number that is all somebody wrote in reply to a message, or None."""
    if not isinstance(event, Said) or not (event.quotes or event.thread):
        return None
    return number_of(event.text)


def number_of(text: str) -> int | None:
    """The number a text consists of, from 1 to 999, or None."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        return None
    return int(typed) or None


async def by_number(tx: Tx, registry: Registry, event: Said, number: int) -> Said | Pressed:
    """The press that this number is; the event as it was where it is none.

    Whoever quotes a message of the bot with nothing but a number means its legend, also that of a
    question of a form; in a thread, what is asked in a form stays with the form (contracts §4).
    """
    for message, quoted in ((event.quotes, True), (event.thread, False)):
        receipt = await tx.mailbox.receipt(event.place, message) if message else None
        if receipt is None or number > len(actions := _actions(receipt)):
            continue
        if _asks_for_words(registry, receipt):
            continue
        if quoted or _in_thread(registry, receipt):
            return Pressed(
                id=event.id,
                at=event.at,
                place=event.place,
                by=event.by,
                message=message or "",
                action=actions[number - 1],
                name=event.name,
                typed=event.message,
            )
    return event


def _actions(receipt: Receipt) -> tuple[str, ...]:
    """What its buttons do, or did: an older legend stands before somebody's eyes [RE-5]."""
    return tuple(str(button["action"]) for button in receipt.buttons) or receipt.ended


def _in_thread(registry: Registry, receipt: Receipt) -> bool:
    """Whether a bare number in the thread of this message presses one of its buttons."""
    if (receipt.name or "").startswith("form:"):
        return False
    return receipt.place.dm or _asks(registry, receipt)


def _asks_for_words(registry: Registry, receipt: Receipt) -> bool:
    """Whether what is written in reply is an answer in words, be it a number."""
    under = registry.under.get((receipt.subject or "").partition(":")[0])
    return under is not None and under.words


def _asks(registry: Registry, receipt: Receipt) -> bool:
    """Whether it is a question with options of its own.

    The three one-tap answers of every prompt are none: they have a sign to react with, and « 2 »
    may well be what somebody answers.
    """
    for button in receipt.buttons:
        entry = registry.buttons.get(str(button["action"]).partition(":")[0])
        if entry is not None and entry.option and not button.get("emoji"):
            return True
    return False
