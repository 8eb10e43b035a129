"""The keys of devices: ours uploaded, those of others asked for, and only real keys given to nio.

What a device says of itself was written by whoever owns it, and a homeserver hands it on unseen.
nio stops at the first key that is none, in the midst of everybody's, and forgets to go on; so each
device is looked at by itself, and one that lies is left out alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nio import AsyncClient, KeysClaimResponse, KeysQueryResponse
from nio.responses import ErrorResponse
from vodozemac import Curve25519PublicKey

from adapters.matrix.raw import mapping, string
from adapters.matrix.wire import Wire, path
from bot.log import Log

MANY = 200
"""People asked about at once."""
MOST = 200
"""One-time keys of our own taken off the server at most; it keeps 50."""
PATIENCE = 60.0
ELSEWHERE = 10_000
"""Milliseconds that our homeserver gives others to answer."""
KIND = "signed_curve25519"


@dataclass(slots=True)
class Keys:
    """Asks about devices by our own requests, which end with the errors of the house."""

    client: AsyncClient
    wire: Wire
    log: Log
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def upload(self) -> None:
        """Gives the server our keys, where it lacks some."""
        if not self.client.should_upload_keys:
            return
        answer = await self.client.keys_upload()
        if not isinstance(answer, ErrorResponse):
            return
        self.log.warning("matrix-keys", code=str(answer.status_code))
        olm = self.client.olm
        if olm.account.shared and "already exists" in str(answer.message):
            # As after a restore: these numbers were given out since the backup. The next are not.
            olm.mark_keys_as_published()
            olm.save_account()

    async def query(self) -> None:
        """Learns the devices of everybody whose list changed. Raises RetryLater, Refused."""
        # Whoever comes meanwhile needs the answer too, not only to know that it was asked for.
        async with self._asking:
            waiting = self.client.users_for_key_query
            users = sorted(waiting)
            for some in (users[at : at + MANY] for at in range(0, len(users), MANY)):
                # A list that changes while we ask must be asked for again.
                waiting.difference_update(some)
                try:
                    known = await self._queried(some)
                except BaseException:
                    waiting.update(some)
                    raise
                changed = waiting.intersection(some)
                await self.client.receive_response(KeysQueryResponse(known, {}))
                waiting.update(changed, set(some).difference(known))

    async def claim(self, devices: Mapping[str, Sequence[str]]) -> None:
        """Begins a session with each of these devices. Raises RetryLater, Refused.

        With those that have no key for us, or none that is one, there is none.
        """
        for user, device, keys in await self._claimed(devices):
            try:
                found = KeysClaimResponse({user: {device: keys}}, {})
                await self.client.receive_response(found)
            except Exception as error:  # noqa: BLE001 - one device must not keep others from theirs
                self.log.warning("matrix-key-malformed", error=type(error).__name__)

    async def replace(self) -> None:
        """Takes our one-time keys off the server, so that the next upload brings new ones.

        After a restore we lack the secrets of those that were uploaded since the backup, and what
        is sealed with them nobody can open.
        """
        mine = {self.client.user_id: [self.client.device_id]}
        for _ in range(MOST):
            if not list(await self._claimed(mine)):
                break
        self.client.olm.uploaded_key_count = 0

    async def _queried(self, users: Sequence[str]) -> dict[str, dict[str, Any]]:
        ask = {"device_keys": {user: [] for user in users}, "timeout": ELSEWHERE}
        answer = await self.wire.call("POST", path("keys", "query"), ask, patience=PATIENCE)
        found = mapping(answer.get("device_keys"))
        known: dict[str, dict[str, Any]] = {}
        for user in users:
            if user in found:
                devices = mapping(found[user]).items()
                known[user] = {
                    name: dict(each) for name, each in devices if self._real(user, name, each)
                }
        return known

    async def _claimed(
        self, devices: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        wanted = {user: dict.fromkeys(names, KIND) for user, names in devices.items()}
        ask = {"one_time_keys": wanted, "timeout": ELSEWHERE}
        answer = await self.wire.call("POST", path("keys", "claim"), ask, patience=PATIENCE)
        found = mapping(answer.get("one_time_keys"))
        return (
            (user, name, dict(keys))
            for user in devices
            for name, keys in mapping(found.get(user)).items()
            if isinstance(keys, Mapping) and keys
        )

    def _real(self, user: str, name: str, device: Any) -> bool:
        """Whether a device is whose it says, and its keys are keys."""
        if not isinstance(device, dict):
            return False
        keys, said = mapping(device.get("keys")), device.setdefault("unsigned", {})
        if (device.get("user_id"), device.get("device_id")) != (user, name):
            return False
        if not isinstance(said, dict) or not isinstance(said.get("device_display_name", ""), str):
            return False
        try:
            Curve25519PublicKey.from_base64(keys[f"curve25519:{name}"])
            signing = string(keys[f"ed25519:{name}"])
            return bool(self.client.olm.verify_json(device, signing, user, name))
        except Exception:  # noqa: BLE001 - whatever stands there instead of a key
            return False
