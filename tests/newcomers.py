"""Somebody is accepted, without the steps that lead there: for tests of what follows."""

from __future__ import annotations

from bot.call import Call
from bot.events import Account, TimerDue
from bot.people import Role
from bot.speaking import Speaker
from commands import welcome
from storage import communities, people
from tests.conversation import Conversation


async def accept(talk: Conversation, *names: str, language: str | None = None) -> None:
    """Makes accounts members now, and begins their welcome as an acceptance does."""
    for name in names:
        await talk.play(f"{name} @dm: bonjour")
        await _accept(talk, name, language)
    await talk.play("@skip 1m")


async def _accept(talk: Conversation, name: str, language: str | None) -> None:
    house, now = talk.house, talk.house.clock.now()
    async with house.database.begin() as tx:
        row = await communities.by_slug(tx.session, "demo")
        assert row is not None
        here = communities.as_community(row)
        account = Account("terminal", "", name)
        _, person_id = await people.keep_account(
            tx.session, account, name.title(), language=language
        )
        membership = await people.admit(tx.session, person_id, here.id, now=now, name=name.title())
        call = Call(
            event=TimerDue(id=f"accept:{name}", at=now, timer=0, action="accept", args={}),
            now=now,
            tx=tx,
            registry=house.registry,
            texts=house.texts,
            chance=house.dispatch.chance.for_event(f"accept:{name}"),
            actor=None,
            community=here,
            role=Role.VISITOR,
        )
        said = await welcome.begin(call, membership)
        await Speaker(call, house.attachments).carry_out(said)
    # What dispatch does after a commit.
    house.delivery.wake()
