"""A form as it stands for one person: its state, with the questions of this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.call import Call
from bot.events import Place
from bot.messages import Say, ToAccount
from bot.ports import FormState
from bot.registry import Field, Form


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form's state with its questions as they stand for this person."""

    form: Form
    state: FormState
    fields: Sequence[Field]

    @property
    def field(self) -> Field:
        """The question it has come to."""
        return self.fields[min(self.state.step, len(self.fields) - 1)]


async def sheet_of(call: Call, state: FormState, step: int | None = None) -> Sheet:
    """The form with its questions; with `step`, it comes to that one."""
    form = call.registry.forms[state.form]
    if step is not None:
        state.step = step
    return Sheet(form, state, await form.fields(call, state))


def key_of(form: str, field: Field) -> str:
    """The text key of a question."""
    return field.key or f"form-{form}-{field.name.replace('_', '-')}"


def choices(field: Field) -> list[tuple[str, str]]:
    """What one may choose: (value, text key or, of `labels`, the label itself)."""
    if field.kind == "yesno":
        return [("yes", "button-yes"), ("no", "button-no")]
    return [*field.options, *field.labels]


def confirms(field: Field) -> bool:
    """Whether it only asks to go ahead, with what comes of it before one's eyes."""
    return field.kind == "choice" and len(choices(field)) == 1


def is_visitor(call: Call) -> bool:
    """Whether somebody acts whom nobody keeps: nothing they typed is repeated to them [SE-10]."""
    return call.actor is None or call.actor.account_id is None


def to(place: Place, say: Say) -> Say:
    """The same, said in that private conversation."""
    return replace(say, to=ToAccount(place.account))
