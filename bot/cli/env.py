"""The file `.env` as `copain init` fills it: for its owner alone, and nothing in it is replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bot.cli.asking import agreed
from bot.cli.words import Words


def seal(path: Path, given: Mapping[str, str], words: Words) -> None:
    """Adds what it does not hold: a COPAIN_SECRET there opens what is sealed already."""
    known = text_of(path)
    fresh = {name: value for name, value in given.items() if not holds(known, name)}
    file = {"file": str(path)}
    if "COPAIN_SECRET" not in fresh:
        print(words.plain("cli-init-secret-kept", file))
    names = ", ".join(fresh)
    if not fresh or (known and not agreed("cli-init-add", {**file, "names": names}, words)):
        return
    path.touch(mode=0o600)
    path.chmod(0o600)
    before = known if not known or known.endswith("\n") else known + "\n"
    lines = [f"{name}={_in_env(value)}\n" for name, value in fresh.items()]
    path.write_text(before + "".join(lines), "utf-8")
    for name in fresh:
        key = "cli-init-sealed" if name == "COPAIN_SECRET" else "cli-init-secret-added"
        print(words.plain(key, {**file, "name": name}))


def text_of(path: Path) -> str:
    """What the file says, "" where there is none."""
    return path.read_text("utf-8") if path.exists() else ""


def holds(env: str, name: str) -> bool:
    """Whether a value stands there under that name."""
    return bool(re.search(rf"(?m)^\s*(?:export\s+)?{name}\s*=\s*\S", env))


def _in_env(value: str) -> str:
    """A value as python-dotenv reads it back: between apostrophes nothing is special but them."""
    if re.fullmatch(r"[\w+/=.-]+", value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
