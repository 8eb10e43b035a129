"""Every payload that Slack gives as a sample becomes the event it should, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.inbound import (
    closed,
    commanded,
    ending,
    filled,
    happened,
    picked,
    pressed,
    written,
)
from bot.events import (
    AccountChanged,
    Deleted,
    Edited,
    FormClosed,
    FormFilled,
    HomeOpened,
    Joined,
    Left,
    Picked,
    Pressed,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from tests.adapters.slack.payloads import CHANNEL, NOW, OURS, filled_in, samples

EVENTS = dict(samples("events"))
ACTS = dict(samples("app-backend"))
HAPPENED = {
    "AppHomeOpenedPayload": HomeOpened,
    "AppMentionPayload": Said,
    "ChannelArchivePayload": SpaceChanged,
    "ChannelDeletedPayload": SpaceChanged,
    "ChannelRenamePayload": SpaceChanged,
    "GroupArchivePayload": SpaceChanged,
    "GroupDeletedPayload": SpaceChanged,
    "GroupRenamePayload": SpaceChanged,
    "MemberJoinedChannelPayload": Joined,
    "MemberLeftChannelPayload": Left,
    "MessageChangedPayload": Edited,
    "MessageDeletedPayload": Deleted,
    "MessageFileSharePayload": Said,
    "MessageMePayload": Said,
    "MessagePayload": Said,
    "MessageThreadBroadcastPayload": Said,
    "ReactionAddedPayload": Reacted,
    "ReactionRemovedPayload": Unreacted,
    "UserChangePayload": AccountChanged,
}
ACTED = {
    "BlockActionPayload": Pressed,
    "MessageShortcutPayload": Picked,
    "SlashCommandPayload": Said,
    "ViewClosedPayload": FormClosed,
    "ViewSubmissionPayload": FormFilled,
}


def every_reading(body: Any) -> list[object]:
    """What each of our functions makes of a payload, whichever was meant for it."""
    acts = [act(body, OURS, now=NOW) for act in (commanded, pressed, picked, filled, closed)]
    ending(body)
    return [happened(body, OURS), *acts, *written(body.get("event", body), CHANNEL, OURS)]


def test_the_samples_are_there() -> None:
    assert len(EVENTS) > 75
    assert HAPPENED.keys() <= EVENTS.keys()
    assert ACTED.keys() <= ACTS.keys()


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_becomes_what_it_is_or_nothing(name: str) -> None:
    found = happened(filled_in(EVENTS[name]), OURS)
    expected = HAPPENED.get(name)
    assert found is None if expected is None else isinstance(found, expected)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_becomes_what_it_is_or_nothing(name: str) -> None:
    body = filled_in(ACTS[name])
    found = [act(body, OURS, now=NOW) for act in (commanded, pressed, picked, filled, closed)]
    kinds = [type(each) for each in found if each is not None]
    assert kinds == ([ACTED[name]] if name in ACTED else [])


@pytest.mark.parametrize("name", [*EVENTS, *ACTS])
def test_a_sample_as_it_comes_with_all_its_blanks_is_nothing(name: str) -> None:
    assert set(every_reading({**EVENTS, **ACTS}[name])) == {None}


def test_the_app_is_over_when_it_is_taken_out_or_its_token_revoked() -> None:
    over = {name for name, body in EVENTS.items() if ending(body)}
    assert over == {"AppUninstalledPayload", "TokensRevokedPayload"}
    assert not ending({"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}})


def test_what_apps_answer_holds_no_event() -> None:
    for _, body in samples("api"):
        assert {each for each in every_reading(body) if each is not None} == set()
