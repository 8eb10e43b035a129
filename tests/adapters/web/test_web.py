"""The listener, over real connections on this machine."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from prometheus_client.parser import text_string_to_metric_families

from adapters.web import Web, counted
from bot.health import Health, Load, PlatformHealth

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
QUIET = Load(waiting=0, oldest=None, dead=0, due=0, tasks=0)
WELL = Health(
    at=AT,
    load=QUIET,
    platforms={"matrix": PlatformHealth(state="ok", heard=AT - timedelta(seconds=3))},
)


@dataclass
class Door:
    """A listener whose service is as `health` says."""

    health: Health
    session: ClientSession
    web: Web = field(init=False)

    def __post_init__(self) -> None:
        self.web = Web("127.0.0.1", 0, look=self.look, counted=counted())

    async def look(self) -> Health:
        return self.health

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.session.get(f"http://127.0.0.1:{self.web.port}{path}") as answer:
            as_json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if as_json else answer.text())

    async def metrics(self) -> dict[tuple[str, tuple[str, ...]], float]:
        """Each sample by name and values of its labels, in the order of the labels' names."""
        _, text = await self.get("/metrics")
        families = text_string_to_metric_families(text)
        return {
            (
                sample.name,
                tuple(sample.labels[each] for each in sorted(sample.labels)),
            ): sample.value
            for family in families
            for sample in family.samples
        }


@asynccontextmanager
async def opened(health: Health = WELL) -> AsyncIterator[Door]:
    async with ClientSession() as session:
        door = Door(health, session)
        await door.web.start()
        try:
            yield door
        finally:
            await door.web.close()


async def test_health_says_200_and_how_old_things_are_when_all_is_well() -> None:
    async with opened() as door:
        status, told = await door.get("/health")
    assert status == 200
    assert told == {
        "ok": True,
        "at": "2026-03-02T14:00:00+00:00",
        "database": "ok",
        "platforms": {"matrix": {"state": "ok", "heard_seconds": 3.0}},
        "outbox": {"waiting": 0, "oldest_seconds": None, "dead": 0},
        "timers_due": 0,
        "tasks": 0,
    }


@pytest.mark.parametrize("state", ["starting", "waiting", "stopped"])
async def test_health_says_503_and_which_platform_when_one_is_not_connected(state: Any) -> None:
    slack = PlatformHealth(state=state)
    async with opened(replace(WELL, platforms={**WELL.platforms, "slack": slack})) as door:
        status, told = await door.get("/health")
    assert status == 503
    assert told["platforms"]["slack"] == {"state": state, "heard_seconds": None}
    assert told["platforms"]["matrix"]["state"] == "ok"


async def test_health_says_503_when_the_database_does_not_answer() -> None:
    async with opened(replace(WELL, load=None)) as door:
        status, told = await door.get("/health")
        assert status == 503
        assert told["database"] == "unreachable"
        assert (await door.metrics())["copain_database_up", ()] == 0


async def test_dead_letters_are_told_and_are_no_reason_to_start_again() -> None:
    load = replace(QUIET, dead=2, waiting=1, oldest=AT - timedelta(minutes=1))
    async with opened(replace(WELL, load=load)) as door:
        status, told = await door.get("/health")
    assert status == 200
    assert told["outbox"] == {"waiting": 1, "oldest_seconds": 60.0, "dead": 2}


async def test_metrics_count_what_was_done_and_tell_what_waits() -> None:
    load = Load(waiting=3, oldest=AT - timedelta(seconds=30), dead=1, due=2, tasks=4)
    async with opened(replace(WELL, load=load)) as door:
        for outcome in ("done", "done", "already"):
            door.web.counted.heard("said", outcome, 0.002)
        door.web.counted.delivered("matrix", "ok", 0.02)
        door.web.counted.delivered("matrix", "dead", 0.2)
        found = await door.metrics()
    assert found["copain_events_total", ("said", "done")] == 2
    assert found["copain_events_total", ("said", "already")] == 1
    assert found["copain_event_seconds_count", ()] == 3
    assert found["copain_deliveries_total", ("ok", "matrix")] == 1
    assert found["copain_deliveries_total", ("dead", "matrix")] == 1
    assert found["copain_delivery_seconds_bucket", ("0.025", "matrix")] == 1
    assert found["copain_outbox_waiting", ()] == 3
    assert found["copain_outbox_oldest_seconds", ()] == 30
    assert found["copain_outbox_dead", ()] == 1
    assert found["copain_timers_due", ()] == 2
    assert found["copain_tasks", ()] == 4
    assert found["copain_platform_up", ("matrix",)] == 1
    assert found["copain_platform_heard_seconds", ("matrix",)] == 3
    assert found["process_resident_memory_bytes", ()] > 0


async def test_two_services_in_one_process_count_apart() -> None:
    async with opened() as one, opened() as other:
        one.web.counted.heard("said", "done", 0.001)
        assert ("copain_events_total", ("said", "done")) in await one.metrics()
        assert ("copain_events_total", ("said", "done")) not in await other.metrics()


async def test_another_page_can_be_mounted_before_the_door_opens_and_not_after() -> None:
    async def feed(_request: web.Request) -> web.Response:
        return web.Response(text="BEGIN:VCALENDAR")

    async with ClientSession() as session:
        door = Door(WELL, session)
        door.web.mount("/feed.ics", feed)
        await door.web.start()
        assert await door.get("/feed.ics") == (200, "BEGIN:VCALENDAR")
        with pytest.raises(RuntimeError):
            door.web.mount("/late", feed)
        await door.web.close()


async def test_nothing_else_is_answered_and_nothing_can_be_posted() -> None:
    async with opened() as door:
        assert (await door.get("/"))[0] == 404
        async with door.session.post(f"http://127.0.0.1:{door.web.port}/health") as answer:
            assert answer.status == 405


async def test_every_measure_of_ours_is_explained_to_who_operates_it() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
    explained = set(re.findall(r"`(copain_\w+)`", page[page.index("## Measures") :]))
    async with opened() as door:
        door.web.counted.heard("said", "done", 0.002)
        door.web.counted.delivered("matrix", "ok", 0.02)
        names = {name for name, _ in await door.metrics() if name.startswith("copain_")}
    told = {re.sub("_(bucket|sum|count|created)$", "", name) for name in names}
    assert {each.removesuffix("_total") for each in told} == {
        each.removesuffix("_total") for each in explained
    }
