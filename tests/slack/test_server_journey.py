"""A bare Bolt app lives on the local server: everything goes through Slack's own client code."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import Connect
from tests.slack.server.workspace import Workspace

MODAL = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Question"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "body",
            "label": {"type": "plain_text", "text": "Your question"},
            "element": {"type": "plain_text_input", "action_id": "body"},
        }
    ],
}


async def test_a_slash_command_is_acknowledged_and_answered_in_private_and_in_public(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    @bolt.command("/copain")
    async def listen(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
        channel = command["channel_id"]
        await client.chat_postMessage(channel=channel, text="public")
        await client.chat_postEphemeral(channel=channel, user=command["user_id"], text="hush")
        await client.chat_postMessage(channel=command["user_id"], text="private")
        await ack()

    await connect(bolt)
    marie, paul = workspace.person("marie"), workspace.person("paul")
    ack = await marie.slash("#general", "/copain aide moi")
    assert ack.acked
    assert ack.sent["text"] == "aide moi"
    assert [m.text for m in paul.sees("#general")] == ["public"]
    assert [m.text for m in marie.ephemerals("#general")] == ["hush"]
    assert paul.ephemerals("#general") == []
    assert [m.text for m in marie.dm_messages()] == ["private"]
    assert paul.dm_messages() == []


async def test_a_button_opens_a_form_whose_errors_stand_beside_the_field(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    @bolt.message("ask")
    async def listen(client: AsyncWebClient, event: dict[str, Any]) -> None:
        button = {
            "type": "button",
            "action_id": "open",
            "text": {"type": "plain_text", "text": "Ask"},
        }
        blocks = [{"type": "actions", "elements": [button]}]
        thread = event["thread_ts"]
        await client.chat_postMessage(
            channel=event["channel"], text="Ask?", blocks=blocks, thread_ts=thread
        )

    @bolt.event("message")
    async def let_be() -> None: ...

    @bolt.action("open")
    async def press(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack()

    @bolt.view("ask")
    async def submit(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["body"]["body"]["value"]
        if typed == "short":
            await ack(response_action="errors", errors={"body": "longer"})
        else:
            await ack()

    await connect(bolt)
    marie = workspace.person("marie")
    await marie.say("#general", "root")
    root = marie.sees("#general")[0]
    assert (await marie.say("#general", "ask", root)).acked
    asked = marie.thread(root)[-1]
    assert asked.buttons == ["Ask"]
    assert marie.sees("#general") == [root]
    assert (await marie.press(asked, "Ask")).acked
    form = marie.modal
    assert form is not None
    before = form.hash
    await marie.submit(form, {"Your question": "short"})
    assert form.errors == {"body": "longer"}
    assert marie.modal is form
    assert form.hash == before
    await marie.submit(form, {"body": "long enough"})
    assert marie.modal is None


async def test_the_home_is_published_when_it_is_opened(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    @bolt.event("app_home_opened")
    async def listen(client: AsyncWebClient, event: dict[str, Any]) -> None:
        block = {"type": "section", "text": {"type": "plain_text", "text": "Three doors"}}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    await connect(bolt)
    marie = workspace.person("marie")
    assert (await marie.open_home()).acked
    assert marie.home is not None
    assert marie.home.read == "Three doors"
    assert workspace.person("paul").home is None


async def test_a_mention_makes_a_message_and_a_mention_and_reactions_come_too(
    workspace: Workspace, bolt: AsyncApp, connect: Connect
) -> None:
    heard: list[str] = []

    @bolt.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(event["type"])
        await client.reactions_add(
            channel=event["channel"], timestamp=event["ts"], name="white_check_mark"
        )

    @bolt.event("message")
    async def written(event: dict[str, Any]) -> None:
        heard.append(event["type"])

    @bolt.event("reaction_added")
    async def reacted(event: dict[str, Any]) -> None:
        heard.append(f"{event['reaction']} {event['user']}")

    await connect(bolt)
    marie = workspace.person("marie")
    assert (await marie.mention("#general", "aide")).acked
    message = marie.sees("#general")[0]
    assert message.text == "<@U0COPAIN> aide"
    await marie.react(message, "tada")
    await workspace.delivery.settled()
    # Bolt keeps the app's own reaction from its listeners.
    assert heard == ["message", "app_mention", f"tada {marie.id}"]
    assert message.reactions == {"white_check_mark": ["U0COPAIN"], "tada": [marie.id]}


async def test_history_names_pages_and_places_are_read_through_the_sdk(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general")
    marie = workspace.person("marie")
    for number in range(5):
        await marie.say("#general", f"{number}")
    first = await client.conversations_history(channel=general.id, limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=general.id, limit=2, cursor=cursor)
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    found = await client.conversations_members(channel=general.id)
    assert found["members"] == general.members
    user = await client.users_info(user=marie.id, include_locale=True)
    assert user["user"]["locale"] == "fr-FR"
    opened = await client.conversations_open(users=marie.id)
    assert opened["channel"]["id"].startswith("D")
    answer = await client.auth_test()
    assert answer["user_id"] == workspace.app.bot_user
    assert "chat:write" in answer.headers["x-oauth-scopes"]
