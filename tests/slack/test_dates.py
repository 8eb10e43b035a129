"""Instants on Slack: each reader is shown their own hour, who cannot see it the words [AC-2]."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conversation import plain
from tests.slack.community import community
from tests.slack.screen import Screen

pytestmark = pytest.mark.usefixtures("unthreaded")


@pytest.mark.parametrize("where", ["@copain", "animateurs"], ids=["private", "whispered"])
async def test_an_hour_is_shown_in_the_zone_of_its_reader(tmp_path: Path, where: str) -> None:
    async with community(tmp_path) as made:
        claire = Screen(made, "claire")
        await claire.slash("reglages but Soigner ensemble")
        at = int(made.clock.now().timestamp())
        await claire.slash("registre", where=where)
        shown = claire.sees("Le registre de Demo", where=where)
        dates = [each for each in _elements(shown.blocks) if each.get("type") == "date"]
        assert (dates[0]["timestamp"], plain(str(dates[0]["fallback"]))) == (
            at,
            "lundi 2 mars à 9 h",
        )
        assert "- lundi 2 mars à 9 h · Claire" in plain(shown.text)
        assert "time:" not in json.dumps(shown.blocks) + shown.text


def _elements(shown: object) -> list[dict[str, object]]:
    """Every object within the blocks."""
    if isinstance(shown, list):
        return [each for part in shown for each in _elements(part)]
    if isinstance(shown, dict):
        return [shown, *(each for part in shown.values() for each in _elements(part))]
    return []
