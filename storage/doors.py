"""Whom and where the bot listens to: what a platform asks before there is an event [SE-3]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account, Place
from bot.people import Role
from storage import communities
from storage.admission import RequestRow
from storage.communities import FREED, SpaceRow
from storage.database import Database
from storage.forms import FormRow
from storage.parcels import STANDS, OutboxRow, ThreadRow
from storage.passage import PassageRow
from storage.people import AccountRow
from storage.types import table_of

ENDED = ("declined", "expelled")
"""Decisions on somebody *de passage* after which only another request would open the door."""

_account = table_of(AccountRow)
_form = table_of(FormRow)
_outbox = table_of(OutboxRow)
_request = table_of(RequestRow)
_passage = table_of(PassageRow)
_space = table_of(SpaceRow)
_thread = table_of(ThreadRow)


class Doors:
    """The ports `bot.ports.Doors` and `Following` over a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def is_space(self, place: Place) -> bool:
        """Whether a community has its space there."""
        async with self.database.reading() as tx:
            return await tx.people.space_at(place) is not None

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        """Every space on that platform with its use, stopped ones too."""
        async with self.database.reading() as tx:
            rows = await tx.session.execute(
                select(_space.c.tenant, _space.c.external, _space.c.use)
                .where(_space.c.platform == platform, _space.c.use != FREED)
                .order_by(_space.c.id)
            )
            return {Place(platform, tenant, external): use for tenant, external, use in rows}

    async def has_role(self, account: Account) -> bool:
        """Whether they animate or coordinate a community: who may call the bot into a room."""
        async with self.database.reading() as tx:
            person_id = (await tx.people.actor(account, "")).person_id
            if person_id is None:
                return False
            mine = await tx.people.communities_of(person_id)
            roles = [await tx.people.role(person_id, community.id) for community in mine]
            return max(roles, default=Role.VISITOR) >= Role.ANIMATOR

    async def may_write(self, account: Account) -> bool:
        """Whether a private conversation with them is accepted.

        Whoever is kept may: by a role, by a membership (for what is left of it, when it ended), by
        a request, by a passage that was not ended. And everybody of a homeserver in `strangers`.
        """
        async with self.database.reading() as tx:
            return await _is_kept(tx.session, account) or any(
                account.tenant in community.strangers and community.state != "closed"
                for community in await communities.every(tx.session)
            )

    async def asked(self, platform: str) -> Sequence[Place]:
        """The private conversations in which a form waits for its next answer."""
        async with self.database.reading() as tx:
            rows = await tx.session.execute(
                select(_form.c.place)
                .where(
                    _form.c.state == "active",
                    _form.c.place.startswith(f"{platform}:", autoescape=True),
                )
                .order_by(_form.c.id)
            )
            return list(dict.fromkeys(Place.of(key) for key in rows.scalars()))

    async def threads(self, platform: str, since: datetime) -> Sequence[tuple[Place, str]]:
        """The threads of spaces whose subject is followed, begun since then: place and root."""
        async with self.database.reading() as tx:
            rows = await tx.session.execute(
                select(_thread.c.lane, _thread.c.root)
                .join(
                    _outbox,
                    (_outbox.c.lane == _thread.c.lane) & (_outbox.c.message == _thread.c.root),
                )
                .where(
                    _thread.c.lane.startswith(f"{platform}:", autoescape=True),
                    _outbox.c.operation.in_(STANDS),
                    _outbox.c.at >= since,
                )
                .order_by(_outbox.c.id)
            )
            found = dict.fromkeys((Place.of(lane), root) for lane, root in rows)
            return [(place, root) for place, root in found if not place.dm]


async def _is_kept(session: AsyncSession, account: Account) -> bool:
    found = await session.execute(
        select(
            or_(
                *(
                    exists().where(
                        rows.c.platform == account.platform,
                        rows.c.tenant == account.tenant,
                        rows.c.external == account.id,
                        *more,
                    )
                    for rows, more in (
                        (_account, ()),
                        (_request, ()),
                        (_passage, (func.coalesce(_passage.c.decision, "").not_in(ENDED),)),
                    )
                )
            )
        )
    )
    return bool(found.scalar_one())
