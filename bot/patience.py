"""How fast one platform may be sent to, learned from its refusals alone [RE-4].

A limit of a whole account is a bucket that refills at a steady rate. A refusal says when one more
will pass; between two such moments exactly as many went in as the bucket let through, and that is
its rate. Kept in memory: what a restart forgets costs two refusals to learn again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TRUST, MOST_TRUST = 20, 160
"""Sends in a row without a refusal after which more is tried; doubled each time it was too much."""
FINEST, COARSEST = 0.02, 10.0
"""Seconds between two sends: below, nothing is held back; a measure above is not believed."""
MARGIN = 1.01
"""How much slower than what was measured: a send may take less time than the one before."""
SAVED = 10
"""Sends at once after a rest at most. Source: `burst_count` of Synapse's `rc_message`."""
IDLE = 1.0
"""Seconds after which it was not the platform that kept us from sending."""


@dataclass(slots=True)
class Patience:
    """When the next parcel may leave. All times are seconds of one clock that never runs back."""

    narrow: bool = False
    """One at a time: the platform refused, and has not been seen to take more since."""
    gap: float | None = None
    """Seconds between two sends that the platform takes for ever, once they are known."""
    _until: float = field(default=0.0, init=False)
    _since: float = field(default=0.0, init=False)
    _begun: int = field(default=0, init=False)
    _last: float = field(default=0.0, init=False)
    _measured: bool = field(default=False, init=False)
    _proven: float | None = field(default=None, init=False)
    _good: int = field(default=0, init=False)
    _trust: int = field(default=TRUST, init=False)
    _round: int = field(default=0, init=False)

    def paused(self, now: float) -> bool:
        """Whether the platform asked that nothing be sent for now."""
        return now < self._until

    def next_at(self, now: float) -> float:
        """When the next one may leave; `now` when it may at once."""
        slot = now if self.gap is None else self._since + self.gap * self._begun
        return max(now, self._until, slot)

    def begin(self, now: float) -> int:
        """Notes that one leaves; what is returned tells its end which limits it left under."""
        slot = 0.0 if self.gap is None else self._since + self.gap * self._begun
        if now > max(slot, self._last, self._until) + IDLE:
            self._measured = False
        if self.gap is not None and now - slot > SAVED * self.gap:
            # A bucket is full at some time: a long rest gives no more than that.
            self._since += now - slot - SAVED * self.gap
        self._begun += 1
        self._last = max(self._last, now)
        return self._round

    def accepted(self, now: float) -> None:
        """One was taken."""
        self._last = now
        self._good += 1
        if self.narrow and self._good >= self._trust:
            self._good = 0
            self._try_more(now)

    def refused(self, now: float, after: float, *, began: int, away: bool = False) -> None:
        """The platform wants nothing for so long. `began` is what `begin` returned for it.

        One that is `away` cannot be reached: nothing is learned of its rate.
        """
        self._last = now
        until = max(self._until, now + after)
        if began == self._round:
            if not away:
                self._learn(until)
            self._round += 1
        # Whoever left together with the first one refused tells when, and nothing about the rate.
        self.narrow, self._good = True, 0
        self._until = self._since = until
        self._begun, self._measured = 0, not away

    def _learn(self, until: float) -> None:
        passed = self._begun - 1
        if self._proven is not None and self.gap != self._proven:
            self.gap, self._trust = self._proven, min(2 * self._trust, MOST_TRUST)
        if self._measured and passed > 0:
            gap = MARGIN * (until - self._since) / passed
            self.gap = self._proven = min(gap, COARSEST)

    def _try_more(self, now: float) -> None:
        self.gap = None if self.gap is None else self.gap / 2
        if self.gap is None or self.gap < FINEST:
            self.narrow, self.gap, self._proven, self._trust = False, None, None, TRUST
        self._since, self._begun, self._measured = now, 0, False
