"""A copy of everything the bot keeps, made while it runs: database, files, encryption keys [RE-6].

A backup is a folder: `manifest.json`, the database as one SQLite file (of a PostgreSQL too, so that
either can be restored into either), `attachments/` and `keys/`. No secret is in it [SE-5].
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import Complaint
from storage import migrate
from storage.database import Database
from storage.probe import probe, shown
from storage.transfer import REVISION, transfer

FORMAT = 1
DATABASE, FILES, KEYS, MANIFEST = "copain.db", "attachments", "keys", "manifest.json"
OURS = frozenset([DATABASE, f"{DATABASE}-journal", f"{DATABASE}-wal", f"{DATABASE}-shm"])
SESSION = "session.json"
KEPT_OF_SESSION = ("user_id", "device_id")
"""Of the session of Matrix: who it is. Its access token is a secret and stays where it is."""
TRUST = (".trusted_devices", ".blacklisted_devices", ".ignored_devices")
"""The files in which nio notes which devices are trusted, beside its databases."""
PAGES = 1_000
PATIENCE = 60
"""Seconds to wait for whoever holds a file."""

Tell = Callable[[str, int, int], None]
"""Hears how far long work has come: a word for the part, how much of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where an installation keeps things: what is backed up, or what a restore fills."""

    database: str
    """Its URL."""
    attachments: Path
    keys: Path | None
    """The folder of encryption keys, None where Matrix is off."""
    erasures: Path
    """The list of `storage.erasures`, which no backup replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself; `files` has each file's SHA-256 and size by relative path.

    `seal` tells a COPAIN_SECRET from another and nothing more of it; "" when there was none.
    """

    format: int
    version: str
    revision: str
    created: str
    database: str
    rows: int
    files: Mapping[str, Mapping[str, Any]]
    seal: str = ""

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(int(each["bytes"]) for each in self.files.values())


async def back_up(
    site: Site, destination: Path, *, secret: bytes | None = None, now: datetime, tell: Tell
) -> Manifest:
    """Writes a backup into a new folder; a kill leaves only `destination.part`, which may go.

    `secret` is the COPAIN_SECRET under which erasures are noted. Nothing of the site is written to.
    Raises Complaint, Unreachable, NewerDatabase or OSError.
    """
    stands = await probe(site.database)
    if stands.revision is None:
        raise Complaint("cli-backup-empty", {"address": shown(site.database)})
    part = await asyncio.to_thread(_begin, destination)
    try:
        kind = "sqlite" if file_of(site.database) else "postgresql"
        await copy_database(site.database, part / DATABASE, stands.revision, tell)
        seal = seal_of(secret) if secret else ""
        manifest = await asyncio.to_thread(
            _finish, part, site, now=now, kind=kind, seal=seal, tell=tell
        )
        await asyncio.to_thread(_name, part, destination)
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, part, ignore_errors=True)
        raise
    return manifest


async def copy_database(
    url: str, copy: Path, revision: str, tell: Tell = lambda _part, _done, _total: None
) -> None:
    """A copy of one instant of either kind of database, which is at that revision, as one file."""
    if (path := file_of(url)) is not None:
        await asyncio.to_thread(copy_sqlite, path, copy, lambda *far: tell("database", *far))
    else:
        await _copy_server(url, copy, revision, tell)


def copy_sqlite(
    source: Path, target: Path, tell: Callable[[int, int], None] = lambda _done, _total: None
) -> None:
    """A copy of one instant of a database that may be written to meanwhile; one file, no WAL."""
    with (
        closing(_reading(source)) as theirs,
        closing(sqlite3.connect(target, isolation_level=None)) as ours,
    ):
        # Held open, it keeps the copy at one instant; otherwise each commit would begin it anew.
        theirs.execute("BEGIN")
        theirs.execute("SELECT count(*) FROM sqlite_master").fetchone()
        theirs.backup(ours, pages=PAGES, progress=lambda _, left, total: tell(total - left, total))
        theirs.execute("COMMIT")
        ours.execute("PRAGMA journal_mode=DELETE")


def unsound(path: Path) -> bool:
    """Whether a database is damaged, or refers to what is not there."""
    try:
        with closing(_reading(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        return True
    return bool(found[0] != "ok" or broken)


def file_of(url: str) -> Path | None:
    """The SQLite file of a URL, or None for a server."""
    parsed = make_url(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def url_of(path: Path) -> str:
    """The URL of a SQLite file."""
    return URL.create("sqlite+aiosqlite", database=str(path)).render_as_string()


def seal_of(secret: bytes) -> str:
    """What tells a COPAIN_SECRET from another."""
    return hmac.new(secret, b"copain-backup", "sha256").hexdigest()[:16]


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_synced(path: Path, content: bytes) -> None:
    """A private file, on the disk when this returns."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """What was written to this file, or renamed in this folder, is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _begin(destination: Path) -> Path:
    """The folder in which the backup is made: `destination` itself has it whole or not at all."""
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        raise Complaint("cli-backup-occupied", {"place": str(destination)})
    part = destination.with_name(destination.name + ".part")
    if part.exists():
        if not part.is_dir() or {each.name for each in part.iterdir()} - OURS - {
            FILES,
            KEYS,
            MANIFEST,
        }:
            raise Complaint("cli-backup-occupied", {"place": str(part)})
        shutil.rmtree(part)
    part.mkdir(mode=0o700, parents=True)
    return part


def _finish(part: Path, site: Site, *, now: datetime, kind: str, seal: str, tell: Tell) -> Manifest:
    copy = part / DATABASE
    if unsound(copy):
        raise Complaint("cli-backup-unsound")
    revision, rows, needed = _read(copy)
    _copy_files(site.attachments, part / FILES, needed)
    # After the database: the keys of every message that it has yet to read are there.
    if site.keys is not None and site.keys.is_dir():
        _copy_keys(site.keys, part / KEYS)
    manifest = Manifest(
        format=FORMAT,
        version=version("copain"),
        revision=revision,
        created=now.isoformat(),
        database=kind,
        rows=rows,
        files=_sums(part, tell),
        seal=seal,
    )
    write_synced(part / MANIFEST, json.dumps(asdict(manifest), indent=2).encode())
    return manifest


def _name(part: Path, destination: Path) -> None:
    for folder in (*(each for each in part.iterdir() if each.is_dir()), part):
        sync(folder)
    part.rename(destination)
    sync(destination.parent)


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=PATIENCE
    )
    # Not "mode=ro": whoever reads last must be able to take the WAL away.
    connection.execute("PRAGMA query_only=ON")
    return connection


async def _copy_server(url: str, copy: Path, revision: str, tell: Tell) -> None:
    await migrate.upgrade(url_of(copy), revision)
    database = Database.open(url)
    engine = create_async_engine(url_of(copy), poolclass=NullPool)
    try:
        async with database.read.begin() as source, engine.begin() as target:
            await transfer(source, target, lambda *far: tell("database", *far))
        async with engine.connect() as connection:
            raw: Any = await connection.get_raw_connection()
            await raw.driver_connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        await engine.dispose()
        await database.close()


def _read(copy: Path) -> tuple[str, int, frozenset[str]]:
    """Of a copy: its revision, its rows, and the files that its waiting parcels name."""
    with closing(_reading(copy)) as connection:
        revision = connection.execute(f"SELECT version_num FROM {REVISION}").fetchone()[0]  # noqa: S608
        tables = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name != ?",
            [REVISION],
        ).fetchall()
        counts = [
            connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in tables
        ]
        bodies = connection.execute("SELECT body FROM outbox WHERE state = 'waiting'").fetchall()
    waiting = [json.loads(body) for (body,) in bodies if body]
    return (
        revision,
        sum(counts),
        frozenset(file["sha256"] for body in waiting for file in body.get("files", ())),
    )


def _copy_files(source: Path, target: Path, needed: frozenset[str]) -> None:
    target.mkdir(mode=0o700)
    for name in sorted(needed):
        try:
            shutil.copyfile(source / name, target / name)
        except FileNotFoundError:
            # It left since the copy of the database was made, and with it went its file.
            continue


def _copy_keys(source: Path, target: Path) -> None:
    """Databases of keys, notes of trust, and of the session only who it is; no other file."""
    target.mkdir(mode=0o700)
    for path in sorted(each for each in source.iterdir() if each.is_file()):
        if path.name == SESSION:
            whole = json.loads(path.read_text("utf-8"))
            kept = {name: whole[name] for name in KEPT_OF_SESSION if name in whole}
            write_synced(target / SESSION, json.dumps(kept).encode())
        elif path.suffix in TRUST:
            shutil.copyfile(path, target / path.name)
        elif path.suffix == ".db":
            copy_sqlite(path, target / path.name)
            if unsound(target / path.name):
                raise Complaint("cli-backup-keys-unsound", {"file": str(path)})


def _sums(part: Path, tell: Tell) -> dict[str, dict[str, Any]]:
    found = sorted(path for path in part.rglob("*") if path.is_file())
    sums = {}
    for number, path in enumerate(found, 1):
        path.chmod(0o600)
        sync(path)
        sums[path.relative_to(part).as_posix()] = {
            "sha256": digest(path),
            "bytes": path.stat().st_size,
        }
        tell("files", number, len(found))
    return sums
