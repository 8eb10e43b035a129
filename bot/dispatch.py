"""One event, one transaction: claim it, run its handler, write rows, commit [RE-1].

The outcome tells the adapter what to acknowledge. Errors surface here and nowhere else: a Complaint
is told to the person, anything else is logged under a short reference and apologised for; in both
cases everything but the claim is rolled back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import forms
from bot.attachments import Attachments
from bot.belonging import community_of, not_ours, to_us_alone
from bot.call import Call, enter
from bot.chance import Chance
from bot.clock import Clock
from bot.errors import Complaint
from bot.events import (
    Account,
    ByPerson,
    Event,
    FormFilled,
    Knocked,
    Picked,
    Pressed,
    Said,
    TaskDone,
    TimerDue,
)
from bot.limits import PerDay, PerPerson, Wait
from bot.log import Log
from bot.messages import AskForm, Capabilities, Effect
from bot.people import Community, Role
from bot.ports import Receipt, Store, Tx
from bot.presses import by_number, typed_number
from bot.refusals import OFFERS, told
from bot.registry import Registry
from bot.routing import route
from bot.speaking import ScoreLine, Speaker
from bot.strangers import unquoted
from bot.texts import Texts
from bot.values import Span, Typed

STALE = timedelta(hours=12)
"""How old a command may be when it arrives: an older one asks first [RE-3]."""


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
    abilities: dict[str, Capabilities] = field(default_factory=dict)
    """What each platform can do; one that is not named can do what all can."""
    seal: bytes = b""
    asides: PerDay = field(default_factory=PerDay)
    clock: Clock | None = None
    """What says how late an event is; without one, none is."""
    score: list[ScoreLine] = field(default_factory=list)

    async def __call__(self, event: Event) -> Outcome:
        """Handles one event. Raises only when the database itself fails: then nothing happened."""
        event = await self._meant(event)
        wait = self._limited(event)
        if wait is not None:
            return await self._slow(event, wait)
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
        if call.traceless:
            # Its log still holds, one after the other, what the rows no longer do (0013).
            await self.store.forget_wal()
        self.wake()
        return Done(tuple(said))

    @asynccontextmanager
    async def looking(self, event: Event) -> AsyncIterator[Call | None]:
        """What a handler of this event would be given, in a session that cannot write."""
        async with self.store.reading() as tx:
            yield await self._call(tx, event)

    async def _meant(self, event: Event) -> Event:
        """A number typed under a message with buttons is the press of one."""
        number = typed_number(event)
        if number is None or not isinstance(event, Said):
            return event
        async with self.store.reading() as tx:
            return await by_number(tx, self.registry, event, number)

    async def _carry(self, call: Call, effects: list[Effect]) -> list[ScoreLine]:
        speaker = Speaker(call, self.attachments)
        for effect in effects:
            if not isinstance(effect, AskForm):
                await speaker.carry_out([effect])
                continue
            for each in await forms.ask(call, effect):
                if isinstance(each, forms.Window):
                    await forms.post(speaker, each)
                else:
                    await speaker.carry_out([each])
        await speaker.point()
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
            shown = getattr(event, "name", "")
            actor = await tx.people.actor(by, shown)
            if actor.account_id is not None and actor.name == by.id and shown not in ("", by.id):
                actor = await tx.people.named(actor, shown)
        if isinstance(event, ByPerson) and place is not None:
            message = getattr(event, "message", None)
            if message is not None and not isinstance(event, Said):
                token = getattr(event, "token", "")
                receipt = await tx.mailbox.receipt(place, message, by=by, token=token)
            settled = receipt is not None and receipt.community_id is not None
            space = None if place.dm or settled else await tx.people.space_at(place)
            community = await community_of(
                tx, place, actor, receipt=receipt, space=space, alone=to_us_alone(event)
            )
            if not place.dm and not_ours(event, community, receipt=receipt, space=space):
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
            now=self._now(event),
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
            prefix=self._prefix(event),
            able=self.abilities.get(_source(event), Capabilities()),
            abilities=self.abilities,
            seal=self.seal,
            asides=self.asides,
            late=self.clock is not None and self.clock.now() - event.at > STALE,
        )

    def _now(self, event: Event) -> datetime:
        """When it happened; not later than our clock, or its answer would wait for that time."""
        return event.at if self.clock is None else min(event.at, self.clock.now())

    def _prefix(self, event: Event) -> str:
        """What stands before a command where this happens, for examples that can be typed there.

        Whoever calls us by name where others have a slash may have none: in threads, and in a
        channel shared with their workspace.
        """
        own = self.prefixes.get(_source(event), self.prefix)
        if isinstance(event, Said) and event.addressed and not (event.place.dm or event.trigger):
            able = self.abilities.get(_source(event), Capabilities())
            return f"@{own[1:]}" if able.modals else own
        return own

    def _limited(self, event: Event) -> Wait | None:
        counted = isinstance(event, Pressed | Picked | FormFilled | Knocked) or (
            isinstance(event, Said) and (event.addressed or event.place.dm)
        )
        return self.limits.take(event.by.key, event.at) if counted else None  # type: ignore[union-attr]

    async def _slow(self, event: Event, wait: Wait) -> Outcome:
        """One kind answer a minute, then silence; a window always keeps what was typed [SE-6]."""
        delay = {"delay": Span(wait.seconds)}
        complaint = Complaint("dispatch-slow-down", delay)
        if isinstance(event, Said):
            complaint = Complaint("answers-rate-limit", {**delay, "typed": Typed(event.text)})
        if wait.tell:
            return await self._answer(event, complaint, ends=False)
        mend = isinstance(event, FormFilled) and await self._mend(event, complaint, ends=False)
        return mend or Already()

    async def _answer(self, event: Event, complaint: Complaint, *, ends: bool = True) -> Outcome:
        """Tells a complaint; nothing but the claim and the answer is kept.

        It `ends` a form in which there is nothing to mend, unless it says to come back later.
        """
        if isinstance(event, FormFilled) and (
            mend := await self._mend(event, complaint, ends=ends)
        ):
            return mend
        async with self.store.begin() as tx:
            if not await self._claim(tx, event):
                return Already()
            call = await self._call(tx, event)
            if call is None or call.actor is None:
                self.log.warning("complaint-unheard", key=complaint.key)
                return Done()
            state = await forms.in_hand(call)
            traceless = state is not None and self.registry.forms[state.form].traceless
            if traceless or call.actor.account_id is None:
                complaint = unquoted(complaint, event)
            if state is not None:
                await enter(call, state.community_id)
            if state is not None and ends and self.registry.forms[state.form].once:
                said = await self._carry(
                    call, [*await forms.end(call, state), told(call, complaint)]
                )
            elif isinstance(event, FormFilled):
                said = await self._carry(call, await forms.refused(call, event, complaint))
            elif state is not None and complaint.key not in OFFERS:
                said = await self._carry(call, await forms.again(call, state, complaint))
            else:
                said = await self._carry(call, [told(call, complaint)])
        self.wake()
        return Done(tuple(said))

    async def _mend(self, event: FormFilled, complaint: Complaint, *, ends: bool) -> Mend | None:
        """What the window must say, with the draft kept.

        Nothing is claimed: what was mended may come under the same id.
        """
        async with self.store.begin() as tx:
            call = await self._call(tx, event)
            if call is None:
                return None
            faults = await forms.mend(call, event, complaint, ends=ends)
        return Mend(faults) if faults else None

    async def _apologise(self, event: Event, error: Exception) -> Outcome:
        chance = self.chance.for_event(event.id)
        ref = self.log.failure("handler-failed", error, chance=chance, event=type(event).__name__)
        if isinstance(event, TimerDue | TaskDone):
            raise HandlerFailed(ref) from error
        if isinstance(event, FormFilled):
            failed = Complaint("forms-window-failed", {"reference": ref})
            if mend := await self._mend(event, failed, ends=False):
                return mend
        async with self.store.begin() as tx:
            if not await self._claim(tx, event):
                return Already()
            call = await self._call(tx, event)
            if call is None or call.actor is None or not _to_us(event):
                return Done()
            technical = call.community.contacts.get("technical", "") if call.community else ""
            values = {"technical": technical, "reference": ref}
            complaint = Complaint("dispatch-apology", {**values, "typed": ""})
            state = await forms.in_hand(call)
            traceless = state is not None and self.registry.forms[state.form].traceless
            if isinstance(event, Said) and not (traceless or call.actor.account_id is None):
                complaint = Complaint("answers-apology", {**values, "typed": Typed(event.text)})
            said = await self._carry(call, [told(call, complaint)])
        self.wake()
        return Done(tuple(said))


class HandlerFailed(Exception):
    """A timer's or a task's handler failed; the ring puts it off. Its text is the reference."""


def _to_us(event: Event) -> bool:
    """Whether somebody spoke to the bot: nobody else is owed an apology."""
    return not isinstance(event, Said) or event.addressed or event.place.dm


def _source(event: Event) -> str:
    place = getattr(event, "place", None)
    by = getattr(event, "by", None)
    return str(place.platform if place else by.platform if by else "bot")
