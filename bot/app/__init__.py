"""Joins everything: the only part of the core that imports every folder.

`house` joins what every way of running needs, `stage` puts the terminal's chat before it for
`copain demo`, `service` puts the platforms of the configuration before it for `copain run`. The
terminal's chat is imported when it is asked for: a service has no use for it [PE-7].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.app.house import House, open_house, quiet_log
from bot.world import World, configured, ready_made

if TYPE_CHECKING:
    from bot.app.stage import open_stage

__all__ = [
    "House",
    "World",
    "configured",
    "open_house",
    "open_stage",
    "quiet_log",
    "ready_made",
]


def __getattr__(name: str) -> Any:
    if name != "open_stage":
        raise AttributeError(name)
    from bot.app.stage import open_stage

    return open_stage
