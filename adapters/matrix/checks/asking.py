"""One homeserver asked over HTTP: what it answers, or why nothing usable came back.

Plain requests, without the client library: a look must not touch keys, nor take the place of the
process that runs. Only the address that it was opened with is ever asked [SE-9].
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp_socks import ProxyError

from adapters.asking import PATIENCE, Unanswered, connector, date, text, why

_MOST_BYTES = 32 << 20
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `body` is empty where it was no JSON object."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    """What time the server said it was."""

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def code(self) -> str:
        """The `errcode`, or the status where there is none."""
        return text(self.body, "errcode") or str(self.status)

    @property
    def wait(self) -> float | None:
        """Seconds that a refusal for haste asks for (429), None for any other answer."""
        if self.status != 429:
            return None
        asked = self.body.get("retry_after_ms")
        return asked / 1000 if isinstance(asked, int | float) else PATIENCE


@dataclass(frozen=True, slots=True)
class Server:
    """A homeserver, and as whom it is asked."""

    session: aiohttp.ClientSession
    address: str
    token: str = field(default="", repr=False)

    def known_as(self, token: str) -> Server:
        """The same server, asked with this access token."""
        return replace(self, token=token)

    async def ask(
        self, method: str, path: str, body: Any = None, *, patience: float = PATIENCE
    ) -> Answer:
        """One request and its answer, errors of the server included. Raises Unanswered."""
        try:
            async with self.session.request(
                method,
                self.address.rstrip("/") + path,
                json=body,
                headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=patience),
            ) as answer:
                raw = await _bounded(answer)
        except (aiohttp.ClientError, ProxyError, OSError, ValueError) as error:
            raise Unanswered(why(error)) from None
        return Answer(status=answer.status, body=_object(raw), at=date(answer.headers))

    async def get(self, path: str, *, patience: float = PATIENCE) -> Answer:
        """As `ask`, reading."""
        return await self.ask("GET", path, patience=patience)


@asynccontextmanager
async def connected(address: str, proxy: str = "") -> AsyncIterator[Server]:
    """The server at this address, through the proxy if any; nothing is asked yet."""
    async with aiohttp.ClientSession(connector=connector(proxy)) as session:
        yield Server(session, address)


def part(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="")


def rows(body: Mapping[str, Any], key: str) -> list[Any]:
    """A list of somebody's JSON, empty for anything else."""
    value = body.get(key)
    return value if isinstance(value, list) else []


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    raw = b""
    async for chunk in answer.content.iter_chunked(_CHUNK):
        raw += chunk
        if len(raw) > _MOST_BYTES:
            raise ValueError("more than a homeserver has to say")
    return raw


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:  # a page of a web server, or nothing at all
        return {}
    return found if isinstance(found, dict) else {}
