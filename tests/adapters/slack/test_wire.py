"""What a server that answers oddly means for the platform."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from adapters.slack.names import called
from adapters.slack.tiers import Tiers
from adapters.slack.wire import Refused, Unanswered, Wire, silence
from bot.clock import FrozenClock
from bot.errors import RetryLater

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)


@asynccontextmanager
async def answering(response: Any) -> AsyncIterator[Wire]:
    """A server that gives every call the same answer."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(**response)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    wire = Wire(f"http://127.0.0.1:{port}/api/", "xoxb-secret-1", Tiers(FrozenClock(AT)))
    try:
        yield wire
    finally:
        await wire.close()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("response", "raised"),
    [
        ({"status": 502, "text": "<html>Bad gateway</html>", "content_type": "text/html"}, True),
        ({"status": 503, "text": ""}, True),
        ({"status": 200, "text": "<html>Log in</html>", "content_type": "text/html"}, True),
        ({"status": 200, "text": "{", "content_type": "application/json"}, True),
        ({"status": 200, "text": "[]", "content_type": "application/json"}, True),
        ({"status": 200, "text": "[1]", "content_type": "application/json"}, True),
        ({"status": 200, "text": "OK", "content_type": "text/plain"}, True),
        ({"status": 502, "text": "upstream error", "content_type": "text/plain"}, True),
        ({"status": 502, "body": b"\xff", "content_type": "text/plain", "charset": "utf-8"}, True),
        ({"status": 200, "body": b"{\xff}", "content_type": "application/json"}, True),
        (
            {"text": '{"ok": false, "error": "fatal_error"}', "content_type": "application/json"},
            True,
        ),
        ({"text": '{"ok": false, "error": "no_text"}', "content_type": "application/json"}, False),
    ],
)
async def test_what_is_no_answer_leaves_open_what_became_of_the_call(
    response: dict[str, Any], raised: bool
) -> None:
    async with answering(response) as wire:
        with pytest.raises(Unanswered if raised else Refused):
            await wire.call("chat.postMessage", "C1", channel="C1", text="Bonjour")


@pytest.mark.parametrize(("header", "after"), [("17", 17), ("0", 1), ("soon", 5), (None, 5)])
async def test_the_wait_that_is_asked_for_is_taken_at_its_word(
    header: str | None, after: float
) -> None:
    headers = {"Retry-After": header} if header else {}
    async with answering({"status": 429, "text": "", "headers": headers}) as wire:
        with pytest.raises(RetryLater) as patience:
            await wire.call("chat.postMessage", "C1", channel="C1", text="Bonjour")
    assert (patience.value.after, patience.value.whole) == (after, False)


@pytest.mark.parametrize("code", ["message_limit_exceeded", "org_login_required"])
async def test_what_passes_by_itself_is_waited_for(code: str) -> None:
    answer = {"text": f'{{"ok": false, "error": "{code}"}}', "content_type": "application/json"}
    async with answering(answer) as wire:
        with pytest.raises(RetryLater):
            await wire.call("chat.postMessage", "C1", channel="C1", text="Bonjour")


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    ok = {"text": '{"ok": true}', "content_type": "application/json"}
    async with answering(ok) as wire:
        assert await wire.call("auth.test") == {"ok": True}


async def test_the_token_is_in_no_picture_of_it() -> None:
    wire = Wire("https://slack.com/api/", "xoxb-secret-1", Tiers(FrozenClock(AT)))
    assert "secret" not in repr(wire)


def test_the_loggers_of_bolt_and_the_sdk_write_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silent = silence()
    silent.critical("ce que Marie a écrit")
    assert not silent.isEnabledFor(logging.CRITICAL)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "marie.t", "profile": {"display_name": "Marie", "real_name": "M. T."}}, "Marie"),
        ({"name": "marie.t", "profile": {"display_name": " ", "real_name": "M. T."}}, "M. T."),
        ({"name": "marie.t", "real_name": "Marie T.", "profile": None}, "Marie T."),
        ({"name": "marie.t"}, "marie.t"),
        ({"profile": {"display_name": 7}}, ""),
        ("U1", ""),
        (None, ""),
    ],
)
def test_somebody_is_called_what_they_chose_to_be_shown(user: Any, name: str) -> None:
    assert called(user) == name
