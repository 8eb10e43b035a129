"""A demo run that can be killed at a chosen moment: the program of the crash tests.

A moment is a place where a kill could matter: before and after each write of the terminal's server,
at the begin and before the commit of each transaction. Run as
`python -m tests.crash.player FOLDER SCRIPT …`; the same process code as `copain demo`, with moments
counted and, at the chosen one, SIGKILL from within.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from adapters.terminal.script import read
from bot.app import open_stage, quiet_log, ready_made


@dataclass
class Moments:
    """Counts moments per line, and ends the process at the chosen one."""

    kill_line: int = 0
    kill_at: int = 0
    line: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    def pass_by(self) -> None:
        """One moment of the current line."""
        self.counts[self.line] = self.counts.get(self.line, 0) + 1
        if self.line == self.kill_line and self.counts[self.line] == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(moments: Moments) -> None:
    """Hooks the counter into writes and transactions of this process."""
    real_write = os.write

    def write(descriptor: int, data: bytes) -> int:
        moments.pass_by()
        written = real_write(descriptor, data)
        moments.pass_by()
        return written

    os.write = write  # type: ignore[assignment]

    @event.listens_for(Engine, "begin")
    def begin(_connection: Any) -> None:
        moments.pass_by()

    @event.listens_for(Engine, "commit")
    def commit(_connection: Any) -> None:
        moments.pass_by()


async def play(options: argparse.Namespace) -> dict[str, Any]:
    """Plays the script, up to a line when one is given; returns the moments of each line."""
    moments = Moments(options.kill_line, options.kill_at)
    lines = Path(options.script).read_text(encoding="utf-8").splitlines()
    watch(moments)
    # A line that a kill cut short is finished while the stage opens: it has no kill of its own.
    log = quiet_log(sys.stderr)
    async with open_stage(
        options.folder, ready_made(options.lang), log=log, show=lambda _line: None
    ) as (house, stage):
        done = {entry["line"] for entry in stage.done}
        for number, line in enumerate(lines, 1):
            if number in done or read(line) is None:
                continue
            if options.until and number > options.until:
                break
            if options.snapshots:
                await house.database.forget_wal()
                shutil.copytree(options.folder, options.snapshots / str(number))
            moments.line = number
            await stage.carry_out(line, line=number)
            moments.line = 0
    return {"moments": moments.counts}


def main() -> None:
    """Plays what the command line says, and prints the counts as JSON."""
    sys.stdout.write(json.dumps(asyncio.run(play(_read(sys.argv[1:])))))


def report(to: Connection, arguments: list[str]) -> None:
    """The same in a process that was forked when all was imported; sends the counts."""
    to.send(asyncio.run(play(_read(arguments))))


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("script", type=Path)
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--kill-line", type=int, default=0)
    parser.add_argument("--kill-at", type=int, default=0)
    parser.add_argument("--until", type=int, default=0)
    parser.add_argument("--snapshots", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
