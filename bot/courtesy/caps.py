"""The caps of e.2 as data, and what brake, busy periods and animators make of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.courtesy.facts import Mode, Pace
from bot.courtesy.kinds import Family, Kind, Row

MOST_POSTS = 5
PULSES_A_YEAR = 8
BRAKE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `limit` in `days` local days running; with 0 days, for one subject."""

    limit: int
    days: int


_ANY_MODE: Mapping[Row, Cap] = {
    Row.POSTS_DAY: Cap(1, 1),
    Row.RELANCE: Cap(1, 0),
    Row.REMINDER: Cap(2, 0),
    Row.PULSE: Cap(1, 28),
    Row.TIP: Cap(1, 7),
    Row.BUNDLE: Cap(1, 1),
    Row.SUMMARY: Cap(1, 7),
    Row.ONBOARDING: Cap(4, 31),
    Row.WELCOME: Cap(1, 1),
    Row.HELPER: Cap(1, 7),
}

CAPS: Mapping[Mode, Mapping[Row, Cap]] = {
    "launch": {
        **_ANY_MODE,
        Row.POSTS: Cap(4, 7),
        Row.POSTS_ALL: Cap(4, 7),
        Row.PROMPT: Cap(1, 7),
        Row.PRIVATE_WEEK: Cap(2, 7),
        Row.PRIVATE_MONTH: Cap(6, 30),
    },
    "cruise": {
        **_ANY_MODE,
        Row.POSTS: Cap(2, 7),
        Row.POSTS_ALL: Cap(3, 7),
        Row.PROMPT: Cap(1, 14),
        Row.PRIVATE_WEEK: Cap(1, 7),
        Row.PRIVATE_MONTH: Cap(3, 30),
    },
    "slow": {
        **_ANY_MODE,
        Row.POSTS: Cap(1, 14),
        Row.POSTS_ALL: Cap(1, 14),
        Row.PROMPT: Cap(0, 7),
        Row.RELANCE: Cap(0, 0),
        # The table also has 1 per 30 days: the stricter of two rows always wins.
        Row.PRIVATE_WEEK: Cap(0, 7),
        Row.PRIVATE_MONTH: Cap(1, 30),
        Row.PULSE: Cap(0, 28),
        Row.TIP: Cap(0, 7),
        Row.BUNDLE: Cap(1, 7),
    },
    "crisis": {
        **_ANY_MODE,
        Row.POSTS_DAY: Cap(0, 1),
        Row.POSTS: Cap(0, 7),
        Row.POSTS_ALL: Cap(0, 7),
        Row.PROMPT: Cap(0, 7),
        Row.RELANCE: Cap(0, 0),
        Row.REMINDER: Cap(0, 0),
        Row.PRIVATE_WEEK: Cap(0, 7),
        Row.PRIVATE_MONTH: Cap(0, 30),
        Row.PULSE: Cap(0, 28),
        Row.TIP: Cap(0, 7),
    },
}

_HALVED = frozenset(
    {Row.POSTS, Row.POSTS_ALL, Row.PROMPT, Row.PRIVATE_WEEK, Row.PRIVATE_MONTH, Row.TIP}
)


def brakes(too_much: int, answers: int) -> bool:
    """Whether the load that members reported starts the brake: 25% of 10 or more (SA-6)."""
    return answers >= 10 and too_much * 4 >= answers


def rows_of(kind: Kind, audience: str) -> tuple[Row, ...]:
    """The rows that a message of this kind counts in, for that audience."""
    own = (kind.row,) if kind.row is not None else ()
    if kind.family is not Family.COUNTED or audience == "role":
        return own
    if audience == "person":
        return (*own, Row.PRIVATE_WEEK, Row.PRIVATE_MONTH)
    posts = (Row.POSTS_DAY, Row.POSTS_ALL)
    # Reminders, and they alone, may use the room between the two rows of posts.
    return (*own, *posts) if kind.backwards else (*own, *posts, Row.POSTS)


def cap_of(row: Row, at: datetime, *, pace: Pace) -> Cap:
    """The cap in force at that instant.

    An animator may lower any cap; only the weekly posts of launch and cruise may be raised, to
    5. Halving rounds down; a cap of 1 becomes 1 in twice the days, never 0.
    """
    mode = pace.mode_on(at.astimezone(pace.calendar.zone).date())
    cap = _set_by_animators(row, CAPS[mode][row], mode=mode, pace=pace)
    if row is Row.PROMPT and mode == "cruise" and pace.weekly_prompts:
        cap = Cap(cap.limit, 7)
    if row in _HALVED and pace.halved(at):
        cap = Cap(cap.limit // 2, cap.days) if cap.limit > 1 else Cap(cap.limit, cap.days * 2)
    return cap


def first_free(days: list[date], day: date, *, cap: Cap) -> date | None:
    """The first day from `day` on that may have room beside the messages of `days`.

    Every span of `cap.days` running days is looked at, those that end later too. `day` itself
    when it has room; None when there never is any (a cap of 0).
    """
    if cap.limit == 0:
        return None
    span = timedelta(days=cap.days)
    near = sorted(other for other in days if abs(other - day) < span)
    before = [other for other in near if other <= day]
    if len(before) >= cap.limit:
        return before[len(before) - cap.limit] + span
    for end in (other for other in near if other > day):
        if sum(end - span < other <= end for other in near) >= cap.limit:
            return day + timedelta(days=1)
    return day


def _set_by_animators(row: Row, cap: Cap, *, mode: Mode, pace: Pace) -> Cap:
    raisable = mode in {"launch", "cruise"}
    if row is Row.POSTS_ALL and raisable and Row.POSTS in pace.limits:
        # The room kept for reminders moves with the cap that was set.
        room = cap.limit - CAPS[mode][Row.POSTS].limit
        cap = Cap(min(pace.limits[Row.POSTS] + room, MOST_POSTS), cap.days)
    chosen = pace.limits.get(row)
    if chosen is None:
        return cap
    most = MOST_POSTS if row is Row.POSTS and raisable else cap.limit
    return Cap(max(0, min(chosen, most)), cap.days)
