"""Many pending timers: what they cost at the start, in memory, and when many fall due [PE-5].

The timers that fall due are the courtesy's own: each looks at somebody for whom nothing waits.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.app import House
from bot.pacing import LOOK
from storage.timers import TimerRow
from tests.bench.measure import AT, Delay, Figure, ready_house, resident, show


async def measure(pending: int, due: int) -> list[Figure]:
    """Opens the same folder without and with that many timers; then lets some fall due."""
    with tempfile.TemporaryDirectory(prefix="copain-bench-") as temporary:
        folder = Path(temporary)
        async with ready_house(folder):
            pass
        before = await _opened(folder)
        base = resident()
        async with ready_house(folder) as house:
            await _set(house, pending, due)
        after = await _opened(folder)
        async with ready_house(folder) as house:
            memory = resident() - base
            quiet = await _delay(asyncio.sleep(1))
            began = time.perf_counter()
            worst = await _delay(_turn(house, due))
            took = time.perf_counter() - began
    return [
        Figure("opened with no timer", f"{before * 1000:.0f} ms"),
        Figure(f"opened with {pending} timers", f"{after * 1000:.0f} ms", "no cost"),
        Figure("memory they take", f"{memory:.1f} MiB", "< 50 MiB"),
        Figure(f"event loop late while {due} fall due", str(worst), "< 5 ms"),
        Figure("event loop late while idle", str(quiet)),
        Figure(f"all {due} handled", f"{took:.2f} s"),
    ]


async def _opened(folder: Path) -> float:
    """The best of five: what is measured is work, not waiting for others."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        async with ready_house(folder):
            found.append(time.perf_counter() - began)
    return min(found)


async def _set(house: House, pending: int, due: int) -> None:
    rows = [
        {
            "action": LOOK,
            "key": f"person:{number}",
            "due": AT + timedelta(days=1, seconds=number) if number > 0 else AT,
            "args": {"audience": "person", "audience_id": str(number)},
            "community_id": 1,
            "tries": 0,
            "parked": False,
        }
        for number in range(1 - due, pending - due + 1)
    ]
    async with house.database.session() as session:
        await session.execute(insert(TimerRow.__table__), rows)  # type: ignore[attr-defined]


async def _turn(house: House, due: int) -> None:
    handled = 0
    while found := await house.ring.turn(AT):
        handled += found
    assert handled == due, handled


async def _delay(work: Awaitable[None]) -> Delay:
    """How late the loop was at worst while that was done."""
    delay = Delay()
    watching = asyncio.create_task(delay.watch())
    await asyncio.sleep(0)
    try:
        await work
    finally:
        watching.cancel()
    return delay


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pending", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1_000)
    given = parser.parse_args()
    show(asyncio.run(measure(given.pending, given.due)))


if __name__ == "__main__":
    main()
