"""A sealed draft opens with its secret alone, and tells nothing by its length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage import sealing

SECRET, OTHER = b"s" * 32, b"o" * 32


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=200), max_size=3))
def test_a_draft_opens_with_its_secret_and_with_no_other(values: dict[str, str]) -> None:
    sealed = sealing.close(values, SECRET)
    assert sealing.open_(sealed, SECRET) == values
    assert sealing.open_(sealed, OTHER) == {}


def test_two_drafts_are_as_long_and_never_the_same() -> None:
    long = {"text": "é" * 2000, "publish": "nameless"}
    sealed = {sealing.close(each, SECRET) for each in ({}, {"text": "oui"}, long, long)}
    assert len(sealed) == 4
    assert len({len(each) for each in sealed}) == 1
