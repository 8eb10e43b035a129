"""Killed at random moments while two people do all that Slack offers [RE-2].

What they saw is compared with what the database holds, and the counts are printed. Time passes on
the workspace's clock alone: Slack's second repeat of an event comes while the program is killed,
its last when it is left alone.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.program import Program
from tests.slack.busy import EVENTS, ONCE, ROOM, WHISPERED, Busy
from tests.slack.server.faults import Kind
from tests.slack.server.web import serving
from tests.slack.server.workspace import Workspace
from tests.slack.service import installed, peopled

SEED = 20261122
KILLS, MANY = 15, 200
PATIENCE = 60.0
POST = "chat.postMessage"
STORMS: tuple[Kind, ...] = ("429", "500", "closed_before", "closed_after")
RESENT = timedelta(minutes=4)
"""What passes while the program is killed: less than Slack's last repeat takes."""
ACTS = "select id, act, after from journal where act like 'prompt-%' order by id"


@dataclass
class Ground:
    """The program, its workspace, and two coordinators who never pause."""

    workspace: Workspace
    program: Program
    people: list[Busy]

    async def killed(self, times: int, draw: random.Random, *, longest: float) -> None:
        """Kills it at drawn moments: while it starts, catches up, works, and cannot send."""
        for _ in range(times):
            if draw.random() < 0.4:
                kind, first = draw.choice(STORMS), draw.randint(1, 8)
                self.workspace.faults.add(POST, kind, first=first, times=draw.randint(1, 5))
            if draw.random() < 0.75:
                await self.program.until("caught-up")
            await after(draw.uniform(0, longest))
            await self.program.kill()
            await self.program.start()
            await self.workspace.advance(RESENT / times)

    async def settle(self) -> None:
        """Nobody does anything any more, Slack has sent all again, and all was answered."""
        for each in self.people:
            each.stopped = True
        self.workspace.faults.clear()
        await self.program.until("caught-up")
        for minutes in (1, 5):
            await self.workspace.advance(timedelta(minutes=minutes))
            await self.workspace.delivery.settled()
        assert not self.workspace.delivery.lost_events
        for each in self.people:
            await each.last_word(PATIENCE)

    def compare(self) -> dict[str, int]:
        """What was seen against what stands."""
        texts = self.program.rows("select code, text from prompt")
        words = {code: word for code, text in texts for word in self._words(text)}
        done = [(act, words[code]) for _, act, code in self.program.rows(ACTS)]
        counts: Counter[str] = Counter()
        for each in self.people:
            own = [(act, word) for act, word in done if word.startswith(each.name)]
            _count(each, Counter(own), counts)
            counts["out of order"] += own != each.told()
        return dict(counts)

    def _words(self, text: str) -> list[str]:
        return [word for each in self.people for word in each.words(text)]


def _count(who: Busy, done: Counter[tuple[str, str]], counts: Counter[str]) -> None:
    """Each act of one person, by what became of it."""
    told, whispered = Counter(who.told()), who.whispered()
    for act in who.acts:
        if act.kind == WHISPERED:
            counts["whispers, 0 or 1"] += whispered[act.word] <= 1
            counts["whispers twice"] += whispered[act.word] > 1
            continue
        key = ("prompt-archive" if act.kind == "press" else "prompt-add", act.word)
        effects, answers = done[key], told[key]
        if effects == answers == 1:
            counts["one effect and one answer"] += 1
            counts["of them with Slack's notice"] += act.failed and act.kind in ONCE
        elif effects == answers == 0 and act.kind in ONCE and (act.failed or act.refused):
            counts["no effect and Slack's notice"] += 1
        else:
            counts[f"{act.kind}: {effects} effects, {answers} answers"] += 1
    seen = Counter(act.kind for act in who.acts if done["prompt-add", act.word])
    for threaded, kind in ((False, "slash"), (True, "mention")):
        shown = who.pointers(threaded=threaded)
        counts["pointers"] += shown
        counts["pointers too many"] += max(0, shown - seen[kind])


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Ground]:
    """Starts the program and lets both coordinators do what they want."""
    workspace, room = peopled("claire", "antoine")
    async with serving(workspace):
        program = installed(workspace, folder, coordinators=("claire", "antoine"), room=room)
        await program.start()
        await program.until("caught-up")
        await workspace.person("claire").say(ROOM, "Bonjour!")
        people = [
            Busy(workspace, program, name, random.Random(f"{SEED} {name}"))
            for name in ("claire", "antoine")
        ]
        tasks = [
            asyncio.create_task(work()) for each in people for work in (each.act, each.fill_in)
        ]
        try:
            yield Ground(workspace, program, people)
        finally:
            for each in people:
                each.stopped = True
            workspace.changed()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            if program.running:
                await program.kill()
        for found in done:
            if found is not None:
                raise found


async def after(seconds: float) -> None:
    """Lets a drawn moment pass: what is killed must not choose it."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, passed.set)
    await passed.wait()


def show(name: str, counts: dict[str, int]) -> None:
    """Prints what the harness counted."""
    print(f"\n{name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))  # noqa: T201 - the counts are its result


ALLOWED = {
    "kills",
    "one effect and one answer",
    "of them with Slack's notice",
    "no effect and Slack's notice",
    "whispers, 0 or 1",
    "pointers",
}


def faults(counts: dict[str, int]) -> dict[str, int]:
    """What must not be."""
    return {what: n for what, n in counts.items() if n and what not in ALLOWED}


@pytest.mark.parametrize(
    ("kills", "longest"),
    [(KILLS, 0.8), pytest.param(MANY, 2.0, marks=pytest.mark.soak)],
    ids=["a few", "many"],
)
async def test_killed_under_load_each_act_is_of_one_of_two_kinds(
    tmp_path: Path, kills: int, longest: float
) -> None:
    async with ground(tmp_path / "service") as found:
        await found.killed(kills, random.Random(SEED), longest=longest)
        await found.settle()
        counts = {"kills": kills, **found.compare()}
        show("killed", counts)
    assert not faults(counts), counts
    assert counts["one effect and one answer"] > kills
    kinds = {act.kind for each in found.people for act in each.acts}
    assert kinds == {*ONCE, *EVENTS, WHISPERED}


@pytest.mark.parametrize(
    ("cut", "sends"),
    [("hang_after", 1), ("hang_before", 2)],
    ids=["carried out", "not carried out"],
)
async def test_killed_between_a_send_and_its_note_it_is_said_once(
    tmp_path: Path, cut: Kind, sends: int
) -> None:
    workspace, room = peopled("claire")
    async with serving(workspace):
        program = installed(workspace, tmp_path / "service", coordinators=("claire",), room=room)
        await program.start()
        await program.until("caught-up")
        workspace.faults.add(POST, cut)
        claire = Busy(workspace, program, "claire", random.Random(SEED))
        assert (await claire.person.dm('amorce ajouter "Question claire0001?"')).acked
        await workspace.until(lambda: workspace.calls(POST))
        await program.kill()
        await program.start()
        await claire.last_word(PATIENCE)
        await program.kill()
    assert claire.told() == [("prompt-add", "claire0001")]
    said = [each for each in workspace.calls(POST) if "claire0001" in each["text"]]
    assert len(said) == sends
