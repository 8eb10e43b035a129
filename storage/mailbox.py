"""Claims, the outbox and its receipts: what makes an event count once and a message arrive once.

An outbox row is written in the transaction of the event that caused it; `outbox` is how delivery
sees it, `parcels` has the tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, insert, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from bot.events import Account, Place
from bot.lanes import FORM, WHISPER, lanes_of, modals_of, whispers_to
from bot.ports import Draft, Receipt
from storage.parcels import (
    ENDED,
    GONE,
    PRESSED,
    STANDS,
    WHERE,
    ClaimRow,
    OutboxRow,
    ThreadRow,
    receipt_of,
)
from storage.types import insert_new, table_of

PASSING = timedelta(days=7)
"""How long the buttons act that were shown to somebody nobody keeps and who asked for nothing,
and those of a whisper.
"""

_outbox = table_of(OutboxRow)
_claim = table_of(ClaimRow)
_thread = table_of(ThreadRow)
# Written out, for SQLite uses a partial index only where the query says its condition literally.
_waits = _outbox.c.state == literal_column("'waiting'")
_POST = insert(_outbox).returning(_outbox.c.id)


class Mailbox:
    """The port `bot.ports.Mailbox` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def claim(self, source: str, event_id: str, now: datetime) -> bool:
        """Whether this event is ours to handle: true once per (source, id), for 30 days."""
        digest = hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return await insert_new(self.session, _claim, source=source, digest=digest, day=now.date())

    async def post(self, drafts: Sequence[Draft], token: Callable[[], str]) -> list[int]:
        """Writes parcels in this order; returns their numbers."""
        numbers: list[int] = []
        for draft in drafts:
            result = await self.session.execute(
                _POST,
                {
                    "token": token(),
                    "lane": _lane(draft),
                    "operation": draft.operation,
                    "body": dict(draft.body),
                    "rank": draft.rank,
                    "at": draft.at,
                    "not_before": draft.at,
                    "community_id": draft.community_id,
                    "kind": draft.kind,
                    "name": draft.name,
                    "subject": draft.subject,
                    "thread": draft.thread,
                    "thread_of": draft.thread_of,
                    "target_of": draft.target_of,
                    "buttons": [dict(b) for b in draft.buttons],
                    "keep": draft.keep,
                    "args": {WHERE: draft.place.key} if draft.to else dict(draft.args),
                    "state": "waiting",
                    "tries": 0,
                },
            )
            numbers.append(result.scalar_one())
        return numbers

    async def receipt(
        self, place: Place, message: str, *, by: Account | None = None, token: str = ""
    ) -> Receipt | None:
        """The receipt of a message of ours, or None when it is not ours or no longer kept.

        `by` is who refers to it: a whisper is found by whom it was for alone. By its `token` one is
        found that stands, and is not noted yet.
        """
        reader = place.account if place.dm else by
        lanes = {place.key, *(lanes_of(reader)[1:] if reader else ())}
        ours = select(OutboxRow).where(
            _outbox.c.lane.in_(sorted(lanes)), _outbox.c.operation.in_(PRESSED)
        )
        rows = await self.session.execute(ours.where(_outbox.c.message == message).limit(1))
        row = rows.scalar_one_or_none()
        if row is None and token:
            rows = await self.session.execute(ours.where(_waits, _outbox.c.token == token).limit(1))
            row = rows.scalar_one_or_none()
        return replace(receipt_of(row), place=place, message=message) if row else None

    async def receipts(self, name: str) -> list[Receipt]:
        """Every message of that name, delivered or on its way, oldest first."""
        rows = await self.session.execute(
            select(OutboxRow)
            .where(
                _outbox.c.name == name,
                _outbox.c.operation.in_(STANDS),
                _outbox.c.state.in_(("waiting", "sent")),
            )
            .order_by(_outbox.c.id)
        )
        return [receipt_of(row) for row in rows.scalars() if not row.args.get(GONE)]

    async def under(self, name: str) -> list[Receipt]:
        """What the bot said in the threads of that name, oldest first, as far as it stands."""
        roots = await self.receipts(name)
        threads = [
            and_(_outbox.c.lane == each.place.key, _outbox.c.thread == each.message)
            for each in roots
            if each.message is not None
        ]
        lanes = sorted({each.place.key for each in roots})
        rows = await self.session.execute(
            select(OutboxRow)
            .where(
                _outbox.c.lane.in_(lanes),
                _outbox.c.operation.in_(STANDS),
                _outbox.c.state.in_(("waiting", "sent")),
                or_(_outbox.c.thread_of == name, *threads),
            )
            .order_by(_outbox.c.id)
        )
        return [receipt_of(row) for row in rows.scalars() if not row.args.get(GONE)]

    async def take_back(self, receipts: Sequence[Receipt]) -> None:
        """These are found by their name no more, and their buttons act no more."""
        numbers = [each.id for each in receipts]
        rows = await self.session.execute(select(OutboxRow).where(_outbox.c.id.in_(numbers)))
        for row in rows.scalars():
            _end(row)
            row.args = {**row.args, GONE: True}
        await self.session.flush()

    async def newest_with_buttons(self, place: Place) -> Receipt | None:
        """The newest message of ours in that private conversation whose buttons still act."""
        rows = await self.session.execute(
            select(OutboxRow)
            .where(
                _outbox.c.lane == place.key, _outbox.c.operation == "say", _outbox.c.state == "sent"
            )
            .order_by(_outbox.c.id.desc())
            .limit(40)
        )
        for row in rows.scalars():
            if row.buttons:
                return receipt_of(row)
        return None

    async def end_buttons(self, name: str) -> None:
        """The buttons of every message of that name act no more; what they did is remembered.

        A window that has not opened yet, as far as is known, does not open any more.
        """
        rows = await self.session.execute(select(OutboxRow).where(_outbox.c.name == name))
        for row in rows.scalars():
            if row.operation == FORM and row.state == "waiting":
                await self.session.delete(row)
            else:
                _end(row)
        await self.session.flush()

    async def forget(self, name: str) -> None:
        """No receipt of a message of that name stays: those on their way go on arrival."""
        rows = await self.session.execute(select(OutboxRow).where(_outbox.c.name == name))
        for row in rows.scalars():
            if row.state == "waiting" and row.operation != FORM:
                row.buttons, row.keep = [], False
            else:
                await self.session.delete(row)
        await self.session.flush()

    async def change_buttons(self, name: str, buttons: Sequence[dict[str, Any]]) -> None:
        """The buttons of every message of that name are these now."""
        rows = await self.session.execute(
            select(OutboxRow).where(_outbox.c.name == name, _outbox.c.operation == "say")
        )
        for row in rows.scalars():
            if buttons:
                row.buttons = [dict(each) for each in buttons]
            else:
                _end(row)
        await self.session.flush()

    async def subject_of(self, place: Place, root: str) -> str | None:
        """What a thread is about, or None when nobody follows it."""
        rows = await self.session.execute(
            select(_thread.c.subject).where(_thread.c.lane == place.key, _thread.c.root == root)
        )
        return rows.scalar_one_or_none()

    async def follow(self, subject: str, place: Place, root: str) -> None:
        """What is written under this message belongs to the subject from now on."""
        await insert_new(self.session, _thread, lane=place.key, root=root, subject=subject)

    async def roots(self, subject: str) -> list[tuple[Place, str]]:
        """Where a subject's threads are: (place, root message)."""
        rows = await self.session.execute(
            select(_thread.c.lane, _thread.c.root).where(_thread.c.subject == subject)
        )
        return [(Place.of(lane), root) for lane, root in rows]


def _end(row: OutboxRow) -> None:
    # Somebody may still see them, and is told what became of it, by the number they type too.
    if row.buttons:
        row.args = {**row.args, ENDED: [str(each["action"]) for each in row.buttons]}
    row.buttons = []


def _lane(draft: Draft) -> str:
    if draft.to is not None:
        return whispers_to(draft.to)
    return modals_of(draft.place.account) if draft.operation == FORM else draft.place.key


async def forget_old(session: AsyncSession, now: datetime) -> dict[str, int]:
    """Removes claims after 30 days, dead letters after 14, receipts after 90; counts them."""
    claims: Any = await session.execute(
        delete(_claim).where(_claim.c.day < (now - timedelta(days=30)).date())
    )
    dead: Any = await session.execute(
        delete(_outbox).where(
            _outbox.c.state == "dead", _outbox.c.settled < now - timedelta(days=14)
        )
    )
    sent: Any = await session.execute(
        delete(_outbox).where(
            _outbox.c.state.in_(("sent", "void")), _outbox.c.settled < now - timedelta(days=90)
        )
    )
    passing: Any = await session.execute(
        delete(_outbox).where(
            or_(
                _outbox.c.operation == WHISPER,
                and_(_outbox.c.keep.is_(False), _outbox.c.lane.not_in(_of_applicants())),
            ),
            _outbox.c.state == "sent",
            _outbox.c.settled < now - PASSING,
        )
    )
    # A private thread is followed as long as the message it hangs on is known.
    await session.execute(
        delete(_thread).where(
            _thread.c.lane.like("%/@%"),
            ~exists().where(_outbox.c.lane == _thread.c.lane, _outbox.c.message == _thread.c.root),
        )
    )
    return {
        "claim": claims.rowcount,
        "dead-letter": dead.rowcount,
        "receipt": sent.rowcount + passing.rowcount,
    }


def _of_applicants() -> Any:
    """The private places of those whose request is kept: their buttons act as long as it is."""
    request = SQLModel.metadata.tables["admission"].c
    return select(request.platform + ":" + request.tenant + "/@" + request.external)
