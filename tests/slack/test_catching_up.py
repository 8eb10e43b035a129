"""While no socket stands people go on: afterwards all of it is heard, and once."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.slack.catching_up import CatchingUp, catching_up
from adapters.slack.dms import Dms
from adapters.slack.inbound import Ours, account, channel, happened
from adapters.slack.names import Names
from adapters.slack.tiers import Tiers
from adapters.slack.wire import Wire
from bot.clock import FrozenClock
from bot.errors import RetryLater
from bot.events import (
    Edited,
    Event,
    Joined,
    Left,
    Lost,
    Place,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from bot.log import open_log
from tests.slack.adapted import Kept, Watch
from tests.slack.server.people import Person
from tests.slack.server.state import Message
from tests.slack.server.workspace import Workspace

TEN = timedelta(minutes=10)
DAY = timedelta(days=1)


@dataclass(slots=True)
class Away:
    """A bot without a socket: it hears what a test hands on, and reads the rest."""

    workspace: Workspace
    wire: Wire
    notes: Kept = field(default_factory=Kept)
    watch: Watch = field(default_factory=Watch)
    heard: list[Event] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    paused: list[float] = field(default_factory=list)
    fails: Callable[[Event], bool] = lambda _event: False
    refuse: Callable[[str], Exception | None] = lambda _method: None
    log: io.StringIO = field(default_factory=io.StringIO)

    async def hear(self, event: Event) -> str:
        """As the core: each event once, by its id."""
        if self.fails(event):
            raise ConnectionError
        if event.id not in self.claimed:
            self.claimed.add(event.id)
            self.heard.append(event)
            self.workspace.changed()
        return "done"

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        if error := self.refuse(method):
            raise error
        return await self.wire.call(method, **arguments)

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)

    def reader(self) -> CatchingUp:
        """One life of the bot."""
        clock = self.workspace.clock
        return catching_up(
            self.call,
            self.notes,
            conversation=Dms(self.wire, self.notes).channel,
            names=Names(self.wire, clock),
            doors=self.watch,
            following=self.watch,
            hear=self.hear,
            ours=self.ours,
            clock=clock,
            log=open_log(self.log, clock),
            pause=self.pause,
        )

    @property
    def ours(self) -> Ours:
        app = self.workspace.app
        return Ours(
            bot_user=app.bot_user,
            bot_id=app.bot_id,
            app_id=app.app_id,
            team=self.workspace.team,
            command="copain",
        )

    async def read(self) -> list[Event]:
        """Reads the last ten minutes; what it heard then."""
        before, now = len(self.heard), self.workspace.clock.now()
        await self.reader().read(now - TEN, now)
        return self.heard[before:]

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def space(self, name: str = "#general") -> Place:
        return channel(self.workspace.channel(name).id)

    def newest(self, name: str = "#general") -> Message:
        return list(self.workspace.channel(name).messages.values())[-1]


def of(kind: type, heard: list[Event]) -> list[Any]:
    return [each for each in heard if isinstance(each, kind)]


@pytest.fixture
async def away(workspace: Workspace) -> AsyncIterator[Away]:
    """It has looked at its one space, and ten minutes have begun."""
    wire = Wire(workspace.url, workspace.app.bot_token, Tiers(workspace.clock, {}, 0))
    made = Away(workspace, wire)
    made.watch.places = [made.space()]
    await made.reader().look()
    made.heard.clear()
    yield made
    await wire.close()


def later(workspace: Workspace, by: timedelta = timedelta(minutes=1)) -> None:
    """Time passes in which Slack tries to send nothing again."""
    assert isinstance(workspace.clock, FrozenClock)
    workspace.clock.advance(by)


async def test_ten_minutes_without_a_socket_are_all_there_afterwards_and_once(away: Away) -> None:
    workspace = away.workspace
    marie, paul = away.person("marie"), away.person("paul")
    zoe = workspace.add_user("zoe")
    await marie.say("#general", "Avant")
    before = away.newest()
    await marie.react(before, "eyes")
    await away.read()
    later(workspace, DAY)

    await marie.say("#general", "Qui vient?")
    asked = away.newest()
    await paul.say("#general", "Moi", thread=asked)
    await paul.say("#general", "Moi aussi", thread=before, broadcast=True)
    await paul.mention("#general", "aide", thread=asked)
    await marie.edit(asked, "Qui vient jeudi?")
    await paul.react(before, "pushpin")
    await marie.unreact(before, "eyes")
    await away.person("zoe").join("#general")
    await paul.leave("#general")
    await marie.dm("Parce que")
    away.watch.dms = [account(marie.id).dm]
    later(workspace)

    heard = await away.read()
    said = {each.text: each for each in of(Said, heard)}
    assert set(said) == {"Qui vient jeudi?", "Moi", "Moi aussi", "aide", "Parce que"}
    assert said["Moi"].thread == asked.ts
    assert said["aide"].addressed
    assert said["Parce que"].place == account(marie.id).dm
    assert said["Moi"].name == "paul"
    assert [each.text for each in of(Edited, heard)] == ["Qui vient jeudi?"]
    assert [(each.by.id, each.key) for each in of(Reacted, heard)] == [(paul.id, "📌")]
    assert [(each.by.id, each.key) for each in of(Unreacted, heard)] == [(marie.id, "👀")]
    assert [(each.by.id, each.name) for each in of(Joined, heard)] == [(zoe.id, "zoe")]
    assert [(each.by.id, each.everywhere) for each in of(Left, heard)] == [(paul.id, True)]
    assert len(of(Lost, heard)) == 1
    assert len(heard) == 11
    assert await away.read() == []
    later(workspace, timedelta(minutes=20))
    assert [type(each) for each in await away.read()] == [Lost]


async def test_messages_come_in_the_order_in_which_they_were_written(away: Away) -> None:
    marie, paul = away.person("marie"), away.person("paul")
    await marie.say("#general", "un")
    root = away.newest()
    await marie.say("#general", "deux")
    await paul.say("#general", "trois", thread=root)
    await marie.say("#general", "quatre")
    later(away.workspace)
    assert [each.text for each in of(Said, await away.read())] == ["un", "deux", "trois", "quatre"]


async def test_pages_are_read_to_the_end(away: Away) -> None:
    away.workspace.settings.page = 3
    marie = away.person("marie")
    for number in range(8):
        await marie.say("#general", str(number))
    for name in ("a", "b", "c", "d"):
        away.workspace.add_user(name)
        await away.person(name).join("#general")
    later(away.workspace)
    heard = await away.read()
    assert [each.text for each in of(Said, heard)] == [str(number) for number in range(8)]
    assert len(of(Joined, heard)) == 4


async def test_of_more_than_can_be_read_it_is_the_newest(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.histories.MOST", 3)
    away.workspace.settings.page = 3
    for number in range(8):
        await away.person("marie").say("#general", str(number))
    later(away.workspace)
    assert [each.text for each in of(Said, await away.read())] == ["5", "6", "7"]
    assert "slack-catch-up-cut" in away.log.getvalue()


async def test_what_was_heard_live_is_not_heard_again(away: Away) -> None:
    marie = away.person("marie")
    reader = away.reader()
    await reader.begin()
    acts: list[Callable[[], Awaitable[Any]]] = [
        lambda: marie.say("#general", "Bonjour"),
        lambda: marie.react(away.newest(), "white_check_mark"),
        lambda: marie.leave("#general"),
        lambda: marie.join("#general"),
    ]
    for act in acts:
        event = happened((await act()).sent, away.ours)
        assert event is not None
        assert await reader.heard(event) == "done"
    assert len(away.heard) == 4
    later(away.workspace)
    assert [type(each) for each in await away.read()] == [Lost]


async def test_what_was_read_is_not_heard_again_when_slack_sends_it_late(away: Away) -> None:
    marie = away.person("marie")
    await marie.say("#general", "Bonjour")
    ack = await marie.react(away.newest(), "white_check_mark")
    later(away.workspace)
    assert len(of(Reacted, await away.read())) == 1
    reader = away.reader()
    await reader.begin()
    late = happened(ack.sent, away.ours)
    assert late is not None
    await reader.heard(late)
    assert len(of(Reacted, away.heard)) == 1
    await marie.unreact(away.newest(), "white_check_mark")
    later(away.workspace)
    again = happened((await marie.react(away.newest(), "white_check_mark")).sent, away.ours)
    assert again is not None
    await reader.heard(again)
    assert len(of(Reacted, away.heard)) == 2


async def test_died_in_the_middle_it_begins_again_and_nothing_is_heard_twice(away: Away) -> None:
    marie, paul = away.person("marie"), away.person("paul")
    await marie.say("#general", "un")
    await paul.react(away.newest(), "eyes")
    await marie.say("#general", "deux")
    await paul.leave("#general")
    later(away.workspace)
    now = away.workspace.clock.now()
    for last in range(1, 5):

        def dies(_event: Event, last: int = last) -> bool:
            if len(away.heard) >= last:
                raise KeyboardInterrupt
            return False

        away.fails = dies
        with pytest.raises(KeyboardInterrupt):
            await away.reader().read(now - TEN, now)
    away.fails = lambda _event: False
    await away.reader().read(now - TEN, now)
    found = sorted(type(each).__name__ for each in away.heard)
    assert found == ["Left", "Lost", "Reacted", "Said", "Said"]


async def test_who_was_there_before_the_bot_is_told_nowhere_and_noted_as_a_digest(
    away: Away,
) -> None:
    marie, paul = away.person("marie"), away.person("paul")
    assert of(Joined, away.heard) == []
    kept = json.dumps(away.notes.notes)
    assert marie.id not in kept
    assert paul.id not in kept
    assert len(away.notes.notes[f"slack.members.{away.space().id}"]) == 2


async def test_reactions_from_before_the_first_look_are_nobody_s_news(away: Away) -> None:
    marie, paul = away.person("marie"), away.person("paul")
    away.workspace.add_channel("#neuf", "marie", "paul")
    await marie.say("#neuf", "Vieux")
    old = away.newest("#neuf")
    await marie.react(old, "eyes")
    later(away.workspace, DAY)
    away.watch.places = [away.space(), away.space("#neuf")]
    await away.reader().look()
    later(away.workspace)
    assert of(Reacted, await away.read()) == []
    later(away.workspace, TEN)
    await paul.react(old, "eyes")
    later(away.workspace)
    assert [each.by.id for each in of(Reacted, await away.read())] == [paul.id]


async def test_a_space_is_looked_at_once_it_is_one_and_whenever_it_changed(away: Away) -> None:
    made = away.workspace.add_channel("#prive", "marie", kind="group")
    away.watch.places = [away.space("#prive")]
    await away.reader().look()
    assert [(each.change, each.title) for each in of(SpaceChanged, away.heard)] == [
        ("renamed", "prive"), ("private", ""),
    ]  # fmt: skip
    await away.reader().look()
    assert len(away.heard) == 2
    made.kind, made.name = "channel", "ouvert"
    later(away.workspace)
    assert [(each.change, each.title) for each in of(SpaceChanged, await away.read())] == [
        ("renamed", "ouvert"), ("public", ""),
    ]  # fmt: skip
    made.archived = True
    later(away.workspace, TEN)
    assert [each.change for each in of(SpaceChanged, await away.read())] == ["archived"]
    later(away.workspace, TEN)
    assert of(SpaceChanged, await away.read()) == []


async def test_a_command_that_makes_a_space_has_it_looked_at(away: Away) -> None:
    away.workspace.add_channel("#neuf", "marie")
    reader = away.reader()
    await reader.begin()
    ack = await away.person("marie").mention("#neuf", "espace discussion")
    command = happened(ack.sent, away.ours)
    assert command is not None
    away.watch.places = [away.space(), away.space("#neuf")]
    await reader.heard(command)
    await away.workspace.until(lambda: len(of(SpaceChanged, away.heard)) == 2)
    assert {each.place for each in of(SpaceChanged, away.heard)} == {away.space("#neuf")}
    reader.close()


async def test_however_much_is_said_the_spaces_are_asked_for_once_in_a_while(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def spaces(_watch: Watch, platform: str) -> dict[Place, str]:
        asked.append(platform)
        return {}

    monkeypatch.setattr(Watch, "spaces", spaces)
    reader = away.reader()
    await reader.begin()
    for number in range(9):
        ack = await away.person("marie").mention("#general", f"aide {number}")
        command = happened(ack.sent, away.ours)
        assert command is not None
        await reader.heard(command)
    assert len(away.heard) == 9
    assert len(asked) < 5
    reader.close()


async def test_a_change_that_was_heard_is_not_told_again(away: Away) -> None:
    reader = away.reader()
    await reader.begin()
    room, now = away.space(), away.workspace.clock.now()
    renamed = SpaceChanged(id="Ev1", at=now, place=room, change="renamed", title="accueil")
    away.workspace.channel("#general").name = "accueil"
    await reader.heard(renamed)
    later(away.workspace)
    assert of(SpaceChanged, await away.read()) == []


async def test_who_left_one_space_and_is_in_another_is_not_gone(away: Away) -> None:
    away.workspace.add_channel("#autre", "marie")
    away.watch.places = [away.space(), away.space("#autre")]
    await away.reader().look()
    reader, marie = away.reader(), away.person("marie")
    await reader.begin()
    ack = await marie.leave("#autre")
    left = happened(ack.sent, away.ours)
    assert left is not None
    await reader.heard(left)
    await marie.leave("#general")
    later(away.workspace)
    await away.read()
    assert [each.everywhere for each in of(Left, away.heard)] == [False, True]


async def test_a_thread_that_is_followed_is_read_although_its_root_is_old(away: Away) -> None:
    marie, paul = away.person("marie"), away.person("paul")
    await marie.say("#general", "Question")
    root = away.newest()
    later(away.workspace, timedelta(days=40))
    await paul.say("#general", "Réponse", thread=root)
    later(away.workspace)
    assert of(Said, await away.read()) == []
    away.watch.roots = [(away.space(), root.ts)]
    later(away.workspace)
    assert [each.text for each in of(Said, await away.read())] == ["Réponse"]


async def test_slack_asks_for_patience_and_has_it(away: Away) -> None:
    asked: set[str] = set()

    def limited(method: str) -> Exception | None:
        if method in asked:
            return None
        asked.add(method)
        return RetryLater(7)

    away.refuse = limited
    await away.person("marie").say("#general", "Bonjour")
    later(away.workspace)
    assert len(of(Said, await away.read())) == 1
    assert away.paused == [7, 7, 7]


async def test_a_database_that_is_away_is_waited_for(away: Away) -> None:
    failing = iter([True, True, False])

    def fails(_event: Event) -> bool:
        return next(failing, False)

    away.fails = fails
    await away.person("marie").say("#general", "Bonjour")
    later(away.workspace)
    assert len(of(Said, await away.read())) == 1
    assert away.paused == [0.5, 1.0]


async def test_a_channel_the_bot_was_taken_out_of_holds_up_no_other(away: Away) -> None:
    hidden = away.workspace.add_channel("#cache", "marie", kind="group")
    away.watch.places = [away.space("#cache"), away.space()]
    await away.reader().look()
    hidden.members.remove(away.workspace.app.bot_user)
    await away.person("marie").say("#general", "Bonjour")
    later(away.workspace)
    heard = await away.read()
    assert [each.text for each in of(Said, heard)] == ["Bonjour"]
    assert of(Left, heard) == []


async def test_the_log_names_nobody_and_no_channel(away: Away) -> None:
    await away.person("marie").say("#general", "Bonjour")
    later(away.workspace)
    await away.read()
    shown = away.log.getvalue()
    assert "caught-up" in shown
    assert away.space().id not in shown
    assert "marie" not in shown.lower()


async def test_what_is_heard_while_it_reads_is_newer_than_what_was_read(away: Away) -> None:
    marie = away.person("marie")
    await marie.say("#general", "Bonjour")
    message = away.newest()
    reader = away.reader()
    await reader.begin()
    acts: list[Callable[[], Awaitable[Any]]] = [
        lambda: marie.react(message, "eyes"),
        lambda: marie.unreact(message, "eyes"),
    ]

    def meanwhile(event: Event) -> bool:
        return isinstance(event, Said) and bool(acts)

    async def hear(event: Event) -> Any:
        if meanwhile(event):
            for act in acts:
                found = happened((await act()).sent, away.ours)
                assert found is not None
                await reader.heard(found)
            acts.clear()
        return await away.hear(event)

    reader.hear = hear
    object.__setattr__(reader.tell, "hear", hear)
    later(away.workspace)
    now: datetime = away.workspace.clock.now()
    await reader.read(now - TEN, now)
    assert [type(each) for each in away.heard if isinstance(each, Reacted | Unreacted)] == [
        Reacted, Unreacted,
    ]  # fmt: skip


async def test_what_was_heard_is_kept_only_while_something_is_read(away: Away) -> None:
    marie = away.person("marie")
    reader = away.reader()
    await reader.begin()
    await marie.say("#general", "Bonjour")
    event = happened((await marie.react(away.newest(), "eyes")).sent, away.ours)
    assert event is not None
    await reader.heard(event)
    assert reader.standing._live is None  # noqa: SLF001 - it would grow for months
    now = away.workspace.clock.now()
    await reader.read(now - TEN, now)
    assert reader.standing._live is None  # noqa: SLF001
