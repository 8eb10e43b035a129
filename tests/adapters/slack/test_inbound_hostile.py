"""Whatever is missing from a payload, or stands there instead, nothing raises."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import Place
from tests.adapters.slack.payloads import Json, filled_in, samples
from tests.adapters.slack.test_samples import ACTED, HAPPENED, every_reading

WHOLE = [
    filled_in(body)
    for name, body in [*samples("events"), *samples("app-backend")]
    if name in {**HAPPENED, **ACTED}
]
ODD = [None, "", 0, -1, True, [], {}, [None], {"id": 1}, "x" * 300, "\ud800", "9" * 30 + ".1"]


def paths(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload, as keys from its top; long lists by their first alone."""
    children = value.items() if isinstance(value, dict) else []
    if isinstance(value, list) and value:
        children = [(0, value[0])]
    found = [so_far] if so_far else []
    for key, child in children:
        if key not in ("blocks", "attachments", "files"):
            found += paths(child, (*so_far, key))
    return found


WHERE = [paths(body) for body in WHOLE]


def broken(body: Json, path: tuple[Any, ...], odd: Any, gone: bool) -> Json:
    """A copy in which something is gone, or is something odd."""
    found = copy.deepcopy(body)
    at: Any = found
    for key in path[:-1]:
        at = at[key]
    if gone:
        del at[path[-1]]
    else:
        at[path[-1]] = odd
    return found


@settings(max_examples=150)
@given(st.data())
def test_a_field_that_is_gone_or_odd_breaks_nothing(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(WHOLE) - 1))
    path = data.draw(st.sampled_from(WHERE[number]))
    body = broken(WHOLE[number], path, data.draw(st.sampled_from(ODD)), data.draw(st.booleans()))
    for event in every_reading(body):
        if event is not None:
            assert event.id  # type: ignore[attr-defined]
            assert event.at.tzinfo is not None  # type: ignore[attr-defined]
            place = getattr(event, "place", None)
            assert place is None or (isinstance(place, Place) and place.id[:1] != "D")


def test_every_single_field_may_be_missing() -> None:
    for body, where in zip(WHOLE, WHERE, strict=True):
        for path in where[:120]:
            every_reading(broken(body, path, None, True))


def test_what_is_no_object_is_nothing() -> None:
    for odd in ODD:
        assert set(every_reading({"event": odd, "user": odd, "view": odd})) == {None}
