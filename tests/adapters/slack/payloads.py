"""Payloads as Slack sends them, and its own samples with the blanks filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.slack.inbound import Ours

SAMPLES = Path(__file__).parents[2] / "fixtures" / "slack" / "samples"
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
BOT, MARIE, LUC = "U0BOT", "U0MARIE", "U0LUC"
CHANNEL, DM = "C0GENERAL", "D0MARIE"
TS, ROOT, LATER = "1772460000.000100", "1772450000.000100", "1772460500.000200"
OURS = Ours(bot_user=BOT, bot_id="B0BOT", app_id="A0COPAIN", team="T0COPAIN", command="copain")
NAMES = {MARIE: "Marie Gagnon", LUC: "Luc", BOT: "Copain"}

Json = dict[str, Any]


def name_of(user: str) -> str:
    """How they are called, "" for whom nobody asked yet."""
    return NAMES.get(user, "")


def callback(event: Json, **more: Any) -> Json:
    """An event in its envelope."""
    return {
        "type": "event_callback",
        "api_app_id": OURS.app_id,
        "team_id": OURS.team,
        "authorizations": [{"team_id": OURS.team, "user_id": BOT, "is_enterprise_install": False}],
        "event_id": "Ev1",
        "event_time": 1772460000,
        "event": {"event_ts": LATER, **event},
        **more,
    }


def message(text: str = "Bonjour", **more: Any) -> Json:
    """A message event of Marie's."""
    return {
        "type": "message", "user": MARIE, "channel": CHANNEL, "channel_type": "channel",
        "text": text, "ts": TS, **more,
    }  # fmt: skip


def changed(now: str, before: str, **more: Any) -> Json:
    """That a message of Marie's has other words now."""
    edited = {"user": MARIE, "ts": LATER}
    return {
        "type": "message", "subtype": "message_changed", "hidden": True, "channel": CHANNEL,
        "ts": LATER,
        "message": {"type": "message", "user": MARIE, "ts": TS, "text": now, "edited": edited}
        | more,
        "previous_message": {"type": "message", "user": MARIE, "ts": TS, "text": before},
    }  # fmt: skip


def block_actions(action: Json, **more: Any) -> Json:
    """A press under a message in the channel."""
    return {
        "type": "block_actions", "api_app_id": OURS.app_id, "trigger_id": "1.2.abc",
        "user": {"id": MARIE, "username": "marie", "name": "marie", "team_id": "T0AUTRE"},
        "channel": {"id": CHANNEL, "name": "general"},
        "container": {"type": "message", "message_ts": TS, "channel_id": CHANNEL},
        "message": {"type": "message", "user": BOT, "bot_id": "B0BOT", "ts": TS},
        "actions": [{"action_id": "x", "block_id": "y", "type": "button", **action}],
        **more,
    }  # fmt: skip


def view(state: Json | None = None, **more: Any) -> Json:
    """A modal of ours."""
    return {
        "id": "V1", "hash": "1.abc", "type": "modal", "app_id": OURS.app_id,
        "app_installed_team_id": OURS.team, "private_metadata": "12",
        "state": {"values": state or {}}, **more,
    }  # fmt: skip


def slash(text: str = "aide", **more: Any) -> Json:
    """The slash command."""
    return {
        "command": "/copain", "text": text, "user_id": MARIE, "user_name": "marie.gagnon",
        "channel_id": CHANNEL, "channel_name": "general", "trigger_id": "1.2.abc",
        "api_app_id": OURS.app_id, "team_id": "T0AUTRE", **more,
    }  # fmt: skip


def samples(folder: str) -> Iterator[tuple[str, Json]]:
    """Slack's samples of that folder, by name."""
    for path in sorted((SAMPLES / folder).rglob("*.json")):
        yield path.stem, json.loads(path.read_text("utf-8"))


def filled_in(value: Any, key: str = "", parent: str = "") -> Any:
    """A sample with what Slack blanked: ids, times and words that fit their field."""
    if isinstance(value, dict):
        return {name: filled_in(each, name, key) for name, each in value.items()}
    if isinstance(value, list):
        return [filled_in(each, key, parent) for each in value]
    if value not in ("", "0000000000.000000"):
        return value
    if key == "text" and parent == "previous_message":
        return "Avant"
    if parent in ("user", "channel") and key == "id":
        return MARIE if parent == "user" else CHANNEL
    return _BLANKS.get(key, value)


_BLANKS = {
    "api_app_id": OURS.app_id,
    "app_id": OURS.app_id,
    "app_installed_team_id": OURS.team,
    "callback_id": "keep",
    "channel": CHANNEL,
    "channel_id": CHANNEL,
    "deleted_ts": TS,
    "event_id": "Ev1",
    "event_ts": LATER,
    "hash": "1.abc",
    "id": "V1",
    "message_ts": TS,
    "name": "général",
    "private_metadata": "12",
    "reaction": "pushpin",
    "real_name": "Marie Gagnon",
    "tab": "home",
    "team_id": OURS.team,
    "text": "Bonjour",
    "thread_ts": ROOT,
    "trigger_id": "1.2.abc",
    "ts": TS,
    "user": MARIE,
    "user_id": MARIE,
    "value": "join:1",
}
