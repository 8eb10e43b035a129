"""Every command is explained in every language: its line, its example, its arguments [CO-7]."""

from __future__ import annotations

import pytest

import commands
from bot.registry import Registry
from bot.texts import Texts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_has_its_help_line_its_example_and_its_arguments(language: str) -> None:
    texts = Texts.load()
    needed = []
    for each in Registry.of(commands.load()).commands:
        needed.append(f"help-{each.key}")
        needed += [f"example-{each.key}"] if each.args else []
        needed += [arg.key for arg in each.args]
    assert not [key for key in needed if not texts.has(key, language)]
