"""What leaves, moves, merges or is dropped, one rule at a time (domain specification e)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.courtesy import (
    KINDS,
    Cap,
    Decision,
    Drop,
    Facts,
    Hold,
    Intent,
    Move,
    Pace,
    Release,
    Row,
    Sent,
    cap_of,
    decide,
    next_look,
)
from bot.texts import Texts
from bot.when.holidays import SlowPeriod, default_slow_periods
from bot.when.working import Calendar, Hours

MONTREAL = ZoneInfo("America/Toronto")
QUEBEC = Calendar(MONTREAL, Hours(), ("CA-QC",))
SLOW = default_slow_periods("CA-QC")
CRUISE = Pace(calendar=QUEBEC, slow=SLOW)
ROOT = Path(__file__).parents[2]


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MONTREAL).astimezone(UTC)


def local(instant: datetime) -> datetime:
    return instant.astimezone(MONTREAL)


def wants(kind: str, earliest: datetime, **more: Any) -> Intent:
    return Intent(
        **{
            "id": 1,
            "kind": kind,
            "audience": "space",
            "audience_id": "7",
            "community": 1,
            "earliest": earliest,
            "created": earliest,
            **more,
        }
    )


def wants_privately(kind: str, earliest: datetime, **more: Any) -> Intent:
    return wants(kind, earliest, audience="person", audience_id="42", **more)


def facts(pace: Pace = CRUISE, **more: Any) -> Facts:
    return Facts(paces={1: pace, 2: pace}, **more)


def only(intents: list[Intent] | Intent, known: Facts, now: datetime) -> Decision:
    """The one decision about one intent."""
    (decision,) = decide([intents] if isinstance(intents, Intent) else intents, known, now)
    return decision


def outcome(intents: list[Intent], known: Facts, now: datetime) -> dict[int, Decision]:
    found: dict[int, Decision] = {}
    for decision in decide(intents, known, now):
        ids = decision.ids if isinstance(decision, Release) else (decision.id,)
        found |= dict.fromkeys(ids, decision)
    return found


def moved(decision: Decision) -> tuple[datetime, str]:
    assert isinstance(decision, Move), decision
    return local(decision.until), decision.why.removeprefix("courtesy-why-")


# --- Windows ---


def test_a_prompt_whose_minute_was_chosen_leaves_to_the_minute() -> None:
    prompt = wants("prompt", at(3, 3, 9, 30), cause="chosen-minute")
    before = only(prompt, facts(), at(3, 3, 9, 29))
    assert before == Move(1, at(3, 3, 9, 30), "courtesy-why-scheduled")
    assert only(prompt, facts(), at(3, 3, 9, 30)) == Release((1,))


def test_a_post_whose_minute_nobody_chose_takes_one_from_3_to_17() -> None:
    announcement = wants("activity-announcement", at(3, 3, 9, 30))
    until, _ = moved(only(announcement, facts(), at(3, 3, 9, 30)))
    assert until.hour == 10
    assert 3 <= until.minute <= 17
    assert only(announcement, facts(), until) == Release((1,))
    assert only(announcement, facts(), until + timedelta(seconds=20)) == Release((1,))


def test_a_message_born_on_saturday_waits_for_monday() -> None:
    card = wants_privately("request-card", at(3, 7, 14))
    until, why = moved(only(card, facts(), at(3, 7, 14)))
    assert (until.date(), until.hour, why) == (date(2026, 3, 9), 9, "window")
    assert only(card, facts(), until) == Release((1,))


def test_a_card_for_one_animator_leaves_at_once_when_the_window_is_open() -> None:
    now = at(3, 3, 10, 41)
    assert only(wants_privately("request-card", now), facts(), now) == Release((1,))


def test_a_card_in_the_animators_space_leaves_at_any_hour() -> None:
    night = at(3, 7, 23)
    card = wants("request-card", night)
    assert only(card, facts(use="animators"), night) == Release((1,))
    assert isinstance(only(card, facts(), night), Move)


def test_what_a_person_asked_for_leaves_at_once() -> None:
    night = at(3, 7, 23)
    full = tuple(Sent(kind="prompt", at=night - timedelta(hours=n)) for n in (2, 30, 60))
    assert only(wants("prompt", night, cause="asked"), facts(sent=full), night) == Release((1,))


def test_a_night_nurse_is_written_to_in_her_own_hours() -> None:
    night = Calendar(
        MONTREAL, Hours(datetime(2026, 1, 1, 20).time(), datetime(2026, 1, 1, 22).time())
    )
    reminder = wants_privately("private-reminder", at(3, 3, 20), deadline=at(3, 4, 12))
    until, _ = moved(only(reminder, facts(own=night), at(3, 3, 12)))
    assert (until.day, until.hour) in {(3, 20), (3, 21)}


def test_a_person_of_another_calendar_keeps_own_holidays() -> None:
    paris = Calendar(ZoneInfo("Europe/Paris"), Hours(), ("FR",))
    digest = wants_privately("digest", at(5, 14, 6), cause="chosen-minute")
    until, why = moved(only(digest, facts(own=paris), at(5, 14, 6)))
    assert (until.date(), why) == (date(2026, 5, 15), "holiday")


def test_a_digest_keeps_the_evening_hour_that_its_reader_chose() -> None:
    digest = wants_privately("digest", at(3, 3, 19, 20), cause="chosen-minute")
    assert only(digest, facts(), at(3, 3, 19, 20)) == Release((1,))


def test_a_reminder_due_on_a_sunday_moves_to_friday() -> None:
    reminder = wants_privately("private-reminder", at(3, 8, 9), deadline=at(3, 9, 12))
    until, why = moved(only(reminder, facts(), at(3, 2, 9)))
    assert (until.date(), until.hour, why) == (date(2026, 3, 6), 9, "window")
    assert only(reminder, facts(), until) == Release((1,))


def test_a_reminder_never_comes_after_the_activity_began() -> None:
    reminder = wants_privately("private-reminder", at(3, 3, 9), deadline=at(3, 4, 12))
    assert only(reminder, facts(), at(3, 4, 12)) == Drop(1, "courtesy-why-expired")


def test_a_missed_reminder_still_comes_when_it_is_useful() -> None:
    reminder = wants_privately("private-reminder", at(3, 3, 9), deadline=at(3, 4, 12))
    until, _ = moved(only(reminder, facts(), at(3, 3, 14, 30)))
    assert (until.day, until.hour) == (3, 15)


def test_a_missed_reminder_gives_up_its_chosen_minute_rather_than_not_come() -> None:
    now = at(3, 3, 14, 30)
    reminder = wants_privately(
        "private-reminder", at(3, 3, 9), deadline=at(3, 4, 8, 30), cause="chosen-minute"
    )
    until, _ = moved(only(reminder, facts(), now))
    assert (until.day, until.hour) == (3, 15)
    assert only(reminder, facts(), until) == Release((1,))


def test_a_time_outside_the_window_moves_into_it() -> None:
    prompt = wants("prompt", at(3, 3, 18), cause="chosen-minute")
    until, why = moved(only(prompt, facts(), at(3, 3, 18)))
    assert (until.day, until.hour, why) == (4, 9, "window")
    assert only(prompt, facts(), until) == Release((1,))


def test_a_cancellation_on_the_eve_of_the_activity_does_not_wait() -> None:
    night = at(3, 7, 23)
    tomorrow = wants_privately("cancellation", night, deadline=at(3, 8, 20))
    monday_early = wants_privately("cancellation", night, deadline=at(3, 9, 8))
    next_week = wants_privately("cancellation", night, deadline=at(3, 13, 12))
    assert only(tomorrow, facts(), night) == Release((1,))
    assert only(monday_early, facts(), night) == Release((1,))
    assert isinstance(only(next_week, facts(), night), Move)


# --- Caps ---


def test_a_cruising_space_hears_two_posts_a_week_and_a_third_reminder() -> None:
    now = at(3, 5, 9, 30)
    sent = (Sent(kind="space-digest", at=at(3, 2, 9)), Sent(kind="prompt", at=at(3, 3, 9)))
    post = wants("charter-version", now, cause="chosen-minute")
    until, why = moved(only(post, facts(sent=sent), now))
    assert (until, why) == (at(3, 9, 9, 30).astimezone(MONTREAL), "posts")
    reminder = wants("activity-reminder", now, cause="chosen-minute", subject="activity:1")
    assert only(reminder, facts(sent=sent), now) == Release((1,))
    third = (*sent, Sent(kind="activity-reminder", at=at(3, 4, 9), subject="activity:2"))
    assert moved(only(reminder, facts(sent=third), now))[1] == "posts-all"


def test_a_prompt_comes_every_two_weeks_in_cruise_and_every_week_in_launch() -> None:
    now = at(3, 10, 9, 30)
    prompt = wants("prompt", now, cause="chosen-minute")
    # It left some seconds late, and clocks changed on Sunday in between.
    sent = (Sent(kind="prompt", at=at(3, 3, 9, 30) + timedelta(seconds=40)),)
    launch = replace(CRUISE, mode="launch", launched=date(2026, 3, 1))
    often = replace(CRUISE, weekly_prompts=True)
    assert only(prompt, facts(sent=sent), now) == Drop(1, "courtesy-why-prompt")
    assert only(prompt, facts(launch, sent=sent), now) == Release((1,))
    assert only(prompt, facts(often, sent=sent), now) == Release((1,))


def test_launch_ends_by_itself_after_twelve_weeks() -> None:
    pace = replace(CRUISE, mode="launch", launched=date(2026, 1, 12))
    assert pace.mode_on(date(2026, 4, 5)) == "launch"
    assert pace.mode_on(date(2026, 4, 6)) == "cruise"


def test_the_brake_halves_and_never_forbids() -> None:
    now = at(3, 5, 9, 30)
    digest = wants("space-digest", now, cause="chosen-minute")
    braked = replace(CRUISE, brake_until=at(3, 20))
    one = (Sent(kind="space-digest", at=at(3, 3, 9)),)
    assert only(digest, facts(sent=one), now) == Release((1,))
    assert only(digest, facts(braked, sent=one), now) == Drop(1, "courtesy-why-posts-all")
    assert only(digest, facts(braked), now) == Release((1,))


def test_a_busy_period_halves_the_caps_of_cruise_only() -> None:
    winter = (SlowPeriod((1, 1), (3, 31)),)
    busy = replace(CRUISE, busy=winter)
    now = at(3, 5, 9, 30)
    assert cap_of(Row.POSTS, now, pace=busy) == Cap(1, 7)
    assert cap_of(Row.PROMPT, now, pace=busy) == Cap(1, 28)
    assert cap_of(Row.PRIVATE_MONTH, now, pace=busy) == Cap(1, 30)
    assert cap_of(Row.BUNDLE, now, pace=busy) == Cap(1, 1)
    assert cap_of(Row.POSTS, now, pace=replace(busy, mode="launch")) == Cap(4, 7)
    assert cap_of(Row.POSTS, at(4, 1, 9), pace=busy) == Cap(2, 7)


def test_animators_raise_weekly_posts_to_five_at_most_and_private_messages_never() -> None:
    now = at(3, 6, 9, 30)
    raised = replace(CRUISE, limits={Row.POSTS: 9, Row.PRIVATE_WEEK: 9})
    digest = wants("space-digest", now, cause="chosen-minute")
    days = [at(3, 2, 9), at(3, 3, 9), at(3, 4, 9), at(3, 5, 9)]
    four = tuple(Sent(kind="space-digest", at=day) for day in days)
    five = (Sent(kind="space-digest", at=at(2, 28, 9)), *four)
    assert only(digest, facts(raised, sent=four), now) == Release((1,))
    assert isinstance(only(digest, facts(raised, sent=five), now), Move)
    one = (Sent(kind="tip", at=at(3, 3, 9)),)
    review = wants_privately("document-review", now, cause="chosen-minute")
    assert moved(only(review, facts(raised, sent=one), now))[1] == "private-week"


def test_animators_may_lower_any_cap() -> None:
    now = at(3, 5, 9, 30)
    silent = replace(CRUISE, limits={Row.PROMPT: 0})
    prompt = wants("prompt", now, cause="chosen-minute")
    assert only(prompt, facts(silent), now) == Drop(1, "courtesy-why-prompt")


def test_a_prompt_is_followed_up_once() -> None:
    now = at(3, 5, 9, 30)
    again = wants("relance", now, cause="chosen-minute", subject="prompt:3")
    by_hand = (Sent(kind="relance", at=at(2, 1, 9), subject="prompt:3", asked=True),)
    assert only(again, facts(sent=by_hand), now) == Drop(1, "courtesy-why-relance")


def test_onboarding_steps_have_their_own_limit_in_slow_mode_too() -> None:
    now = at(7, 7, 9, 30)
    guide = wants_privately("guide", now, cause="chosen-minute")
    assert only(guide, facts(), now) == Release((1,))
    yesterday = (Sent(kind="charter-again", at=at(7, 6, 14)),)
    assert moved(only(guide, facts(sent=yesterday), now))[1] == "collision"
    four = tuple(Sent(kind="guide", at=at(6, day, 9)) for day in (10, 12, 16, 18))
    assert moved(only(guide, facts(sent=four), now))[0].date() == date(2026, 7, 13)


def test_animators_get_one_bundle_a_day() -> None:
    now = at(3, 3, 15, 10)
    bundle = wants_privately("bundle", now)
    until, why = moved(only(bundle, facts(sent=(Sent(kind="bundle", at=at(3, 3, 9)),)), now))
    assert (until.date(), why) == (date(2026, 3, 4), "bundle")


def test_private_messages_count_in_all_communities_together() -> None:
    now = at(3, 3, 9, 30)
    here = wants_privately("document-review", now, id=1, cause="chosen-minute")
    there = replace(here, id=2, community=2, kind="story-invitation")
    found = outcome([here, there], facts(), now)
    assert found[1] == Release((1,))
    assert moved(found[2])[0].date() == date(2026, 3, 10)


# --- Collisions ---


def test_two_mergeable_messages_leave_as_one() -> None:
    now = at(3, 3, 9, 30)
    first = wants("activity-announcement", now, id=2, merge_key="news", cause="chosen-minute")
    second = wants("space-digest", now, id=1, merge_key="news", cause="chosen-minute")
    assert decide([second, first], facts(), now) == [Release((2, 1))]


def test_a_message_due_later_in_the_day_is_waited_for() -> None:
    early = wants("activity-announcement", at(3, 3, 9), id=1, merge_key="news")
    late = replace(early, id=2, earliest=at(3, 3, 14))
    found = outcome([early, late], facts(), at(3, 3, 9, 10))
    assert moved(found[1])[0] == moved(found[2])[0]
    assert moved(found[1])[0].hour == 14
    assert decide([early, late], facts(), moved(found[1])[0]) == [Release((1, 2))]


def test_a_tip_rides_in_the_summary_without_delaying_it() -> None:
    monday = at(3, 9, 9)
    summary = wants_privately("summary", monday, id=1, merge_key="w", cause="chosen-minute")
    tip = wants_privately("tip", monday, id=2, merge_key="w")
    private = (Sent(kind="document-review", at=at(3, 5, 9)),)
    assert decide([tip, summary], facts(sent=private), monday) == [Release((1, 2))]
    recent = (Sent(kind="tip", at=at(3, 5, 9)),)
    found = outcome([tip, summary], facts(sent=recent), monday)
    assert found[1] == Release((1,))
    assert isinstance(found[2], Move)
    ridden = (Sent(kind="summary", at=at(3, 2, 9)), Sent(kind="tip", at=at(3, 2, 9)))
    review = wants_privately("document-review", at(3, 4, 9, 30), cause="chosen-minute")
    assert only(review, facts(sent=ridden), at(3, 4, 9, 30)) == Release((1,))


def test_a_pulse_and_a_prompt_never_start_in_the_same_week() -> None:
    tuesday = at(3, 3, 9, 30)
    pulse = wants("pulse", at(3, 5, 9, 30), id=1, cause="chosen-minute")
    prompt = wants("prompt", tuesday, id=2, cause="chosen-minute", latest=at(3, 20))
    found = outcome([pulse, prompt], facts(), tuesday)
    assert moved(found[1])[0].date() == date(2026, 3, 5)
    assert moved(found[2]) == (local(at(3, 9, 9, 30)), "pulse-week")
    by_hand = (Sent(kind="prompt", at=tuesday, asked=True),)
    late = only(pulse, facts(sent=by_hand), at(3, 5, 9, 30))
    assert moved(late) == (local(at(3, 9, 9, 30)), "pulse-week")


def test_a_pulse_waits_for_the_result_of_the_one_before() -> None:
    now = at(3, 5, 9, 30)
    pulse = wants("pulse", now, cause="chosen-minute")
    unshared = replace(CRUISE, unshared_pulse=True)
    assert only(pulse, facts(unshared), now) == Hold(1, "courtesy-why-pulse-unshared")
    assert only(pulse, facts(pulses=(at(2, 10, 9),)), now) == Move(
        1, at(3, 10, 9, 30), "courtesy-why-pulse"
    )


def test_in_launch_pulses_wait_for_weeks_6_and_12() -> None:
    launch = replace(CRUISE, mode="launch", launched=date(2026, 2, 2))
    pulse = wants("pulse", at(3, 2, 9, 30), cause="chosen-minute", latest=at(6, 1))
    first = only(pulse, facts(launch), at(3, 2, 9, 30))
    assert moved(first) == (local(at(3, 9, 9, 30)), "pulse-launch")
    second = only(pulse, facts(launch, pulses=(at(3, 9, 9, 30),)), at(4, 8))
    assert moved(second)[0].date() == date(2026, 4, 20)


# --- People and states ---


def test_a_pause_lasts_a_day_at_least() -> None:
    set_at = at(3, 3, 9)
    known = facts(pause_set_at=set_at, pause_until=at(3, 3, 12))
    letter = wants_privately("waiting-update", at(3, 3, 14))
    assert only(letter, known, at(3, 3, 14)) == Move(1, at(3, 4, 9), "courtesy-why-pause")
    tip = wants_privately("tip", at(3, 3, 14))
    assert only(tip, known, at(3, 3, 14)) == Drop(1, "courtesy-why-pause")


def test_a_pause_lets_through_what_the_law_or_the_person_wants() -> None:
    now = at(3, 3, 14)
    known = facts(pause_until=at(4, 1))
    soon = wants_privately("cancellation", now, deadline=at(3, 4, 9))
    assert only(wants_privately("incident", now), known, now) == Release((1,))
    assert only(soon, known, now) == Drop(1, "courtesy-why-pause")
    assert only(replace(soon, through_pause=True), known, now) == Release((1,))


def test_less_of_this_stops_a_kind_that_can_be_stopped() -> None:
    now = at(3, 3, 14)
    known = facts(muted=frozenset({"tip", "legal"}))
    assert only(wants_privately("tip", now), known, now) == Drop(1, "courtesy-why-muted")
    assert only(wants_privately("legal", now), known, now) == Release((1,))


def test_a_community_in_preparation_says_only_its_first_words() -> None:
    now = at(3, 3, 14, 10)
    preparing = facts(replace(CRUISE, state="preparation"))
    assert only(wants("prompt", now), preparing, now) == Hold(1, "courtesy-why-preparation")
    words = wants_privately("first-words", now)
    assert only(words, preparing, now) == Release((1,))


def test_a_closed_community_says_farewell_and_nothing_else() -> None:
    now = at(3, 3, 14, 10)
    closed = facts(replace(CRUISE, state="closed"))
    assert only(wants("prompt", now), closed, now) == Drop(1, "courtesy-why-closed")
    assert only(wants("farewell", now), closed, now) == Release((1,))


def test_nothing_is_posted_in_a_stopped_space() -> None:
    now = at(3, 3, 14)
    asked = wants("prompt", now, cause="asked")
    assert only(asked, facts(stopped=True), now) == Hold(1, "courtesy-why-stopped")
    recap = wants("recap", now, cause="asked")
    assert only(recap, facts(visitor=True), now) == Hold(1, "courtesy-why-visitor")
    assert only(asked, facts(visitor=True), now) == Release((1,))


def test_what_an_animator_holds_waits_until_it_expires() -> None:
    held = wants("prompt", at(3, 3, 9), held=True)
    assert only(held, facts(), at(3, 3, 9)) == Hold(1, "courtesy-why-held")
    assert next_look([held], facts(), at(3, 6, 8)) == at(3, 6, 9) + timedelta(seconds=1)
    assert only(held, facts(), at(3, 6, 10)) == Drop(1, "courtesy-why-expired")


def test_what_must_not_be_lost_waits_for_the_end_of_the_slow_period() -> None:
    now = at(7, 7, 9, 30)
    version = wants_privately("charter-version", now, cause="chosen-minute")
    until, _ = moved(only(version, facts(), now))
    assert until.date() == date(2026, 8, 17)
    by_hand = replace(CRUISE, mode="slow", slow=())
    assert isinstance(only(version, facts(by_hand), now), Hold)


# --- Texts ---


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_has_its_text(language: str) -> None:
    source = "".join(p.read_text("utf-8") for p in (ROOT / "bot" / "courtesy").glob("*.py"))
    reasons = set(re.findall(r'(?:Block|why)\("([a-z-]+)"', source))
    reasons |= {row.value for row in Row} | {"window", "holiday", "spread", "scheduled"}
    reasons |= set(re.findall(r'return "([a-z]+)"$', source, re.MULTILINE)) - {"waits"}
    known = Texts.load().fluent_keys(language)
    assert {f"courtesy-why-{reason}" for reason in reasons} - known == set()


def test_every_kind_has_a_priority_of_the_specification() -> None:
    assert {rules.priority for rules in KINDS.values()} <= set(range(1, 9))
