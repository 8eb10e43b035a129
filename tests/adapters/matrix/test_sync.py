"""What is handed on of a sync where a server leaves things out, forgets, or is flooded."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from nio import AsyncClient, Event

from adapters.matrix.crypto import Crypto
from adapters.matrix.rooms import Rooms
from adapters.matrix.sync import NOTE, REFUSALS, UNREAD, Sync
from adapters.matrix.wire import Refused, Wire
from bot.app import quiet_log
from bot.clock import FrozenClock

ME, ROOM = "@copain:example.org", "!r:example.org"


class End(Exception):
    """The server has nothing more to tell."""


@dataclass(slots=True)
class Server:
    """Answers each sync with the next of its batches, and takes no token that it forgot."""

    batches: list[list[dict[str, Any]]]
    forgotten: set[str] = field(default_factory=set)
    refuses: int = 0
    asked: list[str | None] = field(default_factory=list)

    async def call(
        self, _method: str, path: str, _body: Mapping[str, Any] | None = None, **_: float
    ) -> dict[str, Any]:
        query = parse_qs(urlparse(path).query)
        if "full_state" not in query and "since" not in query:
            return {"next_batch": "door"}
        since = query.get("since", [None])[0]
        self.asked.append(since)
        if self.refuses or since in self.forgotten:
            self.refuses -= bool(self.refuses)
            raise Refused(400, "M_UNKNOWN")
        if not self.batches:
            raise End
        number = f"s{len(self.batches)}"
        timeline = {"events": self.batches.pop(0)}
        return {"next_batch": number, "rooms": {"join": {ROOM: {"timeline": timeline}}}}


@dataclass(slots=True)
class Kept:
    notes: dict[str, Any] = field(default_factory=dict)

    async def read(self, key: str) -> Any:
        return self.notes.get(key)

    async def write(self, key: str, value: Any) -> None:
        self.notes[key] = value


@dataclass(slots=True)
class Followed:
    """What came of following a server until it had nothing more to tell."""

    server: Server
    kept: Kept
    said: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lines: io.StringIO = field(default_factory=io.StringIO)


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    found = AsyncClient("http://localhost", ME)
    yield found
    await found.close()


async def follow(client: AsyncClient, server: Server) -> Followed:
    made = Followed(server, Kept({NOTE: {"token": "old"}}))
    wire: Any = server

    async def handle(_room: str, raw: dict[str, Any]) -> None:
        if "body" in raw["content"]:
            made.said.append(raw["content"]["body"])

    async def unreadable(_room: str, event: Event) -> None:
        made.unread.append(event.event_id)

    async def nothing(*_: object) -> None:
        return None

    def invited(_room: str, _state: Iterable[Mapping[str, Any]]) -> None:
        return None

    clock = FrozenClock(datetime(2026, 3, 2, tzinfo=UTC))
    log = quiet_log(made.lines, clock)
    sync = Sync(
        client=client,
        wire=wire,
        rooms=Rooms(client, Wire(client), ME, encryption=False),
        crypto=Crypto(client, wire, log),
        notes=made.kept,
        clock=clock,
        log=log,
        handle=handle,
        unreadable=unreadable,
        invited=invited,
        missed=nothing,
        begun=nothing,
        pause=nothing,
    )
    async with asyncio.timeout(5):
        with pytest.raises(End):
            await sync.run()
    return made


def event(kind: str, content: dict[str, Any], sender: str, **more: Any) -> dict[str, Any]:
    number = next(_NUMBERS)
    common = {"type": kind, "content": content, "sender": sender, "origin_server_ts": number}
    return {**common, "event_id": f"${number}", **more}


def said(text: str) -> dict[str, Any]:
    return event("m.room.message", {"msgtype": "m.text", "body": text}, "@marie:example.org")


def us(membership: str, before: str | None = None) -> dict[str, Any]:
    """Our membership changes; the server repeats what stood before, or not."""
    unsigned = {"prev_content": {"membership": before}} if before else {}
    content = {"membership": membership, "displayname": "Copain"}
    return event("m.room.member", content, ME, state_key=ME, unsigned=unsigned)


def sealed() -> dict[str, Any]:
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "x",
        "device_id": "D",
        "sender_key": "k",
        "session_id": "s",
    }
    return event("m.room.encrypted", content, "@marie:example.org")


_NUMBERS = iter(range(1, 10**9))


async def test_what_was_said_before_we_came_is_not_heard(client: AsyncClient) -> None:
    batch = [said("avant"), us("invite"), us("join", "invite"), said("après")]
    assert (await follow(client, Server([batch]))).said == ["après"]


@pytest.mark.parametrize("before", [None, "join"])
async def test_our_own_new_name_loses_nothing(client: AsyncClient, before: str | None) -> None:
    server = Server([[us("join")], [said("avant"), us("join", before), said("après")]])
    assert (await follow(client, server)).said == ["avant", "après"]


@pytest.mark.parametrize("started", [True, False])
async def test_left_and_taken_back_in_one_batch_loses_only_what_was_between(
    client: AsyncClient, started: bool
) -> None:
    batch = [said("avant"), us("leave", "join"), said("entre")]
    batch += [us("invite", "leave"), us("join", "invite"), said("après")]
    server = Server([batch] if started else [[us("join")], batch])
    assert (await follow(client, server)).said == ["avant", "après"]


async def test_a_flood_without_keys_is_held_within_bounds(client: AsyncClient) -> None:
    flood = [sealed() for _ in range(UNREAD + 50)]
    made = await follow(client, Server([flood]))
    assert made.unread == [each["event_id"] for each in flood[:50]]
    assert len(made.kept.notes[NOTE]["unread"]) == UNREAD


async def test_a_token_that_the_server_forgot_is_let_go(client: AsyncClient) -> None:
    made = await follow(client, Server([[said("ancien")], [said("neuf")]], forgotten={"old"}))
    assert made.server.asked[: REFUSALS + 1] == ["old"] * REFUSALS + [None]
    assert made.said == ["neuf"]
    assert "matrix-sync-begun-anew" in made.lines.getvalue()


async def test_a_token_forgotten_while_we_follow_is_let_go_too(client: AsyncClient) -> None:
    server = Server([[], [], [said("ancien")], [said("neuf")]], forgotten={"s3"})
    assert (await follow(client, server)).said == ["neuf"]


async def test_a_server_that_refuses_everything_for_a_while_costs_no_token(
    client: AsyncClient,
) -> None:
    made = await follow(client, Server([[said("gardé")]], refuses=3 * REFUSALS))
    assert made.said == ["gardé"]
