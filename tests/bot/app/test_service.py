"""`copain run` as a process: it starts, says what is wrong, and stops cleanly (contracts §2)."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[3]
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
state = "open"
spaces = [{{platform = "matrix", id = "!a:example.org", use = "discussion"}}]
"""
# The program with a platform of the test's own in the place of the real one.
PROGRAM = """
import asyncio, os, sys
import bot.cli.serve as served
from bot.__main__ import main
from bot.app.platforms import Platform
from bot.errors import Unusable
from bot.messages import Capabilities

class Fake:
    name, capabilities = "matrix", Capabilities()
    async def deliver(self, parcel): return "m"
    async def close(self): pass
    async def run(self, hear):
        {run}

table = {{"matrix": Platform(lambda *_: Fake(), sign="!")}}
run = served.run
served.run = lambda path, words: run(path, words, table=table)
code = main(["run", "--config", sys.argv[1]])
loaded = [name for name in sys.modules if name.split(".")[0] in ("nio", "slack_bolt") or
          name in ("adapters.terminal", "adapters.matrix", "aiohttp", "prometheus_client")]
print(*loaded)
sys.exit(code)
"""
WAITS = "await asyncio.Event().wait()"
FALLS = "raise OSError('no such host')"
DEAD = "raise Unusable('config-cure-no-secret', {'table': 'matrix'})"
STUBBORN = """
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(60)
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path, more: str = "") -> Path:
    """A configuration with a homeserver that nobody reaches."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(folder=folder, more=more), "utf-8")
    return path


class Running:
    """The program under way; what it has said on standard error so far is in `said`."""

    def __init__(self, path: Path, run: str) -> None:
        env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
        env |= {
            "LANG": "fr_CA.UTF-8",
            "COPAIN_SECRET": base64.b64encode(b"s" * 32).decode(),
            "MATRIX_ACCESS_TOKEN": "syt_not_to_be_shown",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(run=run), str(path)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []

    def until(self, action: str) -> dict[str, Any]:
        """Reads its log up to the line with that action."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if line.startswith("{") and json.loads(line)["action"] == action:
                return dict(json.loads(line))
        raise AssertionError("".join(self.said))

    def end(self) -> tuple[int, str, str]:
        """Waits for its end: exit status, standard output, standard error."""
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, "".join(self.said) + err


@contextmanager
def running(path: Path, run: str = WAITS) -> Iterator[Running]:
    found = Running(path, run)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.kill()
        found.process.communicate()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
@pytest.mark.parametrize("run", [WAITS, STUBBORN], ids=["idle", "stubborn"])
def test_a_signal_stops_it_cleanly_within_ten_seconds(
    config: Path, sent: signal.Signals, run: str
) -> None:
    with running(config, run) as found:
        ready = found.until("ready")
        assert ready["platforms"] == ["matrix"]
        assert ready["communities"] == ["nord"]
        began = time.monotonic()
        found.process.send_signal(sent)
        status, out, err = found.end()
    assert status == 0, err
    assert time.monotonic() - began < 10
    assert '"error"' not in err
    assert out.split() == [], "only what runs is imported [PE-7]"


def test_a_second_process_on_the_same_database_is_refused_in_one_line(config: Path) -> None:
    with running(config) as first:
        first.until("ready")
        with running(config) as second:
            status, _, err = second.end()
        assert status == 1
        assert len(err.splitlines()) == 1
        assert "tourne déjà" in err
        first.process.send_signal(signal.SIGTERM)
        assert first.end()[0] == 0
    # The first one's end leaves the way free.
    with running(config) as third:
        third.until("ready")


def test_a_platform_that_cannot_go_on_is_told_with_its_cure_and_ends_it_when_it_is_the_last(
    config: Path,
) -> None:
    with running(config, DEAD) as found:
        status, _, err = found.end()
    assert status == 1
    told = [line for line in err.splitlines() if not line.startswith("{")]
    assert len(told) == 1
    assert "La plateforme matrix ne peut pas continuer" in told[0]
    assert '"platform-unusable"' in err
    assert "syt_" not in err


def test_a_platform_that_falls_is_logged_under_a_reference_and_does_not_end_the_others(
    config: Path,
) -> None:
    with running(config, FALLS) as found:
        failed = found.until("platform-failed")
        assert failed["platform"] == "matrix"
        assert failed["reference"]
        found.until("platform-failed")
        found.process.send_signal(signal.SIGTERM)
        assert found.end()[0] == 0


def test_the_health_page_answers_while_it_runs_and_says_what_waits(tmp_path: Path) -> None:
    with running(written(tmp_path, f"[web]\nport = {_free()}")) as found:
        port = found.until("web-listens")["port"]
        assert _fetched(port, "/health")["platforms"] == {
            "matrix": {"state": "ok", "heard_seconds": None}
        }
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as page:
            assert b"copain_outbox_waiting" in page.read()
        found.process.send_signal(signal.SIGTERM)
        assert found.end()[0] == 0


def test_a_health_page_whose_port_is_taken_is_told_and_all_else_runs(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with running(written(tmp_path / "one", f"[web]\nport = {_free()}")) as first:
        port = first.until("web-listens")["port"]
        with running(written(tmp_path / "two", f"[web]\nport = {port}")) as second:
            second.until("ready")
            assert any(f"127.0.0.1:{port}" in each for each in second.said)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _fetched(port: int, path: str) -> dict[str, Any]:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as page:
            found: dict[str, Any] = json.load(page)
            return found
    except HTTPError as error:
        raise AssertionError(error.read()) from None
