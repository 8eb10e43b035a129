"""Commands, presses, shortcuts and forms become events of the core, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.inbound import account, channel, closed, commanded, filled, picked, pressed
from bot.events import FormClosed, FormFilled, Picked, Pressed, Said
from tests.adapters.slack.payloads import (
    BOT,
    CHANNEL,
    DM,
    LUC,
    MARIE,
    NOW,
    OURS,
    ROOT,
    TS,
    Json,
    block_actions,
    name_of,
    slash,
    view,
)

BY = account(MARIE)
ACT: Json = {"id": "1.2.abc", "at": NOW, "by": BY, "name": "marie", "trigger": "1.2.abc"}


def press(action: Json, **more: Any) -> Pressed | None:
    return pressed(block_actions(action, **more), OURS, now=NOW)


def test_a_slash_command_is_words_for_the_bot_that_leave_no_message() -> None:
    assert commanded(slash("a &lt; b"), OURS, now=NOW) == Said(
        id="1.2.abc", at=NOW, place=channel(CHANNEL), by=BY, name="marie.gagnon", text="a < b",
        message="", addressed=True, title="general", trigger="1.2.abc",
    )  # fmt: skip


def test_the_name_one_chose_is_better_than_the_handle() -> None:
    found = commanded(slash(), OURS, now=NOW, name_of=name_of)
    assert found is not None
    assert found.name == "Marie Gagnon"


def test_a_slash_command_in_private_is_private_and_a_private_channel_tells_no_name() -> None:
    found = commanded(slash(channel_id=DM, channel_name="directmessage"), OURS, now=NOW)
    assert found is not None
    assert (found.place, found.title) == (BY.dm, "")
    found = commanded(slash(channel_name="privategroup"), OURS, now=NOW)
    assert found is not None
    assert (found.place, found.title) == (channel(CHANNEL), "")


def test_a_button_is_pressed_by_its_value() -> None:
    assert press({"value": "join:1"}) == Pressed(
        **ACT, place=channel(CHANNEL), message=TS, action="join:1"
    )
    assert press({"url": "https://exemple.ca"}) is None


@pytest.mark.parametrize("block_id", ["a1b2", "a1b2-1"])
def test_a_press_tells_of_which_parcel_its_message_came(block_id: str) -> None:
    message = {"ts": TS, "blocks": [{"type": "rich_text", "block_id": block_id}]}
    found = press({"value": "join:1"}, message=message)
    assert found is not None
    assert found.token == "a1b2"


@pytest.mark.parametrize("kind", ["overflow", "static_select", "radio_buttons"])
def test_a_choice_in_a_menu_is_a_press_of_what_was_chosen(kind: str) -> None:
    found = press({"type": kind, "selected_option": {"value": "seen:2"}})
    assert found is not None
    assert found.action == "seen:2"


def test_a_press_on_what_one_person_sees_finds_its_message_in_the_container() -> None:
    container = {"type": "message", "message_ts": ROOT, "channel_id": CHANNEL, "is_ephemeral": True}
    body = block_actions({"value": "home"}, container=container)
    del body["message"], body["channel"]
    found = pressed(body, OURS, now=NOW)
    assert found is not None
    assert (found.message, found.place) == (ROOT, channel(CHANNEL))


def test_a_press_in_private_and_one_on_the_home_are_in_the_private_conversation() -> None:
    there = {"type": "message", "message_ts": TS, "channel_id": DM}
    private = press({"value": "home"}, container=there)
    assert private is not None
    assert (private.place, private.message) == (BY.dm, TS)
    container, page = {"type": "view", "view_id": "V1"}, view(type="home")
    found = press({"value": "home"}, container=container, view=page, message=None, channel=None)
    assert found == Pressed(**ACT, place=BY.dm, message="", action="home", home=True)


def test_a_choice_within_a_modal_waits_for_its_sending() -> None:
    container = {"type": "view", "view_id": "V1"}
    assert press({"value": "x"}, container=container, view=view()) is None


def shortcut(**more: Any) -> Json:
    return {
        "type": "message_action", "callback_id": "keep", "trigger_id": "1.2.abc",
        "api_app_id": OURS.app_id, "user": {"id": MARIE, "name": "marie"},
        "channel": {"id": CHANNEL, "name": "general"}, "message_ts": TS,
        "message": {"type": "message", "user": LUC, "ts": TS, "text": "voir <https://a.ca>"},
        **more,
    }  # fmt: skip


def test_a_shortcut_knows_the_message_and_its_author() -> None:
    assert picked(shortcut(), OURS, now=NOW) == Picked(
        **ACT, place=channel(CHANNEL), message=TS, action="keep", text="voir https://a.ca",
        author=account(LUC),
    )  # fmt: skip
    reply = {"type": "message", "user": BOT, "bot_id": "B0BOT", "ts": TS, "thread_ts": ROOT}
    found = picked(shortcut(message=reply), OURS, now=NOW)
    assert found is not None
    assert (found.author, found.thread) == (None, ROOT)
    assert picked(shortcut(type="shortcut"), OURS, now=NOW) is None


def test_what_somebody_wrote_to_another_person_is_no_word_to_us() -> None:
    dm = {"id": "D0DEUX", "name": "directmessage"}
    found = [
        picked(shortcut(channel=dm, message={"type": "message", "user": user, "ts": TS, **more}),
               OURS, now=NOW)
        for user, more in ((LUC, {}), (MARIE, {}), (BOT, {"bot_id": "B0BOT"}))
    ]  # fmt: skip
    assert [each.place if each else None for each in found] == [
        channel("D0DEUX"),
        account(MARIE).dm,
        account(MARIE).dm,
    ]


def submission(state: Json, **more: Any) -> Json:
    return {
        "type": "view_submission", "trigger_id": "1.2.abc", "api_app_id": OURS.app_id,
        "user": {"id": MARIE, "name": "marie"}, "team": {"id": "T0AUTRE"},
        "view": view(state), **more,
    }  # fmt: skip


def test_a_form_has_its_number_and_its_values() -> None:
    option = {"value": "soir", "text": {"type": "plain_text", "text": "Le soir"}}
    state = {
        "why": {"a": {"type": "plain_text_input", "value": "Parce que"}},
        "bio": {"a": {"type": "plain_text_input", "value": None}},
        "when": {"a": {"type": "static_select", "selected_option": option}},
        "days": {
            "a": {"type": "checkboxes", "selected_options": [{"value": "lu"}, {"value": "ma"}]}
        },
        "box": {"a": {"type": "checkboxes", "selected_options": []}},
    }
    assert filled(submission(state), OURS, now=NOW) == FormFilled(
        **{**ACT, "id": "V1:1.abc"}, place=BY.dm, form=12,
        values={"why": "Parce que", "bio": "", "when": "soir", "days": "lu,ma", "box": ""},
    )  # fmt: skip


def test_a_form_of_somebody_elsewhere_goes_by_where_the_app_is_installed() -> None:
    other = view({}) | {"app_installed_team_id": "T0AUTRE"}
    assert filled(submission({}), OURS, now=NOW) is not None
    assert filled(submission({}, view=other), OURS, now=NOW) is None


def test_a_form_that_is_closed_is_closed_once() -> None:
    body = submission({}, type="view_closed", is_cleared=False)
    del body["trigger_id"]
    assert closed(body, OURS, now=NOW) == FormClosed(
        id="V1:closed", at=NOW, by=BY, place=BY.dm, name="marie", form=12
    )


def test_a_view_that_is_no_form_of_ours_is_nothing() -> None:
    assert filled(submission({}, view=view(private_metadata="x")), OURS, now=NOW) is None
