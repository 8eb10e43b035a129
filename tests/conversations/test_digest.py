"""The members' digest: chosen, short, silent when empty, the same for all of an hour [SU-4]."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.call import Call
from bot.events import Account
from bot.messages import Intend, Line, Reply, Say, ToPerson, ToRole
from bot.people import Role
from bot.registry import Arg, command, section
from commands import fanout
from commands.digest import rules
from commands.digest.rules import Part
from storage import planned, syntheses
from tests.conversation import Conversation, feature, plain

LONG = "mot " * 90


@command("speak", "parler", args=(Arg("about", "text"),))
async def speak(call: Call, about: str) -> Reply:
    """Means to tell the actor, or everybody, something that can wait."""
    to = ToRole(Role.MEMBER) if about == "tous" else ToPerson(call.person_id)
    say = Say("prompts-unknown", {"typed": "la question annuelle"}, to=to)
    return [Intend("still-useful", say), Say("help-home")]


@section("digest", order=20, who=Role.MEMBER)
async def activities(call: Call, since: Any) -> Part:
    """A stand-in for what later features add."""
    return Part(tuple(Line("prompts-unknown", {"typed": LONG}) for _ in range(3)))


async def summed_up(talk: Conversation, agreed: str, question: str = "Qui relit?") -> None:
    """Somebody summed up a thread just now."""
    async with talk.house.database.begin() as tx:
        actor = await tx.people.actor(Account("terminal", "", "antoine"), "")
        await syntheses.keep(
            tx.session,
            (await tx.people.communities())[0].id,
            {"question": question, "agreed": agreed},
            people=3,
            by=actor.account_id or 0,
            at=talk.house.clock.now(),
        )


def digests(talk: Conversation, place: str) -> list[dict[str, Any]]:
    """The digests that the bot sent by itself."""
    return [x for x in talk.said(place) if x["kind"] == "digest" and x["started_by"] == "bot"]


def at(talk: Conversation, place: str) -> list[str]:
    """When they came."""
    return [line["at"][:16] for line in digests(talk, place)]


async def test_a_digest_comes_at_the_hour_that_was_chosen_and_to_nobody_else(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "CHUNK", 2)
    await talk.play("marie @dm: moi")
    assert "Résumé : aucun" in talk.text("dm:marie").replace("**", "")
    await talk.play("marie [Un résumé chaque mardi, 13 h]")
    assert "chaque semaine, le mardi à 13 h" in talk.text("dm:marie")
    for name, word, one_tap in (
        ("lea", "me", "A digest every Tuesday, 13:00"),
        ("ibrahim", "moi", "Un résumé chaque mardi, 13 h"),
        ("claire", "moi", "Un résumé chaque mardi, 13 h"),
    ):
        await talk.play(f"{name} @dm: {word}\n{name} [{one_tap}]")
    await talk.play("ibrahim [Un mardi sur deux, 13 h]\nantoine @dm: amorce publier P01")
    await summed_up(talk, "On relit à deux, le lundi.")
    await talk.play("@until 2026-03-04T12:00")
    assert at(talk, "dm:marie") == ["2026-03-03T13:00"]
    assert at(talk, "dm:ibrahim") == ["2026-03-03T07:00"], "13:00 in Paris"
    assert "digest" in digests(talk, "dm:lea")[0]["text"]
    assert at(talk, "dm:antoine") == []
    told = plain(digests(talk, "dm:marie")[0]["text"])
    assert "À retenir** · Qui relit? → On relit à deux, le lundi." in told
    assert "Vous avez choisi ce résumé" in told
    await talk.play("marie [Chez nous aussi]")
    assert "✅ 1" in talk.text("general")
    # A week with nothing new sends nothing, though the prompt is still open.
    await talk.play("@until 2026-03-16T12:00")
    assert len(digests(talk, "dm:marie")) == 1
    await summed_up(talk, "Le tableau suffit.")
    await talk.play("@until 2026-03-18T12:00")
    assert at(talk, "dm:marie") == ["2026-03-03T13:00", "2026-03-17T13:00"]
    assert at(talk, "dm:ibrahim") == ["2026-03-03T07:00", "2026-03-17T08:00"]


async def test_it_is_stopped_moved_and_read_at_once(talk: Conversation) -> None:
    await talk.play("marie @dm: résumé")
    assert talk.text("dm:marie") == "Rien de neuf à résumer pour le moment."
    await talk.play("marie [Mon résumé]\nmarie [Un résumé chaque mardi, 13 h]")
    await talk.play("marie [Changer de jour]\nmarie [Jeudi]\nmarie [Changer d'heure]")
    await talk.play("marie [D'autres heures]\nmarie @dm: 25 h")
    assert "Je ne lis pas d'heure" in talk.text("dm:marie")
    await talk.play("marie @dm: 18 h 30\nantoine @dm: amorce publier P01")
    assert "jeudi à 18 h 30" in talk.text("dm:marie")
    await talk.play("marie @dm: résumé")
    assert "Une question, un clic" in talk.text("dm:marie")
    assert digests(talk, "dm:marie") == []
    await talk.play("@until 2026-03-05T19:00")
    assert at(talk, "dm:marie") == ["2026-03-05T18:30"], "outside the window, as was asked"
    await talk.play("marie [Moins de ceci]")
    assert "Le résumé ne vient plus" in talk.text("dm:marie")
    await summed_up(talk, "Encore du neuf.")
    await talk.play("@until 2026-03-13T12:00")
    assert len(digests(talk, "dm:marie")) == 1
    await talk.play("marie @dm: notifications")
    assert "résumé" not in talk.text("dm:marie")


async def test_a_holiday_and_own_days_move_it_to_the_next_working_day(talk: Conversation) -> None:
    await talk.play("@clock 2026-05-14T09:00\nmarie @dm: moi")
    await talk.play("marie [Un résumé chaque mardi, 13 h]\nmarie [Changer de jour]\nmarie [Lundi]")
    await summed_up(talk, "On relit à deux.")
    await talk.play("@until 2026-05-20T12:00")
    assert at(talk, "dm:marie") == ["2026-05-19T13:00"], "Monday the 18th is a holiday in Québec"


async def test_an_hour_that_was_missed_comes_on_the_next_day(talk: Conversation) -> None:
    await talk.play("marie @dm: moi\nmarie [Un résumé chaque mardi, 13 h]")
    await talk.play("claire @dm: réglages digest_place salon")
    await summed_up(talk, "On relit à deux.")
    await talk.play("@until 2026-03-03T10:00\n@down\n@until 2026-03-04T10:00\n@up")
    assert digests(talk, "dm:marie") == []
    await talk.play("@until 2026-03-06T12:00")
    assert at(talk, "dm:marie") == at(talk, "general") == ["2026-03-04T13:00"]


async def test_every_digest_is_shorter_than_120_words(talk: Conversation) -> None:
    talk.add(feature("stand_in", activities))
    await talk.play("marie @dm: moi\nmarie [Un résumé chaque mardi, 13 h]")
    await talk.play("lea @dm: me\nlea [A digest every Tuesday, 13:00]")
    await talk.play("claire @dm: réglages digest_place salon")
    for code in ("P03", "P02", "P01"):
        await talk.play(f"antoine @dm: amorce publier {code}")
    await summed_up(talk, LONG, LONG)
    await talk.play("@until 2026-03-04T12:00")
    for place in ("dm:marie", "dm:lea", "general"):
        text = digests(talk, place)[0]["text"]
        assert 40 < rules.words_in(text) <= rules.WORDS, place


async def test_what_can_wait_rides_in_the_digest_of_those_who_have_one(talk: Conversation) -> None:
    talk.add(feature("stand_in", speak))
    await talk.play("marie @dm: moi\nmarie [Un résumé chaque mardi, 13 h]")
    await talk.play('marie @dm: parler "moi"\nclaire @dm: parler "moi"\n@until 2026-03-03T09:00')
    assert "la question annuelle" not in talk.everything("dm:marie")
    assert "la question annuelle" in talk.everything("dm:claire")
    await summed_up(talk, "On relit à deux.")
    await talk.play("@until 2026-03-04T09:00")
    (told,) = [x for x in talk.said("dm:marie") if x["started_by"] == "bot"]
    assert "la question annuelle" in plain(told["text"])
    assert "On relit à deux." in plain(told["text"])
    assert "Mon résumé" in told["buttons"]
    async with talk.house.database.reading() as tx:
        here = (await tx.people.communities())[0].id
        became = await planned.lately(tx.session, here, talk.house.clock.now() - timedelta(days=5))
    assert sum(one.with_ is not None for one in became) == 1
    # With nothing to sum up it leaves on that day all the same; what is for all rides as well.
    await talk.play('@skip 6d\nantoine @dm: parler "tous"\n@until 2026-03-10T13:01')
    assert len([x for x in talk.said("dm:marie") if x["started_by"] == "bot"]) == 1
    await talk.play("@until 2026-03-11T12:00")
    assert "la question annuelle" in talk.everything("dm:ibrahim")
    alone = [x for x in talk.said("dm:marie") if x["started_by"] == "bot"][1]
    assert alone["at"][:13] == "2026-03-10T13"
    assert "la question annuelle" in plain(alone["text"])


async def test_the_community_has_it_in_the_space_or_not_at_all(talk: Conversation) -> None:
    await talk.play("marie @dm: moi\nmarie [Un résumé chaque mardi, 13 h]")
    await talk.play(
        "claire @dm: réglages lieu-du-résumé salon\nclaire @dm: réglages digest_at 11 h"
    )
    await summed_up(talk, "On relit à deux.")
    await talk.play("@until 2026-03-03T18:00")
    (told,) = digests(talk, "general")
    assert told["at"][:16] == "2026-03-03T11:00"
    assert "Le résumé de la semaine, pour tout le salon." in plain(told["text"])
    assert "Vous avez choisi" not in told["text"]
    await talk.play("lea [Mon résumé] " + str(told["n"]))
    assert "under 120 words" in talk.text("dm:lea")
    assert len(digests(talk, "dm:marie")) == 1
    await talk.play("claire @dm: réglages digest_place rien")
    await summed_up(talk, "Le tableau suffit.")
    await talk.play("@until 2026-03-18T12:00\nmarie @dm: moi\nlea [A digest every Tuesday, 11:00]")
    assert len(digests(talk, "general")) == len(digests(talk, "dm:marie")) == 1
    assert "Résumé" not in talk.text("dm:marie")
    assert "no private digest" in talk.text("dm:lea")
