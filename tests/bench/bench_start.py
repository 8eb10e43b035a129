"""Start to ready and resident memory, against a process that only imports what is in use [PE-7].

Measured are the demo and `copain run` on Matrix, whose homeserver nobody needs to reach: the first
connection is only asked for. Each opens a database of its own that is already migrated, in turns,
so that a busy moment hits all. `copain --help` is timed as people run it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Figure, percentile, show

GOAL = "<= 1.30 x"

# Each prints its resident memory when it is ready. The first migrates; only later runs count.
BARE = """
import asyncio, sys
import aiosqlite, greenlet, pydantic, sqlmodel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
async def main(folder):
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/copain.db")
    async with engine.connect() as connection:
        await connection.execute(text("SELECT count(*) FROM sqlite_master"))
        report()
    await engine.dispose()
"""
OURS = """
import asyncio, sys
from pathlib import Path
from bot.app import open_stage, quiet_log, ready_made
async def main(folder):
    world = ready_made("fr")
    log = quiet_log(sys.stderr)
    async with open_stage(Path(folder), world, log=log, show=lambda line: None, per_person="0"):
        report()
"""
SERVICE_BARE = BARE.replace("import aiosqlite", "import nio, aiosqlite")
SERVICE = """
import base64, os, signal, sys
from bot.__main__ import main
from bot.log import Log
def info(self, action, /, **values):
    if action == "ready":
        report()
        os.kill(os.getpid(), signal.SIGTERM)
Log.info, Log.warning = info, lambda *_, **__: None
os.environ["COPAIN_SECRET"] = base64.b64encode(b"s" * 32).decode()
os.environ["MATRIX_ACCESS_TOKEN"] = "syt_token"
"""
CONFIG = """
[bot]
database = "sqlite+aiosqlite:///{folder}/service.db"
[matrix]
homeserver = "http://127.0.0.1:1"
user_id = "@copain:example.org"
[[communities]]
slug = "nord"
name = "Nord"
coordinators = ["@zoe:example.org"]
spaces = [{{platform = "matrix", id = "!a:example.org", use = "discussion"}}]
"""
REPORT = """
def report():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            print(line.split()[1], flush=True)
"""
RUN = "asyncio.run(main(sys.argv[1]))"
SERVE = "sys.exit(main(['run', '--config', f'{sys.argv[1]}/config.toml']))"


PROGRAMS = {
    "Copain": OURS + REPORT + RUN,
    "bare imports": BARE + REPORT + RUN,
    "copain run": SERVICE + REPORT + SERVE,
    "bare imports with nio": SERVICE_BARE + REPORT + RUN,
}


def measure(rounds: int) -> list[Figure]:
    """Medians over so many interleaved runs, after one unmeasured."""
    seconds: dict[str, list[float]] = {name: [] for name in (*PROGRAMS, "help")}
    memory: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory(prefix="copain-bench-") as folder:
        (Path(folder) / "config.toml").write_text(CONFIG.format(folder=folder), "utf-8")
        for number in range(rounds + 1):
            for name, source in PROGRAMS.items():
                took, kilobytes = _ready(source, folder)
                if number:
                    seconds[name].append(took)
                    memory[name].append(kilobytes / 1024)
            took = _helped()
            if number:
                seconds["help"].append(took)
    start = {name: percentile(each, 0.5) for name, each in seconds.items()}
    rss = {name: percentile(each, 0.5) for name, each in memory.items()}
    return [
        *_compared(start, rss, "Copain", "bare imports"),
        *_compared(start, rss, "copain run", "bare imports with nio"),
        Figure("copain --help", f"{start['help']:.2f} s", "<= 0.30 s"),
    ]


def _compared(start: dict[str, float], rss: dict[str, float], ours: str, bare: str) -> list[Figure]:
    return [
        *(Figure(f"start to ready, {name}", f"{start[name]:.2f} s") for name in (bare, ours)),
        Figure(f"start, {ours} to {bare}", f"{start[ours] / start[bare]:.2f} x", GOAL),
        *(Figure(f"memory, {name}", f"{rss[name]:.0f} MiB") for name in (bare, ours)),
        Figure(f"memory, {ours} to {bare}", f"{rss[ours] / rss[bare]:.2f} x", GOAL),
    ]


def _ready(source: str, folder: str) -> tuple[float, int]:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", source, folder], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
    assert process.returncode == 0
    return took, json.loads(line)


def _helped() -> float:
    program = Path(sys.executable).with_name("copain")
    began = time.perf_counter()
    subprocess.run([program, "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    show(measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
