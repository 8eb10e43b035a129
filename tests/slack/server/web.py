"""The HTTP and WebSocket side: what slack-sdk's own code talks to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web

from bot.clock import FrozenClock
from tests.slack.server import arguments, remote, responses
from tests.slack.server.calling import Call, Method
from tests.slack.server.methods import chat, conversations, files, others, views
from tests.slack.server.state import Json
from tests.slack.server.workspace import Called, Refused, Workspace

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **others.METHODS,
    **views.METHODS,
}
TICK = 0.05
"""Seconds between two looks at what is due, on a clock that runs by itself."""


@asynccontextmanager
async def serving(workspace: Workspace, port: int = 0) -> AsyncIterator[str]:
    """Serves a workspace on loopback, in this event loop; gives the `base_url` for the SDK."""
    app = web.Application(client_max_size=20 * 1024 * 1024)
    site = _Site(workspace)
    app.router.add_route("*", "/api/{method}", site.call)
    app.router.add_post("/api/commands/{team}/{key}", site.respond)
    app.router.add_get("/link/", site.link)
    app.router.add_post("/upload/{id}", site.upload)
    app.router.add_post("/people/{name}/{act}", site.act)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", port)
    await listener.start()
    server = listener._server  # noqa: SLF001 - how else to learn an ephemeral port
    assert isinstance(server, asyncio.Server)
    workspace.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    ticking = asyncio.create_task(_tick(workspace))
    try:
        yield workspace.url
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        site.stopping.set()
        await workspace.delivery.stop()
        await runner.cleanup()


async def _tick(workspace: Workspace) -> None:
    if isinstance(workspace.clock, FrozenClock):
        return
    while True:
        await workspace.delivery.timers.run(workspace.clock.now())
        await asyncio.sleep(TICK)


class _Site:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.stopping = asyncio.Event()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of the Web API, with the fault it may meet on its way."""
        method = request.match_info["method"]
        given, token = await _given(request)
        channel = str(given.get("channel", given.get("channel_id", "")))
        fault = self.workspace.faults.meet(method, channel)
        kind = fault.kind if fault is not None else ""
        called = Called(method, {k: v for k, v in given.items() if k != "token"})
        self.workspace.called.append(called)
        wait = 0
        if fault is not None and kind == "429":
            wait = fault.retry_after
        elif self.workspace.settings.limited:
            wait = self.workspace.rates.wait(method, channel)
        if wait:
            called.answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(called.answer, status=429, headers={"Retry-After": str(wait)})
        if kind == "500":
            return web.Response(status=500, text="Internal Server Error")
        if kind not in ("closed_before", "hang_before"):
            answer = self._carried_out(method, called, given, token)
            if not kind:
                called.answer = answer
                self.workspace.changed()
                granted = ",".join(sorted(self._granted(token)))
                return web.json_response(answer, headers={"x-oauth-scopes": granted})
        self.workspace.changed()
        if kind.startswith("hang"):
            await self.stopping.wait()
        if request.transport is not None:
            request.transport.close()
        return web.Response(status=500)

    def _carried_out(self, method: str, called: Called, given: Json, token: str) -> Json:
        try:
            found = METHODS.get(method)
            if found is None:
                raise Refused("unknown_method", req_method=method)
            self._admitted(found, token)
            called.args = arguments.decoded(method, given)
            arguments.checked(method, called.args)
            call = Call(self.workspace, method, called.args)
            if found.token == "xoxb":
                call.needs(*found.scopes)
            return {"ok": True, **found.run(call)}
        except Refused as refused:
            return {"ok": False, "error": refused.code, **refused.more}

    def _admitted(self, method: Method, token: str) -> None:
        app = self.workspace.app
        if not token:
            raise Refused("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refused("invalid_auth")
        if not app.active:
            raise Refused("account_inactive")
        if not token.startswith(method.token):
            raise Refused("not_allowed_token_type")
        missing = set(method.scopes) - app.app_scopes
        if method.token == "xapp" and missing:
            provided = ",".join(sorted(app.app_scopes))
            raise Refused("missing_scope", needed=min(missing), provided=provided)

    def _granted(self, token: str) -> frozenset[str]:
        app = self.workspace.app
        if token == app.bot_token:
            return app.scopes
        return app.app_scopes if token == app.app_token else frozenset()

    async def link(self, request: web.Request) -> web.StreamResponse:
        """A socket of the app; the address of one serves once."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.workspace.tickets:
            return web.Response(status=404)
        self.workspace.tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        transport: Any = request.transport
        await self.workspace.delivery.serve(socket, transport)
        return socket

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The address that files.getUploadURLExternal gave."""
        found = self.workspace.uploads.get(request.match_info["id"])
        if found is None or found.content is not None:
            return web.Response(status=404)
        content = await files.received(request)
        if len(content) != found.length:
            return web.Response(status=400, text="wrong length")
        found.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """What a person does, when the test is in another process."""
        name, what = request.match_info["name"], request.match_info["act"]
        return await remote.act(self.workspace, name, what, await request.json())

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """A response_url."""
        key = f"{request.match_info['team']}/{request.match_info['key']}"
        try:
            responses.respond(self.workspace, key, await request.json())
        except Refused as refused:
            return web.json_response({"ok": False, "error": refused.code}, status=404)
        return web.Response(text="ok")


async def _given(request: web.Request) -> tuple[Json, str]:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        given |= json.loads(body) if body else {}
    elif request.can_read_body:
        given |= dict(await request.post())
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return given, token if kind == "Bearer" else str(given.get("token", ""))
