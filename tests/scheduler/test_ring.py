"""Due rows become events, in order, once; what fails is put off and told."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.clock import FrozenClock, SystemClock
from bot.delivery import Delivery
from bot.dispatch import HandlerFailed
from bot.errors import RetryLater
from bot.events import Event, Place, TaskDone, TaskParked, TimerDue, TimerParked
from bot.log import open_log
from bot.messages import Capabilities, Parcel
from bot.ports import Draft, Hears, Tx
from bot.registry import TaskWork
from scheduler.engine import Crank, Engine, cranks
from scheduler.ring import Ring, settle, until
from storage import tables
from storage.database import Database
from storage.tasks import LEASE, MOST_TRIES
from storage.timers import SNOOZES

MORNING = datetime(2026, 3, 2, 14, tzinfo=UTC)
GENERAL = Place("memory", "", "general")
HOUR = timedelta(hours=1)
Handler = Callable[[Tx, Event], Awaitable[None]]


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


class World:
    """A database, a clock, a stand-in for dispatch (claim, handle, commit) and for a platform."""

    name = "memory"
    capabilities = Capabilities()

    def __init__(self, database: Database, start: datetime = MORNING) -> None:
        self.database = database
        self.clock = FrozenClock(start)
        self.lines = io.StringIO()
        self.handlers: dict[str, Handler] = {}
        self.heard: list[Event] = []
        self.happened: list[tuple[datetime, str]] = []
        self.standing: dict[str, str] = {}
        self.tokens = count(1)
        self.refusals: list[Exception] = []

    async def hear(self, event: Event) -> None:
        async with self.database.begin() as tx:
            match event:
                case TimerDue():
                    mine = await tx.timers.take(event.timer, event.due)
                case TaskDone():
                    mine = await tx.tasks.finish(event.task)
                case _:
                    mine = await tx.mailbox.claim("bot", event.id, event.at)
            if not mine:
                return
            handler = self.handlers.get(getattr(event, "action", ""))
            if handler is not None and isinstance(event, TimerDue | TaskDone):
                await handler(tx, event)
        self.heard.append(event)

    async def deliver(self, parcel: Parcel) -> str | None:
        if self.refusals:
            raise self.refusals.pop()
        if parcel.token not in self.standing:
            self.standing[parcel.token] = parcel.body["text"]
            self.happened.append((self.clock.now(), parcel.body["text"]))
        return parcel.token

    async def run(self, hear: Hears) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    def ring(self, **work: Callable[..., Awaitable[Any]]) -> Ring:
        return Ring(
            database=self.database,
            hear=self.hear,
            log=open_log(self.lines, self.clock),
            work_of={name: TaskWork(action=name, work=each) for name, each in work.items()},
        )

    def delivery(self) -> Delivery:
        return Delivery(
            self.database.outbox,
            {"memory": self},
            self.clock,
            open_log(self.lines, self.clock),
            self.hear,
        )

    async def timer(self, action: str, due: datetime, key: str = "", **args: Any) -> None:
        async with self.database.begin() as tx:
            await tx.timers.set(action, key, due=due, args=args)

    async def task(self, action: str, key: str = "", **args: Any) -> None:
        async with self.database.begin() as tx:
            await tx.tasks.add(action, key, args, now=self.clock.now())

    async def say(self, tx: Tx, text: str) -> None:
        draft = Draft(operation="say", place=GENERAL, body={"text": text}, at=self.clock.now())
        await tx.mailbox.post([draft], lambda: f"token-{text}")

    def actions(self, kind: type = TimerDue) -> list[str]:
        return [getattr(event, "action", "") for event in self.heard if isinstance(event, kind)]


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


async def fails(*_: Any, **__: Any) -> None:
    raise HandlerFailed("K7Q-3FD")


async def test_after_downtime_each_timer_comes_once_in_the_order_in_which_it_fell_due(
    world: World,
) -> None:
    for hours in (5, 1, 3):
        await world.timer(f"after-{hours}", MORNING + hours * HOUR)
    ring = world.ring()
    back = MORNING + timedelta(days=2)
    assert await ring.turn(back) == 3
    assert await ring.turn(back) == 0
    assert world.actions() == ["after-1", "after-3", "after-5"]


async def test_a_late_timer_is_a_thing_of_now_and_says_when_it_was_due(world: World) -> None:
    await world.timer("reminder", MORNING, request=4)
    await world.ring().turn(MORNING + 9 * HOUR)
    [event] = world.heard
    assert isinstance(event, TimerDue)
    assert (event.at, event.due, event.args) == (MORNING + 9 * HOUR, MORNING, {"request": 4})


async def test_what_is_not_due_yet_stays_silent(world: World) -> None:
    await world.timer("later", MORNING + HOUR)
    ring = world.ring()
    assert await ring.turn(MORNING) == 0
    assert await ring.next_at() == MORNING + HOUR


async def test_a_timer_that_another_one_moves_rings_at_its_new_time_only(world: World) -> None:
    async def moves(tx: Tx, event: Event) -> None:
        await tx.timers.set("second", "", due=MORNING + 24 * HOUR)

    world.handlers["first"] = moves
    await world.timer("first", MORNING)
    await world.timer("second", MORNING)
    ring = world.ring()
    await ring.turn(MORNING)
    assert world.actions() == ["first"]
    await ring.turn(MORNING + 24 * HOUR)
    assert world.actions() == ["first", "second"]


async def test_a_failing_timer_comes_back_ever_later_and_holds_no_other_back(
    world: World,
) -> None:
    world.handlers["bad"] = fails
    await world.timer("bad", MORNING)
    await world.timer("good", MORNING)
    ring = world.ring()
    await ring.turn(MORNING)
    assert world.actions() == ["good"]
    now, waits = MORNING, []
    while (coming := await ring.next_at()) is not None:
        waits.append(int((coming - now).total_seconds()))
        now = coming
        await ring.turn(now)
    assert waits == list(SNOOZES)


async def test_a_timer_that_never_works_is_parked_and_told_once(world: World) -> None:
    world.handlers["bad"] = fails
    await world.timer("bad", MORNING, request=4)
    ring = world.ring()
    for days in range(len(SNOOZES) + 1):
        await ring.turn(MORNING + timedelta(days=days))
    [event] = world.heard
    assert isinstance(event, TimerParked)
    assert (event.action, event.reference, event.args) == ("bad", "K7Q-3FD", {"request": 4})
    await ring.begin(MORNING + timedelta(days=9))
    assert await ring.turn(MORNING + timedelta(days=9)) == 0
    assert len(world.heard) == 1


async def test_a_parked_timer_that_nobody_was_told_of_is_told_at_the_next_start(
    world: World,
) -> None:
    world.handlers["bad"] = fails
    await world.timer("bad", MORNING)
    deaf = Ring(
        database=world.database, hear=fails, work_of={}, log=open_log(world.lines, world.clock)
    )
    for days in range(len(SNOOZES) + 1):
        await deaf.turn(MORNING + timedelta(days=days))
    assert world.heard == []
    await world.ring().begin(MORNING + timedelta(days=9))
    assert world.actions(TimerParked) == ["bad"]


async def test_a_timer_that_is_set_again_after_it_was_parked_rings_again(world: World) -> None:
    world.handlers["bad"] = fails
    await world.timer("bad", MORNING)
    ring = world.ring()
    for days in range(len(SNOOZES) + 1):
        await ring.turn(MORNING + timedelta(days=days))
    del world.handlers["bad"]
    await world.timer("bad", MORNING + timedelta(days=10))
    await ring.turn(MORNING + timedelta(days=10))
    assert world.actions() == ["bad"]


async def test_a_fault_outside_the_handler_is_logged_and_put_off_too(world: World) -> None:
    async def broken(tx: Tx, event: Event) -> None:
        raise LookupError("no such community")

    world.handlers["bad"] = broken
    await world.timer("bad", MORNING)
    await world.timer("good", MORNING)
    await world.ring().turn(MORNING)
    assert world.actions() == ["good"]
    assert "timer-failed" in world.lines.getvalue()


async def test_a_chore_runs_without_an_event_and_says_when_it_comes_again(world: World) -> None:
    nights: list[datetime] = []

    async def night(now: datetime) -> datetime:
        nights.append(now)
        # No event's transaction is open, so a chore may begin its own.
        async with world.database.begin() as tx:
            await tx.notebook.write("x", 1)
        return now + timedelta(days=1)

    ring = world.ring()
    ring.chores = {"night": night}
    await world.timer("night", MORNING)
    for days in (0, 0, 1):
        await ring.turn(MORNING + timedelta(days=days))
    assert nights == [MORNING, MORNING + timedelta(days=1)]
    assert world.heard == []


async def test_a_task_works_on_a_session_that_cannot_write_and_ends_in_one_event(
    world: World,
) -> None:
    async def draws(tx: Tx, request: int) -> dict[str, int]:
        with pytest.raises(Exception, match="readonly"):
            await tx.notebook.write("x", 1)
        return {"drawn": request}

    await world.task("chart", request=4)
    ring = world.ring(chart=draws)
    assert await ring.work(MORNING) == 1
    assert await ring.work(MORNING) == 0
    [event] = world.heard
    assert isinstance(event, TaskDone)
    assert (event.action, event.args, event.result) == ("chart", {"request": 4}, {"drawn": 4})


async def test_a_task_whose_worker_was_killed_is_worked_on_again(world: World) -> None:
    async def killed(tx: Tx) -> None:
        raise Killed

    async def works(tx: Tx) -> str:
        return "done"

    await world.task("chart")
    with pytest.raises(Killed):
        await world.ring(chart=killed).work(MORNING)
    ring = world.ring(chart=works)
    assert await ring.work(MORNING) == 0
    assert await ring.next_at() == MORNING + LEASE
    await ring.begin(MORNING)
    assert await ring.work(MORNING) == 1
    assert world.actions(TaskDone) == ["chart"]


async def test_a_lease_that_ran_out_is_taken_over(world: World) -> None:
    async def killed(tx: Tx) -> None:
        raise Killed

    async def works(tx: Tx) -> None:
        return None

    await world.task("chart")
    with pytest.raises(Killed):
        await world.ring(chart=killed).work(MORNING)
    assert await world.ring(chart=works).work(MORNING + LEASE) == 1
    assert world.actions(TaskDone) == ["chart"]


async def test_kills_cost_a_task_no_tries(world: World) -> None:
    async def killed(tx: Tx) -> None:
        raise Killed

    async def works(tx: Tx) -> None:
        return None

    await world.task("chart")
    for _ in range(MOST_TRIES + 3):
        with pytest.raises(Killed):
            await world.ring(chart=killed).work(MORNING)
        await world.ring().begin(MORNING)
    await world.ring(chart=works).work(MORNING)
    assert world.actions(TaskDone) == ["chart"]


async def test_a_failing_task_comes_back_later_and_is_told_once_when_given_up(
    world: World,
) -> None:
    async def breaks(tx: Tx) -> None:
        raise ZeroDivisionError

    await world.task("chart")
    ring = world.ring(chart=breaks)
    instants = []
    while (coming := await ring.next_at()) is not None:
        instants.append(max(coming, MORNING))
        await ring.work(instants[-1])
    waits = [int((b - a).total_seconds()) for a, b in pairwise(instants)]
    assert waits == [10, 60, 300, 1800]
    [event] = world.heard
    assert isinstance(event, TaskParked)
    assert event.reference in world.lines.getvalue()


async def test_a_task_whose_end_cannot_be_heard_is_tried_again(world: World) -> None:
    async def works(tx: Tx) -> None:
        return None

    world.handlers["chart"] = fails
    await world.task("chart")
    ring = world.ring(chart=works)
    await ring.work(MORNING)
    del world.handlers["chart"]
    await ring.work(MORNING + timedelta(seconds=10))
    assert world.actions(TaskDone) == ["chart"]


async def test_a_failing_task_holds_no_other_back(world: World) -> None:
    async def works(tx: Tx) -> None:
        return None

    await world.task("unknown")
    await world.task("chart")
    ring = world.ring(chart=works)
    assert await ring.work(MORNING, most=4) == 2
    assert world.actions(TaskDone) == ["chart"]


async def play(world: World, *, kill_at: int | None = None) -> None:
    """A day and a half with a rhythm, tasks and a failure; killed at one step, or never."""
    steps = 0

    async def step(tx: Tx) -> None:
        nonlocal steps
        steps += 1
        if steps == kill_at:
            raise Killed

    async def rhythm(tx: Tx, event: Event) -> None:
        await world.say(tx, f"rhythm {event.at:%d %H}")
        await tx.tasks.add("chart", f"{event.at:%d}", {"day": event.at.day}, now=event.at)
        await tx.timers.set("rhythm", "", due=event.at + timedelta(hours=20))
        # Due in the past: it must be handled at the same instant after a kill too.
        await tx.timers.set("past", "", due=event.at - HOUR)
        await step(tx)

    async def past(tx: Tx, event: Event) -> None:
        await world.say(tx, f"past {event.at:%d %H}")
        await step(tx)

    async def charted(tx: Tx, event: Event) -> None:
        await world.say(tx, f"chart {event.at:%d %H}")
        await step(tx)

    async def draws(tx: Tx, day: int) -> int:
        await step(tx)
        return day

    world.handlers |= {"rhythm": rhythm, "past": past, "chart": charted, "bad": fails}
    ring, delivery = world.ring(chart=draws), world.delivery()
    deliver = world.deliver

    async def sends(parcel: Parcel) -> str | None:
        message = await deliver(parcel)
        await step(None)  # type: ignore[arg-type]
        return message

    world.deliver = sends  # type: ignore[method-assign]
    try:
        await ring.begin(world.clock.now())
        await until(ring, delivery, world.clock, MORNING + 36 * HOUR)
    finally:
        world.deliver = deliver  # type: ignore[method-assign]


async def prepared(world: World) -> None:
    await world.timer("rhythm", MORNING + HOUR)
    await world.timer("bad", MORNING + 2 * HOUR)


async def test_simulated_time_lets_everything_happen_at_its_own_time(world: World) -> None:
    await prepared(world)
    world.refusals = [RetryLater(90)]
    await play(world)
    assert world.clock.now() == MORNING + 36 * HOUR
    assert [text for _, text in world.happened] == [
        "rhythm 02 15",
        "chart 02 15",
        "past 02 15",
        "rhythm 03 11",
        "chart 03 11",
        "past 03 11",
    ]
    # The first was refused for a minute and a half, and what comes behind it waited with it.
    assert world.happened[0][0] == MORNING + HOUR + timedelta(seconds=90)
    assert world.actions(TimerParked) == ["bad"]


async def test_killed_anywhere_and_continued_the_sequence_is_the_same(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with a_world(tmp_path_factory.mktemp("whole")) as whole:
        await prepared(whole)
        await play(whole)
    for kill_at in range(1, 15):
        async with a_world(tmp_path_factory.mktemp("killed")) as world:
            await prepared(world)
            with pytest.raises(Killed):
                await play(world, kill_at=kill_at)
            world.clock = FrozenClock(MORNING)
            await play(world)
            assert world.happened == whole.happened, kill_at


async def test_what_a_task_ends_in_is_delivered_before_time_goes_on(world: World) -> None:
    async def draws(tx: Tx) -> None:
        return None

    async def charted(tx: Tx, event: Event) -> None:
        await world.say(tx, "chart")

    world.handlers["chart"] = charted
    await world.task("chart")
    await settle(world.ring(chart=draws), world.delivery(), world.clock)
    assert world.happened == [(MORNING, "chart")]


async def test_a_timer_that_sets_itself_again_at_once_is_no_endless_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def again(tx: Tx, event: Event) -> None:
        await tx.timers.set("again", "", due=event.at)

    monkeypatch.setattr("scheduler.ring.MOST_AT_ONCE", 5)
    world.handlers["again"] = again
    await world.timer("again", MORNING)
    with pytest.raises(RuntimeError, match="again"):
        await until(world.ring(), world.delivery(), world.clock, MORNING + HOUR)


async def test_no_number_of_a_timer_is_given_twice(world: World) -> None:
    await world.timer("a", MORNING)
    await world.ring().turn(MORNING)
    await world.timer("a", MORNING)
    await world.ring().turn(MORNING)
    first, second = world.heard
    assert first.id != second.id


async def test_the_engine_turns_its_cranks_and_ends_when_told(world: World) -> None:
    turned = asyncio.Event()
    again = asyncio.Event()

    async def turn() -> None:
        turned.set()
        raise ZeroDivisionError

    async def other() -> None:
        again.set()

    clock = SystemClock()
    engine = Engine(
        (Crank("bad", 3600, turn), Crank("good", 3600, other)), open_log(world.lines, clock), clock
    )
    engine.start()
    async with asyncio.timeout(5):
        await turned.wait()
        await again.wait()
        await engine.stop()
    await engine.stop()
    assert "crank-failed" in world.lines.getvalue()


async def test_the_cranks_of_a_service_ring_what_is_due(world: World) -> None:
    await world.timer("reminder", MORNING)
    turns = {
        crank.name: crank.turn
        for crank in cranks(world.ring(), world.delivery(), world.database, world.clock)
    }
    for turn in turns.values():
        await turn()
    assert {"ring", "work-0", "work-3", "wal", "delivery"} <= set(turns)
    assert world.actions() == ["reminder"]
