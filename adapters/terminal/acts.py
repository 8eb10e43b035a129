"""What people do on the server: each instruction becomes what a chat server would note of it."""

from __future__ import annotations

from datetime import datetime

from adapters.terminal import named
from adapters.terminal.script import (
    Become,
    Enter,
    Erase,
    GoAway,
    Instruction,
    Mark,
    Press,
    Rewrite,
    Show,
    Speak,
)
from adapters.terminal.server import GENERAL, Server


def act(server: Server, instruction: Instruction, *, key: str, now: datetime, since: int) -> None:
    """Notes what an instruction does, under `key`.

    `since` is where the server stood when the instruction was begun: done again after a kill, it
    finds there what it had noted. Raises ScriptError for what is not there.
    """
    match instruction:
        case Speak():
            _speak(server, instruction, key=key, now=now)
        case Enter(name, space):
            who = named.newcomer(server, name)
            server.happen(key, "join", now, by=who, room=named.room(server, space))
        case Become(name, where):
            who = named.newcomer(server, name)
            _arrive(server, who, named.place(server, who, where or "dm"), key=key, now=now)
        case GoAway(name):
            _leave(server, named.account(server, name), key=key, now=now, since=since)
        case Show(space, public):
            room = named.room(server, space)
            server.happen(key, "visibility", now, room=room, public=public)
        case Press():
            _press(server, instruction, key=key, now=now)
        case Mark():
            _mark(server, instruction, key=key, now=now)
        case Rewrite() | Erase():
            _change(server, instruction, key=key, now=now)
        case _:
            pass


def _speak(server: Server, speak: Speak, *, key: str, now: datetime) -> None:
    name = named.newcomer(server, speak.name)
    place, thread = named.destination(server, speak)
    _arrive(server, name, place, key=key, now=now)
    server.happen(
        key,
        "say",
        now,
        place=place,
        by=name,
        text=speak.text,
        thread=thread,
        kind=None,
        started_by="person",
    )


def _arrive(server: Server, name: str, place: str, *, key: str, now: datetime) -> None:
    """A new account comes to be: in that space, or in none."""
    if name in server.accounts:
        return
    if place.startswith("dm:"):
        server.happen(f"{key}:new", "account", now, by=name)
    else:
        server.happen(f"{key}:new", "join", now, by=name, room=place)


def _leave(server: Server, name: str, *, key: str, now: datetime, since: int) -> None:
    """One line per room, as platforms say it; the last one tells that it was everywhere."""
    rooms = sorted(room for room, inside in server.rooms.items() if name in inside)
    begun = any(each["key"].startswith(f"{key}:") for each in server.happenings[since:])
    if begun and not rooms:
        return
    for room in rooms or [GENERAL]:
        last = room == (rooms or [GENERAL])[-1]
        server.happen(f"{key}:{room}", "leave", now, by=name, room=room, everywhere=last)


def _press(server: Server, press: Press, *, key: str, now: datetime) -> None:
    message, button = named.button(server, press)
    server.happen(
        key,
        "press",
        now,
        by=named.account(server, press.name),
        place=message.place,
        message=message.n,
        action=button["action"],
    )


def _mark(server: Server, mark: Mark, *, key: str, now: datetime) -> None:
    message = named.message(server, mark.name, mark.message)
    server.happen(
        key,
        "react" if mark.on else "unreact",
        now,
        by=named.account(server, mark.name),
        place=message.place,
        message=message.n,
        emoji=mark.emoji,
    )


def _change(server: Server, change: Rewrite | Erase, *, key: str, now: datetime) -> None:
    message = named.own(server, change.name, change.message)
    rewrites = isinstance(change, Rewrite)
    server.happen(
        key,
        "edit" if rewrites else "remove",
        now,
        by=message.by,
        place=message.place,
        thread=message.thread,
        text=change.text if isinstance(change, Rewrite) else "",
        message=message.n,
        started_by="person",
        **{"edits" if rewrites else "removes": message.newest},
    )
