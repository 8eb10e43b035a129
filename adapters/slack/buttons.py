"""The buttons under a message, in rows that read well.

Limits: docs.slack.dev, « Actions block » and « Button element ».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.slack.rich import Block, clipped, line

IN_A_ROW, MOST_IN_A_ROW = 5, 25
"""So many stand well on one line of a screen, and so many may stand in one block."""
LABEL = 75
_ACTION, _VALUE = 255, 2_000
_NUMBER = 10
"""Letters kept free for the number of a second button that does the same."""

LEADING = frozenset({"form.skip", "form.back", "form.cancel"})
"""What leads through a form, beside what answers it: a row of its own, the last."""
EXPECTED = frozenset(
    {
        "accept_charter",
        "charter.publish",
        "form.open",
        "join",
        "open",
        "request.accept",
        "setup.begin",
        "take_part",
    }
)
"""What one is here to do: shown as such where no other button of the message is."""
FINAL = frozenset(
    {
        "community.close_yes",
        "forget.yes",
        "forget_now",
        "leave.yes",
        "passage.expel",
        "removal.confirm",
        "request.erase",
    }
)
"""What cannot be taken back: shown as such, where another button stands beside it."""


def actions(buttons: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The buttons as blocks, in their order; what only leads through a form comes last."""
    shown = [each for each in buttons if len(_key(each)) <= _VALUE]
    expected = {_name(each) for each in shown} & EXPECTED
    if len(shown) > 1:
        # Under a question the window is another way to answer, and not what one is here to do.
        expected -= {"form.open"}
    other = any(_name(each) not in FINAL for each in shown)
    styles = {**dict.fromkeys(expected, "primary")} if len(expected) == 1 else {}
    if other:
        styles |= dict.fromkeys(FINAL, "danger")
    seen: dict[str, int] = {}
    answers = [_button(each, seen, styles) for each in shown if _name(each) not in LEADING]
    leads = [_button(each, seen, styles) for each in shown if _name(each) in LEADING]
    return [{"type": "actions", "elements": row} for row in (*_rows(answers), *_rows(leads))]


def labels(buttons: Sequence[Mapping[str, Any]]) -> str:
    """What the buttons say, for a message that says nothing else."""
    return " · ".join(_label(each) for each in buttons)


def _rows(elements: Sequence[Block]) -> Iterator[list[Block]]:
    wide = IN_A_ROW if len(elements) <= IN_A_ROW * IN_A_ROW else MOST_IN_A_ROW
    for start in range(0, len(elements), wide):
        yield list(elements[start : start + wide])


def _button(button: Mapping[str, Any], seen: dict[str, int], styles: Mapping[str, str]) -> Block:
    key = _key(button)
    short = key[: _ACTION - _NUMBER]
    seen[short] = seen.get(short, 0) + 1
    element: Block = {
        "type": "button",
        # Slack wants it to be unique in a message; what is pressed is read from the value.
        "action_id": short if seen[short] == 1 else f"{short}~{seen[short]}",
        "value": key,
        "text": {"type": "plain_text", "text": _label(button), "emoji": False},
    }
    style = styles.get(_name(button))
    if style is not None:
        element["style"] = style
    return element


def _label(button: Mapping[str, Any]) -> str:
    """Its words, behind the sign that does the same as a reaction."""
    label, sign = line(str(button.get("label", ""))), str(button.get("emoji") or "")
    return clipped(f"{sign} {label}" if sign and sign not in label else label, LABEL) or "…"


def _key(button: Mapping[str, Any]) -> str:
    return str(button.get("action", ""))


def _name(button: Mapping[str, Any]) -> str:
    return _key(button).partition(":")[0]
