"""Whom the bot lets write, and where its spaces are [SE-3]."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.events import Account, Place
from bot.ports import Draft
from storage import spaces
from storage.communities import space_at
from storage.doors import Doors
from storage.parcels import OutboxRow
from storage.types import table_of
from tests.applying import apply
from tests.conversation import Conversation, conversation
from tests.conversations.test_prompts import world

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)


def account(name: str, server: str = "") -> Account:
    return Account("terminal", server, name)


async def may(talk: Conversation, *names: str) -> list[bool]:
    """Whether each of them may write."""
    doors = Doors(talk.house.database)
    return [await doors.may_write(account(name)) for name in names]


@pytest.fixture
async def talk(tmp_path: Path) -> object:
    async with conversation(tmp_path) as found:
        yield found


async def test_members_applicants_and_people_passing_may_write(talk: Conversation) -> None:
    assert await may(talk, "claire", "marie", "nadia", "zoe", "Marie") == [
        True, True, False, False, False,
    ]  # fmt: skip
    await apply(talk, "nadia")
    await talk.play("@join zoe")
    assert await may(talk, "nadia", "zoe") == [True, True]


async def test_who_was_taken_out_may_not_and_a_guest_may(talk: Conversation) -> None:
    await talk.play("@join zoe\nclaire [Retirer du salon]\n@join yan")
    await talk.play("claire [C'est une personne invitée]")
    assert await may(talk, "zoe", "yan") == [False, True]


async def test_who_withdrew_may_write_until_the_form_is_erased(talk: Conversation) -> None:
    await apply(talk, "nadia")
    await talk.play("nadia [Retirer ma demande]")
    assert await may(talk, "nadia") == [True]
    await talk.play("@skip 31d")
    assert await may(talk, "nadia") == [False]


async def test_another_tenant_is_another_account(talk: Conversation) -> None:
    assert not await Doors(talk.house.database).may_write(account("marie", "other.example"))


async def test_strangers_may_write_unless_the_community_is_closed(tmp_path: Path) -> None:
    stranger = account("zoe", "ami.example")
    for state, allowed in (("open", True), ("closed", False)):
        folder = tmp_path / state
        found = world(strangers=("ami.example",), state=state)
        async with conversation(folder, world=found) as talk:
            doors = Doors(talk.house.database)
            assert await doors.may_write(stranger) is allowed
            assert not await doors.may_write(account("zoe", "autre.example"))
            assert not await doors.may_write(account("zoe"))


async def test_spaces_are_those_that_were_not_freed(talk: Conversation) -> None:
    doors = Doors(talk.house.database)
    found = await doors.spaces("terminal")
    assert {place.id: use for place, use in found.items()} == {
        "general": "discussion", "annonces": "announcements", "animateurs": "animators",
    }  # fmt: skip
    assert await doors.spaces("matrix") == {}
    general = Place("terminal", "", "general")
    assert await doors.is_space(general)
    async with talk.house.database.session() as session:
        row = await space_at(session, general)
        assert row is not None
        await spaces.track(session, row.community_id, general, "none")
    assert not await doors.is_space(general)
    assert general not in await doors.spaces("terminal")


async def test_only_who_animates_or_coordinates_has_a_role(talk: Conversation) -> None:
    doors = Doors(talk.house.database)
    assert [await doors.has_role(account(name)) for name in ("claire", "antoine", "marie")] == [
        True, True, False,
    ]  # fmt: skip
    assert not await doors.has_role(account("nadia"))
    assert not await doors.has_role(account("claire", "other.example"))
    await talk.play("claire: /copain role @antoine membre")
    assert not await doors.has_role(account("antoine"))


async def test_a_private_conversation_is_read_again_while_a_form_waits_there(
    talk: Conversation,
) -> None:
    doors = Doors(talk.house.database)
    assert await doors.asked("terminal") == []
    await talk.play("nadia @dm: rejoindre\nzoe @dm: rejoindre\nzoe [Annuler]")
    assert await doors.asked("terminal") == [account("nadia").dm]
    assert await doors.asked("slack") == []


async def test_threads_are_read_again_that_are_followed_and_not_old(talk: Conversation) -> None:
    database = talk.house.database
    doors = Doors(database)
    here = Place("slack", "", "C0GENERAL")
    draft = Draft(
        operation="say", place=here, body={"text": "Bonjour"}, at=NOW, name="p", subject="prompt:1"
    )
    rows = table_of(OutboxRow)
    async with database.begin() as tx:
        await tx.mailbox.post([draft, replace(draft, place=account("zoe").dm)], lambda: "token")
        await tx.session.execute(
            update(rows).where(rows.c.name == "p").values(message="1.1", state="sent")
        )
        for place in (here, account("zoe").dm):
            await tx.mailbox.follow("prompt:1", place, "1.1")
        await tx.mailbox.follow("prompt:1", here, "2.2")
    assert await doors.threads("slack", NOW) == [(here, "1.1")]
    assert await doors.threads("slack", NOW + timedelta(seconds=1)) == []
    assert await doors.threads("matrix", NOW) == []
    assert await doors.threads("terminal", NOW) == []
