"""auth, apps, team, bots, users, reactions: who the app is and whom it meets."""

from __future__ import annotations

from tests.slack.server import happenings, payloads
from tests.slack.server.calling import Call, Method
from tests.slack.server.methods.chat import bot_profile
from tests.slack.server.state import Json, Message
from tests.slack.server.workspace import Refused


def auth_test(call: Call) -> Json:
    workspace = call.workspace
    bot = workspace.users[workspace.app.bot_user]
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain.title(),
        "user": bot.name,
        "team_id": workspace.team,
        "user_id": bot.id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    workspace = call.workspace
    if not workspace.app.socket_mode:
        raise Refused("socket_mode_not_enabled")  # what Slack says is not documented
    url = workspace.url.replace("http", "ws", 1).removesuffix("/api/")
    ticket = workspace.new_id("t")
    workspace.tickets.add(ticket)
    return {"url": f"{url}/link/?ticket={ticket}&app_id={workspace.app.app_id}"}


def team_info(call: Call) -> Json:
    workspace = call.workspace
    team = {"id": workspace.team, "name": workspace.domain.title(), "domain": workspace.domain}
    return {"team": team | {"email_domain": "", "icon": {"image_default": True}}}


def bots_info(call: Call) -> Json:
    workspace = call.workspace
    if call.text("bot") not in ("", workspace.app.bot_id):
        raise Refused("bot_not_found")
    found = {k: v for k, v in bot_profile(workspace).items() if k != "team_id"}
    return {"bot": found}


def users_info(call: Call) -> Json:
    found = call.workspace.users.get(str(call.required("user")))
    if found is None:
        raise Refused("user_not_found")
    return {"user": payloads.user(call.workspace, found, bool(call.args.get("include_locale")))}


def users_list(call: Call) -> Json:
    workspace = call.workspace
    locale = bool(call.args.get("include_locale"))
    found = list(workspace.users.values())
    page, rest = call.page(found)
    shown = [payloads.user(workspace, u, locale) for u in page]
    return {"members": shown, "cache_ts": workspace.epoch()} | rest


def reactions_add(call: Call) -> Json:
    shown, name = _reacted_to(call)
    if len(shown.reactions) >= 50 and name not in shown.reactions:
        raise Refused("too_many_emoji")
    workspace = call.workspace
    if workspace.channels[shown.channel].archived:
        raise Refused("is_archived")
    inner = happenings.reacted(workspace, workspace.app.bot_user, shown, name, added=True)
    if inner is None:
        raise Refused("already_reacted")
    happenings.tell_soon(workspace, inner, workspace.channels[shown.channel])
    return {}


def reactions_remove(call: Call) -> Json:
    shown, name = _reacted_to(call)
    workspace = call.workspace
    inner = happenings.reacted(workspace, workspace.app.bot_user, shown, name, added=False)
    if inner is None:
        raise Refused("no_reaction")
    happenings.tell_soon(workspace, inner, workspace.channels[shown.channel])
    return {}


def reactions_get(call: Call) -> Json:
    channel = call.channel()
    shown = call.message(channel, "timestamp")
    found = payloads.message(call.workspace, shown)
    return {"type": "message", "channel": channel.id, "message": found}


def _reacted_to(call: Call) -> tuple[Message, str]:
    name = str(call.required("name"))
    if name.startswith(":") or not name.isascii():
        raise Refused("invalid_name")
    channel = call.channel()
    call.present_in(channel)
    return call.message(channel, "timestamp"), name


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(connections_open, ("connections:write",), "xapp"),
    "team.info": Method(team_info, ("team:read",)),
    "bots.info": Method(bots_info, ("users:read",)),
    "users.info": Method(users_info, ("users:read",)),
    "users.list": Method(users_list, ("users:read",)),
    "reactions.add": Method(reactions_add, ("reactions:write",)),
    "reactions.remove": Method(reactions_remove, ("reactions:write",)),
    "reactions.get": Method(reactions_get, ("reactions:read",)),
}
