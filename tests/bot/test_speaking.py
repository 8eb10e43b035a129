"""From effects to rows: ranks, tokens, uses, polls, and what ends with its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.call import Call
from bot.chance import SecretChance
from bot.events import Account, Event, Place, Pressed, TimerDue
from bot.messages import (
    Button,
    Capabilities,
    Edit,
    Effect,
    EndButtons,
    EndPoll,
    Poll,
    Rank,
    Say,
    ToActor,
    ToPerson,
    ToPlace,
    ToThread,
    ToUse,
)
from bot.people import Role
from bot.speaking import Speaker
from bot.values import Moment
from storage import communities
from storage.parcels import OutboxRow
from storage.types import table_of
from tests.conversation import Conversation, conversation

MARIE = Account("terminal", "", "marie")
GENERAL = Place("terminal", "", "general")
SEAL = b"0" * 32
OUTBOX = table_of(OutboxRow)
YES = Button("home", emoji="✅")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path) as made:
        yield made


def a_press(talk: Conversation, number: int = 1, place: Place = MARIE.dm) -> Event:
    return Pressed(
        id=f"press:{number}",
        at=talk.house.clock.now(),
        place=place,
        by=MARIE,
        message="1",
        action="home",
    )


def a_timer(talk: Conversation) -> Event:
    return TimerDue(id="timer:1", at=talk.house.clock.now(), timer=1, action="x")


async def rows(
    talk: Conversation,
    event: Event,
    *effects: Effect,
    seal: bytes = SEAL,
    keep: bool = True,
    able: Capabilities | None = None,
) -> list[OutboxRow]:
    """The rows that these effects make; without `keep` they are as if never made."""
    house = talk.house
    async with house.database.begin() as tx:
        here = await communities.by_slug(tx.session, "demo")
        assert here is not None
        before = len((await tx.session.execute(select(OUTBOX.c.id))).all())
        call = Call(
            event=event,
            now=event.at,
            tx=tx,
            registry=house.registry,
            texts=house.texts,
            chance=SecretChance(),
            actor=await tx.people.actor(MARIE, "") if isinstance(event, Pressed) else None,
            community=communities.as_community(here),
            role=Role.MEMBER,
            place=getattr(event, "place", None),
            seal=seal,
            abilities={"terminal": able} if able else {},
        )
        await Speaker(call, house.attachments).carry_out(effects)
        found = await tx.session.execute(select(OutboxRow).order_by(OUTBOX.c.id))
        made = list(found.scalars())[before:]
        if not keep:
            for row in made:
                tx.session.expunge(row)
            await tx.session.rollback()
    return made


async def test_answers_posts_and_what_the_bot_starts_have_their_ranks(talk: Conversation) -> None:
    says: list[Any] = [
        Say("home-elsewhere"),
        Say("home-elsewhere", to=ToPerson(2)),
        Say("home-elsewhere", to=ToPlace(GENERAL)),
        Say("home-elsewhere", to=ToPlace(GENERAL, "7")),
        Say("home-elsewhere", to=ToPerson(2), started_by="bot"),
    ]
    made = await rows(talk, a_press(talk), *says)
    assert [row.rank for row in made] == [
        Rank.ANSWER,
        Rank.ANSWER,
        Rank.POST,
        Rank.ANSWER,
        Rank.BY_ITSELF,
    ]
    made = await rows(talk, a_timer(talk), says[1], says[2])
    assert [row.rank for row in made] == [Rank.BY_ITSELF, Rank.POST]


async def test_an_edit_that_answers_a_press_goes_first(talk: Conversation) -> None:
    await rows(talk, a_press(talk), Say("home-elsewhere", name="card"))
    edit = Edit("card", "home-elsewhere")
    assert [row.rank for row in await rows(talk, a_press(talk), edit)] == [Rank.ANSWER]
    assert [row.rank for row in await rows(talk, a_timer(talk), edit)] == [Rank.BY_ITSELF]


async def test_each_reader_sees_their_own_hour_where_the_platform_can_show_it(
    talk: Conversation,
) -> None:
    at = Moment(datetime(2026, 3, 12, 17, 30, tzinfo=UTC))
    button = Button("home", label="me-pause-moment", values={"moment": at})
    says: list[Any] = [
        Say("me-pause-moment", {"moment": at}, to, buttons=(button,), name=name)
        for to, name in ((ToActor(), "a"), (ToPlace(GENERAL), "b"))
    ]
    edits = [Edit(name, "me-pause-moment", {"moment": at}, buttons=(button,)) for name in "ab"]
    for able in (Capabilities(dates=True), Capabilities(), None):
        made = await rows(talk, a_press(talk), *says, *edits, able=able, keep=False)
        bodies = [row.body or {} for row in made]
        marked = ["](time:1773336600)" in body["text"] for body in bodies]
        assert marked == [able is not None and able.dates] * 4
        assert "time:" not in str([body["buttons"] for body in bodies])


async def test_an_event_handled_again_gives_its_parcels_the_same_tokens(talk: Conversation) -> None:
    say = Say("home-elsewhere")
    post = Say("home-elsewhere", to=ToPlace(GENERAL))
    first = [row.token for row in await rows(talk, a_press(talk), say, post, say, keep=False)]
    again = [row.token for row in await rows(talk, a_press(talk), post, say, say)]
    assert len({*first}) == 3
    assert again == [first[1], first[0], first[2]]
    assert all(len(token) == 32 for token in first)
    other = [row.token for row in await rows(talk, a_press(talk, 2), say, post)]
    assert not {*other} & {*first}
    [sealed_otherwise] = await rows(talk, a_press(talk), say, seal=b"1" * 32)
    assert sealed_otherwise.token not in first


@pytest.mark.parametrize("seal", [b"", SEAL])
async def test_without_a_person_or_a_secret_a_token_is_drawn(
    talk: Conversation, seal: bytes
) -> None:
    event = a_timer(talk) if seal else a_press(talk)
    made = [*await rows(talk, event, Say("home-elsewhere", to=ToPerson(1)), seal=seal)]
    made += await rows(talk, event, Say("home-elsewhere", to=ToPerson(1)), seal=seal)
    assert len({row.token for row in made}) == 2


async def test_what_stands_in_a_space_says_what_the_space_is_for(talk: Conversation) -> None:
    made = await rows(
        talk,
        a_press(talk),
        Say("home-elsewhere", to=ToUse("animators"), name="card"),
        Say("home-elsewhere"),
        Say("home-elsewhere", to=ToThread("card")),
        Edit("card", "home-elsewhere"),
    )
    uses = [(row.body or {}).get("use") for row in made]
    assert uses == ["animators", None, "animators", "animators"]


async def test_only_what_had_a_sign_under_it_ends_on_the_platform_too(talk: Conversation) -> None:
    made = await rows(
        talk,
        a_press(talk),
        Say("home-elsewhere", buttons=(Button("home"),), name="plain"),
        Say("home-elsewhere", buttons=(YES,), name="signed"),
        EndButtons("plain"),
        EndButtons("signed"),
    )
    ends = [(row.operation, row.target_of, row.body) for row in made[2:]]
    assert ends == [("end-buttons", "signed", {})]
    made = await rows(
        talk,
        a_press(talk),
        Say("home-elsewhere", buttons=(YES,), name="again"),
        Edit("again", "home-elsewhere", buttons=(YES,)),
        Edit("again", "home-elsewhere"),
        Edit("again", "home-elsewhere"),
    )
    assert [row.operation for row in made] == ["say", "edit", "edit", "end-buttons", "edit"]


async def test_a_poll_stands_under_its_message_with_what_its_options_do(talk: Conversation) -> None:
    made = await rows(
        talk,
        a_press(talk),
        Say("home-elsewhere", to=ToPlace(GENERAL), name="prompt:1", subject="prompt:1"),
        Poll("prompt:1", "Lequel?", (Button("prompt.tap", (1, 0), text="Un"),)),
    )
    poll = made[1]
    assert (poll.operation, poll.name, poll.thread_of) == ("poll", "poll:prompt:1", "prompt:1")
    assert (poll.subject, poll.buttons) == (
        "prompt:1",
        [{"action": "prompt.tap:1:0", "key": ""}],
    )
    [end] = await rows(talk, a_press(talk), EndPoll("prompt:1"))
    assert (end.operation, end.target_of) == ("end-poll", "poll:prompt:1")
    async with talk.house.database.reading() as tx:
        assert [each.buttons for each in await tx.mailbox.receipts("poll:prompt:1")] == [()]
