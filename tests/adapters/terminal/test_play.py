"""What instructions do on the terminal's server (contracts §4)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.terminal.script import ScriptError
from adapters.terminal.server import Server
from tests.conversation import Conversation, conversation


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    """A fresh demo folder; the server is the same on every database."""
    async with conversation(tmp_path) as found:
        yield found


async def refused(talk: Conversation, line: str, key: str) -> None:
    """The line cannot be carried out, for that reason, and leaves no trace."""
    before = len(talk.stage.server.happenings), len(talk.stage.done)
    with pytest.raises(ScriptError) as refusal:
        await talk.stage.carry_out(line)
    assert refusal.value.key == key
    assert (len(talk.stage.server.happenings), len(talk.stage.done)) == before


async def test_a_reply_stands_where_the_message_it_answers_stands(talk: Conversation) -> None:
    await talk.play("marie @annonces: bonjour\nlea ^1: merci\nclaire ^2: de rien")
    assert [(line["place"], line["thread"]) for line in talk.lines] == [
        ("annonces", None),
        ("annonces", 1),
        ("annonces", 1),
    ]


async def test_the_newest_message_is_counted_without_what_was_replaced(talk: Conversation) -> None:
    await talk.play("marie: un\nlea: deux\nmarie ~1: un, mieux\nclaire ^-1: x\nclaire ^-3: y")
    assert talk.lines[2]["edits"] == 1
    # Newest first: the edit of 1, then 2. After the reply: the reply, the edit, then 2.
    assert [line["thread"] for line in talk.lines[3:]] == [1, 2]


async def test_edits_and_deletions_name_the_newest_line_of_the_message(talk: Conversation) -> None:
    await talk.play("marie: un\nmarie ~1: deux\nmarie ~2: trois\nmarie -1")
    assert [(line["edits"], line["removes"], line["text"]) for line in talk.lines] == [
        (None, None, "un"),
        (1, None, "deux"),
        (2, None, "trois"),
        (None, 3, ""),
    ]


async def test_nobody_touches_what_they_do_not_see_or_did_not_write(talk: Conversation) -> None:
    await talk.play("claire @animateurs: entre nous\nlea: bonjour")
    await refused(talk, "marie +1 📌", "demo-fault-no-message")
    await refused(talk, "marie ^1: quoi?", "demo-fault-no-message")
    await refused(talk, "marie @animateurs: coucou", "demo-fault-unseen")
    await refused(talk, "marie ~2: non", "demo-fault-not-yours")
    await refused(talk, "marie -9", "demo-fault-no-message")
    await refused(talk, "zoe [Oui]", "demo-fault-nobody")
    await refused(talk, "marie [Rien de tel]", "demo-fault-no-button")
    await refused(talk, "marie @cuisine: x", "demo-fault-no-space")
    await refused(talk, "copain: je suis le bot", "demo-fault-bot")


async def test_a_new_account_enters_the_space_where_it_speaks(talk: Conversation) -> None:
    await talk.play("nadia @annonces: bonjour\nzoe @dm: allo")
    rooms = talk.stage.server.rooms
    assert "nadia" in rooms["annonces"]
    assert "nadia" not in rooms["general"]
    assert not any("zoe" in inside for inside in rooms.values())


async def test_leaving_is_leaving_every_space(talk: Conversation) -> None:
    await talk.play("@leave claire")
    assert not any("claire" in inside for inside in talk.stage.server.rooms.values())
    told = [each for each in talk.stage.server.happenings if each["what"] == "leave"]
    assert [(each["room"], each["everywhere"]) for each in told] == [
        ("animateurs", False),
        ("annonces", False),
        ("general", True),
    ]


async def test_a_button_is_pressed_by_label_by_place_and_by_line(talk: Conversation) -> None:
    await talk.play("marie @dm: allo\nmarie [que puis-je faire ?]")
    assert "Que puis-je faire" in talk.text("dm:marie")
    await talk.play("marie [1] 2")
    assert talk.stage.server.happenings[-2]["what"] == "press"


async def test_the_clock_comes_first_and_the_world_begins_with_it(talk: Conversation) -> None:
    await talk.play("@clock 2025-11-10T10:00\nmarie @dm: allo")
    assert talk.last("dm:marie")["at"] == "2025-11-10T10:00:00-05:00"
    await refused(talk, "@clock 2026-01-01T10:00", "demo-fault-clock-first")
    await refused(talk, "@until 2025-11-10T09:00", "demo-fault-past")


async def test_a_continued_folder_keeps_its_clock_and_refuses_to_go_back(tmp_path: Path) -> None:
    async with conversation(tmp_path) as first:
        await first.play("marie: bonjour\n@skip 2d")
        newest = first.lines[-1]["n"]
    async with conversation(tmp_path) as again:
        await refused(again, "@clock 2026-03-03T09:00", "demo-fault-clock-back")
        await again.play("@clock 2026-03-05T08:00\nlea: bonjour")
        assert again.lines[-1]["n"] == newest + 1
        assert again.lines[-1]["at"] == "2026-03-05T08:00:00-05:00"


async def test_a_day_keeps_the_wall_time_and_an_hour_is_an_hour(talk: Conversation) -> None:
    await talk.play("@clock 2026-10-31T01:30\n@skip 1d\n@skip 1h\n@skip 1h\nmarie: tard")
    # 1 November 2026: 01:30 comes twice.
    assert talk.lines[-1]["at"] == "2026-11-01T02:30:00-05:00"


async def test_what_happens_while_the_bot_is_down_reaches_it_when_it_is_up(
    talk: Conversation,
) -> None:
    await talk.play("@down\nmarie @dm: allo\n@skip 2h\nlea @dm: help")
    assert talk.said("dm:marie") == []
    said = await talk.play("@up")
    assert [line["place"] for line in said[:2]] == ["dm:marie", "dm:lea"]
    assert {line["at"] for line in said} == {"2026-03-02T11:00:00-05:00"}


async def test_the_transcript_holds_a_text_with_odd_line_ends_whole(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        await talk.play("marie: un\\ndeux")
        await talk.stage.carry_out("marie: a\u2028b\u0085c")
    texts = [line["text"] for line in Server.read(tmp_path).lines()]
    assert texts == ["un\ndeux", "a\u2028b\u0085c"]
    json.dumps(texts)
