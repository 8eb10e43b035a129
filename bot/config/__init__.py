"""The configuration: read once, checked whole, then never changed while the program runs.

`models` are its values, `fields` their small types, `secrets` what only the environment holds,
`faults` what is told when something is wrong. What chat changes later lives in the database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.faults import clashes, fault, invalid, misplaced_secrets, shown
from bot.config.fields import AccountRef, FormField, Language, Platform, Rate, SettingValue, nearest
from bot.config.models import (
    Bot,
    Community,
    Config,
    Contacts,
    Limits,
    Matrix,
    Slack,
    Space,
    Summary,
    Web,
    WorkingHours,
)
from bot.config.secrets import VARIABLES, Secret, Secrets, secret_faults, secrets_from
from bot.errors import ConfigError, Fault
from bot.redact import HIDDEN, disguises

__all__ = [
    "VARIABLES",
    "AccountRef",
    "Bot",
    "Community",
    "Config",
    "Contacts",
    "FormField",
    "Language",
    "Limits",
    "Matrix",
    "Platform",
    "Rate",
    "Secret",
    "Secrets",
    "SettingValue",
    "Slack",
    "Space",
    "Summary",
    "Web",
    "WorkingHours",
    "load",
    "missing_secrets",
    "unknown_settings",
]


def load(path: Path, env: Mapping[str, str]) -> Config:
    """The configuration in the file `path`, with `.env` beside it; `env` wins over `.env`.

    Raises ConfigError with every fault there is. No fault holds a secret.
    """
    faults: list[Fault] = []
    beside = _env_file(path.parent / ".env", faults)
    # An empty variable is one that somebody meant to fill in: the file's is taken.
    secrets = secrets_from({**beside, **{name: value for name, value in env.items() if value}})
    known = disguises(secrets.values())
    faults += [*secret_faults(secrets), *_address_faults(secrets)]
    raw = _toml_file(path, faults)
    config = None
    if raw is not None:
        faults += [*misplaced_secrets(raw), *clashes(raw)]
        try:
            config = _validated(raw, secrets)
        except ValidationError as error:
            found = {one.key for one in faults if one.problem == "config-fault-secret"}
            faults += [one for one in invalid(error, known) if one.key not in found]
    if faults or config is None:
        # `from None`: pydantic's error quotes what it was given, tokens included.
        raise ConfigError(faults) from None
    return config


def missing_secrets(config: Config) -> tuple[Fault, ...]:
    """What `run` does not start without; the other commands do."""
    held = config.secrets
    missing = []
    if held.copain_secret is None:
        missing.append(fault("no-seal", "COPAIN_SECRET", None))
    if config.slack and held.slack_bot_token is None:
        missing.append(fault("no-secret", "SLACK_BOT_TOKEN", None, table="slack"))
    if config.slack and held.slack_app_token is None:
        missing.append(fault("no-secret", "SLACK_APP_TOKEN", None, table="slack"))
    if config.matrix and not (held.matrix_access_token or held.matrix_password):
        missing.append(fault("no-secret", "MATRIX_ACCESS_TOKEN", None, table="matrix"))
    return tuple(missing)


def unknown_settings(config: Config, names: Collection[str]) -> tuple[Fault, ...]:
    """The keys under [communities.settings] that the chat command `settings` does not list."""
    among = sorted(names)
    return tuple(
        fault(
            "unknown",
            f"communities.{n}.settings.{name}",
            shown(value, ()),
            nearest=nearest(name, among),
            allowed=", ".join(among),
        )
        for n, community in enumerate(config.communities)
        for name, value in community.settings.items()
        if name not in names
    )


def _validated(raw: Mapping[str, Any], secrets: Secrets) -> Config:
    # A table of secrets in the file is a fault already; it never takes the environment's place.
    return Config.model_validate({**raw, "secrets": secrets}, by_alias=True, by_name=False)


def _address_faults(secrets: Secrets) -> list[Fault]:
    """What is wrong with the addresses that the environment gives in the place of the file's."""
    given = {"database": secrets.copain_database_url, "proxy": secrets.copain_proxy}
    faults = []
    for key, secret in given.items():
        try:
            Bot.model_validate({key: secret.reveal()} if secret else {})
        except ValidationError as error:
            variable = "COPAIN_DATABASE_URL" if key == "database" else "COPAIN_PROXY"
            kind = error.errors(include_url=False)[0]["type"]
            faults.append(fault(kind, variable, HIDDEN))
    return faults


def _toml_file(path: Path, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        faults.append(fault("no-file", str(path), None))
    except (OSError, UnicodeDecodeError):
        faults.append(fault("unreadable", str(path), None))
    except tomllib.TOMLDecodeError as error:
        # Its sentence is English and may quote a token; where it stumbled is enough.
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        faults.append(fault("toml", str(path), None, line=line, column=column))
    return None


def _env_file(path: Path, faults: list[Fault]) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv.parser import parse_stream

    try:
        lines = list(parse_stream(StringIO(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError):
        faults.append(fault("unreadable", str(path), None))
        return {}
    faults += [
        fault("env", str(path), None, line=each.original.line) for each in lines if each.error
    ]
    return {each.key: each.value for each in lines if each.key and each.value}
