"""A community is opened, closed and opened again; people of several choose [CO-5, CO-8]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import ready_made
from bot.config import Community
from tests.conversation import Conversation, conversation


@pytest.fixture
async def prepared(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community, still in preparation."""
    async with conversation(tmp_path, state="preparation") as found:
        yield found


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Claire coordinates a second community, which shares nobody else."""
    world = ready_made()
    nord = Community.model_validate(
        {
            "slug": "nord",
            "name": "Réseau du Nord",
            "purpose": "Soigner loin",
            "coordinators": ["terminal:claire"],
            "spaces": [{"platform": "terminal", "id": "nord", "use": "discussion"}],
            "state": "open",
        }
    )
    both = replace(world, communities=(*world.communities, nord))
    async with conversation(tmp_path, world=both) as found:
        yield found


async def test_opening_is_told_to_the_team_and_in_the_rooms_at_once(
    prepared: Conversation,
) -> None:
    await prepared.play("claire @dm: ouvrir")
    assert "Demo commence aujourd'hui" in prepared.text("dm:claire").replace("**", "")
    assert "Claire vient d'ouvrir Demo" in prepared.text("animateurs")
    introduction = prepared.text("general")
    assert "Je suis Copain, le robot qui accompagne **Demo**; Claire m'a fait" in introduction
    assert "Une question sur moi : Claire (@claire)" in introduction
    assert prepared.last("general")["buttons"][0] == "Je participe"
    assert prepared.said("annonces") == []
    await prepared.play("claire @dm: communauté")
    assert "Elle est **ouverte**" in prepared.text("dm:claire")
    assert "Depuis le lundi 2 mars" in prepared.text("dm:claire")


async def test_only_a_coordinator_opens_and_only_once(prepared: Conversation) -> None:
    await prepared.play("marie @dm: ouvrir\nantoine @dm: ouvrir")
    for name in ("marie", "antoine"):
        assert "revient à la coordination" in prepared.text(f"dm:{name}")
    assert prepared.said("general") == []
    await prepared.play("claire @dm: ouvrir\nclaire @dm: ouvrir")
    assert "déjà ouverte" in prepared.text("dm:claire")
    assert len(prepared.said("general")) == 1


async def test_a_community_without_a_room_is_not_opened(prepared: Conversation) -> None:
    await prepared.play("claire: /copain salon aucun\nclaire @dm: ouvrir")
    assert "Il manque encore un salon" in prepared.text("dm:claire")


async def test_closing_asks_says_farewell_and_leaves_the_memory(talk: Conversation) -> None:
    await talk.play("claire @dm: fermer-communauté")
    assert "Fermer **Demo**?" in talk.text("dm:claire")
    await talk.play("claire [Oui, fermer]")
    assert "Claire vient de fermer" in talk.text("general")
    assert talk.last("general")["kind"] == "farewell"
    assert talk.said("animateurs") == []
    await talk.play("marie @dm: réglages nom\nmarie @dm: communauté")
    assert "Elle est **fermée**" in talk.text("dm:marie")
    await talk.play("claire @dm: fermer-communauté")
    assert "déjà fermée" in talk.text("dm:claire")


async def test_a_closed_community_is_opened_again(talk: Conversation) -> None:
    await talk.play("claire @dm: fermer-communauté\nclaire [Oui, fermer]\nclaire @dm: ouvrir")
    assert "a rouvert **Demo**" in talk.text("general")
    assert "le robot qui accompagne" not in talk.everything("general")


async def test_an_animator_does_not_close(talk: Conversation) -> None:
    await talk.play("antoine @dm: fermer-communauté")
    assert "revient à la coordination" in talk.text("dm:antoine")


async def test_somebody_of_two_communities_is_asked_which_one_once(two: Conversation) -> None:
    await two.play("claire @dm: bonjour")
    assert "De laquelle s'agit-il?" in two.text("dm:claire")
    assert two.last("dm:claire")["buttons"] == ["Demo", "Réseau du Nord"]
    await two.play("claire [Réseau du Nord]")
    assert "**Réseau du Nord** · Par quelle porte?" in two.text("dm:claire")
    await two.play("claire @dm: bonjour")
    assert "**Réseau du Nord** · Par quelle porte?" in two.text("dm:claire")
    await two.play("claire @dm: communauté demo\nclaire @dm: réglages nom")
    assert "**Demo**" in two.text("dm:claire")


async def test_a_command_without_a_community_offers_the_choice(two: Conversation) -> None:
    await two.play("claire @dm: réglages")
    assert two.last("dm:claire")["buttons"] == ["Choisir la communauté"]
    await two.play("claire [Choisir la communauté]\nclaire [Demo]")
    assert "**Demo** · Par quelle porte?" in two.text("dm:claire")


async def test_what_is_done_in_one_community_leaves_the_other_alone(two: Conversation) -> None:
    await two.play("claire @nord: /copain réglages nom Le Nord\nclaire @nord: /copain registre")
    assert "Le Nord" in two.text("dm:claire")
    await two.play("claire: /copain registre\nmarie @dm: réglages nom")
    assert "Le Nord" not in two.text("dm:claire")
    assert "**Demo**" in two.text("dm:marie")
    await two.play("claire @nord: /copain role @marie animation")
    assert "parmi les membres" in two.text("dm:claire")


async def test_a_member_of_one_community_cannot_choose_another(two: Conversation) -> None:
    await two.play("marie @dm: communauté Réseau du Nord")
    assert "Je ne trouve pas" in two.text("dm:marie")
    assert "Nord » parmi vos communautés : Demo" in two.text("dm:marie")
