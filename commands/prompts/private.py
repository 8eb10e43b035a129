"""Answering a prompt in private: the bot posts the words, with the name or without it [PR-3].

The form leaves no trace in the conversation, whichever way it ends, so that what is kept of a
nameless answer looks like what is kept of one that was given up (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Reply, Say, ToThread
from bot.people import Role
from bot.registry import Field, button, form
from bot.values import Key, Typed, Value
from commands.charter.allowing import allowed
from commands.prompts import nameless, service, wording
from commands.prompts.handlers import ANSWER, OPEN
from storage import answers, people, postings
from storage.postings import PostingRow

LONGEST = 2000
NAMED, NAMELESS = "publish", "nameless"
EITHER = "either"
"""In the draft: that both were offered when it was opened, so that its buttons stay what they are.
"""


@button("prompt.private", who=Role.MEMBER, states=OPEN, lasting=True)
async def answer_privately(call: Call, posting_id: int) -> Reply:
    """Asks for the words that the bot will post in the thread."""
    posting = await service.still_open(call, posting_id)
    await service.require_members_only(call, await service.where(call, posting))
    if not await allowed(call, "nameless"):
        return AskForm("prompt-answer", (posting_id,))
    await nameless.ready(call)
    return AskForm("prompt-answer", (posting_id,), prefill={EITHER: "yes"})


async def answer_fields(call: Call, state: Any) -> Sequence[Field]:
    """The answer; then with or without the name, or where there is no choice how it will look."""
    posting = await postings.get(call.session, call.here.id, int(state.args[0]))
    question = (await service.posted(call, posting)).question if posting else None
    text = Field("text", longest=LONGEST, values={"question": question})
    if state.values.get(EITHER):
        return (_either(text), _whose())
    said: dict[str, Value] = {
        "name": await _name(call),
        "text": Typed(state.values.get("text", "")),
    }
    return (
        text,
        Field(
            "publish",
            "choice",
            options=((NAMED, "templates-synthesis-button-publish"),),
            values={"answer": Key("prompts-answer", said)},
        ),
    )


@form(
    "prompt-answer",
    fields=answer_fields,
    who=Role.MEMBER,
    visible="form-prompt-answer-visible",
    states=OPEN,
    traceless=True,
)
async def publish_answer(call: Call, values: Mapping[str, str], posting_id: int) -> Reply:
    """Posts the words in the thread with the name, or keeps them without it for their moment."""
    posting = await service.still_open(call, posting_id)
    if values.get("publish") != NAMELESS:
        await service.require_members_only(call, await service.where(call, posting))
        return await _with_name(call, posting, values["text"])
    if not await allowed(call, "nameless"):
        raise Complaint("prompts-nameless-off")
    await nameless.confide(call, posting, values["text"])
    return Say("prompts-nameless-sent", kept=False)


async def _with_name(call: Call, posting: PostingRow, text: str) -> Reply:
    await postings.first_elsewhere(call.session, posting)
    number = await answers.answer(
        call.session, posting, "private", account_id=call.account_id, at=call.now
    )
    said = {"name": await _name(call), "text": Typed(text)}
    return [
        Say("prompts-answer", said, to=ToThread(wording.name(posting)), name=f"{ANSWER}:{number}"),
        Say("prompts-answer-sent", kept=False),
    ]


def _either(text: Field) -> Field:
    return Field(text.name, longest=text.longest, values=text.values, key=f"{_KEY}-text-either")


def _whose() -> Field:
    """Not shown with the answer: what repeats it would stand on the disk beside its author."""
    with_name, without = f"{_KEY}-with-name", f"{_KEY}-without-name"
    options = ((NAMED, with_name), (NAMELESS, without))
    return Field("publish", "choice", options=options, key=f"{_KEY}-whose")


_KEY = "form-prompt-answer"


async def _name(call: Call) -> str:
    """The name a member chose to show here."""
    row = await people.membership(call.session, call.person_id, call.here.id)
    return row.name if row is not None and row.name else call.who.name
