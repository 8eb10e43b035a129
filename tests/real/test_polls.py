"""A prompt with options on a real homeserver: its legend, its poll, and every way of answering."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.events import Chosen, Said
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.contents import plain
from tests.real.member import Member
from tests.real.synapse import Synapse
from tests.real.test_journey import Person
from tests.real.timeline import Line


@dataclass(slots=True)
class Polling:
    """The community with a prompt that offers Transport, Horaire, Papier…, and its poll."""

    made: Community
    antoine: Person
    prompt: str
    poll: str

    @property
    def room(self) -> str:
        return self.made.rooms["general"]

    @property
    def marie(self) -> Member:
        return self.made.members["marie"]

    async def counted(self, **counts: int) -> None:
        """Waits until the prompt says these counts and no other."""
        wanted = {label: counts.get(label, 0) for label in ("Transport", "Horaire", "Papier")}

        def look() -> bool:
            # Where nobody has answered there are no counts at all.
            text = plain(self.line().text)
            found = {
                label: int(n) for label, n in re.findall(r"^- (\w+) : (\d+)", text, re.MULTILINE)
            }
            return all(found.get(label, 0) == n for label, n in wanted.items())

        await self.marie.until(look, why=f"for {wanted}")

    def line(self) -> Line:
        """The prompt as it stands."""
        return next(each for each in self.marie.timeline(self.room) if each.id == self.prompt)

    async def chooses(self, name: str, option: int | str | None) -> str:
        """Somebody votes in the poll, and it is handled."""
        sent: list[str] = []

        async def act() -> None:
            sent.append(await self.made.members[name].vote(self.room, self.poll, option))

        await self.made.done(act(), Chosen, by=name)
        return sent[0]


@pytest.fixture
async def polling(synapse: Synapse, people: People, tmp_path: Path) -> AsyncIterator[Polling]:
    async with opened(synapse, people, tmp_path) as found:
        yield found


@asynccontextmanager
async def opened(
    synapse: Synapse, people: People, folder: Path, *, encrypted: bool = True
) -> AsyncIterator[Polling]:
    """Opens the community with a prompt that has options."""
    async with community(synapse, people, folder, encrypted=encrypted) as made:
        antoine, bot = Person(made, "antoine"), made.bot.user_id
        await made.pass_until("2026-03-03T10:00")
        antoine.dm = await antoine.client.create_dm_with(bot, encrypted=encrypted)
        await antoine.client.until(lambda: bot in antoine.client.inside(antoine.dm))
        await antoine.types("amorce publier P38")
        room, marie = made.rooms["general"], made.members["marie"]
        prompt = await marie.sees(room, "Question du moment", by=bot)
        polls = await marie.until(lambda: [each for each in marie.timeline(room) if each.options])
        yield Polling(made, antoine, prompt.id, polls[0].id)


async def test_the_poll_is_the_first_reply_in_the_thread_of_a_prompt_with_a_legend(
    polling: Polling,
) -> None:
    lines = polling.marie.timeline(polling.room)
    prompt = polling.line()
    assert "1 Transport" in plain(prompt.text)
    assert "**" not in prompt.text
    thread = [line for line in lines if line.thread == prompt.id]
    assert [line.id for line in thread] == [polling.poll]
    assert [label for _, label in thread[0].options][:3] == ["Transport", "Horaire", "Papier"]
    assert not [line for line in lines if line.options and line.thread is None]


async def test_each_person_has_one_answer_whichever_way_it_came(polling: Polling) -> None:
    made, room, marie = polling.made, polling.room, polling.marie
    await polling.chooses("marie", "Transport")
    await polling.counted(Transport=1)
    await polling.chooses("marie", "Horaire")
    await polling.counted(Horaire=1)
    stable = {
        "m.relates_to": {"rel_type": "m.reference", "event_id": polling.poll},
        "m.selections": ["2"],
    }
    await made.done(marie.send(room, "m.poll.response", stable), Chosen, by="marie")
    await polling.counted(Papier=1)
    await made.done(marie.reply(room, polling.prompt, "1"), Said, by="marie")
    await polling.counted(Transport=1)
    await polling.chooses("ibrahim", "Transport")
    await polling.counted(Transport=2)


async def test_a_vote_taken_back_or_redacted_counts_no_more(polling: Polling) -> None:
    made = polling.made
    await polling.chooses("marie", "Transport")
    vote = await polling.chooses("ibrahim", "Horaire")
    await polling.counted(Transport=1, Horaire=1)
    await polling.chooses("marie", None)
    await polling.counted(Horaire=1)
    ibrahim = made.members["ibrahim"]
    await made.done(ibrahim.redact(polling.room, vote), Chosen, by="ibrahim")
    await polling.counted()
    await polling.chooses("marie", "Papier")
    spoilt = {
        "m.relates_to": {"rel_type": "m.reference", "event_id": polling.poll},
        "org.matrix.msc3381.poll.response": {"answers": ["no such answer"]},
    }
    send = polling.marie.send(polling.room, "org.matrix.msc3381.poll.response", spoilt)
    await made.done(send, Chosen, by="marie")
    await polling.counted()


async def test_an_older_vote_redacted_leaves_the_newest_and_a_moderator_takes_a_vote_away(
    polling: Polling,
) -> None:
    made, room = polling.made, polling.room
    older = await polling.chooses("marie", "Transport")
    newest = await polling.chooses("marie", "Horaire")
    await polling.chooses("ibrahim", "Papier")
    await polling.marie.redact(room, older)
    await polling.chooses("lea", "Papier")
    await polling.counted(Horaire=1, Papier=2)
    since = len(made.ears.heard)
    await made.members["claire"].redact(room, newest)
    account = made.account("marie")
    await made.ears.until(lambda e: isinstance(e, Chosen) and e.by == account, since)
    await made.house.settle()
    await polling.counted(Papier=2)


async def test_closing_the_prompt_ends_its_poll(polling: Polling) -> None:
    await polling.chooses("marie", "Transport")
    await polling.antoine.types("amorce fermer")
    marie = polling.marie
    await marie.until(
        lambda: any(each.ended for each in marie.timeline(polling.room)), why="for the end"
    )
    dm = await marie.dm(polling.made.bot.user_id)
    await polling.chooses("marie", "Horaire")
    await marie.sees(dm, "ce qu'il demandait est fait")


async def test_votes_while_the_bot_was_away_are_counted_once(polling: Polling) -> None:
    made, room = polling.made, polling.room
    await polling.chooses("marie", "Transport")
    await away(made)
    await polling.marie.vote(room, polling.poll, "Horaire")
    for name in ("ibrahim", "lea"):
        await made.members[name].listening.event(room, polling.poll)
        await made.members[name].vote(room, polling.poll, "Papier")
    await back(made)
    await polling.counted(Horaire=1, Papier=2)
    await away(made)
    await back(made)
    await polling.chooses("antoine", "Papier")
    await polling.counted(Horaire=1, Papier=3)


async def test_votes_while_the_bot_was_out_of_the_room_are_read_once_when_it_is_back(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    # In an encrypted room nobody gives their keys to somebody who is out.
    async with opened(synapse, people, tmp_path, encrypted=False) as polling:
        made, room, bot = polling.made, polling.room, polling.made.bot.user_id
        claire, marie = made.members["claire"], made.members["marie"]
        ibrahim, lea = made.members["ibrahim"], made.members["lea"]
        await polling.chooses("marie", "Transport")
        await claire.client.room_kick(room, bot)
        await marie.until(lambda: bot not in marie.inside(room), why="for the kick")
        for member, option in ((marie, "Horaire"), (ibrahim, "Horaire"), (marie, "Papier")):
            await member.listening.event(room, polling.poll)
            await member.vote(room, polling.poll, option)
        await lea.listening.event(room, polling.poll)
        await lea.redact(room, await lea.vote(room, polling.poll, "Papier"))
        await claire.invite(room, bot)
        await made.ears.until(lambda e: isinstance(e, Chosen) and e.by == made.account("ibrahim"))
        await made.house.settle()
        await polling.chooses("antoine", "Papier")
        await polling.counted(Horaire=1, Papier=2)


async def away(made: Community) -> None:
    """The bot listens no more."""
    task = made.ears.task
    assert task is not None
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def back(made: Community) -> None:
    """It listens again, from where it was."""
    made.ears.task = asyncio.create_task(made.adapter.run(made.ears))
    await made.adapter.caught_up()
    await made.house.settle()
