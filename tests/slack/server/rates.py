"""Slack's rate limits, per method (and channel), on the workspace's clock.

The tiers are those of java-slack-sdk (tests/fixtures/slack/rate_limit_tiers.json).
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path

from bot.clock import Clock

FIXTURES = Path(__file__).parents[2] / "fixtures" / "slack"
PER_MINUTE = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
POST_BURST = 5
"""chat.postMessage: one a second in a channel, "short bursts" allowed; how short is unsaid."""
SPECIAL = 300
_MINUTE = timedelta(minutes=1)


class Rates:
    """Counts calls and says how many seconds a refused one has to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._room: dict[str, tuple[float, datetime]] = {}

    def wait(self, method: str, channel: str) -> int:
        """0 when the call may pass (and it is counted), else the Retry-After in seconds."""
        now = self._clock.now()
        tier = tiers().get(method, "Tier3")
        if tier == "SpecialTier_chat_postMessage":
            return self._post(channel, now)
        most = PER_MINUTE.get(tier, SPECIAL)
        calls = self._calls[(method, "")]
        while calls and now - calls[0] >= _MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return ceil((calls[0] + _MINUTE - now).total_seconds())
        calls.append(now)
        return 0

    def _post(self, channel: str, now: datetime) -> int:
        left, since = self._room.get(channel, (float(POST_BURST), now))
        left = min(POST_BURST, left + (now - since).total_seconds())
        if left < 1:
            self._room[channel] = (left, now)
            return max(1, ceil(1 - left))
        self._room[channel] = (left - 1, now)
        return 0


@cache
def tiers() -> dict[str, str]:
    """Method → tier."""
    found: dict[str, str] = json.loads((FIXTURES / "rate_limit_tiers.json").read_text())
    return found
