"""A human sums up a thread in four lines: of a prompt at its close, or of any thread [PR-5]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Reply, Say, ToPlace, ToThread
from bot.people import Role, Space
from bot.registry import Arg, Field, button, command, form
from bot.values import Key, Typed, Value
from commands.prompts import rules, service, wording
from storage import observation, postings, syntheses
from storage.postings import PostingRow

WORDS = ("question", "agreed", "open", "link")
LONGEST = {"question": 600, "agreed": 700, "open": 700, "link": 500}
NAME = "synthesis"
"""What the receipt of one begins with."""
OPEN = ("open",)
OFFERED = 5
"""Prompts that `recap` without a thread offers, the newest first."""


async def ask(call: Call, posting: PostingRow) -> AskForm:
    """The form about a posted prompt, with its question filled in."""
    entry = await service.posted(call, posting)
    question = entry.text or call.texts.render(entry.key, {}, call.voice())
    number = posting.id or 0
    return AskForm("synthesis", ("posting", number, ""), prefill={"question": question})


@command(
    "recap",
    "synthèse",
    who=Role.ANIMATOR,
    states=OPEN,
    args=(Arg("thread_link", "text", optional=True),),
)
async def recap(call: Call, thread_link: str | None = None) -> Reply:
    """Sums up the thread it is said in, or the one linked; else offers the last prompts."""
    if thread_link is not None:
        space, root = await _linked(call, thread_link)
    else:
        here = await call.tx.people.space_at(call.place) if call.place and call.thread else None
        if here is None:
            return await _offer(call)
        space, root = here, call.thread or ""
    subject = await call.tx.mailbox.subject_of(space.place, root) or ""
    if subject.startswith("posting:"):
        return await recap_posting(call, int(subject.partition(":")[2]))
    return AskForm("synthesis", ("thread", space.id, root))


@button("prompt.recap", who=Role.ANIMATOR, states=OPEN)
async def recap_posting(call: Call, posting_id: int) -> Reply:
    """Sums up the thread of a posted prompt, open or closed."""
    posting = await postings.get(call.session, call.here.id, posting_id)
    if posting is None:
        raise Complaint("answers-expired-button", {"state": ""})
    return await ask(call, posting)


async def fields(call: Call, state: Any) -> Sequence[Field]:
    """The four lines, then how they will look."""
    written = {name: state.values.get(name, "") for name in WORDS}
    told = {"before": Key("templates-synthesis-before"), "kept": Typed(written["question"])}
    known = "form-synthesis-question" if written["question"] else "form-synthesis-question-new"
    preview = {"preview": Key("templates-synthesis", written)}
    publish = (("publish", "templates-synthesis-button-publish"),)
    return (
        Field("question", longest=LONGEST["question"], key=known, values=told),
        *(Field(name, required=False, longest=LONGEST[name]) for name in WORDS[1:]),
        Field("publish", "choice", options=publish, values=preview),
    )


@form(
    "synthesis",
    fields=fields,
    who=Role.ANIMATOR,
    visible="form-synthesis-visible",
    states=OPEN,
)
async def publish(
    call: Call, values: Mapping[str, str], about: str, number: int, root: str
) -> Reply:
    """Posts the four lines in the thread, thanks those who answered, and keeps them."""
    written = {name: values.get(name, "") for name in WORDS}
    kept = {name: text for name, text in written.items() if text}
    to, people = await (_of_posting if about == "posting" else _of_thread)(call, number, root)
    kept_as = await syntheses.keep(
        call.session,
        call.here.id,
        kept,
        people=people,
        by=call.account_id,
        at=call.now,
        posting_id=number if about == "posting" else None,
        space_id=number if about == "thread" else None,
        root=root,
    )
    said: dict[str, Value] = {
        "title": Key("templates-synthesis-title"),
        "lines": Key("templates-synthesis", written),
        "thanks": Key("prompts-thanks", {"people": people}) if people else None,
    }
    name = f"{NAME}:{kept_as}"
    return [
        Say("prompts-synthesis", said, to=to, kind="synthesis", name=name),
        Say("prompts-synthesis-sent", buttons=(Button("undo.remove", (NAME, kept_as)),)),
    ]


async def _of_posting(call: Call, number: int, root: str) -> tuple[ToThread, int]:
    posting = await postings.get(call.session, call.here.id, number)
    if posting is None:
        raise Complaint("prompts-thread-gone")
    await service.require_members_only(call, await service.where(call, posting))
    return ToThread(wording.name(posting)), await postings.people(call.session, posting)


async def _of_thread(call: Call, number: int, root: str) -> tuple[ToPlace, int]:
    spaces = await call.tx.people.spaces(call.here.id)
    space = next((each for each in spaces if each.id == number), None)
    if space is None:
        raise Complaint("prompts-thread-gone")
    await service.require_members_only(call, [space])
    people = await observation.people_in_thread(call.session, call.here.id, space.id, root)
    return ToPlace(space.place, root), people


async def _linked(call: Call, link: str) -> tuple[Space, str]:
    """The space of this community and the message that a permalink names."""
    found = rules.linked(link)
    for space in await call.tx.people.spaces(call.here.id):
        if found is not None and space.place.id == found[0]:
            return space, found[1]
    raise Complaint("prompts-link")


async def _offer(call: Call) -> Say:
    found = await postings.latest(call.session, call.here.id, most=OFFERED)
    return await service.which(call, found, "prompts-recap-where", "prompt.recap")
