"""`copain run`: every platform that the configuration enables, until a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot import config
from bot.app.platforms import PLATFORMS, Ground, Platform, enabled
from bot.app.service import serve
from bot.chance import SecretChance
from bot.cli.databases import explained
from bot.cli.words import Words
from bot.clock import SystemClock
from bot.errors import Complaint, ConfigError
from bot.log import Style, capture_standard_logging, open_log
from storage.probe import shown


def run(path: Path, words: Words, *, table: Mapping[str, Platform] = PLATFORMS) -> int:
    """Runs until a signal, then 0; 1 when no platform is left, each fault told in one line.

    Raises ConfigError for what is missing, Complaint for no platform or a database in use.
    """
    found = config.load(path, os.environ)
    missing = config.missing_secrets(found)
    if missing:
        raise ConfigError(missing)
    if not enabled(found):
        raise Complaint("run-no-platform")
    style: Style = "human" if sys.stderr.isatty() else "json"
    clock = SystemClock()
    log = open_log(sys.stderr, clock, style=style, secrets=found.secrets.values())
    ground = Ground(config=found, folder=path.parent, clock=clock, chance=SecretChance(), log=log)

    def tell(key: str, values: Mapping[str, Any]) -> None:
        print(" ".join(words.plain(key, values).split("\n")), file=sys.stderr, flush=True)

    async def until_a_signal() -> int:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        def asked() -> None:
            # Whoever asks twice does not want to wait.
            for each in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(each)
            stop.set()

        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, asked)
        return await serve(ground, stop, tell=tell, table=table)

    with explained(shown(found.database)), capture_standard_logging(log):
        return asyncio.run(until_a_signal())
