"""Somebody arrives: first words, one public line a day, the guide, and silence when asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from storage import people
from tests.conversation import Conversation
from tests.newcomers import accept


def _bot_began(talk: Conversation, place: str) -> list[dict[str, Any]]:
    return [line for line in talk.said(place) if line["started_by"] == "bot"]


def _days(lines: list[dict[str, Any]]) -> list[date]:
    return [date.fromisoformat(line["at"][:10]) for line in lines]


def _at(line: dict[str, Any]) -> str:
    return str(line["at"])[11:16]


async def test_the_first_words_offer_only_doors_that_exist(talk: Conversation) -> None:
    await accept(talk, "nadia")
    first = next(line for line in talk.said("dm:nadia") if "vous êtes des nôtres" in line["text"])
    assert "Partager nos pratiques de terrain." in first["text"]
    assert "Qui peut m’aider?" in first["buttons"]
    labels = {"ask": "Poser une question", "find_doc": "Trouver un document"}
    for action, label in labels.items():
        assert (label in first["buttons"]) == talk.house.registry.has(action)


async def test_the_guide_comes_on_day_two_inside_the_window(talk: Conversation) -> None:
    await accept(talk, "nadia")
    await talk.play("@skip 6d")
    guides = [line for line in _bot_began(talk, "dm:nadia") if line["kind"] == "guide"]
    assert _days(guides) == [date(2026, 3, 4)]
    assert "08:30" <= _at(guides[0]) < "16:30"
    assert "Étape 1 de 2" in guides[0]["text"]
    assert guides[0]["buttons"][:3] == ["Ouvrir l’accueil", "Étape suivante", "Plus tard"]


async def test_accepted_on_a_friday_the_guide_comes_on_monday(talk: Conversation) -> None:
    await talk.play("@until 2026-03-06T10:00")
    await accept(talk, "nadia")
    await talk.play("@skip 5d")
    guides = [line for line in _bot_began(talk, "dm:nadia") if line["kind"] == "guide"]
    assert _days(guides) == [date(2026, 3, 9)]


async def test_the_next_step_takes_the_place_of_the_one_before(talk: Conversation) -> None:
    await accept(talk, "nadia")
    await talk.play("@skip 3d\nnadia [Étape suivante]")
    second = talk.last("dm:nadia") if talk.last("dm:nadia")["edits"] else talk.said("dm:nadia")[-2]
    assert second["edits"] is not None
    # The step about asking comes with the feature; today the second step is the last.
    assert "Étape 2 de 2" in second["text"]
    assert "rythme" in second["text"]
    assert "Étape suivante" not in second["buttons"]
    assert "Plus tard" not in second["buttons"]


async def test_later_once_brings_the_guide_back_and_twice_ends_the_journey(
    talk: Conversation,
) -> None:
    await accept(talk, "nadia")
    await talk.play("@skip 3d\nnadia [Plus tard]\n@skip 8d")
    guides = [line for line in _bot_began(talk, "dm:nadia") if line["kind"] == "guide"]
    assert len(guides) == 2
    assert "une dernière fois" in guides[1]["text"]
    await talk.play("nadia [Plus tard]")
    before = len(_bot_began(talk, "dm:nadia"))
    await talk.play("@skip 40d")
    assert len(_bot_began(talk, "dm:nadia")) == before


async def test_two_newcomers_of_one_day_are_greeted_in_one_line(talk: Conversation) -> None:
    await accept(talk, "nadia")
    await talk.play("@skip 2h")
    await accept(talk, "omar")
    await talk.play("@skip 3d")
    lines = [line for line in _bot_began(talk, "general") if "Bienvenue" in line["text"]]
    assert len(lines) == 1
    assert "Nadia et Omar" in lines[0]["text"]
    assert _days(lines) == [date(2026, 3, 2)]
    assert talk.said("annonces") == []


async def test_the_public_line_waits_for_a_working_day(talk: Conversation) -> None:
    await talk.play("@until 2026-04-02T16:00")
    await accept(talk, "nadia")
    await talk.play("@until 2026-04-04T11:00")
    await accept(talk, "omar")
    await talk.play("@until 2026-04-10T11:00")
    lines = [line for line in _bot_began(talk, "general") if "Bienvenue" in line["text"]]
    assert _days(lines) == [date(2026, 4, 7)], "Good Friday, a week-end and Easter Monday pass"
    assert "Nadia et Omar" in lines[0]["text"]


async def test_no_two_public_lines_leave_on_one_day(talk: Conversation) -> None:
    for name in ("nadia", "omar", "paul"):
        await accept(talk, name)
        await talk.play("@skip 7h")
    await talk.play("@skip 7d")
    days = _days([line for line in _bot_began(talk, "general") if "Bienvenue" in line["text"]])
    assert days
    assert len(days) == len(set(days))


async def test_whoever_switches_it_off_is_not_named(talk: Conversation) -> None:
    await accept(talk, "nadia", "omar")
    async with talk.house.database.begin() as tx:
        for row in await people.members(tx.session, 1):
            row.greeted = row.name != "Nadia"
    await talk.play("@skip 2d")
    assert "Bienvenue à Omar." in talk.text("general")


async def test_a_pause_ends_the_journey(talk: Conversation) -> None:
    await accept(talk, "nadia")
    async with talk.house.database.begin() as tx:
        row = next(r for r in await people.members(tx.session, 1) if r.name == "Nadia")
        person = await people.person(tx.session, row.person_id)
        assert person is not None
        person.pause_until = row.since.replace(day=9)
    await talk.play("@skip 30d")
    assert _bot_began(talk, "dm:nadia") == []


async def test_a_pause_that_is_over_has_ended_the_journey_too(talk: Conversation) -> None:
    await accept(talk, "nadia")
    async with talk.house.database.begin() as tx:
        row = next(r for r in await people.members(tx.session, 1) if r.name == "Nadia")
        person = await people.person(tx.session, row.person_id)
        assert person is not None
        person.pause_set_at = person.pause_until = talk.house.clock.now()
    await talk.play("@skip 30d")
    assert _bot_began(talk, "dm:nadia") == []


async def test_nothing_follows_somebody_who_left(talk: Conversation) -> None:
    await accept(talk, "nadia")
    async with talk.house.database.begin() as tx:
        row = next(r for r in await people.members(tx.session, 1) if r.name == "Nadia")
        row.state = "left"
    await talk.play("@skip 30d")
    assert _bot_began(talk, "dm:nadia") == []
    assert "Nadia" not in talk.everything("general")


async def test_an_english_reader_is_welcomed_in_english_and_greeted_in_french(
    talk: Conversation,
) -> None:
    await accept(talk, "nadia", language="en")
    await talk.play("@skip 3d")
    assert "you are one of us" in talk.everything("dm:nadia")
    assert "Step 1 of 2" in talk.everything("dm:nadia")
    assert "Bienvenue à Nadia." in talk.everything("general")


async def test_the_kit_tells_a_member_what_matters_and_a_visitor_the_way_in(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: bienvenue\ninconnue @dm: bienvenue")
    kit = talk.text("dm:marie")
    for words in ("Ce qui nous réunit", "La charte", "Qui voit quoi", "Pour demander", "calme"):
        assert words in kit
    assert "On y entre par choix" in talk.text("dm:inconnue")
    await talk.play("marie [Ouvrir le guide]")
    assert "Étape 1 de 2" in talk.text("dm:marie")


async def test_depart_asks_which_of_two_things_is_meant(talk: Conversation) -> None:
    await talk.play("marie @dm: départ")
    assert "Relire l’accueil" in talk.last("dm:marie")["buttons"]
    assert ("Quitter" in talk.last("dm:marie")["buttons"]) == talk.house.registry.has("leave")
    await talk.play("marie [Relire l'accueil]")
    assert "Ce qui nous réunit" in talk.text("dm:marie")
