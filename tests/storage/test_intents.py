"""What the bot means to say waits as a row, and its words go when it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.courtesy import Intent
from bot.events import Account, Place
from bot.people import Community
from storage import communities, intents, people
from storage.communities import CommunityRow, SpaceRow
from storage.database import Database, Tx
from storage.intents import IntentRow

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
SAY = {"key": "activity-reminder", "values": {"name": "Marie"}}


async def test_an_intent_waits_for_its_audience_with_what_it_says(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(
            _intent(person, community, subject="activity:1"), SAY, now=NOW
        )
        waiting = await tx.intents.waiting("person", str(person))
        assert [(each.intent.id, each.say) for each in waiting] == [(number, SAY)]
        assert waiting[0].intent.subject == "activity:1"
        assert await tx.intents.waiting("space", str(person)) == []


async def test_released_intents_wait_no_more_and_keep_no_words(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        await tx.intents.release([number], NOW)
        assert await tx.intents.waiting("person", str(person)) == []
        row = await tx.session.get_one(IntentRow, number)
        assert (row.state, row.say, row.look, row.ended) == ("released", None, None, NOW)


async def test_what_was_released_counts_among_what_was_sent(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(
            _intent(person, community, subject="activity:1"), SAY, now=NOW
        )
        await tx.intents.release([number], NOW)
        facts = await tx.intents.facts("person", str(person), community, NOW)
        assert [(each.kind, each.at, each.subject) for each in facts.sent] == [
            ("activity-reminder", NOW, "activity:1")
        ]
        later = await tx.intents.facts("person", str(person), community, NOW + timedelta(days=32))
        assert later.sent == ()


async def test_voiding_a_subject_wipes_what_was_meant_about_it(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        gone = await tx.intents.add(_intent(person, community, subject="activity:1"), SAY, now=NOW)
        stays = await tx.intents.add(_intent(person, community, subject="activity:2"), SAY, now=NOW)
        await tx.intents.void("activity:1", None, NOW)
        assert [each.intent.id for each in await tx.intents.waiting("person", str(person))] == [
            stays
        ]
        row = await tx.session.get_one(IntentRow, gone)
        assert (row.state, row.say) == ("void", None)


async def test_voiding_a_kind_leaves_the_other_kinds(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        await tx.intents.add(_intent(person, community, subject="activity:1"), SAY, now=NOW)
        await tx.intents.void("activity:1", "activity-invitation", NOW)
        assert len(await tx.intents.waiting("person", str(person))) == 1


async def test_what_was_released_is_not_voided(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community, subject="a:1"), SAY, now=NOW)
        await tx.intents.release([number], NOW)
        await tx.intents.void("a:1", None, NOW)
        assert (await tx.session.get_one(IntentRow, number)).state == "released"


async def test_a_dropped_intent_says_why_and_keeps_no_words(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        await tx.intents.drop(number, "too-late", NOW)
        row = await tx.session.get_one(IntentRow, number)
        assert (row.state, row.why, row.say) == ("dropped", "too-late", None)


async def test_a_moved_intent_is_looked_at_later(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        later = NOW + timedelta(hours=3)
        await tx.intents.move(number, later, "quiet")
        assert await intents.held_by_courtesy(tx.session, NOW) == (1, later)


async def test_nothing_more_is_meant_for_somebody_who_left(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        await tx.intents.void_person(person, community.id, NOW)
        row = await tx.session.get_one(IntentRow, number)
        assert (row.state, row.say) == ("void", None)


async def test_courtesy_learns_of_a_space_whether_it_stopped(database: Database) -> None:
    async with database.begin() as tx:
        _, community = await _marie(tx)
        place = Place("slack", "T1", "C1")
        tx.session.add(
            SpaceRow(
                community_id=community.id,
                platform="slack",
                tenant="T1",
                external="C1",
                use="discussion",
            )
        )
        await tx.session.flush()
        facts = await tx.intents.facts("space", place.key, community, NOW)
        assert (facts.use, facts.stopped, facts.visitor) == ("discussion", False, False)
        unknown = await tx.intents.facts("space", "slack:T1/#C9", community, NOW)
        assert unknown.stopped


async def test_the_log_of_what_left_is_forgotten_after_ninety_days(database: Database) -> None:
    async with database.begin() as tx:
        person, community = await _marie(tx)
        number = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        waits = await tx.intents.add(_intent(person, community), SAY, now=NOW)
        await tx.intents.release([number], NOW)
        assert await intents.forget_old(tx.session, NOW + timedelta(days=90)) == 0
        assert await intents.forget_old(tx.session, NOW + timedelta(days=91)) == 1
        rows = (await tx.session.execute(select(IntentRow))).scalars()
        assert [row.id for row in rows] == [waits]


async def _marie(tx: Tx) -> tuple[int, Community]:
    row = CommunityRow(slug="c")
    tx.session.add(row)
    await tx.session.flush()
    _, person = await people.keep_account(tx.session, Account("slack", "T1", "U1"), "Marie")
    return person, communities.as_community(row)


def _intent(person: int, community: Community, **rest: Any) -> Intent:
    return Intent(
        id=0,
        kind="activity-reminder",
        audience="person",
        audience_id=str(person),
        community=community.id,
        earliest=NOW,
        created=NOW,
        **rest,
    )
