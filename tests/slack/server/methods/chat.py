"""chat.*: messages said, changed and taken away by the app."""

from __future__ import annotations

import re
from typing import Any

from tests.slack.server import happenings, payloads
from tests.slack.server.blocks import check_blocks
from tests.slack.server.calling import Call, Method
from tests.slack.server.state import Channel, Json, Message
from tests.slack.server.workspace import Refused, Workspace

TEXT_MOST = 40_000
UPDATE_TEXT_MOST = 4_000
"""chat.update alone says it: https://docs.slack.dev/reference/methods/chat.update"""
_METADATA_MOST = 16_384
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_\-./]{1,255}")


def post_message(call: Call) -> Json:
    workspace = call.workspace
    channel = _destination(call)
    content = _content(call, TEXT_MOST)
    metadata = _metadata(call)
    thread = call.text("thread_ts")
    if thread and thread not in channel.messages:
        raise Refused("thread_not_found")
    broadcast = bool(call.args.get("reply_broadcast")) and bool(thread)
    made = happenings.post(
        workspace,
        channel,
        workspace.app.bot_user,
        thread_ts=thread,
        bot=bot_profile(workspace),
        metadata=metadata,
        broadcast=broadcast,
        subtype="thread_broadcast" if broadcast else "",
        **content,
    )
    for inner, place in happenings.events_of_post(workspace, made):
        happenings.tell_soon(workspace, inner, place)
    shown = payloads.message(workspace, made, metadata=True)
    return {"channel": channel.id, "ts": made.ts, "message": shown} | _warned(call)


def post_ephemeral(call: Call) -> Json:
    workspace = call.workspace
    channel = call.channel()
    if channel.archived:
        raise Refused("is_archived")
    call.present_in(channel)
    user = str(call.required("user"))
    if user not in workspace.users:
        raise Refused("user_not_found")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    made = Message(
        workspace.ts(),
        channel.id,
        workspace.app.bot_user,
        thread_ts=call.text("thread_ts"),
        bot=bot_profile(workspace),
        ephemeral_to=user,
        **_content(call, TEXT_MOST),
    )
    workspace.ephemerals.append(made)
    workspace.changed()
    return {"message_ts": made.ts}


def update(call: Call) -> Json:
    workspace = call.workspace
    channel = call.channel()
    shown = call.message(channel)
    if shown.bot is None or shown.bot["id"] != workspace.app.bot_id:
        raise Refused("cant_update_message")
    if channel.archived:
        raise Refused("is_archived")
    new: dict[str, Any] = _content(call, UPDATE_TEXT_MOST)
    if "metadata" in call.args:
        new["metadata"] = _metadata(call)
    new["edited"] = {"user": workspace.app.bot_id, "ts": workspace.ts()}
    inner = happenings.change(workspace, shown, **new)
    if happenings.present(workspace, channel):
        happenings.tell_soon(workspace, inner, channel)
    now = payloads.message(workspace, shown, metadata=True)
    return {"channel": channel.id, "ts": shown.ts, "text": shown.text, "message": now}


def delete(call: Call) -> Json:
    workspace = call.workspace
    channel = call.channel()
    shown = call.message(channel)
    if shown.bot is None or shown.bot["id"] != workspace.app.bot_id:
        raise Refused("cant_delete_message")
    inner = happenings.remove(workspace, shown)
    if happenings.present(workspace, channel):
        happenings.tell_soon(workspace, inner, channel)
    return {"channel": channel.id, "ts": shown.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    shown = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(call.workspace, shown)}


def permalink(workspace: Workspace, shown: Message) -> str:
    """The address of a message, as Slack writes it."""
    url = f"https://{workspace.domain}.slack.com/archives/{shown.channel}"
    url += f"/p{shown.ts.replace('.', '')}"
    return f"{url}?thread_ts={shown.thread_ts}&cid={shown.channel}" if shown.is_reply else url


def bot_profile(workspace: Workspace) -> Json:
    bot = workspace.users[workspace.app.bot_user]
    return {
        "id": workspace.app.bot_id,
        "deleted": False,
        "name": bot.real_name,
        "updated": bot.updated,
        "app_id": workspace.app.app_id,
        "user_id": bot.id,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
        "team_id": workspace.team,
    }


def _destination(call: Call) -> Channel:
    workspace, named = call.workspace, str(call.required("channel"))
    if named.startswith("U"):
        channel = direct(call, named)
    elif named.startswith("#"):
        found = [c for c in workspace.channels.values() if c.name == named[1:] and c.kind != "im"]
        if not found:
            raise Refused("channel_not_found")
        channel = found[0]
    else:
        channel = call.channel()
    if channel.kind == "im" and not workspace.app.messages_tab:
        raise Refused("messages_tab_disabled")
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind != "channel" or "chat:write.public" not in workspace.app.scopes:
        call.present_in(channel)
    return channel


def direct(call: Call, user: str) -> Channel:
    """The private conversation with a user the app may write to."""
    found = call.workspace.users.get(user)
    if found is None:
        raise Refused("channel_not_found")
    if found.deleted:
        raise Refused("user_disabled")
    if found.is_bot:
        raise Refused("cannot_dm_bot")
    channels = call.workspace.channels.values()
    if found.team != call.workspace.team and not any(
        user in c.members and happenings.present(call.workspace, c) for c in channels
    ):
        raise Refused("channel_not_found")
    return call.workspace.im(user)


def _content(call: Call, most: int) -> dict[str, Any]:
    text, blocks = call.text("text"), call.args.get("blocks") or []
    attachments = call.args.get("attachments") or []
    if not (text.strip() or blocks or attachments):
        raise Refused("no_text")
    if len(text) > most:
        raise Refused("msg_too_long")
    if blocks:
        blocks = check_blocks(call.workspace, blocks, "message")
    return {"text": text, "blocks": blocks, "attachments": attachments}


def _metadata(call: Call) -> Json | None:
    found = call.args.get("metadata")
    if found is None:
        return None
    kind, payload = found.get("event_type"), found.get("event_payload")
    if (
        not isinstance(kind, str)
        or not _EVENT_TYPE.fullmatch(kind)
        or not isinstance(payload, dict)
    ):
        raise Refused("invalid_metadata_format")
    if len(str(payload)) > _METADATA_MOST:
        raise Refused("metadata_too_large")
    return dict(found)


def _warned(call: Call) -> Json:
    if call.text("text"):
        return {}
    note = {"warnings": ["missing_text_in_message"]}
    return {"warning": "missing_text_in_message", "response_metadata": note}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}
