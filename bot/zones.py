"""Time zones by name: which exist, and which are only another name for one of them.

`America/Montreal` is kept by the IANA database as a link to `America/Toronto`. Two members in it
must not look as if they lived in two zones, so names are resolved to their target at the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


def resolve(name: str) -> str | None:
    """The zone that this name stands for, or None when there is none. Letters' case counts."""
    return targets().get(name)


@lru_cache(maxsize=1)
def targets() -> Mapping[str, str]:
    """Every name of the IANA database and its zone, which for a zone is itself.

    From tzdata.zi, where `Z NAME …` begins a zone and `L TARGET NAME` makes a link (zic(8)).
    """
    file = resources.files("tzdata").joinpath("zoneinfo/tzdata.zi")
    zones: dict[str, str] = {}
    links: dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("Z "):
            name = line.split(" ", 2)[1]
            zones[name] = name
        elif line.startswith("L "):
            _, target, name = line.split(" ")
            links[name] = target
    for name in links:
        target = name
        while target in links:
            target = links[target]
        zones[name] = target
    return MappingProxyType(zones)
