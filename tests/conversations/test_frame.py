"""One event, one transaction, one outcome: the promises of the frame, seen from the chat [RE-1]."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.call import Call
from bot.dispatch import Already, Done
from bot.errors import Complaint
from bot.events import Account, Said
from bot.messages import AskForm, Reply, Say
from bot.registry import Arg, Field, command, form, on
from tests.conversation import Conversation, feature

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@command("note", "noter", args=(Arg("topic", "text"),))
async def note(call: Call, topic: str) -> Reply:
    """Writes a note, and complains or breaks when asked to."""
    await call.tx.notebook.write(f"test:{topic}", "written")
    if topic == "complain":
        raise Complaint("forms-empty")
    if topic == "break":
        raise ZeroDivisionError("a secret of nadia")
    return Say("help-help")


@command("survey", "enquete")
async def survey(call: Call) -> Reply:
    """Asks a form of three questions."""
    return AskForm("survey")


@command("second", "seconde")
async def second(call: Call) -> Reply:
    """Asks another form."""
    return AskForm("second")


async def questions(call: Call, state: Any) -> Sequence[Field]:
    return (
        Field("name", key="help-help", longest=20),
        Field("colour", "choice", key="help-help", options=(("yes", "yes"), ("no", "no"))),
        Field("more", key="help-help", required=False),
    )


async def one_question(call: Call, state: Any) -> Sequence[Field]:
    return (Field("word", key="help-help"),)


@form("survey", fields=questions, title="help-home")
async def survey_filled(call: Call, values: dict[str, str]) -> Reply:
    """Keeps the answers where the test can see them."""
    if values["more"] == "refuse me":
        raise Complaint("forms-required")
    await call.tx.notebook.write("test:survey", values)
    return Say("help-home")


@form("second", fields=one_question, title="help-home")
async def second_filled(call: Call, values: dict[str, str]) -> Reply:
    """Keeps the answer."""
    await call.tx.notebook.write("test:second", values)
    return Say("help-home")


FRAME = feature("frame", note, survey, second, survey_filled, second_filled)


async def noted(talk: Conversation, key: str) -> Any:
    async with talk.house.database.reading() as tx:
        return await tx.notebook.read(f"test:{key}")


def say(text: str, number: str = "x1") -> Said:
    by = Account("terminal", "", "marie")
    return Said(id=number, at=AT, place=by.dm, by=by, text=text, message="1", name="marie")


@pytest.mark.threads
async def test_twenty_copies_of_one_event_at_once_have_one_outcome(talk: Conversation) -> None:
    outcomes = await asyncio.gather(*(talk.house.hear(say("aide")) for _ in range(20)))
    assert [type(each) for each in outcomes].count(Done) == 1
    assert [type(each) for each in outcomes].count(Already) == 19
    await talk.house.settle()
    assert len(talk.said("dm:marie")) == 1


async def test_a_complaint_rolls_back_all_but_the_answer(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: noter complain")
    assert await noted(talk, "complain") is None
    assert "rien reçu" in talk.text("dm:marie")
    assert "> noter complain" in talk.text("dm:marie")


async def test_a_failure_is_apologised_for_once_and_changes_nothing(talk: Conversation) -> None:
    talk.add(FRAME)
    assert isinstance(await talk.house.hear(say("noter break")), Done)
    assert isinstance(await talk.house.hear(say("noter break")), Already)
    await talk.house.settle()
    assert await noted(talk, "break") is None
    assert len(talk.said("dm:marie")) == 1
    assert "Quelque chose n'a pas marché" in talk.text("dm:marie")
    assert "> noter break" in talk.text("dm:marie")
    assert "secret of nadia" not in talk.text("dm:marie")


async def test_a_form_is_asked_one_question_at_a_time(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete")
    asked = talk.last("dm:marie")["form"]
    assert asked == {
        "name": "survey", "field": "name", "step": 1, "of": 3, "required": True, "error": None,
    }  # fmt: skip
    await talk.play("marie @dm: Marie\nmarie @dm: 2\nmarie @dm: passer")
    assert await noted(talk, "survey") == {"name": "Marie", "colour": "no", "more": ""}


async def test_a_form_says_what_to_mend_and_keeps_what_was_typed(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete\nmarie @dm: " + "a" * 21)
    assert talk.last("dm:marie")["form"]["error"] == "forms-too-long"
    assert "a" * 21 in talk.text("dm:marie")
    await talk.play("marie @dm: Marie\nmarie @dm: bleu")
    assert talk.last("dm:marie")["form"]["error"] == "forms-not-a-choice"
    await talk.play("marie @dm: retour\nmarie @dm: Mariette\nmarie @dm: Oui\nmarie @dm: refuse me")
    assert talk.last("dm:marie")["form"]["error"] == "forms-required"
    assert await noted(talk, "survey") is None
    await talk.play("marie @dm: merci")
    assert await noted(talk, "survey") == {"name": "Mariette", "colour": "yes", "more": "merci"}


async def test_cancelling_gives_back_what_was_typed_and_keeps_nothing(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete\nmarie @dm: Marie\nmarie @dm: annuler")
    assert "> Marie" in talk.text("dm:marie")
    await talk.play("marie @dm: coucou")
    assert "Par quelle porte" in talk.text("dm:marie")


async def test_a_second_form_waits_and_is_announced(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete\nmarie @dm: /copain seconde")
    assert "attend son tour" in talk.text("dm:marie")
    await talk.play("marie @dm: Marie\nmarie @dm: oui\nmarie @dm: passer")
    assert talk.last("dm:marie")["form"]["name"] == "second"
    await talk.play("marie @dm: mot")
    assert await noted(talk, "second") == {"word": "mot"}


async def test_a_form_left_for_a_week_is_put_away_and_offered_again(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete\nmarie @dm: Marie\n@skip 8d\nmarie @dm: coucou")
    assert "Par quelle porte" in talk.text("dm:marie")
    await talk.play("marie @dm: enquete")
    assert "là où vous en étiez" in talk.everything("dm:marie")
    assert talk.last("dm:marie")["form"]["field"] == "colour"


async def test_an_answered_question_can_be_answered_again_by_its_button(
    talk: Conversation,
) -> None:
    talk.add(FRAME)
    await talk.play("marie @dm: enquete\nmarie @dm: Marie")
    line = talk.last("dm:marie")["n"]
    await talk.play(f"marie [Oui] {line}\nmarie [Non] {line}\nmarie @dm: passer")
    assert (await noted(talk, "survey"))["colour"] == "no"


@on(Said)
async def stumble(call: Call) -> Reply:
    """Breaks on what nobody said to the bot."""
    raise ZeroDivisionError


async def test_nobody_is_bothered_by_a_failure_about_what_they_said_to_others(
    talk: Conversation,
) -> None:
    talk.add(feature("stumbling", stumble))
    await talk.play("marie: bonjour à vous toutes")
    assert talk.said("dm:marie") == []
    assert talk.said("general") == []


async def test_a_visitor_is_never_given_their_own_words_back(talk: Conversation) -> None:
    talk.add(FRAME)
    await talk.play("nadia @dm: /copain zxqv mes mots\nnadia @dm: noter break")
    assert "mes mots" not in talk.everything("dm:nadia")
    assert "Rien n'a été changé" in talk.text("dm:nadia")
    assert "> noter" not in talk.text("dm:nadia")


@command("prefilled", "prerempli")
async def prefilled(call: Call) -> Reply:
    """Asks the form with a name that the person never typed."""
    return AskForm("survey", prefill={"name": "Personne"})


async def test_cancelling_gives_back_only_what_the_person_typed(talk: Conversation) -> None:
    talk.add(FRAME, feature("prefilled", prefilled))
    await talk.play("marie @dm: prerempli\nmarie [Garder : Personne]\nmarie @dm: annuler")
    assert "Personne" not in talk.text("dm:marie")
    assert "rien n'est gardé" in talk.text("dm:marie")


@command("third", "troisieme")
async def third(call: Call) -> Reply:
    """Asks the second form about something else."""
    return AskForm("second", (3,))


async def test_a_form_put_away_while_it_waits_leaves_the_open_one_alone(
    talk: Conversation,
) -> None:
    talk.add(feature("frame", note, survey, second, third, survey_filled, second_filled))
    await talk.play("marie @dm: enquete\n@skip 1m\nmarie @dm: /copain seconde")
    await talk.play("marie @dm: /copain troisieme\n@skip 3d\nmarie @dm: Marie\n@skip 5d")
    assert talk.last("dm:marie")["form"]["name"] == "survey"
    await talk.play("marie @dm: oui\nmarie @dm: passer")
    assert await noted(talk, "second") is None
    assert (await noted(talk, "survey"))["name"] == "Marie"


async def test_a_bare_number_presses_a_button_where_it_can_be_no_answer(
    talk: Conversation,
) -> None:
    await talk.play("nadia @dm: rejoindre\nnadia @dm: 1")
    assert talk.last("dm:nadia")["form"]["field"] == "profession"
    await talk.play("nadia @dm: 1")
    assert talk.last("dm:nadia")["form"]["field"] == "name"
    await talk.play("nadia @dm: 2")
    assert "rien n'est gardé" in talk.text("dm:nadia")
