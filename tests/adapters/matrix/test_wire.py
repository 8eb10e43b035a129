"""What a server that answers oddly means for the platform."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from nio import AsyncClient

from adapters.matrix.wire import Wire
from bot.errors import RetryLater

INTERNAL_ERROR = bytes([21, 3, 3, 0, 2, 2, 80])
"""A TLS alert, as of a proxy that starts and has no certificate yet."""


@pytest.fixture
async def starting() -> AsyncIterator[str]:
    """A proxy that starts: it ends every handshake with an alert."""

    async def refuse(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(INTERNAL_ERROR)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_handshake_broken_off_is_patience_and_no_end(starting: str) -> None:
    client = AsyncClient(starting, "@copain:example.org")
    try:
        with pytest.raises(RetryLater) as refused:
            await Wire(client).call("GET", "/_matrix/client/versions")
        assert refused.value.whole
    finally:
        await client.close()
