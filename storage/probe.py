"""Looks at a database from outside: is it there, does it answer, which tables does it have.

For the command line: nothing is created and nothing changed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import CopainError
from storage import migrate
from storage.database import Database


class Unreachable(CopainError):
    """The database does not answer, or its folder cannot be written to."""

    loggable = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands there: name and version, its revision (None: empty), and the newest there is."""

    system: str
    revision: str | None
    head: str
    now: datetime | None = None
    """What time a database server thinks it is."""


async def probe(url: str) -> Found:
    """Asks the database at this URL. Raises Unreachable."""
    database = Database.open(url)
    try:
        path = database.path
        if path is not None and not path.exists():
            if not _writable(path):
                raise Unreachable
            return Found(system="sqlite", revision=None, head=migrate.head())
        system = await database.check()
        revision, head = await migrate.current(url)
        return Found(system=system, revision=revision, head=head, now=await _now(database))
    except (OSError, SQLAlchemyError) as error:
        raise Unreachable(type(error).__name__) from None
    finally:
        await database.close()


def shown(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def is_file(url: str) -> bool:
    """Whether the database is a file here, so that no connection leaves for it."""
    return make_url(url).get_backend_name() == "sqlite"


async def _now(database: Database) -> datetime | None:
    if database.sqlite:
        return None
    async with database.read.connect() as connection:
        found: datetime = (await connection.execute(text("SELECT now()"))).scalar_one()
    return found


def _writable(path: Path) -> bool:
    return path.parent.is_dir() and os.access(path.parent, os.W_OK)
