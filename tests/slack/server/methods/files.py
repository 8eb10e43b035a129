"""files.*: the upload in three steps (https://docs.slack.dev/messaging/working-with-files)."""

from __future__ import annotations

import mimetypes

from aiohttp import web

from tests.slack.server import happenings
from tests.slack.server.blocks import check_blocks
from tests.slack.server.calling import Call, Method
from tests.slack.server.methods.chat import bot_profile
from tests.slack.server.state import Json, Upload
from tests.slack.server.workspace import Refused, Workspace


def get_upload_url(call: Call) -> Json:
    name, length = str(call.required("filename")), int(call.required("length"))
    if length < 1:
        raise Refused("invalid_arguments")
    made = Upload(call.workspace.new_id("F"), name, length)
    call.workspace.uploads[made.id] = made
    base = call.workspace.url.removesuffix("/api/")
    return {"upload_url": f"{base}/upload/{made.id}", "file_id": made.id}


def complete_upload(call: Call) -> Json:
    """Shares what was uploaded. The answer names files and no message, as Slack's does."""
    workspace = call.workspace
    found = [_uploaded(workspace, given) for given in call.required("files")]
    channel = None
    if call.text("channel_id"):
        channel = call.channel("channel_id")
        if channel.archived:
            raise Refused("is_archived")
        call.present_in(channel)
    thread = call.text("thread_ts")
    if channel is not None and thread and thread not in channel.messages:
        raise Refused("thread_not_found")
    if call.args.get("blocks") and call.text("initial_comment"):
        raise Refused("invalid_arguments")
    blocks = call.args.get("blocks") or []
    if blocks:
        blocks = check_blocks(workspace, blocks, "message")
    for upload in found:
        upload.complete = True
    shown = [_file(workspace, upload) for upload in found]
    if channel is not None:
        made = happenings.post(
            workspace,
            channel,
            workspace.app.bot_user,
            call.text("initial_comment"),
            thread_ts=thread,
            bot=bot_profile(workspace),
            files=shown,
            blocks=blocks,
        )
        for inner, place in happenings.events_of_post(workspace, made):
            happenings.tell_soon(workspace, inner | {"subtype": "file_share"}, place)
    return {"files": shown}


def info(call: Call) -> Json:
    found = call.workspace.uploads.get(str(call.required("file")))
    if found is None or not found.complete:
        raise Refused("file_not_found")
    return {"file": _file(call.workspace, found), "comments": []}


def delete(call: Call) -> Json:
    workspace, number = call.workspace, str(call.required("file"))
    if number not in workspace.uploads:
        raise Refused("file_not_found")
    del workspace.uploads[number]
    for channel in workspace.channels.values():
        for shown in channel.messages.values():
            shown.files = [f for f in shown.files if f["id"] != number]
    workspace.changed()
    return {}


async def received(request: web.Request) -> bytes:
    """The bytes posted to an upload address, raw or as the file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def _uploaded(workspace: Workspace, given: Json) -> Upload:
    found = workspace.uploads.get(given["id"])
    if found is None or found.content is None:
        raise Refused("file_not_found")
    if found.complete:
        raise Refused("file_update_failed")
    found.title = str(given.get("title") or found.name)
    return found


def _file(workspace: Workspace, upload: Upload) -> Json:
    base = f"https://files.slack.com/files-pri/{workspace.team}-{upload.id}"
    kind = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return {
        "id": upload.id,
        "created": workspace.epoch(),
        "timestamp": workspace.epoch(),
        "name": upload.name,
        "title": upload.title,
        "mimetype": kind,
        "filetype": upload.name.rpartition(".")[2],
        "pretty_type": "",
        "user": workspace.app.bot_user,
        "user_team": workspace.team,
        "editable": False,
        "size": upload.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{base}/{upload.name}",
        "url_private_download": f"{base}/download/{upload.name}",
        "permalink": f"https://{workspace.domain}.slack.com/files/{upload.id}",
        "file_access": "visible",
    }


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
    "files.delete": Method(delete, ("files:write",)),
}
