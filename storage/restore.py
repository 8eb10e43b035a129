"""A backup brought back into an empty place, verified before and after [RE-6, SE-8].

All is prepared in a copy beside the place: brought to this version, told whom to forget again, its
waiting parcels marked as perhaps sent. The last step puts it there, whole or not at all.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Complaint
from bot.events import Account, Place
from storage import erasures, migrate, outbox, privacy
from storage.backup import (
    DATABASE,
    FILES,
    FORMAT,
    KEYS,
    MANIFEST,
    Manifest,
    Site,
    Tell,
    copy_sqlite,
    digest,
    file_of,
    seal_of,
    sync,
    unsound,
    url_of,
)
from storage.database import Database
from storage.lock import alone
from storage.parcels import OutboxRow
from storage.privacy import Traces
from storage.probe import probe, shown
from storage.tables import known
from storage.transfer import found_tables, transfer
from storage.types import table_of

RESTORED = "matrix.restored"
"""The note with the instant of the backup: what was encrypted since then needs fresh sessions."""

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite writes beside a database: the ends of its names."""
_outbox = table_of(OutboxRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, and how many people were forgotten again."""

    manifest: Manifest
    forgotten: int
    keys: bool
    """Whether there were encryption keys, and a place for them."""


async def restore(
    source: Path,
    site: Site,
    *,
    secret: bytes,
    lists: Iterable[Path],
    now: datetime,
    tell: Tell,
) -> Restored:
    """Fills an empty site from a backup. Raises Complaint or OSError, and has changed nothing then,
    but that an empty server may have its tables, still empty.

    `secret` is the COPAIN_SECRET under which erasures were noted; `lists` are lists of erasures,
    beside that of the site, that may be newer than the backup.
    """
    manifest = await asyncio.to_thread(_verified, source, tell)
    newer: dict[str, datetime] = {}
    for each in (site.erasures, *lists):
        for digest_, at in erasures.listed(each).items():
            # Older ones are in no backup's notes any more: who came back since would look erased.
            if at >= now - erasures.KEPT:
                newer[digest_] = max(at, newer.get(digest_, at))
    if newer and manifest.seal not in ("", seal_of(secret)):
        # Under another secret nobody on the list would be known again, and none forgotten.
        raise Complaint("cli-restore-other-secret")
    path = file_of(site.database)
    async with alone(site.database):
        await _refuse_occupied(site)
        with _staged(path) as staged:
            await asyncio.to_thread(copy_sqlite, source / DATABASE, staged)
            await migrate.upgrade(url_of(staged))
            forgotten = await _prepare(staged, manifest, secret=secret, newer=newer, now=now)
            await asyncio.to_thread(_seal, staged)
            with ExitStack() as undo:
                # Not in a thread: one that went on after us could not be undone.
                keys = _bring_files(source, site, manifest, undo)
                await _list(staged, site, newer, now, undo)
                if path is None:
                    await _bring_rows(staged, site.database, tell)
                else:
                    _bring_file(staged, path)
                undo.pop_all()
        if path is not None:
            sync(path.parent)
    return Restored(manifest=manifest, forgotten=forgotten, keys=keys)


async def _list(
    staged: Path, site: Site, newer: Mapping[str, datetime], now: datetime, undo: ExitStack
) -> None:
    before = site.erasures.read_bytes() if site.erasures.is_file() else None
    undo.callback(_put_back, site.erasures, before)
    erasures.rewrite(site.erasures, newer)
    database = Database.open(url_of(staged))
    try:
        async with database.reading() as tx:
            await erasures.reconcile(tx.session, site.erasures, now)
    finally:
        await database.close()


def _verified(source: Path, tell: Tell) -> Manifest:
    """The manifest, once every file is what it says and the database can be used."""
    try:
        manifest = Manifest(**json.loads((source / MANIFEST).read_text("utf-8")))
        datetime.fromisoformat(manifest.created)
        sums = {name: str(each["sha256"]) for name, each in manifest.files.items()}
        supported = manifest.format == FORMAT and DATABASE in sums and manifest.size >= 0
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        supported = False
    if not supported:
        raise Complaint("cli-restore-no-backup", {"place": str(source)})
    if manifest.revision > migrate.head():
        raise migrate.NewerDatabase
    for number, (name, sum_) in enumerate(sums.items(), 1):
        inside = PurePosixPath(name)
        path = source / inside
        within = not inside.is_absolute() and ".." not in inside.parts
        if not within or not path.is_file() or digest(path) != sum_:
            raise Complaint("cli-restore-altered", {"file": name})
        tell("files", number, len(sums))
    if unsound(source / DATABASE):
        raise Complaint("cli-backup-unsound")
    return manifest


async def _refuse_occupied(site: Site) -> None:
    await probe(site.database)
    if site.keys is not None and site.keys.exists() and any(site.keys.iterdir()):
        raise Complaint("cli-restore-occupied-keys", {"place": str(site.keys)})
    database = Database.open(site.database)
    try:
        if database.path is not None and not database.path.exists():
            return
        async with database.read.connect() as connection:
            for table in (await connection.run_sync(found_tables)).sorted_tables:
                if (await connection.execute(select(exists(select(table))))).scalar_one():
                    address = {"address": shown(site.database)}
                    raise Complaint("cli-restore-occupied-database", address)
    finally:
        await database.close()


@contextmanager
def _staged(path: Path | None) -> Iterator[Path]:
    """Where the database is prepared: beside its place, so that one step puts it there."""
    if path is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / DATABASE
        return
    part = path.with_name(path.name + ".part")
    _remove(part)
    part.touch(mode=0o600)
    try:
        yield part
    finally:
        _remove(part)


def _remove(path: Path, ends: Iterable[str] = (*BESIDE, "")) -> None:
    for end in ends:
        path.with_name(path.name + end).unlink(missing_ok=True)


async def _prepare(
    staged: Path,
    manifest: Manifest,
    *,
    secret: bytes,
    newer: Mapping[str, datetime],
    now: datetime,
) -> int:
    """Makes of a copy of the past what may run now; says how many people it forgot again."""
    database = Database.open(url_of(staged))
    created = datetime.fromisoformat(manifest.created)
    try:
        async with database.begin() as tx:
            known_then = await erasures.noted(tx.session)
            # Who came back after an erasure and stood in the backup is there to stay.
            since = {each for each, at in newer.items() if at >= created or each not in known_then}
            await erasures.keep(tx.session, {each: at.date() for each, at in newer.items()})
            forgotten = await _forget(tx.session, since, secret, now)
            await outbox.doubt(tx.session)
            await tx.notebook.write(RESTORED, manifest.created)
        await database.forget_wal()
    finally:
        await database.close()
    return forgotten


async def _forget(session: AsyncSession, digests: set[str], secret: bytes, now: datetime) -> int:
    """Erases whoever was erased since, and takes back what still waits to be said of them."""
    found = [
        await privacy.traces_of(session, person)
        for person in await erasures.still_known(session, digests, secret)
    ]
    named = {account for traces in found for account in traces.accounts}
    strangers = [
        Traces(accounts=(account,))
        for account in sorted(await _mentioned(session) - named, key=lambda each: each.key)
        if erasures.digest_of(account, secret) in digests
    ]
    for traces in (*found, *strangers):
        cards = await privacy.cards_of(session, traces)
        await session.execute(
            update(_outbox)
            .where(_outbox.c.name.in_(cards), _outbox.c.state == "waiting")
            .values(state="void", body=None, buttons=[], settled=now)
        )
        await privacy.erase_traces(session, traces)
    return len(found) + len(strangers)


async def _mentioned(session: AsyncSession) -> set[Account]:
    """Every account that a table knows without a person: by its platform's id, or by its place."""
    found: set[Account] = set()
    for knows in known():
        table: Any = knows.table.__table__
        if knows.by == "external":
            columns = (table.c.platform, table.c.tenant, table.c[knows.column])
            rows = await session.execute(select(*columns).distinct())
            found |= {Account(*row) for row in rows if row[2]}
        elif knows.by == "place":
            rows = await session.execute(select(table.c[knows.column]).distinct())
            places = [Place.of(key) for key in rows.scalars() if key]
            found |= {place.account for place in places if place.dm}
    return found


def _put_back(path: Path, content: bytes | None) -> None:
    half = path.with_name(path.name + ".part")
    if half.is_file():
        half.unlink()
    if content is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != content:
        path.write_bytes(content)


def _bring_files(source: Path, site: Site, manifest: Manifest, undo: ExitStack) -> bool:
    """The files of waiting parcels, then the keys; whether there are keys."""
    for name in manifest.files:
        if name.startswith(f"{FILES}/"):
            _make(site.attachments, undo)
            path = site.attachments / PurePosixPath(name).name
            if not path.exists():
                undo.callback(path.unlink, missing_ok=True)
            shutil.copyfile(source / name, path)
    keys = [name for name in manifest.files if name.startswith(f"{KEYS}/")]
    if not keys or site.keys is None:
        return False
    _make(site.keys.parent, undo)
    part = site.keys.with_name(site.keys.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    undo.callback(shutil.rmtree, part, ignore_errors=True)
    part.mkdir(mode=0o700)
    for name in keys:
        path = part / PurePosixPath(name).name
        path.touch(mode=0o600)
        shutil.copyfile(source / name, path)
        sync(path)
    if site.keys.exists():
        undo.callback(site.keys.mkdir, site.keys.stat().st_mode & 0o777, exist_ok=True)
    part.rename(site.keys)
    undo.callback(shutil.rmtree, site.keys, ignore_errors=True)
    sync(site.keys.parent)
    return True


def _make(folder: Path, undo: ExitStack) -> None:
    """Makes a folder where there is none, with those above it."""
    if not folder.is_dir():
        _make(folder.parent, undo)
        folder.mkdir()
        undo.callback(folder.rmdir)


def _seal(staged: Path) -> None:
    if unsound(staged):
        raise Complaint("cli-backup-unsound")
    sync(staged)


def _bring_file(staged: Path, path: Path) -> None:
    # The WAL of an empty database that stood here would be taken for that of the new one.
    _remove(path, BESIDE)
    staged.replace(path)


async def _bring_rows(staged: Path, url: str, tell: Tell) -> None:
    await migrate.upgrade(url)
    ours, theirs = Database.open(url_of(staged)), Database.open(url)
    try:
        async with ours.read.begin() as source, theirs.write.begin() as target:
            await transfer(source, target, lambda *far: tell("database", *far))
    finally:
        await ours.close()
        await theirs.close()
