"""The only source of randomness: repeatable in the demo, unpredictable in `run`.

Every draw names its purpose, so that a new draw somewhere leaves all others as they were.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


class Chance(Protocol):
    """Draws, each fair and independent. `purpose` is a word for what is being drawn."""

    def bits(self, n: int, purpose: str) -> int:
        """A number of `n` random bits: 0 ≤ x < 2**n."""

    def randrange(self, stop: int, purpose: str) -> int:
        """0 ≤ x < stop. ValueError when `stop` is below 1."""

    def choice(self, seq: Sequence[T], purpose: str) -> T:
        """One of them. IndexError when there is none."""

    def shuffled(self, seq: Sequence[T], purpose: str) -> list[T]:
        """All of them in a random order, as a new list."""

    def for_event(self, event_id: str) -> Chance:
        """The source for one event: what is drawn in it hangs on no other event."""


class SecretChance:
    """Randomness that nobody can guess, from the operating system."""

    def bits(self, n: int, purpose: str) -> int:
        return secrets.randbits(n)

    def randrange(self, stop: int, purpose: str) -> int:
        return _below(stop, secrets.randbits)

    def choice(self, seq: Sequence[T], purpose: str) -> T:
        return _one(seq, secrets.randbits)

    def shuffled(self, seq: Sequence[T], purpose: str) -> list[T]:
        return _shuffled(seq, secrets.randbits)

    def for_event(self, event_id: str) -> SecretChance:
        return self


@dataclass(slots=True)
class SeededChance:
    """Randomness that a replay repeats: (folder seed, event, purpose, how many times so far).

    The same in every process, on every machine and version of Python, for it rests on SHA-256
    alone. Two draws of one purpose in one event differ; an event handled a second time, with a
    source of its own from `for_event`, draws the same again.
    """

    folder_seed: int
    event_id: str = ""
    _draws: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def bits(self, n: int, purpose: str) -> int:
        return self._source(purpose)(n)

    def randrange(self, stop: int, purpose: str) -> int:
        return _below(stop, self._source(purpose))

    def choice(self, seq: Sequence[T], purpose: str) -> T:
        return _one(seq, self._source(purpose))

    def shuffled(self, seq: Sequence[T], purpose: str) -> list[T]:
        return _shuffled(seq, self._source(purpose))

    def for_event(self, event_id: str) -> SeededChance:
        return SeededChance(self.folder_seed, event_id)

    def _source(self, purpose: str) -> Callable[[int], int]:
        draw = self._draws.get(purpose, 0)
        self._draws[purpose] = draw + 1
        return _stream((str(self.folder_seed), self.event_id, purpose, str(draw)))


def _stream(seed: tuple[str, ...]) -> Callable[[int], int]:
    # Lengths stand before the parts, so that ("a", "bc") and ("ab", "c") are two seeds.
    parts = [part.encode("utf-8", "surrogatepass") for part in seed]
    start = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts))
    block = 0

    def take(n: int) -> int:
        nonlocal block
        taken = 0
        for _ in range(-(-n // 256)):
            digest = start.copy()
            digest.update(block.to_bytes(8, "big"))
            block += 1
            taken = taken << 256 | int.from_bytes(digest.digest(), "big")
        return taken >> (-n % 256)

    return take


def _below(stop: int, take: Callable[[int], int]) -> int:
    if stop < 1:
        raise ValueError("nothing to draw from")
    # Numbers beyond the range are thrown again: a remainder would favour the small ones.
    bits = (stop - 1).bit_length()
    while (drawn := take(bits)) >= stop:
        pass
    return drawn


def _one(seq: Sequence[T], take: Callable[[int], int]) -> T:
    if not seq:
        raise IndexError("nothing to choose from")
    return seq[_below(len(seq), take)]


def _shuffled(seq: Sequence[T], take: Callable[[int], int]) -> list[T]:
    items = list(seq)
    for last in range(len(items) - 1, 0, -1):
        other = _below(last + 1, take)
        items[last], items[other] = items[other], items[last]
    return items
