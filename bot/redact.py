"""What may be repeated to an operator: never a secret, never what a person typed [SE-5].

The log and the faults of the configuration pass here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "…"

_SECRET_WORDS = frozenset(
    [
        "authorization",
        "cookie",
        "credential",
        "credentials",
        "passphrase",
        "passwd",
        "password",
        "passwords",
        "pwd",
        "secret",
        "secrets",
        "ticket",
        "token",
        "tokens",
    ]
)
# What people write. `text_key` or `answer_count` speak about it without repeating it.
_TYPED_WORDS = frozenset(["answer", "answers", "body", "text", "texts", "typed", "values"])
_ABOUT = frozenset(["count", "id", "key", "kind", "length", "ms"])

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# Slack's prefixes: docs.slack.dev/authentication/tokens. Matrix: Synapse writes syt_ (access), syr_
# (refresh), syl_ (login); its authentication service mat_, mar_, mct_, mcr_.
_TOKENS = re.compile(
    r"(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w.%+/=-]+"
    r"|sy[trl]_[\w.~+/=-]+"
    r"|\bm(?:at|ar|ct|cr)_[\w.~+/=-]{8,}"
    r"|hooks\.slack\.com/[^\s\"'<>]+",
    re.IGNORECASE,
)
_SCHEMES = re.compile(r"\b(Bearer|Basic)[\s:]+[^\s\"',;]+", re.IGNORECASE)
_URL_LOGIN = re.compile(r"://(?:[^\s/@:]*:\S*|[^\s/@]+)@")
_URL_PASSWORD = re.compile(r"://[^\s/@:]*:[^\s/@]+@")
_NAMED = re.compile(
    r"([\w-]*(?:token|passw(?:or)?d|passphrase|secret|ticket|authorization)[\"']?\s*[=:]\s*)"
    r"(?:\"[^\"]*\"?|'[^']*'?|[^\s\"'&,;]+)",
    re.IGNORECASE,
)


def names_secret(name: str) -> bool:
    """Whether something called so is a secret: `slack_bot_token`, `DB-PASSWORD`, `clientSecret`."""
    return not _SECRET_WORDS.isdisjoint(_words(name))


def names_private(name: str) -> bool:
    """Whether something called so is a secret or what a person typed."""
    words = _words(name)
    if words and words[-1] in _ABOUT:
        return not _SECRET_WORDS.isdisjoint(words)
    return not (_SECRET_WORDS | _TYPED_WORDS).isdisjoint(words)


def holds_secret(text: str) -> bool:
    """Whether a token or an address with a password stands in the text.

    Stricter than `redact`: a wrong yes costs a line of the log one word, but here a configuration
    its start.
    """
    return bool(_TOKENS.search(text) or _URL_PASSWORD.search(text))


def redact(text: str, known: Iterable[str] = ()) -> str:
    """The text without anything that looks like a secret, nor any of the `known` strings."""
    for secret in known:
        text = text.replace(secret, HIDDEN)
    text = _TOKENS.sub(HIDDEN, text)
    text = _SCHEMES.sub(rf"\1 {HIDDEN}", text)
    text = _URL_LOGIN.sub(f"://{HIDDEN}@", text)
    return _NAMED.sub(rf"\1{HIDDEN}", text)


def disguises(secrets: Iterable[str]) -> tuple[str, ...]:
    """The forms in which these values may turn up in a text: as they are, in an address, escaped.

    Longest first, so that one that contains another leaves no rest. Values under four characters
    are left out: replacing them would blank every line and hide nothing.
    """
    forms: set[str] = set()
    for secret in secrets:
        value = secret.strip()
        if len(value) >= 4:
            forms |= {value, quote(value, safe=""), quote(value), quote_plus(value)}
            forms |= {json.dumps(value)[1:-1], repr(value)[1:-1]}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
