"""Calls of Slack's Web API, and what its refusals mean.

The SDK knows how each method is called; its handlers that sleep and repeat within a call are left
out, for whoever waits for an answer would wait for that. Each call is made once, and its failure is
one of the house's errors. Source of the codes: the "Errors" of each method's page; of the two that
leave everything open (`fatal_error`, `internal_error`) it says that some of it may have succeeded.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.tiers import Tiers
from bot.errors import RetryLater, Unusable

PATIENCE = 30.0
"""Seconds an ordinary call may take."""
CONNECTING = 10.0
"""Seconds a connection may take."""
UNASKED = 5.0
"""Seconds to wait where nobody says how long."""
SHORTEST = 1.0
"""Seconds to wait where none are asked for."""
DEAD = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
LIMITED = frozenset({"accesslimited", "message_limit_exceeded", "rate_limited", "ratelimited"})
STUMBLED = frozenset({"fatal_error", "internal_error", "request_timeout"})
"""Slack is there, and could not do this: another message may well pass."""
OPEN = frozenset({"org_login_required", "service_unavailable", "team_added_to_org"})


class Refused(Exception):
    """Slack answered no: `code` is its `error`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Unanswered(RetryLater):
    """The call left, and whether Slack carried it out is not known."""

    def __init__(self, *, away: bool = True) -> None:
        super().__init__(UNASKED, whole=away, away=away)


@dataclass(slots=True)
class Wire:
    """The way to one workspace."""

    api_url: str
    token: str = field(repr=False)
    tiers: Tiers
    proxy: str = ""
    client: AsyncWebClient = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.client = AsyncWebClient(
            token=self.token,
            base_url=self.api_url,
            timeout=int(PATIENCE),
            proxy=self.proxy or None,
            retry_handlers=[],
            logger=silence(),
        )
        # The SDK would take a proxy from the environment; only the configured one is used [SE-9].
        self.client.proxy = self.proxy or None

    async def call(
        self, method: str, lane: str = "", *, patience: float = PATIENCE, **arguments: Any
    ) -> dict[str, Any]:
        """Makes one call and returns its JSON; `lane` is the channel whose pace it counts to.

        Raises Refused for a no, Unanswered, RetryLater (of that channel, or of the whole platform
        where Slack cannot be reached), Unusable when the token is worth nothing any more.
        """
        wait = self.tiers.wait(method, lane)
        if wait > 0:
            raise RetryLater(wait)
        self._session()
        ask = getattr(self.client, method.replace(".", "_"))
        try:
            async with asyncio.timeout(patience):
                response = await ask(**arguments)
        except SlackApiError as error:
            raise self._fault(method, lane, error.response) from None
        except (AttributeError, LookupError, UnicodeError):
            # The SDK stumbles over what is no JSON object, as proxies answer: a line of text.
            raise Unanswered from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise lost(error) from None
        return dict(response.data)

    async def upload(self, url: str, content: bytes) -> None:
        """Brings the bytes of a file to the address Slack gave for it. Raises RetryLater."""
        try:
            async with self._session().post(url, data=content, proxy=self.client.proxy) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise RetryLater(UNASKED, whole=True, away=True) from None
        if status != 200:
            # Nobody sees a file before its upload is completed: it is begun again.
            raise RetryLater(UNASKED)

    async def close(self) -> None:
        """Ends every connection."""
        if self.client.session is not None:
            await self.client.session.close()

    def _session(self) -> aiohttp.ClientSession:
        session = self.client.session
        if session is None or session.closed:
            # Without one of its own the SDK would open a new connection for each call.
            limit = aiohttp.ClientTimeout(total=PATIENCE, sock_connect=CONNECTING)
            session = self.client.session = aiohttp.ClientSession(timeout=limit)
        return session

    def _fault(self, method: str, lane: str, response: Any) -> Exception:
        # Where its JSON could not be read, the SDK gives aiohttp's own response.
        status = int(getattr(response, "status_code", getattr(response, "status", 0)))
        body = getattr(response, "data", None)
        code = str(body.get("error", "")) if isinstance(body, dict) else ""
        if status == 429 or code in LIMITED:
            asked = str(response.headers.get("Retry-After", ""))
            wait = max(float(asked), SHORTEST) if asked.isdigit() else UNASKED
            self.tiers.hold(method, lane, wait)
            return RetryLater(wait)
        if code in DEAD:
            return Unusable("slack-fault-token")
        if code in STUMBLED:
            return Unanswered(away=False)
        if status >= 500 or not code or code in OPEN:
            return Unanswered()
        return Refused(code)


def lost(error: Exception) -> RetryLater:
    """What became of a call whose connection failed: it never left, or nobody knows."""
    never_left = isinstance(
        error,
        aiohttp.ClientConnectorError
        | aiohttp.ClientHttpProxyError
        | aiohttp.ConnectionTimeoutError,
    )
    return RetryLater(UNASKED, whole=True, away=True) if never_left else Unanswered()


def silence() -> logging.Logger:
    """A logger that writes nothing: those of Bolt and the SDK repeat what people typed [SE-5]."""
    # Not one of the registered ones: Bolt copies its level into those it makes.
    silent = logging.Logger("slack", logging.CRITICAL + 1)  # noqa: LOG001 - see above
    silent.addHandler(logging.NullHandler())
    return silent
