"""Carries parcels out in a workspace, and listens there: the only I/O of this platform.

What it must know again after a restart is in Slack itself or in the notebook: when it was last
there, and the channels of private conversations.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.catching_up import catching_up
from adapters.slack.dms import Dms
from adapters.slack.homes import Pages
from adapters.slack.listening import Listening
from adapters.slack.looking import Looking, Sent
from adapters.slack.names import Names
from adapters.slack.places import PLATFORM, Ours
from adapters.slack.presence import Presence
from adapters.slack.sending import Sending
from adapters.slack.tiers import Tiers
from adapters.slack.turns import Turns
from adapters.slack.wire import Refused, Wire
from bot.clock import Clock
from bot.errors import Rejected, RetryLater, Unusable
from bot.events import Account
from bot.log import Log
from bot.messages import Capabilities, Parcel
from bot.ports import Doors, Following, Hears, Homes, Notes

CAPABILITIES = Capabilities(
    modals=True, whispers=True, recalls=False, dates=True, accounts=True, expels=True
)
READY = 30.0
"""Seconds a parcel waits until the token is known to be good, before it is put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration says of this platform. `api_url` ends with `/api/`."""

    api_url: str = "https://slack.com/api/"
    command: str = "copain"
    proxy: str = ""
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)


@dataclass(slots=True, kw_only=True)
class SlackAdapter:
    """The platform `slack`. `read_file` gives the content of an attachment by its hash."""

    settings: Settings
    clock: Clock
    log: Log
    notes: Notes
    doors: Doors
    following: Following
    read_file: Callable[[str], bytes]
    tiers: Tiers | None = None
    name: str = PLATFORM
    capabilities: Capabilities = CAPABILITIES
    _wire: Wire = field(init=False)
    _names: Names = field(init=False)
    _dms: Dms = field(init=False)
    _looking: Looking = field(init=False)
    _sending: Sending = field(init=False)
    _pages: Pages = field(init=False)
    _listening: Listening | None = field(default=None, init=False)
    _presence: Presence | None = field(default=None, init=False)
    _ready: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _following: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def __post_init__(self) -> None:
        said, clock = self.settings, self.clock
        self._wire = Wire(
            said.api_url, said.bot_token, self.tiers or Tiers(clock), proxy=said.proxy
        )
        self._names = Names(self._wire, clock)
        self._dms = Dms(self._wire, self.notes)
        self._looking = Looking(self._wire, clock, Sent())
        self._sending = Sending(
            wire=self._wire,
            looking=self._looking,
            dms=self._dms,
            clock=clock,
            read_file=self.read_file,
        )
        self._pages = Pages(wire=self._wire, names=self._names, clock=clock, log=self.log)

    # --- What the core asks -------------------------------------------------------------------

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out, once per token. Raises RetryLater, Rejected, Unusable."""
        try:
            async with asyncio.timeout(READY):
                await self._ready.wait()
        except TimeoutError:
            raise RetryLater(1, whole=True, away=True) from None
        try:
            return await self._sending.deliver(parcel)
        except Refused as refusal:
            raise Rejected(refusal.code) from None

    async def run(self, hear: Hears) -> None:
        """Reports events until it is cancelled. Raises Unusable when it cannot go on."""
        ours = await self._opened()
        history = catching_up(
            self._wire.call,
            self.notes,
            conversation=self._dms.channel,
            names=self._names,
            doors=self.doors,
            following=self.following,
            hear=hear,
            ours=ours,
            clock=self.clock,
            log=self.log,
        )
        presence = self._presence = Presence(self.notes, self.clock, history.read)
        await presence.begin()
        await history.begin()
        turns = Turns(history.heard, self.notes, self.log)
        await turns.begin()
        listening = self._listening = Listening(
            wire=self._wire,
            app_token=self.settings.app_token,
            ours=ours,
            names=self._names,
            pages=self._pages,
            clock=self.clock,
            log=self.log,
            turns=turns,
            alive=presence.alive,
        )
        self._following.set()
        pages = asyncio.create_task(self._pages.run())
        try:
            await listening.run()
        finally:
            self._following.clear()
            presence.stop()
            history.close()
            pages.cancel()

    async def caught_up(self) -> None:
        """Returns when what happened while the bot was away was heard [RE-3]."""
        await self._following.wait()
        assert self._presence is not None
        await self._presence.caught_up.wait()

    async def close(self) -> None:
        """Ends every connection."""
        self._names.close()
        await self._wire.close()

    def health(self) -> dict[str, Any]:
        """How it stands, for whoever looks after the service: no name, no channel."""
        heard = self._listening.heard if self._listening else None
        return {"ready": heard is not None, "last_sync": heard.isoformat() if heard else None}

    def furnish(self, homes: Homes) -> None:
        """Says who knows what stands on people's own pages [CO-7]."""
        self._pages.homes = homes

    async def changed(self, by: Account | None) -> None:
        """Something was done: pages that are looked at may be out of date."""
        self._pages.changed(by)

    # --- How it begins ------------------------------------------------------------------------

    async def _opened(self) -> Ours:
        """Who we are there. Raises Unusable when the token is worth nothing, or lacks a scope."""
        wait = 1.0
        while True:
            try:
                ours = await self._who()
                break
            except RetryLater as later:
                self.log.warning("slack-login-later", after=later.after)
                await asyncio.sleep(min(max(later.after, wait), 600))
                wait = min(wait * 2, 60)
            except Refused as refusal:
                raise Unusable("slack-fault-refused", {"code": refusal.code}) from None
        self._looking.me = ours.bot_user
        self._names.learn(ours.bot_user, "")
        self._ready.set()
        return ours

    async def _who(self) -> Ours:
        me = await self._wire.call("auth.test")
        bot_id = str(me.get("bot_id", ""))
        bot = await self._wire.call("bots.info", bot=bot_id)
        return Ours(
            bot_user=str(me["user_id"]),
            bot_id=bot_id,
            app_id=str((bot.get("bot") or {}).get("app_id", "")),
            team=str(me.get("team_id", "")),
            command=self.settings.command,
        )
