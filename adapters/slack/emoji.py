"""Slack's names of signs and the signs themselves: Slack knows 📌 only as `pushpin`.

The table stands in `emoji.txt`, for it is Slack's own: the names of other platforms differ in a
third of all signs. Names that a workspace gave to its own pictures are no signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

VARIATION = "\ufe0f"
"""Asks for the colourful form of a sign; the sign is the same without."""

_TONE = re.compile(r"(?:::skin-tone-[2-6])+$")
_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_SHORT = re.compile(
    r"```.*?```|`[^`\n]*`|(?<!\d):([a-z0-9_+'-]{1,100}):(?::skin-tone-[2-6]:)?", re.DOTALL
)


def sign(name: str) -> str:
    """The sign of a reaction's name without its skin tone; `:name:` for one that has none."""
    bare = _TONE.sub("", name)
    return _signs().get(bare, f":{bare}:")


def name(sign: str) -> str | None:
    """What Slack calls a sign; None when it knows none such."""
    if len(sign) > 2 and sign[0] == sign[-1] == ":":
        return sign[1:-1]
    return _names().get(_TONES.sub("", sign).replace(VARIATION, ""))


def spelled(text: str) -> str:
    """The text with signs in the place of their names (`:tada:`), but not within code."""
    return _SHORT.sub(_shown, text) if ":" in text else text


def _shown(found: re.Match[str]) -> str:
    return _signs().get(found[1], found[0]) if found[1] else found[0]


@cache
def _signs() -> Mapping[str, str]:
    return {each: sign for sign, *names in _table() for each in names}


@cache
def _names() -> Mapping[str, str]:
    return {sign.replace(VARIATION, ""): names[0] for sign, *names in reversed(_table())}


@cache
def _table() -> list[list[str]]:
    text = files(__package__).joinpath("emoji.txt").read_text("utf-8")
    # The keycap of `#` is a sign too: a line of the notice has a space after its own.
    return [line.split() for line in text.splitlines() if not line.startswith("# ")]
