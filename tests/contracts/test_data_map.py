"""The map of data can be read aloud: every declaration has its words [PV-3]."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.texts import Texts, Voice
from commands.privacy import data_map_lines
from storage.privacy import data_map
from storage.tables import known


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_declaration_says_why_how_long_and_who_sees(language: str) -> None:
    texts = Texts.load()
    missing = {
        key for _, _, *keys in data_map(known()) for key in keys if not texts.has(key, language)
    }
    assert sorted(missing) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_has_a_line_for_every_column_that_knows_a_person(language: str) -> None:
    texts = Texts.load()
    voice = Voice(language, zone=ZoneInfo("UTC"), today=date(2026, 3, 2))
    lines = data_map_lines(texts, voice)
    assert len(lines) == len(known())
    assert any(line.startswith("membership.person") for line in lines)
    assert not any("{" in line for line in lines)
