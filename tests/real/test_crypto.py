"""Encryption on a real homeserver: keys that are kept, that come late, that never come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.events import Said, Unreacted, Unreadable
from bot.messages import Parcel
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.contents import ENCRYPTION, plain
from tests.real.member import Member
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Synapse
from tests.real.test_hostile import V3
from tests.real.test_journey import Person

PICTURE = bytes(range(256)) * 40
SEALED = {"algorithm", "sender_key", "ciphertext", "session_id", "device_id"}
TOKEN = "ca.copain.token"


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, PICTURE) as found:
        yield found


def say(matrix: OnMatrix, text: str, key: str, **changes: Any) -> Parcel:
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    made = Parcel(id=1, token=key, operation="say", place=matrix.room, at=AT, body=body)
    return replace(made, **changes)


def withheld(member: Member, room: str) -> list[dict[str, Any]]:
    """Begins a session whose key reaches nobody; returns the letters that would carry it."""
    olm = member.client.olm
    olm.outbound_group_sessions.pop(room, None)
    letters = []
    users = list(member.client.rooms[room].users)
    for shared_with, letter in olm.share_group_session_parallel(
        room, users, ignore_unverified_devices=True
    ):
        olm.outbound_group_sessions[room].users_shared_with.update(shared_with)
        letters.append(letter)
    olm.outbound_group_sessions[room].mark_as_shared()
    return letters


def posted(synapse: Synapse, member: Member, letters: list[dict[str, Any]]) -> None:
    """The letters leave at last."""
    for number, letter in enumerate(letters):
        path = f"{V3}/sendToDevice/m.room.encrypted/late-{id(letters)}-{number}"
        synapse.request("PUT", path, letter, token=member.login.access_token)


async def test_what_was_sealed_while_the_bot_was_down_is_read_after_a_restart(
    matrix: OnMatrix,
) -> None:
    marie, room = matrix.marie, matrix.room.id
    await matrix.hears("avant")
    await matrix.stop()
    await marie.say(room, "pendant")
    marie.client.olm.outbound_group_sessions.pop(room)
    await marie.say(room, "pendant, avec une autre clé")
    matrix.adapter = matrix.make()
    matrix.start()
    heard = await matrix.hears("après")
    texts = [each.text for each in heard if isinstance(each, Said)]
    assert texts == ["avant", "pendant", "pendant, avec une autre clé"]
    await matrix.adapter.deliver(say(matrix, "me revoici", "r1"))
    assert (await marie.sees(room, "me revoici")).readable


async def test_a_new_device_of_a_member_reads_the_next_message(
    matrix: OnMatrix, synapse: Synapse, tmp_path: Path
) -> None:
    room = matrix.room.id
    await matrix.adapter.deliver(say(matrix, "sur un seul appareil", "n1"))
    await matrix.marie.sees(room, "sur un seul appareil")
    async with Member(synapse.log_in(matrix.marie.login), tmp_path / "phone") as phone:
        await matrix.hears("nouvel appareil")
        await matrix.adapter.deliver(say(matrix, "sur deux appareils", "n2"))
        assert (await phone.sees(room, "sur deux appareils")).readable
        assert (await matrix.marie.sees(room, "sur deux appareils")).readable
        await phone.knows(matrix.bot.user_id)
        await phone.say(room, "du téléphone")
        heard = await matrix.hears("fin")
        assert "du téléphone" in [each.text for each in heard if isinstance(each, Said)]


async def test_a_message_whose_key_comes_late_is_handled_then(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    marie, room = matrix.marie, matrix.room.id
    letters = withheld(marie, room)
    await marie.say(room, "sans clé encore")
    marie.client.olm.outbound_group_sessions.pop(room)
    assert await matrix.hears("plus tard") == []
    posted(synapse, marie, letters)
    heard = await matrix.hears("fin")
    texts = [each.text for each in heard if isinstance(each, Said)]
    assert texts == ["plus tard", "sans clé encore"]


async def test_a_key_that_comes_while_the_bot_is_down_is_used_after(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    marie, room = matrix.marie, matrix.room.id
    letters = withheld(marie, room)
    await marie.say(room, "sans clé encore")
    marie.client.olm.outbound_group_sessions.pop(room)
    await matrix.hears("plus tard")
    await matrix.stop()
    posted(synapse, marie, letters)
    matrix.adapter = matrix.make()
    matrix.start()
    heard = await matrix.hears("fin")
    assert [e.text for e in heard if isinstance(e, Said)].count("sans clé encore") == 1


async def test_nothing_but_the_token_stands_in_clear(matrix: OnMatrix, synapse: Synapse) -> None:
    marie, room = matrix.marie, matrix.room.id
    files = [
        {"name": "lettre.ics", "type": "text/calendar", "sha256": "0" * 64},
        {"name": "image.png", "type": "image/png", "sha256": "0" * 64},
    ]
    body = {"text": "ornithorynque", "buttons": [], "kind": "answer", "files": files}
    first = await matrix.adapter.deliver(say(matrix, "", "s1", body=body)) or ""
    changed = say(matrix, "ornithorynque, corrigé", "s2", operation="edit", target=first)
    await matrix.adapter.deliver(changed)
    options = [{"label": "ornithorynque", "action": "a:1"}, {"label": "Non", "action": "a:2"}]
    asked = {"text": "Ornithorynque?", "kind": "poll", "buttons": options}
    poll = say(matrix, "", "s3", operation="poll", body=asked, thread=first)
    poll_id = await matrix.adapter.deliver(poll) or ""
    await matrix.adapter.deliver(say(matrix, "", "s4", operation="end-poll", target=poll_id))
    await marie.until(lambda: any(each.ended for each in marie.timeline(room)), why="for the end")
    lines = marie.timeline(room)
    assert next(line for line in lines if line.id == first).text == "ornithorynque, corrigé"
    for line in lines:
        if line.file:
            assert await marie.read_file(line) == PICTURE
            sealed = await marie.client.download(line.content["file"]["url"])
            assert sealed.body != PICTURE
    assert sorted(line.file for line in lines if line.file) == ["image.png", "lettre.ics"]
    path, token = f"{V3}/rooms/{room}/messages?dir=b&limit=100", marie.login.access_token
    said = [
        each
        for each in synapse.request("GET", path, token=token)["chunk"]
        if each["sender"] == matrix.bot.user_id and "state_key" not in each
    ]
    assert len(said) >= 6
    for event in said:
        assert event["type"] == "m.room.encrypted"
        assert set(event["content"]) - {"m.relates_to"} == SEALED | {TOKEN}
        assert "rnithorynque" not in json.dumps(event, ensure_ascii=False)


async def test_an_unreadable_message_is_said_once_per_room_with_the_cure(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with community(synapse, people, tmp_path) as made:
        marie, general, bot = made.members["marie"], made.rooms["general"], made.bot.user_id
        person = Person(made, "marie")
        person.dm = await marie.create_dm_with(bot)
        await marie.until(lambda: bot in marie.inside(person.dm), why="for the bot")
        await person.types("aide")
        for _ in range(2):
            for room in (general, person.dm):
                withheld(marie, room)
                await marie.say(room, "!copain aide")
                marie.client.olm.outbound_group_sessions.pop(room)
            # Time passes once the bot has taken the messages in.
            await person.types("aide")
            since = len(made.ears.heard)
            made.clock.advance(timedelta(seconds=60))
            await made.ears.until(lambda e: isinstance(e, Unreadable) and e.place.dm, since)
            await made.house.settle()
        said = [plain(text) for text in marie.texts(general, by=bot)]
        assert sum("Je n'ai pas pu lire un message d'ici" in text for text in said) == 1
        private = [plain(text) for text in marie.texts(person.dm, by=bot)]
        assert sum("Écrivez-le de nouveau" in text for text in private) == 1
        await person.types("aide")


async def test_a_bot_without_encryption_says_nothing_in_a_room_that_has_it(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with community(synapse, people, tmp_path, encrypted=False) as made:
        general, claire, bot = made.rooms["general"], made.members["claire"], made.bot.user_id
        antoine = await settled_in_clear(made)
        await made.pass_until("2026-03-03T10:00")
        since = len(claire.texts(general, by=bot))
        await claire.client.room_put_state(general, ENCRYPTION["type"], ENCRYPTION["content"])
        await made.done(
            claire.redact(general, await clear(claire, general)), Unreacted, by="claire"
        )
        await antoine.types("amorce publier P38")
        await antoine.types("aide")
        await antoine.sees("Voici l'essentiel")
        assert len(claire.texts(general, by=bot)) == since


async def settled_in_clear(made: Community) -> Person:
    """Antoine with a private room that is not encrypted."""
    antoine, bot = Person(made, "antoine"), made.bot.user_id
    antoine.dm = await antoine.client.create_dm_with(bot, encrypted=False)
    await antoine.client.until(lambda: bot in antoine.client.inside(antoine.dm), why="for the bot")
    return antoine


async def clear(claire: Member, room: str) -> str:
    """An event that is not sealed even there: heard, it proves that the room's state was."""
    return await claire.react(room, claire.listening.events[room][0]["event_id"], "x")
