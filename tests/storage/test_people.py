"""Persons linked and unlinked: everything reads through the root, and no row is rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text

from bot.events import Account, Place
from bot.people import Role, Space
from storage import passage, people
from storage.communities import CommunityRow, SpaceRow
from storage.database import Database, Tx
from storage.people import PersonRow
from storage.tables import metadata

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ON_SLACK = Account("slack", "T1", "U1")
ON_MATRIX = Account("matrix", "example.org", "@marie:example.org")


async def test_an_account_is_kept_once(database: Database) -> None:
    async with database.begin() as tx:
        first = await people.keep_account(tx.session, ON_SLACK, "Marie", language="fr")
        assert await people.keep_account(tx.session, ON_SLACK, "Somebody") == first
        assert await people.find_account(tx.session, ON_SLACK) == first
        assert await people.find_account(tx.session, ON_MATRIX) is None
        actor = await tx.people.actor(ON_SLACK, "shown")
        assert (actor.name, actor.account_id, actor.person_id, actor.language) == (
            "Marie",
            *first,
            "fr",
        )


async def test_somebody_nobody_keeps_acts_under_the_name_the_platform_shows(
    database: Database,
) -> None:
    async with database.reading() as tx:
        actor = await tx.people.actor(ON_SLACK, "Marie")
        assert (actor.name, actor.account_id, actor.person_id) == ("Marie", None, None)


async def test_every_account_of_linked_persons_has_the_same_root(database: Database) -> None:
    async with database.begin() as tx:
        slack, matrix = await _two(tx)
        await _link(tx, matrix[1], slack[1])
        rows = await tx.session.execute(
            text("SELECT account_id, person_id FROM account_root ORDER BY account_id")
        )
        assert [tuple(row) for row in rows] == [(slack[0], slack[1]), (matrix[0], slack[1])]
        assert await people.find_account(tx.session, ON_MATRIX) == (matrix[0], slack[1])
        assert await people.account_ids_of(tx.session, slack[1]) == [slack[0], matrix[0]]
        assert set(await people.accounts_of(tx.session, slack[1])) == {ON_SLACK, ON_MATRIX}
        assert (await tx.people.actor(ON_MATRIX, "")).person_id == slack[1]


async def test_a_linked_person_belongs_where_either_belonged(database: Database) -> None:
    async with database.begin() as tx:
        slack, matrix = await _two(tx)
        here, there = await _community(tx, "here"), await _community(tx, "there")
        await people.admit(tx.session, slack[1], here, now=NOW, name="Marie")
        await people.admit(tx.session, matrix[1], there, now=NOW, name="Marie M.")
        assert [each.slug for each in await tx.people.communities_of(slack[1])] == ["here"]
        await _link(tx, matrix[1], slack[1])
        assert [each.slug for each in await tx.people.communities_of(slack[1])] == [
            "here",
            "there",
        ]
        found = await people.membership(tx.session, slack[1], there)
        assert found is not None
        assert found.name == "Marie M."


async def test_a_linked_person_holds_the_greatest_of_both_roles(database: Database) -> None:
    async with database.begin() as tx:
        slack, matrix = await _two(tx)
        here = await _community(tx, "here")
        await people.admit(tx.session, slack[1], here, now=NOW)
        await people.admit(tx.session, matrix[1], here, now=NOW, role="coordinator")
        assert await tx.people.role(slack[1], here) is Role.MEMBER
        await _link(tx, matrix[1], slack[1])
        assert await tx.people.role(slack[1], here) is Role.COORDINATOR
        assert await tx.people.holders(here, Role.ANIMATOR) == [slack[1]]
        assert await tx.people.holders(here, Role.MEMBER) == [slack[1]]


async def test_undoing_a_link_restores_both_and_no_other_row_ever_changed(
    database: Database,
) -> None:
    async with database.begin() as tx:
        slack, matrix = await _two(tx)
        here = await _community(tx, "here")
        await people.admit(tx.session, slack[1], here, now=NOW)
        await people.admit(tx.session, matrix[1], here, now=NOW, role="animator")
        before = await _rows(tx)
        await _link(tx, matrix[1], slack[1])
        linked = await _rows(tx)
        await _link(tx, matrix[1], None)
        assert await _rows(tx) == before
        assert {name for name in before if before[name] != linked[name]} == {"person"}
        assert await tx.people.role(slack[1], here) is Role.MEMBER
        assert await tx.people.role(matrix[1], here) is Role.ANIMATOR


async def test_who_left_has_no_role_and_may_come_back(database: Database) -> None:
    async with database.begin() as tx:
        slack, _ = await _two(tx)
        here = await _community(tx, "here")
        row = await people.admit(tx.session, slack[1], here, now=NOW, role="animator")
        row.state, row.ended, row.steps = "left", NOW, {"charter": 1}
        await tx.session.flush()
        assert await tx.people.role(slack[1], here) is Role.VISITOR
        assert await people.members(tx.session, here) == []
        again = await people.admit(tx.session, slack[1], here, now=NOW)
        assert (again.id, again.role, again.ended, again.steps) == (row.id, "member", None, {})


async def test_somebody_without_a_person_is_a_visitor(database: Database) -> None:
    async with database.reading() as tx:
        assert await tx.people.role(None, 1) is Role.VISITOR


async def test_somebody_is_spoken_to_on_the_account_they_prefer(database: Database) -> None:
    async with database.begin() as tx:
        slack, matrix = await _two(tx)
        await _link(tx, matrix[1], slack[1])
        await tx.session.execute(
            text("UPDATE account SET preferred = false WHERE id = :id"), {"id": slack[0]}
        )
        reader = await tx.people.reader(matrix[1])
        assert reader is not None
        assert (reader.account, reader.person_id, reader.name) == (ON_MATRIX, slack[1], "Marie")
        assert await tx.people.reader(999) is None


async def test_a_passage_is_news_once_in_each_space(database: Database) -> None:
    async with database.begin() as tx:
        here = await _community(tx, "here")
        row = SpaceRow(
            community_id=here, platform="slack", tenant="T1", external="C1", use="discussion"
        )
        tx.session.add(row)
        await tx.session.flush()
        space = Space(
            id=row.id or 0,
            community_id=here,
            place=Place("slack", "T1", "C1"),
            use="discussion",
            title="",
        )
        assert await tx.people.space_at(space.place) == space
        assert await passage.note(tx.session, space, ON_SLACK, "Marie", NOW)
        assert not await passage.note(tx.session, space, ON_SLACK, "Marie", NOW)


async def _two(tx: Tx) -> tuple[tuple[int, int], tuple[int, int]]:
    """Marie on Slack and on Matrix, not linked: (account id, person id) of each."""
    return (
        await people.keep_account(tx.session, ON_SLACK, "Marie"),
        await people.keep_account(tx.session, ON_MATRIX, "Marie M."),
    )


async def _link(tx: Tx, person: int, root: int | None) -> None:
    (await tx.session.get_one(PersonRow, person)).merged_into = root
    await tx.session.flush()


async def _community(tx: Tx, slug: str) -> int:
    row = CommunityRow(slug=slug)
    tx.session.add(row)
    await tx.session.flush()
    return row.id or 0


async def _rows(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [
            tuple(str(value) for value in row)
            for row in await tx.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in metadata.sorted_tables
    }
