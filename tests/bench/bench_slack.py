"""A command and its answer on Slack, beside a bare Bolt app with the same flag [PE-2].

`copain run` and the bare app are processes of their own. Each has a workspace on the same server,
and they are used in turns of a few commands, so that a busy moment hits both. A command of ours
adds a prompt, which is a durable effect, and its answer says the text: an answer that is lost or
comes twice is counted. Slack's own limits are off, and so is the pace that the program keeps.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bot.clock import SystemClock
from tests.bench.measure import Figure, percentile, rested, show, spread, weight, worked
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace
from tests.slack.service import installed

OURS, BARE = "copain run", "bare Bolt app"
PEOPLE = 20
SLICE = 20
"""Commands to one bot before it is the other's turn."""
PATIENCE = 60.0
FORM = 'amorce ajouter "mesure {}"'
WAYS = ("slash", "event")
LIMITS = {"slash": "p99 <= bare + 10 ms", "event": ""}
REPLY = "p50 <= 10 ms, p99 <= 25 ms"

Act = Callable[[Person, str], Coroutine[Any, Any, Ack]]
ACTS: dict[str, Act] = {
    "slash": lambda person, text: person.slash("@copain", f"/copain {text}"),
    "event": lambda person, text: person.dm(text),
}


@dataclass(slots=True)
class Burst:
    """How a burst of slash commands was acknowledged and answered, and how fast."""

    sent: int
    acked: list[float]
    counts: Counter[str]
    seconds: float
    cpu: float

    def __str__(self) -> str:
        again = sum(n - 1 for n in self.counts.values())
        rate = len(self.counts) / self.seconds
        return f"{len(self.counts)}/{self.sent}, {again} twice, {rate:.0f}/s"


@dataclass(slots=True)
class Bot:
    """A bot under measure: its process, and the workspace in which it answers."""

    name: str
    workspace: Workspace
    people: list[Person]
    process: psutil.Process
    started: float = 0.0
    idle: float = 0.0
    cpu: float = 0.0
    lost: int = 0
    acked: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    took: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})

    def answers(self) -> Counter[str]:
        """How often each number was answered."""
        texts = (
            each.text
            for channel in self.workspace.channels.values()
            for each in channel.messages.values()
            if each.user == self.workspace.app.bot_user
        )
        return Counter(number for text in texts for number in re.findall(r"mesure (\d+)", text))

    async def answered(self, person: Person, number: str, patience: float) -> bool:
        """Whether the newest message to them becomes the answer with that number."""

        def newest() -> bool:
            last = next(reversed(self.workspace.im(person.id).messages.values()), None)
            ours = last is not None and last.user == self.workspace.app.bot_user
            return ours and f"mesure {number}" in last.text  # type: ignore[union-attr]

        try:
            await self.workspace.until(newest, patience)
        except TimeoutError:
            return False
        return True


async def measure(folder: Path, seq: int, burst: int) -> list[Figure]:
    """So many commands of each way to both, one by one, then a burst of slash commands to each."""
    numbers = count(1)
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(_copain(folder, numbers))
        bare = await stack.enter_async_context(_bolt(numbers))
        bots = (ours, bare)
        for bot in bots:
            await rested(bot.process)
            bot.idle = weight(bot.process)
        await _in_turns(bots, numbers, seq)
        bursts = [await _burst(bot, numbers, burst) for bot in bots]
        return [*_one_by_one(bots), *_at_once(bots, bursts), *_costs(bots, bursts)]


def _one_by_one(bots: Sequence[Bot]) -> Iterator[Figure]:
    for way in WAYS:
        for bot in bots:
            goal = LIMITS[way] if bot.name == OURS else ""
            yield Figure(f"{way}: acknowledged p50 / p99, {bot.name}", spread(bot.acked[way]), goal)
        yield Figure(f"{way}: acknowledged, ours to bare", _beside(*(b.acked[way] for b in bots)))
        for bot in bots:
            goal = REPLY if bot.name == OURS else ""
            yield Figure(f"{way}: reply p50 / p99, {bot.name}", spread(bot.took[way]), goal)
        yield Figure(f"{way}: reply, ours to bare", _beside(*(bot.took[way] for bot in bots)))
    lost = sum(bot.lost for bot in bots)
    yield Figure("one by one, not answered or not acknowledged", str(lost), "0")


def _at_once(bots: Sequence[Bot], bursts: Sequence[Burst]) -> Iterator[Figure]:
    for bot, burst in zip(bots, bursts, strict=True):
        shown = f"{len(burst.acked)}/{burst.sent}, at most {max(burst.acked, default=0):.2f} s"
        goal = f"{burst.sent}/{burst.sent}, <= 3 s"
        yield Figure(f"burst: acknowledged, {bot.name}", shown, goal if bot.name == OURS else "")
        goal = f"{burst.sent}/{burst.sent}, 0 twice" if bot.name == OURS else ""
        yield Figure(f"burst: replies, {bot.name}", str(burst), goal)


def _costs(bots: Sequence[Bot], bursts: Sequence[Burst]) -> Iterator[Figure]:
    for bot in bots:
        yield Figure(f"start to first reply, {bot.name}", f"{bot.started:.2f} s")
    for bot, burst in zip(bots, bursts, strict=True):
        each = bot.cpu / sum(map(len, bot.took.values()))
        both = f"{each * 1000:.2f} / {burst.cpu / burst.sent * 1000:.2f} ms"
        yield Figure(f"CPU per command, alone / in the burst, {bot.name}", both)
    for bot in bots:
        grown = f"{bot.idle:.0f} / {weight(bot.process):.0f} MiB"
        yield Figure(f"memory idle / after, {bot.name}", grown)


def _beside(ours: Sequence[float], bare: Sequence[float]) -> str:
    half, last = (percentile(ours, share) / percentile(bare, share) for share in (0.5, 0.99))
    more = (percentile(ours, 0.99) - percentile(bare, 0.99)) * 1000
    return f"{half:.2f} / {last:.2f} x, p99 {more:+.2f} ms"


# --- What is measured ---------------------------------------------------------------------------


async def _in_turns(bots: Sequence[Bot], numbers: Iterator[int], most: int) -> None:
    """So many commands of each way to each bot, one after the answer to the other."""
    for begun in range(0, most, SLICE):
        for way in WAYS:
            for bot in bots:
                before = worked(bot.process)
                for _ in range(min(SLICE, most - begun)):
                    await _one(bot, way, next(numbers))
                bot.cpu += worked(bot.process) - before


async def _one(bot: Bot, way: str, number: int) -> None:
    person = bot.people[number % len(bot.people)]
    asked = time.perf_counter()
    ack = await ACTS[way](person, FORM.format(number))
    came = await bot.answered(person, str(number), 10)
    if not came or not ack.acked:
        bot.lost += 1
        return
    bot.took[way].append(time.perf_counter() - asked)
    bot.acked[way].append(ack.seconds)


async def _burst(bot: Bot, numbers: Iterator[int], most: int) -> Burst:
    """So many slash commands at once, until all are answered or nothing comes."""
    wanted = {str(next(numbers)) for _ in range(most)}
    before, posted = worked(bot.process), len(bot.workspace.calls("chat.postMessage"))
    began = time.perf_counter()
    acks = await asyncio.gather(
        *(
            ACTS["slash"](bot.people[int(number) % len(bot.people)], FORM.format(number))
            for number in sorted(wanted, key=int)
        )
    )
    called = bot.workspace.called

    def all_came() -> bool:
        # A look at each message at every change would be what is measured.
        return len(called) - posted >= most and wanted <= bot.answers().keys()

    try:
        await bot.workspace.until(all_came, PATIENCE)
    except TimeoutError:
        print(f"{bot.name}: not all were answered", file=sys.stderr)
    seconds = time.perf_counter() - began
    counts = Counter({n: times for n, times in bot.answers().items() if n in wanted})
    acked = [ack.seconds for ack in acks if ack.acked]
    return Burst(most, acked, counts, seconds, worked(bot.process) - before)


async def _first_reply(bot: Bot, number: int, began: float) -> None:
    await bot.workspace.until(lambda: bot.workspace.delivery.ready, PATIENCE)
    await ACTS["slash"](bot.people[0], FORM.format(number))
    assert await bot.answered(bot.people[0], str(number), PATIENCE), bot.name
    bot.started = time.perf_counter() - began


# --- The two bots -------------------------------------------------------------------------------


def _workspace() -> tuple[Workspace, list[str]]:
    workspace, names = Workspace(SystemClock()), [f"personne{each}" for each in range(PEOPLE)]
    for name in names:
        workspace.add_user(name)
    return workspace, names


@asynccontextmanager
async def _copain(folder: Path, numbers: Iterator[int]) -> AsyncIterator[Bot]:
    """The service with everybody as a coordinator."""
    workspace, names = _workspace()
    room = workspace.add_channel("#salon", *names, kind="group")
    people = [workspace.person(name) for name in names]
    async with serving(workspace):
        program = installed(workspace, folder, coordinators=names, room=room)
        # The first start makes the database: no other has that to do.
        await program.start()
        await program.until("caught-up")
        assert await program.stop() == 0
        began = time.perf_counter()
        await program.start()
        try:
            bot = Bot(OURS, workspace, people, psutil.Process(program.pid))
            await _first_reply(bot, next(numbers), began)
            yield bot
        finally:
            await program.stop()


@asynccontextmanager
async def _bolt(numbers: Iterator[int]) -> AsyncIterator[Bot]:
    workspace, names = _workspace()
    people = [workspace.person(name) for name in names]
    async with serving(workspace) as url:
        app = workspace.app
        told = {"BOLT_URL": url, "BOLT_TOKEN": app.bot_token, "BOLT_APP_TOKEN": app.app_token}
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.bolt"), env={**os.environ, **told}
        )
        try:
            bot = Bot(BARE, workspace, people, psutil.Process(process.pid))
            await _first_reply(bot, next(numbers), began)
            yield bot
        finally:
            process.terminate()
            await process.wait()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seq", type=int, default=200)
    parser.add_argument("--burst", type=int, default=1000)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="copain-bench-") as folder:
        show(asyncio.run(measure(Path(folder), given.seq, given.burst)))


if __name__ == "__main__":
    main()
