"""What the charter's commands do with storage: who must be asked, what is known, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot import markup
from bot.call import Call
from bot.content import Content
from bot.errors import Complaint
from bot.people import Role
from bot.ports import Tx
from bot.texts import Voice
from bot.typography import Region
from bot.values import Names, TimeOfDay, Value
from bot.when import local_day
from commands.charter import allowing, rules
from storage import charter, communities, people
from storage.charter import Version
from storage.communities import CommunityRow
from storage.paces import calendar_of
from storage.people import MembershipRow

NAME = "Copain"
REVISED_AFTER = timedelta(days=365)
# What needs no translation: names, and what stands in addresses and numbers.
CARRIED = frozenset(
    {"community_name", "days", "privacy_contact", "signature", "licence", "animators",
     "coordinator", "technical_contact", "space", "link", "bot_name", "host_organisation",
     "appeal"}
)  # fmt: skip


def template(content: Content, language: str, region: Region = "CA") -> rules.Template:
    """The supplied charter in one language."""
    return rules.Template(text=content.charter(language, region), english=content.charter("en"))


async def standing(call: Call) -> tuple[MembershipRow | None, Version | None]:
    """The actor's membership here, and the charter in force."""
    version = await charter.current(call.session, call.here.id)
    person_id = call.who.person_id
    if person_id is None or call.role is Role.VISITOR:
        return None, version
    return await people.membership(call.session, person_id, call.here.id), version


async def unasked(call: Call) -> tuple[MembershipRow, Version, bool] | None:
    """Whether the actor is to be asked now: once for each version they did not agree to.

    The last value says whether they had agreed to an earlier one.
    """
    row = await people.membership(call.session, call.person_id, call.here.id)
    newest = await charter.newest_number(call.session, call.here.id)
    if row is None or newest <= int(row.steps.get("charter_asked", 0)):
        return None
    version = await charter.current(call.session, call.here.id)
    agreed = await charter.agreement(call.session, call.person_id, call.here.id)
    row.steps = {**row.steps, "charter_asked": newest}
    if version is None or (agreed is not None and agreed.version >= newest):
        return None
    return row, version, agreed is not None


async def known(call: Call, language: str) -> dict[str, str]:
    """What can stand in the blanks already: the draft, the last version, else the settings."""
    drafts = await charter.drafts(call.session, call.here.id)
    last = await charter.current(call.session, call.here.id)
    published: Mapping[str, Mapping[str, str]] = last.blanks if last else {}
    own = drafts.get(language) or published.get(language)
    if own:
        return dict(own)
    found = await _from_settings(call, language)
    first = call.here.language
    other = drafts.get(first) or published.get(first) or {}
    return {**found, **{name: other[name] for name in CARRIED if name in other}}


async def next_version(call: Call, *, minor: bool = False) -> Version:
    """The version that would be published now. Complaint when it cannot be, or says nothing new."""
    last = await charter.current(call.session, call.here.id)
    drafts = await charter.drafts(call.session, call.here.id)
    blanks = {**(last.blanks if last else {}), **drafts}
    if call.here.language not in blanks:
        raise Complaint("charter-no-draft")
    allows = _allows(call, last, minor=minor)
    if (
        last is not None
        and not rules.changed(blanks, last.blanks)
        and set(allows) == set(last.allows)
    ):
        left = minor and allowing.missing(last, allowing.wanted(call.here))
        raise Complaint(
            "charter-allows-not-minor" if left else "charter-unchanged", {"version": last.number}
        )
    number, correction = (last.version, last.minor) if last else (0, 0)
    numbers = (number, correction + 1) if minor and last else (number + 1, 0)
    version = made(
        call.texts.content,
        blanks,
        numbers,
        at=call.now,
        today=local_day(call.now, call.here.zone),
        own=call.here.language,
        region=call.here.region,
        allows=allowing.sentences(call, allows, tuple(blanks)),
    )
    return replace(version, allows=allows)


def made(
    content: Content,
    blanks: Mapping[str, Mapping[str, str]],
    version: tuple[int, int],
    *,
    at: datetime,
    today: Any,
    own: str,
    region: Region = "CA",
    allows: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Version:
    """A version in each language whose blanks all have words; `own` must be one of them.

    `allows` are the sentences that it says beside the template's, by language.
    """
    number = f"{version[0]}.{version[1]}" if version[1] else str(version[0])
    texts: dict[str, str] = {}
    used: dict[str, Mapping[str, str]] = {}
    for language, words in blanks.items():
        paper = template(content, language, region)
        if language != own and not rules.complete(words, paper.asked()):
            continue
        facts = {"version": number, "date": rules.dated(today, language)}
        texts[language] = rules.beside(paper.filled({**words, **facts}), allows.get(language, ()))
        used[language] = dict(words)
    return Version(version=version[0], minor=version[1], published=at, texts=texts, blanks=used)


async def agree(call: Call, row: MembershipRow, version: Version) -> str:
    """Notes the actor's agreement; returns the language they read it in."""
    language = version.language(call.language, call.here.language)
    await charter.agree(
        call.session, call.here.id, call.account_id, version, language=language, at=call.now
    )
    row.steps = {**row.steps, "charter": "done", "charter_asked": version.version}
    return language


async def publish_first(
    tx: Tx, row: CommunityRow, blanks: Mapping[str, Mapping[str, str]], *, now: datetime
) -> Version:
    """Publishes version 1 of a ready-made community, unless it has a charter."""
    community = communities.as_community(row)
    last = await charter.current(tx.session, community.id)
    if last is not None:
        return last
    today = local_day(now, community.zone)
    version = made(Content(), blanks, (1, 0), at=now, today=today, own=community.language)
    await charter.publish(tx.session, community.id, version)
    return version


def _allows(call: Call, last: Version | None, *, minor: bool) -> tuple[str, ...]:
    """What the next version says may be done; a correction asks nobody, so it adds nothing."""
    wanted = allowing.wanted(call.here)
    if minor and last is not None:
        return tuple(each for each in wanted if each in last.allows)
    return wanted


async def _from_settings(call: Call, language: str) -> dict[str, str]:
    here = call.here
    voice = Voice(
        language,
        zone=here.zone,
        today=local_day(call.now, here.zone),
        region=here.region,
    )

    def said(key: str, values: Mapping[str, Value] | None = None) -> str:
        return markup.plain(call.texts.render(key, values or {}, voice))

    async def named(role: Role) -> str:
        rows = await people.members(call.session, here.id, least=role)
        names = tuple(row.name for row in rows if row.role == role.word)
        return said("charter-names", {"names": Names(names)}) if names else ""

    spaces = await call.tx.people.spaces(here.id, "discussion")
    start, end = calendar_of(here).hours.start, calendar_of(here).hours.end
    report = here.external_report.replace("_", "-")
    review = local_day(call.now, here.zone) + REVISED_AFTER
    found = {
        "community_name": here.name,
        "review_date": rules.dated(review, language),
        "open_or_closed": said(f"charter-is-{here.join}"),
        "days": "3",
        "privacy_contact": here.contacts.get("privacy", ""),
        "animators": await named(Role.ANIMATOR) or await named(Role.COORDINATOR),
        "coordinator": await named(Role.COORDINATOR),
        "technical_contact": here.contacts.get("technical", ""),
        "space": ", ".join(space.title for space in spaces),
        "languages": said(f"charter-speaks-{here.language}"),
        "hours": said("charter-quiet", {"start": TimeOfDay(start), "end": TimeOfDay(end)}),
        "bot_name": NAME,
        "host_organisation": here.host,
        "external_report": rules.unpointed(said(f"who-sees-what-external-report-{report}")),
        "appeal": here.contacts.get("appeal", ""),
    }
    if language == here.language:
        found |= {"hosting": here.hosting}
        found |= {"purpose_in_one_sentence": rules.pointed(here.purpose)}
    return {name: words for name, words in found.items() if words}
