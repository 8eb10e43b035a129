"""How the running service is: what its health page tells, and what is counted of its work.

Numbers and short words alone: nobody's name, no text, no address [SE-5].
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

Ending = Literal["ok", "retry", "dead"]
"""How a delivery ended: carried out, put off, refused for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What waits: parcels (and since when the oldest), dead letters, due timers, tasks."""

    waiting: int
    oldest: datetime | None
    dead: int
    due: int
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformHealth:
    """How one platform is.

    `starting` until it is connected, `waiting` before it is started again or while its server does
    not answer, `stopped` when somebody must mend something first. `heard` is when it last answered.
    """

    state: Literal["starting", "ok", "waiting", "stopped"]
    heard: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the service is at an instant; `load` is None when the database does not answer."""

    at: datetime
    load: Load | None
    platforms: Mapping[str, PlatformHealth]

    @property
    def ok(self) -> bool:
        """Whether nobody has to look: the database answers and every platform is connected."""
        return self.load is not None and all(each.state == "ok" for each in self.platforms.values())


Look = Callable[[], Awaitable[Health]]
"""Looks at the service now. Never raises: what does not answer is what it tells."""


class Measures(Protocol):
    """What is told of each thing done, for whoever counts; must be quick and never raise."""

    def heard(self, kind: str, outcome: str, seconds: float) -> None:
        """An event was handled. `kind` and `outcome` are words such as `said` and `done`."""

    def delivered(self, platform: str, ending: Ending, seconds: float) -> None:
        """A parcel was tried; the time is the platform's."""


class Uncounted:
    """The measures of a service at which nobody looks."""

    def heard(self, kind: str, outcome: str, seconds: float) -> None:
        """Not counted."""

    def delivered(self, platform: str, ending: Ending, seconds: float) -> None:
        """Not counted."""


@runtime_checkable
class TellsHealth(Protocol):
    """An adapter that can say how it is."""

    def health(self) -> Mapping[str, object]:
        """`ready` (whether it is connected) and `last_sync` (ISO 8601 or None), at least."""


@runtime_checkable
class CatchesUp(Protocol):
    """An adapter that hears on its return what happened while the bot was away [RE-3]."""

    async def caught_up(self) -> None:
        """Returns when all of that was heard; what is due is looked at afterwards."""
