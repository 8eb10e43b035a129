"""A secret is given away by `reveal` and by nothing else."""

import copy
import dataclasses
import pickle

import pytest

from bot.config import Config, Secret
from bot.config.secrets import secrets_from

TOKEN = "xoxb-12-34-AbCd"


def test_no_ordinary_way_of_looking_shows_a_secret() -> None:
    secrets = secrets_from({"SLACK_BOT_TOKEN": TOKEN})
    config = Config(secrets=secrets)
    looks = [
        repr(secrets),
        str(secrets),
        f"{secrets.slack_bot_token}",
        repr(dataclasses.asdict(secrets)),
        repr(copy.deepcopy(secrets)),
        repr(config),
        str(config),
        repr(config.model_dump(warnings=False)),
    ]
    assert not [look for look in looks if "AbCd" in look]


def test_a_secret_does_not_leave_the_process() -> None:
    with pytest.raises(TypeError, match="leave"):
        pickle.dumps(Secret(TOKEN))


def test_a_secret_reveals_itself_and_equals_its_like() -> None:
    assert Secret(TOKEN).reveal() == TOKEN
    assert Secret(TOKEN) == Secret(TOKEN)
    assert len({Secret(TOKEN), Secret(TOKEN), Secret("other")}) == 2


def test_every_value_and_every_password_within_is_told_to_the_log() -> None:
    values = secrets_from(
        {"COPAIN_DATABASE_URL": "postgresql+asyncpg://u:p%40ss@h/d", "MATRIX_PASSWORD": " pw "}
    ).values()
    assert values == ("pw", "postgresql+asyncpg://u:p%40ss@h/d", "p@ss")
