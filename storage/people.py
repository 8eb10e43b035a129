"""Persons and their accounts, and who belongs to which community.

What a person *is* (role, language, hours, pause) belongs to the person; what a person *did* is
noted elsewhere under the account. `person.merged_into` links persons; everything reads through the
root (view `account_root`), so linking and undoing rewrite no row (architecture §1.8).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DDL, UniqueConstraint, bindparam, event, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Account
from bot.parsing import fold
from bot.people import Role
from storage.privacy import Knows
from storage.types import instant, json_column, table_of

# Slack writes a mention as `<@U012ABC>` or `<@U012ABC|marie>`.
_MENTION = re.compile(r"^<@([^>|]+)(?:\|[^>]*)?>$")

ROOT_VIEW = (
    "CREATE VIEW account_root AS SELECT a.id AS account_id,"
    " COALESCE(p.merged_into, p.id) AS person_id"
    " FROM account a JOIN person p ON p.id = a.person_id"
)


class PersonRow(SQLModel, table=True):
    """A human being, with what holds in every community."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    merged_into: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str
    language: str | None = None
    zone: str | None = None
    holidays: list[str] | None = Field(default=None, sa_column=json_column(nullable=True))
    hours: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    pause_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    pause_set_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    current_community: int | None = None
    muted: list[str] = Field(default_factory=list, sa_column=json_column())
    notes: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    """Small settings of features, one key each (`digest`, …)."""


class AccountRow(SQLModel, table=True):
    """One account of a person on one platform."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "tenant", "external"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    external: str
    person_id: int = Field(foreign_key="person.id", index=True)
    preferred: bool = True


class MembershipRow(SQLModel, table=True):
    """That a person belongs, or belonged, to a community."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "community_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    role: str = "member"
    state: str = "active"
    """active, left, removed."""
    since: datetime = Field(sa_column=instant())
    ended: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    name: str = ""
    profession: str = ""
    organisation: str = ""
    supervises: bool = False
    counted: bool = True
    greeted: bool = True
    """Whether the public welcome line may name them."""
    steps: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    """The welcome journey: which step is done, and how often « Plus tard » was pressed."""


event.listen(SQLModel.metadata, "after_create", DDL(ROOT_VIEW))  # type: ignore[no-untyped-call]
event.listen(
    SQLModel.metadata,
    "before_drop",
    DDL("DROP VIEW IF EXISTS account_root"),  # type: ignore[no-untyped-call]
)

KNOWS = (
    Knows(
        PersonRow,
        why="person",
        kept="membership",
        seen_by="self",
        by="person_id",
        column="id",
        rank=90,
    ),
    Knows(
        AccountRow,
        why="account",
        kept="membership",
        seen_by="animators",
        by="person_id",
        column="person_id",
        rank=80,
    ),
    Knows(
        MembershipRow,
        why="membership",
        kept="membership",
        seen_by="members",
        by="person_id",
        column="person_id",
        rank=70,
        cards=("removal", "removal-hand", "letter"),
    ),
)

_person = table_of(PersonRow)
_account = table_of(AccountRow)
_membership = table_of(MembershipRow)


def root_of(column: Any) -> Any:
    """SQL: the root person of a person column joined as `person`."""
    return func.coalesce(_person.c.merged_into, column)


# What nearly every event asks is built once, and finds its rows by an index however many people
# there are: `root_of` in a condition would read them all [PE-3, PE-8].
SAME_PERSON = (
    select(_person.c.id)
    .where(_person.c.id == bindparam("root"), _person.c.merged_into.is_(None))
    .union_all(select(_person.c.id).where(_person.c.merged_into == bindparam("root")))
)
_ACCOUNTS_OF = (
    select(_account.c.id, _account.c.platform, _account.c.tenant, _account.c.external)
    .where(_account.c.person_id.in_(SAME_PERSON))
    .order_by(_account.c.preferred.desc(), _account.c.id)
)
_MEMBERSHIP_OF = (
    select(MembershipRow)
    .where(
        _membership.c.person_id.in_(SAME_PERSON),
        _membership.c.community_id == bindparam("community"),
    )
    .order_by(_membership.c.ended.is_not(None), _membership.c.id.desc())
    .limit(1)
)


async def find_account(session: AsyncSession, account: Account) -> tuple[int, int] | None:
    """The ids of an account and of its root person, or None when nobody keeps it."""
    row = (
        await session.execute(
            select(_account.c.id, func.coalesce(_person.c.merged_into, _person.c.id))
            .join(_person, _person.c.id == _account.c.person_id)
            .where(
                _account.c.platform == account.platform,
                _account.c.tenant == account.tenant,
                _account.c.external == account.id,
            )
        )
    ).first()
    return (row[0], row[1]) if row else None


async def keep_account(
    session: AsyncSession, account: Account, name: str, *, language: str | None = None
) -> tuple[int, int]:
    """The ids of an account and its root person; makes both when nobody kept it yet."""
    known = await find_account(session, account)
    if known:
        return known
    person = PersonRow(name=name or account.id, language=language)
    session.add(person)
    await session.flush()
    assert person.id is not None
    row = AccountRow(
        platform=account.platform, tenant=account.tenant, external=account.id, person_id=person.id
    )
    session.add(row)
    await session.flush()
    assert row.id is not None
    return row.id, person.id


async def person(session: AsyncSession, person_id: int) -> PersonRow | None:
    """The root person of this id, as a row to read or change."""
    row = await session.get(PersonRow, person_id)
    if row is not None and row.merged_into is not None:
        row = await session.get(PersonRow, row.merged_into)
    return row


async def accounts_of(session: AsyncSession, person_id: int) -> list[Account]:
    """The accounts of a root person, the preferred one first."""
    rows = await session.execute(_ACCOUNTS_OF, {"root": person_id})
    return [Account(*row[1:]) for row in rows]


async def account_ids_of(session: AsyncSession, person_id: int) -> list[int]:
    """The numbers of a root person's accounts."""
    rows = await session.execute(_ACCOUNTS_OF, {"root": person_id})
    return sorted(row[0] for row in rows)


async def membership(
    session: AsyncSession, person_id: int, community_id: int
) -> MembershipRow | None:
    """The newest membership, ended or not, of a root person in a community."""
    rows = await session.execute(_MEMBERSHIP_OF, {"root": person_id, "community": community_id})
    return rows.scalar_one_or_none()


async def members(
    session: AsyncSession, community_id: int, *, least: Role = Role.MEMBER
) -> list[MembershipRow]:
    """The active memberships of a community from this role up, in order of name."""
    roles = [role.word for role in Role if role >= least and role > Role.VISITOR]
    rows = await session.execute(
        select(MembershipRow)
        .where(
            _membership.c.community_id == community_id,
            _membership.c.state == "active",
            _membership.c.role.in_(roles),
        )
        .order_by(func.lower(_membership.c.name), _membership.c.id)
    )
    return list(rows.scalars())


async def admit(
    session: AsyncSession,
    person_id: int,
    community_id: int,
    *,
    now: datetime,
    role: str = "member",
    name: str = "",
    profession: str = "",
    organisation: str = "",
    supervises: bool = False,
) -> MembershipRow:
    """Makes a person a member (again), or gives the role in config to somebody not yet one."""
    row = await membership(session, person_id, community_id)
    if row is None:
        row = MembershipRow(person_id=person_id, community_id=community_id, since=now)
        session.add(row)
    elif row.state != "active":
        row.since, row.steps, row.counted = now, {}, True
    row.state, row.ended, row.role = "active", None, role
    row.name = name or row.name
    row.profession = profession or row.profession
    row.organisation = organisation or row.organisation
    row.supervises = supervises
    await session.flush()
    return row


async def named(session: AsyncSession, community_id: int, text: str) -> list[MembershipRow]:
    """The active memberships somebody means by `@x`: a name shown, an account id, a mention.

    A whole name or an account wins; only then a first name. More than one: ask which one.
    """
    asked = bare_mention(text)
    if not asked:
        return []
    rows = await members(session, community_id)
    whole = [row for row in rows if fold(row.name) == asked]
    if whole:
        return whole
    owners = await _owners(session, asked)
    known = [row for row in rows if row.person_id in owners]
    if known:
        return known
    return [row for row in rows if fold(row.name).split()[:1] == [asked]]


def bare_mention(text: str) -> str:
    """A name or an account's id as it is compared, without the signs of a mention."""
    return fold(_MENTION.sub(r"\1", text.strip()).removeprefix("@")).strip()


async def set_role(session: AsyncSession, row: MembershipRow, role: str) -> None:
    """Changes a member's role; the caller writes the journal."""
    await session.execute(update(MembershipRow).where(_membership.c.id == row.id).values(role=role))


def zone_of(name: str | None) -> ZoneInfo | None:
    """The zone of that IANA name, or None."""
    return ZoneInfo(name) if name else None


async def _owners(session: AsyncSession, asked: str) -> set[int]:
    """The persons, roots and what was merged into them, who own an account of this id."""
    platform, _, rest = asked.partition(":")
    rows = await session.execute(
        select(_account.c.platform, _account.c.external, _person.c.id, _person.c.merged_into)
        .join(_person, _person.c.id == _account.c.person_id)
        .where(func.lower(_account.c.external).in_((asked, f"@{asked}", rest)))
    )
    found: set[int] = set()
    for row in rows:
        whole = row.external.casefold().removeprefix("@") == asked
        if whole or (row.platform == platform and row.external.casefold() == rest):
            found |= {row.id, row.merged_into or row.id}
    return found
