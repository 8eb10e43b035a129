"""What the handlers of prompts share: the bank of a community, a posting, its words and buttons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import (
    Audience,
    Button,
    Edit,
    Effect,
    EndButtons,
    EndPoll,
    Line,
    Say,
    ToUse,
    Void,
)
from bot.people import Space
from bot.values import Day, Key, Value
from bot.when import add_working_days, local_day
from commands.charter.allowing import allowed
from commands.prompts import coming, rules, wording
from commands.prompts.rules import Entry
from storage import communities, passage, postings, prompts, rhythms
from storage.paces import calendar_of
from storage.postings import PostingRow

USE = "discussion"
RELANCE = "prompt.relance"
"""The timer that looks whether a posting was answered; its key is the posting's number."""
QUIET_DAYS = 2
"""Working days after which it looks (PR-4)."""
SETTLED = timedelta(days=2)
"""A posting younger than this says nothing about participation yet."""


def require_on(call: Call) -> None:
    """Raises the Complaint for a community that switched its prompts off [CO-8]."""
    if not call.here.settings.get("prompts", True):
        raise Complaint("prompts-off")


async def bank(call: Call) -> list[Entry]:
    """The bank of this community."""
    written = await prompts.every(call.session, call.here.id)
    return rules.bank(call.texts.content.prompts(), written)


async def named(call: Call, typed: str) -> Entry:
    """The prompt of this code. Raises the Complaint that says where the codes are."""
    code = rules.code_of(typed)
    row = await prompts.of(call.session, call.here.id, code) if code else None
    # A community's own prompt is found without the sixty supplied ones.
    supplied = () if row is not None and row.number else call.texts.content.prompts()
    for entry in rules.bank(supplied, [] if row is None else [row]):
        if entry.code == code:
            return entry
    raise Complaint("prompts-unknown", {"typed": cut(typed)})


async def draw(call: Call, tag: str | None, *, refused: Collection[str] = ()) -> rules.Chosen:
    """The prompt that comes next. Raises the Complaint for a tag with nothing left.

    Those of `refused` are passed over.
    """
    entries = await bank(call)
    if tag is not None and not any(each.tagged(tag) for each in entries):
        raise Complaint("prompts-none-such", {"tag": tag})
    used = await postings.used(call.session, call.here.id)
    still_open = await postings.latest(call.session, call.here.id, still_open=True)
    chosen = rules.choose(
        entries,
        used.now,
        used.ever,
        chance=call.chance,
        tag=tag,
        low=rules.is_low(await _recent(call)),
        still_open={each.code for each in still_open},
        refused=refused,
    )
    if chosen is None:
        raise Complaint("prompts-none-tagged" if tag else "prompts-none-left", {"tag": tag or ""})
    return chosen


async def post(call: Call, entry: Entry, *, new_round: bool = False) -> list[Effect]:
    """Posts a prompt at once in every space of discussion, and tells who asked for it."""
    return (await post_now(call, entry, new_round=new_round))[1]


async def post_now(
    call: Call, entry: Entry, *, new_round: bool = False
) -> tuple[PostingRow, list[Effect]]:
    """The same, with what stands now."""
    spaces = [s for s in await call.tx.people.spaces(call.here.id, USE) if s.stopped is None]
    if not spaces:
        raise Complaint("prompts-no-space")
    await _require_free(call, entry)
    used = await postings.used(call.session, call.here.id)
    posting = await begin(call, entry, number=used.round + new_round, by=call.account_id)
    await note(call, "prompt-post", entry.code)
    told = {"code": entry.code, "question": entry.question, "spaces": wording.titles(spaces)}
    lines = (Line("prompts-new-round"),) if new_round else ()
    which = wording.number(posting)
    about = ("posting", which)
    back = (Button("undo.remove", about), Button("undo.correct", about))
    buttons = (*back, Button("prompt.close", (which,)))
    return posting, [
        said(posting, entry, ToUse(USE), await footer(call)),
        *wording.poll(call, posting, entry),
        Say("prompts-posted", told, lines=lines, buttons=buttons),
    ]


async def begin(call: Call, entry: Entry, *, number: int, by: int | None) -> PostingRow:
    """Notes that a prompt is posted now, and when to look whether it needs a *relance* [PR-4]."""
    posting = await postings.add(
        call.session,
        call.here.id,
        entry.code,
        number=number,
        text=entry.text,
        options=None if entry.options is None else list(entry.options),
        by=by,
        at=call.now,
    )
    await call.tx.timers.set(
        RELANCE,
        str(posting.id),
        due=add_working_days(call.now, QUIET_DAYS, calendar=calendar_of(call.here)),
        args={"posting": posting.id},
        community=call.here.id,
    )
    return posting


def said(
    posting: PostingRow, entry: Entry, to: Audience, more: Mapping[str, Value] | None = None
) -> Say:
    """The message of a posting."""
    return Say(
        "prompts-posting",
        {**wording.words(entry, {}), **(more or {})},
        to=to,
        buttons=wording.buttons(posting, entry),
        kind="prompt",
        name=wording.name(posting),
        subject=wording.name(posting),
    )


async def footer(call: Call) -> dict[str, Value]:
    """The line on answering in private, as the charter lets it be: a value of the posting."""
    end = "-nameless" if await allowed(call, "nameless") else ""
    return {"private": Key(f"prompt-footers-footer-private{end}")}


async def still_open(call: Call, posting_id: int) -> PostingRow:
    """The posting, when it can be answered. Raises the Complaint that says since when it cannot."""
    posting = await postings.get(call.session, call.here.id, posting_id)
    if posting is None:
        raise Complaint("answers-expired-button", {"state": ""})
    if posting.removed_at is not None:
        raise Complaint("answers-expired-button", {"state": Key("prompts-state-removed")})
    if posting.closed_at is not None:
        day = Day(local_day(posting.closed_at, call.here.zone))
        raise Complaint("answers-expired-button", {"state": Key("prompts-state", {"day": day})})
    return posting


async def posted(call: Call, posting: PostingRow) -> Entry:
    """The prompt as it was posted."""
    return (await all_posted(call, [posting]))[0]


async def all_posted(call: Call, found: Sequence[PostingRow]) -> list[Entry]:
    """The prompts as they were posted, in the same order."""
    entries = {entry.code: entry for entry in await bank(call)} if found else {}
    return [rules.posted(entries[each.code], each.text, each.options) for each in found]


async def why(call: Call, posting: PostingRow) -> tuple[Line, ...]:
    """Why a posting stands there, when it left by itself: the line that courtesy gave it."""
    left = await rhythms.of_posting(call.session, [wording.number(posting)])
    if posting.posted_by is not None or not left:
        return ()
    following = await coming.following(call)
    date = Day(local_day(following, call.here.zone)) if following else None
    return (Line("why-prompt", {"date": date}),)


async def close(call: Call, posting: PostingRow, *, unnamed: bool = False) -> list[Effect]:
    """Closes a posting: its buttons end, its counts stay. `unnamed`: somebody answered without
    their name, whom no count has.
    """
    entry = await posted(call, posting)
    if not await postings.close(call.session, posting, at=call.now, by=call.account_id):
        await still_open(call, wording.number(posting))
    await note(call, "prompt-close", entry.code)
    await call.tx.timers.clear(RELANCE, str(posting.id))
    told = "prompts-closed-unnamed" if unnamed and not posting.people else "prompts-closed-told"
    day = Day(local_day(call.now, call.here.zone))
    ended = Key("prompts-ended", {"day": day, "people": posting.people or 0})
    values = {**wording.words(entry, posting.counts), "ended": ended}
    return [
        Edit(wording.name(posting), "prompts-closed", values, kind="prompt"),
        *([EndPoll(wording.name(posting))] if entry.labels else []),
        EndButtons(wording.copies(posting)),
        Void(wording.name(posting)),
        Say(told, {"code": entry.code, "people": posting.people or 0}),
    ]


async def which(call: Call, found: Sequence[PostingRow], key: str, action: str) -> Say:
    """Asks which of these prompts is meant: a line and a button of this action for each."""
    entries = await all_posted(call, found)
    return Say(
        key,
        lines=tuple(
            Line("prompts-line", {"code": each.code, "question": each.question}) for each in entries
        ),
        buttons=tuple(Button(action, (wording.number(each),), text=each.code) for each in found),
    )


async def require_members_only(call: Call, spaces: Sequence[Space]) -> None:
    """Raises the Complaint while somebody *de passage* is in one of the spaces [PV-4]."""
    for space in spaces:
        if await passage.has_visitors(call.session, space.id):
            raise Complaint("prompts-visitor")


async def where(call: Call, posting: PostingRow) -> list[Space]:
    """The spaces in which a posting stands."""
    receipts = await call.tx.mailbox.receipts(wording.name(posting))
    found = [await call.tx.people.space_at(receipt.place) for receipt in receipts]
    return [space for space in found if space is not None]


async def note(call: Call, act: str, code: str) -> None:
    """One line of the journal."""
    await communities.note(
        call.session, call.here.id, act, at=call.now, by=call.account_id, after=code
    )


async def _require_free(call: Call, entry: Entry) -> None:
    told: dict[str, Any] = {"code": entry.code}
    if entry.kept:
        raise Complaint("prompts-kept", told)
    if entry.archived:
        raise Complaint("prompts-archived", told)
    still_open = await postings.latest(call.session, call.here.id, still_open=True)
    if entry.code in {each.code for each in still_open}:
        raise Complaint("prompts-already-open", told)


async def _recent(call: Call) -> list[int]:
    """How many people answered each of the last three prompts that had time to be answered."""
    old = [
        each
        for each in await postings.latest(call.session, call.here.id)
        if each.posted_at <= call.now - SETTLED
    ]
    return [await postings.people(call.session, each) for each in old[:3]]
