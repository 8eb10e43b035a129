"""The language of the command line, and its words.

What `--help` shows is in `content/cli.toml`, which is read in a moment; all else is in the
catalogue, loaded when there is something to say [PE-7].
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from bot.errors import Complaint

if TYPE_CHECKING:
    from bot.texts import Texts

Language = Literal["fr", "en"]


class Misused(Complaint):
    """The command was not used as it can be."""


def language_of(env: Mapping[str, str]) -> Language:
    """English when the locale says so, else French. LC_ALL goes before LC_MESSAGES and LANG."""
    said = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return "en" if said.lower().startswith("en") else "fr"


def help_words(language: Language) -> dict[str, Any]:
    """The texts of `--help` and of wrong usage: commands, options, headings, errors."""
    from bot.typography import french

    path = Path(__file__).parents[1] / "content" / "cli.toml"
    words: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))[language]
    if language == "en":
        return words
    return {
        group: {key: french(text) for key, text in texts.items()} for group, texts in words.items()
    }


class Words:
    """Says texts of the catalogue as plain text or as our Markdown, in one language."""

    def __init__(
        self, language: str, zone: str = "UTC", *, now: datetime, texts: Texts | None = None
    ) -> None:
        from bot.texts import Texts, Voice

        place = ZoneInfo(zone)
        self.language = language
        self.texts = texts or Texts.load()
        self.voice = Voice(language, zone=place, today=now.astimezone(place).date())

    def __call__(self, key: str, values: Mapping[str, Any] | None = None) -> str:
        """The text as Markdown."""
        return self.texts.render(key, values or {}, self.voice)

    def plain(self, key: str, values: Mapping[str, Any] | None = None) -> str:
        """The text without marks, on one line where it is one."""
        from bot import markup

        return markup.plain(self(key, values))

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return self.texts.has(key, self.language)
