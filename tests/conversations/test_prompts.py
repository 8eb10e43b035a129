"""A prompt from the bank to its synthesis, and every way of answering it [PR]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import World, ready_made
from bot.config.models import Space
from bot.content import Content
from bot.events import Account, Deleted, Place
from scheduler.housekeeping import forget_wal
from storage import postings
from storage.observation import ObservationRow
from storage.people import AccountRow, PersonRow
from storage.postings import PromptAnswerRow
from storage.syntheses import SynthesisRow
from tests.conversation import Conversation, conversation, plain

answers = PromptAnswerRow.__table__  # type: ignore[attr-defined]
POST = "claire: /copain amorce publier P07"
TAPS = ["Chez nous aussi", "Autrement", "Jamais essayé", "Répondre en privé", "Qui verra ça?"]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community with a second space of discussion."""
    second = Space(platform="terminal", id="terrain", use="discussion")
    spaces = (*ready_made().communities[0].spaces, second)
    async with conversation(tmp_path, world=world(spaces=spaces)) as found:
        yield found


@pytest.fixture
async def english(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community in English."""
    async with conversation(tmp_path, lang="en") as found:
        yield found


# --- Posting.


async def test_a_prompt_leaves_at_once_and_the_animator_sees_which(talk: Conversation) -> None:
    await talk.play(POST)
    posted = talk.last("general")
    assert "Quel outil avez-vous cessé d'utiliser, et pourquoi?" in plain(posted["text"])
    assert "Lire compte aussi." in plain(posted["text"])
    assert (posted["kind"], posted["started_by"]) == ("prompt", "person")
    assert posted["buttons"] == TAPS
    assert "P07" in talk.text("dm:claire")
    assert talk.said("annonces") == []


async def test_a_prompt_with_options_shows_them_as_buttons(talk: Conversation) -> None:
    await talk.play("claire: /copain amorce publier P17")
    assert talk.last("general")["buttons"][:2] == ["Le temps", "Le matériel"]
    assert "elle est publique et vous pouvez la changer" in talk.text("general")


async def test_a_case_prompt_carries_the_confidentiality_reminder(talk: Conversation) -> None:
    await talk.play("claire: /copain amorce publier #cas")
    assert "aucun nom, date, lieu ni détail rare" in talk.text("general")


async def test_what_waits_for_pulses_is_open_or_archived_is_not_posted(talk: Conversation) -> None:
    await talk.play(
        f"""\
        claire: /copain amorce publier P45
        claire: /copain amorce archiver P08
        claire: /copain amorce publier P08
        {POST}
        {POST}
        """
    )
    told = talk.everything("dm:claire")
    assert "P45 attend les sondages éclair" in told
    assert "P08 est archivée" in told
    assert "P07 est déjà ouverte" in told
    assert len(talk.said("general")) == 1


async def test_a_member_posts_no_prompt(talk: Conversation) -> None:
    await talk.play("marie: /copain amorce publier P07")
    assert talk.said("general") == []
    assert "revient à l'équipe d'animation" in talk.text("dm:marie")


async def test_nothing_is_posted_before_the_opening(tmp_path: Path) -> None:
    async with conversation(tmp_path, state="preparation") as talk:
        await talk.play("claire: /copain amorce liste\nclaire: /copain amorce publier")
        assert talk.said("general") == []
        assert "se prépare encore" in talk.text("dm:claire")


# --- Answering.


async def test_the_newest_tap_counts_and_is_confirmed_once(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {POST}
        marie [Chez nous aussi]
        marie [Autrement]
        marie [Autrement]
        ibrahim [Autrement]
        """
    )
    assert talk.text("general").endswith("✅ 0 · 🔄 2 · ❓ 0")
    assert [plain(x["text"]) for x in talk.said("dm:marie")] == [
        "C'est noté, merci. Vous pouvez changer d'avis tant que le fil est ouvert."
    ]


async def test_a_press_that_changes_nothing_edits_nothing(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie [Autrement]")
    before = len(talk.said("general"))
    await talk.play("marie [Autrement]")
    assert len(talk.said("general")) == before


async def test_a_reaction_is_a_choice_and_taking_it_back_restores_the_one_before(
    talk: Conversation,
) -> None:
    await talk.play(f"{POST}\nmarie [Chez nous aussi]\nmarie +2 🔄")
    assert talk.text("general").endswith("✅ 0 · 🔄 1 · ❓ 0")
    await talk.play("marie +2 ❓\nmarie -2 ❓")
    assert talk.text("general").endswith("✅ 0 · 🔄 1 · ❓ 0")
    await talk.play("marie -2 🔄")
    assert talk.text("general").endswith("✅ 1 · 🔄 0 · ❓ 0")


async def test_another_reaction_is_no_choice(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie +2 📌")
    assert len(talk.said("general")) == 1
    assert await answered(talk) == 0


async def test_a_reply_in_the_thread_counts_and_its_words_are_kept_nowhere(
    talk: Conversation,
) -> None:
    await talk.play(
        f"""\
        {POST}
        marie ^2: Le tableur potimarron, faute de temps.
        marie ^2: Et le topinambour aussi.
        """
    )
    assert await answered(talk) == 1
    await forget_wal(talk.house.database)
    for word in (b"potimarron", b"topinambour"):
        assert word not in talk.kept_bytes()


async def test_a_reply_redacted_by_a_moderator_no_longer_counts(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie ^-1: Une grille de contacts")
    reply = talk.lines[-1]["n"]
    assert await answered(talk) == 1
    await redacted(talk, reply, by="claire")
    assert await answered(talk) == 0


async def test_an_answer_the_bot_posted_no_longer_counts_once_redacted(
    talk: Conversation,
) -> None:
    await talk.play(f"{POST}\nmarie [Répondre en privé]\nmarie @dm: Une grille\nmarie [Publier]")
    assert await answered(talk) == 1
    copy = [line["n"] for line in talk.said("general") if "Une grille" in line["text"]][-1]
    await redacted(talk, copy, by="claire")
    assert await answered(talk) == 0


async def test_a_reply_that_is_deleted_no_longer_counts_and_an_edit_adds_nothing(
    talk: Conversation,
) -> None:
    await talk.play(
        f"""\
        {POST}
        marie ^2: Le tableur.
        marie ~4: Le vieux tableur.
        ibrahim ^2: Le fax.
        @skip 2h
        marie -4
        """
    )
    assert await answered(talk) == 1


async def test_a_visitors_answers_are_neither_kept_nor_counted(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {POST}
        nadia ^2: Bonjour, chez moi aussi.
        nadia +2 ✅
        """
    )
    await talk.play("nadia [Chez nous aussi] 2")
    assert await answered(talk) == 0
    assert "✅" not in talk.text("general").splitlines()[-1]
    async with talk.house.database.session() as session:
        rows = await session.execute(
            select(AccountRow.__table__.c.id).where(  # type: ignore[attr-defined]
                AccountRow.__table__.c.external == "nadia"  # type: ignore[attr-defined]
            )
        )
        assert rows.first() is None


async def test_who_answers_twice_in_several_ways_is_one_person(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie ^2: Le fax.\nmarie [Autrement]\nmarie +2 ✅")
    assert await answered(talk) == 1


async def test_a_vote_is_a_light_action_noted_once(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie [Autrement]\nmarie [Jamais essayé]")
    seen = ObservationRow.__table__  # type: ignore[attr-defined]
    async with talk.house.database.session() as session:
        assert list((await session.execute(select(seen.c.kind))).scalars()) == ["vote"]


# --- In private.


async def test_an_answer_in_private_is_shown_then_posted_with_the_name_and_wiped(
    talk: Conversation,
) -> None:
    await talk.play(f"{POST}\nmarie [Répondre en privé]")
    assert "Visible par : les membres" in talk.text("dm:marie")
    await talk.play("marie @dm: Le *fax* de @channel, cucurbitacée.")
    assert "**Marie** répond" in talk.text("dm:marie")
    await talk.play("marie [Publier]")
    said = talk.last("general")
    assert said["thread"] == 2
    assert "**Marie** répond, par mon entremise" in plain(said["text"])
    assert "\\*fax\\*" in said["text"]
    assert "@channel" not in said["text"]
    assert await answered(talk) == 1
    await forget_wal(talk.house.database)
    assert "cucurbitacée".encode() not in talk.kept_bytes()


async def test_a_name_with_markup_or_a_mention_is_inert(talk: Conversation) -> None:
    await rename(talk, "marie", "**M** @room [x](https://x.example)")
    await talk.play(f"{POST}\nmarie [Répondre en privé]\nmarie @dm: Le fax.\nmarie [Publier]")
    text = talk.last("general")["text"]
    assert "\\*\\*M\\*\\*" in text
    assert "@room" not in text
    assert "\\[x\\](https" in text


async def test_no_members_words_are_posted_while_somebody_is_passing(talk: Conversation) -> None:
    await talk.play(f"{POST}\n@join nadia\nmarie [Répondre en privé]")
    assert "Une personne de passage" in talk.text("dm:marie")
    assert not talk.last("dm:marie")["form"]


async def test_the_home_shows_the_open_prompt_with_the_same_buttons(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {POST}
        marie @dm: bonjour
        marie [Que puis-je faire?]
        marie [Question du moment]
        """
    )
    assert "Le fil est dans general." in talk.text("dm:marie")
    assert talk.last("dm:marie")["buttons"] == TAPS
    copy = talk.last("dm:marie")["n"]
    await talk.play(f"marie [Autrement] {copy}\nmarie [Jamais essayé] {copy}")
    assert talk.text("general").endswith("✅ 0 · 🔄 0 · ❓ 1")
    assert "Votre dernier choix" in talk.text("dm:marie")


async def test_the_home_says_when_no_question_is_open(talk: Conversation) -> None:
    await talk.play("marie @dm: bonjour\nmarie [Que puis-je faire?]\nmarie [Question du moment]")
    assert "Aucune question n'est ouverte" in talk.text("dm:marie")


# --- Several spaces.


async def test_answers_of_two_spaces_count_together_and_the_first_is_told_once(
    two: Conversation,
) -> None:
    await two.play(
        f"""\
        {POST}
        marie [Autrement] 2
        ibrahim [Autrement] 3
        """
    )
    assert two.text("general").endswith("✅ 0 · 🔄 2 · ❓ 0")
    assert two.text("terrain").endswith("✅ 0 · 🔄 2 · ❓ 0")
    await two.play("marie ^2: Le fax.\nibrahim ^2: Le minitel.\nlea @terrain ^3: The pager.")
    assert two.everything("terrain").count("Une première réponse est arrivée dans **general**") == 1
    assert two.last("terrain")["thread"] == 3
    assert "Une première réponse" not in two.everything("general")
    assert await answered(two) == 3


async def test_a_private_answer_is_posted_in_every_space(two: Conversation) -> None:
    await two.play(f"{POST}\nmarie [Répondre en privé] 2\nmarie @dm: Le fax.\nmarie [Publier]")
    assert "Le fax." in two.text("general")
    assert "Le fax." in two.text("terrain")


# --- Closing.


async def test_a_close_asks_for_a_synthesis_posts_it_and_thanks(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {POST}
        marie [Chez nous aussi]
        ibrahim ^2: Le fax.
        claire: /copain amorce fermer P07
        """
    )
    assert "Merci aux 2 personnes" in talk.text("general")
    assert talk.last("general")["buttons"] == []
    assert "Quatre lignes, dans vos mots." in talk.text("dm:claire")
    await talk.play(
        """\
        claire [Garder cette réponse]
        claire @dm: Le fax est mort.
        claire @dm: passer
        claire @dm: passer
        """
    )
    assert "**Ce qui fait accord** : Le fax est mort." in talk.text("dm:claire")
    await talk.play("claire [Publier]")
    said = talk.last("general")
    assert (said["thread"], said["kind"]) == (2, "synthesis")
    assert plain(said["text"]) == (
        "**Synthèse**\n\n"
        "**La question** : Quel outil avez-vous cessé d'utiliser, et pourquoi?\n"
        "**Ce qui fait accord** : Le fax est mort.\n\n"
        "Merci aux 2 personnes qui ont nourri ce fil."
    )
    async with talk.house.database.session() as session:
        [row] = (await session.execute(select(SynthesisRow))).scalars()
        assert (row.people, sorted(row.words)) == (2, ["agreed", "question"])


async def test_after_the_close_a_press_is_answered_with_the_state(talk: Conversation) -> None:
    await talk.play(f"{POST}\nclaire: /copain amorce fermer\nmarie [Autrement] 2\nlea +2 🔄")
    assert "Ce bouton n'agit plus. La question est refermée depuis le lundi 2 mars." in talk.text(
        "dm:marie"
    )
    await talk.play("marie ^2: Trop tard?")
    assert await answered(talk) == 0


async def test_a_close_in_the_thread_means_that_prompt(talk: Conversation) -> None:
    await talk.play(
        f"""\
        {POST}
        claire: /copain amorce publier P08
        claire ^2: @copain amorce fermer
        """
    )
    assert "Quel outil avez-vous cessé" in talk.text("general")
    assert "Fil refermé" in talk.text("general")


async def test_options_lose_their_voters_at_the_close_and_who_answered_goes_in_30_days(
    talk: Conversation,
) -> None:
    await talk.play(
        """\
        claire: /copain amorce publier P17
        marie [Le temps]
        ibrahim [Le temps]
        claire: /copain amorce fermer
        """
    )
    assert "- Le temps : 2\n- Le matériel : 0" in talk.text("general")
    assert await rows_of(talk) == [("tap", ""), ("tap", "")]
    async with talk.house.database.session() as session:
        now = talk.stage.clock.now()
        assert await postings.forget_old(session, now + timedelta(days=30)) == {"prompt-answer": 0}
        assert await postings.forget_old(session, now + timedelta(days=31)) == {"prompt-answer": 2}
        [posting] = await postings.latest(session, 1)
        assert (posting.people, posting.counts) == (2, {"0": 2})


async def test_what_nobody_closed_is_closed_after_90_days(talk: Conversation) -> None:
    await talk.play(f"{POST}\nmarie [Autrement]")
    async with talk.house.database.session() as session:
        await postings.forget_old(session, talk.stage.clock.now() + timedelta(days=91))
        [posting] = await postings.latest(session, 1)
        assert (posting.people, posting.counts) == (1, {"1": 1})


async def test_any_thread_may_be_summed_up(talk: Conversation) -> None:
    await talk.play(
        """\
        marie: Comment rangez-vous vos gabarits?
        ibrahim ^1: Par saison.
        lea ^1: By colour.
        claire ^1: @copain synthèse
        claire @dm: Le rangement des gabarits.
        claire @dm: passer
        claire @dm: La couleur ou la saison?
        claire @dm: passer
        claire [Publier]
        """
    )
    said = talk.last("general")
    assert said["thread"] == 1
    assert "**Ce qui reste ouvert** : La couleur ou la saison?" in plain(said["text"])
    assert "Merci aux 3 personnes" in plain(said["text"])


async def test_recap_without_a_thread_offers_the_last_prompts(talk: Conversation) -> None:
    await talk.play(f"{POST}\nclaire @dm: synthese\nclaire [P07]")
    assert "Quel outil avez-vous cessé" in talk.text("dm:claire")
    assert talk.last("dm:claire")["form"]["name"] == "synthesis"


# --- The bank.


async def test_the_list_shows_ten_at_a_time_and_what_became_of_them(talk: Conversation) -> None:
    await talk.play(f"{POST}\nclaire: /copain amorce archiver P08\nclaire: /copain amorce liste")
    text = talk.text("dm:claire")
    assert "1 à 10 sur 60" in text
    assert "et pourquoi? *(ouverte)*" in text
    assert "*(archivée)*" in text
    await talk.play("claire [Suite]\nclaire [Page précédente]")
    assert "1 à 10 sur 60" in talk.text("dm:claire")


async def test_a_prompt_of_ones_own_is_added_in_one_line_and_posted(talk: Conversation) -> None:
    await talk.play(
        'claire: /copain amorce ajouter "Qui a un *gabarit* neuf?" #outil\n'
        "claire [Publier maintenant]"
    )
    assert "Qui a un \\*gabarit\\* neuf?" in talk.text("general")
    await talk.play("claire: /copain amorce liste #outil")
    assert "**C01**" in talk.text("dm:claire")


async def test_a_form_adds_a_prompt_with_options(talk: Conversation) -> None:
    await talk.play(
        """\
        claire @dm: amorce ajouter
        claire @dm: Où rangez-vous vos gabarits?
        claire @dm: Un seul
        """
    )
    assert "Il faut de deux à 8 réponses" in talk.text("dm:claire")
    await talk.play(
        """\
        claire @dm: Papier; Écran
        claire @dm: cas
        claire @dm: 1
        claire @dm: 2
        claire [Publier maintenant]
        """
    )
    assert talk.last("general")["buttons"] == [
        "Papier",
        "Écran",
        "Répondre en privé",
        "Qui verra ça?",
    ]
    assert "aucun nom, date, lieu" in talk.text("general")


async def test_the_form_shows_what_stands_there_already(talk: Conversation) -> None:
    await talk.play("claire @dm: amorce modifier P17")
    assert "Actuellement : Pensez à la recommandation" in talk.text("dm:claire")
    await talk.play("claire [Garder cette réponse]")
    assert "Actuellement : Le temps, Le matériel, " in talk.text("dm:claire")


async def test_a_tag_nobody_uses_and_a_tag_used_up_are_told_apart(talk: Conversation) -> None:
    await talk.play("claire: /copain amorce publier #navet")
    assert "Aucune amorce ne porte #navet" in talk.text("dm:claire")
    await talk.play(
        """\
        claire: /copain amorce publier #veille
        claire: /copain amorce publier #veille
        """
    )
    assert "Aucune amorce avec #veille n'est libre à ce tour." in talk.text("dm:claire")
    assert len(talk.said("general")) == 1


async def test_what_was_posted_stays_as_it_was_when_the_bank_changes(talk: Conversation) -> None:
    await talk.play(
        """\
        claire: /copain amorce publier P17
        claire @dm: amorce modifier P17
        claire @dm: Une tout autre question?
        claire @dm: passer
        claire @dm: passer
        claire @dm: 1
        claire @dm: 1
        marie [Le temps] 2
        """
    )
    assert "Pensez à la recommandation" in talk.text("general")
    assert "Une tout autre question?" in talk.everything("dm:claire")


async def test_a_part_that_is_off_says_so(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=world(settings={"prompts": False})) as talk:
        await talk.play("claire: /copain amorce publier")
        assert "Les amorces sont éteintes" in talk.text("dm:claire")


async def test_an_english_community_is_asked_in_english(english: Conversation) -> None:
    await english.play(
        """\
        claire: /copain prompt post P07
        marie [Same here]
        claire: /copain prompt close
        """
    )
    text = english.everything("general")
    assert "**Current question** · The tool I dropped" in text
    assert "Which tool have you stopped using, and why?" in text
    assert "Thank you to the person who answered." in text
    assert "Noted, thank you." in english.text("dm:marie")


async def test_every_supplied_prompt_that_is_drawn_can_be_posted(tmp_path: Path) -> None:
    drawn = [each.id for each in Content().prompts() if each.category == "outils"]
    async with conversation(tmp_path, lang="en") as talk:
        for code in drawn:
            await talk.play(f"claire: /copain prompt post {code}")
        assert len(talk.said("general")) == len(drawn)


def world(**changed: Any) -> World:
    """The ready-made world with a community that differs."""
    made = ready_made()
    return replace(made, communities=(made.communities[0].model_copy(update=changed),))


async def redacted(talk: Conversation, message: int, *, by: str) -> None:
    """Somebody with the power to do so removes a message of whomever."""
    await talk.house.hear(
        Deleted(
            id=f"redacted-{message}",
            at=talk.house.clock.now(),
            place=Place("terminal", "", "general"),
            by=Account("terminal", "", by),
            message=str(message),
        )
    )


async def answered(talk: Conversation) -> int:
    """How many people answered the newest prompt."""
    async with talk.house.database.session() as session:
        [posting] = await postings.latest(session, 1, most=1)
        return len(await postings.participants(session, posting))


async def rows_of(talk: Conversation) -> list[tuple[str, str]]:
    """The kind and the choice of every answer kept."""
    async with talk.house.database.session() as session:
        rows = await session.execute(select(answers.c.kind, answers.c.choice))
        return [(row[0], row[1]) for row in rows]


async def rename(talk: Conversation, name: str, shown: str) -> None:
    """Gives a member another name to show."""
    from storage.people import MembershipRow

    account = AccountRow.__table__  # type: ignore[attr-defined]
    person = select(account.c.person_id).where(account.c.external == name)
    async with talk.house.database.session() as session:
        for table, column in (
            (MembershipRow.__table__, "person_id"),  # type: ignore[attr-defined]
            (PersonRow.__table__, "id"),  # type: ignore[attr-defined]
        ):
            await session.execute(
                update(table).where(table.c[column].in_(person)).values(name=shown)
            )
