"""What comes back from a backup is what was there, and nobody who was erased since [RE-6, SE-8]."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.clock import FrozenClock
from bot.errors import Complaint
from bot.events import Account
from bot.log import open_log
from bot.ports import Draft
from storage import erasures, migrate, people, privacy
from storage.backup import MANIFEST, Manifest, Site, back_up
from storage.database import Database
from storage.parcels import OutboxRow
from storage.people import AccountRow, PersonRow
from storage.restore import RESTORED, restore
from storage.tables import metadata
from tests.databases import Databases
from tests.marie import NOW, populate

SECRET = b"0" * 32
LATER = NOW + timedelta(hours=1)
MARIE = Account("slack", "T1", "U_marie")
PASSING = Account("slack", "T1", "U_passing")


def site(database: Database | str, folder: Path) -> Site:
    folder.mkdir(exist_ok=True)
    return Site(
        database=database if isinstance(database, str) else database.url,
        attachments=folder / "attachments",
        keys=folder / "matrix-store",
        erasures=folder / erasures.LIST,
    )


async def backed_up(database: Database, folder: Path) -> Manifest:
    """A backup in `folder / "backup"`."""
    home = site(database, folder / "home")
    return await back_up(home, folder / "backup", now=NOW, tell=_quiet)


async def brought_back(folder: Path, to: Site) -> int:
    """Restores that backup; says how many people were forgotten."""
    done = await restore(folder / "backup", to, secret=SECRET, lists=(), now=LATER, tell=_quiet)
    return done.forgotten


def _quiet(part: str, done: int, total: int) -> None:
    assert part in ("database", "files")
    assert 0 <= done <= total


@asynccontextmanager
async def empty(kind: str, databases: Databases, folder: Path) -> AsyncIterator[Database]:
    """A place to restore into."""
    folder.mkdir()
    if kind == "postgresql":
        async with databases.opened(kind, folder) as found:
            yield found
        return
    found = Database.open(f"sqlite+aiosqlite:///{folder / 'new.db'}")
    yield found
    await found.close()


async def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    async with database.reading() as tx:
        return {
            table.name: [
                dict(row)
                for row in (
                    await tx.session.execute(select(table).order_by(*table.primary_key))
                ).mappings()
            ]
            for table in metadata.sorted_tables
        }


async def fill(database: Database) -> None:
    """Rows in every table, among them what is easily bent on the way."""
    async with database.begin() as tx:
        await populate(tx.session)
        await tx.notebook.write("odd", {"é": ["« 🙂 »", 1.5, None, {"a": "'\"\\"}], "big": 2**60})
        await tx.notebook.write("none", None)
        await tx.timers.set("a", "k", due=NOW.replace(microsecond=123_456))
        draft = Draft(operation="say", place=MARIE.dm, body={"text": "attend"}, at=NOW)
        await tx.mailbox.post([draft], lambda: "waiting")
        passing = Draft(operation="say", place=PASSING.dm, body={"text": "passe"}, at=NOW)
        await tx.mailbox.post([passing], lambda: "passing")
        await erasures.note_erasure(tx.session, [Account("slack", "T1", "U_gone")], SECRET, NOW)
        # Points at a row that comes after it.
        tx.session.add(PersonRow(id=10, name="Deux", merged_into=8_000_001))


@pytest.mark.parametrize("to", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_every_row_of_every_table_comes_back(
    database: Database, databases: Databases, tmp_path: Path, to: str
) -> None:
    await fill(database)
    before = await rows_of(database)
    manifest = await backed_up(database, tmp_path)
    assert manifest.rows == sum(map(len, before.values()))
    async with empty(to, databases, tmp_path / "there") as other:
        assert await brought_back(tmp_path, site(other, tmp_path / "there")) == 0
        after = await rows_of(other)
        restored = [row for row in after["note"] if row["key"] == RESTORED]
        assert restored == [{"key": RESTORED, "value": NOW.isoformat()}]
        after["note"].remove(restored[0])
        # Looked for on the platform before it is sent: it may have left since the backup [RE-2].
        for row in (row for row in before["outbox"] if "uncertain" in row):
            row["uncertain"] = row["state"] == "waiting"
        assert after == before
        assert all(before.values()), "a table without a row proves nothing"


@pytest.mark.parametrize("to", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_a_number_that_was_given_is_not_given_again(
    database: Database, databases: Databases, tmp_path: Path, to: str
) -> None:
    async with database.begin() as tx:
        for _ in range(3):
            draft = Draft(operation="say", place=MARIE.dm, body={}, at=NOW)
            await tx.mailbox.post([draft], lambda: "t")
        await tx.session.execute(text("DELETE FROM outbox WHERE id > 1"))
        tx.session.add(PersonRow(id=5, name="P"))
    await backed_up(database, tmp_path)
    async with empty(to, databases, tmp_path / "there") as other:
        await brought_back(tmp_path, site(other, tmp_path / "there"))
        async with other.begin() as tx:
            row = OutboxRow(token="t", lane="l", operation="say", at=NOW, not_before=NOW)
            person = PersonRow(name="Q")
            tx.session.add_all([row, person])
            await tx.session.flush()
            assert (row.id, person.id) == (4, 6)


async def test_a_backup_under_load_is_of_one_instant(
    database: Database, databases: Databases, tmp_path: Path
) -> None:
    """Each transaction writes an account, its person and a sum; the copy never has a part of it."""
    stopped = asyncio.Event()

    async def write() -> int:
        number = 0
        while not stopped.is_set():
            number += 1
            async with database.begin() as tx:
                person = PersonRow(name=f"P{number}")
                tx.session.add(person)
                await tx.session.flush()
                account = AccountRow(
                    platform="slack", tenant="T1", external=f"U{number}", person_id=person.id or 0
                )
                tx.session.add(account)
                await tx.session.flush()
                await tx.notebook.write("sum", number)
            await asyncio.sleep(0)
        return number

    writing = asyncio.create_task(write())
    try:
        sums = []
        for turn in range(3):
            folder = tmp_path / str(turn)
            folder.mkdir()
            await backed_up(database, folder)
            sums.append(_counts(folder / "backup" / "copain.db"))
    finally:
        stopped.set()
        written = await writing
    assert all(people == accounts == noted for people, accounts, noted in sums)
    assert sums[0][0] < sums[-1][0] <= written, "nobody wrote meanwhile, or this proves nothing"


def _counts(copy: Path) -> tuple[int, int, int]:
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        people, accounts = (
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in ("person", "account")
        )
        noted = connection.execute("SELECT value FROM note WHERE key = 'sum'").fetchone()
        return people, accounts, int(noted[0]) if noted else 0


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_an_older_database_is_copied_as_it_is_and_restored_as_today(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = await databases.url()
    await migrate.upgrade(url, "0001")
    manifest = await back_up(
        site(url, tmp_path / "home"), tmp_path / "backup", now=NOW, tell=_quiet
    )
    assert manifest.revision == "0001"
    async with empty("sqlite", databases, tmp_path / "there") as other:
        await brought_back(tmp_path, site(other, tmp_path / "there"))
        assert await migrate.current(other) == (migrate.head(), migrate.head())


async def test_a_backup_is_one_file_of_database_for_its_owner_alone(
    sqlite_database: Database, tmp_path: Path
) -> None:
    await fill(sqlite_database)
    await backed_up(sqlite_database, tmp_path)
    found = tmp_path / "backup"
    assert {each.name for each in found.iterdir()} == {"copain.db", "attachments", "manifest.json"}
    assert found.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in found.rglob("*"))
    assert not (tmp_path / "backup.part").exists()


async def test_a_place_that_is_not_empty_is_refused_and_named(
    sqlite_database: Database, tmp_path: Path
) -> None:
    home = site(sqlite_database, tmp_path / "home")
    await fill(sqlite_database)
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "mine").touch()
    with pytest.raises(Complaint) as refused:
        await backed_up(sqlite_database, tmp_path)
    assert refused.value.key == "cli-backup-occupied"
    (tmp_path / "backup" / "mine").unlink()
    await backed_up(sqlite_database, tmp_path)
    with pytest.raises(Complaint) as refused:
        await brought_back(tmp_path, home)
    assert refused.value.key == "cli-restore-occupied-database"
    there = site(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}", tmp_path / "there")
    assert there.keys is not None
    there.keys.mkdir()
    (there.keys / "session.json").touch()
    with pytest.raises(Complaint) as refused:
        await brought_back(tmp_path, there)
    assert refused.value.key == "cli-restore-occupied-keys"
    assert not (tmp_path / "new.db").exists()


async def test_what_is_left_of_a_killed_backup_is_in_nobodys_way(
    sqlite_database: Database, tmp_path: Path
) -> None:
    (tmp_path / "backup.part").mkdir()
    (tmp_path / "backup.part" / "copain.db").write_bytes(b"half")
    await backed_up(sqlite_database, tmp_path)
    (tmp_path / "backup").rename(tmp_path / "first")
    (tmp_path / "backup.part").mkdir()
    (tmp_path / "backup.part" / "holidays.png").touch()
    with pytest.raises(Complaint):
        await backed_up(sqlite_database, tmp_path)
    assert (tmp_path / "backup.part" / "holidays.png").exists()


@pytest.mark.parametrize("harm", ["byte", "missing", "manifest", "newer", "outside"])
async def test_a_backup_that_was_altered_changes_nothing(
    sqlite_database: Database, tmp_path: Path, harm: str
) -> None:
    await fill(sqlite_database)
    await backed_up(sqlite_database, tmp_path)
    _harm(tmp_path / "backup", harm)
    there = site(f"sqlite+aiosqlite:///{tmp_path / 'there' / 'new.db'}", tmp_path / "there")
    expected = migrate.NewerDatabase if harm == "newer" else Complaint
    with pytest.raises(expected):
        await brought_back(tmp_path, there)
    assert list((tmp_path / "there").iterdir()) == []


def _harm(folder: Path, how: str) -> None:
    copy, manifest = folder / "copain.db", folder / MANIFEST
    said = json.loads(manifest.read_text())
    if how == "byte":
        content = bytearray(copy.read_bytes())
        content[len(content) // 2] ^= 1
        copy.write_bytes(content)
    elif how == "missing":
        copy.unlink()
    elif how == "manifest":
        manifest.write_text(manifest.read_text()[:-10])
    elif how == "newer":
        manifest.write_text(json.dumps(said | {"revision": "9999"}))
    else:
        said["files"]["../home/x"] = said["files"]["copain.db"]
        manifest.write_text(json.dumps(said))


@pytest.mark.parametrize("begun", [False, True], ids=["bare", "begun"])
@pytest.mark.parametrize("fault", ["list", "database"])
async def test_a_restore_that_fails_at_the_end_changes_nothing_and_can_be_tried_again(
    sqlite_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    begun: bool,
) -> None:
    await _furnish(sqlite_database, site(sqlite_database, tmp_path / "home"))
    await backed_up(sqlite_database, tmp_path)
    there = site(f"sqlite+aiosqlite:///{tmp_path / 'there' / 'new.db'}", tmp_path / "there")
    assert there.keys is not None
    there = replace(there, keys=there.keys / "within")
    assert there.keys is not None
    erasures.append(there.erasures, {erasures.digest_of(PASSING, SECRET): NOW})
    if begun:
        there.keys.mkdir(parents=True)
        there.attachments.mkdir()
        (there.attachments / ("a" * 64)).write_bytes(b"chart")
    in_the_way = tmp_path / "there" / f"{erasures.LIST}.part"
    if fault == "list":
        in_the_way.mkdir()
    before = _standing(tmp_path / "there")
    with monkeypatch.context() as disk:
        if fault == "database":
            disk.setattr("storage.restore._bring_file", _full)
        with pytest.raises(OSError):  # noqa: PT011 - whichever the system says
            await brought_back(tmp_path, there)
    assert _standing(tmp_path / "there") == before
    if fault == "list":
        in_the_way.rmdir()
    await brought_back(tmp_path, there)
    assert (there.keys / "session.json").exists()
    assert (there.attachments / ("a" * 64)).exists()


def _standing(folder: Path) -> dict[str, bytes | None]:
    """All that stands in a folder but the lock beside a database, which stays."""
    return {
        str(each.relative_to(folder)): each.read_bytes() if each.is_file() else None
        for each in folder.rglob("*")
        if each.suffix != ".lock"
    }


def _full(_staged: Path, _path: Path) -> None:
    raise OSError(errno.ENOSPC, "")


async def test_who_was_erased_since_the_backup_does_not_come_back(
    database: Database, databases: Databases, tmp_path: Path
) -> None:
    """SE-8: the list outlives the database, and tells the restore whom to forget."""
    home = site(database, tmp_path / "home")
    database.erasures_list = home.erasures
    await fill(database)
    await backed_up(database, tmp_path)
    async with database.begin() as tx:
        traces = await privacy.traces_of(tx.session, 7_000_001)
        gone = [*traces.accounts, PASSING]
        await erasures.note_erasure(tx.session, gone, SECRET, LATER)
        await privacy.erase_traces(tx.session, traces)
    assert set(erasures.listed(home.erasures)) >= {
        erasures.digest_of(each, SECRET) for each in gone
    }
    async with empty("sqlite", databases, tmp_path / "there") as other:
        there = replace(site(other, tmp_path / "there"), erasures=home.erasures)
        assert await brought_back(tmp_path, there) == 2
        async with other.reading() as tx:
            assert await people.account_ids_of(tx.session, 7_000_001) == []
            assert await people.account_ids_of(tx.session, 8_000_001) == [8_100_001]
            lanes = set((await tx.session.execute(text("SELECT lane FROM outbox"))).scalars())
            assert not lanes & {MARIE.dm.key, PASSING.dm.key}
            assert len(await erasures.noted(tx.session)) == 4
        await other.forget_wal()
        kept = b"".join(path.read_bytes() for path in (tmp_path / "there").glob("new.db*"))
        assert b"Paul Autre" in kept
        assert b"Marie Unique" not in kept


async def test_who_came_back_before_the_backup_is_there_to_stay(
    sqlite_database: Database, databases: Databases, tmp_path: Path
) -> None:
    home = site(sqlite_database, tmp_path / "home")
    sqlite_database.erasures_list = home.erasures
    async with sqlite_database.begin() as tx:
        await erasures.note_erasure(tx.session, [MARIE], SECRET, NOW - timedelta(days=2))
    await fill(sqlite_database)
    await backed_up(sqlite_database, tmp_path)
    async with empty("sqlite", databases, tmp_path / "there") as other:
        there = replace(site(other, tmp_path / "there"), erasures=home.erasures)
        assert await brought_back(tmp_path, there) == 0
        async with other.reading() as tx:
            assert await people.account_ids_of(tx.session, 7_000_001) == [7_100_001, 7_100_002]


async def test_who_came_back_after_an_erasure_of_long_ago_is_there_to_stay(
    sqlite_database: Database, databases: Databases, tmp_path: Path
) -> None:
    """A list kept elsewhere may name what no database notes any more."""
    await fill(sqlite_database)
    await backed_up(sqlite_database, tmp_path)
    async with empty("sqlite", databases, tmp_path / "there") as other:
        there = site(other, tmp_path / "there")
        long_ago = LATER - erasures.KEPT - timedelta(minutes=1)
        erasures.append(there.erasures, {erasures.digest_of(MARIE, SECRET): long_ago})
        assert await brought_back(tmp_path, there) == 0
        async with other.reading() as tx:
            assert await people.account_ids_of(tx.session, 7_000_001) == [7_100_001, 7_100_002]


async def test_the_list_of_erasures_mends_itself_and_forgets_after_sixty_days(
    sqlite_database: Database, tmp_path: Path
) -> None:
    path = tmp_path / erasures.LIST
    async with sqlite_database.begin() as tx:
        await erasures.note_erasure(tx.session, [MARIE], SECRET, NOW)
    assert not path.exists(), "this process kept no list"
    old = erasures.digest_of(PASSING, SECRET)
    erasures.append(path, {old: NOW - timedelta(days=61)})
    with path.open("a") as file:
        file.write("0123 torn")
    async with sqlite_database.reading() as tx:
        await erasures.reconcile(tx.session, path, NOW)
    assert set(erasures.listed(path)) == {erasures.digest_of(MARIE, SECRET)}
    assert len(path.read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o077 == 0


async def test_an_erasure_that_is_rolled_back_is_not_listed(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sqlite_database.erasures_list = tmp_path / erasures.LIST

    async def fail() -> None:
        async with sqlite_database.begin() as tx:
            await erasures.note_erasure(tx.session, [MARIE], SECRET, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert erasures.listed(tmp_path / erasures.LIST) == {}


async def test_a_list_that_takes_no_more_keeps_no_erasure_from_being_done(
    sqlite_database: Database, tmp_path: Path
) -> None:
    """The people are erased by then: whoever waits for the answer must get it."""
    lines, path, room = io.StringIO(), tmp_path / erasures.LIST, 16 << 20
    sqlite_database.erasures_list = path
    sqlite_database.log = open_log(lines, FrozenClock(NOW))
    path.touch()
    os.truncate(path, room - 10)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        async with sqlite_database.begin() as tx:
            await erasures.note_erasure(tx.session, [MARIE], SECRET, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.stat().st_size == room - 10, "half a line would spoil the next one"
    said = json.loads(lines.getvalue())
    assert (said["action"], said["cause"], said["count"]) == ("erasures-unlisted", "EFBIG", 1)
    assert erasures.digest_of(MARIE, SECRET) not in lines.getvalue()
    path.unlink()
    async with sqlite_database.reading() as tx:
        await erasures.reconcile(tx.session, path, NOW)
    assert set(erasures.listed(path)) == {erasures.digest_of(MARIE, SECRET)}


async def test_keys_and_files_come_along_and_no_secret_does(
    sqlite_database: Database, databases: Databases, tmp_path: Path
) -> None:
    """SE-5: in no byte of a backup stands what lets somebody in."""
    home = site(sqlite_database, tmp_path / "home")
    await _furnish(sqlite_database, home)
    with closing(sqlite3.connect(home.database.partition("///")[2])) as held:
        held.execute("SELECT count(*) FROM note").fetchone()
        await backed_up(sqlite_database, tmp_path)
    found = tmp_path / "backup"
    for path in (each for each in found.rglob("*") if each.is_file()):
        content = path.read_bytes() + str(path).encode()
        assert not [each for each in (b"syt_secret", b"hunter2", SECRET) if each in content], path
    async with empty("sqlite", databases, tmp_path / "there") as other:
        there = site(other, tmp_path / "there")
        await brought_back(tmp_path, there)
        assert there.keys is not None
        assert json.loads((there.keys / "session.json").read_text()) == {
            "user_id": "@copain:example.org",
            "device_id": "DEVICE",
        }
        assert {each.name for each in there.keys.iterdir()} == {
            "session.json",
            "@copain:example.org_DEVICE.db",
            "@copain:example.org_DEVICE.trusted_devices",
        }
        with closing(sqlite3.connect(there.keys / "@copain:example.org_DEVICE.db")) as keys:
            assert keys.execute("SELECT pickle FROM accounts").fetchall() == [("olm",)]
        assert [each.name for each in there.attachments.iterdir()] == ["a" * 64]
        assert there.keys.stat().st_mode & 0o077 == 0


async def _furnish(database: Database, home: Site) -> None:
    assert home.keys is not None
    home.keys.mkdir()
    with closing(sqlite3.connect(home.keys / "@copain:example.org_DEVICE.db")) as keys:
        keys.execute("CREATE TABLE accounts (pickle TEXT)")
        keys.execute("INSERT INTO accounts VALUES ('olm')")
        keys.commit()
    (home.keys / "@copain:example.org_DEVICE.trusted_devices").write_text("trusted")
    session = {"user_id": "@copain:example.org", "device_id": "DEVICE"}
    (home.keys / "session.json").write_text(json.dumps(session | {"access_token": "syt_secret"}))
    (home.keys / "session.json.new").write_text("syt_secret")
    (home.keys / "lock").touch()
    (home.keys.parent / ".env").write_bytes(b"MATRIX_PASSWORD=hunter2\nCOPAIN_SECRET=" + SECRET)
    home.attachments.mkdir()
    for name in ("a" * 64, "b" * 64):
        (home.attachments / name).write_bytes(b"chart")
    files = [{"sha256": name * 64, "name": "f.png"} for name in "ac"]
    async with database.begin() as tx:
        draft = Draft(operation="say", place=MARIE.dm, body={"files": files}, at=NOW)
        await tx.mailbox.post([draft], lambda: "t")
