"""Putting values into a text: each as its type and its surroundings ask.

A value may stand alone on its line, at its start, in a sentence, or between backticks; what people
typed is made inert in a different way in each (SE-2). A line whose value is empty goes away whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot import markup
from bot.texts.voice import Voice
from bot.values import (
    Day,
    Handle,
    Key,
    Lines,
    Link,
    Md,
    Moment,
    Names,
    Span,
    TimeOfDay,
    Typed,
    Value,
    Word,
)

# Tokens of values: private characters that no file of ours and no platform uses.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_ALONE = re.compile(rf"\s*(?:>\s?)*(?:[-*]\s+|\d+\.\s+)?{_TOKEN.pattern}\s*")
_LEAD = re.compile(r"\s*(?:>\s?)*(?:[-*]\s+|\d+\.\s+)?")

Where = Literal["line", "start", "sentence", "code"]
Render = Callable[[str, Mapping[str, Value]], str]


def slot(name: str) -> str:
    """The token of a value called `name`."""
    return f"{_OPEN}{name}{_CLOSE}"


def fill(template: str, values: Mapping[str, Value], show: Shown) -> str:
    """The text with its values. KeyError names one that is missing."""
    if _OPEN not in template:
        return template
    lines = (_fill_line(line, values, show) for line in template.split("\n"))
    text = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


@dataclass(frozen=True, slots=True)
class Shown:
    """How values look in one voice; `render` says other texts in that same voice."""

    voice: Voice
    render: Render

    def __call__(self, value: Value, where: Where) -> str:
        """The value as Markdown, "" when it is empty."""
        if value is None:
            return ""
        if isinstance(value, str):
            return _typed(value, where)
        if isinstance(value, bool):
            return self.render("yes" if value else "no", {})
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, Day | Moment | TimeOfDay | Span):
            words = self._time(value)
            if isinstance(value, Moment) and self.voice.dates and where != "code":
                return markup.instant(value.instant, words)
            return words
        return self._words(value, where)

    def word(self, name: str, first: str) -> str:
        """The community's own word, or the default."""
        own = self.voice.words.get(name)
        text = _typed(own, "start") if own else self.render(f"word-{name}", {})
        return text[:1].upper() + text[1:] if first == "upper" else text

    def _words(
        self, value: Names | Key | Lines | Md | Typed | Link | Handle | Word, where: Where
    ) -> str:
        match value:
            case Names(names, joiner):
                return self._names(names, joiner, where)
            case Key(key, values):
                return self.render(key, values)
            case Lines(items, mark):
                shown = (self(item, "line") for item in items)
                return "\n".join(_after(mark, text) for text in shown if text)
            case Md(text):
                return markup.unaimed(text.strip("\n"))
            case Typed(text):
                return _typed(text, where)
            case Link(url, label):
                return markup.link(url, label)
            case Handle(platform, number):
                marked = platform == self.voice.accounts and where != "code"
                return markup.account(number) if marked else _typed(number, where)
            case Word(name):
                return self.word(name, "")

    def _names(self, names: tuple[str, ...], joiner: str, where: Where) -> str:
        shown = [_typed(name, "start" if where == "line" else where) for name in names]
        if len(shown) < 2:
            return "".join(shown)
        first, last = Md(", ".join(shown[:-1])), Md(shown[-1])
        return self.render(f"list-{joiner}", {"first": first, "last": last})

    def _number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.voice.language)

    def _time(self, value: Day | Moment | TimeOfDay | Span) -> str:
        from bot.when.format import format_day, format_duration, format_moment, format_time

        language, today = self.voice.language, self.voice.today
        match value:
            case Day(day):
                return format_day(day, language, today=today)
            case Moment(instant):
                return format_moment(instant, self.voice.zone, language=language, today=today)
            case TimeOfDay(at):
                return format_time(at, language)
            case Span(seconds):
                return format_duration(timedelta(seconds=seconds), language)


def _fill_line(line: str, values: Mapping[str, Value], show: Shown) -> str | None:
    if _OPEN not in line:
        return line
    alone = _ALONE.fullmatch(line) is not None
    lead = _LEAD.match(line)
    start = lead[0] if lead else ""
    below = re.sub(r"[-*\d.]", " ", start)
    empty = False

    def replace(found: re.Match[str]) -> str:
        nonlocal empty
        in_code = line[: found.start()].endswith("`") and line[found.end() :].startswith("`")
        within: Where = "start" if found.start() == len(start) else "sentence"
        where: Where = "code" if in_code else "line" if alone else within
        text = _shown(found[1], values, show=show, where=where)
        if alone and ">" not in start and isinstance(values.get(found[1]), Typed):
            text = _after("> ", text)
        empty = empty or not text
        return text.replace("\n", "\n" + below)

    filled = _TOKEN.sub(replace, line)
    return None if empty else filled


def _shown(name: str, values: Mapping[str, Value], *, show: Shown, where: Where) -> str:
    if name.startswith("word:"):
        _, word, first = name.split(":")
        return show.word(word, first)
    return show(values[name], where)


def _typed(text: str, where: Where) -> str:
    if where == "code":
        return markup.escape_code(text)
    return markup.escape(text, inline=where != "line", leading=where == "start")


def _after(mark: str, text: str) -> str:
    """The text behind a mark, its other lines under the first (behind the mark when it quotes)."""
    if not text:
        return text
    below = mark if mark.startswith(">") else " " * len(mark)
    return mark + text.replace("\n", "\n" + below)
