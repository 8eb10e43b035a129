"""Somebody knocks at the door of a closed space: the same as asking to join [ON-1, ON-2]."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.events import Account, Knocked, Place
from storage.parcels import OutboxRow
from tests.conversation import Conversation, conversation, plain
from tests.conversations.test_admission import REFUSE
from tests.conversations.test_prompts import world

GENERAL = Place("terminal", "", "general")
TEAM = Place("terminal", "", "animateurs")
rows = OutboxRow.__table__  # type: ignore[attr-defined]
FILL = """
    nadia @dm: Nadia Bensaïd
    nadia @dm: infirmière
    nadia @dm: CLSC Rosemont
    nadia [Passer]
    nadia @dm: Apprendre des autres
"""


async def knock(talk: Conversation, who: str, place: Place = GENERAL, times: int = 1) -> None:
    """Somebody asks at the door of a space to be let in."""
    for _ in range(times):
        await talk.house.hear(
            Knocked(
                id=f"knock-{who}-{place.id}-{len(talk.lines)}",
                at=talk.house.clock.now(),
                place=place,
                by=Account("terminal", "", who),
                name=who.title(),
            )
        )
        await talk.house.settle()


async def ways(talk: Conversation) -> list[tuple[str, str]]:
    """What was done at the doors: invite or expel, and the space."""
    async with talk.house.database.session() as session:
        found = await session.execute(
            select(OutboxRow).where(rows.c.operation.in_(("invite", "expel"))).order_by(rows.c.id)
        )
        return [(row.operation, row.lane.rpartition("#")[2]) for row in found.scalars()]


async def test_a_knock_opens_the_form_in_private_and_acceptance_lets_in(
    talk: Conversation,
) -> None:
    await knock(talk, "nadia")
    said = talk.said("dm:nadia")
    assert "Vous avez frappé à la porte de **general**" in said[0]["text"].replace("\u00a0", " ")
    assert said[1]["form"]["name"] == "join"
    await talk.play(FILL)
    assert "Demande d'entrée" in talk.everything("animateurs").replace("’", "'")
    assert await ways(talk) == []
    await talk.play("claire [Accepter]")
    assert ("invite", "general") in await ways(talk)
    assert "expel" not in dict(await ways(talk))


async def test_a_refused_request_refuses_the_knock(talk: Conversation) -> None:
    await knock(talk, "nadia")
    await talk.play(FILL + REFUSE)
    assert await ways(talk) == []
    await talk.play("claire [Confirmer le refus]")
    assert await ways(talk) == [("expel", "general")]


async def test_a_request_withdrawn_refuses_the_knock_once(talk: Conversation) -> None:
    await knock(talk, "nadia")
    await talk.play(FILL + "nadia [Retirer ma demande]")
    assert await ways(talk) == [("expel", "general")]
    await talk.play("@skip 31d")
    assert await ways(talk) == [("expel", "general")]


async def test_who_asked_before_is_told_so_and_the_knock_waits_with_the_request(
    talk: Conversation,
) -> None:
    await talk.play("nadia @dm: rejoindre" + FILL)
    await knock(talk, "nadia")
    assert "est bien là" in talk.text("dm:nadia")
    assert await ways(talk) == []
    await talk.play(REFUSE + "claire [Confirmer le refus]")
    assert await ways(talk) == [("expel", "general")]


async def test_a_knock_during_the_form_asks_the_same_question_again(talk: Conversation) -> None:
    await talk.play("nadia @dm: rejoindre\nnadia @dm: Nadia Bensaïd")
    question = talk.last("dm:nadia")["form"]
    await knock(talk, "nadia", times=2)
    assert talk.last("dm:nadia")["form"] == question
    await talk.play("nadia @dm: infirmière\nnadia @dm: CLSC\nnadia [Passer]\nnadia [Passer]")
    await talk.play(REFUSE + "claire [Confirmer le refus]")
    assert await ways(talk) == [("expel", "general")]


async def test_a_member_is_let_in_at_once(talk: Conversation) -> None:
    await knock(talk, "marie")
    assert await ways(talk) == [("invite", "general")]
    assert talk.said("dm:marie") == []


async def test_the_teams_room_opens_to_the_team_alone(talk: Conversation) -> None:
    await knock(talk, "antoine", TEAM)
    assert await ways(talk) == [("invite", "animateurs")]
    await knock(talk, "marie", TEAM)
    await knock(talk, "nadia", TEAM)
    assert (await ways(talk))[1:] == [("expel", "animateurs")] * 2
    assert talk.last("dm:marie")["buttons"] == []
    assert talk.last("dm:nadia")["buttons"] == ["Demander à entrer"]


async def test_nobody_enters_before_the_opening(tmp_path: Path) -> None:
    async with conversation(tmp_path, state="preparation") as talk:
        await knock(talk, "nadia")
        assert "se prépare encore" in talk.text("dm:nadia")
        assert await ways(talk) == [("expel", "general")]


@pytest.mark.parametrize("end", ["nadia @dm: annuler", "@skip 8d"], ids=["cancelled", "put away"])
async def test_a_form_given_up_refuses_the_knock_once(talk: Conversation, end: str) -> None:
    await knock(talk, "nadia")
    await talk.play("nadia @dm: Nadia Bensaïd")
    assert await ways(talk) == []
    await talk.play(end)
    assert await ways(talk) == [("expel", "general")]
    await talk.play("@skip 40d")
    assert await ways(talk) == [("expel", "general")]


async def test_a_knock_after_the_form_was_put_away_waits_for_an_answer_again(
    talk: Conversation,
) -> None:
    await knock(talk, "nadia")
    await talk.play("nadia @dm: Nadia Bensaïd\n@skip 8d")
    await knock(talk, "nadia")
    await talk.play("nadia @dm: infirmière\nnadia @dm: CLSC\nnadia [Passer]\nnadia [Passer]")
    assert await ways(talk) == [("expel", "general")]
    await talk.play(REFUSE + "claire [Confirmer le refus]")
    assert await ways(talk) == [("expel", "general")] * 2


@pytest.mark.parametrize("entered", [False, True], ids=["outside", "inside"])
async def test_a_form_given_up_puts_nobody_out_who_was_let_in_meanwhile(
    talk: Conversation, entered: bool
) -> None:
    await knock(talk, "nadia")
    if entered:
        await talk.play("@join nadia")
    await talk.play("@skip 8d")
    assert await ways(talk) == ([] if entered else [("expel", "general")])


async def test_an_open_community_lets_in_after_the_form(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=world(join="open")) as talk:
        await knock(talk, "nadia")
        assert "vraie personne" not in talk.said("dm:nadia")[0]["text"], "nobody has to answer"
        await talk.play(FILL)
        assert ("invite", "general") in await ways(talk)


async def test_knocking_all_day_is_slowed_down(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_person="2/min") as talk:
        await knock(talk, "nadia", times=5)
        assert "plus vite que moi" in talk.text("dm:nadia")


async def test_a_knock_at_an_untracked_room_is_nobodys_business(talk: Conversation) -> None:
    await knock(talk, "nadia", Place("terminal", "", "ailleurs"))
    assert talk.said("dm:nadia") == []
    assert await ways(talk) == []


async def test_a_member_to_whom_the_bot_may_not_open_is_let_in_by_hand(talk: Conversation) -> None:
    rooms = talk.stage.server.rooms
    hidden = rooms.pop("general")
    await knock(talk, "marie")
    rooms["general"] = hidden
    told = [line["text"] for line in talk.said("animateurs")]
    assert len(told) == 1
    assert "frappe à la porte de general" in plain(told[0])
    assert "Marie" not in told[0]
