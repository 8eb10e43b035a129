"""One process on one database: a second one would say everything twice and refuse to know it.

The lock is the operating system's, or the server's: it ends with the process, however that ends,
so nothing is ever left to clean up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import CopainError


class Busy(CopainError):
    """Another process of Copain runs on this."""

    def __init__(self, path: str) -> None:
        """`path` is the file that is taken, or the address of the server without its password."""
        self.path = path
        super().__init__()


@asynccontextmanager
async def alone(url: str) -> AsyncIterator[None]:
    """Meanwhile no other process runs on the database of that URL. Raises Busy when one does."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        async with _alone_on_server(url):
            yield
        return
    if parsed.database in (None, "", ":memory:"):
        yield
        return
    with alone_on(Path(str(parsed.database))):
        yield


@contextmanager
def alone_on(path: Path) -> Iterator[None]:
    """The same for a file or a folder; the lock stands beside it, as `NAME.lock`, and stays.

    Removed, it would let two processes hold two files of one name.
    """
    beside = path.with_name(f"{path.name}.lock")
    # Python's descriptors are closed in programs that this one starts, so it alone holds the lock.
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(str(path)) from None
        yield
    finally:
        os.close(descriptor)


@asynccontextmanager
async def _alone_on_server(url: str) -> AsyncIterator[None]:
    # A connection of its own: the lock is its session's. One that breaks gives the lock up, which
    # a restart of the server does too.
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            query = text("SELECT pg_try_advisory_lock(hashtext('copain-process'))")
            if not (await connection.execute(query)).scalar_one():
                raise Busy(make_url(url).render_as_string(hide_password=True))
            yield
    finally:
        await engine.dispose()
