"""Settings are read by everybody, changed by coordinators, and say where they come from [CO-1]."""

from __future__ import annotations

import pytest

from tests.conversation import Conversation


async def test_a_member_reads_every_setting_with_its_source(talk: Conversation) -> None:
    await talk.play("marie @dm: réglages")
    page = talk.text("dm:marie")
    assert "rendez-vous (`slot`) : **mardi** · choix, mardi par défaut · jamais changé" in page
    assert "nom (`name`) : **Demo** · texte, rien par défaut · lu dans le fichier" in page
    assert "heures (`working_hours`) : **de 8 h 30 à 16 h 30**" in page


async def test_what_chat_changed_wins_and_says_so(talk: Conversation) -> None:
    await talk.play("claire @dm: réglages rendez-vous jeudi\nmarie @dm: settings slot")
    assert "rendez-vous : **jeudi**. Avant : mardi" in talk.everything("dm:claire")
    assert "**jeudi** · choix, mardi par défaut · changé en conversation" in talk.text("dm:marie")


async def test_a_setting_goes_back_to_the_file(talk: Conversation) -> None:
    await talk.play("claire @dm: réglages nom Terrain\nclaire [Revenir au fichier]")
    assert "nom : **Demo**. Avant : Terrain" in talk.text("dm:claire")
    await talk.play("claire @dm: réglages nom Terrain\nclaire @dm: réglages nom défaut")
    await talk.play("claire @dm: réglages nom")
    assert "**Demo** · texte, rien par défaut · lu dans le fichier" in talk.text("dm:claire")


async def test_a_member_and_an_animator_change_nothing(talk: Conversation) -> None:
    await talk.play("marie @dm: réglages slot jeudi\nantoine @dm: réglages slot jeudi")
    for name in ("marie", "antoine"):
        assert "revient à la coordination" in talk.everything(f"dm:{name}")
    await talk.play("marie @dm: réglages slot")
    assert "**mardi**" in talk.text("dm:marie")


async def test_a_visitor_does_not_read_the_settings(talk: Conversation) -> None:
    await talk.play("nadia @dm: réglages")
    assert "Claire" not in talk.text("dm:nadia")
    assert "Réseau Nord" not in talk.text("dm:nadia")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("slot pleine lune", "Réponses possibles : lundi"),
        ("timezone America/Torronto", "Par exemple : America/Toronto"),
        ("posts_a_week 9", "de 1 à 5"),
        ("working_hours le matin", "8 h 30 à 16 h 30"),
        ("working_hours 16:00-9:00", "8 h 30 à 16 h 30"),
        ("holidays FR, Pâques", "« Pâques »"),
        ("slow_periods 31 juin au 15 août", "24 juin au 15 août"),
        ("prompts peut-être", "« oui » ou « non »"),
        ("summary_at 25:00", "9 h 30"),
        ("form a, b, c, d, e", "De une à 4"),
        ("rendezvous mardi", "rendez-vous"),
        ("zzzzzz 3", "« réglages » pour les voir tous"),
    ],
)
async def test_a_value_that_means_nothing_is_answered_kindly(
    talk: Conversation, typed: str, answer: str
) -> None:
    await talk.play(f"claire @dm: réglages {typed}")
    assert answer in talk.text("dm:claire")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("heures 9h à 17h", "**de 9 h à 17 h**"),
        ("slow_periods 1er juillet au 31 août, 20 décembre au 5 janvier", "du 20 décembre au"),
        ("slow_periods aucune", "**rien**"),
        ("holidays CA-QC, 2026-09-30", "**CA-QC et 2026-09-30**"),
        ("documents non", "documents : **non**. Avant : oui"),
        ("contact-appel Paul (@paul)", "**Paul (@paul)**"),
        ("mot-amorce question du jeudi", "**question du jeudi**"),
        ("timezone America/Montreal", "déjà"),
        ("external_report chiffres", "**chiffres sans nom**"),
    ],
)
async def test_a_value_is_read_as_people_write_it(
    talk: Conversation, typed: str, answer: str
) -> None:
    await talk.play(f"claire @dm: réglages {typed}")
    assert answer in talk.text("dm:claire")


async def test_opening_the_door_takes_an_animator_and_a_coordinator(talk: Conversation) -> None:
    await talk.play("claire @dm: réglages join ouverte")
    assert "demande deux personnes" in talk.text("dm:claire")
    await talk.play("claire [Oui, j'accepte]")
    assert "deuxième personne" in talk.text("dm:claire")
    await talk.play("claire @dm: réglages join")
    assert "**fermée, sur demande**" in talk.text("dm:claire")
    await talk.play("antoine [Oui, j'accepte]\nclaire @dm: réglages join")
    assert "ouverte à tout le monde" in talk.text("animateurs")
    assert "**ouverte**" in talk.text("dm:claire")


async def test_after_seven_days_a_second_yes_comes_too_late(talk: Conversation) -> None:
    await talk.play("claire @dm: réglages join ouverte")
    card = talk.last("animateurs")["n"]
    await talk.play(f"@skip 8d\nantoine [Oui, j'accepte] {card}\nclaire @dm: réglages join")
    assert "**fermée, sur demande**" in talk.text("dm:claire")
