"""What Copain asks of a workspace, and for what: the least that its calls and its events need.

Everything else is derived from these tables: the manifest, what `copain check` finds missing or
too much, and the table of the guides. Source: the pages of each method and each event at
docs.slack.dev, "Required scopes", for a bot token; where a page names several kinds of
conversation, the kinds that Copain is in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

_IN_CHANNELS = ("channels:read", "groups:read")
_READING = ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _READING,
    "conversations.info": _IN_CHANNELS,
    # Letting in is asked for alone where Slack has a scope for it alone. Showing out of a public
    # channel would need `channels:manage`, which opens and closes all of them: too much.
    "conversations.invite": ("channels:write.invites", "groups:write"),
    "conversations.kick": ("groups:write",),
    "conversations.members": _IN_CHANNELS,
    "conversations.open": ("im:write",),
    "conversations.replies": _READING,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "reactions.remove": ("reactions:write",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
}
"""The Web API methods that the bot's token calls, and the scopes of each."""

APP_METHODS: Mapping[str, str] = {"apps.connections.open": "connections:write"}
"""Those that the app's own token calls."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_rename": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_rename": ("groups:read",),
    "member_joined_channel": _IN_CHANNELS,
    "member_left_channel": _IN_CHANNELS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
"""The events that Slack is asked to tell, and the scopes of each."""

FEATURES: Mapping[str, tuple[str, ...]] = {"slash_commands": ("commands",)}
"""The slash command and the shortcuts of messages need a scope of their own."""

SCOPES: tuple[str, ...] = tuple(
    sorted(set(chain(*METHODS.values(), *EVENTS.values(), *FEATURES.values())))
)


def reason(scope: str) -> str:
    """The key of the text that says what a scope is for."""
    return f"slack-scope-{re.sub('[:._]', '-', scope)}"
