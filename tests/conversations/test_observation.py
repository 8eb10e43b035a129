"""What is observed is who, where, what kind and when: never a word [PV-2]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from storage import observation
from storage.observation import FirstMessage, ObservationRow
from storage.people import AccountRow, MembershipRow
from tests.conversation import Conversation

seen = ObservationRow.__table__  # type: ignore[attr-defined]
accounts = AccountRow.__table__  # type: ignore[attr-defined]
memberships = MembershipRow.__table__  # type: ignore[attr-defined]


async def test_a_message_a_reply_and_a_reaction_are_observed_without_their_words(
    talk: Conversation,
) -> None:
    await talk.play(
        """\
        marie: Qui a un gabarit pour la cantine hydroponique?
        ibrahim ^1: Moi, la version potimarron.
        lea +1 📌
        """
    )
    assert await kinds(talk) == [("marie", "message"), ("ibrahim", "reply"), ("lea", "reaction")]
    for word in ("hydroponique", "potimarron", "📌"):
        assert word.encode() not in talk.kept_bytes()


async def test_a_message_deleted_within_ten_minutes_was_no_contribution(
    talk: Conversation,
) -> None:
    await talk.play(
        """\
        marie: Je me suis trompée de salon
        @skip 10m
        marie -1
        ibrahim: Bonjour
        @skip 11m
        ibrahim -3
        """
    )
    assert await kinds(talk) == [("ibrahim", "message")]


async def test_an_edit_adds_nothing_and_a_reaction_taken_back_is_none(talk: Conversation) -> None:
    await talk.play(
        """\
        marie: Bonjour
        marie ~1: Bonjour à tout le monde
        lea +1 👍
        lea +1 🎉
        lea -1 👍
        """
    )
    assert await kinds(talk) == [("marie", "message"), ("lea", "reaction")]


async def test_commands_and_private_words_are_not_observed(talk: Conversation) -> None:
    await talk.play(
        """\
        marie: /copain aide
        marie @dm: bonjour
        """
    )
    assert await kinds(talk) == []


async def test_nothing_is_kept_of_somebody_passing(talk: Conversation) -> None:
    await talk.play(
        """\
        marie: Bonjour
        nadia ^1: Bonjour Marie
        nadia +1 👍
        """
    )
    assert await kinds(talk) == [("marie", "message")]


async def test_nothing_is_kept_of_a_member_who_is_not_to_be_counted(talk: Conversation) -> None:
    await change(talk, "marie", counted=False)
    await talk.play(
        """\
        marie: Bonjour
        lea +1 👍
        """
    )
    assert await kinds(talk) == [("lea", "reaction")]


async def test_a_newcomers_first_message_waits_until_another_human_answers(
    talk: Conversation,
) -> None:
    await arrived(talk, "lea")
    await talk.play(
        """\
        lea: Bonjour, je cherche un gabarit
        lea ^1: et je précise ma question
        lea: Une autre chose
        """
    )
    assert [first.message for first in await waiting(talk)] == ["1"]
    await talk.play("marie ^1: Bienvenue Léa!")
    assert await waiting(talk) == []


async def test_a_reaction_answers_a_newcomer_and_so_does_somebody_not_counted(
    talk: Conversation,
) -> None:
    await arrived(talk, "lea")
    await arrived(talk, "ibrahim")
    await talk.play(
        """\
        lea: Bonjour
        ibrahim: Bonjour aussi
        marie +1 👋
        """
    )
    assert [first.message for first in await waiting(talk)] == ["2"]
    await talk.play("nadia ^2: Bonjour Ibrahim")
    assert await waiting(talk) == []


async def test_the_last_message_of_a_space_is_a_members(talk: Conversation) -> None:
    await talk.play(
        """\
        marie: Bonjour
        @skip 1h
        marie @annonces: Une nouvelle
        @skip 1h
        lea +1 👍
        """
    )
    async with talk.house.database.session() as session:
        rows = (await session.execute(select(seen.c.space_id, seen.c.at).order_by(seen.c.id))).all()
        for space, at in rows[:2]:
            assert await observation.last_message(session, 1, space, since=at) == at


async def test_observations_go_after_215_days(talk: Conversation) -> None:
    await talk.play("marie: Bonjour")
    async with talk.house.database.session() as session:
        [at] = (await session.execute(select(seen.c.at))).scalars()
        assert await observation.forget_old(session, at + observation.KEPT) == 0
        assert await observation.forget_old(session, at + observation.KEPT * 1.01) == 1
    assert await kinds(talk) == []


async def kinds(talk: Conversation) -> list[tuple[str, str]]:
    """Who did what kind of thing, in order."""
    async with talk.house.database.session() as session:
        rows = await session.execute(
            select(accounts.c.external, seen.c.kind)
            .join(seen, seen.c.account_id == accounts.c.id)
            .order_by(seen.c.id)
        )
        return [(row[0], row[1]) for row in rows]


async def arrived(talk: Conversation, name: str) -> None:
    """Makes a member a newcomer of today."""
    await change(talk, name, since=talk.stage.clock.now())


async def change(talk: Conversation, name: str, **values: Any) -> None:
    """Changes what a membership says."""
    person = select(accounts.c.person_id).where(accounts.c.external == name)
    async with talk.house.database.session() as session:
        await session.execute(
            update(memberships).where(memberships.c.person_id.in_(person)).values(**values)
        )


async def waiting(talk: Conversation) -> list[FirstMessage]:
    """The first messages that nobody has answered."""
    async with talk.house.database.session() as session:
        return await observation.unanswered_first_messages(session, 1, now=talk.stage.clock.now())
