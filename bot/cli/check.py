"""`copain check`: what is right, what deserves a look, and what stands in the way, with its cure.

Nothing is changed, and no connection is opened but those that `copain run` would open [RE-7, SE-9].
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from bot import config
from bot.cli.words import Words
from bot.config import Community, Config
from bot.errors import ConfigError, Fault
from bot.ports import Doors
from bot.values import Key, Moment
from commands.settings.table import SETTINGS
from storage.probe import Found, Unreachable, is_file, probe, shown

Level = Literal["ok", "warning", "fault"]
MOST_APART = timedelta(seconds=30)
ALSO_OF_SLACK = ("wss://*.slack.com", "https://files.slack.com")
PRIVATE = 0o077
"""The rights of a file that let others than its owner at it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: its text key and values; that of a warning or a fault says the cure too."""

    level: Level
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def run(path: Path, words: Words, now: datetime) -> int:
    """Prints a line for each thing looked at; 1 when one of them is a fault."""
    worst = 0
    for finding in _findings(path, now):
        print(f"{words.plain(f'cli-check-{finding.level}'):<11}", end="")
        print(" ".join(words.plain(finding.key, finding.values).split("\n")))
        worst |= finding.level == "fault"
    return worst


def _findings(path: Path, now: datetime) -> Iterator[Finding]:
    try:
        found = config.load(path, os.environ)
    except ConfigError as error:
        yield from map(as_finding, error.faults)
        return
    wrong = config.unknown_settings(found, [each.name for each in SETTINGS])
    yield from map(as_finding, wrong)
    if not wrong:
        yield Finding("ok", "cli-check-config", {"file": str(path)})
    yield from _secrets(found, path.parent / ".env")
    stands = _stands(found)
    yield from _database(found, stands, now)
    ready = stands is not None and stands.revision == stands.head
    in_chat = asyncio.run(_in_chat(found)) if ready else {}
    for community in found.communities:
        yield from _community(found, community, in_chat.get(community.slug, frozenset()))
    yield from _clock(now)
    if found.limits.per_person.off:
        yield Finding("warning", "cli-check-no-limit")
    yield from _platforms(found, now, path.parent, ready=ready)
    yield from connections(found)


def as_finding(fault: Fault) -> Finding:
    """A fault of the configuration as a line."""
    return Finding("fault", *told(fault))


def told(fault: Fault) -> tuple[str, dict[str, Any]]:
    """The text of a fault, and its values."""
    values = {
        "key": fault.key,
        "found": fault.found,
        "problem": Key(fault.problem, fault.values),
        "cure": Key(fault.cure, fault.values),
    }
    return "config-fault-line" if fault.found is not None else "config-fault-line-empty", values


def _secrets(found: Config, beside: Path) -> Iterator[Finding]:
    missing = config.missing_secrets(found)
    yield from map(as_finding, missing)
    if not missing:
        yield Finding("ok", "cli-check-secrets")
    if beside.is_file() and beside.stat().st_mode & PRIVATE:
        yield Finding("warning", "cli-check-env-open", {"file": str(beside)})


def _stands(found: Config) -> Found | None:
    try:
        return asyncio.run(probe(found.database))
    except Unreachable:  # told in its line
        return None


def _database(found: Config, stands: Found | None, now: datetime) -> Iterator[Finding]:
    address = {"address": shown(found.database)}
    if stands is None:
        yield Finding("fault", "cli-check-database-unreachable", address)
        return
    if stands.revision is None:
        yield Finding("warning", "cli-check-database-empty", address)
    elif stands.revision > stands.head:
        yield Finding("fault", "cli-check-database-newer", address)
    elif stands.revision < stands.head:
        yield Finding("warning", "cli-check-database-behind", address)
    else:
        yield Finding("ok", "cli-check-database", {**address, "system": stands.system})
    yield from _apart(stands, now)


def _apart(stands: Found, now: datetime) -> Iterator[Finding]:
    if stands.now is not None and abs(stands.now - now) > MOST_APART:
        yield Finding("warning", "cli-check-clocks-apart")


def _community(found: Config, community: Community, in_chat: frozenset[str]) -> Iterator[Finding]:
    named = {"community": community.slug}
    enabled = {
        "terminal",
        *(["slack"] if found.slack else []),
        *(["matrix"] if found.matrix else []),
    }
    uses = {space.use for space in community.spaces} | in_chat
    off = sorted({space.platform for space in community.spaces} - enabled)
    lacks: list[Finding] = []
    if not community.coordinators:
        lacks.append(Finding("fault", "cli-check-no-coordinator", named))
    elif not {ref.platform for ref in community.coordinators} & enabled:
        lacks.append(Finding("fault", "cli-check-coordinator-off", named))
    if not community.animators:
        lacks.append(Finding("warning", "cli-check-no-animator", named))
    if "discussion" not in uses:
        # Where there is a chat, coordinators say so in the room itself [CO-9].
        chat = found.slack or found.matrix
        key = "cli-check-discussion-by-chat" if chat else "cli-check-no-discussion"
        told = {**named, "command": found.bot.command}
        lacks.append(Finding("warning" if chat else "fault", key, told))
    if "animators" not in uses:
        lacks.append(Finding("warning", "cli-check-no-animators-space", named))
    lacks += [Finding("fault", "cli-check-space-off", {**named, "platform": each}) for each in off]
    if not (community.host and community.hosting and community.contacts.privacy):
        lacks.append(Finding("warning", "cli-check-no-host", named))
    yield from lacks or [Finding("ok", "cli-check-community", named)]


def _clock(now: datetime) -> Iterator[Finding]:
    # The program cannot have been written after the present.
    written = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    late = written - now > timedelta(hours=1)
    key = "cli-check-clock-late" if late else "cli-check-clock"
    yield Finding("fault" if late else "ok", key, {"now": Moment(now)})


def _platforms(found: Config, now: datetime, folder: Path, *, ready: bool) -> Iterator[Finding]:
    if found.slack:
        yield from asyncio.run(_slack(found, now, ready=ready))
    if found.matrix:
        yield from asyncio.run(_matrix(found, now, folder, ready=ready))
    if not (found.slack or found.matrix):
        yield Finding("warning", "cli-check-no-platform")


async def _in_chat(found: Config) -> dict[str, frozenset[str]]:
    """The uses that rooms of each community have, those taken up in chat too [CO-9]."""
    from storage.database import Database

    database = Database.open(found.database)
    try:
        async with database.reading() as tx:
            return {
                each.slug: frozenset(space.use for space in await tx.people.spaces(each.id))
                for each in await tx.people.communities()
            }
    finally:
        await database.close()


async def _slack(found: Config, now: datetime, *, ready: bool) -> list[Finding]:
    """The lines about Slack."""
    from adapters.slack.checks import look

    async with _doors(found, ready=ready) as doors:
        return [Finding(*line) for line in await look(found, now, doors=doors)]


async def _matrix(found: Config, now: datetime, folder: Path, *, ready: bool) -> list[Finding]:
    """The lines about Matrix."""
    from adapters.matrix.checks import look

    async with _doors(found, ready=ready) as doors:
        return [Finding(*line) for line in await look(found, now, folder=folder, doors=doors)]


@asynccontextmanager
async def _doors(found: Config, *, ready: bool) -> AsyncIterator[Doors | None]:
    """What a database that is ready knows: the rooms that were taken up in chat."""
    from storage import doors
    from storage.database import Database

    if not ready:
        yield None
        return
    database = Database.open(found.database)
    try:
        yield doors.Doors(database)
    finally:
        await database.close()


def connections(found: Config) -> Iterator[Finding]:
    """Every address that this configuration would open, and no other [SE-9]."""
    addresses = [] if is_file(found.database) else [shown(found.database)]
    if found.slack:
        # Slack tells at which of its addresses events and files are.
        near = urlsplit(found.slack.api_url).hostname == "slack.com"
        addresses += [found.slack.api_url, *(ALSO_OF_SLACK if near else ())]
    if found.matrix:
        addresses.append(str(found.matrix.homeserver))
    if found.proxy:
        addresses.append(shown(found.proxy))
    for address in addresses:
        yield Finding("ok", "cli-check-connection", {"address": address})
    if not addresses:
        yield Finding("ok", "cli-check-no-connection")
    if found.web:
        yield Finding("ok", "cli-check-listens", {"address": f"{found.web.host}:{found.web.port}"})
