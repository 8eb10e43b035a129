"""The list of members, invitations, and taking somebody out together [CO-10]."""

from __future__ import annotations

from tests.conversation import Conversation

REMOVE = "antoine @dm: membres retirer @marie\nantoine @dm: Elle a changé de métier\n"


async def test_the_list_is_in_order_of_name_and_only_for_animators(talk: Conversation) -> None:
    await talk.play("antoine @dm: membres\nmarie @dm: membres")
    lines = [line for line in talk.text("dm:antoine").splitlines() if line.startswith("- ")]
    names = [line.split("**")[1] for line in lines]
    assert names == ["Antoine", "Claire", "Ibrahim", "Léa", "Marie"]
    assert "équipe d'animation" in talk.text("dm:marie")


async def test_nothing_waiting_is_said_in_one_line(talk: Conversation) -> None:
    await talk.play("claire @dm: membres en attente")
    assert talk.text("dm:claire") == "Aucune demande n'attend."


async def test_a_second_person_confirms_and_the_member_reads_why(talk: Conversation) -> None:
    await talk.play(REMOVE)
    assert "reste membre" in talk.text("dm:antoine")
    assert "plus partie" not in talk.everything("dm:marie")
    await talk.play("antoine [Confirmer le retrait]")
    assert "quelqu'un d'autre" in talk.text("dm:antoine")
    await talk.play("claire [Confirmer le retrait]")
    said = talk.text("dm:marie")
    assert "Elle a changé de métier" in said
    assert "Claire (@claire)" in said
    await talk.play("claire @dm: membres\nmarie @dm: question")
    assert "Marie" not in talk.text("dm:claire")
    assert "Demander à entrer" in talk.last("dm:marie")["buttons"]


async def test_a_removal_that_is_not_confirmed_is_never_heard_of(talk: Conversation) -> None:
    await talk.play(REMOVE)
    number = talk.last("animateurs")["n"]
    await talk.play(f"claire [Ne pas retirer] {number}\nclaire [Confirmer le retrait] {number}")
    assert talk.said("dm:marie") == []
    assert "n'agit plus" in talk.text("dm:claire")


async def test_nobody_removes_oneself_or_somebody_above(talk: Conversation) -> None:
    await talk.play("antoine @dm: membres retirer antoine\nantoine @dm: membres retirer claire")
    assert "quitter" in talk.everything("dm:antoine")
    assert "revient à la coordination" in talk.text("dm:antoine")


async def test_a_coordinator_removes_an_animator_alone_when_nobody_else_can_confirm(
    talk: Conversation,
) -> None:
    await talk.play("claire @dm: membres retirer antoine\nclaire @dm: Il est parti")
    assert "n'est plus membre" in talk.text("dm:claire")
    assert "Il est parti" in talk.text("dm:antoine")


async def test_who_was_removed_is_erased_after_thirty_days(talk: Conversation) -> None:
    await talk.play(REMOVE + "claire [Confirmer le retrait]\n@skip 31d")
    async with talk.house.database.reading() as tx:
        from bot.events import Account
        from storage.people import find_account

        assert await find_account(tx.session, Account("terminal", "", "marie")) is None


async def test_an_invitation_is_a_letter_to_forward_and_enrols_nobody(talk: Conversation) -> None:
    await talk.play("antoine @dm: inviter @nadia")
    assert "Bonjour nadia" in talk.text("dm:antoine")
    assert "Nous sommes 5 personnes" in talk.text("dm:antoine")
    assert "« rejoindre »" in talk.text("dm:antoine")
    assert talk.said("dm:nadia") == []
