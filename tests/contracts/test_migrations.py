"""The migrations make what the models say, on both databases [RE-6]."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database
from storage.migrate import MIGRATIONS, NewerDatabase, configuration, current, head, upgrade
from storage.people import ROOT_VIEW
from storage.tables import metadata
from tests.databases import Databases

SHAPE = {
    "sqlite": "SELECT name, sql FROM sqlite_master"
    " WHERE tbl_name != 'alembic_version' AND sql IS NOT NULL ORDER BY name",
    "postgresql": "SELECT tablename || '.' || indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public' AND tablename != 'alembic_version'"
    " UNION ALL SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'"
    " UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    " AND conrelid != 'alembic_version'::regclass ORDER BY 1",
}


async def test_migrations_equal_the_models(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with database.write.connect() as connection:
        assert await connection.run_sync(differences) == [], "run python -m storage.draft_migration"


async def test_migrations_make_the_same_indexes_keys_and_views_as_the_models(
    database: Database, databases: Databases, tmp_path: Path
) -> None:
    kind = "sqlite" if database.sqlite else "postgresql"
    url = f"sqlite+aiosqlite:///{tmp_path}/models.db"
    if not database.sqlite:
        url = await databases.url()
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        if not database.sqlite:
            await connection.execute(text("CREATE TABLE alembic_version (a int)"))
        models = (await connection.execute(text(SHAPE[kind]))).all()
    await engine.dispose()
    async with database.write.connect() as connection:
        migrated = (await connection.execute(text(SHAPE[kind]))).all()
    assert _plain(migrated) == _plain(models)


async def test_the_view_of_roots_is_the_one_that_people_declares(sqlite_database: Database) -> None:
    async with sqlite_database.write.connect() as connection:
        found = await connection.execute(
            text("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'account_root'")
        )
        assert found.scalar_one() == ROOT_VIEW


async def test_upgrading_twice_is_harmless(database: Database) -> None:
    assert await current(database) == (head(), head())
    async with database.session() as session:
        await session.execute(text("INSERT INTO note (key, value) VALUES ('a', '1')"))
    await upgrade(database)
    await upgrade(database.url)
    async with database.session() as session:
        assert (await session.execute(text("SELECT count(*) FROM note"))).scalar_one() == 1


async def test_an_empty_file_is_at_no_revision(tmp_path: Path) -> None:
    assert await current(f"sqlite+aiosqlite:///{tmp_path}/empty.db") == (None, head())


async def test_a_database_of_a_newer_version_is_refused_untouched(database: Database) -> None:
    async with database.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        await upgrade(database)
    assert await current(database) == ("9999", head())


def test_revisions_are_one_line_of_numbered_files() -> None:
    script = ScriptDirectory.from_config(configuration())
    revisions = [each.revision for each in script.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)
    assert script.get_heads() == [head()]
    names = {path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py")}
    assert names == set(revisions)


def test_the_package_brings_its_migrations() -> None:
    root = MIGRATIONS.parent.parent
    tools = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]
    patterns = tools["setuptools"]["package-data"]["storage"]
    files = [path.relative_to(MIGRATIONS.parent) for path in MIGRATIONS.rglob("*.py")]
    assert Path("migrations/env.py") in files
    for path in files:
        assert any(fnmatch(str(path), pattern) for pattern in patterns), path


def test_every_key_has_a_name_so_that_a_later_migration_can_change_it() -> None:
    nameless = [
        f"{table.name}: {key}"
        for table in metadata.sorted_tables
        for key in table.constraints
        if key.name is None
    ]
    assert nameless == []


def _plain(rows: Any) -> list[tuple[str, list[str]]]:
    # The order of the keys within a table says nothing, nor do the quotes of a table built anew.
    return sorted((row[0], sorted(re.findall(r'[^\s,()"]+', str(row[1])))) for row in rows)
