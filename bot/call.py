"""What a handler is given: the event, who acts, in which community, and the transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.chance import Chance
from bot.errors import Complaint
from bot.events import Event, Place
from bot.limits import PerDay
from bot.messages import Capabilities
from bot.people import Actor, Community, Reader, Role
from bot.permissions import Standing
from bot.ports import Receipt, Tx
from bot.registry import Registry
from bot.texts import Texts, Voice


@dataclass(slots=True, kw_only=True)
class Call:
    """One run of a handler. Handlers return effects; they never send and never commit."""

    event: Event
    now: datetime
    tx: Tx
    registry: Registry
    texts: Texts
    chance: Chance
    actor: Actor | None
    community: Community | None
    role: Role
    place: Place | None = None
    thread: str | None = None
    receipt: Receipt | None = None
    platforms: tuple[str, ...] = ()
    default_language: str = "fr"
    prefix: str = "/copain"
    seal: bytes = b""
    """The key of what is noted without a name; empty where nobody set COPAIN_SECRET."""
    able: Capabilities = field(default_factory=Capabilities)
    """What the platform can do on which this happens."""
    abilities: Mapping[str, Capabilities] = field(default_factory=dict)
    """What each platform can do on which something may be said."""
    shows: bool | None = None
    """Whether all that ran changes nothing; None when nothing ran yet [RE-2]."""
    traceless: bool = False
    """Whether a form ended that leaves no trace in private: nothing kept may ride on it."""
    asides: PerDay = field(default_factory=PerDay)
    """How often each was told today what they did not ask."""
    late: bool = False
    """Whether it reaches us so long after it happened that a command asks first [RE-3]."""

    def runs(self, *, shows: bool) -> None:
        """Notes what runs now; one thing that changes something makes the whole of it a change."""
        self.shows = shows and self.shows is not False

    @property
    def session(self) -> Any:
        """What the features' storage functions take."""
        return self.tx.session

    @property
    def who(self) -> Actor:
        """The person who acts. RuntimeError when time or a platform acts."""
        if self.actor is None:
            raise RuntimeError("nobody acts here")
        return self.actor

    @property
    def here(self) -> Community:
        """The community concerned. Raises the Complaint that says there is none."""
        if self.community is None:
            raise Complaint("permissions-no-community")
        return self.community

    @property
    def person_id(self) -> int:
        """The root person who acts. Raises the Complaint for somebody nobody keeps."""
        person_id = self.who.person_id
        if person_id is None:
            raise Complaint("answers-not-a-member")
        return person_id

    @property
    def account_id(self) -> int:
        """The account that acts. Raises the Complaint for somebody nobody keeps."""
        account_id = self.who.account_id
        if account_id is None:
            raise Complaint("answers-not-a-member")
        return account_id

    @property
    def standing(self) -> Standing:
        """The actor's role here, for `permissions`."""
        return Standing(self.role, self.community)

    @property
    def language(self) -> str:
        """The language in which the actor is spoken to."""
        if self.actor and self.actor.language:
            return self.actor.language
        return self.community.language if self.community else self.default_language

    def voice(self, reader: Reader | Actor | None = None) -> Voice:
        """How a private reader is spoken to; without one, how the community is."""
        return voice_for(self.community, reader, self.now, self.default_language)

    def dated(self, voice: Voice, place: Place) -> Voice:
        """The same, for what is said there: with instants marked where each sees their own hour,
        and accounts where that platform shows them by name.
        """
        able = self.abilities.get(place.platform) or Capabilities()
        named = place.platform if able.accounts else ""
        return replace(voice, dates=able.dates, accounts=named)


@asynccontextmanager
async def within(call: Call, community_id: int | None) -> AsyncIterator[None]:
    """Meanwhile the call is about this community, with the role the actor has there [SE-1].

    None leaves it as it is. What somebody answers in private belongs to the community that asked.
    """
    before = call.community, call.role
    await enter(call, community_id)
    try:
        yield
    finally:
        call.community, call.role = before


async def enter(call: Call, community_id: int | None) -> None:
    """The same, from here on."""
    if community_id is None:
        return
    call.community = await call.tx.people.community(community_id)
    person_id = call.actor.person_id if call.actor is not None else None
    call.role = await call.tx.people.role(person_id, community_id)


def voice_for(
    community: Community | None,
    reader: Reader | Actor | None,
    now: datetime,
    default_language: str,
) -> Voice:
    """Public text in the community's language, private text in the reader's [CO-6]."""
    from zoneinfo import ZoneInfo

    zone = community.zone if community else ZoneInfo("UTC")
    language = community.language if community else default_language
    own = language
    if reader is not None:
        own = reader.language or language
        zone = reader.zone or zone
    words = dict(community.words) if community and own == language else {}
    return Voice(
        language=own,
        region=community.region if community else "CA",
        zone=zone,
        today=now.astimezone(zone).date(),
        words=words,
    )
