"""The rhythm on which prompts are posted, and each of its turns [PR-2].

A turn has a row from the moment somebody could do something about it: it is looked at beforehand,
skipped, held, or due. Until courtesy lets it leave, it has no posting, so that a turn that never
leaves has used no prompt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import UniqueConstraint, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from bot.when import Rule, instant_of
from storage.intents import IntentRow
from storage.privacy import Knows
from storage.types import insert_new, instant, json_column, table_of

PENDING = ("planned", "previewed", "approved")
"""States of a turn whose hour has not come."""
WAITING = ("waiting", "lively", "held")
"""States of a turn whose hour came, and that somebody may still publish."""
NEVER_DROPPED = "courtesy-why-untrue"


class RhythmRow(SQLModel, table=True):
    """When a community's prompts leave. The newest that has not ended is the one in force."""

    __tablename__ = "rhythm"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    rule: dict[str, Any] = Field(sa_column=json_column())
    """A `bot.when.Rule` without its zone, which is the community's of the day."""
    start: date
    tag: str = ""
    set_by: int | None = Field(default=None, foreign_key="account.id")
    set_at: datetime = Field(sa_column=instant())
    ended: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class TurnRow(SQLModel, table=True):
    """One turn. `due` is what the rhythm says and its key, `at` when it is to leave now.

    States: planned, previewed, approved; then waiting (for a yes), lively, held, given (to
    courtesy); then posted, skipped, missed, dropped.
    """

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("rhythm_id", "due"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    rhythm_id: int = Field(foreign_key="rhythm.id")
    due: datetime = Field(sa_column=instant())
    at: datetime = Field(sa_column=instant())
    state: str = "planned"
    since: datetime = Field(sa_column=instant())
    """When it came into this state."""
    code: str | None = None
    refused: list[str] = Field(default_factory=list, sa_column=json_column())
    """Codes that animators replaced for this turn."""
    by: int | None = Field(default=None, foreign_key="account.id")
    """Who decided last."""
    why: str | None = None
    """The text key of why it did not leave."""
    posting_id: int | None = Field(default=None, foreign_key="posting.id", index=True)


_rhythm = table_of(RhythmRow)
_turn = table_of(TurnRow)
_intent = table_of(IntentRow)


def _authored(table: type[SQLModel], column: str) -> Knows:
    return Knows(
        table,
        why="rhythm",
        kept="community",
        seen_by="animators",
        by="account_id",
        column=column,
        rank=20,
        keeps=True,
    )


KNOWS = (_authored(RhythmRow, "set_by"), _authored(TurnRow, "by"))


def as_json(rule: Rule) -> dict[str, Any]:
    """A rule as a row keeps it."""
    return {
        "freq": rule.freq,
        "at": rule.at.isoformat("minutes"),
        "every": rule.every,
        "weekdays": sorted(rule.weekdays),
        "nth": rule.nth,
        "month": rule.month,
        "until": rule.until.isoformat() if rule.until else None,
        "count": rule.count,
    }


def rule_of(row: RhythmRow, zone: ZoneInfo) -> Rule:
    """The rule of a rhythm, on the walls of that zone."""
    kept = row.rule
    return Rule(
        freq=kept["freq"],
        at=time.fromisoformat(kept["at"]),
        zone=zone,
        every=kept["every"],
        weekdays=frozenset(kept["weekdays"]),
        nth=kept["nth"],
        month=kept["month"],
        until=date.fromisoformat(kept["until"]) if kept["until"] else None,
        count=kept["count"],
    )


async def current(session: AsyncSession, community_id: int) -> RhythmRow | None:
    """The rhythm in force in a community, or None."""
    rows = await session.execute(
        select(RhythmRow)
        .where(_rhythm.c.community_id == community_id, _rhythm.c.ended.is_(None))
        .order_by(_rhythm.c.id.desc())
        .limit(1)
    )
    return next(iter(_apart(session, rows)), None)


async def begin(
    session: AsyncSession,
    community_id: int,
    rule: Rule,
    *,
    start: date,
    tag: str,
    by: int,
    at: datetime,
) -> RhythmRow:
    """Notes a new rhythm; what was in force must have been ended."""
    row = RhythmRow(
        community_id=community_id, rule=as_json(rule), start=start, tag=tag, set_by=by, set_at=at
    )
    session.add(row)
    await session.flush()
    session.expunge(row)
    return row


async def end(session: AsyncSession, rhythm: RhythmRow, *, at: datetime) -> bool:
    """Ends a rhythm. False when somebody was first."""
    result: Any = await session.execute(
        update(_rhythm).where(_rhythm.c.id == rhythm.id, _rhythm.c.ended.is_(None)).values(ended=at)
    )
    return bool(result.rowcount)


async def turn_at(
    session: AsyncSession, rhythm: RhythmRow, due: datetime, *, now: datetime
) -> TurnRow:
    """The turn of that instant, made when it has no row yet."""
    await insert_new(
        session,
        _turn,
        community_id=rhythm.community_id,
        rhythm_id=rhythm.id,
        due=due,
        at=due,
        state="planned",
        since=now,
        refused=[],
    )
    rows = await session.execute(
        select(TurnRow).where(_turn.c.rhythm_id == rhythm.id, _turn.c.due == due)
    )
    found: TurnRow = _apart(session, rows)[0]
    return found


async def turn(session: AsyncSession, community_id: int, turn_id: int) -> TurnRow | None:
    """One turn of a community."""
    rows = await session.execute(
        select(TurnRow).where(_turn.c.id == turn_id, _turn.c.community_id == community_id)
    )
    return next(iter(_apart(session, rows)), None)


async def turns(
    session: AsyncSession,
    community_id: int,
    *,
    states: Collection[str] = (),
    since: datetime | None = None,
    most: int = 50,
) -> list[TurnRow]:
    """The turns of a community in these states (any when none is named), the latest first."""
    query = select(TurnRow).where(_turn.c.community_id == community_id)
    if states:
        query = query.where(_turn.c.state.in_(states))
    if since is not None:
        query = query.where(_turn.c.due >= since)
    query = query.order_by(_turn.c.due.desc(), _turn.c.id.desc()).limit(most)
    return _apart(session, await session.execute(query))


async def before(session: AsyncSession, community_id: int, due: datetime) -> TurnRow | None:
    """The turn before an instant that came to its hour, of whichever rhythm."""
    rows = await session.execute(
        select(TurnRow)
        .where(
            _turn.c.community_id == community_id,
            _turn.c.due < due,
            _turn.c.state.not_in((*PENDING, "skipped")),
        )
        .order_by(_turn.c.due.desc(), _turn.c.id.desc())
        .limit(1)
    )
    return next(iter(_apart(session, rows)), None)


async def of_posting(session: AsyncSession, posting_ids: Sequence[int]) -> set[int]:
    """Those of these postings that left on a rhythm by themselves."""
    rows = await session.execute(
        select(_turn.c.posting_id).where(_turn.c.posting_id.in_(posting_ids))
    )
    return {row[0] for row in rows}


async def move(
    session: AsyncSession,
    turn_id: int,
    state: str,
    *,
    among: Collection[str],
    now: datetime,
    by: int | None = None,
    why: str | None = None,
) -> bool:
    """Brings a turn into another state. False when it was in none of `among` any more [RE-5]."""
    values: dict[str, Any] = {"state": state, "since": now, "why": why}
    if by is not None:
        values["by"] = by
    result: Any = await session.execute(
        update(_turn).where(_turn.c.id == turn_id, _turn.c.state.in_(among)).values(**values)
    )
    return bool(result.rowcount)


async def choose(
    session: AsyncSession,
    turn_id: int,
    code: str | None,
    *,
    instead_of: str | None,
    refused: Sequence[str] = (),
) -> bool:
    """Gives a turn its prompt. False when it has another by now than `instead_of`."""
    same = _turn.c.code.is_(None) if instead_of is None else _turn.c.code == instead_of
    result: Any = await session.execute(
        update(_turn)
        .where(_turn.c.id == turn_id, same, _turn.c.posting_id.is_(None))
        .values(code=code, refused=list(refused))
    )
    return bool(result.rowcount)


async def put_off(session: AsyncSession, turn_id: int, at: datetime) -> None:
    """Lets a turn that nobody could look at leave later."""
    await session.execute(update(_turn).where(_turn.c.id == turn_id).values(at=at))


async def onto_walls(
    session: AsyncSession, rhythm: RhythmRow, before: ZoneInfo, zone: ZoneInfo, *, now: datetime
) -> None:
    """The turns to come keep their wall time in another zone, and with it what was decided of them.

    One whose hour is over there leaves when it would have.
    """

    def there(at: datetime) -> datetime:
        local = at.astimezone(before)
        return instant_of(local.date(), local.time(), zone=zone)

    rows = await session.execute(
        select(_turn.c.id, _turn.c.due, _turn.c.at)
        .where(_turn.c.rhythm_id == rhythm.id, or_(_turn.c.due > now, _turn.c.at > now))
        .order_by(_turn.c.due)
    )
    found = list(rows)
    # Those that come earlier first: no two may meet on the way.
    for each in found if found and there(found[0].due) < found[0].due else reversed(found):
        at = there(each.at)
        values = {"due": there(each.due), "at": at if at > now else each.at}
        await session.execute(update(_turn).where(_turn.c.id == each.id).values(**values))


async def posted(session: AsyncSession, turn_id: int, posting_id: int) -> None:
    """Notes in which posting a turn left."""
    await session.execute(update(_turn).where(_turn.c.id == turn_id).values(posting_id=posting_id))


async def settle(session: AsyncSession, community_id: int, now: datetime) -> list[int]:
    """Turns that courtesy dropped everywhere end with its reason; returns their numbers."""
    ended: list[int] = []
    for row in await turns(session, community_id, states=("given",)):
        assert row.id is not None
        rows = await session.execute(
            select(_intent.c.state, _intent.c.why).where(_intent.c.subject == f"turn:{row.id}")
        )
        found = list(rows)
        if any(each.state in ("waiting", "released") for each in found):
            continue
        why = next((each.why for each in found if each.why), NEVER_DROPPED)
        await move(session, row.id, "dropped", among=("given",), now=now, why=why)
        ended.append(row.id)
    return ended


def _apart(session: AsyncSession, rows: Any) -> list[Any]:
    """The rows as they were read: all that changes them is said by conditional updates."""
    found = list(rows.scalars())
    for row in found:
        session.expunge(row)
    return found
