"""The local server refuses the calls that Slack refuses, with Slack's codes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import admin
from tests.slack.server.workspace import Workspace

DIVIDER = [{"type": "divider"}]
HOME = {"type": "home", "blocks": DIVIDER}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": DIVIDER}


async def refusal(call: Awaitable[Any]) -> Any:
    """The answer to a call that is refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response


async def error(call: Awaitable[Any]) -> str:
    return str((await refusal(call))["error"])


# Who may call.


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-1-A0COPAIN-1", None)],
)
async def test_a_token_has_to_be_ours_and_of_the_right_kind(
    token: str, code: str | None, workspace: Workspace
) -> None:
    client = AsyncWebClient(token, base_url=workspace.url)
    assert await error(client.conversations_list()) == (code or "not_allowed_token_type")


async def test_the_socket_is_opened_by_the_app_token_alone(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    opened = client.apps_connections_open(app_token=workspace.app.bot_token)
    assert await error(opened) == "not_allowed_token_type"
    opened = client.apps_connections_open(app_token=workspace.app.app_token)
    url = (await opened)["url"]
    assert url.startswith("ws://127.0.0.1")
    async with aiohttp.ClientSession() as http:
        async with http.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)
    workspace.app.app_scopes = frozenset()
    answer = await refusal(client.apps_connections_open(app_token=workspace.app.app_token))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "connections:write")


async def test_an_app_that_was_taken_away_calls_nothing(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await admin.uninstall(workspace)
    assert await error(client.auth_test()) == "account_inactive"


async def test_a_missing_scope_is_named_beside_those_that_are_there(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.app.scopes = frozenset({"chat:write", "channels:read"})
    general = workspace.channel("#general").id
    answer = await refusal(client.conversations_history(channel=general))
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "channels:history"
    assert answer["provided"] == "channels:read,chat:write"
    assert answer.headers["x-oauth-scopes"] == "channels:read,chat:write"
    assert (await client.conversations_info(channel=general))["ok"]
    marie = workspace.user("marie").id
    for call in (
        client.conversations_open(users=marie),
        client.users_info(user=marie),
        client.reactions_add(channel=general, timestamp="1.1", name="eyes"),
        client.conversations_list(types="private_channel"),
        client.files_getUploadURLExternal(filename="a", length=1),
        client.conversations_invite(channel=general, users=[marie]),
        client.conversations_join(channel=general),
    ):
        assert await error(call) == "missing_scope"


# What may be asked.


async def test_names_and_types_of_arguments_are_checked(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    for call in (
        client.chat_postMessage(channel=general, text="a", colour="red"),
        client.chat_postMessage(channel=general, text="a", thread_ts=["1.2"]),  # type: ignore[arg-type]
        client.api_call("chat.postMessage", json={"channel": general, "text": {"a": 1}}),
        client.conversations_history(channel=general, colour="red"),
        client.conversations_replies(channel=general, ts=""),
        client.api_call("users.info", json={}),
    ):
        assert await error(call) == "invalid_arguments"
    assert await error(client.api_call("chat.shout")) == "unknown_method"


async def test_a_message_has_to_say_something_and_not_too_much(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    post = client.chat_postMessage
    empty = client.api_call("chat.postMessage", json={"channel": general, "text": " "})
    assert await error(empty) == "no_text"
    assert await error(post(channel=general, text="a" * 40_001)) == "msg_too_long"
    ts = (await post(channel=general, text="a" * 40_000))["ts"]
    change = client.chat_update(channel=general, ts=ts, text="a" * 4_001)
    assert await error(change) == "msg_too_long"
    assert (await client.chat_update(channel=general, ts=ts, text="a" * 4_000))["ts"] == ts
    blocks = {"channel": general, "blocks": DIVIDER}
    answer = await client.api_call("chat.postMessage", json=blocks)
    assert answer["warning"] == "missing_text_in_message"


async def test_places_are_those_that_the_app_can_see(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    post = client.chat_postMessage
    open_place = workspace.add_channel("#open", "marie", bot=False)
    hidden = workspace.add_channel("#hidden", "marie", bot=False, kind="group")
    assert await error(post(channel="C0NONE", text="a")) == "channel_not_found"
    assert await error(post(channel=hidden.id, text="a")) == "channel_not_found"
    assert await error(post(channel=open_place.id, text="a")) == "not_in_channel"
    assert await error(client.conversations_history(channel=open_place.id)) == "not_in_channel"
    assert await error(client.conversations_info(channel=hidden.id)) == "channel_not_found"
    await client.conversations_join(channel=open_place.id)
    assert (await post(channel=open_place.id, text="a"))["ok"]
    await admin.archive(workspace, open_place, workspace.user("marie").id)
    assert await error(post(channel=open_place.id, text="a")) == "is_archived"
    workspace.app.scopes |= {"chat:write.public"}
    other = workspace.add_channel("#other", "marie", bot=False)
    assert (await post(channel=other.id, text="a"))["ok"]


async def test_people_are_those_whom_the_app_can_reach(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    noor = workspace.add_user("noor").id
    stranger = workspace.add_user("lea", team="T0ELSEWHERE").id
    whisper = client.chat_postEphemeral
    assert await error(client.users_info(user="U0NONE")) == "user_not_found"
    assert await error(client.chat_postMessage(channel="U0NONE", text="a")) == "channel_not_found"
    assert await error(whisper(channel=general, user="U0NONE", text="a")) == "user_not_found"
    assert await error(whisper(channel=general, user=noor, text="a")) == "user_not_in_channel"
    assert await error(client.chat_postMessage(channel=stranger, text="a")) == "channel_not_found"
    assert await error(client.views_publish(user_id="U0NONE", view=HOME)) == "user_not_found"
    assert (await client.chat_postMessage(channel=noor, text="a"))["channel"].startswith("D")


async def test_messages_are_changed_by_who_said_them(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    marie = workspace.person("marie")
    await marie.say("#general", "mine")
    ts = marie.sees("#general")[0].ts
    change, drop = client.chat_update, client.chat_delete
    assert await error(change(channel=general, ts=ts, text="a")) == "cant_update_message"
    assert await error(drop(channel=general, ts=ts)) == "cant_delete_message"
    assert await error(change(channel=general, ts="1.000001", text="a")) == "message_not_found"
    ours = (await client.chat_postMessage(channel=general, text="ours"))["ts"]
    await drop(channel=general, ts=ours)
    assert await error(drop(channel=general, ts=ours)) == "message_not_found"
    whispered = await client.chat_postEphemeral(channel=general, user=marie.id, text="a")
    ephemeral = change(channel=general, ts=whispered["message_ts"], text="b")
    assert await error(ephemeral) == "message_not_found"


async def test_reactions_are_put_once_and_taken_once(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    place: dict[str, Any] = {"channel": workspace.channel("#general").id}
    place["timestamp"] = (await client.chat_postMessage(channel=place["channel"], text="a"))["ts"]
    await client.reactions_add(name="eyes", **place)
    assert await error(client.reactions_add(name="eyes", **place)) == "already_reacted"
    found = await client.reactions_get(**place)
    assert found["message"]["reactions"][0]["users"] == [workspace.app.bot_user]
    await client.reactions_remove(name="eyes", **place)
    assert await error(client.reactions_remove(name="eyes", **place)) == "no_reaction"
    assert await error(client.reactions_add(name=":eyes:", **place)) == "invalid_name"


# What is shown of what was said.


async def test_replies_are_in_their_thread_alone_and_broadcasts_in_both(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    post, history = client.chat_postMessage, client.conversations_history
    root = (await post(channel=general, text="root"))["ts"]
    await post(channel=general, text="reply", thread_ts=root)
    await post(channel=general, text="for all", thread_ts=root, reply_broadcast=True)
    found = (await history(channel=general))["messages"]
    assert [m["text"] for m in found] == ["for all", "root"]
    assert (found[1]["reply_count"], found[1]["latest_reply"]) == (2, found[0]["ts"])
    replies = await client.conversations_replies(channel=general, ts=root)
    assert [m["text"] for m in replies["messages"]] == ["root", "reply", "for all"]
    nowhere = client.conversations_replies(channel=general, ts="1.000001")
    assert await error(nowhere) == "thread_not_found"


async def test_metadata_is_kept_and_shown_to_who_asks_for_it(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general").id
    told = {"event_type": "copain_message", "event_payload": {"id": "a1"}}
    ts = (await client.chat_postMessage(channel=general, text="a", metadata=told))["ts"]
    await client.chat_update(channel=general, ts=ts, text="b")
    plain = await client.conversations_history(channel=general)
    assert "metadata" not in plain["messages"][0]
    whole = await client.conversations_history(channel=general, include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == told
    marie = workspace.user("marie").id
    whisper = {"channel": general, "user": marie, "text": "a", "metadata": told}
    refused = client.api_call("chat.postEphemeral", json=whisper)
    assert await error(refused) == "invalid_arguments"
    bad = client.chat_postMessage(channel=general, text="a", metadata={"event_type": "é"})
    assert await error(bad) in ("invalid_metadata_format", "invalid_arguments")


async def test_lists_come_in_pages_and_history_between_two_instants(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.settings.page = 2
    general = workspace.channel("#general").id
    for number in range(5):
        await client.chat_postMessage(channel=general, text=f"{number}")
        await workspace.advance(timedelta(seconds=1))
    texts: list[str] = []
    async for page in await client.conversations_history(channel=general):
        assert len(page["messages"]) <= 2
        texts += [m["text"] for m in page["messages"]]
    assert texts == ["4", "3", "2", "1", "0"]
    first = await client.conversations_history(channel=general)
    await client.chat_postMessage(channel=general, text="5")
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=general, cursor=cursor)
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    two = list(workspace.channel("#general").messages.values())[2]
    await client.chat_delete(channel=general, ts=two.ts)
    without = await client.conversations_history(channel=general, cursor=cursor)
    assert [m["text"] for m in without["messages"]] == ["1", "0"]
    middle = list(workspace.channel("#general").messages)[2]
    after = await client.conversations_history(channel=general, oldest=middle)
    assert [m["text"] for m in after["messages"]] == ["5", "4"]
    upto = await client.conversations_history(channel=general, latest=middle, inclusive=True)
    assert [m["text"] for m in upto["messages"]] == ["3", "1"]
    members = [m async for page in await client.users_list() for m in page["members"]]
    assert len(members) == 3
    wrong = client.conversations_members(channel=general, cursor="x")
    assert await error(wrong) == "invalid_cursor"


async def test_a_file_takes_three_steps_and_leaves_a_message_without_metadata(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general")
    root = (await client.chat_postMessage(channel=general.id, text="root"))["ts"]
    content = b"BEGIN:VCALENDAR"
    asked = await client.files_getUploadURLExternal(filename="a.ics", length=len(content))
    done = client.files_completeUploadExternal
    named: dict[str, Any] = {"files": [{"id": asked["file_id"], "title": "A"}]}
    assert await error(done(channel_id=general.id, **named)) == "file_not_found"
    async with (
        aiohttp.ClientSession() as http,
        http.post(asked["upload_url"], data=content) as sent,
    ):
        assert sent.status == 200
    block = {"type": "section", "block_id": "t1", "text": {"type": "mrkdwn", "text": "A"}}
    marked = {"channel_id": general.id, "metadata": {"event_type": "a"}, **named}
    refused = client.api_call("files.completeUploadExternal", json=marked)
    assert await error(refused) == "invalid_arguments"
    answer = await done(channel_id=general.id, thread_ts=root, blocks=json.dumps([block]), **named)
    assert "ts" not in answer.data
    (shared,) = workspace.person("marie").thread(general.messages[root])
    assert (shared.files[0]["name"], shared.blocks[0]["block_id"]) == ("a.ics", "t1")
    assert workspace.uploads[asked["file_id"]].content == content


# Forms.


async def test_a_trigger_serves_once_and_for_three_seconds(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie = workspace.user("marie").id
    trigger = workspace.new_trigger(marie)
    await workspace.advance(timedelta(seconds=3))
    await client.views_open(trigger_id=trigger, view=MODAL)
    again = client.views_open(trigger_id=trigger, view=MODAL)
    assert await error(again) == "exchanged_trigger_id"
    late = workspace.new_trigger(marie)
    await workspace.advance(timedelta(seconds=3.1))
    assert await error(client.views_open(trigger_id=late, view=MODAL)) == "trigger_expired"
    unknown = client.views_open(trigger_id="1.2.3", view=MODAL)
    assert await error(unknown) == "invalid_trigger_id"


async def test_a_view_is_changed_by_its_last_hash_alone(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    marie = workspace.user("marie").id
    first = (await client.views_publish(user_id=marie, view=HOME))["view"]
    second = (await client.views_publish(user_id=marie, view=HOME, hash=first["hash"]))["view"]
    assert (second["id"], second["hash"] == first["hash"]) == (first["id"], False)
    stale = client.views_publish(user_id=marie, view=HOME, hash=first["hash"])
    assert await error(stale) == "hash_conflict"
    assert await error(client.views_update(view_id="V0NONE", view=MODAL)) == "not_found"
    assert (await client.views_update(view_id=first["id"], view=HOME))["ok"]


# How often.


async def test_posts_are_limited_by_channel_and_other_calls_by_method(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.settings.limited = True
    general, other = workspace.channel("#general").id, workspace.add_channel("#other").id
    for _ in range(5):
        await client.chat_postMessage(channel=general, text="a")
    answer = await refusal(client.chat_postMessage(channel=general, text="a"))
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    assert (await client.chat_postMessage(channel=other, text="a"))["ok"]
    await workspace.advance(timedelta(seconds=1))
    assert (await client.chat_postMessage(channel=general, text="a"))["ok"]
    for _ in range(20):
        await client.conversations_list()
    answer = await refusal(client.conversations_list())
    assert answer.headers["Retry-After"] == "60"
    assert (await client.conversations_info(channel=general))["ok"]
    await workspace.advance(timedelta(minutes=1))
    assert (await client.conversations_list())["ok"]


# What goes wrong on demand.


@pytest.mark.parametrize(
    ("kind", "done"),
    [("429", 0), ("500", 0), ("closed_before", 0), ("closed_after", 1)],
)
async def test_the_call_that_a_test_names_goes_wrong_and_no_other(
    kind: Any, done: int, workspace: Workspace
) -> None:
    client = AsyncWebClient(workspace.app.bot_token, base_url=workspace.url, retry_handlers=[])
    general = workspace.channel("#general")
    workspace.faults.add("chat.postMessage", kind, first=2, retry_after=7)
    await client.chat_postMessage(channel=general.id, text="1")
    with pytest.raises((SlackApiError, aiohttp.ClientError)) as failed:
        await client.chat_postMessage(channel=general.id, text="2")
    if kind == "429":
        assert isinstance(failed.value, SlackApiError)
        assert failed.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel=general.id, text="3")
    assert [m.text for m in general.messages.values()] == ["1", *["2"] * done, "3"]


@pytest.mark.parametrize(("kind", "done"), [("hang_before", 0), ("hang_after", 1)])
async def test_a_call_may_hang_with_or_without_having_been_carried_out(
    kind: Any, done: int, workspace: Workspace
) -> None:
    client = AsyncWebClient(workspace.app.bot_token, base_url=workspace.url, retry_handlers=[])
    general = workspace.channel("#general")
    fault = workspace.faults.add("*", kind)
    call = asyncio.create_task(client.chat_postMessage(channel=general.id, text="a"))
    await workspace.until(lambda: fault.seen)
    await asyncio.wait([call], timeout=0.05)
    assert not call.done()
    call.cancel()
    assert len(general.messages) == done
