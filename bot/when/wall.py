"""Wall time and instants: the one place where what a clock shows becomes a point in time.

Twice a year a wall clock shows an hour twice or never; whoever joins a date, an hour and a
zone by hand gets one of the two wrong.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def instant_of(day: date, at: time, *, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks of `zone` show `at` on `day`.

    An hour that spring skips is the first instant after the gap; an hour that autumn shows
    twice is the first of the two. So a later wall time never gives an earlier instant.
    """
    naive = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == naive:
        return instant
    return _end_of_gap(naive, instant, zone=zone)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date that calendars of `zone` show at `instant`."""
    return instant.astimezone(zone).date()


def _end_of_gap(naive: datetime, after: datetime, *, zone: ZoneInfo) -> datetime:
    # PEP 495: in a gap, fold 0 and fold 1 give instants on the two sides of the change.
    before = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    old = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
