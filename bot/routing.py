"""Which handler an event is for: words, buttons, reactions, threads, time.

The order of attempts in a private conversation is that of contracts §4, « Forms in a DM ».
Functions return effects; nothing here writes or sends.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot import forms, home
from bot.call import Call, enter
from bot.errors import Complaint
from bot.events import (
    Chosen,
    Event,
    FormClosed,
    FormFilled,
    Picked,
    Pressed,
    Reacted,
    Said,
    TaskDone,
    TimerDue,
)
from bot.messages import AskForm, Effect, Say, effects
from bot.parsing import Parsed, find, parse, words
from bot.people import Role
from bot.permissions import require
from bot.ports import FormState, Receipt
from bot.presses import number_of
from bot.refusals import unknown, wrong
from bot.registry import Arg, Command

HOME = "home"


async def route(call: Call) -> list[Effect]:
    """Runs what this event is for and returns its effects."""
    return await after_exchange(call, _passing(call, await _routed(call)))


def _passing(call: Call, found: list[Effect]) -> list[Effect]:
    """What only showed something can be asked for again: it may be missed [RE-2]."""
    if not call.shows:
        return found
    return [replace(each, passing=True) if isinstance(each, Say) else each for each in found]


async def after_exchange(call: Call, found: list[Effect]) -> list[Effect]:
    """The effects with what rides on a member's exchange with the bot: the page `after` [ON-3].

    Nothing comes between the questions of a form; where one is about to open, it comes before it.
    Beside a form that leaves no trace nothing rides: it would tell when this person was there.
    """
    event = call.event
    spoken = isinstance(event, Said) and (event.addressed or event.place.dm)
    if not spoken and not isinstance(event, Pressed | Picked | FormFilled):
        return found
    # To somebody about to go, nothing else is said.
    if any(isinstance(each, Say) and each.kind == "goodbye" for each in found):
        return found
    if call.traceless or any(_traceless(call, each) for each in found):
        return found
    entries = call.registry.page("after", call.role) if call.community is not None else []
    if not entries or await call.tx.forms.active(call.who.account.dm) is not None:
        return found
    extra = [each for entry in entries for each in effects(await entry.handler(call))]
    opens = any(isinstance(each, AskForm) and each.of is None for each in found)
    return [*extra, *found] if opens else [*found, *extra]


async def _routed(call: Call) -> list[Effect]:
    event = call.event
    match event:
        case Said():
            return await (_in_dm if event.place.dm else _in_space)(call, event)
        case Pressed() if event.home:
            return await press(call, await home.pressed(call, event.action))
        case Pressed():
            return await _pressed(call, event.action)
        case Picked():
            return await _picked(call, event)
        case Reacted():
            return await _reacted(call, event)
        case Chosen():
            return await _chosen(call, event)
        case TimerDue():
            return await _call(call, call.registry.timers[event.action].handler, **event.args)
        case TaskDone():
            handler = call.registry.done[event.action].handler
            return await _call(call, handler, result=event.result, **event.args)
        case FormFilled():
            return await forms.filled(call, event)
        case FormClosed():
            return await forms.closed(call, event)
        case _:
            return await heard(call, event)


async def heard(call: Call, event: Event) -> list[Effect]:
    """Every handler that listens to this kind of event, in the order of the features."""
    found: list[Effect] = []
    for entry in call.registry.heard.get(type(event), ()):
        found += effects(await entry.handler(call))
    return found


async def _in_space(call: Call, event: Said) -> list[Effect]:
    if event.addressed or await _on_ours(call, event):
        return await command(call, event.text)
    found = await heard(call, event)
    subject = await _subject(call, event)
    if subject:
        kind, _, number = subject.partition(":")
        entry = call.registry.under.get(kind)
        if entry is not None and call.role >= entry.who:
            found += effects(await entry.handler(call, _number(number)))
    return found


async def _on_ours(call: Call, event: Said) -> bool:
    """Whether it is a command that needs no prefix in reply to a message of ours [AT-6].

    Whoever may not give it only talks, and so does whoever goes on after its name.
    """
    message = event.quotes or event.thread
    offered = [each for each in call.registry.commands if each.on_ours and call.role >= each.who]
    found = find(event.text, offered) if message and offered else None
    if found is None or not all(token.quoted for token in found[1]):
        return False
    receipt = await call.tx.mailbox.receipt(event.place, message or "")
    return receipt is not None and not receipt.gone


async def _in_dm(call: Call, event: Said) -> list[Effect]:
    if event.thread or event.quotes:
        receipt = await call.tx.mailbox.receipt(event.place, event.thread or event.quotes or "")
        state = await _form_of(call, receipt)
        if state is not None:
            await enter(call, state.community_id)
            return await forms.hear(call, state, event.text)
        await enter(call, receipt.community_id if receipt else None)
        subject = await _subject(call, event)
        entry = call.registry.under.get((subject or "").partition(":")[0])
        if entry is not None and subject and call.role >= entry.who:
            return effects(await entry.handler(call, _number(subject.partition(":")[2])))
    if event.addressed:
        return await command(call, event.text)
    active = await forms.active(call)
    if active is not None:
        await enter(call, active.community_id)
        return await forms.hear(call, active, event.text)
    pressed = await _numbered(call, event)
    if pressed is not None:
        return pressed
    if find(event.text, call.registry.commands):
        return await command(call, event.text)
    return await _button(call, HOME)


async def command(call: Call, line: str) -> list[Effect]:
    """A line meant as a command: runs it, or says what was understood and how to mend it."""
    if not line.strip():
        return await _button(call, HOME)
    found = find(line, call.registry.commands)
    if found is None:
        if _mentioned_in_passing(call, line):
            return await _button(call, HOME)
        raise unknown(call, line)
    chosen, rest = found
    require(call.standing, chosen)
    if call.late and call.who.account_id is not None:
        # Of somebody nobody keeps not a word is noted, and their commands only open or show.
        return [_asked_again(call, line)]
    call.runs(shows=chosen.shows)
    parsed = await _parsed(call, chosen, rest, line)
    if parsed.missing or parsed.surplus:
        raise wrong(call, parsed, line)
    return await _call(call, chosen.handler, **parsed.values)


async def press(call: Call, action: str) -> list[Effect]:
    """Runs a button's action in the community of its message."""
    name, *args = action.split(":")
    entry = call.registry.buttons.get(name)
    if entry is None:
        raise Complaint("answers-expired-button", {"state": ""})
    require(call.standing, entry)
    call.runs(shows=entry.shows)
    return await _call(call, entry.handler, *[_number(arg) for arg in args])


async def _pressed(call: Call, action: str) -> list[Effect]:
    receipt = call.receipt
    if receipt is None:
        raise Complaint("answers-expired-button", {"state": ""})
    entry = call.registry.buttons.get(action.partition(":")[0])
    stands = any(button["action"] == action for button in receipt.buttons)
    if entry is None or not (stands or entry.lasting):
        raise Complaint("answers-expired-button", {"state": ""})
    return await press(call, action)


async def _picked(call: Call, event: Picked) -> list[Effect]:
    """A shortcut leads to its button, which finds the message in the event."""
    entry = call.registry.buttons.get(event.action)
    if entry is None or not entry.shortcut:
        raise Complaint("answers-expired-button", {"state": ""})
    if not event.place.dm and await call.tx.people.space_at(event.place) is None:
        # What others wrote where nobody tracks anything is no community's business.
        raise Complaint("routing-no-space-of-ours")
    return await press(call, event.action)


async def _reacted(call: Call, event: Reacted) -> list[Effect]:
    for button in call.receipt.buttons if call.receipt else ():
        if _same_emoji(button.get("emoji"), event.key):
            entry = call.registry.buttons.get(str(button["action"]).partition(":")[0])
            # A visitor's reaction is nobody's business; a member's gets the one refusal.
            if call.role is Role.VISITOR or entry is None:
                return []
            return [*await heard(call, event), *await press(call, str(button["action"]))]
    return await heard(call, event)


async def _chosen(call: Call, event: Chosen) -> list[Effect]:
    """A vote is the press of the option's button; a visitor's is nobody's business [PR-3]."""
    if call.receipt is None or call.role is Role.VISITOR:
        return []
    if event.option is None:
        return await heard(call, event)
    if not call.receipt.buttons:
        raise Complaint("answers-expired-button", {"state": ""})
    if not 0 <= event.option < len(call.receipt.buttons):
        return []
    return await _pressed(call, str(call.receipt.buttons[event.option]["action"]))


def _traceless(call: Call, effect: Effect) -> bool:
    return isinstance(effect, AskForm) and call.registry.forms[effect.form].traceless


def _asked_again(call: Call, line: str) -> AskForm:
    event = call.event
    assert isinstance(event, Said)
    args = (event.place.key, event.thread or "", event.message)
    return AskForm(forms.AGAIN, args, prefill={"line": line, "at": event.at.isoformat()})


async def _button(call: Call, action: str) -> list[Effect]:
    entry = call.registry.buttons.get(action)
    if entry is None:
        return []
    call.runs(shows=entry.shows)
    return await _call(call, entry.handler)


async def _numbered(call: Call, event: Said) -> list[Effect] | None:
    number = number_of(event.text)
    if number is None:
        return None
    receipt = await call.tx.mailbox.newest_with_buttons(event.place)
    if receipt is None or number > len(receipt.buttons):
        return None
    call.receipt = receipt
    await enter(call, receipt.community_id)
    return await press(call, str(receipt.buttons[number - 1]["action"]))


async def _form_of(call: Call, receipt: Receipt | None) -> FormState | None:
    if receipt is None or not (receipt.name or "").startswith("form:"):
        return None
    state = await call.tx.forms.get(int((receipt.name or "").partition(":")[2]))
    return state if state is not None and state.state == "active" else None


async def _subject(call: Call, event: Said) -> str | None:
    for root in (event.thread, event.quotes):
        if root:
            subject = await call.tx.mailbox.subject_of(event.place, root)
            if subject:
                return subject
    return None


async def _call(
    call: Call, handler: Callable[..., Awaitable[Any]], *args: Any, **named: Any
) -> list[Effect]:
    return effects(await handler(call, *args, **named))


async def _parsed(call: Call, chosen: Command, rest: list[Any], line: str) -> Parsed:
    def read(arg: Arg, text: str) -> Any:
        if arg.kind == "moment":
            from bot.when import parse_moment

            zone = call.who.zone or call.here.zone
            return parse_moment(text, call.now, zone, call.language)
        # Who is meant by a name is the feature's to find, within its community.
        return text.strip() or None

    return parse(chosen, rest, line, read)


def _mentioned_in_passing(call: Call, line: str) -> bool:
    """A mention inside a sentence opens the home; a prefix or a lone word is meant as a command."""
    event = call.event
    return isinstance(event, Said) and len(words(line)) > 3 and not _looks_like_command(event)


def _looks_like_command(event: Said) -> bool:
    return event.text.lstrip()[:1] in ("/", "!")


def _same_emoji(left: object, right: str) -> bool:
    # A variation selector is how a keyboard asks for the colourful form; the sign is the same.
    return isinstance(left, str) and left.replace("\ufe0f", "") == right.replace("\ufe0f", "")


def _number(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else text
