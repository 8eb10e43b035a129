"""What somebody wrote, and whether it is meant for the bot: bodies, captions, replies, mentions.

Clients write the same mention in many ways: `m.mentions`, a pill in the HTML, a name with a colon,
an id. All of it is what a stranger typed: nothing here raises, and every search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote

from bot.parsing import addressed

FILES = frozenset({"m.image", "m.file", "m.audio", "m.video"})
_WORDS = frozenset({"m.text", "m.emote"})

_ANCHOR = re.compile(r"<a\s([^<>]{0,1000})>([^<]{0,255})</a>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_TARGET = re.compile(r"(?:https?://matrix\.to/#/(?=@|%40)|matrix:u/)([^/?]+)", re.IGNORECASE)
_ID = re.compile(
    r"(?<!\w)@[\w.=/+-]+:(?:localhost(?![\w.])|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?",
    re.IGNORECASE,
)
_USER = re.compile(r"@[\w.=/+-]+:[A-Za-z0-9.:-]+", re.ASCII)
_HIDDEN = re.compile("\ue000([0-9]{1,5})\ue000")
_AFTER = r"(?!\w)(?:[ \u00a0\u202f]?[:,;])?"


def written(content: Mapping[str, Any]) -> str | None:
    """The text, or a file's caption ("" without one). None for what no person writes, notices too.

    A caption is a `body` that differs from `filename` (client-server API, "Media captions").
    """
    kind, body = content.get("msgtype"), content.get("body")
    if not isinstance(kind, str) or not isinstance(body, str):
        return None
    if kind in FILES:
        filename = content.get("filename")
        return body if isinstance(filename, str) and filename != body else ""
    return body if kind in _WORDS else None


def without_fallback(body: str) -> str:
    """A reply without the quotation that older clients put before it ("Rich reply fallbacks")."""
    if not re.match(r"> (?:\* )?<@[^<>\n]*>", body):
        return body
    lines = body.split("\n")
    first = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if first < len(lines) and not lines[first].strip():
        first += 1
    return "\n".join(lines[first:])


def meant(
    text: str,
    content: Mapping[str, Any],
    *,
    me: str,
    names: Sequence[str],
    command: str,
    reply: bool,
) -> str | None:
    """What is left of words for the bot when prefix and mention are taken out; else None.

    `names` are the bot's own, besides its id. With `reply` a bare `m.mentions` says nothing:
    clients put there the author of what is answered, and an answer is no command. Who is meant by
    the pill of somebody else is written as an id: two people may show the same name.
    """
    hidden, ids = _hide(text)
    # A prefix comes first: what follows it is the command, with whatever it mentions.
    if (bare := addressed(hidden, command)) is not None and hidden.lstrip()[:1] in ("/", "!"):
        return pointed(_show(bare, ids), content, me)
    rest = _mention_out(text, content, me=me, names=(*names, command), reply=reply)
    hidden, ids = _hide(text if rest is None else rest)
    bare = addressed(hidden, command)
    if bare is not None:
        return pointed(_show(bare, ids), content, me)
    return None if rest is None else pointed(rest, content, me)


def pointed(text: str, content: Mapping[str, Any], me: str) -> str:
    """The text with the id of whoever a pill points at in the place of the name it shows."""
    done, rest = "", text
    for user, label in _pills(content)[:20]:
        if user == me or not label.strip():
            continue
        shown = re.search(rf"(?<![\w@])@?{re.escape(label)}(?!\w)", rest)
        if shown and _USER.fullmatch(user):
            done, rest = f"{done}{rest[: shown.start()]}{user}", rest[shown.end() :]
    return done + rest


def _mention_out(
    text: str, content: Mapping[str, Any], *, me: str, names: Sequence[str], reply: bool
) -> str | None:
    without, count = _own_id(me).subn(" ", text)
    if count:
        return _tidy(without)
    labels = [label for user, label in _pills(content) if user == me and label][:5]
    declared = _declared(content, me)
    if declared is False:
        return None
    called = [*names, me[1:].partition(":")[0]]
    # The ids of others stay whole: `@copain:elsewhere.org` is not a bot named copain.
    hidden, ids = _hide(text)
    if labels or (declared and not reply):
        first = re.match(rf"\s*{_any(labels + called)}{_AFTER}", hidden, re.IGNORECASE)
        first = first or re.search(
            rf"(?<!\w){_any(labels or called)}{_AFTER}", hidden, re.IGNORECASE
        )
        rest = f"{hidden[: first.start()]} {hidden[first.end() :]}" if first else hidden
        return _tidy(_show(rest, ids))
    # Clients from before `m.mentions`, and people who type the name: only as one calls somebody.
    call = re.match(
        rf"\s*{_any(called)}[ \u00a0\u202f]?[:,](?=[\s\w\"«“]|$)", hidden, re.IGNORECASE
    )
    return _tidy(_show(hidden[call.end() :], ids)) if call else None


def _any(names: Sequence[str]) -> str:
    longest = sorted((name for name in names if name.strip()), key=len, reverse=True)
    return "@?(?:" + "|".join(re.escape(name) for name in longest) + ")"


def _declared(content: Mapping[str, Any], me: str) -> bool | None:
    """Whether `m.mentions` names the bot; None when the client does not know `m.mentions`."""
    mentions = content.get("m.mentions")
    if not isinstance(mentions, Mapping):
        return None
    users = mentions.get("user_ids")
    return isinstance(users, list) and me in users


def _own_id(me: str) -> re.Pattern[str]:
    """The bot's id as it stands in a body: bare, as a link, or as a link of Markdown."""
    local, _, server = me[1:].partition(":")
    name = rf"(?:@|%40){re.escape(local)}(?::|%3A){re.escape(server)}(?![\w-]|\.\w|:[0-9])"
    name += r"(?:\?[^\s)]*)?"
    link = rf"https?://matrix\.to/#/{name}"
    return re.compile(
        rf"(?:\[[^\[\]]{{0,255}}\]\(<?{link}>?\)|{link}|(?<![\w/]){name}){_AFTER}", re.IGNORECASE
    )


def _pills(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The people that the HTML points at, in order, each with the name it shows."""
    html = content.get("formatted_body")
    if not isinstance(html, str):
        return []
    found = []
    for attributes, label in _ANCHOR.findall(_without_reply(html)):
        href = _HREF.search(attributes)
        target = _TARGET.match(unescape(href[1])) if href else None
        if target:
            found.append(("@" + unquote(target[1]).removeprefix("@"), unescape(label).strip()))
    return found


def _without_reply(html: str) -> str:
    # What is answered may itself hold a pill of the bot.
    opening = re.search(r"<mx-reply\b", html, re.IGNORECASE)
    if opening is None:
        return html
    closing = list(re.finditer(r"</mx-reply\s{0,9}>", html, re.IGNORECASE))
    return html[closing[-1].end() :] if closing else html[: opening.start()]


def _hide(text: str) -> tuple[str, list[str]]:
    ids: list[str] = []

    def mark(found: re.Match[str]) -> str:
        ids.append(found[0])
        return f"\ue000{len(ids) - 1}\ue000"

    return _ID.sub(mark, text), ids


def _show(hidden: str, ids: Sequence[str]) -> str:
    def unmark(found: re.Match[str]) -> str:
        number = int(found[1])
        return ids[number] if number < len(ids) else found[0]

    return _HIDDEN.sub(unmark, hidden)


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]{2,}", " ", text).strip()
