"""What somebody asked before others is answered there, where they alone see it [RE-2].

Only where the platform can do it, only what one may ask again, for a whisper may be missed: what
changed something is answered in private for good, and a whisper then says that it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.call import Call
from bot.events import Account, Picked, Pressed, Said
from bot.lanes import FORM, WHISPER
from bot.messages import Rank, Say
from bot.ports import Draft

POINTER = Say("answers-in-private", passing=True)


@dataclass(slots=True)
class Whispers:
    """The whispers of one event: which answers they are, and whether one must say where to look."""

    call: Call
    in_private: bool = False
    """Whether an answer went to the private conversation of who asked."""
    seen: bool = False
    """Whether they see where they asked that something came of it."""

    def aside(self, say: Say, draft: Draft) -> Draft:
        """The answer as a whisper where it may be one; else as it was."""
        asker = self._asker(unasked=say.aside)
        private = asker is not None and draft.place == asker.dm and say.started_by == "person"
        if asker is None or not private or not _passes(say):
            return draft
        return self._whisper(draft, asker)

    @property
    def silent(self) -> bool:
        """Whether nothing says, where somebody asked, that the answer is in private."""
        return self.in_private and not self.seen and self._asker() is not None

    def note(self, draft: Draft) -> None:
        """Takes into account what will be sent."""
        event = self.call.event
        here = isinstance(event, Said | Pressed | Picked) and draft.place == event.place
        if here or draft.operation in (FORM, WHISPER):
            self.seen = True
        elif draft.operation == "say" and draft.rank == Rank.ANSWER:
            actor = self.call.actor
            self.in_private |= actor is not None and draft.place == actor.account.dm

    def _asker(self, *, unasked: bool = False) -> Account | None:
        """Who spoke to the bot before others, on a platform that whispers; or just spoke."""
        event = self.call.event
        if not self.call.able.whispers or not isinstance(event, Said | Pressed | Picked):
            return None
        addressed = unasked or not isinstance(event, Said) or event.addressed
        return event.by if addressed and not event.place.dm else None

    def _whisper(self, draft: Draft, asker: Account) -> Draft:
        event = self.call.event
        assert isinstance(event, Said | Pressed | Picked)
        body: Mapping[str, Any] = {**draft.body, "to": asker.id}
        return replace(
            draft,
            operation=WHISPER,
            place=event.place,
            thread=self._thread(),
            body=body,
            to=asker,
            rank=Rank.ANSWER,
        )

    def _thread(self) -> str | None:
        receipt = self.call.receipt
        if isinstance(self.call.event, Pressed):
            return receipt.thread if receipt is not None else None
        return getattr(self.call.event, "thread", None)


def _passes(say: Say) -> bool:
    """Whether nothing is lost with it, and nothing refers to it later."""
    refers = say.name or say.subject or say.files or say.form is not None
    return (say.passing or say.aside) and not refers
