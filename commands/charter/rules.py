"""From the supplied template and what coordinators typed to a charter that may be published.

Pure. A blank is `{{name}}` in a template; every language has the same blanks in the same order, so
the English name of a blank names it everywhere. What was typed becomes inert Markdown (SE-2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import markup
from bot.errors import Complaint
from bot.when import format_day

_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_SECTION = re.compile(r"^\*\*(\d+)\.", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

ABOUT_THE_BOT = 9
"""The section that says what the bot does, and so what a charter allows it beside."""
BY_PUBLICATION = ("version", "date")
"""Blanks that nobody is asked for: the day of publication fills them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The supplied charter in one language; `english` gives its blanks their names."""

    text: str
    english: str

    @property
    def names(self) -> Mapping[str, str]:
        """Each blank of this language with its English name. ValueError when they do not match."""
        own, english = _BLANK.findall(self.text), _BLANK.findall(self.english)
        return dict(zip(own, english, strict=True))

    def asked(self, section: int | None = None) -> tuple[str, ...]:
        """The blanks to ask for, each once, in the order of the text; of one section or of all."""
        found: list[str] = []
        for number, part in _parts(self.english):
            if section in (None, number):
                found += [name for name in _BLANK.findall(part) if name not in BY_PUBLICATION]
        return tuple(dict.fromkeys(found))

    def filled(self, blanks: Mapping[str, str]) -> str:
        """The charter. Complaint `charter-blanks-left` when a blank would be left."""
        left = [name for name in dict.fromkeys(self.names.values()) if not usable(blanks.get(name))]
        if left:
            raise Complaint("charter-blanks-left", {"n": len(left)})
        names = self.names
        return _BLANK.sub(lambda found: _inert(blanks[names[found[1]]]), self.text)


def usable(words: str | None) -> bool:
    """Whether these words fill a blank: they say something, and are no blank themselves."""
    return bool(words) and any(c.isalnum() for c in words or "") and "{{" not in (words or "")


def checked(words: str) -> str:
    """The words for a blank, on one line. Complaint when they would leave it blank."""
    line = " ".join(markup.cleaned(words).split())
    if not usable(line):
        raise Complaint("charter-blank-kept")
    return line


def sections(text: str) -> Mapping[int, str]:
    """The numbered sections of a charter."""
    return {number: part.strip() for number, part in _parts(text) if number}


def beside(text: str, said: Sequence[str]) -> str:
    """The charter with these sentences at the end of what it says of the bot; else at its end."""
    parts = _parts(text)
    if not said:
        return text
    numbers = [number for number, _ in parts]
    at = numbers.index(ABOUT_THE_BOT) if ABOUT_THE_BOT in numbers else len(parts) - 1
    words = [part for _, part in parts]
    words[at] = " ".join((words[at].rstrip(), *said))
    return "\n\n".join(words)


def section_after(last: int, text: str) -> int:
    """The section whose turn it is after `last`: the first one again at the end."""
    numbers = sorted(sections(text))
    return next((number for number in numbers if number > last), numbers[0])


def dated(day: date, language: str) -> str:
    """A day as a charter says it, always with its year."""
    return format_day(day, language)


def unpointed(sentence: str) -> str:
    """A sentence for a place that has its own period."""
    return sentence.strip().removesuffix(".").rstrip()


def pointed(words: str) -> str:
    """The sentence with its period; nothing stays nothing."""
    whole = words.rstrip()
    return whole if not whole or whole[-1] in ".!?…" else whole + "."


def changed(new: Mapping[str, Mapping[str, str]], old: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether any language says something new, the two facts of publication apart."""
    return {lang: _typed(blanks) for lang, blanks in new.items()} != {
        lang: _typed(blanks) for lang, blanks in old.items()
    }


def complete(blanks: Mapping[str, str], asked: Sequence[str]) -> bool:
    """Whether every blank that is asked for has its words."""
    return all(usable(blanks.get(name)) for name in asked)


def _typed(blanks: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in blanks.items() if name not in BY_PUBLICATION}


def _inert(words: str) -> str:
    line = " ".join(words.split())
    if _ADDRESS.fullmatch(line):
        return markup.link(line)
    return markup.escape(line, inline=True)


def _parts(text: str) -> list[tuple[int, str]]:
    """The paragraphs with the number of their section: 0 for the head and the foot."""
    found: list[tuple[int, str]] = []
    for part in re.split(r"\n{2,}", text):
        numbered = _SECTION.match(part)
        found.append((int(numbered[1]) if numbered else 0, part))
    return found
