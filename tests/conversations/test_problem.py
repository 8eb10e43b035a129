"""Access trouble is told to who can mend it, seen with its age, closed by either side [AN-7]."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage import problems
from storage.communities import CommunityRow
from storage.problems import ProblemRow
from tests.conversation import Conversation

FORM = """\
{0} @dm: problème
{0} [Un accès bloqué]
{0} @dm: Le pare-feu refuse la salle vidéo
"""


async def test_a_problem_goes_in_private_to_the_technical_contact(talk: Conversation) -> None:
    await talk.play(FORM.format("marie"))
    assert "Antoine (@antoine)" in talk.text("dm:marie")
    card = talk.last("dm:antoine")
    assert card["kind"] == "card"
    assert "Problème signalé par Marie : **Un accès bloqué**" in talk.text("dm:antoine")
    assert "> Le pare-feu refuse la salle vidéo" in talk.text("dm:antoine")
    assert talk.said("animateurs") == []


async def test_without_a_technical_contact_among_us_the_animators_get_the_card(
    talk: Conversation,
) -> None:
    await technical_contact(talk, "Service informatique, poste 4321")
    await talk.play(FORM.format("marie"))
    assert "signalé par Marie" in talk.text("animateurs")
    assert "poste 4321" in talk.text("dm:marie")


async def test_where_there_is_no_animators_space_each_animator_gets_the_card(
    talk: Conversation,
) -> None:
    await technical_contact(talk, "")
    async with talk.house.database.begin() as tx:
        from storage.communities import SpaceRow

        rows = await tx.session.execute(select(SpaceRow))
        for row in rows.scalars():
            if row.use == "animators":
                row.use = "discussion"
    await talk.play(FORM.format("marie"))
    assert "signalé par Marie" in talk.text("dm:antoine")
    assert "signalé par Marie" in talk.text("dm:claire")


async def test_who_reported_learns_that_it_is_solved_and_the_card_says_so(
    talk: Conversation,
) -> None:
    await technical_contact(talk, "")
    await talk.play(FORM.format("marie"))
    await talk.play("@skip 1d\nclaire [C'est réglé]")
    assert "Bonne nouvelle" in talk.text("dm:marie")
    assert "d'après Claire" in talk.text("dm:marie")
    assert "Réglé mardi 3 mars" in talk.text("animateurs").replace("**", "")
    assert talk.last("animateurs")["buttons"] == []
    await talk.play("claire @dm: animer")
    assert "Rien n'attend" in talk.text("dm:claire")


async def test_a_problem_waits_in_the_list_with_its_age(talk: Conversation) -> None:
    await talk.play(FORM.format("marie"))
    await talk.play("@until 2026-03-05T09:00\nclaire @dm: animer\nclaire [1 · Voir le problème]")
    page = [line["text"] for line in talk.said("dm:claire")][-2]
    assert "il y a 3 jours ouvrables" in page.replace("\u00a0", " ")
    assert "> Le pare-feu" in talk.text("dm:claire")


async def test_a_member_sees_and_closes_their_own(talk: Conversation) -> None:
    await talk.play(FORM.format("marie"))
    card = talk.last("dm:antoine")["n"]
    await talk.play("marie @dm: problème")
    assert "1. Un accès bloqué, signalé depuis moins d'un jour" in talk.text("dm:marie")
    await talk.play("marie [1 · C'est réglé]")
    assert "Le signalement est fermé" in talk.text("dm:marie")
    assert not any("Bonne nouvelle" in line["text"] for line in talk.said("dm:marie"))
    await talk.play(f"antoine [C'est réglé] {card}")
    assert "Marie vient de s'en occuper" in talk.text("dm:antoine")


async def test_two_who_settle_the_same_problem_have_one_outcome(talk: Conversation) -> None:
    await technical_contact(talk, "")
    await talk.play(FORM.format("marie"))
    await talk.play("claire @dm: animer\nclaire [1 · Voir le problème]")
    await talk.play("antoine @dm: animer\nantoine [1 · Voir le problème]")
    number = talk.last("dm:claire")["n"]
    await talk.play(f"antoine [C'est réglé]\nclaire [C'est réglé] {number}")
    assert sum("Bonne nouvelle" in line["text"] for line in talk.said("dm:marie")) == 1


async def test_a_visitor_may_report_and_is_told_the_end(talk: Conversation) -> None:
    await talk.play(FORM.format("nadia"))
    assert "C'est transmis" in talk.text("dm:nadia")
    assert "signalé par nadia" in talk.text("dm:antoine")
    await talk.play("antoine [C'est réglé]")
    assert "Bonne nouvelle" in talk.text("dm:nadia")


async def test_five_open_problems_of_one_person_are_enough(talk: Conversation) -> None:
    await talk.play(FORM.format("marie"))
    for _ in range(4):
        await talk.play("@skip 2m\nmarie @dm: problème\nmarie [Signaler autre chose]")
        await talk.play("marie [Autre chose]\nmarie @dm: Encore")
    await talk.play("@skip 2m\nmarie @dm: problème\nmarie [Signaler autre chose]")
    assert "déjà cinq signalements" in talk.text("dm:marie")


async def test_a_solved_problem_is_kept_for_ninety_days(talk: Conversation) -> None:
    await talk.play(FORM.format("marie"))
    await talk.play("antoine [C'est réglé]")
    solved = talk.stage.clock.now()
    async with talk.house.database.session() as session:
        await problems.forget_old(session, solved + timedelta(days=89))
        assert await count(session) == 1
        await problems.forget_old(session, solved + timedelta(days=91))
        assert await count(session) == 0


async def technical_contact(talk: Conversation, contact: str) -> None:
    """Changes whom the community names for technical trouble."""
    async with talk.house.database.begin() as tx:
        row = await tx.session.get_one(CommunityRow, 1)
        row.chosen = {**row.chosen, "contacts.technical": contact}


async def count(session: object) -> int:
    """How many problems are kept."""
    rows = await session.execute(select(func.count()).select_from(ProblemRow))  # type: ignore[attr-defined]
    return int(rows.scalar_one())
