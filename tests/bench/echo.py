"""The best bare echo on nio: what any bot on this library must pay for a reply.

A task per event and a wide timeline, for by the callbacks and the filter that nio's examples show
most of a burst is lost. It keeps nothing: killed, it forgets. Run by `bench_matrix` as a process.
"""

from __future__ import annotations

import asyncio
import logging
import os

from nio import AsyncClient, AsyncClientConfig, MatrixRoom, RoomMessageText

WORD = "!echo "
FILTER = {"room": {"timeline": {"limit": 1000}}}


async def main() -> None:
    """Answers `!echo words` with the words until the process is stopped."""
    # It warns of each key that is not here yet.
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    said = os.environ
    sealed = said["ECHO_ENCRYPTION"] == "true"
    client = AsyncClient(
        said["ECHO_HOMESERVER"],
        said["ECHO_USER"],
        said["ECHO_DEVICE"],
        store_path=said["ECHO_STORE"] if sealed else "",
        config=AsyncClientConfig(encryption_enabled=sealed, store_sync_tokens=False),
    )
    client.restore_login(said["ECHO_USER"], said["ECHO_DEVICE"], said["ECHO_TOKEN"])
    answering: set[asyncio.Task[None]] = set()

    async def answer(room: MatrixRoom, event: RoomMessageText) -> None:
        content = {"msgtype": "m.text", "body": event.body.removeprefix(WORD)}
        await client.room_send(
            room.room_id, "m.room.message", content, ignore_unverified_devices=True
        )

    async def heard(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != client.user_id and event.body.startswith(WORD):
            task = asyncio.create_task(answer(room, event))
            answering.add(task)
            task.add_done_callback(answering.discard)

    await client.sync(0, sync_filter=FILTER, full_state=True)
    client.add_event_callback(heard, RoomMessageText)
    await client.sync_forever(30_000, sync_filter=FILTER)


if __name__ == "__main__":
    asyncio.run(main())
