"""Somebody in a closed space whom nobody admitted [PV-4]."""

from __future__ import annotations

from bot.events import Place
from storage import passage
from storage.communities import space_at
from tests.applying import apply
from tests.conversation import Conversation


async def _visitors(talk: Conversation) -> bool:
    async with talk.house.database.reading() as tx:
        space = await space_at(tx.session, Place("terminal", "", "general"))
        assert space is not None
        return await passage.has_visitors(tx.session, space.id)


async def _stopped(talk: Conversation) -> str | None:
    async with talk.house.database.reading() as tx:
        space = await space_at(tx.session, Place("terminal", "", "general"))
        return space.stopped if space else None


async def test_somebody_without_a_request_brings_one_card(talk: Conversation) -> None:
    await talk.play("@join nadia\nnadia: bonjour\nnadia: encore moi")
    assert len(talk.said("animateurs")) == 1
    assert "De passage" in talk.text("animateurs")
    assert await _visitors(talk)


async def test_members_and_applicants_bring_no_card(talk: Conversation) -> None:
    await apply(talk, "nadia")
    await talk.play("@join nadia")
    assert "De passage" not in talk.everything("animateurs")
    await talk.play("claire [Accepter]\nnadia: bonjour")
    assert "De passage" not in talk.everything("animateurs")
    assert not await _visitors(talk)


async def test_a_guest_may_stay_and_the_words_of_members_return(talk: Conversation) -> None:
    await talk.play("@join nadia\nantoine [C'est une personne invitée]")
    assert "personne invitée" in talk.text("animateurs")
    assert not await _visitors(talk)
    await talk.play("@skip 7d")
    assert await _stopped(talk) is None


async def test_inviting_to_ask_is_no_decision_yet(talk: Conversation) -> None:
    await talk.play("@join nadia\nantoine [Inviter à faire une demande]")
    assert talk.last("dm:nadia")["buttons"] == ["Demander à entrer"]
    assert await _visitors(talk)


async def test_the_invitation_to_ask_waits_for_a_working_hour(talk: Conversation) -> None:
    await talk.play("@until 2026-03-02T20:00\n@join nadia\nantoine [Inviter à faire une demande]")
    assert talk.said("dm:nadia") == []
    await talk.play("@until 2026-03-03T09:00")
    assert talk.last("dm:nadia")["at"][:16] == "2026-03-03T08:30"


async def test_accepting_the_request_of_somebody_inside_ends_the_passage(
    talk: Conversation,
) -> None:
    await talk.play("@join nadia")
    await apply(talk, "nadia")
    assert await _visitors(talk)
    await talk.play("claire [Accepter]")
    assert "est maintenant membre" in talk.everything("animateurs")
    assert not await _visitors(talk)


async def test_taking_somebody_out_takes_them_out(talk: Conversation) -> None:
    await talk.play("@join nadia\nantoine [Retirer du salon]")
    assert "ne fait plus partie de general" in talk.text("animateurs")
    assert "nadia" not in talk.stage.server.rooms["general"]
    assert not await _visitors(talk)


async def test_who_leaves_is_forgotten_and_counts_as_new_when_back(talk: Conversation) -> None:
    await talk.play("@join nadia\n@leave nadia")
    assert "Rien à décider" in talk.text("animateurs")
    assert not await _visitors(talk)
    await talk.play("@join nadia")
    assert "De passage" in talk.text("animateurs")


async def test_without_a_decision_the_space_stops_after_three_working_days(
    talk: Conversation,
) -> None:
    await talk.play("@until 2026-03-05T10:00\n@join nadia\n@until 2026-03-10T09:59")
    assert await _stopped(talk) is None
    await talk.play("@until 2026-03-10T10:01")
    assert await _stopped(talk) == "passage"
    assert "Je ne publie plus rien dans general" in talk.text("animateurs")
    await talk.play("antoine [C'est une personne invitée]\nantoine [Reprendre]")
    assert await _stopped(talk) is None
    assert "publie de nouveau" in talk.text("animateurs")


async def test_two_animators_decide_and_the_second_reads_what_was_decided(
    talk: Conversation,
) -> None:
    await talk.play("@join nadia")
    number = talk.last("animateurs")["n"]
    await talk.play(f"claire [C'est une personne invitée] {number}")
    await talk.play(f"antoine [Retirer du salon] {number}")
    assert "selon Claire" in talk.text("dm:antoine")
    assert "nadia" in talk.stage.server.rooms["general"]
