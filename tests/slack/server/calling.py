"""One call of the Web API: who may make it, and how each method is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.slack.server import happenings
from tests.slack.server.state import Channel, Json, Message
from tests.slack.server.workspace import Refused, Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its arguments read; `needs` asks for a scope in the middle of it."""

    workspace: Workspace
    method: str
    args: Json

    def text(self, name: str) -> str:
        """A string argument, or ""."""
        return str(self.args.get(name) or "")

    def required(self, name: str) -> Any:
        if self.args.get(name) in (None, ""):
            note = f"[ERROR] missing required field: {name}"
            raise Refused("invalid_arguments", response_metadata={"messages": [note]})
        return self.args[name]

    def needs(self, *scopes: str) -> None:
        """Refused("missing_scope") unless one of these was granted."""
        granted = self.workspace.app.scopes
        if scopes and not granted & set(scopes):
            raise Refused("missing_scope", needed=scopes[0], provided=",".join(sorted(granted)))

    def channel(self, name: str = "channel") -> Channel:
        """The channel named, as the app sees it: a private one without it does not exist."""
        found = self.workspace.channels.get(str(self.required(name)))
        hidden = found is not None and found.kind != "channel"
        if found is None or (hidden and not happenings.present(self.workspace, found)):
            raise Refused("channel_not_found")
        return found

    def present_in(self, channel: Channel) -> None:
        if not happenings.present(self.workspace, channel):
            raise Refused("not_in_channel")

    def message(self, channel: Channel, name: str = "ts") -> Message:
        found = channel.messages.get(str(self.required(name)))
        if found is None or found.subtype == "tombstone":
            raise Refused("message_not_found")
        return found

    def page(
        self, found: list[Any], default: int = 100, *, key: Callable[[Any], str] | None = None
    ) -> tuple[list[Any], Json]:
        """One page of a list, and the `response_metadata` that leads to the next.

        With a `key` the next page begins where this one ended even when the list has grown.
        """
        limit = self.args.get("limit", default)
        if not isinstance(limit, int) or not 1 <= limit <= 1000:
            raise Refused("invalid_limit")
        limit = min(limit, self.workspace.settings.page)
        names = [key(each) if key is not None else f"{n:09d}" for n, each in enumerate(found)]
        start = 0
        if cursor := self.text("cursor"):
            if not cursor.startswith("next:"):
                raise Refused("invalid_cursor")
            # What the cursor named may be gone: the page begins with whatever follows it.
            back = names[:1] > names[-1:]
            start = sum(name > cursor[5:] if back else name < cursor[5:] for name in names)
        after = start + limit
        more = f"next:{names[after]}" if after < len(found) else ""
        return found[start:after], {"response_metadata": {"next_cursor": more}}


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is carried out; `scopes`: one of them is needed; `token` is its kind."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = field(default=())
    token: str = "xoxb"
