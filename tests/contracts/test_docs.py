"""What people read is true: every name in it exists, and everything that exists is in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typer
from fluent.syntax import FluentParser, ast
from sqlalchemy import text

import commands
from bot.__main__ import app
from bot.content import Content
from bot.parsing import words
from bot.people import Role
from bot.registry import Command, Registry
from bot.texts import Texts
from bot.texts.voice import Voice
from commands.settings.table import SETTINGS
from storage.database import Database
from tests.conversation import plain

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md", *DOCS.rglob("*.md")]
GUIDES = {
    Role.VISITOR: {"fr": "membres", "en": "members"},
    Role.MEMBER: {"fr": "membres", "en": "members"},
    Role.ANIMATOR: {"fr": "animation", "en": "animators"},
    Role.COORDINATOR: {"fr": "coordination", "en": "coordinators"},
}
INSTALLING = {"fr": "installation", "en": "installing"}


def _guide(language: str, name: str) -> str:
    return (DOCS / language / f"{name}.md").read_text("utf-8")


def _rows(page: str) -> list[list[str]]:
    """The tables of a page: what stands in backticks in each of their rows."""
    return [re.findall(r"`([^`]+)`", line) for line in page.splitlines() if line.startswith("| `")]


def _every_command() -> list[Command]:
    return list(Registry.of(commands.load()).commands)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_is_in_the_guide_of_its_role_under_both_names(language: str) -> None:
    missing = []
    for each in _every_command():
        english, french = each.names[0], each.names[1 if len(each.names) > 1 else 0]
        first, second = (french, english) if language == "fr" else (english, french)
        rows = _rows(_guide(language, GUIDES[each.who][language]))
        if [words(first), words(second)] not in [[words(cell) for cell in row[:2]] for row in rows]:
            missing.append((first, second))
    assert not missing


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guides_name_no_command_that_does_not_exist(language: str) -> None:
    known = {tuple(words(name)) for each in _every_command() for name in each.names}
    for name in {guide[language] for guide in GUIDES.values()}:
        page = _guide(language, name)
        # The last table of a guide is that of what one can write.
        rows = _rows(page[page.rindex("\n## ") :])
        assert rows
        assert not [row[:2] for row in rows if not {tuple(words(c)) for c in row[:2]} <= known]


@pytest.mark.parametrize("name", ["fr/installer-slack", "fr/installer-matrix", "en/install-slack",
                                  "en/install-matrix"])  # fmt: skip
def test_what_the_guides_for_installing_tell_to_write_is_a_command(name: str) -> None:
    page = (DOCS / f"{name}.md").read_text("utf-8")
    known = {tuple(words(each)) for one in _every_command() for each in one.names}
    told = re.findall(r"`[/!]copain ([^`]+)`", page) + re.findall(r"`@Copain ([^`]+)`", page)
    assert told
    # A command may be followed by what it is about: `salon discussion`.
    begun = [[tuple(words(each))[:n] for n in (1, 2, 3)] for each in told]
    assert not [each for each in begun if not known & set(each)]


@pytest.mark.parametrize(("language", "name"), [("fr", "coordination"), ("en", "coordinators")])
def test_every_setting_is_explained_under_both_its_names(language: str, name: str) -> None:
    voice = Voice(language, zone=ZoneInfo("America/Toronto"), today=date(2026, 3, 2))
    texts = Texts.load()
    rows = [row[:2] for row in _rows(_guide(language, name))]
    missing = [s.name for s in SETTINGS if [texts.label(s.key, {}, voice), s.name] not in rows]
    assert not missing


def _said(language: str) -> list[re.Pattern[str]]:
    """Every line the bot may say, as a pattern in which each value may be anything."""
    folder = ROOT / "bot" / "locale" / language
    sources = [path.read_text("utf-8") for path in sorted(folder.glob("*.ftl"))]
    entries = [e for source in sources for e in FluentParser().parse(source).body]
    fluent = [_pattern(e.value) for e in entries if isinstance(e, ast.Message) and e.value]
    content = Content(ROOT / "bot" / "content")
    supplied = map(content.text, content.keys())
    plainly = [re.sub(r"\\{\w+\\}", ".*", re.escape(t[language])) for t in supplied if t]
    lines = chain.from_iterable(re.split(r"\\?\n", text) for text in (*fluent, *plainly))
    return [re.compile(plain(line.strip())) for line in lines if re.search(r"[^\W\d_]{3}", line)]


def _pattern(value: ast.Pattern) -> str:
    def shown(element: Any) -> str:
        match element:
            case ast.TextElement():
                return re.escape(element.value).replace("\\\n", "\n")
            case ast.Placeable(expression=ast.SelectExpression(variants=variants)):
                return f"(?:{'|'.join(_pattern(each.value) for each in variants)})"
        return ".*"

    return "".join(map(shown, value.elements))


def _quoted(page: str) -> Iterator[tuple[str, ...]]:
    """Each line and button that a guide shows as words of the bot, and the label of an answer."""
    for line in re.findall(r"^> (?!>)(.+)$", plain(page), re.MULTILINE):
        bare = line.strip().removeprefix("**Copain** · ")
        buttons = re.findall(r"`\[(?:\d+ · )?(.+?)\]`", bare)
        yield from ((each,) for each in buttons)
        if not buttons:
            yield (bare, *re.findall(r"^\*\*(.+)\*\* ?: ", bare))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_guides_quote_is_what_the_bot_says(language: str) -> None:
    said = _said(language)
    invented = [
        each
        for name in {guide[language] for guide in GUIDES.values()}
        for each in _quoted(_guide(language, name))
        if not any(pattern.fullmatch(one) for pattern in said for one in each)
    ]
    assert not invented


def _keys(tree: Any) -> Iterator[str]:
    """Every key of a configuration, at any depth."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _keys(value)
    elif isinstance(tree, list):
        yield from chain.from_iterable(map(_keys, tree))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_key_of_the_configuration_is_on_the_page_about_installing(language: str) -> None:
    rows = _rows(_guide(language, INSTALLING[language]))
    named = {row[0].strip("[]"): set(row[1:]) for row in rows}
    example = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))
    missing = {
        f"{table}.{key}"
        for table, inside in example.items()
        for key in _keys(inside)
        if key not in named.get(table, set())
    }
    assert not missing


def _sub_commands(command: Any, name: str) -> Iterator[str]:
    inside = getattr(command, "commands", {})
    if not inside:
        yield name
    for each, below in inside.items():
        yield from _sub_commands(below, f"{name} {each}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sub_command_is_on_the_page_about_installing_and_no_other(language: str) -> None:
    rows = [row[0] for row in _rows(_guide(language, INSTALLING[language]))]
    told = [name for name in rows if name.startswith("copain ")]
    assert sorted(told) == sorted(_sub_commands(typer.main.get_command(app), "copain"))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        found = target.exists() and ROOT in target.parents
        if found and anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            found = anchor in map(_anchor, headings)
        if not found:
            broken.append(link)
    assert not broken


def test_the_map_names_every_file_of_the_core_and_every_feature() -> None:
    page = (DOCS / "map.md").read_text("utf-8")
    named = set(re.findall(r"`([\w.]+)/?`", page))
    core = {path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py"}
    folders = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    features = {name.partition(".")[0] for name in (*commands.FEATURES, "founding")}
    assert not (core | folders | features) - named - {"__init__"}


def test_what_the_readme_shows_is_what_the_demo_says(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = plain(readme[readme.index("first-month.copain") :].split("```")[1]).splitlines()
    month = (DOCS / "demo" / "first-month.copain").read_text("utf-8").splitlines(keepends=True)
    posted = next(n for n, line in enumerate(month, 1) if "amorce publier" in line)
    script = tmp_path / "script.copain"
    script.write_text("".join(month[:posted]), "utf-8")
    command = [sys.executable, "-m", "bot", "demo", "--script", str(script)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = plain(done.stdout).splitlines()
    assert [line for line in shown if line]
    assert not [line for line in shown if line not in said]


async def test_the_statements_for_a_database_that_needs_help_can_be_typed(
    database: Database,
) -> None:
    page = (DOCS / "operations.md").read_text("utf-8")
    statements = re.findall(r"^(?:SELECT|UPDATE) .+;$", page, re.MULTILINE)
    assert len(statements) == 3
    async with database.session() as session:
        for statement in statements:
            await session.execute(text(statement))


def _steps(page: str) -> Iterator[tuple[str, str]]:
    """File and content of each block of the first recipe of docs/adding-things.md."""
    recipe = page[page.index("\n## A command") : page.index("\n## Something that is kept")]
    for step in re.split(r"^\d+\. ", recipe, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^   ```\w*\n(.*?)^   ```", step, re.MULTILINE | re.DOTALL)
        files = re.findall(r"`([\w/]+\.(?:py|ftl))`", step)
        for file, block in zip(files, blocks, strict=False):
            yield file, re.sub(r"^ {3}", "", block, flags=re.MULTILINE)


def test_a_newcomer_who_types_what_the_page_says_has_a_command(tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("__pycache__", "crash", "bench")
    for name in ("bot", "adapters", "commands", "scheduler", "storage", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    written = dict(_steps((DOCS / "adding-things.md").read_text("utf-8")))
    assert len(written) == 4
    for file, block in written.items():
        (tmp_path / file).write_text(block, "utf-8")
    contents = tmp_path / "commands" / "__init__.py"
    listed = contents.read_text("utf-8").replace("FEATURES = (", 'FEATURES = (\n    "hello",')
    contents.write_text(listed, "utf-8")
    tests = ["test_hello.py", "test_texts.py", "test_help.py"]
    done = _tried(tmp_path, "test_hello or same_keys or same_values or test_help", tests)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    lint = [sys.executable, "-m", "ruff", "check", *[f for f in written if f.endswith(".py")]]
    done = subprocess.run(lint, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # « A forgotten help line fails a test that names the missing key. »
    french = tmp_path / "bot" / "locale" / "fr" / "hello.ftl"
    kept = [x for x in french.read_text("utf-8").splitlines() if not x.startswith("help-")]
    french.write_text("\n".join(kept) + "\n", "utf-8")
    done = _tried(tmp_path, "same_keys or test_help", tests[1:])
    assert done.returncode == 1
    assert "help-hello" in done.stdout


def _tried(folder: Path, chosen: str, files: list[str]) -> subprocess.CompletedProcess[str]:
    found = [str(next((folder / "tests").rglob(name))) for name in files]
    options = ["-q", "-m", "not postgres", "-p", "no:cacheprovider", "-k", chosen]
    command = [sys.executable, "-m", "pytest", *options, *found]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
