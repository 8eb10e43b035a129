"""Ten minutes without a socket, and the whole program: what people did then is there, once [RE-3].

The program died ten minutes ago as far as its note tells, and the workspace's clock runs ahead of
its own, so that nobody waits: what was heard before lies in the gap too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.presence import ALIVE
from bot.clock import SystemClock
from tests.program import Program
from tests.slack.server.people import Person
from tests.slack.server.state import Message
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace
from tests.slack.service import installed, peopled

ROOM = "#salon"
TEAM = ("claire", "antoine", "marie")
AWAY = timedelta(minutes=10)
ANSWERS = """
select person.name, prompt_answer.kind, prompt_answer.choice from prompt_answer
join account on account.id = prompt_answer.account_id
join person on person.id = account.person_id where kind <> 'told' order by prompt_answer.id
"""


@dataclass
class Gone:
    """The program, and the people who go on without it."""

    workspace: Workspace
    program: Program

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    async def said(self, name: str, words: str) -> Message:
        """The newest message of the bot in somebody's private conversation with those words."""

        def found() -> Message | None:
            shown = reversed(self.person(name).dm_messages())
            bot = self.workspace.app.bot_user
            return next((each for each in shown if each.user == bot and words in each.read), None)

        message: Message = await self.workspace.until(found)
        return message

    @property
    def question(self) -> Message:
        return self.person("claire").sees(ROOM)[0]

    def heard(self, name: str) -> list[str]:
        """What the bot said to somebody in private."""
        shown = self.person(name).dm_messages()
        return [each.read for each in shown if each.user == self.workspace.app.bot_user]

    async def last_word(self, name: str) -> None:
        """Returns when all that waited was said: order holds in a conversation."""
        before = len(self.heard(name))
        assert (await self.person(name).slash("@copain", "/copain zyzzyva")).acked
        await self.workspace.until(
            lambda: any("zyzzyva" in each for each in self.heard(name)[before:])
        )

    def found(self) -> dict[str, Any]:
        """What stands in the database of all this."""
        rows = self.program.rows
        return {
            "prompts": [text for (text,) in rows("select text from prompt order by id")],
            "answers": rows(ANSWERS),
            "passages": [name for (name,) in rows("select name from passage")],
            "forms": rows("select form, step from form"),
            "observations": [kind for (kind,) in rows("select kind from observation order by id")],
        }

    async def die(self) -> None:
        """Killed, and ten minutes ago."""
        await self.program.kill()
        since = (SystemClock().now() - AWAY).isoformat()
        with closing(sqlite3.connect(self.program.folder / "copain.db")) as database:
            found = database.execute(
                "update note set value = json_quote(?) where key = ?", (since, ALIVE)
            )
            assert found.rowcount == 1
            database.commit()


@pytest.fixture
async def gone(tmp_path: Path) -> AsyncIterator[Gone]:
    """A program that knows its people, has posted a question, and asks marie something."""
    workspace, room = peopled(*TEAM, ahead=timedelta(minutes=1))
    for name in ("lea", "paul"):
        workspace.add_user(name)
    async with serving(workspace):
        program = installed(workspace, tmp_path / "service", coordinators=TEAM, room=room)
        found = Gone(workspace, program)
        await program.start()
        try:
            await program.until("caught-up")
            await begun(found)
            yield found
        finally:
            await program.kill()


async def begun(gone: Gone) -> None:
    """A question stands in the room, marie reports a problem, lea came in."""
    claire = gone.person("claire")
    await claire.dm('amorce ajouter "Quoi de neuf?"')
    await claire.dm("amorce publier C01")
    await gone.workspace.until(lambda: claire.sees(ROOM))
    await gone.person("marie").dm("problème")
    await gone.said("marie", "Question 1 de 2")
    assert (await gone.person("lea").join(ROOM, "claire")).acked


async def go_on(gone: Gone) -> None:
    """What people do while nobody listens; Slack repeats it, and gives up."""
    claire, marie, root = gone.person("claire"), gone.person("marie"), gone.question
    await gone.workspace.advance(timedelta(minutes=2))
    for act in (
        marie.dm("Autre chose"),
        claire.mention(ROOM, 'amorce ajouter "Pendant la panne?"', root),
        marie.say(ROOM, "Un nouvel outil", root),
        gone.person("antoine").react(root, "white_check_mark"),
        gone.person("lea").leave(ROOM),
        gone.person("paul").join(ROOM, "claire"),
        claire.say(ROOM, "Il est parti?"),
    ):
        assert not (await act).acked
        await gone.workspace.advance(timedelta(seconds=30))
    await gone.workspace.advance(timedelta(minutes=6))
    assert len(gone.workspace.delivery.lost_events) >= 7


async def test_ten_minutes_without_a_socket_are_made_up_for_once(gone: Gone) -> None:
    await gone.die()
    await go_on(gone)
    for _ in range(2):
        await gone.program.start()
        await gone.program.until("slack-caught-up")
        await gone.said("marie", "Question 2 de 2")
        await gone.said("claire", "Pendant la panne?")
        for name in TEAM:
            await gone.last_word(name)
        assert gone.found() == {
            "prompts": ["Quoi de neuf?", "Pendant la panne?"],
            "answers": [("marie", "reply", ""), ("antoine", "reaction", "0")],
            "passages": ["paul"],
            "forms": [("problem", 1)],
            "observations": ["reply", "message", "reaction", "vote"],
        }
        asked = [each for each in gone.heard("marie") if "Question 2 de 2" in each]
        added = [each for each in gone.heard("claire") if "Pendant la panne?" in each]
        assert (len(asked), len(added)) == (1, 1)
        # The same ten minutes once more: it died before it could note that it had read them.
        await gone.die()
