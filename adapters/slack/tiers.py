"""How often each method may be called: Slack's published tiers, kept to before it has to refuse.

Source: `rate_limit_tiers.json` of slackapi/java-slack-sdk (MIT, August 2026) and Slack's page "Rate
limits": calls a minute per method, and about one message a second in each channel. A refusal (429)
holds back that method in that channel alone [RE-4].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.clock import Clock

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
PER_MINUTE: Mapping[str, int] = {
    "bots.info": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.invite": TIER_3,
    "conversations.kick": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "reactions.add": TIER_3,
    "reactions.get": TIER_3,
    "reactions.remove": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.update": TIER_4,
}
"""Calls a minute, of the whole workspace. A method that is not here is called without a thought."""
POST = "chat.postMessage"
EACH_CHANNEL = 60
"""Messages a minute in one channel."""
BURST = 5
"""Messages at once in one channel after a rest; Slack lets short bursts through."""
KEPT = 4096
"""Conversations whose pace is kept; one at rest is forgotten first."""


@dataclass(slots=True)
class Tiers:
    """When a method may be called; a rate of 0 holds nothing back."""

    clock: Clock
    per_minute: Mapping[str, int] = field(default_factory=lambda: PER_MINUTE)
    each_channel: int = EACH_CHANNEL
    _next: dict[tuple[str, str], float] = field(default_factory=dict, init=False)
    _held: dict[tuple[str, str], float] = field(default_factory=dict, init=False)

    def wait(self, method: str, lane: str = "") -> float:
        """Seconds until it may be called in that channel; 0 when now, and then it counts."""
        now = self.clock.monotonic()
        held = self._held.get((method, lane), 0.0)
        if held > now:
            return held - now
        self._held.pop((method, lane), None)
        key, gap, burst = self._bucket(method, lane)
        if not gap:
            return 0.0
        # The bucket as one number: when it would be full again, were nothing more called.
        full = max(self._next.get(key, now), now)
        early = full - now - gap * (burst - 1)
        if early > 1e-9:
            return early
        self._next[key] = full + gap
        self._prune(now)
        return 0.0

    def hold(self, method: str, lane: str, seconds: float) -> None:
        """Slack refused it there, and asked to wait so long."""
        self._held[method, lane] = self.clock.monotonic() + seconds

    def _bucket(self, method: str, lane: str) -> tuple[tuple[str, str], float, int]:
        if method == POST:
            rate, burst, key = self.each_channel, BURST, (method, lane)
        else:
            rate = burst = self.per_minute.get(method, 0)
            key = (method, "")
        return key, 60 / rate if rate else 0.0, burst

    def _prune(self, now: float) -> None:
        if len(self._next) > KEPT:
            self._next = {key: full for key, full in self._next.items() if full > now}
            self._held = {key: until for key, until in self._held.items() if until > now}
