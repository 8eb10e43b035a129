"""What would be said in the coming days: what a rehearsal found, as JSON can carry it [AT-5].

The rehearsal itself is in `bot.app.rehearsal`. A feature asks for one by adding a task of one of
the actions below, and hears its end with `@done`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from statistics import median
from typing import Any, Literal
from zoneinfo import ZoneInfo

REHEARSE, REHEARSE_AS = "rehearse", "rehearse-as"
"""The tasks' actions: for who looks at the pace, and for who sees as somebody else would.

Args: `community` (its number), `days`, and two for the copy alone that may be left out: `first`,
the action and the args of a timer that falls due before all else, and `without`, the actions of
timers that do not fall due at all. More args come back unchanged. The result: `foreseen` and
`load` as `as_json` made them, and `guest`, whom `first` brought in.
"""
DRAWN = frozenset({"prompt", "preview", "relance"})
"""Kinds whose words are drawn shortly before they leave, or as they leave."""
GUEST = "rehearsal.guest"
"""The note in which the timer of `first` leaves the number of a person who is in the copy alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One message that would be sent. `text` is Markdown, in the reader's language.

    `audience_id` is the key of a place, or the number of a person: "" for somebody nobody keeps.
    `key` and `values` (encoded) are of its first sentence, "" where one message goes to everybody
    of a role. `intent` is the number of what waits for it today, if anything does; `also` those
    that leave in the same message. `why` is the text key of why it leaves later than it was meant.
    `drawn`: its words were drawn here, and nobody has decided them: a real run may draw others.
    """

    at: datetime
    community: int | None
    audience: Literal["space", "person"]
    audience_id: str
    kind: str
    key: str
    values: Mapping[str, Any]
    text: str
    buttons: tuple[str, ...] = ()
    subject: str | None = None
    intent: int | None = None
    also: tuple[int, ...] = ()
    why: str | None = None
    thread: bool = False
    drawn: bool = False

    def as_json(self) -> dict[str, Any]:
        """The same for `json.dumps`."""
        plain = asdict(self)
        return {
            **plain,
            "at": self.at.isoformat(),
            "buttons": list(self.buttons),
            "also": list(self.also),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Foreseen:
        """What `as_json` was made of; names that nobody knows are left out."""
        known = {each.name for each in fields(cls)}
        found = {name: value for name, value in plain.items() if name in known}
        for name in ("buttons", "also"):
            found[name] = tuple(found.get(name, ()))
        return cls(**{**found, "at": datetime.fromisoformat(plain["at"])})


@dataclass(frozen=True, slots=True)
class Share:
    """How much somebody receives: in all, and in the fullest seven running days."""

    count: int
    week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much reaches each member in private, and each space.

    `members` is how many there are: who receives nothing is not in `people`. The keys are numbers
    of persons and keys of places, as text.
    """

    members: int
    people: Mapping[str, Share] = field(default_factory=dict)
    spaces: Mapping[str, Share] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """The most private messages that one member receives in seven days."""
        return max((each.week for each in self.people.values()), default=0)

    @property
    def median(self) -> float:
        """The same for the member in the middle."""
        silent = max(0, self.members - len(self.people))
        return float(median([*(each.week for each in self.people.values()), *[0] * silent] or [0]))

    def as_json(self) -> dict[str, Any]:
        """The same for `json.dumps`, with the two numbers."""
        return {**asdict(self), "most": self.most, "median": self.median}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Load:
        """What `as_json` was made of."""
        people, spaces = (
            {name: Share(**each) for name, each in plain[group].items()}
            for group in ("people", "spaces")
        )
        return cls(members=plain["members"], people=people, spaces=spaces)


def load_of(foreseen: Iterable[Foreseen], members: Iterable[int], zone: ZoneInfo) -> Load:
    """How much of it reaches each of these members, and each space, by the days of that zone."""
    times: dict[tuple[str, str], list[date]] = {}
    for each in foreseen:
        day = each.at.astimezone(zone).date()
        times.setdefault((each.audience, each.audience_id), []).append(day)
    known = {str(number) for number in members}
    shares = {who: Share(len(found), fullest(found)) for who, found in times.items()}
    return Load(
        members=len(known),
        people={
            who: each for (kind, who), each in shares.items() if kind == "person" and who in known
        },
        spaces={who: each for (kind, who), each in shares.items() if kind == "space"},
    )


def fullest(days: Iterable[date]) -> int:
    """The most of these days that lie within seven running ones."""
    ordered, first, most = sorted(days), 0, 0
    for last, day in enumerate(ordered):
        while (day - ordered[first]).days >= 7:
            first += 1
        most = max(most, last - first + 1)
    return most
