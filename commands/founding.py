"""How a community comes from the configuration into the database, at every start.

What the file says is written anew; what chat changed since stays and wins [CO-1]. Roles named in
the file are given once; a role taken away in chat is not given back by a restart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import config
from bot.content import ROOT
from bot.events import Account
from bot.ports import Tx
from bot.typography import french
from bot.when import next_opening, window_of
from commands.bundle import BUNDLE
from commands.charter import service as charter
from commands.digest.sending import TURN
from commands.pace.slow import WATCH
from storage import communities, people, timers
from storage.charter import agree
from storage.communities import CommunityRow, SpaceRow, as_community
from storage.paces import calendar_of
from storage.people import MembershipRow


def account_of(ref: config.AccountRef) -> Account:
    """The account a reference in the configuration means; a Matrix one names its own server."""
    tenant = ref.id.partition(":")[2] if ref.platform == "matrix" else ""
    return Account(ref.platform, tenant, ref.id)


async def adopt(tx: Tx, said: config.Community, *, now: datetime) -> CommunityRow:
    """Brings one community of the configuration up to date in the database."""
    row = await communities.by_slug(tx.session, said.slug)
    configured = as_json(said)
    if row is None:
        row = CommunityRow(
            slug=said.slug,
            configured=configured,
            state=said.state,
            mode=said.mode,
            launched=said.launched,
        )
        tx.session.add(row)
        await tx.session.flush()
        await _give_roles(tx, row, said, now)
        if row.state == "preparation":
            # Said by an event of its own: here nobody speaks yet [CO-8].
            await tx.timers.set("community.first-words", row.slug, due=now, community=row.id)
    else:
        row.configured = configured
    await _keep_spaces(tx, row, said, now)
    await tx.session.flush()
    await _keep_days(tx, row, now)
    return row


def as_json(said: config.Community) -> dict[str, Any]:
    """The community's table as JSON, without what has columns or rows of its own."""
    plain = said.model_dump(
        mode="json",
        exclude={
            "spaces",
            "coordinators",
            "animators",
            "state",
            "mode",
            "launched",
            "form",
            "working_hours",
            "summary",
            "words",
            "settings",
        },
    )
    plain["words"] = dict(said.words)
    plain["settings"] = {key: _plain(value) for key, value in said.settings.items()}
    plain["form"] = [field.name + ("" if field.required else "?") for field in said.form]
    plain["working_hours"] = {
        "from": f"{said.working_hours.start:%H:%M}",
        "to": f"{said.working_hours.end:%H:%M}",
    }
    plain["summary"] = {"day": said.summary.day, "at": f"{said.summary.at:%H:%M}"}
    return plain


async def _give_roles(tx: Tx, row: CommunityRow, said: config.Community, now: datetime) -> None:
    assert row.id is not None
    for ref, role in said.roles.items():
        account = account_of(ref)
        _, person_id = await people.keep_account(tx.session, account, account.id)
        await people.admit(tx.session, person_id, row.id, now=now, role=role, name=account.id)


async def _keep_spaces(tx: Tx, row: CommunityRow, said: config.Community, now: datetime) -> None:
    assert row.id is not None
    for space in said.spaces:
        known = await communities.row_at(tx.session, space.platform, "", space.id)
        if known is None:
            tx.session.add(
                SpaceRow(
                    community_id=row.id,
                    platform=space.platform,
                    tenant="",
                    external=space.id,
                    use=space.use,
                    title=space.id,
                    introduced=now if row.state == "open" else None,
                )
            )
    await tx.session.flush()


async def _keep_days(tx: Tx, row: CommunityRow, now: datetime) -> None:
    """The timer of every working day; where it ran once, its feature sets it again itself."""
    assert row.id is not None
    calendar = calendar_of(communities.as_community(row))
    opening = next_opening(window.end if (window := window_of(now, calendar)) else now, calendar)
    await timers.ensure(tx.session, BUNDLE, key=str(row.id), due=opening, community=row.id)
    await timers.ensure(tx.session, WATCH, key=str(row.id), due=opening, community=row.id)
    await timers.ensure(tx.session, TURN, key=str(row.id), due=opening, community=row.id)


async def row_of(tx: Tx, slug: str) -> CommunityRow:
    """The community of this slug. LookupError when it was never adopted."""
    row = await communities.by_slug(tx.session, slug)
    if row is None:
        raise LookupError(slug)
    return row


async def seat(
    tx: Tx, row: CommunityRow, account: Account, member: Mapping[str, Any], *, since: datetime
) -> None:
    """Makes somebody of the ready-made world a member since that day."""
    _, person_id = await people.keep_account(tx.session, account, str(member["name"]))
    person = await people.person(tx.session, person_id)
    assert person is not None
    assert row.id is not None
    person.name = str(member["name"])
    person.language = member.get("language", person.language)
    person.zone = member.get("zone", person.zone)
    person.holidays = member.get("holidays", person.holidays)
    known = await people.membership(tx.session, person_id, row.id)
    await people.admit(
        tx.session,
        person_id,
        row.id,
        now=since,
        role=known.role if known else "member",
        name=person.name,
        profession=str(member["profession"]),
        organisation=str(member["organisation"]),
    )


async def settled(tx: Tx, row: CommunityRow, membership: MembershipRow, *, since: datetime) -> None:
    """Somebody who has been here for long: their welcome is over."""
    version = await charter.publish_first(tx, row, _demo_charter(), now=since)
    said = as_community(row)
    person = await people.person(tx.session, membership.person_id)
    language = version.language((person and person.language) or said.language, said.language)
    membership.since = since
    membership.steps = {"guide": "done", "charter": "done", "charter_asked": version.version}
    for account in (await people.account_ids_of(tx.session, membership.person_id))[:1]:
        await agree(tx.session, said.id, account, version, language=language, at=since)
    await tx.session.flush()


def _demo_charter() -> dict[str, dict[str, str]]:
    """What fills the blanks of the ready-made charter, by language."""
    raw = tomllib.loads((ROOT / "demo-charter.toml").read_text(encoding="utf-8"))
    return {
        language: {name: french(each) if language == "fr" else each for name, each in words.items()}
        for language, words in raw.items()
    }


def _plain(value: Any) -> Any:
    """A setting as JSON keeps it: a date or a time by its ISO form, several values as a list."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) else value.isoformat()
