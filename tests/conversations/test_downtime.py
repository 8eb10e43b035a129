"""After downtime nothing piles up, and nothing people did is lost [AT-4, RE-3, scenario 14]."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToUse
from bot.registry import command
from tests.conversation import Conversation, feature, plain

ZONE = ZoneInfo("America/Toronto")


@command("plan three", "prevoir trois")
async def plan_three(call: Call) -> Reply:
    """Means to post on each of the three coming days, each useful on its day only."""
    first = call.now.astimezone(ZONE).replace(hour=10, minute=0)
    days = [first + timedelta(days=n) for n in (1, 2, 3)]
    return [
        Intend(
            "activity-announcement",
            Say("home-elsewhere", to=ToUse("discussion")),
            earliest=day,
            latest=day.replace(hour=16),
            subject=f"test:{day:%d}",
            chosen_minute=True,
        )
        for day in days
    ]


async def test_three_days_down_leave_no_backlog(talk: Conversation) -> None:
    talk.add(feature("plans", plan_three))
    await talk.play("antoine @dm: prevoir trois\n@down\n@until 2026-03-05T12:00\n@up\n@skip 10d")
    posted = talk.said("general")
    assert [datetime.fromisoformat(line["at"]).date().day for line in posted] == [5]


async def test_what_people_did_meanwhile_reaches_the_bot_in_order(talk: Conversation) -> None:
    await talk.play(
        "@down\nmarie @dm: aide\n@skip 1h\nmarie @dm: coucou\n@skip 2h\nlea @dm: hello\n@up"
    )
    said = talk.said("dm:marie")
    assert "Voici l'essentiel" in plain(said[0]["text"])
    assert "Par quelle porte" in plain(said[1]["text"])
    assert "Which door" in talk.text("dm:lea")


async def test_each_event_keeps_its_own_time_and_is_answered_once(talk: Conversation) -> None:
    await talk.play("@down\nmarie @dm: aide\n@skip 1h\n@up\n@down\n@up\n@skip 1d")
    assert len(talk.said("dm:marie")) == 1


async def test_without_downtime_only_the_caps_hold_them_back(talk: Conversation) -> None:
    talk.add(feature("plans", plan_three))
    await talk.play("antoine @dm: prevoir trois\n@skip 10d")
    days = [datetime.fromisoformat(line["at"]).date().day for line in talk.said("general")]
    # In cruise, two posts a week and one a day: the third day's post is not sent late either.
    assert days == [3, 4]
