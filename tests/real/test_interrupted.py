"""What a request that ends half-way leaves: nothing twice, nothing in clear, nothing forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.wire import Wire
from bot.errors import RetryLater
from bot.messages import Parcel
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Synapse

How = Callable[[str, str], str | None]


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"BEGIN") as found:
        yield found


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[How]]:
    """Requests are cut where one of these functions says so: before the server heard, or after."""
    real, how = Wire.call, list[How]()

    async def call(
        self: Wire, method: str, path: str, body: Mapping[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        said = [each(method, path) for each in how]
        if "before" in said:
            raise RetryLater(0, whole=True)
        answer = await real(self, method, path, body, **more)
        if "after" in said:
            raise RetryLater(0, whole=True)
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(Wire, "call", call)
        yield how


def say(matrix: OnMatrix, text: str, key: str, **changes: Any) -> Parcel:
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    made = Parcel(id=1, token=key, operation="say", place=matrix.room, at=AT, body=body)
    return replace(made, **changes)


@pytest.mark.parametrize("threaded", [False, True])
async def test_a_removal_refused_after_each_step_leaves_nothing(
    matrix: OnMatrix, cut: list[How], threaded: bool
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

    def one_more(_method: str, path: str) -> str | None:
        nonlocal left
        left -= "/redact/" in path
        return "before" if left < 0 else None

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
    path = f"/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=100"
    chunk = matrix.synapse.request("GET", path, token=token)["chunk"]
    standing = [
        each["content"]["ca.copain.token"]
        for each in chunk
        if each["sender"] == matrix.bot.user_id and "ca.copain.token" in each["content"]
    ]
    assert standing == (["r0"] if threaded else [])
