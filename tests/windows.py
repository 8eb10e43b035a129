"""The ready-made community on a platform in memory that has windows, and what its people do there.

Everything behind the platform is real: dispatch, storage, delivery. A trigger is fresh until it is
put among the adapter's `stale` ones.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.app import House, World, open_house, quiet_log, ready_made
from bot.attachments import Attachments
from bot.chance import SeededChance
from bot.clock import FrozenClock
from bot.config import AccountRef
from bot.config import Community as Configured
from bot.config.models import Space
from bot.dispatch import Outcome
from bot.events import Account, Event, FormClosed, FormFilled, Place, Pressed, Said
from bot.messages import Capabilities
from bot.ports import Adapter, Tx
from bot.testing import MemoryAdapter, MemoryMessage
from commands import founding
from storage import people
from storage.database import Database
from tests.conversation import plain

BEGIN = datetime.fromisoformat("2026-03-02T09:00")
PLATFORM: Final = "slack"


# On Python 3.11 the signal module writes out whatever a fixture made, twice a test.
@dataclass(slots=True, kw_only=True, repr=False)
class Desk:
    """The house behind a platform with windows."""

    house: House
    adapter: MemoryAdapter
    clock: FrozenClock
    outcomes: list[Outcome] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def does(self, event: Event) -> Outcome:
        """It happens, and all that comes of it is sent."""
        outcome = await self.house.hear(event)
        await self.house.settle()
        self.outcomes.append(outcome)
        return outcome

    async def types(
        self, name: str, text: str, *, slash: bool = False, stale: bool = False, place: str = ""
    ) -> Outcome:
        """Somebody writes; after the slash, a trigger comes with it, which may be `stale` already.

        In private unless a `place` is said, where they mention the bot.
        """
        by, trigger = account(name), self._trigger(stale=stale) if slash else ""
        return await self.does(
            Said(
                **self._now(name),
                place=room(place) if place else by.dm,
                by=by,
                text=text,
                message="" if slash else f"m{next(self.numbers)}",
                addressed=slash or bool(place),
                trigger=trigger,
            )
        )

    async def presses(self, name: str, label: str) -> Outcome:
        """Somebody presses the newest button of that label in their private conversation."""
        by = account(name)
        found = [
            (message, button)
            for message in self.adapter.said(by.dm)
            for button in message.buttons
            if plain(button["label"]) == label
        ]
        assert found, (label, self.adapter.said(by.dm)[-1:])
        message, button = found[-1]
        return await self.does(
            Pressed(
                **self._now(name),
                place=by.dm,
                by=by,
                message=message.id,
                action=button["action"],
                trigger=self._trigger(),
            )
        )

    async def sends(
        self, name: str, values: Mapping[str, str], *, form: int = 0, event: str = ""
    ) -> Outcome:
        """Somebody sends the newest window, or that of a form."""
        by, now = account(name), self._now(name)
        if event:
            now["id"] = event
        number = form or int(self.window["id"])
        return await self.does(
            FormFilled(**now, place=by.dm, by=by, form=number, values=values, trigger="t")
        )

    async def closes(self, name: str) -> Outcome:
        """Somebody closes the newest window."""
        by, number = account(name), int(self.window["id"])
        return await self.does(FormClosed(**self._now(name), place=by.dm, by=by, form=number))

    @property
    def window(self) -> Mapping[str, Any]:
        """The window that was opened last."""
        return self.adapter.windows[-1]

    def shown(self) -> dict[str, str]:
        """What stands in its fields."""
        return {each["name"]: each["value"] for each in self.window["fields"]}

    def said(self, name: str) -> list[MemoryMessage]:
        """What stands in somebody's private conversation."""
        return self.adapter.said(account(name).dm)

    def text(self, name: str) -> str:
        """The newest of it, no-break spaces made plain."""
        return plain(self.said(name)[-1].text)

    def everything(self, name: str) -> str:
        """All of it."""
        return "\n".join(plain(message.text) for message in self.said(name))

    def _now(self, name: str) -> dict[str, Any]:
        return {"id": f"e{next(self.numbers)}", "at": self.clock.now(), "name": name.title()}

    def _trigger(self, *, stale: bool = False) -> str:
        trigger = f"trigger-{next(self.numbers)}"
        if stale:
            self.adapter.stale.add(trigger)
        return trigger


def account(name: str) -> Account:
    """Somebody's account there."""
    return Account(PLATFORM, "", name)


def room(name: str) -> Place:
    """A channel there, called as in the ready-made world."""
    return Place(PLATFORM, "", name)


@asynccontextmanager
async def desk(
    folder: Path,
    *,
    url: str | None = None,
    lang: str = "fr",
    more: tuple[Configured, ...] = (),
    adapter: MemoryAdapter | None = None,
    modals: bool = True,
    per_person: str = "40/min",
) -> AsyncIterator[Desk]:
    """Opens the house; with the `adapter` of one before, after a restart."""
    world = ready_made(lang)
    said = _there(world)
    every = (said, *more)
    memory = adapter or MemoryAdapter(
        {room(space.id): set() for each in every for space in each.spaces},
        name=PLATFORM,
        capabilities=Capabilities(modals=modals, recalls=False, dates=True),
    )
    clock = FrozenClock(BEGIN.replace(tzinfo=ZoneInfo(said.timezone)))

    def adapters(_database: Database, _attachments: Attachments) -> dict[str, Adapter]:
        return {PLATFORM: memory}

    async with open_house(
        url=url or f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        folder=folder,
        clock=clock,
        chance=SeededChance(1),
        log=quiet_log(sys.stderr),
        adapters=adapters,
        communities=every,
        language=lang,
        per_person=per_person,
        seal=b"0" * 32,
        seat=lambda tx, now: _seat(tx, world),
    ) as house:
        made = Desk(house=house, adapter=memory, clock=clock)
        made.numbers = itertools.count(1 + 1000 * bool(adapter))
        await house.settle()
        yield made


def _there(world: World) -> Configured:
    said = world.communities[0]

    def refs(found: tuple[AccountRef, ...]) -> tuple[AccountRef, ...]:
        return tuple(AccountRef(PLATFORM, ref.id) for ref in found)

    return said.model_copy(
        update={
            "spaces": tuple(
                Space.model_construct(platform=PLATFORM, id=each.id, use=each.use)
                for each in said.spaces
            ),
            "coordinators": refs(said.coordinators),
            "animators": refs(said.animators),
        }
    )


async def _seat(tx: Tx, world: World) -> None:
    """The people of the ready-made world, who have been here for long."""
    if await tx.notebook.read("world") is not None:
        return
    said = world.communities[0]
    assert said.launched is not None
    since = datetime(said.launched.year, said.launched.month, said.launched.day, 13, tzinfo=UTC)
    row = await founding.row_of(tx, said.slug)
    for member in world.people:
        await founding.seat(tx, row, account(str(member["account"])), member, since=since)
    for each in await people.members(tx.session, row.id or 0):
        await founding.settled(tx, row, each, since=since)
    await tx.notebook.write("world", "ready")
