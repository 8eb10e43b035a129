"""Nine fact cards: by their title, by a word, by `aide`; with this community's own names [AN-6]."""

from __future__ import annotations

import pytest

from bot.content import Content
from commands.cards import WITH_FIGURES
from storage.communities import CommunityRow
from tests.conversation import Conversation

CARDS = Content().cards()


async def test_the_nine_titles_are_buttons(talk: Conversation) -> None:
    await talk.play("marie @dm: fiches")
    assert len(talk.last("dm:marie")["buttons"]) == len(CARDS) + 1
    await talk.play("marie [Ce que ce n'est pas]")
    assert "Une ligne d'urgence" in talk.text("dm:marie")


@pytest.mark.parametrize("ask", ["aide confidentialite", "help slip", "fiches erreur", "fiche F9"])
async def test_a_word_finds_its_card(talk: Conversation, ask: str) -> None:
    await talk.play(f"marie @dm: {ask}")
    assert "Un détail confidentiel est parti" in talk.text("dm:marie")
    assert "Claire (@claire)" in talk.text("dm:marie")


async def test_every_card_is_read_by_everyone_and_by_each_of_its_words(talk: Conversation) -> None:
    for card in CARDS:
        title = (Content().text(card.title_key) or {})["fr"]
        for word in card.words["fr"]:
            await talk.play(f"@skip 3m\nnadia @dm: fiches {word}")
            assert talk.last("dm:nadia")["text"].startswith("**")
            shown = talk.text("dm:nadia")
            assert title.replace("’", "'").split("\u00a0:")[0] in shown, word
            assert "{" not in shown


async def test_a_missing_name_drops_its_line(talk: Conversation) -> None:
    async with talk.house.database.begin() as tx:
        row = await tx.session.get_one(CommunityRow, 1)
        row.chosen = {"contacts.coach": ""}
    await talk.play("marie @dm: fiches animation")
    assert "Ici" not in talk.text("dm:marie")


async def test_a_word_without_a_card_is_told_kindly(talk: Conversation) -> None:
    await talk.play("marie @dm: fiches zzz")
    assert "Aucune fiche ne porte sur « zzz »" in talk.text("dm:marie")


def test_each_card_that_quotes_the_study_names_it() -> None:
    texts = {card.id: (Content().text(card.key) or {})["fr"] for card in CARDS}
    assert {each for each, text in texts.items() if "sur 20" in text} == set(WITH_FIGURES)
