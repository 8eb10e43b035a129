"""The same script gives the same score on the terminal and on Matrix (architecture §5)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import played
from tests.real.conftest import People
from tests.real.stage import playing, scored
from tests.real.synapse import Synapse
from tests.scores import on_the_terminal

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
UNDO = """
antoine @dm: amorce publier P38
marie ^2: Le papier.
marie +2 🗑️
antoine ^2: corriger "Qu'est-ce qui vous retient?"
antoine +2 🗑️
antoine @dm: amorce publier P07
antoine [Retirer]
"""

DEMO = Path(__file__).parents[2] / "docs/demo"


def month(name: str) -> str:
    """A month of community life, without two presses that no number stands for: of a button that
    is gone, with the line of its answer, and of one that keeps what a form proposes.
    """
    script = (DEMO / name).read_text()
    script = re.sub(r"antoine \[\w+\] 35\n", "", script).replace("claire +50", "claire +49")
    return re.sub(r"antoine \[(Garder|Keep) .*\]", "antoine @dm: Un gabarit ?", script)


@pytest.mark.parametrize(
    ("script", "lang"),
    [
        pytest.param(JOINS, "fr", id="joins"),
        pytest.param(UNDO, "fr", id="undo"),
        pytest.param(played.RHYTHM, "fr", id="rhythm"),
        pytest.param(played.PROPOSALS + played.PRIVATE, "fr", id="proposals and private"),
        pytest.param(played.PACE, "fr", id="pace"),
        pytest.param(played.HINTS + played.DIGEST, "fr", id="hints and digest"),
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
    expected = scored(await on_the_terminal(tmp_path / "terminal", script, lang), {})
    async with playing(synapse, people, tmp_path, lang=lang) as matrix:
        await matrix.play(script)
        for place, lines in expected.items():
            assert matrix.score.get(place) == lines, place
        assert set(matrix.score) == set(expected)
