"""The list of members, invitations, and taking somebody out together [CO-10]."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation import Conversation, conversation, plain
from tests.conversations.test_admission import without_back_office

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


async def test_where_the_bot_may_take_nobody_out_one_message_says_what_to_do_by_hand(
    talk: Conversation,
) -> None:
    await talk.play(REMOVE)
    # The platform refuses to act in a room it does not show the bot.
    rooms = talk.stage.server.rooms
    hidden = {name: rooms.pop(name) for name in ("general", "annonces")}
    await talk.play("claire [Confirmer le retrait]")
    rooms.update(hidden)
    told = [line for line in talk.said("animateurs") if "À faire à la main" in plain(line["text"])]
    assert "retirer Marie moi-même" in plain(told[0]["text"])
    # The second room is added where the first was told.
    assert [line["edits"] for line in told] == [None, told[0]["n"]]
    assert plain(told[1]["text"]).endswith("encore : general et annonces")


@pytest.mark.parametrize("hour", ["11:00", "21:00"])
async def test_without_a_room_of_their_own_each_animator_reads_it_once(
    tmp_path: Path, hour: str
) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play(f"{REMOVE}@skip 1h\n@until 2026-03-02T{hour}")
        rooms = talk.stage.server.rooms
        hidden = {name: rooms.pop(name) for name in ("general", "annonces")}
        await talk.play("claire [Confirmer le retrait]")
        rooms.update(hidden)
        await talk.play("@skip 3d")
        for name in ("claire", "antoine"):
            read = [(plain(line["text"]), line["edits"]) for line in talk.said(f"dm:{name}")]
            told = [each for each in read if "retirer Marie moi-même" in each[0]]
            assert [edits for _, edits in told].count(None) == 1
            assert told[-1][0].endswith("encore : general et annonces")
