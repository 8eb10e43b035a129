"""Who and where on Slack: ids become accounts and places, and what is ours is known as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.raw import identifier, items, mapping, string
from bot.events import Account, Place

PLATFORM = "slack"
SLACKBOT = "USLACKBOT"
"""Slack's own voice, which has no `bot_id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What the app is called in its workspace: `auth.test` and the manifest say it."""

    bot_user: str
    bot_id: str
    app_id: str
    team: str
    command: str
    """The word after the slash: `copain`."""


def account(user: str) -> Account:
    """The account of a user id, whatever their workspace: ids are of all of Slack."""
    return Account(PLATFORM, "", user)


def channel(channel_id: str) -> Place:
    """The place of a channel id; a private conversation is `account(user).dm` instead."""
    return Place(PLATFORM, "", channel_id)


def is_private(channel_id: str) -> bool:
    """Whether this is the conversation of two: theirs with the bot, or with somebody else."""
    return channel_id.startswith("D")


def place(channel_id: str, user: str) -> Place:
    """Where `user` acted: a channel, or their private conversation."""
    return account(user).dm if is_private(channel_id) else channel(channel_id)


def is_person(user: str, ours: Ours) -> bool:
    """Whether this id can be somebody who is neither the bot nor Slack itself."""
    return user not in ("", ours.bot_user, SLACKBOT)


def by_program(message: Mapping[str, Any]) -> bool:
    """Whether an app or an integration wrote it, ours too."""
    return bool(message.get("bot_id")) or message.get("subtype") == "bot_message"


def for_us(body: Mapping[str, Any], ours: Ours) -> bool:
    """Whether a payload is for our app, installed in our workspace.

    The workspace of who acts says nothing: in a shared channel they may be of another one
    (bolt-python#767). What the payload leaves open is believed.
    """
    app = string(body.get("api_app_id")) or string(mapping(body.get("view")).get("app_id"))
    if app and ours.app_id and app != ours.app_id:
        return False
    installed = string(mapping(body.get("view")).get("app_installed_team_id"))
    if installed and ours.team and installed != ours.team:
        return False
    known = [mapping(each) for each in items(body.get("authorizations"))]
    teams = {identifier(each.get("team_id")) for each in known}
    users = {identifier(each.get("user_id")) for each in known}
    if any(each.get("is_enterprise_install") is True for each in known) or teams <= {""}:
        return True
    return ours.team in teams or ours.bot_user in users
