"""How envelopes reach the app: once, again, never again, and over which socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.slack.conftest import Connect
from tests.slack.server.delivery import Ack
from tests.slack.server.workspace import Workspace

Heard = list[tuple[str, str, str]]
SHORT = 0.1
"""Real seconds after which what nobody acknowledges counts as such, where a test wants that."""


@pytest.fixture
def heard(bolt: AsyncApp) -> Heard:
    """(event id, text, number of the retry) of every message; "fail" in the text is not acked."""
    found: Heard = []

    @bolt.event("message")
    async def listen(body: dict[str, Any], event: dict[str, Any], request: Any) -> None:
        number = request.headers.get("x-slack-retry-num", ["0"])[0]
        found.append((body["event_id"], event.get("text", ""), number))
        if "fail" in event.get("text", ""):
            raise RuntimeError

    return found


async def test_an_event_nobody_acknowledged_comes_at_once_after_a_minute_and_after_five(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    workspace.delivery.patience = SHORT
    await connect(bolt)
    ack = await workspace.person("marie").say("#general", "fail")
    assert (ack.acked, ack.why) == (False, "operation_timeout")
    await workspace.delivery.settled()
    assert [number for _, _, number in heard] == ["0", "1"]
    await workspace.advance(timedelta(seconds=59))
    assert len(heard) == 2
    await workspace.advance(timedelta(seconds=1))
    assert [number for _, _, number in heard] == ["0", "1", "2"]
    await workspace.advance(timedelta(minutes=5))
    await workspace.advance(timedelta(hours=1))
    assert [number for _, _, number in heard] == ["0", "1", "2", "3"]
    assert len({event_id for event_id, _, _ in heard}) == 1
    assert len(workspace.delivery.lost_events) == 1


async def test_an_acknowledged_event_never_comes_again(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    assert (await workspace.person("marie").say("#general", "fine")).acked
    await workspace.advance(timedelta(hours=1))
    assert len(heard) == 1


async def test_an_event_is_sent_again_while_no_socket_is_open_and_then_given_up(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    marie = workspace.person("marie")
    assert (await marie.say("#general", "early")).why == "no_socket"
    await workspace.advance(timedelta(minutes=6))
    assert (await marie.say("#general", "late")).why == "no_socket"
    await workspace.delivery.settled()
    await connect(bolt)
    await workspace.advance(timedelta(minutes=1))
    assert [(text, number) for _, text, number in heard] == [("late", "2")]
    assert [b["event"]["text"] for b in workspace.delivery.lost_events] == ["early"]


async def test_commands_presses_and_submissions_never_come_again(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    workspace.delivery.patience = SHORT
    count = 0

    @bolt.command("/copain")
    async def listen() -> None:
        nonlocal count
        count += 1

    await connect(bolt)
    marie = workspace.person("marie")
    ack = await marie.slash("#general", "/copain aide")
    assert (ack.acked, ack.why, marie.notices) == (
        False,
        "operation_timeout",
        ["operation_timeout"],
    )
    await workspace.advance(timedelta(hours=1))
    assert count == 1


async def test_three_seconds_are_counted_on_the_clock_of_the_workspace(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()

    @bolt.command("/copain")
    async def listen(ack: Callable[[], Any]) -> None:
        begun.set()
        await finish.wait()
        await ack()

    await connect(bolt)
    marie = workspace.person("marie")
    typed = asyncio.create_task(marie.slash("#general", "/copain aide"))
    await begun.wait()
    await workspace.advance(timedelta(seconds=3))
    assert (await typed).why == "operation_timeout"
    finish.set()


async def test_a_socket_told_to_disconnect_is_replaced(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    (before,) = workspace.delivery.links
    await workspace.delivery.refresh("warning")
    assert workspace.delivery.links == [before]
    await workspace.delivery.refresh()
    await workspace.until(lambda: workspace.delivery.ready and before.retiring)
    assert (await workspace.person("marie").say("#general", "after")).acked
    assert before.taken == 0


async def test_what_was_under_way_when_the_link_broke_comes_again(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    texts: list[str] = []

    @bolt.event("message")
    async def listen(event: dict[str, Any]) -> None:
        texts.append(event["text"])
        if len(texts) == 1:
            workspace.delivery.drop()
            await asyncio.Event().wait()

    await connect(bolt, 0.2)
    ack = await workspace.person("marie").say("#general", "hello")
    assert ack.why == "closed"
    await workspace.until(lambda: workspace.delivery.ready)
    await workspace.advance(timedelta(minutes=1))
    assert texts == ["hello", "hello"]


async def test_a_frozen_link_takes_nothing(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    workspace.delivery.freeze()
    assert (await workspace.person("marie").say("#general", "hello")).why == "no_socket"
    assert heard == []
    workspace.delivery.drop()


async def test_envelopes_are_shared_out_among_sockets(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    await connect(bolt)
    for number in range(4):
        assert (await workspace.person("marie").say("#general", f"{number}")).acked
    assert [link.taken for link in workspace.delivery.links] == [2, 2]
    assert [text for _, text, _ in heard] == ["0", "1", "2", "3"]


async def test_events_come_twice_or_in_another_order_when_a_test_wants_it(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    marie = workspace.person("marie")
    ack = await marie.say("#general", "first")
    again = await workspace.delivery.event(ack.sent)
    assert again.acked
    assert heard[0] == heard[1]
    workspace.delivery.doubled = True
    await marie.say("#general", "twice")
    await workspace.delivery.settled()
    assert heard[2] == heard[3]
    workspace.delivery.doubled = False
    workspace.delivery.hold()
    await marie.say("#general", "second")
    await marie.say("#general", "third")
    assert len(heard) == 4
    await workspace.delivery.release(lambda held: held[::-1])
    assert [text for _, text, _ in heard[4:]] == ["third", "second"]


async def test_an_app_hears_what_it_subscribed_to_may_read_and_is_present_for(
    workspace: Workspace, bolt: AsyncApp, connect: Connect, heard: Heard
) -> None:
    await connect(bolt)
    marie = workspace.person("marie")
    workspace.app.events = frozenset({"message.im"})
    assert (await marie.say("#general", "unheard")).why == "not_subscribed"
    assert (await marie.dm("heard")).acked
    workspace.app.scopes -= {"im:history"}
    refused: Ack = await marie.dm("unheard")
    assert refused.why == "not_subscribed"
    away = workspace.add_channel("#away", "marie", bot=False)
    workspace.app.events = None
    assert (await marie.say(away, "unheard")).why == "not_seen"
    assert [text for _, text, _ in heard] == ["heard"]
