"""What the tests on a real Matrix homeserver share: one server a worker, fresh people for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.real.member import Member
from tests.real.synapse import Login, Synapse

Register = Callable[[str], Login]
People = Callable[[str], Awaitable[Member]]

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """The homeserver of this worker, started by the first test that asks for it."""
    server = Synapse(tmp_path_factory.mktemp("synapse"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def register(synapse: Synapse) -> Register:
    """Makes accounts that this test alone knows: `register("marie")` is `@marie-3:localhost`.

    The same name twice is two people.
    """
    return lambda name: synapse.register(f"{name}-{next(_NUMBERS)}", shown=name)


@pytest.fixture
async def people(register: Register, tmp_path: Path) -> AsyncIterator[People]:
    """Makes members whose client listens until the test ends."""
    async with AsyncExitStack() as stack:

        async def enter(name: str) -> Member:
            login = register(name)
            member = Member(login, tmp_path / login.user_id[1:].partition(":")[0])
            return await stack.enter_async_context(member)

        yield enter
