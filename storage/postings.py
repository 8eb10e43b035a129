"""Prompts that were posted: who answered when, and which public option they chose.

What somebody wrote in the thread is never here [PR-6]. An option stands with its voter until the
close, then only as a count; who answered is known for 30 days more, then only how many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, column, delete, select, table, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.privacy import Knows
from storage.types import instant, json_column, table_of

WHO_KEPT = timedelta(days=30)
"""After the close (g.2)."""
LONGEST_OPEN = timedelta(days=90)
"""The receipts of its messages are gone by then, so nobody can answer any more."""
CHOICES = ("tap", "reaction", "vote")


class PostingRow(SQLModel, table=True):
    """One prompt as it was posted. `text` and `options` are None when it left as supplied."""

    __tablename__ = "posting"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    code: str
    round: int = 1
    """How many times the bank had been used up, counted from 1."""
    text: str | None = None
    options: list[str] | None = Field(default=None, sa_column=json_column(nullable=True))
    posted_at: datetime = Field(sa_column=instant())
    posted_by: int | None = Field(default=None, foreign_key="account.id")
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    closed_by: int | None = Field(default=None, foreign_key="account.id")
    removed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """When an animator took it back: it counts as never posted, and only its number stays."""
    told_elsewhere: bool = False
    """Whether the other spaces were told of the first answer."""
    relance: str | None = None
    """The wording of its one *relance*, once it was said (PR-4)."""
    people: int | None = None
    """How many people answered, from the close on."""
    counts: dict[str, int] = Field(default_factory=dict, sa_column=json_column())
    """How often each option was chosen, from the close on."""


class PromptAnswerRow(SQLModel, table=True):
    """That somebody answered: `tap`, `reaction`, `vote` (with the option), `reply` or `private`.

    `told` is no answer: that they were told once that a choice may be changed.
    """

    __tablename__ = "prompt_answer"

    id: int | None = Field(default=None, primary_key=True)
    posting_id: int = Field(foreign_key="posting.id", index=True)
    community_id: int = Field(foreign_key="community.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str
    choice: str = ""
    space_id: int | None = Field(default=None, foreign_key="space.id")
    message: str = ""
    at: datetime = Field(sa_column=instant())


_posting = table_of(PostingRow)
_answer = table_of(PromptAnswerRow)
_root = table("account_root", column("account_id"), column("person_id"))

Index("prompt_answer_message", _answer.c.space_id, _answer.c.message)


def _authored(name: str) -> Knows:
    return Knows(
        PostingRow,
        why="posting",
        kept="community",
        seen_by="animators",
        by="account_id",
        column=name,
        rank=20,
        keeps=True,
    )


KNOWS = (
    Knows(
        PromptAnswerRow,
        why="prompt-answer",
        kept="prompt-answer",
        seen_by="members",
        by="account_id",
        column="account_id",
        rank=30,
        cards=("prompt-answer",),
    ),
    _authored("posted_by"),
    _authored("closed_by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Which codes were posted in the present round, and which ever."""

    round: int
    now: frozenset[str]
    ever: frozenset[str]


async def used(session: AsyncSession, community_id: int) -> Used:
    """How far a community is in its bank."""
    rows = await session.execute(
        select(_posting.c.round, _posting.c.code)
        .distinct()
        .where(_posting.c.community_id == community_id, _posting.c.removed_at.is_(None))
    )
    pairs = [(row[0], row[1]) for row in rows]
    last = max((number for number, _ in pairs), default=1)
    return Used(
        round=last,
        now=frozenset(code for number, code in pairs if number == last),
        ever=frozenset(code for _, code in pairs),
    )


async def add(
    session: AsyncSession,
    community_id: int,
    code: str,
    *,
    number: int,
    text: str | None,
    options: list[str] | None,
    by: int | None,
    at: datetime,
) -> PostingRow:
    """Notes that a prompt is posted now, in this round of the bank."""
    row = PostingRow(
        community_id=community_id,
        code=code,
        round=number,
        text=text,
        options=options,
        posted_by=by,
        posted_at=at,
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, community_id: int, posting_id: int) -> PostingRow | None:
    """One posting of a community."""
    rows = await session.execute(
        select(PostingRow)
        .where(_posting.c.id == posting_id, _posting.c.community_id == community_id)
        .execution_options(populate_existing=True)
    )
    return rows.scalar_one_or_none()


async def latest(
    session: AsyncSession, community_id: int, *, most: int = 20, still_open: bool = False
) -> list[PostingRow]:
    """The newest postings, or the newest that can still be answered."""
    query = select(PostingRow).where(
        _posting.c.community_id == community_id, _posting.c.removed_at.is_(None)
    )
    if still_open:
        query = query.where(_posting.c.closed_at.is_(None))
    rows = await session.execute(query.order_by(_posting.c.id.desc()).limit(most))
    return list(rows.scalars())


async def close(
    session: AsyncSession, posting: PostingRow, *, at: datetime, by: int | None
) -> bool:
    """Closes a posting: options become counts. False when somebody was first."""
    assert posting.id is not None
    counts, people = await tally(session, posting), await participants(session, posting)
    result: Any = await session.execute(
        update(_posting)
        .where(_posting.c.id == posting.id, _posting.c.closed_at.is_(None))
        .values(closed_at=at, closed_by=by, people=len(people), counts=dict(counts))
    )
    if not result.rowcount:
        return False
    mine = _answer.c.posting_id == posting.id
    await session.execute(delete(_answer).where(mine, _answer.c.kind == "told"))
    await session.execute(update(_answer).where(mine).values(choice=""))
    await session.refresh(posting)
    return True


async def remove(
    session: AsyncSession, posting: PostingRow, *, at: datetime, by: int | None
) -> int | None:
    """Takes a posting back with its answers; how many of those the bot had posted for somebody.

    None when somebody was first. It counts as closed, so that nobody answers it any more.
    """
    assert posting.id is not None
    closed = {} if posting.closed_at is not None else {"closed_at": at, "closed_by": by}
    result: Any = await session.execute(
        update(_posting)
        .where(_posting.c.id == posting.id, _posting.c.removed_at.is_(None))
        .values(removed_at=at, text=None, options=None, people=0, counts={}, **closed)
    )
    if not result.rowcount:
        return None
    mine = _answer.c.posting_id == posting.id
    rows = await session.execute(select(_answer.c.id).where(mine, _answer.c.kind == "private"))
    posted = len(rows.all())
    await session.execute(delete(_answer).where(mine))
    await session.refresh(posting)
    return posted


async def reword(session: AsyncSession, posting: PostingRow, text: str) -> None:
    """The posted question has this text now; the bank keeps its own."""
    posting.text = text
    await session.flush()


async def first_elsewhere(session: AsyncSession, posting: PostingRow) -> bool:
    """Whether the other spaces have yet to be told that an answer came; from now on they were."""
    result: Any = await session.execute(
        update(_posting)
        .where(_posting.c.id == posting.id, _posting.c.told_elsewhere.is_(False))
        .values(told_elsewhere=True)
    )
    return bool(result.rowcount)


async def nudge(session: AsyncSession, posting: PostingRow, wording: str) -> bool:
    """Notes the one *relance* of a posting. False when it had one, or is closed."""
    result: Any = await session.execute(
        update(_posting)
        .where(
            _posting.c.id == posting.id,
            _posting.c.relance.is_(None),
            _posting.c.closed_at.is_(None),
        )
        .values(relance=wording)
    )
    await session.refresh(posting)
    return bool(result.rowcount)


async def last_wording(session: AsyncSession, community_id: int) -> str | None:
    """The wording of the community's newest *relance*."""
    rows = await session.execute(
        select(_posting.c.relance)
        .where(_posting.c.community_id == community_id, _posting.c.relance.is_not(None))
        .order_by(_posting.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def tally(session: AsyncSession, posting: PostingRow) -> Mapping[str, int]:
    """How often each option is chosen: one choice a person, their newest."""
    if posting.closed_at is not None:
        return posting.counts
    counts: dict[str, int] = {}
    for choice in (await choices(session, posting)).values():
        counts[choice] = counts.get(choice, 0) + 1
    return counts


async def choices(session: AsyncSession, posting: PostingRow) -> dict[int, str]:
    """The option each root person chose last, while the posting is open."""
    rows = await session.execute(
        select(_root.c.person_id, _answer.c.choice)
        .join(_answer, _answer.c.account_id == _root.c.account_id)
        .where(_answer.c.posting_id == posting.id, _answer.c.kind.in_(CHOICES))
        .order_by(_answer.c.id)
    )
    return {row[0]: row[1] for row in rows}


async def participants(session: AsyncSession, posting: PostingRow) -> set[int]:
    """The root persons who answered in any way; none after 30 days from the close."""
    rows = await session.execute(
        select(_root.c.person_id)
        .distinct()
        .join(_answer, _answer.c.account_id == _root.c.account_id)
        .where(_answer.c.posting_id == posting.id, _answer.c.kind != "told")
    )
    return {row[0] for row in rows}


async def people(session: AsyncSession, posting: PostingRow) -> int:
    """How many people answered."""
    if posting.people is not None:
        return posting.people
    return len(await participants(session, posting))


async def forget_old(session: AsyncSession, now: datetime) -> dict[str, int]:
    """Who answered goes 30 days after the close; what stayed open too long is closed silently."""
    rows = await session.execute(
        select(PostingRow).where(
            _posting.c.closed_at.is_(None), _posting.c.posted_at < now - LONGEST_OPEN
        )
    )
    for posting in rows.scalars():
        await close(session, posting, at=now, by=None)
    old = select(_posting.c.id).where(_posting.c.closed_at < now - WHO_KEPT)
    result: Any = await session.execute(delete(_answer).where(_answer.c.posting_id.in_(old)))
    return {"prompt-answer": result.rowcount}
