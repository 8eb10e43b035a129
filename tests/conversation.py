"""The whole bot, spoken to in chat lines: what conversation tests are written with.

Nothing is mocked: the real dispatch, storage, courtesy and delivery behind the terminal's server,
on a fresh database.
"""

from __future__ import annotations

import functools
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import commands
from adapters.terminal.play import Stage
from adapters.terminal.script import ScriptError
from adapters.terminal.server import Server
from bot.app import House, World, open_stage, quiet_log, ready_made
from bot.registry import Registry

BREAK = "\u00a0"
"""The no-break space of French typography, for texts that are compared."""


# On Python 3.11 the signal module writes out whatever a fixture made, twice a test.
@dataclass(repr=False)
class Conversation:
    """A demo folder being played, and everything that was said in it."""

    house: House
    stage: Stage
    folder: Path
    lines: list[dict[str, Any]] = field(default_factory=list)

    async def play(self, script: str) -> list[dict[str, Any]]:
        """Plays the lines of a script; returns what the bot said, in order."""
        before = len(self.lines)
        for line in script.splitlines():
            await self.stage.carry_out(line.strip())
        return [line for line in self.lines[before:] if line["by"] == "copain"]

    def add(self, *features: ModuleType) -> None:
        """Adds features that only this test knows."""
        registry = Registry.of([*commands.load(), *features])
        self.house.dispatch.registry = registry
        self.house.ring.work_of = {**self.house.ring.work_of, **registry.tasks}

    def said(self, place: str) -> list[dict[str, Any]]:
        """What the bot said in a place (`general`, `dm:marie`), edits included."""
        return [x for x in self.lines if x["place"] == place and x["by"] == "copain"]

    def last(self, place: str) -> dict[str, Any]:
        """The newest line of the bot in a place."""
        return self.said(place)[-1]

    def text(self, place: str) -> str:
        """The newest text of the bot in a place, no-break spaces made plain."""
        return plain(self.last(place)["text"])

    def everything(self, place: str) -> str:
        """All the bot said in a place, as one text, no-break spaces made plain."""
        return "\n".join(plain(line["text"]) for line in self.said(place))

    def kept_bytes(self) -> bytes:
        """Every byte that the bot keeps (contracts §4): all but `platform/` and `files/`."""
        return b"".join(
            path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
            and path.relative_to(self.folder).parts[0] not in ("platform", "files")
        )


async def played(script: str, stage: Stage, server: Server) -> None:
    """Plays the lines of a script; AssertionError says which could not be, and what stood there."""
    for line in script.splitlines():
        try:
            await stage.carry_out(line.strip())
        except ScriptError as fault:
            seen = [(each.place, each.text) for each in server.standing()]
            raise AssertionError(f"« {line} » ({fault.key}): {seen[-8:]}") from fault


def feature(name: str, *functions: Any) -> ModuleType:
    """A feature made of these marked functions, for `Conversation.add`."""
    module = ModuleType(name)
    for function in functions:
        function.__module__ = name
        setattr(module, function.__name__, function)
    return module


def plain(text: str) -> str:
    """A text with ordinary spaces and apostrophes, to compare by eye."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@asynccontextmanager
async def conversation(
    folder: Path,
    *,
    url: str | None = None,
    world: World | None = None,
    lang: str = "fr",
    state: str | None = None,
    per_person: str = "40/min",
) -> AsyncIterator[Conversation]:
    """Opens a demo folder; `url` puts the bot's database elsewhere (PostgreSQL).

    A new folder of the ready-made community begins as a copy of the first of its kind, so that
    people are not seated, and sign, a thousand times (tests/contracts/test_begun.py).
    """
    lines: list[dict[str, Any]] = []
    file = folder / "copain.db"
    copied = world is None and url in (None, f"sqlite+aiosqlite:///{file}") and not file.exists()
    begun = _begun(lang, state) if copied else {}
    for name, content in begun.items():
        _write(folder / name, content)
    async with open_stage(
        folder,
        world or ready_made(lang, state),
        log=quiet_log(sys.stderr),
        show=lines.append,
        url=url,
        per_person=per_person,
    ) as (house, stage):
        if copied and not begun:
            begun |= _read(folder)
        yield Conversation(house, stage, folder, lines)


@functools.cache
def _begun(lang: str, state: str | None) -> dict[str, bytes]:
    """The files of a folder in which nothing was said yet, once there is one."""
    return {}


def _read(folder: Path) -> dict[str, bytes]:
    names = ("secret", "platform/transcript.jsonl")
    with closing(sqlite3.connect(folder / "copain.db")) as database:
        return {name: (folder / name).read_bytes() for name in names} | {
            "copain.db": database.serialize()
        }


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)
