"""The best bare Bolt app: what any bot on this library must pay for an acknowledgement and a reply.

It acknowledges at once and answers beside that. It keeps nothing: killed, it forgets. Run by
`bench_slack` as a process.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    """Answers each slash command and private message with its words until it is stopped."""
    said = os.environ
    answering: set[asyncio.Task[Any]] = set()
    async with aiohttp.ClientSession() as session:
        # Without a session of its own the SDK opens a connection for each call.
        client = AsyncWebClient(said["BOLT_TOKEN"], base_url=said["BOLT_URL"], session=session)
        app = AsyncApp(client=client, process_before_response=True)

        def answer(user: str, text: str) -> None:
            task = asyncio.create_task(client.chat_postMessage(channel=user, text=text))
            answering.add(task)
            task.add_done_callback(answering.discard)

        @app.command("/copain")
        async def commanded(ack: Any, command: Any) -> None:
            answer(command["user_id"], command["text"])
            await ack()

        @app.event("message")
        async def wrote(event: Any) -> None:
            answer(event["user"], event["text"])

        handler = AsyncSocketModeHandler(app, said["BOLT_APP_TOKEN"])
        await handler.connect_async()  # type: ignore[no-untyped-call] # the SDK's
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
