"""What `copain init` asks of a community on Slack. Nothing is asked of Slack itself."""

from __future__ import annotations

import re

from bot.cli.asking import Question, unseen
from bot.cli.env import holds
from bot.cli.words import Words

TOKENS = (("slack_bot_token", "SLACK_BOT_TOKEN"), ("slack_app_token", "SLACK_APP_TOKEN"))


def account(typed: str) -> str:
    """`slack:U012ABC`, of a member ID with or without its platform, or of the link to a profile."""
    name = typed.removeprefix("slack:").rstrip("/").rpartition("/")[2].upper()
    return f"slack:{name}" if name else ""


def channels(typed: str) -> str:
    """Ids of channels, of ids and of links to channels (`…/archives/C0123456`)."""
    said = typed.replace(",", " ").split()
    return " ".join(_channel(each) for each in said)


COORDINATOR = Question("slack_coordinator", "communities.0.coordinators", read=account)
QUESTIONS = (
    Question("channels", "communities.0.spaces", "", channels),
    Question("team_channels", "communities.0.spaces", "", channels),
)


def tokens(env: str, words: Words) -> dict[str, str]:
    """The tokens that are given now, each where it belongs; `env` may hold some already."""
    given: dict[str, str] = {}
    for question, name in TOKENS:
        token = "" if holds(env, name) else _token(question, name, words)
        if token:
            given[name] = token
    return given


def _token(question: str, name: str, words: Words) -> str:
    """A token of the right kind, or "" for one that comes later."""
    from adapters.slack.checks.tokens import WANTED, kind_of

    wanted, prefix, _ = WANTED[name]
    while token := unseen(words.plain(f"cli-init-{question}")):
        kind = kind_of(token)
        if kind == wanted:
            return token
        print(words.plain("cli-init-token-kind", {"kind": kind, "wanted": prefix}))
    return ""


def _channel(typed: str) -> str:
    link = re.search(r"/(?:archives|client/\w+)/([CG][A-Z0-9]+)", typed)
    return link[1] if link else typed.lstrip("#").upper()
