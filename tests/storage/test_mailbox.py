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
from storage.mailbox import forget_old
from storage.outbox import begin_anew, doubt_old
from storage.privacy import Traces, erase_traces
from storage.spaces import take_back

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


async def test_a_window_of_a_form_that_has_ended_does_not_open(database: Database) -> None:
    await _post(database, replace(_draft(MARIE, name="form:1"), operation="form"))
    async with database.begin() as tx:
        await tx.mailbox.end_buttons("form:1")
    assert await database.outbox.heads(NOW, 9) == []


async def test_what_stands_and_is_not_noted_yet_is_found_by_its_token(database: Database) -> None:
    async with database.begin() as tx:
        await tx.mailbox.post([_draft(ROOM, name="prompt:1")], lambda: "t1")
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(ROOM, "m1", token="t1")
        assert receipt is not None
        assert (receipt.name, receipt.message) == ("prompt:1", "m1")
        assert await tx.mailbox.receipt(ROOM, "m1", token="t2") is None
        assert await tx.mailbox.receipt(OTHER, "m1", token="t1") is None
    await _deliver(database, "m1")
    async with database.reading() as tx:
        assert await tx.mailbox.receipt(ROOM, "m2", token="t1") is None


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


async def test_a_whisper_is_known_to_whom_it_was_for_alone(database: Database) -> None:
    await _post(database, _whisper(buttons=({"action": "home"},)))
    [head] = await database.outbox.heads(NOW, 9)
    assert (head.operation, head.place) == ("whisper", ROOM)
    await _deliver(database, "w1")
    async with database.reading() as tx:
        there = await tx.mailbox.receipt(ROOM, "w1", by=MARIE.account)
        assert there is not None
        assert (there.place, there.buttons) == (ROOM, ({"action": "home"},))
        private = await tx.mailbox.receipt(MARIE, "w1")
        assert private is not None, "where it could not be whispered, it was said in private"
        assert private.place == MARIE
        assert await tx.mailbox.receipt(ROOM, "w1", by=Account("slack", "T1", "U2")) is None
        assert await tx.mailbox.receipt(ROOM, "w1") is None
        assert await tx.mailbox.newest_with_buttons(MARIE) is None
        assert await tx.mailbox.newest_with_buttons(ROOM) is None


async def test_a_whisper_without_buttons_leaves_no_row_and_one_with_them_a_week(
    database: Database,
) -> None:
    await _post(database, _whisper(), _whisper(buttons=({"action": "home"},)))
    await _deliver(database, "w1")
    await _deliver(database, "w2")
    assert await _waiting_and_kept(database) == ["whisper"]
    for days, kept in ((7, ["whisper"]), (8, [])):
        async with database.begin() as tx:
            await forget_old(tx.session, NOW + timedelta(days=days))
        assert await _waiting_and_kept(database) == kept


async def test_what_somebody_was_whispered_is_erased_with_them(database: Database) -> None:
    button = ({"action": "home"},)
    await _post(database, _whisper(buttons=button), _draft(MARIE, operation="form"), _draft(ROOM))
    await _deliver(database, "w1")
    async with database.begin() as tx:
        await erase_traces(tx.session, Traces(accounts=(MARIE.account,)))
    assert await _waiting_and_kept(database) == ["say"]


async def test_a_form_that_opened_leaves_no_row_and_one_said_instead_has_its_button(
    database: Database,
) -> None:
    button = ({"action": "form.open:1"},)
    form = _draft(MARIE, operation="form", name="form:1", buttons=button)
    await _post(database, form, form)
    [first] = await database.outbox.heads(NOW, 9)
    await database.outbox.settle([Settled(first)], NOW)
    await _deliver(database, "m2")
    assert await _waiting_and_kept(database) == ["form"]
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(MARIE, "m2")
        assert receipt is not None
        assert (receipt.place, receipt.name) == (MARIE, "form:1")
        assert receipt.buttons == button


async def test_a_reply_in_a_thread_knows_that_thread_once_it_stands(database: Database) -> None:
    await _post(database, _draft(ROOM, name="card:1"), _draft(ROOM, thread_of="card:1"))
    await _deliver(database, "m1")
    await _deliver(database, "m2")
    async with database.reading() as tx:
        receipt = await tx.mailbox.receipt(ROOM, "m2")
        assert receipt is not None
        assert receipt.thread == "m1"


async def test_at_a_start_whispers_are_dropped_and_what_may_stand_is_looked_for(
    database: Database,
) -> None:
    await _post(
        database,
        _draft(ROOM),
        _whisper(buttons=({"action": "home"},)),
        _draft(MARIE, operation="form"),
        _draft(OTHER),
        _draft(ROOM, name="sent"),
    )
    first = (await database.outbox.heads(NOW, 1))[0]
    await database.outbox.settle([Settled(first, "m1")], NOW)
    async with database.begin() as tx:
        await begin_anew(tx.session, forgetful=["slack"])
    heads = await database.outbox.heads(NOW, 9)
    found = [(head.place, head.operation, head.uncertain) for head in heads]
    assert found == [(MARIE, "form", True), (OTHER, "say", False), (ROOM, "say", True)]
    async with database.reading() as tx:
        assert await tx.mailbox.receipt(ROOM, "m1") is not None


async def test_nothing_is_whispered_in_a_space_that_stopped_meanwhile(database: Database) -> None:
    await _post(database, _whisper(), _draft(MARIE), _draft(ROOM))
    async with database.begin() as tx:
        await take_back(tx.session, Place("slack", "T1", "C2"), NOW)
    assert len(await database.outbox.heads(NOW, 9)) == 3
    async with database.begin() as tx:
        await take_back(tx.session, ROOM, NOW)
    [head] = await database.outbox.heads(NOW, 9)
    assert head.place == MARIE


def _whisper(**rest: Any) -> Draft:
    body = {"text": "x", "to": MARIE.account.id}
    return _draft(ROOM, operation="whisper", body=body, to=MARIE.account, **rest)


async def _waiting_and_kept(database: Database) -> list[str]:
    async with database.reading() as tx:
        rows = await tx.session.execute(text("SELECT operation FROM outbox ORDER BY id"))
        return [row[0] for row in rows]


def _draft(place: Place, **rest: Any) -> Draft:
    return replace(Draft(operation="say", place=place, body={"text": "x"}, at=NOW), **rest)


async def _post(database: Database, *drafts: Draft) -> None:
    async with database.begin() as tx:
        await tx.mailbox.post(drafts, lambda: "token")


async def _deliver(database: Database, message: str) -> None:
    first = (await database.outbox.heads(NOW, 1))[0]
    assert await database.outbox.settle([Settled(first, message=message)], NOW) == []
