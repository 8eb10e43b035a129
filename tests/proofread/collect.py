"""Every French text that people read, from wherever it is kept, ready for a proofreader.

A proofreader wants sentences: placeholders get a stand-in of the right kind, the marks of Markdown
go, and the typography that the program applies at load (`bot.typography`) is applied here too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from fluent.syntax import FluentParser, ast

from bot.typography import french

# A block of code.
_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
# A line break inside a paragraph: not after a line that is one placeholder, nor before a list item,
# a quotation, a table row, a heading or an empty line.
_WRAP = re.compile(r"(?<!\}|\n)\n(?![ \t]*(?:[-*•>|#]|\d+[.)]|$))[ \t]*", re.MULTILINE)

Patterns = dict[str, ast.Pattern]


@dataclass(frozen=True, slots=True)
class Text:
    """One French text: its file, its key in that file, and the paragraphs people read."""

    file: str
    key: str
    paragraphs: tuple[str, ...]


def collect(root: Path) -> list[Text]:
    """All French texts under `root`, in the order of their files."""
    locale, content, docs = root / "bot/locale/fr", root / "bot/content", root / "docs/fr"
    found: list[tuple[Path, str, str]] = []
    sources = {path: path.read_text("utf-8") for path in sorted(locale.rglob("*.ftl"))}
    patterns = fluent_patterns("\n".join(sources.values()))
    for path, source in sources.items():
        found += [(path, key, text) for key, text in from_fluent(source, patterns)]
    for path in sorted(content.rglob("*.yaml")):
        tree = yaml.safe_load(path.read_text("utf-8"))
        found += [(path, key, text) for key, text in from_yaml(tree)]
    # Of the TOML there, the help of the command line is what people read.
    for path in sorted(content.rglob("cli.toml")):
        tree = tomllib.loads(path.read_text("utf-8"))
        found += [(path, key, text) for key, text in from_yaml(tree)]
    for path in sorted([*content.rglob("*.fr.md"), *docs.rglob("*.md")]):
        found += [(path, key, text) for key, text in from_markdown(path.read_text("utf-8"))]
    if (readme := root / "README.md").exists():
        french_half = readme.read_text("utf-8").partition("\n## English")[0]
        found += [(readme, key, text) for key, text in from_markdown(french_half)]
    texts = (
        Text(path.relative_to(root).as_posix(), key, paragraphs(text)) for path, key, text in found
    )
    return [text for text in texts if text.paragraphs]


def fluent_patterns(source: str) -> Patterns:
    """What other texts may refer to: each message and term (`-name`) that has a text."""
    return {_name(entry): entry.value for entry in _entries(source) if entry.value}


def from_fluent(source: str, patterns: Patterns) -> Iterator[tuple[str, str]]:
    """Key and text of each message, term and attribute; a text with choices comes once per choice.

    `KEY[other]` is the text as it reads when a choice named `other` is taken.
    """
    for entry in _entries(source):
        if entry.value:
            yield from _spoken(_name(entry), entry.value, patterns)
        for attribute in entry.attributes:
            yield from _spoken(f"{_name(entry)}.{attribute.id.name}", attribute.value, patterns)


def from_yaml(tree: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Key and text of all that is French: under `fr`, under `…_fr`, or beside its `…_en`."""
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            name = item.get("id", index) if isinstance(item, dict) else index
            yield from from_yaml(item, f"{key}[{name}]")
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if name in {"placeholders", "words"}:  # notes for translators; words that are typed
                continue
            path = f"{key}.{name}".lstrip(".")
            if name == "fr" or str(name).endswith("_fr") or f"{name}_en" in tree:
                yield from _leaves(value, path)
            else:
                yield from from_yaml(value, path)


def from_markdown(source: str) -> Iterator[tuple[str, str]]:
    """Line number and text of each block, without code."""
    without_code = _CODE.sub(lambda found: "\n" * found[0].count("\n"), source)
    line = 1
    for block in re.split(r"(\n\s*\n)", without_code):
        if block.strip():
            yield f"line {line}", block
        line += block.count("\n")


def paragraphs(text: str) -> tuple[str, ...]:
    """What a reader sees: one string per paragraph, item or cell, typeset, with stand-ins."""
    joined = _WRAP.sub(" ", text.strip())
    cells = chain.from_iterable(_cells(line) for line in joined.splitlines())
    return tuple(plain for plain in map(_plain, cells) if re.search(r"[^\W\d_]{2}", plain))


def _entries(source: str) -> list[ast.Message | ast.Term]:
    body = FluentParser().parse(source).body
    return [entry for entry in body if isinstance(entry, ast.Message | ast.Term)]


def _name(entry: ast.Message | ast.Term) -> str:
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else str(entry.id.name)


def _spoken(key: str, pattern: ast.Pattern, patterns: Patterns) -> Iterator[tuple[str, str]]:
    choices = dict.fromkeys(_choices(pattern)) or {"": None}
    for choice in choices:
        yield f"{key}[{choice}]" if choice else key, _written(pattern, choice, patterns)


def _choices(pattern: ast.Pattern) -> Iterator[str]:
    for element in pattern.elements:
        if isinstance(element, ast.Placeable) and isinstance(
            element.expression, ast.SelectExpression
        ):
            for variant in element.expression.variants:
                yield _variant(variant)
                yield from _choices(variant.value)


def _variant(variant: ast.Variant) -> str:
    key = variant.key
    return str(key.name if isinstance(key, ast.Identifier) else key.value)


def _written(pattern: ast.Pattern, choice: str, patterns: Patterns) -> str:
    return "".join(_element(element, choice, patterns) for element in pattern.elements)


def _element(element: Any, choice: str, patterns: Patterns) -> str:
    match element:
        case ast.TextElement():
            return str(element.value)
        case ast.Placeable():
            return _element(element.expression, choice, patterns)
        case ast.SelectExpression():
            named = [v for v in element.variants if _variant(v) == choice]
            taken = named or [v for v in element.variants if v.default]
            return _written(taken[0].value, choice, patterns)
        case ast.StringLiteral() | ast.NumberLiteral():
            return str(element.parse()["value"])
        case ast.VariableReference():
            return stand_in(element.id.name, choice)
        case ast.FunctionReference():
            return _called(element, choice, patterns)
        case ast.TermReference():
            return _referred(f"-{element.id.name}", choice, patterns)
        case ast.MessageReference():
            return _referred(element.id.name, choice, patterns)
        case _:
            return ""


def _called(call: ast.FunctionReference, choice: str, patterns: Patterns) -> str:
    arguments = [_element(value, choice, patterns) for value in call.arguments.positional]
    if call.id.name != "WORD":  # the others shape a value
        return "".join(arguments[:1])
    word = _referred(f"word-{arguments[0]}", choice, patterns)
    return word[:1].upper() + word[1:] if call.arguments.named else word


def _referred(name: str, choice: str, patterns: Patterns) -> str:
    pattern = patterns.get(name)
    # A term of another file stands for a name; choices of the referring text are not its own.
    return _written(pattern, choice, {}) if pattern else stand_in(name, choice)


_KINDS = (
    (
        r"n|n_\w+|n[A-Z]\w*|\w*count|more|value|value_pct|\w*(?:jours|days|number|total)|version",
        "12",
    ),
    (r"\w*date\w*|start|end|since|until|\w*when|\w*asked_on|next|day|jour", "12 mars"),
    (r"time|hour|heure|at|from|to|plages", "13 h 30"),
    (r"time_\w+|\w+_time|hours|duration|duree|temps_\w+|delay", "30 minutes"),
    (r"external_report|found|counted|admin_reads|purpose|raison_\w+|rapport_\w+", "C'est ainsi."),
    (r"url|link|links|lien", "https://exemple.org"),
)


def stand_in(name: str, choice: str = "") -> str:
    """What stands for the value `name`: a number, a date, a sentence or somebody's name."""
    for pattern, value in _KINDS:
        if re.fullmatch(pattern, name):
            singular = value == "12" and choice in {"one", "0", "1"}
            return "1" if singular else value
    return "Camille"


def _leaves(tree: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield key, tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from _leaves(value, f"{key}.{name}")
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _leaves(value, f"{key}[{index}]")


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    return stripped.strip("|").split("|") if stripped.startswith("|") else [stripped]


def _plain(text: str) -> str:
    text = re.sub(r"\{\{?\s*\$?(\w+)\s*\}?\}", lambda found: stand_in(found[1]), text)
    text = re.sub(r"<!--.*?-->|!?\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", text)
    text = re.sub(r"`[^`]*`", "Camille", text)  # what is typed is not prose
    text = re.sub(r"^\s*(?:[-*•>]|#+|\d+[.)])\s+|\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", text)
    text = re.sub(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]", "", text)  # emoji and arrows
    return french(re.sub(r"\s+", " ", text).strip())
