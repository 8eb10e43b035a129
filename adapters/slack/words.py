"""Slack's marks in a text become what a person typed; and whether the words are for the bot.

In `text` people, channels and addresses stand in `<…>`, and `&`, `<`, `>` are escaped: a `<` is
always Slack's. Source: Slack's page "Formatting message text". Nothing here raises, and every
search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from adapters.slack.emoji import spelled
from bot.parsing import addressed

NameOf = Callable[[str], str]
"""From a user's id to the name they show, "" when it is not known."""

_MARK = re.compile(r"<([^<>]*)>")
_ESCAPED = re.compile(r"&(amp|lt|gt);")
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}
_HIDDEN = re.compile("\ue000([0-9]{1,5})\ue000")
_AFTER = r"(?:[ \u00a0\u202f]?[:,;])?"


def unknown(_user: str) -> str:
    """The name of somebody of whom nothing is known."""
    return ""


def plain(text: str, name_of: NameOf = unknown) -> str:
    """What was typed: names with an at sign, channels with theirs, bare addresses, signs."""
    return _walked(text, lambda mark: _typed(mark, name_of))


def meant(text: str, *, bot_user: str, command: str, name_of: NameOf = unknown) -> str | None:
    """What is left of words for the bot when prefix and mention are taken out; else None.

    A prefix comes first: what follows it is the command, with whomever it mentions.
    """
    mentions: list[str] = []

    def hide(mark: str) -> str:
        if not mark.startswith(("@", "!", "#")):
            return _typed(mark, name_of)
        mentions.append(mark)
        # Somebody else may be called as the bot is: who is pointed at is looked at, not the name.
        return f"\ue000{len(mentions) - 1}\ue000"

    def show(hidden: str) -> str:
        return _HIDDEN.sub(lambda found: typed[int(found[1])], hidden)

    hidden = _walked(text.replace("\ue000", ""), hide)
    typed = [
        f"@{command}" if _pointed(mark) == bot_user else _typed(mark, name_of) for mark in mentions
    ]
    if hidden.lstrip()[:1] in ("/", "!") and (bare := addressed(hidden, command)) is not None:
        return show(bare)
    own = [number for number, mark in enumerate(mentions) if _pointed(mark) == bot_user]
    if own:
        for number in own:
            hidden = re.sub(f"\ue000{number}\ue000{_AFTER}", " ", hidden)
        hidden = re.sub(r"[ \t]{2,}", " ", hidden).strip()
        again = addressed(hidden, command)
        return show(hidden if again is None else again)
    bare = addressed(hidden, command)
    return None if bare is None else show(bare)


def _walked(text: str, seen: Callable[[str], str]) -> str:
    done, at = [], 0
    for found in _MARK.finditer(text):
        done += [_unescaped(text[at : found.start()]), seen(found[1])]
        at = found.end()
    return "".join([*done, _unescaped(text[at:])])


def _pointed(mark: str) -> str:
    return mark[1:].partition("|")[0] if mark.startswith("@") else ""


def _typed(mark: str, name_of: NameOf) -> str:
    target, _, label = mark.partition("|")
    label = _ESCAPED.sub(_unescape, label)
    match target[:1]:
        case "@":
            return f"@{name_of(target[1:]) or label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            # <!here>, <!subteam^S1|@group>, <!date^…|what is read instead>
            return label or f"@{target[1:].partition('^')[0]}"
    address = _ESCAPED.sub(_unescape, target)
    # An address that Slack completed is given back as it was typed.
    for begin in ("http://", "https://", "mailto:", "tel:"):
        if label and address.removesuffix("/") == (begin + label).removesuffix("/"):
            return label
    return address.removeprefix("mailto:")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_unescape, spelled(text))


def _unescape(found: re.Match[str]) -> str:
    return _PLAIN[found[1]]
