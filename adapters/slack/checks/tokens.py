"""The two tokens by their looks: which is which, before anything is asked. Pure.

No token, and no part of one but its kind, ever stands in a line. Source: "Tokens" at
docs.slack.dev, which gives each kind its prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from adapters.slack.checks.lines import Line, fault

Kind = Literal["bot", "app", "user", "expiring", "other"]

WANTED: dict[str, tuple[Kind, str, str]] = {
    "SLACK_BOT_TOKEN": ("bot", "xoxb-", "OAuth & Permissions"),
    "SLACK_APP_TOKEN": ("app", "xapp-", "Basic Information"),
}
"""The kind that each variable holds, how it begins, and the page of the app's settings it is on."""

_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"xoxb-\S{8,}", "bot"),
    (r"xapp-\S{8,}", "app"),
    (r"xoxp-\S+", "user"),
    (r"xoxe[.-]\S+", "expiring"),
)


def kind_of(token: str) -> Kind:
    """What kind of token this is; `other` for half of one, or something else."""
    return next((kind for form, kind in _KINDS if re.fullmatch(form, token)), "other")


def app_of(token: str) -> str:
    """The id of the app that an app-level token belongs to, "" when it does not say."""
    found = re.match(r"xapp-\d+-(A[A-Z0-9]+)-", token)
    return found[1] if found else ""


def verdicts(bot: str, app: str) -> Iterator[Line]:
    """What is wrong with these tokens; one that is missing ("") is told by the configuration."""
    if (kind_of(bot), kind_of(app)) == ("app", "bot"):
        yield fault("slack-check-swapped")
        return
    for name, token in (("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app)):
        wanted, prefix, page = WANTED[name]
        if token and kind_of(token) != wanted:
            told = {"name": name, "kind": kind_of(token), "wanted": prefix, "page": page}
            yield fault("slack-check-token-kind", told)
