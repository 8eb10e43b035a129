"""What the app answers beside the Web API: in an acknowledgement, or to a response_url."""

from __future__ import annotations

from tests.slack.server import happenings
from tests.slack.server.blocks import check_blocks
from tests.slack.server.methods.chat import bot_profile
from tests.slack.server.state import Channel, Json, Message
from tests.slack.server.workspace import RESPONSE_URL_LASTS, Refused, Workspace

USES_MOST = 5


def respond(workspace: Workspace, key: str, body: Json) -> None:
    """Carries out what was posted to a response_url; Refused when it no longer serves."""
    place = workspace.response_urls.get(key)
    if place is None:
        raise Refused("invalid_url")
    if place.uses >= USES_MOST:
        raise Refused("used_url")
    if workspace.clock.now() - place.given > RESPONSE_URL_LASTS:
        raise Refused("expired_url")
    place.uses += 1
    channel = workspace.channels[place.channel]
    replaces = body.get("replace_original") or body.get("delete_original")
    if replaces and place.message and _replaced(workspace, channel, place.message, body):
        return
    said(workspace, channel, place.user, body)


def said(workspace: Workspace, channel: Channel, user: str, body: Json) -> None:
    """A new message: for one person only unless `response_type` says in_channel."""
    text, blocks = str(body.get("text") or ""), body.get("blocks") or []
    if not text and not blocks:
        raise Refused("no_text")
    if blocks:
        blocks = check_blocks(workspace, blocks, "message")
    bot, profile = workspace.app.bot_user, bot_profile(workspace)
    if body.get("response_type") == "in_channel":
        made = happenings.post(workspace, channel, bot, text, blocks=blocks, bot=profile)
        for inner, place in happenings.events_of_post(workspace, made):
            happenings.tell_soon(workspace, inner, place)
        return
    made = Message(
        workspace.ts(), channel.id, bot, text, blocks=blocks, bot=profile, ephemeral_to=user
    )
    workspace.ephemerals.append(made)
    workspace.changed()


def _replaced(workspace: Workspace, channel: Channel, ts: str, body: Json) -> bool:
    """Whether the original was there to be changed; an ephemeral one can be, this way only."""
    shown = channel.messages.get(ts)
    hidden = next((m for m in workspace.ephemerals if m.ts == ts), None)
    target = shown or hidden
    if target is None:
        return False
    if body.get("delete_original"):
        if shown is not None:
            happenings.tell_soon(workspace, happenings.remove(workspace, shown), channel)
        elif hidden is not None:
            workspace.ephemerals.remove(hidden)
        workspace.changed()
        return True
    blocks = check_blocks(workspace, body.get("blocks") or [], "message")
    if hidden is not None:
        hidden.text, hidden.blocks = str(body.get("text") or ""), blocks
        workspace.changed()
        return True
    edited = {"user": workspace.app.bot_id, "ts": workspace.ts()}
    new = happenings.change(
        workspace, target, text=str(body.get("text") or ""), blocks=blocks, edited=edited
    )
    happenings.tell_soon(workspace, new, channel)
    return True


def of_ack(workspace: Workspace, channel: Channel, user: str, payload: Json) -> None:
    """The message that a slash command's acknowledgement may carry."""
    if payload.get("text") or payload.get("blocks"):
        said(workspace, channel, user, payload)
