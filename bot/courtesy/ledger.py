"""What one audience received and is about to receive, and whether an instant has room for more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.courtesy.caps import PULSES_A_YEAR, Cap, cap_of, first_free, rows_of
from bot.courtesy.facts import LAUNCH, Facts, Intent, Pace, Sent
from bot.courtesy.kinds import KINDS, Family, Leaves, Row
from bot.courtesy.slots import LATE
from bot.when.wall import instant_of, local_day

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FOUR_WEEKS = timedelta(weeks=4)
_YEAR = timedelta(days=365)
_APART = timedelta(minutes=30)
_MOVES = frozenset({Family.COUNTED, Family.ONBOARDING})
_COLLIDES = _MOVES | {Family.SUBSCRIBED}
_PULSE_WEEKS = (6, 12)
_BY_SUBJECT = frozenset({Row.RELANCE, Row.REMINDER})


@dataclass(frozen=True, slots=True)
class Block:
    """Why there is no room, and from when there may be; None: nobody can tell.

    `by_act`: it ends when somebody does something, so the message is worth keeping.
    """

    why: str
    until: datetime | None
    by_act: bool = False


class Ledger:
    """The sends of one audience, with those that this look has planned already.

    Days are local days of `zone`: a rolling week is seven dates, so that a weekly hour stays
    free across a change of clocks and a message that left some seconds late.
    """

    def __init__(self, facts: Facts, *, audience: str, zone: ZoneInfo) -> None:
        self._facts = facts
        self._audience = audience
        self._zone = zone
        self._apart: list[datetime] = []
        self._waited: list[datetime] = []
        self._days: dict[Row, set[datetime]] = {}
        self._starts: list[tuple[Row | None, datetime]] = []
        self._subjects: dict[tuple[Row | None, str | None], int] = {}
        hosts = {(sent.at, KINDS[sent.kind].group) for sent in facts.sent if _hosts(sent.kind)}
        for sent in facts.sent:
            self._write(sent, riding=(sent.at, KINDS[sent.kind].group or "") in hosts)

    def reserve(self, intents: Sequence[Intent], at: datetime) -> None:
        """Counts these intents as one message at that instant."""
        hosted = any(_hosts(intent.kind) for intent in intents)
        for intent in intents:
            asked = intent.cause == "asked"
            sent = Sent(kind=intent.kind, at=at, subject=intent.subject, asked=asked)
            self._write(sent, riding=hosted)

    def block(self, intents: Sequence[Intent], at: datetime) -> Block | None:
        """The first rule that keeps one of these, as one message, from leaving at `at`, or None.

        What rides in a message that leaves anyway is no message more (e.2).
        """
        hosted = any(_hosts(intent.kind) for intent in intents)
        for intent in intents:
            pace = self._facts.paces[intent.community]
            riding = hosted and not _hosts(intent.kind)
            block = (
                self._slow(intent, at, pace=pace)
                or self._pulse(intent, at, pace=pace)
                or self._caps(intent, at, rows=self._rows(intent.kind, riding=riding))
                or (None if riding else self._collision(intent, at))
            )
            if block is not None:
                return block
        return None

    def crowded(self, at: datetime) -> bool:
        """Whether another waiting message has that slot: what was missed leaves one by one."""
        return any(abs(other - at) < _APART for other in self._waited)

    def _rows(self, kind: str, *, riding: bool) -> tuple[Row, ...]:
        rules = KINDS[kind]
        return rows_of(rules, "role" if riding else self._audience)

    def _write(self, sent: Sent, *, riding: bool) -> None:
        rules = KINDS[sent.kind]
        rows = self._rows(sent.kind, riding=riding and not _hosts(sent.kind))
        self._starts.append((rules.row, sent.at))
        if rules.row in _BY_SUBJECT:
            key = (rules.row, sent.subject)
            self._subjects[key] = self._subjects.get(key, 0) + 1
        if sent.asked:
            return
        for row in rows:
            self._days.setdefault(row, set()).add(sent.at)
        if rules.family in _COLLIDES:
            self._apart.append(sent.at)
        to_one = rules.leaves is not Leaves.AT_ONCE and self._audience == "person"
        if rules.leaves is Leaves.IN_WINDOW or to_one:
            self._waited.append(sent.at)

    def _slow(self, intent: Intent, at: datetime, *, pace: Pace) -> Block | None:
        zone = pace.calendar.zone
        due, day = local_day(intent.earliest, zone), local_day(at, zone)
        if intent.rules.slow or "slow" not in {pace.mode_on(due), pace.mode_on(day)}:
            return None
        if intent.rules.keeps:
            end = self._end_of_slow(at, pace=pace)
            return Block("slow", end) if pace.mode_on(day) == "slow" else None
        # A turn that falls in the slow period is skipped, also when the next free slot
        # lies after it.
        return Block("slow", None)

    def _pulse(self, intent: Intent, at: datetime, *, pace: Pace) -> Block | None:
        row = intent.rules.row
        if row not in {Row.PULSE, Row.PROMPT}:
            return None
        other = Row.PROMPT if row is Row.PULSE else Row.PULSE
        monday = _monday(local_day(at, self._zone))
        starts = (start for started, start in self._starts if started is other)
        if any(_monday(local_day(start, self._zone)) == monday for start in starts):
            return Block("pulse-week", instant_of(monday + _WEEK, time(), zone=self._zone))
        return self._pulse_turn(at, pace=pace) if row is Row.PULSE else None

    def _pulse_turn(self, at: datetime, *, pace: Pace) -> Block | None:
        pulses = self._facts.pulses
        if pace.unshared_pulse:
            return Block("pulse-unshared", None, by_act=True)
        # Those that a person began are in no row of caps, and members answered them too.
        days = [local_day(pulse, self._zone) + _FOUR_WEEKS for pulse in pulses]
        if days and local_day(at, self._zone) < max(days):
            return Block("pulse", instant_of(max(days), time(), zone=self._zone))
        year = sorted(pulse for pulse in pulses if at - _YEAR < pulse <= at)
        if len(year) >= PULSES_A_YEAR:
            return Block("pulse-year", year[-PULSES_A_YEAR] + _YEAR)
        day = local_day(at, pace.calendar.zone)
        if pace.launched is None or pace.mode_on(day) != "launch":
            return None
        begun = sum(local_day(pulse, pace.calendar.zone) >= pace.launched for pulse in pulses)
        first = pace.launched + LAUNCH
        if begun < len(_PULSE_WEEKS):
            first = pace.launched + _WEEK * (_PULSE_WEEKS[begun] - 1)
        return Block("pulse-launch", _midnight(first, pace)) if day < first else None

    def _caps(self, intent: Intent, at: datetime, *, rows: Iterable[Row]) -> Block | None:
        pace = self._facts.paces[intent.community]
        day = local_day(at, self._zone)
        for row in rows:
            cap = cap_of(row, at, pace=pace)
            if row is Row.HELPER:
                cap = Cap(self._facts.helper_limit, cap.days)
            if not cap.days:
                if self._subjects.get((row, intent.subject), 0) >= cap.limit:
                    return Block(row.value, None)
                continue
            days = [local_day(past, self._zone) for past in self._days.get(row, ())]
            free = first_free(days, day, cap=cap)
            if free is None:
                return Block(row.value, self._end_of_slow(at, pace=pace))
            if free != day:
                return Block(row.value, instant_of(free, time(), zone=self._zone))
        return None

    def _end_of_slow(self, at: datetime, *, pace: Pace) -> datetime | None:
        day = local_day(at, pace.calendar.zone)
        if pace.mode in {"slow", "crisis"} or pace.mode_on(day) != "slow":
            return None
        days = (day + _DAY * n for n in range(1, 366))
        end = next((day for day in days if pace.mode_on(day) != "slow"), None)
        return _midnight(end, pace) if end is not None else None

    def _collision(self, intent: Intent, at: datetime) -> Block | None:
        if intent.rules.family not in _MOVES:
            return None
        wall = _wall(at, self._zone)
        near = [
            other for other in self._apart if abs(_wall(other, self._zone) - wall) < _DAY - LATE
        ]
        # The hour counts, not the seconds by which the other one left late.
        return Block("collision", max(near) + _DAY - LATE) if near else None


def _hosts(kind: str) -> bool:
    return KINDS[kind].group is not None and KINDS[kind].family not in _MOVES


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    # Two posts at the same hour of two days are a day apart, also when clocks change.
    return at.astimezone(zone).replace(tzinfo=UTC)


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()


def _midnight(day: date, pace: Pace) -> datetime:
    return instant_of(day, time(), zone=pace.calendar.zone)
