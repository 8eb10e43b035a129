"""*Voir comme…*: a month of messages as somebody who arrives would get them [AT-5]."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.people import AccountRow, MembershipRow
from storage.timers import TimerRow
from tests.conversation import Conversation, plain


async def test_an_animator_reads_a_month_that_nobody_lives(talk: Conversation) -> None:
    before = await _kept(talk)
    await talk.play("antoine @dm: voir comme\nantoine [Quelqu’un qui arrive]")
    told = [plain(line["text"]) for line in talk.said("dm:antoine")]
    assert "Essai : une personne qui arrive" in told[2]
    assert "Essai · lundi 2 mars à 9 h · en privé" in told[3]
    assert "Bonjour Camille" in told[3]
    assert any("dans general" in text and "Bienvenue à Camille" in text for text in told)
    # What stands under a message of the trial is told, and cannot be pressed.
    assert "Boutons, sans effet ici : Qui peut m'aider?" in told[3]
    assert all(not line["buttons"] for line in talk.said("dm:antoine")[2:])
    assert {line["place"] for line in talk.lines if line["by"] == "copain"} == {"dm:antoine"}
    assert await _kept(talk) == before


async def test_a_night_worker_reads_by_night_and_an_english_speaker_in_english(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: voir comme nuit")
    night = talk.everything("dm:antoine")
    assert "mercredi 4 mars à 20 h" in night
    await talk.play("antoine @dm: see as english")
    assert "Hello Camille" in talk.everything("dm:antoine").removeprefix(night)


async def test_who_may_not_or_says_something_else_is_told_kindly(talk: Conversation) -> None:
    await talk.play("marie @dm: voir comme nuit\nantoine @dm: voir comme personne")
    assert "Ce geste revient à l'équipe d'animation" in talk.text("dm:marie")
    assert "voir comme nuit" in talk.text("dm:antoine")


async def test_a_community_in_preparation_sees_its_first_month(talk: Conversation) -> None:
    await talk.play("claire @dm: fermer-communaute\nclaire [Oui, fermer]")
    await talk.play("antoine @dm: voir comme arrivée")
    assert "Bonjour Camille" in talk.everything("dm:antoine")
    async with talk.house.database.reading() as tx:
        (community,) = await tx.people.communities()
    assert community.state == "closed"


async def _kept(talk: Conversation) -> tuple[int, ...]:
    async with talk.house.database.reading() as tx:
        counts = [
            (await tx.session.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (AccountRow, MembershipRow, TimerRow)
        ]
    return tuple(counts)
