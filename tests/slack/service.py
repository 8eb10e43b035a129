"""`copain run` as a process of its own on the local Slack, which outlives it in the test's."""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from bot.clock import FrozenClock, SystemClock
from tests.program import Program
from tests.slack.server.state import Channel
from tests.slack.server.workspace import Workspace

_CONFIG = """
[bot]
language = "fr"
database = "sqlite+aiosqlite:///{folder}/copain.db"
[limits]
per_person = 0
[slack]
api_url = "{url}"
[[communities]]
slug = "demo"
name = "Demo"
purpose = "Partager nos pratiques"
holidays = ["CA-QC"]
state = "open"
mode = "cruise"
launched = 2025-09-08
coordinators = [{coordinators}]
spaces = [{{platform = "slack", id = "{room}", use = "discussion"}}]
"""


def peopled(*names: str, ahead: timedelta = timedelta()) -> tuple[Workspace, Channel]:
    """A workspace with these people in one private channel, on a clock that the test moves on.

    It begins at the machine's time, which is the program's, or so much `ahead` of it.
    """
    workspace = Workspace(FrozenClock(SystemClock().now() + ahead))
    for name in names:
        workspace.add_user(name)
    return workspace, workspace.add_channel("#salon", *names, kind="group")


def installed(
    workspace: Workspace,
    folder: Path,
    *,
    coordinators: Collection[str],
    room: Channel,
    hurried: bool = True,
) -> Program:
    """The program of one community in that channel, not started; the workspace is served.

    `hurried`: without Slack's pace and the seconds of patience (`tests.slack.hurried`).
    """
    program = Program(folder=folder, module="tests.slack.hurried" if hurried else "bot")
    config = _CONFIG.format(
        folder=folder,
        url=workspace.url,
        coordinators=", ".join(f'"slack:{workspace.user(name).id}"' for name in coordinators),
        room=room.id,
    )
    app = workspace.app
    secrets = {
        "COPAIN_SECRET": base64.b64encode(b"s" * 32).decode(),
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
    }
    program.write(config, "".join(f"{name}={value}\n" for name, value in secrets.items()))
    return program
