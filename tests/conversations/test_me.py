"""*Moi*: everything a person chose is on one screen, and wins [AT-3, e.4]."""

from __future__ import annotations

import pytest

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToPerson
from bot.registry import command
from tests.conversation import Conversation, feature


@command("offer")
async def offer(call: Call) -> Reply:
    """Means to tell the actor something of their own accord: stands in for a feature to come."""
    return Intend(
        "follow-up", Say("home-elsewhere", to=ToPerson(call.person_id)), subject="question:1"
    )


@command("keep")
async def keep(call: Call) -> Reply:
    """The same, of a kind that waits for the end of a pause."""
    return Intend(
        "waiting-update", Say("home-elsewhere", to=ToPerson(call.person_id)), subject="request:1"
    )


def bot_started(talk: Conversation, name: str) -> list[str]:
    """When the bot wrote to somebody of its own accord."""
    return [line["at"][:16] for line in talk.said(f"dm:{name}") if line["started_by"] == "bot"]


async def test_the_screen_shows_each_setting_with_its_value(talk: Conversation) -> None:
    await talk.play("marie @dm: moi")
    said = talk.text("dm:marie").replace("**", "")
    for line in (
        "Langue : Français",
        "Vos heures : celles de la communauté, de 8 h 30 à 16 h 30",
        "Fuseau horaire : heure de l'Est. Jours fériés : Québec",
        "Pause : aucune",
        "Messages coupés : aucun",
        "Profil : Marie · infirmière scolaire · Clinique du Fleuve",
        "Activité : comptée dans les totaux, sans nom",
        "Ligne de bienvenue dans le salon : oui",
    ):
        assert line in said
    buttons = talk.last("dm:marie")["buttons"]
    assert [button.replace("’", "'") for button in buttons[:6]] == [
        "Choisir mon rythme",
        "Faire une pause",
        "Mon profil",
        "Mes données",
        "Qui voit quoi?",
        "Quitter",
    ]


async def test_lea_reads_her_settings_in_english_and_ibrahim_his_zone(talk: Conversation) -> None:
    await talk.play("lea @dm: me\nibrahim @dm: moi")
    assert "**Your hours**: those of the community, 8:30 to 16:30" in talk.text("dm:lea")
    assert "heure de l'Europe centrale. **Jours fériés** : France" in talk.text("dm:ibrahim")


async def test_a_visitor_reads_that_almost_nothing_is_kept(talk: Conversation) -> None:
    await talk.play("nadia @dm: moi\nnadia @dm: pause")
    assert "je ne garde presque rien sur vous" in talk.everything("dm:nadia")


async def test_settings_typed_in_a_space_are_answered_in_private(talk: Conversation) -> None:
    await talk.play("marie: /copain moi")
    assert talk.said("general") == []
    assert "Ce qui vous regarde" in talk.text("dm:marie")


async def test_a_change_of_language_holds_from_its_own_answer_on(talk: Conversation) -> None:
    await talk.play("marie @dm: langue en")
    assert talk.text("dm:marie").startswith("Noted.")
    await talk.play("marie @dm: language")
    await talk.play("marie [Français]")
    assert talk.text("dm:marie").endswith("dans cette langue : Français")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("pause jusqu'au 20 mars", "jusqu'au vendredi 20 mars inclus"),
        ("pause jusqu’au 20 mars", "jusqu'au vendredi 20 mars inclus"),
        ("pause until 20 mars", "jusqu'au vendredi 20 mars inclus"),
        ("pause 2 semaines", "jusqu'au lundi 16 mars inclus"),
        ("pause 3 h", "jusqu'au lundi 2 mars à 12 h"),
        ("pause sans fin", "jusqu'à nouvel ordre"),
    ],
)
async def test_a_pause_is_understood_in_many_ways(
    talk: Conversation, typed: str, shown: str
) -> None:
    await talk.play(f"marie @dm: {typed}")
    assert f"Plus rien de moi en privé, {shown}." in talk.text("dm:marie")
    await talk.play("marie @dm: moi")
    assert f"**Pause** : {shown}" in talk.text("dm:marie")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("pause banane", "Je n'ai pas reconnu de date."),
        ("pause jusqu'au 32 mars", "Je n'ai pas reconnu de date."),
        ("pause jusqu'au 1er mars 2020", "Cette date est déjà passée : dimanche 1er mars 2020."),
    ],
)
async def test_a_pause_that_cannot_be_is_answered_with_an_example(
    talk: Conversation, typed: str, answer: str
) -> None:
    await talk.play(f"marie @dm: {typed}")
    assert talk.text("dm:marie").startswith(answer)
    assert f"> {typed}" in talk.text("dm:marie")


async def test_nothing_private_comes_during_a_pause(talk: Conversation) -> None:
    """Scenario 3 of the domain specification, with a stand-in for the activity."""
    talk.add(feature("stand-in", offer, keep))
    await talk.play("marie @dm: offer\nmarie @dm: keep")
    before = bot_started(talk, "marie")
    await talk.play("marie @dm: pause jusqu'au 20 mars\nmarie @dm: offer\nmarie @dm: keep")
    await talk.play("@until 2026-03-20T23:00")
    assert bot_started(talk, "marie") == before
    await talk.play("@until 2026-03-24T12:00")
    since = bot_started(talk, "marie")[len(before) :]
    assert [at[:10] for at in since] == ["2026-03-23"]


async def test_a_pause_without_end_keeps_silent_for_months_until_it_is_ended(
    talk: Conversation,
) -> None:
    talk.add(feature("stand-in", keep))
    await talk.play("marie @dm: pause\nmarie [Sans date de fin]\nmarie @dm: keep\n@skip 90d")
    assert bot_started(talk, "marie") == []
    await talk.play("marie @dm: pause fin\n@skip 3d")
    assert len(bot_started(talk, "marie")) == 1


async def test_hours_of_ones_own_win_over_those_of_the_community(talk: Conversation) -> None:
    talk.add(feature("stand-in", keep))
    await talk.play(
        """\
        ibrahim @dm: moi
        ibrahim [Choisir mon rythme]
        ibrahim [D'autres heures]
        ibrahim @dm: de vingt à vingt-deux
        """
    )
    assert "Je n'ai pas reconnu d'heures." in talk.text("dm:ibrahim")
    await talk.play("ibrahim @dm: 20 h à 22 h")
    assert "de 20 h à 22 h, du lundi au vendredi" in talk.everything("dm:ibrahim")
    await talk.play("ibrahim @dm: keep\n@skip 1d")
    (at,) = bot_started(talk, "ibrahim")
    # 20 h in Paris is 14 h in Toronto.
    assert "2026-03-02T14:00" <= at < "2026-03-02T16:00"
    await talk.play("ibrahim @dm: moi\nibrahim [Choisir mon rythme]")
    await talk.play("ibrahim [Heures de la communauté]")
    assert "celles de la communauté" in talk.text("dm:ibrahim")


async def test_less_of_this_stops_a_kind_and_can_be_taken_back(talk: Conversation) -> None:
    talk.add(feature("stand-in", offer))
    await talk.play("marie @dm: offer\n@skip 1d\nmarie [Moins de ceci]")
    assert talk.text("dm:marie").startswith("C'est noté : vous en recevrez moins.")
    assert "suivi de vos questions" in talk.text("dm:marie")
    heard = len(bot_started(talk, "marie"))
    await talk.play("marie @dm: moi")
    assert "**Messages coupés** : suivi de vos questions" in talk.text("dm:marie")
    await talk.play("@skip 10d\nmarie @dm: offer\n@skip 10d")
    assert len(bot_started(talk, "marie")) == heard
    await talk.play("marie @dm: notifications\nmarie [☐ suivi de vos questions]")
    await talk.play("marie @dm: offer\n@skip 10d")
    assert len(bot_started(talk, "marie")) == heard + 1


async def test_only_who_animates_is_offered_the_kinds_of_animators(talk: Conversation) -> None:
    await talk.play("marie @dm: notifications\nantoine @dm: notifications")
    assert "conseils d'animation" not in talk.text("dm:marie")
    assert "conseils d'animation" in talk.text("dm:antoine")


async def test_a_profile_is_corrected_and_shown(talk: Conversation) -> None:
    await talk.play(
        """\
        marie @dm: profil
        marie @dm: Marie-Ève *Tremblay*
        marie [Garder : infirmière scolaire]
        marie @dm: passer
        """
    )
    shown = "Marie-Ève \\*Tremblay\\* · infirmière scolaire"
    assert talk.text("dm:marie").endswith(f"liront : {shown}")
    await talk.play("marie @dm: moi")
    assert f"**Profil** : {shown}" in talk.text("dm:marie")
    assert "Visible par : les membres." in talk.everything("dm:marie")


async def test_the_welcome_line_may_be_refused_and_allowed_again(talk: Conversation) -> None:
    await talk.play("marie @dm: moi\nmarie [Ne pas me nommer]\nmarie @dm: moi")
    assert "Ligne de bienvenue dans le salon** : non" in talk.text("dm:marie")
    await talk.play("marie [Me nommer à l'accueil]")
    assert "peut vous nommer" in talk.text("dm:marie")
