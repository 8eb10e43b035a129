"""A break is silent, whatever happens; coming back is one message of ten lines at most [AT-3]."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToPerson
from bot.registry import Arg, command
from tests.conversation import Conversation, feature, plain
from tests.conversations.test_digest import summed_up


@command("attend", "venir", args=(Arg("days", "number"),))
async def attend(call: Call, days: int) -> Reply:
    """A stand-in activity: the actor says yes to it, is reminded the day before, told of news."""
    begins = call.now + timedelta(days=days)
    person = ToPerson(call.person_id)
    reminder = Say("prompts-unknown", {"typed": "le webinaire"}, to=person)
    news = Say("prompts-unknown", {"typed": "la relecture"}, to=person)
    return [
        Intend("private-reminder", reminder, earliest=begins - timedelta(days=1), deadline=begins),
        Intend("still-useful", news, earliest=call.now + timedelta(days=2)),
        Say("help-home"),
    ]


def started(talk: Conversation, name: str) -> list[dict[str, Any]]:
    """What the bot said to somebody by itself."""
    return [line for line in talk.said(f"dm:{name}") if line["started_by"] == "bot"]


async def test_nothing_reaches_a_member_on_a_break_and_one_digest_does_after_it(
    talk: Conversation,
) -> None:
    """Scenario 3 of the domain specification, and b.2 M8."""
    talk.add(feature("stand_in", attend))
    for name in ("marie", "ibrahim"):
        await talk.play(f"{name} @dm: venir 4")
    await talk.play("marie @dm: pause jusqu'au 20 mars")
    await talk.play("antoine @dm: amorce publier P01")
    for number in range(4):
        await summed_up(talk, f"On relit à deux, fois {number}.")
        await talk.play("@skip 3d")
    await talk.play("@until 2026-03-20T18:00")
    assert "le webinaire" in talk.everything("dm:ibrahim")
    assert started(talk, "marie") == []
    await talk.play("@until 2026-03-23T16:00")
    first = started(talk, "marie")[0]
    assert first["at"][:10] == "2026-03-23", "the first working day, in the hours of work"
    told = plain(first["text"])
    assert told.startswith("**Vous revoilà.**")
    assert told.count("À retenir") == 2
    assert "À retenir** · Qui relit? → On relit à deux, fois 3." in told
    assert "à qui votre travail rend-il service" in told
    assert "Votre pause s'est terminée à la date que vous aviez choisie." in told
    assert len(told.splitlines()) <= 10
    assert "Les questions ouvertes" in first["buttons"]
    await talk.play("marie [Les questions ouvertes]\n@until 2026-04-10T12:00")
    assert "le webinaire" not in talk.everything("dm:marie")
    assert len([x for x in started(talk, "marie") if "revoilà" in x["text"]]) == 1
    assert len(started(talk, "marie")) == 2, "what could wait came once, later"


async def test_whoever_ends_a_break_reads_the_essentials_at_once_and_once(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: pause jusqu'au 20 mars\nlea @dm: pause 3 weeks")
    await talk.play("@skip 1d")
    await summed_up(talk, "On relit à deux.")
    await talk.play("claire @dm: charte modifier 3\nclaire @dm: deux heures")
    await talk.play("claire @dm: charte publier")
    # The end is moved: what happened since the first day of the break still counts.
    await talk.play("@skip 1d\nmarie @dm: pause jusqu'au 30 mars\n@skip 1d\nmarie @dm: pause fin")
    said = [line["text"] for line in talk.said("dm:marie")][-2:]
    assert said[0].startswith("Bon retour.")
    assert "On relit à deux." in said[1]
    assert "La charte a changé** : c'est la version 2" in plain(said[1])
    await talk.play("marie [Lire la charte]")
    assert "Version 2" in talk.text("dm:marie")
    assert "la date que vous aviez choisie" not in said[1]
    # Somebody who left during a break is written to no more.
    await talk.play("lea @dm: leave\nlea [Yes, leave]\n@until 2026-04-10T12:00")
    assert started(talk, "marie") == []
    assert started(talk, "lea") == []


async def test_a_break_without_news_ends_in_silence_and_what_waited_comes(
    talk: Conversation,
) -> None:
    talk.add(feature("stand_in", attend))
    await talk.play("marie @dm: pause jusqu'au 6 mars\nlea @dm: attend 4\nlea @dm: pause 5 days")
    await talk.play("ibrahim @dm: pause\nibrahim [Sans date de fin]\n@until 2026-03-25T12:00")
    assert started(talk, "marie") == []
    (waited,) = started(talk, "lea")
    assert waited["at"][:10] == "2026-03-09", "not held up by a digest that had nothing to say"
    await talk.play("ibrahim @dm: pause fin")
    assert talk.text("dm:ibrahim").startswith("Bon retour.")
