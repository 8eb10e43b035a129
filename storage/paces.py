"""How communities and people want to be spoken to, read from their rows and settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.courtesy import Pace, Row
from bot.people import Community
from bot.when import Calendar, Hours, SlowPeriod, default_slow_periods
from storage import communities
from storage.communities import CommunityRow
from storage.people import PersonRow


def calendar_of(community: Community) -> Calendar:
    """The community's zone, working window and holidays."""
    start, end = (time.fromisoformat(each) for each in community.working_hours)
    return Calendar(zone=community.zone, hours=Hours(start, end), holidays=community.holidays)


def pace_of(row: CommunityRow, now: datetime) -> Pace:
    """How this community wants to be spoken to, as its row and settings say now."""
    community = communities.as_community(row)
    limits: dict[Row, int] = {}
    posts = community.settings.get("posts_a_week")
    if isinstance(posts, int):
        limits[Row.POSTS] = posts
    return Pace(
        calendar=calendar_of(community),
        mode=row.mode,  # type: ignore[arg-type]
        state=row.state,
        launched=row.launched,
        slow=slow_periods(community),
        busy=busy_periods(community),
        brake_until=row.brake_until,
        limits=limits,
    )


def slow_periods(community: Community) -> tuple[SlowPeriod, ...]:
    """The slow periods that chat or the configuration set, else those of its calendars."""
    said = community.settings.get("slow_periods")
    if isinstance(said, str):
        return tuple(_periods(said.split(",")))
    return default_slow_periods(*community.holidays)


def busy_periods(community: Community) -> tuple[SlowPeriod, ...]:
    """The *périodes chargées* that a community declared: they halve the caps of cruise (e.5)."""
    return tuple(_periods(str(community.settings.get("busy_periods") or "").split(",")))


def own_calendar(row: PersonRow, community: Community) -> Calendar | None:
    """A person's own zone, hours and holidays, which win; None when they chose none."""
    if not (row.zone or row.hours or row.holidays is not None):
        return None
    base = calendar_of(community)
    hours = base.hours
    if row.hours:
        hours = Hours(
            time.fromisoformat(row.hours["from"]),
            time.fromisoformat(row.hours["to"]),
            frozenset(row.hours.get("days", range(5))),
        )
    return Calendar(
        zone=ZoneInfo(row.zone) if row.zone else base.zone,
        hours=hours,
        holidays=tuple(row.holidays) if row.holidays is not None else base.holidays,
    )


def _periods(texts: Iterable[str]) -> Iterable[SlowPeriod]:
    """`12-20/01-05`: month and day of both ends."""
    for text in texts:
        start, _, end = text.strip().partition("/")
        if start and end:
            first, last = (tuple(int(n) for n in each.split("-")) for each in (start, end))
            yield SlowPeriod((first[0], first[1]), (last[0], last[1]))
