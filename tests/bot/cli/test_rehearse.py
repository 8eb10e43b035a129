"""`copain rehearse`, as somebody types it (contracts §2)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.conversation import conversation

CONFIG = """
[bot]
language = "{language}"
[[communities]]
slug = "nord"
name = "Nord"
state = "open"
coordinators = ["terminal:claire"]
[[communities.spaces]]
platform = "terminal"
id = "general"
use = "discussion"
"""

# Nobody answers at these addresses, and no secret opens anything there.
PLATFORMS = """
[slack]
mode = "socket"
[matrix]
homeserver = "https://matrix.invalid"
user_id = "@copain:matrix.invalid"
"""


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the copies of this test alone are: others run beside it."""
    for name in ("LC_ALL", "LC_MESSAGES", "COPAIN_SECRET", "COPAIN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The folder of a demo where somebody has just been accepted."""
    folder = tmp_path / "demo"

    async def played() -> None:
        async with conversation(folder) as talk:
            await talk.play(
                "nadia @dm: rejoindre\nnadia @dm: Nadia Roy\nnadia @dm: infirmière\n"
                "nadia @dm: CLSC\nnadia @dm: apprendre\nnadia @dm: passer\nclaire [Accepter]"
            )

    asyncio.run(played())
    return folder


def test_people_read_when_where_and_what_and_no_member_s_name(
    demo: Path, temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _sums(demo)
    assert main(["rehearse", "--data", str(demo)]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Répétition, Demo : ce qui partirait du lundi 2 mars au lundi 30 mars." in told
    assert "· dans general ·" in told
    assert "· en privé, à une personne · " in told
    # A welcome is for a room to read; what she alone would read is not repeated here.
    assert "Étape 1" not in told
    assert "Messages privés par membre" in told
    assert "Plafond : " in told
    assert _sums(demo) == before
    assert list(temporary.iterdir()) == []


def test_json_is_one_line_a_message_and_one_of_the_load(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rehearse", "--days", "14", "--json", "--data", str(demo)]) == 0
    *messages, load = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert messages
    assert {each["type"] for each in messages} == {"message"}
    private = [each["audience_id"] for each in messages if each["audience"] == "person"]
    assert load["type"] == "load"
    assert load["members"] == 6
    assert {who: each["count"] for who, each in load["people"].items()} == {
        who: private.count(who) for who in private
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_database_that_is_not_there_is_told_kindly_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.format(language=language), "utf-8")
    assert main(["rehearse", "--config", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "copain run" in told.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.toml", "temporary"]


def test_wrong_usage_ends_with_2_and_an_unknown_community_with_1(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rehearse", "--days", "0", "--data", str(demo)]) == 2
    assert main(["rehearse", "--days", "beaucoup", "--data", str(demo)]) == 2
    assert main(["rehearse", "--days", "1", "--community", "sud", "--data", str(demo)]) == 1
    assert "Connues : demo" in capsys.readouterr().err.replace("\u00a0", " ")
    assert main(["rehearse", "--data", str(demo / "nothing")]) == 1


def test_a_configured_database_is_rehearsed_while_the_bot_runs_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.lock import alone_on

    path, kept = tmp_path / "config.toml", tmp_path / "copain.db"
    path.write_text(CONFIG.format(language="en") + PLATFORMS, "utf-8")
    monkeypatch.setenv("COPAIN_DATABASE_URL", f"sqlite+aiosqlite:///{kept}")
    assert main(["db", "upgrade", "--config", str(path)]) == 0
    capsys.readouterr()
    with alone_on(kept):
        assert main(["rehearse", "--config", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Rehearsal, Nord: what would be sent from" in told


def _sums(folder: Path) -> dict[str, str]:
    # Whoever reads a database last takes its WAL away; what is in it stays.
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".db-wal", ".db-shm")
    }
