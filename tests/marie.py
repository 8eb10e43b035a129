"""Marie, who is in every table that knows persons: whoever adds such a table has her there too."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, Integer, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator

from storage import communities
from storage.communities import CommunityRow, SpaceRow
from storage.forms import FormRow
from storage.intents import IntentRow
from storage.parcels import OutboxRow, ThreadRow
from storage.passage import PassageRow
from storage.people import AccountRow, MembershipRow, PersonRow
from storage.tables import known, metadata
from storage.timers import TimerRow

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)

# Under what Marie stands, by what a column holds.
MARIE: dict[str, list[Any]] = {
    "person_id": [7_000_001, 7_000_002],
    "account_id": [7_100_001, 7_100_002],
    "external": ["U_marie", "@marie:example.org"],
    "place": ["slack:T1/@U_marie", "matrix:example.org/@@marie:example.org"],
}
FIXED = {"platform": "slack", "tenant": "T1"}


async def populate(session: AsyncSession) -> None:
    """Marie in every table that declares to know persons, on two linked accounts; and Paul."""
    community = CommunityRow(slug="c")
    session.add_all(
        [
            community,
            PersonRow(id=7_000_001, name="Marie Unique"),
            PersonRow(id=8_000_001, name="Paul Autre"),
        ]
    )
    await session.flush()
    session.add(PersonRow(id=7_000_002, name="Marie Unique", merged_into=7_000_001))
    space = SpaceRow(
        community_id=community.id or 0,
        platform="slack",
        tenant="T1",
        external="C1",
        use="discussion",
    )
    session.add(space)
    await session.flush()
    session.add_all(
        [
            AccountRow(
                id=7_100_001, platform="slack", tenant="T1", external="U_marie", person_id=7_000_001
            ),
            AccountRow(
                id=7_100_002,
                platform="matrix",
                tenant="example.org",
                external="@marie:example.org",
                person_id=7_000_002,
            ),
            AccountRow(
                id=8_100_001, platform="slack", tenant="T1", external="U_paul", person_id=8_000_001
            ),
        ]
    )
    await session.flush()
    community.opened_by = 7_100_001
    for person, name in (
        (7_000_001, "Marie Unique"),
        (7_000_002, "Marie Unique"),
        (8_000_001, "Paul Autre"),
    ):
        session.add(
            MembershipRow(person_id=person, community_id=community.id or 0, since=NOW, name=name)
        )
        session.add(TimerRow(action="a", key=f"{person}", due=NOW, person_id=person))
        session.add(
            IntentRow(
                kind="k",
                audience="person",
                audience_id=str(person),
                person_id=person,
                community_id=community.id or 0,
                created=NOW,
                earliest=NOW,
                say={"key": name},
            )
        )
    for external, lane in (
        ("U_marie", "slack:T1/@U_marie"),
        ("U_paul", "slack:T1/@U_paul"),
        ("m", "matrix:example.org/@@marie:example.org"),
    ):
        session.add(
            OutboxRow(
                token="secret-token",
                lane=lane,
                operation="say",
                at=NOW,
                not_before=NOW,
                body={"text": f"secret-body {external}"},
            )
        )
        session.add(ThreadRow(lane=lane, root="1", subject="s"))
        session.add(FormRow(place=lane, form="f", touched=NOW, draft={"name": external}))
    await _note_acts(session, community.id or 0, space)
    await _fill_the_rest(session)


async def _note_acts(session: AsyncSession, community_id: int, space: SpaceRow) -> None:
    await communities.note(
        session, community_id, "role", at=NOW, by=7_100_001, about=8_100_001, after="animator"
    )
    await communities.note(
        session, community_id, "role", at=NOW, by=8_100_001, about=7_100_001, after="Marie Unique"
    )
    session.add_all(
        [
            PassageRow(
                community_id=community_id,
                space_id=space.id or 0,
                platform="slack",
                tenant="T1",
                external=external,
                name=name,
                since=NOW,
                decided_by=by,
            )
            for external, name, by in (("U_marie", "Marie Unique", None), ("U_x", "X", 7_100_002))
        ]
    )
    await session.flush()


async def _fill_the_rest(session: AsyncSession) -> None:
    """A row of Marie's in every table still empty: a new table comes under test by itself."""
    numbers = itertools.count(500)
    for table in metadata.sorted_tables:
        if table.name == "erasure":
            continue  # it knows nobody, and its tests count its rows
        if (await session.execute(select(table).limit(1))).first() is not None:
            continue
        values = {
            column.name: await _value(session, column, next(numbers))
            for column in table.c
            if not (
                column.primary_key
                and column.autoincrement
                and not column.foreign_keys
                and isinstance(column.type, Integer)
            )
        }
        await session.execute(insert(table).values(values))


async def _value(session: AsyncSession, column: Column[Any], number: int) -> Any:
    by = {(each.table.__tablename__, each.column): each.by for each in known()}
    if (column.table.name, column.name) in by:
        return MARIE[by[column.table.name, column.name]][0]
    if column.nullable:
        return None
    for key in column.foreign_keys:
        return (await session.execute(select(key.column).limit(1))).scalar_one()
    if column.name in FIXED:
        return FIXED[column.name]
    values = {
        int: number,
        str: f"w{number}",
        bool: False,
        datetime: NOW,
        date: NOW.date(),
        time: NOW.time(),
        dict: {},
        object: {},
        float: 0.0,
        bytes: b"b",
    }
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return values[plain.python_type]
