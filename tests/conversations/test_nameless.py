"""*Sans mon nom*: posted once, at a random moment, and kept from whom it came from [PR-3]."""

from __future__ import annotations

from sqlalchemy import select

from bot.foreseen import REHEARSE
from storage import nameless, postings
from storage.nameless import NamelessRow
from storage.observation import ObservationRow
from tests.conversation import Conversation, plain

ALLOW = "claire @dm: réglages sans-mon-nom oui\nclaire [Publier]"
POST = "claire: /copain amorce publier P07"
SAID = "Quelqu'un répond, sans son nom :"
TEXT = "Le fax du sous-sol."


def confided(name: str, text: str = TEXT, end: str = "Publier sans mon nom") -> str:
    """What somebody does who gives an answer in private."""
    return f"{name} [Répondre en privé]\n{name} @dm: {text}\n{name} [{end}]"


async def waiting(talk: Conversation) -> list[NamelessRow]:
    """What waits for its moment."""
    async with talk.house.database.reading() as tx:
        return await nameless.waiting(tx.session, 1)


async def test_it_is_off_until_the_charter_allows_it(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie [Répondre en privé]\nmarie @dm: {TEXT}")
    assert "sans votre nom" not in talk.everything("general")
    assert "Publier sans mon nom" not in talk.last("dm:marie")["buttons"]
    await talk.play(f"marie [Annuler]\n{ALLOW}\nmarie [Répondre en privé]\nmarie @dm: {TEXT}")
    assert talk.last("dm:marie")["buttons"][:2] == ["Publier avec mon nom", "Publier sans mon nom"]
    assert "Ce qui peut vous trahir" in talk.text("dm:marie")
    await talk.play("claire @dm: réglages sans-mon-nom non\nmarie [Publier sans mon nom]")
    assert "vient d'être désactivé" in talk.text("dm:marie")
    assert await waiting(talk) == []
    await talk.play("marie [Publier avec mon nom]")
    assert "**Marie** répond" in plain(talk.text("general"))


async def test_it_is_posted_once_without_a_name_and_counts_for_nobody(talk: Conversation) -> None:
    await talk.play(f"{ALLOW}\n{POST}")
    assert "avec ou sans votre nom" in talk.text("general")
    await talk.play("ibrahim @dm: qui voit quoi")
    assert "**Une réponse sans votre nom**" in talk.everything("dm:ibrahim")
    await talk.play(confided("marie"))
    assert "C'est confié" in talk.text("dm:marie")
    assert SAID not in talk.everything("general")
    await talk.play("@skip 1s\n@down\n@skip 1h 59m 59s\n@up\n@skip 1d")
    assert talk.everything("general").count(SAID) == 1
    assert talk.last("general")["thread"] is not None
    assert TEXT in talk.text("general")
    assert await waiting(talk) == []
    async with talk.house.database.reading() as tx:
        posting = await postings.get(tx.session, 1, 1)
        assert posting is not None
        assert await postings.participants(tx.session, posting) == set()
        rows = await tx.session.execute(select(ObservationRow))
        assert list(rows) == []
    number = talk.last("general")["n"]
    await talk.play(f"antoine +{number} 🗑️")
    assert talk.last("general")["removes"] == number, "an animator may take it back"


async def test_a_close_posts_what_waits_and_a_removal_wipes_it(talk: Conversation) -> None:
    await talk.play(f"{ALLOW}\n{POST}\n{confided('marie')}\nclaire: /copain amorce fermer P07")
    said = [line["text"] for line in talk.said("general")]
    assert "sans son nom" in said[-2], "before the thread is closed"
    assert "Fil refermé" in said[-1]
    assert "On y a répondu, sans se nommer." in talk.everything("dm:claire")
    await talk.play("claire @dm: annuler\nclaire: /copain amorce publier P08")
    await talk.play(confided("marie"))
    assert len(await waiting(talk)) == 1
    await talk.play("claire ^-1: retirer")
    assert await waiting(talk) == []
    await talk.play("@skip 1d")
    assert talk.everything("general").count(SAID) == 1


async def test_it_waits_while_somebody_is_passing_and_when_night_fell_meanwhile(
    talk: Conversation,
) -> None:
    await talk.play(f"{ALLOW}\n{POST}\n{confided('marie')}\n@join nadia\n@skip 4h")
    assert SAID not in talk.everything("general")
    await talk.play("@leave nadia\n@down\n@until 2026-03-02T23:00\n@up\n@skip 1h")
    assert SAID not in talk.everything("general"), "nobody posts at night"
    await talk.play("@until 2026-03-03T10:30")
    assert talk.everything("general").count(SAID) == 1


async def test_a_community_that_closes_posts_what_waits(talk: Conversation) -> None:
    await talk.play(f"{ALLOW}\n{POST}\n{confided('marie')}")
    await talk.play("claire @dm: fermer-communauté\nclaire [Oui, fermer]")
    assert TEXT in talk.everything("general")
    assert await waiting(talk) == []


async def test_nobody_sees_it_wait(talk: Conversation) -> None:
    await talk.play(f"{ALLOW}\n{POST}\n{confided('marie')}")
    await talk.play("claire @dm: registre\nantoine @dm: animer")
    assert TEXT not in talk.everything("dm:antoine") + talk.everything("dm:claire")
    async with talk.house.database.begin() as tx:
        work = talk.house.ring.work_of[REHEARSE].work
        found = await work(tx, community=1, days=1)
    assert TEXT not in str(found["foreseen"]), "what is to come leaves it out"
    assert len(await waiting(talk)) == 1
