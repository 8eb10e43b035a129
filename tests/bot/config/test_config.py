"""A configuration is read whole, refused whole, and never shows a secret."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.config import (
    AccountRef,
    Bot,
    Community,
    Config,
    FormField,
    Rate,
    WorkingHours,
    load,
    missing_secrets,
    unknown_settings,
)
from bot.errors import ConfigError, Fault

SEAL = base64.b64encode(bytes(range(32))).decode()
COMMUNITY = '[[communities]]\nslug = "epiter"\nname = "Épidémiologie"\n'


def write(folder: Path, toml: str, env: str | None = None) -> Path:
    if env is not None:
        (folder / ".env").write_text(env, "utf-8")
    path = folder / "config.toml"
    path.write_text(toml, "utf-8")
    return path


def faults(path: Path, env: Mapping[str, str] | None = None) -> dict[str, Fault]:
    with pytest.raises(ConfigError) as caught:
        load(path, env or {})
    return {fault.key: fault for fault in caught.value.faults}


def problem(folder: Path, line: str, *, top: str = "") -> tuple[str, str, str | None]:
    """The key, problem and found value of the only fault of a community with this line."""
    ((key, fault),) = faults(write(folder, top + COMMUNITY + line)).items()
    assert fault.cure == fault.problem.replace("-fault-", "-cure-")
    return key.removeprefix("communities.0."), fault.problem[len("config-fault-") :], fault.found


def test_the_shortest_configuration_is_a_community_with_its_defaults(tmp_path: Path) -> None:
    config = load(write(tmp_path, COMMUNITY), {})
    (community,) = config.communities
    assert (config.slack, config.matrix, config.web) == (None, None, None)
    assert config.limits.per_person == Rate(40)
    assert (community.join, community.state, community.mode) == ("closed", "preparation", "launch")
    assert community.form[0] == FormField("profession")
    assert community.form[3] == FormField("hopes", required=False)
    assert (community.working_hours.start, community.summary.at) == (time(8, 30), time(9))


def test_values_are_what_the_program_uses(tmp_path: Path) -> None:
    lines = """
timezone = "America/Montreal"
holidays = ["CA-QC", 2026-09-30, "2026-10-01"]
coordinators = ["slack:U012ABC", "@claire:example.org"]
animators = ["terminal:antoine", "slack:U012ABC"]
launched = 2025-09-08
working_hours = {from = "09:00", to = 17:00:00}
spaces = [{platform = "terminal", id = "general", use = "discussion"}]
[communities.settings]
welcome = false
"""
    (community,) = load(write(tmp_path, COMMUNITY + lines), {}).communities
    assert community.timezone == "America/Toronto"
    assert community.holidays == ("CA-QC", "2026-09-30", "2026-10-01")
    assert community.roles == {
        AccountRef("slack", "U012ABC"): "coordinator",
        AccountRef("matrix", "@claire:example.org"): "coordinator",
        AccountRef("terminal", "antoine"): "animator",
    }
    assert [str(one) for one in community.animators] == ["terminal:antoine", "slack:U012ABC"]
    assert community.launched == date(2025, 9, 8)
    assert (community.working_hours.start, community.working_hours.end) == (time(9), time(17))
    assert community.settings == {"welcome": False}


def test_a_community_takes_after_the_bot_unless_it_says_otherwise(tmp_path: Path) -> None:
    other = '[[communities]]\nslug = "b"\nname = "B"\nlanguage = "fr"\n'
    bot = '[bot]\nlanguage = "en"\ntimezone = "Europe/Paris"\n'
    first, second = load(write(tmp_path, bot + COMMUNITY + other), {}).communities
    assert (first.language, first.timezone) == ("en", "Europe/Paris")
    assert (second.language, second.timezone) == ("fr", "Europe/Paris")


def test_a_world_can_be_built_in_python_and_never_changed() -> None:
    config = Config(
        bot=Bot(language="en"),
        communities=(
            Community(
                slug="demo", name="Demo", working_hours=WorkingHours(start=time(9), end=time(17))
            ),
        ),
    )
    assert config.communities[0].language == "en"
    with pytest.raises(ValidationError):
        config.communities[0].name = "other"  # type: ignore[misc]  # what is being tested


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('languge = "fr"', ("languge", "unknown", '"fr"')),
        ('join = "half"', ("join", "choice", '"half"')),
        ('mode = "crisis"', ("mode", "choice", '"crisis"')),
        ('state = "opened"', ("state", "choice", '"opened"')),
        ('external_report = "all"', ("external_report", "choice", '"all"')),
        ('timezone = "America/Chicoutimi"', ("timezone", "zone", '"America/Chicoutimi"')),
        ('holidays = ["CA-ON"]', ("holidays.0", "holiday", '"CA-ON"')),
        ("holidays = [2026-09-30T10:00:00]", ("holidays.0", "holiday", "2026-09-30 10:00:00")),
        ('launched = "hier"', ("launched", "type", '"hier"')),
        ("purpose = 3", ("purpose", "type", "3")),
        ('form = ["a", "b", "c", "d", "e"]', ("form", "form-long", '["a", "b", "c", "d", "e"]')),
        ('form = ["a", "a?"]', ("form", "form-twice", '["a", "a?"]')),
        ('form = ["name"]', ("form.0", "form-name", '"name"')),
        ('form = ["??"]', ("form.0", "form-field", '"??"')),
        ('strangers = ["https://x"]', ("strangers.0", "homeserver", '"https://x"')),
        ('coordinators = ["@claire"]', ("coordinators.0", "account", '"@claire"')),
        ('animators = ["slack:u1"]', ("animators.0", "account", '"slack:u1"')),
        ('animators = ["irc:claire"]', ("animators.0", "account", '"irc:claire"')),
        ('summary = {day = "lundi"}', ("summary.day", "choice", '"lundi"')),
        ('summary = {at = "9h"}', ("summary.at", "time", '"9h"')),
        ('summary = {at = "24:00"}', ("summary.at", "time", '"24:00"')),
        ('working_hours = {from = "17:00"}', ("working_hours", "hours", '"17:00 - 16:30"')),
        ('working_hours = {start = "09:00"}', ("working_hours.start", "unknown", '"09:00"')),
        ('contacts = {boss = "x"}', ("contacts.boss", "unknown", '"x"')),
        ('words = {prompt = " "}', ("words", "word", "{…}")),
        ("[communities.settings]\na = {b = 1}", ("settings", "setting", "{…}")),
        (
            'spaces = [{platform = "slack", id = "general", use = "discussion"}]',
            ("spaces.0.id", "space-id", '"general"'),
        ),
        (
            'spaces = [{platform = "irc", id = "x", use = "discussion"}]',
            ("spaces.0.platform", "choice", '"irc"'),
        ),
    ],
)
def test_a_wrong_line_of_a_community_is_one_fault(
    tmp_path: Path, line: str, expected: tuple[str, str, str]
) -> None:
    assert problem(tmp_path, line) == expected


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("[bott]\n", ("bott", "unknown", "{…}")),
        ('[bot]\nlanguage = "klingon"\n', ("bot.language", "choice", '"klingon"')),
        ('[bot]\ncommand = "/copain"\n', ("bot.command", "command", '"/copain"')),
        ('[bot]\ndatabase = "mysql://x"\n', ("bot.database", "database", '"mysql://x"')),
        ('[bot]\nproxy = "proxy:3128"\n', ("bot.proxy", "proxy", '"proxy:3128"')),
        ('[limits]\nper_person = "40/sec"\n', ("limits.per_person", "rate", '"40/sec"')),
        ("[limits]\nper_person = -1\n", ("limits.per_person", "rate", "-1")),
        ('[slack]\nmode = "http"\n', ("slack.mode", "choice", '"http"')),
        ("[web]\nport = 65536\n", ("web.port", "port", "65536")),
        (
            '[matrix]\nhomeserver = "https://h"\n',
            ("matrix.user_id", "missing", None),
        ),
        (
            '[matrix]\nhomeserver = "h"\nuser_id = "@c:h"\n',
            ("matrix.homeserver", "url", '"h"'),
        ),
        (
            '[matrix]\nhomeserver = "https://h"\nuser_id = "@c:h"\nencryption = "yes"\n',
            ("matrix.encryption", "type", '"yes"'),
        ),
    ],
)
def test_a_wrong_line_of_the_program_is_one_fault(
    tmp_path: Path, top: str, expected: tuple[str, str, str | None]
) -> None:
    assert problem(tmp_path, "", top=top) == expected


@pytest.mark.parametrize("limit", ["0", '"0"'])
def test_a_limit_of_zero_is_off(tmp_path: Path, limit: str) -> None:
    config = load(write(tmp_path, f"[limits]\nper_person = {limit}\n{COMMUNITY}"), {})
    assert config.limits.per_person.off


def test_the_nearest_key_value_and_zone_are_suggested(tmp_path: Path) -> None:
    lines = '[bot]\nlanguge = "fr"\ntimezone = "america/montreal"\n' + COMMUNITY + 'join = "opn"'
    found = faults(write(tmp_path, lines))
    assert found["bot.languge"].values["nearest"] == "language"
    assert found["bot.timezone"].values["nearest"] == "America/Montreal"
    assert found["communities.0.join"].values["nearest"] == "open"


def test_all_faults_are_told_at_once_across_file_and_environment(tmp_path: Path) -> None:
    space = 'spaces = [{platform = "terminal", id = "g", use = "discussion"}]\n'
    toml = '[bot]\nlanguage = "x"\n' + COMMUNITY + space + COMMUNITY + space + 'mode = "x"\n'
    path = write(tmp_path, toml, env="this is no line\n")
    assert set(faults(path, {"COPAIN_SECRET": "abc", "COPAIN_DATABASE_URL": "mysql://x"})) == {
        str(tmp_path / ".env"),
        "COPAIN_SECRET",
        "COPAIN_DATABASE_URL",
        "bot.language",
        "communities.1.slug",
        "communities.1.spaces.0",
        "communities.1.mode",
    }


def test_a_file_without_a_community_is_a_fault(tmp_path: Path) -> None:
    assert faults(write(tmp_path, ""))["communities"].problem == "config-fault-no-community"


def test_a_missing_file_and_a_broken_one_are_told_by_name_and_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert faults(path)[str(path)].problem == "config-fault-no-file"
    broken = faults(write(tmp_path, '[bot]\nlanguage = "fr\n'))[str(path)]
    assert (broken.problem, broken.values["line"]) == ("config-fault-toml", 2)
    path.write_bytes(b'name = "\xe9"')
    assert faults(path)[str(path)].problem == "config-fault-unreadable"


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("\ufeff" + COMMUNITY, "utf-8")
    assert load(path, {}).communities[0].slug == "epiter"


def test_the_environment_beats_the_file_beside_and_an_empty_variable_does_not(
    tmp_path: Path,
) -> None:
    env = f"SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nCOPAIN_SECRET='{SEAL}'\n"
    path = write(tmp_path, COMMUNITY, env)
    secrets = load(path, {"SLACK_BOT_TOKEN": "xoxb-env", "SLACK_APP_TOKEN": ""}).secrets
    assert secrets.slack_bot_token is not None
    assert secrets.slack_app_token is not None
    assert secrets.slack_bot_token.reveal() == "xoxb-env"
    assert secrets.slack_app_token.reveal() == "xapp-file"
    assert secrets.seal_key() == bytes(range(32))


def test_the_database_of_the_environment_beats_that_of_the_file(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://u:pw@h/d"
    config = load(write(tmp_path, COMMUNITY), {"COPAIN_DATABASE_URL": url})
    assert config.database == url
    assert Config().database == "sqlite+aiosqlite:///copain.db"
    assert "pw" in config.secrets.values()


def test_what_run_needs_is_named_and_the_other_commands_do_without(tmp_path: Path) -> None:
    matrix = '[matrix]\nhomeserver = "https://h"\nuser_id = "@c:h"\n'
    path = write(tmp_path, "[slack]\n" + matrix + COMMUNITY)
    missing = [fault.key for fault in missing_secrets(load(path, {}))]
    assert missing == ["COPAIN_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "MATRIX_ACCESS_TOKEN"]
    given = {
        "COPAIN_SECRET": SEAL,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "MATRIX_PASSWORD": "x",
    }
    assert missing_secrets(load(path, given)) == ()


def test_a_setting_that_chat_does_not_list_is_a_fault_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, COMMUNITY + "[communities.settings]\nwelcom = true\n")
    (fault,) = unknown_settings(load(path, {}), {"welcome", "digest"})
    assert (fault.key, fault.values["nearest"]) == ("communities.0.settings.welcom", "welcome")


@pytest.mark.parametrize(
    "toml",
    [
        'SLACK_BOT_TOKEN = "hunter2secret"\n',
        '[slack]\nbot_token = "hunter2secret"\n',
        '[secrets]\nslack_bot_token = "hunter2secret"\n',
        '[bot]\ndatabase = "postgresql+asyncpg://u:hunter2secret@h/d"\n',
        '[bot]\nproxy = "http://u:hunter2secret@h:1"\n',
        '[bot]\nlanguage = "xoxb-hunter2secret"\n',
        '[bot]\nlanguage = "hunter2secret"\n',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, toml: str) -> None:
    path = write(tmp_path, toml + COMMUNITY)
    with pytest.raises(ConfigError) as caught:
        load(path, {"MATRIX_PASSWORD": "hunter2secret"})
    (fault,) = caught.value.faults
    assert "hunter2secret" not in repr(fault)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_a_wrong_seal_is_never_shown(text: str) -> None:
    from bot.config.secrets import secret_faults, secrets_from

    for fault in secret_faults(secrets_from({"COPAIN_SECRET": text})):
        assert fault.found == "…"
        assert set(fault.values) == {"n"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fault_is_one_line_with_key_found_value_and_cure(tmp_path: Path, language: str) -> None:
    from zoneinfo import ZoneInfo

    from bot.texts import Texts, Voice
    from bot.values import Key, Value

    voice = Voice(language, zone=ZoneInfo("America/Toronto"), today=date(2026, 3, 2))
    texts = Texts.load()
    toml = '[bot]\nlanguage = "french"\n[slack]\nbot_token = "abcd"\n' + COMMUNITY + 'join = "opn"'
    for key, fault in faults(write(tmp_path, toml)).items():
        values: dict[str, Value] = {
            "key": key,
            "found": fault.found or "",
            "problem": Key(fault.problem, fault.values),
            "cure": Key(fault.cure, fault.values),
        }
        line = texts.render("config-fault-line", values, voice)
        assert "\n" not in line
        assert "abcd" not in line
        assert line.startswith(key[:4])
        if key == "communities.0.join":
            assert "open" in line
