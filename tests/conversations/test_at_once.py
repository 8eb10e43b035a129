"""Two at the same instant have one outcome, and the other is told what happened [RE-5]."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from adapters.terminal import named
from adapters.terminal.script import Press
from bot.dispatch import Done
from bot.events import Account, Place, Pressed
from storage.tables import metadata
from tests.applying import apply
from tests.conversation import Conversation, conversation, plain

pytestmark = pytest.mark.threads
numbers = itertools.count(1)

ASKED = """
    nadia @dm: rejoindre
    nadia @dm: Nadia
    nadia @dm: infirmière
    nadia @dm: CLSC
    nadia [Passer]
    nadia [Passer]
"""
PROPOSED = """
    antoine [Refuser]
    antoine @dm: Nous accueillons les gens du terrain
    antoine [Passer]
"""
REFUSED = f"{ASKED}{PROPOSED}claire [Confirmer le refus]\n"
REMOVING = "antoine @dm: membres retirer marie\nantoine @dm: Plus de nouvelles\n"

# What changes something: what happens before, who presses, the button.
TWICE = [
    (ASKED, "claire", "Accepter"),
    (ASKED + PROPOSED, "claire", "Confirmer le refus"),
    (ASKED + PROPOSED, "claire", "Ne pas refuser"),
    (ASKED, "nadia", "Retirer ma demande"),
    (ASKED + "nadia [Retirer ma demande]\n", "nadia", "Effacer maintenant"),
    (REFUSED, "nadia", "Demander un second avis"),
    (REFUSED + "nadia [Demander un second avis]\n", "claire", "Maintenir le refus"),
    ("@join nadia\n", "claire", "C'est une personne invitée"),
    ("@join nadia\n", "claire", "Retirer du salon"),
    (REMOVING, "claire", "Confirmer le retrait"),
    (REMOVING, "claire", "Ne pas retirer"),
    ("marie @dm: quitter\n", "marie", "Oui, quitter"),
    ("marie @dm: quitter\nmarie [Oui, quitter]\n", "marie", "Revenir"),
    ("marie @dm: quitter\nmarie [Oui, quitter]\n", "marie", "Effacer maintenant"),
    ("marie @dm: mes-données effacer\n", "marie", "Oui, tout effacer"),
    ("marie @dm: privacy\n", "marie", "Ne pas me compter"),
]


def press(talk: Conversation, who: str, label: str) -> Pressed:
    """A press of the newest button of that label, as a platform would tell of it."""
    message, button = named.button(talk.stage.server, Press(who, label, None))
    name = message.place.removeprefix("dm:")
    return Pressed(
        id=f"press:{next(numbers)}",
        at=talk.stage.clock.now(),
        place=Place("terminal", "", name, dm=message.place.startswith("dm:")),
        by=Account("terminal", "", who),
        message=str(message.n),
        action=button["action"],
        name=who,
    )


async def test_two_animators_who_accept_at_once_have_one_outcome(talk: Conversation) -> None:
    await apply(talk, "nadia")
    both = [press(talk, who, "Accepter") for who in ("claire", "antoine")]
    outcomes = await asyncio.gather(*(talk.house.hear(each) for each in both))
    await talk.house.settle()
    assert all(isinstance(each, Done) for each in outcomes)
    assert talk.everything("dm:nadia").count("vous êtes des nôtres") == 1
    late = [who for who in ("claire", "antoine") if talk.said(f"dm:{who}")]
    assert len(late) == 1
    first = {"claire": "Antoine", "antoine": "Claire"}[late[0]]
    assert first in talk.text(f"dm:{late[0]}")


async def test_of_twenty_presses_at_once_one_decides(talk: Conversation) -> None:
    await apply(talk, "nadia")
    many = [press(talk, ("claire", "antoine")[n % 2], "Accepter") for n in range(20)]
    await asyncio.gather(*(talk.house.hear(each) for each in many))
    await talk.house.settle()
    assert talk.everything("dm:nadia").count("vous êtes des nôtres") == 1


async def test_accepting_and_refusing_at_once_do_one_of_the_two(talk: Conversation) -> None:
    await talk.play(ASKED + PROPOSED)
    three = [
        press(talk, "claire", label)
        for label in ("Accepter", "Confirmer le refus", "Ne pas refuser")
    ]
    await asyncio.gather(*(talk.house.hear(each) for each in three))
    await talk.house.settle()
    told = talk.everything("dm:nadia")
    assert ("vous êtes des nôtres" in told) + ("les gens du terrain" in told) <= 1


@pytest.mark.parametrize(("before", "who", "label"), TWICE, ids=[f"{w}-{x}" for _, w, x in TWICE])
async def test_a_double_click_changes_no_more_than_one_click(
    tmp_path: Path, before: str, who: str, label: str
) -> None:
    async with conversation(tmp_path) as talk:
        await talk.play(before)
        once, twice = press(talk, who, label), press(talk, who, label)
        await talk.house.hear(once)
        await talk.house.settle()
        kept = await _rows(talk)
        others = {p: len(talk.said(p)) for p in ("general", "animateurs", "dm:nadia", "dm:antoine")}
        await talk.house.hear(twice)
        await talk.house.settle()
        assert await _rows(talk) == kept
        own = f"dm:{who}"
        assert {p: len(talk.said(p)) for p in others if p != own} == {
            p: n for p, n in others.items() if p != own
        }
        assert "Quelque chose n'a pas marché" not in plain(talk.everything(own))


async def _rows(talk: Conversation) -> dict[str, list[tuple[object, ...]]]:
    """Every row but the notes of events and of what was answered."""
    async with talk.house.database.reading() as tx:
        return {
            table.name: [tuple(row) for row in await tx.session.execute(table.select())]
            for table in metadata.sorted_tables
            if table.name not in {"claim", "outbox"}
        }
