"""Encryption: the chores that keep members' devices served, sealing, and opening.

nio does the chores within its own sync loop; ours must do them itself (platform facts §2). Devices
are not verified one by one: whoever is in the room may read, which is what a room says.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from nio import AsyncClient, Event, MegolmEvent
from nio.responses import ErrorResponse

from adapters.matrix.keys import Keys
from adapters.matrix.outbound import KEY
from adapters.matrix.raw import unsealed
from adapters.matrix.wire import Refused, Wire, path
from bot.errors import Rejected, RetryLater
from bot.log import Log


@dataclass(slots=True)
class Crypto:
    """What the account's one device can seal and open. Without encryption it opens nothing."""

    client: AsyncClient
    wire: Wire
    log: Log
    keys: Keys = field(init=False)
    _sharing: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock), init=False
    )

    def __post_init__(self) -> None:
        self.keys = Keys(self.client, self.wire, self.log)

    @property
    def on(self) -> bool:
        """Whether this device has keys at all."""
        return self.client.olm is not None

    async def tend(self) -> None:
        """After each sync: uploads our keys, asks for those of others, heals broken sessions.

        What fails is asked again after the next sync, and keeps nothing else from being done.
        """
        if not self.on:
            return
        for chore in (self.keys.upload, self.keys.query, self._mend, self._post):
            try:
                await chore()
            except Exception as error:  # noqa: BLE001 - the network; the next sync does it again
                self.log.warning("matrix-keys", code=type(error).__name__)

    async def renew(self) -> None:
        """Begins a new session with every known device, as after a restore.

        The old ones stand where the backup was taken: their next key may have been used already,
        and nobody opens the same key twice. Our one-time keys go too. Raises RetryLater, Refused.
        """
        if not self.on:
            return
        devices: dict[str, list[str]] = defaultdict(list)
        for device in self.client.device_store:
            if device.device_id != self.client.device_id and not device.deleted:
                devices[device.user_id].append(device.device_id)
        if devices:
            await self.keys.claim(devices)
        await self.keys.replace()

    async def seal(
        self, room_id: str, kind: str, content: Mapping[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        """The event as it travels in this encrypted room.

        Raises Rejected when encryption is off, RetryLater when the keys could not be shared.
        """
        if not self.on:
            raise Rejected("encryption_off")
        # We never load members lazily; asking for them would forget those who are invited.
        self.client.rooms[room_id].members_synced = True
        async with self._sharing[room_id]:
            if self.client.olm.should_share_group_session(room_id):
                await self._share(room_id)
            sealed_kind, sealed = self.client.encrypt(room_id, kind, dict(content))
        # In clear beside what is sealed: random bits that tell nothing, found without any key.
        token = content.get(KEY)
        return sealed_kind, {**sealed, KEY: token} if token else dict(sealed)

    async def _share(self, room_id: str) -> None:
        """Gives the key of the room's next messages to every device in it that has one for us.

        Cut off half-way it goes on from there. Raises RetryLater.
        """
        try:
            await self.keys.query()
            missing = self.client.get_missing_sessions(room_id)
            if missing:
                await self.keys.claim(missing)
            while True:
                self._forget_key_of_leavers(room_id)
                letters = self._letters(room_id, list(self.client.rooms[room_id].users))
                if not letters:
                    break
                for given, letter in letters:
                    ask = path("sendToDevice", "m.room.encrypted", uuid4().hex)
                    await self.wire.call("PUT", ask, letter)
                    self.client.olm.outbound_group_sessions[room_id].users_shared_with |= given
        except Refused as refusal:
            self.log.warning("matrix-keys", code=refusal.code)
            raise RetryLater(5) from None
        self.client.olm.outbound_group_sessions[room_id].mark_as_shared()

    def _letters(
        self, room_id: str, users: list[str]
    ) -> list[tuple[set[tuple[str, str]], dict[str, Any]]]:
        """What carries the key to those who have not got it, some devices in each letter."""
        return list(
            self.client.olm.share_group_session_parallel(
                room_id, users, ignore_unverified_devices=True
            )
        )

    def _forget_key_of_leavers(self, room_id: str) -> None:
        """A key that somebody holds who has left since is used for nothing."""
        sessions, room = self.client.olm.outbound_group_sessions, self.client.rooms[room_id]
        session = sessions.get(room_id)
        if session is not None and any(
            who not in room.users for who, _ in session.users_shared_with
        ):
            del sessions[room_id]

    async def _mend(self) -> None:
        if self.client.should_claim_keys:
            await self.keys.claim(self.client.get_users_for_key_claiming())

    async def _post(self) -> None:
        for answer in await self.client.send_to_device_messages():
            if isinstance(answer, ErrorResponse):
                self.log.warning("matrix-keys", code=str(answer.status_code))

    def open(self, event: Event) -> dict[str, Any] | None:
        """The event as it was written, or None when we have no key for it (yet)."""
        if not isinstance(event, MegolmEvent):
            return dict(event.source)
        if not self.on:
            return None
        try:
            opened = self.client.decrypt_event(event)
        except Exception:  # noqa: BLE001 - nio stumbles over more than a missing key
            return None
        # What was sealed may claim to be anything: only its kind and its words are taken from it.
        return unsealed(event.source, opened.source)
