"""The client of a member: it listens in the background and sends, with encryption.

Written for tests and apart from the adapter on purpose: what one gets wrong the other shows.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import nio

from tests.real.synapse import Login

T = TypeVar("T")
_POLL = 10_000
"""Milliseconds that the server holds an answer back while nothing happens."""
_FILTER = {"room": {"timeline": {"limit": 100}}, "presence": {"types": []}}


class Listening:
    """`events` holds each room's events in order, decrypted where a key came."""

    def __init__(self, login: Login, store: Path) -> None:
        store.mkdir(parents=True, exist_ok=True)
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.invitations: dict[str, str] = {}
        self.direct_invitations: dict[str, str] = {}
        self.client = nio.AsyncClient(
            login.homeserver,
            login.user_id,
            login.device_id,
            store_path=str(store),
            config=nio.AsyncClientConfig(
                encryption_enabled=True, store_sync_tokens=False, max_timeouts=20
            ),
        )
        self.client.restore_login(login.user_id, login.device_id, login.access_token)
        self._bear_nonsense()
        self._changed = asyncio.Condition()
        # nio's own key upkeep is not made for two callers at a time.
        self._keys = asyncio.Lock()
        self._sealed: dict[str, list[nio.MegolmEvent]] = {}
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Reads what there is, then listens until `stop`."""
        await self._once(0)
        self._loop = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stops listening and closes the client."""
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()

    async def until(self, look: Callable[[], T], patience: float) -> T:
        """What `look` sees, as soon as that is something. Raises TimeoutError."""
        async with asyncio.timeout(patience), self._changed:
            while not (found := look()):
                if self._loop is not None and self._loop.done():
                    self._loop.result()
                await self._changed.wait()
            return found

    async def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        """Sends an event and returns its id."""
        async with self._keys:
            if self.client.should_query_keys:
                await self.client.keys_query()
            answer = await self.client.room_send(
                room, kind, content, ignore_unverified_devices=True
            )
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def event(self, room: str, id: str) -> dict[str, Any]:
        """An event as they see it, as soon as they see it."""

        def look() -> dict[str, Any] | None:
            for event in self.events.get(room, ()):
                if event["event_id"] == id:
                    return event
            return None

        found = await self.until(look, 20)
        assert found is not None
        return found

    async def put_account_notes(self, kind: str, content: dict[str, Any]) -> None:
        """Account data (nio can read `m.direct` and not write it)."""
        await self.client.send(
            "PUT",
            f"/_matrix/client/v3/user/{self.client.user_id}/account_data/{kind}",
            data=nio.Api.to_json(content),
            headers={"Authorization": f"Bearer {self.client.access_token}"},
        )

    def _bear_nonsense(self) -> None:
        """Has nio go on at sealed nonsense, as Element does, where it would raise."""
        opened = self.client.olm.decrypt_megolm_event

        def guarded(event: nio.MegolmEvent, room: str | None = None) -> Any:
            try:
                found = opened(event, room)
            except Exception as error:  # noqa: BLE001 - of any kind, as strangers send it
                raise nio.EncryptionError(str(error)) from None
            if "event_id" not in found.source:
                raise nio.EncryptionError("not an event")
            return found

        self.client.olm.decrypt_megolm_event = guarded

    async def _listen(self) -> None:
        try:
            while True:
                await self._once(_POLL)
        finally:
            async with self._changed:
                self._changed.notify_all()

    async def _once(self, patience: int) -> None:
        before = self.client.next_batch
        answer = await self.client.sync(patience, sync_filter=_FILTER, full_state=not before)
        assert isinstance(answer, nio.SyncResponse), answer
        for room, heard in answer.rooms.join.items():
            self.invitations.pop(room, None)
            self.direct_invitations.pop(room, None)
            missed = await self._missed(room, heard.timeline, before) if before else []
            for event in [*missed, *heard.timeline.events]:
                self._note(room, event)
        for room, invitation in answer.rooms.invite.items():
            self._note_invitation(room, invitation)
        for room in answer.rooms.leave:
            self.invitations.pop(room, None)
            self.direct_invitations.pop(room, None)
        async with self._keys:
            await self._keep_keys()
        self._read_again()
        async with self._changed:
            self._changed.notify_all()

    async def _missed(self, room: str, timeline: nio.Timeline, before: str) -> list[nio.Event]:
        """What lies between the last sync and this one, when the server cut it short."""
        if not timeline.limited or not timeline.prev_batch or room not in self.events:
            return []
        found: list[nio.Event] = []
        start: str | None = timeline.prev_batch
        while start:
            page = await self.client.room_messages(room, start, before, limit=100)
            assert isinstance(page, nio.RoomMessagesResponse), page
            found += page.chunk
            start = page.end if page.chunk else None
        return found[::-1]

    def _note(self, room: str, event: Any) -> None:
        noted = self.events.setdefault(room, [])
        if any(each["event_id"] == event.source["event_id"] for each in noted[-300:]):
            return
        noted.append(event.source)
        if isinstance(event, nio.MegolmEvent):
            self._sealed.setdefault(room, []).append(event)

    def _note_invitation(self, room: str, invitation: nio.InviteInfo) -> None:
        for event in invitation.invite_state:
            if isinstance(event, nio.InviteMemberEvent) and event.state_key == self.client.user_id:
                self.invitations[room] = event.sender
                if event.content.get("is_direct"):
                    self.direct_invitations[room] = event.sender

    async def _keep_keys(self) -> None:
        """What `sync_forever` would do between two syncs."""
        client = self.client
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        if client.outgoing_to_device_messages:
            await client.send_to_device_messages()

    def _read_again(self) -> None:
        """A key may come after what it opens."""
        for room, sealed in self._sealed.items():
            for event in list(sealed):
                # Without the key yet, it stays sealed.
                with contextlib.suppress(nio.EncryptionError):
                    opened = self.client.decrypt_event(event)
                    noted = self.events[room]
                    at = next(i for i, e in enumerate(noted) if e["event_id"] == event.event_id)
                    noted[at] = opened.source
                    sealed.remove(event)
