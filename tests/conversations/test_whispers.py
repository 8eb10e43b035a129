"""Where a platform whispers, who asks before others is answered there, alone [RE-2, §3].

The people are those of the ready-made community; their platform is one in memory that whispers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.events import Account, Place, Pressed, Reacted, Said
from bot.messages import Button, Capabilities, Reply, Say, ToPlace
from bot.people import Role
from bot.registry import button, command
from bot.routing import press
from tests.conversation import Conversation, feature
from tests.rooms import ABLE, GENERAL, Room, room_of

ELSEWHERE = Place("terminal", "", "elsewhere")
POINTER = "Je vous réponds dans nos messages privés."


@command("look", shows=True)
async def look(call: Any) -> Reply:
    """Shows a card with a button that shows another, and one that notes it."""
    return Say(
        "help-title",
        buttons=tuple(Button(each, label="button-home") for each in ("look.more", "note", "post")),
    )


@button("look.more", shows=True)
async def more(call: Any) -> Reply:
    """Shows more."""
    return Say("help-all-title", buttons=(Button("look.more", label="button-home"),))


@button("note", who=Role.MEMBER)
async def note(call: Any) -> Reply:
    """Changes something."""
    await call.tx.notebook.write("test:noted", call.event.id)
    return Say("settings-same", {"label": "x", "value": "y"})


@button("post", who=Role.MEMBER)
async def post(call: Any) -> Reply:
    """Changes something that everybody sees."""
    return [Say("help-title", to=ToPlace(GENERAL)), Say("help-all-title")]


@command("picture", shows=True)
async def picture(call: Any) -> Reply:
    """Shows what will be edited later."""
    return Say("help-title", name="card:1")


@command("break")
async def break_(call: Any) -> Reply:
    """Fails."""
    raise ZeroDivisionError


@command("mixed")
async def mixed(call: Any) -> Reply:
    """Changes something, then ends on a page that only shows."""
    await call.tx.notebook.write("test:noted", call.event.id)
    return await press(call, "look.more")


FRAME = feature("frame", look, more, note, post, picture, break_, mixed)


@pytest.fixture
def room(talk: Conversation) -> Room:
    """The community, on a platform that whispers."""
    return room_of(talk, FRAME)


async def test_what_only_shows_is_whispered_where_it_was_asked(room: Room) -> None:
    await room.say("marie", "look")
    [whisper] = room.platform.whispered(GENERAL)
    assert (whisper.to, whisper.thread) == ("marie", None)
    assert [line.key for line in room.score] == ["help-title"]
    assert room.private("marie") == []
    assert room.platform.said(GENERAL) == []


async def test_it_stands_in_the_thread_in_which_it_was_asked(room: Room) -> None:
    await room.say("marie", "look", thread="root")
    assert room.last().thread == "root"
    await room.press("marie", room.last(), "look.more")
    assert len(room.whispers()) == 2
    assert room.last().thread == "root"


async def test_the_score_is_that_of_a_platform_without_whispers(
    room: Room, talk: Conversation
) -> None:
    await room.say("marie", "look")
    shown = room.score
    await room.press("marie", room.last(), "note")
    noted = room.score
    plainly = room_of(talk, FRAME, able=Capabilities())
    plainly.number = 10
    await plainly.say("marie", "look")
    assert plainly.score == shown
    assert plainly.platform.whispered(GENERAL) == []
    [message] = plainly.platform.said(Account("terminal", "", "marie").dm)
    await plainly.press("marie", message, "note")
    assert plainly.score == noted


async def test_the_buttons_of_a_whisper_act_for_whom_it_was_said_to(room: Room) -> None:
    await room.say("marie", "look")
    whisper = room.last()
    await room.press("marie", whisper, "note")
    assert "settings-same" in [line.key for line in room.score]
    await room.press("lea", whisper, "note")
    assert [line.key for line in room.score] == ["answers-expired-button"]


async def test_what_changed_something_is_kept_in_private_and_a_whisper_says_so_once(
    room: Room,
) -> None:
    await room.say("marie", "look")
    await room.press("marie", room.last(), "note")
    assert room.whispers()[1:] == [POINTER]
    assert len(room.private("marie")) == 1
    assert [line.key for line in room.score] == ["settings-same"]


async def test_what_ends_on_a_page_that_shows_still_changed_something(room: Room) -> None:
    await room.say("marie", "mixed")
    assert room.whispers() == [POINTER]
    assert len(room.private("marie")) == 1


async def test_nothing_is_said_of_an_answer_beside_what_everybody_sees(room: Room) -> None:
    await room.say("marie", "look")
    await room.press("marie", room.last(), "post")
    assert len(room.whispers()) == 1
    assert len(room.platform.said(GENERAL)) == 1
    assert len(room.private("marie")) == 1


async def test_what_will_be_edited_is_no_whisper(room: Room) -> None:
    await room.say("marie", "picture")
    assert room.whispers() == [POINTER]
    assert len(room.private("marie")) == 1


@pytest.mark.parametrize("words", ["xyzzy", "note", "break", "look at all this", "inviter"])
async def test_a_refusal_an_unknown_word_and_an_apology_are_whispered(
    room: Room, words: str
) -> None:
    await room.say("marie", words)
    assert len(room.whispers()) == 1
    assert POINTER not in room.whispers()
    assert room.private("marie") == []


async def test_a_visitor_is_whispered_to_like_a_member(room: Room) -> None:
    await room.say("nadia", "amorce liste")
    [whisper] = room.platform.whispered(GENERAL)
    assert whisper.to == "nadia"
    assert room.private("nadia") == []


async def test_an_example_can_be_typed_where_it_is_read(talk: Conversation) -> None:
    room = room_of(talk, able=replace(ABLE, modals=True))
    await room.say("claire", "role", trigger="t1")
    assert "/copain role @Marie" in room.whispers()[-1]
    await room.say("claire", "role", thread="m1")
    assert "@copain role @Marie" in room.whispers()[-1]


async def test_in_private_nobody_whispers(room: Room) -> None:
    marie = Account("terminal", "", "marie")
    await room.hear(Said, "marie", text="look", place=marie.dm, addressed=False)
    await room.hear(Said, "marie", text="xyzzy", place=marie.dm, addressed=True)
    assert len(room.private("marie")) == 2
    assert room.platform.whispered(marie.dm) == room.platform.whispered(GENERAL) == []


async def test_a_reaction_brings_no_whisper(room: Room) -> None:
    await room.talk.play("antoine @dm: amorce publier")
    await room.talk.house.delivery.drain()
    [prompt] = room.platform.said(GENERAL)
    await room.hear(Reacted, "marie", message=prompt.id, key=prompt.buttons[0]["emoji"])
    assert room.whispers() == []


async def test_in_a_space_that_stopped_nothing_at_all_is_said(room: Room) -> None:
    await room.talk.play("@space general public")
    await room.say("marie", "look")
    assert room.whispers() == []
    assert len(room.private("marie")) == 1


async def test_what_rides_on_an_exchange_stays_in_private(room: Room) -> None:
    await room.talk.play(
        "claire @dm: charte modifier 3\nclaire @dm: deux heures\nclaire @dm: charte publier"
    )
    await room.talk.house.delivery.drain()
    await room.say("marie", "look")
    assert len(room.whispers()) == 1
    assert POINTER not in room.whispers()
    assert any("charte" in text for text in room.private("marie"))


async def test_a_modal_that_opens_is_answer_enough(talk: Conversation) -> None:
    room = room_of(talk, FRAME, able=replace(ABLE, modals=True))
    await room.say("marie", "problème", trigger="fresh")
    assert len(room.platform.windows) == 1
    assert room.whispers() == room.private("marie") == []


async def test_a_form_asked_in_private_is_pointed_to(room: Room) -> None:
    await room.say("marie", "problème")
    assert room.whispers() == [POINTER]
    assert len(room.private("marie")) == 1


async def test_a_whisper_is_in_the_language_of_whom_it_is_for(room: Room) -> None:
    await room.say("lea", "mixed")
    assert room.whispers() == ["My answer is in our private messages."]


@pytest.mark.parametrize(
    ("who", "text", "key"),
    [
        ("marie", "look", "help-title"),
        ("nadia", "look", "help-title"),
        ("nadia", "", "home-visitor"),
    ],
)
async def test_a_command_that_only_the_bot_heard_is_answered_in_any_room(
    room: Room, who: str, text: str, key: str
) -> None:
    room.platform.rooms[ELSEWHERE] = set()
    await room.say(who, text, place=ELSEWHERE, trigger="t1")
    assert [line.key for line in room.score] == [key]
    assert [each.to for each in room.platform.whispered(ELSEWHERE)] == [who]
    assert room.platform.said(ELSEWHERE) == []


async def test_what_a_stranger_says_before_others_in_a_room_nobody_tracks_is_not_answered(
    room: Room,
) -> None:
    await room.say("nadia", "look", place=ELSEWHERE)
    assert room.score == []
    assert room.platform.parcels == []


async def test_a_button_of_a_room_nobody_tracks_any_more_says_that_it_no_longer_acts(
    room: Room,
) -> None:
    room.platform.rooms[ELSEWHERE] = set()
    await room.hear(Pressed, "nadia", place=ELSEWHERE, message="old", action="note", trigger="t1")
    assert [line.key for line in room.score] == ["answers-expired-button"]
