"""Small notes, and those that go with the day they were made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import notebook
from storage.database import Database

NOW = datetime(2026, 4, 30, 4, tzinfo=UTC)


async def test_a_note_is_what_was_last_written(database: Database) -> None:
    async with database.begin() as tx:
        await tx.notebook.write("matrix.since", "s1")
        await tx.notebook.write("matrix.since", {"token": "s2"})
    async with database.reading() as tx:
        assert await tx.notebook.read("matrix.since") == {"token": "s2"}
        assert await tx.notebook.read("matrix.other") is None


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("matrix.reaction", ["$message", "👍"]),
        ("slack.reactions", [True, [["👍", "0f", "2020-01-01T00:00:00+00:00"]]]),
    ],
)
async def test_notes_of_reactions_go_after_thirty_days_and_others_stay(
    database: Database, kind: str, note: list[object]
) -> None:
    days = {"$old": date(2026, 3, 30), "$edge": date(2026, 3, 31), "$new": date(2026, 4, 29)}
    async with database.begin() as tx:
        for event, day in days.items():
            await tx.notebook.write(f"{kind}.{event}", [*note, day.isoformat()])
        await tx.notebook.write(f"{kind}.$undated", note)
        await tx.notebook.write("matrix.since", "2020-01-01")
        await tx.notebook.write(kind.replace(".", "X") + ".$other", [*note, "2020-01-01"])
    async with database.session() as session:
        assert await notebook.forget_old(session, NOW) == {"note": 1}
        assert await notebook.forget_old(session, NOW) == {"note": 0}
    async with database.reading() as tx:
        assert await tx.notebook.read(f"{kind}.$old") is None
        assert await tx.notebook.read(f"{kind}.$edge") is not None
        assert await tx.notebook.read("matrix.since") == "2020-01-01"
        assert await tx.notebook.read(kind.replace(".", "X") + ".$other") is not None


async def test_any_prefix_can_be_forgotten_before_a_day(database: Database) -> None:
    async with database.begin() as tx:
        await tx.notebook.write("web.a_b.1", ["", "", "2026-04-01"])
        await tx.notebook.write("web.aXb.1", ["", "", "2026-04-01"])
    async with database.session() as session:
        before = (NOW - timedelta(days=1)).date()
        assert await notebook.forget(session, "web.a_b.", before) == 1
