"""Who acts, where and with what role: what nearly every event asks of persons and communities."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import Account, Place
from bot.people import Actor, Community, Reader, Role, Space
from storage import communities
from storage.communities import CommunityRow
from storage.people import (
    SAME_PERSON,
    AccountRow,
    MembershipRow,
    PersonRow,
    accounts_of,
    person,
    root_of,
    zone_of,
)
from storage.types import table_of

_person = table_of(PersonRow)
_account = table_of(AccountRow)
_membership = table_of(MembershipRow)

_FIND_ACTOR = (
    select(
        _account.c.id,
        _person.c.id,
        _person.c.merged_into,
        _person.c.name,
        _person.c.language,
        _person.c.zone,
        _person.c.current_community,
    )
    .join(_person, _person.c.id == _account.c.person_id)
    .where(
        _account.c.platform == bindparam("platform"),
        _account.c.tenant == bindparam("tenant"),
        _account.c.external == bindparam("external"),
    )
)
_ROLES_OF = select(_membership.c.role).where(
    _membership.c.person_id.in_(SAME_PERSON),
    _membership.c.community_id == bindparam("community"),
    _membership.c.state == "active",
)
_COMMUNITIES_OF = select(CommunityRow).where(
    CommunityRow.__table__.c.id.in_(  # type: ignore[attr-defined]
        select(_membership.c.community_id).where(
            _membership.c.person_id.in_(SAME_PERSON), _membership.c.state == "active"
        )
    )
)


class People:
    """The port `bot.ports.People` over one session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def actor(self, account: Account, name: str) -> Actor:
        """Who acts; for somebody nobody keeps, the account and the name the platform shows."""
        row = (
            await self.session.execute(
                _FIND_ACTOR,
                {
                    "platform": account.platform,
                    "tenant": account.tenant,
                    "external": account.id,
                },
            )
        ).first()
        if row is None:
            return Actor(account=account, name=name or account.id)
        if row[2] is not None:
            root = await self.session.get_one(PersonRow, row[2])
            return Actor(
                account=account,
                name=root.name,
                account_id=row[0],
                person_id=root.id,
                language=root.language,
                zone=zone_of(root.zone),
                current_community=root.current_community,
            )
        return Actor(
            account=account,
            name=row[3],
            account_id=row[0],
            person_id=row[1],
            language=row[4],
            zone=zone_of(row[5]),
            current_community=row[6],
        )

    async def named(self, actor: Actor, name: str) -> Actor:
        """Somebody known by the id of their account alone shows a name: that of the configuration
        was none. What a person chose to be called stays.
        """
        unnamed = actor.account.id
        await self.session.execute(
            update(_person)
            .where(_person.c.id == actor.person_id, _person.c.name == unnamed)
            .values(name=name)
        )
        await self.session.execute(
            update(_membership)
            .where(_membership.c.person_id.in_(SAME_PERSON), _membership.c.name == unnamed)
            .values(name=name),
            {"root": actor.person_id},
        )
        return replace(actor, name=name)

    async def space_at(self, place: Place) -> Space | None:
        """The tracked space at this place, or None."""
        return await communities.space_at(self.session, place)

    async def spaces(self, community_id: int, use: str | None = None) -> list[Space]:
        """A community's spaces, of one use or of all, oldest first."""
        return await communities.spaces(self.session, community_id, use)

    async def community(self, community_id: int) -> Community | None:
        """One community as it stands now."""
        return await communities.community(self.session, community_id)

    async def communities(self) -> list[Community]:
        """Every community, in order of creation."""
        return await communities.every(self.session)

    async def communities_of(self, person_id: int) -> list[Community]:
        """The communities somebody belongs to, in order of name."""
        rows = await self.session.execute(_COMMUNITIES_OF, {"root": person_id})
        found = [communities.as_community(row) for row in rows.scalars()]
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))

    async def role(self, person_id: int | None, community_id: int) -> Role:
        """The role somebody holds there; VISITOR when none."""
        if person_id is None:
            return Role.VISITOR
        rows = await self.session.execute(_ROLES_OF, {"root": person_id, "community": community_id})
        return max((Role[row[0].upper()] for row in rows), default=Role.VISITOR)

    async def reader(self, person_id: int) -> Reader | None:
        """Where and in which voice a person is spoken to in private."""
        row = await person(self.session, person_id)
        if row is None:
            return None
        accounts = await accounts_of(self.session, row.id or person_id)
        if not accounts:
            return None
        return Reader(
            account=accounts[0],
            person_id=row.id,
            name=row.name,
            language=row.language,
            zone=zone_of(row.zone),
            pause_until=row.pause_until,
        )

    async def holders(self, community_id: int, role: Role) -> list[int]:
        """The root persons who hold at least this role, in order."""
        roles = [each.word for each in Role if each >= role and each > Role.VISITOR]
        rows = await self.session.execute(
            select(root_of(_person.c.id))
            .join(_membership, _membership.c.person_id == _person.c.id)
            .where(
                _membership.c.community_id == community_id,
                _membership.c.state == "active",
                _membership.c.role.in_(roles),
            )
            .order_by(_membership.c.id)
        )
        return list(dict.fromkeys(row[0] for row in rows))
