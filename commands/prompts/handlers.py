"""Posting a prompt, every way of answering it, and its close [PR-2, PR-3, PR-5]."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.events import Chosen, Deleted, Pressed, Reacted, Said, Unreacted
from bot.messages import Button, Reply, Say
from bot.people import Role
from bot.registry import Arg, button, command, on, section, under
from commands.observation import counted
from commands.prompts import answering, nameless, rules, service, synthesis, wording
from storage import answers, postings
from storage.postings import PostingRow

OPEN = ("open",)
ANSWER = "prompt-answer"
"""What the receipt of an answer begins with that the bot posted for somebody."""
SHOWN = 3
"""Open prompts that the home and the person's own page show, the newest first."""


@command(
    "prompt post",
    "amorce publier",
    who=Role.ANIMATOR,
    states=OPEN,
    args=(Arg("prompt_tag", "tags", optional=True), Arg("prompt_code", optional=True)),
)
async def post(call: Call, prompt_tag: Sequence[str] = (), prompt_code: str | None = None) -> Reply:
    """Posts a prompt now: the one named, or one drawn from those that have not served yet."""
    service.require_on(call)
    if prompt_code is not None:
        return await service.post(call, await service.named(call, prompt_code))
    chosen = await service.draw(call, prompt_tag[0] if prompt_tag else None)
    return await service.post(call, chosen.entry, new_round=chosen.new_round)


@button("prompt.draw", who=Role.ANIMATOR, states=OPEN)
async def draw(call: Call) -> Reply:
    """The same as `prompt post` without words."""
    return await post(call)


@button("prompt.post", who=Role.ANIMATOR, states=OPEN)
async def post_one(call: Call, code: str) -> Reply:
    """The same as `prompt post` with a code."""
    return await post(call, prompt_code=code)


@button("prompt.tap", who=Role.MEMBER, states=OPEN, lasting=True, option=True)
async def tap(call: Call, posting_id: int, option: int) -> Reply:
    """One of the options or of the three one-tap answers: by button, reaction, number or vote."""
    posting = await service.still_open(call, posting_id)
    kind = "tap"
    if isinstance(call.event, Reacted | Chosen):
        kind = "reaction" if isinstance(call.event, Reacted) else "vote"
    typed = call.event.typed if isinstance(call.event, Pressed) else ""
    return await answering.choose(call, posting, option, kind=kind, typed=typed)


@on(Unreacted)
async def untap(call: Call) -> Reply:
    """A reaction that was a choice is taken back: the choice before it counts again."""
    event = call.event
    assert isinstance(event, Unreacted)
    for shown in call.receipt.buttons if call.receipt else ():
        action, *args = str(shown["action"]).split(":")
        signed = rules.same_sign(shown.get("emoji") or "", event.key)
        if action == "prompt.tap" and signed and call.role >= Role.MEMBER:
            return await answering.take_back(call, int(args[0]), "reaction", choice=args[1])
    return None


@on(Chosen)
async def unvote(call: Call) -> Reply:
    """A vote in the poll is taken back: the choice before it counts again."""
    event = call.event
    assert isinstance(event, Chosen)
    for shown in call.receipt.buttons if call.receipt else ():
        action, *args = str(shown["action"]).split(":")
        if event.option is None and action == "prompt.tap" and call.role >= Role.MEMBER:
            return await answering.take_back(call, int(args[0]), "vote")
    return None


@under("posting")
async def replied(call: Call, posting_id: int) -> Reply:
    """Somebody wrote in the thread: that they did is noted, what they wrote is not [PR-6]."""
    event, posting = call.event, await postings.get(call.session, call.here.id, posting_id)
    assert isinstance(event, Said)
    space = await call.tx.people.space_at(event.place)
    if space is None or posting is None or posting.closed_at or not await counted(call):
        return None
    await answers.answer(
        call.session,
        posting,
        "reply",
        account_id=call.account_id,
        at=call.now,
        space_id=space.id,
        message=event.message,
    )
    return await answering.tell_elsewhere(call, posting, space)


@on(Deleted)
async def deleted(call: Call) -> Reply:
    """A reply that was deleted is no answer any more, whoever deleted it, the bot's copy too."""
    event = call.event
    assert isinstance(event, Deleted)
    space = await call.tx.people.space_at(event.place)
    if space is not None and call.community is not None:
        await answers.forget_reply(call.session, call.here.id, space.id, event.message)
        posting_id = await answers.typed(call.session, space.id, event.message)
        if posting_id is not None:
            return await answering.take_back(call, posting_id, "tap", typed=event.message)
        name, _, number = ((call.receipt.name if call.receipt else "") or "").partition(":")
        if name == ANSWER and number.isdigit():
            await answers.forget_private(call.session, call.here.id, int(number))
    return None


@button("current_prompt", who=Role.MEMBER, shows=True)
async def current(call: Call) -> Reply:
    """The open prompts, to be answered from here."""
    found = await postings.latest(call.session, call.here.id, most=SHOWN, still_open=True)
    if not found:
        return Say("prompts-none-open", buttons=(Button("home"),))
    return [await _copy(call, posting) for posting in found]


@section("home", order=30, who=Role.MEMBER)
async def on_page(call: Call) -> Sequence[Say]:
    """The open prompts, each with its ways of answering."""
    if call.here.state not in OPEN:
        return ()
    found = await postings.latest(call.session, call.here.id, most=SHOWN, still_open=True)
    return [
        Say(
            "prompts-page",
            {"title": wording.heading(entry), "question": entry.question},
            buttons=wording.buttons(posting, entry),
        )
        for posting, entry in zip(found, await service.all_posted(call, found), strict=True)
    ]


@command(
    "prompt close",
    "amorce fermer",
    who=Role.ANIMATOR,
    states=OPEN,
    args=(Arg("prompt_code", optional=True),),
)
async def close(call: Call, prompt_code: str | None = None) -> Reply:
    """Closes the prompt named, the one of the thread, or the only one; asks for a synthesis."""
    found = await meant(call, prompt_code)
    if len(found) == 1:
        return await close_one(call, found[0].id or 0)
    return await service.which(call, found, "prompts-close-which", "prompt.close")


@button("prompt.close", who=Role.ANIMATOR, states=OPEN)
async def close_one(call: Call, posting_id: int) -> Reply:
    """Closes this prompt and asks for a synthesis; what was confided to it comes first."""
    posting = await service.still_open(call, posting_id)
    confided = await nameless.leave_now(call, posting)
    unnamed = bool(confided) or await nameless.answered(call, posting)
    closed = await service.close(call, posting, unnamed=unnamed)
    return [*confided, *closed, await synthesis.ask(call, posting)]


async def meant(call: Call, typed: str | None) -> list[PostingRow]:
    """The open prompts a command may mean: by code, by thread, else all of them."""
    found = await postings.latest(call.session, call.here.id, still_open=True)
    if typed is not None:
        code = (await service.named(call, typed)).code
        found = [posting for posting in found if posting.code == code]
        if not found:
            raise Complaint("prompts-not-open", {"code": code})
    elif call.thread and call.place:
        subject = await call.tx.mailbox.subject_of(call.place, call.thread)
        here = [posting for posting in found if wording.name(posting) == subject]
        found = here or found
    if not found:
        raise Complaint("prompts-nothing-open")
    return found


async def _copy(call: Call, posting: PostingRow) -> Say:
    entry = await service.posted(call, posting)
    values = {
        "title": wording.heading(entry),
        "question": entry.question,
        "spaces": wording.titles(await service.where(call, posting)),
    }
    return Say(
        "prompts-current",
        values,
        buttons=wording.buttons(posting, entry),
        kind="prompt",
        name=wording.copies(posting),
    )
