"""What the local server sends and answers has no key that Slack's own samples lack."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import admin, payloads
from tests.slack.server.people import Person
from tests.slack.server.rates import FIXTURES
from tests.slack.server.workspace import Workspace

SAMPLES = FIXTURES / "samples"
# Whose keys are the app's or the person's own, or too many kinds for one sample to show.
FREE = {"values", "event_payload", "blocks", "state", "actions"}
# Documented by Slack, and not in these samples (which were recorded over years).
NEWER = {
    "blocks",
    "event_ts",
    "context_team_id",
    "context_enterprise_id",
    "reply_users",
    "parent_user_id",
    "user_id",
    "response_urls",
    "room",
}
MODAL = {
    "type": "modal",
    "callback_id": "ask",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Question"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "body",
            "label": {"type": "plain_text", "text": "Yours"},
            "element": {"type": "plain_text_input", "action_id": "body"},
        }
    ],
}
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Yes"}}
ACTIONS = [{"type": "actions", "elements": [BUTTON]}]


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text())


def unknown(ours: Any, theirs: Any, path: str = "") -> list[str]:
    """The keys of ours that are not in theirs."""
    if isinstance(ours, list):
        first = theirs[0] if isinstance(theirs, list) and theirs else {}
        return [k for each in ours for k in unknown(each, first, f"{path}[]")]
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return []
    found = [f"{path}.{k}" for k in ours if k not in theirs and k not in NEWER]
    for key, value in ours.items():
        if key in theirs and key not in FREE:
            found += unknown(value, theirs[key], f"{path}.{key}")
    return found


@pytest.fixture
async def lived(workspace: Workspace) -> dict[str, list[Any]]:
    """Everything that was to be sent while people and the workspace did all there is to do."""
    await live(workspace, workspace.person("marie"))
    await workspace.delivery.settled()
    found: dict[str, list[Any]] = {}
    for ack in workspace.delivery.sent:
        body = ack.sent
        inner = body.get("event", {})
        name = inner.get("subtype") or inner.get("type") or body.get("type") or "slash"
        found.setdefault(name, []).append(body)
    return found


async def live(workspace: Workspace, marie: Person) -> None:
    general, paul = workspace.channel("#general"), workspace.person("paul")
    await marie.say("#general", "question @paul")
    root = marie.sees("#general")[0]
    await marie.mention("#general", "aide", root)
    await marie.say("#general", "all", root, broadcast=True)
    await marie.react(root, "tada")
    await marie.unreact(root, "tada")
    await marie.edit(root, "another")
    await marie.delete(marie.thread(root)[0])
    await marie.say("#general", "me", me=True)
    await marie.slash("#general", "/copain aide")
    await marie.dm("aide")
    await marie.open_home()
    client = AsyncWebClient(workspace.app.bot_token, base_url=workspace.url)
    await client.chat_postMessage(channel=general.id, text="a", blocks=ACTIONS)
    await marie.press(marie.sees("#general")[-1], "Yes")
    await marie.shortcut("keep", root)
    trigger = workspace.new_trigger(marie.id)
    await client.views_open(trigger_id=trigger, view=MODAL)
    await marie.submit(values={"body": "a"})
    await marie.close()
    await paul.leave("#general")
    await paul.join("#general", inviter=marie.id)
    await admin.rename(workspace, general, "agora", marie.id)
    await admin.archive(workspace, general, marie.id)
    await admin.unarchive(workspace, general, marie.id)
    await admin.team_join(workspace, "noor")
    await admin.user_change(workspace, paul.user, real_name="Paul P.")
    await admin.delete(workspace, workspace.add_channel("#old", "marie"), marie.id)
    await admin.uninstall(workspace)


KINDS = {
    "message": "events/MessagePayload",
    "app_mention": "events/AppMentionPayload",
    "message_changed": "events/MessageChangedPayload",
    "message_deleted": "events/MessageDeletedPayload",
    "thread_broadcast": "events/MessageThreadBroadcastPayload",
    "me_message": "events/MessageMePayload",
    "channel_join": "events/MessageChannelJoinPayload",
    "channel_leave": "events/MessageChannelLeavePayload",
    "reaction_added": "events/ReactionAddedPayload",
    "reaction_removed": "events/ReactionRemovedPayload",
    "member_joined_channel": "events/MemberJoinedChannelPayload",
    "member_left_channel": "events/MemberLeftChannelPayload",
    "channel_rename": "events/ChannelRenamePayload",
    "channel_deleted": "events/ChannelDeletedPayload",
    "team_join": "events/TeamJoinPayload",
    "user_change": "events/UserChangePayload",
    "app_home_opened": "events/AppHomeOpenedPayload",
    "app_uninstalled": "events/AppUninstalledPayload",
    "tokens_revoked": "events/TokensRevokedPayload",
    "slash": "app-backend/slash-commands/SlashCommandPayload",
    "block_actions": "app-backend/interactive-components/BlockActionPayload",
    "message_action": "app-backend/interactive-components/MessageShortcutPayload",
    "view_submission": "app-backend/views/ViewSubmissionPayload",
    "view_closed": "app-backend/views/ViewClosedPayload",
}
ARCHIVED = {"channel_archive", "channel_unarchive", "channel_name"}


async def test_every_payload_has_the_keys_of_its_sample_and_no_others(
    lived: dict[str, list[Any]],
) -> None:
    assert set(lived) - ARCHIVED == set(KINDS)
    for kind, name in KINDS.items():
        for body in lived[kind]:
            assert unknown(body, sample(name)) == [], kind


async def test_a_payload_with_a_key_of_its_own_would_be_seen(lived: dict[str, list[Any]]) -> None:
    (body,) = lived["slash"]
    assert unknown(body | {"mood": "good"}, sample(KINDS["slash"])) == [".mood"]


@pytest.mark.parametrize("kind", ["message", "slash", "block_actions", "view_submission"])
async def test_what_the_app_relies_on_is_there(kind: str, lived: dict[str, list[Any]]) -> None:
    wanted = {
        "message": {"team_id", "authorizations", "event", "event_id", "event_time", "type"},
        "slash": set(sample(KINDS["slash"])) - {"enterprise_id", "enterprise_name"},
        "block_actions": {
            "user",
            "team",
            "container",
            "trigger_id",
            "channel",
            "actions",
            "message",
        },
        "view_submission": {"user", "team", "view", "trigger_id", "api_app_id"},
    }
    for body in lived[kind]:
        assert wanted[kind] <= set(body)


async def test_every_answer_has_the_keys_of_its_sample(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    general, marie = workspace.channel("#general"), workspace.user("marie")
    posted = await client.chat_postMessage(channel=general.id, text="a")
    ts = posted["ts"]
    trigger = workspace.new_trigger(marie.id)
    paul = workspace.user("paul").id
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    answers = {
        "auth.test": await client.auth_test(),
        "bots.info": await client.bots_info(bot=workspace.app.bot_id),
        "team.info": await client.team_info(),
        "users.info": await client.users_info(user=marie.id, include_locale=True),
        "users.list": await client.users_list(),
        "conversations.list": await client.conversations_list(),
        "conversations.info": await client.conversations_info(channel=general.id),
        "conversations.members": await client.conversations_members(channel=general.id),
        "conversations.kick": await client.conversations_kick(channel=general.id, user=paul),
        "conversations.invite": await client.conversations_invite(channel=general.id, users=[paul]),
        "reactions.add": await client.reactions_add(channel=general.id, timestamp=ts, name="eyes"),
        "chat.getPermalink": await client.chat_getPermalink(channel=general.id, message_ts=ts),
        "chat.postEphemeral": await client.chat_postEphemeral(
            channel=general.id, user=marie.id, text="a"
        ),
        "views.open": await client.views_open(trigger_id=trigger, view=MODAL),
        "views.publish": await client.views_publish(user_id=marie.id, view=home),
        "chat.delete": await client.chat_delete(channel=general.id, ts=ts),
    }
    for method, answer in answers.items():
        assert isinstance(answer.data, dict)
        assert unknown(answer.data, sample(f"api/{method}")) == [], method


async def test_somebody_of_another_workspace_is_named_with_theirs_and_we_with_ours(
    workspace: Workspace,
) -> None:
    lea = workspace.person("lea", team="T0ELSEWHERE")
    workspace.add_channel("#shared", "lea", "marie")
    ack = await lea.say("#shared", "hello")
    assert ack.sent["team_id"] == "T0ELSEWHERE"
    assert ack.sent["is_ext_shared_channel"]
    assert [a["team_id"] for a in ack.sent["authorizations"]] == [workspace.team]
    refused = await lea.slash("#shared", "/copain aide")
    assert (refused.acked, refused.why, lea.notices) == (False, "not_a_command", ["not_a_command"])
    assert payloads.user(workspace, lea.user)["is_stranger"]
