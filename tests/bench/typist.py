"""Somebody who types fast and notes when each answer came: the watch of `bench_matrix`.

It does less than a client does, so that the two cores are there for what is measured. In plain
rooms nothing of nio is run; a message is found by its text, wherever a sync or its gap brings it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import Counter, defaultdict
from copy import deepcopy
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import nio

from tests.real.synapse import Login

CLIENT = "/_matrix/client/v3"
FILTER = json.dumps({"room": {"timeline": {"limit": 1000}}, "presence": {"types": []}})


class Typist:
    """One account on one device; as a context it listens. `sealed`: it reads encrypted rooms.

    Texts are counted by their number, which is the word after `mark`.
    """

    def __init__(self, login: Login, store: Path, mark: str, *, sealed: bool) -> None:
        # It warns of each key that is not here yet.
        for part in ("nio.crypto", "nio.client"):
            logging.getLogger(part).setLevel(logging.CRITICAL)
        store.mkdir(parents=True, exist_ok=True)
        self.id = login.user_id
        self.mark, self.sealed = mark, sealed
        self.client = nio.AsyncClient(
            login.homeserver,
            login.user_id,
            login.device_id,
            store_path=str(store) if sealed else "",
            config=nio.AsyncClientConfig(encryption_enabled=sealed, store_sync_tokens=False),
        )
        self.client.restore_login(login.user_id, login.device_id, login.access_token)
        self.came: defaultdict[str, dict[str, float]] = defaultdict(dict)
        """Sender -> number -> when its first answer was here."""
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """Sender -> number -> answers that hold it."""
        self.last = 0.0
        self._seen: set[str] = set()
        self._unread: list[tuple[str, dict[str, Any]]] = []
        self._since = ""
        self._sent = 0
        self._changed = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._once(0)
        self._loop = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()

    async def say(self, room: str, text: str) -> None:
        """Types a message and returns when the server has it."""
        content = {"msgtype": "m.text", "body": text, "m.mentions": {}}
        if self.sealed:
            answer = await self.client.room_send(
                room, "m.room.message", content, ignore_unverified_devices=True
            )
            assert isinstance(answer, nio.RoomSendResponse), answer
            return
        self._sent += 1
        where = f"rooms/{quote(room, safe='')}/send/m.room.message/bench-{self._sent}"
        await self.request("PUT", where, content)

    async def answered(self, by: str, number: str, patience: float) -> float | None:
        """When the answer of that bot with this number was here; None when it did not come."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while number not in self.came[by]:
                    await self.changed()
        return self.came[by].get(number)

    async def changed(self) -> None:
        """Returns after the next sync."""
        assert self._loop is not None
        if self._loop.done():
            self._loop.result()
        self._changed.clear()
        await self._changed.wait()

    async def request(self, method: str, where: str, body: Any = None) -> dict[str, Any]:
        """What the server answers to a request."""
        response = await self.client.send(
            method,
            f"{CLIENT}/{where}",
            None if body is None else json.dumps(body),
            {"Authorization": f"Bearer {self.client.access_token}"},
            timeout=60,
        )
        async with response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    async def _listen(self) -> None:
        try:
            while True:
                await self._once(30_000)
        finally:
            self._changed.set()

    async def _once(self, patience: int) -> None:
        query = {"filter": FILTER, "timeout": str(patience)}
        if self._since:
            query["since"] = self._since
        raw = await self.request("GET", f"sync?{urlencode(query)}")
        now, before, self._since = time.perf_counter(), self._since, raw["next_batch"]
        rooms = raw.get("rooms", {}).get("join", {})
        timelines = {room: joined["timeline"] for room, joined in rooms.items()}
        events = {room: list(timeline["events"]) for room, timeline in timelines.items()}
        if self.sealed:
            await self._take(raw)
        for room, timeline in timelines.items():
            if before and timeline.get("limited"):
                events[room] += await self._gap(room, timeline["prev_batch"], before)
            self._unread += [(room, event) for event in events[room]]
        waiting, self._unread = self._unread, []
        for room, event in waiting:
            self._note(room, event, now)
        self._changed.set()

    async def _take(self, raw: dict[str, Any]) -> None:
        """The chores that let this device read and be read."""
        # nio takes parts out of what it parses.
        response = nio.SyncResponse.from_dict(deepcopy(raw))
        assert isinstance(response, nio.SyncResponse), response
        await self.client.receive_response(response)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()

    async def _gap(self, room: str, start: str, since: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            query = urlencode({"dir": "b", "from": start, "to": since, "limit": "100"})
            page = await self.request("GET", f"rooms/{quote(room, safe='')}/messages?{query}")
            found += page["chunk"]
            if not page["chunk"] or "end" not in page:
                return found
            start = page["end"]

    def _note(self, room: str, event: dict[str, Any], now: float) -> None:
        if event["sender"] == self.id or event["event_id"] in self._seen:
            return
        content = event["content"]
        if event["type"] == "m.room.encrypted":
            opened = self._opened(room, event)
            if opened is None:
                self._unread.append((room, event))
                return
            content = opened
        _, mark, rest = str(content.get("body", "")).partition(self.mark)
        self._seen.add(event["event_id"])
        if not mark:
            return
        number = "".join(rest.split()[0:1]).rstrip("»«.,!?")
        self.counts[event["sender"]][number] += 1
        self.came[event["sender"]].setdefault(number, now)
        self.last = now

    def _opened(self, room: str, event: dict[str, Any]) -> dict[str, Any] | None:
        parsed = nio.Event.parse_event(deepcopy(event))
        assert isinstance(parsed, nio.MegolmEvent), parsed
        parsed.room_id = room
        try:
            content: dict[str, Any] = self.client.decrypt_event(parsed).source["content"]
        except nio.EncryptionError:
            # Its key may come after it.
            return None
        return content
