"""A message the bot has no key for is said once where it stands, with the cure."""

from __future__ import annotations

from bot.events import Account, Place, Unreadable
from tests.conversation import Conversation, plain

GENERAL = Place("terminal", "", "general")


async def unreadable(talk: Conversation, who: str, place: Place, times: int = 1) -> None:
    """Somebody wrote there what cannot be read; the event's id is the place's."""
    for _ in range(times):
        await talk.house.hear(
            Unreadable(
                id=f"unreadable:{place.key}",
                at=talk.house.clock.now(),
                place=place,
                by=Account("terminal", "", who),
            )
        )
        await talk.house.settle()


async def test_in_a_space_it_is_said_once_with_the_cure(talk: Conversation) -> None:
    await unreadable(talk, "marie", GENERAL, times=3)
    await unreadable(talk, "lea", GENERAL)
    [line] = talk.said("general")
    assert "Je n'ai pas pu lire un message d'ici" in plain(line["text"])
    assert "écrivez-le de nouveau" in plain(line["text"])
    assert talk.said("dm:marie") == []


async def test_in_private_it_is_said_to_the_person_in_their_language(talk: Conversation) -> None:
    for who in ("marie", "lea", "nadia"):
        await unreadable(talk, who, Account("terminal", "", who).dm, times=2)
        assert len(talk.said(f"dm:{who}")) == 1
    assert "Je n'ai pas pu lire votre message" in talk.text("dm:marie")
    assert "I could not read your message" in talk.text("dm:lea")


async def test_in_a_room_nobody_tracks_nothing_is_said(talk: Conversation) -> None:
    talk.stage.server.happen("ailleurs", "room", talk.house.clock.now(), room="ailleurs")
    await talk.play("@join marie ailleurs")
    await unreadable(talk, "marie", Place("terminal", "", "ailleurs"))
    await unreadable(talk, "nobody", Place("terminal", "", "ailleurs"))
    assert talk.lines == []
