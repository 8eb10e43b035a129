"""Slack: a community in the channels of a workspace, over Socket Mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.config.models import Slack
from bot.config.secrets import Secrets
from bot.log import Log
from bot.ports import Doors, Following, Notes

if TYPE_CHECKING:
    from adapters.slack.adapter import SlackAdapter


def build(
    settings: Slack,
    *,
    secrets: Secrets,
    command: str,
    proxy: str,
    clock: Clock,
    log: Log,
    notes: Notes,
    doors: Doors,
    following: Following,
    read_file: Callable[[str], bytes],
) -> SlackAdapter:
    """The adapter of a configuration."""
    from adapters.slack.adapter import Settings, SlackAdapter

    bot, app = secrets.slack_bot_token, secrets.slack_app_token
    return SlackAdapter(
        settings=Settings(
            api_url=str(settings.api_url),
            command=command,
            proxy=proxy,
            bot_token=bot.reveal() if bot else "",
            app_token=app.reveal() if app else "",
        ),
        clock=clock,
        log=log,
        notes=notes,
        doors=doors,
        following=following,
        read_file=read_file,
    )
