"""What waits is counted, and what waits for a platform that is off is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.events import Place
from bot.health import Load
from bot.messages import Parcel
from bot.ports import Draft, Settled
from storage.database import Database
from storage.health import load
from storage.notebook import Notes

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)


def _draft(platform: str, at: datetime) -> Draft:
    return Draft(operation="say", place=Place(platform, "", "general"), body={"text": ""}, at=at)


async def test_an_empty_database_has_nothing_that_waits(database: Database) -> None:
    async with database.reading() as tx:
        found = await load(tx.session, AT, ["matrix"])
    assert found == Load(waiting=0, oldest=None, dead=0, due=0, tasks=0)


async def test_parcels_timers_and_tasks_are_counted_for_the_platforms_that_are_on(
    database: Database,
) -> None:
    minute = timedelta(minutes=1)
    tokens = iter("abcd")
    async with database.begin() as tx:
        drafts = [
            _draft("matrix", AT - minute),
            _draft("matrix", AT),
            _draft("slack", AT - 9 * minute),
        ]
        numbers = await tx.mailbox.post(drafts, lambda: next(tokens))
        await tx.timers.set("a", "1", due=AT - minute)
        await tx.timers.set("a", "2", due=AT + minute)
        await tx.tasks.add("b", "1", {}, now=AT)
    async with database.reading() as tx:
        found = await load(tx.session, AT, ["matrix"])
    assert found == Load(waiting=2, oldest=AT - minute, dead=0, due=1, tasks=1)
    place = drafts[0].place
    parcel = Parcel(id=numbers[0], token="a", operation="say", place=place, at=AT, body={})
    await database.outbox.settle([Settled(parcel, refused="no_room")], AT)
    async with database.reading() as tx:
        found = await load(tx.session, AT, ["matrix"])
    assert (found.waiting, found.dead) == (1, 1)


async def test_the_notes_of_an_adapter_are_kept_at_once(database: Database) -> None:
    notes = Notes(database.begin, database.reading)
    assert await notes.read("matrix.sync") is None
    await notes.write("matrix.sync", {"token": "s1"})
    await notes.write("matrix.sync", {"token": "s2"})
    assert await Notes(database.begin, database.reading).read("matrix.sync") == {"token": "s2"}
