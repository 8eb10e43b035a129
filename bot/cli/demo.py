"""`copain demo`: the terminal chat (contracts §4), by hand, by script, or as a transcript."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from adapters.terminal.screen import Screen
from adapters.terminal.server import Server
from adapters.terminal.session import (
    JsonLines,
    Printer,
    play_file,
    play_stream,
    told_again,
)
from bot import config
from bot.app import House, open_stage, quiet_log
from bot.cli.databases import explained
from bot.cli.words import Misused, Words
from bot.clock import SystemClock
from bot.errors import Complaint
from bot.events import Account
from bot.permissions import Standing, may
from bot.world import World, configured, ready_made


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `copain demo` was asked; None where nothing was said."""

    lang: str | None = None
    data: Path | None = None
    script: Path | None = None
    json: bool = False
    transcript: bool = False
    state: str | None = None
    config: Path | None = None


def run(options: Options) -> int:
    """Plays; raises Complaint, ConfigError, or ScriptStopped for a line that cannot be played."""
    if options.transcript:
        return _transcript(options)
    with ExitStack() as opened:
        # Before the folder is made: a script that is not there must leave nothing behind.
        lines = opened.enter_context(options.script.open("rb")) if options.script else None
        folder = opened.enter_context(_folder(options.data))
        opened.enter_context(explained())
        return asyncio.run(_play(options, folder, lines))


def _transcript(options: Options) -> int:
    if options.data is None or options.script is not None:
        raise Misused("cli-misused-transcript")
    if not (options.data / "platform").is_dir():
        raise Complaint("cli-fault-no-demo", {"folder": str(options.data)})
    printer = JsonLines(sys.stdout)
    for line in Server.read(options.data).lines():
        printer.show(line)
    return 0


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="copain-demo-") as temporary:
        print(temporary, file=sys.stderr, flush=True)
        yield Path(temporary)


async def _play(options: Options, folder: Path, script: BinaryIO | None) -> int:
    by_hand = script is None and sys.stdin.isatty()
    world, per_person = _world(options, folder)
    words = Words(world.language, world.communities[0].timezone, now=SystemClock().now())
    screen = Screen(sys.stdout, words)
    if by_hand:
        return await _chat(folder, world, screen, per_person)
    printer: Printer = JsonLines(sys.stdout) if options.json else screen
    log = quiet_log(sys.stderr)
    opened = open_stage(folder, world, log=log, show=printer.show, per_person=per_person)
    async with opened as (_house, stage):
        await told_again(stage, printer)
        if script is None:
            await play_stream(stage, sys.stdin.buffer, printer)
        else:
            await play_file(stage, script, printer)
    return 0


async def _chat(folder: Path, world: World, screen: Screen, per_person: str) -> int:
    from adapters.terminal.chat import Chat, paint

    # A line of the log between two messages would be a riddle to who tries the chat.
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        opened = open_stage(
            folder,
            world,
            log=quiet_log(log),
            show=paint(screen).show,
            per_person=per_person,
        )
        async with opened as (house, stage):
            await Chat(stage, screen, offers(house)).run()
    return 0


def offers(house: House) -> Callable[[str], Awaitable[Sequence[str]]]:
    """What an account may type: names of commands in its language."""

    async def typed_by(name: str) -> list[str]:
        async with house.database.reading() as tx:
            actor = await tx.people.actor(Account("terminal", "", name), name)
            found = (await tx.people.communities())[0]
            role = await tx.people.role(actor.person_id, found.id)
        french = (actor.language or found.language) == "fr"
        standing = Standing(role, found)
        allowed = [each for each in house.registry.commands if may(standing, each)]
        return [name for each in allowed for name in (each.names[1:] if french else each.names[:1])]

    return typed_by


def _world(options: Options, folder: Path) -> tuple[World, str]:
    """What is played, and how much one person may ask."""
    if options.config is not None:
        found = config.load(options.config, os.environ)
        world = configured(found, options.state)
        if not any(community.spaces for community in world.communities):
            raise Complaint("cli-fault-no-terminal", {"file": str(options.config)})
        return world, f"{found.limits.per_person.per_minute}/min"
    return ready_made(_language(options, folder), options.state), "40/min"


def _language(options: Options, folder: Path) -> str:
    """The language asked for, else that in which this folder began."""
    path = folder / "platform" / "language"
    known = path.read_text("utf-8").strip() if path.is_file() else "fr"
    chosen = options.lang or known
    if chosen != known or not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(chosen + "\n", "utf-8")
    return chosen
