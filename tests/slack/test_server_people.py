"""People see what Slack shows them and do what it lets them do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import Connect
from tests.slack.server import admin
from tests.slack.server.workspace import Workspace


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(label: str, action: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": "form", "title": plain("A"), "submit": plain("Send")}
    return view | {"blocks": list(blocks)} | more


def field(name: str, **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": name, **more.pop("element", {})}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name.title()),
        "element": element,
    } | more


CHOICES = [{"text": plain(name), "value": name[0].lower()} for name in ("Yes", "No")]
RADIO = {"type": "radio_buttons", "action_id": "way", "options": CHOICES}
BOXES = {"type": "checkboxes", "action_id": "days", "options": CHOICES}


@pytest.fixture
def answers(bolt: AsyncApp) -> list[dict[str, Any]]:
    """What the app is to answer to submissions, in turn; nothing more: an empty acknowledgement."""
    found: list[dict[str, Any]] = []

    @bolt.view({"type": "view_submission", "callback_id": "form"})
    async def submitted(ack: Any) -> None:
        await ack(**(found.pop(0) if found else {}))

    @bolt.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    @bolt.action("go")
    async def pressed(ack: Any) -> None:
        await ack()

    return found


async def test_what_is_whispered_is_one_person_s_until_they_reload(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie, paul = workspace.person("marie"), workspace.person("paul")
    general = workspace.channel("#general").id
    await client.chat_postEphemeral(channel=general, user=marie.id, text="hush")
    assert [m.text for m in marie.ephemerals("#general")] == ["hush"]
    assert (paul.ephemerals(), marie.sees("#general")) == ([], [])
    assert (await client.conversations_history(channel=general))["messages"] == []
    paul.reload()
    assert len(marie.ephemerals()) == 1
    marie.reload()
    assert marie.ephemerals() == []


async def test_a_whispered_button_tells_where_and_not_what(
    workspace: Workspace,
    client: AsyncWebClient,
    bolt: AsyncApp,
    connect: Connect,
    answers: list[Any],
) -> None:
    await connect(bolt)
    marie, paul = workspace.person("marie"), workspace.person("paul")
    blocks = [{"type": "actions", "elements": [button("Go", "go", value="1")]}]
    general = workspace.channel("#general").id
    await client.chat_postEphemeral(channel=general, user=marie.id, text="a", blocks=blocks)
    (shown,) = marie.ephemerals()
    ack = await marie.press(shown, "Go")
    assert ack.acked
    assert ack.sent["container"]["is_ephemeral"]
    assert "message" not in ack.sent
    with pytest.raises(AssertionError, match="somebody else"):
        await paul.press(shown, "Go")
    async with aiohttp.ClientSession() as http:
        url, text = ack.sent["response_url"], {"replace_original": True, "text": "done"}
        async with http.post(url, json=text) as answer:
            assert answer.status == 200
    assert marie.ephemerals()[0].text == "done"
    marie.reload()
    with pytest.raises(AssertionError, match="gone"):
        await marie.press(shown, "Go")


async def test_a_response_address_serves_five_times_and_half_an_hour(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    @bolt.command("/copain")
    async def listen(ack: Any) -> None:
        await ack("at once")

    await connect(bolt)
    marie = workspace.person("marie")
    url = (await marie.slash("#general", "/copain")).sent["response_url"]
    late = (await marie.slash("#general", "/copain")).sent["response_url"]
    assert [m.text for m in marie.ephemerals()] == ["at once", "at once"]
    async with aiohttp.ClientSession() as http:

        async def post(to: str, **body: Any) -> int:
            async with http.post(to, json=body) as answer:
                return answer.status

        assert await post(url, text="for all", response_type="in_channel") == 200
        assert [await post(url, text="more") for _ in range(5)] == [200] * 4 + [404]
        await workspace.advance(timedelta(minutes=31))
        assert await post(late, text="late") == 404
    assert [m.text for m in workspace.person("paul").sees("#general")] == ["for all"]


async def test_no_slash_in_threads_for_guests_or_people_of_another_workspace(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    @bolt.command("/copain")
    async def listen(ack: Any) -> None:
        await ack()

    @bolt.event("message")
    async def let_be() -> None: ...

    await connect(bolt)
    marie = workspace.person("marie")
    lea = workspace.person("lea", team="T0ELSEWHERE")
    noor = workspace.person("noor", guest=True)
    workspace.add_channel("#shared", "marie", "lea", "noor")
    await marie.say("#shared", "root")
    root = marie.sees("#shared")[0]
    assert not (await marie.slash("#shared", "/copain aide", root)).acked
    assert not (await lea.slash("#shared", "/copain aide")).acked
    assert not (await noor.slash("#shared", "/copain aide")).acked
    assert not (await marie.slash("#shared", "/other")).acked
    assert (await marie.slash("#shared", "/copain aide")).acked
    assert (await marie.slash("@copain", "/copain aide")).sent["channel_name"] == "directmessage"


async def test_places_are_seen_by_who_is_let_in(workspace: Workspace) -> None:
    hidden = workspace.add_channel("#hidden", "marie", kind="group")
    paul, noor = workspace.person("paul"), workspace.person("noor", guest=True)
    await workspace.person("marie").say(hidden, "secret")
    for person, place in ((paul, hidden), (noor, "#general")):
        with pytest.raises(AssertionError, match="cannot see"):
            person.sees(place)
    with pytest.raises(AssertionError, match="is not in"):
        await noor.say("#general", "hello")
    with pytest.raises(AssertionError, match="private"):
        await paul.join(hidden)
    await paul.join(hidden, inviter=workspace.user("marie").id)
    assert [m.text for m in paul.sees(hidden)] == ["secret"]
    await admin.archive(workspace, hidden, paul.id)
    with pytest.raises(AssertionError, match="archived"):
        await paul.say(hidden, "hello")


async def test_what_is_typed_is_escaped_and_names_become_mentions(workspace: Workspace) -> None:
    marie, paul = workspace.person("marie"), workspace.person("paul")
    await marie.say(
        "#general", "a < b & @paul, #general, @channel @nobody https://example.org/?a&b"
    )
    (message,) = marie.sees("#general")
    general = workspace.channel("#general").id
    assert message.text == (
        f"a &lt; b &amp; <@{paul.id}>, <#{general}|general>, <!channel> @nobody "
        "<https://example.org/?a&amp;b>"
    )
    assert message.calls_for == [paul.id, "channel"]
    await marie.edit(message, "nothing")
    assert message.calls_for == []
    with pytest.raises(AssertionError, match="their own"):
        await paul.edit(message, "mine")


async def test_a_root_with_replies_leaves_a_stone_and_another_message_leaves_nothing(
    workspace: Workspace,
) -> None:
    marie = workspace.person("marie")
    await marie.say("#general", "root")
    root = marie.sees("#general")[0]
    await marie.say("#general", "reply", root)
    gone = await marie.delete(root)
    assert gone.sent["event"]["subtype"] == "message_changed"
    assert gone.sent["event"]["message"]["subtype"] == "tombstone"
    (reply,) = marie.thread(root)
    gone = await marie.delete(reply)
    assert gone.sent["event"]["deleted_ts"] == reply.ts
    assert marie.thread(root) == []
    unfurled = await admin.unfurl(workspace, root, "A page")
    assert "edited" not in unfurled.sent["event"]["message"]


async def test_forms_are_filled_by_label_and_held_back_when_something_is_missing(
    workspace: Workspace,
    client: AsyncWebClient,
    bolt: AsyncApp,
    connect: Connect,
    answers: list[Any],
) -> None:
    await connect(bolt)
    marie = workspace.person("marie")
    radio = {"type": "input", "block_id": "way", "label": plain("Way"), "element": RADIO}
    boxes = {"type": "input", "block_id": "days", "label": plain("Days"), "element": BOXES}
    blocks = [field("body", element={"min_length": 3}), field("more", optional=True), radio, boxes]
    trigger = workspace.new_trigger(marie.id)
    await client.views_open(trigger_id=trigger, view=modal(*blocks))
    assert marie.modal is not None
    assert marie.modal.labels == ["Body", "More", "Way", "Days"]
    for values in ({}, {"Body": "ab"}, {"Body": "abc"}, {"Nothing": "a"}, {"Way": "Perhaps"}):
        with pytest.raises(AssertionError):
            await marie.submit(values=values)
    ack = await marie.submit(values={"Body": "abc", "Way": "No", "Days": ["Yes", "n"]})
    state = ack.sent["view"]["state"]["values"]
    assert state["body"]["body"]["value"] == "abc"
    assert state["more"]["more"]["value"] is None
    assert state["way"]["way"]["selected_option"]["value"] == "n"
    assert [o["value"] for o in state["days"]["days"]["selected_options"]] == ["y", "n"]
    assert marie.modal is None


async def test_forms_change_stack_up_and_clear_as_the_app_answers(
    workspace: Workspace,
    client: AsyncWebClient,
    bolt: AsyncApp,
    connect: Connect,
    answers: list[Any],
) -> None:
    await connect(bolt)
    marie = workspace.person("marie")
    first = modal(field("body"), notify_on_close=True)
    await client.views_open(trigger_id=workspace.new_trigger(marie.id), view=first)
    opened = marie.modal
    assert opened is not None
    second = modal({"type": "actions", "elements": [button("Go", "go")]}, field("name"))
    answers += [
        {"response_action": "errors", "errors": {"nowhere": "a"}},
        {"response_action": "push", "view": second},
        {"response_action": "update", "view": first},
        {"response_action": "clear"},
    ]
    await marie.submit(values={"body": "kept"})
    assert (opened.errors, marie.notices) == ({}, ["view_trouble"])
    await marie.submit()
    pushed = marie.modal
    assert pushed is not None
    assert (pushed.previous, pushed.root) == (opened.id, opened.id)
    assert (await marie.press(pushed, "Go")).sent["container"]["view_id"] == pushed.id
    before = pushed.hash
    await marie.submit(values={"name": "Noor"})
    assert pushed.labels == ["Body"]
    assert pushed.hash != before
    assert (await marie.close()).acked
    assert marie.modal is opened
    await marie.submit()
    assert marie.modal is None


async def test_a_form_nobody_answers_for_stays_with_what_was_typed(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie = workspace.person("marie")
    trigger = workspace.new_trigger(marie.id)
    await client.views_open(trigger_id=trigger, view=modal(field("body")))
    ack = await marie.submit(values={"body": "kept"})
    assert (ack.why, marie.notices) == ("no_socket", ["view_trouble"])
    assert marie.modal is not None
    assert marie.modal.typed["body"]["body"]["value"] == "kept"


async def test_menus_are_used_by_the_words_they_show(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie = workspace.person("marie")
    menu = {"type": "overflow", "action_id": "menu", "options": CHOICES}
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": plain("Which?"), "accessory": menu},
        {"type": "actions", "elements": [button("Yes!", "go", value="7"), BOXES]},
    ]
    general = workspace.channel("#general").id
    await client.chat_postMessage(channel=general, text="a", blocks=blocks)
    (shown,) = marie.sees("#general")
    assert shown.read == "Which?\nYes!"
    chosen = (await marie.press(shown, "Yes")).sent["actions"][0]
    assert (chosen["type"], chosen["selected_option"]["value"]) == ("overflow", "y")
    pressed = (await marie.press(shown, "Yes!")).sent["actions"][0]
    assert (pressed["action_id"], pressed["value"]) == ("go", "7")
    with pytest.raises(AssertionError, match="nothing called"):
        await marie.press(shown, "Perhaps")


async def test_an_app_installed_from_a_manifest_may_what_it_says(workspace: Workspace) -> None:
    manifest: dict[str, Any] = {
        "features": {
            "slash_commands": [{"command": "/other"}],
            "shortcuts": [{"callback_id": "keep", "type": "message"}],
            "app_home": {"messages_tab_enabled": False},
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
        "settings": {
            "socket_mode_enabled": True,
            "event_subscriptions": {"bot_events": ["app_mention"]},
        },
    }
    workspace.app = workspace.app.from_manifest(manifest)
    marie = workspace.person("marie")
    assert (await marie.slash("#general", "/copain")).why == "not_a_command"
    assert (await marie.slash("#general", "/other")).why == "no_socket"
    assert (await marie.say("#general", "a")).why == "not_subscribed"
    with pytest.raises(AssertionError, match="turned off"):
        await marie.dm("hello")
    with pytest.raises(AssertionError, match="no shortcut"):
        await marie.shortcut("other", marie.sees("#general")[0])


async def test_what_is_chosen_in_a_view_is_in_its_state(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie = workspace.person("marie")
    blocks = [{"type": "actions", "block_id": "b", "elements": [RADIO]}]
    await client.views_publish(user_id=marie.id, view={"type": "home", "blocks": blocks})
    assert marie.home is not None
    ack = await marie.press(marie.home, "No")
    state = ack.sent["view"]["state"]["values"]["b"]["way"]
    assert state["selected_option"]["value"] == "n"


async def test_numbers_of_messages_are_instants_and_never_the_same(workspace: Workspace) -> None:
    first, second = workspace.ts(), workspace.ts()
    await workspace.advance(timedelta(seconds=1.5))
    third = workspace.ts()
    assert (first, second) == ("1772460000.000100", "1772460000.000200")
    assert third == "1772460001.500100"
