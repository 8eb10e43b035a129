"""What happens to a workspace beyond its people's messages: channels, accounts, the app itself."""

from __future__ import annotations

from typing import Any

from tests.slack.server import happenings, payloads
from tests.slack.server.delivery import Ack
from tests.slack.server.state import Channel, Json, Message, User
from tests.slack.server.workspace import Workspace

UNSEEN = Ack(False, {}, 0.0, {}, "not_seen")


async def invite(workspace: Workspace, channel: Channel, user: User, by: str = "") -> Ack:
    """Somebody puts a person, or the app, into a channel."""
    inner = happenings.joined(workspace, channel, user.id, by)
    return await _told(workspace, inner, channel)


async def remove(workspace: Workspace, channel: Channel, user: User) -> Ack:
    """Somebody takes a person, or the app, out of a channel."""
    seen = happenings.present(workspace, channel)
    inner = happenings.left(workspace, channel, user.id)
    return await happenings.tell(workspace, inner, channel) if seen else UNSEEN


async def rename(workspace: Workspace, channel: Channel, name: str, by: str) -> Ack:
    channel.previous_names.append(channel.name)
    channel.name = name.lstrip("#")
    happenings.announce(workspace, channel, by, "channel_name")
    private = channel.kind == "group"
    about: Json = {"id": channel.id, "name": channel.name, "name_normalized": channel.name}
    about |= {"is_channel": not private, "is_mpim": False, "created": channel.created}
    kind = "group_rename" if private else "channel_rename"
    return await _told(workspace, {"type": kind, "channel": about}, channel)


async def archive(workspace: Workspace, channel: Channel, by: str) -> Ack:
    channel.archived = True
    happenings.announce(workspace, channel, by, "channel_archive")
    return await _about(workspace, channel, "archive", user=by)


async def unarchive(workspace: Workspace, channel: Channel, by: str) -> Ack:
    channel.archived = False
    happenings.announce(workspace, channel, by, "channel_unarchive")
    return await _about(workspace, channel, "unarchive", user=by)


async def delete(workspace: Workspace, channel: Channel, by: str) -> Ack:
    """The channel is gone with everything in it."""
    ack = await _about(workspace, channel, "deleted", actor_id=by)
    del workspace.channels[channel.id]
    workspace.changed()
    return ack


async def convert(workspace: Workspace, channel: Channel, kind: str, by: str) -> None:
    """Makes a channel private ("group") or public ("channel"); its id stays.

    The app learns it from the line in the channel alone
    (https://docs.slack.dev/reference/events/message/channel_convert_to_private).
    """
    channel.kind = kind
    name = "channel_convert_to_private" if kind == "group" else "channel_convert_to_public"
    happenings.announce(workspace, channel, by, name)
    await workspace.delivery.settled()


async def team_join(workspace: Workspace, name: str, **more: Any) -> Ack:
    """A new account, told to the app."""
    made = workspace.add_user(name, **more)
    return await _user(workspace, made, "team_join")


async def user_change(workspace: Workspace, user: User, **new: Any) -> Ack:
    """Changes an account: `tz`, `real_name`, `locale`, `deleted` and so on."""
    for name, value in new.items():
        setattr(user, name, value)
    user.updated = workspace.epoch()
    if user.deleted:
        for channel in workspace.channels.values():
            if channel.kind != "im" and user.id in channel.members:
                channel.members.remove(user.id)
    return await _user(workspace, user, "user_change")


async def unfurl(workspace: Workspace, message: Message, title: str) -> Ack:
    """Slack looks at a link in a message: a change that nobody made, without `edited`."""
    attachment = {"id": 1, "title": title, "fallback": title, "from_url": "https://example.org/"}
    inner = happenings.change(workspace, message, attachments=[attachment])
    return await _told(workspace, inner, workspace.channels[message.channel])


async def uninstall(workspace: Workspace) -> list[Ack]:
    """Takes the app away: both events are sent, and its token opens nothing from then on."""
    workspace.app.active = False
    revoked = {"oauth": [], "bot": [workspace.app.bot_user]}
    return [
        await happenings.tell(workspace, {"type": "tokens_revoked", "tokens": revoked}),
        await happenings.tell(workspace, {"type": "app_uninstalled"}),
    ]


async def _user(workspace: Workspace, user: User, kind: str) -> Ack:
    inner: Json = {"type": kind, "user": payloads.user(workspace, user, locale=True)}
    if kind == "user_change":
        inner["cache_ts"] = workspace.epoch()
    workspace.changed()
    return await happenings.tell(workspace, inner)


async def _about(workspace: Workspace, channel: Channel, what: str, **more: Any) -> Ack:
    prefix = "group" if channel.kind == "group" else "channel"
    inner = {"type": f"{prefix}_{what}", "channel": channel.id, **more}
    return await _told(workspace, inner, channel)


async def _told(workspace: Workspace, inner: Json, channel: Channel) -> Ack:
    workspace.changed()
    if channel.kind != "channel" and not happenings.present(workspace, channel):
        return UNSEEN
    inside = inner["type"] in ("member_joined_channel", "member_left_channel", "message")
    if inside and not happenings.present(workspace, channel):
        return UNSEEN
    return await happenings.tell(workspace, inner, channel)
