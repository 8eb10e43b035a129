"""The socket on which Slack tells what happens: Bolt, with nothing between it and the core.

Each listener turns its payload into an event, has it heard, which commits it, and acknowledges it
only then; what fails is not acknowledged, and Slack sends events again [RE-1]. No listener waits
for the network, but for the name of somebody seen for the first time, and not for long. What is
not for us is acknowledged too: Slack would show a failure, or switch the events off.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import inbound, modals
from adapters.slack.homes import Pages
from adapters.slack.names import Names, called
from adapters.slack.outbound import meant
from adapters.slack.places import Ours
from adapters.slack.raw import items, mapping, string
from adapters.slack.tiers import Tiers
from adapters.slack.turns import Turns
from adapters.slack.wire import CONNECTING, UNASKED, Refused, Wire, silence
from bot.chance import Chance, SecretChance
from bot.clock import Clock
from bot.dispatch import Mend
from bot.errors import RetryLater, Unusable
from bot.events import Event, HomeOpened
from bot.log import Log

PING = 3.0
"""Seconds between two pings: a link that is cut in silence is noticed after four of them."""
BEAT = 1.0
"""Seconds between two looks at the link."""
RENEWED = 30.0
"""Seconds without a link after which everything about it is made anew: the SDK would try the same
address for ever, and Slack's addresses are good for one connection, soon after they were given.
"""
ADDRESSES = 20
"""Addresses a minute, at most: the SDK would ask as fast as Slack sends a link away."""
LAST_WORDS, GOODBYE = 0.8, 0.5
"""Seconds that what was received is given to end before the link is closed, and the other side to
answer that.
"""
ON_ITS_WAY = 0.05
"""Seconds an acknowledgement may need to leave once its event was heard."""
EVERY = re.compile(".*", re.DOTALL)

Body = dict[str, Any]
Connect = Callable[[bool], Coroutine[Any, Any, Any]]


@dataclass(slots=True)
class _Addresses:
    """What the SDK's socket asks for an address: as much of a client as it uses.

    Its own client would sleep on a refusal, and never tell that the token is worth nothing.
    """

    wire: Wire
    pace: Tiers
    stop: Callable[[Unusable], None]
    ssl: Any = None

    async def apps_connections_open(self, *, app_token: str) -> Mapping[str, Any]:
        """An address for one connection. Raises RetryLater, Unusable."""
        if (wait := self.pace.wait("apps.connections.open")) > 0:
            raise RetryLater(wait)
        try:
            return await self.wire.call("apps.connections.open", app_token=app_token)
        except Refused as refusal:
            fault = Unusable("slack-fault-socket", {"code": refusal.code})
        except Unusable:
            fault = Unusable("slack-fault-app-token")
        self.stop(fault)
        raise fault


@dataclass(slots=True, kw_only=True)
class Listening:
    """Listens for one run. `alive` is told at each look whether the link stands."""

    wire: Wire
    app_token: str = field(repr=False)
    ours: Ours
    names: Names
    pages: Pages
    clock: Clock
    log: Log
    turns: Turns
    alive: Callable[[bool], Awaitable[None]]
    chance: Chance = field(default_factory=SecretChance)
    heard: datetime | None = None
    """When the link was last seen to stand."""
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _fault: asyncio.Future[None] = field(init=False, repr=False)
    _closing: bool = field(default=False, init=False)

    async def run(self) -> None:
        """Listens until it is cancelled. Raises Unusable when it cannot go on."""
        self._fault = asyncio.get_running_loop().create_future()
        app, pace = self._app(), Tiers(self.clock, {"apps.connections.open": ADDRESSES})
        while True:
            addresses = _Addresses(self.wire, pace, self._stop)
            handler = AsyncSocketModeHandler(
                app,
                self.app_token,
                logger=silence(),
                web_client=cast("AsyncWebClient", addresses),
                ping_interval=PING,
            )
            # The SDK would take a proxy from the environment; only the configured one is used.
            handler.client.proxy = self.wire.client.proxy
            client = cast("Any", handler.client)
            client.connect_to_new_endpoint = self._leaving(client.connect_to_new_endpoint)
            try:
                if await self._open(handler):
                    await self._watch(handler)
            finally:
                await self._close(handler)

    async def _open(self, handler: AsyncSocketModeHandler) -> bool:
        """Whether the link stands; where it does not, some time has passed."""
        try:
            async with asyncio.timeout(CONNECTING):
                # The SDK would try for ever with a token that is worth nothing.
                handler.client.wss_uri = await handler.client.issue_new_wss_url()
                await handler.client.connect()  # type: ignore[no-untyped-call] # the SDK's
        except TimeoutError:
            wait = UNASKED
        except RetryLater as later:
            wait = later.after
        else:
            self.turns.wake()
            return True
        self.log.warning("slack-connect-later", after=wait)
        await self._pause(wait)
        return False

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Looks at the link until it has been gone for too long. Raises what ended it for good."""
        loop = asyncio.get_running_loop()
        stood = loop.time()
        while loop.time() - stood < RENEWED:
            standing = await handler.client.is_connected()
            if standing:
                stood, self.heard = loop.time(), self.clock.now()
                self.connected.set()
            await self.alive(standing)
            await self._pause(BEAT)
        self.log.warning("slack-link-renewed")

    async def _pause(self, seconds: float) -> None:
        """Waits, but not for what will not come any more."""
        await asyncio.wait([self._fault], timeout=seconds)
        if self._fault.done():
            self._fault.result()

    def _leaving(self, connect: Connect) -> Connect:
        """As `connect`, but what came over the link that Slack ends is acknowledged there first."""

        async def connect_anew(force: bool = False) -> None:
            if force:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LAST_WORDS):
                        await self.turns.quiet()
                await asyncio.sleep(ON_ITS_WAY)
            await connect(force)

        return connect_anew

    async def _close(self, handler: AsyncSocketModeHandler) -> None:
        """Lets what was received end, so that it is acknowledged, and takes nothing new."""
        self._closing = True
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await self.turns.rest()
        try:
            async with asyncio.timeout(GOODBYE):
                await handler.client.close()  # type: ignore[no-untyped-call] # the SDK's
        except TimeoutError:
            # Silent: its connection is cut, and the SDK finds nothing more to wait for.
            await handler.client.aiohttp_client_session.close()
            await handler.client.close()  # type: ignore[no-untyped-call] # the SDK's
        self._closing = False

    def _stop(self, fault: Unusable) -> None:
        if not self._fault.done():
            self._fault.set_exception(fault)
            # Whoever opened the link was told already: nobody may come back for it.
            self._fault.exception()

    # --- What Slack tells ----------------------------------------------------------------------

    def _app(self) -> AsyncApp:
        us = AuthorizeResult(
            enterprise_id=None,
            team_id=self.ours.team,
            bot_user_id=self.ours.bot_user,
            bot_id=self.ours.bot_id,
            bot_token=self.wire.token,
        )

        async def authorize() -> AuthorizeResult:
            """Us, whatever workspace the person is of (bolt-python#767)."""
            return us

        app = AsyncApp(
            # Bolt would look for the name of the file that is running.
            name="copain",
            logger=silence(),
            client=self.wire.client,
            authorize=authorize,
            process_before_response=True,
            ignoring_self_events_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.event(EVERY)(self._happened)
        app.command(EVERY)(self._commanded)
        app.action(EVERY)(self._pressed)
        app.view_submission(EVERY)(self._filled)
        app.view_closed(EVERY)(self._closed)
        app.shortcut(EVERY)(self._picked)
        app.options(EVERY)(self._nothing)
        app.error(self._failed)
        return app

    async def _happened(self, ack: AsyncAck, body: Body) -> None:
        if inbound.ending(body):
            self._stop(Unusable("slack-fault-removed"))
            await ack()
            return
        event = mapping(body.get("event"))
        user = mapping(event.get("user"))
        if name := called(user):
            self.names.learn(string(user.get("id")), name)
        await self.names.find(inbound.authors(body))
        found = inbound.happened(body, self.ours, name_of=self.names.known)
        await self._heard(ack, found)
        if isinstance(found, HomeOpened):
            self.pages.opened(found.by)

    async def _commanded(self, ack: AsyncAck, body: Body) -> None:
        await self._heard(ack, inbound.commanded(body, self.ours, **self._now()))

    async def _pressed(self, ack: AsyncAck, body: Body) -> None:
        found = inbound.pressed(body, self.ours, **self._now())
        action = next(iter(items(body.get("actions"))), None)
        belongs = meant(string(mapping(action).get("block_id")))
        if found is not None and belongs is not None:
            # A text too long for one message has its buttons under the last.
            found = replace(found, message=belongs)
        await self._heard(ack, found)

    async def _picked(self, ack: AsyncAck, body: Body) -> None:
        await self._heard(ack, inbound.picked(body, self.ours, **self._now()))

    async def _filled(self, ack: AsyncAck, body: Body) -> None:
        outcome = await self._heard(ack, inbound.filled(body, self.ours, **self._now()))
        if isinstance(outcome, Mend):
            errors = modals.errors(outcome.faults, mapping(body.get("view")))
            await ack(response_action="errors", errors=errors)

    async def _closed(self, ack: AsyncAck, body: Body) -> None:
        await self._heard(ack, inbound.closed(body, self.ours, **self._now()))

    async def _nothing(self, ack: AsyncAck) -> None:
        await ack()

    async def _failed(self, error: Exception) -> None:
        if not self._closing:
            self.log.failure("slack-event-failed", error, chance=self.chance)

    def _now(self) -> dict[str, Any]:
        return {"now": self.clock.now(), "name_of": self.names.known}

    async def _heard(self, ack: AsyncAck, event: Event | None) -> Any:
        """Has it heard and acknowledges it. Raises what kept it from being heard."""
        if self._closing:
            raise ConnectionError
        outcome = None if event is None else await self.turns(event)
        if not isinstance(outcome, Mend):
            await ack()
        return outcome
