"""Taking back and correcting a message of the bot, with what it caused: what its handlers share."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.events import Picked, Said
from bot.markup import cut
from bot.messages import Button, Edit, Effect, Line, Remove, Say, effects
from bot.people import Space
from bot.ports import Receipt
from bot.registry import Aftermath, Correct
from bot.values import Key, Moment, Names, Value
from storage import communities, undo

REFUSED = "undo"
"""In the arguments of what may be refused: which of the two it was."""
LONGEST = 3000


async def meant(call: Call) -> Receipt | None:
    """The message that a reply, a thread or a shortcut means; None when it points at nothing.

    In a thread under somebody's words it is the newest message of the bot there. Raises the
    Complaint that says why it is none that can be changed.
    """
    event = call.event
    if isinstance(event, Picked):
        return await public(call, await call.tx.mailbox.receipt(event.place, event.message))
    assert isinstance(event, Said)
    pointed = [each for each in (event.quotes, event.thread) if each]
    for message in pointed:
        receipt = await call.tx.mailbox.receipt(event.place, message)
        if receipt is not None:
            return await public(call, receipt)
    if event.thread and not event.place.dm:
        found = await undo.newest_under(call.session, call.here.id, event.place, event.thread)
        if found is not None:
            return found
    if pointed:
        raise Complaint("undo-not-mine")
    return None


async def public(call: Call, receipt: Receipt | None) -> Receipt:
    """The same, when it stands in a space of this community; a poll is its question's.

    Raises the Complaint that says why not.
    """
    if receipt is None or receipt.community_id != call.here.id:
        raise Complaint("undo-not-mine")
    if receipt.place.dm:
        raise Complaint("undo-private")
    if receipt.gone:
        raise Complaint("undo-already")
    if receipt.name is not None and receipt.name.startswith("poll:"):
        return await named(call, receipt.name.removeprefix("poll:"))
    return receipt


async def named(call: Call, name: str) -> Receipt:
    """The public message of that name. Raises the Complaint when it is gone."""
    return await public(call, await undo.of_name(call.session, call.here.id, name))


async def numbered(call: Call, number: int) -> Receipt:
    """The public message of that receipt. Raises the Complaint when it is gone."""
    return await public(call, await undo.kept(call.session, call.here.id, number))


async def take_back(call: Call, receipt: Receipt) -> list[Effect]:
    """Takes it back everywhere in public, with what hangs on it; the journal keeps who."""
    number = _number(receipt)
    entry = call.registry.undoes.get(_kind(receipt))
    found = Aftermath(what=_what(call, receipt))
    if entry is not None and number is not None:
        found = await entry.handler(call, number)
    if not await undo.hold(call.session, receipt):
        raise Complaint("undo-already")
    name = await undo.named(call.session, receipt)
    spaces = await where(call, name)
    lines = [*found.lines, *await _left(call, receipt, name, spaces)]
    await communities.note(
        call.session,
        call.here.id,
        "undo",
        at=call.now,
        by=call.account_id,
        after=found.about or _word(call, receipt),
    )
    told = {"what": Key(found.what), "spaces": titles(spaces)}
    return [
        *found.effects,
        Remove(name, public=True, under=True, args={REFUSED: "remove"}),
        Say("undo-removed", told, lines=tuple(lines)),
    ]


def require_ours(call: Call, receipt: Receipt) -> None:
    """Raises the Complaint for words that are a member's, and for buttons that would be lost."""
    entry = corrects(call, receipt)
    if entry is not None and entry.refused is not None:
        raise Complaint(entry.refused)
    if entry is None:
        _buttons(receipt)


async def correct(call: Call, receipt: Receipt, text: str) -> list[Effect]:
    """Gives it other words everywhere in public, with the buttons it has."""
    require_ours(call, receipt)
    if not text.strip():
        raise Complaint("forms-empty")
    longest = longest_of(call, receipt)
    if len(text) > longest:
        raise Complaint("forms-too-long", {"longest": longest, "length": len(text)})
    if not await undo.hold(call.session, receipt):
        raise Complaint("undo-already")
    entry, number = corrects(call, receipt), _number(receipt)
    if entry is not None:
        done = effects(await entry.handler(call, number, text))
    else:
        done = await _reworded(call, receipt, text)
    await communities.note(
        call.session,
        call.here.id,
        "correct",
        at=call.now,
        by=call.account_id,
        after=_word(call, receipt),
    )
    return done


def corrects(call: Call, receipt: Receipt) -> Correct | None:
    """What a feature says of correcting this message, or None where it is words alone."""
    return call.registry.corrects.get(_kind(receipt)) if _number(receipt) is not None else None


def longest_of(call: Call, receipt: Receipt) -> int:
    """How many characters its words may have."""
    entry = corrects(call, receipt)
    return entry.longest if entry is not None else LONGEST


async def words_of(call: Call, receipt: Receipt) -> str:
    """What it says today, where that is kept; "" where it is not."""
    entry = corrects(call, receipt)
    return await entry.known(call, _number(receipt)) if entry is not None else ""


async def where(call: Call, name: str) -> list[Space]:
    """The spaces in which a message of that name stands."""
    found: list[Space] = []
    for receipt in await call.tx.mailbox.receipts(name):
        space = await call.tx.people.space_at(receipt.place)
        if space is not None and space not in found:
            found.append(space)
    return found


def titles(spaces: list[Space]) -> Names:
    """What the spaces are called."""
    return Names(tuple(space.title or space.place.id for space in spaces))


async def about(call: Call, receipt: Receipt) -> dict[str, Value]:
    """What it is, where and since when; the first words where they are kept."""
    spaces = await where(call, receipt.name) if receipt.name else []
    here = await call.tx.people.space_at(receipt.place)
    words = " ".join((await words_of(call, receipt)).split())
    return {
        "what": Key(_what(call, receipt)),
        "spaces": titles(spaces or [here] if here else spaces),
        "when": Moment(receipt.at) if receipt.at else None,
        "words": cut(words, 60),
    }


async def _reworded(call: Call, receipt: Receipt, text: str) -> list[Effect]:
    name = await undo.named(call.session, receipt)
    edit = Edit(
        name,
        "undo-text",
        {"text": text},
        buttons=_buttons(receipt),
        public=True,
        args={REFUSED: "correct"},
    )
    return [edit, Say("undo-corrected")]


def _buttons(receipt: Receipt) -> tuple[Button, ...]:
    """Its buttons as they stand. Raises the Complaint for one whose label nobody kept."""
    found = []
    for shown in receipt.buttons:
        action, *args = str(shown["action"]).split(":")
        if shown.get("key") == "":
            raise Complaint("undo-buttons")
        found.append(Button(action, tuple(args), label=shown.get("key"), emoji=shown.get("emoji")))
    return tuple(found)


async def _left(call: Call, receipt: Receipt, name: str, spaces: list[Space]) -> list[Line]:
    """What else goes, and what stays."""
    lines = []
    if await call.tx.mailbox.under(name):
        lines.append(Line("undo-under"))
    if receipt.buttons and any(space.use == "animators" for space in spaces):
        lines.append(Line("undo-still-waits"))
    return lines


def _kind(receipt: Receipt) -> str:
    return (receipt.name or "").partition(":")[0]


def _number(receipt: Receipt) -> int | None:
    """The number in its name (`posting:3`), which its feature knows."""
    number = (receipt.name or "").partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else None


def _what(call: Call, receipt: Receipt) -> str:
    key = f"undo-what-{receipt.kind}"
    return key if call.texts.has(key) else "undo-what-message"


def _word(call: Call, receipt: Receipt) -> str:
    """Its kind, as the journal names it."""
    return receipt.kind if call.texts.has(f"journal-word-{receipt.kind}") else "message"
