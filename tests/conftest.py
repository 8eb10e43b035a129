"""What all tests share: how long hypothesis searches, here and in `make soak`; databases; a real
Matrix homeserver for those who ask.
"""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.database import Database
from tests.databases import Databases, databases_in, read_once, unthreaded_sqlite
from tests.real.synapse import Synapse

# No deadline: a shared machine pauses, and time is measured in tests/bench alone. Where a change is
# judged, the same examples come every time, so that nobody's change fails for an older fault.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("soak", parent=settings.get_profile("suite"), max_examples=5_000)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Four thousand tests stay until the end: later looks for rubbish need not go through them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    """Every test of this worker."""
    with read_once():
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where fresh databases come from, for this worker."""
    with databases_in(tmp_path_factory.mktemp("databases")) as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def database(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Database]:
    """A fresh migrated database: the test runs on SQLite and on PostgreSQL."""
    async with databases.opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture
async def sqlite_database(databases: Databases, tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh migrated SQLite file."""
    async with databases.opened("sqlite", tmp_path) as found:
        yield found


@pytest.fixture
def unthreaded(request: pytest.FixtureRequest) -> Iterator[None]:
    """SQLite in the test's own thread; tests marked `threads` keep the real way."""
    threads = request.node.get_closest_marker("threads")
    with nullcontext() if threads else unthreaded_sqlite():
        yield


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """The homeserver of this worker, started by the first test that asks for it."""
    server = Synapse(tmp_path_factory.mktemp("synapse"))
    server.start()
    try:
        yield server
    finally:
        server.stop()
