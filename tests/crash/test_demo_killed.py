"""Killed at any moment and continued, a demo tells the same story [RE-2, contracts §4].

Each case begins from a snapshot of the never-killed run, is killed by SIGKILL at one moment of one
line, is continued to that line's end, and is then compared with the never-killed run: the whole
transcript, and every row of every table.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crash import player

ROOT = Path(__file__).parents[2]
MONTH = ROOT / "docs" / "demo" / "first-month.copain"
RHYTHM = Path(__file__).with_name("rhythm.copain")
# How many lines are drawn, beside how many of the heaviest.
TRIED = {MONTH: (12, 6), RHYTHM: (2, 6)}
SEED = 20260322
# Half of a case was starting Python, twice. The never-killed run has a process and a hash seed of
# its own: what depended on the order of a set would still be seen.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([player.__name__])


@dataclass(frozen=True)
class Reference:
    """The run that nobody killed: its folder, a snapshot before each line, moments per line."""

    script: Path
    folder: Path
    snapshots: Path
    moments: dict[int, int]

    @property
    def lines(self) -> list[int]:
        return sorted(self.moments)

    def after(self, line: int) -> Path:
        """The folder as it stood after that line."""
        following = [each for each in self.lines if each > line]
        return self.snapshots / str(following[0]) if following else self.folder


def run(script: Path, folder: Path, *arguments: str, killed: bool = False) -> dict[str, Any]:
    """One process of the player; with `killed` it must have died of SIGKILL."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.crash.player", str(folder), str(script), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if killed:
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        return {}
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def forked(script: Path, folder: Path, *arguments: str, status: int = 0) -> None:
    """One process of the player, forked where all was imported, which must end with this status."""
    ours, theirs = FORKS.Pipe(duplex=False)
    with ours:
        process = FORKS.Process(
            target=player.report, args=(theirs, [str(folder), str(script), *arguments])
        )
        process.start()
        theirs.close()
        process.join(120)
        assert process.exitcode == status


@pytest.fixture(scope="session")
def played_once() -> dict[Path, Reference]:
    """What `reference` has played: pytest itself would play it anew for each pair of parameters."""
    return {}


@pytest.fixture
def reference(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    played_once: dict[Path, Reference],
) -> Reference:
    """A script played once, with a snapshot before each line."""
    script: Path = request.param
    if script not in played_once:
        played_once[script] = _played(script, tmp_path_factory)
    return played_once[script]


def _played(script: Path, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("reference")
    snapshots = tmp_path_factory.mktemp("snapshots")
    found = run(script, folder / "run", "--snapshots", str(snapshots))
    moments = {int(line): n for line, n in found["moments"].items() if line != "0"}
    return Reference(script, folder / "run", snapshots, moments)


def transcript(folder: Path) -> str:
    """What a chat server would hold."""
    return (folder / "platform" / "transcript.jsonl").read_text(encoding="utf-8")


def rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in order."""
    connection = sqlite3.connect(f"file:{folder / 'copain.db'}?mode=ro", uri=True)
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
            for name in names
        }
    finally:
        connection.close()


def check(reference: Reference, line: int, moment: int, folder: Path) -> None:
    """Kills at that moment, continues, and compares."""
    shutil.copytree(reference.snapshots / str(line), folder)
    kill = ("--kill-line", str(line), "--kill-at", str(moment))
    forked(reference.script, folder, *kill, status=-signal.SIGKILL)
    forked(reference.script, folder, "--until", str(line))
    expected = reference.after(line)
    assert transcript(folder) == transcript(expected), f"line {line}, moment {moment}"
    assert rows(folder) == rows(expected), f"line {line}, moment {moment}"


def cases(reference: Reference) -> list[tuple[int, int]]:
    """Some lines drawn and the heaviest, each with a moment drawn within it."""
    draw = random.Random(SEED)
    many, heavy = TRIED[reference.script]
    heaviest = sorted(reference.lines, key=lambda line: -reference.moments[line])[:heavy]
    others = [line for line in reference.lines if line not in heaviest]
    drawn = draw.sample(others, min(many, len(others)))
    return [(line, draw.randint(1, reference.moments[line])) for line in [*heaviest, *drawn]]


@pytest.mark.parametrize(
    ("reference", "case"),
    [(script, case) for script, numbers in TRIED.items() for case in range(sum(numbers))],
    indirect=["reference"],
    ids=lambda each: each.stem if isinstance(each, Path) else str(each),
)
def test_a_killed_run_continued_tells_the_same_story(
    reference: Reference, tmp_path: Path, case: int
) -> None:
    tried = cases(reference)
    assert len(tried) == sum(TRIED[reference.script])
    line, moment = tried[case]
    check(reference, line, moment, tmp_path / "run")


@pytest.mark.parametrize("reference", [MONTH], indirect=True, ids=["month"])
def test_a_run_killed_in_its_middle_and_played_to_the_end_is_whole(
    reference: Reference, tmp_path: Path
) -> None:
    line = reference.lines[len(reference.lines) // 2]
    folder = tmp_path / "run"
    folder.mkdir()
    # The tokens of parcels are made with it, and they are the keys of the transcript.
    shutil.copy(reference.folder / "secret", folder / "secret")
    run(MONTH, folder, "--kill-line", str(line), "--kill-at", "2", killed=True)
    run(MONTH, folder)
    assert transcript(folder) == transcript(reference.folder)


@pytest.mark.soak
@pytest.mark.parametrize("reference", [*TRIED], indirect=True, ids=["month", "rhythm"])
def test_every_line_killed_at_a_drawn_moment(reference: Reference, tmp_path: Path) -> None:
    draw = random.Random(SEED + 1)
    for line in reference.lines:
        check(reference, line, draw.randint(1, reference.moments[line]), tmp_path / str(line))
