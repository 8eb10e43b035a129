"""The local server outlives the bot, as a process of its own or with the bot as one."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server.web import METHODS
from tests.slack.server.workspace import Workspace

ROOT = Path(__file__).parents[2]
BOT = """
import asyncio, sys
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient("xoxb-copain-1", base_url=sys.argv[1]), process_before_response=True
)

@app.command("/copain")
async def listen(ack, command, client):
    await client.chat_postMessage(channel=command["channel_id"], text=command["text"])
    await ack()

async def main():
    await AsyncSocketModeHandler(app, "xapp-1-A0COPAIN-1").start_async()

asyncio.run(main())
"""


@asynccontextmanager
async def process(*args: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process that is gone at the end."""
    made = await asyncio.create_subprocess_exec(
        sys.executable,
        *args,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield made
    finally:
        if made.returncode is None:
            made.send_signal(signal.SIGKILL)
        await made.communicate()


async def test_a_bot_in_another_process_dies_and_the_workspace_remembers(
    workspace: Workspace,
) -> None:
    marie = workspace.person("marie")
    for number in range(2):
        async with process("-c", BOT, workspace.url):
            await workspace.until(lambda: workspace.delivery.ready)
            assert (await marie.slash("#general", f"/copain {number}")).acked
        await workspace.until(lambda: not workspace.delivery.ready)
        assert (await marie.slash("#general", "/copain lost")).why == "no_socket"
    assert [m.text for m in marie.sees("#general")] == ["0", "1"]


async def test_the_server_in_another_process_tells_its_address_and_lets_people_act() -> None:
    async with process("-m", "tests.slack.server", "marie", "noor") as server:
        assert server.stdout is not None
        url = (await server.stdout.readline()).decode().strip()
        client = AsyncWebClient("xoxb-copain-1", base_url=url)
        assert (await client.auth_test())["ok"]
        async with aiohttp.ClientSession() as http:

            async def act(who: str, what: str, *args: Any) -> Any:
                address = f"{url.removesuffix('/api/')}/people/{who}/{what}"
                async with http.post(address, json=args) as answer:
                    return await answer.json()

            told = await act("noor", "say", "#general", "hello")
            assert (told["acked"], told["why"]) == (False, "no_socket")
            (seen,) = await act("marie", "sees", "#general")
            assert seen["read"] == "hello"
            assert "error" in await act("marie", "explode")
            assert "error" in await act("marie", "press", seen, "Yes")


def test_every_method_is_one_of_slack_s() -> None:
    client = dir(AsyncWebClient)
    unknown = [m for m in METHODS if m.replace(".", "_") not in client]
    assert unknown == []
