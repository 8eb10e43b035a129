"""The same script gives the same score on the terminal and on Slack (architecture §5)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import played
from tests.scores import by_place, on_the_terminal
from tests.slack.stage import playing

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
PRESSES = """
nadia: /copain rejoindre
nadia @dm: Nadia Bélanger
nadia @dm: infirmière
nadia @dm: CLSC du Lac
nadia [Passer]
nadia [☐ J'encadre des personnes de cette communauté]
nadia [Retour]
nadia @dm: J'accompagne les écoles.
nadia [Passer]
claire [Accepter]
ibrahim: @copain problème
ibrahim [2]
ibrahim @dm: Le lien est refusé.
marie: /copain aide
marie: /copain moi
antoine @animateurs: /copain amorce publier P38
marie ^-1: /copain aide
ibrahim ^-1: !copain aide
marie [Transport]
marie [Horaire]
marie @dm: /copain pause jusqu'au 20 mars
"""
DEMO = Path(__file__).parents[2] / "docs/demo"


def slashed(script: str) -> str:
    """The same with a slash before every command that is said in private."""
    known = "amorce|animer|problème|rejoindre|quitter|mes-données|registre|pause|ouvrir|fermer"
    return re.sub(rf"(?m)^(\w+ @dm: )({known})", r"\1/copain \2", script)


@pytest.mark.parametrize(
    ("script", "lang"),
    [
        pytest.param(JOINS, "fr", id="joins"),
        pytest.param(PRESSES, "fr", id="presses"),
        pytest.param(
            slashed((DEMO / "first-month.copain").read_text()), "fr", id="month with slashes"
        ),
        pytest.param((DEMO / "first-month.en.copain").read_text(), "en", id="month in English"),
        # What differs from the two above is which of its forms open in windows.
        pytest.param(
            (DEMO / "first-month.copain").read_text(), "fr", id="month", marks=pytest.mark.soak
        ),
    ],
)
async def test_a_script_says_the_same_on_the_terminal_and_on_slack(
    tmp_path: Path, unthreaded: None, script: str, lang: str
) -> None:
    windows = await same(tmp_path, script, lang)
    assert windows


@pytest.mark.parametrize(
    ("script", "windows"),
    [
        pytest.param(played.RHYTHM, 0, id="rhythm"),
        pytest.param(played.PROPOSALS + played.PRIVATE, 5, id="proposals and private"),
        pytest.param(played.PACE, 0, id="pace"),
        pytest.param(played.HINTS + played.DIGEST, 2, id="hints and digest"),
    ],
)
async def test_rhythm_and_care_say_the_same_on_the_terminal_and_on_slack(
    tmp_path: Path, unthreaded: None, script: str, windows: int
) -> None:
    assert await same(tmp_path, script, "fr") == windows


async def same(tmp_path: Path, script: str, lang: str) -> int:
    """Plays it on both, and finds no difference; returns how many windows opened."""
    expected = by_place(await on_the_terminal(tmp_path / "terminal", script, lang), {})
    async with playing(tmp_path, lang=lang) as slack:
        await slack.play(script)
        found = by_place(slack.made.ears.score, slack.names)
        for place, lines in expected.items():
            assert found.get(place) == lines, place
        assert set(found) == set(expected)
        called = slack.made.workspace.called
        assert [each for each in called if not (each.answer or {}).get("ok")] == []
        return len(slack.made.workspace.calls("views.open"))
