"""What one event costs in a young database and in an old one [PE-8].

The rows that every day adds are made in bulk: so many observations, a quarter as many claims,
receipts and intents each, a tenth as many lines of the journal, a hundredth as many people. The
same events are handled in each database in turns. Their statements are explained too: one that
reads a table from end to end costs more every day, even where it is not felt yet.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sqlite3
import tempfile
import time
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path

from bot.app import House
from bot.dispatch import Done
from tests.bench.measure import (
    AT,
    Figure,
    command,
    percentile,
    plan,
    ready_house,
    remark,
    show,
    spread,
    statements,
)

CASES = ("a command", "its delivery", "a message", "nothing due")
SMALL = frozenset({"community", "space", "task"})
"""Tables that stay small whatever happens: reading them whole is the cheapest way."""
PARTIAL = frozenset({"outbox_waiting", "outbox_rank", "outbox_dead", "timer_due", "timer_parked"})
"""Indexes of what waits alone: they empty again, so reading them whole costs no more with age."""

THEN = "'2026-02-20 12:00:00.000000'"
LANE = "'terminal:/' || CASE i % 10 WHEN 0 THEN '#general' WHEN 1 THEN '@marie' ELSE '@p' || i END"
SOMEBODY = "1001 + i % max(1, :rows / 100)"
HASH = "lower(hex(randomblob(16)))"

# Per table: what part of the rows it is given, and its columns as SQL over i = 1, 2, 3 …
# Nothing of it waits, and everybody is marie's neighbour: what she does should not notice.
GROWTH: tuple[tuple[str, int, dict[str, str]], ...] = (
    ("person", 100, {"id": "i + 1000", "name": "'P' || i", "muted": "'[]'", "notes": "'{}'"}),
    (
        "account",
        100,
        {
            "id": "i + 1000",
            "platform": "'terminal'",
            "tenant": "''",
            "external": "'p' || i",
            "person_id": "i + 1000",
            "preferred": "1",
        },
    ),
    (
        "membership",
        100,
        {
            "person_id": "i + 1000",
            "community_id": "1",
            "role": "'member'",
            "state": "'active'",
            "since": THEN,
            "name": "'P' || i",
            **dict.fromkeys(("profession", "organisation"), "''"),
            **dict.fromkeys(("supervises", "counted", "greeted"), "1"),
            "steps": "'{}'",
        },
    ),
    ("claim", 4, {"source": "'terminal'", "digest": HASH, "day": "'2026-02-20'"}),
    (
        "outbox",
        4,
        {
            "token": HASH,
            "lane": LANE,
            "operation": "'say'",
            "state": "'sent'",
            **dict.fromkeys(("at", "not_before", "settled"), THEN),
            **dict.fromkeys(("tries", "community_id", "keep"), "1"),
            "rank": "1",
            "kind": "'answer'",
            "name": "'old:' || i",
            "message": "'m' || i",
            "buttons": "'[]'",
            "args": "'{}'",
        },
    ),
    (
        "intent",
        4,
        {
            "kind": "'prompt'",
            "audience": "'person'",
            **dict.fromkeys(("audience_id", "person_id"), SOMEBODY),
            "community_id": "1",
            "cause": "'bot'",
            **dict.fromkeys(("priority", "held"), "0"),
            **dict.fromkeys(("created", "earliest", "ended"), THEN),
            "state": "'released'",
        },
    ),
    (
        "journal",
        10,
        {
            **dict.fromkeys(("community_id", "account_id"), "1"),
            "at": THEN,
            "act": "'accept'",
            **dict.fromkeys(("before", "after"), "''"),
        },
    ),
    (
        "observation",
        1,
        {
            **dict.fromkeys(("community_id", "space_id"), "1"),
            "account_id": SOMEBODY,
            "kind": "'message'",
            "at": THEN,
            "message": "'m' || i",
            "root": "''",
            "answered": "0",
        },
    ),
)


async def measure(sizes: list[int], rounds: int) -> list[Figure]:
    """Costs at each size, as a ratio to the first; then what the largest reads whole."""
    async with AsyncExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="copain-bench-")))
        houses: dict[int, House] = {}
        for size in sizes:
            folder = root / str(size)
            async with ready_house(folder):
                pass
            grow(folder / "copain.db", size)
            houses[size] = await stack.enter_async_context(ready_house(folder))
        took: dict[tuple[int, str], list[float]] = {(n, c): [] for n in sizes for c in CASES}
        for number in range(rounds + rounds // 10 + 2):
            for size, house in houses.items():
                for name, seconds in zip(CASES, await _round(house, number), strict=True):
                    if number >= rounds // 10 + 2:
                        took[size, name].append(seconds)
        whole = await scans(houses[sizes[-1]], 1_000_000)
    figures = []
    for name in CASES:
        for size in sizes:
            ratio = percentile(took[size, name], 0.5) / percentile(took[sizes[0], name], 0.5)
            goal = "1 x" if size != sizes[0] else ""
            figures.append(
                Figure(
                    f"{name}, {size} rows, p50 / p99",
                    f"{spread(took[size, name])}  {ratio:.2f} x",
                    goal,
                )
            )
    return [
        *figures,
        Figure("tables that an event reads whole", ", ".join(whole) or "none", "none"),
    ]


def grow(path: Path, rows: int) -> None:
    """Makes a database old; nothing has it open."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for table, part, columns in GROWTH:
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 - our own names
                " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                f" WHERE i < :rows / {part}) SELECT {', '.join(columns.values())} FROM n",
                {"rows": rows},
            )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


async def scans(house: House, number: int) -> list[str]:
    """The tables that grow and that some statement of a round reads from end to end."""
    found: set[str] = set()
    with statements(house.database) as sent:
        await _round(house, number)
    for sql, values in sent:
        if sql.split()[0] not in ("SELECT", "UPDATE", "DELETE"):
            continue
        for step in await plan(house.database, sql, values):
            scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
            if scan and scan[1] not in SMALL and scan[2] not in PARTIAL:
                found.add(f"{scan[1]}: {step} ({sql[:60]} …)")
    return sorted(found)


async def _round(house: House, number: int) -> list[float]:
    """Each case once, in the order of `CASES`."""
    marks = [time.perf_counter()]
    assert isinstance(await house.hear(command(number)), Done)
    marks.append(time.perf_counter())
    assert await house.delivery.drain() >= 1
    marks.append(time.perf_counter())
    assert isinstance(await house.hear(remark(number)), Done)
    marks.append(time.perf_counter())
    assert await house.ring.turn(AT) == 0
    await house.ring.next_at()
    marks.append(time.perf_counter())
    return [after - before for before, after in pairwise(marks)]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    show(asyncio.run(measure(given.sizes, given.rounds)))


if __name__ == "__main__":
    main()
