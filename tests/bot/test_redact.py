"""What looks like a secret is taken out; what does not stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.redact import HIDDEN, disguises, holds_secret, names_private, names_secret, redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("sent with xoxb-12-34-AbCd", "34-AbCd"),
        ("xoxp-1-2-3 and more", "xoxp-1"),
        ("xapp-1-A012-99-feed", "A012"),
        ("rotated xoxe.xoxp-1-Mi0yLTE", "Mi0yLTE"),
        ("matrix syt_Y2xhaXJl_QQww_1abc2D", "QQww"),
        ("Authorization: Bearer abc.def-123", "abc.def"),
        ("authorization=Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("GET /sync?access_token=MDAxOGxv&since=s1", "MDAxOGxv"),
        ('{"password": "a b c", "user": "x"}', "a b c"),
        ("{'token': 'it is', 'n': 1}", "it is"),
        ("SLACK_SIGNING_SECRET=8f742231b10e", "8f742231b10e"),
        ("postgresql+asyncpg://copain:hunter2@db:5432/copain", "hunter2"),
        ("http://u:p@ss/word@proxy:3128", "word"),
        ("https://ghp_xyz@example.org/x", "ghp_xyz"),
        ("wss://wss-primary.slack.com/link/?ticket=b1e2&app_id=3", "b1e2"),
        ("https://hooks.slack.com/services/T0/B0/Xyz9", "Xyz9"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert HIDDEN in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "sqlite+aiosqlite:///copain.db",
        "https://matrix.example.org/_matrix/client/v3/sync?since=s72595_4483",
        "@claire:example.org",
        "!abc:example.org",
        "K7Q-3FD",
        "commands/members.py:42 accept",
        "mat_ed",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


@settings(max_examples=100)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=4).filter(
        lambda s: len(s.strip()) >= 4 and HIDDEN not in s
    ),
    st.text(max_size=20),
)
def test_a_configured_secret_is_found_in_every_disguise(secret: str, around: str) -> None:
    for form in disguises([secret]):
        assert (
            form not in redact(f"{around} {form} {around}", disguises([secret])) or form in around
        )


def test_a_secret_within_another_leaves_no_rest() -> None:
    assert redact("abcdefgh abcd", disguises(["abcd", "abcdefgh"])) == f"{HIDDEN} {HIDDEN}"


def test_secrets_too_short_to_hide_blank_nothing() -> None:
    assert disguises(["", "a", " abc "]) == ()


@pytest.mark.parametrize(
    "name", ["token", "slack_bot_token", "DB-PASSWORD", "clientSecret", "COPAIN_SECRET", "Cookie"]
)
def test_names_of_secrets_are_known_however_they_are_written(name: str) -> None:
    assert names_secret(name)
    assert names_private(name)


@pytest.mark.parametrize("name", ["text", "body", "typed", "answer", "values", "answer_text"])
def test_what_people_typed_is_private_without_being_a_secret(name: str) -> None:
    assert names_private(name)
    assert not names_secret(name)


@pytest.mark.parametrize("name", ["text_key", "answer_count", "action", "place", "context", "key"])
def test_names_that_only_speak_about_it_are_not_private(name: str) -> None:
    assert not names_private(name)


def test_only_a_token_or_a_password_in_an_address_makes_a_text_secret() -> None:
    assert holds_secret("xoxb-12-34-AbCd")
    assert holds_secret("postgresql+asyncpg://copain:hunter2@db/copain")
    assert not holds_secret("Basic epidemiology, bearer of good news, token: none")
    assert not holds_secret("https://example.org:8080/@claire")
