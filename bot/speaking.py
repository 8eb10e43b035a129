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

from bot import pacing, values
from bot.attachments import Attachments
from bot.call import Call
from bot.courtesy import KINDS
from bot.events import ByPerson, Place
from bot.messages import (
    Attach,
    Button,
    Edit,
    Effect,
    EndButtons,
    EndPoll,
    Expel,
    File,
    Intend,
    Invite,
    Look,
    Poll,
    Rank,
    React,
    Remove,
    Say,
    ToAccount,
    ToActor,
    ToAnimators,
    ToPerson,
    ToPlace,
    ToRole,
    ToThread,
    ToUse,
    Unreact,
    Void,
)
from bot.packing import acts, body_of, labelled
from bot.people import Role, Space
from bot.ports import Draft, Receipt
from bot.texts import Voice


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What was said, before rendering: compared between platforms (architecture §5)."""

    place: str
    kind: str
    key: str
    values: Mapping[str, Any]
    subject: str | None
    buttons: tuple[str, ...]


@dataclass(slots=True)
class Speaker:
    """Carries out effects within one transaction, in the order in which they were returned."""

    call: Call
    attachments: Attachments
    score: list[ScoreLine] = field(default_factory=list)
    drawn: int = 0
    told: dict[Place, int] = field(default_factory=dict)

    async def carry_out(self, effects: Iterable[Effect]) -> None:
        """Writes every effect's rows. AskForm is not for here: `forms` asks."""
        for effect in effects:
            await self._one(effect)

    async def _one(self, effect: Effect) -> None:
        mailbox = self.call.tx.mailbox
        match effect:
            case Say():
                await self.say(effect)
            case Edit():
                await self._edit(effect)
            case Intend():
                await pacing.intend(self, effect)
            case Void():
                await self.call.tx.intents.void(effect.subject, effect.kind, self.call.now)
            case Look():
                await pacing.look(self, effect.audience, effect.audience_id)
            case EndButtons():
                await self._unseed(effect.name)
                await mailbox.end_buttons(effect.name)
            case Remove():
                await self._to_all(effect.name, "remove", {})
                await mailbox.end_buttons(effect.name)
            case React() | Unreact():
                operation = "react" if isinstance(effect, React) else "unreact"
                await self._to_all(effect.name, operation, {"emoji": effect.emoji})
            case Attach():
                await self._to_all(
                    effect.name, "attach", {"files": [self._file(effect.file)]}, in_thread=True
                )
            case Poll():
                await self._poll(effect)
            case EndPoll():
                await self._to_all(_poll_of(effect.name), "end-poll", {})
                await mailbox.end_buttons(_poll_of(effect.name))
            case Invite() | Expel():
                operation = "invite" if isinstance(effect, Invite) else "expel"
                await self._post(
                    Draft(
                        operation=operation,
                        place=effect.place,
                        at=self.call.now,
                        body={"account": effect.account.key, "id": effect.account.id},
                        community_id=self.call.community.id if self.call.community else None,
                        rank=self._rank(effect.place, reply=True),
                        args=effect.args,
                    )
                )
            case _:
                raise TypeError(type(effect).__name__)

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
            case ToThread(name, but):
                await self._in_threads(say, name, but)
            case ToAnimators():
                await self._to_animators(say)
            case ToRole():
                raise TypeError("what goes to a role is an Intend")

    async def private(self, say: Say, place: Place, voice: Voice, *, keep: bool = True) -> None:
        """One message into a private conversation, in the reader's voice."""
        await self._post(self.draft(say, place, voice, keep=keep))
        self._note(say, place)

    async def post(self, draft: Draft, line: ScoreLine) -> None:
        """Writes a parcel that was drawn up elsewhere (a modal form), and its line of the score."""
        await self._post(draft)
        self.score.append(line)

    async def _public(
        self, say: Say, places: Sequence[Place], *, thread: str | None = None
    ) -> None:
        for place in places:
            space = await self._space(place)
            if _stopped(space):
                continue
            draft = self.draft(say, place, self.call.voice(), space=space, reply=thread is not None)
            await self._post(replace(draft, thread=thread))
            self._note(say, place)

    async def _space(self, place: Place) -> Space | None:
        return None if place.dm else await self.call.tx.people.space_at(place)

    async def _in_threads(self, say: Say, name: str, but: Place | None) -> None:
        for receipt in await self.call.tx.mailbox.receipts(name):
            if receipt.place == but:
                continue
            space = await self._space(receipt.place)
            if _stopped(space):
                continue
            voice = self._voice_at(receipt)
            draft = self.draft(say, receipt.place, voice, space=space, reply=True)
            await self._post(replace(draft, thread_of=name))
            self._note(say, receipt.place)

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

    async def _edit(self, edit: Edit) -> None:
        call = self.call
        for receipt in await call.tx.mailbox.receipts(edit.name):
            voice = await self._voice_of(receipt)
            say = Say(
                edit.key,
                edit.values,
                lines=edit.lines,
                buttons=edit.buttons,
                kind=edit.kind or receipt.kind,
            )
            space = await self._space(receipt.place)
            await self._post(
                Draft(
                    operation="edit",
                    place=receipt.place,
                    body={**self.body(say, voice, space), "forget": edit.forget},
                    at=call.now,
                    community_id=receipt.community_id,
                    target_of=edit.name,
                    kind=say.kind,
                    rank=self._rank(receipt.place, reply=self._pressed(receipt.place)),
                )
            )
        if not any(button.emoji for button in edit.buttons):
            await self._unseed(edit.name)
        shown = self._buttons(edit.buttons, call.voice())
        await call.tx.mailbox.change_buttons(edit.name, acts(shown))

    async def _to_all(
        self, name: str, operation: str, body: Mapping[str, Any], *, in_thread: bool = False
    ) -> None:
        for receipt in await self.call.tx.mailbox.receipts(name):
            await self._post(
                Draft(
                    operation=operation,
                    place=receipt.place,
                    body=body,
                    at=self.call.now,
                    community_id=receipt.community_id,
                    thread_of=name if in_thread else None,
                    target_of=None if in_thread else name,
                    rank=self._rank(receipt.place, reply=self._pressed(receipt.place)),
                )
            )

    async def _unseed(self, name: str) -> None:
        """What a platform put under messages of that name for pressing their buttons goes."""
        for receipt in await self.call.tx.mailbox.receipts(name):
            if any(button.get("emoji") for button in receipt.buttons):
                await self._post(
                    Draft(
                        operation="end-buttons",
                        place=receipt.place,
                        body={},
                        at=self.call.now,
                        community_id=receipt.community_id,
                        target_of=name,
                        rank=Rank.BY_ITSELF,
                    )
                )

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
        body = self.body(say, voice, space)
        asked = say.started_by == "person"
        return Draft(
            operation="say",
            place=place,
            body=body,
            at=self.call.now,
            community_id=say.community or (self.call.community.id if self.call.community else None),
            name=say.name,
            subject=say.subject,
            rank=self._rank(place, reply=asked and (reply or place.dm), asked=asked),
            buttons=tuple(acts(body["buttons"])),
            kind=say.kind,
            keep=keep,
        )

    def body(self, say: Say, voice: Voice, space: Space | None = None) -> dict[str, Any]:
        """What the platform is given: rendered Markdown, labelled buttons, files, the space's use.

        The use is left out in private and in a room that is no space.
        """
        body = body_of(self.call.texts, say, voice)
        body["files"] = [self._file(file) for file in say.files]
        return {**body, "use": space.use} if space is not None else body

    def _buttons(self, buttons: Sequence[Button], voice: Voice) -> list[dict[str, Any]]:
        return labelled(self.call.texts, buttons, voice)

    async def _poll(self, poll: Poll) -> None:
        """The platform's own poll in each thread; a vote finds its button by the receipt's name."""
        shown = self._buttons(poll.options, self.call.voice())
        for receipt in await self.call.tx.mailbox.receipts(poll.name):
            await self._post(
                Draft(
                    operation="poll",
                    place=receipt.place,
                    body={"text": poll.question, "kind": "poll", "buttons": shown},
                    at=self.call.now,
                    community_id=receipt.community_id,
                    name=_poll_of(poll.name),
                    subject=receipt.subject,
                    thread_of=poll.name,
                    buttons=tuple(acts(shown)),
                    kind="poll",
                    rank=self._rank(receipt.place),
                )
            )

    def _file(self, file: File) -> dict[str, str]:
        return {"name": file.name, "type": file.type, "sha256": self.attachments.put(file.content)}

    async def _voice_of(self, receipt: Receipt) -> Voice:
        if not receipt.place.dm:
            return self.call.voice()
        reader = await self.call.tx.people.actor(receipt.place.account, "")
        return self.call.voice(reader)

    def _voice_at(self, receipt: Receipt) -> Voice:
        actor = self.call.actor
        if receipt.place.dm and actor and actor.account.dm == receipt.place:
            return self.call.voice(actor)
        return self.call.voice()

    def _pressed(self, place: Place) -> bool:
        """Whether this is where the person who acts will see what came of it."""
        actor = self.call.actor
        return place == self.call.place or (actor is not None and place == actor.account.dm)

    def _rank(self, place: Place, *, reply: bool = False, asked: bool = True) -> Rank:
        person = asked and isinstance(self.call.event, ByPerson)
        if person and (reply or place == self.call.place):
            return Rank.ANSWER
        return Rank.BY_ITSELF if place.dm else Rank.POST

    async def _post(self, draft: Draft) -> None:
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


def _poll_of(name: str) -> str:
    """The receipt name of the poll in the thread of that one."""
    return f"poll:{name}"
