"""`copain backup` and `copain restore`, as somebody types them (contracts §2)."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import SystemClock
from bot.events import Account
from storage import erasures
from storage.database import Database
from storage.people import AccountRow, PersonRow

SECRET = b"7" * 32
CONFIG = """
[matrix]
homeserver = "https://matrix.example.org"
user_id = "@copain:example.org"
store = "{store}"
[[communities]]
slug = "nord"
name = "Nord"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one person, its secrets beside its configuration."""
    for name in ("LC_ALL", "LC_MESSAGES", "COPAIN_SECRET", "COPAIN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    home = installed(tmp_path / "home")
    (home / "keys").mkdir()
    (home / "keys" / "session.json").write_text(
        '{"user_id": "@copain:example.org", "device_id": "D", "access_token": "syt_token"}'
    )
    assert main(["db", "upgrade", "--config", str(home / "config.toml")]) == 0

    async def settle() -> None:
        database = Database.open(f"sqlite+aiosqlite:///{home / 'copain.db'}")
        async with database.session() as session:
            session.add(PersonRow(id=1, name="Marie"))
            await session.flush()
            session.add(AccountRow(platform="matrix", tenant="x", external="@m:x", person_id=1))
        await database.close()

    asyncio.run(settle())
    return home


def installed(home: Path) -> Path:
    """A folder with a configuration, an `.env`, and nothing else."""
    home.mkdir()
    (home / "config.toml").write_text(CONFIG.format(store=home / "keys"), "utf-8")
    (home / ".env").write_text(
        f"COPAIN_SECRET={base64.b64encode(SECRET).decode()}\n"
        "MATRIX_PASSWORD=correct-horse\n"
        f"COPAIN_DATABASE_URL=sqlite+aiosqlite:///{home / 'copain.db'}\n"
    )
    return home


def typed(words: list[str], home: Path) -> int:
    return main([*words, "--config", str(home / "config.toml")])


def test_what_was_backed_up_is_restored_and_told_in_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert typed(["backup", str(tmp_path / "copy")], home) == 0
    out = capsys.readouterr()
    assert out.err == ""
    assert out.out.startswith(
        f"Sauvegarde faite\u00a0: {tmp_path / 'copy'}. Lignes\u00a0: 2; fichiers\u00a0: 2"
    )
    assert str(home / ".env") in out.out
    there = installed(tmp_path / "there")
    assert typed(["restore", str(tmp_path / "copy")], there) == 0
    out = capsys.readouterr()
    assert out.err == ""
    assert "erasures.txt" in out.out, "without a newer list, that is said"
    assert "remise en place et vérifiée. Lignes\u00a0: 2" in out.out.splitlines()[-1]
    assert (there / "copain.db").exists()
    assert "syt_token" not in (there / "keys" / "session.json").read_text()


def test_no_byte_of_a_backup_holds_a_secret(home: Path, tmp_path: Path) -> None:
    assert typed(["backup", str(tmp_path / "copy")], home) == 0
    secrets = [b"syt_token", b"correct-horse", SECRET, base64.b64encode(SECRET)]
    found = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert {path.name for path in found} == {"copain.db", "manifest.json", "session.json"}
    assert not [each for each in secrets for path in found if each in path.read_bytes()]


def test_a_list_of_erasures_from_elsewhere_is_heeded(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(["backup", str(tmp_path / "copy")], home) == 0
    after = SystemClock().now() + timedelta(seconds=1)
    digest = erasures.digest_of(Account("matrix", "x", "@m:x"), SECRET)
    erasures.append(tmp_path / "kept.txt", {digest: after})
    there = installed(tmp_path / "there")
    assert typed(["db", "upgrade"], there) == 0, "prepared, and still empty"
    words = ["restore", str(tmp_path / "copy"), "--erasures", str(tmp_path / "kept.txt")]
    capsys.readouterr()
    assert typed(words, there) == 0
    assert "Une personne effacée depuis" in capsys.readouterr().out
    assert erasures.listed(there / erasures.LIST) == {digest: after}


@pytest.mark.parametrize(
    "case", ["occupied", "nothing", "secret", "another secret", "list", "no backup"]
)
def test_what_cannot_be_done_is_told_in_one_line_and_changes_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    assert typed(["backup", str(tmp_path / "copy")], home) == 0
    there = installed(tmp_path / "there")
    before = sorted(path.name for path in there.iterdir())
    capsys.readouterr()
    words = ["restore", str(tmp_path / "copy")]
    if case == "occupied":
        assert typed(words, home) == 1
    elif case == "nothing":
        assert typed(["backup", str(tmp_path / "other")], there) == 1
        assert not (tmp_path / "other.part").exists()
    elif case == "secret":
        env = there / ".env"
        env.write_text(env.read_text().partition("\n")[2])
        assert typed(words, there) == 1
    elif case == "another secret":
        fresh = base64.b64encode(b"8" * 32).decode()
        env = there / ".env"
        env.write_text(f"COPAIN_SECRET={fresh}\n" + env.read_text().partition("\n")[2])
        digest = erasures.digest_of(Account("matrix", "x", "@m:x"), SECRET)
        erasures.append(tmp_path / "kept.txt", {digest: SystemClock().now()})
        assert typed([*words, "--erasures", str(tmp_path / "kept.txt")], there) == 1
        assert sorted(path.name for path in there.iterdir()) == before
        assert typed(words, there) == 0, "without a list there is nothing to recognise"
        return
    elif case == "list":
        assert typed([*words, "--erasures", str(tmp_path / "none.txt")], there) == 1
    else:
        assert typed(["restore", str(tmp_path)], there) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert sorted(path.name for path in there.iterdir()) == before
