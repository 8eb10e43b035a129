"""What a charter may allow beside: a switch and a sentence that everybody reads [PR-3]."""

from __future__ import annotations

from sqlalchemy import delete

from storage import charter
from storage.charter import AgreementRow, CharterRow
from tests.conversation import Conversation

NAMELESS = "qui confie une réponse au robot peut demander qu'elle paraisse sans son nom"
HINT = "peut le signaler à qui vient de l'écrire"


async def _allows(talk: Conversation) -> tuple[str, ...]:
    async with talk.house.database.begin() as tx:
        found = await charter.current(tx.session, 1)
    return found.allows if found is not None else ()


async def test_a_switch_holds_once_the_charter_says_so_and_stops_at_once(
    talk: Conversation,
) -> None:
    assert await _allows(talk) == ()
    await talk.play("claire @dm: réglages sans-mon-nom oui")
    assert NAMELESS in talk.text("dm:claire")
    assert await _allows(talk) == (), "the switch alone allows nothing"
    await talk.play("claire [Publier]")
    assert await _allows(talk) == ("nameless",)
    await talk.play("marie @dm: charte")
    assert NAMELESS in talk.text("dm:marie"), "and every member reads it"

    await talk.play("claire @dm: réglages nameless non")
    assert "éteint dès maintenant" in talk.text("dm:claire")
    await talk.play("claire @dm: réglages nameless oui")
    assert "fonctionne dès maintenant" in talk.text("dm:claire"), "the charter still says it"

    await talk.play("claire @dm: réglages hint oui\nclaire @dm: charte publier mineure")
    assert "ce n'est plus une correction" in talk.everything("dm:claire")
    await talk.play("claire @dm: charte publier")
    assert await _allows(talk) == ("nameless", "hint")
    await talk.play("claire @dm: réglages nameless non\nclaire @dm: charte publier mineure")
    assert await _allows(talk) == ("hint",), "less is a correction"
    await talk.play("lea @dm: charter")
    assert "A private word" in talk.text("dm:lea")
    assert "Without my name" not in talk.text("dm:lea")


async def test_without_a_charter_it_says_so(talk: Conversation) -> None:
    async with talk.house.database.begin() as tx:
        await tx.session.execute(delete(AgreementRow))
        await tx.session.execute(delete(CharterRow))
    await talk.play("claire @dm: réglages mot-en-privé oui")
    assert "n'a pas encore publié la sienne" in talk.text("dm:claire")
    assert HINT in talk.text("dm:claire")
    assert talk.last("dm:claire")["buttons"] == ["Écrire la charte"]
