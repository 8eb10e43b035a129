"""The local server as a process of its own: `python -m tests.slack.server` prints its address.

People act through it: `POST <address>../people/<name>/<act>` with a JSON list of arguments.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import suppress

from bot.clock import SystemClock
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace


def main() -> None:
    """Serves a workspace with these people, all in #general, until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tests.slack.server", description=__doc__)
    parser.add_argument("people", nargs="*", default=["marie", "paul"])
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(given.people, given.port))


async def _serve(people: list[str], port: int) -> None:
    workspace = Workspace(SystemClock())
    for name in people:
        workspace.add_user(name)
    workspace.add_channel("#general", *people)
    async with serving(workspace, port) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


main()
