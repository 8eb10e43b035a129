"""Who comes, goes and knocks, and what becomes of the room itself [PV-4, SE-3]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.matrix.inbound import account, event_of, openness, room
from bot.events import (
    AccountChanged,
    Joined,
    Knocked,
    Left,
    SpaceChanged,
)
from tests.adapters.matrix.element import (
    AT,
    ID,
    MARIE,
    ME,
    ROOM,
    fields,
    member,
    state,
    text,
    where,
)

BY = account(MARIE)
WHO: dict[str, Any] = {
    "id": ID,
    "at": AT,
    "place": room(ROOM),
    "by": BY,
    "name": "Marie Gagnon",
}


# --- Who is in the room ---


@pytest.mark.parametrize("before", [None, "invite", "leave", "knock", "ban"])
def test_who_was_not_in_the_room_joins(before: str | None) -> None:
    assert event_of(member("join", before), where()) == Joined(**WHO)


@pytest.mark.parametrize("now", ["leave", "ban"])
def test_who_was_in_the_room_leaves_whoever_did_it(now: str) -> None:
    assert event_of(member(now, "join"), where()) == Left(**WHO)
    thrown_out = member(now, "join", sender="@antoine:example.org")
    assert event_of(thrown_out, where()) == Left(**WHO)


@pytest.mark.parametrize("before", [None, "invite", "leave", "knock", "ban"])
def test_who_was_not_in_the_room_does_not_leave(before: str | None) -> None:
    assert event_of(member("leave", before), where()) is None


def test_who_knocks_knocks_once() -> None:
    assert event_of(member("knock"), where()) == Knocked(**WHO)
    assert event_of(member("knock", "leave"), where()) == Knocked(**WHO)
    assert event_of(member("knock", "knock"), where()) is None


def test_an_invitation_is_nothing() -> None:
    assert event_of(member("invite"), where()) is None


def test_the_newcomer_is_named_as_their_membership_says() -> None:
    raw = member("join")
    raw["content"]["displayname"] = "Nadia\n Roy "
    assert fields(event_of(raw, where()))["name"] == "Nadia Roy"
    raw["content"]["displayname"] = None
    assert fields(event_of(raw, where()))["name"] == "Marie Gagnon"


@pytest.mark.parametrize(("shown", "name"), [("Nadia Roy", "Nadia Roy"), (None, "marie")])
def test_a_new_name_changes_the_account(shown: str | None, name: str) -> None:
    raw = member("join", "join")
    raw["content"]["displayname"] = shown
    assert event_of(raw, where()) == AccountChanged(id=ID, at=AT, by=BY, name=name)
    assert event_of(raw, where(dm_of=MARIE)) == AccountChanged(id=ID, at=AT, by=BY, name=name)


def test_a_new_portrait_is_nothing() -> None:
    raw = member("join", "join")
    raw["content"]["avatar_url"] = "mxc://example.org/new"
    assert event_of(raw, where()) is None


def test_the_bots_own_coming_and_going_is_nothing() -> None:
    for raw in (member("join"), member("leave", "join"), member("ban", "join")):
        assert event_of(raw | {"state_key": ME}, where()) is None


@pytest.mark.parametrize(("now", "before"), [("join", None), ("leave", "join"), ("knock", None)])
def test_a_private_room_is_no_space_to_enter_or_leave(now: str, before: str | None) -> None:
    assert event_of(member(now, before), where(dm_of=MARIE)) is None


@pytest.mark.parametrize("user", ["marie", "@marie", "@marie:", "", 5, None, "@m\x00:example.org"])
def test_a_membership_of_nobody_is_nothing(user: object) -> None:
    assert event_of(member("join", state_key=user), where()) is None


# --- The room itself ---


def changed(raw: dict[str, Any], **known: Any) -> tuple[str, str] | None:
    found = event_of(raw, where(**known))
    if found is None:
        return None
    assert isinstance(found, SpaceChanged)
    assert replace(found, change="", title="") == SpaceChanged(
        id=ID, at=AT, place=room(ROOM), change=""
    )
    return found.change, found.title


@pytest.mark.parametrize(
    ("rule", "history", "expected"),
    [
        ("public", "shared", "public"),
        ("public", "", "public"),
        ("invite", "shared", "private"),
        ("knock", "joined", "private"),
        ("restricted", "invited", "private"),
        ("", "", "private"),
        ("invite", "world_readable", "public"),
        ("public", "world_readable", "public"),
    ],
)
def test_a_room_is_public_when_anybody_may_enter_or_read(
    rule: str, history: str, expected: str
) -> None:
    assert openness(rule, history) == expected
    rules = state("m.room.join_rules", {"join_rule": rule}, {"join_rule": "invite"})
    assert changed(rules, history=history) == (expected, "")
    visibility = state("m.room.history_visibility", {"history_visibility": history})
    assert changed(visibility, join_rule=rule) == (expected, "")


def test_a_closed_history_does_not_close_a_room_that_all_may_enter() -> None:
    raw = state("m.room.history_visibility", {"history_visibility": "joined"})
    assert changed(raw, join_rule="public") == ("public", "")


def test_a_new_name_renames_the_room() -> None:
    assert changed(state("m.room.name", {"name": "Salon\n du  nord"})) == (
        "renamed",
        "Salon du nord",
    )


@pytest.mark.parametrize("content", [{}, {"name": ""}, {"name": " \x00"}, {"name": ["Salon"]}])
def test_a_room_without_a_name_keeps_the_one_it_had(content: dict[str, Any]) -> None:
    assert changed(state("m.room.name", content)) is None


def test_a_room_that_moved_elsewhere_is_archived() -> None:
    content = {"body": "This room has been replaced", "replacement_room": "!new:example.org"}
    assert changed(state("m.room.tombstone", content)) == ("archived", "")


def test_a_redacted_move_is_none_and_a_redacted_rule_stays_in_force() -> None:
    why = {"redacted_because": {"type": "m.room.redaction", "content": {}}}
    assert changed(state("m.room.tombstone", {}, unsigned=why)) is None
    rules = state("m.room.join_rules", {"join_rule": "public"}, unsigned=why)
    assert changed(rules) == ("public", "")


def test_guests_alone_change_nothing() -> None:
    assert changed(state("m.room.guest_access", {"guest_access": "can_join"})) is None


STATES = [
    state("m.room.join_rules", {"join_rule": "public"}),
    state("m.room.history_visibility", {"history_visibility": "world_readable"}),
    state("m.room.name", {"name": "Salon"}),
    state("m.room.tombstone", {"replacement_room": "!b:example.org"}),
]


@pytest.mark.parametrize("raw", STATES)
def test_a_private_room_is_no_space_that_changes(raw: dict[str, Any]) -> None:
    assert event_of(raw, where(dm_of=MARIE)) is None


@pytest.mark.parametrize("raw", [*STATES, member("join"), member("leave", "join")])
def test_a_message_that_bears_the_name_of_a_state_changes_nothing(raw: dict[str, Any]) -> None:
    forged = {key: value for key, value in raw.items() if key != "state_key"}
    assert event_of(forged, where()) is None


@pytest.mark.parametrize("raw", STATES)
def test_the_state_of_something_else_is_nothing(raw: dict[str, Any]) -> None:
    assert event_of(raw | {"state_key": MARIE}, where()) is None
    assert event_of(raw | {"state_key": None}, where()) is None


def test_a_message_sent_as_a_state_is_nothing() -> None:
    assert event_of(state("m.room.message", text("!copain aide")), where()) is None
