"""The pace in words: caps, what waits, what became of things. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.courtesy import Pace, Row, cap_of
from bot.messages import Line
from bot.values import Day, Key, Moment, Value
from bot.when import local_day
from storage.planned import Became, Planned

AS_PLANNED = (None, "courtesy-why-scheduled")
"""Why something left, when it left as it was meant."""
SPREAD = "courtesy-why-spread"
NEXT_SLOT = timedelta(minutes=80)
"""So near is the next slot whose minute is drawn (e.3-8): nobody meant another."""
SMALL = (*AS_PLANNED, SPREAD, "courtesy-why-window")
"""Reasons of minutes or hours, which the list of a month need not tell."""
VOID = "pace-why-void"
DROPPED = "pace-why-dropped"
"""Why something never left: an animator said so."""
UNTOLD = frozenset(
    {"alert", "bundle", "card", "first-words", "preview", "quiet-week", "request-card",
     "request-reminder"}
)  # fmt: skip
"""Kinds for those who look after the community: no part of what members meet."""


def caps(pace: Pace, now: datetime) -> list[Line]:
    """What holds now, in numbers, for a space and for a person."""
    day, posts, prompts, week, month = (
        cap_of(row, now, pace=pace)
        for row in (Row.POSTS_DAY, Row.POSTS, Row.PROMPT, Row.PRIVATE_WEEK, Row.PRIVATE_MONTH)
    )
    if not posts.limit or not day.limit:
        space = Line("pace-caps-space-none")
    elif not prompts.limit:
        space = Line("pace-caps-space-quiet", {"n": posts.limit, "days": posts.days})
    else:
        numbers = {"n": posts.limit, "days": posts.days}
        space = Line(
            "pace-caps-space", {**numbers, "prompts": prompts.limit, "every": prompts.days}
        )
    if not week.limit or not month.limit:
        return [space, Line("pace-caps-person-none")]
    private = {"n": week.limit, "days": week.days, "more": month.limit, "longer": month.days}
    return [space, Line("pace-caps-person", private)]


def waiting(found: Iterable[Planned], now: datetime, titles: Mapping[str, str]) -> list[Line]:
    """What would have left by now but for a reason: posts one by one, private ones together."""
    lines: list[Line] = []
    private: dict[tuple[str, str], set[str]] = {}
    for each in found:
        if each.kind in UNTOLD or (each.why in AS_PLANNED and not each.held):
            continue
        why = "courtesy-why-held" if each.held else str(each.why)
        if each.audience == "person":
            private.setdefault((each.kind, why), set()).add(each.audience_id)
            continue
        values = {"what": kind(each.kind), "space": titles.get(each.audience_id, "")}
        stays = each.held or why == "courtesy-why-crisis"
        when = {} if stays or each.at <= now else {"when": Moment(each.at)}
        key = "pace-waits-until" if when else "pace-waits"
        line = Line(key, {**values, **when, "why": Key(why)})
        lines += [] if line in lines else [line]
    return [
        *lines,
        *(
            Line("pace-waits-private", {"what": kind(name), "n": len(who), "why": Key(why)})
            for (name, why), who in private.items()
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Fate:
    kind: str
    where: str
    state: str
    why: str
    meant: Day
    ended: Day


def lately(
    found: Sequence[Became], titles: Mapping[str, str], day: Callable[[datetime], Day]
) -> list[Line]:
    """What did not leave as it was meant, the newest first; the same for many is one line."""
    fates: dict[_Fate, set[str]] = {}
    for each in found:
        fate = _fate(each, titles, day)
        if fate is not None:
            fates.setdefault(fate, set()).add(each.audience_id)
    return [_told(fate, len(who)) for fate, who in fates.items()]


def _fate(each: Became, titles: Mapping[str, str], day: Callable[[datetime], Day]) -> _Fate | None:
    if each.kind in UNTOLD:
        return None
    left = each.state == "released"
    if left and each.with_ is None and each.why in AS_PLANNED:
        return None
    if left and each.with_ is None and each.why == SPREAD and each.ended - each.meant < NEXT_SLOT:
        return None
    state = ("merged" if each.with_ is not None else "moved") if left else "dropped"
    why = each.why or (VOID if not left else "")
    if left and why in AS_PLANNED:
        why = ""
    where = titles.get(each.audience_id, "") if each.audience == "space" else ""
    return _Fate(each.kind, where, state, why, day(each.meant), day(each.ended))


def _told(fate: _Fate, n: int) -> Line:
    place: Value = fate.where or Key("pace-in-private", {"n": n})
    values: dict[str, Value] = {
        "what": kind(fate.kind),
        "where": place,
        "meant": fate.meant,
        "ended": fate.ended,
        "why": Key(fate.why) if fate.why else Key("pace-why-merged"),
    }
    key = f"pace-became-{fate.state}"
    if fate.state == "moved" and fate.meant == fate.ended:
        key = "pace-became-moved-today"
    return Line(key, values)


def kind(name: str) -> Key:
    """What a kind of message is called."""
    return Key(f"kind-{name}")


def day_in(zone: Any) -> Callable[[datetime], Day]:
    """What gives an instant its day there."""
    return lambda at: Day(local_day(at, zone))
