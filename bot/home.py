"""Somebody's own page of the bot, where a platform has one: the parts that features add to it.

Features add parts with `@section("home")`: a `Say`, or several, that nobody sends. The page is read
and never written, shows only what its reader may use now, and a press on it acts in the community
of which it spoke, whichever the person has chosen since [CO-5, CO-7, SE-1].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any

from bot.call import Call, enter
from bot.clock import Clock
from bot.errors import Complaint
from bot.events import Account, Event, HomeOpened
from bot.log import Log
from bot.messages import Say
from bot.packing import body_of
from bot.permissions import may

PAGE = "home"
LONGEST = 2_900
"""Characters of one part: a block of Slack holds 3000 (docs.slack.dev, Block Kit « section »)."""
MOST_PARTS = 50
"""Each may need two blocks, one for its buttons, and a page of Slack has 100 at most."""
OF = ":of-"
"""In a button's action, before the number of the community of which its page spoke."""

Looks = Callable[[Event], AbstractAsyncContextManager[Call | None]]
"""Gives what a handler of this event would be given, in a session that cannot write."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The port `bot.ports.Homes`."""

    look: Looks
    clock: Clock
    log: Log | None = None

    async def __call__(self, account: Account, name: str) -> Sequence[Mapping[str, Any]]:
        """Its parts in order: `text` (our Markdown) and `buttons` (label, action) each."""
        # Without the name, for whoever hears of a name for the first time keeps it.
        opened = HomeOpened(
            id=f"home:{account.key}", at=self.clock.now(), place=account.dm, by=account
        )
        async with self.look(opened) as call:
            if call is None:
                return []
            if name and call.who.name == account.id:
                call.actor = replace(call.who, name=name)
            faults: list[Exception] = []
            shown = _drawn(call, await parts(call, faults), faults)
            if self.log is not None:
                for error in faults:
                    self.log.error("page-part-failed", error=error)
            return shown


async def parts(call: Call, faults: list[Exception]) -> list[Say]:
    """What stands on the page now for whoever acts, without the buttons they may not use.

    A part that fails is left out and noted among the faults: the rest of the page stands [RE-7].
    """
    found: list[Say] = []
    for entry in call.registry.page(PAGE, call.role):
        try:
            given = await entry.handler(call)
            found += [given] if isinstance(given, Say) else given or ()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is that part's alone
            faults.append(error)
    return [_usable(call, part) for part in found[:MOST_PARTS]]


async def pressed(call: Call, given: str) -> str:
    """The action that a button of the page stands for; the call enters the community it was of.

    Raises the Complaint for one that stands there no more.
    """
    action, of, number = given.partition(OF)
    entry = call.registry.buttons.get(action.partition(":")[0])
    there = entry is not None and await _enters(call, number if of else None)
    if entry is not None and there and (entry.lasting or await _stands(call, action)):
        return action
    raise Complaint("answers-expired-button", {"state": ""})


async def _enters(call: Call, number: str | None) -> bool:
    """Whether there is the community of which the page spoke, if it spoke of one; enters it."""
    if number is None:
        return True
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return False
    if call.community is None or call.community.id != int(number):
        await enter(call, int(number))
    return call.community is not None


async def _stands(call: Call, action: str) -> bool:
    return any(button.key == action for part in await parts(call, []) for button in part.buttons)


def _drawn(call: Call, found: Sequence[Say], faults: list[Exception]) -> list[dict[str, Any]]:
    """The parts as a platform is given them; a line says that one is missing."""
    shown = []
    for part in found:
        try:
            shown.append(_shown(call, part))
        except Exception as error:  # noqa: BLE001 - as above
            faults.append(error)
    return [*shown[: MOST_PARTS - 1], _shown(call, Say("home-page-part"))] if faults else shown


def _usable(call: Call, part: Say) -> Say:
    buttons = call.registry.buttons
    kept = [
        each
        for each in part.buttons
        if each.action in buttons and may(call.standing, buttons[each.action])
    ]
    return replace(part, buttons=tuple(kept))


def _shown(call: Call, part: Say) -> dict[str, Any]:
    voice = call.voice(call.actor)
    body = body_of(call.texts, part, call.dated(voice, call.who.account.dm))
    if len(body["text"]) > LONGEST:
        # What is cut must not end within a mark.
        body = body_of(call.texts, part, voice)
    of = f"{OF}{call.community.id}" if call.community is not None else ""
    buttons = [
        {"label": each["label"], "action": f"{each['action']}{of}"} for each in body["buttons"]
    ]
    return {"text": _cut(body["text"]), "buttons": buttons}


def _cut(text: str) -> str:
    """A text that is too long ends at a line, or at a word."""
    if len(text) <= LONGEST:
        return text
    start = text[:LONGEST]
    end = max(start.rfind("\n"), start.rfind(" ", LONGEST - 200))
    return f"{start[: end if end > 0 else LONGEST].rstrip()}…"
