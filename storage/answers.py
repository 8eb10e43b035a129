"""Answers to a posted prompt, as they are given and taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import column, delete, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from storage.postings import PostingRow, PromptAnswerRow
from storage.types import table_of

_answer = table_of(PromptAnswerRow)
_root = table("account_root", column("account_id"), column("person_id"))


async def answer(
    session: AsyncSession,
    posting: PostingRow,
    kind: str,
    *,
    account_id: int,
    at: datetime,
    choice: str = "",
    space_id: int | None = None,
    message: str = "",
) -> int:
    """Notes an answer and returns its number. A press replaces the last press, a vote the last."""
    assert posting.id is not None
    if kind in ("tap", "vote"):
        await session.execute(
            delete(_answer).where(
                _answer.c.posting_id == posting.id,
                _answer.c.kind == kind,
                _answer.c.account_id == account_id,
            )
        )
    row = PromptAnswerRow(
        posting_id=posting.id,
        community_id=posting.community_id,
        account_id=account_id,
        kind=kind,
        choice=choice,
        space_id=space_id,
        message=message,
        at=at,
    )
    session.add(row)
    await session.flush()
    assert row.id is not None
    return row.id


async def take_back(
    session: AsyncSession,
    posting: PostingRow,
    kind: str,
    *,
    account_id: int,
    choice: str | None = None,
) -> None:
    """A reaction with that choice, or a vote, was taken back: the choice before it counts again."""
    query = delete(_answer).where(
        _answer.c.posting_id == posting.id,
        _answer.c.kind == kind,
        _answer.c.account_id == account_id,
    )
    await session.execute(query if choice is None else query.where(_answer.c.choice == choice))


async def typed(session: AsyncSession, space_id: int, message: str) -> int | None:
    """The posting in which this message of somebody's, a number, chose an option."""
    rows = await session.execute(
        select(_answer.c.posting_id).where(
            _answer.c.space_id == space_id,
            _answer.c.message == message,
            _answer.c.kind == "tap",
        )
    )
    return rows.scalars().first()


async def forget_typed(session: AsyncSession, posting: PostingRow, message: str) -> None:
    """The number that chose an option was deleted: the choice before it counts again."""
    await session.execute(
        delete(_answer).where(
            _answer.c.posting_id == posting.id,
            _answer.c.message == message,
            _answer.c.kind == "tap",
        )
    )


async def forget_reply(
    session: AsyncSession, community_id: int, space_id: int, message: str
) -> None:
    """A reply that was deleted is no answer any more."""
    await session.execute(
        delete(_answer).where(
            _answer.c.community_id == community_id,
            _answer.c.space_id == space_id,
            _answer.c.message == message,
            _answer.c.kind == "reply",
        )
    )


async def forget_private(session: AsyncSession, community_id: int, number: int) -> None:
    """An answer that the bot had posted was removed: it is none any more."""
    await session.execute(
        delete(_answer).where(
            _answer.c.id == number,
            _answer.c.community_id == community_id,
            _answer.c.kind == "private",
        )
    )


async def first_time(
    session: AsyncSession, posting: PostingRow, *, account_id: int, at: datetime
) -> bool:
    """Whether this person was never told that a choice may be changed; now they are."""
    rows = await session.execute(
        select(_answer.c.id)
        .join(_root, _root.c.account_id == _answer.c.account_id)
        .where(
            _answer.c.posting_id == posting.id,
            _answer.c.kind == "told",
            _root.c.person_id.in_(
                select(_root.c.person_id).where(_root.c.account_id == account_id)
            ),
        )
        .limit(1)
    )
    if rows.first() is not None:
        return False
    await answer(session, posting, "told", account_id=account_id, at=at)
    return True
