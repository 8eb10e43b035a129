"""One community on Slack and on Matrix at once: a workspace here, a real homeserver there."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.matrix.adapter import MatrixAdapter, Settings
from bot.app import quiet_log
from bot.attachments import Attachments
from bot.clock import FrozenClock
from bot.config import Community as Configured
from bot.config.models import Space
from bot.events import Account, Chosen, Event, Said
from bot.ports import Adapter
from storage.database import Database
from storage.doors import Doors
from storage.notebook import Notes
from tests.conversation import plain
from tests.real.member import Member
from tests.real.synapse import Login, Synapse
from tests.slack.community import Community, community
from tests.slack.screen import Screen

ELSEWHERE = "Une première réponse est arrivée dans general."

PROFILE = {"profession": "infirmière", "organisation": "CLSC du Lac"}


@dataclass(slots=True)
class Room:
    """The room of the community on Matrix, and its people's clients."""

    made: Community
    bot: Login
    id: str
    members: dict[str, Member]

    async def done(self, name: str, act: Awaitable[Any], *kinds: type[Event]) -> None:
        """Waits until what somebody does was heard, and all that it causes was sent."""
        heard = self.made.ears.heard
        since, account = len(heard), self.members[name].id

        def theirs() -> bool:
            by = [(each, getattr(each, "by", None)) for each in heard[since:]]
            return any(isinstance(each, kinds) and who and who.id == account for each, who in by)

        await act
        await self.made.workspace.until(theirs)
        await self.made.settle()

    async def votes(self, name: str, label: str) -> None:
        """Somebody votes in the poll under the prompt."""
        member = self.members[name]
        polls = await member.until(lambda: [x for x in member.timeline(self.id) if x.options])
        await self.done(name, member.vote(self.id, polls[-1].id, label), Chosen)

    async def writes(self, name: str, root: str, text: str) -> str:
        """Somebody writes in a thread."""
        return await self.members[name].in_thread(self.id, root, text)

    async def counted(self, part: str) -> str:
        """The prompt as it stands there, once it says this."""
        line = await self.members["marie"].sees(self.id, part, by=self.bot.user_id)
        return plain(line.text)

    def said(self) -> list[str]:
        """All that the bot said there."""
        return [plain(x) for x in self.members["marie"].texts(self.id, by=self.bot.user_id)]

    async def reads(self, name: str, part: str) -> None:
        """Waits until somebody reads this in private."""
        member = self.members[name]
        await member.sees(await member.dm(self.bot.user_id), part, by=self.bot.user_id)

    async def asks(self, name: str, text: str) -> None:
        """Somebody writes to the bot in private."""
        member = self.members[name]
        dm = await member.dm(self.bot.user_id)
        await self.done(name, member.say(dm, text), Said)


async def test_one_community_on_slack_and_matrix_counts_answers_together(
    synapse: Synapse, tmp_path: Path, unthreaded: None
) -> None:
    async with on_both(synapse, tmp_path) as room:
        antoine, marie = (Screen(room.made, name) for name in ("antoine", "marie"))
        await antoine.slash("amorce publier P38")
        marie.sees("Quel petit obstacle", where="general")
        await room.counted("Quel petit obstacle")

        await marie.presses("Transport", where="general")
        assert "Transport : 1" in await room.counted("Transport : 1")
        # She has another account there: nobody knows that yet.
        await room.votes("marie", "Horaire")
        await room.votes("erin", "Papier")
        for name in ("Transport", "Horaire", "Papier"):
            assert f"{name} : 1" in plain(marie.sees(f"{name} : 1", where="general").read)
            await room.counted(f"{name} : 1")

        prompt = marie.sees("Question du moment", where="general")
        await marie.types("Le transport du soir", where="general", under=prompt)
        line = await room.members["marie"].sees(room.id, ELSEWHERE, by=room.bot.user_id)
        await room.done("erin", room.writes("erin", str(line.thread), "The night bus"), Said)
        told = [text for text in room.said() if "Une première réponse" in text]
        assert len(told) == 1, "told once, where the first answer did not come from"
        assert not any("Une première réponse" in text for text in marie.texts("general"))

        await room.reads("erin", "Noted, thank you")
        await room.asks("erin", "help account")
        await room.reads("erin", "two people")
        marie.sees("C'est noté, merci")
        await marie.slash("aide compte")
        marie.sees("comptent pour deux personnes")
        await room.asks("marie", "aide compte")
        await room.reads("marie", "comptent pour deux personnes")
        await antoine.slash("amorce fermer")
        antoine.sees("3 personnes ont répondu")


@asynccontextmanager
async def on_both(synapse: Synapse, folder: Path) -> AsyncIterator[Room]:
    """The community in its channels and in a room of a homeserver."""
    bot = synapse.register("copain-both", shown="copain")
    async with AsyncExitStack() as stack:
        members = {}
        for name in ("marie", "erin"):
            login = synapse.register(f"{name}-both", shown=name)
            members[name] = await stack.enter_async_context(Member(login, folder / name))
        room = await _room(synapse, bot, members)
        built: list[MatrixAdapter] = []

        def others(
            clock: FrozenClock, database: Database, attachments: Attachments
        ) -> dict[str, Adapter]:
            found = Settings(
                homeserver=synapse.url,
                user_id=bot.user_id,
                store=folder / "matrix-store",
                token=bot.access_token,
                encryption=False,
            )
            built.append(_adapter(found, clock, database, attachments))
            return {"matrix": built[0]}

        def also(said: Configured) -> Configured:
            space = Space(platform="matrix", id=room, use="discussion")
            return said.model_copy(update={"spaces": (*said.spaces, space)})

        beside = [
            (Account("matrix", "localhost", members[name].id), {**PROFILE, "name": name, **more})
            for name, more in (("marie", {}), ("erin", {"language": "en"}))
        ]
        made = await stack.enter_async_context(
            community(folder, others=others, also=also, beside=beside)
        )
        await stack.enter_async_context(_listening(made, built[0], room))
        yield Room(made, bot, room, members)


async def _room(synapse: Synapse, bot: Login, members: dict[str, Member]) -> str:
    marie, erin = members["marie"], members["erin"]
    levels = {"users": {bot.user_id: 50, marie.id: 100}}
    room = await marie.make_room(
        "salon", bot.user_id, erin.id, encrypted=False, version="10", levels=levels
    )
    await erin.accept(room)
    path = f"/_matrix/client/v3/join/{room}"
    await asyncio.to_thread(synapse.request, "POST", path, {}, token=bot.access_token)
    return room


def _adapter(
    settings: Settings, clock: FrozenClock, database: Database, attachments: Attachments
) -> MatrixAdapter:
    return MatrixAdapter(
        settings=settings,
        clock=clock,
        log=quiet_log(sys.stderr, clock),
        notes=Notes(database.begin, database.reading),
        doors=Doors(database),
        read_file=attachments.read,
        instant=lambda _stamp: clock.now(),
    )


@asynccontextmanager
async def _listening(made: Community, adapter: MatrixAdapter, room: str) -> AsyncIterator[None]:
    running = asyncio.create_task(adapter.run(made.ears))
    running.add_done_callback(lambda _ended: made.workspace.changed())

    def begun() -> bool:
        places = [getattr(each, "place", None) for each in made.ears.heard]
        return running.done() or any(place and place.id == room for place in places)

    try:
        await made.workspace.until(begun)
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await adapter.close()
