"""The ready-made community in rooms of a real homeserver, and the whole bot in them.

The house, its database and its frozen clock are those of every other test; only the platform is
the real one. Nothing here waits by sleeping: what the bot hears is told to whoever waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.matrix.adapter import MatrixAdapter, Settings
from bot.app import House, World, open_house, quiet_log, ready_made
from bot.attachments import Attachments
from bot.chance import SeededChance
from bot.clock import FrozenClock
from bot.config import AccountRef
from bot.config import Community as Configured
from bot.config.models import Space
from bot.dispatch import Done, Outcome
from bot.events import Account, Event
from bot.ports import Adapter, Tx
from bot.speaking import ScoreLine
from commands import founding
from storage import people
from storage.database import Database
from storage.doors import Doors
from storage.notebook import Notes
from tests.real.conftest import People
from tests.real.member import PATIENCE, Member
from tests.real.synapse import Login, Synapse

BEGIN = datetime.fromisoformat("2026-03-02T09:00")
SEAL = b"0" * 32
ROOMS = ("general", "annonces", "animateurs")

Wrap = Callable[[MatrixAdapter, FrozenClock, ZoneInfo, Attachments], Adapter]


@dataclass(slots=True)
class Ears:
    """Hears for the house, and keeps what it heard and what it said to that (the score)."""

    dispatch: Callable[[Event], Any]
    heard: list[Event] = field(default_factory=list)
    score: list[ScoreLine] = field(default_factory=list)
    rename: Callable[[Event], Event] = lambda event: event
    task: asyncio.Task[None] | None = None
    _told: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, event: Event) -> Outcome:
        """Takes an event to its outcome."""
        event = self.rename(event)
        outcome: Outcome = await self.dispatch(event)
        if isinstance(outcome, Done):
            self.score += outcome.score
        self.heard.append(event)
        await self.wake()
        return outcome

    async def wake(self) -> None:
        """Has everybody who waits look again."""
        async with self._told:
            self._told.notify_all()

    async def until(
        self, true: Callable[[Event], bool], since: int = 0, patience: float = PATIENCE
    ) -> Event:
        """The first event after number `since` of which that is true, once it was handled."""
        async with self._told:
            try:
                async with asyncio.timeout(patience):
                    while True:
                        for event in self.heard[since:]:
                            if true(event):
                                return event
                        if self.task is not None and self.task.done():
                            self.task.result()
                        await self._told.wait()
            except TimeoutError:
                raise AssertionError(f"the bot heard only {self.heard[since:]}") from None


@dataclass(slots=True, kw_only=True, repr=False)
class Community:
    """The people and rooms of the ready-made world by their names there, and the bot."""

    synapse: Synapse
    bot: Login
    members: dict[str, Member]
    rooms: dict[str, str]
    people: People
    house: House
    clock: FrozenClock
    zone: ZoneInfo
    ears: Ears
    adapter: MatrixAdapter

    def account(self, name: str) -> Account:
        """The account of somebody of the world."""
        user = self.members[name].id
        return Account("matrix", user.partition(":")[2], user)

    async def arrive(self, name: str) -> Member:
        """Somebody new, who is in no room yet."""
        self.members[name] = await self.people(name)
        return self.members[name]

    async def pass_until(self, at: str) -> None:
        """Everything due happens in order; then it is that time in the community."""
        end = datetime.fromisoformat(at).replace(tzinfo=self.zone)
        await self.house.settle()
        await self.house.pass_time(end.astimezone(UTC), self.house.settle)

    async def done(self, act: Any, *kinds: type[Event], by: str) -> None:
        """Waits until what somebody does was heard, and all that it causes was sent."""
        since, account = len(self.ears.heard), self.members[by].id
        await act

        def theirs(event: Event) -> bool:
            who = getattr(event, "by", None)
            return isinstance(event, kinds) and who is not None and who.id == account

        await self.ears.until(theirs, since)
        await self.house.settle()


@asynccontextmanager
async def community(
    synapse: Synapse,
    people: People,
    folder: Path,
    *,
    lang: str = "fr",
    encrypted: bool = True,
    strangers: tuple[str, ...] = ("localhost",),
    wrap: Wrap | None = None,
    parted: Callable[[Configured], tuple[Configured, ...]] = lambda found: (found,),
) -> AsyncIterator[Community]:
    """Opens the ready-made community: everybody in their rooms, the bot listening."""
    world = ready_made(lang)
    bot = synapse.register(f"copain-{folder.name[-40:]}", shown="copain")
    members = {str(each["account"]): await people(str(each["account"])) for each in world.people}
    rooms = await _rooms(synapse, bot, world, members, encrypted=encrypted)
    zone = ZoneInfo(world.communities[0].timezone)
    clock = FrozenClock(BEGIN.replace(tzinfo=zone))
    built: list[MatrixAdapter] = []

    def adapters(database: Database, attachments: Attachments) -> dict[str, Adapter]:
        real = MatrixAdapter(
            settings=Settings(
                homeserver=synapse.url,
                user_id=bot.user_id,
                store=folder / "matrix-store",
                token=bot.access_token,
                encryption=encrypted,
            ),
            clock=clock,
            log=quiet_log(sys.stderr, clock),
            notes=Notes(database.begin, database.reading),
            doors=Doors(database),
            read_file=attachments.read,
            instant=lambda _stamp: clock.now(),
        )
        built.append(real)
        return {"matrix": wrap(real, clock, zone, attachments) if wrap else real}

    async with open_house(
        url=f"sqlite+aiosqlite:///{folder / 'copain.db'}",
        folder=folder,
        clock=clock,
        chance=SeededChance(1),
        log=quiet_log(sys.stderr),
        adapters=adapters,
        communities=parted(_on_matrix(world, members, rooms, strangers)),
        language=lang,
        prefix="!copain",
        seal=SEAL,
        seat=lambda tx, now: _seat(tx, world, members),
    ) as house:
        ears = Ears(house.dispatch)
        house.listen(ears)
        made = Community(
            synapse=synapse,
            bot=bot,
            members=members,
            rooms=rooms,
            people=people,
            house=house,
            clock=clock,
            zone=zone,
            ears=ears,
            adapter=built[0],
        )
        async with _listening(made):
            yield made


@asynccontextmanager
async def _listening(made: Community) -> AsyncIterator[None]:
    ears, adapter = made.ears, made.adapter
    ears.task = asyncio.create_task(adapter.run(ears))
    # Whoever waits for an event learns that there will be none.
    ears.task.add_done_callback(lambda _ended: asyncio.ensure_future(ears.wake()))
    try:
        begun: set[str] = set()

        def all_rooms(event: Event) -> bool:
            place = getattr(event, "place", None)
            begun.update([place.id] if place else [])
            return set(made.rooms.values()) <= begun

        await ears.until(all_rooms)
        if adapter.settings.encryption:
            await _keys_of_the_bot(made)
        yield
    finally:
        ears.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ears.task
        await adapter.close()


async def _keys_of_the_bot(made: Community) -> None:
    """Who writes before they know the bot's device writes what it cannot read."""
    for member in made.members.values():
        store = member.client.device_store
        await member.until(
            lambda store=store: any(store.active_user_devices(made.bot.user_id)),  # type: ignore[misc]
            why="for the keys of the bot",
        )


async def _rooms(
    synapse: Synapse, bot: Login, world: World, members: dict[str, Member], *, encrypted: bool
) -> dict[str, str]:
    """The three rooms, made by claire: everybody inside, the bot may invite and remove."""
    claire = members["claire"]
    rooms = {}
    for name in ROOMS:
        inside = ("antoine",) if name == "animateurs" else tuple(set(members) - {"claire"})
        invited = [bot.user_id, *(members[each].id for each in sorted(inside))]
        levels = {"users": {bot.user_id: 50, claire.id: 100}}
        room = await claire.make_room(
            name, *invited, encrypted=encrypted, version="10", levels=levels
        )
        for each in sorted(inside):
            await members[each].accept(room)
        synapse.request("POST", f"/_matrix/client/v3/join/{room}", {}, token=bot.access_token)
        rooms[name] = room
    return rooms


def _on_matrix(
    world: World, members: dict[str, Member], rooms: dict[str, str], strangers: tuple[str, ...]
) -> Configured:
    said = world.communities[0]

    def there(refs: tuple[AccountRef, ...]) -> tuple[AccountRef, ...]:
        return tuple(AccountRef("matrix", members[ref.id].id) for ref in refs)

    spaces = tuple(
        Space(platform="matrix", id=rooms[space.id], use=space.use) for space in said.spaces
    )
    update = {
        "spaces": spaces,
        "coordinators": there(said.coordinators),
        "animators": there(said.animators),
        "strangers": strangers,
    }
    return said.model_copy(update=update)


async def _seat(tx: Tx, world: World, members: dict[str, Member]) -> None:
    """The people of the ready-made world, who have been here for long."""
    if await tx.notebook.read("world") is not None:
        return
    said = world.communities[0]
    assert said.launched is not None
    since = datetime(said.launched.year, said.launched.month, said.launched.day, 13, tzinfo=UTC)
    row = await founding.row_of(tx, said.slug)
    for member in world.people:
        user = members[str(member["account"])].id
        account = Account("matrix", user.partition(":")[2], user)
        await founding.seat(tx, row, account, member, since=since)
    for each in await people.members(tx.session, row.id or 0):
        await founding.settled(tx, row, each, since=since)
    await tx.notebook.write("world", "ready")
