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
            return [_shown(call, part) for part in await parts(call)]


async def parts(call: Call) -> list[Say]:
    """What stands on the page now for whoever acts, without the buttons they may not use."""
    found: list[Say] = []
    for entry in call.registry.page(PAGE, call.role):
        given = await entry.handler(call)
        found += [given] if isinstance(given, Say) else given or ()
    return [_usable(call, part) for part in found[:MOST_PARTS]]


async def pressed(call: Call, given: str) -> str:
    """The action that a button of the page stands for; the call enters the community it was of.

    Raises the Complaint for one that stands there no more.
    """
    action, of, number = given.partition(OF)
    entry = call.registry.buttons.get(action.partition(":")[0])
    if entry is not None and number.isdecimal() == bool(of):
        await _enter(call, number)
        if entry.lasting or await _stands(call, action):
            return action
    raise Complaint("answers-expired-button", {"state": ""})


async def _enter(call: Call, number: str) -> None:
    if number and (call.community is None or call.community.id != int(number)):
        await enter(call, int(number))


async def _stands(call: Call, action: str) -> bool:
    return any(button.key == action for part in await parts(call) for button in part.buttons)


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
