"""What is typed for a setting becomes what the configuration would hold, or a kind refusal."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Complaint
from bot.texts import Texts
from commands.settings import table
from commands.settings.reading import read

DAYS = st.integers(0, 365).map(lambda n: date(2028, 1, 1) + timedelta(days=n))
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


@given(st.sampled_from(table.SETTINGS), st.text(max_size=80))
def test_whatever_is_typed_is_kept_as_json_or_refused_kindly(
    setting: table.Setting, typed: str
) -> None:
    refused = ""
    try:
        value = read(setting, typed)
    except Complaint as complaint:
        value, refused = None, complaint.key
    assert refused == "" or refused.startswith(("settings-bad-", "forms-"))
    assert json.loads(json.dumps(value)) == value
    table.shown(setting, value)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=6))
def test_periods_of_the_year_are_read_as_they_are_said(periods: list[tuple[date, date]]) -> None:
    said = ", ".join(
        f"du {a.day} {MONTHS[a.month - 1]} au {b.day} {MONTHS[b.month - 1]}" for a, b in periods
    )
    kept = ",".join(f"{a:%m-%d}/{b:%m-%d}" for a, b in periods)
    assert read(table.by_name("slow_periods"), said) == kept
    assert read(table.by_name("slow_periods"), kept) == kept


@pytest.mark.parametrize("setting", table.SETTINGS, ids=lambda s: s.name)
def test_every_setting_has_a_name_in_every_language_and_values_with_words(
    setting: table.Setting,
) -> None:
    texts = Texts.load()
    for language in texts.languages():
        assert texts.has(setting.key, language)
        for choice in setting.choices:
            assert texts.has(table.choice_key(choice).key, language)
            assert read(setting, choice) == choice


@pytest.mark.parametrize(
    ("name", "value"),
    [("slot", "vendredi"), ("slow_periods", "en été"), ("summary_at", "tôt"), ("origin", 3)],
)
def test_what_the_file_should_not_hold_is_shown_as_it_stands(name: str, value: object) -> None:
    assert table.shown(table.by_name(name), value) == str(value)
