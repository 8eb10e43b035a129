"""What a house does with what the last process left [RE-2]."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import House, ready_made
from bot.app.house import open_house
from bot.chance import SeededChance
from bot.clock import FrozenClock
from bot.events import Place
from bot.log import open_log
from bot.messages import Capabilities
from bot.ports import Draft
from bot.testing import MemoryAdapter

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
MARIE = Place("forgetful", "", "marie", dm=True)


@asynccontextmanager
async def a_house(folder: Path) -> AsyncIterator[tuple[House, dict[str, MemoryAdapter]]]:
    """One process on that folder: a platform that knows a token again, and one that does not."""
    clock = FrozenClock(NOW)
    platforms = {
        name: MemoryAdapter(
            {Place(name, "", "room"): set()},
            name=name,
            capabilities=Capabilities(whispers=True, recalls=name == "mindful"),
        )
        for name in ("mindful", "forgetful")
    }
    async with open_house(
        url=f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        folder=folder,
        clock=clock,
        chance=SeededChance(1),
        log=open_log(io.StringIO(), clock),
        adapters=lambda _database, _attachments: {**platforms},
        communities=ready_made().communities,
    ) as house:
        yield house, platforms


async def test_after_a_kill_what_may_stand_is_looked_for_and_whispers_are_gone(
    tmp_path: Path,
) -> None:
    drafts = [
        Draft(operation="say", place=Place(name, "", "room"), body={"text": name}, at=NOW)
        for name in ("mindful", "forgetful")
    ]
    whisper = Draft(
        operation="whisper",
        place=Place("forgetful", "", "room"),
        body={"text": "whisper", "to": "marie"},
        at=NOW,
        to=MARIE.account,
    )
    async with a_house(tmp_path) as (house, _), house.database.begin() as tx:
        await tx.mailbox.post([*drafts, whisper], lambda: "token")
    async with a_house(tmp_path) as (house, platforms):
        await house.delivery.drain()
        assert [parcel.uncertain for parcel in platforms["mindful"].parcels] == [False]
        parcels = platforms["forgetful"].parcels
        assert [(each.operation, each.uncertain) for each in parcels] == [("say", True)]


async def test_the_house_knows_what_its_platforms_can_do(tmp_path: Path) -> None:
    async with a_house(tmp_path) as (house, platforms):
        assert house.dispatch.abilities == {
            name: each.capabilities for name, each in platforms.items()
        }
