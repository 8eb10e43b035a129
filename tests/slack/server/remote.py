"""People of a workspace in another process: the same acts, asked for over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack.server.delivery import Ack
from tests.slack.server.state import Message, View

if TYPE_CHECKING:
    from tests.slack.server.people import Person
    from tests.slack.server.workspace import Workspace

ACTS = {
    "say",
    "mention",
    "dm",
    "slash",
    "press",
    "submit",
    "close",
    "open_home",
    "react",
    "join",
    "leave",
    "reload",
    "sees",
    "dm_messages",
    "ephemerals",
    "modal",
    "home",
    "notices",
}


async def act(workspace: Workspace, name: str, what: str, args: list[Any]) -> web.Response:
    """Carries out one act, or one look. A message is named by its ts among the arguments."""
    if what not in ACTS:
        return web.json_response({"error": f"no act {what}"}, status=404)
    person = workspace.person(name)
    try:
        found = getattr(person, what)
        if callable(found):
            found = found(*[_found(person, each) for each in args])
        if hasattr(found, "__await__"):
            found = await found
    except (AssertionError, KeyError, TypeError) as wrong:
        return web.json_response({"error": str(wrong)}, status=400)
    return web.json_response(_plain(found))


def _found(person: Person, given: Any) -> Any:
    if isinstance(given, dict) and "ts" in given:
        channel = person.workspace.channels[given["channel"]]
        hidden = [m for m in person.workspace.ephemerals if m.ts == given["ts"]]
        return channel.messages.get(given["ts"]) or hidden[0]
    return given


def _plain(found: Any) -> Any:
    if isinstance(found, list):
        return [_plain(each) for each in found]
    if isinstance(found, (Message, View)):
        shown = {name: getattr(found, name) for name in ("read", "buttons", "blocks")}
        if isinstance(found, View):
            return shown | {"id": found.id, "errors": found.errors, "labels": found.labels}
        return shown | {"ts": found.ts, "channel": found.channel, "text": found.text}
    return asdict(found) if isinstance(found, Ack) else found
