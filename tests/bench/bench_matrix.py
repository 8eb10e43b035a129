"""A command and its answer on Matrix, beside the best bare nio echo on the same homeserver [PE-1].

`copain run` and the echo are processes of their own and answer the same person in a private room
each, in turns of a few messages, so that a busy moment hits both. A command of ours adds a prompt,
which is a durable effect, and its answer says the text: an answer that is lost or comes twice is
counted. The homeserver is the floor: two of its writes lie in every reply.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from tests.bench.measure import Figure, percentile, rested, show, spread, weight, worked
from tests.bench.typist import Typist
from tests.real.contents import ENCRYPTION
from tests.real.service import Service
from tests.real.synapse import Login, Synapse

MARK = "mesure "
OURS, BARE = "copain run", "bare nio echo"
SLICE = 20
"""Messages to one bot before it is the other's turn."""
IN_FLIGHT = 20
PATIENCE = 60.0
COMMAND, ECHO = '!copain amorce ajouter "mesure {}"', "!echo mesure {}"
LIMIT = "<= 1.25 x"
# Not installed here. Source: platform facts §6, measured on the same machine with the same harness.
MAUBOT_RATE, MAUBOT_CPU = "maubot's echo 73-75/s", "maubot's echo 2.7-3.2 ms"


@dataclass(slots=True)
class Burst:
    """How many of a burst were answered, how often again, and how fast."""

    sent: int
    answered: int
    again: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        rate = self.answered / self.seconds
        return f"{self.answered}/{self.sent}, {self.again} twice, {rate:.1f}/s"


@dataclass(slots=True)
class Bot:
    """A bot under measure: its process, and the private room in which it answers."""

    name: str
    user_id: str
    room: str
    form: str
    process: psutil.Process
    started: float = 0.0
    idle: float = 0.0
    took: list[float] = field(default_factory=list)
    cpu: float = 0.0
    lost: int = 0


async def measure(
    synapse: Synapse, folder: Path, seq: int, burst: int, *, sealed: bool
) -> list[Figure]:
    """Both bots in rooms of one kind: `seq` messages one by one to each, then a burst."""
    login, numbers = synapse.register(f"marie-{folder.name}"), count(1)
    async with AsyncExitStack() as stack:
        typist = await stack.enter_async_context(
            Typist(login, folder / "typist", MARK, sealed=sealed)
        )
        ours, space = await stack.enter_async_context(
            _copain(synapse, folder, typist, numbers, sealed=sealed)
        )
        bare = await stack.enter_async_context(
            _echo(synapse, folder, typist, numbers, sealed=sealed)
        )
        bots = (ours, bare)
        for bot in bots:
            await rested(bot.process)
            bot.idle = weight(bot.process)
        await _in_turns(typist, bots, numbers, seq)
        bursts = {bot.name: await _burst(typist, bot, bot.room, numbers, burst) for bot in bots}
        aloud = await _burst(typist, ours, space, numbers, burst // 2)
        return [
            *_beside(bots, bursts),
            Figure(f"burst in a space, {OURS}", str(aloud), _all(aloud)),
        ]


def _beside(bots: Sequence[Bot], bursts: dict[str, Burst]) -> list[Figure]:
    ours, bare = bots
    half, last = (percentile(ours.took, s) / percentile(bare.took, s) for s in (0.5, 0.99))
    figures = [Figure(f"start to first reply, {bot.name}", f"{bot.started:.2f} s") for bot in bots]
    figures += [Figure(f"reply p50 / p99, {bot.name}", spread(bot.took)) for bot in bots]
    figures.append(Figure("reply p50 / p99, ours to bare", f"{half:.2f} / {last:.2f} x", LIMIT))
    for bot in bots:
        goal = MAUBOT_CPU if bot is ours else ""
        each = bot.cpu / len(bot.took) * 1000
        figures.append(Figure(f"CPU per message, {bot.name}", f"{each:.2f} ms", goal))
    for bot in bots:
        found = bursts[bot.name]
        goal = f"{_all(found)}, {MAUBOT_RATE}" if bot is ours else ""
        figures.append(Figure(f"burst, {bot.name}", str(found), goal))
        each = found.cpu / found.sent * 1000
        goal = MAUBOT_CPU if bot is ours else ""
        figures.append(Figure(f"CPU per message in the burst, {bot.name}", f"{each:.2f} ms", goal))
    for bot in bots:
        grown = f"{bot.idle:.0f} / {weight(bot.process):.0f} MiB"
        figures.append(Figure(f"memory idle / after, {bot.name}", grown))
    lost = sum(bot.lost for bot in bots)
    return [*figures, Figure("one by one, not answered", str(lost), "0")]


def _all(burst: Burst) -> str:
    return f"{burst.sent}/{burst.sent}, 0 twice"


# --- What is measured ---------------------------------------------------------------------------


async def _in_turns(typist: Typist, bots: Sequence[Bot], numbers: Iterator[int], most: int) -> None:
    """So many messages to each bot, one after the answer to the other."""
    for begun in range(0, most, SLICE):
        for bot in bots:
            before = worked(bot.process)
            for _ in range(min(SLICE, most - begun)):
                number = str(next(numbers))
                asked = time.perf_counter()
                await typist.say(bot.room, bot.form.format(number))
                came = await typist.answered(bot.user_id, number, 10)
                if came is None:
                    bot.lost += 1
                else:
                    bot.took.append(came - asked)
            bot.cpu += worked(bot.process) - before


async def _burst(typist: Typist, bot: Bot, room: str, numbers: Iterator[int], most: int) -> Burst:
    """So many messages, some in flight at a time, until all are answered or nothing comes."""
    wanted = [str(next(numbers)) for _ in range(most)]
    free, counted = asyncio.Semaphore(IN_FLIGHT), typist.counts[bot.user_id]

    async def say(number: str) -> None:
        async with free:
            await typist.say(room, bot.form.format(number))

    before, began = worked(bot.process), time.perf_counter()
    await asyncio.gather(*(say(number) for number in wanted))
    for number in wanted:
        if await typist.answered(bot.user_id, number, PATIENCE) is None:
            break
    answered = sum(number in counted for number in wanted)
    again = sum(max(counted[number] - 1, 0) for number in wanted)
    return Burst(most, answered, again, typist.last - began, worked(bot.process) - before)


async def _first_reply(typist: Typist, bot: Bot, numbers: Iterator[int], began: float) -> None:
    """Asks until the bot that was just started answers."""
    while time.perf_counter() - began < PATIENCE:
        number = str(next(numbers))
        await typist.say(bot.room, bot.form.format(number))
        came = await typist.answered(bot.user_id, number, 0.2)
        if came is not None:
            bot.started = came - began
            return
        assert bot.process.is_running(), bot.name
    raise AssertionError(f"{bot.name} answered nothing")


# --- The two bots -------------------------------------------------------------------------------


@asynccontextmanager
async def _copain(
    synapse: Synapse, folder: Path, typist: Typist, numbers: Iterator[int], *, sealed: bool
) -> AsyncIterator[tuple[Bot, str]]:
    """The service with the typist as its coordinator, and the space of their community."""
    login = synapse.register(f"copain-{folder.name}")
    space = await _room(typist, login, sealed=sealed)
    private = await _room(typist, login, sealed=sealed, direct=True)
    service = Service(
        folder=folder / "copain",
        bot=login,
        coordinators=[typist.id],
        rooms={space: "discussion"},
        encryption=sealed,
    )
    service.write()
    # The first start makes the database and enters the rooms: no other has that to do.
    await service.program.start()
    await service.program.until("caught-up")
    await _entered(typist, login.user_id, [space, private])
    assert await service.program.stop() == 0
    began = time.perf_counter()
    await service.program.start()
    try:
        bot = Bot(OURS, login.user_id, private, COMMAND, psutil.Process(service.program.pid))
        await _first_reply(typist, bot, numbers, began)
        yield bot, space
    finally:
        await service.program.stop()


@asynccontextmanager
async def _echo(
    synapse: Synapse, folder: Path, typist: Typist, numbers: Iterator[int], *, sealed: bool
) -> AsyncIterator[Bot]:
    login = synapse.register(f"echo-{folder.name}")
    room = await _room(typist, login, sealed=sealed, direct=True)
    await asyncio.to_thread(
        synapse.request, "POST", f"/_matrix/client/v3/join/{room}", {}, token=login.access_token
    )
    store = folder / "echo"
    store.mkdir(parents=True)
    told = {
        "ECHO_HOMESERVER": login.homeserver,
        "ECHO_USER": login.user_id,
        "ECHO_DEVICE": login.device_id,
        "ECHO_TOKEN": login.access_token,
        "ECHO_STORE": str(store),
        "ECHO_ENCRYPTION": str(sealed).lower(),
    }
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.echo"), env={**os.environ, **told}
    )
    try:
        bot = Bot(BARE, login.user_id, room, ECHO, psutil.Process(process.pid))
        await _first_reply(typist, bot, numbers, began)
        yield bot
    finally:
        process.terminate()
        await process.wait()


async def _room(typist: Typist, bot: Login, *, sealed: bool, direct: bool = False) -> str:
    asked: dict[str, Any] = {
        "preset": "trusted_private_chat" if direct else "private_chat",
        "is_direct": direct,
        "invite": [bot.user_id],
        "initial_state": [{**ENCRYPTION, "state_key": ""}] if sealed else [],
    }
    return str((await typist.request("POST", "createRoom", asked))["room_id"])


async def _entered(typist: Typist, user_id: str, rooms: Sequence[str]) -> None:
    """Returns when the bot is in all of them."""
    for room in rooms:
        while (
            user_id not in (await typist.request("GET", f"rooms/{room}/joined_members"))["joined"]
        ):
            await asyncio.wait([asyncio.create_task(typist.changed())], timeout=0.5)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seq", type=int, default=200)
    parser.add_argument("--burst", type=int, default=500)
    kinds = ["plain", "encrypted"]
    parser.add_argument("--rooms", nargs="+", choices=kinds, default=kinds)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="copain-bench-") as folder:
        synapse = Synapse(Path(folder) / "synapse")
        synapse.start()
        try:
            for kind, part in (("plain", 1), ("encrypted", 3)):
                if kind not in given.rooms:
                    continue
                print(f"-- {kind} rooms --")
                seq, burst = max(given.seq // part, 1), max(given.burst // part, 2)
                sealed = kind == "encrypted"
                work = measure(synapse, Path(folder) / kind, seq, burst, sealed=sealed)
                show(asyncio.run(work))
        finally:
            synapse.stop()


if __name__ == "__main__":
    main()
