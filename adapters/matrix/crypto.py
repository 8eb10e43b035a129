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

from nio import AsyncClient, Event, MegolmEvent
from nio.responses import ErrorResponse

from adapters.matrix.outbound import KEY
from adapters.matrix.raw import unsealed
from bot.errors import Rejected, RetryLater
from bot.log import Log


@dataclass(slots=True)
class Crypto:
    """What the account's one device can seal and open. Without encryption it opens nothing."""

    client: AsyncClient
    log: Log
    _sharing: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock), init=False
    )

    @property
    def on(self) -> bool:
        """Whether this device has keys at all."""
        return self.client.olm is not None

    async def tend(self) -> None:
        """After each sync: uploads our keys, asks for those of others, heals broken sessions.

        What fails is asked again after the next sync.
        """
        if not self.on:
            return
        answers: list[Any] = []
        if self.client.should_upload_keys:
            answers.append(await self.client.keys_upload())
        if self.client.should_query_keys:
            answers.append(await self.client.keys_query())
        if self.client.should_claim_keys:
            answers.append(await self.client.keys_claim(self.client.get_users_for_key_claiming()))
        answers += await self.client.send_to_device_messages()
        for answer in answers:
            if isinstance(answer, ErrorResponse):
                self.log.warning("matrix-keys", code=str(answer.status_code))

    async def renew(self) -> None:
        """Begins a new session with every known device, as after a restore.

        The old ones stand where the backup was taken: their next key may have been used already,
        and nobody opens the same key twice.
        """
        if not self.on:
            return
        devices: dict[str, list[str]] = defaultdict(list)
        for device in self.client.device_store:
            if device.device_id != self.client.device_id and not device.deleted:
                devices[device.user_id].append(device.device_id)
        if devices:
            await self.client.keys_claim(dict(devices))

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
        if self.client.should_query_keys:
            answer = await self.client.keys_query()
            if isinstance(answer, ErrorResponse):
                raise RetryLater(5, whole=True)
        try:
            shared = await self.client.share_group_session(room_id, ignore_unverified_devices=True)
        except Exception:
            # Half shared, it would count as shared, and some could never read it.
            self.client.olm.outbound_group_sessions.pop(room_id, None)
            raise
        wanted = self._devices(room_id)
        if isinstance(shared, ErrorResponse) or wanted - set(shared.users_shared_with):
            session = self.client.olm.outbound_group_sessions.get(room_id)
            given = set(session.users_shared_with) if session is not None else set()
            if isinstance(shared, ErrorResponse) or wanted - given:
                self.client.olm.outbound_group_sessions.pop(room_id, None)
                raise RetryLater(5)

    def _devices(self, room_id: str) -> set[tuple[str, str]]:
        """The devices in a room for which we have a session: those that a key must have reached."""
        found = set()
        for user_id in self.client.rooms[room_id].users:
            for device in self.client.device_store.active_user_devices(user_id):
                known = self.client.olm.session_store.get(device.curve25519)
                if known and device.device_id != self.client.device_id:
                    found.add((user_id, device.device_id))
        return found

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
