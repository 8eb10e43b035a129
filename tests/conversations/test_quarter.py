"""A quarter of a community of forty: the rules of (e) hold, and the bot says why [AT-1, AT-2]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversation import Conversation, conversation
from tests.orphans import orphans
from tests.quarter import Quarter, Seen, forty, members


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Forty people, on SQLite: what is asked here does not depend on the database."""
    async with conversation(tmp_path, world=forty(), per_person="0") as found:
        yield found


async def test_a_quarter_keeps_to_every_rule_and_tells_why(talk: Conversation) -> None:
    quarter = Quarter(talk, members(forty()), seed=1)
    await quarter.live()
    seen = Seen(talk.lines)
    kinds = {each.kind for each in seen.started()}
    assert {"prompt", "relance", "preview", "bundle", "welcome", "return-digest", "digest"} <= kinds
    assert seen.outside_the_window() == []
    assert seen.above_the_day() == []
    assert seen.above_the_week(2) == []
    assert seen.prompts_too_near(14) == []
    assert seen.in_a_break(quarter.breaks) == []
    assert seen.twice() == []
    assert quarter.unexplained == []
    async with talk.house.database.reading() as tx:
        assert await orphans(tx.session, talk.stage.server) == []
