"""conversations.*: channels, their members and what was said in them."""

from __future__ import annotations

from typing import Any

from tests.slack.server import happenings, payloads
from tests.slack.server.calling import Call, Method
from tests.slack.server.happenings import HISTORY, READS
from tests.slack.server.methods.chat import direct
from tests.slack.server.state import Channel, Json
from tests.slack.server.workspace import Refused, Workspace

_TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}
_WRITES = {"channel": "channels:manage", "group": "groups:write"}
_INVITES = {"channel": "channels:write.invites", "group": "groups:write.invites"}


def listed(call: Call) -> Json:
    workspace = call.workspace
    kinds = _kinds(call)
    found = [
        c
        for c in workspace.channels.values()
        if _TYPES[c.kind] in kinds
        and (c.kind == "channel" or happenings.present(workspace, c))
        and not (call.args.get("exclude_archived") and c.archived)
    ]
    page, rest = call.page(found)
    return {"channels": [shown(workspace, c) for c in page]} | rest


def of_user(call: Call) -> Json:
    workspace = call.workspace
    user, kinds = call.text("user") or workspace.app.bot_user, _kinds(call)
    found = [
        c for c in workspace.channels.values() if user in c.members and _TYPES[c.kind] in kinds
    ]
    page, rest = call.page(found)
    return {"channels": [shown(workspace, c) for c in page]} | rest


def info(call: Call) -> Json:
    channel = call.channel()
    call.needs(READS[channel.kind])
    found = shown(call.workspace, channel)
    if call.args.get("include_num_members"):
        found["num_members"] = len(channel.members)
    return {"channel": found}


def members(call: Call) -> Json:
    channel = call.channel()
    call.needs(READS[channel.kind])
    page, rest = call.page(channel.members)
    return {"members": page} | rest


def history(call: Call) -> Json:
    channel = _readable(call)
    found = [m for m in channel.standing() if _between(call, m.ts)]
    # Without `latest` the pages begin at `oldest` (slackhq/slack-api-docs#4).
    forward = call.text("oldest") not in ("", "0") and not call.text("latest")
    page, rest = call.page(found if forward else found[::-1], key=lambda m: m.ts)
    return _messages(call, page[::-1] if forward else page) | rest


def replies(call: Call) -> Json:
    channel = _readable(call)
    ts = str(call.required("ts"))
    if ts not in channel.messages:
        raise Refused("thread_not_found")
    found = [m for m in channel.replies(ts) if _between(call, m.ts)]
    page, rest = call.page([channel.messages[ts], *found], 1000, key=lambda m: m.ts)
    return _messages(call, page) | rest


def opened(call: Call) -> Json:
    workspace = call.workspace
    if named := call.text("channel"):
        found = workspace.channels.get(named)
        if found is None or not happenings.present(workspace, found):
            raise Refused("channel_not_found")
    else:
        users = _names(call.args.get("users"))
        if not users:
            raise Refused("users_list_not_supplied")
        if len(users) > 1:
            raise Refused("not_supported_here")  # the bot speaks to one person at a time
        if users[0] not in workspace.users:
            raise Refused("user_not_found")
        found = direct(call, users[0])
    if call.args.get("return_im"):
        return {"channel": shown(workspace, found)}
    return {"channel": {"id": found.id}}


def invite(call: Call) -> Json:
    workspace, channel = call.workspace, call.channel()
    call.needs(_WRITES[channel.kind], _INVITES[channel.kind])
    call.present_in(channel)
    if channel.archived:
        raise Refused("is_archived")
    for user in _names(call.required("users")):
        if user not in workspace.users:
            raise Refused("user_not_found")
        if user == workspace.app.bot_user:
            raise Refused("cant_invite_self")
        if user in channel.members:
            raise Refused("already_in_channel")
        inner = happenings.joined(workspace, channel, user, workspace.app.bot_user)
        happenings.tell_soon(workspace, inner, channel)
    return {"channel": shown(workspace, channel)}


def kick(call: Call) -> Json:
    workspace, channel = call.workspace, call.channel()
    call.needs(_WRITES[channel.kind])
    call.present_in(channel)
    user = str(call.required("user"))
    if user == workspace.app.bot_user:
        raise Refused("cant_kick_self")
    if user not in channel.members:
        raise Refused("not_in_channel")
    happenings.tell_soon(workspace, happenings.left(workspace, channel, user), channel)
    return {"errors": {}}


def join(call: Call) -> Json:
    workspace, channel = call.workspace, call.channel()
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if happenings.present(workspace, channel):
        note = {"warnings": ["already_in_channel"]}
        found = shown(workspace, channel)
        return {"channel": found, "warning": "already_in_channel", "response_metadata": note}
    inner = happenings.joined(workspace, channel, workspace.app.bot_user)
    happenings.tell_soon(workspace, inner, channel)
    return {"channel": shown(workspace, channel)}


def shown(workspace: Workspace, channel: Channel) -> Json:
    """A channel as the app sees it."""
    found: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_im": channel.kind == "im",
        "is_archived": channel.archived,
        "is_org_shared": False,
        "context_team_id": workspace.team,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        return found | {"user": channel.with_user, "is_user_deleted": False, "priority": 0}
    return found | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_general": channel.name == "general",
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_pending_ext_shared": False,
        "unlinked": 0,
        "creator": channel.creator,
        "is_member": happenings.present(workspace, channel),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": channel.previous_names,
        "shared_team_ids": [workspace.team],
        "pending_shared": [],
        "pending_connected_team_ids": [],
    }


def _kinds(call: Call) -> set[str]:
    kinds = set((call.text("types") or "public_channel").split(","))
    if kinds - set(_TYPES.values()):
        raise Refused("invalid_types")
    for kind, name in _TYPES.items():
        if name in kinds:
            call.needs(READS[kind])
    return kinds


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.needs(HISTORY[channel.kind])
    call.present_in(channel)
    return channel


def _between(call: Call, ts: str) -> bool:
    """Instants are compared exactly: seconds and millionths as whole numbers."""
    oldest, latest = call.args.get("oldest", "0"), call.args.get("latest", "")
    inclusive = bool(call.args.get("inclusive"))
    at = _exact(ts)
    after = at > _exact(oldest) or (inclusive and at == _exact(oldest))
    if latest in ("", None):
        return after
    return after and (at < _exact(latest) or (inclusive and at == _exact(latest)))


def _exact(ts: Any) -> int:
    seconds, _, rest = str(ts).partition(".")
    return int(seconds or 0) * 1_000_000 + int(rest.ljust(6, "0")[:6] or 0)


def _messages(call: Call, page: list[Any]) -> Json:
    metadata = bool(call.args.get("include_all_metadata"))
    return {"messages": [payloads.message(call.workspace, m, metadata=metadata) for m in page]}


def _names(users: Any) -> list[str]:
    return users.split(",") if isinstance(users, str) else list(users or [])


def _with_more(run: Any) -> Any:
    def whole(call: Call) -> Json:
        found: Json = run(call)
        more = bool(found["response_metadata"]["next_cursor"])
        if not more:
            del found["response_metadata"]
        return found | {"has_more": more, "pin_count": 0}

    return whole


METHODS = {
    "conversations.list": Method(listed),
    "users.conversations": Method(of_user),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.history": Method(_with_more(history)),
    "conversations.replies": Method(_with_more(replies)),
    "conversations.open": Method(opened, ("im:write",)),
    "conversations.invite": Method(invite),
    "conversations.kick": Method(kick),
    "conversations.join": Method(join, ("channels:join",)),
}
