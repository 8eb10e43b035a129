"""People who were there before the bot are neither counted nor kept until they say so [CO-9]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversation import Conversation, conversation


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Conversation]:
    """A room with Solène in it, before the bot; the community has just been opened."""
    async with conversation(tmp_path, state="preparation") as found:
        found.stage.server.happen(
            "before", "join", found.house.clock.now(), by="solene", room="general"
        )
        # She was there before the bot came: its own event is not for us.
        found.stage.heard = len(found.stage.server.happenings)
        await found.play("claire @dm: ouvrir")
        yield found


async def test_somebody_who_was_there_is_not_kept_before_they_say_so(room: Conversation) -> None:
    await room.play("solene: bonjour tout le monde\n@skip 2d")
    assert room.said("dm:solene") == []
    assert b"solene" not in room.kept_bytes()


async def test_je_participe_makes_a_member_at_once(room: Conversation) -> None:
    await room.play("solene [Je participe]")
    assert "je compte votre participation" in room.everything("dm:solene")
    await room.play("solene @dm: communauté")
    assert "Votre rôle : membre" in room.everything("dm:solene")


async def test_animators_tick_the_list_once(room: Conversation) -> None:
    await room.play("solene [Je participe]\nantoine @dm: ce qui attend")
    assert "ont choisi « Je participe » : 1" in room.text("dm:antoine")
    await room.play("antoine [1 · Voir la liste]")
    assert "- solene" in room.text("dm:antoine")
    await room.play("antoine [Tout le monde est d'ici]\nantoine @dm: ce qui attend")
    assert "Rien n'attend" in room.text("dm:antoine")


async def test_somebody_who_does_not_belong_is_told_kindly(room: Conversation) -> None:
    await room.play(
        "solene [Je participe]\nantoine @dm: animer\nantoine [1 · Voir la liste]\n"
        "antoine [solene]\nantoine [Non, pas d'ici]"
    )
    assert "solene n'est plus membre" in room.everything("dm:antoine")
    assert "C'est peut-être une erreur" in room.everything("dm:solene")
    assert "Claire (@claire)" in room.everything("dm:solene")
    await room.play("solene [Je participe]")
    assert "par une courte demande" in room.everything("dm:solene")


async def test_who_enters_after_the_bot_asks_to_join(room: Conversation) -> None:
    await room.play("@skip 1h\n@join nadia\nnadia [Je participe]")
    assert "par une courte demande" in room.everything("dm:nadia")


async def test_after_thirty_days_one_asks_to_join(room: Conversation) -> None:
    await room.play("@skip 31d\nsolene [Je participe]")
    assert "par une courte demande" in room.everything("dm:solene")


async def test_a_member_who_presses_it_stays_a_member(room: Conversation) -> None:
    await room.play("marie [Je participe]\nclaire @dm: registre")
    assert "je compte votre participation" in room.everything("dm:marie")
    assert "« Je participe »" not in room.text("dm:claire")
