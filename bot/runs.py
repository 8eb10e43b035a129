"""What delivery remembers of a lane that is on its way, and of a platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.messages import Parcel
from bot.patience import Patience
from bot.ports import Settled


@dataclass(slots=True)
class Run:
    """Parcels of one lane on their way, and how those ended that have."""

    lane: str
    platform: str
    parcels: Sequence[Parcel]
    more: bool
    """Whether something was left when it was taken, perhaps in its own lane."""
    narrow: bool
    ended: list[Settled] = field(default_factory=list)


@dataclass(slots=True)
class Post:
    """What is known of one platform: how fast it takes, and whether to look for more to send."""

    patience: Patience = field(default_factory=Patience)
    stale: bool = True
    held: bool = False
    lull: float = 0.0
    """No look before then, unless something that is on its way ends."""
    dated: bool = False
    """Whether `due` is known: when time alone lets the next one leave."""
    due: float | None = None

    def next_at(self, now: float) -> float:
        """When to look for more; `now` when one may at once."""
        return max(self.patience.next_at(now), self.lull)
