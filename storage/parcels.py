"""The rows of the mailbox: claims, parcels with their receipts, and followed threads.

A parcel's body is wiped when it is delivered; what stays (where, which buttons, which subject) is
the receipt [RE-1, SE-10].
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, PrimaryKeyConstraint, false, literal_column, text
from sqlmodel import Field, SQLModel

from bot.events import Place
from bot.lanes import FORM, WHISPER, place_of
from bot.messages import Rank
from bot.ports import Receipt
from storage.privacy import Knows
from storage.types import instant, json_column, table_of

ENDED = "ended"
"""In the arguments of a row: what its buttons did that act no more."""
GONE = "gone"
"""In the arguments of a row: its message was taken back."""
STANDS = ("say", "poll")
"""What leaves a message that can be pressed, changed or taken back; its name says which."""
PRESSED = (*STANDS, FORM, WHISPER)
"""What may leave a message that can be pressed."""
WHERE = "place"
"""In the arguments of a whisper that waits: the space in which it is said."""


class ClaimRow(SQLModel, table=True):
    """That an event was handled; the day is for the clean-up after 30 days."""

    __tablename__ = "claim"
    __table_args__ = (PrimaryKeyConstraint("source", "digest"),)

    source: str
    digest: str
    day: date = Field(index=True)


class OutboxRow(SQLModel, table=True):
    """One parcel, and afterwards the receipt of what stands on the platform."""

    __tablename__ = "outbox"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    token: str
    lane: str = Field(index=True)
    """The key of the place, or a lane beside somebody's own (`bot.lanes`): order holds within it.
    """
    operation: str
    body: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    state: str = "waiting"
    """waiting, sent, dead, void."""
    rank: int = Field(default=Rank.POST, sa_column_kwargs={"server_default": text("1")})
    """See `bot.messages.Rank`: what leaves first."""
    uncertain: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Set after a restore: it may stand on the platform already [RE-2]."""
    at: datetime = Field(sa_column=instant())
    not_before: datetime = Field(sa_column=instant())
    tries: int = 0
    first_try: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    settled: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    community_id: int | None = Field(default=None, index=True)
    kind: str = "answer"
    name: str | None = Field(default=None, index=True)
    subject: str | None = None
    thread: str | None = None
    thread_of: str | None = None
    target_of: str | None = None
    message: str | None = None
    buttons: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    keep: bool = True
    args: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())


class ThreadRow(SQLModel, table=True):
    """That what is written under `root` belongs to a subject."""

    __tablename__ = "thread"
    __table_args__ = (PrimaryKeyConstraint("lane", "root"),)

    lane: str
    root: str
    subject: str = Field(index=True)


_outbox = table_of(OutboxRow)
_claim = table_of(ClaimRow)
_thread = table_of(ThreadRow)

# What waits is looked for all the time and stays small: these indexes hold nothing that was sent,
# so that no look grows with the age of the database [PE-8].
_waits = _outbox.c.state == literal_column("'waiting'")
_dead = _outbox.c.state == literal_column("'dead'")
Index("outbox_waiting", _outbox.c.id, sqlite_where=_waits, postgresql_where=_waits)
Index(
    "outbox_rank",
    _outbox.c.rank,
    _outbox.c.id,
    _outbox.c.lane,
    _outbox.c.state,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
Index("outbox_due", _outbox.c.not_before, sqlite_where=_waits, postgresql_where=_waits)
# The last ones spare a look at the row, so that SQLite prefers it to what has all of a lane.
Index(
    "outbox_lane",
    _outbox.c.lane,
    _outbox.c.id,
    _outbox.c.not_before,
    _outbox.c.state,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
Index("outbox_dead", _outbox.c.id, sqlite_where=_dead, postgresql_where=_dead)
Index("outbox_settled", _outbox.c.settled)
Index("outbox_message", _outbox.c.lane, _outbox.c.message)

KNOWS = (
    Knows(
        OutboxRow,
        why="outbox",
        kept="bot-messages",
        seen_by="self",
        by="place",
        column="lane",
        rank=15,
        secret=("token", "body"),
    ),
    Knows(
        ThreadRow,
        why="thread",
        kept="bot-messages",
        seen_by="nobody",
        by="place",
        column="lane",
        rank=15,
    ),
)


def where(row: OutboxRow) -> Place:
    """Where it is carried out; of a whisper that was, whose it is."""
    space = row.args.get(WHERE) if row.operation == WHISPER else None
    return Place.of(space) if space else place_of(row.lane, row.operation)


def receipt_of(row: OutboxRow) -> Receipt:
    """The receipt that a row is."""
    return Receipt(
        id=row.id or 0,
        name=row.name,
        place=where(row),
        message=row.message,
        community_id=row.community_id,
        buttons=tuple(row.buttons),
        ended=tuple(row.args.get(ENDED, ())),
        kind=row.kind,
        subject=row.subject,
        thread=row.thread,
        gone=bool(row.args.get(GONE)),
        at=row.at,
    )
