"""Communities, their spaces and settings, and the journal of privileged acts [CO-1..4]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import UniqueConstraint, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.events import Place
from bot.people import Community, Space
from storage.privacy import Knows
from storage.types import instant, json_column, table_of

FREED = "none"
"""The use of a room that was a space: the row stays, for what refers to it."""


class CommunityRow(SQLModel, table=True):
    """A community. `chosen` holds what chat changed: it wins over the configuration."""

    __tablename__ = "community"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    configured: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    """What config.toml says, as JSON."""
    chosen: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    """What chat changed, by dotted key of config.toml or name of a setting."""
    state: str = "preparation"
    mode: str = "launch"
    mode_before: str | None = None
    """What *slow*, set by hand, goes back to."""
    mode_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """When *slow*, set by hand, ends by itself."""
    launched: date | None = None
    crisis_since: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    crisis_before: str | None = None
    """The mode that a crisis interrupted."""
    slow_told: str | None = None
    """The slow period whose beginning was announced and whose end was not: `day/day`."""
    brake_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    opened_by: int | None = Field(default=None, foreign_key="account.id")


class SpaceRow(SQLModel, table=True):
    """A channel or room of a community, with its one use."""

    __tablename__ = "space"
    __table_args__ = (UniqueConstraint("platform", "tenant", "external"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    platform: str
    tenant: str
    external: str
    use: str
    """discussion, announcements, animators; none once a coordinator freed the room."""
    title: str = ""
    public: bool = False
    stopped: str | None = None
    stopped_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    introduced: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """When the one public message of CO-9 was said there."""


class JournalRow(SQLModel, table=True):
    """A privileged act: who, what, when, before → after. Kept 13 months."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    at: datetime = Field(sa_column=instant(index=True))
    account_id: int | None = Field(default=None, foreign_key="account.id")
    act: str
    about: int | None = Field(default=None, foreign_key="account.id")
    before: str = ""
    after: str = ""


KNOWS = (
    Knows(
        JournalRow,
        why="journal",
        kept="journal",
        seen_by="coordinators",
        by="account_id",
        column="account_id",
        rank=20,
        keeps=True,
    ),
    Knows(
        JournalRow,
        why="journal",
        kept="journal",
        seen_by="coordinators",
        by="account_id",
        column="about",
        rank=21,
        keeps=True,
        wipes=("before", "after"),
    ),
    Knows(
        CommunityRow,
        why="opened-by",
        kept="community",
        seen_by="coordinators",
        by="account_id",
        column="opened_by",
        rank=20,
        keeps=True,
    ),
)

JOURNAL_KEPT = timedelta(days=396)
"""Thirteen months (g.2)."""

_space = table_of(SpaceRow)
_community = table_of(CommunityRow)
_journal = table_of(JournalRow)


_SPACE_AT = select(
    _space.c.id, _space.c.community_id, _space.c.use, _space.c.title, _space.c.stopped
).where(
    _space.c.platform == bindparam("platform"),
    _space.c.tenant == bindparam("tenant"),
    _space.c.external == bindparam("external"),
    _space.c.use != FREED,
)


async def community(session: AsyncSession, community_id: int) -> Community | None:
    """One community as the core sees it."""
    row = await session.get(CommunityRow, community_id)
    return as_community(row) if row else None


async def by_slug(session: AsyncSession, slug: str) -> CommunityRow | None:
    """The row of a community by its slug."""
    rows = await session.execute(select(CommunityRow).where(_community.c.slug == slug))
    return rows.scalar_one_or_none()


async def every(session: AsyncSession) -> list[Community]:
    """Every community, in order of creation."""
    rows = await session.execute(select(CommunityRow).order_by(_community.c.id))
    return [as_community(row) for row in rows.scalars()]


def as_community(row: CommunityRow) -> Community:
    """What the configuration and chat say together; chat wins."""
    assert row.id is not None
    said: dict[str, Any] = {**row.configured, **row.chosen}
    hours = said.get("working_hours") or {}
    contacts = {**row.configured.get("contacts", {}), **_under(row.chosen, "contacts")}
    words = {**row.configured.get("words", {}), **_under(row.chosen, "words")}
    settings = {**row.configured.get("settings", {}), **_under(row.chosen, "settings")}
    return Community(
        id=row.id,
        slug=row.slug,
        name=said.get("name", row.slug),
        purpose=said.get("purpose", ""),
        language=said.get("language", "fr"),
        zone=ZoneInfo(said.get("timezone", "America/Toronto")),
        state=row.state,
        mode=row.mode,
        join=said.get("join", "closed"),
        holidays=tuple(said.get("holidays", ())),
        origin=said.get("origin", "intentional"),
        format=said.get("format", "mixed"),
        launched=row.launched,
        working_hours=(hours.get("from", "08:30"), hours.get("to", "16:30")),
        contacts=contacts,
        host=said.get("host", ""),
        hosting=said.get("hosting", ""),
        external_report=said.get("external_report", "none"),
        form=tuple(said.get("form", ())),
        strangers=tuple(said.get("strangers", ())),
        words=words,
        settings=settings,
        summary=_summary(said, settings),
    )


async def space_at(session: AsyncSession, place: Place) -> Space | None:
    """The space at this place, or None."""
    rows = await session.execute(
        _SPACE_AT, {"platform": place.platform, "tenant": place.tenant, "external": place.id}
    )
    row = rows.first()
    if row is None:
        return None
    return Space(
        id=row[0], community_id=row[1], place=place, use=row[2], title=row[3], stopped=row[4]
    )


async def spaces(session: AsyncSession, community_id: int, use: str | None = None) -> list[Space]:
    """A community's spaces, of one use or of all, oldest first."""
    query = (
        select(SpaceRow)
        .where(_space.c.community_id == community_id, _space.c.use != FREED)
        .order_by(_space.c.id)
    )
    if use is not None:
        query = query.where(_space.c.use == use)
    rows = await session.execute(query)
    return [
        Space(
            id=row.id or 0,
            community_id=row.community_id,
            place=Place(row.platform, row.tenant, row.external),
            use=row.use,
            title=row.title,
            stopped=row.stopped,
        )
        for row in rows.scalars()
    ]


async def note(
    session: AsyncSession,
    community_id: int,
    act: str,
    *,
    at: datetime,
    by: int | None,
    about: int | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """Writes one line of the journal: who (`by`, an account), what, about whom, before → after."""
    session.add(
        JournalRow(
            community_id=community_id,
            at=at,
            account_id=by,
            act=act,
            about=about,
            before=before[:200],
            after=after[:200],
        )
    )
    await session.flush()


async def change_state(
    session: AsyncSession, community_id: int, state: str, *, among: Sequence[str]
) -> bool:
    """Moves a community to a state from one of those; False when somebody was first."""
    done: Any = await session.execute(
        update(_community)
        .where(_community.c.id == community_id, _community.c.state.in_(among))
        .values(state=state)
    )
    session.expire_all()
    return bool(done.rowcount == 1)


async def begin_launch(
    session: AsyncSession, community_id: int, *, day: date, by: int | None
) -> None:
    """The day of *Ouvrir*: launch mode lasts twelve weeks from it."""
    await session.execute(
        update(_community)
        .where(_community.c.id == community_id)
        .values(launched=day, mode="launch", opened_by=by)
    )
    session.expire_all()


async def chosen(session: AsyncSession, community_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the file says and what chat changed, by dotted key."""
    row = await session.get_one(CommunityRow, community_id)
    return dict(row.configured), dict(row.chosen)


async def choose(session: AsyncSession, community_id: int, values: Mapping[str, Any]) -> None:
    """Keeps what chat changed, by dotted key; None gives a key back to the file."""
    row = await session.get_one(CommunityRow, community_id, with_for_update=True)
    merged = {**row.chosen, **values}
    row.chosen = {key: value for key, value in merged.items() if value is not None}
    await session.flush()


def _summary(said: dict[str, Any], settings: dict[str, Any]) -> tuple[str, str]:
    filed = said.get("summary") or {}
    day = settings.get("summary_day") or filed.get("day", "monday")
    return str(day), str(settings.get("summary_at") or filed.get("at", "09:00"))


def _under(chosen: dict[str, Any], section: str) -> dict[str, Any]:
    prefix = f"{section}."
    return {key[len(prefix) :]: value for key, value in chosen.items() if key.startswith(prefix)}


async def row_at(
    session: AsyncSession, platform: str, tenant: str, external: str
) -> SpaceRow | None:
    """The row of a space by what the platform calls it."""
    rows = await session.execute(
        select(SpaceRow).where(
            _space.c.platform == platform,
            _space.c.tenant == tenant,
            _space.c.external == external,
        )
    )
    return rows.scalar_one_or_none()


async def forget_old(session: AsyncSession, now: datetime) -> dict[str, int]:
    """Removes the journal's lines after 13 months; counts them."""
    result: Any = await session.execute(delete(_journal).where(_journal.c.at < now - JOURNAL_KEPT))
    return {"journal": int(result.rowcount)}
