"""What `copain check` asks of Slack, and `copain init` knows of its tokens [RE-7, SE-9].

`look` goes from the outside in and stops at what makes the rest unknowable: the tokens by their
looks, the login, the clock, the scopes, Socket Mode, the people, the channels. `asking` is the
wire; `lines` what comes back. Nothing is changed, and nobody sees that it was asked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import urlsplit

from adapters.asking import Unanswered, table, text
from adapters.slack.checks import channels, tokens
from adapters.slack.checks.asking import Answer, Slack, connected
from adapters.slack.checks.channels import Tracked
from adapters.slack.checks.lines import Level, Line, fault, fine, warning
from adapters.slack.scopes import APP_METHODS, SCOPES
from bot.config import Config
from bot.ports import Doors

__all__ = ["Level", "Line", "look"]

APART, FAR_APART = 60, 300
"""Seconds between the clocks from which it is told, and from which it stands in the way."""

_NEAR = ("127.0.0.1", "::1", "localhost")
_COORDINATORS = 5
_UNINSTALLED = ("account_inactive", "token_revoked", "app_uninstalled", "team_access_not_granted")
_DEAD = ("invalid_auth", "not_authed", "token_expired", "not_allowed_token_type")


async def look(found: Config, now: datetime, *, doors: Doors | None = None) -> list[Line]:
    """What is right with Slack, and what is not, each with its cure.

    `doors` knows the channels that were taken up in chat, where there is a database to ask. Slack
    that does not answer is a fault like another; a missing token is told by the configuration.
    """
    assert found.slack is not None
    address = str(found.slack.api_url)
    held = found.secrets
    bot = held.slack_bot_token.reveal() if held.slack_bot_token else ""
    app = held.slack_app_token.reveal() if held.slack_app_token else ""
    lines = [*_in_clear(address), *tokens.verdicts(bot, app)]
    # A token of the wrong kind would only be refused, in words that help less.
    bot = bot if tokens.kind_of(bot) == "bot" else ""
    app = app if tokens.kind_of(app) == "app" else ""
    try:
        async with connected(address, bot, app, proxy=found.proxy) as (as_bot, as_app):
            if bot:
                async for line in _as_bot(as_bot, found, now, app=app, doors=doors):
                    # One by one: what was told before a silence stays told.
                    lines += [line]
            if app:
                lines += [await _socket(as_app)]
    except Unanswered as error:
        lines.append(fault("slack-check-unanswered", {"address": address, "why": error.why}))
    return lines


def _in_clear(address: str) -> list[Line]:
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname in _NEAR:
        return []
    return [warning("slack-check-in-clear", {"address": address})]


async def _as_bot(
    slack: Slack, found: Config, now: datetime, *, app: str, doors: Doors | None
) -> AsyncIterator[Line]:
    answer = await slack.ask("auth.test")
    if "ok" not in answer.body:
        yield fault("slack-check-no-server", {"address": slack.address})
        return
    for line in _clock(answer, now):
        yield line
    if not answer.ok:
        yield _refused(answer, "SLACK_BOT_TOKEN")
        return
    user = text(answer.body, "user")
    yield fine("slack-check-login", {"team": text(answer.body, "team"), "user": user})
    for line in [*await _app(slack, text(answer.body, "bot_id"), app), *_scopes(answer)]:
        yield line
    async for line in _people(slack, found):
        yield line
    for channel in await _tracked(found, doors):
        told = await slack.ask("conversations.info", channel=channel.id, include_num_members="true")
        for line in channels.verdicts(channel, told, bot=user):
            yield line


def _clock(answer: Answer, now: datetime) -> list[Line]:
    apart = round(abs((answer.at - now).total_seconds())) if answer.at else 0
    if apart > FAR_APART:
        return [fault("slack-check-clocks-far", {"minutes": round(apart / 60)})]
    return [warning("slack-check-clocks-apart", {"seconds": apart})] if apart > APART else []


def _refused(answer: Answer, name: str) -> Line:
    if answer.code in _UNINSTALLED:
        return fault("slack-check-uninstalled", {"code": answer.code})
    if answer.code in _DEAD:
        page = tokens.WANTED[name][2]
        return fault("slack-check-token-dead", {"name": name, "code": answer.code, "page": page})
    return fault("slack-check-odd", {"code": answer.code})


async def _app(slack: Slack, bot_id: str, app_token: str) -> list[Line]:
    """The app's name, and whether both tokens are its own; nothing where Slack does not say."""
    answer = await slack.ask("bots.info", bot=bot_id)
    found = table(answer.body, "bot")
    if not answer.ok or not text(found, "name"):
        return []
    lines = [fine("slack-check-app", {"app": text(found, "name")})]
    ids = {tokens.app_of(app_token), text(found, "app_id")}
    if "" not in ids and len(ids) > 1:
        lines.append(fault("slack-check-other-app"))
    return lines


def _scopes(answer: Answer) -> list[Line]:
    if answer.scopes is None:
        return []
    needed = frozenset(SCOPES)
    missing, unused = sorted(needed - answer.scopes), sorted(answer.scopes - needed)
    lines = []
    if missing:
        lines.append(fault("slack-check-scopes-missing", {"scopes": ", ".join(missing)}))
    if unused:
        lines.append(warning("slack-check-scopes-unused", {"scopes": ", ".join(unused)}))
    return lines or [fine("slack-check-scopes", {"n": len(needed)})]


async def _socket(slack: Slack) -> Line:
    """Whether Slack would open a socket; the address that it gives is left unused, and expires."""
    (method,) = APP_METHODS
    answer = await slack.ask(method)
    if answer.ok:
        host = urlsplit(text(answer.body, "url")).hostname or "?"
        return fine("slack-check-socket", {"host": host})
    if answer.code in _DEAD:
        return _refused(answer, "SLACK_APP_TOKEN")
    if answer.code == "missing_scope":
        return fault("slack-check-socket-scope")
    return fault("slack-check-socket-off", {"code": answer.code})


async def _people(slack: Slack, found: Config) -> AsyncIterator[Line]:
    """Coordinators who cannot come in: a slip of the finger that closes every door."""
    refs = [each for one in found.communities for each in one.coordinators]
    users = list(dict.fromkeys(each.id for each in refs if each.platform == "slack"))
    for user in users[:_COORDINATORS]:
        answer = await slack.ask("users.info", user=user)
        account = table(answer.body, "user")
        if answer.code in ("user_not_found", "users_not_found"):
            yield warning("slack-check-nobody", {"user": user})
        elif account.get("deleted") is True:
            yield warning("slack-check-closed-account", {"user": user})
        elif account.get("is_bot") is True:
            yield warning("slack-check-no-person", {"user": user})


async def _tracked(found: Config, doors: Doors | None) -> list[Tracked]:
    """The channels of the configuration, then those that were taken up in chat."""
    closed_of = {
        space.id: community.join == "closed"
        for community in found.communities
        for space in community.spaces
        if space.platform == "slack"
    }
    if doors is not None:
        closed = any(one.join == "closed" for one in found.communities)
        in_chat = await doors.spaces("slack")
        closed_of |= {place.id: closed for place in in_chat if place.id not in closed_of}
    return [Tracked(*each) for each in closed_of.items()]
