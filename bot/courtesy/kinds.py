"""The kinds of message that the bot starts, as a table: what each may do, in one line each.

A new feature adds a line here; nothing else in `courtesy` knows a kind by its name.
Source: domain specification e.2 (counted or not), e.3 (priority), e.4 (at once or not).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType


class Row(StrEnum):
    """A row of the table of caps (e.2). The values name settings and texts."""

    POSTS_DAY = "posts-day"
    POSTS = "posts"
    POSTS_ALL = "posts-all"
    PROMPT = "prompt"
    RELANCE = "relance"
    REMINDER = "reminder"
    PRIVATE_WEEK = "private-week"
    PRIVATE_MONTH = "private-month"
    PULSE = "pulse"
    TIP = "tip"
    BUNDLE = "bundle"
    SUMMARY = "summary"
    ONBOARDING = "onboarding"
    WELCOME = "welcome"
    HELPER = "helper"


class Family(Enum):
    """Why a message is counted or not (e.2), and so how it behaves beside others."""

    COUNTED = "counted"
    ONBOARDING = "onboarding"
    WELCOME = "welcome"
    ROLE = "role"
    SUBSCRIBED = "subscribed"
    PUBLISHED = "published"
    DIRECT = "direct"
    CHANGE = "change"
    LEGAL = "legal"


class Leaves(Enum):
    """When a kind may leave: in the window, at any hour, or that only in an animators' space."""

    IN_WINDOW = "in-window"
    AT_ONCE = "at-once"
    AT_ONCE_FOR_ANIMATORS = "at-once-for-animators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What holds for every message of one kind.

    - `row`: the row of e.2 that it has to itself, beside posts or private messages.
    - `group`: kinds of one group may share a message, when their merge keys agree.
    - `days`: how long it stays useful after its earliest time, when nobody said.
    - `backwards`: falls in quiet hours: moves to the last window before, not to the next.
    - `mutable`: *Moins de ceci* stops it.
    - `keeps`: waits for the end of a pause or a slow period; the others are dropped.
    - `slow`, `crisis`: may leave in that mode; `preparation`, `closed`: in that state.
    - `words`: repeats what members wrote, so not before somebody *de passage* (PV-4).
    """

    priority: int
    family: Family
    row: Row | None = None
    leaves: Leaves = Leaves.IN_WINDOW
    group: str | None = None
    days: int | None = None
    backwards: bool = False
    mutable: bool = False
    keeps: bool = False
    slow: bool = True
    crisis: bool = False
    preparation: bool = False
    closed: bool = False
    words: bool = False


_TABLE: dict[str, Kind] = {
    # Counted.
    "prompt": Kind(priority=5, family=Family.COUNTED, row=Row.PROMPT, days=3, slow=False),
    "relance": Kind(priority=5, family=Family.COUNTED, row=Row.RELANCE, days=3, slow=False),
    "question-relance": Kind(
        priority=3, family=Family.COUNTED, row=Row.RELANCE, days=7, slow=False
    ),
    "pulse": Kind(priority=6, family=Family.COUNTED, row=Row.PULSE, days=14, slow=False),
    "pulse-invitation": Kind(priority=6, family=Family.COUNTED, days=5, mutable=True, slow=False),
    "pulse-reminder": Kind(priority=6, family=Family.COUNTED, days=3, mutable=True, slow=False),
    "activity-announcement": Kind(
        priority=4, family=Family.COUNTED, row=Row.REMINDER, group="news"
    ),
    "activity-reminder": Kind(
        priority=4, family=Family.COUNTED, row=Row.REMINDER, group="news", backwards=True
    ),
    "space-digest": Kind(priority=7, family=Family.COUNTED, group="news", days=3, words=True),
    "charter-version": Kind(priority=6, family=Family.COUNTED, group="news", keeps=True),
    "tip": Kind(
        priority=8,
        family=Family.COUNTED,
        row=Row.TIP,
        group="summary",
        days=5,
        mutable=True,
        slow=False,
    ),
    "story-invitation": Kind(
        priority=7, family=Family.COUNTED, group="news", mutable=True, keeps=True
    ),
    "document-review": Kind(
        priority=7, family=Family.COUNTED, group="news", mutable=True, keeps=True
    ),
    "still-useful": Kind(priority=7, family=Family.COUNTED, group="news", mutable=True, keeps=True),
    # Onboarding steps.
    "guide": Kind(priority=3, family=Family.ONBOARDING, row=Row.ONBOARDING, keeps=True),
    "guide-again": Kind(priority=3, family=Family.ONBOARDING, row=Row.ONBOARDING, keeps=True),
    "charter-again": Kind(priority=3, family=Family.ONBOARDING, row=Row.ONBOARDING, keeps=True),
    "newcomer-pulse": Kind(
        priority=6, family=Family.ONBOARDING, row=Row.ONBOARDING, days=30, mutable=True
    ),
    "welcome-line": Kind(
        priority=3, family=Family.WELCOME, row=Row.WELCOME, group="welcome", days=5
    ),
    # What a role brings.
    "request-card": Kind(
        priority=3, family=Family.ROLE, leaves=Leaves.AT_ONCE_FOR_ANIMATORS, crisis=True
    ),
    "card": Kind(priority=3, family=Family.ROLE, leaves=Leaves.AT_ONCE_FOR_ANIMATORS, crisis=True),
    "request-reminder": Kind(priority=3, family=Family.ROLE, group="bundle", crisis=True),
    "alert": Kind(
        priority=3,
        family=Family.ROLE,
        leaves=Leaves.AT_ONCE_FOR_ANIMATORS,
        group="bundle",
        crisis=True,
    ),
    "bundle": Kind(
        priority=3, family=Family.ROLE, row=Row.BUNDLE, group="bundle", days=3, crisis=True
    ),
    "summary": Kind(
        priority=7,
        family=Family.ROLE,
        row=Row.SUMMARY,
        group="summary",
        days=5,
        slow=False,
        keeps=True,
        crisis=True,
    ),
    "preview": Kind(
        priority=5,
        family=Family.ROLE,
        leaves=Leaves.AT_ONCE_FOR_ANIMATORS,
        group="bundle",
        days=3,
        slow=False,
    ),
    "quiet-week": Kind(
        priority=8,
        family=Family.ROLE,
        row=Row.BUNDLE,
        group="bundle",
        days=1,
        mutable=True,
        slow=False,
    ),
    "responsibility": Kind(priority=4, family=Family.ROLE, keeps=True),
    "host-reminder": Kind(priority=4, family=Family.ROLE, backwards=True),
    "first-words": Kind(priority=3, family=Family.ROLE, keeps=True, preparation=True),
    # What the person subscribed to.
    "digest": Kind(priority=7, family=Family.SUBSCRIBED, group="news", days=3, mutable=True),
    "return-digest": Kind(priority=3, family=Family.SUBSCRIBED, group="news", keeps=True),
    "private-reminder": Kind(
        priority=4, family=Family.SUBSCRIBED, group="news", backwards=True, mutable=True
    ),
    "helper-offer": Kind(
        priority=3,
        family=Family.SUBSCRIBED,
        row=Row.HELPER,
        days=7,
        mutable=True,
        crisis=True,
    ),
    # What people publish through the bot, when the hour was not theirs to choose.
    "question": Kind(priority=3, family=Family.PUBLISHED, words=True, crisis=True),
    "answer": Kind(priority=3, family=Family.PUBLISHED, words=True, crisis=True),
    "synthesis": Kind(priority=7, family=Family.PUBLISHED, words=True),
    "recap": Kind(priority=7, family=Family.PUBLISHED, words=True),
    "story": Kind(priority=7, family=Family.PUBLISHED, words=True),
    "results": Kind(priority=6, family=Family.PUBLISHED),
    # To one person, about what that person began.
    "decision": Kind(
        priority=3, family=Family.DIRECT, leaves=Leaves.AT_ONCE, keeps=True, crisis=True
    ),
    "question-back": Kind(
        priority=3, family=Family.DIRECT, leaves=Leaves.AT_ONCE, keeps=True, crisis=True
    ),
    "waiting-update": Kind(priority=3, family=Family.DIRECT, keeps=True, crisis=True),
    "follow-up": Kind(priority=3, family=Family.DIRECT, days=7, mutable=True, crisis=True),
    "hint": Kind(
        priority=1, family=Family.DIRECT, leaves=Leaves.AT_ONCE, mutable=True, crisis=True
    ),
    # Changes, and what the law or honesty demands.
    "activity-change": Kind(priority=2, family=Family.CHANGE, crisis=True),
    "cancellation": Kind(priority=2, family=Family.CHANGE, crisis=True),
    "pace-notice": Kind(priority=1, family=Family.CHANGE, crisis=True),
    "legal": Kind(
        priority=1,
        family=Family.LEGAL,
        leaves=Leaves.AT_ONCE,
        crisis=True,
        preparation=True,
        closed=True,
    ),
    "incident": Kind(
        priority=1,
        family=Family.LEGAL,
        leaves=Leaves.AT_ONCE,
        crisis=True,
        preparation=True,
        closed=True,
    ),
    "farewell": Kind(priority=1, family=Family.CHANGE, keeps=True, crisis=True, closed=True),
}

KINDS: Mapping[str, Kind] = MappingProxyType(_TABLE)
