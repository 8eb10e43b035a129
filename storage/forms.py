"""Forms being filled, with their drafts, across restarts (contracts §4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Place
from bot.ports import FormState
from storage import sealing
from storage.privacy import Knows
from storage.types import instant, json_column, table_of

SEALED = "·sealed"
"""In place of a draft's answers: all of them, as only COPAIN_SECRET opens them."""
DRAFT_KEPT = timedelta(days=30)
HIGHEST = 2**31 - 1
"""The highest number that a database can look for; what is beyond was never given."""


class FormRow(SQLModel, table=True):
    """One form of one private conversation: active, waiting its turn, put away, or in a window."""

    __tablename__ = "form"
    # A window and the buttons of a question name it by its number long after it is gone.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    place: str = Field(index=True)
    community_id: int | None = None
    form: str
    args: list[Any] = Field(default_factory=list, sa_column=json_column())
    draft: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    step: int = 0
    state: str = "active"
    asked_by: str = "person"
    error: str | None = None
    typed: list[str] = Field(default_factory=list, sa_column=json_column())
    touched: datetime = Field(sa_column=instant())


_form = table_of(FormRow)

KNOWS = (
    Knows(FormRow, why="form", kept="draft", seen_by="self", by="place", column="place", rank=12),
)


class FormStates:
    """The port `bot.ports.FormStates` over one session."""

    def __init__(self, session: AsyncSession, seal: bytes = b"") -> None:
        self.session = session
        self.seal = seal

    async def active(self, place: Place) -> FormState | None:
        """The form whose question stands open there."""
        found = await self._in_state(place, "active")
        return found[0] if found else None

    async def waiting(self, place: Place) -> list[FormState]:
        """The forms that wait for the active one to end: the person's own first."""
        found = await self._in_state(place, "waiting")
        return sorted(found, key=lambda state: (state.asked_by != "person", state.id))

    async def away(self, place: Place, form: str | None = None) -> list[FormState]:
        """The forms put away there, newest first, with their drafts."""
        found = await self._in_state(place, "away")
        return [state for state in reversed(found) if form in (None, state.form)]

    async def windows(self, place: Place, form: str | None = None) -> list[FormState]:
        """The forms opened in a window for whose conversation that is, newest first."""
        found = await self._in_state(place, "modal")
        return [state for state in reversed(found) if form in (None, state.form)]

    async def get(self, form_id: int) -> FormState | None:
        """One form by its number."""
        row = await self.session.get(FormRow, form_id) if 0 < form_id <= HIGHEST else None
        return self._state(row) if row else None

    async def open(self, state: FormState) -> FormState:
        """Keeps a new form and gives it its number."""
        row = FormRow(
            place=state.place.key,
            community_id=state.community_id,
            form=state.form,
            args=list(state.args),
            draft=self._draft(state),
            step=state.step,
            state=state.state,
            asked_by=state.asked_by,
            touched=state.touched,
        )
        self.session.add(row)
        await self.session.flush()
        assert row.id is not None
        state.id = row.id
        return state

    async def save(self, state: FormState) -> None:
        """Keeps what changed."""
        row = await self.session.get(FormRow, state.id)
        if row is None:
            return
        row.draft, row.step, row.state = self._draft(state), state.step, state.state
        row.touched, row.error, row.typed = state.touched, state.error, list(state.typed)
        await self.session.flush()

    async def close(self, form_id: int) -> None:
        """Removes a form with its draft."""
        await self.session.execute(delete(_form).where(_form.c.id == form_id))
        self.session.expire_all()

    async def _in_state(self, place: Place, state: str) -> list[FormState]:
        rows = await self.session.execute(
            select(FormRow)
            .where(_form.c.place == place.key, _form.c.state == state)
            .order_by(_form.c.id)
        )
        return [self._state(row) for row in rows.scalars()]

    def _draft(self, state: FormState) -> dict[str, str]:
        if not (state.sealed and self.seal):
            return dict(state.values)
        return {SEALED: sealing.close(state.values, self.seal)}

    def _state(self, row: FormRow) -> FormState:
        state = _state(row)
        sealed = row.draft.get(SEALED)
        if sealed is not None:
            state.values, state.sealed = sealing.open_(sealed, self.seal), True
        return state


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Removes drafts put away more than 30 days ago."""
    result: Any = await session.execute(
        delete(_form).where(_form.c.state == "away", _form.c.touched < now - DRAFT_KEPT)
    )
    return int(result.rowcount)


def _state(row: FormRow) -> FormState:
    return FormState(
        id=row.id or 0,
        place=Place.of(row.place),
        community_id=row.community_id,
        form=row.form,
        args=tuple(row.args),
        values=dict(row.draft),
        step=row.step,
        state=row.state,
        asked_by=row.asked_by,
        touched=row.touched,
        error=row.error,
        typed=list(row.typed),
    )
