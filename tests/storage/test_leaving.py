"""Leaving one community of two: what the other keeps is left alone [ON-7, SE-8]."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account
from storage import communities, leaving, observation, people, privacy
from storage.communities import CommunityRow, JournalRow, SpaceRow
from storage.database import Database
from storage.forms import FormRow
from storage.people import MembershipRow
from storage.timers import TimerRow

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
MARIE = Account("slack", "T1", "U_marie")
PAUL = Account("slack", "T1", "U_paul")


@pytest.fixture
async def session(database: Database) -> Any:
    """A write session over a fresh database."""
    async with database.session() as opened:
        yield opened


async def test_leaving_one_community_stops_only_what_belongs_to_it(session: AsyncSession) -> None:
    marie, north, south = await _two_communities(session)
    for number in (north, south):
        session.add(
            TimerRow(action="a", key=f"{number}", due=NOW, person_id=marie, community_id=number)
        )
        session.add(FormRow(place=MARIE.dm.key, form="f", touched=NOW, community_id=number))
    await session.flush()
    assert await leaving.leave(session, marie, north, NOW)
    assert not await leaving.leave(session, marie, north, NOW)
    assert await _communities_in(session, TimerRow) == [south]
    assert await _communities_in(session, FormRow) == [south]
    assert await leaving.ended_at(session, marie, north) == NOW
    assert await leaving.ended_at(session, marie, south) is None
    assert await leaving.belongs_elsewhere(session, marie, north)


async def test_erasing_in_one_community_leaves_the_other_whole(session: AsyncSession) -> None:
    marie, north, south = await _two_communities(session)
    (account,) = await people.account_ids_of(session, marie)
    for number in (north, south):
        space = SpaceRow(
            community_id=number,
            platform="slack",
            tenant="T1",
            external=f"C{number}",
            use="discussion",
        )
        session.add(space)
        await session.flush()
        await observation.note(
            session,
            "message",
            community_id=number,
            space_id=space.id or 0,
            account_id=account,
            at=NOW,
        )
        await communities.note(session, number, "role", at=NOW, by=account)
    await privacy.erase_person(session, marie, community_id=north)
    assert await _communities_in(session, observation.ObservationRow) == [south]
    assert await _communities_in(session, MembershipRow) == [south]
    acts = await session.execute(select(JournalRow.community_id, JournalRow.account_id))  # type: ignore[call-overload]
    assert sorted(tuple(row) for row in acts) == [(north, None), (south, account)]
    assert (await people.person(session, marie)) is not None


async def test_only_who_left_can_come_back_and_not_who_was_removed(session: AsyncSession) -> None:
    marie, north, south = await _two_communities(session)
    assert not await leaving.come_back(session, marie, north)
    await leaving.leave(session, marie, north, NOW)
    assert await leaving.come_back(session, marie, north)
    row = await people.membership(session, marie, south)
    assert row is not None
    row.state, row.ended = "removed", NOW
    await session.flush()
    assert not await leaving.come_back(session, marie, south)
    assert await leaving.ended_at(session, marie, south) == NOW


async def test_a_community_is_led_alone_until_a_second_coordinator_or_its_closing(
    session: AsyncSession,
) -> None:
    marie, north, south = await _two_communities(session, role="coordinator")
    assert await leaving.led_alone(session, marie) == [north, south]
    _, paul = await people.keep_account(session, PAUL, "Paul")
    await people.admit(session, paul, north, now=NOW, role="coordinator")
    closed = await session.get_one(CommunityRow, south)
    closed.state = "closed"
    await session.flush()
    assert await leaving.led_alone(session, marie) == []


async def test_what_is_kept_of_somebody_is_listed_by_table(session: AsyncSession) -> None:
    marie, *_ = await _two_communities(session)
    kept = await privacy.kept_of(session, await privacy.traces_of(session, marie))
    assert [each.table.__tablename__ for each in kept] == ["account", "membership", "person"]
    stranger = privacy.Traces(accounts=(PAUL,))
    assert await privacy.kept_of(session, stranger) == []


async def test_the_journal_is_kept_thirteen_months(session: AsyncSession) -> None:
    _, north, _ = await _two_communities(session)
    await communities.note(session, north, "role", at=NOW, by=None)
    thirteen_months = datetime(2027, 4, 2, 15, tzinfo=UTC)
    assert await communities.forget_old(session, thirteen_months) == {"journal": 0}
    assert await communities.forget_old(session, thirteen_months + timedelta(days=1)) == {
        "journal": 1
    }


async def _two_communities(session: AsyncSession, *, role: str = "member") -> tuple[int, int, int]:
    """Marie, and the two communities to which she belongs."""
    north, south = CommunityRow(slug="north"), CommunityRow(slug="south", state="open")
    session.add_all([north, south])
    await session.flush()
    _, marie = await people.keep_account(session, MARIE, "Marie")
    assert north.id is not None
    assert south.id is not None
    for number in (north.id, south.id):
        await people.admit(session, marie, number, now=NOW, role=role)
    return marie, north.id, south.id


async def _communities_in(session: AsyncSession, table: Any) -> list[int]:
    rows = await session.execute(select(table.__table__.c.community_id))
    return sorted(rows.scalars())
