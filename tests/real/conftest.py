"""What the tests on a real Matrix homeserver share: fresh people for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.real.member import Member
from tests.real.synapse import Login, Synapse

Register = Callable[[str], Login]
People = Callable[[str], Awaitable[Member]]

_NUMBERS = count(1)


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
