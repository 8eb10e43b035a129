"""Whatever JSON a stranger sends, nothing raises, nothing is forged, nothing takes long."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.inbound import event_of, reaction_of
from adapters.matrix.raw import unsealed
from bot.events import (
    AccountChanged,
    Chosen,
    Deleted,
    Edited,
    Event,
    Joined,
    Knocked,
    Left,
    Place,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from tests.adapters.matrix.element import (
    ID,
    MARIE,
    ME,
    OTHER,
    PILL,
    ROOM,
    ROOT,
    event,
    fields,
    html,
    in_thread,
    member,
    old,
    replacing,
    reply_to,
    state,
    text,
    to_me,
    vote,
    where,
)

KINDS = (
    Said,
    Edited,
    Deleted,
    Chosen,
    Reacted,
    Unreacted,
    Joined,
    Left,
    Knocked,
    AccountChanged,
    SpaceChanged,
)
REACTION = {"rel_type": "m.annotation", "event_id": ROOT, "key": "👍"}
WELL_FORMED = [
    event("m.room.message", text("Copain: aide", **html(f"{PILL}: aide") | to_me())),
    event("m.room.message", old(f"> <{ME}> quoi\n\nrien", **reply_to(OTHER))),
    event("m.room.message", text("oui", **in_thread(ROOT, OTHER, fallback=False))),
    event("m.room.message", old("légende", msgtype="m.image", filename="a.png", url="mxc://a/b")),
    event("m.room.message", replacing(OTHER, text("!copain aide"))),
    event("m.room.redaction", {"redacts": OTHER}, redacts=OTHER),
    event("m.reaction", {"m.relates_to": REACTION}),
    vote(ROOT, "1"),
    event(
        "m.poll.response",
        {
            "m.selections": ["0"],
            "m.relates_to": {"rel_type": "m.reference", "event_id": ROOT},
        },
    ),
    member("join"),
    member("join", "join"),
    member("leave", "join"),
    member("knock", "leave"),
    state("m.room.join_rules", {"join_rule": "public"}),
    state("m.room.history_visibility", {"history_visibility": "world_readable"}),
    state("m.room.name", {"name": "Salon"}),
    state("m.room.tombstone", {"replacement_room": "!b:example.org"}),
]
EVENT_KINDS = sorted({raw["type"] for raw in WELL_FORMED})
NASTY = [
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "$",
    "@:",
    ID,
    ROOT,
    OTHER,
    ME,
    MARIE,
    "@a/b:c",
    "join",
    "leave",
    "m.thread",
    "m.replace",
    "m.annotation",
    "m.reference",
    "m.text",
    "m.image",
    "\ue0000\ue000",
    "\ue00099999\ue000 @a:b.c",
    PILL,
    "<mx-reply>",
    '<a href="https://matrix.to/#/%ff%zz">x</a>',
    "> <@a:b>",
    "!copain",
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400), 2**53, -1])
    | st.floats()
    | st.sampled_from(NASTY)
    | st.text(st.characters(codec=None), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NASTY) | st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KNOWN = st.sampled_from([{}, {"dm_of": MARIE}, {"reaction": {OTHER: (ROOT, "👍")}.get}])


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value where something else could stand."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from paths(value[key], (*path, key))
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from paths(each, (*path, index))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A well-formed event with something else in up to three places."""
    raw: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(WELL_FORMED)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(paths(raw), key=repr)))
        inside: Any = raw
        for step in path[:-1]:
            inside = inside[step]
        if draw(st.booleans()) or isinstance(inside, list):
            inside[path[-1]] = draw(VALUES)
        else:
            del inside[path[-1]]
    return raw


def check(found: Event | None, *, private: bool) -> None:
    """Nothing but what this room may tell, in the types that the core declares."""
    if found is None:
        return
    assert isinstance(found, KINDS)
    told = fields(found)
    place, by = told.get("place"), told.get("by")
    assert isinstance(told["id"], str)
    assert place is None or place.key in (f"matrix:/#{ROOM}", f"matrix:example.org/@{MARIE}")
    assert place is None or place.dm is private
    if by is not None:
        assert by.id != ME
        assert by.id == f"{by.id.partition(':')[0]}:{by.tenant}"
        assert Place.of(by.dm.key) == by.dm
        assert told["name"]
    for name in ("id", "message", "thread", "quotes"):
        assert told.get(name) is None or (told[name][0] == "$" and told[name].isprintable())
    if isinstance(found, Said):
        assert found.message == found.id
        assert found.id not in (found.thread, found.quotes)
    elif isinstance(found, Edited | Deleted | Reacted | Unreacted | Chosen):
        assert found.message != found.id
    if isinstance(found, Left):
        assert not found.everywhere
    if isinstance(found, Chosen):
        assert found.option is None or 0 <= found.option < 20


@given(mutated(), KNOWN)
def test_a_broken_event_is_a_whole_one_or_nothing(
    raw: dict[str, Any], known: dict[str, Any]
) -> None:
    before = copy.deepcopy(raw)
    check(event_of(raw, where(**known)), private="dm_of" in known)
    reaction_of(raw)
    assert repr(raw) == repr(before)


@given(st.sampled_from(EVENT_KINDS), VALUES, st.dictionaries(st.sampled_from(NASTY), VALUES), KNOWN)
def test_any_content_is_an_event_or_nothing(
    kind: str, content: Any, rest: dict[str, Any], known: dict[str, Any]
) -> None:
    for raw in (event(kind, content, **rest), state(kind, content, content, **rest), rest):
        check(event_of(raw, where(**known)), private="dm_of" in known)
        reaction_of(raw)


@given(st.sampled_from(WELL_FORMED), VALUES, VALUES, KNOWN)
def test_what_is_decrypted_is_believed_no_more(
    outer: dict[str, Any], kind: Any, content: Any, known: dict[str, Any]
) -> None:
    sealed = outer | {"type": "m.room.encrypted"}
    opened = unsealed(sealed, {"type": kind, "content": content})
    check(event_of(opened, where(**known)), private="dm_of" in known)


@given(st.lists(st.sampled_from([*NASTY, "copain", "Copain", ":", ",", "@", "!", " ", "\n"])))
def test_any_words_are_said_and_none_are_added(parts: list[str]) -> None:
    body = "".join(parts)
    for content in (text(body), old(body), text(body, **to_me() | html(body))):
        found = event_of(event("m.room.message", content), where())
        assert isinstance(found, Said)
        assert found.addressed or found.text == body


@pytest.mark.parametrize("stamp", [-1, 0, 2**53, 10**300])
def test_an_impossible_time_is_brought_within_the_calendar(stamp: int) -> None:
    raw = event("m.room.message", text("bonjour"), origin_server_ts=stamp)
    assert event_of(raw, where()) is not None


@pytest.mark.parametrize("stamp", [None, "1772460000000", 1.5, True, float("nan"), [1]])
def test_without_a_time_there_is_no_event(stamp: object) -> None:
    raw = event("m.room.message", text("bonjour"), origin_server_ts=stamp)
    assert event_of(raw, where()) is None


@pytest.mark.parametrize(
    "sender",
    [None, 5, "", "marie", "@marie", "@marie:", "@m:a/b", "@m m:b", "@" + "m" * 300 + ":b"],
)
def test_without_a_whole_sender_there_is_no_event(sender: object) -> None:
    assert event_of(event("m.room.message", text("bonjour"), sender=sender), where()) is None


# --- What is decrypted ---


SEALED = event(
    "m.room.encrypted",
    {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6q",
        "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
        **in_thread(ROOT, OTHER),
    },
)


def test_a_decrypted_message_is_heard_in_the_thread_it_was_sent_to() -> None:
    inner = {"type": "m.room.message", "room_id": ROOM, "content": text("!copain aide")}
    found = event_of(unsealed(SEALED, inner), where())
    assert isinstance(found, Said)
    assert (found.text, found.thread, found.by.id) == ("aide", ROOT, MARIE)


def test_a_relation_inside_counts_where_none_stands_outside() -> None:
    plain = event("m.room.encrypted", {"ciphertext": "AwgA"})
    inner = {"type": "m.room.message", "content": text("oui", **reply_to(OTHER))}
    assert fields(event_of(unsealed(plain, inner), where()))["quotes"] == OTHER


@pytest.mark.parametrize(
    "forged",
    [
        member("leave", "join", state_key="@nadia:example.org"),
        member("join", state_key="@nadia:example.org"),
        state("m.room.join_rules", {"join_rule": "public"}),
        state("m.room.tombstone", {"replacement_room": "!b:example.org"}),
        event("m.room.redaction", {"redacts": OTHER}, redacts=OTHER),
        event("m.room.message", text("oui"), sender=ME) | {"type": "m.room.redaction"},
    ],
)
def test_who_encrypts_cannot_forge_what_servers_check(forged: dict[str, Any]) -> None:
    assert event_of(unsealed(SEALED, forged), where()) is None


def test_who_encrypts_cannot_speak_for_others_or_at_another_time() -> None:
    forged = event("m.room.message", text("oui"), sender="@nadia:example.org", event_id=OTHER)
    forged |= {"origin_server_ts": 0, "state_key": "", "unsigned": {"redacted_because": {}}}
    told = fields(event_of(unsealed(SEALED, forged), where()))
    assert (told["by"].id, told["id"], told["at"].year) == (MARIE, ID, 2026)


# --- Long texts ---


SIZE = 60_000
LONG: dict[str, Callable[[], dict[str, Any]]] = {
    "spaces": lambda: old(" " * SIZE),
    "ids": lambda: old("@a" * (SIZE // 2)),
    "ids of many dots": lambda: old("@a:" + "a." * (SIZE // 2)),
    "servers": lambda: old("@a:b.c" * (SIZE // 6)),
    "brackets": lambda: old("[" * SIZE),
    "labels": lambda: old("[a" * (SIZE // 2)),
    "names": lambda: text("copain" * (SIZE // 6), **to_me()),
    "names apart": lambda: old("copain " * (SIZE // 7)),
    "anchors": lambda: old("x", **html("<a " * (SIZE // 3))),
    "hrefs": lambda: old("x", **html("<a " + "href='" * (SIZE // 6))),
    "closed hrefs": lambda: old("x", **html("<a href='x' " * (SIZE // 12))),
    "pills": lambda: old("Copain " * 4000, **html(PILL * 600)),
    "pills of many names": lambda: old(
        "x" * (SIZE // 2), **html("".join(PILL.replace("Copain", f"C{n}") for n in range(500)))
    ),
    "replies": lambda: old("x", **html("<mx-reply" * (SIZE // 9))),
    "ends of replies": lambda: old("x", **html("<mx-reply>" + "</mx-reply " * (SIZE // 12))),
    "quotation": lambda: old("> <@a:b>\n" + ">\n" * (SIZE // 3), **reply_to(OTHER)),
    "marks": lambda: old("\ue0001" * (SIZE // 2)),
}


@pytest.mark.parametrize("name", LONG)
def test_the_longest_texts_hold_nobody_up(name: str) -> None:
    # No time is asserted: a pattern that goes back over its text takes minutes here, not a tenth
    # of a second, and stops the run.
    raw = event("m.room.message", LONG[name]())
    assert len(json.dumps(raw["content"], ensure_ascii=False)) < 66_000
    assert isinstance(event_of(raw, where()), Said)
