"""Keys that run out, that are none, or that a backup does not know, on a real homeserver."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from nio import Api, AsyncClient
from nio.crypto.sessions import OlmAccount

from bot.errors import RetryLater
from bot.events import Said
from bot.messages import Parcel
from tests.real.member import Member
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Login, Synapse

V3 = "/_matrix/client/v3"
KIND = "signed_curve25519"


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"") as found:
        yield found


def say(matrix: OnMatrix, text: str, key: str, **changes: Any) -> Parcel:
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    made = Parcel(id=1, token=key, operation="say", place=matrix.room, at=AT, body=body)
    return replace(made, **changes)


def left(matrix: OnMatrix) -> int:
    """One-time keys of the bot that the server has."""
    token = matrix.bot.access_token
    said = matrix.synapse.request("POST", f"{V3}/keys/upload", {}, token=token)
    return int(said["one_time_key_counts"].get(KIND, 0))


def use_up(matrix: OnMatrix) -> None:
    """Others take all the one-time keys that the bot has on the server."""
    wanted = {matrix.bot.user_id: {matrix.bot.device_id: KIND}}
    for _ in range(left(matrix)):
        ask, token = {"one_time_keys": wanted}, matrix.nadia.access_token
        matrix.synapse.request("POST", f"{V3}/keys/claim", ask, token=token)


async def joined(matrix: OnMatrix, login: Login) -> None:
    await matrix.marie.client.room_invite(matrix.room.id, login.user_id)
    path = f"{V3}/join/{matrix.room.id}"
    matrix.synapse.request("POST", path, {}, token=login.access_token)
    marie = matrix.marie
    await marie.until(lambda: login.user_id in marie.inside(matrix.room.id), why="for them")


def lying(matrix: OnMatrix, login: Login, curve: str) -> None:
    """A device whose keys are signed as they should be, and are none."""
    olm, key = OlmAccount(), f"ed25519:{login.device_id}"

    def signed(said: dict[str, Any]) -> dict[str, Any]:
        return {**said, "signatures": {login.user_id: {key: olm.sign(Api.to_canonical_json(said))}}}

    device = {
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "device_id": login.device_id,
        "user_id": login.user_id,
        "keys": {f"curve25519:{login.device_id}": curve, key: olm.identity_keys["ed25519"]},
    }
    keys = {f"{KIND}:AAAA{n}": signed({"key": "A" * 43}) for n in range(9)}
    body = {"device_keys": signed(device), "one_time_keys": keys}
    matrix.synapse.request("POST", f"{V3}/keys/upload", body, token=login.access_token)


@pytest.mark.parametrize("curve", ["AAAA", "A" * 43])
async def test_a_device_whose_keys_are_none_silences_nobody(matrix: OnMatrix, curve: str) -> None:
    lying(matrix, matrix.nadia, curve)
    await joined(matrix, matrix.nadia)
    await matrix.marie.knows(matrix.nadia.user_id)
    for device in list(matrix.marie.client.device_store.active_user_devices(matrix.nadia.user_id)):
        # Her own client would stumble over it.
        device.deleted = True
    await matrix.hears("elle est là")
    await matrix.adapter.deliver(say(matrix, "bienvenue", "k1"))
    assert (await matrix.marie.sees(matrix.room.id, "bienvenue")).readable


async def test_keys_asked_for_in_vain_once_are_asked_for_again(
    matrix: OnMatrix, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real, cuts = AsyncClient.send, 1

    async def send(self: AsyncClient, method: str, path: str, *rest: Any, **more: Any) -> Any:
        nonlocal cuts
        if "/keys/claim" in path and self.user_id == matrix.bot.user_id and cuts:
            cuts -= 1
            raise aiohttp.ClientConnectionError
        return await real(self, method, path, *rest, **more)

    await joined(matrix, matrix.nadia)
    async with Member(matrix.nadia, tmp_path / "nadia") as nadia:
        await matrix.hears("elle est là")
        monkeypatch.setattr(AsyncClient, "send", send)
        with pytest.raises(RetryLater):
            await matrix.adapter.deliver(say(matrix, "bienvenue", "k1"))
        await matrix.adapter.deliver(say(matrix, "bienvenue", "k1"))
        assert (await nadia.sees(matrix.room.id, "bienvenue")).readable
        assert not cuts


async def test_keys_used_up_while_the_bot_was_away_are_uploaded_again(matrix: OnMatrix) -> None:
    await matrix.stop()
    use_up(matrix)
    assert left(matrix) == 0
    matrix.adapter = matrix.make()
    matrix.start()
    await matrix.hears("me revoici")
    assert left(matrix) == 50


async def test_who_writes_for_the_first_time_after_a_restore_is_read(
    matrix: OnMatrix, tmp_path: Path
) -> None:
    store, backup, room = tmp_path / "store", tmp_path / "backup", matrix.room.id
    await matrix.stop()
    shutil.copytree(store, backup)
    matrix.adapter = matrix.make()
    matrix.start()
    use_up(matrix)
    await matrix.hears("deux")
    await matrix.hears("trois")
    assert left(matrix) == 50, "all of them newer than the backup"
    await matrix.stop()
    shutil.rmtree(store)
    shutil.copytree(backup, store)
    matrix.adapter = matrix.make()
    await matrix.adapter.notes.write("matrix.restored", "today")
    matrix.start()
    await matrix.hears("quatre")
    await joined(matrix, matrix.nadia)
    async with Member(matrix.nadia, tmp_path / "nadia") as nadia:
        await nadia.knows(matrix.bot.user_id)
        await nadia.say(room, "je suis nouvelle")
        heard = await matrix.hears("cinq")
    assert "je suis nouvelle" in [each.text for each in heard if isinstance(each, Said)]
    use_up(matrix)
    await matrix.hears("six")
    await matrix.hears("sept")
    assert left(matrix) == 50
