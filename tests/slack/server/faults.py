"""Faults that a test asks for: the n-th call of a method goes wrong in a chosen way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["429", "500", "closed_before", "closed_after", "hang_before", "hang_after"]


@dataclass(slots=True)
class Fault:
    """`kind` for the calls numbered `first` to `first + times - 1`, counted from now."""

    method: str
    kind: Kind
    first: int
    times: int
    retry_after: int
    channel: str
    seen: int = 0


class Faults:
    """What is to go wrong; "*" is every method. Before or after: whether the act was done."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def add(
        self,
        method: str,
        kind: Kind,
        *,
        first: int = 1,
        times: int = 1,
        retry_after: int = 1,
        channel: str = "",
    ) -> Fault:
        """Plans a fault; `seen` of what it gives back counts the calls it looked at."""
        fault = Fault(method, kind, first, times, retry_after, channel)
        self._planned.append(fault)
        return fault

    def clear(self) -> None:
        self._planned.clear()

    def meet(self, method: str, channel: str) -> Fault | None:
        """The fault that this call meets, if any."""
        found = None
        for fault in self._planned:
            if fault.method not in ("*", method) or fault.channel not in ("", channel):
                continue
            fault.seen += 1
            if found is None and fault.first <= fault.seen < fault.first + fault.times:
                found = fault
        return found
