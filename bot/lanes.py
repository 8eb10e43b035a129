"""In which queue a parcel waits: one per conversation, and two beside each person's own.

Order holds within a lane. A modal opens for seconds only, and a whisper answers somebody who looks
at a space now: neither has an order among other messages, so neither waits for them, nor do they
wait for it [RE-4].
"""

from __future__ import annotations

from bot.events import Account, Place

FORM, WHISPER = "form", "whisper"
"""The operations that have a lane of their own, and what it is called after."""
ASIDE = "aside"
"""In the arguments of a parcel: nothing stays of it, whatever becomes of it."""


def modals_of(account: Account) -> str:
    """Where modal forms for this account wait."""
    return f"{account.dm.key} {FORM}"


def whispers_to(account: Account) -> str:
    """Where what this account alone sees in a space waits."""
    return f"{account.dm.key} {WHISPER}"


def lanes_of(account: Account) -> tuple[str, str, str]:
    """Every lane of what is said to this account in private."""
    return account.dm.key, modals_of(account), whispers_to(account)


def place_of(lane: str, operation: str) -> Place:
    """The conversation that a parcel of this operation belongs to."""
    own = operation in (FORM, WHISPER)
    return Place.of(lane.removesuffix(f" {operation}") if own else lane)
