"""A question from outside is answered without changing anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.ports import Tx
from bot.registry import Registry, view
from bot.views import Viewer
from storage.database import Database
from tests.conversation import feature

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@view("noted")
async def noted(tx: Tx, *, now: datetime, key: str) -> dict[str, Any]:
    """What the notebook says."""
    return {"at": now.isoformat(), "value": await tx.notebook.read(key)}


@view("writing")
async def writing(tx: Tx, *, now: datetime) -> None:
    """A view that tries to write."""
    await tx.notebook.write("colour", now.isoformat())


async def test_a_view_reads_what_stands_now(database: Database) -> None:
    viewer = Viewer(Registry.of([feature("views", noted, writing)]), database)
    async with database.begin() as tx:
        await tx.notebook.write("colour", "blue")
    assert await viewer.show("noted", {"key": "colour"}, NOW) == {
        "at": NOW.isoformat(),
        "value": "blue",
    }


async def test_a_view_cannot_write(database: Database) -> None:
    viewer = Viewer(Registry.of([feature("views", noted, writing)]), database)
    with pytest.raises(DBAPIError):
        await viewer.show("writing", {}, NOW)


async def test_an_unknown_view_is_an_error_of_the_program(database: Database) -> None:
    with pytest.raises(KeyError):
        await Viewer(Registry.of([]), database).show("nothing", {}, NOW)
