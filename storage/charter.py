"""The participation charter: its versions, the coordinators' draft, and who agreed to what [ON-3].

A version has one text per language. `version` is what members agree to; `minor` counts the
corrections that ask nobody again. What was agreed to is never rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from storage.people import AccountRow, PersonRow
from storage.privacy import Knows
from storage.types import instant, json_column, table_of, upsert


class CharterRow(SQLModel, table=True):
    """One published version in one language, with the words that filled its blanks."""

    __tablename__ = "charter"
    __table_args__ = (UniqueConstraint("community_id", "version", "minor", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    version: int
    minor: int = 0
    language: str
    text: str
    """Markdown in which everything that was typed is escaped already."""
    blanks: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    published: datetime = Field(sa_column=instant())
    published_by: int | None = Field(default=None, foreign_key="account.id")
    reminded: int = 0
    """The section that `charter remind` posted last."""
    allows: list[str] | None = Field(default=None, sa_column=json_column(nullable=True))
    """What this version says may be done beside: `nameless`, `hint`."""


class CharterDraftRow(SQLModel, table=True):
    """The words for the next version's blanks, in one language, until they are published."""

    __tablename__ = "charter_draft"
    __table_args__ = (UniqueConstraint("community_id", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    language: str
    blanks: dict[str, str] = Field(default_factory=dict, sa_column=json_column())


class AgreementRow(SQLModel, table=True):
    """That an account agreed to a version, in which language and when."""

    __tablename__ = "charter_agreement"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    version: int
    minor: int = 0
    language: str
    at: datetime = Field(sa_column=instant())


KNOWS = (
    Knows(
        AgreementRow,
        why="charter-agreement",
        kept="membership",
        seen_by="animators",
        by="account_id",
        column="account_id",
        rank=20,
    ),
    Knows(
        CharterRow,
        why="charter-published",
        kept="community",
        seen_by="coordinators",
        by="account_id",
        column="published_by",
        rank=20,
        keeps=True,
    ),
)

_charter = table_of(CharterRow)
_draft = table_of(CharterDraftRow)
_agreement = table_of(AgreementRow)
_account = table_of(AccountRow)
_person = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version: its texts by language, and what filled their blanks."""

    version: int
    minor: int
    published: datetime
    texts: Mapping[str, str]
    blanks: Mapping[str, Mapping[str, str]]
    reminded: int = 0
    allows: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """« 2 », or « 2.1 » after a correction."""
        return f"{self.version}.{self.minor}" if self.minor else str(self.version)

    def language(self, wanted: str, otherwise: str) -> str:
        """The language to read it in: the one wanted if it has it, else the community's."""
        return next(each for each in (wanted, otherwise, *self.texts) if each in self.texts)


async def current(session: AsyncSession, community_id: int) -> Version | None:
    """The newest published version, or None."""
    rows = await session.execute(
        select(CharterRow)
        .where(_charter.c.community_id == community_id)
        .order_by(_charter.c.version.desc(), _charter.c.minor.desc(), _charter.c.id)
    )
    found = list(rows.scalars())
    if not found:
        return None
    newest = found[0]
    same = [row for row in found if (row.version, row.minor) == (newest.version, newest.minor)]
    return Version(
        version=newest.version,
        minor=newest.minor,
        published=newest.published,
        texts={row.language: row.text for row in same},
        blanks={row.language: row.blanks for row in same},
        reminded=newest.reminded,
        allows=tuple(newest.allows or ()),
    )


async def newest_number(session: AsyncSession, community_id: int) -> int:
    """The number that members agree to now; 0 before the first publication."""
    found = await session.execute(
        select(func.max(_charter.c.version)).where(_charter.c.community_id == community_id)
    )
    return int(found.scalar_one() or 0)


async def publish(
    session: AsyncSession,
    community_id: int,
    version: Version,
    *,
    by: int | None = None,
) -> None:
    """Keeps a version in all its languages; the drafts it came from are over."""
    for language, text in version.texts.items():
        session.add(
            CharterRow(
                community_id=community_id,
                version=version.version,
                minor=version.minor,
                language=language,
                text=text,
                blanks=dict(version.blanks[language]),
                published=version.published,
                published_by=by,
                allows=list(version.allows) or None,
            )
        )
    await session.execute(
        delete(_draft).where(
            _draft.c.community_id == community_id, _draft.c.language.in_(list(version.texts))
        )
    )
    await session.flush()


async def remember_reminder(session: AsyncSession, community_id: int, section: int) -> None:
    """Notes which section was posted last, for the next turn."""
    newest = await current(session, community_id)
    if newest is not None:
        await session.execute(
            update(_charter)
            .where(
                _charter.c.community_id == community_id,
                _charter.c.version == newest.version,
                _charter.c.minor == newest.minor,
            )
            .values(reminded=section)
        )
        session.expire_all()


async def drafts(session: AsyncSession, community_id: int) -> dict[str, dict[str, str]]:
    """The words that wait to be published, by language."""
    rows = await session.execute(
        select(_draft.c.language, _draft.c.blanks)
        .where(_draft.c.community_id == community_id)
        .order_by(_draft.c.language)
    )
    return {row[0]: dict(row[1]) for row in rows}


async def keep_draft(
    session: AsyncSession, community_id: int, language: str, blanks: Mapping[str, str]
) -> None:
    """Keeps the words for one language until they are published."""
    await upsert(
        session,
        _draft,
        ["community_id", "language"],
        community_id=community_id,
        language=language,
        blanks=dict(blanks),
    )


async def agree(
    session: AsyncSession,
    community_id: int,
    account_id: int,
    version: Version,
    *,
    language: str,
    at: datetime,
) -> None:
    """Notes that somebody agreed to a version, in the language they read it in."""
    session.add(
        AgreementRow(
            community_id=community_id,
            account_id=account_id,
            version=version.version,
            minor=version.minor,
            language=language,
            at=at,
        )
    )
    await session.flush()


async def agreement(
    session: AsyncSession, person_id: int, community_id: int
) -> AgreementRow | None:
    """What a root person agreed to last, with whichever account, or None."""
    rows = await session.execute(
        select(AgreementRow)
        .join(_account, _account.c.id == _agreement.c.account_id)
        .join(_person, _person.c.id == _account.c.person_id)
        .where(
            func.coalesce(_person.c.merged_into, _person.c.id) == person_id,
            _agreement.c.community_id == community_id,
        )
        .order_by(_agreement.c.version.desc(), _agreement.c.at.desc(), _agreement.c.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()
