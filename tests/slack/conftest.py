"""What the tests on the local Slack-like server share: a workspace, and a bare Bolt app on it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Protocol

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import FrozenClock
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace


class Connect(Protocol):
    """Opens the socket of a Bolt app."""

    async def __call__(self, app: AsyncApp, ping_interval: float = 3) -> AsyncSocketModeHandler: ...


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A workspace on a clock that stands still, served on loopback."""
    made = Workspace(FrozenClock(datetime(2026, 3, 2, 14, tzinfo=UTC)))
    for name in ("marie", "paul"):
        made.add_user(name)
    made.add_channel("#general", "marie", "paul")
    made.delivery.patience = 2.0
    async with serving(made):
        yield made


@pytest.fixture
def client(workspace: Workspace) -> AsyncWebClient:
    return AsyncWebClient(workspace.app.bot_token, base_url=workspace.url)


@pytest.fixture
def bolt(client: AsyncWebClient) -> AsyncApp:
    """A bare Bolt app: it acknowledges once its listener has returned."""
    logger = logging.getLogger("bare")
    logger.setLevel(logging.CRITICAL)
    return AsyncApp(client=client, process_before_response=True, logger=logger)


@pytest.fixture
async def connect(workspace: Workspace) -> AsyncIterator[Connect]:
    """Opens the socket of a Bolt app and closes it when the test ends."""
    async with AsyncExitStack() as stack:

        async def connected(app: AsyncApp, ping_interval: float = 3) -> AsyncSocketModeHandler:
            before = len(workspace.delivery.links)
            token = workspace.app.app_token
            handler = AsyncSocketModeHandler(app, token, ping_interval=ping_interval)
            stack.push_async_callback(handler.close_async)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await workspace.until(lambda: len(workspace.delivery.links) > before)
            return handler

        yield connected
