"""What `copain check` says of Slack, on the local server that behaves like it."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.slack.checks import look
from adapters.slack.checks.tokens import app_of, kind_of
from adapters.slack.scopes import SCOPES
from bot.__main__ import main
from bot.clock import SystemClock
from bot.config import Config, Secret, Secrets
from bot.events import Account, Place
from tests.contracts.test_connections import PLAYS, _run
from tests.slack.server.app import App
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace

BOT, APP = "xoxb-copain-1234567890", "xapp-1-A0COPAIN-1234567890"
Lines = dict[str, tuple[str, dict[str, Any]]]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("slack_sdk").setLevel(logging.WARNING)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The workspace, with the app that our manifest makes."""
    app = workspace.app
    app.bot_token, app.app_token, app.scopes = BOT, APP, frozenset(SCOPES)
    return workspace


def configured(
    url: str, *channels: str, bot: str = BOT, app: str = APP, **community: Any
) -> Config:
    """A configuration with these channels."""
    told = {
        "slug": "nord",
        "name": "Nord",
        "coordinators": ["@claire:localhost"],
        "spaces": [{"platform": "slack", "id": each, "use": "discussion"} for each in channels],
        **community,
    }
    held = Secrets(
        slack_bot_token=Secret(bot) if bot else None, slack_app_token=Secret(app) if app else None
    )
    return Config.model_validate(
        {"slack": {"api_url": url}, "communities": [told], "secrets": held},
        by_alias=True,
        by_name=False,
    )


async def looked(found: Config, late: timedelta = timedelta()) -> Lines:
    """The lines of a look by their key."""
    lines = await look(found, SystemClock().now() + late)
    return {key.removeprefix("slack-check-"): (level, dict(values)) for level, key, values in lines}


def faults(lines: Lines) -> list[str]:
    return [key for key, (level, _) in lines.items() if level == "fault"]


async def test_an_app_made_from_our_manifest_in_a_private_channel_is_found_right(
    workspace: Workspace,
) -> None:
    channel = workspace.add_channel("#pratique", "marie", "paul", kind="group")
    lines = await looked(configured(workspace.url, channel.id))
    assert {level for level, _ in lines.values()} == {"ok"}
    assert lines["login"][1] == {"team": "Copain", "user": "copain"}
    assert lines["app"][1] == {"app": "Copain"}
    assert lines["scopes"][1] == {"n": len(SCOPES)}
    assert lines["socket"][1] == {"host": "127.0.0.1"}
    told = {"channel": f"#pratique ({channel.id})", "private": "yes", "n_members": 3}
    assert lines["channel"][1] == told
    assert {each.method for each in workspace.called} == {
        "auth.test",
        "bots.info",
        "conversations.info",
        "apps.connections.open",
    }
    assert workspace.delivery.links == [], "it would open, and that is enough"


async def test_tokens_are_told_by_their_looks_before_anything_is_asked(
    workspace: Workspace,
) -> None:
    url = workspace.url
    assert faults(await looked(configured(url, bot=APP, app=BOT))) == ["swapped"]
    lines = await looked(configured(url, bot="xoxp-1-2", app="half"))
    assert faults(lines) == ["token-kind"]
    both = await look(configured(url, bot="xoxe.xoxb-1-2", app="xoxb-other-one"), _now())
    assert [values["kind"] for _, _, values in both] == ["expiring", "bot"]
    assert await looked(configured(url, bot="", app="")) == {}, "the configuration tells"
    assert list(workspace.called) == []


async def test_dead_tokens_and_an_app_that_was_taken_out_are_faults(workspace: Workspace) -> None:
    found = configured(workspace.url, bot="xoxb-of-yesterday", app="xapp-1-A0COPAIN-yesterday")
    lines = await look(found, _now())
    assert [(key, values["name"]) for _, key, values in lines] == [
        ("slack-check-token-dead", "SLACK_BOT_TOKEN"),
        ("slack-check-token-dead", "SLACK_APP_TOKEN"),
    ]
    workspace.app.active = False
    assert "uninstalled" in faults(await looked(configured(workspace.url)))


async def test_scopes_that_are_missing_and_those_too_many_are_named(workspace: Workspace) -> None:
    workspace.app.scopes = (frozenset(SCOPES) - {"im:write", "commands"}) | {"admin", "files:read"}
    lines = await looked(configured(workspace.url))
    assert lines["scopes-missing"] == ("fault", {"scopes": "commands, im:write"})
    assert lines["scopes-unused"] == ("warning", {"scopes": "admin, files:read"})
    assert "scopes" not in lines


async def test_socket_mode_that_is_off_or_a_token_without_its_scope_is_told(
    workspace: Workspace,
) -> None:
    workspace.app.socket_mode = False
    assert faults(await looked(configured(workspace.url))) == ["socket-off"]
    workspace.app.app_scopes = frozenset()
    assert faults(await looked(configured(workspace.url))) == ["socket-scope"]


async def test_tokens_of_two_apps_are_found_out(workspace: Workspace) -> None:
    workspace.app.app_token = other = "xapp-1-A0OTHER-1234567890"
    assert faults(await looked(configured(workspace.url, app=other))) == ["other-app"]


async def test_channels_are_told_apart(workspace: Workspace) -> None:
    public = workspace.add_channel("#ouvert", "marie")
    away = workspace.add_channel("#ailleurs", "marie", bot=False)
    hidden = workspace.add_channel("#caché", "marie", kind="group", bot=False)
    old = workspace.add_channel("#vieux", "marie", kind="group", archived=True)
    workspace.add_user("olga", team="T0OTHER")
    shared = workspace.add_channel("#partagé", "marie", "olga", kind="group")
    every = [each.id for each in (public, away, hidden, old, shared)]
    lines = await looked(configured(workspace.url, *every, "C0NOWHERE"))
    named = {key: values["channel"] for key, (_, values) in lines.items() if "channel" in values}
    assert named == {
        "channel-public": f"#ouvert ({public.id})",
        "channel-absent": f"#ailleurs ({away.id})",
        "channel-unknown": "C0NOWHERE",
        "channel-archived": f"#vieux ({old.id})",
        "channel-shared": f"#partagé ({shared.id})",
    }
    assert faults(lines) == ["channel-absent", "channel-unknown", "channel-archived"]
    alone = await looked(configured(workspace.url, hidden.id))
    assert alone["channel-unknown"][1]["bot"] == "copain"
    free = await looked(configured(workspace.url, public.id, join="open"))
    assert free["channel"][1]["private"] == "no"


class InChat:
    """Doors of a community that took a channel up in chat."""

    def __init__(self, space: str) -> None:
        self.space = Place("slack", "", space)

    async def is_space(self, place: Place) -> bool:
        return place == self.space

    async def spaces(self, platform: str) -> dict[Place, str]:
        return {self.space: "discussion"} if platform == "slack" else {}

    async def has_role(self, account: Account) -> bool:
        return False

    async def may_write(self, account: Account) -> bool:
        return False


async def test_a_channel_that_chat_alone_knows_counts_too(workspace: Workspace) -> None:
    channel = workspace.add_channel("#pratique", "marie", kind="group")
    lines = await look(configured(workspace.url), _now(), doors=InChat(channel.id))
    assert "slack-check-channel" in [key for _, key, _ in lines]


async def test_coordinators_who_cannot_come_in_are_named(workspace: Workspace) -> None:
    gone = workspace.add_user("gone", deleted=True)
    known = workspace.user("marie")
    refs = [f"slack:{each}" for each in (known.id, gone.id, workspace.app.bot_user, "U0NOBODY")]
    lines = await looked(configured(workspace.url, coordinators=refs))
    told = {key: values["user"] for key, (_, values) in lines.items() if set(values) == {"user"}}
    assert told == {
        "closed-account": gone.id,
        "no-person": workspace.app.bot_user,
        "nobody": "U0NOBODY",
    }


@pytest.mark.parametrize(
    ("late", "key", "level"),
    [(30, None, "ok"), (90, "clocks-apart", "warning"), (-90, "clocks-apart", "warning"),
     (400, "clocks-far", "fault"), (-7200, "clocks-far", "fault")],
)  # fmt: skip
async def test_a_clock_that_differs_from_slacks_is_told(
    workspace: Workspace, late: int, key: str | None, level: str
) -> None:
    lines = await looked(configured(workspace.url), timedelta(seconds=late))
    found = [name for name in lines if name.startswith("clocks")]
    assert found == ([key] if key else [])
    assert not key or lines[key][0] == level


async def test_silence_and_a_stranger_are_told_and_what_came_before_stays(
    workspace: Workspace,
) -> None:
    workspace.faults.add("apps.connections.open", "closed_before")
    lines = await looked(configured(workspace.url))
    assert faults(lines) == ["unanswered"]
    assert "login" in lines
    workspace.faults.add("auth.test", "500")
    assert "unanswered" in await looked(configured(workspace.url))
    lines = await looked(configured("http://nowhere.invalid/api/"))
    assert lines["in-clear"][0] == "warning"
    assert lines["unanswered"][1]["why"] == "name"
    assert (await looked(configured("http://127.0.0.1:1/api/")))["unanswered"][1]["why"] == (
        "refused"
    )


async def test_a_web_page_is_not_slack_and_nobody_is_followed_elsewhere(
    workspace: Workspace,
) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<html>It works!</html>", content_type="text/html")

    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPFound(workspace.url + "auth.test")

    app = web.Application()
    app.router.add_route("*", "/page/{method}", page)
    app.router.add_route("*", "/elsewhere/{method}", elsewhere)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await (site := web.TCPSite(runner, "127.0.0.1", 0)).start()
    base = f"http://127.0.0.1:{_port(site)}"
    try:
        assert "no-server" in faults(await looked(configured(f"{base}/page/", app="")))
        assert faults(await looked(configured(f"{base}/elsewhere/"))) == ["unanswered"]
        assert list(workspace.called) == []
    finally:
        await runner.cleanup()


def test_the_kind_of_a_token_and_its_app_are_in_how_it_begins() -> None:
    assert [kind_of(each) for each in (BOT, APP, "xoxb-", "xoxe-1-x", "", " ")] == [
        "bot",
        "app",
        "other",
        "expiring",
        "other",
        "other",
    ]
    assert (app_of(APP), app_of(BOT), app_of("xapp-half")) == ("A0COPAIN", "", "")


# --- The command, in a process of its own or beside the server --------------------------------


@contextmanager
def served() -> Iterator[Workspace]:
    """A workspace served from a thread, for a command that has a loop of its own."""
    workspace = Workspace(
        SystemClock(), App(bot_token=BOT, app_token=APP, scopes=frozenset(SCOPES))
    )
    workspace.add_user("claire")
    workspace.add_channel("#pratique", "claire", kind="group")
    ready, loop = threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve() -> None:
        async with serving(workspace):
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield workspace
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


def written(workspace: Workspace, folder: Path) -> str:
    """A whole configuration for that workspace."""
    (folder / ".env").write_text(
        f"COPAIN_SECRET={'A' * 43}=\nSLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\n", "utf-8"
    )
    (folder / ".env").chmod(0o600)
    channel = workspace.channel("#pratique").id
    path = folder / "config.toml"
    path.write_text(
        f'[bot]\ndatabase = "sqlite+aiosqlite:///{folder}/copain.db"\n'
        f'[slack]\napi_url = "{workspace.url}"\n'
        '[[communities]]\nslug = "nord"\nname = "Nord"\n'
        f'coordinators = ["slack:{workspace.user("claire").id}"]\n'
        f'spaces = [{{platform = "slack", id = "{channel}", use = "discussion"}}]\n',
        "utf-8",
    )
    return str(path)


def test_the_command_says_it_in_two_languages_and_no_token(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "COPAIN_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    with served() as workspace:
        path = written(workspace, tmp_path)
        assert main(["check", "--config", path]) == 0
        out = capsys.readouterr().out
        assert "Canal #pratique" in out
        assert "mode Socket" in out
        assert BOT not in out
        assert APP not in out
        monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")
        monkeypatch.setenv("SLACK_BOT_TOKEN", APP)
        monkeypatch.setenv("SLACK_APP_TOKEN", BOT)
        assert main(["check", "--config", path]) == 1
        out = capsys.readouterr().out
        assert "fault      Slack: the two tokens are in each other's place." in out
        assert BOT not in out
        assert APP not in out


def test_the_look_connects_to_the_configured_address_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COPAIN_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    # The SDK would take it, and nobody named it in the configuration.
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with served() as workspace:
        run = _run(PLAYS, "check", "--config", written(workspace, tmp_path))
        port = workspace.url.rsplit(":", 1)[1].partition("/")[0]
    assert "#pratique" in run.stdout
    told = [line for line in run.stderr.splitlines() if line.startswith(("socket.", "asked "))]
    assert set(told) == {f"socket.connect: ('127.0.0.1', {port})"}


def test_the_manifest_makes_an_app_with_which_everything_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["slack-manifest"]) == 0
    app = App.from_manifest(json.loads(capsys.readouterr().out))
    assert app.scopes == frozenset(SCOPES)
    assert app.commands == frozenset({"/copain"})
    assert app.messages_tab
    assert app.socket_mode


def _now() -> Any:
    return SystemClock().now()


def _port(site: web.TCPSite) -> int:
    server = site._server  # noqa: SLF001 - how else to learn an ephemeral port
    assert isinstance(server, asyncio.Server)
    return int(server.sockets[0].getsockname()[1])
