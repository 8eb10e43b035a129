"""One parcel to its platform, and how that ended: carried out, refused, or to be tried again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chance import Chance
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.lanes import WHISPER
from bot.log import Log
from bot.messages import Parcel
from bot.patience import Patience
from bot.ports import REMEMBERED, Adapter, Settled

AGAIN = 3
"""Refusals of a whole platform in a row after which that lane lets the others go first."""
LONGEST = 120.0
"""Seconds after which a send without an answer counts as failed."""
SHORTEST = 0.1
"""Seconds between two tries at least, whatever a platform says."""
FIRST_DELAY, GROWTH = 5, 3
"""Seconds after the first failed try, and how much longer each next wait is: 8 tries in 1.5 h."""


@dataclass(slots=True)
class Sender:
    """Sends parcels, and remembers of which the outcome is unknown."""

    clock: Clock
    log: Log
    chance: Chance
    _refused: dict[str, int] = field(default_factory=dict, init=False)
    _unanswered: dict[int, datetime] = field(default_factory=dict, init=False)

    def yields(self, lane: str) -> bool:
        """Whether its platform refused that lane so often that the others go first."""
        return self._refused.get(lane, 0) >= AGAIN

    async def send(self, parcel: Parcel, adapter: Adapter, patience: Patience) -> Settled | None:
        """How it ended; None when its whole platform wants nothing for now."""
        if parcel.operation == "nothing":
            return Settled(parcel)
        about = {
            "parcel": parcel.id,
            "operation": parcel.operation,
            "platform": parcel.place.platform,
        }
        parcel = self._doubted(parcel)
        began = patience.begin(self.clock.monotonic())
        try:
            async with asyncio.timeout(LONGEST):
                message = await adapter.deliver(parcel)
        except RetryLater as wait:
            self.log.debug("outbox-retry", after=wait.after, whole=wait.whole, **about)
            if not wait.whole:
                return Settled(parcel, retry_at=self._in(wait.after), counts=False)
            after = max(wait.after, SHORTEST)
            patience.refused(self.clock.monotonic(), after, began=began, away=wait.away)
            self._note(parcel)
            return None
        except Rejected as refusal:
            self.log.warning("outbox-refused", error=refusal, **about)
            ended = Settled(parcel, refused=refusal.reason)
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and _cut_off():
                raise
            self.log.failure("outbox-failed", error, chance=self.chance, **about)
            if parcel.operation != WHISPER:
                return Settled(parcel, retry_at=self._in(FIRST_DELAY * GROWTH**parcel.tries))
            # It may stand there, cannot be looked for, and must not be said twice [RE-2].
            return Settled(parcel, refused="unanswered")
        else:
            ended = Settled(parcel, message)
        patience.accepted(self.clock.monotonic())
        self._refused.pop(parcel.lane, None)
        self._unanswered.pop(parcel.id, None)
        return ended

    def _note(self, parcel: Parcel) -> None:
        """That it may have arrived, and that its lane lets others go first when this goes on."""
        self._refused[parcel.lane] = self._refused.get(parcel.lane, 0) + 1
        self._unanswered.setdefault(parcel.id, self.clock.now())

    def _doubted(self, parcel: Parcel) -> Parcel:
        """With doubt when it left so long ago, unanswered, that its token may be forgotten [RE-2].

        An outage writes nothing to the rows; after a restart their age alone tells.
        """
        since = self._unanswered.get(parcel.id)
        if since is None or self.clock.now() - since <= REMEMBERED:
            return parcel
        return replace(parcel, uncertain=True)

    def _in(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=max(seconds, SHORTEST))


def _cut_off() -> bool:
    """Whether we were cancelled ourselves; else it was something that a platform waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
