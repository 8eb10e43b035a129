"""Start to ready and resident memory, against a process that only imports what is in use [PE-7].

Both open a database of their own that is already migrated, in turns, so that a busy moment hits
both. `copain --help` is timed as people run it.
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
ENDING = """
def report():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            print(line.split()[1], flush=True)
asyncio.run(main(sys.argv[1]))
"""


def measure(rounds: int) -> list[Figure]:
    """Medians over so many interleaved runs, after one unmeasured."""
    seconds: dict[str, list[float]] = {"bare": [], "ours": [], "help": []}
    memory: dict[str, list[float]] = {"bare": [], "ours": []}
    with tempfile.TemporaryDirectory(prefix="copain-bench-") as folder:
        for number in range(rounds + 1):
            for name, source in (("ours", OURS), ("bare", BARE)):
                took, kilobytes = _ready(source + ENDING, folder)
                if number:
                    seconds[name].append(took)
                    memory[name].append(kilobytes / 1024)
            took = _helped()
            if number:
                seconds["help"].append(took)
    start = {name: percentile(each, 0.5) for name, each in seconds.items()}
    rss = {name: percentile(each, 0.5) for name, each in memory.items()}
    return [
        Figure("start to ready, bare imports", f"{start['bare']:.2f} s"),
        Figure("start to ready, Copain", f"{start['ours']:.2f} s"),
        Figure("start, to bare imports", f"{start['ours'] / start['bare']:.2f} x", GOAL),
        Figure("memory, bare imports", f"{rss['bare']:.0f} MiB"),
        Figure("memory, Copain", f"{rss['ours']:.0f} MiB"),
        Figure("memory, to bare imports", f"{rss['ours'] / rss['bare']:.2f} x", GOAL),
        Figure("copain --help", f"{start['help']:.2f} s", "<= 0.30 s"),
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
