"""Carries parcels out on a homeserver, and listens there: the only I/O of this platform.

What it must know again after a restart is on the homeserver (rooms, members), in the store's folder
(device, keys) or in the notebook (the token of the last sync).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from nio import AsyncClient, AsyncClientConfig

from adapters.matrix import session
from adapters.matrix.batch import parsed
from adapters.matrix.crypto import Crypto
from adapters.matrix.doorway import Doorway
from adapters.matrix.hearing import Hearing
from adapters.matrix.inbound import PLATFORM
from adapters.matrix.rooms import Rooms
from adapters.matrix.sending import Sending
from adapters.matrix.sync import Sync
from adapters.matrix.votes import Votes
from adapters.matrix.wire import Refused, Wire
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.log import Log
from bot.messages import Capabilities, Parcel
from bot.ports import Doors, Hears, Notes

CAPABILITIES = Capabilities(polls=True, modals=False, invites=True, expels=True)
READY = 30.0
"""Seconds a parcel waits for the first sync before it is put back."""
RESTORED = "matrix.restored"
RENEWED = "matrix.renewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration says of this platform. `store` is the folder of the keys."""

    homeserver: str
    user_id: str
    store: Path
    device_name: str = "copain"
    encryption: bool = True
    command: str = "copain"
    proxy: str = ""
    token: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(slots=True, kw_only=True)
class MatrixAdapter:
    """The platform `matrix`. `read_file` gives the content of an attachment by its hash.

    `instant` turns the server's time of an event (ms) into the event's; nothing comes from later
    than now unless it says so.
    """

    settings: Settings
    clock: Clock
    log: Log
    notes: Notes
    doors: Doors
    read_file: Callable[[str], bytes]
    instant: Callable[[int], datetime] | None = None
    name: str = PLATFORM
    capabilities: Capabilities = CAPABILITIES
    _client: AsyncClient = field(init=False)
    _wire: Wire = field(init=False)
    _rooms: Rooms = field(init=False)
    _crypto: Crypto = field(init=False)
    _sync: Sync | None = field(default=None, init=False)
    _sending: Sending = field(init=False)
    _hearing: Hearing = field(init=False)
    _votes: Votes = field(init=False)
    _ready: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _following: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _lock: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        # It warns of each device without a session, by the names of people and devices.
        for part in ("nio.crypto", "nio.client"):
            logging.getLogger(part).setLevel(logging.CRITICAL)
        said = self.settings
        store = session.prepared(said.store)
        config = AsyncClientConfig(
            encryption_enabled=said.encryption,
            store_sync_tokens=False,
            # Waiting is for whoever asked: a request that sleeps holds others back.
            max_limit_exceeded=0,
            max_timeouts=0,
            request_timeout=60,
        )
        self._client = AsyncClient(
            said.homeserver.rstrip("/"),
            said.user_id,
            store_path=str(store),
            config=config,
            proxy=said.proxy or None,
        )
        self._wire = Wire(self._client, self.log)
        self._rooms = Rooms(self._client, self._wire, said.user_id, said.encryption)
        self._crypto = Crypto(self._client, self._wire, self.log)
        self._sending = Sending(
            client=self._client,
            wire=self._wire,
            rooms=self._rooms,
            crypto=self._crypto,
            log=self.log,
            read_file=self.read_file,
        )
        self._votes = Votes(
            wire=self._wire,
            crypto=self._crypto,
            notes=self.notes,
            clock=self.clock,
            log=self.log,
            parsed=parsed,
        )

    # --- What the core asks -------------------------------------------------------------------

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out, once per token. Raises RetryLater, Rejected, Unusable."""
        try:
            async with asyncio.timeout(READY):
                await self._ready.wait()
        except TimeoutError:
            raise RetryLater(1, whole=True, away=True) from None
        try:
            message = await self._sending.deliver(parcel)
        except Refused as refusal:
            raise Rejected(refusal.code) from None
        await self._votes.note(parcel, message)
        return message

    async def run(self, hear: Hears) -> None:
        """Reports events until it is cancelled. Raises Unusable when it cannot go on."""
        self._hearing = Hearing(
            rooms=self._rooms,
            notes=self.notes,
            doors=self.doors,
            clock=self.clock,
            log=self.log,
            hear=hear,
            command=self.settings.command,
            instant=self.instant,
        )
        await self._open()
        await self._hearing.track()
        doorway = Doorway(
            wire=self._wire,
            rooms=self._rooms,
            doors=self.doors,
            log=self.log,
            track=self._hearing.track,
        )
        self._sync = Sync(
            client=self._client,
            wire=self._wire,
            rooms=self._rooms,
            crypto=self._crypto,
            notes=self.notes,
            clock=self.clock,
            log=self.log,
            handle=self._hearing.handle,
            unreadable=self._hearing.unreadable,
            invited=doorway.invited,
            missed=partial(self._votes.missed, handle=self._hearing.handle),
            begun=self._begun,
        )
        self._following.set()
        beside = [asyncio.create_task(each.run()) for each in (self._sending.seeds, doorway)]
        try:
            await self._sync.run()
        finally:
            self._ready.clear()
            self._following.clear()
            for each in beside:
                each.cancel()

    async def caught_up(self) -> None:
        """Returns when what happened while the bot was away was heard [RE-3]."""
        await self._following.wait()
        assert self._sync is not None
        await self._sync.caught_up.wait()

    async def close(self) -> None:
        """Ends every connection and lets the store go."""
        await self._client.close()
        if self._lock is not None:
            session.unlock(self._lock)
            self._lock = None

    def health(self) -> dict[str, Any]:
        """How it stands, for whoever looks after the service: no name, no room."""
        last = self._sync.last if self._sync else None
        return {
            "ready": self._ready.is_set(),
            "last_sync": last.isoformat() if last else None,
            "rooms": len(self._client.rooms),
        }

    # --- How it begins ------------------------------------------------------------------------

    async def _open(self) -> None:
        if self._lock is None:
            self._lock = session.lock(self.settings.store)
        said = self.settings
        wait = 1.0
        while True:
            try:
                opened = await session.opened(
                    self._wire,
                    said.store,
                    said.user_id,
                    token=said.token,
                    password=said.password,
                    device_name=said.device_name,
                )
                break
            except RetryLater as later:
                self.log.warning("matrix-login-later", after=later.after)
                await asyncio.sleep(min(max(later.after, wait), 600))
                wait = min(wait * 2, 60)
        self._wire.opened = True
        self._client.device_id = opened.device_id
        self._client.user_id = opened.user_id
        self._client.access_token = opened.access_token
        if said.encryption and self._client.store is None:
            self._client.load_store()

    async def _begun(self) -> None:
        """The rooms are known: what changed in them while nobody looked is told first."""
        restored = await self.notes.read(RESTORED)
        if restored is not None and await self.notes.read(RENEWED) != restored:
            await self._crypto.renew()
            await self._crypto.tend()
            await self.notes.write(RENEWED, restored)
        self._ready.set()
        await self._hearing.begin()
