"""What an act changes in the workspace, and the events it makes for the app that may see it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.slack.server import payloads
from tests.slack.server.delivery import Ack
from tests.slack.server.state import Channel, Json, Message
from tests.slack.server.workspace import Workspace

READS = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_MESSAGES = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_SCOPES = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}
_FREE = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
_NOTHING = Ack(False, {}, 0.0, {}, "not_subscribed")


def body(workspace: Workspace, inner: Json, channel: Channel | None = None) -> Json | None:
    """The body to send, or None when the app is not told: no subscription, scope or membership."""
    kind, name = inner["type"], inner["type"]
    if kind == "message" and channel is not None:
        name = _MESSAGES[channel.kind]
        scope = HISTORY[channel.kind]
    elif kind in ("member_joined_channel", "member_left_channel") or kind.startswith("channel_"):
        scope = READS[channel.kind if channel is not None else "channel"]
    elif kind.startswith("group_"):
        scope = "groups:read"
    else:
        scope = _SCOPES.get(kind, "")
    app = workspace.app
    if app.events is not None and name not in app.events:
        return None
    if kind not in _FREE and scope and scope not in app.scopes:
        return None
    author = workspace.users.get(str(inner.get("user", "")))
    team = author.team if author is not None else ""
    shared = channel is not None and channel.shared
    return payloads.event(workspace, inner, team, shared)


async def tell(workspace: Workspace, inner: Json, channel: Channel | None = None) -> Ack:
    """Sends the event of a person's act and waits for its acknowledgement."""
    found = body(workspace, inner, channel)
    return _NOTHING if found is None else await workspace.delivery.event(found)


def tell_soon(workspace: Workspace, inner: Json, channel: Channel | None = None) -> None:
    """Sends the event of the app's own act, in its own time."""
    found = body(workspace, inner, channel)
    if found is not None:
        workspace.delivery.soon(found)


def present(workspace: Workspace, channel: Channel) -> bool:
    """Whether the app is in the channel, and so is told what happens there."""
    return workspace.app.bot_user in channel.members


def post(workspace: Workspace, channel: Channel, user: str, text: str, **more: Any) -> Message:
    """Puts a message into a channel; a reply to a reply goes to the thread's root."""
    author = workspace.users[user]
    thread = str(more.pop("thread_ts", "") or "")
    root = channel.messages.get(thread)
    if root is not None:
        thread = root.thread_ts or root.ts
    made = Message(
        workspace.ts(),
        channel.id,
        user,
        text,
        thread_ts=thread,
        team=author.team,
        sent_at=workspace.clock.now(),
        **more,
    )
    channel.add(made)
    workspace.changed()
    return made


def events_of_post(workspace: Workspace, made: Message) -> list[tuple[Json, Channel]]:
    """A message's own event, and the mention's, when the app sees them."""
    channel = workspace.channels[made.channel]
    if not present(workspace, channel):
        return []
    inner = payloads.message_event(workspace, made)
    found = [(inner, channel)]
    mentioned = f"<@{workspace.app.bot_user}>" in made.text
    if mentioned and channel.kind != "im" and made.bot is None:
        kept = {k: v for k, v in inner.items() if k not in ("channel_type", "parent_user_id")}
        found.append((kept | {"type": "app_mention"}, channel))
    return found


def change(workspace: Workspace, shown: Message, **new: Any) -> Json:
    """Changes a message and gives the event of it."""
    before = payloads.message(workspace, shown)
    for name, value in new.items():
        setattr(shown, name, deepcopy(value))
    workspace.changed()
    now = payloads.message(workspace, shown, metadata=True)
    return payloads.changed_event(workspace, now, before, workspace.channels[shown.channel])


def remove(workspace: Workspace, shown: Message) -> Json:
    """Takes a message away; a thread's root leaves a stone behind, as Slack does."""
    channel = workspace.channels[shown.channel]
    before = payloads.message(workspace, shown)
    if not shown.is_reply and channel.replies(shown.ts):
        shown.subtype, shown.user, shown.text = (
            "tombstone",
            "USLACKBOT",
            "This message was deleted.",
        )
        shown.blocks, shown.files, shown.metadata, shown.bot = [], [], None, None
        shown.reactions = {}
        now = payloads.message(workspace, shown) | {"hidden": True}
        workspace.changed()
        return payloads.changed_event(workspace, now, before, channel)
    channel.drop(shown)
    workspace.changed()
    return payloads.deleted_event(workspace, before, channel)


def reacted(
    workspace: Workspace, user: str, shown: Message, name: str, *, added: bool
) -> Json | None:
    """Adds or removes a reaction; None when there was nothing to do."""
    users = shown.reactions.setdefault(name, [])
    if (user in users) == added:
        if not users:
            del shown.reactions[name]
        return None
    users.append(user) if added else users.remove(user)
    if not users:
        del shown.reactions[name]
    workspace.changed()
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": shown.channel, "ts": shown.ts},
        "item_user": shown.user,
        "event_ts": workspace.ts(),
    }


SYSTEM = {
    "channel_join": "<@{user}> has joined the channel",
    "channel_leave": "<@{user}> has left the channel",
    "channel_name": "has renamed the channel",
    "channel_archive": "archived the channel",
    "channel_unarchive": "un-archived the channel",
    "channel_convert_to_private": "made this channel *private*.",
    "channel_convert_to_public": "made this channel *public*.",
}
"""The lines that Slack writes itself; they are in histories, and are messages to apps."""


def announce(workspace: Workspace, channel: Channel, user: str, subtype: str) -> None:
    """Slack's own line about what somebody did to the channel."""
    text = SYSTEM[subtype].format(user=user)
    made = post(workspace, channel, user, text, subtype=subtype)
    for inner, place in events_of_post(workspace, made):
        tell_soon(workspace, inner, place)


def joined(workspace: Workspace, channel: Channel, user: str, inviter: str = "") -> Json:
    """Puts somebody in and gives the event."""
    channel.members.append(user)
    team = workspace.users[user].team
    channel.shared = channel.shared or team != workspace.team
    announce(workspace, channel, user, "channel_join")
    found = {"type": "member_joined_channel", "user": user, "channel": channel.id, "team": team}
    found["channel_type"] = "C" if channel.kind == "channel" else "G"
    return found | ({"inviter": inviter} if inviter else {})


def left(workspace: Workspace, channel: Channel, user: str) -> Json:
    """Takes somebody out and gives the event."""
    channel.members.remove(user)
    announce(workspace, channel, user, "channel_leave")
    kind = "C" if channel.kind == "channel" else "G"
    found = {"type": "member_left_channel", "user": user, "channel": channel.id}
    return found | {"channel_type": kind, "team": workspace.users[user].team}
