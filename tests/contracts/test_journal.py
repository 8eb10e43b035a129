"""Every act that is written in the journal can be read there in both languages [CO-4]."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.texts import Texts

COMMANDS = Path(__file__).parents[2] / "commands"
# The changes a platform tells of a space, from `f"space-{change}"` in commands/spaces.py.
SPOKEN_BY_PLATFORMS = {"space-archived", "space-deleted"}


def acts() -> set[str]:
    """The literal act of every call of a journal's `note` or `_note`."""
    found = set(SPOKEN_BY_PLATFORMS)
    for path in COMMANDS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            base = getattr(getattr(node.func, "value", None), "id", "")
            if name not in ("note", "_note") or base == "observation":
                continue
            # communities.note(session, community, act, …), or note(call, act, …).
            place = 2 if base == "communities" else 1
            if len(node.args) > place:
                act = node.args[place]
                if isinstance(act, ast.Constant) and isinstance(act.value, str):
                    found.add(act.value)
    return found


def test_acts_are_found_in_the_code() -> None:
    assert {"accept", "role", "state", "prompt-post"} <= acts()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_act_has_its_words(language: str) -> None:
    texts = Texts.load()
    assert sorted(act for act in acts() if not texts.has(f"journal-{act}", language)) == []
