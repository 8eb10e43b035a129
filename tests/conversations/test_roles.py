"""Roles are given by coordinators, to members, and every act is in the journal [CO-4]."""

from __future__ import annotations

from datetime import timedelta

from bot.events import Account, AccountChanged
from tests.conversation import Conversation


async def test_a_role_given_is_told_and_written_down(talk: Conversation) -> None:
    await talk.play("claire @dm: role @Marie animation\n@skip 2h\nclaire @dm: registre")
    assert "Marie, maintenant : animateur ou animatrice" in talk.everything("dm:claire")
    assert "Vous animez maintenant" in talk.text("dm:marie")
    assert "Claire · a donné un rôle · Marie · membre → animateur" in talk.text("dm:claire")


async def test_accounts_and_first_names_are_understood(talk: Conversation) -> None:
    await talk.play("claire @dm: role @terminal:lea coordinator\n@skip 2h")
    assert "You now coordinate" in talk.text("dm:lea")


async def test_the_last_coordinator_cannot_step_down(talk: Conversation) -> None:
    await talk.play("claire @dm: role @claire membre")
    assert "Personne d'autre ne coordonne" in talk.text("dm:claire")
    await talk.play("claire @dm: role @antoine coordination\nclaire @dm: role @claire membre")
    assert "Claire, maintenant : membre" in talk.text("dm:claire")
    await talk.play("claire @dm: registre")
    assert "revient à la coordination" in talk.text("dm:claire")


async def test_a_role_is_for_members_only(talk: Conversation) -> None:
    await talk.play("nadia: bonjour\nclaire @dm: role @nadia animation")
    assert "parmi les membres" in talk.text("dm:claire")


async def test_neither_members_nor_animators_give_roles(talk: Conversation) -> None:
    await talk.play("marie @dm: role @marie coordination\nantoine @dm: role @marie animation")
    for name in ("marie", "antoine"):
        assert "revient à la coordination" in talk.text(f"dm:{name}")
    await talk.play("claire @dm: registre")
    assert "a donné un rôle" not in talk.text("dm:claire")


async def test_a_wrong_role_is_answered_with_an_example(talk: Conversation) -> None:
    await talk.play("claire @dm: role @marie reine")
    assert "animation, coordination ou membre" in talk.text("dm:claire")


async def test_somebody_who_is_no_animator_any_more_reads_it_kindly(talk: Conversation) -> None:
    await talk.play("claire @dm: role @antoine membre\n@skip 2h")
    assert "Merci pour ce que vous avez porté" in talk.text("dm:antoine")


async def test_animators_learn_that_the_last_coordinators_account_is_closed(
    talk: Conversation,
) -> None:
    at = talk.house.clock.now()
    gone = AccountChanged(id="closed-1", at=at, by=Account("terminal", "", "claire"), closed=True)
    await talk.house.hear(gone)
    await talk.play("@skip 1m")
    assert "Plus de coordination en vue" in talk.text("animateurs")
    assert talk.house.clock.now() == at + timedelta(minutes=1)


async def test_the_journal_has_pages_of_ten(talk: Conversation) -> None:
    for number in range(11):
        await talk.play(f"claire @dm: réglages nom Terrain {number}")
    await talk.play("claire @dm: registre")
    assert "name = Terrain 10" in talk.text("dm:claire")
    assert "name = Demo" not in talk.text("dm:claire")
    await talk.play("claire [Plus anciens]")
    assert "name = Demo → name = Terrain 0" in talk.text("dm:claire")
