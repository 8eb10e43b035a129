"""`copain db` and `copain data-map`, and how faults of a database are told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import config
from bot.cli.words import Words
from bot.errors import Complaint
from storage import migrate, privacy
from storage.lock import Busy
from storage.probe import Unreachable, probe, shown


@contextmanager
def explained(address: str = "") -> Iterator[None]:
    """Faults of a database become complaints: told in one line."""
    try:
        yield
    except migrate.NewerDatabase:
        raise Complaint("cli-fault-newer-database") from None
    except Busy:
        raise Complaint("cli-fault-running") from None
    except Unreachable:
        raise Complaint("cli-fault-unreachable", {"address": address}) from None


def upgrade(path: Path, words: Words) -> int:
    """Brings the database forward to the tables of this version."""
    url = config.load(path, os.environ).database

    async def bring() -> tuple[str | None, str]:
        before = await probe(url)
        await migrate.upgrade(url)
        return before.revision, before.head

    with explained(shown(url)):
        before, head = asyncio.run(bring())
    key = "cli-db-current" if before == head else "cli-db-upgraded"
    print(words.plain(key, {"revision": head}))
    return 0


def current(path: Path, words: Words) -> int:
    """Says at which revision the database is, and which one this version brings."""
    url = config.load(path, os.environ).database
    with explained(shown(url)):
        found = asyncio.run(probe(url))
    if found.revision is not None and found.revision > found.head:
        raise Complaint("cli-fault-newer-database")
    if found.revision == found.head:
        print(words.plain("cli-db-current", {"revision": found.head}))
    elif found.revision is None:
        print(words.plain("cli-db-empty", {"head": found.head}))
    else:
        print(words.plain("cli-db-behind", {"revision": found.revision, "head": found.head}))
    return 0


def data_map(words: Words) -> int:
    """Prints every table that knows a person: why, how long, and who sees it."""
    from storage.tables import known

    print(words.plain("cli-data-map-title"))
    for table, column, *keys in privacy.data_map(known()):
        why, kept, seen = (words.plain(key) if words.has(key) else key for key in keys)
        values = {"table": table, "column": column, "why": why, "kept": kept, "seen": seen}
        print(words.plain("data-map-line", values))
    return 0
