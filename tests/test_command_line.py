"""The program `copain`, as somebody types it (contracts §2, §4)."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.cli import init
from bot.cli.words import Words, language_of
from bot.clock import SystemClock
from bot.config import load
from commands.founding import adopt
from storage.database import Database

ROOT = Path(__file__).parents[1]
CONFIG = """
[bot]
timezone = "Europe/Paris"
command = "robot"
[slack]
[[communities]]
slug = "nord"
name = "Nord"
coordinators = ["terminal:zoe", "slack:U012ABC"]
state = "open"
spaces = [
  {platform = "terminal", id = "general", use = "discussion"},
  {platform = "slack", id = "C0123456", use = "discussion"},
]
"""


@pytest.fixture(autouse=True)
def _french(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = ("COPAIN_SECRET", "COPAIN_DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    for name in ("LC_ALL", "LC_MESSAGES", *secret):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")


def typed(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Standard input that is no terminal."""
    raw = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))


def script(folder: Path, text: str) -> str:
    """A file of instructions."""
    path = folder / "script.copain"
    path.write_text(text, "utf-8")
    return str(path)


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["demo"],
        ["run"],
        ["check"],
        ["init"],
        ["slack-manifest"],
        ["data-map"],
        ["db"],
        ["db", "upgrade"],
        ["backup"],
        ["restore"],
    ],
    ids=" ".join,
)
def test_every_command_has_help_in_the_readers_language(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([*words, "--help"]) == 0
    assert "Utilisation" in capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")
    assert main([*words, "--help"]) == 0
    assert "Usage:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["dmeo"], ["demo", "--dta", "x"], ["demo", "--lang", "de"], ["db"],
              ["demo", "--transcript"]], ids=" ".join
)  # fmt: skip
def test_wrong_usage_is_told_in_one_line_with_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_help_is_there_without_any_heavy_library() -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['--help']);"
        "print(sorted({'sqlalchemy', 'pydantic', 'rich', 'prompt_toolkit', 'fluent', 'babel',"
        " 'yaml', 'alembic'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "[]"


def test_both_languages_of_the_help_say_the_same_things() -> None:
    words = tomllib.loads((ROOT / "bot" / "content" / "cli.toml").read_text("utf-8"))
    assert {g: set(texts) for g, texts in words["fr"].items()} == {
        g: set(texts) for g, texts in words["en"].items()
    }


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_CA.UTF-8", "LC_ALL": ""}, "fr"),
    ],
)
def test_the_locale_chooses_english_and_all_else_is_french(
    env: dict[str, str], language: str
) -> None:
    assert language_of(env) == language


def test_a_script_twice_on_a_fresh_state_prints_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(tmp_path, "marie @dm: allo\n# rien\nmarie [1]\n@skip 1d\nlea: bonjour\n")
    assert main(["demo", "--json", "--script", path]) == 0
    first = capsys.readouterr()
    assert main(["demo", "--json", "--script", path]) == 0
    assert capsys.readouterr().out == first.out
    assert [line["done"] for line in lines(first.out) if "done" in line] == [1, 3, 4, 5]
    folder = Path(first.err.strip())
    assert folder.is_absolute()
    assert not folder.exists()


def test_a_continued_folder_skips_what_it_did_and_goes_on_with_the_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    path = script(tmp_path, "marie: un\n")
    assert main(["demo", "--json", "--data", data, "--script", path]) == 0
    path = script(tmp_path, "marie: un\nlea: deux\n")
    capsys.readouterr()
    assert main(["demo", "--json", "--data", data, "--script", path]) == 0
    found = capsys.readouterr()
    assert found.err == ""
    assert [line.get("n", line.get("done")) for line in lines(found.out)] == [2, 2]
    path = script(tmp_path, "marie: autre chose\nlea: deux\n")
    assert main(["demo", "--json", "--data", data, "--script", path]) == 2
    assert capsys.readouterr().err.startswith("Ligne 1")


def test_lines_of_standard_input_are_never_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        typed(monkeypatch, "marie: un\n")
        assert main(["demo", "--json", "--data", str(tmp_path)]) == 0
    found = lines(capsys.readouterr().out)
    assert [line.get("n", line.get("done")) for line in found] == [1, 1, 2, 1]


@pytest.mark.parametrize(
    "line", ["bonjour", "@as marie", "marie [Rien]", "zoe -1", "marie: \udcff", "marie ^4: x"]
)
def test_a_line_that_cannot_be_carried_out_ends_the_script_with_its_number(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"marie: avant\n\n{line}\nmarie: jamais\n"
    typed(monkeypatch, text.encode("utf-8", "surrogateescape"))
    assert main(["demo", "--json"]) == 2
    found = capsys.readouterr()
    assert found.err.splitlines()[-1].startswith("Ligne 3")
    assert [each["text"] for each in lines(found.out) if "text" in each] == ["avant"]


def test_the_transcript_is_printed_and_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(tmp_path, "marie @dm: allo\nmarie: bonjour\n")
    data = tmp_path / "data"
    main(["demo", "--json", "--data", str(data), "--script", path])
    said = [line for line in lines(capsys.readouterr().out) if "n" in line]
    before = {each: each.stat().st_mtime_ns for each in data.rglob("*")}
    assert main(["demo", "--transcript", "--data", str(data)]) == 0
    assert lines(capsys.readouterr().out) == said
    assert {each: each.stat().st_mtime_ns for each in data.rglob("*")} == before
    assert main(["demo", "--transcript", "--data", str(tmp_path / "none")]) == 1


def test_a_folder_that_began_in_english_goes_on_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "marie @dm: help\nibrahim @dm: aide\n")
    assert main(["demo", "--lang", "en", "--json", "--data", str(tmp_path)]) == 0
    typed(monkeypatch, "marie @dm: help\nnadia @dm: help\n")
    assert main(["demo", "--json", "--data", str(tmp_path)]) == 0
    said = [each for each in lines(capsys.readouterr().out) if each.get("by") == "copain"]
    assert ["voici" in each["text"].lower() for each in said] == [False, True, False, False]


def test_without_json_a_script_is_shown_to_human_eyes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "marie @dm: allo\nlea: oui\nmarie ^-1: merci\n")
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert "— lundi 2 mars —" in out.replace("\u00a0", " ")
    assert "[1]\u00a0Que dois-je savoir?" in out
    assert "      merci" in out
    assert "\x1b" not in out


def test_a_configuration_is_played_with_its_clock_and_its_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    typed(monkeypatch, "zoe: /robot aide\n")
    assert main(["demo", "--json", "--config", str(path)]) == 0
    said = lines(capsys.readouterr().out)
    assert said[0]["at"] == "2026-03-02T09:00:00+01:00"
    assert said[1]["place"] == "dm:zoe"
    assert {each.name for each in tmp_path.iterdir()} == {"config.toml"}, "its database is closed"


def test_a_file_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--script", str(tmp_path / "none")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_run_says_every_fault_at_once_and_then_that_no_platform_is_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("[slack]\n", "").replace("slug", "slog"), "utf-8")
    assert main(["run", "--config", str(path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    path.write_text(CONFIG.replace("[slack]\n", ""), "utf-8")
    assert main(["run", "--config", str(path)]) == 1
    assert "COPAIN_SECRET" in capsys.readouterr().err
    monkeypatch.setenv("COPAIN_SECRET", "A" * 43 + "=")
    assert main(["run", "--config", str(path)]) == 1
    assert "Aucune plateforme" in capsys.readouterr().err


def test_init_writes_what_check_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    answers = 'fr\nLa "nôtre"\n\nEurope/Pari\nEurope/Paris\nailleurs\nterminal\nclaire\n'
    typed(monkeypatch, f"{answers}terminal:claire\n\n\n")
    assert main(["init", "--config", str(path)]) == 0
    written = tomllib.loads(path.read_text("utf-8"))
    assert written["bot"]["timezone"] == "Europe/Paris"
    assert written["communities"][0]["name"] == 'La "nôtre"'
    assert written["communities"][0]["slug"] == "la-notre"
    env = tmp_path / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    secret = env.read_text("utf-8").partition("=")[2].strip()
    assert secret not in capsys.readouterr().out
    typed(monkeypatch, "non\n")
    before = path.read_bytes(), env.read_bytes()
    assert main(["init", "--config", str(path)]) == 0
    assert (path.read_bytes(), env.read_bytes()) == before
    capsys.readouterr()
    assert main(["check", "--config", str(path)]) == 1
    out = capsys.readouterr().out
    assert "Secrets" in out
    assert secret not in out
    assert "aucun espace de discussion" in out


MATRIX_ANSWERS = "fr\nNord\n\n\nmatrix\n@claire:localhost:1\n\n\n"


def test_init_asks_where_matrix_is_and_keeps_the_password_out_of_sight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, env = tmp_path / "config.toml", tmp_path / ".env"
    rooms = "!a:localhost !b:localhost\n!team\n!team:localhost\n"
    password = "l'été \\ #1"
    typed(monkeypatch, f"{MATRIX_ANSWERS}nulle part\n\n@robot:localhost:1\n{rooms}{password}\n")
    assert main(["init", "--config", str(path)]) == 0
    out = capsys.readouterr().out
    assert "[https://localhost:1]" in out
    assert password not in out
    found = load(path, {})
    assert found.matrix is not None
    assert (found.matrix.homeserver, found.matrix.user_id) == (
        "https://localhost:1",
        "@robot:localhost:1",
    )
    uses = [(space.id, space.use) for space in found.communities[0].spaces]
    assert uses == [
        ("!a:localhost", "discussion"),
        ("!b:localhost", "discussion"),
        ("!team:localhost", "animators"),
    ]
    assert found.secrets.matrix_password is not None
    assert found.secrets.matrix_password.reveal() == password
    assert found.secrets.copain_secret is not None
    assert env.stat().st_mode & 0o777 == 0o600
    assert password not in path.read_text("utf-8")


def test_init_takes_what_the_server_says_of_itself_and_a_token(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    words = Words("en", now=SystemClock().now())
    typed(monkeypatch, f"{MATRIX_ANSWERS}\n\n\n\n\nsyt_token\n")
    told = {"localhost:1": "https://matrix.example"}
    init.run(path, words, look_up=told.get)
    found = load(path, {})
    assert found.matrix is not None
    assert found.matrix.homeserver == "https://matrix.example"
    assert found.secrets.matrix_access_token is not None
    assert found.secrets.matrix_password is None
    assert "syt_token" not in capsys.readouterr().out


def test_init_for_matrix_needs_no_more_than_the_account_of_the_coordinator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    (tmp_path / ".env").write_text("COPAIN_PROXY=\nMATRIX_PASSWORD=kept", "utf-8")
    typed(monkeypatch, f"{MATRIX_ANSWERS}\n\n\n\noui\n")
    init.run(path, Words("fr", now=SystemClock().now()), look_up=lambda server: "no address")
    found = load(path, {})
    assert found.matrix is not None
    assert found.matrix.homeserver == "https://localhost:1"
    assert found.communities[0].spaces == ()
    assert found.secrets.matrix_password is not None
    assert found.secrets.matrix_password.reveal() == "kept"
    assert found.secrets.copain_secret is not None
    assert "Mot de passe" not in capsys.readouterr().out


BOT_TOKEN, APP_TOKEN = "xoxb-1234567890-abc", "xapp-1-A0COPAIN-1234567890"
SLACK_ANSWERS = "fr\nNord\n\n\nslack\nU0CLAIRE\n\n\n"


def test_init_for_slack_takes_links_and_keeps_the_tokens_out_of_sight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, env = tmp_path / "config.toml", tmp_path / ".env"
    channels = "c0pratique, https://nord.slack.com/archives/C0VEILLE\nanimation\nG0ANIME\n"
    typed(monkeypatch, f"{SLACK_ANSWERS}{channels}{BOT_TOKEN}\n{APP_TOKEN}\n")
    assert main(["init", "--config", str(path)]) == 0
    out = capsys.readouterr().out
    assert "copain slack-manifest" in out
    assert "communities.0.spaces.2.id" in out, "a name is no id"
    assert BOT_TOKEN not in out
    assert APP_TOKEN not in out
    found = load(path, {})
    assert found.slack is not None
    assert found.matrix is None
    assert [str(ref) for ref in found.communities[0].coordinators] == ["slack:U0CLAIRE"]
    assert [(space.id, space.use) for space in found.communities[0].spaces] == [
        ("C0PRATIQUE", "discussion"),
        ("C0VEILLE", "discussion"),
        ("G0ANIME", "animators"),
    ]
    assert found.secrets.slack_bot_token is not None
    assert found.secrets.slack_bot_token.reveal() == BOT_TOKEN
    assert found.secrets.slack_app_token is not None
    assert found.secrets.slack_app_token.reveal() == APP_TOKEN
    assert env.stat().st_mode & 0o777 == 0o600
    assert "xoxb" not in path.read_text("utf-8")


def test_init_asks_again_for_a_token_in_the_place_of_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    wrong = ["xoxp-1-of-a-person", "xoxe.xoxb-1-expiring", "half"]
    tried = [APP_TOKEN, *wrong, BOT_TOKEN, BOT_TOKEN, ""]
    typed(monkeypatch, SLACK_ANSWERS + "\n\n" + "\n".join(tried) + "\n")
    assert main(["init", "--config", str(path)]) == 0
    out = capsys.readouterr().out
    for said in ("C’est le jeton de l’app", "d’une personne", "expire", "pas un jeton entier"):
        assert said in out
    assert "C’est le jeton du robot" in out
    assert not [token for token in tried if token and token in out]
    found = load(path, {})
    assert found.secrets.slack_bot_token is not None
    assert found.secrets.slack_bot_token.reveal() == BOT_TOKEN
    assert found.secrets.slack_app_token is None
    assert "mettez SLACK_APP_TOKEN dans" in out


def test_init_for_both_platforms_asks_who_coordinates_on_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    profile = "https://nord.slack.com/team/U0CLAIRE"
    typed(monkeypatch, f"fr\nNord\n\n\nLes deux\n{profile}\n@claire:localhost:1\n")
    init.run(path, Words("fr", now=SystemClock().now()), look_up=lambda server: None)
    found = load(path, {})
    assert found.slack is not None
    assert found.matrix is not None
    coordinators = [str(ref) for ref in found.communities[0].coordinators]
    assert coordinators == ["slack:U0CLAIRE", "@claire:localhost:1"]


def test_the_manifest_is_that_of_the_configuration_and_in_its_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace('name = "Nord"', 'name = "Nord"\nlanguage = "en"'), "utf-8")
    assert main(["slack-manifest", "--config", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    features = json.loads(captured.out)["features"]
    assert features["bot_user"]["display_name"] == "Robot"
    (command,) = features["slash_commands"]
    assert command["command"] == "/robot"
    assert command["usage_hint"].startswith("help")
    assert main(["slack-manifest", "--config", str(tmp_path / "none.toml")]) == 1


def test_there_is_a_manifest_before_there_is_a_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["slack-manifest"]) == 0
    captured = capsys.readouterr()
    (command,) = json.loads(captured.out)["features"]["slash_commands"]
    assert command["command"] == "/copain"
    assert command["usage_hint"].startswith("aide")
    assert len(captured.err.splitlines()) == 1, "and says for what it is"
    assert list(tmp_path.iterdir()) == []


def test_init_without_the_answers_it_needs_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "fr\n")
    assert main(["init", "--config", str(tmp_path / "config.toml")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_looked_at_and_brought_forward(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("[slack]\n", ""), "utf-8")
    url = f"sqlite+aiosqlite:///{tmp_path / 'copain.db'}"
    monkeypatch.setenv("COPAIN_DATABASE_URL", url)
    assert main(["db", "current", "--config", str(path)]) == 0
    assert not (tmp_path / "copain.db").exists()
    assert main(["db", "upgrade", "--config", str(path)]) == 0
    assert main(["db", "current", "--config", str(path)]) == 0
    assert "à jour" in capsys.readouterr().out.splitlines()[-1]
    monkeypatch.setenv("COPAIN_DATABASE_URL", "sqlite+aiosqlite:////nowhere/copain.db")
    assert main(["db", "upgrade", "--config", str(path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_check_lists_the_connections_without_their_passwords(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    url = "postgresql+asyncpg://copain:tres-secret@127.0.0.1:1/copain"
    monkeypatch.setenv("COPAIN_DATABASE_URL", url)
    assert main(["check", "--config", str(path)]) == 1
    out = capsys.readouterr().out
    assert "Connexion prévue\u00a0: https://slack.com/api/" in out
    assert "127.0.0.1:1" in out
    assert "tres-secret" not in out


def test_check_counts_the_rooms_that_were_taken_up_in_chat(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    url = f"sqlite+aiosqlite:///{tmp_path / 'copain.db'}"
    monkeypatch.setenv("COPAIN_DATABASE_URL", url)
    monkeypatch.setenv("COPAIN_SECRET", "A" * 43 + "=")
    path.write_text(CONFIG.replace("[slack]\n", ""), "utf-8")
    assert main(["db", "upgrade", "--config", str(path)]) == 0

    async def taken_up() -> None:
        database = Database.open(url)
        (community,) = load(path, {}).communities
        async with database.begin() as tx:
            await adopt(tx, community, now=SystemClock().now())
        await database.close()

    asyncio.run(taken_up())
    bare = CONFIG.replace("[slack]\n", "").partition("spaces = [")[0]
    path.write_text(bare, "utf-8")
    assert main(["check", "--config", str(path)]) == 0
    assert "aucun espace de discussion" not in capsys.readouterr().out
    monkeypatch.setenv("COPAIN_DATABASE_URL", url.replace("copain.db", "other.db"))
    assert main(["check", "--config", str(path)]) == 1
    assert "aucun espace de discussion" in capsys.readouterr().out


def test_the_data_map_names_every_table_that_knows_a_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["data-map"]) == 0
    out = capsys.readouterr().out
    assert "account.person_id" in out


def test_check_knows_the_settings_that_chat_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + "[communities.settings]\nnonesuch = 3\n", "utf-8")
    assert main(["check", "--config", str(path)]) == 1
    assert "communities.0.settings.nonesuch" in capsys.readouterr().out


def test_what_the_program_writes_is_for_who_runs_it_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    script = tmp_path / "nothing.copain"
    script.write_text("# rien\n")
    assert main(["demo", "--data", str(folder), "--script", str(script)]) == 0
    kept = [each for each in folder.rglob("*") if each.is_file()]
    assert kept
    assert not [each for each in kept if each.stat().st_mode & 0o077]
