"""What a server that answers oddly means for the platform."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from nio import AsyncClient

from adapters.matrix.wire import Wire
from bot.errors import RetryLater, Unusable

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


@pytest.fixture
async def expired(tmp_path: Path) -> AsyncIterator[str]:
    """A server whose certificate ended long ago."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path / "server.pem"))
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", ssl=context)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_certificate_ends_the_start_and_is_waited_for_later(expired: str) -> None:
    client = AsyncClient(expired, "@copain:example.org")
    try:
        wire = Wire(client)
        with pytest.raises(Unusable, match="matrix-fault-certificate"):
            await wire.call("GET", "/_matrix/client/versions")
        wire.opened = True
        with pytest.raises(RetryLater) as refused:
            await wire.call("GET", "/_matrix/client/versions")
        assert refused.value.away
    finally:
        await client.close()


def _certificate(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file
