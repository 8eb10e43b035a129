"""The program as a process of its own: started, killed, questioned.

What it prints is read as it comes, so that nobody waits by sleeping.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0


@dataclass(slots=True, kw_only=True)
class Program:
    """One installation in a folder, and its process when it runs; `module` is what Python runs."""

    folder: Path
    module: str = "bot"
    lines: list[dict[str, Any]] = field(default_factory=list)
    starts: int = 0
    _process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    def write(self, config: str, secrets: str) -> None:
        """Writes the two files of an installation."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.toml").write_text(config)
        (self.folder / ".env").write_text(secrets)
        (self.folder / ".env").chmod(0o600)

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The number of the process that was started last."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Starts the process; `until` tells what it says."""
        self.lines.clear()
        self.starts += 1
        self._process = await self._spawn("run")
        self._reading = asyncio.create_task(self._read(self._process))

    async def until(self, event: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The first line of the log with that event, since the start."""
        try:
            async with asyncio.timeout(patience), self._came:
                while True:
                    for line in self.lines:
                        if line.get("action") == event:
                            return line
                    assert self.running, self.lines
                    await self._came.wait()
        except TimeoutError:
            raise AssertionError(f"no « {event} » in {self.lines}") from None

    async def kill(self) -> None:
        """Ends the process as a power cut would."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> int:
        """Asks the process to stop; returns its exit status."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Waits for the process to end; returns its exit status, or minus the signal."""
        assert self._process is not None
        status = await self._process.wait()
        if self._reading is not None:
            await self._reading
        async with self._came:
            self._came.notify_all()
        return status

    async def command(self, *arguments: str) -> str:
        """Runs another sub-command to its end; returns what it printed. It must succeed."""
        process = await self._spawn(*arguments)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 0, (arguments, out, err)
        return out.decode()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the database, read beside the process."""
        connection = sqlite3.connect(f"file:{self.folder / 'copain.db'}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    async def _spawn(self, *arguments: str) -> asyncio.subprocess.Process:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COPAIN_", "MATRIX_", "SLACK_"))
        }
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.module, *arguments),
            *("--config", str(self.folder / "config.toml")),
            cwd=ROOT,
            env={**environment, "LANG": "C.UTF-8"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for raw in process.stderr:
            try:
                line = json.loads(raw)
            except ValueError:
                line = {"action": raw.decode(errors="replace")}
            async with self._came:
                self.lines.append(line)
                self._came.notify_all()
        async with self._came:
            self._came.notify_all()
