"""What a look at a homeserver concludes from what the server said."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.checks import invitations, pace, rooms
from adapters.matrix.checks.invitations import Invitation, Welcome
from adapters.matrix.checks.rooms import Seen, Tracked

ME, CLAIRE = "@copain:example.org", "@claire:example.org"
ROOM = Tracked("!abc:example.org")
MODERATOR: dict[str, Any] = {"power_levels": {"users": {ME: 50}}}
Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=8,
)


def seen(version: str = "10", creator: str = CLAIRE, **state: Any) -> Seen:
    create = {"m.room.create": {"room_version": version}}
    told = {
        f"m.room.{kind}" if "." not in kind else kind: content for kind, content in state.items()
    }
    return Seen(state={**create, **told}, creator=creator, members=frozenset({ME, CLAIRE}))


def keys(found: Seen, room: Tracked = ROOM, *, encryption: bool = True) -> list[str]:
    return [key for _, key, _ in rooms.verdicts(room, found, user=ME, encryption=encryption)]


def test_a_room_in_which_copain_moderates_is_fine() -> None:
    assert keys(seen(**MODERATOR)) == ["matrix-check-room"]


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ({"events_default": 60}, "matrix-check-room-silent"),
        ({"events": {"m.room.message": 60}}, "matrix-check-room-silent"),
        ({"events": {"m.room.redaction": 60}}, "matrix-check-room-no-redaction"),
        ({"invite": 60}, "matrix-check-room-no-invite"),
        ({"kick": 60}, "matrix-check-room-no-kick"),
        ({"kick": "60"}, "matrix-check-room-no-kick"),
    ],
)
def test_a_right_that_copain_lacks_is_told(levels: dict[str, Any], told: str) -> None:
    found = seen(power_levels={"users": {ME: 50}, **levels})
    assert told in keys(found)


def test_the_creator_of_a_room_of_version_12_may_do_everything_and_stands_in_no_list() -> None:
    levels = {"events_default": 90, "invite": 90, "kick": 90}
    assert keys(seen("12", ME, power_levels=levels)) == ["matrix-check-room"]
    assert keys(seen("12", CLAIRE, power_levels=levels)) != ["matrix-check-room"]
    assert keys(seen("11", ME, power_levels=levels)) != ["matrix-check-room"]
    beside = {"m.room.create": {"room_version": "12", "additional_creators": [ME]}}
    assert rooms.level_of(Seen(state=beside, creator=CLAIRE), ME) == inf


def test_an_encrypted_room_needs_encryption_and_the_right_to_send_what_is_encrypted() -> None:
    found = seen(encryption={"algorithm": "m.megolm.v1.aes-sha2"}, **MODERATOR)
    assert keys(found) == ["matrix-check-room"]
    assert keys(found, encryption=False) == ["matrix-check-room-unreadable"]
    levels = {"users": {ME: 50}, "events": {"m.room.encrypted": 60, "m.room.message": 0}}
    assert "matrix-check-room-silent" in keys(seen(encryption={}, power_levels=levels))


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("join_rules", {"join_rule": "public"}, "matrix-check-room-public"),
        (
            "history_visibility",
            {"history_visibility": "world_readable"},
            "matrix-check-room-history",
        ),
    ],
)
def test_a_closed_communitys_room_that_outsiders_may_read_is_told_and_an_open_ones_is_not(
    kind: str, content: dict[str, Any], told: str
) -> None:
    state: dict[str, Any] = {kind: content, **MODERATOR}
    found = seen(**state)
    assert keys(found) == [told]
    assert keys(found, Tracked(ROOM.id, closed=False)) == ["matrix-check-room"]


def test_a_room_that_was_replaced_is_told_with_the_new_one_and_nothing_else() -> None:
    found = seen(tombstone={"replacement_room": "!new"}, power_levels={"events_default": 60})
    (line,) = rooms.verdicts(ROOM, found, user=ME, encryption=True)
    assert line[:2] == ("fault", "matrix-check-room-replaced")
    assert line[2]["new"] == "!new"


@given(st.dictionaries(st.sampled_from(rooms.ASKED), st.dictionaries(st.text(max_size=5), Json)))
def test_no_state_of_a_room_however_odd_stops_the_look(state: dict[str, dict[str, Any]]) -> None:
    assert list(rooms.verdicts(ROOM, Seen(state=state, creator=""), user=ME, encryption=False))


def invited(content: Any, sender: str = CLAIRE) -> dict[str, Any]:
    event = {"type": "m.room.member", "state_key": ME, "sender": sender, "content": content}
    return {"rooms": {"invite": {"!new": {"invite_state": {"events": [event]}}}}}


def test_an_invitation_is_read_with_whoever_sent_it() -> None:
    direct = invited({"membership": "invite", "is_direct": True})
    assert list(invitations.found(direct, ME)) == [Invitation("!new", CLAIRE, direct=True)]
    assert not list(invitations.found(invited({"membership": "leave"}), ME))


@given(Json)
def test_no_invitation_however_odd_stops_the_look(told: Any) -> None:
    list(invitations.found({"rooms": {"invite": {"!new": told}}}, ME))
    list(invitations.found(invited(told), ME))


@pytest.mark.parametrize(
    ("one", "taken"),
    [
        (Invitation("!space", "@mallory:evil", direct=False), True),
        (Invitation("!new", CLAIRE, direct=False), True),
        (Invitation("!new", "@marie:example.org", direct=True), True),
        (Invitation("!new", "@zoe:friends", direct=True), True),
        (Invitation("!new", "@marie:example.org", direct=False), False),
        (Invitation("!new", "@mallory:evil", direct=True), False),
        (Invitation("!new", "@mallory:evil:friends", direct=True), False),
    ],
)
def test_only_invitations_that_copain_does_not_answer_are_counted(
    one: Invitation, taken: bool
) -> None:
    welcome = Welcome(
        rooms={"!space"}, roles={CLAIRE}, people={"@marie:example.org"}, servers={"friends"}
    )
    level, key, values = invitations.verdict([one], welcome)
    assert (level == "ok") is taken
    assert key == ("matrix-check-no-invitation" if taken else "matrix-check-invitations")
    assert taken or values == {"n_waiting": 1, "people": one.sender}


def test_of_many_who_invite_only_the_first_are_named() -> None:
    many = [Invitation("!new", f"@m{n}:evil", direct=True) for n in range(9)]
    welcome = Welcome(rooms=(), roles=(), people=(), servers=())
    assert invitations.verdict(many, welcome)[2]["people"].endswith("@m4:evil …")


def test_a_limit_is_told_with_how_long_a_large_survey_takes() -> None:
    level, _, values = pace.verdict(0.2, ME)
    assert level == "warning"
    assert values == {"rate": 0.2, "people": 1000, "hours": 1.4, "user": ME}
    assert pace.verdict(50.0, ME)[:2] == ("ok", "matrix-check-pace-enough")
    assert pace.verdict(None, ME)[0] == "ok"
