"""Requests to the homeserver, and what its refusals mean.

nio's own requests sleep on a 429 and repeat for ever on a lost network, within the call; whoever
waits for an answer would wait for that. Here each request is made once, and its failure is one of
the house's errors. Source of the codes: Matrix specification, client-server API, « Standard error
response »; of what Synapse does with them: platform facts §1 and §7.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from nio import AsyncClient

from bot.errors import RetryLater, Unusable
from bot.log import Log

V3 = "/_matrix/client/v3"
V1 = "/_matrix/client/v1"
PATIENCE = 30.0
"""Seconds an ordinary request may take."""
UNASKED = 5.0
"""Seconds to wait where the server asks for patience and does not say how long."""
DEAD = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"})


class Refused(Exception):
    """The server answered no: `code` is its errcode, `status` that of HTTP."""

    def __init__(self, status: int, code: str) -> None:
        self.status = status
        self.code = code
        super().__init__(f"{status} {code}")


@dataclass(slots=True)
class Wire:
    """The way to one homeserver, through the session that nio holds open."""

    client: AsyncClient
    log: Log | None = None
    opened: bool = False
    """Whether the server has been the right one: a certificate that fails later is renewed."""

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """Makes one request, of `patience` seconds at most, and returns its JSON.

        Raises Refused for a no, RetryLater (of the whole platform) where the account's limit is
        reached or the server cannot be, Unusable when the token is worth nothing any more, or the
        certificate before anything was `opened`.
        """
        headers = {"Content-Type": "application/json"}
        if self.client.access_token:
            headers["Authorization"] = f"Bearer {self.client.access_token}"
        data = None if body is None else json.dumps(body, ensure_ascii=True)
        try:
            response = await self.client.send(method, path, data, headers, None, patience)
            async with response:
                raw = await response.read()
        except ssl.SSLCertVerificationError:
            # Nothing else of TLS: a proxy that restarts breaks off too, and comes back.
            if not self.opened:
                raise Unusable("matrix-fault-certificate") from None
            if self.log is not None:
                self.log.error("matrix-certificate-invalid")  # noqa: TRY400 - the house's log
            raise RetryLater(UNASKED, whole=True, away=True) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise RetryLater(UNASKED, whole=True, away=True) from None
        return _answer(response.status, response.headers, raw)


def _answer(status: int, headers: Mapping[str, str], raw: bytes) -> dict[str, Any]:
    answer = _object(raw)
    if status == 200:
        return answer
    code = str(answer.get("errcode", ""))
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        raise RetryLater(_wait(answer, headers), whole=True)
    if code in DEAD:
        raise Unusable("matrix-fault-token")
    # A proxy before a homeserver that is down or starting answers so, often without JSON.
    if status >= 500 or not code:
        raise RetryLater(UNASKED, whole=True, away=True)
    raise Refused(status, code)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _wait(answer: Mapping[str, Any], headers: Mapping[str, str]) -> float:
    """Seconds the server asks us to wait: its own milliseconds are finer than the header."""
    asked = answer.get("retry_after_ms")
    if isinstance(asked, int | float) and 0 <= asked < 86_400_000:
        return asked / 1000
    header = headers.get("Retry-After", "")
    return float(header) if header.isdigit() else UNASKED


def path(*parts: str, base: str = V3, **query: str) -> str:
    """A path of the client-server API; every part is quoted, slashes too."""
    said = "/".join([base, *(quote(part, safe="") for part in parts)])
    return f"{said}?{urlencode(query)}" if query else said
