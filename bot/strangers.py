"""What is told to somebody nobody keeps: never in their own words [SE-10].

A message stays on the platform, where others may read it; so to a visitor the bot says what it did
not understand without repeating it.
"""

from __future__ import annotations

from bot.errors import Complaint
from bot.events import Said
from bot.parsing import fold
from bot.values import Key, Typed, Value

_KEYS = {"answers-rate-limit": "dispatch-slow-down"}


def unquoted(complaint: Complaint, event: object) -> Complaint:
    """The complaint as a visitor is told it: another one when it quotes what they just typed."""
    if not isinstance(event, Said):
        return complaint
    said = fold(event.text)
    quotes = [name for name, value in complaint.values.items() if _quotes(name, value, said)]
    if not quotes:
        return complaint
    rest = {name: each for name, each in complaint.values.items() if name not in quotes}
    return Complaint(_KEYS.get(complaint.key, "dispatch-not-understood"), rest)


def _quotes(name: str, value: Value, said: str) -> bool:
    match value:
        case Key(values=inner):
            return any(_quotes(each, one, said) for each, one in inner.items())
        case Typed(text) | str(text):
            words = fold(text).strip()
            # The community's own name is no secret, and may well stand in what somebody asks.
            return bool(words) and words in said and name != "community"
    return False
