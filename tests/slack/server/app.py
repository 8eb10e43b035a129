"""What the app is to Slack: its ids, tokens, scopes and subscriptions, as its manifest says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "channels:write.invites",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "reactions:read",
        "reactions:write",
        "team:read",
        "users:read",
    }
)


@dataclass(slots=True, kw_only=True)
class App:
    """One installed app. `events` None is every event that its scopes allow."""

    app_id: str = "A0COPAIN"
    bot_id: str = "B0COPAIN"
    bot_user: str = "U0COPAIN"
    bot_token: str = "xoxb-copain-1"
    app_token: str = "xapp-1-A0COPAIN-1"
    scopes: frozenset[str] = SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    events: frozenset[str] | None = None
    commands: frozenset[str] = frozenset({"/copain"})
    shortcuts: frozenset[str] | None = None
    messages_tab: bool = True
    socket_mode: bool = True
    active: bool = True

    @classmethod
    def from_manifest(cls, manifest: dict[str, Any]) -> Self:
        """The app as Slack would install it (https://docs.slack.dev/reference/app-manifest)."""
        features, settings = manifest["features"], manifest["settings"]
        home = features.get("app_home", {})
        return cls(
            scopes=frozenset(manifest["oauth_config"]["scopes"]["bot"]),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands=frozenset(c["command"] for c in features.get("slash_commands", [])),
            shortcuts=frozenset(s["callback_id"] for s in features.get("shortcuts", [])),
            messages_tab=home.get("messages_tab_enabled", True)
            and not home.get("messages_tab_read_only_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
        )
