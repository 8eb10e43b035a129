"""What holds whatever the bot meant to say: nobody is written to too often, too late, at night."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courtesy import (
    KINDS,
    Drop,
    Facts,
    Family,
    Hold,
    Intent,
    Leaves,
    Move,
    Pace,
    Release,
    Row,
    Sent,
    cap_of,
    decide,
    next_look,
)
from bot.courtesy.caps import rows_of
from bot.when.holidays import default_slow_periods
from bot.when.working import Calendar, Hours, is_open

ZONE = ZoneInfo("America/Toronto")
CALENDAR = Calendar(ZONE, Hours(), ("CA-QC",))
START = datetime(2026, 2, 25, 5, tzinfo=UTC)
WAITING = sorted(name for name, kind in KINDS.items() if kind.leaves is Leaves.IN_WINDOW)
BY_SUBJECT = {Row.RELANCE, Row.REMINDER}

hours = st.integers(0, 24 * 14).map(lambda n: START + timedelta(hours=n, minutes=n * 7 % 60))
paces = st.builds(
    Pace,
    calendar=st.just(CALENDAR),
    mode=st.sampled_from(["launch", "cruise", "slow", "crisis"]),
    launched=st.just(date(2026, 1, 12)),
    slow=st.sampled_from([(), default_slow_periods("CA-QC")]),
    brake_until=st.sampled_from([None, START + timedelta(days=9)]),
)


@st.composite
def wishes(draw: st.DrawFn) -> list[Intent]:
    audience = draw(st.sampled_from(["person", "space"]))
    found = []
    for number in range(draw(st.integers(1, 7))):
        earliest = draw(hours)
        useful = draw(st.none() | st.integers(0, 240))
        found.append(
            Intent(
                id=number,
                kind=draw(st.sampled_from(WAITING)),
                audience=audience,
                audience_id="7",
                community=1,
                earliest=earliest,
                created=earliest,
                latest=earliest + timedelta(hours=useful) if useful is not None else None,
                merge_key=draw(st.sampled_from([None, "week"])),
                cause=draw(st.sampled_from(["bot", "bot", "chosen-minute"])),
                subject=draw(st.sampled_from(["activity:1", "prompt:2"])),
            )
        )
    return found


@settings(max_examples=150, deadline=None)
@given(wishes(), paces, hours, st.randoms(use_true_random=False))
def test_each_intent_has_one_decision_whatever_their_order(
    intents: list[Intent], pace: Pace, now: datetime, chance: object
) -> None:
    facts = Facts(paces={1: pace})
    decisions = decide(intents, facts, now)
    ids = [n for one in decisions for n in (one.ids if isinstance(one, Release) else (one.id,))]
    assert sorted(ids) == sorted(intent.id for intent in intents)
    assert all(one.until > now for one in decisions if isinstance(one, Move))
    assert decide(reversed(intents), facts, now) == decisions
    stay = {one.id for one in decisions if isinstance(one, Move | Hold)}
    left = [intent for intent in intents if intent.id in stay]
    look = next_look(left, facts, now)
    # What stood in the way of another is gone: then that one leaves at once, and not later.
    free = any(isinstance(one, Release) for one in decide(left, facts, now))
    assert look == now if free else look is None or look > now


@settings(max_examples=120, deadline=None)
@given(wishes(), paces)
def test_nothing_leaves_at_night_too_late_or_above_a_cap(intents: list[Intent], pace: Pace) -> None:
    facts = Facts(paces={1: pace})
    waiting, now = list(intents), START
    for _ in range(400):
        gone: set[int] = set()
        for decision in decide(waiting, facts, now):
            match decision:
                case Release(ids=ids):
                    sent = [intent for intent in waiting if intent.id in ids]
                    _is_courteous(sent, facts=facts, pace=pace, now=now)
                    rows = tuple(Sent(kind=one.kind, at=now, subject=one.subject) for one in sent)
                    facts = replace(facts, sent=facts.sent + rows)
                    gone |= set(ids)
                case Drop(id=number):
                    gone.add(number)
                case _:
                    pass
        waiting = [intent for intent in waiting if intent.id not in gone]
        look = next_look(waiting, facts, now)
        if look is None:
            break
        now = look
    else:
        # Only what waits for an act, day after day, may still be there.
        assert all(isinstance(one, Hold) for one in decide(waiting, facts, now))


def _is_courteous(released: list[Intent], *, facts: Facts, pace: Pace, now: datetime) -> None:
    for intent in released:
        own_hour = intent.cause == "chosen-minute" and intent.rules.family is Family.SUBSCRIBED
        assert is_open(now, CALENDAR) or own_hour
        assert intent.useful_until is None or now <= intent.useful_until
        assert now >= intent.earliest or intent.rules.backwards
    hosted = any(one.rules.family not in {Family.COUNTED, Family.ONBOARDING} for one in released)
    if hosted:
        return
    rows = {row for one in released for row in rows_of(one.rules, one.audience)} - BY_SUBJECT
    today = now.astimezone(ZONE).date()
    for row in rows:
        cap = cap_of(row, now, pace=pace)
        times = {
            sent.at
            for sent in facts.sent
            if row in rows_of(KINDS[sent.kind], released[0].audience)
            and not _rode(sent, facts.sent)
        }
        near = [at for at in times if (today - at.astimezone(ZONE).date()).days < cap.days]
        assert len(near) < cap.limit, row
    subjects = Counter(sent.subject for sent in facts.sent if sent.kind == "relance")
    assert max(subjects.values(), default=0) <= 1


def _rode(sent: Sent, all_sent: tuple[Sent, ...]) -> bool:
    return any(
        other.at == sent.at
        and KINDS[other.kind].group == KINDS[sent.kind].group
        and KINDS[other.kind].family not in {Family.COUNTED, Family.ONBOARDING}
        for other in all_sent
    )
