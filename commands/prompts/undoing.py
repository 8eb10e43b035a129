"""What goes with a posted prompt, a synthesis or an answer that is taken back [AT-6]."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Edit, Effect, EndButtons, Line, Reply, Say, Void
from bot.registry import Aftermath, correct, undo
from bot.values import Day, Key
from bot.when import local_day
from commands.prompts import service, wording
from commands.prompts.bank import LONGEST
from commands.prompts.handlers import ANSWER
from commands.prompts.nameless import NAME as NAMELESS
from commands.prompts.synthesis import NAME as SYNTHESIS
from storage import answers, nameless, postings, syntheses
from storage.postings import PostingRow


@undo("posting")
async def posting_gone(call: Call, posting_id: int) -> Aftermath:
    """Its answers, its synthesis and what was meant about it go; the bank has the prompt again."""
    posting = await _standing(call, posting_id)
    posted = await postings.remove(call.session, posting, at=call.now, by=call.account_id)
    if posted is None:
        raise Complaint("undo-already")
    await syntheses.remove_of(call.session, posting_id)
    await nameless.wipe_posting(call.session, posting_id)
    await call.tx.timers.clear(service.RELANCE, str(posting_id))
    lines = [Line("prompts-undone-bank", {"code": posting.code})]
    if posted:
        lines.append(Line("prompts-undone-answers", {"n": posted}))
    return Aftermath(
        what="prompts-undone-what",
        about=posting.code,
        lines=tuple(lines),
        effects=(
            Void(wording.name(posting)),
            Edit(wording.copies(posting), "prompts-state-removed", forget=True),
            EndButtons(wording.copies(posting)),
        ),
    )


@undo(SYNTHESIS)
async def synthesis_gone(call: Call, number: int) -> Aftermath:
    """Its four lines are kept no more."""
    await syntheses.remove(call.session, call.here.id, number)
    return Aftermath(what="prompts-undone-synthesis")


@undo(NAMELESS)
async def nameless_gone(call: Call, number: int) -> Aftermath:
    """Nothing is kept of it."""
    return Aftermath(what="prompts-undone-answer")


@undo(ANSWER)
async def answer_gone(call: Call, number: int) -> Aftermath:
    """Whoever had given it through the bot counts by it no more."""
    await answers.forget_private(call.session, call.here.id, number)
    return Aftermath(what="prompts-undone-answer")


async def question(call: Call, posting_id: int) -> str:
    """The question as it stands in the space."""
    entry = await service.posted(call, await _standing(call, posting_id))
    return entry.text or call.texts.render(entry.key, {}, call.voice())


@correct("posting", known=question, longest=LONGEST)
async def reworded(call: Call, posting_id: int, text: str) -> Reply:
    """The question has other words everywhere; its counts, its buttons and its poll stay."""
    posting = await _standing(call, posting_id)
    await postings.reword(call.session, posting, text)
    entry = await service.posted(call, posting)
    counts = await postings.tally(call.session, posting)
    words = {**wording.words(entry, counts), **await service.footer(call)}
    told = [Line("prompts-reworded-bank", {"code": posting.code})]
    if await call.tx.mailbox.receipts(f"poll:{wording.name(posting)}"):
        told.append(Line("prompts-reworded-poll"))
    done: list[Effect] = [
        Say("undo-corrected", lines=tuple(told), buttons=(Button("prompt.edit", (posting.code,)),))
    ]
    if posting.closed_at is not None:
        day = Day(local_day(posting.closed_at, call.here.zone))
        words["ended"] = Key("prompts-ended", {"day": day, "people": posting.people or 0})
        return [Edit(wording.name(posting), "prompts-closed", words, kind="prompt"), *done]
    buttons = wording.buttons(posting, entry)
    copy = {
        "title": wording.heading(entry),
        "question": entry.question,
        "spaces": wording.titles(await service.where(call, posting)),
    }
    return [
        Edit(
            wording.name(posting),
            "prompts-posting",
            words,
            lines=await service.why(call, posting),
            buttons=buttons,
            kind="prompt",
        ),
        Edit(wording.copies(posting), "prompts-current", copy, buttons=buttons, kind="prompt"),
        *done,
    ]


async def unknown(call: Call, number: int) -> str:
    """What a member said through the bot is kept nowhere."""
    return ""


@correct(NAMELESS, known=unknown, refused="prompts-not-our-words")
@correct(ANSWER, known=unknown, refused="prompts-not-our-words")
async def never(call: Call, number: int, text: str) -> Reply:
    """Nobody puts other words under a member's name."""
    return None


async def _standing(call: Call, posting_id: int) -> PostingRow:
    posting = await postings.get(call.session, call.here.id, posting_id)
    if posting is None or posting.removed_at is not None:
        raise Complaint("undo-already")
    return posting
