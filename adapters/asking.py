"""What a look at a chat server over HTTP has in common on every platform (`copain check`).

Why no answer came, the way through a proxy, and what may be believed of somebody's JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import aiohttp
from aiohttp_socks import ProxyConnector, ProxyError

from bot.errors import CopainError

PATIENCE = 10.0
"""Seconds for one answer."""

Why = Literal["late", "name", "tls", "refused", "proxy", "other"]


class Unanswered(CopainError):
    """The server gave no answer."""

    loggable = True

    def __init__(self, why: Why) -> None:
        """Too late, no such name, a certificate that nobody vouches for, nobody listening."""
        self.why = why
        super().__init__(why)


def why(error: Exception) -> Why:
    """Why a request failed, by the error of the HTTP client."""
    match error:
        case ProxyError():
            return "proxy"
        case TimeoutError():
            return "late"
        case aiohttp.ClientConnectorDNSError():
            return "name"
        case aiohttp.ClientSSLError():
            return "tls"
        case aiohttp.ClientConnectorError():
            return "refused"
    return "other"


def connector(proxy: str) -> aiohttp.BaseConnector | None:
    """The way through the proxy; None where there is none."""
    if not proxy:
        return None
    # "socks5h" is curl's way of saying that the proxy looks names up.
    return ProxyConnector.from_url(proxy.replace("socks5h://", "socks5://"), rdns=True)


def date(headers: Mapping[str, str]) -> datetime | None:
    """What time the server said it was."""
    try:
        found = parsedate_to_datetime(headers["Date"])
    except (KeyError, ValueError):  # not every server says it
        return None
    return found if found.tzinfo else None


def text(body: Mapping[str, Any], key: str) -> str:
    """A string of somebody's JSON, "" for anything else."""
    value = body.get(key)
    return value if isinstance(value, str) else ""


def table(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object of somebody's JSON, empty for anything else."""
    value = body.get(key)
    return value if isinstance(value, dict) else {}
