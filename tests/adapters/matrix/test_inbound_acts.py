"""Removals, reactions and votes become events of the core, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.inbound import account, event_of, reaction_of, room
from bot.events import (
    Chosen,
    Deleted,
    Reacted,
    Unreacted,
)
from tests.adapters.matrix.element import (
    AT,
    ID,
    MARIE,
    OTHER,
    ROOM,
    ROOT,
    event,
    text,
    vote,
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
WHO_IN_DM = WHO | {"place": BY.dm}


# --- Removals and reactions ---


def test_a_redaction_deletes() -> None:
    raw = event("m.room.redaction", {"reason": "erreur"}, redacts=OTHER)
    assert event_of(raw, where()) == Deleted(**WHO, message=OTHER)


def test_a_redaction_of_a_newer_room_deletes() -> None:
    raw = event("m.room.redaction", {"redacts": OTHER})
    assert event_of(raw, where(dm_of=MARIE)) == Deleted(**WHO_IN_DM, message=OTHER)


def test_what_the_server_says_of_a_redaction_wins() -> None:
    raw = event("m.room.redaction", {"redacts": ROOT}, redacts=OTHER)
    assert event_of(raw, where()) == Deleted(**WHO, message=OTHER)


@pytest.mark.parametrize("target", [None, 5, ID, "", "!room", ["$a"]])
def test_a_redaction_of_nothing_is_nothing(target: object) -> None:
    assert event_of(event("m.room.redaction", {"redacts": target}), where()) is None


def test_a_redacted_reaction_is_taken_back() -> None:
    noted = {OTHER: (ROOT, "👍")}
    raw = event("m.room.redaction", {}, redacts=OTHER)
    found = event_of(raw, where(reaction=noted.get))
    assert found == Unreacted(**WHO, message=ROOT, key="👍")
    other = event("m.room.redaction", {}, redacts=ROOT)
    assert isinstance(event_of(other, where(reaction=noted.get)), Deleted)


def reaction(**relation: Any) -> dict[str, Any]:
    usual = {"rel_type": "m.annotation", "event_id": OTHER, "key": "✔️"}
    return event("m.reaction", {"m.relates_to": usual | relation})


def test_a_reaction_has_its_key_as_it_was_sent() -> None:
    assert event_of(reaction(), where()) == Reacted(**WHO, message=OTHER, key="✔️")
    assert reaction_of(reaction()) == (OTHER, "✔️")


def test_a_long_key_is_cut_the_same_for_both() -> None:
    found = event_of(reaction(key="a" * 500), where())
    assert isinstance(found, Reacted)
    assert reaction_of(reaction(key="a" * 500)) == (OTHER, found.key) == (OTHER, "a" * 64)


@pytest.mark.parametrize(
    "change",
    [{"rel_type": "m.thread"}, {"event_id": None}, {"event_id": ID}, {"key": ""}, {"key": {}}],
)
def test_a_broken_reaction_is_nothing(change: dict[str, Any]) -> None:
    assert event_of(reaction(**change), where()) is None
    assert reaction_of(reaction(**change)) is None


def test_only_a_reaction_reacts() -> None:
    assert reaction_of(reaction() | {"type": "m.room.message"}) is None


@pytest.mark.parametrize("kind", ["m.room.message", "m.reaction", "m.poll.response"])
def test_a_redacted_event_is_nothing(kind: str) -> None:
    why = {"redacted_because": event("m.room.redaction", {}, redacts=ID)}
    assert event_of(event(kind, {}, unsigned=why), where()) is None
    whole = text("bonjour") | reaction()["content"]
    assert event_of(event(kind, whole, unsigned=why), where()) is None


# --- Polls ---


def test_a_vote_chooses() -> None:
    assert event_of(vote(ROOT, "1"), where()) == Chosen(**WHO, message=ROOT, option=1)


def test_a_vote_under_the_stable_name_chooses() -> None:
    relation = {"rel_type": "m.reference", "event_id": ROOT}
    raw = event("m.poll.response", {"m.selections": ["2"], "m.relates_to": relation})
    assert event_of(raw, where()) == Chosen(**WHO, message=ROOT, option=2)


def test_of_several_answers_the_first_counts() -> None:
    found = event_of(vote(ROOT, "2", "0"), where())
    assert isinstance(found, Chosen)
    assert found.option == 2


@pytest.mark.parametrize("answers", [(), ("oui",), ("20",), ("-1",), ("x" * 999,)])
def test_an_empty_or_spoiled_vote_takes_back(answers: tuple[str, ...]) -> None:
    assert event_of(vote(ROOT, *answers), where()) == Chosen(**WHO, message=ROOT, option=None)


@pytest.mark.parametrize("answers", [None, "1", {"0": "1"}, [1], [None], [["1"]]])
def test_answers_of_a_wrong_type_take_back(answers: object) -> None:
    raw = vote(ROOT)
    raw["content"]["org.matrix.msc3381.poll.response"] = {"answers": answers}
    assert event_of(raw, where()) == Chosen(**WHO, message=ROOT, option=None)


def test_the_answers_of_a_poll_have_the_ids_it_was_made_with() -> None:
    polls = {ROOT: ("oui", "non")}
    found = event_of(vote(ROOT, "non"), where(poll_options=polls.get))
    assert isinstance(found, Chosen)
    assert found.option == 1


def test_a_vote_in_somebody_elses_poll_is_nothing() -> None:
    assert event_of(vote(ROOT, "1"), where(poll_options=lambda _poll: None)) is None


def test_a_vote_for_no_poll_is_nothing() -> None:
    raw = vote(ROOT, "1")
    raw["content"]["m.relates_to"]["rel_type"] = "m.thread"
    assert event_of(raw, where()) is None
    assert event_of(vote(ID, "1"), where()) is None
