"""Inside `copain run`: who is heard first, which prefix is told, what a fault leaves alone."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession

from bot import config, delivery
from bot.app import service as serving
from bot.app.platforms import Ground, Platform
from bot.app.service import serve, warm
from bot.attachments import Attachments
from bot.chance import SecretChance
from bot.clock import SystemClock
from bot.errors import Unusable
from bot.events import Account, Said
from bot.log import open_log
from bot.messages import Capabilities, Parcel
from bot.ports import Adapter, Hears, Homes
from bot.texts import Texts, Voice
from storage.database import Database
from storage.health import load
from tests.conversation import plain

CLOCK = SystemClock()
SAID = """
[bot]
database = "sqlite+aiosqlite:///{folder}/copain.db"
[slack]
[matrix]
homeserver = "http://127.0.0.1:1"
user_id = "@copain:example.org"
{more}
[[communities]]
slug = "nord"
name = "Nord"
coordinators = ["@zoe:example.org", "slack:U012ABC"]
state = "open"
spaces = [
  {{platform = "matrix", id = "!a:example.org", use = "discussion"}},
  {{platform = "slack", id = "C0123456", use = "discussion"}},
]
"""


@dataclass
class Fake:
    """A platform that a test plays by hand."""

    name: str
    capabilities: Capabilities = field(default_factory=Capabilities)
    delivered: list[Parcel] = field(default_factory=list)
    heard_all: asyncio.Event = field(default_factory=asyncio.Event)
    runs: asyncio.Event = field(default_factory=asyncio.Event)
    something: asyncio.Event = field(default_factory=asyncio.Event)
    fault: asyncio.Future[None] = field(init=False)
    hear: Hears = field(init=False)
    closed: bool = False

    async def deliver(self, parcel: Parcel) -> str | None:
        self.delivered.append(parcel)
        self.something.set()
        return f"m{parcel.id}"

    async def run(self, hear: Hears) -> None:
        self.hear, self.fault = hear, asyncio.get_running_loop().create_future()
        self.runs.set()
        await self.fault

    async def caught_up(self) -> None:
        await self.heard_all.wait()

    async def close(self) -> None:
        self.closed = True

    async def say(self, account: Account, text: str, number: int) -> None:
        """That somebody wrote to the bot in private."""
        now = CLOCK.now()
        event = Said(
            id=str(number), at=now, place=account.dm, by=account, text=text, message=str(number)
        )
        await self.hear(event)


@dataclass
class Paged(Fake):
    """A platform where each person has a page."""

    homes: Homes | None = None
    news: asyncio.Queue[Account | None] = field(default_factory=asyncio.Queue)
    trouble: Exception | None = None

    def furnish(self, homes: Homes) -> None:
        assert not self.runs.is_set(), "before it runs"
        self.homes = homes

    async def changed(self, by: Account | None) -> None:
        self.news.put_nowait(by)
        if self.trouble is not None:
            raise self.trouble


@dataclass
class Run:
    slack: Fake
    matrix: Fake
    told: list[tuple[str, Mapping[str, Any]]]
    out: io.StringIO
    stop: asyncio.Event
    serving: asyncio.Task[int]

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]

    async def logged(self, action: str) -> None:
        while all(line["action"] != action for line in self.log()):
            assert not self.serving.done(), self.serving.result()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(
    folder: Path,
    build: Callable[[Fake], Adapter] = lambda fake: fake,
    *,
    more: str = "",
    fault: Exception | None = None,
) -> AsyncIterator[Run]:
    """The service on two fake platforms; stopped at the end, if it still runs.

    `fault` befalls whoever tells the operator something.
    """
    path = folder / "config.toml"
    path.write_text(SAID.format(folder=folder, more=more), "utf-8")
    out = io.StringIO()
    ground = Ground(
        config=config.load(path, {}),
        folder=folder,
        clock=CLOCK,
        chance=SecretChance(),
        log=open_log(out, CLOCK),
    )
    fakes = {name: Fake(name) for name in ("slack", "matrix")}

    def platform(name: str, sign: str) -> Platform:
        def built(_ground: Ground, _database: Database, _attachments: Attachments) -> Adapter:
            return build(fakes[name])

        return Platform(built, sign)

    table = {"slack": platform("slack", "/"), "matrix": platform("matrix", "!")}
    told: list[tuple[str, Mapping[str, Any]]] = []
    stop = asyncio.Event()

    def tell(key: str, values: Mapping[str, Any]) -> None:
        told.append((key, values))
        if fault is not None:
            raise fault

    running = asyncio.create_task(serve(ground, stop, tell=tell, table=table))
    run = Run(fakes["slack"], fakes["matrix"], told, out, stop, running)
    try:
        yield run
    finally:
        stop.set()
        await asyncio.wait([running])


ZOE = Account("matrix", "example.org", "@zoe:example.org")
U1 = Account("slack", "", "U012ABC")


async def test_each_platform_is_told_its_own_prefix(tmp_path: Path) -> None:
    async with opened(tmp_path) as run:
        await run.logged("ready")
        for fake, account, prefix in ((run.matrix, ZOE, "!copain"), (run.slack, U1, "/copain")):
            await fake.runs.wait()
            await fake.say(account, "salon discussion", 1)
            await asyncio.wait_for(fake.something.wait(), 20)
            assert f"{prefix} salon discussion" in plain(fake.delivered[-1].body["text"])


async def test_what_people_did_meanwhile_is_heard_before_what_fell_due(tmp_path: Path) -> None:
    async with opened(tmp_path) as run:
        await run.logged("ready")
        run.slack.heard_all.set()
        # Somebody is answered: what followed from one platform alone would have come before.
        await run.slack.runs.wait()
        await run.slack.say(U1, "salon discussion", 1)
        await asyncio.wait_for(run.slack.something.wait(), 20)
        assert all(line["action"] != "caught-up" for line in run.log())
        run.matrix.heard_all.set()
        await run.logged("caught-up")


async def test_a_platform_that_is_not_reached_keeps_time_from_passing_for_a_while_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "CATCHING_UP", 0.05)
    async with opened(tmp_path) as run:
        await run.logged("caught-up")


async def test_a_platform_that_cannot_go_on_leaves_the_other_one_and_keeps_what_waits_for_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as run:
        await run.matrix.runs.wait()
        await run.slack.runs.wait()
        run.matrix.fault.set_exception(Unusable("config-cure-seal"))
        await run.logged("platform-unusable")
        assert [(key, values["platform"]) for key, values in run.told] == [
            ("run-stopped", "matrix")
        ]
        await run.matrix.say(ZOE, "aide", 1)
        await run.slack.say(U1, "aide", 1)
        await asyncio.wait_for(run.slack.something.wait(), 20)
        assert not run.matrix.delivered
        assert not run.serving.done()
        run.slack.fault.set_exception(Unusable("config-cure-seal"))
        assert await asyncio.wait_for(run.serving, 20) == 1
        assert run.matrix.closed
        assert run.slack.closed
    # What waited is still there for the next start.
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'copain.db'}")
    try:
        async with database.reading() as tx:
            found = await load(tx.session, CLOCK.now(), ["matrix"])
    finally:
        await database.close()
    assert found.waiting > 0


@pytest.mark.parametrize(
    "fault", [BrokenPipeError(), ValueError("I/O operation on closed file.")], ids=["pipe", "file"]
)
async def test_an_operator_who_cannot_be_told_keeps_no_deserted_service_alive(
    tmp_path: Path, fault: Exception
) -> None:
    async with opened(tmp_path, fault=fault) as run:
        await run.matrix.runs.wait()
        await run.slack.runs.wait()
        run.matrix.fault.set_exception(Unusable("config-cure-seal"))
        await run.logged("platform-unusable")
        await run.slack.say(U1, "aide", 1)
        await asyncio.wait_for(run.slack.something.wait(), 20)
        assert not run.serving.done()
        run.slack.fault.set_exception(Unusable("config-cure-seal"))
        assert await asyncio.wait_for(run.serving, 20) == 1
        assert len(run.told) == 2


async def test_a_platform_that_cannot_be_built_is_told_under_a_reference(tmp_path: Path) -> None:
    def build(fake: Fake) -> Adapter:
        if fake.name == "matrix":
            raise ValueError("a secret may stand here")
        return fake

    async with opened(tmp_path, build) as run:
        await run.logged("ready")
        assert [key for key, _ in run.told] == ["run-unbuilt"]
        reference = run.told[0][1]["reference"]
        assert any(line.get("reference") == reference for line in run.log())
        assert "a secret" not in run.out.getvalue()
        run.stop.set()
        assert await asyncio.wait_for(run.serving, 20) == 0


async def test_health_names_every_platform_and_is_wrong_when_one_is_missing(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with opened(tmp_path, more=f"[web]\nport = {port}") as run, ClientSession() as session:
        await run.logged("web-listens")
        await run.matrix.runs.wait()
        await run.slack.runs.wait()
        async with session.get(f"http://127.0.0.1:{port}/health") as answer:
            assert answer.status == 200
        run.matrix.fault.set_exception(Unusable("config-cure-seal"))
        await run.logged("platform-unusable")
        async with session.get(f"http://127.0.0.1:{port}/health") as answer:
            assert answer.status == 503
            told = (await answer.json())["platforms"]
        assert {name: each["state"] for name, each in told.items()} == {
            "matrix": "stopped",
            "slack": "ok",
        }
        await run.slack.say(U1, "aide", 1)
        await asyncio.wait_for(run.slack.something.wait(), 20)
        async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            counted = await answer.text()
        assert 'copain_events_total{kind="said",outcome="done"} 1.0' in counted
        assert 'copain_deliveries_total{ending="ok",platform="slack"} 1.0' in counted


def test_what_left_is_noted_before_delivery_is_cut_off() -> None:
    """Else one send that hangs would have all that arrived beside it sent once more."""
    assert delivery.STOPPING + 1 <= serving.UNDER_WAY
    assert serving.INTAKE + serving.UNDER_WAY + serving.CLOSING < 10


def test_warming_can_say_its_text_in_every_language() -> None:
    texts, today = Texts.load(), CLOCK.now().date()
    zone = ZoneInfo("America/Toronto")
    warm(texts, [Voice(each, zone=zone, today=today) for each in texts.languages()])


async def test_a_platform_with_pages_is_furnished_and_told_of_what_was_done(
    tmp_path: Path,
) -> None:
    paged = Paged("slack")
    async with opened(tmp_path, lambda fake: paged if fake.name == "slack" else fake) as run:
        await paged.runs.wait()
        assert paged.homes is not None
        page = await paged.homes(U1, "Zoé")
        assert "Vous êtes dans **Nord**" in plain(page[0]["text"])
        assert "Bonjour Zoé" in page[0]["text"]
        await run.matrix.runs.wait()
        await run.matrix.say(ZOE, "aide", 1)
        assert await asyncio.wait_for(paged.news.get(), 20) == ZOE
        await run.matrix.say(ZOE, "aide", 1)
        await paged.say(U1, "aide", 2)
        told = await asyncio.wait_for(paged.news.get(), 20)
        assert told == U1, "what was heard before changes nothing"


async def test_a_page_that_fails_is_logged_and_disturbs_nobody(tmp_path: Path) -> None:
    paged = Paged("slack", trouble=OSError("no such page"))
    async with opened(tmp_path, lambda fake: paged if fake.name == "slack" else fake) as run:
        await paged.runs.wait()
        await paged.say(U1, "aide", 1)
        await asyncio.wait_for(paged.something.wait(), 20)
        await run.logged("pages-failed")
        assert not run.serving.done()
        await paged.say(U1, "aide", 2)
        for _ in range(2):
            assert await asyncio.wait_for(paged.news.get(), 20) == U1
