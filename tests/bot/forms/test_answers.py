"""What a window sends is understood as what one types: the same limits, checks and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Complaint, Unfit
from bot.forms.answers import draft, in_window, sent
from bot.registry import Field

COLOURS = (("red", "button-yes"), ("blue", "button-no"))


def loud(typed: str) -> str:
    """Raises what a feature would."""
    if "non" in typed:
        raise Complaint("forms-empty")
    return typed.upper()


FIELDS = (
    Field("name", longest=10, check=loud, box="ticked"),
    Field("more", required=False),
    Field("colour", "choice", options=COLOURS),
    Field("colours", "choices", options=COLOURS, required=False),
    Field("sure", "yesno", required=False),
)


def test_answers_become_values_as_the_checks_return_them() -> None:
    values, faults = sent(
        FIELDS,
        {"name": " abc ", "ticked": "yes", "colour": "red", "colours": "blue,red,blue", "x": "y"},
    )
    assert faults == {}
    assert values == {
        "name": "ABC", "ticked": "yes", "more": "", "colour": "red", "colours": "blue,red",
        "sure": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("name", "\x00 ", "forms-window-required"),
        ("name", "a" * 11, "forms-too-long"),
        ("name", "non", "forms-empty"),
        ("colour", "", "forms-window-required"),
        ("colour", "green", "forms-window-choice"),
        ("colour", "red,blue", "forms-window-choice"),
        ("colours", "red,green", "forms-window-choice"),
        ("sure", "oui", "forms-window-choice"),
    ],
)
def test_each_fault_is_that_of_its_field(field: str, value: str, key: str) -> None:
    good = {"name": "abc", "colour": "red"}
    _, faults = sent(FIELDS, {**good, field: value})
    assert {name: fault.key for name, fault in faults.items()} == {field: key}


@given(st.dictionaries(st.sampled_from([f.name for f in FIELDS]), st.text(max_size=20)))
def test_whatever_is_sent_each_field_has_a_value_or_a_fault(values: dict[str, str]) -> None:
    found, faults = sent(FIELDS, values)
    assert found.keys() ^ faults.keys() == {*(f.name for f in FIELDS), "ticked"}
    assert all(value in ("", *dict(COLOURS)) for value in [found.get("colour", "")])


def test_a_draft_keeps_what_was_typed_and_of_the_choices_those_there_are() -> None:
    values = {"name": "a" * 11, "ticked": "no", "colour": "red,blue", "colours": "green,red,red"}
    assert draft(FIELDS, {**values, "sure": "oui", "x": "y"}) == {
        "name": "a" * 11, "ticked": "", "more": "", "colour": "", "colours": "red", "sure": "",
    }  # fmt: skip


def test_what_only_asks_to_go_ahead_is_not_asked_in_a_window() -> None:
    go = Field("go", "choice", options=COLOURS[:1])
    assert in_window([*FIELDS, go]) == list(FIELDS)


def test_unfit_answers_are_a_complaint_that_names_every_fault() -> None:
    found = Unfit({"a": Complaint("forms-empty"), "b": Complaint("forms-required", {"n": 1})})
    assert isinstance(found, Complaint)
    assert found.key == "forms-empty"
    assert list(found.faults) == ["a", "b"]
    with pytest.raises(ValueError, match="nothing"):
        Unfit({})
