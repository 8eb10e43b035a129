"""`copain slack-manifest`: what Slack makes an app from, as JSON on standard output.

The app comes before the configuration, which needs its tokens: without a file, the manifest is
that of the usual command, in the language of who typed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import config
from bot.cli.words import Words
from bot.config import Config
from bot.registry import Registry


def run(path: Path, words: Words, now: datetime, *, usual: bool) -> int:
    """Prints the manifest; `usual` says that nobody named this file, so that it may be missing."""
    import commands

    if usual and not path.exists():
        found, language = Config(), words.language
        told = {"file": str(path), "command": found.bot.command}
        print(words.plain("slack-manifest-no-file", told), file=sys.stderr)
    else:
        found = config.load(path, os.environ)
        language = language_of(found)
    registry = Registry.of(commands.load())
    shown = Words(language, now=now, texts=words.texts)
    print(written(found.bot.command, registry, words=shown))
    return 0


def written(command: str, registry: Registry, *, words: Words) -> str:
    """The manifest as JSON; these are the words that it shows to members."""
    from adapters.slack.manifest import manifest

    def say(key: str, values: Mapping[str, Any] | None = None) -> str:
        return words.plain(key, values)

    shortcuts = [each.action for each in registry.buttons.values() if each.shortcut]
    made: dict[str, Any] = manifest(command, shortcuts, say=say)
    return json.dumps(made, ensure_ascii=False, indent=2)


def language_of(found: Config) -> str:
    """The language of the communities when they share one, else that of the bot."""
    spoken = {each.language for each in found.communities}
    return spoken.pop() if len(spoken) == 1 else found.bot.language
