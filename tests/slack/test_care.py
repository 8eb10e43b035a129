"""The forms of what comes with a rhythm and with care, in windows: short, and faults in place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.conversation import plain
from tests.slack.community import Community, community
from tests.slack.screen import Screen

pytestmark = pytest.mark.usefixtures("unthreaded")
QUESTION = "Comment accueillez-vous une personne stagiaire?"


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path) as found:
        yield found
        refused = [each for each in found.workspace.called if not (each.answer or {}).get("ok")]
        assert refused == []


def screens(made: Community, *names: str) -> list[Screen]:
    """The screens of these people."""
    return [Screen(made, name) for name in names]


def asked(screen: Screen) -> dict[str, tuple[str, str, str]]:
    """The fields of the window before somebody: label, explanation, what stands there already.

    Above them a line says who reads it, which no button has to.
    """
    first, *blocks = screen.window.body["blocks"]
    assert "Visible par" in str(first)
    assert [each["type"] for each in blocks] == ["input"] * len(blocks)
    return {each["block_id"]: _read(each) for each in blocks}


def _read(block: dict[str, Any]) -> tuple[str, str, str]:
    hint = block.get("hint", {}).get("text", "")
    now = block["element"].get("initial_value", "")
    return plain(block["label"]["text"]), plain(hint), plain(now)


async def faults(screen: Screen, **values: Any) -> dict[str, str]:
    """What stands beside which field after it was sent so; the window stays."""
    payload = (await screen.sends(**values)).payload
    assert payload["response_action"] == "errors"
    assert screen.person.modal is not None
    return {name: plain(text) for name, text in payload["errors"].items()}


async def test_a_question_is_proposed_reworded_and_declined_in_windows(made: Community) -> None:
    marie, antoine = screens(made, "marie", "antoine")
    await marie.slash("proposer", where="general")
    assert list(asked(marie)) == ["text"]
    told = await faults(marie, text="Quel outil avez-vous cessé d'utiliser, et pourquoi?")
    assert "déjà dans la banque, sous P07" in told["text"]
    assert "Il me faut des mots" in (await faults(marie, text=" #outil "))["text"]
    await marie.sends(text=f"{QUESTION} #releve")
    marie.sees("C'est envoyé à l'équipe d'animation")
    await antoine.presses("Modifier puis accepter", where="animateurs")
    # What stands in the field is not told once more under it.
    assert [each[1:] for each in asked(antoine).values()] == [("", QUESTION), ("", "releve")]
    assert "Il me faut des mots" in (await faults(antoine, text="...", tags=None))["text"]
    await antoine.sends(text="Comment accueillez-vous une ou un stagiaire?", tags="accueil")
    marie.sees("Comment accueillez-vous une ou un stagiaire?")
    await marie.slash("proposer Où rangez-vous le topinambour?")
    await marie.presses("Envoyer à l'équipe")
    await antoine.presses("Décliner", where="animateurs")
    label, about, _ = asked(antoine)["reason"]
    assert label.startswith("Un mot pour la personne")
    assert about == "Où rangez-vous le topinambour?"
    await antoine.sends(reason=None)
    marie.sees("Merci de l'avoir proposée")


async def test_an_answer_in_private_says_in_its_window_what_can_betray(made: Community) -> None:
    claire, antoine, marie = screens(made, "claire", "antoine", "marie")
    await claire.slash("réglages sans-mon-nom oui")
    await claire.presses("Publier")
    await antoine.slash("amorce publier P07")
    await marie.presses("Répondre en privé", where="general")
    label, about, _ = asked(marie)["publish"]
    assert label == "Avec votre nom, ou sans?"
    assert "Ce qui peut vous trahir malgré tout" in about
    assert "qui administre mon serveur peut lire le texte" in about
    assert await faults(marie, text="  ", publish="nameless") == {
        "text": "Il manque une réponse ici."
    }
    await marie.sends(text="Le fax.")
    marie.sees("C'est confié")
    await marie.presses("Qui verra ça?", where="general")
    told = marie.person.ephemerals("general")[-1]
    assert plain(told.read).startswith("Qui verra ça?")
    assert made.person("antoine").ephemerals("general") == []
    await made.pass_until("2026-03-03T09:00")
    assert "Quelqu'un répond, sans son nom" in plain(antoine.sees("Le fax.", where="general").read)


async def test_an_hour_a_rhythm_and_a_correction_are_asked_in_windows(made: Community) -> None:
    claire, antoine, marie = screens(made, "claire", "antoine", "marie")
    await marie.slash("moi")
    for label in ("Un résumé chaque mardi, 13 h", "Changer d'heure", "D'autres heures"):
        await marie.presses(label)
    assert "Je ne lis pas d'heure dans « 25 h »" in (await faults(marie, at="25 h"))["at"]
    await marie.sends(at="11 h 30")
    marie.sees("chaque semaine, le mardi à 11 h 30")
    await claire.slash("amorce planifier")
    await claire.presses("Choisir un rythme")
    assert "Je n'ai pas compris ce rythme" in (await faults(claire, words="blabla"))["words"]
    await claire.sends(words="chaque jeudi 10 h")
    claire.sees("chaque jeudi à 10 h")
    await antoine.slash("amorce publier P07")
    await antoine.presses("Corriger")
    assert asked(antoine)["text"][2].startswith("Quel outil avez-vous cessé")
    assert await faults(antoine, text=" ") == {"text": "Il manque une réponse ici."}
    await antoine.sends(text="Quel outil avez-vous gardé?")
    assert len(marie.sees("avez-vous gardé", where="general").buttons) == 5
