"""The listener: `/health` for people and watchdogs, `/metrics` for Prometheus.

Both answer without a key, so they hold numbers and short words alone, and stay on this machine
unless the configuration says otherwise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from adapters.web.metrics import CONTENT_TYPE, Counted
from bot.health import Health, Load, Look

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
CLOSING = 1.0
"""Seconds that a page under way is given when the bot stops."""


@dataclass(slots=True)
class Web:
    """Listens on `host:port` from `start` to `close`; port 0 takes any that is free."""

    host: str
    port: int
    _: KW_ONLY
    look: Look
    counted: Counted
    _pages: dict[str, Handler] = field(default_factory=dict, init=False)
    _runner: web.AppRunner | None = field(default=None, init=False)

    def mount(self, path: str, handler: Handler) -> None:
        """Has another page answered at that path. RuntimeError once it listens."""
        if self._runner is not None:
            raise RuntimeError("pages are mounted before the door opens")
        self._pages[path] = handler

    async def start(self) -> None:
        """Begins to listen, and notes the port taken. OSError when it is somebody else's."""
        pages = {"/health": self._health, "/metrics": self._metrics, **self._pages}
        app = web.Application()
        for path, handler in pages.items():
            app.router.add_get(path, handler)
        # Who asked for what, and with which program, is nobody's concern.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Listens no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _request: web.Request) -> web.Response:
        health = await self.look()
        return web.json_response(as_json(health), status=200 if health.ok else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        body = self.counted.text(await self.look())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


def as_json(health: Health) -> dict[str, Any]:
    """The health page: ages in seconds, None where there is nothing to be old."""
    return {
        "ok": health.ok,
        "at": health.at.isoformat(),
        "database": "ok" if health.load is not None else "unreachable",
        "platforms": {
            name: {"state": each.state, "heard_seconds": _age(each.heard, health.at)}
            for name, each in health.platforms.items()
        },
        **_waits(health.load, health.at),
    }


def _waits(load: Load | None, at: datetime) -> dict[str, Any]:
    if load is None:
        return {}
    return {
        "outbox": {
            "waiting": load.waiting,
            "oldest_seconds": _age(load.oldest, at),
            "dead": load.dead,
        },
        "timers_due": load.due,
        "tasks": load.tasks,
    }


def _age(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max(0.0, round((at - since).total_seconds(), 1))
