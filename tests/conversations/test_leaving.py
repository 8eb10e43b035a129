"""Leaving takes two taps and no reason; thirty days later nothing links the account [ON-7]."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToPerson
from bot.registry import command
from scheduler.housekeeping import forget_wal
from storage.intents import IntentRow
from storage.people import MembershipRow
from storage.timers import TimerRow
from tests.conversation import Conversation, feature
from tests.conversations.test_privacy import rows_with

intents = IntentRow.__table__  # type: ignore[attr-defined]
timers = TimerRow.__table__  # type: ignore[attr-defined]
memberships = MembershipRow.__table__  # type: ignore[attr-defined]


@command("keep")
async def keep(call: Call) -> Reply:
    """Means to tell the actor something next month: stands in for a reminder."""
    return Intend(
        "waiting-update", Say("home-elsewhere", to=ToPerson(call.person_id)), subject="request:1"
    )


async def test_leaving_takes_two_taps_and_asks_nothing(talk: Conversation) -> None:
    await talk.play("marie @dm: quitter")
    assert "Je ne demande pas pourquoi." in talk.text("dm:marie")
    await talk.play("marie [Oui, quitter]")
    said = talk.text("dm:marie")
    assert said.startswith("C'est fait, Marie : vous avez quitté **Demo**.")
    assert "**Le mercredi 1er avril** (dans 30 jours)" in said
    assert "Je ne vous retire pas des salons" in said
    assert talk.last("dm:marie")["buttons"] == [
        "Effacer maintenant",
        "Recevoir mes données",
        "Revenir",
    ]


async def test_lea_leaves_in_english(talk: Conversation) -> None:
    await talk.play("lea @dm: leave\nlea [Yes, leave]")
    assert talk.text("dm:lea").startswith("It is done, Léa: you have left **Demo**.")


async def test_what_was_meant_for_the_person_stops(talk: Conversation) -> None:
    talk.add(feature("stand-in", keep))
    await talk.play(
        """\
        marie @dm: pause 1 semaine
        marie @dm: keep
        marie @dm: profil
        marie @dm: quitter
        """
    )
    await talk.play("marie @dm: /copain quitter\nmarie [Oui, quitter]\n@skip 20d")
    assert [x for x in talk.said("dm:marie") if x["started_by"] == "bot"] == []
    async with talk.house.database.reading() as tx:
        states = (await tx.session.execute(select(intents.c.state))).scalars().all()
        theirs = select(timers.c.action).where(timers.c.person_id.is_not(None))
        left = (await tx.session.execute(theirs)).scalars().all()
    assert "waiting" not in states
    assert left == ["leaving.erase"]


async def test_thirty_days_later_nothing_links_the_account(talk: Conversation) -> None:
    """Scenario 12 of the domain specification."""
    await talk.play("marie: bonjour\nmarie @dm: quitter\nmarie [Oui, quitter]\n@skip 29d")
    assert await rows_with(talk, "marie") != []
    await talk.play("@skip 2d")
    assert await rows_with(talk, "marie") == []
    await forget_wal(talk.house.database)
    for word in ("Marie", "terminal:/@marie", "Clinique du Fleuve"):
        assert word.encode() not in talk.kept_bytes(), word


async def test_one_button_erases_sooner(talk: Conversation) -> None:
    await talk.play("marie @dm: quitter\nmarie [Oui, quitter]")
    await talk.play("marie [Effacer maintenant]\n@skip 5m")
    assert talk.text("dm:marie").startswith("C'est fait. Il ne reste rien de vous chez moi")
    assert await rows_with(talk, "marie") == []


async def test_coming_back_restores_the_membership_and_keeps_it(talk: Conversation) -> None:
    await talk.play("marie @dm: quitter\nmarie [Oui, quitter]\n@skip 29d\nmarie [Revenir]")
    assert talk.text("dm:marie").startswith("Bon retour dans **Demo**, Marie.")
    await talk.play("@skip 10d\nmarie @dm: moi")
    assert "Clinique du Fleuve" in talk.text("dm:marie")
    await talk.play("marie [Effacer maintenant]")
    assert "Vous faites toujours partie de **Demo**." in talk.text("dm:marie")


async def test_a_role_ends_with_leaving_and_does_not_come_back_by_itself(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: quitter\nantoine [Oui, quitter]\nantoine [Revenir]")
    async with talk.house.database.reading() as tx:
        rows = await tx.session.execute(
            select(memberships.c.role, memberships.c.state).where(memberships.c.name == "Antoine")
        )
        assert [tuple(row) for row in rows] == [("member", "active")]


async def test_the_last_coordinator_is_told_the_way_out(talk: Conversation) -> None:
    await talk.play("claire @dm: quitter")
    assert "Vous êtes la seule personne à coordonner **Demo**." in talk.text("dm:claire")
    assert "role @nom coordination" in talk.text("dm:claire")


async def test_an_account_that_leaves_every_space_has_left(talk: Conversation) -> None:
    await talk.play("@leave marie\nlea @dm: privacy")
    assert "**The 4 members**" in talk.text("dm:lea")
    assert talk.said("dm:marie") == []
    await talk.play("@skip 31d")
    assert await rows_with(talk, "marie") == []


async def test_the_account_of_the_last_coordinator_going_is_told_to_the_animators(
    talk: Conversation,
) -> None:
    await talk.play("@leave claire")
    assert "personne d'autre ne coordonne **Demo**" in talk.text("animateurs")
    async with talk.house.database.reading() as tx:
        count = await tx.session.execute(
            select(func.count())
            .select_from(memberships)
            .where(memberships.c.role == "coordinator", memberships.c.state == "active")
        )
        assert count.scalar_one() == 1


async def test_somebody_else_cannot_press_the_buttons_of_who_left(talk: Conversation) -> None:
    await talk.play("marie @dm: quitter\nmarie [Oui, quitter]\nlea @dm: me")
    assert "Clinique du Fleuve" not in talk.text("dm:lea")
    assert len(talk.said("dm:lea")) == 1
