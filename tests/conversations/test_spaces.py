"""Rooms become spaces, are freed, and stop at once when they open to the world [CO-9, PV-4]."""

from __future__ import annotations

from bot.events import Place, SpaceChanged
from tests.conversation import Conversation


async def test_a_space_turned_public_stops_and_two_people_are_alerted(talk: Conversation) -> None:
    await talk.play("@space general public")
    assert "general est public" in talk.text("animateurs")
    assert talk.last("animateurs")["buttons"] == ["Reprendre"]
    assert "general est public" in talk.text("dm:claire")
    assert talk.said("general") == []
    await talk.play("claire @dm: salon")
    assert "general : discussion · arrêté, parce qu'il est public" in talk.text("dm:claire")


async def test_nothing_is_said_in_a_stopped_space_even_when_somebody_asks(
    talk: Conversation,
) -> None:
    await talk.play("@space general public\nclaire @dm: fermer-communaute\nclaire [Oui, fermer]")
    assert talk.said("general") == []
    assert "vient de fermer" in talk.text("annonces")


async def test_a_public_space_is_not_taken_up_before_it_is_private(talk: Conversation) -> None:
    await talk.play("@space general public\nantoine @dm: allo\nantoine [Reprendre]")
    assert "Rendez-le d'abord privé" in talk.text("dm:antoine")
    await talk.play("@space general private")
    assert "de nouveau privé" in talk.text("animateurs")
    await talk.play("antoine @dm: ce qui attend")
    assert "general est de nouveau privé" in talk.text("dm:antoine")
    await talk.play("antoine [Reprendre]\nclaire @dm: salon")
    assert "general a repris, grâce à Antoine" in talk.everything("animateurs")
    assert "general : discussion · tout fonctionne" in talk.text("dm:claire")


async def test_the_animators_own_space_turned_public_is_told_in_private(
    talk: Conversation,
) -> None:
    await talk.play("@space animateurs public")
    assert talk.said("animateurs") == []
    for name in ("claire", "antoine"):
        assert "animateurs est public" in talk.text(f"dm:{name}")


async def test_an_open_community_may_have_public_spaces(talk: Conversation) -> None:
    await talk.play("claire @dm: réglages join ouverte\nantoine [Oui, j'accepte]")
    await talk.play("@space general public")
    assert "devenir public" not in talk.everything("animateurs")
    await talk.play("claire @dm: réglages join fermée\nclaire @dm: salon")
    assert "general : discussion · arrêté, parce qu'il est public" in talk.text("dm:claire")


async def test_a_room_said_to_be_a_space_is_one_and_hears_it_once(talk: Conversation) -> None:
    workshop(talk)
    await talk.play("@join claire atelier\nclaire @atelier: /copain salon discussion")
    assert "atelier sert maintenant à ceci : discussion" in talk.text("dm:claire")
    assert "le robot qui accompagne Demo" in talk.text("atelier").replace("**", "")
    assert "claire m'a fait entrer ici" in talk.text("atelier").casefold()
    assert "Je participe" in talk.last("atelier")["buttons"]
    await talk.play("claire @atelier: /copain salon annonces")
    await talk.play("claire @atelier: /copain salon discussion")
    assert len(talk.said("atelier")) == 1


async def test_a_freed_room_is_nobodys_business(talk: Conversation) -> None:
    await talk.play("claire @annonces: /copain salon aucun\nclaire @dm: salon")
    assert "annonces n'est plus un salon" in talk.everything("dm:claire")
    assert "annonces" not in talk.text("dm:claire").split("\n", 1)[1]
    await talk.play("claire @annonces: /copain salon aucun")
    assert "n'appartient à aucune communauté" in talk.text("dm:claire")


async def test_only_a_coordinator_says_what_a_room_is(talk: Conversation) -> None:
    workshop(talk)
    await talk.play("@join antoine atelier\nantoine @atelier: /copain salon discussion")
    assert "revient à la coordination" in talk.text("dm:antoine")
    await talk.play("marie @annonces: /copain salon aucun")
    assert "revient à la coordination" in talk.text("dm:marie")
    assert talk.said("atelier") == []


async def test_a_space_is_named_in_the_space_itself(talk: Conversation) -> None:
    await talk.play("claire @dm: salon annonces")
    assert "dans le salon lui-même" in talk.text("dm:claire")
    await talk.play("claire: /copain salon discussion")
    assert "sert déjà à ceci : discussion" in talk.text("dm:claire")


async def told(talk: Conversation, change: str, state: str) -> None:
    """What a platform tells of each space at every start, with the id of the state it tells."""
    await talk.house.hear(
        SpaceChanged(
            id=f"{state}:{len(talk.lines)}",
            at=talk.house.clock.now(),
            place=Place("terminal", "", "general"),
            change=change,
        )
    )
    await talk.house.settle()


async def test_what_is_told_again_at_every_start_is_said_when_it_changes(
    talk: Conversation,
) -> None:
    for start in range(3):
        await told(talk, "private", f"start {start}")
    assert talk.lines == []
    await talk.play("@space general public")
    said = len(talk.lines)
    for start in range(3):
        await told(talk, "public", f"public {start}")
    assert len(talk.lines) == said
    await talk.play("@space general private")
    said = len(talk.lines)
    for start in range(3):
        await told(talk, "private", f"private {start}")
    assert len(talk.lines) == said


def workshop(talk: Conversation) -> None:
    """A room of the platform that nobody tracks."""
    talk.stage.server.happen("atelier", "room", talk.house.clock.now(), room="atelier")
