"""What courtesy is told and what it answers: intents, the facts about one audience, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bot.courtesy.kinds import KINDS, Family, Kind, Row
from bot.when.holidays import SlowPeriod, in_slow_period
from bot.when.working import Calendar

Cause = Literal["bot", "asked", "chosen-minute"]
Mode = Literal["launch", "cruise", "slow", "crisis"]

LAUNCH = timedelta(weeks=12)
FIRST_SILENCE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One message that the bot means to send to one audience. Every instant is aware.

    - `audience`: person, space or role; `community` and `id` as in storage.
    - `latest`: the last instant at which it is useful; `deadline`: when what it speaks of begins.
    - `priority`: 1 (first) to 8 (e.3.2); 0 takes that of the kind.
    - `merge_key`: two intents share a message only when this is the same, and not None.
    - `cause`: `asked` leaves at its hour whatever the hour; `chosen-minute` keeps its minute.
    - `subject`: what it is about (`activity:12`), for the caps per prompt and per activity.
    - `through_pause`: the person said that this one may come during their pause (e.3.9).
    """

    id: int
    kind: str
    audience: str
    audience_id: str
    community: int
    earliest: datetime
    created: datetime
    latest: datetime | None = None
    deadline: datetime | None = None
    priority: int = 0
    merge_key: str | None = None
    cause: Cause = "bot"
    subject: str | None = None
    held: bool = False
    through_pause: bool = False

    @property
    def rules(self) -> Kind:
        """The line of the table for this kind. Raises KeyError when there is none."""
        return KINDS[self.kind]

    @property
    def useful_until(self) -> datetime | None:
        """The earliest of its ends; a kind with a span gives one when nobody did."""
        ends = [self.latest] if self.latest is not None else []
        if self.deadline is not None:
            # What has begun needs no reminder any more.
            ends.append(self.deadline - timedelta(seconds=1))
        days = self.rules.days
        if self.latest is None and days is not None:
            ends.append(self.earliest + timedelta(days=days))
        return min(ends, default=None)

    @property
    def private(self) -> bool:
        return self.audience == "person"

    @property
    def news(self) -> str:
        """The merge key of what may share one message with a digest of its community."""
        return f"news:{self.community}"

    @property
    def can_wait(self) -> bool:
        """Whether it rides in the digest of whoever has one: counted, and useful any day (e.2)."""
        rules = self.rules
        return (
            self.private
            and rules.group == "news"
            and rules.family is Family.COUNTED
            and self.merge_key in (None, self.news)
            and self.cause == "bot"
            and self.deadline is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message that left; `asked` ones count only for the caps of their subject.

    What was merged into one message has the same `at`.
    """

    kind: str
    at: datetime
    subject: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How one community wants to be spoken to.

    - `limits`: caps that the animators set; above the table only for posts, to 5 (e.2).
    - `busy`: declared *périodes chargées*, which halve the caps of cruise (e.5).
    - `weekly_prompts`: the load that members report allows one prompt a week (SA-6).
    - `unshared_pulse`: a pulse is over whose result nobody shared yet (e.3.5).
    """

    calendar: Calendar
    mode: Mode = "cruise"
    state: str = "open"
    launched: date | None = None
    slow: tuple[SlowPeriod, ...] = ()
    busy: tuple[SlowPeriod, ...] = ()
    brake_until: datetime | None = None
    limits: Mapping[Row, int] = field(default_factory=dict)
    weekly_prompts: bool = False
    unshared_pulse: bool = False

    def mode_on(self, day: date) -> Mode:
        """The mode in force on a local day: the calendar makes it slow, 12 weeks end launch."""
        if self.mode in {"crisis", "slow"}:
            return self.mode
        if in_slow_period(day, self.slow):
            return "slow"
        launching = self.launched is None or day < self.launched + LAUNCH
        return "launch" if self.mode == "launch" and launching else "cruise"

    def halved(self, at: datetime) -> bool:
        """Whether the brake or a busy period halves the caps at that instant."""
        if self.brake_until is not None and at < self.brake_until:
            return True
        day = at.astimezone(self.calendar.zone).date()
        return self.mode_on(day) == "cruise" and in_slow_period(day, self.busy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about one audience when it is looked at.

    - `paces`: by community: each one that has an intent for this audience.
    - `own`: a person's own hours, zone and holidays, which win; None takes the community's.
    - `use`, `stopped`, `visitor`: of a space: its use, whether it is stopped, whether
      somebody *de passage* is in it (PV-4).
    - `sent`: of the last 31 days, for a person in all communities together, and whatever was
      sent before about the subjects that wait.
    - `pulses`: when the pulses of the last year began, for the audience.
    - `helper_limit`: questions a week that this person accepts (QU-2).
    """

    paces: Mapping[int, Pace]
    own: Calendar | None = None
    use: str = "discussion"
    stopped: bool = False
    visitor: bool = False
    pause_set_at: datetime | None = None
    pause_until: datetime | None = None
    muted: frozenset[str] = frozenset()
    sent: tuple[Sent, ...] = ()
    pulses: tuple[datetime, ...] = ()
    helper_limit: int = 1

    def calendar_for(self, intent: Intent) -> Calendar:
        """The hours and days that hold for this intent (e.4: a person's own win)."""
        if intent.private and self.own is not None:
            return self.own
        return self.paces[intent.community].calendar

    @property
    def silent_until(self) -> datetime | None:
        """The end of the pause, and at least 24 hours after it was set (e.4)."""
        ends = [self.pause_until] if self.pause_until is not None else []
        if self.pause_set_at is not None:
            ends.append(self.pause_set_at + FIRST_SILENCE)
        return max(ends).astimezone(UTC) if ends else None


@dataclass(frozen=True, slots=True)
class Release:
    """These intents leave now, as one message; the first one leads."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """To be looked at again at `until`, when it is expected to leave. `why` is a text key."""

    id: int
    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Never leaves. `why` is a text key."""

    id: int
    why: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Waits for an act, not for an hour: an opening, the end of a crisis, an animator.

    Its state does not change, so that it is decided anew at each look. `why` is a text key.
    """

    id: int
    why: str


Decision = Release | Move | Drop | Hold
