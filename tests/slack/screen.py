"""Somebody of the community before their screen: they act by what they see there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adapters.terminal.script import same
from tests.conversation import plain
from tests.slack.community import Community
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person
from tests.slack.server.state import Message, View, elements_of, shown_label

DM = "@copain"


@dataclass(slots=True)
class Screen:
    """What one person sees, and what they do with it; in private unless a channel is said."""

    made: Community
    name: str

    @property
    def person(self) -> Person:
        """The same person, as the workspace knows them."""
        return self.made.person(self.name)

    async def types(self, text: str, *, where: str = DM, under: Message | None = None) -> None:
        """Writes a line; in private to the bot."""
        act = self.person.dm(text) if where == DM else self.person.say(where, text, under)
        assert (await self.made.done(act)).acked

    async def slash(self, text: str, *, where: str = DM) -> Ack:
        """Types the command."""
        return await self.made.done(self.person.slash(where, f"/copain {text}".strip()))

    async def mentions(self, text: str, where: str, *, under: Message | None = None) -> None:
        """Writes to the bot by its name, before everybody."""
        assert (await self.made.done(self.person.mention(where, text, under))).acked

    async def presses(self, label: str, *, where: str = DM) -> None:
        """Presses the newest button of that label."""
        for message in reversed(self.shown(where)):
            for element in elements_of(message.blocks):
                if same(shown_label(element), label):
                    act = self.person.press(message, element["action_id"])
                    assert (await self.made.done(act)).acked
                    return
        raise AssertionError((label, [each.buttons for each in self.shown(where)[-3:]]))

    async def sends(self, **values: Any) -> Ack:
        """Fills in the window before them, by the names of its fields, and sends it."""
        return await self.made.done(self.person.submit(None, values))

    @property
    def window(self) -> View:
        """The window before them."""
        assert self.person.modal is not None, f"no window; {self.texts()[-2:]}"
        return self.person.modal

    def shown(self, where: str = DM) -> list[Message]:
        """What stands there, threads and whispers included, oldest first."""
        if where == DM:
            return self.person.dm_messages()
        roots = self.person.sees(where)
        replies = [reply for root in roots for reply in self.person.thread(root)]
        found = [*roots, *replies, *self.person.ephemerals(where)]
        return sorted(found, key=lambda message: message.ts)

    def texts(self, where: str = DM) -> list[str]:
        """What the bot said there, as it is read, no-break spaces and apostrophes made plain."""
        bot = self.made.workspace.app.bot_user
        return [plain(each.read) for each in self.shown(where) if each.user == bot]

    def sees(self, part: str, *, where: str = DM) -> Message:
        """The newest message of the bot that says this."""
        bot = self.made.workspace.app.bot_user
        for message in reversed(self.shown(where)):
            if message.user == bot and part in plain(message.read):
                return message
        raise AssertionError((part, self.texts(where)[-3:]))
