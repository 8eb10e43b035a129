"""Names of signs and signs, both ways."""

from __future__ import annotations

import pytest

from adapters.slack.emoji import name, sign
from commands.prompts.rules import TAPS

PAIRS = [
    ("white_check_mark", "✅"),
    ("pushpin", "📌"),
    ("arrows_counterclockwise", "🔄"),
    ("question", "❓"),
    ("+1", "👍"),
    ("heart", "❤️"),
    ("hash", "#️⃣"),
    ("flag-ca", "🇨🇦"),
]


@pytest.mark.parametrize(("called", "shown"), PAIRS)
def test_a_sign_has_a_name_and_the_name_has_the_sign(called: str, shown: str) -> None:
    assert sign(called) == shown
    assert name(shown) == called
    assert name(shown.replace("\ufe0f", "")) == called


def test_what_the_bot_puts_under_its_messages_has_a_name() -> None:
    assert [name(shown) for _, shown in TAPS] == [
        "white_check_mark", "arrows_counterclockwise", "question",
    ]  # fmt: skip


def test_other_names_and_tones_are_the_same_sign() -> None:
    assert sign("thumbsup") == sign("+1::skin-tone-5") == sign("+1::skin-tone-2::skin-tone-3")
    assert name("👍🏽") == "+1"


def test_a_picture_of_the_workspace_keeps_its_name_and_goes_back_to_it() -> None:
    assert sign("parrot-maison") == ":parrot-maison:"
    assert name(":parrot-maison:") == "parrot-maison"
    assert name("pas un signe") is None
