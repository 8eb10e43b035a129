"""The app manifest that Slack makes an app from (`copain slack-manifest`). Pure.

Source: "App manifest reference" at docs.slack.dev, and the schema that Slack publishes at
slackapi/manifest-schema, version 2.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from adapters.slack.scopes import EVENTS, SCOPES

MOST_SHORTCUTS = 10
_COLOUR = "#1F5F5B"

Say = Callable[..., str]
"""The text of a key and its values, in the community's language, without marks."""


def manifest(command: str, shortcuts: Collection[str], *, say: Say) -> dict[str, Any]:
    """The manifest of an app that answers to `/<command>`.

    `shortcuts` are the actions that stand in the menu of every message. ValueError when there are
    more than Slack takes.
    """
    if len(shortcuts) > MOST_SHORTCUTS:
        raise ValueError("more shortcuts than an app may have")
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": command.capitalize(),
            "description": say("slack-manifest-about"),
            "background_color": _COLOUR,
        },
        "features": _features(command, sorted(shortcuts), say=say),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _features(command: str, shortcuts: Collection[str], *, say: Say) -> dict[str, Any]:
    name = command.capitalize()
    features: dict[str, Any] = {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": name, "always_online": True},
        "slash_commands": [
            {
                "command": f"/{command}",
                "description": say("slack-manifest-command"),
                "usage_hint": say("slack-manifest-usage"),
                # Escaped, the names that people type would come as ids of accounts.
                "should_escape": False,
            }
        ],
    }
    # Slack refuses an empty list.
    if shortcuts:
        features["shortcuts"] = [_shortcut(action, name, say=say) for action in shortcuts]
    return features


def _shortcut(action: str, app: str, *, say: Say) -> dict[str, Any]:
    label = say(_label(action))
    return {
        "name": label,
        "type": "message",
        "callback_id": action,
        "description": say("slack-manifest-shortcut", {"label": label, "app": app}),
    }


def _label(action: str) -> str:
    """The key of what a shortcut is called (`bot.registry.Press`)."""
    return f"shortcut-{action.replace('.', '-').replace('_', '-')}"
