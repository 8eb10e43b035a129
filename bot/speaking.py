"""From what a handler returned to what will be sent: audiences, languages, outbox rows.

Runs inside the event's transaction. What answers somebody, or was asked for by somebody, becomes a
parcel at once; what the bot starts by itself becomes an intent, and `pacing` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot import pacing, values
from bot.attachments import Attachments
from bot.call import Call
from bot.courtesy import KINDS
from bot.events import Place
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
    Line,
    Look,
    Poll,
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
from bot.people import Role
from bot.ports import Draft, Receipt
from bot.texts import Texts, Voice


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
                await self._to_all(effect.name, "poll", self._poll(effect), in_thread=True)
            case EndPoll():
                await self._to_all(effect.name, "end-poll", {})
            case Invite() | Expel():
                operation = "invite" if isinstance(effect, Invite) else "expel"
                await self._post(
                    Draft(
                        operation=operation,
                        place=effect.place,
                        at=self.call.now,
                        body={"account": effect.account.key, "id": effect.account.id},
                        community_id=self.call.community.id if self.call.community else None,
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
        await self._post(self.draft(say, place, voice, keep=keep, urgent=True))
        self._note(say, place)

    async def _public(
        self, say: Say, places: Sequence[Place], *, thread: str | None = None
    ) -> None:
        for place in places:
            if await self._stopped(place):
                continue
            draft = self.draft(say, place, self.call.voice())
            await self._post(replace(draft, thread=thread))
            self._note(say, place)

    async def _stopped(self, place: Place) -> bool:
        """Nothing at all is posted in a space that stopped, whoever asked for it [PV-4]."""
        space = None if place.dm else await self.call.tx.people.space_at(place)
        return space is not None and space.stopped is not None

    async def _in_threads(self, say: Say, name: str, but: Place | None) -> None:
        for receipt in await self.call.tx.mailbox.receipts(name):
            if receipt.place == but or await self._stopped(receipt.place):
                continue
            draft = self.draft(say, receipt.place, self._voice_at(receipt), thread_of=name)
            await self._post(draft)
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
            await self._post(
                Draft(
                    operation="edit",
                    place=receipt.place,
                    body=self.body(say, voice),
                    at=call.now,
                    community_id=receipt.community_id,
                    target_of=edit.name,
                    kind=say.kind,
                    urgent=receipt.place.dm,
                )
            )
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
                )
            )

    def draft(
        self,
        say: Say,
        place: Place,
        voice: Voice,
        *,
        keep: bool = True,
        urgent: bool = False,
        thread_of: str | None = None,
    ) -> Draft:
        """The outbox row of one message in one place."""
        body = self.body(say, voice)
        return Draft(
            operation="say",
            place=place,
            body=body,
            at=self.call.now,
            community_id=say.community or (self.call.community.id if self.call.community else None),
            name=say.name,
            subject=say.subject,
            thread_of=thread_of,
            urgent=urgent,
            buttons=tuple(acts(body["buttons"])),
            kind=say.kind,
            keep=keep,
        )

    def body(self, say: Say, voice: Voice) -> dict[str, Any]:
        """What the platform is given: rendered Markdown, labelled buttons, files."""
        body = body_of(self.call.texts, say, voice)
        return {**body, "files": [self._file(file) for file in say.files]}

    def _buttons(self, buttons: Sequence[Button], voice: Voice) -> list[dict[str, Any]]:
        return labelled(self.call.texts, buttons, voice)

    def _poll(self, poll: Poll) -> dict[str, Any]:
        return {
            "text": poll.question,
            "kind": "poll",
            "buttons": self._buttons(poll.options, self.call.voice()),
        }

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

    async def _post(self, draft: Draft) -> None:
        chance = self.call.chance

        def token() -> str:
            # Drawn anew for every row, never a counter: see promises RE-2 on restores.
            self.drawn += 1
            return f"{chance.bits(128, f'parcel-{self.drawn}'):032x}"

        await self.call.tx.mailbox.post([draft], token)

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


def body_of(texts: Texts, say: Say, voice: Voice) -> dict[str, Any]:
    """A message without files, as the platform is given it."""
    parts = [texts.render(say.key, say.values, voice)]
    parts += [texts.render(line.key, line.values, voice) for line in say.lines]
    return {
        "text": "\n".join(part for part in parts if part),
        "buttons": labelled(texts, say.buttons, voice),
        "kind": say.kind,
        "started_by": say.started_by,
        "files": [],
        "form": dict(say.form) if say.form else None,
    }


def labelled(texts: Texts, buttons: Sequence[Button], voice: Voice) -> list[dict[str, Any]]:
    """Buttons as the platform is given them: label, action, emoji."""
    shown = []
    for button in buttons:
        label = button.text or texts.label(button.label_key, button.values, voice)
        entry = {"label": label, "action": button.key}
        if button.emoji:
            entry["emoji"] = button.emoji
        shown.append(entry)
    return shown


def acts(buttons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a receipt keeps of buttons: what they do. A label may name somebody."""
    return [{name: each for name, each in one.items() if name != "label"} for one in buttons]


def pack(say: Say) -> dict[str, Any]:
    """A Say as JSON, for an intent: everything but its audience, which the intent holds."""
    return {
        "key": say.key,
        "values": values.encode(say.values),
        "lines": [[line.key, values.encode(line.values)] for line in say.lines],
        "buttons": [
            [b.action, list(b.args), b.label, values.encode(b.values), b.text, b.emoji]
            for b in say.buttons
        ],
        "kind": say.kind,
        "name": say.name,
        "subject": say.subject,
        "started_by": say.started_by,
    }


def unpack(packed: Mapping[str, Any]) -> Say:
    """The Say that was packed, with the default audience."""
    return Say(
        packed["key"],
        values.decode(packed["values"]),
        lines=tuple(Line(key, values.decode(each)) for key, each in packed["lines"]),
        buttons=tuple(
            Button(
                action, tuple(args), label=label, values=values.decode(each), text=text, emoji=emoji
            )
            for action, args, label, each, text, emoji in packed["buttons"]
        ),
        kind=packed["kind"],
        name=packed["name"],
        subject=packed["subject"],
        started_by=packed["started_by"],
    )
