"""Fluent messages of one language, understood one by one.

Fluent decides variants and plurals and writes numbers; every other value leaves as a token, filled
in later (`bot.texts.filling`), where it is known what surrounds it. Only `bot.texts.catalogue`
imports this file, at the first text: the library brings Babel and costs 0.2 s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType
from fluent.syntax import FluentParser, ast

from bot.texts.filling import slot
from bot.texts.sources import family
from bot.typography import Region, french
from bot.values import Value

_STAND_IN = "\ue000"


class _Slot(FluentType):
    """A value Fluent only carries. As a selector it is its own plain text, « none » when empty."""

    def __init__(self, name: str, value: Value) -> None:
        self.name = name
        self.chosen = _selector(value)

    def __eq__(self, other: object) -> bool:
        return self.chosen == other

    def __hash__(self) -> int:
        return hash(self.chosen)

    def format(self, locale: Locale) -> str:
        return slot(self.name)


@dataclass(slots=True)
class Messages:
    """The messages of one language as one region sets them in type."""

    sources: Mapping[str, str]
    language: str
    region: Region
    _bundle: FluentBundle = field(init=False)
    _known: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self._bundle = FluentBundle([self.language], functions={"WORD": _word}, use_isolating=False)

    def template(self, key: str, values: Mapping[str, Value]) -> str:
        """The message with tokens for its values. KeyError (the reason) when it cannot be said."""
        if key not in self._known:
            self._learn(key)
        pattern = self._bundle.get_message(key).value
        assert pattern is not None
        arguments = {name: _argument(name, value) for name, value in values.items()}
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise KeyError(str(errors[0]))
        return str(text)

    def _learn(self, key: str) -> None:
        parser = FluentParser(with_spans=False)
        entries: list[ast.EntryType] = []
        for name in family(self.sources, key) - self._known:
            entry = parser.parse_entry(self.sources[name])
            if not isinstance(entry, ast.Message | ast.Term) or entry.value is None:
                raise ValueError(f"{name} is not a Fluent message")
            if self.language == "fr":
                _set_in_type(entry.value, self.region)
            entries.append(entry)
            self._known.add(name)
        self._bundle.add_resource(ast.Resource(entries))


def _set_in_type(pattern: ast.Pattern, region: Region) -> None:
    """French typography over a whole pattern, so that a rule sees across its placeholders."""
    placeables = [one for one in pattern.elements if isinstance(one, ast.Placeable)]
    joined = "".join(
        one.value if isinstance(one, ast.TextElement) else _STAND_IN for one in pattern.elements
    )
    pieces = [ast.TextElement(text) for text in french(joined, region).split(_STAND_IN)]
    elements: list[ast.TextElement | ast.Placeable] = [pieces[0]]
    for placeable, piece in zip(placeables, pieces[1:], strict=True):
        elements += [placeable, piece]
        if isinstance(placeable.expression, ast.SelectExpression):
            for variant in placeable.expression.variants:
                _set_in_type(variant.value, region)
    pattern.elements = [
        one for one in elements if not isinstance(one, ast.TextElement) or one.value
    ]


def _argument(name: str, value: Value) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _Slot(name, value)


def _selector(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "none"
    return value if isinstance(value, str) else type(value).__name__.lower()


def _word(name: str, first: str = "") -> FluentType:
    """WORD("prompt"), or WORD("prompt", first: "upper") at the beginning of a sentence."""
    return _Slot(f"word:{name}:{first}", name)
