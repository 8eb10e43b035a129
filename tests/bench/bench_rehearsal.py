"""A rehearsal of a month: seconds in all, and how late the bot answers meanwhile [AT-5]."""

from __future__ import annotations

import argparse
import asyncio
import time
from datetime import timedelta

import commands
from bot.app import House
from bot.call import Call
from bot.foreseen import REHEARSE
from bot.messages import Intend, Reply, Say, ToPerson, ToRole, ToUse
from bot.people import Role
from bot.registry import Registry, timer
from tests.bench.bench_fanout import _seat
from tests.bench.measure import AT, Delay, Figure, ready_house, show

WEEK, TURN, EACH = timedelta(days=7), "bench.turn", "bench.each"


@timer(TURN)
async def turn(call: Call) -> Reply:
    """Every week: something in the spaces, and a word to every member."""
    await call.tx.timers.set(TURN, "", due=call.now + WEEK, community=call.here.id)
    return [
        Intend("pace-notice", Say("home-elsewhere", to=ToUse("discussion"))),
        Intend("pace-notice", Say("home-elsewhere", to=ToRole(Role.MEMBER))),
    ]


@timer(EACH)
async def each(call: Call, person: int) -> Reply:
    """Something that concerns one person alone."""
    return Intend("follow-up", Say("help-help", to=ToPerson(person)), subject=f"posting:{person}")


async def measure(people: int, days: int = 28) -> list[Figure]:
    """A month in which each member is written to once a week, and every second one once more."""
    async with ready_house() as house:
        await _seat(house, people)
        await _plan(house, people, days)
        delay = Delay()
        watching = asyncio.create_task(delay.watch())
        began = time.perf_counter()
        async with house.database.reading() as tx:
            work = house.ring.work_of[REHEARSE].work
            found = await work(tx, community=1, days=days)
        took = time.perf_counter() - began
        watching.cancel()
    load = found["load"]
    return [
        Figure(f"{people} members, {days} days", f"{took:.2f} s", "seconds for 500 members"),
        Figure("messages foreseen", str(len(found["foreseen"]))),
        Figure("private messages in a week, most", str(load["most"])),
        Figure("event loop late at worst", str(delay)),
    ]


async def _plan(house: House, people: int, days: int) -> None:
    module = __import__(__name__, fromlist=["turn"])
    house.dispatch.registry = Registry.of([*commands.load(), module])
    async with house.database.begin() as tx:
        await tx.timers.set(TURN, "", due=AT + timedelta(hours=1), community=1)
        for number in range(1_000, 1_000 + people, 2):
            due = AT + timedelta(days=number % days, hours=number % 7)
            args = {"person": number}
            await tx.timers.set(EACH, str(number), due=due, args=args, community=1)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    show(asyncio.run(measure(parser.parse_args().people)))


if __name__ == "__main__":
    main()
