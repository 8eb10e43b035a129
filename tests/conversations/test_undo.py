"""Animators take back or correct what the bot said in their spaces, with what it caused [AT-6].

Members' own messages are never touched, and what is gone does not come back by itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import Rejected, RetryLater
from bot.events import Account, Pressed, Reacted
from bot.messages import Capabilities, Parcel, Say, ToPlace
from bot.people import Role
from bot.ports import Hears
from bot.registry import command
from storage.communities import JournalRow
from storage.postings import PostingRow, PromptAnswerRow
from tests.applying import apply
from tests.conversation import Conversation, feature, plain
from tests.rooms import GENERAL

POSTED = "antoine @dm: amorce publier P07"
BIN = "🗑️"


@command("shout", who=Role.ANIMATOR)
async def shout(call: Any) -> Say:
    """Says something in public that no feature has a name for."""
    return Say("help-title", to=ToPlace(GENERAL))


SHOUT = feature("shouting", shout)


def standing(talk: Conversation, place: str) -> list[str]:
    """What the bot said in a place and still stands there."""
    found = talk.stage.server.standing()
    return [plain(each.text) for each in found if each.place == place and each.by == "copain"]


async def rows(talk: Conversation, kind: type[Any]) -> list[Any]:
    async with talk.house.database.reading() as tx:
        return list((await tx.session.execute(select(kind))).scalars())


async def test_one_tap_takes_a_wrong_post_back_with_all_that_it_caused(talk: Conversation) -> None:
    await talk.play(f"claire @annonces: /copain salon discussion\n{POSTED}")
    n = talk.last("general")["n"]
    await talk.play(
        f"""marie [Chez nous aussi] {n}
        marie ^{n}: Un vieux cahier
        ibrahim [Répondre en privé] {n}
        ibrahim @dm: Le télécopieur
        ibrahim [Publier]
        marie +{n} {BIN}"""
    )
    assert any("Le télécopieur" in text for text in standing(talk, "general"))
    assert any("télécopieur" in text for text in standing(talk, "annonces"))
    assert any("Une première réponse" in text for text in standing(talk, "annonces"))
    before = await rows(talk, JournalRow)
    await talk.play(f"antoine +{n} 🗑")
    for place in ("general", "annonces"):
        assert [text for text in standing(talk, place) if "outil" in text] == []
        assert [text for text in standing(talk, place) if "réponse" in text] == []
        assert [text for text in standing(talk, place) if "télécopieur" in text] == []
    written = [each.text for each in talk.stage.server.standing() if each.by == "marie"]
    assert "Un vieux cahier" in written
    told = talk.everything("dm:antoine")
    assert told.count("C'est retiré de general") == 1
    assert "P07** est de retour dans la banque" in told
    assert "Une personne avait répondu par mon entremise" in told
    [posting] = await rows(talk, PostingRow)
    assert (posting.removed_at is None, posting.text) == (False, None)
    assert await rows(talk, PromptAnswerRow) == []
    [line] = [x for x in await rows(talk, JournalRow) if x.id not in {x.id for x in before}]
    assert (line.act, line.after) == ("undo", "P07")


async def test_what_is_gone_is_not_brought_back_and_its_prompt_may_serve_again(
    talk: Conversation,
) -> None:
    await talk.play(f"{POSTED}\nantoine [Retirer]")
    assert standing(talk, "general") == []
    gone = Pressed(
        id="late",
        at=talk.house.clock.now(),
        place=GENERAL,
        by=Account("terminal", "", "marie"),
        message="2",
        action="prompt.tap:1:0",
        name="marie",
    )
    await talk.house.hear(gone)
    await talk.play("@skip 9d")
    assert "L'équipe d'animation a retiré cette question" in talk.everything("dm:marie")
    assert [text for text in standing(talk, "general") if "outil" in text] == []
    await talk.play(POSTED)
    assert any("Quel outil" in text for text in standing(talk, "general"))


async def test_a_reply_in_words_takes_back_and_chat_does_not(talk: Conversation) -> None:
    await talk.play(
        f"""{POSTED}
        antoine ^2: corriger le tir prend du temps
        antoine ^2: retirer les vieux outils, c'est long
        marie ^2: retirer
        antoine ^2: !copain corriger"""
    )
    assert "Quel est le bon texte?" in talk.text("dm:antoine")
    assert "Garder" in str(talk.last("dm:antoine")["buttons"])
    await talk.play("antoine @dm: annuler")
    assert any("Quel outil" in text for text in standing(talk, "general"))
    answers = await rows(talk, PromptAnswerRow)
    assert len([each for each in answers if each.kind == "reply"]) == 3
    await talk.play("antoine ^2: Retirer")
    assert standing(talk, "general") == []


async def test_a_correction_keeps_counts_and_buttons_and_is_never_markup(
    talk: Conversation,
) -> None:
    await talk.play(
        f"""{POSTED}
        marie [Chez nous aussi] 2
        antoine ^2: corriger "Que *gardez*-vous, @channel?"
        ibrahim [Autrement]"""
    )
    said = plain(talk.last("general")["text"])
    assert r"Que \*gardez\*-vous" in said
    assert "@channel" not in said
    assert "✅ 1" in said
    assert "🔄 1" in said
    assert len(talk.last("general")["buttons"]) == 5
    assert "Le journal garde votre nom" in talk.everything("dm:antoine")
    [line] = [each for each in await rows(talk, JournalRow) if each.act == "correct"]
    assert "gardez" not in f"{line.before}{line.after}"
    long = "mot " * 200
    await talk.play(f'antoine ^2: corriger "{long}"')
    assert "600" in talk.text("dm:antoine")


async def test_a_message_nobody_named_is_corrected_and_taken_back(talk: Conversation) -> None:
    talk.add(SHOUT)
    await talk.play('antoine @dm: shout\nantoine ^-1: corriger "Bonjour à tous\\nà jeudi"')
    assert standing(talk, "general") == ["Bonjour à tous\nà jeudi"]
    await talk.play("antoine @dm: retirer")
    assert "1. un message · general" in talk.text("dm:antoine")
    await talk.play("antoine [Retirer 1]")
    assert standing(talk, "general") == []
    await talk.play("antoine [Retirer 1]")
    assert "C'est déjà fait" in talk.text("dm:antoine")
    await talk.play("antoine @dm: retirer")
    assert "Je n'ai rien dans les salons" in talk.text("dm:antoine")


async def test_a_members_words_are_taken_back_and_never_changed(talk: Conversation) -> None:
    await talk.play(
        f"""{POSTED}
        ibrahim [Répondre en privé] 2
        ibrahim @dm: Le télécopieur
        ibrahim [Publier]
        antoine @dm: corriger
        antoine [Corriger 1]"""
    )
    assert "sont ceux d'un membre" in talk.text("dm:antoine")
    number = next(x["n"] for x in talk.said("general") if "télécopieur" in x["text"])
    await talk.play(f"antoine +{number} {BIN}")
    assert "une réponse publiée pour un membre" in talk.text("dm:antoine")
    assert [each.kind for each in await rows(talk, PromptAnswerRow)] == []
    assert any("Quel outil" in text for text in standing(talk, "general"))


async def test_a_card_of_the_team_goes_and_what_it_asked_still_waits(talk: Conversation) -> None:
    await apply(talk, "nadia")
    card = talk.last("animateurs")["n"]
    await talk.play(f"claire +{card} {BIN}")
    assert standing(talk, "animateurs") == []
    assert "« animer » la montre" in talk.text("dm:claire")
    await talk.play("claire @dm: animer")
    assert "Nadia" in talk.text("dm:claire")


async def test_private_messages_and_those_of_people_are_out_of_reach(talk: Conversation) -> None:
    await talk.play("marie: Bonjour\nantoine ^1: !copain retirer")
    assert "n'est pas de moi" in talk.text("dm:antoine")
    await talk.play("antoine @dm: aide")
    number = talk.last("dm:antoine")["n"]
    await talk.play(f"antoine +{number} {BIN}")
    assert talk.last("dm:antoine")["n"] == number
    await talk.play(f"antoine @dm ^{number}: retirer")
    assert "Ce message est privé" in talk.text("dm:antoine")
    await talk.play("marie @dm: retirer")
    assert standing(talk, "general") == []


@dataclass
class Held:
    """A platform that does not take what goes to the room for now, or refuses to remove."""

    platform: Any
    shut: bool = False
    refuses: bool = False
    name: str = "terminal"
    capabilities: Capabilities = field(default_factory=Capabilities)

    async def deliver(self, parcel: Parcel) -> str | None:
        """Delivers, unless it is shut."""
        if self.shut and not parcel.place.dm:
            raise RetryLater(60)
        if self.refuses and parcel.operation == "remove":
            raise Rejected("cant_delete_message")
        found: str | None = await self.platform.deliver(parcel)
        return found

    async def run(self, hear: Hears) -> None:
        """Nothing comes by itself."""

    async def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture
def held(talk: Conversation) -> Held:
    """The platform of the conversation, to be shut."""
    found = Held(talk.house.delivery.adapters["terminal"])
    talk.house.delivery.adapters = {"terminal": found}
    return found


async def test_what_waits_to_be_posted_is_gone_once_the_platform_is_back(
    talk: Conversation, held: Held
) -> None:
    held.shut = True
    await talk.play(f"{POSTED}\nantoine [Retirer]")
    assert talk.said("general") == []
    held.shut = False
    await talk.play("@skip 2h")
    assert standing(talk, "general") == []
    assert "C'est retiré de general" in talk.everything("dm:antoine")


async def test_a_refusal_of_the_platform_is_told_with_the_way_out(
    talk: Conversation, held: Held
) -> None:
    held.refuses = True
    await talk.play(f"{POSTED}\nantoine +2 {BIN}")
    assert "Je n'ai pas réussi à retirer mon message de **general**" in talk.text("animateurs")


async def test_two_animators_at_once_are_one(talk: Conversation) -> None:
    await talk.play(POSTED)
    now = talk.house.clock.now()
    both = [
        Reacted(
            id=name,
            at=now,
            place=GENERAL,
            by=Account("terminal", "", name),
            message="2",
            key=BIN,
            name=name,
        )
        for name in ("antoine", "claire")
    ]
    await asyncio.gather(*map(talk.house.hear, both))
    await talk.house.settle()
    acts = [each.act for each in await rows(talk, JournalRow)]
    assert acts.count("undo") == 1
    assert standing(talk, "general") == []
