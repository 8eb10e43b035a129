"""The shipped scripts: a month of community life, in French and in English (scenario 16)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = {
    "fr": ROOT / "docs" / "demo" / "first-month.copain",
    "en": ROOT / "docs" / "demo" / "first-month.en.copain",
}
# Little words that only one of the two languages has.
ENGLISH = re.compile(r"\b(the|you|your|and|with|this|what|will)\b", re.IGNORECASE)
FRENCH = re.compile(r"\b(le|les|des|vous|votre|avec|est|une|pour)\b", re.IGNORECASE)


def played(lang: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--lang", lang, "--json", "--script", SCRIPTS[lang]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module", params=["fr", "en"])
def month(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A language, and what its script printed."""
    return request.param, played(request.param)


def lines(printed: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in printed.splitlines()]
    return [line for line in found if "n" in line]


def test_the_script_prints_only_json_lines_and_the_same_bytes_twice(
    month: tuple[str, str],
) -> None:
    lang, printed = month
    for line in printed.splitlines():
        assert isinstance(json.loads(line), dict)
    assert played(lang) == printed


def test_nothing_in_the_month_went_wrong(month: tuple[str, str]) -> None:
    _, printed = month
    said = [line["text"] for line in lines(printed) if line["by"] == "copain"]
    assert not any("n’a pas marché" in text or "went wrong" in text for text in said)
    assert all(text or line["removes"] for line, text in _said(printed))


def _said(printed: str) -> list[tuple[dict[str, Any], str]]:
    return [(line, line["text"]) for line in lines(printed) if line["by"] == "copain"]


def test_the_month_shows_every_step_of_community_life(month: tuple[str, str]) -> None:
    _, printed = month
    kinds = [line["kind"] for line, _ in _said(printed)]
    for kind in ("farewell", "form", "card", "question", "welcome", "charter", "prompt", "guide",
                 "synthesis", "bundle"):  # fmt: skip
        assert kind in kinds, kind
    # Good Friday and Easter Monday: nothing that the bot starts by itself.
    quiet = {"2026-04-03", "2026-04-06"}
    started = [line["at"][:10] for line, _ in _said(printed) if line["started_by"] == "bot"]
    assert started
    assert not quiet & set(started)


def test_everybody_reads_their_own_language(month: tuple[str, str]) -> None:
    lang, printed = month
    other = {"fr": "lea", "en": "ibrahim"}[lang]
    foreign = {"fr": ENGLISH, "en": FRENCH}
    typed = "\n".join(line["text"] for line in lines(printed) if line["by"] != "copain")
    for line, text in _said(printed):
        # What people typed is repeated in the language in which they typed it.
        ours = "\n".join(part for part in text.splitlines() if part.lstrip("> ") not in typed)
        reads = {"fr": "en", "en": "fr"}[lang] if line["place"] == f"dm:{other}" else lang
        assert not foreign[reads].search(ours), (reads, ours)


def test_no_more_than_one_bundle_a_day_and_one_post_a_day(month: tuple[str, str]) -> None:
    _, printed = month
    days = [(line["place"], line["at"][:10]) for line, _ in _said(printed)
            if line["kind"] == "bundle"]  # fmt: skip
    assert len(days) == len(set(days))
    greeted = [line["at"][:10] for line, _ in _said(printed)
               if line["kind"] == "welcome" and line["place"] == "general" and not line["edits"]
               and not line["removes"]]  # fmt: skip
    assert len(greeted) == len(set(greeted))
