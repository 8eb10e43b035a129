"""What `copain run` joins: the house on a real clock, every platform that is on, the health page.

It runs until it is told to stop or until no platform is left. Stopping takes 10 seconds at most:
nothing new is heard, what is under way ends, then the doors close.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.app.house import House, open_house
from bot.app.platforms import PLATFORMS, Fleet, Ground, Platform, Tell, prefixes
from bot.app.watched import Watched
from bot.config import Config
from bot.dispatch import Done, Outcome
from bot.errors import Unusable
from bot.events import Account, Event
from bot.health import Health, Look, PlatformHealth, Uncounted
from bot.home import Pages
from bot.texts import Texts, Voice
from bot.values import Span
from scheduler.engine import Engine, cranks
from storage.health import load

if TYPE_CHECKING:
    from adapters.web import Counted

CATCHING_UP = 30.0
"""Seconds that what is due waits for what people did while the bot was away [RE-3]."""
INTAKE, UNDER_WAY, CLOSING = 1.0, 6.5, 1.5
"""Seconds each part of stopping may take, of the 10 it has in all."""
LOOKING = 5.0
"""Seconds after which a database counts as unreachable."""


async def serve(
    ground: Ground,
    stop: asyncio.Event,
    *,
    tell: Tell,
    table: Mapping[str, Platform] = PLATFORMS,
) -> int:
    """Runs every platform of the configuration until `stop`, then 0; 1 when none is left.

    Raises Busy when another process has the database.
    """
    found = ground.config
    counted = _counted(found)
    fleet = Fleet(ground=ground, tell=tell, measures=counted or Uncounted(), table=table)
    async with open_house(
        url=found.database,
        folder=ground.folder,
        clock=ground.clock,
        chance=ground.chance,
        log=ground.log,
        adapters=fleet.build,
        communities=found.communities,
        language=found.bot.language,
        prefix=f"/{found.bot.command}",
        prefixes=prefixes(table, found.bot.command),
        per_person=f"{found.limits.per_person.per_minute}/min",
        seal=found.secrets.seal_key() or b"",
    ) as house:
        service = Service(house=house, fleet=fleet)
        async with _page(ground, counted, service.look, tell=tell):
            return await service.run(stop) if fleet.watched else 1


@dataclass(slots=True, kw_only=True)
class Service:
    """A house whose platforms run."""

    house: House
    fleet: Fleet
    _paged: list[Watched] = field(default_factory=list, init=False)
    """The platforms where each person has a page."""
    _refreshing: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _ended: set[str] = field(default_factory=set, init=False)
    _deserted: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    async def run(self, stop: asyncio.Event) -> int:
        """Runs until `stop`, and returns 0; 1 when no platform is left."""
        house = self.house
        house.listen(self.hear)
        pages = Pages(house.dispatch.looking, house.clock, house.log)
        self._paged = [each for each in self.fleet.watched.values() if each.furnish(pages)]
        listening = [asyncio.create_task(self._listen(name)) for name in self.fleet.watched]
        inside = [asyncio.create_task(house.delivery.run()), asyncio.create_task(self._turn())]
        ends = [_told(stop), _told(self._deserted)]
        communities = [one.slug for one in self.fleet.ground.config.communities]
        # All that stands now stays: later looks for rubbish need not go through it [PE-7].
        gc.freeze()
        gc.enable()
        house.log.info("ready", platforms=sorted(self.fleet.watched), communities=communities)
        warming = asyncio.create_task(asyncio.to_thread(warm, house.texts, self._voices()))
        try:
            await asyncio.wait([*ends, *inside], return_when=asyncio.FIRST_COMPLETED)
            for task in inside:
                if task.done():
                    # Neither ends by itself: better started again than half alive.
                    task.result()
        finally:
            for each in (*ends, warming):
                each.cancel()
            await self._stop(listening, inside)
        house.log.info("stopped")
        return 0 if stop.is_set() else 1

    async def hear(self, event: Event) -> Outcome:
        """Takes an event to its outcome, and counts it."""
        clock = self.house.clock
        outcome, began = "failed", clock.monotonic()
        try:
            found = await self.house.dispatch(event)
            outcome = type(found).__name__.lower()
        finally:
            kind = type(event).__name__.lower()
            self.fleet.measures.heard(kind, outcome, clock.monotonic() - began)
        if self._paged and isinstance(found, Done):
            self._refresh(getattr(event, "by", None))
        return found

    async def look(self) -> Health:
        """How it is now (`bot.health.Look`)."""
        now, fleet = self.house.clock.now(), self.fleet
        try:
            async with asyncio.timeout(LOOKING), self.house.database.reading() as tx:
                found = await load(tx.session, now, tuple(fleet.watched))
        except Exception as error:  # noqa: BLE001 - that it does not answer is what is told
            self.house.log.warning("health-unread", error=error)
            found = None
        off = {name: PlatformHealth(state="stopped") for name in fleet.missing}
        on = {name: each.health() for name, each in fleet.watched.items()}
        return Health(at=now, load=found, platforms={**off, **on})

    def _refresh(self, by: Account | None) -> None:
        """Tells the platforms with pages that something was done, and waits for none of them."""
        for each in self._paged:
            task = asyncio.create_task(each.changed(by))
            self._refreshing.add(task)
            task.add_done_callback(self._refreshing.discard)

    async def _listen(self, name: str) -> None:
        """Hears one platform until it cannot go on: what waits for it stays, the others run."""
        try:
            await self.fleet.watched[name].run(self.hear)
        except Unusable as fault:
            # Where standard error is closed nobody reads it, and the others run on all the same.
            with suppress(OSError, ValueError):
                self.fleet.explain(name, fault)
        finally:
            self._ended.add(name)
            if self._ended >= self.fleet.watched.keys():
                self._deserted.set()

    async def _turn(self) -> None:
        """Turns the engine until it is cancelled: first people are heard, then time [RE-3]."""
        house = self.house
        turned = cranks(house.ring, house.delivery, house.database, house.clock)
        engine = Engine(turned, house.log, house.clock, self.fleet.ground.chance)
        caught_up = [each.caught_up() for each in self.fleet.watched.values()]
        await _within(CATCHING_UP, *caught_up)
        engine.start()
        house.log.info("caught-up")
        try:
            await asyncio.Event().wait()
        finally:
            await engine.stop()

    async def _stop(
        self, listening: list[asyncio.Task[None]], inside: list[asyncio.Task[None]]
    ) -> None:
        for task in (*listening, *self._refreshing):
            task.cancel()
        await asyncio.wait(listening, timeout=INTAKE)
        await self.house.delivery.stop()
        inside[1].cancel()
        await asyncio.wait(inside, timeout=UNDER_WAY)
        for task in inside:
            task.cancel()
        await _within(CLOSING, *(each.close() for each in self.fleet.watched.values()))

    def _voices(self) -> list[Voice]:
        today = self.house.clock.now().date()
        return [
            Voice(language, zone=ZoneInfo(each.timezone), today=today)
            for each in self.fleet.ground.config.communities
            for language in self.house.texts.languages()
        ]


def warm(texts: Texts, voices: list[Voice]) -> None:
    """Reads the catalogue, so that the first person to be answered waits no longer than others.

    For a thread: it takes half a second and touches nothing but the catalogue's own memory.
    """
    for voice in voices:
        texts.render("dispatch-slow-down", {"delay": Span(60)}, voice)


def _told(event: asyncio.Event) -> asyncio.Task[bool]:
    return asyncio.create_task(event.wait())


def _counted(found: Config) -> Counted | None:
    if found.web is None:
        return None
    from adapters.web import counted

    return counted()


@asynccontextmanager
async def _page(
    ground: Ground, counted: Counted | None, look: Look, *, tell: Tell
) -> AsyncIterator[None]:
    """Meanwhile the health page answers; a port that is taken is told, and all else runs."""
    settings = ground.config.web
    if settings is None or counted is None:
        yield
        return
    from adapters.web import Web

    web = Web(settings.host, settings.port, look=look, counted=counted)
    try:
        await web.start()
        ground.log.info("web-listens", host=web.host, port=web.port)
    except OSError as error:
        ground.log.warning("web-closed", error=error)
        tell("run-no-page", {"address": f"{settings.host}:{settings.port}"})
    try:
        yield
    finally:
        await web.close()


async def _within(seconds: float, *work: Coroutine[Any, Any, None]) -> None:
    """Does all of it at once and cuts off what takes longer; a fault in one is its own."""
    if not work:
        return
    tasks = [asyncio.create_task(each) for each in work]
    await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
