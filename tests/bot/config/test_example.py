"""The example is a configuration, it shows every key, and it explains each in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast
from pydantic import BaseModel

from bot.config import Config, load

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config.example.toml"
LOCALE = ROOT / "bot/locale"


def models(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str]]:
    """Every key that a file may hold: its dotted path without numbers, and its own name."""
    for name, field in model.model_fields.items():
        if field.exclude:
            continue
        key = str(field.validation_alias or name)
        yield f"{path}{key}", key
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from models(kind, f"{path}{key}.")


def written(table: Any, path: str = "") -> Iterator[str]:
    if isinstance(table, Mapping):
        for key, value in table.items():
            yield f"{path}{key}"
            yield from written(value, f"{path}{key}.")
    elif isinstance(table, list):
        for item in table:
            yield from written(item, path)


def test_the_example_is_a_configuration() -> None:
    config = load(EXAMPLE, {})
    assert config.slack
    assert config.matrix
    assert config.web
    assert config.communities[0].slug == "epiter"


def test_the_example_shows_every_key_and_its_values_are_the_defaults() -> None:
    raw = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert {path for path, _ in models(Config)} - set(written(raw)) == set()
    config, plain = load(EXAMPLE, {}), Config()
    assert (config.bot, config.limits) == (plain.bot, plain.limits)


@pytest.mark.parametrize(("path", "key"), list(models(Config)))
def test_every_key_is_explained_in_french_and_in_english(path: str, key: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    table, _, _ = path.rpartition(".")
    comments = explained(text)
    # Keys of an inline table are explained with it, by name where a name needs it.
    comment = comments.get(path) or comments.get(table)
    if path in {"bot", "limits"}:  # their keys tell
        return
    assert comment, f"{path} has no comment in config.example.toml"
    french, english = comment
    assert len(french) > 8, path
    assert len(english) > 8, path
    if path not in comments:
        assert re.search(rf"\b{key}\b", french + english), f"{path} is not named in the comment"


def explained(text: str) -> dict[str, tuple[str, str]]:
    """The comments (French, English) above each key, by dotted path."""
    found: dict[str, tuple[str, str]] = {}
    table, above = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            above.append(line)
            continue
        if match := re.match(r"\[+([\w.]+)\]+$", line):
            table = path = match[1]
        elif match := re.match(r"(\w+) =", line):
            path = f"{table}.{match[1]}"
        else:
            path = ""
        block = re.fullmatch(r"(?s)# FR : (.+)\n# EN : (.+)", "\n".join(above))
        if path and block:
            found[path] = (block[1], block[2])
        above = []
    return found


def patterns(language: str) -> dict[str, set[str]]:
    """Every message of config.ftl with the names of its values."""
    resource = FluentParser().parse((LOCALE / language / "config.ftl").read_text("utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, ast.Junk)]
    return {
        entry.id.name: set(re.findall(r"\$(\w+)", FluentSerializer().serialize_entry(entry)))
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


def slugs() -> set[str]:
    """The ends of text keys that the sources of the configuration name."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "bot/config").glob("*.py"))
    named = set(re.findall(r"(?:wrong|fault|_twice)\(\s*\"([a-z-]+)\"", sources))
    named |= set(re.findall(r"config-(?:fault|cure)-([a-z-]+)\"", sources))
    named |= set(re.findall(r"_matching\(.*?, \"([a-z-]+)\"\)", sources))
    return named | set(re.findall(r"_address\(.*\"([a-z-]+)\"\)", sources))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fault_has_its_problem_and_its_cure(language: str) -> None:
    texts = set(patterns(language)) - {"config-fault-line", "config-fault-line-empty"}
    assert texts == {f"config-{part}-{slug}" for slug in slugs() for part in ("fault", "cure")}


def test_both_languages_use_the_same_values() -> None:
    assert patterns("fr") == patterns("en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_text_asks_only_for_what_its_fault_gives(language: str) -> None:
    given = {
        "toml": {"line", "column"},
        "env": {"line"},
        "unknown": {"nearest", "allowed"},
        "secret": {"variables"},
        "type": {"expected"},
        "choice": {"nearest", "allowed"},
        "zone": {"nearest"},
        "holiday": {"nearest", "allowed"},
        "form-long": {"n", "most"},
        "slug-twice": {"other"},
        "space-twice": {"other"},
        "space-id": {"platform"},
        "word": {"word"},
        "setting": {"setting"},
        "seal": {"n"},
        "no-secret": {"table"},
    }
    for name, asked in patterns(language).items():
        slug = re.sub(r"config-(fault|cure)-", "", name)
        if not slug.startswith("line"):
            assert asked <= given.get(slug, set()), name
