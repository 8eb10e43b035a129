"""What each error of ours says, and what it keeps to itself."""

import pytest

from bot.errors import (
    Complaint,
    ConfigError,
    CopainError,
    Denied,
    Fault,
    Rejected,
    RetryLater,
)


def test_one_except_clause_catches_everything_that_is_ours() -> None:
    ours = [ConfigError([]), Complaint("x"), Denied("animator"), RetryLater(1), Rejected("no")]
    assert all(isinstance(error, CopainError) for error in ours)


def test_an_error_raised_without_a_message_says_its_docstring() -> None:
    assert str(CopainError()) == "Something went wrong in Copain."
    assert str(ConfigError([])) == "The configuration has faults."


def test_a_config_error_names_every_fault_and_shows_no_value() -> None:
    error = ConfigError(
        [
            Fault("bot.language", "klingon", "config-fault-choice", "config-cure-choice"),
            Fault("slack.token", "xoxb-1", "config-fault-unknown", "config-cure-unknown"),
        ]
    )
    assert str(error) == "bot.language: config-fault-choice; slack.token: config-fault-unknown"


def test_a_complaint_shows_its_key_and_never_what_was_typed() -> None:
    complaint = Complaint("doc-not-found", {"typed": "ma fille est malade"})
    assert complaint.values == {"typed": "ma fille est malade"}
    assert str(complaint) == "doc-not-found"
    assert "malade" not in repr(complaint)


def test_a_complaint_keeps_its_values_when_the_caller_changes_theirs() -> None:
    values = {"n": 1}
    complaint = Complaint("x", values)
    values["n"] = 2
    assert complaint.values == {"n": 1}


def test_denied_is_a_complaint_that_says_whose_act_it_is() -> None:
    denied = Denied("coordinator")
    assert isinstance(denied, Complaint)
    assert denied.values == {"who": "coordinator"}


def test_retry_later_knows_how_long_in_seconds() -> None:
    assert RetryLater(2.5).after == 2.5
    assert str(RetryLater(30)) == "retry after 30 s"


@pytest.mark.parametrize("after", [-1, float("nan")])
def test_retry_later_refuses_a_wait_that_is_none(after: float) -> None:
    with pytest.raises(ValueError, match="negative"):
        RetryLater(after)


def test_a_refusal_shows_the_code_of_the_platform_and_never_its_prose() -> None:
    assert str(Rejected("M_FORBIDDEN")) == "M_FORBIDDEN"
    prose = Rejected("event body 'je suis malade' too long")
    assert str(prose) == "The platform refuses this for good."
    assert "malade" in prose.reason
