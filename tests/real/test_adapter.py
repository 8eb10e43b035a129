"""What only a real homeserver shows of the Matrix adapter: what it hears, and is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Rejected, RetryLater
from bot.events import Chosen, Deleted, Edited, Reacted, Said, Unreacted
from bot.markup import escape
from bot.messages import Parcel
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Synapse

HOSTILE = "<b>gras</b> @room **fort** [lien](https://exemple.org) `code` # titre"


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"BEGIN") as found:
        yield found


def say(matrix: OnMatrix, text: str, key: str = "a1", **changes: Any) -> Parcel:
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    made = Parcel(id=1, token=key, operation="say", place=matrix.room, at=AT, body=body)
    return replace(made, **changes)


async def test_each_act_of_a_person_is_one_kind_of_event(matrix: OnMatrix) -> None:
    marie, room = matrix.marie, matrix.room.id
    root = await matrix.adapter.deliver(say(matrix, "Qui vient?")) or ""
    await marie.sees(room, "Qui vient?")
    said = await marie.in_thread(room, root, "moi")
    await marie.edit(room, said, "moi aussi")
    await marie.react(room, root, "✅")
    await marie.listening.event(room, (await _last(matrix, "m.reaction"))["event_id"])
    await marie.unreact(room, root, "✅")
    await marie.reply(room, root, "peut-être")
    await marie.redact(room, said)
    heard = await matrix.hears("fin")
    assert [type(each) for each in heard] == [Said, Edited, Reacted, Unreacted, Said, Deleted]
    thread, reply = heard[0], heard[4]
    assert isinstance(thread, Said)
    assert isinstance(reply, Said)
    assert (thread.text, thread.thread, thread.quotes, thread.message) == ("moi", root, None, said)
    assert (reply.text, reply.quotes, reply.thread) == ("peut-être", root, None)
    assert {getattr(each, "by", None) for each in heard} == {matrix.account("marie")}


async def test_a_vote_in_the_bots_poll_is_a_choice(matrix: OnMatrix) -> None:
    root = await matrix.adapter.deliver(say(matrix, "Quel jour?")) or ""
    options = [{"label": "Lundi", "action": "a:1"}, {"label": "Mardi", "action": "a:2"}]
    body = {"text": "Quel jour?", "kind": "poll", "buttons": options}
    parcel = say(matrix, "", "b2", operation="poll", body=body, thread=root)
    poll = await matrix.adapter.deliver(parcel) or ""
    room = matrix.room.id
    await matrix.marie.listening.event(room, poll)
    await matrix.marie.vote(room, poll, "Mardi")
    await matrix.marie.vote(room, poll, None)
    heard = await matrix.hears("fin")
    assert [(type(e), getattr(e, "message", ""), getattr(e, "option", "")) for e in heard] == [
        (Chosen, poll, 1),
        (Chosen, poll, None),
    ]


async def test_what_the_bot_says_and_does_itself_is_no_event(matrix: OnMatrix) -> None:
    root = await matrix.adapter.deliver(say(matrix, "un")) or ""
    changes = {"body": {"text": "deux", "buttons": [], "emoji": "✅"}, "target": root}
    for number, operation in enumerate(("edit", "react", "unreact", "remove")):
        await matrix.adapter.deliver(say(matrix, "", f"c{number}", operation=operation, **changes))
    assert await matrix.hears("fin") == []


async def test_what_people_typed_is_never_markup_nor_calls_the_room(matrix: OnMatrix) -> None:
    await matrix.adapter.deliver(say(matrix, escape(HOSTILE)))
    line = await matrix.marie.sees(matrix.room.id, "titre")
    assert line.content["m.mentions"] == {}
    for tag in ("<b>", "<strong>", "<a ", "<code>", "<h1>"):
        assert tag not in line.html
    assert "**fort**" in line.text
    assert "@room" not in line.text, "clients that know no m.mentions look for these letters"


async def test_a_room_that_forbids_is_a_refusal_and_keeps_no_other_back(matrix: OnMatrix) -> None:
    marie, room = matrix.marie, matrix.room.id
    levels = {"events_default": 60, "users": {marie.id: 100, matrix.bot.user_id: 50}}
    await marie.client.room_put_state(room, "m.room.power_levels", levels)
    with pytest.raises(Rejected):
        await matrix.adapter.deliver(say(matrix, "un"))
    await matrix.adapter.deliver(say(matrix, "deux", "b2", place=matrix.account("marie").dm))
    assert len(await matrix.seen(matrix.account("marie").dm)) == 1


async def test_the_limit_of_the_account_asks_for_patience_with_everything(tmp_path: Path) -> None:
    narrow = Synapse(tmp_path / "synapse", "rc_message: {per_second: 0.5, burst_count: 4}\n")
    narrow.start()
    try:
        async with on_matrix(narrow, tmp_path, b"") as matrix:

            async def hasty() -> None:
                for number in range(8):
                    await matrix.adapter.deliver(say(matrix, "un", f"t{number}"))

            with pytest.raises(RetryLater) as refused:
                await hasty()
            assert refused.value.whole
            assert 0 < refused.value.after < 60
    finally:
        narrow.stop()


async def _last(matrix: OnMatrix, kind: str) -> dict[str, Any]:
    """The newest event of that kind, as soon as marie sees it."""

    def look() -> dict[str, Any] | None:
        seen = reversed(matrix.marie.listening.events[matrix.room.id])
        return next((each for each in seen if each["type"] == kind), None)

    found = await matrix.marie.until(look)
    assert found is not None
    return found
