"""`pace`: why the bot says what it says when it says it, and how to change that [AT-1, AT-2]."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.call import Call
from bot.courtesy import Row, cap_of
from bot.foreseen import REHEARSE
from bot.messages import Intend, Reply, Say, ToPerson, ToUse
from bot.registry import Arg, TaskWork, command
from commands.pace.brake import reported_load
from storage import journal, modes, planned
from tests.conversation import Conversation, feature, plain


@command("mean", "prévoir", args=(Arg("days", "number"),))
async def mean(call: Call, days: int) -> Reply:
    """Means to post an announcement in some days, at this hour, and a private one."""
    at = call.now + timedelta(days=days)
    about = Say("home-elsewhere", to=ToUse("discussion"))
    return [
        Intend(
            "activity-announcement",
            about,
            earliest=at,
            latest=at + timedelta(days=1, hours=5),
            subject=f"test:{days}",
            chosen_minute=True,
        ),
        Intend("still-useful", Say("help-home", to=ToPerson(call.person_id)), earliest=at),
    ]


@command("load", "charge", args=(Arg("too_much", "number"), Arg("answers", "number")))
async def load(call: Call, too_much: int, answers: int) -> Reply:
    """What a pulse will report one day."""
    return await reported_load(call, too_much, answers)


MEANT = feature("meant-for-pace", mean, load)


async def test_a_member_reads_their_own_pace_and_the_team_the_community_s(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: rythme\nlea @dm: pace")
    assert talk.text("dm:marie").startswith("**Votre rythme.**")
    assert "Messages coupés" in talk.text("dm:marie")
    await talk.play("antoine @dm: rythme")
    first, second = (plain(each["text"]) for each in talk.said("dm:antoine"))
    assert "**Mode** : croisière" in first
    assert "2 en 7 jours, dont 1 question du moment en 14 jours" in first
    assert "Je déroule les trente prochains jours" in first
    assert "aucun envoi prévu dans les salons" in second


async def test_a_post_to_come_is_held_released_and_dropped_by_number_or_button(
    talk: Conversation,
) -> None:
    talk.add(MEANT)
    await talk.play("marie @dm: prévoir 3\nmarie @dm: prévoir 8\nantoine @dm: rythme")
    page = talk.text("dm:antoine")
    assert "2 envois dans les salons" in page
    assert "1. **jeudi 5 mars à 9 h** · annonce d'activité · general" in page
    assert talk.last("dm:antoine")["buttons"] == [
        "1 · Retenir", "1 · Retirer", "2 · Retenir", "2 · Retirer",
    ]  # fmt: skip
    await talk.play("antoine @dm: rythme retenir 1\nclaire @dm: rythme\nclaire [1 · Relâcher]")
    assert "C'est relâché" in talk.text("dm:claire")
    await talk.play("antoine [Relâcher]")
    assert "C'est déjà décidé" in talk.text("dm:antoine"), "two act, one outcome"
    await talk.play("claire @dm: rythme retenir 1\nantoine @dm: rythme retirer 2")
    await talk.play("claire @dm: rythme retirer 2\nantoine @dm: rythme retirer 9")
    assert "C'est déjà décidé" in talk.text("dm:claire")
    assert "Votre liste va de 1 à 2" in talk.text("dm:antoine")
    await talk.play("@until 2026-03-11T12:00\nantoine @dm: rythme")
    assert talk.said("general") == []
    page = plain(talk.said("dm:antoine")[-2]["text"])
    assert "mardi 10 mars, pas d'envoi. L'équipe d'animation l'a retiré." in page
    async with talk.house.database.reading() as tx:
        acts = [each.act for each in (await journal.page(tx.session, 1, 1))[0]]
    assert acts == ["pace-drop", "pace-hold", "pace-release", "pace-hold"]
    await talk.play("claire @dm: rythme retenir 1\nmarie @dm: rythme retenir 1")
    assert "revient à l'équipe d'animation" in talk.text("dm:marie")


async def test_what_is_private_can_be_neither_held_nor_dropped(talk: Conversation) -> None:
    talk.add(MEANT)
    await talk.play("marie @dm: prévoir 3")
    async with talk.house.database.begin() as tx:
        since = talk.house.clock.now() + timedelta(days=30)
        own = [each for each in await planned.intents(tx.session, 1, since)
               if each.audience == "person"]  # fmt: skip
        now = talk.house.clock.now()
        assert own
        assert await modes.held(tx.session, 1, own[0].number, hold=True) == []
        assert not await modes.dropped(tx.session, 1, own[0].number, why="x", now=now)
        space = await planned.intents(tx.session, 1, since)
        post = next(each for each in space if each.audience == "space")
        assert await modes.held(tx.session, 2, post.number, hold=True) == [], "another community"
    await talk.play("@skip 5d")
    assert talk.said("dm:marie")


async def test_what_was_not_sent_as_meant_is_told_with_its_reason(talk: Conversation) -> None:
    """Scenarios 5 and 14: two within a day, and a bot that was down, leave no backlog."""
    talk.add(MEANT)
    without_rehearsal(talk)
    await talk.play("@until 2026-03-02T10:00\nmarie @dm: prévoir 1")
    await talk.play("ibrahim @dm: prévoir 1")
    await talk.play("@until 2026-03-05T12:00\nantoine @dm: rythme")
    days = [each["at"][:10] for each in talk.said("general")]
    assert len(set(days)) == len(days), "one a day at most"
    page = plain(talk.said("dm:antoine")[-2]["text"])
    assert "au lieu du mardi 3 mars" in page
    posted = len(days)
    await talk.play(
        "marie @dm: prévoir 4\nmarie @dm: prévoir 5\n@down\n@until 2026-03-14T12:00\n@up"
    )
    await talk.play("@skip 3d\nantoine @dm: rythme")
    assert len(talk.said("general")) == posted, "what expired is dropped"
    page = plain(talk.said("dm:antoine")[-2]["text"])
    assert page.count("pas d'envoi. Il ne serait plus utile maintenant.") >= 1


async def test_when_nothing_can_be_foreseen_what_is_known_is_listed(talk: Conversation) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no room on the disk")

    talk.add(MEANT)
    talk.house.ring.work_of = {
        **talk.house.ring.work_of, REHEARSE: TaskWork(action=REHEARSE, work=broken)
    }  # fmt: skip
    await talk.play("marie @dm: prévoir 3\nantoine @dm: rythme\n@skip 4m")
    assert "Voici ce qui est déjà connu" in talk.text("dm:antoine")
    assert "1. **jeudi 5 mars à 9 h** · annonce d'activité · general" in talk.text("dm:antoine")
    await talk.play("antoine [1 · Retenir]")
    assert "C'est retenu" in talk.text("dm:antoine")


async def test_the_mode_is_set_by_hand_told_to_all_and_ends_by_itself(talk: Conversation) -> None:
    without_rehearsal(talk)
    await talk.play("antoine @dm: rythme calme jusqu'au 20 mars")
    for room in ("general", "annonces"):
        assert "Période calme, du lundi 2 mars au vendredi 20 mars." in talk.text(room)
        assert "le rythme de mes messages change" in talk.text(room)
    await talk.play("antoine @dm: rythme calme\nantoine @dm: rythme calme")
    assert "C'est déjà le mode choisi" in talk.text("dm:antoine")
    await talk.play("antoine @dm: rythme calme 20 mars\n@until 2026-03-23T10:00")
    assert talk.text("general").startswith("**La période calme est finie.**")
    assert talk.last("general")["at"].startswith("2026-03-23"), "not on the Saturday"
    await talk.play("antoine @dm: rythme\nantoine @dm: rythme lancement")
    assert "**Mode** : croisière" in plain(talk.said("dm:antoine")[-3]["text"])
    assert "s'est terminé" in talk.text("dm:antoine")
    await talk.play("antoine @dm: rythme calme hier\nantoine @dm: rythme calme fin")
    assert "Personne n'a choisi le mode calme" in talk.text("dm:antoine")


async def test_slow_periods_of_the_calendar_are_told_once_before_and_once_after(
    talk: Conversation,
) -> None:
    without_rehearsal(talk)
    await talk.play("@clock 2026-12-15T09:00\n@until 2026-12-22T12:00\nantoine @dm: rythme")
    assert [line["at"][:16] for line in talk.said("general")] == ["2026-12-18T08:30"]
    told = "Pause de fin d'année, du dimanche 20 décembre au mardi 5 janvier"
    assert told in talk.text("general")
    assert "On se retrouve le mercredi 6 janvier" in talk.text("general")
    assert "C'est une période calme du calendrier" in plain(talk.said("dm:antoine")[-2]["text"])
    await talk.play("@until 2027-01-08T12:00")
    assert [line["at"][:16] for line in talk.said("general")][1:] == ["2027-01-06T08:30"]
    assert talk.text("general").startswith("**La période calme est finie.**")


async def test_a_slow_period_that_is_declared_today_is_told_today(talk: Conversation) -> None:
    without_rehearsal(talk)
    await talk.play("claire @dm: réglages périodes-calmes 2 mars au 13 mars\n@skip 1h")
    assert "Période calme, du lundi 2 mars au vendredi 13 mars" in talk.text("general")
    await talk.play("claire @dm: réglages périodes-calmes aucune\n@skip 1h")
    assert talk.text("general").startswith("**La période calme est finie.**")
    await talk.play("claire @dm: réglages périodes-chargées 1er mars au 10 mars\n@skip 1h")
    await talk.play("antoine @dm: rythme")
    page = plain(talk.said("dm:antoine")[-2]["text"])
    assert "**Période chargée** : jusqu'au mardi 10 mars" in page
    assert "1 en 7 jours, dont 1 question du moment en 28 jours" in page


async def test_a_quarter_of_ten_answers_puts_on_the_brake_for_28_days(talk: Conversation) -> None:
    """Scenario 9: 30% of 9 brake nothing; of 10, everybody is told, and it ends by itself."""
    talk.add(MEANT)
    without_rehearsal(talk)
    await talk.play("claire @dm: charge 3 9")
    assert talk.said("general") == []
    assert (await caps(talk)).limit == 2
    await talk.play("claire @dm: charge 3 10\nantoine @dm: rythme")
    for room in ("general", "annonces"):
        assert talk.text(room).startswith("**Vous avez dit que c'était trop.**")
        assert "Jusqu'au lundi 30 mars" in talk.text(room)
    assert talk.last("general")["buttons"] == ["Choisir mon rythme"]
    assert "**Frein** : jusqu'au lundi 30 mars" in plain(talk.said("dm:antoine")[-2]["text"])
    assert (await caps(talk)).limit == 1
    await talk.play("@until 2026-03-30T12:00")
    assert "Les quatre semaines allégées sont finies" in talk.text("general")
    assert (await caps(talk)).limit == 2
    async with talk.house.database.reading() as tx:
        acts = [each.act for each in (await journal.page(tx.session, 1, 1))[0]]
    assert acts == ["brake-end", "brake"]


def without_rehearsal(talk: Conversation) -> None:
    """Nothing is unrolled: what is asked here does not depend on what is to come."""

    async def nothing(*_: Any, **__: Any) -> dict[str, Any]:
        load = {"members": 0, "people": {}, "spaces": {}, "most": 0, "median": 0}
        return {"foreseen": [], "load": load, "guest": None}

    work = TaskWork(action=REHEARSE, work=nothing)
    talk.house.ring.work_of = {**talk.house.ring.work_of, REHEARSE: work}


async def caps(talk: Conversation) -> Any:
    """The cap of posts in a week that courtesy keeps to now."""
    now: datetime = talk.house.clock.now()
    async with talk.house.database.reading() as tx:
        return cap_of(Row.POSTS, now, pace=await modes.pace(tx.session, 1, now))
