"""Conversations run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversation import Conversation, conversation
from tests.databases import Databases


@pytest.fixture(autouse=True)
def _unthreaded(unthreaded: None) -> None:
    """What people say comes one after another."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def talk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Conversation]:
    """The ready-made community, in French, on each database."""
    folder = tmp_path / "demo"
    folder.mkdir()
    async with (
        databases.founded(request.param, folder) as url,
        conversation(folder, url=url) as found,
    ):
        yield found
