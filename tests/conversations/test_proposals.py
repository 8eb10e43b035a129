"""A member's question on its way into the bank, or kindly not [PR-1]."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import World, ready_made
from scheduler.housekeeping import forget_wal
from storage import proposals
from storage.prompts import PromptRow
from storage.proposals import ProposalRow
from tests.conversation import Conversation, conversation

QUESTION = "Comment accueillez-vous une personne stagiaire?"
PROPOSED = f'marie @dm: proposer "{QUESTION}" #releve\nmarie [Envoyer à l\'équipe]'
TWIN = "Quel outil avez-vous arrêté d'utiliser, et pourquoi?"


async def test_what_is_typed_is_shown_with_who_reads_it_before_it_is_sent(
    talk: Conversation,
) -> None:
    await talk.play(f'marie: /copain proposer "{QUESTION}" #releve')
    shown = talk.text("dm:marie")
    assert QUESTION in shown
    assert "#releve" in shown
    assert "Visible par" in shown
    assert talk.said("animateurs") == []
    await talk.play("marie [Envoyer à l'équipe]")
    card = talk.last("animateurs")
    assert "**Marie**" in card["text"]
    assert card["buttons"] == ["Accepter", "Modifier puis accepter", "Décliner"]
    assert card["kind"] == "card"
    assert talk.said("general") == []


async def test_an_accepted_one_joins_the_bank_and_its_author_is_told_at_once(
    talk: Conversation,
) -> None:
    await talk.play(f"{PROPOSED}\nclaire @dm: animer\nclaire [1 · Voir la proposition]")
    first = talk.last("dm:claire")
    await talk.play("antoine [Accepter]\nclaire [Accepter]")
    assert "Décliner" in first["buttons"]
    assert "Bonne nouvelle" in talk.text("dm:marie")
    assert "Acceptée par Antoine" in talk.text("animateurs")
    assert talk.last("animateurs")["buttons"] == []
    assert "Antoine vient de s'en occuper" in talk.text("dm:claire")
    await talk.play("claire @dm: amorce publier C01")
    assert QUESTION in talk.text("general")
    assert "Marie" not in talk.text("general")
    await talk.play("claire @dm: registre")
    assert "a accepté une amorce proposée · C01" in talk.text("dm:claire")


async def test_the_bank_tells_animators_what_waits_and_who_proposed_what(
    talk: Conversation,
) -> None:
    await talk.play(f"{PROPOSED}\nclaire @dm: amorce liste")
    assert "Une proposition à lire" in talk.last("dm:claire")["buttons"]
    await talk.play("claire [Une proposition à lire]\nclaire [Voir la 1]\nclaire [Accepter]")
    await talk.play("claire @dm: amorce liste #releve")
    assert "(proposée par Marie)" in talk.text("dm:claire")
    assert "Une proposition à lire" not in talk.last("dm:claire")["buttons"]


async def test_an_animator_may_reword_it_first(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {PROPOSED.splitlines()[0]}
        {PROPOSED.splitlines()[1]}
        antoine [Modifier puis accepter]
        antoine @dm: Comment accueillez-vous une ou un stagiaire?
        antoine [Passer]
        """
    )
    assert "un peu retouchée" in talk.text("dm:marie")
    assert "une ou un stagiaire" in talk.text("dm:marie")
    assert "sous **C01**" in talk.text("dm:antoine")
    row = await bank(talk, "C01")
    assert (row.text, row.tags) == ("Comment accueillez-vous une ou un stagiaire?", [])


async def test_a_declined_one_is_thanked_for_with_or_without_a_reason(talk: Conversation) -> None:
    await talk.play(f"{PROPOSED}\nantoine [Décliner]\nantoine @dm: P12 pose la même.")
    assert "Merci de l'avoir proposée" in talk.text("dm:marie")
    assert "Le mot de l'équipe : P12 pose la même." in talk.text("dm:marie")
    assert "Déclinée par Antoine" in talk.text("animateurs")
    await talk.play(
        "marie @dm: proposer Où trouvez-vous le calme?\nmarie [Envoyer à l'équipe]\n"
        "claire [Décliner]\nclaire [Passer]"
    )
    assert "Le mot de l'équipe" not in talk.text("dm:marie")
    assert "Le mot de l'équipe" not in talk.text("animateurs")


async def test_a_twin_is_shown_and_its_author_chooses(talk: Conversation) -> None:
    await talk.play(f'marie @dm: proposer "{TWIN}"\nmarie [Envoyer à l\'équipe]')
    shown = talk.text("dm:marie")
    assert "**P07**" in shown
    assert "cessé d'utiliser" in shown
    assert TWIN in shown
    assert talk.said("animateurs") == []
    await talk.play("marie [En rester là]")
    assert TWIN in talk.text("dm:marie"), "nothing typed is lost"
    assert await rows(talk, "waiting") == []
    await talk.play(
        f'marie @dm: proposer "{TWIN}"\nmarie [Envoyer à l\'équipe]\nmarie [Proposer quand même]'
    )
    assert "Proche de **P07**, proposée quand même" in talk.text("animateurs")


async def test_a_twin_that_waits_names_nobody(talk: Conversation) -> None:
    near = "comment accueillez vous les personnes stagiaires?"
    await talk.play(f'{PROPOSED}\nibrahim @dm: proposer "{near}"\nibrahim [Envoyer à l\'équipe]')
    shown = talk.text("dm:ibrahim")
    assert QUESTION in shown
    assert "Marie" not in shown


@pytest.mark.parametrize(
    "typed",
    [
        "quel outil avez vous cesse d'utiliser et pourquoi",
        "Which tool have you stopped using, and why?",
    ],
)
async def test_the_same_question_is_refused_with_the_one_that_is_there(
    talk: Conversation, typed: str
) -> None:
    await talk.play(f"marie @dm: proposer {typed}")
    assert "déjà dans la banque, sous **P07**" in talk.text("dm:marie")
    await talk.play(f"marie @dm: proposer\nmarie @dm: {typed}\nmarie @dm: annuler")
    assert await rows(talk) == []
    assert typed in talk.everything("dm:marie")


async def test_the_fourth_of_a_day_waits_for_the_communitys_tomorrow(talk: Conversation) -> None:
    for n in ("Où lisez-vous?", "Qui vous relaie le vendredi?", "Quand dites-vous non?"):
        await talk.play(f'ibrahim @dm: proposer "{n}"\nibrahim [Envoyer à l\'équipe]')
    await talk.play("ibrahim @dm: proposer\nibrahim [1 · Retirer]\n@until 2026-03-02T23:50")
    await talk.play("ibrahim @dm: proposer Que gardez-vous dans vos poches?")
    assert "C'est 3 par jour au plus" in talk.text("dm:ibrahim")
    assert "Que gardez-vous dans vos poches?" in talk.text("dm:ibrahim")
    await talk.play("@skip 20m\nibrahim @dm: proposer Que gardez-vous dans vos poches?")
    assert "On l'envoie?" in talk.text("dm:ibrahim")


async def test_a_member_sees_their_own_and_takes_back_one_that_waits(talk: Conversation) -> None:
    await talk.play(f"{PROPOSED}\nmarie @dm: moi\nmarie [Mes propositions]")
    assert QUESTION in talk.text("dm:marie")
    await talk.play("marie [1 · Retirer]")
    assert QUESTION in talk.text("dm:marie"), "the words are given back"
    assert talk.text("animateurs") == "Cette proposition a été retirée. Il n'y a plus rien à faire."
    await talk.play("marie [1 · Retirer]")
    assert "n'agit plus" in talk.text("dm:marie")
    await forget_wal(talk.house.database)
    assert [row.text for row in await rows(talk)] == [""]


async def test_nobody_takes_back_or_sends_what_is_another_members(talk: Conversation) -> None:
    await talk.play(f"{PROPOSED}\nibrahim @dm: proposer\nibrahim @dm: annuler")
    assert QUESTION not in talk.everything("dm:ibrahim")


async def test_without_an_animators_space_it_waits_on_the_page_alone(tmp_path: Path) -> None:
    spaces = tuple(s for s in ready_made().communities[0].spaces if s.use != "animators")
    async with conversation(tmp_path, world=world(spaces=spaces)) as talk:
        await talk.play(f"{PROPOSED}\n@skip 1h")
        assert talk.said("dm:antoine") == []
        await talk.play("antoine @dm: animer\nantoine [1 · Voir la proposition]")
        assert talk.last("dm:antoine")["buttons"][0] == "Accepter"
        await talk.play("antoine [Accepter]")
        assert "Bonne nouvelle" in talk.text("dm:marie")


async def test_where_prompts_are_off_or_the_community_rests_nothing_is_proposed(
    tmp_path: Path,
) -> None:
    async with conversation(tmp_path, world=world(settings={"prompts": False})) as talk:
        await talk.play(f"marie @dm: proposer {QUESTION}\nmarie @dm: proposer")
        assert "Les amorces sont éteintes" in talk.text("dm:marie")


async def test_what_waited_when_the_community_closed_can_be_taken_back(talk: Conversation) -> None:
    await talk.play(f"{PROPOSED}\nclaire @dm: fermer-communaute\nclaire [Oui, fermer]")
    await talk.play("antoine [Accepter]\nantoine @dm: animer")
    assert await rows(talk, "waiting") != []
    assert QUESTION not in talk.everything("dm:antoine")
    await talk.play("marie @dm: moi\nmarie [Mes propositions]\nmarie [1 · Retirer]")
    assert await rows(talk, "waiting") == []


async def test_leaving_takes_along_what_waited_and_coming_back_offers_it_again(
    talk: Conversation,
) -> None:
    await talk.play(f"{PROPOSED}\nmarie @dm: quitter\nmarie [Oui, quitter]")
    assert talk.text("animateurs").startswith("Cette proposition a été retirée")
    await talk.play("marie [Revenir]")
    await talk.play("marie @dm: proposer\nmarie [1 · Proposer de nouveau]")
    assert "Accepter" in talk.last("animateurs")["buttons"]
    await talk.play("antoine [Accepter]")
    assert "Bonne nouvelle" in talk.text("dm:marie")


async def test_of_an_erased_member_what_waited_is_gone_and_what_was_kept_has_no_name(
    talk: Conversation,
) -> None:
    await talk.play(
        f'{PROPOSED}\nantoine [Accepter]\nmarie @dm: proposer "Où rangez-vous le topinambour?"\n'
        "marie [Envoyer à l'équipe]\nmarie @dm: mes-donnees effacer\nmarie [Oui, tout effacer]\n"
        "@skip 5m"
    )
    assert await rows(talk) == []
    row = await bank(talk, "C01")
    assert (row.text, row.written_by) == (QUESTION, None)
    await forget_wal(talk.house.database)
    assert b"topinambour" not in talk.kept_bytes()
    await talk.play("claire @dm: amorce liste #releve")
    assert "Marie" not in talk.text("dm:claire")


async def test_a_month_after_a_no_nothing_is_left_of_it(talk: Conversation) -> None:
    await talk.play(
        f'{PROPOSED}\nantoine [Décliner]\nantoine [Passer]\nmarie @dm: proposer "{TWIN}"'
    )
    await talk.play("marie [Envoyer à l'équipe]")
    now = talk.house.clock.now()
    async with talk.house.database.session() as session:
        assert await proposals.forget_old(session, now + proposals.UNSENT * 2) == 1
        assert await proposals.forget_old(session, now + proposals.KEPT * 2) == 1
    assert await rows(talk) == []


async def test_in_english_all_of_it_reads_as_well(tmp_path: Path) -> None:
    async with conversation(tmp_path, lang="en") as talk:
        await talk.play(
            """\
            marie @dm: suggest "How do you welcome a trainee?" #welcome
            marie [Send to the team]
            antoine [Accept]
            marie @dm: suggest
            """
        )
        assert "kept on Monday 2 March" in talk.text("dm:marie")


async def rows(talk: Conversation, state: str | None = None) -> list[Any]:
    """What is kept of proposals, in that state."""
    async with talk.house.database.reading() as tx:
        found = list((await tx.session.execute(select(ProposalRow))).scalars())
    return [row for row in found if state in (None, row.state)]


async def bank(talk: Conversation, code: str) -> Any:
    """A prompt of the community's own."""
    async with talk.house.database.reading() as tx:
        found = (await tx.session.execute(select(PromptRow))).scalars()
        return next(row for row in found if row.code == code)


def world(**changed: Any) -> World:
    """The ready-made world with a community that differs."""
    made = ready_made()
    return replace(made, communities=(made.communities[0].model_copy(update=changed),))
