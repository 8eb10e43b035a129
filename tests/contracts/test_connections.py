"""A run opens the connections it should and no other [SE-9]: the demo none, a service its own.

Each run is a process of its own: an audit hook cannot be taken out again. The demo types every
command there is, so a feature that begins to reach for the network is found on the day it is added.
"""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import commands
from bot.registry import Registry

ROOT = Path(__file__).parents[2]
REGISTRY = Registry.of(commands.load())

# Runs the program with a hook that writes down whatever would leave the machine, or listen on it.
WATCHED = """
import socket, sys

def watch(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        print("asked for a name:", args, file=sys.stderr)
    elif event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        if args[0].family != getattr(socket, "AF_UNIX", None):
            print(f"{event}:", args[1], file=sys.stderr)

sys.addaudithook(watch)
"""
PLAYS = "from bot.__main__ import main; sys.argv = ['copain', *sys.argv[1:]]; sys.exit(main())"
CONNECTS = "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"


def test_a_run_of_the_demo_with_every_command_opens_no_connection(tmp_path: Path) -> None:
    script = tmp_path / "every.copain"
    script.write_text("\n".join(_lines()), encoding="utf-8")
    run = _run(PLAYS, "demo", "--script", str(script), "--json")
    assert run.stderr.replace("\n", "") == "" or "socket" not in run.stderr, run.stderr
    assert "asked for a name" not in run.stderr, run.stderr
    assert run.returncode == 0, run.stderr
    # Every instruction was carried out and had its line.
    assert run.stdout.count('"done"') == len(_lines())


def test_a_connection_would_be_seen() -> None:
    assert "socket.connect: ('127.0.0.1', 9)" in _run(CONNECTS).stderr


SUPPLIED = sorted((ROOT / "docs" / "demo").glob("*.copain"))


@pytest.mark.parametrize("path", SUPPLIED, ids=[path.name for path in SUPPLIED])
def test_a_supplied_script_opens_no_connection(path: Path) -> None:
    language = "en" if ".en." in path.name else "fr"
    run = _run(PLAYS, "demo", "--lang", language, "--script", str(path), "--json")
    assert "socket" not in run.stderr
    assert "asked for a name" not in run.stderr
    assert run.returncode == 0, run.stderr


CONFIG = """
[bot]
database = "sqlite+aiosqlite:///{folder}/copain.db"
[matrix]
homeserver = "http://127.0.0.1:1"
user_id = "@copain:example.org"
{more}
[[communities]]
slug = "nord"
name = "Nord"
coordinators = ["@zoe:example.org"]
spaces = [{{platform = "matrix", id = "!a:example.org", use = "discussion"}}]
"""
# A service that stops by itself once it has tried to reach its homeserver.
SERVES = """
import os, signal, threading
from bot.log import Log
said = Log.warning
def warning(self, action, /, **values):
    said(self, action, **values)
    if action == "matrix-login-later":
        os.kill(os.getpid(), signal.SIGTERM)
Log.warning = warning
"""


@pytest.mark.parametrize("web", [False, True], ids=["", "web"])
def test_a_service_reaches_its_homeserver_and_listens_where_it_is_told_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, web: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("COPAIN_SECRET", base64.b64encode(b"s" * 32).decode())
    monkeypatch.setenv("MATRIX_ACCESS_TOKEN", "syt_token")
    path = tmp_path / "config.toml"
    more = f"[web]\nport = {port}" if web else ""
    path.write_text(CONFIG.format(folder=tmp_path, more=more), "utf-8")
    run = _run(f"{SERVES}\n{PLAYS}", "run", "--config", str(path))
    assert run.returncode == 0, run.stderr
    seen = {line for line in run.stderr.splitlines() if line.startswith(("socket.", "asked "))}
    assert seen == {
        "socket.connect: ('127.0.0.1', 1)",
        *([f"socket.bind: ('127.0.0.1', {port})"] if web else []),
    }


def _lines() -> list[str]:
    """Every command by a member, an animator and a coordinator; then a month goes by."""
    lines = ["marie: Qui a une fiche à partager? https://example.org/fiche", "lea +1 📌"]
    for command in REGISTRY.commands:
        for name in ("marie", "antoine", "claire"):
            lines += [f"{name} @dm: /copain {command.name}", f"{name} @dm: annuler", "@skip 1m"]
    return [*lines, "@join nadia", "nadia @dm: bonjour", "@skip 35d"]


def _run(program: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"{WATCHED}\n{program}", *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
