"""Two people who never pause, and what the bot did for them compared with what it answered.

Each act has a word of its own that its effect and its answer carry. An act is one of two kinds in
the end: no effect, no answer and Slack's own failure notice; or one effect and one answer. An event
is sent again, so it is always the second. What is said to one person alone may be missed, not
doubled.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.program import Program
from tests.slack.server.delivery import Ack
from tests.slack.server.people import Person
from tests.slack.server.state import Message, View
from tests.slack.server.workspace import Workspace

ROOM = "#salon"
ONCE = ("slash", "press", "submit")
"""What Slack sends once, whatever becomes of it."""
EVENTS = ("dm", "mention")
"""What Slack sends again until it is acknowledged."""
WHISPERED = "whisper"
EACH_LIFE = 40
"""Acts of one person while one process lives: what waits must not grow without end."""
ARCHIVE, RESTORE, OPEN = "Archiver", "Remettre dans la banque", "Ouvrir le formulaire"
LONG = 600.0
"""Seconds somebody waits for a program that is killed again and again."""
POINTER = "Je vous réponds dans nos messages privés"
LAST = "zyzzyva"
CHOICES = {"effort": "Un clic", "kind": "Oui, elle reste bonne"}


@dataclass
class Act:
    """One thing somebody did, with how Slack told it."""

    kind: str
    word: str
    ack: Ack
    again: Ack | None = None
    """A form that stayed open was sent once more."""
    refused: bool = False
    """The form says beside its fields why it was not taken."""

    @property
    def failed(self) -> bool:
        """Whether Slack told them that it did not work."""
        return not (self.again or self.ack).acked


@dataclass
class Busy:
    """One coordinator who does all that Slack offers, one thing after the other."""

    workspace: Workspace
    program: Program
    name: str
    draw: random.Random
    acts: list[Act] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)
    stopped: bool = False
    _number: int = 0
    _lives: Counter[int] = field(default_factory=Counter)

    async def act(self) -> None:
        """Types, writes, mentions and presses until stopped."""
        while not self.stopped:
            await self._alive()
            kind = self.draw.choice(("slash", "dm", "mention", "press", "whisper"))
            await getattr(self, f"_{kind}")()

    async def fill_in(self) -> None:
        """Opens forms, fills them in and sends them until stopped."""
        while not self.stopped:
            await self._alive()
            view = await self._window()
            if view is not None:
                await self._submit(view)

    async def last_word(self, patience: float) -> None:
        """Returns when all that was to be said to them was said: order holds in a conversation."""
        await self.workspace.until(lambda: self.workspace.delivery.ready)
        await self.person.slash("@copain", f"/copain {LAST}")
        await self.person.slash(ROOM, f"/copain amorce liste #{LAST}")
        await self.workspace.until(
            lambda: all(
                any(LAST in each.read for each in reversed(shown))
                for shown in (self.said(), self.person.ephemerals())
            ),
            patience,
        )

    # --- What they see ------------------------------------------------------------------------

    @property
    def person(self) -> Person:
        return self.workspace.person(self.name)

    def said(self) -> list[Message]:
        """What the bot said to them in private, oldest first."""
        bot = self.workspace.app.bot_user
        return [each for each in self.person.dm_messages() if each.user == bot]

    def told(self) -> list[tuple[str, str]]:
        """What the bot said that it did: the act and its word, in the order of the answers."""
        return [
            ("prompt-archive" if RESTORE in each.buttons else "prompt-add", word)
            for each in self.said()
            if each.buttons
            for word in self.words(each.read)
        ]

    def whispered(self) -> Counter[str]:
        """How often each word came in something that they alone see."""
        return Counter(
            word for each in self.person.ephemerals() for word in set(self.words(each.read))
        )

    def pointers(self, *, threaded: bool) -> int:
        """How often they were told, before others, that the answer is in private."""
        return sum(
            POINTER in each.read and bool(each.thread_ts) == threaded
            for each in self.person.ephemerals()
        )

    def words(self, text: str) -> Iterator[str]:
        yield from re.findall(rf"{self.name}\d{{4}}", text)

    # --- What they do -------------------------------------------------------------------------

    async def _slash(self) -> None:
        word = self._word()
        ack = await self.person.slash(ROOM, f'/copain amorce ajouter "Question {word}?"')
        self.acts.append(Act("slash", word, ack))

    async def _dm(self) -> None:
        word = self._word()
        self.acts.append(
            Act("dm", word, await self.person.dm(f'amorce ajouter "Question {word}?"'))
        )

    async def _mention(self) -> None:
        word, root = self._word(), self.person.sees(ROOM)[0]
        ack = await self.person.mention(ROOM, f'amorce ajouter "Question {word}?"', root)
        self.acts.append(Act("mention", word, ack))

    async def _whisper(self) -> None:
        word = self._word()
        ack = await self.person.slash(ROOM, f"/copain amorce liste #{word}")
        self.acts.append(Act(WHISPERED, word, ack))

    async def _press(self) -> None:
        for message in reversed(self.said()):
            word = next(self.words(message.read), "")
            if ARCHIVE in message.buttons and word and word not in self.pressed:
                self.pressed.add(word)
                self.acts.append(Act("press", word, await self.person.press(message, ARCHIVE)))
                return

    async def _window(self) -> View | None:
        """A form in front of them: at once, or by the button that stands for one."""
        seen = {each.ts for each in self._late()}
        if self.person.modal is None:
            ack = await self.person.slash("@copain", "/copain amorce ajouter")
            if not ack.acked:
                return None
        while self.person.modal is None and not self.stopped:
            late = [each for each in self._late() if each.ts not in seen]
            if late:
                await self._alive()
                if (await self.person.press(late[0], OPEN)).acked:
                    seen.add(late[0].ts)
                continue
            # The process may have died with the window: a life that lasts tells of it.
            await self.workspace.until(lambda: self._opens(seen), LONG)
        return self.person.modal

    def _late(self) -> list[Message]:
        return [each for each in self.said() if OPEN in each.buttons]

    def _opens(self, seen: set[str]) -> bool:
        late = any(each.ts not in seen for each in self._late())
        return late or self.person.modal is not None or self.stopped

    async def _submit(self, view: View) -> None:
        act = Act("submit", self._word(), Ack(False, {}, 0.0, {}))
        self.acts.append(act)
        act.ack = await self.person.submit(view, {"text": f"Question {act.word}?", **CHOICES})
        if self.person.modal is view and not view.errors and not self.stopped:
            # Slack says that something went wrong, and the form stays: they send it once more.
            await self._alive()
            act.again = await self.person.submit(view)
        act.refused = bool(view.errors)
        while self.person.modal is not None:
            await self.person.close()

    def _word(self) -> str:
        self._number += 1
        return f"{self.name}{self._number:04d}"

    async def _alive(self) -> None:
        """Returns when somebody listens, and has not heard too much yet."""

        def may() -> bool:
            life = self.program.starts
            ready = self.workspace.delivery.ready and self._lives[life] < EACH_LIFE
            return self.stopped or ready

        await self.workspace.until(may, LONG)
        self._lives[self.program.starts] += 1
