"""Requests to join: the form of somebody who is not yet anybody here, until it is settled [ON-1].

A request holds what its author typed into the form and nothing else; no account and no person is
made before it is accepted. Who settles it is decided by one conditional UPDATE [RE-5].
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, and_, delete, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account
from bot.parsing import fold
from storage import people
from storage.notebook import Notebook
from storage.people import AccountRow
from storage.privacy import Knows
from storage.types import insert_new, instant, json_column, table_of


class RequestRow(SQLModel, table=True):
    """One request to join one community, and what became of it."""

    __tablename__ = "admission"
    # Buttons name its number, also when it is gone: it is given to nobody else.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    platform: str
    tenant: str
    external: str
    name: str
    answers: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    """By name of the community's form, in its order."""
    supervises: bool = False
    asked: datetime = Field(sa_column=instant())
    state: str = "waiting"
    """waiting, accepted, refused, withdrawn."""
    question: str = ""
    question_by: int | None = Field(default=None, foreign_key="account.id")
    questioned: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    answer: str = ""
    reminded: bool = False
    reason: str = ""
    alternative: str = ""
    proposed_by: int | None = Field(default=None, foreign_key="account.id")
    """Who proposed a refusal that waits for a second opinion."""
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    appealed: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """Set while a refusal is read again: nothing is erased meanwhile."""
    upheld: bool = False
    """Whether it was read again and stands: there is no third look."""
    uninvited: list[str] = Field(default_factory=list, sa_column=json_column())
    """Titles of the spaces into which the platform let nobody be invited."""
    opened_by: int | None = Field(default=None, foreign_key="account.id")
    """Who then opened those spaces by hand."""

    @property
    def account(self) -> Account:
        """Whose request it is."""
        return Account(self.platform, self.tenant, self.external)


_request = table_of(RequestRow)
_account = table_of(AccountRow)
_waits = _request.c.state == literal_column("'waiting'")

# One request at a time per account, also when two forms end in the same instant.
Index(
    "admission_waiting",
    _request.c.community_id,
    _request.c.platform,
    _request.c.tenant,
    _request.c.external,
    unique=True,
    sqlite_where=_waits,
    postgresql_where=_waits,
)


def _decider(column: str) -> Knows:
    return Knows(
        RequestRow,
        why="decided-by",
        kept="request",
        seen_by="animators",
        by="account_id",
        column=column,
        rank=20,
        keeps=True,
    )


KNOWS = (
    Knows(
        RequestRow,
        why="request",
        kept="request",
        seen_by="animators",
        by="external",
        column="external",
        rank=10,
        cards=("request", "request-second", "request-appeal", "request-note", "request-task"),
    ),
    _decider("question_by"),
    _decider("proposed_by"),
    _decider("decided_by"),
    _decider("opened_by"),
)


async def file(
    session: AsyncSession,
    community_id: int,
    account: Account,
    *,
    name: str,
    answers: dict[str, str],
    supervises: bool,
    now: datetime,
) -> RequestRow | None:
    """Keeps a request; None when one of this account waits already."""
    new = await insert_new(
        session,
        _request,
        community_id=community_id,
        platform=account.platform,
        tenant=account.tenant,
        external=account.id,
        name=name,
        answers=answers,
        supervises=supervises,
        asked=now,
        state="waiting",
        question="",
        answer="",
        reminded=False,
        upheld=False,
        reason="",
        alternative="",
        uninvited=[],
    )
    return await newest(session, community_id, account) if new else None


async def knock(session: AsyncSession, row: RequestRow, space_id: int) -> None:
    """Notes at which door the author of a request waits; of whom, only the request says."""
    notes = Notebook(session)
    doors = await notes.read(_knocks(row)) or []
    await notes.write(_knocks(row), [*dict.fromkeys([*doors, space_id])])


async def answer_knocks(session: AsyncSession, row: RequestRow) -> list[int]:
    """The doors at which the author waits; from now on, none."""
    notes = Notebook(session)
    doors: list[int] = await notes.read(_knocks(row)) or []
    await notes.remove(_knocks(row))
    return doors


async def request(session: AsyncSession, community_id: int, request_id: int) -> RequestRow | None:
    """A request by its number, within its community."""
    rows = await session.execute(
        select(RequestRow).where(
            _request.c.id == request_id, _request.c.community_id == community_id
        )
    )
    return rows.scalar_one_or_none()


async def newest(session: AsyncSession, community_id: int, account: Account) -> RequestRow | None:
    """The newest request of an account, whatever became of it."""
    rows = await session.execute(
        select(RequestRow)
        .where(
            _request.c.community_id == community_id,
            _request.c.platform == account.platform,
            _request.c.tenant == account.tenant,
            _request.c.external == account.id,
        )
        .order_by(_request.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def waiting(session: AsyncSession, community_id: int) -> list[RequestRow]:
    """The requests that wait for the animators, appeals too, oldest first."""
    appealed = and_(_request.c.state == "refused", _request.c.appealed.is_not(None))
    rows = await session.execute(
        select(RequestRow)
        .where(_request.c.community_id == community_id, or_(_waits, appealed))
        .order_by(_request.c.asked, _request.c.id)
    )
    return list(rows.scalars())


async def named(session: AsyncSession, community_id: int, text: str) -> Sequence[RequestRow]:
    """The waiting requests somebody means by `@x`: the name given, or the account's id."""
    asked = people.bare_mention(text)
    rows = await waiting(session, community_id)
    whole = [row for row in rows if asked in (fold(row.name), _bare(row.external))]
    return whole or [row for row in rows if fold(row.name).split()[:1] == [asked]]


async def decide(
    session: AsyncSession, row: RequestRow, state: str, *, by: int | None, now: datetime
) -> bool:
    """Settles a request that waits, or one whose refusal is read again; one decision wins."""
    appealed = and_(_request.c.state == "refused", _request.c.appealed.is_not(None))
    return await _change(
        session,
        row,
        or_(_waits, appealed),
        state=state,
        decided_by=by,
        decided=now,
        appealed=None,
    )


async def propose(
    session: AsyncSession, row: RequestRow, *, by: int, reason: str, alternative: str
) -> bool:
    """Proposes a refusal, which waits for a second opinion; the first proposal stands."""
    return await _change(
        session,
        row,
        and_(_waits, _request.c.proposed_by.is_(None)),
        proposed_by=by,
        reason=reason,
        alternative=alternative,
    )


async def drop_proposal(session: AsyncSession, row: RequestRow) -> bool:
    """The second opinion is not to refuse: the request waits as before."""
    return await _change(
        session,
        row,
        and_(_waits, _request.c.proposed_by.is_not(None)),
        proposed_by=None,
        reason="",
        alternative="",
    )


async def give_reason(
    session: AsyncSession, row: RequestRow, *, reason: str, alternative: str
) -> None:
    """Notes what the applicant will read."""
    row.reason, row.alternative = reason, alternative
    await session.flush()


async def uphold(session: AsyncSession, row: RequestRow, *, by: int, now: datetime) -> bool:
    """After a second look the refusal stands; the days until its erasure begin anew."""
    appealed = and_(_request.c.state == "refused", _request.c.appealed.is_not(None))
    return await _change(
        session, row, appealed, decided_by=by, decided=now, appealed=None, upheld=True
    )


async def question(
    session: AsyncSession, row: RequestRow, *, text: str, by: int, now: datetime
) -> bool:
    """Asks the applicant for a detail; a newer question replaces an older one and its answer."""
    return await _change(
        session, row, _waits, question=text, question_by=by, questioned=now, answer=""
    )


async def answer(session: AsyncSession, row: RequestRow, *, text: str) -> bool:
    """Keeps the applicant's answer to the question."""
    return await _change(session, row, and_(_waits, _request.c.question != ""), answer=text)


async def withdraw(session: AsyncSession, row: RequestRow, *, now: datetime) -> bool:
    """The applicant takes the request back, or has left a question unanswered for too long."""
    return await _change(session, row, _waits, state="withdrawn", decided=now)


async def appeal(session: AsyncSession, row: RequestRow, *, now: datetime) -> bool:
    """The applicant asks for a second look at a refusal, once."""
    refused = and_(
        _request.c.state == "refused",
        _request.c.appealed.is_(None),
        _request.c.upheld.is_(False),
    )
    return await _change(session, row, refused, appealed=now)


async def remind(session: AsyncSession, row: RequestRow) -> bool:
    """Whether this is the first reminder."""
    return await _change(session, row, and_(_waits, _request.c.reminded.is_(False)), reminded=True)


async def not_invited(session: AsyncSession, row: RequestRow, title: str) -> bool:
    """Notes a space that somebody must open by hand; whether it is the first of this request."""
    first = not row.uninvited
    if title not in row.uninvited:
        row.uninvited = [*row.uninvited, title]
        await session.flush()
    return first


async def opened(session: AsyncSession, row: RequestRow, *, by: int) -> bool:
    """Notes who opened the spaces by hand; the first one."""
    return await _change(session, row, _request.c.opened_by.is_(None), opened_by=by)


async def erase(session: AsyncSession, row: RequestRow) -> None:
    """Removes a request for good."""
    await session.execute(delete(_request).where(_request.c.id == row.id))
    session.expunge(row)


async def name_of(session: AsyncSession, community_id: int, account_id: int | None) -> str:
    """How the owner of an account is called in a community; "" when nobody knows any more."""
    account = await session.get(AccountRow, account_id) if account_id else None
    person = await people.person(session, account.person_id) if account else None
    if person is None:
        return ""
    row = await people.membership(session, person.id or 0, community_id)
    return (row.name if row else "") or person.name


async def owner_of(session: AsyncSession, account_id: int | None) -> int | None:
    """The root person who owns an account."""
    account = await session.get(AccountRow, account_id) if account_id else None
    person = await people.person(session, account.person_id) if account else None
    return person.id if person else None


async def _change(session: AsyncSession, row: RequestRow, still: Any, **values: Any) -> bool:
    result: Any = await session.execute(
        update(_request).where(_request.c.id == row.id, still).values(**values)
    )
    await session.refresh(row)
    return bool(result.rowcount == 1)


def _knocks(row: RequestRow) -> str:
    return f"admission.knocks.{row.id}"


def _bare(external: str) -> str:
    return fold(external.removeprefix("@"))
