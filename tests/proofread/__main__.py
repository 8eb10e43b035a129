"""Grammalecte reads every French text of the program: `make proofread`.

Prints each finding with its file and key, and exits 1 when one is left that exceptions.toml does
not explain. Grammalecte is a Debian program, so this is no part of `make test`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.proofread.collect import Text, collect

ROOT = Path(__file__).parents[2]
READER = "grammalecte-cli"
# Québec's spaces and the apostrophes are settled by bot.typography, which has tests of its own.
OPTIONS_OFF = ("apos", "esp", "nbsp", "nf", "typo", "unit")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader doubts: `rule` is "spelling" or the name of its rule."""

    text: Text
    rule: str
    words: str
    advice: str

    def __str__(self) -> str:
        return f"{self.text.file}: {self.text.key}: {self.rule}: « {self.words} » {self.advice}"


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What the reader may doubt without being right: known words, and rules with their places."""

    words: frozenset[str]
    patterns: tuple[str, ...]
    rules: tuple[dict[str, str], ...]

    def cover(self, finding: Finding) -> bool:
        """Whether this finding was looked at by a person and found to be good French."""
        if finding.rule == "spelling":
            return finding.words.casefold() in self.words or any(
                re.fullmatch(pattern, finding.words) for pattern in self.patterns
            )
        return any(
            re.fullmatch(rule["rule"], finding.rule)
            and re.fullmatch(rule.get("text", ".*"), finding.words, re.IGNORECASE)
            and re.search(rule.get("at", ""), f"{finding.text.file}: {finding.text.key}")
            for rule in self.rules
        )


def main() -> int:
    """Exit code: 0 when nothing is left to look at."""
    if not shutil.which(READER):
        print(f"proofread: {READER} is missing: sudo apt install {READER}", file=sys.stderr)
        return 1
    texts = collect(ROOT)
    print(f"proofread: {READER} reads {len(texts)} French texts")
    exceptions = load_exceptions(Path(__file__).with_name("exceptions.toml"))
    left = [finding for finding in read(texts) if not exceptions.cover(finding)]
    for finding in left:
        print(finding)
    print(f"proofread: {len(left)} left to look at")
    return 1 if left else 0


def load_exceptions(path: Path) -> Exceptions:
    """The exceptions of a file; each group of them must carry a reason."""
    groups = tomllib.loads(path.read_text("utf-8"))
    for group in [*groups.get("words", []), *groups.get("rules", [])]:
        if not group.get("reason"):
            message = f"{path.name}: an exception without a reason: {group}"
            raise ValueError(message)
    known = groups.get("words", [])
    words = {word.casefold() for group in known for word in group.get("words", [])}
    patterns = [pattern for group in known for pattern in group.get("patterns", [])]
    return Exceptions(frozenset(words), tuple(patterns), tuple(groups.get("rules", [])))


def read(texts: list[Text]) -> Iterator[Finding]:
    """All findings, in the order of the texts; the reader is started once."""
    lines = [(text, paragraph) for text in texts for paragraph in text.paragraphs]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.txt")
        path.write_text("".join(f"{line}\n" for _, line in lines), "utf-8")
        command = [READER, "-f", str(path), "-j", "-ctx", "-owe", "-wss", "-off", *OPTIONS_OFF]
        answer = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    for paragraph in json.loads(answer)["data"]:
        text, _ = lines[paragraph["iParagraph"] - 1]
        yield from _grammar(text, paragraph["lGrammarErrors"])
        yield from _spelling(text, paragraph["lSpellingErrors"])


def _grammar(text: Text, errors: list[dict[str, Any]]) -> Iterator[Finding]:
    for error in errors:
        rule = error["sRuleId"].partition("__")[2] or error["sRuleId"]
        better = ", ".join(error["aSuggestions"][:3])
        advice = f"{error['sMessage']} [{error['sBefore'][-30:]}_{error['sAfter'][:20].rstrip()}]"
        yield Finding(
            text, rule, error["sUnderlined"], f"{advice} → {better}" if better else advice
        )


def _spelling(text: Text, errors: list[dict[str, Any]]) -> Iterator[Finding]:
    for error in errors:
        yield Finding(text, "spelling", error["sValue"], ", ".join(error["aSuggestions"][:3]))


if __name__ == "__main__":
    sys.exit(main())
