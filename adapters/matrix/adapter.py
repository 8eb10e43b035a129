"""Carries parcels out on a homeserver, and listens there: the only I/O of this platform.

What it must know again after a restart is on the homeserver (rooms, members), in the store's folder
(device, keys) or in the notebook (the token of the last sync).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nio import AsyncClient, AsyncClientConfig, Event

from adapters.matrix import session
from adapters.matrix.crypto import Crypto
from adapters.matrix.doorway import Doorway
from adapters.matrix.inbound import PLATFORM, Where, account, event_of, room
from adapters.matrix.rooms import Rooms
from adapters.matrix.sending import Sending
from adapters.matrix.sync import Sync
from adapters.matrix.wire import Refused, Wire
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.events import Chosen, Left, Reacted, Said, SpaceChanged, Unreacted, Unreadable
from bot.events import Event as Happening
from bot.log import Log
from bot.messages import Capabilities, Parcel
from bot.ports import Doors, Hears, Notes

CAPABILITIES = Capabilities(polls=True, modals=False, invites=True, expels=True)
READY = 30.0
"""Seconds a parcel waits for the first sync before it is put back."""
RESTORED = "matrix.restored"
RENEWED = "matrix.renewed"
REACTION = "matrix.reaction."
"""Notes of what reactions and votes were: [message, sign, day, digest of who]; see `notebook`."""
NOTED = 4
VOTE = ""


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
    _hear: Hears | None = field(default=None, init=False)
    _ready: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _following: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _lock: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        # It warns of each device without a session, by the names of people and devices.
        logging.getLogger("nio").setLevel(logging.CRITICAL)
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
        self._wire = Wire(self._client)
        self._rooms = Rooms(self._client, self._wire, said.user_id, said.encryption)
        self._crypto = Crypto(self._client, self.log)
        self._sending = Sending(
            client=self._client,
            wire=self._wire,
            rooms=self._rooms,
            crypto=self._crypto,
            log=self.log,
            read_file=self.read_file,
        )

    # --- What the core asks -------------------------------------------------------------------

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out, once per token. Raises RetryLater, Rejected, Unusable."""
        try:
            async with asyncio.timeout(READY):
                await self._ready.wait()
        except TimeoutError:
            raise RetryLater(1, whole=True) from None
        try:
            return await self._sending.deliver(parcel)
        except Refused as refusal:
            raise Rejected(refusal.code) from None

    async def run(self, hear: Hears) -> None:
        """Reports events until it is cancelled. Raises Unusable when it cannot go on."""
        self._hear = hear
        await self._open()
        doorway = Doorway(self._wire, self._rooms, self.doors, self.log)
        self._sync = Sync(
            client=self._client,
            wire=self._wire,
            rooms=self._rooms,
            crypto=self._crypto,
            notes=self.notes,
            clock=self.clock,
            log=self.log,
            handle=self._handle,
            unreadable=self._unreadable,
            invited=doorway.invited,
            begun=self._begun,
        )
        self._following.set()
        seeds = asyncio.create_task(self._sending.seeds.run())
        try:
            await self._sync.run()
        finally:
            self._ready.clear()
            self._following.clear()
            seeds.cancel()

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
        self._client.device_id = opened.device_id
        self._client.user_id = opened.user_id
        self._client.access_token = opened.access_token
        if said.encryption and self._client.store is None:
            self._client.load_store()
        await self._track()

    async def _track(self) -> None:
        spaces = await self.doors.spaces(self.name)
        self._rooms.tracked = {place.id for place in spaces}

    async def _begun(self) -> None:
        """The rooms are known: what changed in them while nobody looked is told first."""
        restored = await self.notes.read(RESTORED)
        if restored is not None and await self.notes.read(RENEWED) != restored:
            await self._crypto.renew()
            await self._crypto.tend()
            await self.notes.write(RENEWED, restored)
        self._ready.set()
        for room_id in sorted(self._rooms.tracked):
            await self._tell_room(room_id, self._state_id(room_id))

    def _state_id(self, room_id: str) -> str:
        """What stands for the room's openness as it is: the events that made it so."""
        kinds = ("m.room.join_rules", "m.room.history_visibility")
        facts = "|".join(self._rooms.facts.get((room_id, kind), "") for kind in kinds)
        return hashlib.sha256(f"{room_id}|{facts}".encode()).hexdigest()[:32]

    async def _tell_room(self, room_id: str, mark: str) -> None:
        if self._rooms.get(room_id) is None:
            return
        title = self._rooms.title(room_id)
        if title:
            renamed = hashlib.sha256(f"{room_id}|{title}".encode()).hexdigest()[:32]
            await self._tell(
                SpaceChanged(
                    id=f"title:{renamed}",
                    at=self.clock.now(),
                    place=room(room_id),
                    change="renamed",
                    title=title,
                )
            )
        change = "public" if self._rooms.open_to_all(room_id) else "private"
        await self._tell(
            SpaceChanged(
                id=f"openness:{mark}", at=self.clock.now(), place=room(room_id), change=change
            )
        )

    # --- What happens -------------------------------------------------------------------------

    async def _handle(self, room_id: str, raw: dict[str, Any]) -> None:
        event = await self._happening(room_id, raw)
        if event is None:
            return
        if isinstance(event, Said) and event.place.dm:
            await self._using(event.place.id, room_id)
        await self._tell(event)
        if isinstance(event, Said) and event.addressed and not event.place.dm:
            # It may have made this room a space, or freed it.
            await self._track()
            if room_id in self._rooms.tracked and self._rooms.open_to_all(room_id):
                await self._tell_room(room_id, event.id)

    async def _happening(self, room_id: str, raw: dict[str, Any]) -> Happening | None:
        noted = await self._noted(raw)
        try:
            event = event_of(raw, self._where(room_id, noted))
            if isinstance(event, Reacted | Chosen):
                await self._note(raw, event)
        except RetryLater:
            raise
        except Exception as error:  # noqa: BLE001 - what strangers write must not stop the loop
            self.log.warning("matrix-event-malformed", error=type(error).__name__)
            return None
        match event:
            case Said():
                return replace(event, title=self._rooms.title(room_id))
            case Left():
                beside = [each for each in self._rooms.beside(event.by.id) if each != room_id]
                return replace(event, everywhere=not beside)
            case Unreacted() if noted is not None:
                return _taken_back(event, noted)
        return event

    async def _note(self, raw: Mapping[str, Any], event: Reacted | Chosen) -> None:
        """Notes what a reaction or a vote was: it is taken back by its own id alone.

        Who it was stands in it only as a digest, to tell them from a moderator.
        """
        sign = event.key if isinstance(event, Reacted) else VOTE
        day = self.clock.now().date().isoformat()
        who = _digest(event.id, event.by.id)
        await self.notes.write(REACTION + event.id, [event.message, sign, day, who])

    async def _noted(self, raw: Mapping[str, Any]) -> list[Any] | None:
        if raw.get("type") != "m.room.redaction":
            return None
        content = raw.get("content")
        inside = content.get("redacts") if isinstance(content, Mapping) else None
        target = raw.get("redacts") or inside
        found = await self.notes.read(REACTION + target) if isinstance(target, str) else None
        return [target, *found] if isinstance(found, list) and len(found) == NOTED else None

    def _where(self, room_id: str, noted: list[Any] | None) -> Where:
        return Where(
            room=room_id,
            me=self.settings.user_id,
            command=self.settings.command,
            instant=self.instant or self._at,
            dm_of=self._rooms.owner(room_id),
            my_names=self._rooms.my_names(room_id),
            name_of=lambda user_id: self._rooms.name_of(room_id, user_id),
            reaction=lambda _event: (noted[1], noted[2]) if noted else None,
            join_rule=self._rooms.join_rule(room_id),
            history=self._rooms.history.get(room_id, "shared"),
        )

    def _at(self, stamp: int) -> datetime:
        """The server's time of an event, and never later than now."""
        now = self.clock.now()
        try:
            return min(datetime.fromtimestamp(stamp / 1000, UTC), now)
        except (OverflowError, ValueError, OSError):
            return now

    async def _using(self, user_id: str, room_id: str) -> None:
        try:
            await self._rooms.used(user_id, room_id)
        except (RetryLater, Refused) as error:
            self.log.warning("matrix-direct-unnoted", error=type(error).__name__)

    async def _unreadable(self, room_id: str, event: Event) -> None:
        owner = self._rooms.owner(room_id)
        place = account(owner).dm if owner else room(room_id)
        await self._tell(
            Unreadable(
                id=f"unreadable:{room_id}",
                at=self.clock.now(),
                place=place,
                by=account(event.sender),
                name=self._rooms.name_of(room_id, event.sender),
            )
        )

    async def _tell(self, event: Happening) -> None:
        """Tells the core, until it is committed or has failed for good."""
        assert self._hear is not None
        wait = 0.5
        while True:
            try:
                await self._hear(event)
                return
            except Exception as error:  # noqa: BLE001 - only the database itself fails so
                self.log.warning("matrix-event-later", error=type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30)


def _taken_back(event: Unreacted, noted: Sequence[Any]) -> Happening | None:
    """What a redaction took back, when it was of the person's own; a moderator votes for nobody."""
    target, message, sign, _day, who = noted
    if _digest(str(target), event.by.id) != who:
        return None
    if sign != VOTE:
        return event
    return Chosen(
        id=event.id,
        at=event.at,
        place=event.place,
        by=event.by,
        message=str(message),
        option=None,
        name=event.name,
    )


def _digest(event_id: str, user_id: str) -> str:
    return hashlib.sha256(f"{event_id} {user_id}".encode("utf-8", "replace")).hexdigest()[:32]
