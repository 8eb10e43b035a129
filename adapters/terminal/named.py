"""What a line of a script names, found on the server as the one who acts sees it.

Every function raises ScriptError when it is not there, or not for this person to see.
"""

from __future__ import annotations

from typing import Any

from adapters.terminal.inbound import BOT
from adapters.terminal.script import Press, ScriptError, Speak, same
from adapters.terminal.server import GENERAL, Message, Server


def known(server: Server, name: str) -> str | None:
    """The account of that name as it is written, or None."""
    return next((each for each in server.accounts if same(each, name)), None)


def account(server: Server, name: str) -> str:
    """An account that is there."""
    found = known(server, name)
    if found is None:
        raise ScriptError("demo-fault-nobody", found=name)
    return found


def newcomer(server: Server, name: str) -> str:
    """An account that is there, or that may come: nobody takes the bot's name."""
    if same(name, BOT):
        raise ScriptError("demo-fault-bot", found=name)
    return known(server, name) or name


def room(server: Server, name: str) -> str:
    """A space that is there."""
    found = next((each for each in server.rooms if same(each, name)), None)
    if found is None:
        raise ScriptError("demo-fault-no-space", found=name)
    return found


def place(server: Server, name: str, where: str | None) -> str:
    """`general` unless said, `dm` for the conversation of `name` with the bot."""
    if where is None:
        return room(server, GENERAL)
    return f"dm:{name}" if same(where, "dm") else room(server, where)


def destination(server: Server, speak: Speak) -> tuple[str, int | None]:
    """Where something is said, and the root of the thread in which it stands."""
    name = newcomer(server, speak.name)
    if speak.reply is None:
        return _entered(server, speak.name, place(server, name, speak.place)), None
    if speak.reply < 0:
        where = _entered(server, speak.name, place(server, name, speak.place))
        seen = server.standing(where)
        if len(seen) < -speak.reply:
            raise ScriptError("demo-fault-no-message", found=str(speak.reply))
        return where, server.root(seen[speak.reply])
    replied = server.message_at(speak.reply)
    elsewhere = speak.place is not None and replied is not None
    if (
        replied is None
        or replied.removed
        or (elsewhere and place(server, name, speak.place) != replied.place)
        or not _may_enter(server, speak.name, replied.place)
    ):
        raise ScriptError("demo-fault-no-message", found=str(speak.reply))
    return replied.place, server.root(replied)


def message(server: Server, name: str, number: int) -> Message:
    """The message that line `number` shows."""
    who = account(server, name)
    found = server.message_at(number)
    if found is None or found.removed or not server.sees(who, found.place):
        raise ScriptError("demo-fault-no-message", found=str(number))
    return found


def own(server: Server, name: str, number: int) -> Message:
    """The same, of one's own messages."""
    found = message(server, name, number)
    if found.by != account(server, name):
        raise ScriptError("demo-fault-not-yours", found=str(number))
    return found


def button(server: Server, press: Press) -> tuple[Message, dict[str, Any]]:
    """A button by its label or its place in the row, and its message."""
    who = account(server, press.name)
    if press.message is not None:
        found = message(server, press.name, press.message)
        chosen = labelled(server.buttons_on(press.message), press.label)
        if chosen is not None:
            return found, chosen
    else:
        for each in reversed(server.visible(who)):
            chosen = labelled(each.buttons, press.label)
            if chosen is not None:
                return each, chosen
    raise ScriptError("demo-fault-no-button", found=press.label)


def labelled(buttons: list[dict[str, Any]], label: str) -> dict[str, Any] | None:
    """The button of that label; else, for a number, the one at that place."""
    for each in buttons:
        if same(str(each["label"]), label):
            return each
    if label.isascii() and label.isdigit() and 0 < int(label) <= len(buttons):
        return buttons[int(label) - 1]
    return None


def _may_enter(server: Server, name: str, where: str) -> bool:
    """Whether somebody speaks there: a member, or a new account, which enters a space by it."""
    who = known(server, name)
    return not where.startswith("dm:") if who is None else server.sees(who, where)


def _entered(server: Server, name: str, where: str) -> str:
    if not (_may_enter(server, name, where) or where == f"dm:{name}"):
        raise ScriptError("demo-fault-unseen", found=where)
    return where
