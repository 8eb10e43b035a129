"""The platforms there are, and those of one run, each built when the configuration enables it.

A platform that is off is not imported [PE-7].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app.watched import Watched
from bot.attachments import Attachments
from bot.chance import Chance
from bot.clock import Clock
from bot.config import Config
from bot.errors import Unusable
from bot.health import Measures
from bot.log import Log
from bot.messages import Capabilities
from bot.ports import Adapter
from bot.values import Key
from storage.database import Database
from storage.notebook import Notes

KNOWN = ("slack", "matrix")
"""The tables of the configuration that switch a platform on."""

Tell = Callable[[str, Mapping[str, Any]], None]
"""Tells whoever runs the program a text, by key and values, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a platform is built on. `folder` is that of the configuration file."""

    config: Config
    folder: Path
    clock: Clock
    chance: Chance
    log: Log


@dataclass(frozen=True, slots=True)
class Platform:
    """How a platform is built, and the sign before a command there."""

    build: Callable[[Ground, Database, Attachments], Adapter]
    sign: str = "/"


def _matrix(ground: Ground, database: Database, attachments: Attachments) -> Adapter:
    from adapters.matrix import build
    from storage.doors import Doors

    found = ground.config
    assert found.matrix is not None
    return build(
        found.matrix,
        secrets=found.secrets,
        command=found.bot.command,
        proxy=found.proxy,
        folder=ground.folder,
        clock=ground.clock,
        log=ground.log,
        notes=Notes(database.begin, database.reading),
        doors=Doors(database),
        read_file=attachments.read,
    )


def _slack(ground: Ground, database: Database, attachments: Attachments) -> Adapter:
    from adapters.slack import build
    from storage.doors import Doors

    found = ground.config
    assert found.slack is not None
    doors = Doors(database)
    return build(
        found.slack,
        secrets=found.secrets,
        command=found.bot.command,
        proxy=found.proxy,
        clock=ground.clock,
        log=ground.log,
        notes=Notes(database.begin, database.reading),
        doors=doors,
        following=doors,
        read_file=attachments.read,
    )


PLATFORMS: Mapping[str, Platform] = {
    "matrix": Platform(_matrix, sign="!"),
    "slack": Platform(_slack),
}
"""By the name of their table; one that the configuration enables and is not here comes later."""


def enabled(found: Config) -> tuple[str, ...]:
    """The platforms that this configuration switches on."""
    return tuple(name for name in KNOWN if getattr(found, name) is not None)


def capabilities(name: str) -> Capabilities:
    """What a platform can do; nothing of it is opened."""
    from importlib import import_module

    found: Capabilities = import_module(f"adapters.{name}.adapter").CAPABILITIES
    return found


def prefixes(table: Mapping[str, Platform], command: str) -> dict[str, str]:
    """What stands before a command on each platform: `!copain`, `/copain`."""
    return {name: f"{each.sign}{command}" for name, each in table.items()}


@dataclass(slots=True, kw_only=True)
class Fleet:
    """The platforms of one run; `missing` are those that are on and could not be built."""

    ground: Ground
    tell: Tell
    measures: Measures
    table: Mapping[str, Platform]
    watched: dict[str, Watched] = field(default_factory=dict, init=False)
    missing: list[str] = field(default_factory=list, init=False)

    def build(self, database: Database, attachments: Attachments) -> dict[str, Adapter]:
        """Builds what the configuration enables; tells of each that cannot be, and goes on."""
        ground = self.ground
        for name in enabled(ground.config):
            adapter = self._built(name, database, attachments)
            if adapter is None:
                self.missing.append(name)
                continue
            self.watched[name] = Watched(
                adapter=adapter,
                clock=ground.clock,
                log=ground.log,
                chance=ground.chance,
                measures=self.measures,
            )
        return dict(self.watched)

    def explain(self, name: str, fault: Unusable) -> None:
        """Says in the log and to the operator why a platform stopped, with the cure."""
        self.ground.log.error("platform-unusable", platform=name, error=fault)
        values = {"platform": name, "fault": Key(fault.key, fault.values)}
        self.tell("run-stopped", values)

    def _built(self, name: str, database: Database, attachments: Attachments) -> Adapter | None:
        if name not in self.table:
            self.tell("run-platform-later", {"platform": name})
            return None
        log, chance = self.ground.log, self.ground.chance
        try:
            return self.table[name].build(self.ground, database, attachments)
        except Unusable as fault:
            self.explain(name, fault)
        except Exception as error:  # noqa: BLE001 - it is logged and told; the others start
            reference = log.failure("platform-unbuilt", error, chance=chance, platform=name)
            self.tell("run-unbuilt", {"platform": name, "reference": reference})
        return None
