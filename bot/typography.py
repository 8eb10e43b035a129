"""French typography, applied once, when a text of ours is loaded (never to what people type).

Sources keep plain spaces and straight apostrophes, so that anybody can edit them. Québec's rules
(OQLF, « Espacement avant et après les principaux signes de ponctuation ») are the default;
France's differ by a thin space before ; ! ?
"""

from __future__ import annotations

import re
from typing import Literal

Region = Literal["CA", "FR"]

NO_BREAK = "\u00a0"
THIN = "\u202f"

# One private character stands for each protected piece while the rules run; one that was already
# in the text protects itself, so putting the pieces back in their order is always right.
_STAND_IN = "\ue000"
_PROTECTED = re.compile(
    rf"""
      {_STAND_IN}
    | ```.*?```                          # a block of code
    | (?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)  # a span of code
    | \]\([^()\s]*(?:\s[^()]*)?\)        # where a link leads
    | [a-z][a-z0-9+.-]*://[^\s<>»)]+     # an address
    | &(?:\w+|\#\w+);                    # an entity
    | \{{[^{{}}\n]*\}}                   # a placeholder
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SPACES = f"[ {NO_BREAK}{THIN}]"
# What may follow a sign that ends a sentence or a clause. Keeps `![`, `!copain`, `?x=1` whole.
_AFTER = r"(?=[?!;]*(?:\s|$|[»”\"’*_~)\]…]))"

_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])'(?=[*_]*[\w«{_STAND_IN}])")
_OPENING = re.compile(rf"«{_SPACES}*(?=\S)")
_CLOSING = re.compile(rf"(?<=[^\s«]){_SPACES}*»")
_COLON = re.compile(rf"(?<=\S){_SPACES}:(?=[\s*_]|$)")
_PERCENT = re.compile(rf"(?<=[\d{_STAND_IN}]){_SPACES}?%(?!\w)")
_STRONG = re.compile(rf"(?<=[^\s?!;\\([«]){_SPACES}*(?=[?!;]){_AFTER}")


def french(text: str, region: Region = "CA") -> str:
    """The text with French apostrophes and no-break spaces.

    Code, addresses, placeholders and the marks of Markdown stay as they are; doing it twice is
    doing it once.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return _STAND_IN

    text = _PROTECTED.sub(keep, text)
    text = _APOSTROPHE.sub("’", text)
    text = _OPENING.sub("«" + NO_BREAK, text)
    text = _CLOSING.sub(NO_BREAK + "»", text)
    text = _COLON.sub(NO_BREAK + ":", text)
    text = _PERCENT.sub(NO_BREAK + "%", text)
    text = _STRONG.sub(THIN if region == "FR" else "", text)
    pieces = iter(kept)
    return re.sub(_STAND_IN, lambda _: next(pieces), text)
