"""What may stand already is looked for before it is sent, by a device that never sent it [RE-2]."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.matrix.adapter import MatrixAdapter, Settings
from bot.app import quiet_log
from bot.clock import FrozenClock
from bot.errors import Rejected
from bot.messages import Parcel
from tests.real.seen import AT, Kept, OneRoom, OnMatrix, on_matrix
from tests.real.synapse import Synapse

FILE = {"name": "date.ics", "type": "text/calendar", "sha256": "0" * 64}


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"BEGIN:VCALENDAR") as found:
        yield found


def parcel(matrix: OnMatrix, token: str, **body: object) -> Parcel:
    said = {"text": "Bonjour", "buttons": [], "kind": "answer", "files": [], **body}
    return Parcel(id=1, token=token, operation="say", place=matrix.room, at=AT, body=said)


def elsewhere(matrix: OnMatrix, folder: Path) -> MatrixAdapter:
    """The same account on a device that has sent nothing, and whose files are gone."""
    login = matrix.synapse.log_in(matrix.bot)

    def gone(_digest: str) -> bytes:
        raise FileNotFoundError

    return MatrixAdapter(
        settings=Settings(
            homeserver=matrix.synapse.url,
            user_id=login.user_id,
            store=folder / "other-store",
            token=login.access_token,
        ),
        clock=FrozenClock(AT),
        log=quiet_log(sys.stderr),
        notes=Kept(),
        doors=OneRoom(matrix.room),
        read_file=gone,
    )


async def other(matrix: OnMatrix, folder: Path) -> None:
    """Another device takes over, as after a restore without the store."""
    await matrix.stop()
    matrix.adapter = elsewhere(matrix, folder)
    matrix.start()


async def test_what_stands_in_a_busy_encrypted_room_is_found_and_not_said_again(
    matrix: OnMatrix, tmp_path: Path
) -> None:
    sent = parcel(matrix, "a" * 32)
    event = await matrix.adapter.deliver(sent)
    for number in range(120):
        await matrix.marie.say(matrix.room.id, f"message {number}")
    await other(matrix, tmp_path)
    assert await matrix.adapter.deliver(replace(sent, uncertain=True)) == event
    assert await matrix.adapter.deliver(parcel(matrix, "b" * 32, text="Autre")) != event
    await matrix.marie.sees(matrix.room.id, "Autre")
    assert matrix.marie.texts(matrix.room.id, by=matrix.bot.user_id).count("Bonjour") == 1


async def test_what_does_not_stand_is_said(matrix: OnMatrix, tmp_path: Path) -> None:
    await other(matrix, tmp_path)
    sent = replace(parcel(matrix, "c" * 32), uncertain=True)
    assert await matrix.adapter.deliver(sent)
    await matrix.marie.sees(matrix.room.id, "Bonjour")


async def test_a_file_that_stands_needs_no_content_any_more(
    matrix: OnMatrix, tmp_path: Path
) -> None:
    sent = parcel(matrix, "d" * 32, files=[FILE])
    event = await matrix.adapter.deliver(sent)
    await other(matrix, tmp_path)
    assert await matrix.adapter.deliver(replace(sent, uncertain=True)) == event
    with pytest.raises(Rejected):
        await matrix.adapter.deliver(parcel(matrix, "e" * 32, text="", files=[FILE]))
