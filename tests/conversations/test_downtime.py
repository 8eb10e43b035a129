"""After downtime nothing piles up, and nothing people did is lost [AT-4, RE-3, scenario 14]."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.call import Call
from bot.events import Account, Place, Said
from bot.messages import Intend, Reply, Say, ToUse
from bot.registry import command
from tests.conversation import Conversation, feature, plain

ZONE = ZoneInfo("America/Toronto")


@pytest.fixture
def talk(talk: Conversation) -> Conversation:
    """The ready-made community; dispatch knows what time it is when something arrives."""
    talk.house.dispatch.clock = talk.house.clock
    return talk


@command("plan three", "prevoir trois")
async def plan_three(call: Call) -> Reply:
    """Means to post on each of the three coming days, each useful on its day only."""
    first = call.now.astimezone(ZONE).replace(hour=10, minute=0)
    days = [first + timedelta(days=n) for n in (1, 2, 3)]
    return [
        Intend(
            "activity-announcement",
            Say("home-elsewhere", to=ToUse("discussion")),
            earliest=day,
            latest=day.replace(hour=16),
            subject=f"test:{day:%d}",
            chosen_minute=True,
        )
        for day in days
    ]


async def test_three_days_down_leave_no_backlog(talk: Conversation) -> None:
    talk.add(feature("plans", plan_three))
    await talk.play("antoine @dm: prevoir trois\n@down\n@until 2026-03-05T12:00\n@up\n@skip 10d")
    posted = talk.said("general")
    assert [datetime.fromisoformat(line["at"]).date().day for line in posted] == [5]


async def test_a_platform_whose_clock_is_ahead_is_answered_at_once(talk: Conversation) -> None:
    marie = Account("terminal", "", "marie")
    ahead = talk.house.clock.now() + timedelta(minutes=5)
    asked = Said(
        id="1", at=ahead, place=marie.dm, by=marie, name="marie", text="aide", message="m1"
    )
    await talk.house.hear(asked)
    assert await talk.house.delivery.drain() == 1


async def test_what_people_did_meanwhile_reaches_the_bot_in_order(talk: Conversation) -> None:
    await talk.play(
        "@down\nmarie @dm: aide\n@skip 1h\nmarie @dm: coucou\n@skip 2h\nlea @dm: hello\n@up"
    )
    said = talk.said("dm:marie")
    assert "Voici l'essentiel" in plain(said[0]["text"])
    assert "Par quelle porte" in plain(said[1]["text"])
    assert "Which door" in talk.text("dm:lea")


async def test_each_event_keeps_its_own_time_and_is_answered_once(talk: Conversation) -> None:
    await talk.play("@down\nmarie @dm: aide\n@skip 1h\n@up\n@down\n@up\n@skip 1d")
    assert len(talk.said("dm:marie")) == 1


async def test_without_downtime_only_the_caps_hold_them_back(talk: Conversation) -> None:
    talk.add(feature("plans", plan_three))
    await talk.play("antoine @dm: prevoir trois\n@skip 10d")
    days = [datetime.fromisoformat(line["at"]).date().day for line in talk.said("general")]
    # In cruise, two posts a week and one a day: the third day's post is not sent late either.
    assert days == [3, 4]


# --- A command that is more than twelve hours old asks first [RE-3].


async def test_a_command_of_yesterday_asks_first_and_runs_when_told(talk: Conversation) -> None:
    await talk.play("@down\nclaire: /copain amorce publier P07\n@skip 13h\n@up")
    asked = talk.text("dm:claire")
    assert "Vous aviez demandé « amorce publier P07 », lundi 2 mars" in asked
    assert talk.said("general") == []
    await talk.play("claire [Oui]")
    assert "Quel outil avez-vous cessé d'utiliser" in talk.text("general")


async def test_what_is_not_wanted_any_more_is_left_aside_and_forgotten(
    talk: Conversation,
) -> None:
    await talk.play("@down\nclaire @dm: amorce publier P07\n@skip 13h\n@up\nclaire @dm: non")
    assert "je laisse cette demande de côté" in talk.text("dm:claire")
    await talk.play("@skip 2d")
    assert talk.said("general") == []
    await talk.house.rest()
    assert b"amorce publier P07" not in talk.kept_bytes()


async def test_what_nobody_answered_for_a_week_is_forgotten(talk: Conversation) -> None:
    await talk.play("@down\nclaire @dm: amorce publier P07\n@skip 13h\n@up\n@skip 8d")
    assert talk.said("general") == []
    await talk.house.rest()
    assert b"amorce publier P07" not in talk.kept_bytes()


async def test_what_is_twelve_hours_old_runs_at_once(talk: Conversation) -> None:
    await talk.play("@down\nclaire: /copain amorce publier P07\n@skip 12h\n@up")
    assert len(talk.said("general")) == 1


async def test_the_command_runs_where_it_was_typed(talk: Conversation) -> None:
    talk.stage.server.happen("atelier", "room", talk.house.clock.now(), room="atelier")
    await talk.play("@join claire atelier\n@down\nclaire @atelier: /copain salon discussion")
    await talk.play("@skip 1d\n@up")
    assert "Vous aviez demandé « salon discussion »" in talk.everything("dm:claire")
    await talk.play("claire [Oui]")
    assert "spaces-say-it-there" not in talk.everything("dm:claire")
    async with talk.house.database.reading() as tx:
        assert await tx.people.space_at(Place("terminal", "", "atelier")) is not None


async def test_each_of_several_old_commands_is_asked_about_in_turn(talk: Conversation) -> None:
    await talk.play("""
        @down
        claire @dm: amorce publier P07
        claire @dm: coucou
        claire @dm: amorce publier P17
        @skip 13h
        @up
    """)
    said = talk.everything("dm:claire")
    assert "Vous aviez demandé « amorce publier P07 »" in said
    assert "« Une demande restée sans réponse » attend son tour" in said
    # « coucou » was typed before the question: it opens the home, and answers nothing.
    assert "Par quelle porte" in said
    await talk.play("claire [Non]\nclaire [Oui]")
    assert [line["text"].count("recommandation") > 0 for line in talk.said("general")] == [True]


async def test_the_answers_and_the_presses_of_yesterday_count(talk: Conversation) -> None:
    await talk.play("claire @dm: amorce ajouter\nclaire: /copain amorce publier P17")
    n = talk.last("general")["n"]
    await talk.play(f"""
        @down
        claire @dm: Que faites-vous le lundi?
        marie [1] {n}
        @skip 13h
        @up
    """)
    assert "Vous aviez demandé" not in talk.everything("dm:claire")
    assert "Le temps : 1" in talk.text("general")


async def test_a_refusal_ends_the_question_with_the_reason(talk: Conversation) -> None:
    await talk.play("@down\nclaire: /copain accepter @personne\n@skip 13h\n@up\nclaire [Oui]")
    assert "Aucune demande en attente" in talk.text("dm:claire")
    await talk.play("claire @dm: coucou")
    assert "Par quelle porte" in talk.text("dm:claire")


async def test_who_may_not_is_told_so_at_once(talk: Conversation) -> None:
    await talk.play("@down\nmarie: /copain amorce publier P07\n@skip 13h\n@up")
    assert "revient à l'équipe d'animation" in talk.text("dm:marie")


async def test_of_somebody_nobody_keeps_no_word_is_noted(talk: Conversation) -> None:
    await talk.play("@down\nnadia @dm: rejoindre\n@skip 13h\n@up")
    assert talk.last("dm:nadia")["form"]["name"] == "join"


async def test_an_answer_that_is_late_itself_is_an_answer(talk: Conversation) -> None:
    await talk.play("@down\nclaire: /copain amorce publier P07\n@skip 13h\n@up")
    n = talk.last("dm:claire")["n"]
    await talk.play(f"@down\nclaire [Oui] {n}\n@skip 13h\n@up")
    assert len(talk.said("general")) == 1
