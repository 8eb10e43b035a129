"""What is no longer needed goes, for good, and nothing that is."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.attachments import Attachments
from bot.clock import FrozenClock
from bot.events import Place
from bot.log import open_log
from bot.ports import Draft, Settled
from scheduler.housekeeping import NIGHT, Night, clean_up, forget_wal, next_night
from scheduler.ring import Ring
from storage import tables, tasks
from storage.database import Database

MORNING = datetime(2026, 3, 2, 14, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")
DAY = timedelta(days=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'copain.db'}")
    async with opened.write.begin() as connection:
        await connection.run_sync(tables.metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments")


async def post(database: Database, body: dict[str, object]) -> None:
    draft = Draft(operation="say", place=Place("memory", "", "general"), body=body, at=MORNING)
    async with database.begin() as tx:
        await tx.mailbox.post([draft], lambda: "token")


def bytes_on_disk(database: Database) -> bytes:
    assert database.path is not None
    return b"".join(path.read_bytes() for path in database.path.parent.glob("copain.db*"))


async def test_what_was_wiped_stands_nowhere_on_disk_afterwards(database: Database) -> None:
    await post(database, {"text": "ma fille est malade"})
    [parcel] = await database.outbox.heads(MORNING, 1)
    await database.outbox.settle([Settled(parcel, "m1")], MORNING)
    assert b"malade" in bytes_on_disk(database)
    assert await forget_wal(database)
    assert b"malade" not in bytes_on_disk(database)


async def test_the_wal_is_left_alone_while_nothing_is_written(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post(database, {"text": "x"})
    assert await forget_wal(database)

    async def unwanted(_: Database) -> bool:
        raise AssertionError

    monkeypatch.setattr(Database, "forget_wal", unwanted)
    assert await forget_wal(database)


async def test_a_reader_makes_the_wal_wait_for_the_next_time_and_no_event(
    database: Database,
) -> None:
    async with database.reading() as tx:
        await tx.notebook.read("x")
        await post(database, {"text": "x"})
        assert not await forget_wal(database)
        await post(database, {"text": "y"})
    assert await forget_wal(database)


async def test_the_night_removes_what_was_kept_long_enough_and_counts_it(
    database: Database, attachments: Attachments
) -> None:
    async with database.begin() as tx:
        await tx.mailbox.claim("memory", "old", MORNING - 31 * DAY)
        await tx.mailbox.claim("memory", "new", MORNING - 29 * DAY)
    removed = await clean_up(database, MORNING, attachments)
    assert removed["claim"] == 1
    assert {"dead-letter", "receipt", "forms", "intents", "attachment"} <= set(removed)
    async with database.begin() as tx:
        assert await tx.mailbox.claim("memory", "old", MORNING)
        assert not await tx.mailbox.claim("memory", "new", MORNING)


async def test_a_file_goes_when_no_waiting_parcel_names_it(
    database: Database, attachments: Attachments
) -> None:
    named, forgotten = attachments.put(b"named"), attachments.put(b"forgotten")
    await post(database, {"text": "", "files": [{"sha256": named}]})
    removed = await clean_up(database, MORNING, attachments)
    assert removed["attachment"] == 1
    assert attachments.read(named) == b"named"
    with pytest.raises(FileNotFoundError):
        attachments.read(forgotten)


async def test_no_file_goes_while_a_task_may_be_drawing_one(
    database: Database, attachments: Attachments
) -> None:
    drawn = attachments.put(b"chart")
    async with database.begin() as tx:
        await tx.tasks.add("chart", "", {}, now=MORNING)
        await tasks.lease(tx.session, MORNING)
    assert (await clean_up(database, MORNING, attachments))["attachment"] == 0
    assert attachments.read(drawn) == b"chart"


async def test_one_noun_that_fails_keeps_no_other_from_being_cleaned(
    database: Database, attachments: Attachments, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(session: object, now: datetime) -> int:
        raise ZeroDivisionError

    broken = SimpleNamespace(__name__="storage.broken", forget_old=breaks)
    monkeypatch.setattr(tables, "NOUNS", (broken, *tables.NOUNS))
    async with database.begin() as tx:
        await tx.mailbox.claim("memory", "old", MORNING - 31 * DAY)
    with pytest.raises(ExceptionGroup):
        await clean_up(database, MORNING, attachments)
    async with database.begin() as tx:
        left = await tx.session.execute(text("select count(*) from claim"))
        assert left.scalar_one() == 0


async def test_the_night_is_a_timer_that_sets_itself_again(
    database: Database, attachments: Attachments
) -> None:
    async def unwanted(event: object) -> None:
        raise AssertionError

    log = open_log(lines := io.StringIO(), FrozenClock(MORNING))
    night = Night(database=database, attachments=attachments, zone=TORONTO, log=log)
    ring = Ring(database=database, hear=unwanted, work_of={}, log=log, chores={NIGHT: night})
    await night.ensure(MORNING)
    first = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert await ring.next_at() == first
    # Overdue after a day of downtime: a new start leaves it due.
    await night.ensure(first + DAY)
    assert await ring.turn(first + DAY) == 1
    assert await ring.next_at() == first + 2 * DAY
    assert "cleaned-up" in lines.getvalue()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-07T08:29", "2026-03-07T08:30"),
        ("2026-03-07T08:30", "2026-03-08T07:30"),
        ("2026-10-31T07:30", "2026-11-01T08:30"),
    ],
    ids=["a minute before", "into summer time", "out of summer time"],
)
def test_the_night_stays_at_half_past_three_through_changes_of_clocks(
    now: str, expected: str
) -> None:
    then = next_night(datetime.fromisoformat(f"{now}:00+00:00"), TORONTO)
    assert then == datetime.fromisoformat(f"{expected}:00+00:00")
