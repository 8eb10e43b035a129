"""The folder of a demo is for one process at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from storage.lock import alone_on


def test_a_folder_that_another_demo_plays_in_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    script, folder = tmp_path / "script.copain", tmp_path / "demo"
    script.write_text("marie: bonjour\n", "utf-8")
    folder.mkdir()
    with alone_on(folder / "copain.db"):
        assert main(["demo", "--data", str(folder), "--script", str(script)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "tourne déjà" in told.err
    assert not (folder / "copain.db").exists()
    assert main(["demo", "--data", str(folder), "--script", str(script)]) == 0
