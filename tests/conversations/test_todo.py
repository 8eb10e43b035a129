"""What waits for the animators is one page, and at most one private bundle a day [AT-7, T04]."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.people import AccountRow, MembershipRow
from tests.conversation import Conversation

accounts = AccountRow.__table__  # type: ignore[attr-defined]
memberships = MembershipRow.__table__  # type: ignore[attr-defined]


async def test_a_friday_message_of_a_newcomer_is_told_on_tuesday_and_never_on_saturday(
    talk: Conversation,
) -> None:
    """Scenario 6 of the domain specification: due on Monday at 16:00."""
    await talk.play("@clock 2026-03-06T16:00")
    await arrived(talk, "lea")
    await talk.play("lea: Bonjour, je cherche un gabarit")
    await talk.play("@until 2026-03-09T15:59\nantoine @dm: animer")
    assert talk.text("dm:antoine") == "Rien n'attend. Tout fonctionne."
    await talk.play("@until 2026-03-09T16:00\nantoine @dm: animer")
    assert "1. Le premier message de Léa attend une réponse" in talk.text("dm:antoine").replace(
        "**", ""
    )
    await talk.play("@until 2026-03-13T18:00")
    told = bundles(talk, "antoine")
    assert [line["at"][:16] for line in told][:1] == ["2026-03-10T08:30"]
    assert told[0]["started_by"] == "bot"
    assert "1 · Voir le message" in told[0]["buttons"]


async def test_the_alert_is_gone_when_somebody_answers(talk: Conversation) -> None:
    await arrived(talk, "lea")
    await talk.play("lea: Bonjour\n@until 2026-03-03T10:00\nantoine @dm: animer")
    assert "Léa" in talk.text("dm:antoine")
    await talk.play("antoine [1 · Voir le message]")
    assert "Répondez aujourd'hui" in talk.text("dm:antoine")
    assert "general" in talk.text("dm:antoine")
    await talk.play("marie ^1: Bienvenue Léa!\nantoine @dm: animer")
    assert talk.text("dm:antoine") == "Rien n'attend. Tout fonctionne."
    await talk.play("antoine [1 · Voir le message]")
    assert "Quelqu'un a répondu" in talk.text("dm:antoine")


async def test_animators_and_coordinators_are_told_and_members_never(talk: Conversation) -> None:
    await newcomer_waits(talk)
    assert len(bundles(talk, "antoine")) == 1
    assert len(bundles(talk, "claire")) == 1
    assert bundles(talk, "marie") == []


async def test_the_same_thing_is_told_again_on_the_third_working_day_then_once_a_week(
    talk: Conversation,
) -> None:
    await newcomer_waits(talk)
    await talk.play("@until 2026-03-06T08:00")
    assert days(talk, "antoine") == ["2026-03-04"]
    await talk.play("@until 2026-03-14T12:00")
    assert days(talk, "antoine") == ["2026-03-04", "2026-03-06", "2026-03-13"]


async def test_later_hides_one_thing_until_the_next_working_day_for_one_person(
    talk: Conversation,
) -> None:
    await newcomer_waits(talk)
    await talk.play("antoine [Plus tard]")
    assert "C'est remis au prochain jour ouvrable" in talk.text("dm:antoine")
    await talk.play("antoine @dm: animer\nclaire @dm: ce qui attend")
    assert "Rien n'attend" in talk.text("dm:antoine")
    assert "Une chose remise à plus tard reviendra" in talk.text("dm:antoine")
    assert "Léa" in talk.text("dm:claire")
    await talk.play("@until 2026-03-05T09:00\nantoine @dm: animer")
    assert days(talk, "antoine") == ["2026-03-04", "2026-03-05"]
    assert days(talk, "claire") == ["2026-03-04"]
    assert "Léa" in talk.text("dm:antoine")


async def test_five_things_are_shown_and_the_rest_is_one_button_away(talk: Conversation) -> None:
    for name in ("marie", "ibrahim"):
        await talk.play(f"{name} @dm: probleme\n{name} [Autre chose]\n{name} @dm: Rien ne va")
    for name in ("marie", "ibrahim", "marie", "ibrahim", "marie"):
        await talk.play(f"@skip 2m\n{name} @dm: probleme\n{name} [Signaler autre chose]")
        await talk.play(f"{name} [Autre chose]\n{name} @dm: Rien ne va")
    await talk.play("antoine @dm: animer")
    page = talk.last("dm:antoine")
    assert [label for label in page["buttons"] if " · " in label][-1].startswith("5 ")
    assert "et 2 autres" in talk.text("dm:antoine")
    await talk.play("antoine [Voir les 2 autres]")
    assert "6. " in talk.text("dm:antoine")
    assert "7. " in talk.text("dm:antoine")
    await talk.play("antoine [Plus tard]")
    assert talk.text("dm:antoine").startswith("Laquelle peut attendre")
    await talk.play("antoine [2]\nantoine @dm: animer")
    assert talk.text("dm:antoine").startswith("6 choses attendent")


async def test_in_a_crisis_only_questions_are_told(talk: Conversation) -> None:
    async with talk.house.database.begin() as tx:
        from storage.communities import CommunityRow

        row = await tx.session.get_one(CommunityRow, 1)
        row.mode = "crisis"
    await newcomer_waits(talk)
    assert bundles(talk, "antoine") == []
    await talk.play("antoine @dm: animer")
    assert "Léa" in talk.text("dm:antoine")


async def test_nothing_is_told_on_a_holiday(talk: Conversation) -> None:
    await talk.play("@clock 2026-05-15T08:30")
    await arrived(talk, "lea")
    await talk.play("lea: Bonjour\n@until 2026-05-20T09:00")
    assert days(talk, "antoine") == ["2026-05-19"], "Monday the 18th is a holiday in Québec"


async def test_a_quiet_week_is_one_line_on_the_day_of_the_slot(talk: Conversation) -> None:
    await talk.play("@until 2026-03-04T12:00")
    (quiet,) = talk.said("dm:antoine")
    assert quiet["at"][:16] == "2026-03-03T08:30"
    said = talk.everything("dm:antoine")
    assert "Semaine calme : rien à faire, tout fonctionne." in said
    assert "Prochain rendez-vous : mardi 10 mars." in said
    assert talk.said("dm:marie") == []
    await talk.play("antoine [Moins de ceci]\n@until 2026-03-11T12:00")
    assert talk.everything("dm:antoine").count("Semaine calme") == 1
    assert talk.everything("dm:claire").count("Semaine calme") == 2
    await talk.play("antoine @dm: notifications\nantoine [☐ mot des semaines calmes]")
    await talk.play("claire @dm: réglages rendez-vous jeudi\n@until 2026-03-20T12:00")
    assert "2026-03-19T08:30" in [line["at"][:16] for line in talk.said("dm:antoine")]
    # Neither in a crisis nor in a slow period, and never beside something that waits.
    await talk.play("@until 2026-06-26T12:00")
    quiet_days = [x["at"][:10] for x in talk.said("dm:antoine") if x["kind"] == "quiet-week"]
    assert quiet_days[-1] == "2026-06-18", "the 25th is in the slow period"


async def newcomer_waits(talk: Conversation) -> None:
    """Léa wrote on Monday at noon; her alert is due on Tuesday and told on Wednesday."""
    await arrived(talk, "lea")
    await talk.play("@until 2026-03-02T12:00\nlea: Bonjour\n@until 2026-03-04T09:00")


async def arrived(talk: Conversation, name: str) -> None:
    """Makes a member a newcomer of today."""
    since: datetime = talk.stage.clock.now()
    person = select(accounts.c.person_id).where(accounts.c.external == name)
    async with talk.house.database.session() as session:
        await session.execute(
            update(memberships).where(memberships.c.person_id.in_(person)).values(since=since)
        )


def bundles(talk: Conversation, name: str) -> list[dict[str, Any]]:
    """The bundles somebody got."""
    return [line for line in talk.said(f"dm:{name}") if line["kind"] == "bundle"]


def days(talk: Conversation, name: str) -> list[str]:
    """The days on which somebody got a bundle."""
    return [line["at"][:10] for line in bundles(talk, name)]
