"""One message to everybody of a role is one intent, spread in chunks [PE-4, RE-9]."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.call import Call
from bot.events import Account
from bot.messages import Capabilities, Intend, Reply, Say, ToRole
from bot.people import Role
from bot.registry import timer
from bot.values import Moment
from commands import fanout
from storage import people
from tests.conversation import Conversation, feature, plain

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@timer("stand-in.speak")
async def speak(call: Call) -> Reply:
    """Speaks to every member when its timer falls due."""
    return Intend("still-useful", Say("home-elsewhere", to=ToRole(Role.MEMBER)))


async def speak_to_all(talk: Conversation, speaks: Any = speak) -> None:
    """Lets the stand-in speak one minute from now."""
    talk.add(feature("stand_in", speaks))
    async with talk.house.database.begin() as tx:
        found = await tx.people.communities()
        await tx.timers.set(
            "stand-in.speak", "", due=AT + timedelta(minutes=1), community=found[0].id
        )
    await talk.play("@skip 1m")


async def test_every_member_reads_it_once_in_their_own_language(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two persons a chunk: five members make three chunks, the last one short.
    monkeypatch.setattr(fanout, "CHUNK", 2)
    await speak_to_all(talk)
    await talk.play("@skip 2d")
    for name in ("claire", "antoine", "marie", "ibrahim"):
        read = [x["text"][:8] for x in talk.said(f"dm:{name}") if x["kind"] != "quiet-week"]
        assert read == ["Bonjour!"], name
    assert [line["text"][:6] for line in talk.said("dm:lea")] == ["Hello!"]


async def test_every_member_sees_their_own_hour_where_the_platform_can_show_it(
    talk: Conversation,
) -> None:
    @timer("stand-in.speak")
    async def speak_of_a_time(call: Call) -> Reply:
        say = Say("me-pause-moment", {"moment": Moment(AT)}, ToRole(Role.MEMBER))
        return Intend("still-useful", say)

    talk.house.dispatch.abilities = {"terminal": Capabilities(dates=True)}
    await speak_to_all(talk, speak_of_a_time)
    await talk.play("@skip 2d")
    for name in ("marie", "lea"):
        assert talk.text(f"dm:{name}").count(f"](time:{int(AT.timestamp())})") == 1


async def test_whoever_pauses_reads_it_after_the_pause(talk: Conversation) -> None:
    async with talk.house.database.begin() as tx:
        actor = await tx.people.actor(_account("marie"), "")
        row = await people.person(tx.session, actor.person_id or 0)
        assert row is not None
        row.pause_set_at, row.pause_until = AT, AT + timedelta(days=7)
    await speak_to_all(talk)
    await talk.play("@skip 1d")
    assert talk.said("dm:marie") == []
    assert talk.said("dm:antoine") != []
    await talk.play("@skip 9d")
    assert "Bonjour" in plain(talk.last("dm:marie")["text"])


def _account(name: str) -> Account:
    return Account("terminal", "", name)
