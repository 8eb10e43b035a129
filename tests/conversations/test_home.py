"""Nobody needs a command: the home, the doors and help [CO-7]."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import ready_made
from tests.conversation import Conversation, conversation


async def test_a_newcomer_who_types_only_aide_finds_the_way_in(talk: Conversation) -> None:
    await talk.play("nadia @dm: aide")
    assert "Demander à entrer" in talk.text("dm:nadia")
    assert "Demander à entrer" in talk.last("dm:nadia")["buttons"]


async def test_any_word_in_private_opens_the_home(talk: Conversation) -> None:
    await talk.play("marie @dm: coucou")
    assert "Par quelle porte" in talk.text("dm:marie")
    assert talk.last("dm:marie")["buttons"][:3] == [
        "Que dois-je savoir?",
        "Que puis-je faire?",
        "Qui peut m’aider?",
    ]


async def test_a_mention_in_a_sentence_opens_the_home_in_private(talk: Conversation) -> None:
    await talk.play("marie: est-ce que @copain sait quelque chose là-dessus, vous autres?")
    assert "Par quelle porte" in talk.text("dm:marie")
    assert talk.said("general") == []


async def test_a_bare_number_presses_that_button_of_the_newest_message(talk: Conversation) -> None:
    await talk.play("antoine @dm: allo\nantoine @dm: 2")
    assert "Que puis-je faire" in talk.text("dm:antoine")


async def test_an_unknown_word_suggests_the_nearest_and_gives_the_text_back(
    talk: Conversation,
) -> None:
    await talk.play("marie: /copain aidde moi")
    assert "aide" in talk.text("dm:marie")
    assert "> aidde moi" in talk.text("dm:marie")


async def test_an_english_reader_is_answered_in_english(talk: Conversation) -> None:
    await talk.play("lea @dm: help")
    assert "Here is the essential" in talk.text("dm:lea")


async def test_who_sees_what_is_asked_in_plain_words_of_either_language(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: qui voit quoi?\nlea @dm: who sees what?")
    assert "L'animation" in talk.text("dm:marie")
    assert "Facilitators" in talk.text("dm:lea")


@pytest.mark.parametrize("topic", ["compte", "comptes", "deux comptes", "account"])
async def test_help_says_that_two_accounts_are_two_people_for_now(
    talk: Conversation, topic: str
) -> None:
    await talk.play(f"marie @dm: aide {topic}\nlea @dm: help {topic}")
    assert "comptent pour deux personnes" in talk.text("dm:marie")
    assert "count as two people" in talk.text("dm:lea")


async def test_the_full_help_says_so_where_a_community_lives_on_two_platforms(
    tmp_path: Path,
) -> None:
    world = ready_made()
    demo = world.communities[0]
    elsewhere = demo.spaces[0].model_copy(update={"platform": "matrix", "id": "!a:example.org"})
    for spaces in (demo.spaces, (*demo.spaces, elsewhere)):
        here = replace(world, communities=(demo.model_copy(update={"spaces": spaces}),))
        folder = tmp_path / str(len(spaces))
        folder.mkdir()
        async with conversation(folder, world=here) as talk:
            await talk.play("marie @dm: aide")
            await talk.play(f"marie [Tout voir] {talk.last('dm:marie')['n']}")
            told = "comptent pour deux personnes" in talk.text("dm:marie")
            assert told == (elsewhere in spaces)
