"""A number typed in reply to a message presses its button: what people do where there are none."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from bot.events import Account, Place, Said
from storage.observation import ObservationRow
from tests.applying import apply
from tests.conversation import Conversation, conversation
from tests.conversations.test_prompts import answered
from tests.conversations.test_prompts import rows_of as answers_of

GENERAL = Place("terminal", "", "general")
TEAM = Place("terminal", "", "animateurs")
OPTIONS = "claire: /copain amorce publier P17"
OPEN = "claire: /copain amorce publier P07"


async def reply(
    talk: Conversation,
    who: str,
    text: str,
    *,
    place: Place | None = None,
    quotes: object = None,
    thread: object = None,
) -> None:
    """Somebody answers a message by quoting it, or in its thread."""
    account, number = Account("terminal", "", who), len(talk.lines)
    await talk.house.hear(
        Said(
            id=f"reply-{who}-{text}-{quotes}-{thread}-{number}",
            at=talk.house.clock.now(),
            place=place or account.dm,
            by=account,
            text=text,
            message=f"m{number}",
            quotes=str(quotes) if quotes else None,
            thread=str(thread) if thread else None,
        )
    )
    await talk.house.settle()


async def seen(talk: Conversation) -> list[str]:
    """The kinds of all that was observed."""
    async with talk.house.database.session() as session:
        rows = await session.execute(select(ObservationRow))
        return [row.kind for row in rows.scalars()]


async def test_the_number_of_an_option_in_the_thread_of_a_question_chooses_it(
    talk: Conversation,
) -> None:
    await talk.play(OPTIONS)
    await talk.play("marie ^-1: 2")
    assert await answers_of(talk) == [("tap", "1"), ("told", "")]
    assert "message" not in await seen(talk)
    assert "reply" not in await seen(talk)
    assert "Le matériel : 1" in talk.text("general")


async def test_the_newest_number_counts(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    first = talk.last("general")["n"]
    await talk.play(f"marie ^{first}: 2\nmarie ^{first}:  1 \nibrahim ^{first}: 2")
    assert "Le temps : 1" in talk.text("general")
    assert "Le matériel : 1" in talk.text("general")


async def test_under_an_open_prompt_a_number_is_an_answer_in_words(talk: Conversation) -> None:
    await talk.play(OPEN)
    await talk.play("marie ^-1: 2")
    assert await answers_of(talk) == [("reply", "")]
    assert "reply" in await seen(talk)


async def test_quoting_the_open_prompt_itself_presses_its_button(talk: Conversation) -> None:
    await talk.play(OPEN)
    n = talk.last("general")["n"]
    await reply(talk, "marie", "2", place=GENERAL, quotes=n)
    assert ("tap", "1") in await answers_of(talk)
    await reply(talk, "ibrahim", "9", place=GENERAL, quotes=n)
    await reply(talk, "lea", "2 fois", place=GENERAL, quotes=n)
    assert sorted(await answers_of(talk))[:2] == [("reply", ""), ("reply", "")]
    assert await answered(talk) == 3


async def test_a_number_decides_on_a_card_only_when_it_quotes_it(talk: Conversation) -> None:
    await apply(talk, "nadia")
    card = talk.last("animateurs")["n"]
    await talk.play(f"antoine @animateurs ^{card}: 1")
    assert "vous êtes des nôtres" not in talk.everything("dm:nadia")
    await reply(talk, "antoine", "1", place=TEAM, quotes=card)
    assert "vous êtes des nôtres" in talk.everything("dm:nadia")


async def test_who_may_not_press_may_not_by_number_either(talk: Conversation) -> None:
    await talk.play("@join nadia\n" + OPTIONS)
    n = talk.last("general")["n"]
    await talk.play(f"nadia ^{n}: 1")
    assert await answers_of(talk) == []
    assert "membres" in talk.text("dm:nadia")


async def test_in_private_a_quoted_message_goes_before_the_newest(talk: Conversation) -> None:
    await talk.play("marie @dm: accueil")
    home = talk.last("dm:marie")
    await talk.play("marie @dm: fiches")
    number = home["buttons"].index("Moi") + 1
    await reply(talk, "marie", str(number), quotes=home["n"])
    moi = talk.text("dm:marie")
    await talk.play("marie @dm: moi")
    assert talk.text("dm:marie") == moi
    await talk.play(f"marie @dm ^{home['n']}: {number}")
    assert talk.text("dm:marie") == moi


async def test_a_question_of_the_team_may_be_answered_by_a_number(talk: Conversation) -> None:
    await apply(talk, "nadia")
    await talk.play(
        "antoine [Demander une précision]\nantoine @dm: Combien d'années sur le terrain?"
    )
    question = [x for x in talk.said("dm:nadia") if "Combien d'années" in x["text"]][-1]["n"]
    await reply(talk, "nadia", "3", quotes=question)
    assert "**Réponse** : 3" in talk.everything("animateurs")


async def test_a_form_keeps_its_own_numbers(talk: Conversation) -> None:
    await talk.play("claire @dm: amorce ajouter")
    question = talk.last("dm:claire")
    await talk.play(f"claire @dm ^{question['n']}: 12")
    assert talk.last("dm:claire")["form"] != question["form"]


async def test_a_number_counts_for_the_limit_like_a_press(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_person="3/min") as talk:
        await talk.play(OPTIONS)
        n = talk.last("general")["n"]
        await talk.play("\n".join([f"marie ^{n}: {each}" for each in (1, 2, 1, 2)]))
        assert "plus vite que moi" in talk.text("dm:marie")
        assert "Le temps : 1" in talk.text("general")


async def test_an_expired_button_is_expired_by_its_number_too(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    n = talk.last("general")["n"]
    await talk.play("claire: /copain amorce fermer")
    await reply(talk, "marie", "1", place=GENERAL, quotes=n)
    assert ("tap", "0") not in await answers_of(talk)


async def test_who_is_second_to_decide_by_number_is_told_who_was_first(talk: Conversation) -> None:
    await apply(talk, "nadia")
    card = talk.last("animateurs")["n"]
    await reply(talk, "claire", "1", place=TEAM, quotes=card)
    await reply(talk, "antoine", "1", place=TEAM, quotes=card)
    assert "claire" in talk.text("dm:antoine").casefold()


async def test_quoting_the_question_of_a_form_presses_its_button(talk: Conversation) -> None:
    await talk.play("nadia @dm: rejoindre")
    question = talk.last("dm:nadia")
    assert question["buttons"][0].startswith("Garder")
    await reply(talk, "nadia", "1", quotes=question["n"])
    assert talk.last("dm:nadia")["form"]["step"] == 2


async def test_a_bare_number_keeps_the_answer_that_stands_there(talk: Conversation) -> None:
    await talk.play("claire @dm: amorce ajouter\nclaire @dm: Une question?\nclaire @dm: retour")
    kept = talk.last("dm:claire")
    assert kept["buttons"][0].startswith("Garder")
    await talk.play("claire @dm: 1")
    after = talk.last("dm:claire")
    assert after["form"] is None or after["form"]["step"] != kept["form"]["step"]
    assert "1" not in talk.text("dm:claire").split()


async def test_deleting_the_number_takes_the_choice_back(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    question = talk.last("general")["n"]
    await talk.play(f"marie ^{question}: 2")
    assert "Le matériel : 1" in talk.text("general")
    typed = [line["n"] for line in talk.lines if line["by"] == "marie"][-1]
    await talk.play(f"marie -{typed}")
    assert "Le matériel : 1" not in talk.text("general")
