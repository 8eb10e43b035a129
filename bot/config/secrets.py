"""Secrets of the environment, held so that no repr, copy or dump shows them [SE-5]."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.errors import Fault
from bot.redact import HIDDEN

SEAL_BYTES: Final = 32


class Secret:
    """A value that only `reveal` gives away."""

    # A plain class: `dataclasses.asdict` would open a dataclass, and pickle a __dict__.
    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __deepcopy__(self, _memo: object) -> Secret:
        return self

    def __reduce__(self) -> str:
        raise TypeError("a secret does not leave the process")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the environment or `.env` gave, each None when it is absent or empty.

    The environment variable is the field's name in capitals, see `VARIABLES`.
    """

    slack_bot_token: Secret | None = None
    slack_app_token: Secret | None = None
    slack_signing_secret: Secret | None = None
    matrix_access_token: Secret | None = None
    matrix_password: Secret | None = None
    copain_database_url: Secret | None = None
    copain_proxy: Secret | None = None
    copain_secret: Secret | None = None

    def seal_key(self) -> bytes | None:
        """The 32 bytes of COPAIN_SECRET. ValueError when it is not 32 bytes in base64."""
        return None if self.copain_secret is None else _seal_key(self.copain_secret.reveal())

    def values(self) -> tuple[str, ...]:
        """Every secret as a plain string, passwords within addresses too: what the log hides."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        held = {name: secret.reveal() for name, secret in given.items() if secret is not None}
        addresses = [held.get("copain_database_url", ""), held.get("copain_proxy", "")]
        passwords = [_password(address) for address in addresses]
        return tuple(dict.fromkeys([*held.values(), *filter(None, passwords)]))


VARIABLES: Final = tuple(field.name.upper() for field in fields(Secrets))


def secrets_from(environment: Mapping[str, str]) -> Secrets:
    """The secrets among these variables."""
    given = {name: environment.get(name, "").strip() for name in VARIABLES}
    return Secrets(**{name.lower(): Secret(value) for name, value in given.items() if value})


def secret_faults(secrets: Secrets) -> list[Fault]:
    """What is wrong with the form of a secret; the fault shows none of it."""
    try:
        secrets.seal_key()
    except ValueError:
        return [
            Fault(
                "COPAIN_SECRET", HIDDEN, "config-fault-seal", "config-cure-seal", {"n": SEAL_BYTES}
            )
        ]
    return []


def _seal_key(text: str) -> bytes:
    standard = text.replace("-", "+").replace("_", "/")
    try:
        key = base64.b64decode(standard, validate=True)
    except binascii.Error:
        # The binascii message may quote the input: it ends here.
        raise ValueError("not base64") from None
    if len(key) != SEAL_BYTES:
        raise ValueError("not 32 bytes")
    return key


def _password(address: str) -> str | None:
    try:
        password = urlsplit(address).password
    except ValueError:
        return None
    return unquote(password) if password else None
