"""The same script gives the same score on the terminal and on Matrix (architecture §5)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.dispatch import Done
from bot.events import Event
from bot.speaking import ScoreLine
from tests.conversation import conversation
from tests.real.conftest import People
from tests.real.stage import playing, scored
from tests.real.synapse import Synapse

JOINS = """
nadia @dm: aide
nadia [Demander à entrer]
nadia @dm: Nadia Bélanger
nadia @dm: infirmière
nadia @dm: CLSC du Lac
nadia @dm: passer
nadia @dm: passer
claire [Accepter]
@skip 1m
nadia [Qui voit quoi?]
nadia [Lire la charte]
nadia [J'ai lu et j'accepte]
"""


DEMO = Path(__file__).parents[2] / "docs/demo"


def month(name: str) -> str:
    """A month of community life, without two presses that no number stands for: of a button that
    is gone, with the line of its answer, and of one that keeps what a form proposes.
    """
    script = (DEMO / name).read_text()
    script = re.sub(r"antoine \[\w+\] 35\n", "", script).replace("claire +50", "claire +49")
    return re.sub(r"antoine \[(Garder|Keep) .*\]", "antoine @dm: Un gabarit ?", script)


async def on_the_terminal(folder: Path, script: str, lang: str) -> dict[str, list[Any]]:
    score: list[ScoreLine] = []
    async with conversation(folder, lang=lang) as talk:
        house = talk.house

        async def hear(event: Event) -> Any:
            outcome = await house.dispatch(event)
            if isinstance(outcome, Done):
                score.extend(outcome.score)
            return outcome

        house.listen(hear)
        talk.stage.bot = Listening(house, hear)
        await talk.play(script)
    return scored(score, {})


class Listening:
    """A house whose every event goes by `hear`."""

    def __init__(self, house: Any, hear: Any) -> None:
        self.house, self.hear = house, hear

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)


@pytest.mark.parametrize(
    ("script", "lang"),
    [
        pytest.param(JOINS, "fr", id="joins"),
        pytest.param(month("first-month.copain"), "fr", id="month"),
        # Its words are rendered by the same keys; what differs is looked at in the long runs.
        pytest.param(
            month("first-month.en.copain"), "en", id="month in English", marks=pytest.mark.soak
        ),
    ],
)
async def test_a_script_says_the_same_on_the_terminal_and_on_matrix(
    synapse: Synapse, people: People, tmp_path: Path, script: str, lang: str
) -> None:
    expected = await on_the_terminal(tmp_path / "terminal", script, lang)
    async with playing(synapse, people, tmp_path, lang=lang) as matrix:
        await matrix.play(script)
        for place, lines in expected.items():
            assert matrix.score.get(place) == lines, place
        assert set(matrix.score) == set(expected)
