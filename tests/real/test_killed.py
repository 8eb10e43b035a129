"""Killed at random moments under a stream of commands, on a real homeserver [RE-2].

Each command adds a prompt with a text of its own, and its answer says that text: an effect without
its answer, an answer without its effect, anything twice or lost would be seen. What people saw is
compared with what the database holds, and the counts are printed.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.real.conftest import People
from tests.real.member import Member
from tests.real.service import Service
from tests.real.synapse import Synapse

SEED = 20261122
AT_ONCE = 6
"""Commands of one person that wait for their answer at most."""
KILLS, MANY = 15, 200
PATIENCE = 90.0


@dataclass
class Stream:
    """One coordinator who adds prompts one after the other, and what came back."""

    who: Member
    bot: str
    room: str
    word: str
    sent: list[str] = field(default_factory=list)
    stopped: bool = False

    async def run(self) -> None:
        """Adds prompts until stopped, with a few unanswered ones at a time."""
        while not self.stopped:
            text = f"Question {self.word} {len(self.sent):04d}?"
            self.sent.append(text)
            await self.who.say(self.room, f'!copain amorce ajouter "{text}"')
            await self.who.until(self._has_room, PATIENCE, why="for answers")

    def answers(self) -> Counter[str]:
        """How often the bot answered each text, in this person's private room."""
        seen: Counter[str] = Counter()
        for line in self.lines():
            seen.update(text for text in self.sent if text in line)
        return seen

    def lines(self) -> list[str]:
        """What the bot said to this person in private, oldest first."""
        for room, known in self.who.client.rooms.items():
            if set(known.users) == {self.who.id, self.bot}:
                return self.who.texts(room, by=self.bot)
        return []

    def order(self) -> list[str]:
        """The texts in the order of their answers."""
        return [text for line in self.lines() for text in self.sent if text in line]

    def _has_room(self) -> bool:
        return self.stopped or len(self.sent) - len(self.answers()) < AT_ONCE


@pytest.fixture
async def people_of(tmp_path: Path) -> AsyncIterator[Callable[[Synapse], People]]:
    """Makes members of a homeserver that this test alone has."""
    async with AsyncExitStack() as stack:

        def of(synapse: Synapse) -> People:
            async def enter(name: str) -> Member:
                return await stack.enter_async_context(
                    Member(synapse.register(name), tmp_path / name)
                )

            return enter

        yield of


@dataclass
class Ground:
    """A service with two coordinators who type without pause."""

    service: Service
    streams: list[Stream]
    synapse: Synapse

    async def settle(self) -> None:
        """Nobody types any more, and everything was answered."""
        for stream in self.streams:
            stream.stopped = True

        for stream in self.streams:

            def answered(stream: Stream = stream) -> bool:
                return len(stream.answers()) == len(stream.sent)

            await stream.who.until(answered, PATIENCE, why="for the last answers")

    def compare(self) -> dict[str, int]:
        """What was seen against what stands; every count but the first must be 0."""
        rows = Counter(text for (text,) in self.service.program.rows("select text from prompt"))
        counts: Counter[str] = Counter()
        for stream in self.streams:
            answers = stream.answers()
            for text in stream.sent:
                counts["commands"] += 1
                counts["lost"] += not rows[text] and not answers[text]
                counts["effects without an answer"] += bool(rows[text]) and not answers[text]
                counts["answers without an effect"] += bool(answers[text]) and not rows[text]
                counts["effects twice"] += rows[text] > 1
                counts["answers twice"] += answers[text] > 1
            counts["out of order"] += stream.order() != stream.sent
        return {name: int(n) for name, n in counts.items()}


@asynccontextmanager
async def ground(
    synapse: Synapse, people: People, folder: Path, *, encrypted: bool
) -> AsyncIterator[Ground]:
    """Opens the rooms, starts the service and lets both coordinators type."""
    bot = synapse.register(f"copain-{folder.name[-40:]}")
    claire, antoine = await people("claire"), await people("antoine")
    room = await claire.make_room("Salon", antoine.id, bot.user_id, encrypted=encrypted)
    await antoine.accept(room)
    service = Service(
        folder=folder / "service",
        bot=bot,
        coordinators=[claire.id, antoine.id],
        rooms={room: "discussion"},
        encryption=encrypted,
    )
    service.write()
    await service.program.start()
    await service.program.until("caught-up")
    await claire.until(lambda: bot.user_id in claire.inside(room), why="for the bot")
    streams = []
    for who, word in ((claire, "alpha"), (antoine, "beta")):
        if encrypted:
            await who.knows(bot.user_id)
        await who.say(room, "!copain aide")
        await who.dm(bot.user_id)
        streams.append(Stream(who, bot.user_id, room, word))
    tasks = [asyncio.create_task(stream.run()) for stream in streams]
    found = Ground(service, streams, synapse)
    try:
        yield found
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for stream in streams:
            stream.stopped = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if service.program.running:
            await service.program.kill()


async def after(seconds: float) -> None:
    """Lets a drawn moment pass: what is killed must not choose it."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, passed.set)
    await passed.wait()


async def killed(found: Ground, times: int, draw: random.Random) -> None:
    """Kills the service at drawn moments: while it starts, catches up, and works."""
    for _ in range(times):
        if draw.random() < 0.75:
            await found.service.program.until("caught-up")
        await after(draw.uniform(0, 0.8))
        await found.service.program.kill()
        await found.service.program.start()


async def show(name: str, counts: dict[str, int]) -> None:
    """Prints what the harness counted."""
    print(f"\n{name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))  # noqa: T201 - the counts are its result


def faults(counts: dict[str, int]) -> dict[str, int]:
    """What must not be."""
    return {what: n for what, n in counts.items() if n and what not in ("commands", "kills")}


async def test_killed_under_load_nothing_is_lost_or_said_twice(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with ground(synapse, people, tmp_path, encrypted=True) as found:
        await killed(found, KILLS, random.Random(SEED))
        await found.settle()
        counts = {"kills": KILLS, **found.compare()}
    await show("killed", counts)
    assert counts["commands"] > KILLS
    assert not faults(counts), counts


@pytest.mark.soak
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
async def test_killed_two_hundred_times(
    synapse: Synapse, people: People, tmp_path: Path, *, encrypted: bool
) -> None:
    async with ground(synapse, people, tmp_path, encrypted=encrypted) as found:
        await killed(found, MANY, random.Random(SEED + encrypted))
        await found.settle()
        counts = {"kills": MANY, **found.compare()}
    await show("killed, long", counts)
    assert not faults(counts), counts


async def restarted(found: Ground, times: int, draw: random.Random) -> None:
    """Stops the homeserver at drawn moments and starts it again."""
    for _ in range(times):
        await after(draw.uniform(0.2, 1.0))
        await asyncio.to_thread(found.synapse.stop)
        await after(draw.uniform(0, 0.5))
        await asyncio.to_thread(found.synapse.start)


@pytest.mark.parametrize(
    "times", [2, pytest.param(30, marks=pytest.mark.soak)], ids=["twice", "thirty"]
)
async def test_a_homeserver_that_comes_and_goes_loses_and_doubles_nothing(
    people_of: Callable[[Synapse], People], tmp_path: Path, *, times: int
) -> None:
    synapse = Synapse(tmp_path / "homeserver")
    synapse.start()
    try:
        people = people_of(synapse)
        async with ground(synapse, people, tmp_path, encrypted=False) as found:
            await restarted(found, times, random.Random(SEED))
            await found.settle()
            counts = {"kills": times, **found.compare()}
    finally:
        synapse.stop()
    await show("homeserver restarted", counts)
    assert not faults(counts), counts


async def test_restored_from_a_backup_made_under_load(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with ground(synapse, people, tmp_path, encrypted=True) as found:
        service = found.service
        await found.streams[0].who.until(lambda: len(found.streams[0].answers()) > 5, PATIENCE)
        backup = tmp_path / "backup"
        await service.program.command("backup", str(backup))
        before = len(found.streams[0].sent)
        await found.streams[0].who.until(
            lambda: len(found.streams[0].answers()) > before + 5, PATIENCE
        )
        await service.program.kill()
        for name in ("copain.db", "copain.db-wal", "copain.db-shm"):
            (service.folder / name).unlink(missing_ok=True)
        shutil.rmtree(service.folder / "matrix-store")
        await service.program.command("restore", str(backup))
        await service.program.start()
        await service.program.until("caught-up")
        await found.settle()
        counts = found.compare()
    await show("restored", counts)
    assert not faults(counts), counts
