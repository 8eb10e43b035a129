"""Whose turn it is to be heard when more happens at once than can be heard in three seconds.

Slack shows a failure for a command that is not acknowledged by then, and sends it never again. A
few events are heard at a time, in the order they came. Those that wait too long are noted together
in one commit and acknowledged on that; they keep their turn, and after a crash they are heard from
the note, once: their claims know them again [RE-1, PE-2]. The note goes when all were heard.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from bot.chance import Chance, SecretChance
from bot.events import (
    Account,
    Deleted,
    Edited,
    Event,
    FormClosed,
    FormFilled,
    HomeOpened,
    Joined,
    Left,
    Picked,
    Place,
    Pressed,
    Reacted,
    Said,
    Unreacted,
)
from bot.log import Log
from bot.ports import Hears, Notes

KEPT = "slack.waiting"
AT_ONCE = 8
"""Events that are heard at once: the database takes one after another all the same."""
PATIENCE = 1.0
"""Seconds an event waits for its turn before it is noted: the commit needs time too."""
AGAIN, STUBBORN = 5.0, 24
"""Seconds before a noted event is heard again that could not be heard; and how often, where the
database works: two minutes.
"""
NOTED = {
    kind.__name__: kind
    for kind in (
        Said,
        Edited,
        Deleted,
        Pressed,
        Picked,
        Reacted,
        Unreacted,
        FormClosed,
        HomeOpened,
        Joined,
        Left,
    )
}
"""What may be acknowledged before it was heard. A form that is sent is answered with its faults."""


@dataclass(slots=True, eq=False)
class _Turn:
    event: Event
    ended: asyncio.Future[Any]
    noted: bool = False
    tries: int = 0


@dataclass(slots=True)
class Turns:
    """Hears events in turn, through `hear`."""

    hear: Hears
    notes: Notes
    log: Log
    patience: float = field(default_factory=lambda: PATIENCE)
    chance: Chance = field(default_factory=SecretChance)
    _waiting: deque[_Turn] = field(default_factory=deque, init=False)
    _noted: dict[str, _Turn] = field(default_factory=dict, init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _active: int = field(default=0, init=False)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)
    _resting: bool = field(default=True, init=False)
    _idle: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    async def begin(self) -> None:
        """Takes up what was acknowledged and not heard when the process died."""
        kept = await self.notes.read(KEPT) or ()
        for found in kept:
            try:
                event = unpacked(found)
            except (KeyError, TypeError, ValueError) as error:
                # Another version noted it: nobody else may be kept from being heard.
                self.log.warning("slack-waiting-unread", error=error)
                continue
            turn = _Turn(event, asyncio.get_running_loop().create_future(), noted=True)
            turn.ended.set_result(None)
            self._noted[turn.event.id] = turn
            self._waiting.append(turn)
        if len(self._noted) < len(kept):
            # It holds what people wrote.
            await self._write()

    def wake(self) -> None:
        """Hears what waits, from now on."""
        self._resting = False
        self._pump()

    async def __call__(self, event: Event) -> Any:
        """Its outcome; None when it was noted, and is heard later. Raises what hearing raised."""
        turn = _Turn(event, asyncio.get_running_loop().create_future())
        if isinstance(event, FormFilled):
            # Somebody looks at a window that waits for its answer.
            self._waiting.appendleft(turn)
        else:
            self._waiting.append(turn)
        self._pump()
        if not turn.ended.done() and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.patience, self._overdue)
        return await turn.ended

    async def rest(self) -> None:
        """Ends what is being heard, and begins nothing.

        What only waits is nobody's loss: it is noted, or not acknowledged.
        """
        self._resting = True
        for turn in self._waiting:
            turn.ended.cancel()
        self._waiting = deque(turn for turn in self._waiting if turn.noted)
        await self.quiet()

    async def quiet(self) -> None:
        """Returns when nothing is being heard."""
        while self._active:
            self._idle.clear()
            await self._idle.wait()

    def _pump(self) -> None:
        while self._waiting and self._active < AT_ONCE and not self._resting:
            self._active += 1
            self._start(self._heard(self._waiting.popleft()))

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _heard(self, turn: _Turn) -> None:
        try:
            outcome = await self.hear(turn.event)
        except Exception as error:  # noqa: BLE001 - whoever waits for it is told
            await self._failed(turn, error)
        else:
            if not turn.ended.done():
                turn.ended.set_result(outcome)
            if turn.noted:
                await self._forget(turn)
        finally:
            self._active -= 1
            self._idle.set()
            self._pump()

    async def _failed(self, turn: _Turn, error: Exception) -> None:
        if not turn.ended.done():
            turn.ended.set_exception(error)
            return
        if not turn.noted:
            return
        self.log.failure("slack-event-failed", error, chance=self.chance)
        turn.tries += 1
        if turn.tries >= STUBBORN and await self._dropped(turn):
            self.log.error("slack-event-given-up", event=type(turn.event).__name__)
            return
        # Nobody sends again what was acknowledged.
        asyncio.get_running_loop().call_later(AGAIN, self._again, turn)

    async def _dropped(self, turn: _Turn) -> bool:
        """Whether it is noted no more: then it is not the database that fails."""
        self._noted.pop(turn.event.id, None)
        try:
            await self._write()
        except Exception:  # noqa: BLE001 - whatever it was, it is still away
            self._noted[turn.event.id] = turn
            return False
        return True

    def _again(self, turn: _Turn) -> None:
        self._waiting.append(turn)
        self._pump()

    def _overdue(self) -> None:
        self._timer = None
        if any(_may_wait(turn) for turn in self._waiting):
            self._start(self._note())

    async def _note(self) -> None:
        """Notes all that wait, and acknowledges them."""
        due = [turn for turn in self._waiting if _may_wait(turn)]
        self._noted |= {turn.event.id: turn for turn in due}
        try:
            await self._write()
        except Exception as error:  # noqa: BLE001 - each fares as hearing it will
            self.log.warning("slack-unnoted", error=error)
            for turn in due:
                self._noted.pop(turn.event.id, None)
            return
        self.log.warning("slack-acknowledged-early", events=len(due))
        for turn in due:
            if turn.ended.done():
                self._noted.pop(turn.event.id, None)
            else:
                turn.noted = True
                turn.ended.set_result(None)
        await self._tidy()

    async def _forget(self, turn: _Turn) -> None:
        self._noted.pop(turn.event.id, None)
        await self._tidy()

    async def _tidy(self) -> None:
        """Takes the note away, once for all: until then a crash has some heard again, in vain."""
        if self._noted:
            return
        try:
            await self._write()
        except Exception as error:  # noqa: BLE001 - what was claimed is not known for ever
            self.log.warning("slack-unnoted", error=error)
            loop = asyncio.get_running_loop()
            loop.call_later(AGAIN, lambda: self._start(self._tidy()))

    async def _write(self) -> None:
        # One after another: an older note may not come to stand over a newer one.
        async with self._one:
            await self.notes.write(KEPT, [packed(each.event) for each in self._noted.values()])


def _may_wait(turn: _Turn) -> bool:
    return type(turn.event).__name__ in NOTED and not turn.noted


def packed(event: Event) -> dict[str, Any]:
    """The event as JSON."""
    given = {each.name: _plain(getattr(event, each.name)) for each in fields(event)}
    return {"kind": type(event).__name__, **given}


def unpacked(found: Mapping[str, Any]) -> Event:
    """The event of that JSON."""
    given = {name: _whole(value) for name, value in found.items() if name != "kind"}
    event: Event = NOTED[found["kind"]](**given)
    return event


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"at": value.isoformat()}
        case Place():
            return {"place": value.key}
        case Account():
            return {"account": [value.platform, value.tenant, value.id]}
        case _:
            return value


def _whole(value: Any) -> Any:
    match value:
        case {"at": str(at)}:
            return datetime.fromisoformat(at)
        case {"place": str(key)}:
            return Place.of(key)
        case {"account": [platform, tenant, number]}:
            return Account(platform, tenant, number)
        case _:
            return value
