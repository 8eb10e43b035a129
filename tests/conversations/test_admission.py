"""Asking to come in and being answered by a person, spoken in chat lines [ON-1, ON-2]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import World, ready_made
from bot.events import Account, Said
from tests.conversation import Conversation, conversation, plain

APPLY = """
    nadia @dm: rejoindre
    nadia @dm: Nadia Bensaïd
    nadia @dm: infirmière
    nadia @dm: CLSC Rosemont
    nadia [Passer]
    nadia @dm: Apprendre des autres
"""
REFUSE = """
    antoine [Refuser]
    antoine @dm: Nous accueillons les gens du terrain
    antoine [Passer]
"""


def _cards(talk: Conversation) -> str:
    return talk.everything("animateurs")


def _button(talk: Conversation, place: str, label: str) -> int:
    """The newest line of a place that has this button."""
    lines = [x for x in talk.said(place) if label in map(plain, x["buttons"])]
    return int(lines[-1]["n"])


async def test_a_request_becomes_a_card_and_its_author_knows_who_answers_by_when(
    talk: Conversation,
) -> None:
    await talk.play(APPLY)
    assert "d'ici le jeudi 5 mars; Antoine ou Claire" in talk.text("dm:nadia")
    card = talk.last("animateurs")
    assert card["buttons"] == ["Accepter", "Refuser", "Demander une précision"]
    assert card["kind"] == "card"
    assert "CLSC Rosemont" in card["text"]
    assert "Encadre" not in card["text"]


async def test_the_whole_way_in_with_one_question(talk: Conversation) -> None:
    await talk.play(APPLY)
    await talk.play("""
        antoine [Demander une précision]
        antoine @dm: Travaillez-vous sur le terrain?
        nadia [Répondre]
        nadia @dm: Oui, trois jours par semaine
    """)
    assert "**Réponse** : Oui, trois jours par semaine" in _cards(talk)
    assert "a répondu" in _cards(talk)
    await talk.play(f"claire [Accepter] {_button(talk, 'animateurs', 'Accepter')}")
    assert "vous êtes des nôtres" in talk.everything("dm:nadia")
    assert "acceptée par Claire" in _cards(talk)
    assert not talk.last("animateurs")["buttons"]
    await talk.play("nadia: bonjour\nnadia @annonces: bonjour\nclaire @dm: membres")
    assert "**Nadia Bensaïd** · infirmière, CLSC Rosemont" in talk.text("dm:claire")


async def test_a_reply_under_the_question_answers_it_too(talk: Conversation) -> None:
    await talk.play(APPLY)
    await talk.play("antoine [Demander une précision]\nantoine @dm: Où?")
    await talk.play("nadia @dm ^-1: À Rosemont")
    assert "**Réponse** : À Rosemont" in _cards(talk)


async def test_of_two_acceptances_one_counts_and_the_second_is_told(talk: Conversation) -> None:
    await talk.play(APPLY)
    number = _button(talk, "animateurs", "Accepter")
    await talk.play(f"claire [Accepter] {number}\nantoine [Accepter] {number}")
    assert "Claire vient de s'en occuper, à 9 h" in talk.text("dm:antoine")
    assert talk.everything("dm:nadia").count("vous êtes des nôtres") == 1


async def test_pressing_accept_twice_is_said_to_have_counted_once(talk: Conversation) -> None:
    await talk.play(APPLY)
    number = _button(talk, "animateurs", "Accepter")
    await talk.play(f"claire [Accepter] {number}\nclaire [Accepter] {number}")
    assert "Demande acceptée par Claire" in talk.text("dm:claire")


async def test_a_refusal_waits_for_a_second_opinion_and_tells_where_to_appeal(
    talk: Conversation,
) -> None:
    await talk.play(APPLY + REFUSE)
    assert "La raison" not in talk.everything("dm:nadia")
    await talk.play("antoine [Confirmer le refus]")
    assert "revient à quelqu'un d'autre" in talk.text("dm:antoine")
    await talk.play("claire [Confirmer le refus]")
    said = talk.text("dm:nadia")
    assert "**La raison** : Nous accueillons les gens du terrain. Elle ne dit rien" in said
    assert "Claire (@claire)" in said
    assert "Une autre piste" not in said
    assert "effacé le mercredi 1er avril" in said
    assert talk.last("dm:nadia")["buttons"] == ["Demander un second avis", "Effacer maintenant"]


async def test_the_second_person_may_keep_the_request_open(talk: Conversation) -> None:
    await talk.play(APPLY + REFUSE + "claire [Ne pas refuser]\nclaire [Accepter]")
    assert "vous êtes des nôtres" in talk.everything("dm:nadia")


async def test_an_appeal_keeps_the_request_until_it_is_settled(talk: Conversation) -> None:
    await talk.play(APPLY + REFUSE + "claire [Confirmer le refus]\nnadia [Demander un second avis]")
    assert "sera relue" in talk.text("dm:nadia")
    await talk.play("@skip 40d")
    assert "effacée" not in _cards(talk)
    await talk.play("claire [Maintenir le refus]")
    assert "la réponse reste la même" in talk.text("dm:nadia")
    await talk.play("@skip 31d")
    assert "Demande d'entrée effacée" in _cards(talk)


async def test_who_was_refused_may_erase_at_once_and_ask_again(talk: Conversation) -> None:
    await talk.play(APPLY + REFUSE + "claire [Confirmer le refus]\nnadia [Effacer maintenant]")
    assert "je ne garde plus rien" in talk.text("dm:nadia")
    assert talk.text("animateurs") == "Demande d'entrée effacée."
    await talk.play("nadia @dm: rejoindre")
    assert talk.last("dm:nadia")["form"]["field"] == "name"


async def test_a_request_taken_back_is_erased_after_thirty_days(talk: Conversation) -> None:
    await talk.play(APPLY + "nadia [Retirer ma demande]")
    assert "retirée" in talk.text("dm:nadia")
    await talk.play(f"claire [Accepter] {_button(talk, 'animateurs', 'Accepter')}")
    assert "n'agit plus" in talk.text("dm:claire")
    await talk.play("@skip 29d")
    assert "effacée" not in _cards(talk)
    await talk.play("@skip 2d")
    assert "Demande d'entrée effacée" in _cards(talk)


async def test_a_request_that_waits_is_never_erased(talk: Conversation) -> None:
    await talk.play(APPLY + "@skip 90d\nclaire @dm: membres en-attente")
    assert "Nadia Bensaïd" in talk.text("dm:claire")


async def test_late_answers_are_told_once_across_a_weekend_and_a_holiday(
    talk: Conversation,
) -> None:
    # Good Friday is 3 April and Easter Monday 6 April: the third working day is Thursday the 9th.
    await talk.play("@until 2026-04-02T10:00" + APPLY + "@until 2026-04-09T09:59")
    assert "n'est pas perdue" not in talk.everything("dm:nadia")
    await talk.play("@until 2026-04-30T10:00")
    late = [x for x in talk.said("dm:nadia") if "n’est pas perdue" in x["text"]]
    assert [x["at"][:16] for x in late] == ["2026-04-09T10:00"]
    for name in ("claire", "antoine"):
        told = [x for x in talk.said(f"dm:{name}") if "attend une décision" in x["text"]]
        assert len(told) == 1
        assert told[0]["at"] >= "2026-04-10T08:31"
        days = [x["at"][:10] for x in talk.said(f"dm:{name}") if x["started_by"] == "bot"]
        assert len(days) == len(set(days))


async def test_what_is_late_while_the_bot_sleeps_is_told_in_a_working_hour(
    talk: Conversation,
) -> None:
    await talk.play(APPLY + "@down\n@until 2026-03-07T22:00\n@up\n@until 2026-03-09T12:00")
    late = [x for x in talk.said("dm:nadia") if "n’est pas perdue" in x["text"]]
    assert [x["at"][:16] for x in late] == ["2026-03-09T08:30"]


async def test_a_question_nobody_answers_closes_the_request_after_its_month(
    talk: Conversation,
) -> None:
    await talk.play(APPLY + "antoine [Demander une précision]\nantoine @dm: Où?")
    await talk.play("@until 2026-04-01T12:00")
    assert "close" not in talk.everything("dm:nadia")
    await talk.play("@until 2026-04-02T12:00")
    assert "est donc close" in talk.text("dm:nadia")
    assert "n'est pas perdue" not in talk.everything("dm:nadia")


async def test_names_that_cannot_be_read_aloud_are_refused_kindly(talk: Conversation) -> None:
    await talk.play("nadia @dm: rejoindre\nnadia @dm: 😀✨")
    assert "lire à voix haute" in talk.text("dm:nadia")
    await talk.play("nadia @dm: " + "a" * 40_000)
    assert "80" in talk.text("dm:nadia")
    await talk.play("nadia @dm: \\0\\0\nnadia @dm: נדיה\\0 כהן")
    assert talk.last("dm:nadia")["form"]["field"] == "profession"
    await talk.play("nadia @dm: a\\0b\nnadia @dm: c\nnadia [Passer]\nnadia [Passer]")
    assert "\u2068נדיה כהן\u2069" in talk.last("animateurs")["text"]


async def test_the_box_says_that_somebody_supervises_members(talk: Conversation) -> None:
    await talk.play(APPLY.rsplit("\n", 2)[0])
    await talk.play("nadia [☐ J'encadre des personnes de cette communauté]\nnadia [Passer]")
    assert "☑ Encadre" in _cards(talk)
    await talk.play("claire [Accepter]\nclaire @dm: membres")
    assert "encadre des membres" in talk.text("dm:claire")


async def test_who_has_asked_or_belongs_already_reads_so(talk: Conversation) -> None:
    await talk.play(APPLY + "nadia @dm: adhérer\nmarie @dm: rejoindre")
    assert "inutile d'en refaire une" in talk.text("dm:nadia")
    assert "déjà membre" in talk.text("dm:marie")
    assert len([x for x in talk.said("animateurs") if x["edits"] is None]) == 1


async def test_nobody_else_sees_or_takes_back_a_request(talk: Conversation) -> None:
    await talk.play(
        APPLY + "nadia [Voir ma demande]\nomar @dm: rejoindre\nmarie @dm: accepter nadia"
    )
    assert "Nadia Bensaïd" in talk.text("dm:nadia")
    assert "Nadia" not in talk.everything("dm:omar")
    assert "équipe d'animation" in talk.text("dm:marie")
    assert "des nôtres" not in talk.everything("dm:nadia")


async def test_a_request_is_accepted_or_refused_by_name(talk: Conversation) -> None:
    await talk.play(APPLY + "claire @dm: refuser @nadia")
    assert talk.last("dm:claire")["form"]["name"] == "decline"
    await talk.play("claire @dm: annuler\nclaire @dm: accepter nadia bensaid")
    assert "des vôtres" in talk.everything("dm:claire")
    await talk.play("claire @dm: accepter nadia")
    assert "Aucune demande" in talk.text("dm:claire")


async def test_a_visitors_other_words_are_in_no_kept_byte(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        await talk.play("nadia @dm: motsecret1\nnadia @dm: aide motsecret2")
        await talk.play(APPLY)
        await talk.play("@join nadia\nnadia: motsecret3\nnadia @dm: rejoindre motsecret4")
        await talk.play("nadia [Retirer ma demande]\nnadia [Effacer maintenant]\n@skip 2m")
        kept = talk.kept_bytes()
    assert b"motsecret" not in kept
    assert "Bensaïd".encode() not in kept


async def test_everything_is_said_in_english_in_an_english_community(tmp_path: Path) -> None:
    async with conversation(tmp_path, lang="en") as talk:
        await talk.play("""
            nadia @dm: join
            nadia @dm: Nadia
            nadia @dm: nurse
            nadia @dm: Health centre
            nadia [Skip]
            nadia [Skip]
        """)
        assert "You will have an answer by Thursday 5 March" in talk.text("dm:nadia")
        await talk.play("antoine [Accept]")
        assert "you are one of us" in talk.everything("dm:nadia")
        assert "Request accepted by Antoine" in talk.everything("animateurs")


def without_back_office() -> World:
    world = ready_made()
    community = world.communities[0]
    spaces = tuple(space for space in community.spaces if space.use != "animators")
    return World(
        communities=(community.model_copy(update={"spaces": spaces}),),
        people=world.people,
        language="fr",
    )


@pytest.mark.parametrize(("at", "seen"), [("2026-03-02T10:00", True), ("2026-03-02T21:00", False)])
async def test_without_a_back_office_the_card_reaches_each_animator_in_their_hours(
    tmp_path: Path, at: str, seen: bool
) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play(f"@until {at}" + APPLY)
        assert bool(talk.said("dm:claire")) is seen
        await talk.play("@until 2026-03-03T12:00")
        for name in ("claire", "antoine"):
            assert "Demande d'entrée" in talk.everything(f"dm:{name}")
        await talk.play("claire [Accepter]")
        assert "acceptée par Claire" in talk.everything("dm:antoine")


async def test_where_the_bot_may_not_invite_an_animator_does_and_the_newcomer_knows_who(
    talk: Conversation,
) -> None:
    await talk.play(APPLY)
    # The platform refuses an invitation to a room it does not show the bot.
    rooms = talk.stage.server.rooms
    hidden = {name: rooms.pop(name) for name in ("general", "annonces")}
    await talk.play("claire [Accepter]")
    rooms.update(hidden)
    assert "C'est une personne qui le fera : Antoine ou Claire" in talk.text("dm:nadia")
    assert talk.everything("dm:nadia").count("C'est une personne") == 1
    task = talk.last("animateurs")
    assert "Salons à lui ouvrir : general et annonces" in plain(task["text"])
    await talk.play(f"antoine [C'est fait] {task['n']}\nclaire [C'est fait] {task['n']}")
    assert "Vous pouvez entrer : general et annonces" in talk.text("dm:nadia")
    assert "C'est déjà fait, par Antoine" in talk.text("dm:claire")


async def test_in_an_open_community_the_form_is_the_way_in(tmp_path: Path) -> None:
    world = ready_made()
    community = world.communities[0].model_copy(update={"join": "open"})
    world = World(communities=(community,), people=world.people, language="fr")
    async with conversation(tmp_path, world=world) as talk:
        await talk.play(APPLY)
        assert "vous êtes des nôtres" in talk.everything("dm:nadia")
        await talk.play("@join omar\nomar: bonjour")
        assert "De passage" not in talk.everything("animateurs")


# --- Strangers: people of a homeserver that may ask by DM [SE-3].


@pytest.fixture
async def strangers(tmp_path: Path) -> AsyncIterator[Conversation]:
    """A community at whose door the people of one other server may knock."""
    made = ready_made()
    changed = made.communities[0].model_copy(update={"strangers": ("ami.example",)})
    async with conversation(tmp_path, world=replace(made, communities=(changed,))) as found:
        yield found


async def says(talk: Conversation, *texts: str, server: str = "ami.example") -> None:
    """Zoé of another server writes to the bot."""
    zoe = Account("terminal", server, "zoe")
    for text in texts:
        number = f"{talk.house.clock.now()}-{len(talk.lines)}-{text}"
        await talk.house.hear(
            Said(
                id=number,
                at=talk.house.clock.now(),
                place=zoe.dm,
                by=zoe,
                text=text,
                message=number,
            )
        )
        await talk.house.settle()


async def test_a_stranger_asks_once_a_day(strangers: Conversation) -> None:
    talk = strangers
    form = ("rejoindre", "Zoé", "médecin", "Nord", "passer", "passer")
    await says(talk, *form)
    assert "votre demande est arrivée" in talk.text("dm:zoe")
    await says(talk, "3")
    await says(talk, "rejoindre")
    assert "est bien là" in talk.text("dm:zoe")
    await talk.play("claire [Refuser]\nclaire @dm: Pas maintenant\nclaire [Passer]")
    await talk.play("antoine [Confirmer le refus]")
    await says(talk, "rejoindre")
    assert "une demande par jour suffit" in talk.text("dm:zoe")
    await talk.play("@skip 1d")
    await says(talk, "rejoindre")
    assert talk.last("dm:zoe")["form"]["name"] == "join"


async def test_a_stranger_gets_the_form_and_nothing_of_the_community(
    strangers: Conversation,
) -> None:
    talk = strangers
    for text in ("coucou", "membres", "fiches", "moi", "animer", "charte"):
        await says(talk, text)
    assert talk.said("dm:zoe")[0]["buttons"][0] == "Demander à entrer"
    everything = talk.everything("dm:zoe")
    assert "Clinique du Fleuve" not in everything
    assert "marie" not in everything.casefold()
