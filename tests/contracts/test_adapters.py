"""Every adapter answers the same questions (architecture §4, « a platform »)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

import pytest

from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.inbound import event_of
from adapters.terminal.server import Server
from bot.errors import Rejected
from bot.events import Account, Event, Joined, Left, Place, Pressed, Reacted, Said, Unreacted
from bot.messages import Parcel
from bot.ports import Adapter
from bot.testing import FrozenClock, MemoryAdapter
from tests.slack.marked import shown
from tests.slack.server.workspace import Workspace

if TYPE_CHECKING:
    from tests.real.seen import OnMatrix

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
FILE = b"BEGIN:VCALENDAR\r\n"


@dataclass
class Standing:
    """A message as somebody in the place would see it."""

    text: str
    thread: str | None
    buttons: list[str]
    file: bytes | None


class Platform(Protocol):
    """What the questions need of a platform: its adapter, and eyes on what stands there."""

    @property
    def adapter(self) -> Adapter: ...
    @property
    def room(self) -> Place: ...

    def account(self, name: str) -> Account: ...
    async def seen(self, place: Place) -> list[Standing]: ...
    async def inside(self, account: Account) -> bool: ...


@dataclass
class Memory:
    adapter: MemoryAdapter
    room: Place

    def account(self, name: str) -> Account:
        return Account("memory", "", name)

    async def seen(self, place: Place) -> list[Standing]:
        return [
            Standing(m.text, m.thread, [b["label"] for b in m.buttons], FILE if m.files else None)
            for m in self.adapter.said(place)
        ]

    async def inside(self, account: Account) -> bool:
        return account in self.adapter.rooms[self.room]


@dataclass
class Terminal:
    adapter: TerminalAdapter
    room: Place

    def account(self, name: str) -> Account:
        return Account("terminal", "", name)

    async def seen(self, place: Place) -> list[Standing]:
        server = self.adapter.server
        name = f"dm:{place.id}" if place.dm else place.id
        found = []
        for message in server.messages.values():
            if message.place != name or message.removed:
                continue
            line = next(each for each in server.lines() if each["n"] == message.n)
            files = [(server.folder / f["path"]).read_bytes() for f in line["files"]]
            found.append(
                Standing(
                    message.text,
                    str(message.thread) if message.thread else None,
                    [button["label"] for button in message.buttons],
                    files[0] if files else None,
                )
            )
        return found

    async def inside(self, account: Account) -> bool:
        return account.id in self.adapter.server.rooms[self.room.id]


@dataclass
class Matrix:
    """A real homeserver, seen by somebody with a client in an encrypted room."""

    real: OnMatrix
    adapter: Adapter
    room: Place

    def account(self, name: str) -> Account:
        return self.real.account(name)

    async def seen(self, place: Place) -> list[Standing]:
        return [
            Standing(line.text, line.thread, list(line.buttons), line.file)
            for line in await self.real.seen(place)
        ]

    async def inside(self, account: Account) -> bool:
        return await self.real.membership(account) in ("invite", "join")


@dataclass
class Slack:
    """A local workspace, reached through Slack's own client code, seen by who is in it."""

    workspace: Workspace
    adapter: Adapter
    room: Place

    def account(self, name: str) -> Account:
        with suppress(KeyError):
            return Account("slack", "", self.workspace.user(name).id)
        return Account("slack", "", self.workspace.add_user(name).id)

    async def seen(self, place: Place) -> list[Standing]:
        of = self.workspace
        channel = of.im(place.id) if place.dm else of.channels[place.id]
        found: list[Standing] = []
        for message in channel.messages.values():
            thread = message.thread_ts if message.is_reply else None
            for file in message.files:
                # A file is a message of its own, after the one it came with.
                found[-1].file = of.uploads[file["id"]].content
            if not message.files:
                found.append(Standing(shown(message), thread, message.buttons, None))
        return found

    async def inside(self, account: Account) -> bool:
        return account.id in self.workspace.channels[self.room.id].members


def memory(folder: Path) -> Platform:
    room = Place("memory", "", "general")
    return Memory(MemoryAdapter({room: set()}), room)


def terminal(folder: Path) -> Platform:
    server = Server.open(folder)
    server.happen("world", "room", AT, room="general")
    zone = ZoneInfo("America/Toronto")
    adapter = TerminalAdapter(server, FrozenClock(AT), zone, lambda _digest: FILE)
    return Terminal(adapter, Place("terminal", "", "general"))


@asynccontextmanager
async def on_slack() -> AsyncIterator[Platform]:
    from tests.slack.adapted import made, running
    from tests.slack.server.web import serving

    workspace = Workspace(FrozenClock(AT))
    room = Place("slack", "", workspace.add_channel("#general").id)
    async with serving(workspace), running(made(workspace)) as adapted:
        yield Slack(workspace, adapted.adapter, room)


@pytest.fixture(params=["memory", "terminal", "matrix", "slack"])
async def platform(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Platform]:
    match request.param:
        case "memory":
            yield memory(tmp_path)
        case "terminal":
            yield terminal(tmp_path)
        case "slack":
            async with on_slack() as slack:
                yield slack
        case _:
            from tests.real.seen import on_matrix

            async with on_matrix(request.getfixturevalue("synapse"), tmp_path, FILE) as matrix:
                yield Matrix(matrix, matrix.adapter, matrix.room)


def parcel(platform: Platform, operation: str, **changes: Any) -> Parcel:
    body = {
        "text": "Bonjour **à vous**",
        "buttons": [{"label": "Oui", "action": "yes"}, {"label": "Non", "action": "no"}],
        "kind": "answer",
        "started_by": "person",
        "files": [],
        "form": None,
        "emoji": "✅",
        "id": platform.account("nadia").id,
        "account": platform.account("nadia").key,
    }
    made = Parcel(id=1, token="a1", operation=operation, place=platform.room, at=AT, body=body)
    return replace(made, **changes)


async def test_the_same_token_stands_once_and_gives_the_same_id(platform: Platform) -> None:
    first = await platform.adapter.deliver(parcel(platform, "say"))
    again = await platform.adapter.deliver(parcel(platform, "say", id=7))
    assert first == again
    assert first
    assert len(await platform.seen(platform.room)) == 1


async def test_a_message_stands_as_it_was_said(platform: Platform) -> None:
    await platform.adapter.deliver(parcel(platform, "say"))
    assert await platform.seen(platform.room) == [
        Standing("Bonjour **à vous**", None, ["Oui", "Non"], None)
    ]


async def test_a_private_message_needs_no_room(platform: Platform) -> None:
    place = platform.account("marie").dm
    await platform.adapter.deliver(parcel(platform, "say", place=place))
    assert len(await platform.seen(place)) == 1
    assert await platform.seen(platform.room) == []


async def test_a_reply_stands_in_its_thread(platform: Platform) -> None:
    root = await platform.adapter.deliver(parcel(platform, "say"))
    await platform.adapter.deliver(parcel(platform, "say", token="b2", thread=root))
    assert [each.thread for each in await platform.seen(platform.room)] == [None, root]


async def test_an_edit_replaces_text_and_buttons_once(platform: Platform) -> None:
    root = await platform.adapter.deliver(parcel(platform, "say"))
    changed = parcel(platform, "edit", token="b2", target=root)
    changed = replace(changed, body={**changed.body, "text": "Fermé", "buttons": []})
    await platform.adapter.deliver(changed)
    await platform.adapter.deliver(changed)
    assert await platform.seen(platform.room) == [Standing("Fermé", None, [], None)]


async def test_a_removal_takes_the_message_away(platform: Platform) -> None:
    root = await platform.adapter.deliver(parcel(platform, "say"))
    gone = parcel(platform, "remove", token="b2", target=root)
    await platform.adapter.deliver(gone)
    await platform.adapter.deliver(gone)
    assert await platform.seen(platform.room) == []


async def test_a_file_arrives_whole(platform: Platform) -> None:
    say = parcel(platform, "say")
    file = {"name": "date.ics", "type": "text/calendar", "sha256": "0" * 64}
    await platform.adapter.deliver(replace(say, body={**say.body, "files": [file]}))
    assert (await platform.seen(platform.room))[0].file == FILE


async def test_an_invitation_lets_somebody_in_and_an_expulsion_out(platform: Platform) -> None:
    nadia = platform.account("nadia")
    await platform.adapter.deliver(parcel(platform, "invite"))
    assert await platform.inside(nadia)
    await platform.adapter.deliver(parcel(platform, "expel", token="b2"))
    assert not await platform.inside(nadia)


@pytest.mark.parametrize("operation", ["react", "unreact"])
async def test_reactions_are_carried_out(platform: Platform, operation: str) -> None:
    root = await platform.adapter.deliver(parcel(platform, "say"))
    await platform.adapter.deliver(parcel(platform, operation, token="b2", target=root))
    assert len(await platform.seen(platform.room)) == 1


async def test_a_room_that_is_not_there_is_a_refusal_for_good(platform: Platform) -> None:
    nowhere = replace(platform.room, id="nulle-part")
    with pytest.raises(Rejected):
        await platform.adapter.deliver(parcel(platform, "say", place=nowhere))


async def test_a_change_to_a_message_that_is_gone_is_a_refusal(platform: Platform) -> None:
    with pytest.raises(Rejected):
        await platform.adapter.deliver(parcel(platform, "edit", target="99"))


OPERATIONS = ("say", "edit", "remove", "react", "unreact", "poll", "end-poll", "attach")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_every_operation_is_carried_out_or_a_declared_lack(
    platform: Platform, operation: str
) -> None:
    root = await platform.adapter.deliver(parcel(platform, "say"))
    file = {"name": "date.ics", "type": "text/calendar", "sha256": "0" * 64}
    made = parcel(platform, operation, token="b2", target=root, thread=root)
    if operation == "attach":
        made = replace(made, body={"files": [file]}, target=None)
    if operation == "end-poll":
        poll = parcel(platform, "poll", token="c3", thread=root)
        made = replace(made, target=await platform.adapter.deliver(poll) or root)
    message = await platform.adapter.deliver(made)
    able = platform.adapter.capabilities.polls or operation != "poll"
    if able and operation in ("say", "attach", "poll"):
        assert message, "what leaves a message of its own has an id"


# --- What happens on the terminal's server becomes the core's events -----------------------------


def happened(folder: Path, what: str, **details: Any) -> Event | None:
    server = Server.open(folder)
    server.happen("w", "room", AT, room="general")
    server.happen(
        "m", "say", AT, place="general", by="marie", text="allo", thread=None, kind=None,
        started_by="person",
    )  # fmt: skip
    return event_of(server.happen("i1", what, AT, **details), "copain")


def test_what_somebody_says_is_said_with_its_time_and_thread(tmp_path: Path) -> None:
    event = happened(
        tmp_path, "say", place="general", by="lea", text="@copain aide", thread=1, kind=None,
        started_by="person",
    )  # fmt: skip
    assert isinstance(event, Said)
    assert (event.at, event.thread, event.addressed, event.text) == (AT, "1", True, "aide")
    assert event.by == Account("terminal", "", "lea")


def test_what_the_bot_says_is_no_event(tmp_path: Path) -> None:
    said = happened(
        tmp_path, "say", place="general", by="copain", text="bonjour", thread=None, kind="answer",
        started_by="bot",
    )  # fmt: skip
    assert said is None


@pytest.mark.parametrize(
    ("what", "details", "expected"),
    [
        ("press", {"place": "general", "message": 1, "action": "yes:1"}, Pressed),
        ("react", {"place": "general", "message": 1, "emoji": "✅"}, Reacted),
        ("unreact", {"place": "general", "message": 1, "emoji": "✅"}, Unreacted),
        ("join", {"room": "general"}, Joined),
        ("leave", {"room": "general", "everywhere": True}, Left),
    ],
)
def test_each_act_is_one_kind_of_event(
    tmp_path: Path, what: str, details: dict[str, Any], expected: type
) -> None:
    event = happened(tmp_path, what, by="lea", **details)
    assert event is not None
    assert isinstance(event, expected)
    assert event.id == "i1"
