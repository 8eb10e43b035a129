"""Later revisions find what earlier ones left: nothing that waits is lost or moved back [RE-6]."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import modes, postings
from storage.charter import current
from storage.database import Database
from storage.migrate import configuration, upgrade
from tests.databases import Databases

COMMON = "token, lane, operation, at, not_before, tries, kind, buttons, keep, args, state"
WITH = "'say', '2026-03-02 14:00:00+00:00', '2026-03-02 14:00:00+00:00', 0, 'x', '[]', true, '{}'"
OLD = f"INSERT INTO outbox ({COMMON}, urgent) VALUES ('t', :lane, {WITH}, :state, :urgent)"  # noqa: S608
FORM = (
    "INSERT INTO form (place, form, args, draft, step, state, asked_by, typed, touched) VALUES"
    " ('terminal:/@marie', 'join', '[]', '{}', 0, 'away', 'person', '[]',"
    " '2026-03-02 14:00:00+00:00')"
)
NEW = f"INSERT INTO outbox ({COMMON}) VALUES ('t', 'lane', {WITH}, 'sent')"  # noqa: S608

COMMUNITY = (
    "INSERT INTO community (slug, configured, chosen, state, mode) VALUES"
    " ('demo', '{}', '{}', 'open', 'cruise')"
)
REQUEST = (
    "INSERT INTO admission (community_id, platform, tenant, external, name, answers, supervises,"
    " asked, state, question, answer, reminded, reason, alternative, upheld, uninvited) VALUES"
    " (1, 'terminal', '', 'nadia', 'Nadia', '{}', false, '2026-03-02 14:00:00+00:00', 'refused',"
    " '', '', false, '', '', false, '[]')"
)


KEPT = (
    (
        "INSERT INTO charter (community_id, version, minor, language, text, blanks, published,"
        " reminded) VALUES (1, 1, 0, 'fr', 'La charte', '{}', '2026-03-02 14:00:00+00:00', 0)"
    ),
    (
        "INSERT INTO intent (kind, audience, audience_id, community_id, say, cause, priority,"
        " created, earliest, state, held, look) VALUES ('tip', 'space', 'terminal:/#general', 1,"
        " '{}', 'bot', 0, '2026-03-02 14:00:00+00:00', '2026-03-02 14:00:00+00:00', 'waiting',"
        " false, '2026-03-02 14:00:00+00:00')"
    ),
    (
        "INSERT INTO posting (community_id, code, round, posted_at, told_elsewhere, counts) VALUES"
        " (1, 'P07', 1, '2026-03-02 14:00:00+00:00', false, '{}')"
    ),
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/old.db"
    return await databases.url()


async def test_what_waited_as_urgent_or_not_has_a_rank_now(url: str) -> None:
    async def order(sql: str, **values: Any) -> list[Any]:
        async with engine.begin() as connection:
            result = await connection.execute(text(sql), values)
            return list(result.all()) if result.returns_rows else []

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_up_to, "0001")
    rows = [
        ("terminal:/@marie", "waiting", True),
        ("terminal:/#general", "waiting", False),
        ("terminal:/@lea", "waiting", False),
        ("terminal:/@lea", "sent", True),
        ("terminal:/@gone", "sent", True),
    ]
    for lane, state, urgent in rows:
        await order(OLD, lane=lane, state=state, urgent=urgent)
    await order("DELETE FROM outbox WHERE lane = 'terminal:/@gone'")
    await upgrade(url)
    found = await order("SELECT rank FROM outbox WHERE state = 'waiting' ORDER BY id")
    assert [row[0] for row in found] == [0, 1, 2]
    assert not any(row[0] for row in await order("SELECT uncertain FROM outbox"))
    # A dead letter is told under its number: no number comes a second time.
    await order(NEW)
    assert (await order("SELECT max(id) FROM outbox"))[0][0] == 6
    await engine.dispose()


async def test_forms_keep_their_drafts_and_no_number_comes_again(url: str) -> None:
    async def order(sql: str) -> list[Any]:
        async with engine.begin() as connection:
            result = await connection.execute(text(sql))
            return list(result.all()) if result.returns_rows else []

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_up_to, "0002")
    for _ in range(3):
        await order(FORM)
    # Of the fourth nothing is left but the question that was asked.
    await order(NEW.replace("token,", "name, token,").replace("('t'", "('form:4', 't'"))
    await order('UPDATE form SET draft = \'{"name": "Marie"}\' WHERE id = 2')
    await order("DELETE FROM form WHERE id = 3")
    if url.startswith("postgresql"):
        await order("SELECT setval(pg_get_serial_sequence('form', 'id'), 4)")
    await upgrade(url)
    found = await order("SELECT id, place, CAST(draft AS text) FROM form ORDER BY id")
    assert [tuple(row) for row in found] == [
        (1, "terminal:/@marie", "{}"),
        (2, "terminal:/@marie", '{"name": "Marie"}'),
    ]
    await order(FORM)
    assert (await order("SELECT max(id) FROM form"))[0][0] == 5
    await engine.dispose()


async def test_requests_keep_their_numbers_and_none_comes_again(url: str) -> None:
    async def order(sql: str) -> list[Any]:
        async with engine.begin() as connection:
            result = await connection.execute(text(sql))
            return list(result.all()) if result.returns_rows else []

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_up_to, "0003")
    await order(COMMUNITY)
    for _ in range(2):
        await order(REQUEST)
    # Of the third nothing is left but its card.
    await order(NEW.replace("token,", "name, token,").replace("('t'", "('request-second:3', 't'"))
    if url.startswith("postgresql"):
        await order("SELECT setval(pg_get_serial_sequence('admission', 'id'), 3)")
    await upgrade(url)
    found = await order("SELECT id, name FROM admission ORDER BY id")
    assert [tuple(row) for row in found] == [(1, "Nadia"), (2, "Nadia")]
    await order(REQUEST)
    assert (await order("SELECT max(id) FROM admission"))[0][0] == 4
    await engine.dispose()


async def test_what_stood_before_rhythms_goes_on_as_it_was(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_up_to, "0004")
        for statement in (COMMUNITY.replace("cruise", "crisis"), *KEPT):
            await connection.execute(text(statement))
    await upgrade(url)
    await engine.dispose()
    database = Database.open(url)
    async with database.begin() as tx:
        assert [row.code for row in await postings.latest(tx.session, 1, still_open=True)] == [
            "P07"
        ]
        charter = await current(tx.session, 1)
        assert charter is not None
        assert charter.allows == ()
        assert len(await tx.intents.waiting("space", "terminal:/#general")) == 1
        # Of a crisis that was on, nobody noted what it had interrupted.
        assert await modes.end_crisis(tx.session, 1)
        assert (await modes.regime(tx.session, 1)).mode == "cruise"
    await database.close()


def _up_to(connection: Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(configuration(connection), revision)
