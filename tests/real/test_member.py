"""The people of these tests see what an Element would: asked of them before the bot is there."""

from __future__ import annotations

from tests.real.conftest import People
from tests.real.member import Member

POLL = {
    "org.matrix.msc3381.poll.start": {
        "question": {"org.matrix.msc1767.text": "Quel jour?"},
        "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": 1,
        "answers": [
            {"id": "1", "org.matrix.msc1767.text": "Lundi"},
            {"id": "2", "org.matrix.msc1767.text": "Mardi"},
        ],
    }
}


async def together(people: People, *, encrypted: bool = True) -> tuple[Member, Member, str]:
    marie, lea = await people("marie"), await people("lea")
    room = await marie.make_room("Général", lea.id, encrypted=encrypted)
    await lea.accept(room)
    await marie.until(lambda: lea.id in marie.inside(room))
    return marie, lea, room


async def test_what_is_said_in_an_encrypted_room_is_read_with_its_thread(people: People) -> None:
    marie, lea, room = await together(people)
    root = await marie.say(room, "Bonjour à toutes")
    await lea.sees(room, "Bonjour à toutes")
    await lea.in_thread(room, root, "Bonjour Marie")
    answer = await marie.sees(room, "Bonjour Marie", by=lea.id)
    assert (answer.thread, answer.quotes, answer.readable) == (root, None, True)
    sent = await marie.listening.client.room_get_event(room, root)
    assert sent.event.source["type"] == "m.room.message", "her own client can read it again"


async def test_a_quoting_reply_repeats_what_it_answers(people: People) -> None:
    marie, lea, room = await together(people)
    asked = await marie.say(room, "Qui vient?\nDemain")
    await lea.reply(room, asked, "Moi")
    answer = await marie.sees(room, "Moi")
    assert answer.quotes == asked
    assert answer.text == f"> <{marie.id}> Qui vient?\n> Demain\n\nMoi"
    assert answer.html.endswith("</mx-reply>Moi")


async def test_edits_reactions_and_deletions_change_what_stands(people: People) -> None:
    marie, lea, room = await together(people)
    first, second = await marie.say(room, "un"), await marie.say(room, "deux")
    await lea.sees(room, "deux")
    await marie.edit(room, first, "Un!")
    await lea.react(room, first, "👍")
    await lea.react(room, first, "✅")
    await marie.redact(room, second)
    await lea.until(lambda: lea.texts(room) == ["Un!"])
    await lea.until(lambda: "✅" in lea.timeline(room)[0].reactions)
    await lea.unreact(room, first, "👍")
    await marie.until(lambda: marie.timeline(room)[0].reactions == {"✅": [lea.id]})
    assert marie.timeline(room)[0].edited


async def test_the_last_vote_in_a_poll_counts(people: People) -> None:
    marie, lea, room = await together(people)
    poll = await marie.send(room, "org.matrix.msc3381.poll.start", POLL)
    question = await lea.sees(room, "Quel jour?")
    assert question.options == [("1", "Lundi"), ("2", "Mardi")]
    await lea.vote(room, poll, "Lundi")
    await lea.vote(room, poll, 1)
    await marie.until(lambda: marie.timeline(room)[0].votes == {lea.id: ("2",)})


async def test_a_file_is_read_as_it_was_shared(people: People) -> None:
    for encrypted in (True, False):
        marie, lea, room = await together(people, encrypted=encrypted)
        await marie.upload(room, "date.ics", b"BEGIN", caption="Voici")
        shared = await lea.sees(room, "Voici")
        assert shared.file == "date.ics"
        assert await lea.read_file(shared) == b"BEGIN"
        assert ("file" in shared.content) is encrypted


async def test_a_direct_conversation_is_found_again(people: People) -> None:
    marie, lea = await people("marie"), await people("lea")
    room = await marie.create_dm_with(lea.id)
    assert await lea.dm(marie.id) == room
    assert await marie.dm(lea.id) == room
    await lea.say(room, "allo")
    await marie.sees(room, "allo")
