"""One announcement to many persons: seconds in all, the longest write, memory [PE-4]."""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import Any

from sqlalchemy import func, insert, select

import commands
from bot.app import House
from bot.call import Call
from bot.events import TimerDue
from bot.messages import Intend, Reply, Say, ToRole
from bot.people import Role
from bot.registry import Registry, timer
from storage.parcels import OutboxRow
from storage.people import AccountRow, MembershipRow, PersonRow
from tests.bench.measure import (
    AT,
    Delay,
    Figure,
    Watched,
    command,
    percentile,
    ready_house,
    resident,
    show,
)

SPEAK = "bench.speak"


@timer(SPEAK)
async def speak(call: Call) -> Reply:
    """Tells every member the same thing, as an announcement does."""
    return Intend("legal", Say("home-elsewhere", to=ToRole(Role.MEMBER)))


async def measure(people: int) -> list[Figure]:
    """From the event that announces to the last parcel in the outbox."""
    async with ready_house() as house:
        await _seat(house, people)
        # The first words in a language read its texts, once in the life of a process.
        for number, name in enumerate(("marie", "lea")):
            await house.hear(command(number, "help", who=name))
            await house.hear(command(number + 10, "home", who=name))
        await house.delivery.drain()
        watched = await _listening(house)
        memory, delay = resident(), Delay()
        watching = asyncio.create_task(delay.watch())
        began = time.perf_counter()
        await _announce(house)
        while await house.ring.work(AT):
            pass
        took = time.perf_counter() - began
        watching.cancel()
        grown = resident() - memory
        await _verify(house, people)
    return [
        Figure(f"{people} persons, in all", f"{took:.2f} s", "<= 5 s for 10 000"),
        Figure("longest write transaction", f"{max(watched.held) * 1000:.1f} ms", "<= 50 ms"),
        Figure("median write transaction", f"{percentile(watched.held, 0.5) * 1000:.1f} ms"),
        Figure("write transactions", str(len(watched.held))),
        Figure("event loop late at worst", str(delay)),
        Figure("memory grown", f"{grown:.1f} MiB", "constant"),
    ]


async def _seat(house: House, people: int) -> None:
    """Members in bulk, a tenth of them reading English."""
    numbers = range(1_000, 1_000 + people)
    rows: dict[Any, list[dict[str, Any]]] = {
        PersonRow: [
            {"id": n, "name": f"P{n}", "language": "en" if n % 10 == 0 else None,
             "muted": [], "notes": {}}
            for n in numbers
        ],
        AccountRow: [
            {"id": n, "platform": "terminal", "tenant": "", "external": f"p{n}", "person_id": n,
             "preferred": True}
            for n in numbers
        ],
        MembershipRow: [
            {"person_id": n, "community_id": 1, "role": "member", "state": "active", "since": AT,
             "name": f"P{n}", "profession": "", "organisation": "", "supervises": False,
             "counted": True, "greeted": True, "steps": {}}
            for n in numbers
        ],
    }  # fmt: skip
    async with house.database.session() as session:
        for table, some in rows.items():
            await session.execute(insert(table.__table__), some)


async def _listening(house: House) -> Watched:
    registry = Registry.of([*commands.load(), __import__(__name__, fromlist=["speak"])])
    watched = Watched(house.database)
    house.dispatch.registry, house.dispatch.store = registry, watched
    house.ring.work_of = registry.tasks
    return watched


async def _announce(house: House) -> None:
    async with house.database.begin() as tx:
        await tx.timers.set(SPEAK, "", due=AT, community=1)
    async with house.database.reading() as tx:
        from storage import timers

        found = [each for each in await timers.due(tx.session, AT) if each.action == SPEAK]
    event: TimerDue = found[0]
    await house.hear(event)


async def _verify(house: House, people: int) -> None:
    async with house.database.reading() as tx:
        rows = await tx.session.execute(select(func.count()).select_from(OutboxRow))
        # The five of the demo are members too, and two of them were answered twice.
        assert (found := rows.scalar_one()) == people + 9, found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    show(asyncio.run(measure(parser.parse_args().people)))


if __name__ == "__main__":
    main()
