"""What a request that ends half-way leaves: nothing twice, nothing in clear, nothing forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.matrix.wire import Wire
from bot.errors import RetryLater
from bot.events import Said
from bot.messages import Parcel
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Synapse
from tests.real.test_crypto import posted, withheld

V3 = "/_matrix/client/v3"
Cut = Callable[[str, str], Awaitable[None]]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[Cut]:
    """Each is asked of every request of the bot, before it leaves and when its answer came."""
    real, cuts = Wire.call, list[Cut]()

    async def call(
        self: Wire, method: str, path: str, body: Mapping[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        for each in list(cuts):
            await each("before", path)
        answer = await real(self, method, path, body, **more)
        for each in list(cuts):
            await each("after", path)
        return answer

    monkeypatch.setattr(Wire, "call", call)
    return cuts


@pytest.fixture
async def matrix(
    cut: list[Cut],
    synapse: Synapse,
    tmp_path: Path,
) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"BEGIN") as found:
        yield found


def say(matrix: OnMatrix, text: str, key: str, **changes: Any) -> Parcel:
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    made = Parcel(id=1, token=key, operation="say", place=matrix.room, at=AT, body=body)
    return replace(made, **changes)


@pytest.mark.parametrize("threaded", [False, True])
async def test_a_removal_refused_after_each_step_leaves_nothing(
    matrix: OnMatrix, cut: list[Cut], threaded: bool
) -> None:
    deliver = matrix.adapter.deliver
    root = await deliver(say(matrix, "amorce", "r0")) if threaded else None
    files = [{"name": "a.ics", "type": "text/calendar", "sha256": "0" * 64}]
    body = {"text": "secret", "buttons": [], "kind": "answer", "files": files}
    said = await deliver(say(matrix, "", "r1", body=body, thread=root))
    for number in range(3):
        edit = say(matrix, f"secret {number}", f"e{number}", operation="edit", target=said)
        await deliver(edit)
    left = 0

    async def one_more(moment: str, path: str) -> None:
        nonlocal left
        left -= moment == "before" and "/redact/" in path
        if left < 0:
            raise RetryLater(0, whole=True)

    cut.append(one_more)
    removal = say(matrix, "", "x1", operation="remove", target=said)
    for _ in range(20):
        left = 1
        try:
            await deliver(removal)
        except RetryLater:
            continue
        break
    room, token = matrix.room.id, matrix.bot.access_token
    path = f"{V3}/rooms/{room}/messages?dir=b&limit=100"
    chunk = matrix.synapse.request("GET", path, token=token)["chunk"]
    standing = [
        each["content"]["ca.copain.token"]
        for each in chunk
        if each["sender"] == matrix.bot.user_id and "ca.copain.token" in each["content"]
    ]
    assert standing == (["r0"] if threaded else [])


async def test_a_private_room_whose_making_was_cut_off_is_used_and_no_second_made(
    matrix: OnMatrix, cut: list[Cut]
) -> None:
    told = asyncio.Event()

    async def lost(moment: str, path: str) -> None:
        if moment == "after" and "/createRoom" in path:
            raise RetryLater(0, whole=True)
        if moment == "after" and "/sync" in path:
            await told.wait()

    parcel = say(matrix, "bonjour", "d1", place=matrix.account("marie").dm)
    cut.append(lost)
    with pytest.raises(RetryLater):
        await matrix.adapter.deliver(parcel)
    with pytest.raises(RetryLater):
        await matrix.adapter.deliver(parcel)
    cut.clear()
    told.set()
    await later(matrix, parcel)
    assert len(await matrix.seen(parcel.place)) == 1
    token = matrix.bot.access_token
    joined = matrix.synapse.request("GET", f"{V3}/joined_rooms", token=token)["joined_rooms"]
    assert len(joined) == 2


async def test_a_private_room_made_by_half_is_encrypted_before_anything_is_said(
    matrix: OnMatrix,
) -> None:
    token, marie = matrix.bot.access_token, matrix.marie.id
    half = {"preset": "private_chat", "creation_content": {"ca.copain.dm": marie}}
    room = matrix.synapse.request("POST", f"{V3}/createRoom", half, token=token)["room_id"]
    await matrix.hears("la chambre est là")
    parcel = say(matrix, "entre nous", "d2", place=matrix.account("marie").dm)
    await later(matrix, parcel)
    chunk = matrix.synapse.request("GET", f"{V3}/rooms/{room}/messages?dir=b&limit=9", token=token)[
        "chunk"
    ]
    assert chunk[0]["type"] == "m.room.encrypted"


async def test_what_waits_for_its_key_is_not_lost_where_the_server_hesitates_at_the_start(
    matrix: OnMatrix, cut: list[Cut]
) -> None:
    marie, room = matrix.marie, matrix.room.id
    letters = withheld(marie, room)
    await marie.say(room, "sans clé encore")
    marie.client.olm.outbound_group_sessions.pop(room)
    await matrix.hears("plus tard")
    await matrix.stop()
    hesitations = 1

    async def hesitate(moment: str, path: str) -> None:
        nonlocal hesitations
        if moment == "before" and "/event/" in path and hesitations:
            hesitations -= 1
            raise RetryLater(0, whole=True)

    cut.append(hesitate)
    matrix.adapter = matrix.make()
    matrix.start()
    posted(matrix.synapse, marie, letters)
    heard = await matrix.hears("fin")
    assert "sans clé encore" in [each.text for each in heard if isinstance(each, Said)]
    assert not hesitations


async def later(matrix: OnMatrix, parcel: Parcel) -> None:
    """Delivered in the end."""
    for _ in range(20):
        try:
            await matrix.adapter.deliver(parcel)
        except RetryLater:
            await matrix.hears(f"encore {uuid4().hex}")
        else:
            return
    pytest.fail("it never leaves")
