"""How Slack reaches the app: envelopes over sockets, acknowledgements, and what is sent again.

Events are sent again when nobody acknowledged them: at once, a minute later, five minutes later
(https://docs.slack.dev/apis/events-api/#retries). Nothing else ever is.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from aiohttp import web

from bot.clock import Clock, FrozenClock
from tests.slack.server.state import Json

ACK_WITHIN = timedelta(seconds=3)
AGAIN_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Ack:
    """How one delivery ended; `why` says what went wrong when it was not acknowledged."""

    acked: bool
    payload: Json
    seconds: float
    sent: Json
    why: str = ""


@dataclass(slots=True, eq=False)
class Link:
    """One open socket of the app."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    number: int
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    retiring: bool = False
    taken: int = 0

    def lost(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionError())
        self.waiting.clear()


class Timers:
    """What is due later on the workspace's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self._order = count()

    def add(self, after: timedelta, act: Callable[[], Awaitable[None]]) -> Callable[[], None]:
        """Plans `act`; what it gives back takes the plan away again."""
        entry = (self._clock.now() + after, next(self._order), act)
        self._due.append(entry)
        return lambda: self._due.remove(entry) if entry in self._due else None

    async def run(self, until: datetime) -> None:
        """Runs what is due, in order, moving a frozen clock along."""
        while due := [each for each in self._due if each[0] <= until]:
            first = min(due, key=lambda each: each[:2])
            self._due.remove(first)
            if isinstance(self._clock, FrozenClock) and first[0] > self._clock.now():
                self._clock.set(first[0])
            await first[2]()
            await breathe()


class Delivery:
    """Sends envelopes to the app and knows what became of each.

    `patience` is in real seconds: what a frozen clock cannot measure must end too. While `doubled`
    every event is sent twice.
    """

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self.clock = clock
        self.links: list[Link] = []
        self.timers = Timers(clock)
        self.patience = 20.0 if isinstance(clock, FrozenClock) else ACK_WITHIN.total_seconds()
        self.held: list[Json] | None = None
        self.doubled = False
        self.sent: deque[Ack] = deque(maxlen=50_000)
        self.lost_events: list[Json] = []
        self._changed = changed
        self._numbers = count(1)
        self._turn = count()
        self._tasks: set[asyncio.Task[object]] = set()

    @property
    def ready(self) -> bool:
        """Whether a socket is open that takes envelopes."""
        return self._open() != []

    # What a test may want of the order.

    def hold(self) -> None:
        """Keeps events back until `release`, so that they may go out in another order."""
        self.held = []

    async def release(self, order: Callable[[list[Json]], list[Json]] = list) -> list[Ack]:
        """Sends what was held, in the order that `order` makes of it."""
        held, self.held = self.held or [], None
        return [await self.event(body) for body in order(held)]

    async def settled(self) -> None:
        """Waits until nothing sent is still without an answer."""
        while self._tasks:
            await asyncio.gather(*list(self._tasks))

    # The two kinds of delivery.

    def soon(self, body: Json) -> None:
        """Sends an event in its own time (the app's own calls make events too)."""
        self._spawn(self.event(body))

    async def event(self, body: Json) -> Ack:
        """Sends an event and says how the first attempt ended; the others follow by themselves."""
        if self.held is not None:
            self.held.append(body)
            return Ack(False, {}, 0.0, body, "held")
        if self.doubled:
            self._spawn(self._attempt(body, 0, ""))
        return await self._attempt(body, 0, "")

    async def once(self, kind: str, payload: Json) -> Ack:
        """Sends a slash command, a press, a submission: once, whatever becomes of it."""
        return await self._send(kind, payload, {})

    async def _attempt(self, body: Json, number: int, reason: str) -> Ack:
        fields = {"retry_attempt": number, "retry_reason": reason}
        ack = await self._send("events_api", body, fields)
        if ack.acked:
            return ack
        if number == len(AGAIN_AFTER):
            self.lost_events.append(body)
            return ack
        wait = AGAIN_AFTER[number]
        why = "timeout" if ack.why == "operation_timeout" else "http_error"

        async def again() -> None:
            await self._attempt(body, number + 1, why)

        if wait:
            self.timers.add(wait, again)
        elif ack.why == "no_socket":
            await again()
        else:
            self._spawn(again())
        return ack

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, kind: str, payload: Json, fields: Json) -> Ack:
        link = self._next_link()
        if link is None:
            return self._ended(Ack(False, {}, 0.0, payload, "no_socket"))
        number = f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": number,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            **fields,
        }
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        link.waiting[number] = answer
        link.taken += 1
        began = time.perf_counter()
        forget = self.timers.add(ACK_WITHIN, lambda: _give_up(answer))
        why, response = "", {}
        try:
            await link.socket.send_str(json.dumps(envelope))
            response = await asyncio.wait_for(answer, self.patience)
        except TimeoutError:
            why = "operation_timeout"
        except (ConnectionError, RuntimeError):
            why = "closed"
        finally:
            link.waiting.pop(number, None)
            forget()
        seconds = time.perf_counter() - began
        return self._ended(Ack(not why, response, seconds, payload, why))

    def _ended(self, ack: Ack) -> Ack:
        self.sent.append(ack)
        self._changed()
        return ack

    def _next_link(self) -> Link | None:
        found = self._open()
        return found[next(self._turn) % len(found)] if found else None

    def _open(self) -> list[Link]:
        return [x for x in self.links if not x.socket.closed and not x.retiring]

    # Sockets: how they come and go.

    async def serve(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None
    ) -> None:
        """Reads a socket of the app until it closes."""
        link = Link(socket, transport, next(self._numbers))
        await socket.send_str(json.dumps(_hello(len(self.links) + 1)))
        self.links.append(link)
        self._changed()
        try:
            async for message in socket:
                if message.type.name == "TEXT":
                    self._answered(link, json.loads(message.data))
        finally:
            self.links.remove(link)
            link.lost()
            self._changed()

    def _answered(self, link: Link, answer: Json) -> None:
        future = link.waiting.get(answer.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(answer.get("payload") or {})

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Tells every open socket to come back elsewhere, as Slack does every few hours."""
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
        for link in list(self.links):
            link.retiring = reason != "warning"
            await link.socket.send_str(json.dumps(frame))

    async def close(self) -> None:
        """Closes every socket properly."""
        for link in list(self.links):
            await link.socket.close()

    def drop(self) -> None:
        """Cuts every TCP connection, in the middle of whatever was being said."""
        for link in list(self.links):
            if link.transport is not None:
                link.transport.abort()

    def freeze(self) -> None:
        """Lets every link go silent without closing it: nothing is read, nothing answered."""
        for link in list(self.links):
            link.retiring = True
            if link.transport is not None:
                link.transport.pause_reading()

    async def stop(self) -> None:
        for link in list(self.links):
            if link.retiring and link.transport is not None:
                link.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*list(self._tasks), return_exceptions=True)
        await self.close()


async def breathe() -> None:
    """Lets what was just woken go on, as far as it can without the network."""
    for _ in range(10):
        await asyncio.sleep(0)


async def _give_up(answer: asyncio.Future[Json]) -> None:
    if not answer.done():
        answer.set_exception(TimeoutError())


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "applink-1", "approximate_connection_time": 18060},
        "connection_info": {"app_id": "A0COPAIN"},
    }
