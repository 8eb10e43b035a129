"""What `copain check` says of a real homeserver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from adapters.matrix.checks import homeserver_of, look
from bot.__main__ import main
from bot.clock import SystemClock
from bot.config import Config, Secret, Secrets
from bot.events import Account, Place
from tests.contracts.test_connections import PLAYS, _run
from tests.real.conftest import Register
from tests.real.synapse import Login, Synapse

V3 = "/_matrix/client/v3"


def configured(bot: Login, store: Path, *spaces: str, **more: Any) -> Config:
    """A configuration with these rooms; of [matrix], what `more` says."""
    secrets = more.pop("secrets", Secrets(matrix_access_token=Secret(bot.access_token)))
    community = {
        "slug": "nord",
        "name": "Nord",
        "coordinators": ["@claire:localhost"],
        "spaces": [{"platform": "matrix", "id": room, "use": "discussion"} for room in spaces],
    }
    matrix = {"homeserver": bot.homeserver, "user_id": bot.user_id, "store": store, **more}
    return Config.model_validate(
        {"matrix": matrix, "communities": [community], "secrets": secrets},
        by_alias=True,
        by_name=False,
    )


async def looked(found: Config) -> dict[str, tuple[str, dict[str, Any]]]:
    """The lines of a look by their key."""
    lines = await look(found, SystemClock().now())
    return {
        key.removeprefix("matrix-check-"): (level, dict(values)) for level, key, values in lines
    }


def made(synapse: Synapse, by: Login, **content: Any) -> str:
    room = synapse.request("POST", f"{V3}/createRoom", content, token=by.access_token)
    return str(room["room_id"])


def joined(synapse: Synapse, who: Login, room: str) -> None:
    synapse.request("POST", f"{V3}/join/{quote(room)}", {}, token=who.access_token)


def faults(lines: dict[str, tuple[str, dict[str, Any]]]) -> list[str]:
    return [key for key, (level, _) in lines.items() if level == "fault"]


async def test_a_room_that_is_ready_an_encrypted_one_and_a_token_are_found_right(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, claire = register("copain"), register("claire")
    secret = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    told = {"preset": "private_chat", "invite": [bot.user_id], "name": "Général"}
    levels = {"users": {bot.user_id: 50}}
    room = made(synapse, claire, **told, power_level_content_override=levels)
    closed = made(
        synapse, claire, **told, initial_state=[secret], power_level_content_override=levels
    )
    for each in (room, closed):
        joined(synapse, bot, each)
    lines = await look(configured(bot, tmp_path, room, closed), SystemClock().now())
    assert [level for level, key, _ in lines if key != "matrix-check-nobody"] == ["ok"] * 6
    about = [values for _, key, values in lines if key == "matrix-check-room"]
    assert [(each["n_members"], each["encrypted"]) for each in about] == [(2, "no"), (2, "yes")]
    assert about[0]["room"] == f"Général ({room})"
    blind = await looked(configured(bot, tmp_path, closed, encryption=False))
    assert blind["room-unreadable"][0] == "fault"


async def test_rooms_without_copain_are_told_apart(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, claire = register("copain"), register("claire")
    asked = made(synapse, claire, preset="private_chat", invite=[bot.user_id])
    alone = made(synapse, claire, preset="private_chat")
    lines = await looked(configured(bot, tmp_path, asked, alone))
    assert lines["room-invited"] == ("ok", {"room": asked})
    assert lines["room-absent"] == ("fault", {"room": alone, "user": bot.user_id})


class InChat:
    """Doors of a community that took a room up in chat, and gave somebody a role there."""

    def __init__(self, space: str, role: str) -> None:
        self.space, self.role = Place("matrix", "", space), role

    async def is_space(self, place: Place) -> bool:
        return place == self.space

    async def spaces(self, platform: str) -> dict[Place, str]:
        return {self.space: "discussion"}

    async def has_role(self, account: Account) -> bool:
        return account.id == self.role

    async def may_write(self, account: Account) -> bool:
        return account.id == self.role


async def test_rooms_and_roles_that_chat_alone_knows_count_too(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, claire = register("copain"), register("claire")
    room = made(synapse, claire, preset="private_chat", invite=[bot.user_id])
    joined(synapse, bot, room)
    made(synapse, claire, preset="private_chat", invite=[bot.user_id])
    found = configured(bot, tmp_path)
    lines = await look(found, SystemClock().now(), doors=InChat(room, claire.user_id))
    told = {key: values for _, key, values in lines}
    assert told["matrix-check-room-no-kick"] == {"room": room}
    assert "matrix-check-no-invitation" in told


async def test_a_public_room_of_a_closed_community_and_missing_rights_are_told(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, claire = register("copain"), register("claire")
    room = made(
        synapse,
        claire,
        preset="public_chat",
        initial_state=[
            {
                "type": "m.room.history_visibility",
                "content": {"history_visibility": "world_readable"},
            }
        ],
        power_level_content_override={"events_default": 10, "invite": 50},
    )
    joined(synapse, bot, room)
    lines = await looked(configured(bot, tmp_path, room))
    assert faults(lines) == ["room-silent"]
    told = {"room-public", "room-history", "room-no-invite", "room-no-kick"}
    assert told <= set(lines)


async def test_invitations_that_nobody_will_answer_are_counted(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, mallory, zoe = register("copain"), register("mallory"), register("zoe")
    made(synapse, mallory, preset="private_chat", invite=[bot.user_id])
    made(synapse, zoe, preset="trusted_private_chat", is_direct=True, invite=[bot.user_id])
    lines = await looked(configured(bot, tmp_path))
    level, values = lines["invitations"]
    assert (level, values["n_waiting"]) == ("warning", 2)
    assert set(values["people"].split(", ")) == {mallory.user_id, zoe.user_id}


async def test_the_password_is_tried_on_a_device_that_does_not_stay(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot = register("copain")
    right = Secrets(matrix_password=Secret(bot.password))
    lines = await looked(configured(bot, tmp_path, secrets=right))
    assert lines["password"][0] == "ok"
    left = synapse.request("GET", f"{V3}/devices", token=bot.access_token)["devices"]
    assert [each["device_id"] for each in left] == [bot.device_id]
    wrong = Secrets(matrix_password=Secret("no"))
    assert faults(await looked(configured(bot, tmp_path, secrets=wrong))) == ["password-wrong"]


async def test_the_kept_session_is_used_and_one_of_another_account_is_refused(
    register: Register, tmp_path: Path
) -> None:
    bot, other = register("copain"), register("other")

    def keep(login: Login) -> None:
        told = {name: getattr(login, name) for name in ("user_id", "device_id", "access_token")}
        (tmp_path / "session.json").write_text(json.dumps(told), "utf-8")
        (tmp_path / "session.json").chmod(0o600)

    keep(bot)
    by_password = Secrets(matrix_password=Secret("never looked at"))
    lines = await looked(configured(bot, tmp_path, secrets=by_password))
    assert lines["login"] == ("ok", {"user": bot.user_id, "device": bot.device_id})
    keep(other)
    lines = await looked(configured(bot, tmp_path, secrets=by_password))
    assert faults(lines) == ["store-of-another"]


async def test_a_dead_token_and_that_of_another_account_are_faults(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot, other = register("copain"), register("other")
    theirs = Secrets(matrix_access_token=Secret(other.access_token))
    assert faults(await looked(configured(bot, tmp_path, secrets=theirs))) == ["other-user"]
    synapse.request("POST", f"{V3}/logout", {}, token=bot.access_token)
    assert faults(await looked(configured(bot, tmp_path))) == ["token-dead"]


async def test_keys_that_lie_elsewhere_are_a_fault_and_those_in_the_folder_are_not(
    synapse: Synapse, register: Register, tmp_path: Path
) -> None:
    bot = register("copain")
    keys = {
        "user_id": bot.user_id,
        "device_id": bot.device_id,
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "keys": {f"curve25519:{bot.device_id}": "a", f"ed25519:{bot.device_id}": "b"},
        "signatures": {bot.user_id: {f"ed25519:{bot.device_id}": "c"}},
    }
    synapse.request("POST", f"{V3}/keys/upload", {"device_keys": keys}, token=bot.access_token)
    assert faults(await looked(configured(bot, tmp_path))) == ["keys-elsewhere"]
    (tmp_path / f"{bot.user_id}_{bot.device_id}.db").touch()
    assert not faults(await looked(configured(bot, tmp_path)))


async def test_a_folder_that_others_can_read_is_told_and_one_that_is_not_ours_is_a_fault(
    register: Register, tmp_path: Path
) -> None:
    bot = register("copain")
    (tmp_path / "open").mkdir(mode=0o755)
    assert (await looked(configured(bot, tmp_path / "open")))["store-open"][0] == "warning"
    (tmp_path / "file").touch()
    assert faults(await looked(configured(bot, tmp_path / "file" / "store"))) == ["store-closed"]


async def test_a_clock_that_differs_from_the_servers_is_told(
    register: Register, tmp_path: Path
) -> None:
    found = configured(register("copain"), tmp_path)
    lines = await look(found, SystemClock().now() + timedelta(minutes=2))
    assert "matrix-check-clocks-apart" in [key for _, key, _ in lines]


async def test_the_limit_of_a_server_is_measured_and_its_room_left(
    tmp_path: Path, register: Register
) -> None:
    server = Synapse(tmp_path / "tight", "rc_message: {per_second: 2, burst_count: 4}\n")
    server.start()
    try:
        bot = server.register("copain")
        store = tmp_path / "store"
        level, values = (await looked(configured(bot, store)))["pace-enough"]
        assert level == "ok"
        assert 1.7 <= values["rate"] <= 2.3
        rooms = server.request("GET", f"{V3}/joined_rooms", token=bot.access_token)
        assert rooms["joined_rooms"] == []
    finally:
        server.stop()
    assert faults(await looked(configured(bot, store))) == ["unanswered"]


@pytest.fixture
def web_server() -> Iterator[str]:
    """Something that answers, and is no homeserver."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>It works!</html>")

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def test_what_answers_and_is_no_homeserver_is_a_fault(
    web_server: str, tmp_path: Path
) -> None:
    bot = Login(web_server, "@copain:localhost", "D", "token", "password")
    assert faults(await looked(configured(bot, tmp_path))) == ["no-server"]
    bot = Login("http://nowhere.invalid", "@copain:localhost", "D", "token", "password")
    lines = await looked(configured(bot, tmp_path))
    assert lines["in-clear"][0] == "warning"
    assert lines["unanswered"] == ("fault", {"address": bot.homeserver, "why": "name"})


async def test_a_server_that_tells_nothing_of_itself_has_no_known_homeserver() -> None:
    assert await homeserver_of("nowhere.invalid") is None
    assert await homeserver_of("localhost:1") is None


def test_the_look_connects_to_the_homeserver_alone(
    synapse: Synapse, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = register("copain")
    path = tmp_path / "config.toml"
    path.write_text(
        f'[bot]\ndatabase = "sqlite+aiosqlite:///{tmp_path}/copain.db"\n'
        f'[matrix]\nhomeserver = "{bot.homeserver}"\nuser_id = "{bot.user_id}"\n'
        '[[communities]]\nslug = "nord"\nname = "Nord"\ncoordinators = ["@claire:localhost"]\n',
        "utf-8",
    )
    monkeypatch.setenv("MATRIX_ACCESS_TOKEN", bot.access_token)
    run = _run(PLAYS, "check", "--config", str(path))
    assert bot.user_id in run.stdout
    told = [line for line in run.stderr.splitlines() if line.startswith("socket.connect")]
    assert set(told) == {f"socket.connect: ('127.0.0.1', {synapse.port})"}


def test_the_command_says_it_in_two_languages_and_ends_with_1_on_a_fault(
    synapse: Synapse,
    register: Register,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot = register("copain")
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("COPAIN_SECRET", "A" * 43 + "=")
    monkeypatch.setenv("COPAIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/copain.db")
    monkeypatch.setenv("MATRIX_ACCESS_TOKEN", bot.access_token)
    path = tmp_path / "config.toml"
    room = made(synapse, bot, preset="private_chat")
    path.write_text(
        f'[matrix]\nhomeserver = "{bot.homeserver}"\nuser_id = "{bot.user_id}"\n'
        f'store = "{tmp_path}/store"\n[[communities]]\nslug = "nord"\nname = "Nord"\n'
        f'coordinators = ["{bot.user_id}"]\n'
        f'spaces = [{{platform = "matrix", id = "{room}", use = "discussion"}}]\n',
        "utf-8",
    )
    assert main(["check", "--config", str(path)]) == 0
    out = capsys.readouterr().out
    assert f"Salon {room}" in out
    assert bot.access_token not in out
    monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")
    monkeypatch.setenv("MATRIX_ACCESS_TOKEN", "dead")
    assert main(["check", "--config", str(path)]) == 1
    assert "fault      Matrix: the token is no longer valid." in capsys.readouterr().out
