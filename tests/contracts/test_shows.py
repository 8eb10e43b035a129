"""What is said to change nothing changes nothing: whoever missed its answer may ask again [RE-2].

Generated from the registry: a command or a button that is newly marked `shows` is tried by itself,
on a community in which every kind of thing stands or waits, and not a row of any table may differ.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import commands
from bot.events import Account, Said
from bot.messages import Effect, Say, ToActor
from bot.permissions import may
from bot.registry import Command, Press, Registry
from bot.routing import command, press
from storage.people import MembershipRow
from storage.tables import metadata
from tests.applying import apply
from tests.conversation import Conversation, conversation

REGISTRY = Registry.of(commands.load())
ARGS = {
    "help": ("", " accueil", " confidentialité"),
    "cards": ("", " F3"),
    "audit": ("", " 2"),
}
"""What a command is typed with; alone unless said."""
PRESSED: dict[str, tuple[str | int, ...]] = {
    "audit.page": (2,),
    "card": ("f3",),
    "existing.one": ("membership of solene",),
    "members.page": (0,),
    "newcomer.message": ("person of solene",),
    "passage.card": (1,),
    "problem.see": (1,),
    "prompt.list": (2,),
    "proposal.card": (1,),
    "prompt.turn": (1,),
    "request.card": (1,),
    "request.see": (1,),
    "todo.of": (1,),
    "todo.rest": (5,),
    "who_will_see": ("posting", 1),
}
"""What a button is pressed with; nothing unless said."""
PEOPLE = ("sam", "solene", "claire")
WHO = {"request.see": ("nadia",)}
"""Who tries it, as far as they may: a stranger, a new member, a coordinator unless said."""
COMMANDS = [each.name for each in REGISTRY.commands if each.shows]
BUTTONS = [name for name, each in REGISTRY.buttons.items() if each.shows]


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Solène was there before, Nadia asks to join, Zoé is passing, Marie has a problem."""
    async with conversation(tmp_path, state="preparation") as found:
        found.stage.server.happen(
            "before", "join", found.house.clock.now(), by="solene", room="general"
        )
        found.stage.heard = len(found.stage.server.happenings)
        await found.play("claire @dm: ouvrir\nsolene [Je participe]\nsolene: bonjour")
        await apply(found, "nadia")
        await found.play(
            "marie @dm: problème\nmarie [Un accès bloqué]\nmarie @dm: Le pare-feu refuse\n"
            "antoine @dm: amorce publier\n@join zoe\n@skip 1h\n"
            "antoine @dm: amorce planifier chaque mardi 9h30\n"
            "claire @dm: role @antoine coordination\n"
            'marie @dm: proposer "Quel geste refaites-vous chaque jour?"\n'
            "marie [Envoyer à l'équipe]"
        )
        yield found


async def test_a_command_that_shows_changes_nothing(talk: Conversation) -> None:
    before = await _everything(talk)
    for entry in REGISTRY.commands:
        for rest in ARGS.get(entry.name, ("",)) if entry.shows else ():
            tried = [await _showed(talk, who, entry, f"{entry.name}{rest}") for who in PEOPLE]
            assert any(tried), entry.name
            assert await _everything(talk) == before, entry.name


async def test_a_button_that_shows_changes_nothing(talk: Conversation) -> None:
    before = await _everything(talk)
    for name in BUTTONS:
        args = [str(await _meant(talk, arg)) for arg in PRESSED.get(name, ())]
        what, entry = ":".join([name, *args]), REGISTRY.buttons[name]
        tried = [await _showed(talk, who, entry, what) for who in WHO.get(name, PEOPLE)]
        assert any(tried), name
        assert await _everything(talk) == before, name


async def test_the_table_names_nothing_that_is_not_marked() -> None:
    assert set(ARGS) <= set(COMMANDS)
    assert set(PRESSED) | set(WHO) <= set(BUTTONS)


async def _showed(talk: Conversation, who: str, entry: Command | Press, what: str) -> bool:
    """Whether they may; then it ran, and returned nothing but words for them."""
    house = talk.house
    account = Account("terminal", "", who)
    event = Said(
        id=f"{who}:{what}",
        at=house.clock.now(),
        place=account.dm,
        by=account,
        text=what,
        message="1",
        name=who,
        addressed=True,
    )
    async with house.database.begin() as tx:
        call = await house.dispatch._call(tx, event)  # noqa: SLF001 - the road, without its end
        assert call is not None
        if not may(call.standing, entry):
            return False
        found = await (press if isinstance(entry, Press) else command)(call, what)
    assert call.shows, what
    assert found, what
    assert all(_is_shown(each) for each in found), what
    return True


def _is_shown(effect: Effect) -> bool:
    return isinstance(effect, Say) and isinstance(effect.to, ToActor) and not effect.files


async def _meant(talk: Conversation, arg: str | int) -> str | int:
    if arg not in ("membership of solene", "person of solene"):
        return arg
    async with talk.house.database.reading() as tx:
        rows = (await tx.session.execute(select(MembershipRow))).scalars()
        row = next(row for row in rows if row.name == "solene")
    return (row.id if str(arg).startswith("membership") else row.person_id) or 0


async def _everything(talk: Conversation) -> dict[str, list[Any]]:
    async with talk.house.database.reading() as tx:
        return {
            table.name: [
                tuple(row) for row in await tx.session.execute(select(table).order_by(*table.c))
            ]
            for table in metadata.sorted_tables
        }
