"""What Slack sends: bodies of events, slash commands, actions, submissions.

Their shapes follow the samples of java-slack-sdk (tests/fixtures/slack/samples), which
tests/slack/test_server_shapes.py compares.
"""

from __future__ import annotations

from typing import Any

from tests.slack.server.state import Channel, Json, Message, User, View
from tests.slack.server.workspace import Workspace

VERIFICATION = "verification"


def event(workspace: Workspace, inner: Json, team: str = "", shared: bool = False) -> Json:
    """The body around one event; `team` is the author's when it is not ours."""
    inner.setdefault("event_ts", workspace.ts())
    if inner["type"] in ("app_uninstalled", "tokens_revoked"):
        del inner["event_ts"]
    ours = {
        "enterprise_id": None,
        "team_id": workspace.team,
        "user_id": workspace.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION,
        "team_id": team or workspace.team,
        "context_team_id": workspace.team,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": workspace.epoch(),
        "authorizations": [ours],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{workspace.new_id('x')}",
    }


def message(workspace: Workspace, shown: Message, metadata: bool = False) -> Json:
    """A message as histories, events and actions show it."""
    found: Json = {"type": "message", "user": shown.user, "text": shown.text, "ts": shown.ts}
    if shown.subtype:
        found["subtype"] = shown.subtype
    if shown.client_msg_id:
        found["client_msg_id"] = shown.client_msg_id
    if shown.team:
        found["team"] = shown.team
    if shown.bot:
        found |= {
            "bot_id": shown.bot["id"],
            "app_id": shown.bot["app_id"],
            "bot_profile": shown.bot,
        }
    if shown.blocks:
        found["blocks"] = shown.blocks
    for name in ("files", "attachments", "edited"):
        if value := getattr(shown, name):
            found[name] = value
    if shown.files:
        found |= {"upload": False, "display_as_bot": False}
    if metadata and shown.metadata:
        found["metadata"] = shown.metadata
    if shown.reactions:
        found["reactions"] = [
            {"name": name, "users": users, "count": len(users)}
            for name, users in shown.reactions.items()
        ]
    return found | _thread(workspace, shown)


def _thread(workspace: Workspace, shown: Message) -> Json:
    channel = workspace.channels[shown.channel]
    if shown.is_reply:
        root = channel.messages.get(shown.thread_ts)
        found: Json = {"thread_ts": shown.thread_ts}
        if root is not None:
            found["parent_user_id"] = root.user
            if shown.broadcast:
                found["root"] = {
                    k: v
                    for k, v in message(workspace, root).items()
                    if k not in ("blocks", "client_msg_id", "is_locked", "reactions")
                }
        return found
    replies = channel.replies(shown.ts)
    if not replies:
        return {}
    authors = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": shown.ts,
        "reply_count": len(replies),
        "reply_users_count": len(authors),
        "latest_reply": replies[-1].ts,
        "reply_users": authors[:5],
        "is_locked": False,
        "subscribed": False,
    }


def message_event(workspace: Workspace, shown: Message) -> Json:
    """The event that a new message makes."""
    channel = workspace.channels[shown.channel]
    found = message(workspace, shown, metadata=True)
    for name in ("reactions", "app_id"):
        found.pop(name, None)
    if shown.subtype in ("thread_broadcast", "me_message", "channel_join", "channel_leave"):
        found.pop("team", None)
    return found | {
        "channel": shown.channel,
        "event_ts": shown.ts,
        "channel_type": channel.kind,
    }


def changed_event(workspace: Workspace, now: Json, before: Json, channel: Channel) -> Json:
    """The event of an edit, and of every other change that Slack makes to a message."""
    ts = workspace.ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": channel.id,
        "hidden": True,
        "message": now | {"source_team": workspace.team, "user_team": workspace.team},
        "previous_message": before,
        "event_ts": ts,
        "ts": ts,
        "channel_type": channel.kind,
    }


def deleted_event(workspace: Workspace, before: Json, channel: Channel) -> Json:
    ts = workspace.ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "channel": channel.id,
        "hidden": True,
        "deleted_ts": before["ts"],
        "previous_message": before,
        "event_ts": ts,
        "ts": ts,
        "channel_type": channel.kind,
    }


def slash(workspace: Workspace, user: User, channel: Channel, command: str, text: str) -> Json:
    return {
        "token": VERIFICATION,
        "team_id": user.team,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.shown_name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": workspace.new_response_url(channel.id, user.id),
        "trigger_id": workspace.new_trigger(user.id),
    }


def _act(workspace: Workspace, user: User, kind: str) -> Json:
    """What every interactive payload has; its team is the person's own."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": workspace.app.app_id,
        "token": VERIFICATION,
        "trigger_id": workspace.new_trigger(user.id),
        "team": {"id": user.team, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed(workspace: Workspace, user: User, where: Message, action: Json) -> Json:
    channel = workspace.channels[where.channel]
    ephemeral = bool(where.ephemeral_to)
    container: Json = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    found = _act(workspace, user, "block_actions") | {
        "container": container,
        "channel": {"id": channel.id, "name": channel.shown_name},
        "state": {"values": {}},
        "response_url": workspace.new_response_url(channel.id, user.id, where.ts),
        "actions": [{**action, "action_ts": workspace.ts()}],
    }
    if not ephemeral:
        found["message"] = message(workspace, where)
    return found


def pressed_in_view(workspace: Workspace, user: User, where: View, action: Json) -> Json:
    return _act(workspace, user, "block_actions") | {
        "container": {"type": "view", "view_id": where.id},
        "view": view(workspace, where),
        "actions": [{**action, "action_ts": workspace.ts()}],
    }


def submitted(workspace: Workspace, user: User, which: View) -> Json:
    return _act(workspace, user, "view_submission") | {
        "view": view(workspace, which),
        "response_urls": [],
    }


def closed(workspace: Workspace, user: User, which: View, cleared: bool) -> Json:
    found = _act(workspace, user, "view_closed") | {
        "view": view(workspace, which),
        "is_cleared": cleared,
    }
    del found["trigger_id"]
    return found


def shortcut(workspace: Workspace, user: User, callback: str, where: Message) -> Json:
    channel = workspace.channels[where.channel]
    found = _act(workspace, user, "message_action") | {
        "action_ts": workspace.ts(),
        "callback_id": callback,
        "message_ts": where.ts,
        "message": message(workspace, where),
        "channel": {"id": channel.id, "name": channel.shown_name},
        "response_url": workspace.new_response_url(channel.id, user.id, where.ts),
    }
    del found["user"]["username"], found["api_app_id"]
    return found


def view(workspace: Workspace, which: View) -> Json:
    """A view as calls and payloads show it."""
    body: Json = {name: which.body.get(name) for name in ("title", "submit", "close")}
    return {
        "id": which.id,
        "team_id": workspace.users[which.user].team,
        "type": which.body["type"],
        "blocks": which.body["blocks"],
        "private_metadata": which.body.get("private_metadata", ""),
        "callback_id": which.body.get("callback_id", ""),
        "state": {"values": which.typed},
        "hash": which.hash,
        **body,
        "clear_on_close": which.body.get("clear_on_close", False),
        "notify_on_close": which.body.get("notify_on_close", False),
        "previous_view_id": which.previous or None,
        "root_view_id": which.root,
        "app_id": workspace.app.app_id,
        "external_id": which.body.get("external_id", ""),
        "app_installed_team_id": workspace.team,
        "bot_id": workspace.app.bot_id,
    }


def user(workspace: Workspace, shown: User, locale: bool = False) -> Json:
    """A user as users.info and events show it."""
    profile: Json = {
        "title": shown.title,
        "phone": "",
        "skype": "",
        "real_name": shown.real_name,
        "real_name_normalized": shown.real_name,
        "display_name": shown.name,
        "display_name_normalized": shown.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": shown.team,
    }
    found: Json = {"id": shown.id, "team_id": shown.team, "name": shown.name}
    found |= {"deleted": shown.deleted, "profile": profile, "is_bot": shown.is_bot}
    found |= {"updated": shown.updated, "is_app_user": False}
    if shown.team != workspace.team:
        # Of a stranger one sees less (https://docs.slack.dev/reference/objects/user-object).
        return found | {"is_stranger": True, "real_name": shown.real_name, "tz": shown.tz}
    if shown.deleted:
        return found
    found |= {"color": "9f69e7", "real_name": shown.real_name, "tz": shown.tz}
    found |= {"tz_label": "", "tz_offset": _offset(workspace, shown), "has_2fa": False}
    found |= {"is_admin": shown.is_admin, "is_owner": False, "is_primary_owner": False}
    found |= {"is_restricted": shown.guest, "is_ultra_restricted": False}
    found |= {"is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE"}
    return found | ({"locale": shown.locale} if locale else {})


def _offset(workspace: Workspace, shown: User) -> int:
    from zoneinfo import ZoneInfo

    offset: Any = workspace.clock.now().astimezone(ZoneInfo(shown.tz)).utcoffset()
    return int(offset.total_seconds())
