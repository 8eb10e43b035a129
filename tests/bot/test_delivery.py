"""From the outbox to the platforms: order, patience, dead letters, kills."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sql_event
from sqlalchemy import select

from bot.clock import FrozenClock
from bot.delivery import LANES, Delivery
from bot.errors import Rejected, RetryLater
from bot.events import Event, Place, Undelivered
from bot.log import open_log
from bot.messages import Capabilities, Parcel, Rank
from bot.ports import Draft, Hears, Lane, Runs
from storage import tables
from storage.database import Database
from storage.outbox import doubt
from storage.parcels import OutboxRow

MORNING = datetime(2026, 3, 2, 14, tzinfo=UTC)
GENERAL = Place("memory", "", "general")
MARIE = Place("memory", "", "marie", dm=True)
Answer = Callable[[Parcel], Exception | None]


class Platform:
    """A platform with a memory: what stands in it, by token, and every try."""

    name = "memory"
    capabilities = Capabilities()

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer or (lambda parcel: None)
        self.tries: list[Parcel] = []
        self.standing: dict[str, str] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.together: list[int] = []
        self.under_way = 0

    async def deliver(self, parcel: Parcel) -> str | None:
        self.tries.append(parcel)
        self.under_way += 1
        self.together.append(self.under_way)
        try:
            # What one person alone sees is no post of the room, and not held with them.
            gate = self.gates.get(parcel.place.id)
            if gate and parcel.operation != "whisper":
                await gate.wait()
            if (error := self.answer(parcel)) is not None:
                raise error
            return self.standing.setdefault(parcel.token, f"m{len(self.standing) + 1}")
        finally:
            self.under_way -= 1

    async def run(self, hear: Hears) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    def said(self) -> list[str]:
        return [parcel.body.get("text", parcel.operation) for parcel in self.tries]

    def standing_texts(self) -> list[str]:
        texts = {parcel.token: str(parcel.body.get("text")) for parcel in self.tries}
        return [texts[token] for token in self.standing]


class World:
    """A database, a clock, and what was heard."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FrozenClock(MORNING)
        self.lines = io.StringIO()
        self.heard: list[Event] = []
        self.tokens = count(1)

    async def hear(self, event: Event) -> None:
        async with self.database.begin() as tx:
            if await tx.mailbox.claim("bot", event.id, event.at):
                self.heard.append(event)

    def delivery(self, *platforms: Platform, hear: Hears | None = None) -> Delivery:
        adapters = {platform.name: platform for platform in platforms}
        return Delivery(
            self.database.outbox,
            adapters,
            self.clock,
            open_log(self.lines, self.clock),
            hear or self.hear,
        )

    async def post(self, place: Place, text: str, operation: str = "say", **rest: Any) -> int:
        draft = Draft(
            operation=operation, place=place, body={"text": text}, at=self.clock.now(), **rest
        )
        async with self.database.begin() as tx:
            numbers = await tx.mailbox.post([draft], lambda: f"token-{next(self.tokens)}")
        return numbers[0]


@asynccontextmanager
async def a_world(folder: Path) -> AsyncIterator[World]:
    database = Database.open(f"sqlite+aiosqlite:///{folder / 'copain.db'}")
    async with database.write.begin() as connection:
        await connection.run_sync(tables.metadata.create_all)
    try:
        yield World(database)
    finally:
        await database.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        yield made


@asynccontextmanager
async def running(delivery: Delivery) -> AsyncIterator[None]:
    task = asyncio.create_task(delivery.run())
    try:
        yield
    finally:
        await delivery.stop()
        await asyncio.wait_for(task, 10)


async def soon(true: Callable[[], bool]) -> None:
    """Lets the loop turn until it is so."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - a platform has no event for each thing one may ask
            await asyncio.sleep(0.001)


async def states(world: World) -> list[str]:
    async with world.database.reading() as tx:
        rows = await tx.session.execute(select(OutboxRow).order_by("id"))
        return [row.state for row in rows.scalars()]


async def test_draining_goes_by_number_across_all_conversations(world: World) -> None:
    for place, text, rank in [(GENERAL, "1", 1), (MARIE, "2", 0), (GENERAL, "3", 0)]:
        await world.post(place, text, rank=rank)
    platform = Platform()
    assert await world.delivery(platform).drain() == 3
    assert platform.said() == ["1", "2", "3"]
    assert await world.delivery(platform).drain() == 0


async def test_a_running_delivery_answers_people_before_it_posts(world: World) -> None:
    await world.post(GENERAL, "post")
    await world.post(MARIE, "answer", rank=Rank.ANSWER)
    platform = Platform()
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == 2)
    assert platform.said() == ["answer", "post"]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=25))
def test_order_holds_within_every_conversation(
    tmp_path_factory: pytest.TempPathFactory, posts: list[tuple[int, int]]
) -> None:
    async def play() -> None:
        async with a_world(tmp_path_factory.mktemp("order")) as world:
            for lane, rank in posts:
                await world.post(Place("memory", "", str(lane)), "x", rank=rank)
            platform = Platform()
            async with running(world.delivery(platform)):
                await soon(lambda: len(platform.standing) == len(posts))
            for lane in range(4):
                ids = [p.id for p in platform.tries if p.place.id == str(lane)]
                assert ids == sorted(ids)

    asyncio.run(play())


async def test_a_slow_conversation_holds_back_itself_alone(world: World) -> None:
    platform = Platform()
    platform.gates["general"] = asyncio.Event()
    await world.post(GENERAL, "slow")
    await world.post(GENERAL, "behind")
    for number in range(40):
        await world.post(Place("memory", "", f"room-{number}"), f"other {number}")
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == 40)
        assert "behind" not in platform.said()
        platform.gates["general"].set()
        await soon(lambda: len(platform.standing) == 42)
    assert platform.said()[-1] == "behind"


async def test_a_platform_that_hangs_leaves_another_its_share(world: World) -> None:
    hanging, lively = Platform(), Platform()
    lively.name = "lively"
    for number in range(LANES + 5):
        hanging.gates[str(number)] = asyncio.Event()
        await world.post(Place("memory", "", str(number)), "hangs")
    await world.post(Place("lively", "", "x"), "first")
    async with running(world.delivery(hanging, lively)):
        await soon(lambda: len(hanging.tries) == LANES and len(lively.standing) == 1)
        for gate in hanging.gates.values():
            gate.set()
    assert max(hanging.together) == LANES


async def test_a_platform_that_asks_to_wait_is_obeyed_in_that_conversation(world: World) -> None:
    refusals = iter([RetryLater(30)])
    platform = Platform(lambda p: next(refusals, None) if p.place == GENERAL else None)
    await world.post(GENERAL, "1")
    await world.post(GENERAL, "2")
    await world.post(MARIE, "3")
    delivery = world.delivery(platform)
    await delivery.drain()
    assert platform.said() == ["1", "3"]
    assert await delivery.next_at() == MORNING + timedelta(seconds=30)
    world.clock.advance(timedelta(seconds=29))
    assert await delivery.drain() == 0
    world.clock.advance(timedelta(seconds=1))
    await delivery.drain()
    assert platform.said() == ["1", "3", "1", "2"]


async def test_a_running_delivery_tries_again_when_it_is_time(world: World) -> None:
    refusals = iter([RetryLater(0.001)])
    platform = Platform(lambda p: next(refusals, None))
    await world.post(GENERAL, "1")
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.tries) == 1)
        world.clock.advance(timedelta(seconds=1))
        await soon(lambda: len(platform.standing) == 1)


async def test_rate_limits_lose_nothing_however_often_they_come(world: World) -> None:
    refusals = iter([RetryLater(60)] * 100)
    platform = Platform(lambda p: next(refusals, None))
    await world.post(GENERAL, "patience")
    delivery = world.delivery(platform)
    for _ in range(101):
        await delivery.drain()
        world.clock.advance(timedelta(seconds=60))
    assert len(platform.standing) == 1
    assert world.heard == []


async def test_after_a_day_of_refusals_a_parcel_is_a_dead_letter(world: World) -> None:
    platform = Platform(lambda p: RetryLater(3600))
    number = await world.post(GENERAL, "never", args={"request": 4})
    delivery = world.delivery(platform)
    for _ in range(26):
        await delivery.drain()
        world.clock.advance(timedelta(hours=1))
    assert [event.parcel for event in world.heard if isinstance(event, Undelivered)] == [number]
    assert len(platform.tries) == 25


async def test_a_refusal_for_good_is_heard_once_with_its_arguments(world: World) -> None:
    platform = Platform(lambda p: Rejected("not_in_channel"))
    await world.post(GENERAL, "", operation="invite", args={"request": 4})
    await world.delivery(platform).drain()
    # Another start tells it again; the claim makes it count once.
    await world.delivery(platform).drain()
    [event] = world.heard
    assert isinstance(event, Undelivered)
    assert (event.operation, event.place, event.args) == ("invite", GENERAL, {"request": 4})
    assert len(platform.tries) == 1


async def test_a_kill_before_a_dead_letter_was_told_tells_it_at_the_next_start(
    world: World,
) -> None:
    async def killed(event: Event) -> None:
        raise KeyboardInterrupt

    platform = Platform(lambda p: Rejected("is_archived"))
    await world.post(GENERAL, "x")
    with pytest.raises(KeyboardInterrupt):
        await world.delivery(platform, hear=killed).drain()
    assert world.heard == []
    await world.delivery(platform).drain()
    assert len(world.heard) == 1


async def test_what_a_dead_letter_causes_is_delivered_in_the_same_drain(world: World) -> None:
    async def tell(event: Event) -> None:
        await world.post(MARIE, "told")

    platform = Platform(lambda p: Rejected("no") if p.place == GENERAL else None)
    await world.post(GENERAL, "x")
    assert await world.delivery(platform, hear=tell).drain() == 2
    assert platform.said() == ["x", "told"]


async def test_a_fault_of_an_adapter_is_logged_and_tried_ever_later(world: World) -> None:
    platform = Platform(lambda p: ZeroDivisionError("ma fille est malade"))
    await world.post(GENERAL, "x")
    delivery = world.delivery(platform)
    waits = []
    while not world.heard:
        await delivery.drain()
        coming = await delivery.next_at()
        if coming is not None:
            waits.append((coming - world.clock.now()).total_seconds())
            world.clock.set(coming)
    assert waits == [5, 15, 45, 135, 405, 1215, 3645]
    assert len(platform.tries) == 8
    assert "ZeroDivisionError" in world.lines.getvalue()
    assert '"reference"' in world.lines.getvalue()
    assert "malade" not in world.lines.getvalue()


async def test_a_send_that_is_cancelled_from_within_is_tried_again(world: World) -> None:
    """Something the platform waited for was cancelled, and not by us."""

    class Torn(Platform):
        async def deliver(self, parcel: Parcel) -> str | None:
            if not self.tries:
                self.tries.append(parcel)
                raise asyncio.CancelledError
            return await super().deliver(parcel)

    platform = Torn()
    await world.post(GENERAL, "x")
    async with running(world.delivery(platform)):
        await soon(lambda: "outbox-failed" in world.lines.getvalue())
        world.clock.advance(timedelta(seconds=10))
        await soon(lambda: len(platform.standing) == 1)
    assert await states(world) == ["sent"]


async def test_killed_between_send_and_note_it_sends_the_same_token_again(world: World) -> None:
    platform = Platform()
    await world.post(GENERAL, "once")
    first = world.delivery(platform)
    [parcel] = await world.database.outbox.heads(MORNING, 1)
    await platform.deliver(parcel)
    del first
    await world.delivery(platform).drain()
    assert [p.token for p in platform.tries] == [parcel.token, parcel.token]
    assert len(platform.standing) == 1


async def test_a_running_delivery_that_is_cut_off_leaves_what_was_on_its_way(
    world: World,
) -> None:
    platform = Platform()
    platform.gates["general"] = asyncio.Event()
    await world.post(GENERAL, "x")
    task = asyncio.create_task(world.delivery(platform).run())
    await soon(lambda: len(platform.tries) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await states(world) == ["waiting"]
    platform.gates.clear()
    await world.delivery(platform).drain()
    assert platform.tries[0].token == platform.tries[1].token


async def test_stopping_finishes_and_notes_what_is_on_its_way(world: World) -> None:
    platform = Platform()
    platform.gates["general"] = asyncio.Event()
    await world.post(GENERAL, "on its way")
    await world.post(GENERAL, "behind")
    delivery = world.delivery(platform)
    task = asyncio.create_task(delivery.run())
    await soon(lambda: len(platform.tries) == 1)
    await delivery.stop()
    platform.gates["general"].set()
    await asyncio.wait_for(task, 10)
    assert await states(world) == ["sent", "waiting"]


async def test_a_commit_wakes_a_delivery_that_sleeps(world: World) -> None:
    platform = Platform()
    delivery = world.delivery(platform)
    async with running(delivery):
        await asyncio.sleep(0)
        await world.post(GENERAL, "late")
        delivery.wake()
        await soon(lambda: len(platform.standing) == 1)


async def test_a_platform_that_is_not_configured_keeps_its_parcels(world: World) -> None:
    await world.post(Place("elsewhere", "", "room"), "later")
    await world.post(GENERAL, "now")
    platform, elsewhere = Platform(), Platform()
    elsewhere.name = "elsewhere"
    delivery = world.delivery(platform)
    assert await delivery.drain() == 1
    world.clock.advance(timedelta(days=30))
    assert await delivery.drain() == 0
    assert await delivery.next_at() is None
    assert await world.delivery(platform, elsewhere).drain() == 1
    assert world.heard == []


async def test_an_edit_waits_behind_its_original_and_knows_its_message(world: World) -> None:
    await world.post(GENERAL, "question", name="prompt:1")
    await world.post(GENERAL, "mended", operation="edit", target_of="prompt:1")
    platform = Platform()
    await world.delivery(platform).drain()
    assert platform.tries[1].target == "m1"


@pytest.mark.parametrize("operation", ["edit", "react", "remove"])
async def test_what_changes_a_dead_letter_becomes_nothing(world: World, operation: str) -> None:
    platform = Platform(lambda p: Rejected("no"))
    await world.post(GENERAL, "question", name="prompt:1")
    await world.post(GENERAL, "x", operation=operation, target_of="prompt:1")
    assert await world.delivery(platform).drain() == 2
    assert len(platform.tries) == 1
    assert await states(world) == ["dead", "sent"]


async def test_what_was_delivered_is_wiped(world: World) -> None:
    await world.post(GENERAL, "secret")
    await world.delivery(Platform()).drain()
    async with world.database.reading() as tx:
        row = (await tx.session.execute(select(OutboxRow))).scalar_one()
    assert (row.body, row.message) == (None, "m1")


async def test_looking_for_work_reads_what_waits_and_nothing_older(world: World) -> None:
    plans: list[str] = []
    statements: list[tuple[str, Any]] = []

    @sql_event.listens_for(world.database.read.sync_engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        statements.append((statement, values))

    outbox = world.database.outbox
    await world.post(GENERAL, "x")

    def first(lanes: Sequence[Lane]) -> Sequence[Lane]:
        return lanes[:1]

    for busy, ended in [((), ()), (("memory:/#a",), (7, 8))]:
        found = await outbox.runs(
            MORNING, first, platform="memory", busy=busy, ended=ended, longest=10
        )
        assert len(found.runs) == 1
    await outbox.heads(MORNING, 1, platforms=("memory",))
    await outbox.next_at(MORNING)
    await outbox.dead()
    selects = [each for each in statements if each[0].startswith("SELECT")]
    async with world.database.read.connect() as connection:
        for statement, values in selects:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans += [row["detail"] for row in plan.mappings()]
    looks = [plan for plan in plans if any(name in plan for name in ("outbox", "head", "earl"))]
    assert len(looks) >= 12
    partial = [f" outbox_{name}" for name in ("waiting", "rank", "lane", "due", "dead")]
    known = [*partial, "SEARCH outbox USING INTEGER PRIMARY KEY"]
    assert [plan for plan in looks if not any(name in plan for name in known)] == []
    assert not any("TEMP B-TREE" in plan for plan in plans)


async def test_a_database_that_fails_once_stops_no_delivery(world: World) -> None:
    platform = Platform()
    delivery = world.delivery(platform)
    outbox = delivery.outbox
    failing = iter([OSError("disk full")])

    class Flaky:
        async def settle(self, *args: Any) -> list[Event]:
            for error in failing:
                raise error
            return await outbox.settle(*args)

        def __getattr__(self, name: str) -> Any:
            return getattr(outbox, name)

    delivery.outbox = Flaky()
    await world.post(GENERAL, "x")
    async with running(delivery):
        await soon(lambda: "delivery-failed" in world.lines.getvalue())
        await world.post(GENERAL, "y")
        delivery.wake()
        await soon(lambda: len(platform.standing) == 2)
    assert platform.said() == ["x", "y"]
    assert await states(world) == ["sent", "sent"]


async def test_an_answer_takes_forward_what_stands_before_it_in_its_conversation(
    world: World,
) -> None:
    rooms = [Place("memory", "", f"room-{number}") for number in range(LANES + 4)]
    for room in rooms:
        await world.post(room, "post", rank=Rank.POST)
    await world.post(MARIE, "by itself", rank=Rank.BY_ITSELF)
    await world.post(MARIE, "answer", rank=Rank.ANSWER)
    platform = Platform()
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == len(rooms) + 2)
    assert platform.said()[0] == "by itself"
    assert platform.said().index("answer") < LANES + 1


async def test_a_refusal_of_the_whole_platform_holds_everything_until_then(world: World) -> None:
    refusals = iter([RetryLater(30, whole=True)])
    platform = Platform(lambda p: next(refusals, None))
    elsewhere = Platform()
    elsewhere.name = "elsewhere"
    for place in (GENERAL, MARIE, Place("elsewhere", "", "x")):
        await world.post(place, place.id)
    delivery = world.delivery(platform, elsewhere)
    await delivery.drain()
    assert (platform.said(), elsewhere.said()) == (["general"], ["x"])
    assert await delivery.next_at() == MORNING + timedelta(seconds=30)
    world.clock.advance(timedelta(seconds=30))
    await delivery.drain()
    assert platform.said() == ["general", "general", "marie"]


async def test_a_platform_that_was_away_for_days_costs_no_message(world: World) -> None:
    platform = Platform(lambda p: RetryLater(3600, whole=True))
    await world.post(GENERAL, "patience")
    delivery = world.delivery(platform)
    for _ in range(72):
        await delivery.drain()
        world.clock.advance(timedelta(hours=1))
    platform.answer = lambda p: None
    await delivery.drain()
    assert (len(platform.standing), world.heard) == (1, [])
    assert (platform.tries[0].uncertain, platform.tries[-1].uncertain) == (False, True)


@pytest.mark.parametrize("fault", [RetryLater(60), OSError()], ids=["refusal", "failure"])
async def test_an_outage_after_a_first_try_is_not_taken_for_a_day_of_refusals(
    world: World, fault: Exception
) -> None:
    platform = Platform(lambda p: fault)
    await world.post(GENERAL, "patience")
    delivery = world.delivery(platform)
    await delivery.drain()
    platform.answer = lambda p: RetryLater(3600, whole=True)
    for _ in range(30):
        world.clock.advance(timedelta(hours=1))
        await delivery.drain()
    platform.answer = lambda p: fault
    for _ in range(2):
        world.clock.advance(timedelta(hours=1))
        await delivery.drain()
    platform.answer = lambda p: None
    world.clock.advance(timedelta(minutes=10))
    await delivery.drain()
    assert (len(platform.standing), world.heard) == (1, [])
    # The first try may have arrived, and its token is forgotten by now.
    assert platform.tries[-1].uncertain


async def test_after_a_refusal_of_the_whole_one_at_a_time_leaves_rooms_in_turn(
    world: World,
) -> None:
    refusals = iter([RetryLater(0, whole=True)])
    platform = Platform(lambda p: next(refusals, None))
    places = [Place("memory", "", name) for name in "abc"]
    await world.post(places[0], "a1")
    delivery = world.delivery(platform)
    async with running(delivery):
        await soon(lambda: len(platform.tries) == 1)
        for number in (2, 3, 4):
            for place in places:
                await world.post(place, f"{place.id}{number}")
        world.clock.advance(timedelta(seconds=1))
        delivery.wake()
        await soon(lambda: len(platform.standing) == 10)
    assert set(platform.together[1:]) == {1}
    assert platform.said()[1:7] in (
        ["b2", "c2", "a1", "b3", "c3", "a2"],
        ["a1", "b2", "c2", "a2", "b3", "c3"],
    )


async def test_a_refusal_within_a_run_keeps_the_order(world: World) -> None:
    refusals = iter([RetryLater(0.001)])
    platform = Platform(lambda p: next(refusals, None) if p.body["text"] == "3" else None)
    for number in range(1, 6):
        await world.post(GENERAL, str(number))
    async with running(world.delivery(platform)):
        await soon(lambda: platform.said() == ["1", "2", "3"])
        world.clock.advance(timedelta(seconds=1))
        await soon(lambda: len(platform.standing) == 5)
    assert platform.said() == ["1", "2", "3", "3", "4", "5"]


async def test_what_hangs_on_a_message_of_the_same_run_waits_until_that_is_noted(
    world: World,
) -> None:
    await world.post(GENERAL, "question", name="prompt:1")
    await world.post(GENERAL, "mended", operation="edit", target_of="prompt:1")
    await world.post(GENERAL, "reply", thread_of="prompt:1")
    await world.post(GENERAL, "last")
    platform = Platform()
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == 4)
    assert platform.said() == ["question", "mended", "reply", "last"]
    assert [p.target or p.thread for p in platform.tries] == [None, "m1", "m1", None]


async def test_what_was_noted_during_a_look_holds_nothing_back(world: World) -> None:
    await world.post(GENERAL, "question", name="prompt:1")
    platform = Platform()
    delivery = world.delivery(platform)
    outbox, looked, noted = delivery.outbox, asyncio.Event(), asyncio.Event()

    class Slow:
        async def settle(self, *args: Any) -> list[Event]:
            await world.post(GENERAL, "mended", operation="edit", target_of="prompt:1")
            delivery.wake()
            await looked.wait()
            delivery.outbox = outbox
            heard = await outbox.settle(*args)
            noted.set()
            return heard

        async def runs(self, *args: Any, **rest: Any) -> Runs:
            found = await outbox.runs(*args, **rest)
            if found.held:
                looked.set()
                await noted.wait()
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(outbox, name)

    delivery.outbox = Slow()
    async with running(delivery):
        await soon(lambda: len(platform.standing) == 2)
    assert platform.tries[1].target == "m1"


async def test_five_hundred_parcels_of_one_conversation_leave_in_few_transactions(
    world: World,
) -> None:
    async with world.database.begin() as tx:
        drafts = [
            Draft(operation="say", place=GENERAL, body={"text": str(n)}, at=MORNING)
            for n in range(500)
        ]
        await tx.mailbox.post(drafts, lambda: f"token-{next(world.tokens)}")
    commits = count()

    @sql_event.listens_for(world.database.write.sync_engine, "commit")
    def note(_connection: Any) -> None:
        next(commits)

    platform = Platform()
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == 500)
    assert platform.said() == [str(n) for n in range(500)]
    assert await states(world) == ["sent"] * 500
    assert next(commits) <= 60


async def test_what_was_in_the_outbox_of_a_backup_is_uncertain(world: World) -> None:
    await world.post(GENERAL, "1")
    [sure] = await world.database.outbox.heads(MORNING, 1)
    async with world.database.session() as session:
        await doubt(session)
    [doubted] = await world.database.outbox.heads(MORNING, 1)
    assert (sure.uncertain, doubted.uncertain) == (False, True)


async def test_what_comes_for_a_lane_on_its_way_leaves_when_that_ends(world: World) -> None:
    platform = Platform()
    gate = platform.gates[GENERAL.id] = asyncio.Event()
    delivery = world.delivery(platform)
    await world.post(GENERAL, "1")
    async with running(delivery):
        await soon(lambda: platform.said() == ["1"])
        await world.post(GENERAL, "2")
        await world.post(MARIE, "elsewhere")
        delivery.wake()
        # That it left says that a look was made, and passed over the lane on its way.
        await soon(lambda: "elsewhere" in platform.said())
        gate.set()
        await soon(lambda: len(platform.standing) == 3)
    assert platform.said() == ["1", "elsewhere", "2"]


async def test_a_whisper_waits_for_no_slow_space_and_no_slow_space_for_it(world: World) -> None:
    platform = Platform()
    platform.gates["general"] = asyncio.Event()
    await world.post(GENERAL, "1")
    await world.post(GENERAL, "2")
    await whisper(world, "3")
    async with running(world.delivery(platform)):
        await soon(lambda: "3" in platform.standing_texts())
        assert platform.standing_texts() == ["3"]
        await whisper(world, "4")
        platform.gates["general"].set()
        await soon(lambda: len(platform.standing) == 3)
    said = [text for text in platform.said() if text in ("1", "2")]
    assert said == ["1", "2"]


async def test_a_form_waits_for_nothing_in_its_conversation(world: World) -> None:
    waits = iter([RetryLater(3600)])
    platform = Platform(lambda p: next(waits, None) if p.operation == "say" else None)
    await world.post(MARIE, "1")
    delivery = world.delivery(platform)
    await delivery.drain()
    await world.post(MARIE, "2")
    await world.post(MARIE, "modal", operation="form", rank=Rank.ANSWER)
    await delivery.drain()
    assert platform.said() == ["1", "modal"]
    world.clock.advance(timedelta(hours=1))
    await delivery.drain()
    assert platform.said() == ["1", "modal", "1", "2"]


async def test_a_form_and_a_whisper_overtake_posts(world: World) -> None:
    platform = Platform()
    for number in range(3 * LANES):
        await world.post(Place("memory", "", f"room{number}"), str(number))
    await world.post(MARIE, "modal", operation="form", rank=Rank.ANSWER)
    await whisper(world, "whisper")
    async with running(world.delivery(platform)):
        await soon(lambda: len(platform.standing) == 3 * LANES + 2)
    assert sorted(platform.said()[:2]) == ["modal", "whisper"]


@pytest.mark.parametrize("operation", ["form", "whisper"])
async def test_what_was_waited_for_at_that_moment_dies_untold(world: World, operation: str) -> None:
    platform = Platform(lambda p: Rejected("channel_not_found"))
    if operation == "form":
        await world.post(MARIE, "x", operation="form")
    else:
        await whisper(world, "x")
    await world.delivery(platform).drain()
    assert await states(world) == []
    assert "outbox-refused" in world.lines.getvalue()
    assert world.heard == []


async def test_a_whisper_whose_outcome_nobody_knows_is_not_said_again(world: World) -> None:
    platform = Platform(lambda p: OSError("cut off"))
    await whisper(world, "x")
    await world.post(MARIE, "y", operation="form")
    delivery = world.delivery(platform)
    await delivery.drain()
    platform.answer = lambda p: None
    world.clock.advance(timedelta(hours=1))
    await delivery.drain()
    assert platform.said() == ["x", "y", "y"]
    assert world.heard == []


async def test_a_whisper_that_surely_was_not_said_waits_its_turn(world: World) -> None:
    waits = iter([RetryLater(2)])
    platform = Platform(lambda p: next(waits, None))
    await whisper(world, "x")
    delivery = world.delivery(platform)
    await delivery.drain()
    world.clock.advance(timedelta(seconds=2))
    await delivery.drain()
    assert platform.said() == ["x", "x"]
    assert list(platform.standing) == ["token-1"]


async def test_a_limit_of_one_method_holds_the_lanes_that_meet_it_and_no_other(
    world: World,
) -> None:
    limited = True

    def answer(parcel: Parcel) -> Exception | None:
        return RetryLater(30) if limited and parcel.operation == "say" else None

    platform = Platform(answer)
    second = Place("memory", "", "second")
    await world.post(second, "0", operation="react")
    for place, words in ((GENERAL, "1"), (second, "2"), (GENERAL, "3"), (second, "4")):
        await world.post(place, words)
    await world.post(MARIE, "5", operation="react")
    delivery = world.delivery(platform)
    await delivery.drain()
    assert platform.said() == ["0", "1", "2", "5"]
    assert await delivery.next_at() == MORNING + timedelta(seconds=30)
    limited = False
    world.clock.advance(timedelta(seconds=30))
    async with running(delivery):
        await soon(lambda: len(platform.standing) == 6)
    after = platform.said()[4:]
    assert sorted(after) == ["1", "2", "3", "4"]
    assert after.index("1") < after.index("3")
    assert after.index("2") < after.index("4")
    assert world.heard == []


async def whisper(world: World, text: str) -> None:
    """Something that Marie alone will see in the general space."""
    async with world.database.begin() as tx:
        draft = Draft(
            operation="whisper",
            place=GENERAL,
            body={"text": text, "to": MARIE.id},
            at=world.clock.now(),
            to=MARIE.account,
            rank=Rank.ANSWER,
        )
        await tx.mailbox.post([draft], lambda: f"token-{next(world.tokens)}")
