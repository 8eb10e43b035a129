"""Claims have one winner; receipts and threads say what stands where [RE-1]."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from bot.events import Account, Place
from bot.ports import Draft, Settled
from storage.database import Database
from storage.outbox import doubt_old

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ROOM = Place("slack", "T1", "C1")
OTHER = Place("matrix", "example.org", "!r")
MARIE = Account("slack", "T1", "U1").dm


async def test_of_twenty_claims_of_one_event_one_wins(database: Database) -> None:
    async def claim() -> bool:
        async with database.begin() as tx:
            return await tx.mailbox.claim("slack", "Ev1", NOW)

    assert sum(await asyncio.gather(*(claim() for _ in range(20)))) == 1


async def test_a_claim_is_of_one_source(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.mailbox.claim("slack", "1", NOW)
        assert await tx.mailbox.claim("matrix", "1", NOW)
        assert not await tx.mailbox.claim("slack", "1", NOW)


async def test_a_claim_of_a_transaction_that_fails_is_free_again(database: Database) -> None:
    try:
        async with database.begin() as tx:
            assert await tx.mailbox.claim("slack", "1", NOW)
            raise RuntimeError
    except RuntimeError:
        pass
    async with database.begin() as tx:
        assert await tx.mailbox.claim("slack", "1", NOW)


async def test_an_id_that_is_no_valid_unicode_can_be_claimed(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.mailbox.claim("terminal", "\ud83d", NOW)
        assert not await tx.mailbox.claim("terminal", "\ud83d", NOW)


async def test_a_delivered_message_has_a_receipt_and_its_body_is_wiped(
    database: Database,
) -> None:
    await _post(database, _draft(ROOM, name="prompt:1", buttons=({"action": "a"},)))
    await _deliver(database, "m1")
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(ROOM, "m1")
        assert receipt is not None
        assert (receipt.name, receipt.buttons) == ("prompt:1", ({"action": "a"},))
        assert await tx.mailbox.receipt(OTHER, "m1") is None
        assert await tx.mailbox.receipt(ROOM, "m2") is None
        rows = await tx.session.execute(text("SELECT body FROM outbox"))
        assert [row[0] for row in rows] == [None]


async def test_a_name_has_a_receipt_in_every_place(database: Database) -> None:
    await _post(database, _draft(ROOM, name="p"), _draft(OTHER, name="p"), _draft(ROOM, name="q"))
    async with database.reading() as tx:
        assert [each.place for each in await tx.mailbox.receipts("p")] == [ROOM, OTHER]


async def test_a_reply_under_a_message_belongs_to_its_subject(database: Database) -> None:
    await _post(database, _draft(ROOM, name="p", subject="prompt:1"))
    await _deliver(database, "m1")
    async with database.begin() as tx:
        assert await tx.mailbox.subject_of(ROOM, "m1") == "prompt:1"
        assert await tx.mailbox.subject_of(OTHER, "m1") is None
        await tx.mailbox.follow("prompt:1", OTHER, "m9")
        await tx.mailbox.follow("prompt:1", OTHER, "m9")
        assert set(await tx.mailbox.roots("prompt:1")) == {(ROOM, "m1"), (OTHER, "m9")}


async def test_ended_buttons_act_no_more(database: Database) -> None:
    await _post(database, _draft(MARIE, name="p", buttons=({"action": "a"},)))
    await _deliver(database, "m1")
    async with database.begin() as tx:
        newest = await tx.mailbox.newest_with_buttons(MARIE)
        assert newest is not None
        assert newest.message == "m1"
        await tx.mailbox.end_buttons("p")
        assert await tx.mailbox.newest_with_buttons(MARIE) is None


async def test_an_edit_is_given_the_message_it_changes(database: Database) -> None:
    await _post(database, _draft(ROOM, name="p"), _draft(ROOM, operation="edit", target_of="p"))
    await _deliver(database, "m1")
    heads = await database.outbox.heads(NOW, 9)
    assert [(each.operation, each.target) for each in heads] == [("edit", "m1")]


async def test_an_edit_of_a_dead_letter_becomes_nothing(database: Database) -> None:
    await _post(database, _draft(ROOM, name="p"), _draft(ROOM, operation="edit", target_of="p"))
    first = (await database.outbox.heads(NOW, 9))[0]
    heard = await database.outbox.settle([Settled(first, refused="channel_not_found")], NOW)
    assert len(heard) == 1
    heads = await database.outbox.heads(NOW, 9)
    assert [(each.operation, each.target) for each in heads] == [("nothing", None)]
    async with database.reading() as tx:
        assert await tx.mailbox.receipts("p") == []


async def test_what_was_said_to_somebody_nobody_keeps_leaves_no_row(database: Database) -> None:
    await _post(database, _draft(MARIE, keep=False))
    await _deliver(database, "m1")
    async with database.reading() as tx:
        rows = await tx.session.execute(text("SELECT count(*) FROM outbox"))
        assert rows.scalar_one() == 0


async def test_a_poll_is_found_by_its_message_and_ended_by_its_name(database: Database) -> None:
    poll = _draft(
        ROOM, operation="poll", name="poll:p", thread_of="p", buttons=({"action": "tap:1"},)
    )
    await _post(
        database,
        _draft(ROOM, name="p"),
        poll,
        _draft(ROOM, operation="end-poll", target_of="poll:p"),
    )
    await _deliver(database, "m1")
    [head] = await database.outbox.heads(NOW, 9)
    assert (head.operation, head.thread) == ("poll", "m1")
    await _deliver(database, "m2")
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(ROOM, "m2")
        assert receipt is not None
        assert (receipt.name, receipt.buttons) == ("poll:p", ({"action": "tap:1"},))
        assert [each.message for each in await tx.mailbox.receipts("poll:p")] == ["m2"]
    [head] = await database.outbox.heads(NOW, 9)
    assert (head.operation, head.target) == ("end-poll", "m2")


async def test_what_waits_for_more_than_a_day_may_be_forgotten_by_the_platform(
    database: Database,
) -> None:
    await _post(database, _draft(ROOM))
    [head] = await database.outbox.heads(NOW, 1)
    await database.outbox.settle([Settled(head, retry_at=NOW)], NOW)
    for hours, uncertain in ((0, False), (23, False), (24, True)):
        [head] = await database.outbox.heads(NOW + timedelta(hours=hours), 1)
        assert head.uncertain is uncertain


async def test_a_new_answer_to_an_old_event_cannot_stand_there_yet(database: Database) -> None:
    await _post(database, _draft(ROOM))
    later = NOW + timedelta(days=3)
    [head] = await database.outbox.heads(later, 1)
    assert not head.uncertain


async def test_at_a_start_what_waits_for_long_may_have_left_when_the_last_process_died(
    database: Database,
) -> None:
    await _post(database, _draft(ROOM), _draft(OTHER, at=NOW + timedelta(days=2)))
    now = NOW + timedelta(days=2)
    async with database.begin() as tx:
        await doubt_old(tx.session, now)
    heads = await database.outbox.heads(now, 9)
    assert [head.uncertain for head in heads] == [True, False]


def _draft(place: Place, **rest: Any) -> Draft:
    return replace(Draft(operation="say", place=place, body={"text": "x"}, at=NOW), **rest)


async def _post(database: Database, *drafts: Draft) -> None:
    async with database.begin() as tx:
        await tx.mailbox.post(drafts, lambda: "token")


async def _deliver(database: Database, message: str) -> None:
    first = (await database.outbox.heads(NOW, 1))[0]
    assert await database.outbox.settle([Settled(first, message=message)], NOW) == []
