"""`copain run`: every platform that the configuration enables."""

from __future__ import annotations

import os
from pathlib import Path

from bot import config
from bot.errors import Complaint, ConfigError


def run(path: Path) -> int:
    """Runs until a signal. Raises ConfigError for what is missing, Complaint for no platform."""
    found = config.load(path, os.environ)
    missing = config.missing_secrets(found)
    if missing:
        raise ConfigError(missing)
    raise Complaint("cli-run-no-platform")
