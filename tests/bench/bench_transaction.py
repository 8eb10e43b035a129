"""One event's transaction, begin to commit, at full durability [PE-3].

Beside it, taken in turns: a commit of one row through the same stack, which is the least that a
durable claim can cost here.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable

from bot.dispatch import Dispatch, Done
from bot.events import Event
from tests.bench.measure import (
    Figure,
    Watched,
    command,
    durability,
    percentile,
    ready_house,
    remark,
    show,
    spread,
    statements,
)

GOAL = "<= 2.00 / 5.00 ms"


async def measure(rounds: int) -> list[Figure]:
    """p50 and p99 of each kind over so many rounds, after a tenth of them unmeasured."""
    async with ready_house() as house:
        watched = Watched(house.database)
        house.dispatch.store = watched
        cases: dict[str, Callable[[int], Event]] = {
            "a command": command,
            "an observed message": remark,
        }
        lasted: dict[str, list[float]] = {name: [] for name in ("one bare row", *cases)}
        counts: dict[str, int] = {}
        warm = rounds // 10
        for number in range(rounds + warm):
            took = [await _bare(watched, number)]
            for name, make in cases.items():
                with statements(house.database) as found:
                    took.append(await _heard(house.dispatch, watched, make(number)))
                # The first is the driver's BEGIN; commits are no statements here.
                counts[name] = len(found) - 1
            # Delivery is measured elsewhere; without it the waiting lane would only grow.
            await house.delivery.drain()
            if number >= warm:
                for name, seconds in zip(lasted, took, strict=True):
                    lasted[name].append(seconds)
        kept = await durability(house.database)
    bare = percentile(lasted["one bare row"], 0.5)
    figures = [Figure(f"one bare row, p50 / p99 ({kept})", spread(lasted["one bare row"]))]
    for name in cases:
        ratio = percentile(lasted[name], 0.5) / bare
        figures += [
            Figure(f"{name}, p50 / p99", spread(lasted[name]), GOAL),
            Figure(f"{name}, to the bare row", f"{ratio:.2f} x"),
            Figure(f"{name}, statements", str(counts[name])),
        ]
    return figures


async def _heard(dispatch: Dispatch, watched: Watched, event: Event) -> float:
    outcome = await dispatch(event)
    assert isinstance(outcome, Done), outcome
    return watched.lasted[-1]


async def _bare(watched: Watched, number: int) -> float:
    began = time.perf_counter()
    async with watched.database.begin() as tx:
        assert await tx.mailbox.claim("bench", f"bare:{number}", command(number).at)
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000)
    show(asyncio.run(measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
