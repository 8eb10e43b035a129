"""Every error that is ours, in one tree.

    CopainError
    ├── ConfigError(faults)         the configuration; told to who installs
    ├── Complaint(key, values)      told to the person, in their language
    │   ├── Denied(who)             the act belongs to somebody else
    │   └── Unfit(faults)           answers of a form that must be mended, each with its Complaint
    ├── RetryLater(after, whole)    a platform asks for patience
    ├── Rejected(reason)            a platform refuses for good
    └── Unusable(key, values)       a platform cannot go on; told to who runs the program

They surface in `dispatch`, in `delivery` and in `__main__`. The docstring of a class is the message
of an error that was raised without one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

_CODE = re.compile(r"[\w.:-]{1,64}")


class CopainError(Exception):
    """Something went wrong in Copain."""

    # The log repeats the message of an error only where nobody's words can stand in it.
    loggable: ClassVar[bool] = False

    def __str__(self) -> str:
        return super().__str__() or _first_line(type(self))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct in the configuration.

    `key` is the dotted key as it is written (`communities.0.join`), or the name of a file or of an
    environment variable. `found` is what stands there, None when nothing does, never a secret.
    `problem` and `cure` are text keys (`config.ftl`), both given `values`.
    """

    key: str
    found: str | None
    problem: str
    cure: str
    values: Mapping[str, str | int] = field(default_factory=dict)


class ConfigError(CopainError):
    """The configuration has faults."""

    loggable = True

    def __init__(self, faults: Sequence[Fault]) -> None:
        """All the faults there are, at once: nobody should have to start ten times."""
        self.faults = tuple(faults)
        # No found value in here: this is what a log or a traceback would show.
        super().__init__("; ".join(f"{fault.key}: {fault.problem}" for fault in self.faults))


class Complaint(CopainError):
    """The person is told why this cannot be done."""

    def __init__(self, key: str, values: Mapping[str, Any] | None = None) -> None:
        """A text key and its named values, rendered in the person's language."""
        self.key = key
        self.values: Mapping[str, Any] = dict(values or {})
        super().__init__(key)


class Denied(Complaint):
    """This is for somebody else to do."""

    def __init__(self, who: str) -> None:
        """The role that may: the text `permissions-denied` is given it as `who`."""
        self.who = who
        super().__init__("permissions-denied", {"who": who})


class Unfit(Complaint):
    """Some answers of a form must be mended."""

    def __init__(self, faults: Mapping[str, Complaint]) -> None:
        """What is wrong with each field, all at once. ValueError when nothing is."""
        if not faults:
            raise ValueError("nothing is to be mended")
        self.faults = dict(faults)
        first = next(iter(self.faults.values()))
        super().__init__(first.key, first.values)


class RetryLater(CopainError):
    """The platform asks to wait and try again."""

    loggable = True

    def __init__(self, after: float, *, whole: bool = False, away: bool = False) -> None:
        """Wait `after` seconds at least. ValueError for a negative time or none at all (NaN).

        With `whole` it concerns everything sent to that platform, not this conversation alone: the
        limit is the account's, or the platform is `away`: it cannot be reached, which tells nothing
        of how fast it may be sent to [RE-4].
        """
        if not after >= 0:
            raise ValueError("a wait cannot be negative")
        self.after = after
        self.whole = whole
        self.away = away
        super().__init__(f"retry after {after:g} s")


class Rejected(CopainError):
    """The platform refuses this for good."""

    loggable = True

    def __init__(self, reason: str) -> None:
        """The platform's own code for it (`channel_not_found`, `M_FORBIDDEN`), never its prose:
        the code is logged, and prose, which may repeat what a person typed, is not.
        """
        self.reason = reason
        super().__init__(reason if _CODE.fullmatch(reason) else "")


class Unusable(CopainError):
    """A platform cannot go on until somebody changes something."""

    loggable = True

    def __init__(self, key: str, values: Mapping[str, Any] | None = None) -> None:
        """A text key that names the cure, and its values: never a secret, never prose of others."""
        self.key = key
        self.values: Mapping[str, Any] = dict(values or {})
        super().__init__(key)


def _first_line(kind: type[Exception]) -> str:
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]
