"""A hostile room: what strangers, members and servers can put there, and the bot goes on.

Whatever came, the proof is the same: nothing but what it means was told, and the next ordinary
message is heard.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.events import Event, Said
from bot.messages import Parcel
from tests.real.member import Member
from tests.real.seen import AT, OnMatrix, on_matrix
from tests.real.synapse import Login, Refused, Synapse

V3 = "/_matrix/client/v3"
_NUMBERS = count(1)


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[OnMatrix]:
    async with on_matrix(synapse, tmp_path, b"BEGIN") as found:
        yield found


def put(synapse: Synapse, by: Login, room: str, kind: str, content: Any) -> str:
    """Sends an event as it is, with no client between; its id, or "" when the server refuses it."""
    path = f"{V3}/rooms/{room}/send/{kind}/hostile-{next(_NUMBERS)}"
    try:
        return str(synapse.request("PUT", path, content, token=by.access_token)["event_id"])
    except Refused:
        return ""


def sealed(member: Member, room: str, plaintext: str) -> dict[str, Any]:
    """Whatever a member's modified client seals with a key that the bot has."""
    olm = member.client.olm
    session = olm.outbound_group_sessions[room]
    return {
        "algorithm": "m.megolm.v1.aes-sha2",
        "sender_key": olm.account.identity_keys["curve25519"],
        "ciphertext": session.encrypt(plaintext),
        "session_id": session.id,
        "device_id": member.client.device_id,
    }


def to_device(synapse: Synapse, by: Login, bot: Login, kind: str, content: Any) -> None:
    """Sends the bot's device a message, as anybody on any homeserver can."""
    path = f"{V3}/sendToDevice/{kind}/hostile-{next(_NUMBERS)}"
    asked = {"messages": {bot.user_id: {"*": content}}}
    synapse.request("PUT", path, asked, token=by.access_token)


def texts(heard: list[Event]) -> list[str]:
    return [each.text for each in heard if isinstance(each, Said)]


async def test_nothing_that_strangers_send_to_the_device_stops_the_bot(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    bot, stranger = matrix.bot, matrix.nadia
    own = matrix.adapter._client.olm.account.identity_keys["curve25519"]  # noqa: SLF001
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": own}
    for body in ({"type": 0, "body": "%%%"}, {"type": 1, "body": "é"}, {"type": 0}, {"type": 7}, 5):
        to_device(synapse, stranger, bot, "m.room.encrypted", {**olm, "ciphertext": {own: body}})
    for key in ("", "x", "A" * 43, "é" * 43):
        bad = {**olm, "sender_key": key, "ciphertext": {own: {"type": 0, "body": "AwogAAAA"}}}
        to_device(synapse, stranger, bot, "m.room.encrypted", bad)
    for kind in (
        "m.room.encrypted",
        "m.room_key",
        "m.room_key_request",
        "m.forwarded_room_key",
        "m.dummy",
        "m.key.verification.request",
        "m.key.verification.start",
        "m.key.verification.accept",
        "m.key.verification.key",
        "m.key.verification.mac",
        "m.key.verification.cancel",
    ):
        for content in FORGED_TO_DEVICE:
            to_device(synapse, stranger, bot, kind, content)
    assert await matrix.hears("fin") == []


FORGED_TO_DEVICE: tuple[dict[str, Any], ...] = (
    {},
    {"algorithm": 5, "ciphertext": [], "sender_key": None},
    {
        "transaction_id": "t",
        "from_device": "D",
        "method": "m.sas.v1",
        "key_agreement_protocols": ["curve25519"],
        "hashes": [],
        "hash": "",
        "message_authentication_codes": ["x"],
        "short_authentication_string": [],
        "key": "%",
        "mac": {"a": "b"},
        "keys": "k",
        "code": "c",
        "reason": "r",
        "commitment": "é",
        "timestamp": -1,
        "methods": [5],
    },
    {
        "action": "request",
        "request_id": "r",
        "requesting_device_id": "D",
        "body": {
            "algorithm": "m.megolm.v1.aes-sha2",
            "room_id": "!r:localhost",
            "sender_key": "k",
            "session_id": "s",
        },
    },
)


def inner(kind: str, content: Any, **more: Any) -> str:
    return json.dumps({"type": kind, "content": content, "room_id": "ROOM", **more})


async def test_what_is_sealed_is_believed_no_more_than_what_is_open(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    marie, room = matrix.marie, matrix.room.id
    them = {"membership": "leave"}
    annotation = {"rel_type": "m.annotation", "event_id": "$x"}
    forged = [
        "[" * 20_000,
        "9" * 5_000,
        "5",
        "null",
        "[]",
        "\u0000",
        '{"type": "m.room.message"}',
        '{"type": "m.room.message", "content": 5, "room_id": "ROOM"}',
        '{"type": 5, "content": {}, "room_id": "ROOM"}',
        inner("m.room.member", them, state_key=marie.id, sender=matrix.bot.user_id),
        inner("m.room.redaction", {"redacts": "$x"}, redacts="$x"),
        inner("m.room.join_rules", {"join_rule": "public"}, state_key=""),
        inner("m.room.tombstone", {"body": "x", "replacement_room": "!x:y"}, state_key=""),
        inner("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"}),
        inner("m.room.message", {"msgtype": "m.text", "body": ["x"]}),
        inner("m.room.message", {"msgtype": "m.text", "body": "\ud800 sans moitié"}),
        inner("m.reaction", {"m.relates_to": {**annotation, "key": "\ud800"}}),
        inner("m.reaction", {"m.relates_to": {**annotation, "key": "\u0000"}}),
        inner("m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": "y"}),
    ]
    spoken = [
        inner("m.room.message", {"msgtype": "m.text", "body": "nul \u0000"}),
        inner(
            "m.room.message",
            {"msgtype": "m.text", "body": "moi"},
            sender=matrix.bot.user_id,
            event_id="$forged",
            origin_server_ts=0,
        ),
    ]
    for plaintext in (*forged, *spoken):
        content = sealed(marie, room, plaintext.replace("ROOM", room))
        assert put(synapse, marie.login, room, "m.room.encrypted", content), plaintext[:50]
    heard = await matrix.hears("fin")
    assert len(texts(heard)) == len(heard)
    assert [each.by for each in heard] == [matrix.account("marie")] * len(heard)  # type: ignore[union-attr]
    assert all(each.id != "$forged" for each in heard)
    assert texts(heard)[-2:] == ["nul \0", "moi"]


async def test_sealed_events_of_the_wrong_shape_are_nothing(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    marie, room = matrix.marie, matrix.room.id
    right = sealed(marie, room, inner("m.room.message", {"msgtype": "m.text", "body": "un"}))
    wrong: list[Mapping[str, Any]] = [
        {},
        {"algorithm": "m.megolm.v1.aes-sha2"},
        {**right, "ciphertext": "%%%"},
        {**right, "ciphertext": 5},
        {**right, "session_id": ""},
        {**right, "session_id": ["x"]},
        {**right, "sender_key": ""},
        {**right, "device_id": None},
        {**right, "algorithm": "m.olm.v1.curve25519-aes-sha2"},
    ]
    for content in wrong:
        put(synapse, marie.login, room, "m.room.encrypted", dict(content))
    assert await matrix.hears("fin") == []


ODD: tuple[Any, ...] = (5, None, [], {}, ["x"], {"a": {"b": 1}}, "", "x" * 300, "<b>&\u202e", True)


async def test_odd_state_of_every_kind_stops_nothing(matrix: OnMatrix, synapse: Synapse) -> None:
    marie, room, taken = matrix.marie, matrix.room.id, 0
    fields = {
        "m.room.name": "name",
        "m.room.topic": "topic",
        "m.room.avatar": "url",
        "m.room.canonical_alias": "alias",
        "m.room.history_visibility": "history_visibility",
        "m.room.guest_access": "guest_access",
        "m.room.encryption": "algorithm",
        "m.room.tombstone": "body",
        "m.room.pinned_events": "pinned",
        "m.room.server_acl": "allow_ip_literals",
        "m.space.child": "via",
        "im.vector.modular.widgets": "type",
    }
    for kind, field in fields.items():
        for odd in ODD:
            path = f"{V3}/rooms/{room}/state/{kind}/"
            try:
                synapse.request("PUT", path, {field: odd}, token=marie.login.access_token)
                taken += 1
            except Refused:
                continue
    mine = f"{V3}/rooms/{room}/state/m.room.member/{marie.id}"
    for odd in ODD:
        for field in ("displayname", "avatar_url", "reason", "is_direct", "third_party_invite"):
            said = {"membership": "join", field: odd}
            try:
                synapse.request("PUT", mine, said, token=marie.login.access_token)
                taken += 1
            except Refused:
                continue
    assert taken > 60, "the server let too little through to prove anything"
    heard = await matrix.hears("fin")
    assert not any(isinstance(each, Said) for each in heard)
    await matrix.restart()
    await matrix.adapter.caught_up()
    await matrix.hears("encore")
    parcel = Parcel(
        id=1,
        token="t1",
        operation="say",
        place=matrix.room,
        at=AT,
        body={"text": "toujours là", "buttons": [], "kind": "answer", "files": []},
    )
    await matrix.adapter.deliver(parcel)
    line = await marie.sees(room, "toujours là")
    raw = synapse.request(
        "GET", f"{V3}/rooms/{room}/event/{line.id}", token=marie.login.access_token
    )
    assert raw["type"] == "m.room.encrypted", "no state of a room opens what was closed"


def words(matrix: OnMatrix, text: str, token: str) -> Parcel:
    """What only marie may read."""
    body = {"text": text, "buttons": [], "kind": "answer", "files": []}
    place = matrix.account("marie").dm
    return Parcel(id=1, token=token, operation="say", place=place, at=AT, body=body)


def members(synapse: Synapse, room: str, by: Login) -> set[str]:
    """Who is in a room or invited to it."""
    found = synapse.request("GET", f"{V3}/rooms/{room}/members", token=by.access_token)
    there = (each for each in found["chunk"] if each["content"]["membership"] in ("join", "invite"))
    return {each["state_key"] for each in there}


@pytest.mark.parametrize("how", ["invited", "inside", "odd name", "redacted"])
async def test_a_private_room_that_somebody_else_entered_is_private_no_more(
    matrix: OnMatrix, synapse: Synapse, how: str
) -> None:
    marie, third = matrix.marie, matrix.nadia
    await matrix.adapter.deliver(words(matrix, "entre nous", "t1"))
    room = await marie.dm(matrix.bot.user_id)
    await marie.sees(room, "entre nous")
    await marie.invite(room, third.user_id)
    token, mine = third.access_token, f"{V3}/rooms/{room}/state/m.room.member/{third.user_id}"
    if how != "invited":
        synapse.request("POST", f"{V3}/join/{room}", {}, token=token)
    if how == "odd name":
        synapse.request("PUT", mine, {"membership": "join", "displayname": {"a": 5}}, token=token)
    if how == "redacted":
        state = synapse.request("GET", f"{V3}/rooms/{room}/members", token=token)["chunk"]
        event = next(each["event_id"] for each in state if each["state_key"] == third.user_id)
        synapse.request("PUT", f"{V3}/rooms/{room}/redact/{event}/r1", {}, token=token)
    await matrix.hears("fait")
    if how in ("odd name", "redacted"):
        await matrix.restart()
        await matrix.adapter.caught_up()
    await matrix.adapter.deliver(words(matrix, "secret", "t2"))
    other = await marie.accept(of=matrix.bot.user_id)
    await marie.sees(other, "secret")
    assert members(synapse, other, marie.login) == {marie.id, matrix.bot.user_id}
    assert not [line for line in marie.timeline(room) if "secret" in line.text]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("m.room.join_rules", {"join_rule": "public"}),
        ("m.room.history_visibility", {"history_visibility": "world_readable"}),
    ],
)
async def test_a_private_room_opened_to_all_is_private_no_more(
    matrix: OnMatrix, synapse: Synapse, kind: str, content: dict[str, Any]
) -> None:
    marie = matrix.marie
    room = await marie.create_dm_with(matrix.bot.user_id)
    await marie.until(lambda: matrix.bot.user_id in marie.inside(room), why="for the bot")
    await matrix.hears("vous voilà")
    await matrix.adapter.deliver(words(matrix, "entre nous", "t1"))
    await marie.sees(room, "entre nous")
    await marie.client.room_put_state(room, kind, content)
    await matrix.hears("fait")
    await matrix.adapter.deliver(words(matrix, "secret", "t2"))
    other = await marie.accept(of=matrix.bot.user_id)
    await marie.sees(other, "secret")
    assert not [line for line in marie.timeline(room) if "secret" in line.text]


async def test_who_left_their_private_room_is_asked_back_once(
    matrix: OnMatrix, synapse: Synapse
) -> None:
    marie = matrix.marie
    await matrix.adapter.deliver(words(matrix, "un", "t1"))
    room = await marie.dm(matrix.bot.user_id)
    await marie.sees(room, "un")
    await marie.leave(room)
    await matrix.hears("partie")
    for number in range(3):
        await matrix.adapter.deliver(words(matrix, f"message {number}", f"m{number}"))
    assert await marie.accept(of=matrix.bot.user_id) == room
    for number in range(3):
        await marie.sees(room, f"message {number}")
    history = synapse.request(
        "GET", f"{V3}/rooms/{room}/messages?dir=b&limit=100", token=marie.login.access_token
    )
    asked = [
        each
        for each in history["chunk"]
        if each.get("state_key") == marie.id and each["content"].get("membership") == "invite"
    ]
    assert len(asked) == 2, "one when the room was made, one to ask back in"
