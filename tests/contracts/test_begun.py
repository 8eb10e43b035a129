"""A conversation that begins as a copy is the one that began from nothing.

Conversation tests rest on this: they found their community once, and copy it (tests/conversation).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import open_stage, quiet_log, ready_made
from storage.tables import metadata
from tests.conversation import Conversation, conversation
from tests.databases import Databases

SCRIPT = """
marie @dm: aide
@join nadia
lea @dm: bonjour
ibrahim: Bonjour, je cherche un gabarit
antoine @dm: animer
marie @dm: moi
@until 2026-03-09T12:00
antoine @dm: mois
nadia @dm: bonjour
"""
"""Answers, people who arrive, a week of timers, and what courtesy held."""
AGAIN = f"@clock 2026-04-01T10:00\n{SCRIPT.replace('2026-03-09', '2026-04-08')}"
"""The same in a world that was begun again at another time."""
TOKEN = re.compile(r"\b[0-9a-f]{32}\b")
"""What a parcel is known by to its platform: new numbers in every folder."""


@pytest.fixture(autouse=True)
def _unthreaded(unthreaded: None) -> None:
    """What people say comes one after another."""


@pytest.mark.parametrize(
    ("lang", "state", "script"),
    [
        pytest.param("fr", None, SCRIPT, id="as usual"),
        pytest.param("en", None, SCRIPT, id="English"),
        pytest.param("fr", "preparation", SCRIPT, id="in preparation"),
        pytest.param("fr", None, AGAIN, id="another day"),
    ],
)
async def test_a_copied_folder_is_the_one_founded_from_nothing(
    tmp_path: Path, *, lang: str, state: str | None, script: str
) -> None:
    alone = await _from_nothing(tmp_path / "alone", script, lang=lang, state=state)
    async with conversation(_folder(tmp_path / "first"), lang=lang, state=state):
        """Whichever test was the first of this worker, the next one is copied."""
    async with conversation(_folder(tmp_path / "copy"), lang=lang, state=state) as talk:
        assert await _told(talk, script) == alone


@pytest.mark.postgres
async def test_a_copy_on_the_server_is_the_one_founded_from_nothing(
    databases: Databases, tmp_path: Path
) -> None:
    async with databases.opened("postgresql", tmp_path) as database:
        alone = await _from_nothing(tmp_path / "alone", SCRIPT, url=database.url)
    for name in ("first", "copy"):
        folder = _folder(tmp_path / name)
        async with (
            databases.founded("postgresql", folder) as url,
            conversation(folder, url=url) as talk,
        ):
            assert await _told(talk, SCRIPT) == alone


async def _from_nothing(
    folder: Path,
    script: str,
    *,
    lang: str = "fr",
    state: str | None = None,
    url: str | None = None,
) -> list[Any]:
    lines: list[dict[str, Any]] = []
    async with open_stage(
        folder, ready_made(lang, state), log=quiet_log(sys.stderr), show=lines.append, url=url
    ) as (house, stage):
        return await _told(Conversation(house, stage, folder, lines), script)


async def _told(talk: Conversation, script: str) -> list[Any]:
    """Every row before anything was said, then every line that was, and every row."""
    before = await _rows(talk)
    await talk.play(script)
    assert len(talk.lines) > len(script.splitlines())
    platform = (talk.folder / "platform" / "transcript.jsonl").read_text(encoding="utf-8")
    return [before, talk.lines, TOKEN.sub("", platform).splitlines(), await _rows(talk)]


async def _rows(talk: Conversation) -> dict[str, list[str]]:
    async with talk.house.database.reading() as tx:
        found = {
            name: await tx.session.execute(select(table).order_by(*table.primary_key.columns))
            for name, table in metadata.tables.items()
        }
    return {name: [TOKEN.sub("", repr(row)) for row in rows] for name, rows in found.items()}


def _folder(folder: Path) -> Path:
    folder.mkdir()
    return folder
