"""The language of scripts, line by line (contracts §4)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.script import (
    Enter,
    Erase,
    Instruction,
    Mark,
    Press,
    Rewrite,
    ScriptError,
    Skip,
    Speak,
    local,
    read,
    same,
)

TORONTO = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("marie: bonjour", Speak("marie", None, None, "bonjour")),
        ("  marie @dm: aide", Speak("marie", "dm", None, "aide")),
        ("marie @animateurs ^12: oui", Speak("marie", "animateurs", 12, "oui")),
        ("marie ^-1: oui: non", Speak("marie", None, -1, "oui: non")),
        (r"marie: un\ndeux\0trois\\n", Speak("marie", None, None, "un\ndeux\0trois\\n")),
        ("marie [Accepter] 12", Press("marie", "Accepter", 12)),
        ("marie [2]", Press("marie", "2", None)),
        ("marie +12 📌", Mark("marie", 12, "📌", on=True)),
        ("marie -12 📌", Mark("marie", 12, "📌", on=False)),
        ("marie ~12: mieux", Rewrite("marie", 12, "mieux")),
        ("marie -12", Erase("marie", 12)),
        ("@join nadia", Enter("nadia", "general")),
        ("@skip 1w 3d 4h", Skip(10, timedelta(hours=4))),
        ("# marie: rien", None),
        ("   ", None),
    ],
)
def test_a_line_is_read_as_the_contract_says(line: str, meant: Instruction | None) -> None:
    assert read(line) == meant


@pytest.mark.parametrize(
    "line", ["bonjour", "marie", "@sauter 3d", "@skip", "@skip 3 jours", "@skip 99999w", "@clock"]
)
def test_a_line_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises(ScriptError):
        read(line)


@pytest.mark.parametrize("at", ["demain", "2026-02-30", "9999-12-31T23:59", "2026-03-02T09:00Z"])
def test_a_time_that_is_no_wall_time_is_refused(at: str) -> None:
    with pytest.raises(ScriptError):
        local(at, TORONTO)


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("Que dois-je savoir?", "que dois-je savoir ?"),
        ("J’y vais", "j'y vais"),
        ("Médecin de l\u2019équipe", "medecin de l'equipe"),
        ("Voir\u00a0tout", "VOIR TOUT"),
        ("📌 Épingler", "📌\ufe0f epingler"),
    ],
)
def test_labels_compare_as_a_reader_compares_them(shown: str, typed: str) -> None:
    assert same(shown, typed)


@given(st.text(max_size=60))
def test_reading_never_fails_but_by_its_own_error(line: str) -> None:
    with suppress(ScriptError):
        read(line)
