"""One event, one transaction: claim it, run its handler, write rows, commit [RE-1].

The outcome tells the adapter what to acknowledge. Errors surface here and nowhere else: a Complaint
is told to the person, anything else is logged under a short reference and apologised for; in both
cases everything but the claim is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import forms
from bot.attachments import Attachments
from bot.call import Call, enter
from bot.chance import Chance
from bot.errors import Complaint
from bot.events import (
    Account,
    ByPerson,
    Event,
    FormFilled,
    HomeOpened,
    Place,
    Pressed,
    Said,
    TaskDone,
    TimerDue,
)
from bot.limits import PerPerson
from bot.log import Log
from bot.messages import AskForm, Button, Effect, Line, Say
from bot.people import Actor, Community, Role, Space
from bot.ports import Receipt, Store, Tx
from bot.registry import Registry
from bot.routing import route
from bot.speaking import ScoreLine, Speaker
from bot.strangers import unquoted
from bot.texts import Texts
from bot.values import Key, Span, Typed

# What a kind answer offers beside its words, when such a button exists.
OFFERS: Mapping[str, tuple[str, ...]] = {
    "answers-not-a-member": ("join", "home"),
    "answers-unknown-command": ("home",),
    "answers-unknown-command-no-suggestion": ("home",),
    "dispatch-not-understood": ("home",),
    "answers-expired-button": ("home",),
    "answers-expired-button-someone-first": ("home",),
    "permissions-not-allowed": ("home",),
    "permissions-no-community": ("community.which",),
}


@dataclass(frozen=True, slots=True)
class Done:
    """The event was handled; `score` says what was said, before rendering."""

    score: tuple[ScoreLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Already:
    """The event had been handled before, or was nobody's business: nothing happened."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A modal form must be mended: text per field, in the person's language."""

    faults: Mapping[str, str]


Outcome = Done | Already | Mend


@dataclass(slots=True, kw_only=True)
class Dispatch:
    """Takes events to their outcomes, one transaction each."""

    registry: Registry
    store: Store
    texts: Texts
    chance: Chance
    log: Log
    attachments: Attachments
    limits: PerPerson
    wake: Callable[[], None]
    language: str = "fr"
    prefix: str = "/copain"
    prefixes: Mapping[str, str] = field(default_factory=dict)
    """What stands before a command on a platform where it is not `prefix`."""
    seal: bytes = b""
    score: list[ScoreLine] = field(default_factory=list)

    async def __call__(self, event: Event) -> Outcome:
        """Handles one event. Raises only when the database itself fails: then nothing happened."""
        limited = self._limited(event)
        if limited is not None:
            return await self._answer(event, limited) if limited.values else Already()
        call: Call | None = None
        try:
            async with self.store.begin() as tx:
                if not await self._claim(tx, event):
                    return Already()
                call = await self._call(tx, event)
                if call is None:
                    return Done()
                said = await self._carry(call, await route(call))
        except Complaint as complaint:
            return await self._answer(event, complaint)
        except Exception as error:
            if call is None:
                raise
            return await self._apologise(event, error)
        self.wake()
        return Done(tuple(said))

    async def _carry(self, call: Call, effects: list[Effect]) -> list[ScoreLine]:
        speaker = Speaker(call, self.attachments)
        for effect in effects:
            if isinstance(effect, AskForm):
                await speaker.carry_out(await forms.ask(call, effect))
            else:
                await speaker.carry_out([effect])
        return speaker.score

    async def _claim(self, tx: Tx, event: Event) -> bool:
        match event:
            case TimerDue():
                return await tx.timers.take(event.timer, event.due)
            case TaskDone():
                return await tx.tasks.finish(event.task)
            case _:
                return await tx.mailbox.claim(_source(event), event.id, event.at)

    async def _call(self, tx: Tx, event: Event) -> Call | None:
        actor, place = None, getattr(event, "place", None)
        community: Community | None = None
        receipt: Receipt | None = None
        role = Role.VISITOR
        by: Account | None = getattr(event, "by", None)
        if by is not None:
            actor = await tx.people.actor(by, getattr(event, "name", ""))
        if isinstance(event, ByPerson) and place is not None:
            message = getattr(event, "message", None)
            if message is not None and not isinstance(event, Said):
                receipt = await tx.mailbox.receipt(place, message)
            settled = receipt is not None and receipt.community_id is not None
            space = None if place.dm or settled else await tx.people.space_at(place)
            community = await self._community(tx, place, actor, receipt=receipt, space=space)
            if not place.dm and _not_ours(event, community, receipt=receipt, space=space):
                return None
        elif getattr(event, "community", None) is not None:
            community = await tx.people.community(event.community)  # type: ignore[union-attr, arg-type]
        elif place is not None and not place.dm:
            space = await tx.people.space_at(place)
            community = await tx.people.community(space.community_id) if space else None
        if actor is not None and community is not None:
            role = await tx.people.role(actor.person_id, community.id)
        return Call(
            event=event,
            now=event.at,
            tx=tx,
            registry=self.registry,
            texts=self.texts,
            chance=self.chance.for_event(event.id),
            actor=actor,
            community=community,
            role=role,
            place=place,
            thread=getattr(event, "thread", None),
            receipt=receipt,
            default_language=self.language,
            prefix=self.prefixes.get(_source(event), self.prefix),
            seal=self.seal,
        )

    async def _community(
        self,
        tx: Tx,
        place: Place,
        actor: Actor | None,
        *,
        receipt: Receipt | None,
        space: Space | None,
    ) -> Community | None:
        if receipt is not None and receipt.community_id is not None:
            return await tx.people.community(receipt.community_id)
        if space is not None:
            return await tx.people.community(space.community_id)
        return await (self._in_private if place.dm else self._bare_room)(tx, actor)

    async def _bare_room(self, tx: Tx, actor: Actor | None) -> Community | None:
        """A room nobody tracks: only somebody with a role may make it a space there [CO-9]."""
        if actor is None or actor.person_id is None:
            return None
        return await self._in_private(tx, actor)

    async def _in_private(self, tx: Tx, actor: Actor | None) -> Community | None:
        if actor is None or actor.person_id is None:
            every = await tx.people.communities()
            return every[0] if len(every) == 1 else None
        mine = await tx.people.communities_of(actor.person_id)
        for community in mine:
            if community.id == actor.current_community:
                return community
        if len(mine) == 1:
            return mine[0]
        if mine:
            return None
        every = await tx.people.communities()
        return every[0] if len(every) == 1 else None

    def _limited(self, event: Event) -> Complaint | None:
        counted = isinstance(event, Pressed | FormFilled | HomeOpened) or (
            isinstance(event, Said) and (event.addressed or event.place.dm)
        )
        if not counted:
            return None
        wait = self.limits.take(event.by.key, event.at)  # type: ignore[union-attr]
        if wait is None:
            return None
        if not wait.tell:
            # An empty complaint is the silence after the one kind answer a minute [SE-6].
            return Complaint("dispatch-slow-down")
        delay = {"delay": Span(wait.seconds)}
        if isinstance(event, Said):
            return Complaint("answers-rate-limit", {**delay, "typed": Typed(event.text)})
        return Complaint("dispatch-slow-down", delay)

    async def _answer(self, event: Event, complaint: Complaint) -> Outcome:
        """Tells a complaint; nothing but the claim and the answer is kept."""
        async with self.store.begin() as tx:
            if not await self._claim(tx, event):
                return Already()
            call = await self._call(tx, event)
            if call is None or call.actor is None:
                self.log.warning("complaint-unheard", key=complaint.key)
                return Done()
            if call.actor.account_id is None:
                complaint = unquoted(complaint, event)
            state = await self._form_in_hand(call)
            if state is not None:
                await enter(call, state.community_id)
            if state is not None and complaint.key not in OFFERS:
                if isinstance(event, FormFilled):
                    return Mend(
                        {
                            "": self.texts.render(
                                complaint.key, complaint.values, call.voice(call.actor)
                            )
                        }
                    )
                said = await self._carry(call, await forms.again(call, state, complaint))
            else:
                said = await self._carry(call, [self._told(call, complaint)])
        self.wake()
        return Done(tuple(said))

    async def _form_in_hand(self, call: Call) -> Any:
        event = call.event
        if isinstance(event, FormFilled):
            return await call.tx.forms.get(event.form)
        if isinstance(event, Said) and event.place.dm and not event.addressed:
            return await call.tx.forms.active(event.place)
        if isinstance(event, Pressed) and event.action.startswith("form."):
            return await call.tx.forms.active(event.place)
        return None

    def _told(self, call: Call, complaint: Complaint) -> Say:
        """The complaint as a private answer, with what was typed given back to who is known."""
        values = dict(complaint.values)
        if values.get("state") == "":
            # An empty value would take its whole line with it, and leave nothing but a button.
            values["state"] = Key("answers-state-past")
        event = call.event
        known = call.actor is not None and call.actor.account_id is not None
        lines: tuple[Line, ...] = ()
        if complaint.key.startswith("answers-expired-button") and not values.get("state"):
            # A line with an empty value is left out, and this one must be said.
            values["state"] = Key("frame-expired")
        if (
            known
            and "typed" not in values
            and isinstance(event, Said)
            and " " in event.text.strip()
        ):
            # A single word is no loss, and quoting it back would only be noise.
            lines = (Line("answers-typed-back", {"typed": Typed(event.text)}),)
        offers = [Button(name) for name in OFFERS.get(complaint.key, ()) if self.registry.has(name)]
        if complaint.key == "answers-not-a-member" and call.role is not Role.VISITOR:
            offers = [button for button in offers if button.action != "join"]
        return Say(complaint.key, values, lines=lines, buttons=tuple(offers))

    async def _apologise(self, event: Event, error: Exception) -> Outcome:
        chance = self.chance.for_event(event.id)
        ref = self.log.failure("handler-failed", error, chance=chance, event=type(event).__name__)
        if isinstance(event, TimerDue | TaskDone):
            raise HandlerFailed(ref) from error
        async with self.store.begin() as tx:
            if not await self._claim(tx, event):
                return Already()
            call = await self._call(tx, event)
            if call is None or call.actor is None or not _to_us(event):
                return Done()
            technical = call.community.contacts.get("technical", "") if call.community else ""
            values = {"technical": technical, "reference": ref}
            complaint = Complaint("dispatch-apology", {**values, "typed": ""})
            if isinstance(event, Said) and call.actor.account_id is not None:
                complaint = Complaint("answers-apology", {**values, "typed": Typed(event.text)})
            said = await self._carry(call, [self._told(call, complaint)])
        self.wake()
        return Done(tuple(said))


class HandlerFailed(Exception):
    """A timer's or a task's handler failed; the ring puts it off. Its text is the reference."""


def _to_us(event: Event) -> bool:
    """Whether somebody spoke to the bot: nobody else is owed an apology."""
    return not isinstance(event, Said) or event.addressed or event.place.dm


def _not_ours(
    event: Event, community: Community | None, *, receipt: Receipt | None, space: Space | None
) -> bool:
    """What happens in a room nobody tracks is nobody's business, unless it is said to us."""
    if community is None:
        return True
    if receipt is not None or (isinstance(event, Said) and event.addressed):
        return False
    return space is None


def _source(event: Event) -> str:
    place = getattr(event, "place", None)
    by = getattr(event, "by", None)
    return str(place.platform if place else by.platform if by else "bot")
