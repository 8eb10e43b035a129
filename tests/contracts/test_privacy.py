"""Export and erasure reach every table that knows a person [SE-8]."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, select

from bot.events import Account, Place
from bot.people import Space
from storage import erasures, passage, privacy
from storage.communities import CommunityRow, JournalRow, SpaceRow
from storage.database import Database
from storage.privacy import BY, Knows, Traces, data_map
from storage.tables import known, metadata
from tests.marie import MARIE, NOW, populate

SECRET = b"0" * 32
NAMES = {"person_id", "account_id", "about", "external", "place", "lane", "audience_id"}

# Columns with such a name that hold nobody, or whose row goes with another column; and why.
EXCEPTIONS = {
    ("account", "external"): "the row goes with its person",
    ("form", "asked_by"): "whether a person or the bot asked, not who",
    ("intent", "audience_id"): "a person's is in person_id too, the others are spaces and roles",
    ("person", "merged_into"): "linked persons are erased together",
    ("space", "external"): "a room",
}


def test_every_column_for_a_person_is_declared() -> None:
    assert _forgotten(metadata.tables.values(), known()) == []


def test_a_table_that_forgets_to_declare_is_found() -> None:
    apart = MetaData()
    Table("person", apart, Column("id", Integer, primary_key=True))
    forgetful = Table(
        "kudos",
        apart,
        Column("id", Integer, primary_key=True),
        Column("giver", ForeignKey("person.id")),
        Column("given_by", Integer),
        Column("lane", String),
        Column("words", String),
    )
    assert _forgotten([forgetful], known()) == ["kudos.giver", "kudos.given_by", "kudos.lane"]


def test_no_exception_outlives_its_column() -> None:
    for table, column in EXCEPTIONS:
        assert column in metadata.tables[table].c, f"{table}.{column}"
        assert (table, column) not in _declared(known()), f"{table}.{column} is declared"


def test_declarations_can_be_carried_out() -> None:
    for knows in known():
        columns = knows.table.__table__.c
        assert knows.by in BY
        for name in (knows.column, *knows.wipes, *knows.secret):
            assert name in columns, f"{knows.table.__tablename__}.{name}"
        if knows.keeps:
            assert columns[knows.column].nullable, f"{knows.table.__tablename__}.{knows.column}"
        if knows.by == "external":
            assert {"platform", "tenant"} <= set(columns.keys())


def test_the_map_of_data_names_each_declaration_with_its_text_keys() -> None:
    rows = data_map(known())
    assert len(rows) == len(known())
    assert (
        "membership",
        "person_id",
        "data-why-membership",
        "data-kept-membership",
        "data-seen-members",
    ) in rows


async def test_an_erased_person_is_in_no_row_of_any_table(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
    assert await _found_in(database, _words()) != []
    async with database.session() as session:
        counts = await privacy.erase_person(session, 7_000_001)
    assert await _found_in(database, _words()) == []
    assert counts["account"] == 2
    assert counts["journal"] == 2


async def test_the_test_of_erasure_leaves_no_declaration_out(sqlite_database: Database) -> None:
    async with sqlite_database.session() as session:
        await populate(session)
        for knows in known():
            column = knows.table.__table__.c[knows.column]
            found = await session.execute(select(column).where(column.in_(MARIE[knows.by])))
            assert found.first() is not None, f"{knows.table.__tablename__}.{knows.column}"


async def test_erasing_one_of_two_linked_persons_erases_both(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
    async with database.session() as session:
        await privacy.erase_person(session, 7_000_002)
    assert await _found_in(database, _words()) == []


async def test_erasing_somebody_leaves_everybody_else_alone(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
        before = await privacy.export_person(session, 8_000_001)
    async with database.session() as session:
        await privacy.erase_person(session, 7_000_001)
        after = await privacy.export_person(session, 8_000_001)
    # Her number leaves the lines of the journal that they share.
    for exported in (before, after):
        exported["tables"].pop("journal")
    assert before["tables"]["membership"]
    assert after == before


async def test_the_journal_keeps_its_rows_without_the_person(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
        await privacy.erase_person(session, 7_000_001)
        rows = list((await session.execute(select(JournalRow).order_by("id"))).scalars())
    assert [(row.act, row.account_id, row.about) for row in rows] == [
        ("role", None, 8_100_001),
        ("role", 8_100_001, None),
    ]
    assert (rows[0].after, rows[1].after) == ("animator", "")


async def test_a_visitor_nobody_keeps_is_erased_by_account(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
        account = Account("slack", "T1", "U_visitor")
        community_id = (await session.execute(select(CommunityRow))).scalars().one().id
        row = (await session.execute(select(SpaceRow))).scalars().one()
        space = Space(
            id=row.id or 0,
            community_id=community_id or 0,
            title="",
            use="discussion",
            place=Place("slack", "T1", "C1"),
        )
        assert await passage.note(session, space, account, "Visitor Zed", NOW)
    traces = Traces(accounts=(account,))
    async with database.session() as session:
        exported = await privacy.export_traces(session, traces)
        assert [row["name"] for row in exported["tables"]["passage"]] == ["Visitor Zed"]
        assert await privacy.erase_traces(session, traces) == {"passage": 1}
    assert await _found_in(database, ["U_visitor", "Visitor Zed"]) == []


async def test_an_export_is_json_with_a_version_and_without_secrets(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
    async with database.reading() as tx:
        exported = await privacy.export_person(tx.session, 7_000_002)
    said = json.dumps(exported)
    tables = exported["tables"]
    assert exported["version"] == 1
    assert set(tables) == {knows.table.__tablename__ for knows in known()}
    assert [row["external"] for row in tables["account"]] == ["U_marie", "@marie:example.org"]
    assert tables["membership"][0]["since"] == "2026-03-02T15:00:00+00:00"
    assert len(tables["journal"]) == 2
    assert "secret-body" not in said
    assert "secret-token" not in said
    assert "Paul Autre" not in said


async def test_an_erasure_is_noted_for_60_days_and_names_nobody(database: Database) -> None:
    async with database.session() as session:
        await populate(session)
        accounts = (await privacy.traces_of(session, 7_000_001)).accounts
        await erasures.note_erasure(session, accounts, SECRET, NOW)
        await erasures.note_erasure(session, accounts, SECRET, NOW)
        notes = await erasures.noted(session)
        assert await erasures.still_known(session, notes, SECRET) == [7_000_001]
        assert await erasures.still_known(session, notes, b"1" * 32) == []
        await privacy.erase_person(session, 7_000_001)
        assert await erasures.still_known(session, notes, SECRET) == []
    assert len(notes) == 2
    assert await _found_in(database, _words()) == []
    async with database.session() as session:
        assert await erasures.forget_old(session, NOW + timedelta(days=60)) == 0
        assert await erasures.forget_old(session, NOW + timedelta(days=61)) == 2


async def test_a_restored_database_learns_the_noted_erasures(database: Database) -> None:
    marie = Account("slack", "T1", "U_marie")
    notes = {erasures.digest_of(marie, SECRET): NOW.date()}
    async with database.session() as session:
        await populate(session)
        await erasures.keep(session, notes)
        for person in await erasures.still_known(session, notes, SECRET):
            await privacy.erase_person(session, person)
        assert await erasures.noted(session) == notes
    assert await _found_in(database, _words()) == []


def _forgotten(tables: Iterable[Table], declared: Iterable[Knows]) -> list[str]:
    """The columns that may hold a person and that no declaration covers."""
    covered = _declared(declared)
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.c
        if _may_hold_a_person(column)
        and (table.name, column.name) not in covered
        and (table.name, column.name) not in EXCEPTIONS
    ]


def _may_hold_a_person(column: Column[Any]) -> bool:
    targets = {key.target_fullname for key in column.foreign_keys}
    return bool(
        targets & {"person.id", "account.id"}
        or column.name in NAMES
        or column.name.endswith(("_by", "_person_id", "_account_id"))
    )


def _declared(declared: Iterable[Knows]) -> set[tuple[str, str]]:
    return {(knows.table.__tablename__, knows.column) for knows in declared}


def _words() -> list[str]:
    """All under which Marie may be found: numbers that nothing else has, ids and a name."""
    return [*(str(value) for values in MARIE.values() for value in values), "Marie Unique"]


async def _found_in(database: Database, words: Iterable[str]) -> list[str]:
    """The tables that hold one of these words in any column."""
    found = []
    async with database.reading() as tx:
        for table in metadata.sorted_tables:
            for row in await tx.session.execute(select(table)):
                text = json.dumps([str(value) for value in row], ensure_ascii=False)
                found += [f"{table.name}: {word}" for word in words if word in text]
    return found
