"""Slack's limits: obeyed where it refuses, kept to before it has to, and felt in one channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.tiers import BURST, Tiers
from bot.clock import FrozenClock
from bot.errors import Rejected, RetryLater, Unusable
from tests.slack.adapted import Adapted, made, running
from tests.slack.server.workspace import Workspace


@pytest.fixture
async def slack(workspace: Workspace) -> AsyncIterator[Adapted]:
    workspace.add_channel("#autre", "marie")
    async with running(made(workspace)) as adapted:
        yield adapted


def clock_of(workspace: Workspace) -> FrozenClock:
    assert isinstance(workspace.clock, FrozenClock)
    return workspace.clock


async def test_a_channel_that_is_limited_holds_no_other_back(slack: Adapted) -> None:
    other = replace(slack.room, id=slack.workspace.channel("#autre").id)
    slack.workspace.faults.add("chat.postMessage", "429", retry_after=30, channel=slack.room.id)
    with pytest.raises(RetryLater) as patience:
        await slack.adapter.deliver(slack.parcel())
    assert (patience.value.after, patience.value.whole) == (30, False)
    assert await slack.adapter.deliver(slack.parcel(token="b2", place=other))
    assert await slack.adapter.deliver(slack.parcel(token="c3", place=slack.account("marie").dm))


async def test_what_was_asked_for_is_waited_for_without_asking_again(slack: Adapted) -> None:
    slack.workspace.faults.add("chat.postMessage", "429", retry_after=30)
    for expected in (30, 30):
        with pytest.raises(RetryLater) as patience:
            await slack.adapter.deliver(slack.parcel())
        assert patience.value.after == expected
    assert len(slack.workspace.calls("chat.postMessage")) == 1
    clock_of(slack.workspace).advance(timedelta(seconds=30))
    assert await slack.adapter.deliver(slack.parcel())


async def test_a_limited_method_holds_no_other_method_back(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel())
    slack.workspace.faults.add("chat.update", "429", retry_after=60)
    with pytest.raises(RetryLater):
        await slack.adapter.deliver(slack.parcel("edit", token="b2", target=ts))
    assert await slack.adapter.deliver(slack.parcel(token="c3"))


async def test_slacks_own_limits_are_never_met(workspace: Workspace) -> None:
    workspace.settings.limited = True
    clock = clock_of(workspace)
    async with running(made(workspace, tiers=Tiers(clock))) as slack:
        said = 0
        for n in range(40):
            try:
                await slack.adapter.deliver(slack.parcel(token=f"t{n}", id=n))
            except RetryLater as later:
                clock.advance(timedelta(seconds=later.after))
                await slack.adapter.deliver(slack.parcel(token=f"t{n}", id=n))
            said += 1
        assert said == len(slack.posts())
    refused = [each for each in workspace.called if each.answer and not each.answer["ok"]]
    assert refused == []


@pytest.mark.parametrize(
    ("error", "raised", "says"),
    [
        ("channel_not_found", Rejected, "channel_not_found"),
        ("msg_too_long", Rejected, "msg_too_long"),
        ("missing_scope", Rejected, "missing_scope"),
        ("ratelimited", RetryLater, "retry after"),
        ("internal_error", RetryLater, "retry after"),
        ("fatal_error", RetryLater, "retry after"),
        ("account_inactive", Unusable, "slack-fault-token"),
        ("token_revoked", Unusable, "slack-fault-token"),
        ("invalid_auth", Unusable, "slack-fault-token"),
    ],
)
async def test_each_refusal_is_one_of_the_houses_errors(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch, error: str, raised: Any, says: str
) -> None:
    # The server refuses by its own rules; these codes are Slack's to give at any time.
    from tests.slack.server import web
    from tests.slack.server.workspace import Refused

    def refuse(_call: object) -> Any:
        raise Refused(error)

    method = web.METHODS["chat.postMessage"]
    monkeypatch.setitem(web.METHODS, "chat.postMessage", replace(method, run=refuse))
    with pytest.raises(raised, match=says):
        await slack.adapter.deliver(slack.parcel())


@pytest.mark.parametrize(
    ("error", "whole"),
    [("internal_error", False), ("fatal_error", False), ("service_unavailable", True)],
)
async def test_a_call_that_slack_stumbles_over_holds_back_its_conversation_alone(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch, error: str, whole: bool
) -> None:
    from tests.slack.server import web
    from tests.slack.server.workspace import Refused

    def refuse(_call: object) -> Any:
        raise Refused(error)

    ts = await slack.adapter.deliver(slack.parcel())
    method = web.METHODS["chat.update"]
    monkeypatch.setitem(web.METHODS, "chat.update", replace(method, run=refuse))
    with pytest.raises(RetryLater) as patience:
        await slack.adapter.deliver(slack.parcel("edit", token="b2", target=ts))
    assert (patience.value.whole, patience.value.away) == (whole, whole)


async def test_a_server_that_cannot_be_reached_holds_everything_back(
    workspace: Workspace,
) -> None:
    async with running(made(workspace)) as slack:
        slack.adapter._wire.client.base_url = "http://127.0.0.1:1/api/"  # noqa: SLF001 - goes away
        with pytest.raises(RetryLater) as patience:
            await slack.adapter.deliver(slack.parcel())
        assert (patience.value.whole, patience.value.away) == (True, True)


def test_a_bucket_lets_a_burst_through_and_then_one_a_second(workspace: Workspace) -> None:
    clock = clock_of(workspace)
    tiers = Tiers(clock)
    assert [tiers.wait("chat.postMessage", "C1") for _ in range(BURST)] == [0.0] * BURST
    assert tiers.wait("chat.postMessage", "C1") == pytest.approx(1)
    assert tiers.wait("chat.postMessage", "C2") == 0
    clock.advance(timedelta(seconds=1))
    assert tiers.wait("chat.postMessage", "C1") == 0
    assert tiers.wait("chat.postMessage", "C1") == pytest.approx(1)
    clock.advance(timedelta(hours=1))
    assert [tiers.wait("chat.postMessage", "C1") for _ in range(BURST)] == [0.0] * BURST


def test_the_table_is_slacks(workspace: Workspace) -> None:
    from adapters.slack.tiers import PER_MINUTE
    from tests.slack.server import rates

    for method, rate in PER_MINUTE.items():
        assert rates.PER_MINUTE[rates.tiers()[method]] == rate, method
