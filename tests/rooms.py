"""A platform in memory under the people of a conversation, spoken to in events.

For what the terminal cannot do: there a private answer is private and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from bot.dispatch import Done
from bot.events import Account, Event, Place, Pressed, Said
from bot.messages import Capabilities
from bot.speaking import ScoreLine
from bot.testing import MemoryAdapter, MemoryMessage
from tests.conversation import Conversation, plain

GENERAL = Place("terminal", "", "general")
ABLE = Capabilities(whispers=True, recalls=False)


@dataclass
class Room:
    """Spoken to in events; the platform remembers what it showed whom."""

    talk: Conversation
    platform: MemoryAdapter
    number: int = 0
    score: list[ScoreLine] = field(default_factory=list)

    async def say(self, who: str, text: str, *, thread: str | None = None, **rest: Any) -> None:
        await self.hear(Said, who, text=text, thread=thread, **{"addressed": True, **rest})

    async def press(self, who: str, message: MemoryMessage, action: str) -> None:
        await self.hear(Pressed, who, place=message.place, message=message.id, action=action)

    async def hear(self, kind: type[Any], who: str, **rest: Any) -> None:
        self.number += 1
        by = Account("terminal", "", who)
        event: Event = kind(
            **{
                "id": f"e{self.number}",
                "at": self.talk.house.clock.now(),
                "place": GENERAL,
                "by": by,
                "message": f"m{self.number}",
                **rest,
            }
        )
        outcome = await self.talk.house.hear(event)
        self.score = list(outcome.score) if isinstance(outcome, Done) else []
        await self.talk.house.delivery.drain()

    def whispers(self) -> list[str]:
        return [plain(each.text) for each in self.platform.whispered(GENERAL)]

    def last(self) -> MemoryMessage:
        return self.platform.whispered(GENERAL)[-1]

    def private(self, who: str) -> list[str]:
        dm = Account("terminal", "", who).dm
        return [plain(each.text) for each in self.platform.said(dm)]


def room_of(talk: Conversation, *features: ModuleType, able: Capabilities = ABLE) -> Room:
    """The people of that conversation, on a platform in memory that can do this."""
    platform = MemoryAdapter({GENERAL: set()}, name="terminal", capabilities=able)
    # No two messages have the same number, whatever stood for the platform before.
    begun = 100 * (1 + able.whispers)
    platform.done = {f"before:{number}": None for number in range(begun)}
    talk.add(*features)
    talk.house.delivery.adapters = {"terminal": platform}
    talk.house.dispatch.abilities = {"terminal": able}
    return Room(talk, platform)
