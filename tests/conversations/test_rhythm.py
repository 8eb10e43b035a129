"""Prompts on a rhythm, from the words that set it to the last turn [PR-2, PR-4, RE-3, RE-5]."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.app import World, ready_made
from bot.config.models import Space
from commands.prompts.rules import KEPT_FOR_PULSES
from storage import rhythms
from storage.communities import CommunityRow
from storage.intents import IntentRow
from storage.postings import PostingRow
from storage.rhythms import TurnRow
from storage.types import table_of
from tests.conversation import Conversation, conversation, plain

TUESDAYS = 'claire @dm: amorce planifier "chaque mardi 9h30"'
PUBLISH, REPLACE, SKIP = "Publier tel quel", "Remplacer", "Sauter"

_intent = table_of(IntentRow)
_posting = table_of(PostingRow)
_turn = table_of(TurnRow)


@pytest.fixture
async def once(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community for half a year, on one database."""
    async with conversation(tmp_path) as found:
        yield found


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community with a second space of discussion."""
    second = Space(platform="terminal", id="terrain", use="discussion")
    spaces = (*ready_made().communities[0].spaces, second)
    async with conversation(tmp_path, world=world(spaces=spaces)) as found:
        yield found


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community whose animators have no space of their own."""
    spaces = [each for each in ready_made().communities[0].spaces if each.use != "animators"]
    async with conversation(tmp_path, world=world(spaces=tuple(spaces))) as found:
        yield found


# --- The words.


async def test_a_rhythm_is_told_back_with_its_next_turns_and_what_the_caps_skip(
    talk: Conversation,
) -> None:
    await talk.play(TUESDAYS)
    said = talk.text("dm:claire")
    assert "chaque mardi à 9 h 30" in said
    assert "- mardi 3 mars à 9 h 30\n" in said
    assert "mardi 10 mars à 9 h 30 : sautera. La dernière question du moment" in said
    assert "sautent un tour sur deux" in said
    await talk.play('claire @dm: prompt schedule "first monday of the month 10:00" #outil')
    said = talk.text("dm:claire")
    assert "le premier lundi du mois à 10 h" in said
    assert "Ce rythme remplace le précédent" in said
    assert "#outil" in said
    # The holiday of Easter moves the turn of April, and says so.
    assert "lundi 6 avril à 10 h : partira plutôt mardi 7 avril à 10 h. C'est un jour férié" in said
    await talk.play("claire @dm: amorce planifier arrêter\nclaire @dm: amorce planifier")
    assert "rien ne part sans vous" in talk.text("dm:claire")
    await talk.play("claire @dm: audit")
    assert "a réglé le rythme des amorces" in talk.text("dm:claire")
    await talk.play("@skip 30d")
    assert talk.said("general") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quand il fait beau, mardi ou à 10h", ("J'ai reconnu : mardi, 10 h", "chaque mardi")),
        ("blabla", ("Je n'ai pas compris ce rythme", "chaque mardi 9 h 30")),
        ("chaque mardi 22h", ("22 h, c'est hors des heures", "15 h 30 conviendrait")),
        ("chaque samedi 10h", ("Rien ne part le samedi",)),
        ("chaque mardi jusqu'au 1er février 2026", ("serait déjà terminé",)),
        ("chaque mardi 9h30 #licorne", ("Aucune amorce ne porte #licorne",)),
        ("9" * 3000, ("Je n'ai pas compris",)),
    ],
)
async def test_words_that_make_no_rhythm_are_given_back_with_an_example(
    tmp_path: Path, typed: str, said: tuple[str, ...]
) -> None:
    async with conversation(tmp_path) as talk:
        await talk.play(f"claire @dm: amorce planifier {typed}\nclaire @dm: amorce sauter")
        every = talk.everything("dm:claire")
        assert [each for each in said if each not in every] == []
        assert "il n'y a rien à sauter" in talk.text("dm:claire")


async def test_members_set_no_rhythm_and_the_form_asks_again(talk: Conversation) -> None:
    await talk.play('marie @dm: amorce planifier "chaque mardi 9h30"\n@skip 30d')
    assert talk.said("general") == []
    await talk.play(
        """\
        claire @dm: amorce planifier
        claire [Choisir un rythme]
        claire @dm: blabla
        claire @dm: chaque jeudi 10h #outil
        """
    )
    assert "chaque jeudi à 10 h" in talk.text("dm:claire")
    assert "#outil" in talk.text("dm:claire")


# --- A turn.


async def test_animators_see_it_the_working_day_before_and_silence_publishes(
    talk: Conversation,
) -> None:
    await talk.play(f"{TUESDAYS}\n@until 2026-03-03T09:00")
    card = talk.last("animateurs")
    assert card["buttons"] == [PUBLISH, REPLACE, SKIP]
    assert "Sans réponse de votre part, elle partira" in talk.text("animateurs")
    assert talk.said("general") == []
    await talk.play("@until 2026-03-03T09:31")
    posted = talk.last("general")
    assert posted["at"].startswith("2026-03-03T09:30")
    assert (posted["kind"], posted["started_by"]) == ("prompt", "bot")
    # The turn of the 10th will be skipped by the caps.
    assert "La prochaine : mardi 17 mars." in plain(posted["text"])
    assert talk.last("animateurs")["edits"] == card["n"]
    await talk.play("marie [1]\n@until 2026-03-04T12:00")
    assert "La prochaine : mardi 17 mars." in talk.text("general")
    # Two working days later one answered: one word, in the thread, and never another.
    await talk.play("@until 2026-03-05T16:00")
    relance = talk.last("general")
    assert (relance["thread"], relance["kind"]) == (posted["n"], "relance")
    assert "je n'y reviendrai pas une autre fois" in plain(relance["text"])
    await talk.play("claire @dm: amorce relance\n@until 2026-03-17T09:00")
    assert "a déjà eu sa relance" in talk.everything("dm:claire")
    assert talk.last("general")["n"] == relance["n"]
    # The 10th said nothing to anybody; the 17th is announced in its turn.
    assert [each["at"][:10] for each in cards(talk)] == ["2026-03-02", "2026-03-16"]
    await talk.play("@until 2026-03-17T10:00")
    assert talk.last("general")["at"].startswith("2026-03-17T09:30")
    assert await states(talk) == ["posted", "dropped", "posted"]


async def test_replacing_draws_another_and_skipping_says_nothing(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@skip 1m")
    card = talk.last("animateurs")
    await talk.play(f"claire [{REPLACE}] {card['n']}")
    assert talk.last("animateurs")["edits"] == card["n"]
    assert code(talk.last("animateurs")) != code(card)
    # Antoine still had the first one before him: he reads that it changed, and nothing happens.
    await talk.play(f"antoine [{REPLACE}] {card['n']}")
    assert "Une autre question a pris sa place" in talk.text("dm:antoine")
    before = len(talk.said("dm:claire"))
    await talk.play(f"claire [{SKIP}]\n@until 2026-03-09T12:00")
    assert not any("sauté" in each["text"] for each in talk.said("dm:claire")[before:])
    assert talk.said("general") == []
    # A skipped turn used no room under the caps: the next one leaves.
    assert [each["at"][:10] for each in cards(talk)] == ["2026-03-02", "2026-03-09"]


async def test_of_two_who_press_the_second_reads_who_was_first(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@skip 1m")
    number = talk.last("animateurs")["n"]
    await talk.play(f"claire [{PUBLISH}] {number}\nantoine [{PUBLISH}] {number}")
    assert "Claire vient de s'en occuper" in talk.text("dm:antoine")
    assert "C'est oui, dit Claire." in talk.text("animateurs")
    await talk.play(f"antoine [{SKIP}]\nclaire [{SKIP}] {number}")
    assert "Antoine vient de s'en occuper" in talk.text("dm:claire")
    await talk.play("@until 2026-03-03T12:00")
    assert talk.said("general") == []


async def test_in_launch_silence_waits_and_a_late_yes_publishes_at_once(tmp_path: Path) -> None:
    made = world(mode="launch", launched=date(2026, 2, 23))
    async with conversation(tmp_path, world=made) as talk:
        await talk.play(f"{TUESDAYS}\n@skip 1m")
        assert "Pendant le lancement, j'attends votre oui." in talk.text("animateurs")
        assert "sautera" not in talk.text("dm:claire")
        await talk.play("claire @dm: animer")
        assert "doit partir mardi 3 mars à 9 h 30" in talk.text("dm:claire")
        await talk.play("@until 2026-03-03T11:00")
        assert talk.said("general") == []
        assert "En attente d'un oui" in talk.text("animateurs")
        await talk.play("claire @dm: animer\nclaire [1]\nclaire [Publier maintenant]")
        (posted,) = talk.said("general")
        assert posted["at"].startswith("2026-03-03T11:00")
        assert posted["started_by"] == "person"
        # A yes before the hour leaves at the hour.
        await talk.play("@until 2026-03-09T09:00")
        await talk.play(f"antoine [{PUBLISH}]\n@until 2026-03-10T09:31")
        assert talk.last("general")["at"].startswith("2026-03-10T09:30")
        assert await states(talk) == ["posted", "posted"]


async def test_a_lively_discussion_is_not_interrupted_and_never_two_turns_running(
    talk: Conversation,
) -> None:
    weekly = 'claire @dm: amorce planifier "toutes les deux semaines le mardi 9h30"'
    await talk.play(f"{weekly}\n@until 2026-03-03T08:00\nmarie: quelqu'un a essayé?")
    await talk.play("@until 2026-03-03T09:31")
    assert talk.said("general") == []
    assert "Des membres échangent depuis moins de deux heures" in talk.text("animateurs")
    await talk.play("antoine @dm: animer\nantoine [Publier quand même]")
    assert len(talk.said("general")) == 1
    assert await states(talk) == ["posted"]
    # Held back again two weeks later, this time nobody presses.
    await talk.play("@until 2026-03-17T08:00\nmarie: et vous?\n@until 2026-03-31T08:00")
    assert await states(talk) == ["posted", "lively"]
    # Not two turns running.
    await talk.play("marie: encore une idée\n@until 2026-03-31T10:00")
    assert talk.last("general")["at"].startswith("2026-03-31T09:30")


async def test_what_a_person_asked_for_is_never_held_back(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@skip 1m\nclaire [{PUBLISH}]")
    await talk.play("@until 2026-03-03T09:00\nmarie: bonjour\n@until 2026-03-03T09:31")
    assert len(talk.said("general")) == 1


async def test_scenario_4_a_holiday_moves_it_and_the_slow_period_drops_it(
    once: Conversation,
) -> None:
    talk = once
    await talk.play("@until 2026-05-13T09:00")
    await talk.play('claire @dm: amorce planifier "chaque lundi 9h30"\n@until 2026-05-15T12:00')
    assert "lundi 18 mai" in talk.everything("dm:claire")
    assert "mardi 19 mai à 9 h 30" in talk.text("animateurs")
    await talk.play("@until 2026-05-20T09:00")
    (posted, *_) = [each for each in talk.said("general") if each["kind"] == "prompt"]
    assert posted["at"].startswith("2026-05-19T09:30")
    await talk.play('@until 2026-06-23T09:00\nclaire @dm: amorce planifier "le 24 du mois 9h30"')
    before = len(talk.said("general"))
    assert "mercredi 24 juin à 9 h 30 : sautera. C'est une période calme." in talk.text("dm:claire")
    await talk.play("@until 2026-08-20T09:00")
    prompts = [each for each in talk.said("general")[before:] if each["kind"] == "prompt"]
    assert prompts == []
    async with talk.house.database.reading() as tx:
        rows = await tx.session.execute(select(IntentRow).where(_intent.c.kind == "prompt"))
        last = list(rows.scalars())[-1]
    assert (last.state, last.why) == ("dropped", "courtesy-why-slow")


# --- What befalls it.


async def test_after_downtime_a_rhythm_goes_out_once_and_is_seen_first(talk: Conversation) -> None:
    every_day = 'claire @dm: amorce planifier "chaque jour ouvrable 10h"'
    await talk.play(f"{every_day}\n@down\n@until 2026-03-05T12:00\n@up\n@until 2026-03-05T16:00")
    assert len(talk.said("general")) <= 1
    await talk.play("@until 2026-03-06T12:00")
    assert len(talk.said("general")) == 1
    await talk.play(f"{TUESDAYS}\n@down\n@until 2026-05-06T12:00\n@up\n@skip 3d")
    prompts = [each for each in talk.said("general") if each["kind"] == "prompt"]
    assert len(prompts) == 1, "a turn of eight days ago is not made up for"


async def test_the_part_switched_off_crisis_and_closing_let_the_rhythm_sleep(
    talk: Conversation,
) -> None:
    every = 'claire @dm: amorce planifier "toutes les deux semaines le mardi 9h30"'
    await talk.play(f"{every}\nclaire @dm: réglage amorces non\n@until 2026-03-10T09:00")
    assert talk.said("general") == []
    await talk.play("claire @dm: amorce planifier")
    assert "le rythme dort" in talk.text("dm:claire")
    await talk.play("claire @dm: réglage amorces oui\n@until 2026-03-17T10:00")
    assert len(talk.said("general")) == 1
    await change(talk, mode="crisis")
    await talk.play("@until 2026-04-01T09:00")
    await change(talk, mode="cruise")
    await talk.play("@until 2026-04-14T10:00")
    assert [each["at"][:10] for each in prompts_in(talk)] == ["2026-03-17", "2026-04-14"]
    await change(talk, state="closed")
    await talk.play("@until 2026-05-05T10:00")
    await change(talk, state="open")
    await talk.play("@until 2026-05-12T10:00")
    assert [each["at"][:10] for each in prompts_in(talk)][2:] == ["2026-05-12"]


async def test_a_prompt_set_aside_leaves_its_turn_and_stopping_takes_everything_back(
    talk: Conversation,
) -> None:
    await talk.play(f"{TUESDAYS}\n@skip 1m")
    card = talk.last("animateurs")
    await talk.play(f"claire @dm: amorce archiver {code(card)}")
    changed = talk.last("animateurs")
    assert changed["edits"] == card["n"]
    assert code(changed) != code(card)
    await talk.play("claire @dm: amorce planifier stop")
    assert "Le rythme a changé" in talk.text("animateurs")
    await talk.play("@skip 30d")
    assert talk.said("general") == []
    async with talk.house.database.reading() as tx:
        assert list(await tx.session.execute(select(_posting.c.id))) == []


async def test_two_spaces_get_one_posting_and_one_relance_each(two: Conversation) -> None:
    await two.play(f"{TUESDAYS}\n@until 2026-03-03T10:00")
    first, second = two.last("general"), two.last("terrain")
    assert first["text"] == second["text"]
    await two.play("@until 2026-03-06T16:00")
    for space in ("general", "terrain"):
        relances = [each for each in two.said(space) if each["kind"] == "relance"]
        assert len(relances) == 1
    assert two.last("general")["text"] == two.last("terrain")["text"]


async def test_three_who_answered_need_no_relance_and_closing_voids_it(talk: Conversation) -> None:
    post = "claire: /copain amorce publier P07"
    await talk.play(f"{post}\nmarie [1]\nibrahim [2]\nantoine [1]\n@until 2026-03-06T16:00")
    await talk.play("claire @dm: amorce fermer P07\nclaire @dm: annuler\n@skip 1d")
    await talk.play("claire: /copain amorce publier P08\n@skip 1d")
    await talk.play("claire @dm: amorce fermer P08\nclaire @dm: annuler\n@skip 10d")
    assert [each for each in talk.said("general") if each["kind"] == "relance"] == []


async def test_a_relance_by_hand_is_the_only_one(talk: Conversation) -> None:
    await talk.play("claire: /copain amorce publier P07\nclaire @dm: amorce relance")
    (relance,) = [each for each in talk.said("general") if each["kind"] == "relance"]
    assert relance["started_by"] == "person"
    await talk.play("antoine @dm: amorce liste")
    assert "Relancer P07" not in talk.last("dm:antoine")["buttons"]
    await talk.play("antoine @dm: prompt nudge p7\n@skip 10d")
    assert "a déjà eu sa relance" in talk.everything("dm:antoine")
    assert len([each for each in talk.said("general") if each["kind"] == "relance"]) == 1


async def test_without_a_space_of_their_own_animators_find_it_in_the_bundle(
    alone: Conversation,
) -> None:
    await alone.play("@until 2026-03-02T10:00")
    await alone.play('claire @dm: amorce planifier "chaque jeudi 9h30"\n@until 2026-03-04T12:00')
    said = alone.everything("dm:antoine")
    assert "Une question du moment doit partir jeudi 5 mars à 9 h 30" in said
    await alone.play("antoine @dm: animer\nantoine [1]")
    assert alone.last("dm:antoine")["buttons"] == [PUBLISH, REPLACE, SKIP]
    await alone.play(f"antoine [{SKIP}]\n@until 2026-03-05T12:00")
    assert alone.said("general") == []


# --- The bank, and who is offered a rhythm.


async def test_the_fifty_five_go_round_once_before_any_returns(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=world(holidays=())) as talk:
        await talk.play('claire @dm: amorce planifier "chaque lundi, mercredi et vendredi 10h"')
        while len(codes := await posted_codes(talk)) < 57:
            await talk.play("@skip 1d")
            async with talk.house.database.begin() as tx:
                # As if nothing had left: caps are not what is tried here.
                left = IntentRow.state == "released"
                await tx.session.execute(delete(IntentRow).where(left))  # type: ignore[arg-type]
    assert max(Counter(codes[:55]).values()) == 1
    assert not set(codes) & KEPT_FOR_PULSES


async def test_scenario_17_where_people_meet_in_person_no_rhythm_is_proposed(
    tmp_path: Path,
) -> None:
    for kind, offered in (("in-person", False), ("mixed", True)):
        folder = tmp_path / kind
        folder.mkdir()
        async with conversation(folder, world=world(format=kind), state="preparation") as talk:
            await talk.play("claire @dm: ouvrir\nclaire @dm: amorce planifier\n@skip 20d")
            shown = [label for line in talk.said("dm:claire") for label in line["buttons"]]
            assert any(label.startswith("Planifier") for label in shown) is offered
            assert talk.said("general") == [] or "question" not in talk.everything("general")
            await talk.play(TUESDAYS)
            assert "chaque mardi à 9 h 30" in talk.text("dm:claire")


async def test_in_english_the_rhythm_reads_as_well(tmp_path: Path) -> None:
    async with conversation(tmp_path, lang="en") as talk:
        await talk.play('claire @dm: prompt schedule "every two weeks on thursday 10:00"')
        assert "a current question **every two weeks on Thursday at 10:00**" in talk.text(
            "dm:claire"
        )
        await talk.play("claire @dm: prompt schedule whenever\n@until 2026-03-05T11:00")
        assert "I did not understand this rhythm." in talk.everything("dm:claire")
        assert "The next: Thursday 19 March." in talk.text("general")


# --- Looking.


def world(**changed: Any) -> World:
    """The ready-made world with a community that differs."""
    made = ready_made()
    return replace(made, communities=(made.communities[0].model_copy(update=changed),))


def cards(talk: Conversation) -> list[dict[str, Any]]:
    """The cards of turns as they first stood in the animators' space."""
    return [
        each for each in talk.said("animateurs") if each["kind"] == "preview" and not each["edits"]
    ]


def prompts_in(talk: Conversation) -> list[dict[str, Any]]:
    return [each for each in talk.said("general") if each["kind"] == "prompt" and not each["edits"]]


def code(card: dict[str, Any]) -> str:
    """The code that a card shows."""
    return plain(card["text"]).rsplit("(", 1)[1].split(")")[0]


async def states(talk: Conversation) -> list[str]:
    """The states of the turns that have a row and came to their hour, in order."""
    async with talk.house.database.reading() as tx:
        rows = await tx.session.execute(
            select(_turn.c.state)
            .where(_turn.c.state.not_in(("planned", "previewed")))
            .order_by(_turn.c.due)
        )
        return [row[0] for row in rows]


async def posted_codes(talk: Conversation) -> list[str]:
    async with talk.house.database.reading() as tx:
        rows = await tx.session.execute(select(_posting.c.code).order_by(_posting.c.id))
        return [row[0] for row in rows]


async def change(talk: Conversation, **values: Any) -> None:
    """What other features will do by command: another mode, another state."""
    async with talk.house.database.begin() as tx:
        await tx.session.execute(update(CommunityRow).values(**values))


async def test_turns_keep_their_day_and_what_was_decided_on_other_walls(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@until 2026-03-02T09:00\nclaire @dm: amorce sauter")
    await talk.play("claire @dm: réglages fuseau America/Vancouver\n@until 2026-03-09T12:00")
    assert talk.said("general") == [], "the turn of the 3rd was skipped"
    await talk.play("@until 2026-03-10T12:00")
    assert talk.said("general") == [], "at nine on the walls of Vancouver"
    await talk.play("@until 2026-03-10T14:00")
    assert len([each for each in talk.said("general") if each["kind"] == "prompt"]) == 1
    assert talk.last("general")["at"].startswith("2026-03-10T12:30")
    # What was looked at leaves once: at its new hour, or at the old one where that is over.
    await talk.play("@until 2026-03-24T11:00\nclaire @dm: réglages fuseau Europe/Paris")
    await talk.play("@until 2026-03-25T12:00")
    assert [each["at"][:13] for each in talk.said("general") if each["kind"] == "prompt"] == [
        "2026-03-10T12",
        "2026-03-25T04",
    ]


async def test_a_turn_without_a_space_ends_with_its_reason(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@skip 1d\nclaire: !copain salon aucun\n@skip 10d")
    async with talk.house.database.reading() as tx:
        newest = (await rhythms.turns(tx.session, 1, most=1))[0]
    assert (newest.state, newest.why) == ("dropped", "rhythm-why-space")
