"""`copain backup` and `copain restore`: everything the bot keeps, copied and brought back.

Secrets stay out of it [SE-5], so both say what must be kept apart.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import config
from bot.cli.databases import explained
from bot.cli.words import Words
from bot.config import Config
from bot.errors import Complaint
from bot.values import Moment
from storage import backup, erasures
from storage import restore as restoring
from storage.backup import Manifest, Site, Tell
from storage.probe import shown


def back_up(destination: Path, path: Path, *, words: Words, now: datetime) -> int:
    """Writes a backup into a new folder, while the bot runs or not."""
    found = config.load(path, os.environ)
    site = site_of(path, found)
    with explained(shown(found.database)):
        made = asyncio.run(
            backup.back_up(
                site,
                destination.resolve(),
                secret=found.secrets.seal_key(),
                now=now,
                tell=_progress(words),
            )
        )
    print(words.plain("cli-backup-done", {"place": str(destination), **_sums(made)}))
    apart = {"env": str(path.parent / ".env"), "list": str(site.erasures)}
    print(words.plain("cli-backup-apart", apart))
    return 0


def restore(source: Path, path: Path, *, erased: Path | None, words: Words, now: datetime) -> int:
    """Fills an empty place from a backup; `erased` is a list of erasures from elsewhere."""
    found = config.load(path, os.environ)
    site = site_of(path, found)
    secret = found.secrets.seal_key()
    if secret is None:
        raise Complaint("cli-restore-no-secret")
    lists = [] if erased is None else [erased]
    if erased is not None and not erased.is_file():
        raise FileNotFoundError(2, "", str(erased))
    listed = site.erasures.is_file() or bool(lists)
    with explained(shown(found.database)):
        done = asyncio.run(
            restoring.restore(
                source, site, secret=secret, lists=lists, now=now, tell=_progress(words)
            )
        )
    manifest = done.manifest
    created = Moment(datetime.fromisoformat(manifest.created))
    if any(name.startswith(f"{backup.KEYS}/") for name in manifest.files) and not done.keys:
        print(words.plain("cli-restore-no-keys"))
    if listed:
        print(words.plain("cli-restore-forgotten", {"people": done.forgotten}))
    else:
        print(words.plain("cli-restore-no-list"))
    print(words.plain("cli-restore-done", {"created": created, **_sums(manifest)}))
    return 0


def site_of(path: Path, found: Config) -> Site:
    """Where the configuration `path` keeps things: its files are beside it, as `run` has them."""
    folder = path.parent
    return Site(
        database=found.database,
        attachments=folder / "attachments",
        keys=folder / found.matrix.store if found.matrix else None,
        erasures=folder / erasures.LIST,
    )


def _sums(manifest: Manifest) -> dict[str, Any]:
    size = round(manifest.size / 1_000_000, 1)
    return {"rows": manifest.rows, "files": len(manifest.files), "size": size}


def _progress(words: Words) -> Tell:
    """Says on a terminal how far it is, and to nobody else."""
    last = ""

    def tell(part: str, done: int, total: int) -> None:
        nonlocal last
        percent = 100 if done >= total else done * 100 // total
        line = words.plain(f"cli-backup-far-{part}", {"done": percent})
        if line != last and sys.stderr.isatty():
            end = "\n" if done >= total else ""
            print(f"\r{line}", end=end, file=sys.stderr, flush=True)
        last = line

    return tell
