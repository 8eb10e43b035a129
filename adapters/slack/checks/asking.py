"""Slack asked over HTTP: what it answers, or why nothing usable came back.

The SDK's own client makes the requests, so that what a look finds is what a run will meet. Only
the address of the configuration is asked [SE-9]: no proxy of the environment, no redirection.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp_socks import ProxyError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.asking import PATIENCE, Unanswered, connector, date, text, why

_FALLEN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `body` is empty where it was no JSON object."""

    body: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    at: datetime | None = None
    """What time Slack said it was."""
    scopes: frozenset[str] | None = None
    """Those of the token, None where Slack did not say."""

    @property
    def ok(self) -> bool:
        return self.body.get("ok") is True

    @property
    def code(self) -> str:
        """Slack's own code for a refusal, or the status where there is none."""
        return text(self.body, "error") or str(self.status)


@dataclass(frozen=True, slots=True)
class Slack:
    """Slack, asked with one token."""

    client: AsyncWebClient

    @property
    def address(self) -> str:
        return self.client.base_url

    async def ask(self, method: str, **given: Any) -> Answer:
        """One call of a method and its answer, refusals included. Raises Unanswered."""
        try:
            found = await self.client.api_call(method, params=given)
        except SlackApiError as refusal:
            found = refusal.response
        except (aiohttp.ClientError, ProxyError, OSError, _Elsewhere) as error:
            raise Unanswered(why(error)) from None
        except AttributeError:  # the SDK takes a page of plain text for a body that has fields
            raise Unanswered("other") from None
        headers: Mapping[str, str] = found.headers
        body = getattr(found, "data", None)
        status = getattr(found, "status_code", 0)
        if status >= _FALLEN:
            raise Unanswered("other")
        return Answer(
            body=body if isinstance(body, dict) else {},
            status=status,
            at=date(headers),
            scopes=_scopes(headers),
        )


@asynccontextmanager
async def connected(
    address: str, *tokens: str, proxy: str = ""
) -> AsyncIterator[tuple[Slack, ...]]:
    """Slack at this address, once for each token, through the proxy if any; not asked yet."""
    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_refuse)
    async with aiohttp.ClientSession(
        connector=connector(proxy),
        timeout=aiohttp.ClientTimeout(total=PATIENCE),
        trace_configs=[trace],
    ) as session:
        yield tuple(Slack(_client(address, token, session=session)) for token in tokens)


class _Elsewhere(Exception):
    """What answers sends us to another address."""


async def _refuse(*_: Any) -> None:
    raise _Elsewhere


def _client(address: str, token: str, *, session: aiohttp.ClientSession) -> AsyncWebClient:
    client = AsyncWebClient(token=token, base_url=address, session=session, retry_handlers=[])
    # Without one of ours, the SDK takes that of the environment.
    client.proxy = None
    return client


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    told = headers.get("x-oauth-scopes")
    if told is None:
        return None
    return frozenset(each.strip() for each in told.split(",") if each.strip())
