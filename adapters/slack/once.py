"""Says a message once, though Slack knows no token again.

What was sent and not answered may stand there: it is looked for at once, and again after some
seconds, and only then repeated [RE-2]. So is what a process that died may have sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.slack.looking import Looking, Spot
from adapters.slack.wire import Refused, Unanswered
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.messages import Parcel

T = TypeVar("T")

AGAIN = 5.0
"""Seconds after which a message whose send had no answer is looked for once more [RE-2]."""
DOUBTS = 4096
"""Sends without an answer that are remembered."""
HOPELESS = 5
"""Times that Slack may stumble over a message, having taken another since the last time."""


@dataclass(slots=True)
class Once:
    """Sends what does not stand yet; `spot` says where a parcel's messages stand."""

    looking: Looking
    spot: Callable[[Parcel], Awaitable[Spot]]
    clock: Clock
    _began: float = field(init=False)
    _left: dict[str, float] = field(default_factory=dict, init=False)
    _stumbled: dict[str, tuple[int, float]] = field(default_factory=dict, init=False)
    _passed: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        self._began = self.clock.monotonic()

    def doubts(self, token: str) -> bool:
        """Whether a message of this token was sent and not answered."""
        return token in self._left

    async def __call__(self, parcel: Parcel, token: str, send: Callable[[], Awaitable[str]]) -> str:
        """The message of a token: the one that stands, or what `send` gives.

        Raises RetryLater while one may still appear, Rejected for what Slack cannot take though it
        takes others, and what `send` and looking raise.
        """
        if (known := self.looking.sent.ts(token)) is not None:
            return known
        if parcel.uncertain:
            # Whoever sent it died before we began.
            self._left.setdefault(token, self._began)
        if token in self._left and (found := await self._found(parcel, token)) is not None:
            return found
        if self._hopeless(token):
            raise Rejected("internal_error")
        try:
            ts = await send()
        except Unanswered as unanswered:
            if not unanswered.away:
                self._stumble(token)
            self._doubt(token)
            self.looking.stale(await self.spot(parcel))
            return await self(parcel, token, send)
        except (RetryLater, Refused, Rejected):
            # Slack did not take it.
            raise
        except BaseException:
            self._doubt(token)
            raise
        self._passed = self.clock.monotonic()
        self._stumbled.pop(token, None)
        self.looking.sent.note(token, ts)
        return ts

    def _doubt(self, token: str) -> None:
        self._bounded(self._left)[token] = self.clock.monotonic()

    def _stumble(self, token: str) -> None:
        now = self.clock.monotonic()
        times, last = self._stumbled.get(token, (0, now))
        self._bounded(self._stumbled)[token] = (times + (self._passed > last), now)

    def _bounded(self, moments: dict[str, T]) -> dict[str, T]:
        while len(moments) >= DOUBTS:
            del moments[next(iter(moments))]
        return moments

    def _hopeless(self, token: str) -> bool:
        """Whether Slack stumbles over this message alone, and has done so for long."""
        return self._stumbled.get(token, (0, 0.0))[0] >= HOPELESS

    async def _found(self, parcel: Parcel, token: str) -> str | None:
        """The message of a send without an answer; None once it is sure that there is none."""
        left, now = self._left[token], self.clock.monotonic()
        sure = now >= left + AGAIN
        found = await self.looking.standing(
            await self.spot(parcel),
            token,
            since=parcel.at,
            after=left + AGAIN if sure else left,
        )
        if found is None and not sure:
            raise RetryLater(left + AGAIN - now)
        self._left.pop(token, None)
        return found
