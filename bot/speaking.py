"""From what a handler returned to what will be sent: audiences, languages, outbox rows.

Runs inside the event's transaction. What answers somebody, or was asked for by somebody, becomes a
parcel at once; what the bot starts by itself becomes an intent, and `pacing` decides.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot import changing, pacing, values
from bot.attachments import Attachments
from bot.call import Call
from bot.courtesy import KINDS
from bot.events import ByPerson, Place
from bot.lanes import ASIDE
from bot.messages import (
    AskForm,
    Effect,
    Expel,
    File,
    Intend,
    Invite,
    Look,
    Rank,
    Say,
    ToAccount,
    ToActor,
    ToAnimators,
    ToPerson,
    ToPlace,
    ToRole,
    ToThread,
    ToUse,
    Void,
)
from bot.packing import acts, body_of
from bot.people import Role, Space
from bot.ports import Draft, Receipt
from bot.texts import Voice
from bot.whispers import POINTER, Whispers


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What was said, before rendering: compared between platforms (architecture §5)."""

    place: str
    kind: str
    key: str
    values: Mapping[str, Any]
    subject: str | None
    buttons: tuple[str, ...]
    intents: tuple[int, ...] = field(default=(), compare=False)
    """The numbers of what the bot had meant to say and says here."""


@dataclass(slots=True)
class Speaker:
    """Carries out effects within one transaction, in the order in which they were returned."""

    call: Call
    attachments: Attachments
    score: list[ScoreLine] = field(default_factory=list)
    drawn: int = 0
    told: dict[Place, int] = field(default_factory=dict)
    whispers: Whispers = field(init=False)

    def __post_init__(self) -> None:
        self.whispers = Whispers(self.call)

    async def carry_out(self, effects: Iterable[Effect]) -> None:
        """Writes every effect's rows. AskForm is not for here: `forms` asks."""
        for effect in effects:
            await self._one(effect)

    async def _one(self, effect: Effect) -> None:
        match effect:
            case Say():
                await self.say(effect)
            case Intend():
                await pacing.intend(self, effect)
            case Void():
                await self.call.tx.intents.void(effect.subject, effect.kind, self.call.now)
            case Look():
                await pacing.look(self, effect.audience, effect.audience_id)
            case Invite() | Expel():
                await self._move(effect)
            case AskForm():
                raise TypeError("a form is asked by forms")
            case _:
                await changing.change(self, effect)

    def meant(self, intents: Sequence[int], *, since: int) -> None:
        """Notes which intents the lines of the score say from number `since` on."""
        self.score[since:] = [replace(each, intents=tuple(intents)) for each in self.score[since:]]

    async def point(self) -> None:
        """At the end: says in the space where somebody asked that the answer is in private."""
        if self.whispers.silent:
            who = self.call.who
            keep = who.account_id is not None
            draft = self.draft(POINTER, who.account.dm, self.call.voice(who), keep=keep)
            aside = await self._aside(POINTER, draft)
            if aside is not draft:
                await self.write(aside)

    async def say(self, say: Say) -> None:
        """Writes the parcels of one message, one per place."""
        call = self.call
        match say.to:
            case ToActor():
                await self.private(
                    say,
                    call.who.account.dm,
                    call.voice(call.actor),
                    keep=call.who.account_id is not None,
                )
            case ToPerson(person_id):
                reader = await call.tx.people.reader(person_id)
                if reader is not None:
                    await self.private(say, reader.account.dm, call.voice(reader))
            case ToAccount(account, language, name):
                actor = await call.tx.people.actor(account, name)
                if language is not None and actor.account_id is None:
                    actor = replace(actor, language=language)
                await self.private(
                    say, account.dm, call.voice(actor), keep=actor.account_id is not None
                )
            case ToPlace(place, thread):
                await self._public(say, [place], thread=thread)
            case ToUse(use):
                spaces = await call.tx.people.spaces(call.here.id, use)
                await self._public(say, [space.place for space in spaces])
            case ToThread(name, but, only):
                await self._in_threads(say, name, but, only)
            case ToAnimators():
                await self._to_animators(say)
            case ToRole():
                raise TypeError("what goes to a role is an Intend")

    async def private(self, say: Say, place: Place, voice: Voice, *, keep: bool = True) -> None:
        """One message into a private conversation, in the reader's voice."""
        draft = self.draft(say, place, voice, keep=keep)
        await self.write(await self._aside(say, draft))
        # The same line on every platform, however it is shown there.
        self._note(say, place)

    async def _aside(self, say: Say, draft: Draft) -> Draft:
        """An answer in private as the whisper that it may be; the same draft where it may not."""
        aside = self.whispers.aside(say, draft)
        stopped = aside is not draft and _stopped(await self.space_at(aside.place))
        return draft if stopped else aside

    async def post(self, draft: Draft, line: ScoreLine) -> None:
        """Writes a parcel that was drawn up elsewhere (a modal form), and its line of the score."""
        await self.write(draft)
        self.score.append(line)

    async def _public(
        self, say: Say, places: Sequence[Place], *, thread: str | None = None
    ) -> None:
        for place in places:
            space = await self.space_at(place)
            if _stopped(space):
                continue
            draft = self.draft(say, place, self.call.voice(), space=space, reply=thread is not None)
            await self.write(replace(draft, thread=thread))
            self._note(say, place)

    async def space_at(self, place: Place) -> Space | None:
        """The space that a place is; None in private and in a room that is none."""
        return None if place.dm else await self.call.tx.people.space_at(place)

    async def _in_threads(self, say: Say, name: str, but: Place | None, only: Place | None) -> None:
        for receipt in await self.call.tx.mailbox.receipts(name):
            if receipt.place == but or only not in (None, receipt.place):
                continue
            space = await self.space_at(receipt.place)
            if _stopped(space):
                continue
            voice = self._voice_at(receipt)
            draft = self.draft(say, receipt.place, voice, space=space, reply=True)
            await self.write(replace(draft, thread_of=name))
            self._note(say, receipt.place)

    async def _move(self, effect: Invite | Expel) -> None:
        operation = "invite" if isinstance(effect, Invite) else "expel"
        await self.write(
            Draft(
                operation=operation,
                place=effect.place,
                at=self.call.now,
                body={"account": effect.account.key, "id": effect.account.id},
                community_id=self.call.community.id if self.call.community else None,
                rank=self.rank(effect.place, reply=True),
                args=effect.args,
            )
        )

    async def _to_animators(self, say: Say) -> None:
        call = self.call
        spaces = await call.tx.people.spaces(call.here.id, "animators")
        open_spaces = [space.place for space in spaces if space.stopped is None]
        if open_spaces:
            await self._public(say, open_spaces)
            return
        # What is no kind of its own waits for the window like the card of a request.
        kind = say.kind if say.kind in KINDS else "request-card"
        private = replace(say, to=ToRole(Role.ANIMATOR))
        await pacing.intend(self, Intend(kind, private, subject=say.subject or say.name))

    def draft(
        self,
        say: Say,
        place: Place,
        voice: Voice,
        *,
        keep: bool = True,
        space: Space | None = None,
        reply: bool = False,
    ) -> Draft:
        """The outbox row of one message in one place; `reply` when it is under somebody's words."""
        body = self.body(say, self.call.dated(voice, place), space)
        asked = say.started_by == "person"
        return Draft(
            operation="say",
            place=place,
            body=body,
            at=self.call.now,
            community_id=say.community or (self.call.community.id if self.call.community else None),
            name=say.name,
            subject=say.subject,
            rank=self.rank(place, reply=asked and (reply or place.dm), asked=asked),
            buttons=tuple(acts(body["buttons"])),
            kind=say.kind,
            keep=keep and say.kept and not say.aside,
            args={ASIDE: True} if say.aside else {},
        )

    def body(self, say: Say, voice: Voice, space: Space | None = None) -> dict[str, Any]:
        """What the platform is given: rendered Markdown, labelled buttons, files, the space's use.

        The use is left out in private and in a room that is no space.
        """
        body = body_of(self.call.texts, say, voice)
        body["files"] = [self.file(file) for file in say.files]
        return {**body, "use": space.use} if space is not None else body

    def file(self, file: File) -> dict[str, str]:
        """A file as a parcel names it; its content is kept until it is delivered."""
        return {"name": file.name, "type": file.type, "sha256": self.attachments.put(file.content)}

    def _voice_at(self, receipt: Receipt) -> Voice:
        actor = self.call.actor
        if receipt.place.dm and actor and actor.account.dm == receipt.place:
            return self.call.voice(actor)
        return self.call.voice()

    def rank(self, place: Place, *, reply: bool = False, asked: bool = True) -> Rank:
        """How soon what goes to that place leaves."""
        person = asked and isinstance(self.call.event, ByPerson)
        if person and (reply or place == self.call.place):
            return Rank.ANSWER
        return Rank.BY_ITSELF if place.dm else Rank.POST

    async def write(self, draft: Draft) -> None:
        """Writes one row of the outbox."""
        self.whispers.note(draft)
        await self.call.tx.mailbox.post([draft], lambda: self._token(draft.place))

    def _token(self, place: Place) -> str:
        """What the platform knows the parcel by (docs/decisions/0009): never a counter [RE-2].

        What a person caused gives the same tokens when it is handled again after a restore.
        """
        call = self.call
        self.drawn += 1
        if not (call.seal and isinstance(call.event, ByPerson)):
            return f"{call.chance.bits(128, f'parcel-{self.drawn}'):032x}"
        number = self.told[place] = self.told.get(place, 0) + 1
        words = f"parcel:{call.event.id}:{place.key}:{number}".encode("utf-8", "surrogatepass")
        return hmac.new(call.seal, words, hashlib.sha256).hexdigest()[:32]

    def _note(self, say: Say, place: Place) -> None:
        self.score.append(
            ScoreLine(
                place=place.key,
                kind=say.kind,
                key=say.key,
                values=values.encode(say.values),
                subject=say.subject,
                buttons=tuple(button.key for button in say.buttons),
            )
        )


def _stopped(space: Space | None) -> bool:
    """Nothing at all is posted in a space that stopped, whoever asked for it [PV-4]."""
    return space is not None and space.stopped is not None
