"""The values of a text survive storage."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values import (
    Day,
    Handle,
    Key,
    Lines,
    Link,
    Md,
    Moment,
    Names,
    Span,
    TimeOfDay,
    Typed,
    Value,
    Word,
    decode,
    encode,
)

TEXT = st.text(max_size=30)
LEAVES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    TEXT,
    st.dates().map(Day),
    st.datetimes(timezones=st.just(UTC)).map(Moment),
    st.times().map(TimeOfDay),
    st.integers().map(Span),
    st.builds(Names, st.lists(TEXT).map(tuple), st.sampled_from(["and", "or"])),
    TEXT.map(Md),
    TEXT.map(Typed),
    st.builds(Link, TEXT, TEXT),
    st.builds(Handle, TEXT, TEXT),
    TEXT.map(Word),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Key, TEXT, st.dictionaries(TEXT, inner, max_size=3)),
        st.builds(Lines, st.lists(inner, max_size=3).map(tuple), st.sampled_from(["", "- "])),
    ),
    max_leaves=5,
)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_values_come_back_from_json_as_they_were(values: dict[str, Value]) -> None:
    assert decode(json.loads(json.dumps(encode(values)))) == values


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Moment(datetime(2026, 3, 2, 9))


def test_what_is_no_value_is_refused_when_it_is_stored() -> None:
    with pytest.raises(TypeError, match="not a value"):
        encode({"x": object()})  # type: ignore[dict-item]


def test_a_kind_nobody_knows_is_refused_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        decode({"x": {"colour": "blue"}})


def test_a_time_of_day_keeps_its_minutes() -> None:
    assert decode(encode({"at": TimeOfDay(time(8, 30))})) == {"at": TimeOfDay(time(8, 30))}
