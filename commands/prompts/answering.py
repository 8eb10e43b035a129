"""What an answer to a prompt changes: its counts, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Edit, Effect, Say, ToThread
from bot.people import Space
from commands.observation import counted
from commands.prompts import rules, service, wording
from commands.prompts.rules import Entry
from storage import answers, observation, postings
from storage.postings import PostingRow


async def choose(
    call: Call, posting: PostingRow, option: int, *, kind: str, typed: str = ""
) -> list[Effect]:
    """Somebody chose an option by `tap` or `reaction`: the newest counts.

    `typed` is their own message, when they typed the number of the option.
    """
    entry = await service.posted(call, posting)
    if not 0 <= option < max(len(entry.labels), len(rules.TAPS) if not entry.labels else 0):
        raise Complaint("answers-expired-button", {"state": ""})
    before = await postings.tally(call.session, posting)
    space = await call.tx.people.space_at(call.place) if typed and call.place else None
    await answers.answer(
        call.session,
        posting,
        kind,
        account_id=call.account_id,
        at=call.now,
        choice=str(option),
        space_id=space.id if space else None,
        message=typed if space else "",
    )
    found = await changed(call, posting, entry, before)
    if await answers.first_time(call.session, posting, account_id=call.account_id, at=call.now):
        await _note_vote(call)
        found.append(Say("prompt-footers-tap-noted"))
    elif kind == "tap" and call.place is not None and call.place.dm:
        found.append(Say("prompts-choice-kept"))
    return found


async def take_back(
    call: Call, posting_id: int, kind: str, *, choice: str | None = None, typed: str = ""
) -> list[Effect]:
    """Somebody took a choice back; once the posting is closed, nothing changes any more."""
    posting = await postings.get(call.session, call.here.id, posting_id)
    if posting is None or posting.closed_at is not None:
        return []
    before = await postings.tally(call.session, posting)
    if typed:
        # Whoever deleted the message that made it: the choice stands no more.
        await answers.forget_typed(call.session, posting, typed)
    else:
        account = call.account_id
        await answers.take_back(call.session, posting, kind, account_id=account, choice=choice)
    return await changed(call, posting, await service.posted(call, posting), before)


async def tell_elsewhere(call: Call, posting: PostingRow, space: Space) -> list[Effect]:
    """The first time somebody writes, each other space gets one line in its thread, once."""
    receipts = await call.tx.mailbox.receipts(wording.name(posting))
    if all(receipt.place == space.place for receipt in receipts):
        return []
    if not await postings.first_elsewhere(call.session, posting):
        return []
    told = {"space": space.title or space.place.id}
    return [Say("prompts-elsewhere", told, to=ToThread(wording.name(posting), but=space.place))]


async def changed(
    call: Call, posting: PostingRow, entry: Entry, before: Mapping[str, int]
) -> list[Effect]:
    """Rewrites the posting everywhere when its counts are no longer what they were."""
    after = await postings.tally(call.session, posting)
    if dict(after) == dict(before):
        return []
    return [
        Edit(
            wording.name(posting),
            "prompts-posting",
            {**wording.words(entry, after), **await service.footer(call)},
            lines=await service.why(call, posting),
            buttons=wording.buttons(posting, entry),
            kind="prompt",
        )
    ]


async def _note_vote(call: Call) -> None:
    if not await counted(call):
        return
    place = call.place
    space = await call.tx.people.space_at(place) if place is not None and not place.dm else None
    await observation.note(
        call.session,
        "vote",
        community_id=call.here.id,
        space_id=space.id if space else None,
        account_id=call.account_id,
        at=call.now,
    )
