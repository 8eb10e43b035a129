"""What the bot refuses it refuses kindly: nothing changes, and words come back to who typed them.

The list of the contract: rights, other communities, dates, options, names, lengths, directions,
null bytes, two forms at once, flooding [CO-7, SE-1, SE-6].
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage.tables import metadata
from tests.conversation import Conversation

RIGHT_TO_LEFT = "\u202eevil\u202c שלום عليكم"
# The note of an event and its answer; what was typed is in neither once delivered.
ANSWERING = {"claim", "outbox"}


async def test_a_command_of_the_team_is_refused_to_a_member_with_whom_to_ask(
    talk: Conversation,
) -> None:
    before = await kept(talk)
    await talk.play("marie @dm: accepter @nadia")
    assert "Ce geste revient à l'équipe d'animation; rien n'a changé." in talk.text("dm:marie")
    assert "Claire (@claire)" in talk.text("dm:marie")
    assert "> accepter @nadia" in talk.text("dm:marie")
    assert await kept(talk) == before


async def test_a_command_in_a_space_is_refused_in_private(talk: Conversation) -> None:
    await talk.play("marie: /copain animer")
    assert talk.said("general") == []
    assert "rien n'a changé" in talk.text("dm:marie")


async def test_a_visitor_learns_how_to_enter_and_does_not_read_their_words_again(
    talk: Conversation,
) -> None:
    before = await kept(talk)
    await talk.play("nadia @dm: /copain fiches potimarron-secret\nnadia @dm: animer")
    assert "Cette partie s'ouvre aux membres" in talk.text("dm:nadia")
    assert "potimarron" not in talk.everything("dm:nadia").split("«")[0]
    assert await kept(talk) == before


async def test_an_unknown_word_gets_its_neighbours_and_comes_back(talk: Conversation) -> None:
    await talk.play("marie @dm: /copain aidr moi")
    assert "aide" in talk.text("dm:marie")
    assert "> aidr moi" in talk.text("dm:marie")
    await talk.play("marie @dm: /copain zzyzx")
    assert "zzyzx" in talk.text("dm:marie")


async def test_a_word_too_many_is_answered_with_a_corrected_example(talk: Conversation) -> None:
    before = await kept(talk)
    await talk.play("marie @dm: /copain accueil trucmuche")
    assert "trucmuche" in talk.text("dm:marie")
    assert await kept(talk) == before


async def test_an_option_that_is_none_asks_the_question_again_and_gives_the_words_back(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: problème\nmarie @dm: une licorne")
    assert "Choisissez une des réponses" in talk.text("dm:marie")
    assert "> une licorne" in talk.text("dm:marie")
    assert talk.last("dm:marie")["form"]["error"] == "forms-not-a-choice"
    await talk.play("marie @dm: 2\nmarie @dm: voilà")
    assert "C'est transmis" in talk.text("dm:marie")


async def test_a_date_that_is_none_gets_an_example_and_comes_back(talk: Conversation) -> None:
    before = await kept(talk)
    await talk.play("marie @dm: pause jusqu'au 32 mars")
    assert "Je n'ai pas reconnu de date. Par exemple" in talk.text("dm:marie")
    assert "> pause jusqu'au 32 mars" in talk.text("dm:marie")
    assert await kept(talk) == before


async def test_a_name_of_signs_alone_is_asked_again(talk: Conversation) -> None:
    await talk.play("nadia @dm: rejoindre\nnadia @dm: 🦄🦄")
    form = talk.last("dm:nadia")["form"]
    assert form["step"] == 1
    assert form["error"] is not None


async def test_forty_thousand_characters_are_too_many_and_none_is_lost(talk: Conversation) -> None:
    long = "a" * 40_000
    await talk.play(f"marie @dm: problème\nmarie [Un lien qui ne s'ouvre pas]\nmarie @dm: {long}")
    assert "C'est un peu long" in talk.text("dm:marie")
    assert talk.last("dm:marie")["form"]["field"] == "words"
    await talk.play("marie @dm: plus court")
    assert "C'est transmis" in talk.text("dm:marie")


async def test_forty_thousand_characters_after_the_prefix_are_answered(talk: Conversation) -> None:
    await talk.play("marie @dm: /copain " + "mot " * 10_000)
    assert talk.last("dm:marie")["kind"] in ("answer", "help")


async def test_right_to_left_text_stays_inside_its_own_line(talk: Conversation) -> None:
    await talk.play(f"marie @dm: problème\nmarie [Autre chose]\nmarie @dm: {RIGHT_TO_LEFT}")
    card = talk.last("dm:antoine")["text"]
    assert "\u202e" not in card or card.count("\u202e") <= card.count("\u202c")
    assert "שלום" in card


async def test_a_null_byte_is_no_reason_to_fail(talk: Conversation) -> None:
    await talk.play("marie @dm: prob\\0lème\nmarie: bon\\0jour\nmarie @dm: /copain \\0\\0")
    assert "je n'ai pas réussi" not in talk.everything("dm:marie").lower()
    await talk.play("marie @dm: problème\nmarie [Autre chose]\nmarie @dm: pan\\0ne")
    assert "> panne" in talk.text("dm:antoine")


async def test_nothing_but_null_bytes_is_no_answer(talk: Conversation) -> None:
    await talk.play("marie @dm: problème\nmarie [Autre chose]\nmarie @dm: \\0\\0")
    assert "Je n'ai rien reçu de lisible" in talk.text("dm:marie")


async def test_a_second_form_waits_its_turn_and_the_first_is_finished(talk: Conversation) -> None:
    await talk.play("marie @dm: problème\nmarie [Un lien qui ne s'ouvre pas]")
    await talk.play("marie @dm: /copain accueil\nmarie [Qui peut m'aider?]")
    await talk.play("marie [Écrire à l'animation]")
    assert talk.last("dm:marie")["form"] is None or talk.last("dm:marie")["form"]["name"]
    forms = [line["form"]["name"] for line in talk.said("dm:marie") if line["form"]]
    first, second = forms[-1], ({"problem", "write"} - {forms[-1]}).pop()
    await talk.play("marie @dm: voici la réponse")
    assert talk.last("dm:marie")["form"]["name"] in (first, second)
    await talk.play("marie @dm: et l'autre")
    said = talk.everything("dm:marie")
    assert "C'est transmis" in said
    assert "C'est remis à l'équipe d'animation" in said


async def test_an_expired_button_says_so_and_offers_the_home(talk: Conversation) -> None:
    await talk.play("marie @dm: problème")
    number = talk.last("dm:marie")["n"]
    await talk.play(f"marie @dm: annuler\nmarie [Un lien qui ne s'ouvre pas] {number}")
    assert "Ce bouton n'agit plus" in talk.text("dm:marie")
    assert "Ouvrir l’accueil" in talk.last("dm:marie")["buttons"]


async def test_the_forty_first_of_a_minute_is_answered_once_and_kindly(talk: Conversation) -> None:
    for _ in range(40):
        await talk.play("marie @dm: aide")
    heard = len(talk.said("dm:marie"))
    await talk.play("marie @dm: une phrase précieuse")
    assert len(talk.said("dm:marie")) == heard + 1
    assert "> une phrase précieuse" in talk.text("dm:marie")
    await talk.play("marie @dm: aide\nmarie @dm: aide")
    assert len(talk.said("dm:marie")) == heard + 1
    await talk.play("ibrahim @dm: aide")
    assert talk.said("dm:ibrahim"), "one person cannot slow the others"
    await talk.play("@skip 1m\nmarie @dm: aide")
    assert len(talk.said("dm:marie")) == heard + 2


async def kept(talk: Conversation) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the bot but those of the answer."""
    async with talk.house.database.reading() as tx:
        return {
            table.name: [
                tuple(row)
                for row in await tx.session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in ANSWERING
        }
