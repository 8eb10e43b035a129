"""Before the opening: first words, eight questions, the month to come, one button [CO-8]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import communities
from tests.conversation import Conversation, conversation
from tests.windows import desk

EIGHT = """\
claire @dm: Mieux soigner, ensemble
claire [née d'elle-même]
claire [à distance]
claire [Garder cette réponse]
claire @dm: 1er juillet au 31 août
claire [jeudi]
claire @dm: Claire (@claire)
claire [chiffres sans nom]
"""

NOTED = (
    "Mieux soigner, ensemble",
    "née d'elle-même",
    "à distance",
    "CA-QC",
    "du 1er juillet au 31 août",
    "jeudi",
    "Claire (@claire)",
    "chiffres sans nom",
)


@pytest.fixture
async def prepared(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community, still in preparation."""
    async with conversation(tmp_path, state="preparation") as found:
        yield found


async def test_first_words_go_to_those_with_a_role_and_to_nobody_else(
    prepared: Conversation,
) -> None:
    await prepared.play("@skip 1d")
    assert "Il reste à régler **Demo**" in prepared.text("dm:claire")
    assert "chaque lundi à 9 h" in prepared.text("dm:claire")
    assert "Rien n'est encore parti" in prepared.text("dm:antoine")
    assert prepared.said("dm:marie") == []
    assert prepared.said("general") == []
    await prepared.play("@skip 7d")
    assert len(prepared.said("dm:antoine")) == 1


async def test_first_words_that_still_wait_are_untrue_after_the_opening(
    prepared: Conversation,
) -> None:
    await prepared.play("claire @dm: ouvrir\n@skip 1d")
    assert "Il reste à régler" not in prepared.everything("dm:claire")
    assert "Rien n'est encore parti" not in prepared.everything("dm:antoine")


async def test_eight_questions_then_the_month_and_one_button(prepared: Conversation) -> None:
    await prepared.play("@skip 1d\nclaire [Commencer]")
    assert "Visible par : les membres" in prepared.text("dm:claire")
    assert "Pour l'instant : Partager nos pratiques" in prepared.text("dm:claire")
    await prepared.play(EIGHT)
    assert "C'est réglé" in prepared.text("dm:claire")
    assert prepared.last("dm:claire")["buttons"] == [
        "Voir le mois",
        "Changer une réponse",
        "Ouvrir",
    ]
    await prepared.play("claire @dm: réglages")
    page = prepared.text("dm:claire")
    for value in NOTED:
        assert f"**{value}**" in page, value
    await prepared.play("claire [Ouvrir]")
    assert "le robot qui accompagne **Demo**" in prepared.text("general")


async def test_one_answer_is_changed_alone(prepared: Conversation) -> None:
    await prepared.play("claire @dm: mise-en-place")
    await prepared.play(EIGHT)
    await prepared.play("claire [Changer une réponse]\nclaire [Le mode]\nclaire [mixte]")
    assert "C'est réglé" in prepared.text("dm:claire")
    await prepared.play("claire @dm: réglages mode\nclaire @dm: registre")
    assert "format = virtual → format = mixed" in prepared.text("dm:claire")


async def test_contacts_are_one_line_or_four(prepared: Conversation) -> None:
    await prepared.play("claire @dm: mise-en-place")
    await prepared.play("\n".join(EIGHT.splitlines()[:-2]))
    await prepared.play("claire @dm: Claire\\nAntoine")
    assert "J'ai lu 2 lignes" in prepared.text("dm:claire")
    await prepared.play("claire @dm: A\\nB\\nC\\nD\nclaire [rien]\nclaire @dm: réglages")
    page = prepared.text("dm:claire")
    assert "(`contacts.privacy`) : **A**" in page
    assert "(`contacts.appeal`) : **D**" in page


async def test_a_period_that_means_nothing_is_asked_again(prepared: Conversation) -> None:
    await prepared.play("claire @dm: mise-en-place")
    await prepared.play("\n".join(EIGHT.splitlines()[:4]) + "\nclaire @dm: quand il pleut")
    assert "24 juin au 15 août" in prepared.text("dm:claire")
    await prepared.play("claire @dm: aucune")
    assert "Le rendez-vous" in prepared.text("dm:claire")


async def test_later_says_how_to_come_back(prepared: Conversation) -> None:
    await prepared.play("@skip 1d\nclaire [Plus tard]")
    assert "reprend où vous en étiez" in prepared.text("dm:claire")


async def test_a_member_sets_nothing_up(prepared: Conversation) -> None:
    await prepared.play("marie @dm: mise-en-place")
    assert "revient à la coordination" in prepared.text("dm:marie")


async def test_the_month_shows_an_empty_month_in_words(prepared: Conversation) -> None:
    await prepared.play("@skip 1d\nantoine [Voir le mois]")
    assert "Rien n'est prévu pour l'instant" in prepared.text("dm:antoine")


@pytest.mark.parametrize(("lang", "typed"), [("fr", "mise-en-place"), ("en", "setup")])
async def test_a_window_shows_what_is_set_already_where_it_is_changed(
    lang: str, typed: str, tmp_path: Path
) -> None:
    async with desk(tmp_path, lang=lang) as talk:
        await talk.types("claire", typed, slash=True)
        shown = talk.shown()
        chosen = {name: shown[name] for name in ("origin", "format", "slot", "external")}
        assert chosen == {
            "origin": "intentional",
            "format": "mixed",
            "slot": "tuesday",
            "external": "none",
        }
        labels = [each["label"] for each in talk.window["fields"] if each["name"] in chosen]
        assert not [label for label in labels if "Pour l" in label or "For now" in label]
        # Only what is answered otherwise becomes a choice of the community's own.
        await talk.sends("claire", {**shown, "format": "virtual"})
        async with talk.house.database.reading() as tx:
            [here] = await tx.people.communities()
            _, own = await communities.chosen(tx.session, here.id)
        assert own == {"format": "virtual"}
