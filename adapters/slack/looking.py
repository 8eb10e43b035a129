"""What already stands in a channel: looked for before it would be said twice [RE-2].

A message of ours carries the token of its parcel in its metadata and as the `block_id` of its first
block; a shared file, which takes no metadata, in the latter alone. Thread replies are only in
`conversations.replies` (platform facts §7).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.slack.wire import Refused, Wire
from bot.clock import Clock

EVENT = "copain_message"
"""The type of our metadata. Any app of the workspace may read it: it holds a random id alone."""
BEFORE = timedelta(hours=1)
"""How much earlier than its parcel a message may seem to be: clocks differ."""
AFTER = timedelta(days=2)
"""How much later the last of what belongs to a message may have followed it."""
PAGE, PAGES = 200, 50
"""Messages a page, and pages looked through at most. Slack advises 200 at a time."""
KEPT = 8192
"""Tokens of messages that are remembered: what is delivered twice in one life stands once."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel, or a thread in it."""

    channel: str
    thread: str | None = None


@dataclass(slots=True)
class Sent:
    """Which message each token became, the newest few thousand."""

    _ts: dict[str, str] = field(default_factory=dict, init=False)
    _tokens: dict[str, str] = field(default_factory=dict, init=False)

    def note(self, token: str, ts: str) -> None:
        self._ts[token] = ts
        # A message that was changed has another token in its blocks: its metadata come first.
        self._tokens[ts] = self._tokens.get(ts) or token
        for kept in (self._ts, self._tokens):
            while len(kept) > KEPT:
                del kept[next(iter(kept))]

    def ts(self, token: str) -> str | None:
        """The message of a token; "" for one that leaves none behind."""
        return self._ts.get(token)

    def token(self, ts: str) -> str | None:
        """The token of a message."""
        return self._tokens.get(ts)

    def further(self, ts: str) -> list[str]:
        """Further pieces of a text, as far as they are remembered."""
        found: list[str] = []
        token = self._tokens.get(ts)
        while token and (next_ts := self._ts.get(f"{token}-{len(found) + 1}")):
            found.append(next_ts)
        return found


@dataclass(slots=True)
class Looking:
    """Looks for what the bot, whose user is `me`, said."""

    wire: Wire
    clock: Clock
    sent: Sent
    me: str = ""
    _scans: dict[Spot, tuple[float, str]] = field(default_factory=dict, init=False)

    async def standing(
        self, spot: Spot, token: str, *, since: datetime, after: float
    ) -> str | None:
        """The message of this token, None when there is none.

        `after` is on the monotonic clock: what was looked through since then is not read again, so
        a thousand parcels in doubt cost a channel one look.
        """
        oldest = f"{(since - BEFORE).timestamp():.6f}"
        scan = self._scans.get(spot)
        if scan is None or scan[0] < after or float(scan[1]) > float(oldest):
            began = self.clock.monotonic()
            async for message in self.messages(spot, oldest):
                for found in tokens(message):
                    self.sent.note(found, str(message["ts"]))
            self._scans.pop(spot, None)
            self._scans[spot] = (began, oldest)
            while len(self._scans) > KEPT:
                del self._scans[next(iter(self._scans))]
        return self.sent.ts(token)

    def stale(self, spot: Spot) -> None:
        """What was looked through there tells nothing any more: something was sent since."""
        self._scans.pop(spot, None)

    async def parts(self, spot: Spot, ts: str) -> list[str]:
        """Files and further pieces of a text that came with a message of ours."""
        own = await self._own(spot, ts)
        token = self.sent.token(ts)
        if not token:
            return []
        return [
            str(each["ts"])
            for each in own
            if any(found.startswith(f"{token}-") for found in tokens(each))
        ]

    async def further(self, spot: Spot, ts: str) -> list[str]:
        """Further pieces of a text; a look tells, where an earlier life said it."""
        if self.sent.token(ts) is None:
            await self._own(spot, ts)
        return self.sent.further(ts)

    async def _own(self, spot: Spot, ts: str) -> list[Mapping[str, Any]]:
        """A message of ours and what followed it soon, with their tokens noted."""
        own = await self._since(spot, ts)
        if spot.thread is None and all(each.get("ts") != ts for each in own):
            root = await self._root(spot.channel, ts)
            own = await self._since(Spot(spot.channel, root), ts) if root else own
        for message in own:
            for found in tokens(message):
                self.sent.note(found, str(message["ts"]))
        if self.sent.token(ts) is None:
            # It is not there: that need not be looked for again.
            self.sent.note("", ts)
        return own

    async def _since(self, spot: Spot, ts: str) -> list[Mapping[str, Any]]:
        latest = f"{float(ts) + AFTER.total_seconds():.6f}"
        return [each async for each in self.messages(spot, ts, latest)]

    async def _root(self, channel: str, ts: str) -> str | None:
        """The thread that a message stands in: no list of the channel tells of a reply."""
        try:
            page = await self.wire.call(
                "conversations.replies", channel, channel=channel, ts=ts, limit=1
            )
        except Refused:
            # It is gone.
            return None
        return next(
            (str(each["thread_ts"]) for each in page.get("messages", ()) if "thread_ts" in each),
            None,
        )

    async def messages(
        self, spot: Spot, oldest: str, latest: str = ""
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Our messages there since a time (inclusive). Raises as `Wire.call` does."""
        asked: dict[str, Any] = {"channel": spot.channel, "oldest": oldest, "inclusive": True}
        if latest:
            asked["latest"] = latest
        method = "conversations.history"
        if spot.thread is not None:
            method, asked["ts"] = "conversations.replies", spot.thread
        for _ in range(PAGES):
            page = await self.wire.call(
                method, spot.channel, limit=PAGE, include_all_metadata=True, **asked
            )
            for message in page.get("messages", ()):
                if isinstance(message, dict) and message.get("user") == self.me:
                    yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            asked["cursor"] = cursor


def tokens(message: Mapping[str, Any]) -> Iterator[str]:
    """The tokens that a message of ours carries: the same one twice, as a rule."""
    metadata = message.get("metadata")
    if isinstance(metadata, dict) and metadata.get("event_type") == EVENT:
        payload = metadata.get("event_payload")
        if isinstance(payload, dict) and isinstance(payload.get("id"), str):
            yield payload["id"]
    blocks = message.get("blocks")
    if isinstance(blocks, list) and blocks and isinstance(blocks[0], dict):
        block_id = blocks[0].get("block_id")
        if isinstance(block_id, str):
            yield block_id
