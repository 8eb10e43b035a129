"""Brings a database forward to the tables this version knows [RE-6].

Revisions are numbered files in `migrations/versions`; they only go forward. What is up to date is
recognised without Alembic, whose import would double the time the bot needs to start [PE-7].
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import CopainError
from storage.database import BUSY, Database

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(CopainError):
    """The database was made by a newer version of Copain."""

    loggable = True


async def upgrade(database: Database | str, to: str | None = None) -> None:
    """Every revision that is missing, in one transaction; nothing when there is none.

    Takes a database or its URL; goes as far as `to`, to the newest unless said. Raises
    NewerDatabase, and changes nothing then.
    """
    engine = _engine(database)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                # Two processes that start together must not both create the tables.
                await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('copain'))"))
            found = await _revision(connection)
            if found == (to or head()):
                return
            if found is not None and found > head():
                raise NewerDatabase
            await connection.run_sync(_run, to or "head")
            if engine.dialect.name == "sqlite":
                broken = (await connection.execute(text("PRAGMA foreign_key_check"))).first()
                assert broken is None, "a migration left a reference to nothing"
    finally:
        await engine.dispose()


async def current(database: Database | str) -> tuple[str | None, str]:
    """The revision the database is at (None when it is empty), and the newest one there is."""
    engine = _engine(database)
    try:
        async with engine.connect() as connection:
            return await _revision(connection), head()
    finally:
        await engine.dispose()


def head() -> str:
    """The newest revision: the greatest number among the files."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def configuration(connection: Connection | None = None) -> Any:
    """Alembic's configuration, in code: there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    # A percent sign would be taken for an interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection, to: str) -> None:
    from alembic import command

    command.upgrade(configuration(connection), to)


async def _revision(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda sync: sync.dialect.has_table(sync, "alembic_version")):
        return None
    rows = await connection.execute(text("SELECT version_num FROM alembic_version"))
    return rows.scalar_one_or_none()


def _engine(database: Database | str) -> AsyncEngine:
    """An engine of its own: SQLite changes a table by building it anew, with keys unenforced."""
    url = database if isinstance(database, str) else database.url
    engine = create_async_engine(url, poolclass=NullPool)
    if make_url(url).get_backend_name() == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            for pragma in ("journal_mode=WAL", f"busy_timeout={BUSY}", "secure_delete=ON"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
