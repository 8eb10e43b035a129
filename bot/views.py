"""Questions from outside that are no events: answered in a read-only session, changing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.ports import Store
from bot.registry import Registry


@dataclass(frozen=True, slots=True)
class Viewer:
    """The port `bot.ports.Views`: asks the function that a feature registered with `@view`."""

    registry: Registry
    store: Store

    async def show(self, view: str, args: Mapping[str, Any], now: datetime) -> Any:
        """The view's answer. KeyError for a view nobody registered."""
        entry = self.registry.views[view]
        async with self.store.reading() as tx:
            return await entry.handler(tx, now=now, **args)
