"""Forms keep their drafts across restarts, one active in each private conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.events import Account, Place
from bot.ports import FormState
from storage import forms
from storage.database import Database

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
MARIE = Account("slack", "T1", "U1").dm
PAUL = Account("slack", "T1", "U2").dm


async def test_a_form_comes_back_as_it_was_kept(database: Database) -> None:
    kept = _state("join", args=("x", 3), values={"name": "Marie"}, step=2)
    async with database.begin() as tx:
        await tx.forms.open(kept)
    async with database.reading() as tx:
        found = await tx.forms.active(MARIE)
        assert found == kept
        assert await tx.forms.active(PAUL) is None
        assert await tx.forms.get(kept.id) == kept


async def test_what_changed_in_a_form_is_kept(database: Database) -> None:
    async with database.begin() as tx:
        state = await tx.forms.open(_state("join"))
        state.values["name"] = "Marie"
        state.step, state.state, state.error = 1, "away", "join-error"
        await tx.forms.save(state)
    async with database.reading() as tx:
        assert await tx.forms.active(MARIE) is None
        assert await tx.forms.away(MARIE) == [state]


async def test_forms_the_person_asked_for_go_before_those_of_the_bot(database: Database) -> None:
    async with database.begin() as tx:
        await tx.forms.open(_state("pulse", state="waiting", asked_by="bot"))
        await tx.forms.open(_state("join", state="waiting"))
        await tx.forms.open(_state("prompt", state="waiting"))
        assert [each.form for each in await tx.forms.waiting(MARIE)] == ["join", "prompt", "pulse"]


async def test_a_form_in_a_window_takes_no_turn(database: Database) -> None:
    async with database.begin() as tx:
        first = await tx.forms.open(_state("join", state="modal"))
        second = await tx.forms.open(_state("pulse", state="modal"))
        assert await tx.forms.active(MARIE) is None
        assert await tx.forms.waiting(MARIE) == []
        assert await tx.forms.windows(MARIE) == [second, first]
        assert await tx.forms.windows(MARIE, "join") == [first]
        assert await tx.forms.windows(PAUL) == []


async def test_forms_put_away_come_newest_first(database: Database) -> None:
    async with database.begin() as tx:
        for form in ("join", "pulse", "join"):
            await tx.forms.open(_state(form, state="away"))
        assert [each.form for each in await tx.forms.away(MARIE)] == ["join", "pulse", "join"]
        assert len(await tx.forms.away(MARIE, "pulse")) == 1
        numbers = [each.id for each in await tx.forms.away(MARIE, "join")]
    assert numbers == sorted(numbers, reverse=True)


async def test_a_closed_form_is_gone_with_its_draft(database: Database) -> None:
    async with database.begin() as tx:
        state = await tx.forms.open(_state("join", values={"name": "Marie"}))
        await tx.forms.close(state.id)
        assert await tx.forms.get(state.id) is None
        await tx.forms.save(state)
        assert await tx.forms.active(MARIE) is None


async def test_no_number_of_a_form_comes_a_second_time(database: Database) -> None:
    numbers = []
    for _ in range(3):
        async with database.begin() as tx:
            state = await tx.forms.open(_state("join"))
            await tx.forms.close(state.id)
        numbers.append(state.id)
    assert len(set(numbers)) == 3


async def test_a_number_that_no_database_knows_is_no_form(database: Database) -> None:
    async with database.reading() as tx:
        for number in (-1, 0, 7, 2**31, 10**30):
            assert await tx.forms.get(number) is None


async def test_only_forms_put_away_for_thirty_days_are_forgotten(database: Database) -> None:
    async with database.begin() as tx:
        old = NOW - timedelta(days=30, seconds=1)
        await tx.forms.open(_state("a", state="away", touched=old))
        await tx.forms.open(_state("b", state="away", touched=old + timedelta(seconds=2)))
        await tx.forms.open(_state("c", state="active", touched=old))
        assert await forms.forget_old(tx.session, NOW) == 1
        assert [each.form for each in await tx.forms.away(MARIE)] == ["b"]


def _state(
    form: str,
    *,
    place: Place = MARIE,
    args: tuple[str | int, ...] = (),
    values: dict[str, str] | None = None,
    step: int = 0,
    state: str = "active",
    asked_by: str = "person",
    touched: datetime = NOW,
) -> FormState:
    return FormState(
        id=0,
        place=place,
        community_id=None,
        form=form,
        args=args,
        values=values or {},
        step=step,
        state=state,
        asked_by=asked_by,
        touched=touched,
    )
