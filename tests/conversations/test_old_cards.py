"""A card of what is gone acts on nothing that came after it [SE-1]."""

from __future__ import annotations

from tests.conversation import Conversation, plain

ASKS = """
{name} @dm: rejoindre
{name} @dm: {shown}
{name} @dm: infirmière
{name} @dm: CLSC du Lac
{name} [Passer]
{name} [Passer]
"""


async def test_the_card_of_an_erased_request_lets_nobody_else_in(talk: Conversation) -> None:
    await talk.play(ASKS.format(name="nadia", shown="Nadia Un"))
    old = talk.last("animateurs")["n"]
    await talk.play("nadia [Retirer ma demande]\nnadia [Effacer maintenant]")
    await talk.play(ASKS.format(name="zoe", shown="Zoé Deux"))
    said = await talk.play(f"antoine [Accepter] {old}")
    assert [line["place"] for line in said] == ["dm:antoine"]
    assert "est effacée" in plain(said[0]["text"]) or "n'agit plus" in plain(said[0]["text"])
    assert "vous êtes des nôtres" not in talk.everything("dm:zoe")
    await talk.play("antoine [Accepter]")
    assert "vous êtes des nôtres" in talk.everything("dm:zoe")
