"""All texts of the bot in every language: those of `locale/` and those of `content/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot import markup
from bot.content import Content
from bot.texts.filling import Shown, fill, slot
from bot.texts.sources import read, variables
from bot.texts.voice import Voice
from bot.typography import Region, french
from bot.values import Value

if TYPE_CHECKING:
    from bot.texts.fluent import Messages

LABEL_LENGTH = 75

_BRACES = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")


class MissingText(KeyError):
    """A text, or a value it needs, is not there. A fault of ours: tests look for it."""

    def __init__(self, key: str, language: str, reason: str = "no such text") -> None:
        super().__init__(key, language, reason)
        self.key = key
        self.language = language


@dataclass(slots=True)
class Texts:
    """The catalogue. Files are read at the first text of their language, messages when said."""

    root: Path
    content: Content
    _sources: dict[str, dict[str, str]] = field(default_factory=dict, init=False)
    _messages: dict[tuple[str, Region], Messages] = field(default_factory=dict, init=False)
    _templates: dict[tuple[str, str, Region], str] = field(default_factory=dict, init=False)

    @classmethod
    def load(cls, root: Path | None = None) -> Texts:
        """The texts of a folder with `locale/` and `content/`: the program's unless said."""
        root = root or Path(__file__).parents[1]
        return cls(root / "locale", Content(root / "content"))

    def languages(self) -> tuple[str, ...]:
        """The languages there are files for."""
        return tuple(sorted(path.name for path in self.root.iterdir() if path.is_dir()))

    def render(self, key: str, values: Mapping[str, Value], voice: Voice) -> str:
        """The text as our Markdown. MissingText when it, or a value it needs, is not there."""

        def nested(other: str, its_values: Mapping[str, Value]) -> str:
            return self.render(other, its_values, voice)

        try:
            template = self._template(key, values, voice)
            return fill(template, values, Shown(voice, nested))
        except MissingText:
            raise
        except KeyError as reason:
            raise MissingText(key, voice.language, str(reason.args[0])) from reason

    def label(self, key: str, values: Mapping[str, Value], voice: Voice) -> str:
        """The text of a button: one line without marks, at most 75 characters (Slack's limit)."""
        shown = self.render(key, values, replace(voice, dates=False, accounts=""))
        text = " ".join(markup.plain(shown).split(" ")).strip()
        text = re.sub(r"\s*\n\s*", " ", text)
        return markup.cut(text, LABEL_LENGTH)

    def has(self, key: str, language: str = "fr") -> bool:
        """Whether there is such a text."""
        return key in self._read(language) or self.content.text(key) is not None

    def keys(self, language: str = "fr") -> frozenset[str]:
        """Every key of a language, supplied texts included."""
        return self.fluent_keys(language) | self.content.keys()

    def fluent_keys(self, language: str = "fr") -> frozenset[str]:
        """The keys of a language's Fluent files, without its terms."""
        return frozenset(key for key in self._read(language) if not key.startswith("-"))

    def placeholders(self, key: str, language: str = "fr") -> frozenset[str]:
        """The names of the values a text needs. MissingText when there is no such text."""
        if key in self._read(language):
            return variables(self._read(language), key)
        return frozenset(_BRACES.findall(self._supplied(key, language)))

    def _template(self, key: str, values: Mapping[str, Value], voice: Voice) -> str:
        sources = self._read(voice.language)
        if key in sources:
            at = (voice.language, voice.region)
            if at not in self._messages:
                from bot.texts.fluent import Messages

                self._messages[at] = Messages(sources, voice.language, voice.region)
            return self._messages[at].template(key, values)
        place = (key, voice.language, voice.region)
        if place not in self._templates:
            text = self._supplied(key, voice.language)
            if voice.language == "fr":
                text = french(text, voice.region)
            self._templates[place] = _BRACES.sub(lambda found: slot(found[1]), text)
        return self._templates[place]

    def _supplied(self, key: str, language: str) -> str:
        text = self.content.text(key)
        if text is None or language not in text:
            raise MissingText(key, language)
        return text[language]

    def _read(self, language: str) -> dict[str, str]:
        if language not in self._sources:
            self._sources[language] = read(self.root / language)
        return self._sources[language]
