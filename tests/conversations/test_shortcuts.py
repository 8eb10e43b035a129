"""A shortcut in the menu of a message leads to its button, which finds the message in the event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import ready_made
from bot.config import Community
from bot.errors import Complaint
from bot.events import Account, Picked, Place
from bot.messages import Reply, Say
from bot.people import Role
from bot.registry import button
from bot.values import Typed
from tests.conversation import Conversation, conversation, feature
from tests.rooms import Room, room_of

MARIE = Account("terminal", "", "marie")
LEA = Account("terminal", "", "lea")
ELSEWHERE = Place("terminal", "", "elsewhere")


@button("quote", who=Role.MEMBER, shows=True, shortcut=True)
async def quote(call: Any) -> Reply:
    """Shows what it was given."""
    event = call.event
    assert isinstance(event, Picked)
    if event.author is None:
        raise Complaint("forms-empty")
    about = {"author": event.author.id, "message": event.message, "thread": event.thread or ""}
    return Say("forms-typed", {"typed": Typed(event.text), **about})


@button("file", who=Role.MEMBER, shortcut=True)
async def file_(call: Any) -> Reply:
    """Changes something."""
    await call.tx.notebook.write("test:filed", call.event.message)
    return Say("help-title")


@button("settle", who=Role.ANIMATOR, shows=True, shortcut=True)
async def settle(call: Any) -> Reply:
    """Is for animators."""
    return Say("help-title")


@button("hidden", shows=True)
async def hidden(call: Any) -> Reply:
    """Stands in no menu."""
    return Say("help-title")


FRAME = feature("frame", quote, file_, settle, hidden)


@pytest.fixture
def room(talk: Conversation) -> Room:
    """The community, on a platform that has shortcuts and whispers."""
    found = room_of(talk, FRAME)
    found.platform.rooms[ELSEWHERE] = set()
    return found


async def pick(room: Room, who: str, action: str, **rest: Any) -> list[str]:
    """Somebody picks it under a message of Léa; the keys of what they are told."""
    details = {"text": "bonjour", "author": LEA, "message": "m7", **rest}
    await room.hear(Picked, who, action=action, **details)
    return [line.key for line in room.score]


async def test_its_handler_is_given_the_message_and_its_answer_is_whispered_there(
    room: Room,
) -> None:
    assert await pick(room, "marie", "quote") == ["forms-typed"]
    values = room.score[0].values
    assert (values["author"], values["message"]) == ("lea", "m7")
    assert (room.last().to, room.last().thread) == ("marie", None)
    assert "bonjour" in room.last().text
    assert room.private("marie") == []


async def test_in_a_thread_the_answer_stands_in_that_thread(room: Room) -> None:
    await pick(room, "marie", "quote", thread="root")
    assert room.last().thread == "root"


async def test_in_private_the_answer_is_private(room: Room) -> None:
    assert await pick(room, "marie", "quote", place=MARIE.dm) == ["forms-typed"]
    assert room.whispers() == []
    assert len(room.private("marie")) == 1


async def test_what_changes_something_answers_in_private(room: Room) -> None:
    assert await pick(room, "marie", "file") == ["help-title"]
    assert len(room.private("marie")) == 1
    assert room.whispers() == ["Je vous réponds dans nos messages privés."]
    async with room.talk.house.database.reading() as tx:
        assert await tx.notebook.read("test:filed") == "m7"


@pytest.mark.parametrize(
    ("who", "action", "key"),
    [
        ("nadia", "quote", "answers-not-a-member"),
        ("marie", "settle", "permissions-not-allowed"),
        ("marie", "hidden", "answers-expired-button"),
        ("marie", "nowhere", "answers-expired-button"),
    ],
)
async def test_who_may_not_and_what_is_no_shortcut_is_refused_where_it_was_picked(
    room: Room, who: str, action: str, key: str
) -> None:
    assert await pick(room, who, action) == [key]
    assert len(room.whispers()) == 1
    assert room.private(who) == []


@pytest.mark.parametrize("who", ["marie", "nadia"])
async def test_in_a_room_nobody_tracks_it_does_nothing_and_says_so(room: Room, who: str) -> None:
    assert await pick(room, who, "file", place=ELSEWHERE) == ["routing-no-space-of-ours"]
    (told,) = room.platform.whispered(ELSEWHERE)
    assert told.to == who
    assert "bonjour" not in told.text
    async with room.talk.house.database.reading() as tx:
        assert await tx.notebook.read("test:filed") is None


async def test_whoever_belongs_to_several_communities_or_to_none_is_told_so_too(
    tmp_path: Path,
) -> None:
    world = ready_made()
    nord = {"slug": "nord", "name": "Nord", "coordinators": ["terminal:claire"], "state": "open"}
    both = (*world.communities, Community.model_validate(nord))
    async with conversation(tmp_path, world=replace(world, communities=both)) as talk:
        room = room_of(talk, FRAME)
        for who in ("claire", "nadia"):
            assert await pick(room, who, "file", place=ELSEWHERE) == ["routing-no-space-of-ours"]


async def test_a_complaint_of_its_handler_is_told_there(room: Room) -> None:
    assert await pick(room, "marie", "quote", author=None) == ["forms-empty"]
    assert len(room.whispers()) == 1


async def test_the_same_pick_counts_once(room: Room) -> None:
    await pick(room, "marie", "file", id="once")
    assert await pick(room, "marie", "file", id="once") == []
    assert len(room.private("marie")) == 1
