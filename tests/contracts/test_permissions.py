"""Every action is tried as every role, in one's own community and in another's [SE-1].

Generated from the registry: a new command, button, form or reply comes under test by itself. Who
may not gets the one refusal, and no row of the bot changes but the note of the event and its
answer. Who may is let in: the handler runs, or tells what is wrong with made-up arguments.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import commands
from bot.app import ready_made
from bot.call import enter
from bot.config import Community
from bot.dispatch import Done
from bot.errors import Complaint
from bot.events import Account, Event, FormFilled, Place, Pressed, Reacted, Said
from bot.people import Role
from bot.permissions import Guarded, Standing, may, refusal
from bot.ports import Draft, FormState
from bot.registry import Field, Form, Registry
from bot.routing import route
from storage.communities import every
from storage.tables import metadata
from tests.conversation import Conversation, conversation

pytestmark = pytest.mark.usefixtures("unthreaded")
REGISTRY = Registry.of(commands.load())
REFUSALS = {"answers-not-a-member", "permissions-not-allowed", "permissions-no-community"}
GENERAL = Place("terminal", "", "general")
GONE = 999_999
"""The number of a thing that is not there."""
NOTHING = "nothing"
"""A word that means nothing to any action."""

# The note of an event, and of its answer on the way.
ANSWERING = {"claim", "outbox"}
# What was done under a message is observed of members, whoever answers for the reply itself.
OBSERVED = {"observation"}

ACTORS = {
    "sam": Role.VISITOR,  # a stranger: in no space
    "vera": Role.VISITOR,  # seen in a space, no member
    "carol": Role.VISITOR,  # coordinates another community
    "marie": Role.MEMBER,
    "antoine": Role.ANIMATOR,
    "claire": Role.COORDINATOR,
}
numbers = itertools.count(1)


class TakenBackError(Exception):
    """Ends a transaction, so that one try does not change what the next one finds."""


@dataclass
class Board:
    """The house, and one message in `general` with a button (and a reaction) for every action."""

    talk: Conversation
    message: str

    async def tried(self, event: Event, *, words: bool = False) -> Complaint | None:
        """What the bot would answer, with everything taken back: None when a handler ran.

        `words`: it was given words no button holds, over which it may stumble once it was let in.
        """
        dispatch = self.talk.house.dispatch
        try:
            async with self.talk.house.database.begin() as tx:
                call = await dispatch._call(tx, event)  # noqa: SLF001 - the road, without its end
                assert call is not None
                await route(call)
                raise TakenBackError
        except TakenBackError:
            return None
        except Complaint as complaint:
            return complaint
        except Exception:
            if not words:
                raise
            return None

    async def refused(self, event: Event) -> None:
        """The bot really hears it, says one private refusal, and nothing else."""
        outcome = await self.talk.house.hear(event)
        assert isinstance(outcome, Done)
        assert [line.key for line in outcome.score if line.key in REFUSALS], outcome
        assert len(outcome.score) == 1, outcome
        assert outcome.score[0].place == event.by.dm.key  # type: ignore[union-attr]

    async def kept(self, *, but: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the bot, but those of these tables."""
        await self.talk.house.settle()
        left_out = ANSWERING | set(but)
        async with self.talk.house.database.reading() as tx:
            return {
                table.name: [
                    tuple(row)
                    for row in await tx.session.execute(select(table).order_by(*table.primary_key))
                ]
                for table in metadata.sorted_tables
                if table.name not in left_out
            }

    @property
    def moment(self) -> dict[str, Any]:
        """A fresh event id, and now."""
        return {"id": f"try:{next(numbers)}", "at": self.talk.stage.clock.now()}


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[Board]:
    async with _board(tmp_path) as found:
        yield found


@pytest.mark.parametrize("name", ACTORS)
async def test_a_command_runs_for_who_may_and_is_refused_to_others(board: Board, name: str) -> None:
    def said(phrase: str) -> Said:
        return Said(
            **board.moment, place=GENERAL, by=_account(name), text=phrase, message="1",
            addressed=True,
        )  # fmt: skip

    before = await board.kept()
    for command in REGISTRY.commands:
        for phrase in command.names:
            if command.who > ACTORS[name]:
                await board.refused(said(phrase))
            else:
                _let_in(await board.tried(said(phrase)), name, phrase)
    assert await board.kept() == before


@pytest.mark.parametrize("name", ACTORS)
async def test_a_button_acts_for_who_may_and_is_refused_to_others(board: Board, name: str) -> None:
    before = await board.kept()
    for press in REGISTRY.buttons.values():
        event = Pressed(
            **board.moment,
            place=GENERAL,
            by=_account(name),
            message=board.message,
            action=_forged(press.action),
        )
        if press.who > ACTORS[name]:
            await board.refused(event)
        else:
            words = NOTHING in event.action
            _let_in(await board.tried(event, words=words), name, press.action)
    assert await board.kept() == before


@pytest.mark.parametrize("name", ACTORS)
async def test_a_reaction_is_a_press_and_a_visitors_is_nobodys_business(
    board: Board, name: str
) -> None:
    before = await board.kept(but=OBSERVED)
    for sign, press in enumerate(REGISTRY.buttons.values()):
        event = Reacted(
            **board.moment,
            place=GENERAL,
            by=_account(name),
            message=board.message,
            key=f"sign{sign}",
        )
        if ACTORS[name] is Role.VISITOR:
            outcome = await board.talk.house.hear(event)
            assert isinstance(outcome, Done)
            assert outcome.score == ()
        elif press.who > ACTORS[name]:
            await board.refused(event)
    assert await board.kept(but=OBSERVED) == before


@pytest.mark.parametrize("name", ACTORS)
async def test_a_form_takes_answers_of_who_may_and_refuses_others(board: Board, name: str) -> None:
    for form in REGISTRY.forms.values():
        state = await _opened(board, form.name, name)
        before = await board.kept()
        event = FormFilled(
            **board.moment, place=_account(name).dm, by=_account(name), form=state, values={}
        )
        if form.who > ACTORS[name]:
            found = await board.tried(event)
            assert found is not None, form.name
            assert found.key in REFUSALS, form.name
        else:
            words = NOTHING in _arguments(form.filled, 2)
            values = {} if words else await _answers(board, event, form)
            found = await board.tried(replace(event, values=values), words=words)
            _let_in(found, name, form.name)
        assert await board.kept() == before
        await _closed(board, state)


@pytest.mark.parametrize("name", ACTORS)
async def test_a_reply_under_a_message_is_heard_of_who_may_only(board: Board, name: str) -> None:
    for under in REGISTRY.under.values():
        if under.who <= ACTORS[name]:
            continue
        async with board.talk.house.database.begin() as tx:
            await tx.mailbox.follow(f"{under.subject}:{GONE}", GENERAL, f"root:{under.subject}")
        before = await board.kept(but=OBSERVED)
        outcome = await board.talk.house.hear(
            Said(
                **board.moment,
                place=GENERAL,
                by=_account(name),
                text="moi aussi",
                message=f"reply:{next(numbers)}",
                thread=f"root:{under.subject}",
            )
        )
        assert isinstance(outcome, Done)
        assert outcome.score == ()
        assert await board.kept(but=OBSERVED) == before


async def test_who_coordinates_elsewhere_coordinates_at_home(board: Board) -> None:
    """The other half of the matrix: the refusals above are about where, not about whom."""
    home = Place("terminal", "", "ailleurs")
    event = Said(
        **board.moment, place=home, by=_account("carol"), text="todo", message="1", addressed=True
    )
    assert await board.tried(event) is None


async def test_a_page_has_no_part_for_a_lesser_role() -> None:
    for part in REGISTRY.sections:
        for role in Role:
            assert (part in REGISTRY.page(part.page, role)) == (role >= part.who)


async def test_a_state_that_does_not_allow_an_act_refuses_it_to_everybody(board: Board) -> None:
    async with board.talk.house.database.reading() as tx:
        here = (await every(tx.session))[0]
    guarded: list[Guarded] = [
        *REGISTRY.commands,
        *REGISTRY.buttons.values(),
        *REGISTRY.forms.values(),
    ]
    for thing, state in itertools.product(guarded, ("preparation", "open", "closed")):
        standing = Standing(Role.COORDINATOR, replace(here, state=state))
        assert may(standing, thing) == (state in thing.states)
        if state not in thing.states:
            complaint = refusal(standing, thing)
            assert complaint is not None
            assert complaint.key == f"permissions-state-{state}"


def _let_in(complaint: Complaint | None, name: str, what: str) -> None:
    """Who has the role may be told that a thing is not there, never that the act is not theirs.

    A visitor is told to join where an act needs somebody who is kept; a right finer than a role
    (one's own things) is the coordinators' too.
    """
    if complaint is not None and ACTORS[name] not in (Role.VISITOR, Role.MEMBER):
        assert complaint.key not in REFUSALS - {"permissions-no-community"}, (what, complaint.key)


def _account(name: str) -> Account:
    return Account("terminal", "", name)


def _forged(action: str) -> str:
    """The action with an argument for each parameter, about things that are not there."""
    return ":".join([action, *map(str, _arguments(REGISTRY.buttons[action].handler, 1))])


def _arguments(handler: Any, given: int) -> tuple[str | int, ...]:
    """Something for each parameter after those that are `given`."""
    parameters = list(inspect.signature(handler).parameters.values())[given:]
    return tuple(
        GONE if "int" in str(each.annotation) else NOTHING
        for each in parameters
        if each.kind is not inspect.Parameter.VAR_POSITIONAL
    )


async def _opened(board: Board, form: str, name: str) -> int:
    """A form of the first community, open in somebody's private conversation."""
    moment = board.talk.stage.clock.now()
    async with board.talk.house.database.begin() as tx:
        here = (await every(tx.session))[0]
        state = await tx.forms.open(
            FormState(
                id=0,
                place=_account(name).dm,
                community_id=here.id,
                form=form,
                args=_arguments(REGISTRY.forms[form].filled, 2),
                values={},
                step=0,
                state="active",
                asked_by="bot",
                touched=moment,
            )
        )
    return state.id


async def _answers(board: Board, event: FormFilled, form: Form) -> dict[str, str]:
    """An answer to every question that the form asks this person, as far as it can be asked."""
    async with board.talk.house.database.reading() as tx:
        call = await board.talk.house.dispatch._call(tx, event)  # noqa: SLF001 - as in `tried`
        state = await tx.forms.get(event.form)
        assert call is not None
        assert state is not None
        await enter(call, state.community_id)
        try:
            fields = await form.fields(call, state)
        except Complaint:
            return {}
        return {field.name: _answer(field) for field in fields}


def _answer(field: Field) -> str:
    if field.kind == "yesno":
        return "yes"
    return next((value for value, _ in (*field.options, *field.labels)), "quelques mots")


async def _closed(board: Board, state: int) -> None:
    async with board.talk.house.database.begin() as tx:
        await tx.forms.close(state)


@asynccontextmanager
async def _board(folder: Path) -> AsyncIterator[Board]:
    world = ready_made()
    other = Community.model_validate(
        {
            "slug": "ailleurs",
            "name": "Ailleurs",
            "purpose": "Autre chose",
            "state": "open",
            "coordinators": ["terminal:carol"],
            "spaces": [{"platform": "terminal", "id": "ailleurs", "use": "discussion"}],
        }
    )
    world = replace(world, communities=(*world.communities, other))
    async with conversation(folder, world=world, per_person="0") as talk:
        await talk.play("@join vera")
        buttons = [
            {"label": press.action, "action": _forged(press.action), "emoji": f"sign{sign}"}
            for sign, press in enumerate(REGISTRY.buttons.values())
        ]
        async with talk.house.database.begin() as tx:
            here = (await every(tx.session))[0]
            draft = Draft(
                operation="say",
                place=GENERAL,
                body={"text": "Tout", "buttons": buttons, "kind": "answer"},
                at=talk.stage.clock.now(),
                community_id=here.id,
                name="board",
                buttons=tuple(buttons),
            )
            await tx.mailbox.post([draft], lambda: "f" * 32)
        talk.house.delivery.wake()
        await talk.house.settle()
        async with talk.house.database.reading() as tx:
            receipt = (await tx.mailbox.receipts("board"))[0]
        assert receipt.message is not None
        yield Board(talk, receipt.message)
