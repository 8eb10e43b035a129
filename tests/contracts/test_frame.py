"""The frame of the repository keeps its word: pins, addresses, reasons, tasks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIREMENTS = ("requirements.txt", "requirements-test.txt")


def _pinned(name: str) -> dict[str, str]:
    """Package name to its pin and hashes, one line each."""
    joined = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return {re.split(r"[\[=]", line, maxsplit=1)[0]: line for line in lines}


def _wanted(requirement: str) -> str:
    name = re.split(r"[\[<>=!;, ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_registry_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(
        r"://|--(index|extra-index|find-links|trusted)|^\s*-e|^[./]", text, re.MULTILINE
    )


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    loose = [p for p, line in _pinned(name).items() if "==" not in line or "--hash=" not in line]
    assert _pinned(name)
    assert not loose


def test_every_dependency_of_the_project_is_pinned() -> None:
    groups = PROJECT["dependency-groups"]
    wanted = {_wanted(r) for r in PROJECT["project"]["dependencies"] + groups["build"]}
    assert wanted <= _pinned("requirements.txt").keys()
    assert wanted | {_wanted(r) for r in groups["test"]} <= _pinned("requirements-test.txt").keys()


def test_tests_run_on_the_very_versions_that_are_shipped() -> None:
    shipped, tested = (_pinned(name) for name in REQUIREMENTS)
    assert {p: line.split()[0] for p, line in shipped.items()} == {
        p: line.split()[0] for p, line in tested.items() if p in shipped
    }


def test_every_lint_exclusion_carries_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split("[tool.ruff.lint]")[1].split("\nignore = [", 1)[1].split("\n]", 1)[0]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    bare = [line.strip() for line in lines if "#" not in line]
    assert lines
    assert not bare


@pytest.mark.parametrize(
    "task", ["setup", "demo", "test", "check", "proofread", "bench", "soak", "help"]
)
def test_the_makefile_explains_each_promised_task(task: str) -> None:
    assert re.search(rf"^{task}:.* ## \w", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
