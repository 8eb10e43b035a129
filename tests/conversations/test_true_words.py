"""What is said is true when it is read: nothing undecided as decided, no past as future [AT-2]."""

from __future__ import annotations

from pathlib import Path

from tests.conversation import Conversation, conversation, plain
from tests.conversations.test_admission import APPLY, without_back_office

TUESDAYS = 'antoine @dm: amorce planifier "chaque mardi 9h30"'


async def test_pace_quotes_what_is_decided_and_says_of_the_rest_when_it_is_drawn(
    talk: Conversation,
) -> None:
    await talk.play(f"{TUESDAYS}\nantoine @dm: rythme")
    page = plain(talk.text("dm:antoine"))
    first, relance, second = (_part(page, number) for number in (1, 2, 3))
    assert first.splitlines()[1].strip().startswith("« "), "drawn, and shown to the animators today"
    assert "Seulement si peu de personnes ont répondu d'ici là." in relance
    assert "Tirée au sort le jour ouvrable d'avant." in second
    assert page.count("« ") == 2, "the words of one prompt, and the command below"
    await talk.play("lea @dm: pause\n@until 2026-03-05T12:00\nantoine @dm: rythme")
    page = plain(talk.text("dm:antoine"))
    assert "rythme retenir 1 »" in page, "a number that can be held"
    assert "relance" not in plain(talk.said("dm:antoine")[-2]["text"]), "its minute was drawn"


def _part(page: str, number: int) -> str:
    return page.partition(f"\n{number}. ")[2].partition(f"\n{number + 1}. ")[0]


async def test_skipping_never_means_a_turn_that_is_over(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@until 2026-03-10T12:00\nantoine @dm: amorce sauter")
    assert "C'est sauté : mardi 17 mars à 9 h 30." in talk.text("dm:antoine")


async def test_no_week_is_called_quiet_while_somebody_waits_to_come_in(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play(f"{APPLY}\n@until 2026-03-24T12:00\nantoine @dm: animer")
        assert "Nadia" in talk.text("dm:antoine")
        assert not [x for x in talk.said("dm:antoine") if x["kind"] == "quiet-week"]


async def test_a_quiet_week_tells_the_hour_of_the_question_of_that_day(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@until 2026-03-03T12:00")
    assert "Prochain rendez-vous : mardi 3 mars à 9 h 30." in talk.everything("dm:antoine")


async def test_a_command_without_words_of_ones_own_is_not_given_back(talk: Conversation) -> None:
    await talk.play("antoine @dm: amorce fermer\nantoine @dm: amorce publier #rien")
    refused, other = (plain(each["text"]) for each in talk.said("dm:antoine"))
    assert "Voici votre texte" not in refused
    assert "> amorce publier #rien" in other


async def test_what_a_pause_kept_back_comes_in_the_morning_and_not_at_midnight(
    talk: Conversation,
) -> None:
    await talk.play(
        'marie @dm: proposer "Que rangez-vous en dernier?"\nmarie [Envoyer à l\'équipe]'
    )
    await talk.play("marie @dm: pause jusqu'au 5 mars\nantoine [Accepter]")
    await talk.play("@until 2026-03-06T08:29")
    assert "gardent votre question" not in talk.everything("dm:marie")
    await talk.play("@until 2026-03-06T12:00")
    (told,) = [each for each in talk.said("dm:marie") if each["kind"] == "decision"]
    assert told["at"][11:16] >= "08:30"


async def test_a_closed_community_offers_no_answer_and_says_why_nothing_leaves(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: amorce publier P18\nantoine [Corriger]")
    assert "Actuellement : Quel terme de notre domaine" in talk.text("dm:antoine")
    await talk.play("antoine @dm: annuler\nclaire @dm: fermer-communaute\nclaire [Oui, fermer]")
    await talk.play("marie @dm: résumé\nantoine @dm: rythme")
    assert "Chez nous aussi" not in talk.last("dm:marie")["buttons"]
    assert "La communauté est fermée." in talk.text("dm:antoine")


async def test_what_is_held_far_ahead_hides_nothing_that_waits_now(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play(f"{TUESDAYS}\nantoine @dm: rythme\nantoine @dm: rythme retenir 3")
        await talk.play("@until 2026-03-03T08:40")
        assert "1. Une question du moment doit partir mardi 3 mars" in talk.text("dm:antoine")
        await talk.play("@until 2026-03-17T12:00\nantoine @dm: animer")
        assert "retenue par l'équipe : pas encore tirée au sort" in talk.text("dm:antoine")
        await talk.play("antoine [1 · Voir l'aperçu]\nantoine [Tirer une question]")
        assert "Publier maintenant" in talk.last("dm:antoine")["buttons"]
        posted = len(talk.said("general"))
        await talk.play("antoine [Publier maintenant]")
        assert talk.said("general")[posted]["kind"] == "prompt"


async def test_a_turn_put_off_can_be_held_like_any_other(talk: Conversation) -> None:
    await talk.play(f"{TUESDAYS}\n@until 2026-03-05T12:00\n@down")
    await talk.play("@until 2026-03-17T12:00\n@up\nantoine @dm: rythme")
    assert "1. **mercredi 18 mars à 9 h 30**" in plain(talk.text("dm:antoine"))
    await talk.play("antoine [1 · Retenir]\nantoine @dm: rythme")
    page = plain(talk.text("dm:antoine"))
    assert "1. **mercredi 18 mars à 9 h 30**" in page
    assert "Retenu par l'équipe d'animation." in page
    await talk.play("antoine [1 · Relâcher]\n@until 2026-03-18T10:00")
    assert [each["at"][:16] for each in talk.said("general") if each["kind"] == "prompt"] == [
        "2026-03-03T09:30",
        "2026-03-18T09:30",
    ]
