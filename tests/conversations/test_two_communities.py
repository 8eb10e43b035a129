"""Somebody of two communities: what is asked in one is done and read in that one [SE-1]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import ready_made
from bot.config import Community
from bot.events import Account
from storage import journal, people
from tests.conversation import Conversation, conversation


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Claire coordinates two communities, neither of which has a space for its animators."""
    world = ready_made()
    demo = world.communities[0]
    spaces = tuple(space for space in demo.spaces if space.use != "animators")
    nord = Community.model_validate(
        {
            "slug": "nord",
            "name": "Réseau du Nord",
            "purpose": "Soigner loin",
            "timezone": "America/Toronto",
            "coordinators": ["terminal:claire"],
            "form": ["profession"],
            "spaces": [{"platform": "terminal", "id": "nord", "use": "discussion"}],
            "state": "open",
        }
    )
    both = replace(world, communities=(demo.model_copy(update={"spaces": spaces}), nord))
    async with conversation(tmp_path, world=both) as found:
        yield found


async def asks(talk: Conversation, name: str, community: str) -> None:
    """A visitor asks to enter one of the two."""
    await talk.play(f"{name} @dm: rejoindre\n{name} [{community}]\n{name} @dm: {name.title()}")
    while (talk.last(f"dm:{name}")["form"] or {}).get("name") == "join":
        await talk.play(f"{name} @dm: infirmière")


def card(talk: Conversation, name: str) -> int:
    """The line of the card about somebody, in Claire's private conversation."""
    lines = [x for x in talk.said("dm:claire") if name in x["text"] and "Accepter" in x["buttons"]]
    return int(lines[-1]["n"])


async def test_cards_that_waited_together_each_act_in_their_own_community(
    two: Conversation,
) -> None:
    await two.play("@until 2026-03-02T21:00")
    await asks(two, "nadia", "Demo")
    await asks(two, "omar", "Réseau du Nord")
    assert two.said("dm:claire") == []
    await two.play("@until 2026-03-03T12:00")
    for name in ("Nadia", "Omar"):
        await two.play(f"claire [Accepter] {card(two, name)}")
    assert "vous êtes des nôtres" in two.everything("dm:nadia")
    assert "vous êtes des nôtres" in two.everything("dm:omar")


async def test_a_form_that_waits_is_asked_and_filled_in_its_own_community(
    two: Conversation,
) -> None:
    await two.play("@until 2026-03-03T10:00")
    await asks(two, "nadia", "Demo")
    await asks(two, "omar", "Réseau du Nord")
    await two.play(f"claire [Demander une précision] {card(two, 'Omar')}")
    await two.play(f"claire [Demander une précision] {card(two, 'Nadia')}")
    assert "attend son tour" in two.text("dm:claire")
    await two.play("claire @dm: Quelle ville?")
    assert "Quelle ville?" in two.text("dm:omar")
    assert "Nadia" in two.text("dm:claire")
    await two.play("claire @dm: Quel quartier?")
    assert "Quel quartier?" in two.text("dm:nadia")


async def test_the_same_form_of_another_community_is_another_form(two: Conversation) -> None:
    await two.play("claire @nord: /copain profil\nclaire: /copain profil")
    assert "attend son tour" in two.text("dm:claire")
    await two.play("claire @dm: Claire du Nord\nclaire [Passer]\nclaire [Passer]")
    await two.play("claire @dm: Claire de Demo\nclaire [Passer]\nclaire [Passer]")
    async with two.house.database.reading() as tx:
        for number, name in ((1, "Claire de Demo"), (2, "Claire du Nord")):
            names = [row.name for row in await people.members(tx.session, number)]
            assert name in names


async def test_whoever_animates_both_gets_one_bundle_for_both(two: Conversation) -> None:
    for name, community in (("nadia", "Demo"), ("omar", "Réseau du Nord")):
        await asks(two, name, community)
    await two.play("@until 2026-03-05T18:00")
    told = [line for line in two.said("dm:claire") if line["kind"] == "bundle"]
    assert len({line["at"][:10] for line in told}) == len(told), "one a day"
    both = next(line for line in told if "Réseau du Nord" in line["text"])
    assert "Nadia" in both["text"]
    assert "une chose attend" in both["text"]
    await two.play(f"claire [Voir · Réseau du Nord] {both['n']}")
    assert "Omar" in two.text("dm:claire")
    number = next(label for label in two.last("dm:claire")["buttons"] if label.startswith("1 · "))
    await two.play(f"claire [{number}]")
    await two.play("claire [Accepter]")
    assert "vous êtes des nôtres" in two.everything("dm:omar")


async def test_an_applicants_reply_in_the_thread_finds_the_community_that_asked(
    two: Conversation,
) -> None:
    await two.play("@until 2026-03-03T10:00")
    await asks(two, "omar", "Réseau du Nord")
    await two.play("claire [Demander une précision]\nclaire @dm: Quelle ville?")
    assert "Quelle ville?" in two.text("dm:omar")
    await two.play("omar @dm ^-1: Chibougamau")
    assert "Merci, c'est transmis" in two.text("dm:omar")
    assert "Chibougamau" in two.everything("dm:claire")


async def test_an_account_that_goes_ends_in_each_community_by_itself(two: Conversation) -> None:
    async with two.house.database.begin() as tx:
        actor = await tx.people.actor(Account("terminal", "", "marie"), "")
        number = actor.person_id or 0
        nord = (await tx.people.communities())[1]
        at = two.house.clock.now()
        await people.admit(tx.session, number, nord.id, now=at, role="animator", name="Marie")
    await two.play("@leave marie")
    async with two.house.database.reading() as tx:
        assert await tx.people.communities_of(number) == []
        assert await journal.newest(tx.session, nord.id, "leave", since=at) is not None


async def test_the_last_coordinator_who_goes_is_told_of_in_each_community(
    two: Conversation,
) -> None:
    await two.play("@leave claire\n@skip 1d")
    async with two.house.database.reading() as tx:
        actor = await tx.people.actor(Account("terminal", "", "claire"), "")
        mine = await tx.people.communities_of(actor.person_id or 0)
    assert [community.slug for community in mine] == ["demo", "nord"]
    assert "Claire" in two.everything("dm:antoine")
