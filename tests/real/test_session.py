"""The account's session on a real homeserver: one login, one device, kept apart from everything."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nio import AsyncClient

from adapters.matrix import session
from adapters.matrix.wire import Refused, Wire, path
from bot.errors import RetryLater, Unusable
from tests.real.conftest import Register
from tests.real.synapse import Synapse


@pytest.fixture
async def wire(synapse: Synapse) -> AsyncIterator[Wire]:
    client = AsyncClient(synapse.url, "@nobody:localhost")
    yield Wire(client)
    await client.close()


async def opened(
    wire: Wire, store: Path, user_id: str, *, token: str = "", password: str = ""
) -> session.Session:
    return await session.opened(
        wire, session.prepared(store), user_id, token=token, password=password, device_name="copain"
    )


async def test_a_password_logs_in_once_and_the_device_is_kept(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot = register("bot")
    first = await opened(wire, tmp_path / "store", bot.user_id, password=bot.password)
    second = await opened(wire, tmp_path / "store", bot.user_id, password="wrong: never asked")
    assert second == first
    assert first.device_id != bot.device_id


async def test_the_kept_session_is_for_the_owner_of_the_folder_alone(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot = register("bot")
    await opened(wire, tmp_path / "store", bot.user_id, token=bot.access_token)
    kept = tmp_path / "store" / session.FILE
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert json.loads(kept.read_text())["device_id"] == bot.device_id


async def test_a_token_that_died_is_replaced_by_a_login_on_the_same_device(
    wire: Wire, register: Register, synapse: Synapse, tmp_path: Path
) -> None:
    bot = register("bot")
    store = tmp_path / "store"
    first = await opened(wire, store, bot.user_id, password=bot.password)
    synapse.request("POST", "/_matrix/client/v3/logout", {}, token=first.access_token)
    again = await opened(wire, store, bot.user_id, password=bot.password)
    assert again.device_id == first.device_id
    assert again.access_token != first.access_token


async def test_a_restored_store_knows_its_device_without_a_token(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot = register("bot")
    store = session.prepared(tmp_path / "store")
    session.keep(store, session.Session(bot.user_id, "KEPTDEVICE"))
    found = await opened(wire, store, bot.user_id, password=bot.password)
    assert found.device_id == "KEPTDEVICE"


@pytest.mark.parametrize(
    ("token", "password", "fault"),
    [
        ("syt_nonsense", "", "matrix-fault-token"),
        ("", "wrong", "matrix-fault-password"),
        ("", "", "matrix-fault-token"),
    ],
)
async def test_what_the_server_does_not_accept_is_a_clear_fault(
    wire: Wire, register: Register, tmp_path: Path, *, token: str, password: str, fault: str
) -> None:
    bot = register("bot")
    with pytest.raises(Unusable) as found:
        await opened(wire, tmp_path / "store", bot.user_id, token=token, password=password)
    assert found.value.key == fault


async def test_the_token_of_somebody_else_is_refused(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot, other = register("bot"), register("other")
    with pytest.raises(Unusable) as found:
        await opened(wire, tmp_path / "store", bot.user_id, token=other.access_token)
    assert found.value.key == "matrix-fault-whose-token"
    assert not (tmp_path / "store" / session.FILE).exists()


async def test_a_store_of_another_account_is_left_alone(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot, other = register("bot"), register("other")
    store = tmp_path / "store"
    await opened(wire, store, other.user_id, token=other.access_token)
    with pytest.raises(Unusable) as found:
        await opened(wire, store, bot.user_id, token=bot.access_token)
    assert found.value.key == "matrix-fault-other-account"


def test_a_second_process_finds_the_store_held(tmp_path: Path) -> None:
    store = session.prepared(tmp_path / "store")
    held = session.lock(store)
    with pytest.raises(Unusable) as found:
        session.lock(store)
    assert found.value.key == "matrix-fault-in-use"
    session.unlock(held)
    session.unlock(session.lock(store))


async def test_no_session_shows_its_token() -> None:
    assert "syt_" not in repr(session.Session("@a:b", "D", "syt_secret"))


async def test_a_refusal_names_the_servers_code(wire: Wire, register: Register) -> None:
    wire.client.access_token = register("bot").access_token
    with pytest.raises(Refused) as found:
        await wire.call("POST", path("join", "!nowhere:localhost"), {})
    assert found.value.code.startswith("M_")


async def test_a_server_that_is_not_there_is_for_later() -> None:
    client = AsyncClient("http://127.0.0.1:9", "@nobody:localhost")
    try:
        with pytest.raises(RetryLater) as found:
            await Wire(client).call("GET", path("account", "whoami"))
        assert found.value.whole
    finally:
        await client.close()


async def test_killed_after_the_login_the_next_start_is_the_same_device(
    wire: Wire, register: Register, tmp_path: Path
) -> None:
    bot = register("bot")
    store = session.prepared(tmp_path / "store")
    with pytest.raises(Unusable):
        await opened(wire, store, bot.user_id, password="wrong")
    drawn = session.kept(store)
    assert drawn is not None
    found = await opened(wire, store, bot.user_id, password=bot.password)
    assert found.device_id == drawn.device_id
